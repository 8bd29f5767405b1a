"""The key: questions, each with its problem, its answer, or both, and its points.

    1. Solve x^2 - 5x + 6 = 0 (3 points)
    2. Simplify (x^2 - 1)/(x - 1)
       answer: x + 1
    3. answer: 3/4
       answer: 0.75 m

A value or an option alone is an answer; it may stand behind its problem as well, or in the lines
below “answer:”.
A line that begins with ``#`` and is no heading is a remark.  Several answers are all right.
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import gcd

from assistant.maths.answers.opposites import same_kind
from assistant.maths.types import Text
from assistant.teaching.marking.choices import letters
from assistant.teaching.marking.headings import Heading, heading, numbered
from assistant.teaching.marking.types import Question

MOST_QUESTIONS = 200
MOST_POINTS = 1000
_ANSWER = re.compile(
    r"\s*(?:(?:correct |final )?answers?|ans|key|solution|(?:标准|参考|正确)?答案?|解)\s*[:：]\s*",
    re.IGNORECASE,
)
_ANSWER_BEHIND = re.compile(
    r"(?<=[\s.。;；,，)）?？])"
    r"(?:(?:correct |final )?answer|ans|(?:标准|参考|正确)?答案)\s*[:：]\s*",
    re.IGNORECASE,
)
_POINTS_LINE = re.compile(
    r"\s*(?:points?|marks?|score|分值|分数|满分)\s*[:：]\s*(\d{1,4}(?:\.\d{1,2})?)\s*分?\s*$",
    re.IGNORECASE,
)
_POINTS_BEHIND = re.compile(
    r"\s*[(（\[【]\s*(?:本题|共|满分)?\s*(\d{1,4}(?:\.\d{1,2})?)\s*(?:points?|marks?|pts?\.?|分)\s*[)）\]】]",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"(?:[A-Za-z]\s*=\s*)?[-+−]?(?:\d{1,15}(?:\.\d{1,15})?|(?P<top>\d{1,9})/(?P<bottom>\d{1,9}))\s*[%°]?"
)
NO_QUESTIONS = Text(
    "there is no question in it; begin each with its number, for example: 1. Solve 2x + 3 = 11",
    "其中没有题目；请以题号开头，例如：1. 解方程 2x + 3 = 11",
)
TWICE = Text("line {0}: question {1} is there twice", "第 {0} 行：第 {1} 题出现了两次")
TOO_MANY = Text("it has more than {0} questions", "题目超过 {0} 道")
EMPTY = Text(
    "line {0}: question {1} has neither a problem nor an answer",
    "第 {0} 行：第 {1} 题既没有题目，也没有答案",
)
NO_POINTS = Text(
    "line {0}: the points of a question are from 0 to {1}", "第 {0} 行：每题的分值应为 0 到 {1}"
)


class BadKey(Exception):  # noqa: N818 - the input's fault, not the program's
    """A text that is no key; ``why`` says where and what to do."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


class _Draft:
    """A question that is being read."""

    def __init__(self, head: Heading, line: int) -> None:
        self.name, self.line, self.style = head.name, line, head.style
        self.problem: list[str] = []
        self.answers: list[str] = []
        self.points = Decimal(1)
        self._below = False
        if head.rest:
            self.take(head.rest, line)

    def take(self, text: str, line: int) -> None:
        """A line of it.  Raises ``BadKey``."""
        if found := _POINTS_LINE.match(text):
            self._count(found[1], line)
            return
        if found := _POINTS_BEHIND.search(text):
            self._count(found[1], line)
            text = f"{text[: found.start()]} {text[found.end() :]}"
        if (found := _ANSWER.match(text)) is None and (found := _ANSWER_BEHIND.search(text)):
            self.problem.append(text[: found.start()].strip())
        if found is not None:
            self.answers.append(text[found.end() :].strip())
            self._below = False
        elif self.answers and not self.answers[-1]:  # “answer:” stood alone
            self.answers[-1] = text.strip()
            self._below = True
        elif self._below:
            self.answers[-1] += f", {text.strip()}"
        elif text.strip():
            self.problem.append(text.strip())

    def _count(self, points: str, line: int) -> None:
        self.points = Decimal(points)
        if self.points > MOST_POINTS:
            raise BadKey(NO_POINTS.of(str(line), str(MOST_POINTS)))

    def done(self) -> Question:
        """The question.  Raises ``BadKey`` where there is nothing in it."""
        answers = tuple(answer for answer in self.answers if answer)
        if not answers and len(self.problem) == 1 and _is_answer(self.problem[0]):
            answers, self.problem = (self.problem[0],), []
        if not answers and not self.problem:
            raise BadKey(EMPTY.of(str(self.line), self.name))
        return Question(
            name=self.name,
            problem="\n".join(self.problem),
            answers=answers,
            points=self.points,
            line=self.line,
        )


def _is_answer(text: str) -> bool:
    """Is it one, and nothing to be solved: ``B``, ``3/4``, ``x = 4``, ``yes``?"""
    if letters(text) is not None or same_kind(text, text):
        return True
    found = _VALUE.fullmatch(text)
    return found is not None and gcd(int(found["top"] or 1), int(found["bottom"] or 1)) == 1


def read_key(text: str) -> tuple[Question, ...]:
    """The questions of a key; what stands before the first is its title.  Raises ``BadKey``."""
    drafts: list[_Draft] = []
    steps: set[str] = set()
    for number, line in numbered(text):
        head = heading(line)
        if head is not None and drafts and head.style != drafts[0].style:
            if head.name == "1":  # a numbering within the question
                steps.add(head.style)
            head = None if head.style in steps else head
        if head is not None and any(draft.name == head.name for draft in drafts):
            raise BadKey(TWICE.of(str(number), head.name))
        if head is not None:
            if len(drafts) == MOST_QUESTIONS:
                raise BadKey(TOO_MANY.of(str(MOST_QUESTIONS)))
            drafts.append(_Draft(head, number))
        elif drafts and not line.lstrip().startswith("#"):
            drafts[-1].take(line, number)
    if not drafts:
        raise BadKey(NO_QUESTIONS)
    return tuple(draft.done() for draft in drafts)
