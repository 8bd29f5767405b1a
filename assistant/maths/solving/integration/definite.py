"""Definite and improper integrals: split, antiderivative, values or limits at the ends."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.tasks.continuity import bad_points, turns
from assistant.maths.checking.tasks.defined import missing_between
from assistant.maths.checking.tasks.definite import keeps_sign
from assistant.maths.solving.common import Draft
from assistant.maths.solving.integration import tools
from assistant.maths.solving.integration.ends import Ends, end_value
from assistant.maths.solving.integration.methods import (
    Found,
    conditions,
    find,
    integrand,
    variable_of,
    written,
)
from assistant.maths.solving.integration.piecewise import KINDS, breaks, resolved, with_bars
from assistant.maths.types import Link, Request, Rule, Step, Text

ANTIDERIVATIVE = Rule("integral.antiderivative", "Find an antiderivative", "求原函数")
THEOREM = Rule(
    "integral.fundamental_theorem", "Fundamental theorem of calculus", "牛顿—莱布尼茨公式"
)
SPLIT = Rule("integral.split_interval", "Split the interval", "拆分积分区间")
VALUES = Rule("integral.insert_limits", "Put in the limits", "代入上下限")
ODD = Rule("integral.odd", "Odd function on a symmetric interval", "对称区间上的奇函数")
EMPTY = Rule("integral.no_width", "Interval without width", "积分区间长度为零")
SWAP = Rule("integral.swap_limits", "Swap the limits", "交换上下限")
DIVERGES = Rule("integral.diverges", "The integral diverges", "积分发散")
ZERO = t.integer(0)


@dataclass
class Piece:
    """``∫ g`` between two neighbouring cuts, with its antiderivative and values at the ends."""

    f: sp.Expr
    low: sp.Expr
    high: sp.Expr
    found: Found
    ends: Ends

    def integral(self, x: sp.Symbol) -> t.Expr:
        """The piece as it is written."""
        return between(from_sympy(self.f), x.name, from_sympy(self.low), from_sympy(self.high))


@dataclass
class Work:
    """One definite integral in the making."""

    f: sp.Expr
    x: sp.Symbol
    low: sp.Expr
    high: sp.Expr
    steps: list[Step] = field(default_factory=list)


def between(f: t.Expr, name: str, low: t.Expr, high: t.Expr) -> t.Expr:
    """``∫_low^high f dx``."""
    return t.Call("integrate", (f, t.Symbol(name), low, high))


def definite(request: Request) -> Draft | None:
    """``∫_a^b f dx``, proper or improper."""
    if len(request.operands) != 3 or (name := variable_of(request)) is None:
        return None
    f, low, high = request.operands
    start = between(f, name, low, high)
    read = integrand(f, name)
    try:
        a, b = to_sympy(low, real=True), to_sympy(high, real=True)
    except NotConvertible:
        return None
    if read is None or a.has(read[1], sp.nan) or b.has(read[1], sp.nan):
        return None
    g, x = read
    if a.free_symbols | b.free_symbols:  # no place is known at which a maximum changes sides
        g = with_bars(g)
    if a == b:
        why = Text("Both limits are the same.", "上下限相同。")
        return _draft(name, sp.S.Zero, [_step(EMPTY, why, start, ZERO)], f)
    if (b - a).is_negative:
        return _swapped(request, start)
    if x.is_positive and not a.is_nonnegative:
        x = sp.Symbol(name, real=True)
        g = to_sympy(f, real=True)
    if _odd(g, x, a, b):
        why = Text(
            "{0} is odd and the interval is symmetric.", "{0} 是奇函数，区间关于原点对称。", (f,)
        )
        return _draft(name, sp.S.Zero, [_step(ODD, why, start, ZERO)], f)
    if missing_between(f, name, low, high):
        return None
    reach = _reach(g, x, a, b)
    pieces = None if reach is None else _pieces(Work(g, x, a, b))
    found = None if pieces is None else _written(start, f, x, pieces)
    return found and replace(found, conditions=(*found.conditions, *(reach or ())))


def _reach(f: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> tuple[Text, ...] | None:
    """How far an end that is a letter may go from the other, a number, before it meets a pole:
    ``∫_1^a 1/x dx`` is ``ln a`` for a > 0 only.  ``None`` where the poles are not apart from both.
    """
    letters = [end for end in (low, high) if end.free_symbols]
    if not letters or not (poles := bad_points(f, x, -sp.oo, sp.oo)):
        return ()
    fixed = [end for end in (low, high) if not end.free_symbols]
    if not fixed or any(p.free_symbols or p == fixed[0] for p in poles):
        return None
    ends = [p for p in poles if p < fixed[0]][-1:], [p for p in poles if p > fixed[0]][:1]
    told = [
        t.Relation(op, from_sympy(letters[0]), from_sympy(p))
        for op, found in zip((t.Comparison.GT, t.Comparison.LT), ends, strict=True)
        for p in found
    ]
    return tuple(Text("for {0}", "当 {0} 时", (relation,)) for relation in told)


def _odd(f: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> bool:
    if low != -high or not high.is_finite or x.is_positive:
        return False
    return f.subs(x, -x) == -f and bad_points(f, x, low, high) == []


def _swapped(request: Request, start: t.Expr) -> Draft | None:
    f, low, high = request.operands
    inner = definite(replace(request, operands=(f, high, low)))
    if inner is None or inner.answer is None or not inner.steps or inner.text:
        return None
    name = inner.variables[0]
    why = Text("Swapping the limits changes the sign.", "交换上下限，积分变号。")
    turned = t.Neg(between(f, name, high, low))
    value = from_sympy(-to_sympy(inner.answer))
    last = _step(VALUES, Text("Take the opposite.", "取相反数。"), turned, value)
    last = replace(last, substeps=inner.steps)
    return replace(inner, answer=value, steps=(_step(SWAP, why, start, turned), last))


def _step(
    rule: Rule, why: Text, before: t.Expr, after: t.Expr, given: tuple[t.Expr, ...] = ()
) -> Step:
    return Step(rule=rule, why=why, before=before, after=after, link=Link.EQUAL, given=given)


def _cuts(work: Work) -> list[sp.Expr] | None:
    """Inner points where the integrand changes its form or is not continuous."""
    points = bad_points(work.f, work.x, work.low, work.high)
    if points is None:
        return None
    if work.f.has(*KINDS):
        folds = breaks(work.f, work.x)
        if folds is None:
            folds = _folds(work)
        if folds is None:
            return None
        points = [*points, *folds]
    inner = {p for p in points if (p - work.low).is_positive and (work.high - p).is_positive}
    return sorted(inner, key=lambda p: sp.N(p, 30))


def _folds(work: Work) -> list[sp.Expr] | None:
    inner = [n.args[0] for n in work.f.atoms(sp.Abs, sp.sign) if n.has(work.x)]
    inner += [n.args[0] - n.args[1] for n in work.f.atoms(sp.Max, sp.Min) if len(n.args) == 2]
    try:
        return [p for g in inner for p in turns(g, work.x, work.low, work.high)]
    except Exception:  # noqa: BLE001 - the zeros are not known: another method may do it
        return None


def _form(work: Work, low: sp.Expr, high: sp.Expr) -> sp.Expr:
    """The integrand between two cuts, with signs and steps decided there; as it is between limits
    with letters, which leave open where it folds."""
    if not work.f.has(*KINDS, sp.floor, sp.ceiling) or low.free_symbols or high.free_symbols:
        return work.f
    at = _middle(low, high)
    f = resolved(work.f, work.x, at)
    return f.replace(lambda n: isinstance(n, sp.floor | sp.ceiling), lambda n: n.subs(work.x, at))


def _middle(low: sp.Expr, high: sp.Expr) -> sp.Expr:
    if low.is_finite and high.is_finite:
        return (low + high) / 2
    if low.is_finite:
        return low + 1
    return high - 1 if high.is_finite else sp.S.Zero


def _pieces(work: Work) -> list[Piece] | None:
    cuts = _cuts(work)
    if cuts is None:
        return None
    stops = [work.low, *cuts, work.high]
    out: list[Piece] = []
    for low, high in itertools.pairwise(stops):
        part = _part(Work(_form(work, low, high), work.x, low, high))
        if part is None:
            return None
        out += part
    return out


def _part(work: Work) -> list[Piece] | None:
    """The pieces on which the antiderivative has no jump."""
    found = find(work.f, work.x)
    if found is None or found.plan.value is None:
        return None
    value = tools.shortened(found.plan.value, work.x)
    jumps = bad_points(value, work.x, work.low, work.high)
    if jumps is None:
        return None
    inner = [p for p in jumps if p not in (work.low, work.high)]
    stops = [work.low, *inner, work.high]
    out = []
    for low, high in itertools.pairwise(stops):
        plain = (low not in jumps and low.is_finite, high not in jumps and high.is_finite)
        left = end_value(value, work.x, low, "+", plain=bool(plain[0]))
        right = end_value(value, work.x, high, "-", plain=bool(plain[1]))
        if left is None or right is None:
            return None
        out.append(Piece(work.f, low, high, found, Ends(left, right, plain)))
    return out


def _written(start: t.Expr, f: t.Expr, x: sp.Symbol, pieces: list[Piece]) -> Draft | None:
    """The draft: split, then each piece, then the sum."""
    steps: list[Step] = []
    whole = [p.integral(x) for p in pieces]
    if len(pieces) > 1:
        cuts = tuple(from_sympy(p.low) for p in pieces[1:])
        why = Text(
            "Split the interval at {0}.",
            "在 {0} 处拆分区间。",
            (t.Collection(t.Bracket.SET, cuts),),
        )
        steps.append(_step(SPLIT, why, start, t.add(*whole)))
    totals: list[sp.Expr] = []
    for n, piece in enumerate(pieces):
        inner = _piece_steps(piece, x)
        if n and pieces[n - 1].found is piece.found:
            inner = inner[1:]
        steps += inner if len(pieces) == 1 else [_gathered(piece, x, inner, n)]
        total = piece.ends.difference()
        if total is None or total in (sp.oo, -sp.oo):
            return _divergent(start, f, x, steps, pieces)
        totals.append(total)
    value = tidy(sp.Add(*totals))
    if len(pieces) > 1:
        line = t.add(*(from_sympy(v) for v in totals))
        why = Text("Add the parts.", "各部分相加。")
        steps.append(_step(VALUES, why, t.add(*whole), line))
        if line != from_sympy(value):
            steps.append(_step(VALUES, why, line, from_sympy(value)))
    assumed = pieces[0].found
    return _draft(x.name, value, steps, f, conditions(assumed))


def _gathered(piece: Piece, x: sp.Symbol, inner: list[Step], n: int) -> Step:
    why = Text(f"Part {n + 1}.", f"第 {n + 1} 部分。")
    return Step(
        rule=THEOREM,
        why=why,
        before=piece.integral(x),
        after=inner[-1].after,
        link=Link.EQUAL,
        substeps=tuple(inner),
        given=next(s.given for s in inner if s.rule is THEOREM),
    )


def _piece_steps(piece: Piece, x: sp.Symbol) -> list[Step]:
    """Antiderivative, fundamental theorem, limits or values, result."""
    name = x.name
    body = from_sympy(piece.f)
    plan = piece.found.plan
    big = from_sympy(tools.shortened(plan.value, x))
    found = Step(
        rule=ANTIDERIVATIVE,
        why=Text("An antiderivative is F({0}) = {1}.", "一个原函数为 F({0}) = {1}。", (name, big)),
        before=t.Call("integrate", (body, t.Symbol(name))),
        after=big,
        link=Link.EQUAL,
        variable=name,
        substeps=tuple(written(body, name, plan)),
    )
    line = piece.ends.line(big, name, from_sympy(piece.low), from_sympy(piece.high))
    named = t.equation(t.Call("F", (t.Symbol(name),)), big)
    improper = not all(piece.ends.plain)
    why = (
        Text(
            "The value is the difference of the limits of F at the ends.",
            "积分值等于 F 在两端极限之差。",
        )
        if improper
        else Text("F is continuous: the value is F(b) − F(a).", "F 连续，积分值为 F(b) − F(a)。")
    )
    out = [found, _step(THEOREM, why, piece.integral(x), line, (named,))]
    values = piece.ends.values()
    if values is not None:
        why = Text("Values at the ends.", "计算两端的值。")
        if values != line:
            out.append(_step(VALUES, why, line, values))
        total = piece.ends.difference()
        if total is not None and total.is_finite and from_sympy(tidy(total)) != values:
            out.append(_step(VALUES, Text("Simplify.", "化简。"), values, from_sympy(tidy(total))))
    return out


def tidy(value: sp.Expr) -> sp.Expr:
    """A constant in a short exact form."""
    options = [value, sp.expand(value), sp.radsimp(value), sp.simplify(value)]
    options += [sp.logcombine(o, force=True) for o in options[-1:]]
    return min(options, key=lambda v: (sp.count_ops(v), len(str(v))))


def _divergent(
    start: t.Expr, f: t.Expr, x: sp.Symbol, steps: list[Step], pieces: list[Piece]
) -> Draft:
    piece = next(p for p in pieces if (d := p.ends.difference()) is None or d.is_infinite)
    total = piece.ends.difference()
    where = piece.ends.where(from_sympy(piece.low), from_sympy(piece.high))
    why = Text(
        "F has no finite limit at {0}: the integral diverges.",
        "F 在 {0} 处没有有限极限，积分发散。",
        (where,),
    )
    signed = total is not None and keeps_sign(to_sympy(f, real=True), x, pieces[0].low) != 0
    answer = from_sympy(total) if signed else None
    after = answer if answer is not None else t.Constant(t.ConstantName.UNDEFINED)
    steps.append(
        Step(rule=DIVERGES, why=why, before=start, after=after, link=Link.FORMULA, variable=x.name)
    )
    return Draft(
        answer=answer,
        steps=tuple(steps),
        text="diverges",
        said=(Text("the integral diverges", "积分发散"),),
        method="improper integral",
        variables=(x.name,),
        conditions=(Text("the integral diverges", "积分发散"),),
        curves=(f,),
    )


def _draft(
    name: str, value: sp.Expr, steps: list[Step], f: t.Expr, assumed: tuple[Text, ...] = ()
) -> Draft:
    return Draft(
        answer=from_sympy(value),
        steps=tuple(steps),
        method="fundamental theorem",
        variables=(name,),
        conditions=assumed,
        curves=(f,),
    )
