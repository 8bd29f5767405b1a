"""Several formulas on one line: cases, or statements that hold together."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.maths import terms as t

SEPARATORS = re.compile(
    r"\s*[,;，；、]\s*(?:and\b|or\b|或者?|且)?\s*|\s+(?:and|or)\s+|\s*(?:或者?|且|和)\s*"
)
NAME = r"[A-Za-z](?:_\{?\w{1,3}\}?)?"
ALIKE = re.compile(
    rf"\s*({NAME}(?:\s*,\s*{NAME}){{1,9}})\s*([<>≤≥≠]|\\(?:[lg]eq?|[lg]t|neq?)(?![a-z]))\s*(-?\d+(?:\.\d+)?)\s*"
)
"""``u, v, z ≥ 0``: the same bound of several letters."""
EITHER = re.compile(r"(?<![A-Za-z])or(?![A-Za-z])|或")


def several(text: str, read: Callable[[str], t.Expr | None]) -> t.Expr | None:
    """``x = 3, y = 2``; ``x = 1, 2`` and ``x_1 = 1, x_2 = 2`` are cases, and so is what *or*
    stands between.  ``read`` reads one formula."""
    if (named := ALIKE.fullmatch(text)) is not None:
        names = re.findall(NAME, named[1])
        bounds = [read(f"{name} {named[2]} {named[3]}") for name in names]
        known = tuple(bound for bound in bounds if isinstance(bound, t.Relation))
        return t.Junction(t.Connective.AND, known) if len(known) == len(names) else None
    groups: list[list[t.Expr]] = []
    last: t.Expr | None = None
    at, sign = 0, "or"
    for match in [*SEPARATORS.finditer(text), None]:
        piece = text[at : match.start() if match else len(text)]
        if piece.strip():
            last = _statement(read(piece), last)
            if last is None:
                return None
            if EITHER.search(sign):
                groups.append([])
            groups[-1].append(last)
            sign = ""
        if match is not None:
            at, sign = match.end(), sign + match[0]
    statements = [s for group in groups for s in group]
    if len(statements) < 2:
        return None
    return _values(statements) or _either(groups)


def _statement(part: t.Expr | None, last: t.Expr | None) -> t.Expr | None:
    """A part as it stands; a lone value belongs to the name before it."""
    if part is None or isinstance(part, t.Relation | t.Junction):
        return part
    match last:
        case t.Relation(t.Comparison.EQ, t.Symbol() as name, _):
            return t.equation(name, part)
    return None


def _values(statements: list[t.Expr]) -> t.Expr | None:
    """Values of one unknown, whatever stands between them."""
    stems = {
        s.left.name.split("_")[0]
        for s in statements
        if isinstance(s, t.Relation) and isinstance(s.left, t.Symbol) and s.op is t.Comparison.EQ
    }
    alone = all(isinstance(s, t.Relation) and isinstance(s.left, t.Symbol) for s in statements)
    if any("{" in name for s in statements for name in t.symbols(s)):
        return None  # a_{n+1} is no case of an unknown
    return t.Junction(t.Connective.OR, tuple(statements)) if len(stems) == 1 and alone else None


def _either(groups: list[list[t.Expr]]) -> t.Expr | None:
    """Groups of statements with *or* between them: cases where each is about the same letters;
    in ``y = 1 or y = 2, x = 3`` nobody knows where the first case begins and ends."""
    if len({frozenset(n for s in group for n in t.symbols(s)) for group in groups}) > 1:
        return None
    both = [g[0] if len(g) == 1 else t.Junction(t.Connective.AND, tuple(g)) for g in groups]
    return both[0] if len(both) == 1 else t.Junction(t.Connective.OR, tuple(both))
