"""What a student's line is as a formula, and what it says of the unknowns."""

from __future__ import annotations

import re
from itertools import pairwise
from math import gcd, isqrt
from typing import TypeGuard

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.reading.claims.line import Line, read_line
from assistant.maths.showing.asked import ordered
from assistant.maths.showing.plain import plain
from assistant.maths.types import Problem, Request, Solution, Task
from assistant.teaching.shapes import TooLong, terms_of

OPERATORS = frozenset({
    "diff", "integrate", "limit", "limit_left", "limit_right", "sum", "product", "det", "transpose",
})  # fmt: skip
"""Calls that ask for something to be worked out."""
HEDGED = re.compile(
    r"\b(?:not|no|never|neither|reject\w*|discard\w*|extraneous|suppose\w*|assum\w+|if|try|guess\w*)\b"
    r"(?!\s+(?:real\s+)?(?:solution|root))|n['’]t\b|\bnot\s+an?\b"
    r"|不是|不对|舍|不符|不满足|不合|增根|假设|若|如果|[?？]",
    re.IGNORECASE,
)
"""Words that take back what a line says; *no solution* is an answer."""
LEADS = re.compile(
    r"\b(?:the\s+)?domain(?:\s+of\s+[a-z](?:\([a-z]\))?)?(?:\s+is)?\b"
    r"|\b(?:so|hence|therefore|thus|then|we get|it is)\b"
    r"|(?:函数的?)?定义域[为是]?|所以|因此|因而|从而|[故得即则]|解得|答",
    re.IGNORECASE,
)
"""Words before a range that change nothing in it."""
_SETS = frozenset(map(t.Constant, (
    t.ConstantName.REALS, t.ConstantName.EMPTY, t.ConstantName.INTEGERS, t.ConstantName.NATURALS,
    t.ConstantName.RATIONALS,
)))  # fmt: skip
STATED = frozenset({Task.SOLVE, Task.DSOLVE, Task.PROVE})
"""Tasks whose lines are statements; those of the others are expressions."""


def unknowns(problem: Problem, solution: Solution) -> tuple[str, ...]:
    """The letters that are to be found; those of the equations where a story gives them."""
    found = [d.body for d in problem.definitions if d.why is not None]
    names = (n for body in found if not isinstance(body, Request) for n in t.symbols(body))
    return tuple(dict.fromkeys(names)) or solution.variables


def in_words(problem: Problem) -> bool:
    """Whether a problem is shown as it was typed: its formula is the student's part to find, or
    does not say what is asked."""
    request = problem.request
    return is_story(problem) or (bool(request.topic) and ordered(request) is None)


def is_story(problem: Problem) -> bool:
    """Whether a problem is told in words that have to be put into formulas first."""
    return problem.told or any(d.why is not None for d in problem.definitions)


def is_hedged(line: Line) -> bool:
    """Whether a line denies what stands in it, or only supposes it: ``x = 4 is not a solution``,
    ``suppose x = 4``."""
    if line.supposed or HEDGED.search(line.text) is not None:
        return True
    return line.denied and not _only_excludes(line)


def _only_excludes(line: Line) -> bool:
    """``x ≠ 2``, ``the domain is x > 0 and x ≠ 2``: that says in what range something lies, and
    takes nothing back."""
    if not line.bare:
        line = read_line(LEADS.sub(" ", line.text).strip(" :：,，.。"))
    statements = [claim.statement for claim in line.claims]
    bounds = (statement is not None and is_bound(statement) for statement in statements)
    return line.bare and bool(statements) and all(bounds)


def exceptions(formula: t.Expr) -> t.Expr | None:
    """A line that says only what something is not, each value by itself: ``x ≠ ±2`` as ``x ≠ 2
    and x ≠ -2``; ``None`` for other lines."""
    parts = formula.args if isinstance(formula, t.Junction) else (formula,)
    if isinstance(formula, t.Junction) and formula.op is not t.Connective.AND:
        return None
    out: list[t.Expr] = []
    for part in parts:
        if not isinstance(part, t.Relation) or part.op is not t.Comparison.NE:
            return None
        out += (t.Relation(part.op, part.left, value) for value in _both(part.right))
    return out[0] if len(out) == 1 else t.Junction(t.Connective.AND, tuple(out))


def formula_of(line: Line, *, stated: bool) -> t.Expr | None:
    """The formula that a line stands for: the statement, or the last form of the expression."""
    if not line.claims or any(claim.unread for claim in line.claims):
        return None
    if is_hedged(line):
        return None
    last = line.claims[-1]
    if stated:
        if last.statement is not None:
            return t.transform(last.statement, _shortened)
        return last.sides[0] if len(last.sides) == 1 else None
    if last.statement is not None and (not last.sides or has_bound(last.statement)):
        return last.statement  # a range, and not its end
    return last.sides[-1] if last.sides else last.formula


def _shortened(node: t.Expr) -> t.Expr:
    """``x = 6/2 = 3`` as ``x = 3``: the checker has looked at what stands between."""
    match node:
        case t.Junction(t.Connective.AND, (t.Relation(t.Comparison.EQ, first, _), *_) as parts):
            chain = all(
                isinstance(a, t.Relation)
                and isinstance(b, t.Relation)
                and a.right == b.left
                and b.op is t.Comparison.EQ
                for a, b in pairwise(parts)
            )
            last = parts[-1]
            if chain and isinstance(last, t.Relation):
                return t.equation(first, last.right)
    return node


def drawn_of(line: Line) -> t.Expr | None:
    """The line as it stands, to be drawn in two dimensions; ``None`` where it has words in it."""
    if not line.bare or len(line.claims) != 1:
        return None
    (claim,) = line.claims
    if isinstance(claim.statement, t.Truth):
        return None  # "no solution", "all x"
    if claim.statement is not None:
        return claim.statement
    return claim.sides[0] if len(claim.sides) == 1 else None


def values_in(formula: t.Expr, names: tuple[str, ...]) -> tuple[tuple[str, t.Expr], ...]:
    """The values that a line gives to unknowns; nothing where it does more, or less."""
    match formula:
        case t.Junction(_, parts):
            found = [values_in(part, names) for part in parts]
            return tuple(pair for pairs in found for pair in pairs) if all(found) else ()
        case t.Relation(t.Comparison.EQ, t.Symbol(name), value) | t.Relation(
            t.Comparison.EQ, value, t.Symbol(name)
        ) if _stem(name) in names and not set(t.symbols(value)) & set(names):
            return tuple((_stem(name), one) for one in _both(value))
    return ()


def _stem(name: str) -> str:
    """``x_1`` and ``x_2`` are cases of ``x``."""
    return re.sub(r"_?\d+$", "", name)


def _both(value: t.Expr) -> tuple[t.Expr, ...]:
    """``±3`` is 3 and −3."""
    if not any(isinstance(n, t.Call) and n.name == "plusminus" for n in t.walk(value)):
        return (value,)
    return (t.transform(value, _upper), t.transform(value, _lower))


def _upper(node: t.Expr) -> t.Expr:
    return node.args[0] if isinstance(node, t.Call) and node.name == "plusminus" else node


def _lower(node: t.Expr) -> t.Expr:
    upper = _upper(node)
    return node if upper is node else t.Neg(upper)


def settles(formula: t.Expr, names: tuple[str, ...]) -> bool:
    """Whether a line may be the end: each unknown stands alone, or nothing is left to say."""
    match formula:
        case t.Junction(_, parts):
            return all(settles(part, names) for part in parts)
        case t.Relation(t.Comparison.EQ, t.Collection(t.Bracket.TUPLE, letters), t.Collection()):
            return letters == tuple(map(t.Symbol, names))
        case t.Relation(_, left, right):
            sides = (left, right)
            alone = any(isinstance(s, t.Symbol) and _stem(s.name) in names for s in sides)
            others = [s for s in sides if not isinstance(s, t.Symbol)]
            return alone and not any(set(t.symbols(s)) & set(names) for s in others)
        case t.Truth() | t.Interval() | t.Collection() | t.Constant():
            return True
        case t.Call("in" | "union" | "∈" | "imageset", _):
            return True
    return False


def as_set(formula: t.Expr, names: tuple[str, ...]) -> str | None:
    """An answer in words of cases as the checker of answers reads it: ``x = 1 and y = 2 or …`` as
    points, ``x = a + 2πk or …`` as families over the integers k; ``None`` for other lines."""
    cases = formula.args if _is_either(formula) else (formula,)
    if len(names) > 1:
        points = [_point(case, names) for case in cases]
        return None if None in points else ", ".join(p for p in points if p is not None)
    kept = [case for case in cases if not _is_membership(case)]
    families = [family for case in kept for family in _families(case, names)]
    if not families or None in families or not any(f and f.startswith("image") for f in families):
        return None
    return " ∪ ".join(f for f in families if f is not None)


def _is_either(formula: t.Expr) -> TypeGuard[t.Junction]:
    return isinstance(formula, t.Junction) and formula.op is t.Connective.OR


def _is_membership(case: t.Expr) -> bool:
    """``k ∈ ℤ`` after the cases; the reader takes it for another value of the unknown."""
    value = case.right if isinstance(case, t.Relation) else case
    return isinstance(value, t.Call) and value.name == "in"


def _point(case: t.Expr, names: tuple[str, ...]) -> str | None:
    match case:
        case t.Relation(
            t.Comparison.EQ, t.Collection(t.Bracket.TUPLE, letters), t.Collection(_, items)
        ) if letters == tuple(map(t.Symbol, names)) and len(items) == len(names):
            return f"({', '.join(map(plain, items))})"
    found = dict(values_in(case, names))
    if isinstance(case, t.Junction) and len(case.args) == len(names) == len(found):
        return f"({', '.join(plain(found[name]) for name in names)})"
    return None


def _families(case: t.Expr, names: tuple[str, ...]) -> tuple[str | None, ...]:
    match case:
        case t.Relation(t.Comparison.EQ, t.Symbol(name), value) if name in names:
            return tuple(_family(one, names) for one in _both(value))
    return (None,)


def _family(value: t.Expr, names: tuple[str, ...]) -> str | None:
    match t.symbols(value):
        case ():
            return f"{{{plain(value)}}}"
        case (index,) if index not in names:
            return f"imageset({plain(value)}, {index})"
    return None


def has_bound(formula: t.Expr) -> bool:
    """Whether an inequality stands in a line."""
    parts = (n for n in t.walk(formula) if isinstance(n, t.Relation))
    return any(part.op is not t.Comparison.EQ for part in parts)


def is_bound(formula: t.Expr) -> bool:
    """Whether a line says in what range something lies, and is no equation."""
    parts = [n for n in t.walk(formula) if isinstance(n, t.Relation)]
    return bool(parts) and all(part.op is not t.Comparison.EQ for part in parts)


def says_range(formula: t.Expr) -> bool:
    """Whether the inequalities of a line, if it has any, are solved: ``x ≠ 2`` and ``f(x) ≥ 0``
    are, ``x - 2 ≠ 0`` is not."""
    parts = (n for n in t.walk(formula) if isinstance(n, t.Relation))
    return all(any(map(_is_named, (part.left, part.right))) for part in parts)


def _is_named(side: t.Expr) -> bool:
    return isinstance(side, t.Symbol) or (isinstance(side, t.Call) and len(side.name) == 1)


def is_range(formula: t.Expr) -> bool:
    """Whether a line says in what range a letter lies, and compares no mere numbers."""
    return is_bound(formula) and bool(t.symbols(formula))


def is_finite(formula: t.Expr) -> bool:
    """Whether a line names single values, and no range."""
    wide = (n for n in t.walk(formula) if isinstance(n, t.Interval | t.Truth) or n in _SETS)
    return next(wide, None) is None and not has_bound(formula)


def is_worked_out(formula: t.Expr, exact: t.Expr | None) -> bool:
    """Whether a line is an end and no calculation that is still to be done; what the exact
    answer leaves as it is need not be worked out."""
    nodes = list(t.walk(formula))
    if any(isinstance(n, t.Call) and n.name in OPERATORS for n in nodes):
        return False
    return not any(map(_is_open, nodes)) or (
        exact is not None and any(map(_is_open, t.walk(exact)))
    )


def _is_open(node: t.Expr) -> bool:
    """A calculation with numbers alone."""
    match node:
        case t.Add(parts) if _has_like(parts):
            return True
        case t.Add(parts) | t.Mul(parts):
            return sum(map(_is_number, parts)) > 1
        case t.Neg(t.Neg()):
            return True
        case t.Div(num, den):
            above, below = rational_value(num), rational_value(den)
            if above is None or below is None:
                return below == 1
            whole = above.denominator == below.denominator == 1
            return not whole or below <= 1 or gcd(int(above), int(below)) > 1
        case t.Pow(t.Number(), t.Number(value)):
            return value.denominator == 1
        case t.Call("sqrt", (t.Number(value),)):
            return value >= 0 and isqrt(int(value)) ** 2 == value
    return False


def _has_like(parts: tuple[t.Expr, ...]) -> bool:
    """Whether terms of a sum have the same letters and powers."""
    try:
        found = [tuple(terms_of(part)) for part in parts]
    except TooLong:
        return False
    single = [keys for keys in found if len(keys) == 1 and keys != ((),)]
    return len(set(single)) < len(single)


def _is_number(part: t.Expr) -> bool:
    inner = part.arg if isinstance(part, t.Neg) else part
    if isinstance(inner, t.Call) and inner.name == "plusminus":
        inner = inner.args[0]
    return rational_value(inner) is not None


def without_constant(problem: Problem, line: Line) -> str | None:
    """An antiderivative without its constant of integration; ``None`` where it has none."""
    request = problem.request
    if request.task is not Task.INTEGRATE or len(request.operands) != 1:
        return None
    formula = formula_of(line, stated=False)
    if not isinstance(formula, t.Add):
        return None
    known = {n for part in request.operands for n in t.symbols(part)} | set(request.variables)
    rest = [p for p in formula.terms if not _is_constant(p, known)]
    if not rest or len(rest) + 1 != len(formula.terms):
        return None
    return plain(t.add(*rest))


def unnamed(problem: Problem, line: Line) -> str | None:
    """``y' = 2x`` as ``2x``, where the derivative of a formula is asked for that has no name;
    ``None`` for other lines."""
    request = problem.request
    once = request.task is Task.DIFFERENTIATE and request.order in (None, 1)
    if not once or problem.definitions or not line.bare or len(line.claims) != 1:
        return None
    (claim,) = line.claims
    match claim.sides:
        case (
            t.Call("diff", (t.Call(name, (t.Symbol(x),)), t.Symbol(by), t.Number(times))),
            value,
        ) if value is not None and claim.signs == ("=",):
            named = (one.name for one in t.walk(value) if isinstance(one, t.Call | t.Symbol))
            own = len(name) == 1 and name not in named
            meant = own and x == by and times == 1 and request.variables in ((), (x,))
            return plain(value) if meant else None
        case _:
            return None


def _is_constant(term: t.Expr, known: set[str]) -> bool:
    inner = term.arg if isinstance(term, t.Neg) else term
    return isinstance(inner, t.Symbol) and inner.name not in known
