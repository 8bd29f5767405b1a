"""Questions that the training never sees; the micro model should say that it does not know."""

from __future__ import annotations

UNSEEN_EN = (
    "How far away is the moon?",
    "Solve 7x - 4 = 24",
    "Solve 2x + 5 = 11",
    "Solve x^2 - 7x + 12 = 0",
    "Write a Python function that counts the vowels in a word",
    "Find the derivative of cos(x)",
    "Please explain photosynthesis",
    "What is 17 + 25?",
    "Simplify (a + b)^2 - (a - b)^2",
    "I have a question about my homework. Can you read a picture?",
    "asdf qwer zxcv",
    "Bonjour, comment allez-vous ?",
    "A farmer has 12 sheep and sells 5. How many are left?",
    "Write an SQL query that lists all customers",
    "List three rivers in Europe",
    "Evaluate the integral of x from 0 to 1",
)

UNSEEN_ZH = (
    "地球有多大？",
    "解方程 4x + 1 = 9",
    "小红买了 3 本书，每本 12 元，一共多少元？",
    "请介绍一下长城",
    "求函数的最大值",
    "一个三角形底 6 米，高 4 米，求面积",
)
