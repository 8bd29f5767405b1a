"""The next line with a gap: what is new in it is hidden, what was there before stays.

A sign alone is never hidden, and something always is.
"""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.showing import words
from assistant.maths.showing.answers import Line
from assistant.maths.types import Text
from assistant.teaching.shapes import shape, without_powers

HOLE = t.Symbol("□")
MOST = 3
"""Gaps in one line; the last ones are left."""
TRUE_OR_FALSE = Text("{0}: true or false? □", "{0}：成立还是不成立？□")
NOTHING_BUT = Text("□", "□")
HOW_MANY = Text("There are □ solutions.", "有 □ 个解。")
COUNT = Text("{0} has □ solutions.", "{0} 有 □ 个解。")


def gapped(before: t.Expr, line: Line) -> Line:
    """The line with its gap."""
    if isinstance(line, Text):
        return _sentence(before, line)
    hider = _Hider(before, line)
    hider.hide(line)  # counts
    if not hider.found:
        return _largest(before, line)
    hider.skip = max(hider.found - MOST, 0)
    hider.found = 0
    return hider.hide(line)


def _sentence(before: t.Expr | None, line: Text) -> Line:
    """A sentence with its gap: how many solutions, true or false, or nothing but the gap."""
    if line in (words.NO_SOLUTION, words.EVERY_REAL):
        return HOW_MANY if before is None else COUNT.of(before)
    match line.args:
        case (t.Relation() | t.Junction() as statement,):
            if statement == before:
                return TRUE_OR_FALSE.of(statement)
            return _largest(statement if before is None else before, statement)
    return NOTHING_BUT


def opened(line: Line) -> Line:
    """The same where the line before is not in sight: one part is hidden."""
    return _sentence(None, line) if isinstance(line, Text) else _largest(line, line)


class _Hider:
    """Puts holes in the place of numbers, letters and functions that were not there before."""

    def __init__(self, before: t.Expr, line: t.Expr) -> None:
        nodes = list(t.walk(before))
        self._known = {shape(n) for n in nodes}
        self._numbers = {abs(n.value) for n in without_powers(before) if isinstance(n, t.Number)}
        self._powers = {abs(n.value) for n in nodes if isinstance(n, t.Number)}
        self._names = {n.name for n in nodes if isinstance(n, t.Symbol | t.Call)}
        self._names |= _counters(line)
        self.found = 0
        self.skip = 0

    def hide(self, node: t.Expr) -> t.Expr:
        match node:
            case t.Number(value):
                return self._hole(node) if self._is_new(value) else node
            case t.Call("∈" | "in"):
                return node  # the letter that counts
            case t.Symbol(name) if name not in self._names:
                return self._hole(node)
            case t.Pow(base, t.Number(value) as exp):
                exponent = exp if value in self._powers else self._hole(exp)
                return t.Pow(self.hide(base), exponent)
            case t.Call() if shape(node) in self._known:
                return node
            case t.Call(name) if name not in self._names and _is_value(name):
                return self._hole(node)
        return self._inside(node)

    def _inside(self, node: t.Expr) -> t.Expr:
        parts = t.children(node)
        return t.rebuild(node, tuple(map(self.hide, parts))) if parts else node

    def _is_new(self, value: Fraction) -> bool:
        return abs(value) not in self._numbers

    def _hole(self, node: t.Expr) -> t.Expr:
        self.found += 1
        return node if self.found <= self.skip else HOLE


def _counters(line: t.Expr) -> set[str]:
    """The letters that count: ``k ∈ ℤ``."""
    found = [n.args[0] for n in t.walk(line) if isinstance(n, t.Call) and n.name in ("∈", "in")]
    return {letter.name for letter in found if isinstance(letter, t.Symbol)}


def _is_value(name: str) -> bool:
    """Whether a call stands for a value, and is no way of writing a line."""
    return name.isalpha() and name not in {"diff", "integrate", "limit", "sum", "plusminus", "in"}


def _largest(before: t.Expr, line: t.Expr) -> t.Expr:
    """Nothing new: the last part that was not there as such is hidden, as small as can be."""
    known = {shape(n) for n in t.walk(before)}

    def hidden(node: t.Expr) -> t.Expr:
        match node:
            case t.Junction(_, parts) | t.Add(parts) | t.Mul(parts):
                new = [n for n, p in enumerate(parts) if shape(p) not in known]
                last = new[-1] if new else len(parts) - 1
                return t.rebuild(
                    node, tuple(hidden(p) if n == last else p for n, p in enumerate(parts))
                )
            case t.Relation(op, left, right):
                if shape(right) in known and t.children(left):
                    return t.Relation(op, hidden(left), right)
                return t.Relation(op, left, hidden(right))
            case t.Neg(arg):
                return t.Neg(hidden(arg))
            case t.Call(name, (body, *rest)) if not _is_value(name):
                return t.Call(name, (hidden(body), *rest))
            case t.Div(num, den):
                return t.Div(num, hidden(den)) if shape(num) in known else t.Div(hidden(num), den)
        return HOLE

    found = hidden(line)
    return found if found != line else HOLE
