"""Families of angles beside one another: ``30° + 360°k`` and ``π/6 + 2nπ``."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.checking.answer_parts import read
from assistant.maths.checking.logic import periodic
from assistant.maths.types import Verdict

WHOLE = re.compile(
    r"(?:[,;，]|(?<!\s))\s*+[(（]?\s*+([a-zA-Z])\s*+(?:\\in|∈)\s*+"
    r"(?:\\mathbb\{?Z\}?|\\Z|Z|ℤ)\s*+[)）]?\s*+$"
)
SAID = re.compile(
    r"\s*+[,;，；(（]?\s*+(?:(?:where|with|for|其中)\s*+)?(?:(?:any|all|every)\s++)?"
    r"(?:[knm]\s*+(?:(?:is|are|being)\s++)?(?:(?:an|any|all|every)\s++)?(?:integer|whole number)s?"
    r"|[knm]\s*+(?:为|是|取)(?:任意|一切)?整数|(?:integer|whole number)s?\s++[knm])"
    r"\s*+[)）]?\s*+[.。]?\s*+$",
    re.IGNORECASE,
)
"""The same of a counter in words."""
BOUND = re.compile(r"[<>≤≥≠]|\\(?:[lg]eq?|[lg]t|neq?)(?![a-z])")
APART = re.compile(r"\s(?:or|and)\s|或|[,;，；]")
NAMED = re.compile(r"\s*[a-zA-Zθα]\s*=\s*")
COUNTERS = ("k", "n", "m")
MOST = 12


def same_families(gold: str, answer: str) -> Verdict | None:
    """Whether the families have the same members; ``None`` where the texts are of another kind."""
    sides = [_families(WHOLE.sub("", uncounted(text))) for text in (gold, answer)]
    if sides[0] is None or sides[1] is None:
        return None
    return periodic.same_families(sides[0], sides[1])


def uncounted(text: str) -> str:
    """The text without the words that a counter is whole; a bound needs them: n > 3."""
    said = SAID.search(text)
    return text if said is None or BOUND.search(text, 0, said.start()) else text[: said.start()]


def is_turning(value: t.Expr | None) -> bool:
    """Whether a value may be a family of angles."""
    pi = t.Constant(t.ConstantName.PI)
    return (
        value is not None
        and pi in t.walk(periodic.in_radians(value))
        and len(t.symbols(value)) == 1
    )


def counted_freely(gold: str, answer: str) -> bool:
    """Whether both texts have families of angles whose counters may mean different numbers in the
    two, so that other values at the same counters say nothing: (-1)^k π/6 + kπ has n as well."""
    counters, powers = [], False
    for text in (gold, answer):
        tree = read(WHOLE.sub("", text))
        if tree is None or t.Constant(t.ConstantName.PI) not in t.walk(periodic.in_radians(tree)):
            return False
        counters.append({*t.symbols(tree)} & {*COUNTERS})
        powers = powers or any(
            isinstance(n, t.Pow) and {*t.symbols(n.exp)} & {*COUNTERS} for n in t.walk(tree)
        )
    one, other = counters
    return bool(one and other) and (one != other or len(one) > 1 or powers)


def _families(text: str) -> list[periodic.Family] | None:
    """The families of ``x = … or x = …``, each with its own counter."""
    parts = APART.split(text)
    found: list[periodic.Family] = []
    named = {said[0].strip() for part in parts if (said := NAMED.match(part))}
    for part in parts if len(parts) <= MOST and len(named) <= 1 else ():
        said = NAMED.match(part)
        tree = read(part[said.end() :] if said else part)
        if tree is None or not is_turning(tree) or t.symbols(tree)[0] not in COUNTERS:
            return None
        tree = periodic.in_radians(tree)
        one = periodic.families(t.Call("imageset", (tree, t.Symbol(t.symbols(tree)[0]))))
        if one is None:
            return None
        found += one
    return found or None
