"""Equations with absolute values: by cases between the zeros of what stands inside."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.domains import conditions
from assistant.maths.solving.equations.found import (
    Found,
    last_line,
    real_symbol,
    step,
    written,
    zero_form,
)
from assistant.maths.solving.equations.solution_sets import (
    LINE,
    Piece,
    compare,
    ordered,
    pieces_statement,
    sign_of,
)
from assistant.maths.types import Link, Rule, Step, Text

CRITICAL = Rule("absolute.critical_points", "Where the insides change sign", "找零点分段")
CASE = Rule("absolute.case", "Remove the bars on this interval", "在此区间去绝对值")


def sample(piece: Piece) -> sp.Expr:
    """A rational number inside an interval."""
    if piece.low == piece.high:
        return piece.low
    if piece.low == -sp.oo and piece.high == sp.oo:
        return sp.Integer(0)
    if piece.low == -sp.oo:
        return sp.floor(piece.high) - 1
    if piece.high == sp.oo:
        return sp.ceiling(piece.low) + 1
    low, high = piece.low.evalf(40), piece.high.evalf(40)
    middle = sp.Rational(str((low + high) / 2))
    for den in (1, 2, 3, 4, 5, 8, 10, 100, 1000):
        near = sp.Rational(round(middle * den), den)
        if low < near < high:
            return near
    return middle


def within(piece: Piece, value: sp.Expr) -> bool:
    """Whether a number lies in an interval.  Raises ``ArithmeticError`` if undecidable."""
    if piece.low != -sp.oo:
        side = sign_of(value - piece.low)
        if side is None:
            raise ArithmeticError
        if side < 0 or (side == 0 and piece.low_open):
            return False
    if piece.high != sp.oo:
        side = sign_of(piece.high - value)
        if side is None:
            raise ArithmeticError
        if side < 0 or (side == 0 and piece.high_open):
            return False
    return True


def cut(piece: Piece, places: list[sp.Expr]) -> list[Piece]:
    """An interval cut at some of its inner points; each point goes to the right part."""
    inner = [
        p
        for p in ordered(places)
        if (piece.low == -sp.oo or compare(p, piece.low) > 0)
        and (piece.high == sp.oo or compare(p, piece.high) < 0)
    ]
    parts: list[Piece] = []
    low, low_open = piece.low, piece.low_open
    for place in inner:
        parts.append(Piece(low, place, low_open, high_open=True))
        low, low_open = place, False
    return [*parts, Piece(low, piece.high, low_open, piece.high_open)]


def zeros(value: sp.Expr, name: str, depth: int) -> list[sp.Expr] | None:
    """All real zeros of an expression, where a finder knows them and they are finitely many."""
    if not value.has(real_symbol(name)):
        return []
    found = find(t.equation(written(value), t.integer(0)), name, depth + 1)
    return None if found is None or not found.finite else list(found.roots)


def absolute_value(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``|x - 1| + |x + 2| = 5``, nested ones too: the bars are removed inside out."""
    value = zero_form(equation)
    x = real_symbol(name)
    bars = [a for a in value.atoms(sp.Abs, sp.sign) if a.has(x)]
    if any(isinstance(n, t.Call) and n.name == "sign" for n in t.walk(equation)):
        return None
    if not bars or value.free_symbols - {x} or _lone(equation, bars):
        return None
    pairs = _resolve(value, name, LINE, depth)
    if pairs is None:
        return None
    parts: list[Found] = []
    steps: list[Step] = []
    for piece, resolved in pairs:
        part = _on_piece(piece, resolved, name, depth)
        if part is None:
            return None
        parts.append(part[0])
        steps += part[1]
    merged = Found(
        roots=tuple(ordered(r for p in parts for r in p.roots)),
        pieces=_joined([i for p in parts for i in p.pieces]),
        method="absolute value by cases",
    )
    merged = replace(
        merged,
        roots=tuple(r for r in merged.roots if not any(within(i, r) for i in merged.pieces)),
    )
    after, link = last_line(merged, name)
    if conditions(equation, name):  # some of it may lie outside the domain
        after, link = _statement(merged, name), Link.IMPLIES
    points = ordered(p.low for p, _ in pairs if p.low != -sp.oo)
    why = Text(
        "The expressions between the bars change sign at {0}; treat each interval by itself.",
        "绝对值内的式子在 {0} 处变号，分区间讨论。",
        (t.Collection(t.Bracket.SET, tuple(map(written, points))),),
    )
    whole = step(equation, after, CRITICAL, why, name=name, link=link)
    return replace(merged, steps=(replace(whole, substeps=tuple(steps)),))


def _statement(found: Found, name: str) -> t.Expr:
    """Points and intervals as one statement about the unknown."""
    lone = [Piece(r, r, low_open=False, high_open=False) for r in found.roots]
    return pieces_statement(name, [*found.pieces, *lone])


def _lone(equation: t.Relation, bars: list[sp.Expr]) -> bool:
    """``|h| = c`` is undone directly, without intervals."""
    if len(bars) != 1:
        return False
    left = equation.left
    return isinstance(left, t.Call) and left.name == "abs" and not t.symbols(equation.right)


def _resolve(
    value: sp.Expr, name: str, piece: Piece, depth: int
) -> list[tuple[Piece, sp.Expr]] | None:
    """Intervals, and the expression without bars on each of them."""
    x = real_symbol(name)
    bars = [a for a in value.atoms(sp.Abs, sp.sign) if a.has(x)]
    innermost = [a for a in bars if not a.args[0].atoms(sp.Abs, sp.sign)]
    if not innermost:
        return [(piece, value)]
    places: list[sp.Expr] = []
    for bar in innermost:
        found = zeros(bar.args[0], name, depth)
        if found is None:
            return None
        places += found
    result: list[tuple[Piece, sp.Expr]] = []
    for part in cut(piece, places):
        inside = sample(part)
        changes = {}
        for bar in innermost:
            sign = sign_of(bar.args[0].subs(x, inside))
            if sign is None or (sign == 0 and part.low != part.high):
                return None
            # SymPy writes |h|/h as sign(h); where h is zero that has no value anyway
            size = bar.args[0] if isinstance(bar, sp.Abs) else sp.Integer(1)
            changes[bar] = size * (sign or 1)
        rest = _resolve(sp.expand(value.xreplace(changes)), name, part, depth)
        if rest is None:
            return None
        result += rest
    return result


def _on_piece(
    piece: Piece, value: sp.Expr, name: str, depth: int
) -> tuple[Found, list[Step]] | None:
    condition = pieces_statement(name, [piece])
    equation = t.equation(written(value), t.integer(0))
    if value == 0:
        return Found(pieces=(piece,)), [_case(condition, equation, condition, name)]
    if not value.has(real_symbol(name)):
        return Found(), [_case(condition, equation, t.Truth(value=False), name)]
    found = find(equation, name, depth + 1)
    if found is None or not found.finite:
        return None
    kept = tuple(r for r in found.roots if within(piece, r))
    result = Found(roots=kept)
    after, _ = last_line(result, name)
    one = _case(condition, equation, after, name)
    return result, [replace(one, substeps=found.steps)]


def _case(condition: t.Expr, equation: t.Relation, after: t.Expr, name: str) -> Step:
    parts = condition.args if isinstance(condition, t.Junction) else (condition,)
    kept = tuple(p for p in parts if not isinstance(p, t.Truth))
    before = t.Junction(t.Connective.AND, (*kept, equation)) if kept else equation
    why = Text(
        "Without the bars, for {0}: {1}.", "当 {0} 时，去掉绝对值得 {1}。", (condition, equation)
    )
    return step(before, after, CASE, why, name=name, link=Link.EQUIVALENT)


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring intervals as one."""
    result: list[Piece] = []
    for piece in pieces:
        last = result[-1] if result else None
        if last and last.high == piece.low and not (last.high_open and piece.low_open):
            result[-1] = Piece(last.low, piece.high, last.low_open, piece.high_open)
        elif last and last.high == piece.high and last.low == piece.low:
            continue
        else:
            result.append(piece)
    # an equation that holds on an open interval holds at its ends too, by continuity
    return tuple(Piece(p.low, p.high, p.low == -sp.oo, p.high == sp.oo) for p in result)
