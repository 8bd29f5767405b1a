"""Regions between curves, as a list: ``y = x^2, y = 0, x = 2``."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.requests.productions import Slots
from assistant.maths.reading.requests.region_curves import in_one_form, solved_for_one

NOUN = re.compile(r"^(?:曲线|直线|抛物线|函数|the\s+(?:line|curve|parabola|graph\s+of)\s+)")
X_AXIS = re.compile(r"(?:the\s+)?x\s*(?:-?\s*axis|轴)", re.IGNORECASE)
Y_AXIS = re.compile(r"(?:the\s+)?y\s*(?:-?\s*axis|轴)", re.IGNORECASE)


def curves_and_limits(s: Slots, span: Span) -> tuple[list[t.Expr], list[t.Expr]]:
    """The right sides of ``y = …``, and the numbers of ``x = …``; where a curve is ``x = y^2``, of
    ``x = …`` and ``y = …``.  Raises ``ReadingError``."""
    parts = s.scan.parts(span)
    told = in_one_form([_told(s, part) for part in parts])
    along = "y" if any(name == "x" and "y" in t.symbols(value) for name, value in told) else "x"
    bodies: list[t.Expr] = []
    limits: list[t.Expr] = []
    for part, (name, value) in zip(parts, told, strict=True):
        if name == along and not t.symbols(value):
            limits.append(value)
        elif name == along or name in t.symbols(value):
            raise s.scan.error(
                part,
                "write all curves as y = …, or all as x = …",
                "请把曲线都写成 y = … 的形式，或都写成 x = … 的形式",
            )
        else:
            bodies.append(value)
    return bodies, limits


def _told(s: Slots, part: Span) -> tuple[str, t.Expr]:
    """``y`` and the right side of ``y = …``; no letter for a curve ``f(x) = …`` or without one."""
    if X_AXIS.fullmatch(part.text):
        return "y", t.integer(0)
    if Y_AXIS.fullmatch(part.text):
        return "x", t.integer(0)
    text = NOUN.sub("", part.text)
    whole = s.scan.formula(part.cut(part.end - len(text), part.end))
    match whole:
        case t.Relation(t.Comparison.EQ, t.Symbol(name), right):
            return name, right
        case t.Relation(t.Comparison.EQ, t.Call(), right):
            return "", right
        case t.Relation(t.Comparison.EQ) if (solved := solved_for_one(whole)) is not None:
            return solved
        case t.Relation():
            raise s.scan.error(part, "write the curve as y = …", "请把曲线写成 y = … 的形式")
    return "", whole
