"""The ladder: what each level says, and what it must not say yet.

The first two levels hold nothing of the next line that is not in the line before: where the
reason of a step does, that part is a hole.  Where the answer is a verdict, the levels below the
last one hold nothing of what is found out (``deciding``).
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import assert_never

from assistant.maths import terms as t
from assistant.maths.reading.claims.formulas import formula
from assistant.maths.showing import words
from assistant.maths.showing.answers import Line
from assistant.maths.showing.plain import plain
from assistant.maths.types import Lang, Rule, Text
from assistant.teaching.deciding import asked_by, neutral
from assistant.teaching.focus import focus
from assistant.teaching.gaps import HOLE, gapped, opened
from assistant.teaching.shapes import shape, without_powers
from assistant.teaching.types import Guide, Hint, Level, Move

FROM = Text("From your line {0} on:", "从你写的第 {0} 行继续：")
FROM_PROBLEM = Text("From the problem on:", "从题目重新出发：")
READ_AGAIN = Text(
    "Read the problem again: what is given, and what is asked for?",
    "再读一遍题目：已知什么，要求什么？",
)
RULE = Text("Rule: {0}", "规则：{0}")
HOW_MANY = Text(
    "Ask yourself for how many values this can be true, and why.",
    "想一想：这个式子对多少个值可能成立，为什么？",
)
FIRST = Text("First in your head: {0}", "先想一想：{0}")
MOST_ASIDE = 2
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def hints(guide: Guide, level: Level, written: int, *, verdict: bool) -> tuple[Hint, ...]:
    """The levels up to this one; ``written`` is the count of the student's lines, ``verdict``:
    what is asked for is one."""
    levels = [one for one in Level if Level.NONE < one <= level]
    shown = tuple(Hint(one, _lines(guide, one, verdict=verdict)) for one in levels)
    if not shown or guide.base == written:
        return shown
    head = FROM.of(str(guide.base)) if guide.base else FROM_PROBLEM
    return (Hint(shown[0].level, (head, *shown[0].lines)), *shown[1:])


def _lines(guide: Guide, level: Level, *, verdict: bool) -> tuple[Line, ...]:
    move = guide.move
    match level:
        case Level.NONE:
            return ()
        case Level.WHERE:
            first = guide.aside[0] if guide.aside else move
            return (focus(first.before, first.line) if first.seen else READ_AGAIN,)
        case Level.RULE:
            last = guide.aside[-MOST_ASIDE:]
            if verdict:
                heads = (*((one, FIRST) for one in last), (move, RULE))
                return tuple(_title(neutral(one), head) for one, head in heads)
            aside = (line for one in last for line in _rule(one, guide, FIRST))
            return (*aside, *_rule(move, guide, RULE))
        case Level.GAP if verdict:
            return (asked_by(move),)
        case Level.GAP:
            return (gapped(move.before, move.line) if move.seen else opened(move.line),)
        case Level.LINE:
            return (move.line,)
    assert_never(level)


def _rule(move: Move, guide: Guide, head: Text) -> tuple[Line, ...]:
    if move.line in (words.NO_SOLUTION, words.EVERY_REAL):
        return (HOW_MANY,)
    title = _title(move.rule, head)
    # a reason for a sentence says the sentence: that it is true, that there is none
    why = None if isinstance(move.line, Text) else _kept_back(move.why, guide)
    return (title,) if why is None or why.en == title.en else (title, why)


def _title(rule: Rule, head: Text) -> Text:
    return Text(head.en.replace("{0}", rule.en), head.zh.replace("{0}", rule.zh))


def _kept_back(why: Text, guide: Guide) -> Text | None:
    """The reason with holes where it would tell the next line; ``None`` where nothing is left."""
    move = guide.move
    secret = _Secret(move.before, (*(m.line for m in guide.aside), move.line, *guide.later))
    args = tuple(HOLE if secret.tells(arg) else arg for arg in why.args)
    told = Text(why.en, why.zh, args)
    said = words.filled(told, Lang.EN, plain)
    bare = re.sub(r"[□\s.,;:=]", "", said)
    if not bare or secret.tells_text(said) or secret.tells_text(words.filled(told, Lang.ZH, plain)):
        return None
    return told


class _Secret:
    """What the lines that follow have and the line before has not."""

    def __init__(self, before: t.Expr, following: tuple[Line, ...]) -> None:
        known = list(t.walk(before))
        lines = [line for line in following if not isinstance(line, Text)]
        parts = [node for line in lines for node in t.walk(line)]
        self._numbers = _numbers(parts) - _numbers(list(without_powers(before)))
        self._known = {shape(n) for n in known}
        self._parts = {shape(n) for n in parts if _is_compound(n)} - self._known
        self._letters = set(t.symbols(before)).union(*map(t.symbols, lines))
        told = (line for line in following if isinstance(line, Text))
        said = (words.filled(text, lang, plain) for text in told for lang in Lang)
        self._texts = [*map(plain, lines), *said]

    def tells(self, arg: t.Expr | str) -> bool:
        """Whether a part of a reason tells of the lines that follow."""
        tree = formula(arg) if isinstance(arg, str) else arg
        if tree is None:
            return self.tells_text(str(arg))
        if shape(tree) in self._known or set(t.symbols(tree)) - self._letters:
            return False  # a law with letters of its own
        nodes = list(t.walk(tree))
        compound = any(shape(n) in self._parts for n in nodes if _is_compound(n))
        return compound or bool(_numbers(nodes) & self._numbers)

    def tells_text(self, said: str) -> bool:
        """The same for words."""
        numbers = {Fraction(found) for found in _NUMBER.findall(said)}
        return bool(numbers & self._numbers) or any(text in said for text in self._texts)


def _is_compound(node: t.Expr) -> bool:
    """More than a number or a letter with its sign."""
    return isinstance(node, t.Call) or len(t.children(node)) > 1


def _numbers(nodes: list[t.Expr]) -> set[Fraction]:
    return {abs(n.value) for n in nodes if isinstance(n, t.Number)}
