"""The parts of an answer: values, tuples of values, statements."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.maths import terms as t
from assistant.maths.answers.clean import Cleaned, pieces
from assistant.maths.checking.claims import is_statement
from assistant.maths.checking.logic.statements import split_signs
from assistant.maths.checking.numerics.numeric import NoValue, evaluate, mpf, real
from assistant.maths.reading.formulas.formula import read_sure
from assistant.maths.reading.formulas.tokens import ReadingError

NUMBERED = re.compile(r"(?:_.*|(?<=[A-Za-z])\d+)$")
SEPARATORS = r"\s*(?:,|;|，|；|、)\s*(?:and\b|or\b|和|或)?\s*|\s+(?:and|or)\s+|\s*(?:或|和|且)\s*"


def read(text: str) -> t.Expr | None:
    """A formula, or ``None``."""
    try:
        return read_sure(text)
    except (ReadingError, RecursionError):
        return None


def items(answer: Cleaned) -> list[t.Expr] | None:
    """The parts of an answer: several values, or one formula."""
    if answer.special:
        empty = answer.special == "nothing"
        return [t.Constant(t.ConstantName.EMPTY if empty else t.ConstantName.REALS)]
    text = re.sub(r"^\s*[({]?\s*\w+(?:\s*,\s*\w+)+\s*[)}]?\s*=\s*(?=[({])", "", answer.text)
    text = re.sub(r"\(([^()]*;[^()]*)\)", lambda m: m.group(0).replace(";", ","), text)
    whole = read(text)
    if whole is not None:
        return _opened(last_of_chain(whole))
    groups = pieces(text, r"\s*[;；]\s*")
    if len(groups) > 1:
        found = [items(Cleaned(g)) for g in groups]
        if any(f is None for f in found):
            return None
        return [_grouped(f) for f in found if f]
    parts = [read(p) for p in pieces(text, SEPARATORS)]
    if len(parts) < 2 or any(p is None for p in parts):
        braced = re.fullmatch(r"\\?\{(.*?)\\?\}", text)
        return items(Cleaned(braced.group(1))) if braced else None
    return _named([last_of_chain(p) for p in parts if p is not None])


def _grouped(parts: list[t.Expr]) -> t.Expr:
    return parts[0] if len(parts) == 1 else t.Collection(t.Bracket.TUPLE, tuple(parts))


def last_of_chain(expr: t.Expr) -> t.Expr:
    """``x = 5 + 5 = 10`` says ``x = 10``."""
    match expr:
        case t.Junction(t.Connective.AND, (t.Relation(t.Comparison.EQ, first, _), *rest)) if all(
            isinstance(r, t.Relation) and r.op is t.Comparison.EQ for r in rest
        ):
            relations = [expr.args[0], *rest]
            chained = all(
                isinstance(a, t.Relation) and isinstance(b, t.Relation) and a.right == b.left
                for a, b in pairwise(relations)
            )
            last = rest[-1]
            if chained and isinstance(last, t.Relation):
                return t.equation(first, last.right)
    return expr


def _opened(expr: t.Expr) -> list[t.Expr]:
    """A set, or cases of one unknown, as a list of values; ± as two."""
    match expr:
        case t.Collection(t.Bracket.SET, parts):
            if not parts:
                return [t.Constant(t.ConstantName.EMPTY)]
            return _named([p for part in parts for p in _opened(part)])
        case t.Junction(t.Connective.OR | t.Connective.AND, args) if all(
            isinstance(a, t.Relation) and a.op is t.Comparison.EQ for a in args
        ):
            return _named([case for a in args for case in _cases(a)])
        case t.Junction(t.Connective.OR | t.Connective.AND, args) if not any(
            map(is_statement, args)
        ):
            return list(args)
        case t.Call("in", (t.Symbol(), t.Collection(t.Bracket.SET) as members)):
            return _opened(members)
        case t.Relation(t.Comparison.EQ) | t.Relation(t.Comparison.NE):
            both = split_signs(expr)
            return _named(list(both.args)) if isinstance(both, t.Junction) else [expr]
        case t.Junction() | t.Relation() | t.Collection() | t.Matrix():
            return [expr]
    marked = split_signs(t.equation(t.integer(0), expr))
    if isinstance(marked, t.Junction):
        return [a.right for a in marked.args if isinstance(a, t.Relation)]
    return [expr]


def _named(parts: list[t.Expr]) -> list[t.Expr]:
    """``x = 1, x = 2`` as values; ``x = 1, y = 2`` as a tuple of values."""
    parts = [p for part in parts for p in (_cases(part) if is_named(part) else _opened(part))]
    names = [p.left for p in parts if isinstance(p, t.Relation) and is_named(p)]
    if not names:
        return parts
    if len(names) == len(parts) > 1 and len({_stem(n) for n in names}) == len(names):
        values = tuple(value_of(p) for p in parts)
        return [t.Collection(t.Bracket.TUPLE, values)]
    if is_named(parts[0]) and len({_stem(n) for n in names}) == 1:
        return [value_of(p) for p in parts]
    return parts


def _cases(part: t.Expr) -> list[t.Expr]:
    """``x = ±2`` as two values; anything else as it is."""
    both = split_signs(part) if isinstance(part, t.Relation) else part
    return list(both.args) if both is not part and isinstance(both, t.Junction) else [part]


def _stem(name: t.Expr) -> str:
    """The letter of a numbered name: that of ``x_1`` and of ``x1``."""
    return NUMBERED.sub("", name.name) if isinstance(name, t.Symbol) else str(name)


def are_numbered(text: str) -> bool:
    """Whether it names the values of one letter by numbers: ``x1 = 5, x2 = 3``."""
    names = assignments(text) or {}
    return len({_stem(t.Symbol(name)) for name in names}) == 1 and all(map(NUMBERED.search, names))


_OR = re.compile(r"\bor\b|或|∨|\\lor\b", re.IGNORECASE)


def joined_otherwise(one: str, other: str) -> bool:
    """Do the values of several names hold together in one text, and one or another in the other?"""
    either = [_OR.search(text) is not None for text in (one, other)]
    if either[0] is either[1]:
        return False
    return all(assignments(_OR.sub(",", text)) is not None for text in (one, other))


def assignments(text: str) -> dict[str, t.Expr] | None:
    """``x = 1, y = 2`` as the value of each name, where there are several and all differ."""
    braced = re.fullmatch(r"\s*\\?\{(.*?)\\?\}\s*", text)
    parts = [read(p) for p in pieces(braced.group(1) if braced else text, SEPARATORS)]
    found = {}
    for part in parts:
        match part:
            case t.Relation(t.Comparison.EQ, t.Symbol(name), value):
                found[name] = value
            case _:
                return None
    return found if len(found) == len(parts) > 1 else None


def is_named(expr: t.Expr) -> bool:
    """Whether it says the value of a thing: ``x = 3``, ``AB = 4``, ``f(x) = 2``, ``y' = 2``."""
    match expr:
        case t.Relation(t.Comparison.EQ, left, _):
            letters = all(isinstance(n, t.Symbol | t.Mul | t.Div) for n in t.walk(left))
            match left:
                case t.Call("diff", (t.Call(name, _), *_)):
                    return len(name) == 1
            applied = isinstance(left, t.Call) and len(left.name) == 1
            return letters or applied
    return False


def value_of(expr: t.Expr) -> t.Expr:
    """The right side of ``name = value``; anything else as it is."""
    return expr.right if isinstance(expr, t.Relation) and is_named(expr) else expr


def is_rounding(gold: t.Expr, answer: t.Expr) -> bool:
    """Whether the answer is a decimal rounding of the exact value."""
    match answer:
        case t.Number(value, decimals) if decimals and not isinstance(gold, t.Number):
            try:
                exact = evaluate(gold, {})
            except NoValue:
                return False
            gap = abs(float(mpf(exact)) - float(value)) if real(exact) else 1.0
            return gap <= 0.5001 * 10.0**-decimals
    return False
