"""English stories with so many in each: boxes, days, friends, dozens, and parts of all."""

from __future__ import annotations

import pytest
from asking import proved, told

TOLD = [
    ("A dozen eggs costs $3. How much do 30 eggs cost?", "7.5"),
    ("3 pens cost $6. How much do 5 pens cost?", "10"),
    ("5千克苹果30元，3千克苹果多少元？", "18"),
    ("Tom bakes two dozen cookies. Ann bakes half a dozen cookies. How many cookies did they bake in all?", "30"),
    ("Tom has 3 boxes of apples. Each box has 5 apples. How many apples does Tom have?", "15"),
    ("Mia has 12 bags with 2 marbles in each bag. Sam has 2 bags with 13 marbles in each bag. How many more marbles does Sam have?", "2"),
    ("Tom has 5 red marbles and 3 blue marbles. How many marbles does Tom have in all?", "8"),
    ("Tom reads 20 pages a day for 5 days. How many pages does he read in all?", "100"),
    ("Tom reads 20 pages a day for 5 days, while Ann reads 10 pages a day for 12 days. How many pages did they read altogether?", "220"),
    ("A train travels 60 miles per hour for 3 hours. How far does it travel?", "180"),
    ("Tom earns 12 dollars an hour. He works for 5 hours. How much does he earn?", "60"),
    ("Tom runs 6 miles in 3 hours. At this rate, how far does he travel in 5 hours?", "10"),
    ("Tom buys 3 packs of pens. Each pack costs $4. How much does he spend?", "12"),
    ("Tom earns $12 an hour. How much does he earn in 5 hours?", "60"),
    ("There are 5 boxes. Each box holds 12 pens. Each pen costs $2. How much do they cost in total?", "120"),
    ("Tom has 50 candies. He gives 4 candies to each of his 5 friends. How many candies does he have left?", "30"),
    ("Tom has 50 candies. He gives each of his 5 friends 4 candies. How many candies does he have left?", "30"),
    ("Ava planted 9 trees. That's 3 more than Lily planted. How many trees did they plant altogether?", "15"),
    ("Mia is 2 years older than twice the age of Sue. If Sue is 10 years old, how old is Mia?", "22"),
    ("There are 30 students in a class. 40% of them are boys. How many boys are there?", "12"),
    ("There are 30 cars. 40% of the cars are red. The rest are blue. How many are blue?", "18"),
]  # fmt: skip
REFUSED = """
3 pens cost $6. How much do 5 pencils cost?
3支铅笔6元，5支钢笔多少元？
Eggs cost $3 a dozen. How much do 30 eggs cost?
Tom has 3 boxes of apples and gives away 2 boxes of pears. How many boxes does Tom have left?
Tom has 3 boxes of apples. Each box has 5 pears. How many apples does Tom have?
Sam buys 2 boxes of pens. Each pen costs $2. How much did he spend?
Sam has 2 boxes of pens. Ann has 3 pens. How many pens do they have altogether?
Mia has 12 bags with 2 marbles in each bag. Sam has 2 bags with 13 marbles in each bag. How many more bags does Sam have?
Mia has 12 bags with 2 marbles in each box. How many marbles does Mia have in all?
Tom reads 20 pages a day for 5 days. How many pages does Ann read in all?
Tom reads 20 pages a day for 5 days. How many pages does he write in all?
Tom reads 20 pages a day for 5 days, but skips one day. How many pages does he read in all?
Tom reads 8 pages an hour. He writes for 5 hours. How many pages does he read?
Tom earns 12 dollars an hour. He works for 5 hours. How much does he spend?
Tom sells 3 packs of pens. Each pack costs $4. How much does he spend?
Tom buys 3 packs of pens. Each pack costs $4. How much does he earn?
Tom has 3 packs of pens. Each pack costs $4. How much does he earn?
Apples are 2 dollars each. Tom found 5 apples. How much did Tom spend?
Apples are 2 dollars each. Tom ate 5 apples. How much did Tom pay?
Tom earns $10 a day. He spends $3 a day. How much does he save in 5 days?
Tom types 120 words in 3 minutes. At this rate, how many words does he read in 5 minutes?
A train travels 60 miles per hour for 3 hours. How far does the car travel?
Mia has 12 bags with 2 marbles in each bag. Sam has 2 bags with 13 marbles in each bag. Ann has 3 marbles. How many more marbles does Sam have?
Tom reads 20 pages a day for 5 days. He reads 10 pages on Sunday. How many pages does he read in all?
Tom has 12 apples. He buys 3 apples for each of his 2 friends. How many apples does he have?
There are 5 boxes. Each box costs $1. Each box holds 12 pens. Each pen costs $2. How much do they cost in total?
Tom has 50 candies. He gives 4 candies to each of his 5 friends. Each friend eats 1 candy. How many candies does he have left?
Tom has 50 candies. He gives 4 candies to each of his friends. How many candies does he have left?
Tom has 50 candies. Ann gives 4 candies to each of her 5 friends. How many candies does Tom have left?
There are 30 cars. 40% of the cars are red. Half of them are dirty. How many are dirty?
There are 30 cars. 40% of the cars are not red. How many are red?
There are 30 students in a class. 40% of the teachers are men. How many men are there?
""".strip().splitlines()


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_so_many_in_each_are_so_many_in_all(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_in_another_box_or_done_by_another_is_refused(text: str) -> None:
    assert told(text)[0] == ""
