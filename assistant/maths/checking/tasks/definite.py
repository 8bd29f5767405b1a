"""The value of a definite integral: proved by a certificate, else supported by quadrature.

The certificate is an antiderivative that the solution names ("F(x) = …") for each part of the
interval.  Nothing in it is believed: that F' is the integrand, that the integrand is real and F
has no jump inside the part, and the limits of F at its ends are all shown here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.asymptotics.limits import DoesNotExist, approach, exact_limit
from assistant.maths.checking.asymptotics.scales import Unknown as NoLimit
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.enclosure import told_apart
from assistant.maths.checking.numerics.quadrature import Triple, line_number, quadrature
from assistant.maths.checking.tasks.continuity import Unknown, bad_points, turns, zeros
from assistant.maths.checking.tasks.defined import missing_between
from assistant.maths.checking.tasks.integrals import line_derivative
from assistant.maths.solving.common import Draft
from assistant.maths.types import (
    Doubt,
    Proved,
    Refuted,
    Request,
    Step,
    Supported,
    Undecided,
    Verdict,
)

SECONDS = 2.5
THEOREM = "fundamental theorem"


@dataclass(frozen=True, slots=True)
class Part:
    """A claim ``∫_low^high f = F(high) − F(low)`` that a step makes."""

    f: t.Expr
    low: t.Expr
    high: t.Expr
    name: str
    big: t.Expr

    @property
    def ends(self) -> tuple[sp.Expr, sp.Expr]:
        """Both ends as numbers.  Raises ``NotConvertible``."""
        return to_sympy(self.low, real=True), to_sympy(self.high, real=True)


def part_of(step: Step) -> Part | None:
    """The certificate in a step, if it has one."""
    match step.before:
        case t.Call("integrate", (f, t.Symbol(name), low, high)) if not has_definite(f):
            for g in step.given:
                match g:
                    case t.Relation(t.Comparison.EQ, t.Call("F", _), big):
                        return Part(f, low, high, name, big)
    return None


def parts_of(steps: tuple[Step, ...]) -> Iterator[Part]:
    """All certificates in a solution, outermost first, each interval once."""
    for step in steps:
        part = part_of(step)
        if part is not None:
            yield part
        else:
            yield from parts_of(step.substeps)


def part_value(part: Part, f: t.Expr | None = None) -> sp.Expr | None:
    """The proved value of a part of ``∫ f`` (``oo`` or ``nan`` where it diverges), or ``None``."""
    try:
        low, high = part.ends
        x = sp.Symbol(part.name, real=True)
        inside = _inside(part)
        if f is not None and f != part.f and not _same(f, part.f, inside, part):
            return None
        slope = line_derivative(part.big, part.name)
        if slope is None or not isinstance(
            check_equal(part.f, slope, inside, Deadline(SECONDS)), Proved
        ):
            return None
        big, body = to_sympy(part.big, real=True), to_sympy(part.f, real=True)
        jumps = bad_points(big, x, low, high)
        if jumps is None or any(p not in (low, high) for p in jumps):
            return None
        if not all(is_real(e, x, low, high) for e in (big, body)):
            return None
        ends = [
            _end(part, point, sign, plain=bool(value.is_finite and value not in jumps))
            for point, value, sign in ((part.high, high, "-"), (part.low, low, "+"))
        ]
    except DoesNotExist:
        return sp.nan
    except (NotConvertible, NoLimit, Unknown):
        return None
    total = ends[0] - ends[1]
    return None if total.has(sp.nan, sp.zoo, sp.I) else total


def _inside(part: Part) -> tuple[t.Expr, ...]:
    """That the variable lies between the ends, as statements."""
    name = t.Symbol(part.name)
    low, high = part.ends
    return tuple(
        t.Relation(op, name, end)
        for op, end, value in (
            (t.Comparison.GT, part.low, low),
            (t.Comparison.LT, part.high, high),
        )
        if value.is_finite
    )


def _same(f: t.Expr, g: t.Expr, inside: tuple[t.Expr, ...], part: Part) -> bool:
    """Whether the integrand has this simpler form inside the part."""
    if isinstance(check_equal(f, g, inside, Deadline(SECONDS)), Proved):
        return True
    low, high = part.ends
    x = sp.Symbol(part.name, real=True)
    whole = to_sympy(f, real=True)
    try:
        folds = list(whole.atoms(sp.Abs, sp.sign, sp.Max, sp.Min, sp.floor, sp.ceiling))
        for n in folds:
            whole = whole.xreplace({n: _decided(n, x, low, high)})
    except Unknown:
        return False
    return bool(sp.expand(whole - to_sympy(g, real=True)) == 0)


def _decided(n: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> sp.Expr:
    """A fold on an interval on which it keeps its form; raises ``Unknown``."""
    middle = _middle(low, high)
    if isinstance(n, sp.floor | sp.ceiling):
        inner = list(zeros(sp.sin(sp.pi * n.args[0]), x, low, high))
        value = n.subs(x, middle)
    elif isinstance(n, sp.Abs | sp.sign):
        inner = turns(n.args[0], x, low, high)
        sign = sp.sign(n.args[0].subs(x, middle))
        value = sign * n.args[0] if isinstance(n, sp.Abs) else sign
    else:
        a, b = n.args
        inner = turns(a - b, x, low, high)
        first = bool(sp.N((a - b).subs(x, middle)) > 0) == isinstance(n, sp.Max)
        value = a if first else b
    if any(p not in (low, high) for p in inner):
        raise Unknown(str(n))
    return value


def _middle(low: sp.Expr, high: sp.Expr) -> sp.Expr:
    if low.is_finite and high.is_finite:
        return (low + high) / 2
    return low + 1 if low.is_finite else high - 1 if high.is_finite else sp.S.Zero


def _end(part: Part, point: t.Expr, sign: str, *, plain: bool) -> sp.Expr:
    if plain:
        big = to_sympy(part.big, real=True)
        return big.subs(sp.Symbol(part.name, real=True), to_sympy(point, real=True))
    return exact_limit(approach(part.big, part.name, point, sign))


def is_real(f: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> bool:
    """Whether every root and logarithm in ``f`` has its real domain all over ``(low, high)``."""
    for node in sp.preorder_traversal(f):
        bases: list[sp.Expr] = []
        if node.is_Pow and not node.exp.is_Integer and node.base.has(x):
            bases = [node.base]
        elif isinstance(node, sp.log):
            bases = [node.args[0]]
        elif isinstance(node, sp.asin | sp.acos | sp.atanh):
            bases = [1 - node.args[0] ** 2]
        elif isinstance(node, sp.acosh):
            bases = [node.args[0] - 1]
        if any(not _nonnegative(b, x, low, high) for b in bases if b.has(x)):
            return False
    return True


def _nonnegative(g: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> bool:
    if g.is_nonnegative:
        return True
    stops = [low, *(p for p in turns(g, x, low, high) if p not in (low, high)), high]
    stops = sorted(dict.fromkeys(stops), key=lambda p: sp.N(p, 30))
    return all(bool(sp.N(g.subs(x, _middle(a, b)), 30) >= 0) for a, b in itertools.pairwise(stops))


def proved_value(triple: Triple, steps: tuple[Step, ...]) -> sp.Expr | None:
    """``∫_low^high f`` from certificates that cover the interval without a gap."""
    f, low, high = triple
    try:
        a, b = to_sympy(low, real=True), to_sympy(high, real=True)
        if (a - b).is_extended_positive:
            value = proved_value((f, high, low), steps)
            return None if value is None else -value
        parts = {to_sympy(p.low, real=True): p for p in reversed(list(parts_of(steps)))}
        total, infinite = sp.S.Zero, False
        while a != b:
            part = parts.pop(a)
            value = part_value(part, f)
            if value is None:
                return None
            infinite = infinite or not value.is_finite
            total, a = total + value, part.ends[1]
    except (KeyError, NotConvertible):
        return None
    return sp.zoo if infinite and not total.is_infinite else total


def check_value(triple: Triple, draft: Draft, name: str) -> Verdict:
    """The verdict on a definite integral's value, or on its divergence."""
    if missing_between(triple[0], name, *triple[1:]):
        return Undecided(Doubt.NO_METHOD, "not defined on the whole interval")
    value = proved_value(triple, draft.steps)
    if draft.text == "diverges" or draft.answer is None:
        return _divergence(triple, draft, name)
    try:
        if value is not None and value.is_finite:
            verdict = check_equal(from_sympy(value), draft.answer, (), Deadline(SECONDS))
            if isinstance(verdict, Proved):
                return Proved(THEOREM)
            if isinstance(verdict, Refuted):
                return verdict
        if value is not None and not value.is_finite:
            return Undecided(Doubt.NO_METHOD, "the integral diverges")
    except NotConvertible:
        pass
    if _odd(triple, name) and draft.answer == t.integer(0):
        return Proved("odd function")
    return by_quadrature(triple, draft.answer, name)


def _odd(triple: Triple, name: str) -> bool:
    f, low, high = (to_sympy(e, real=True) for e in triple)
    x = sp.Symbol(name, real=True)
    if low == high:
        return True
    return bool(
        low == -high
        and high.is_finite
        and sp.expand(f.subs(x, -x) + f) == 0
        and bad_points(f, x, low, high) == []
        and is_real(f, x, low, high)
    )


def _divergence(triple: Triple, draft: Draft, name: str) -> Verdict:
    """An integral diverges when it does on one part of its interval."""
    f = triple[0]
    whole = [to_sympy(e, real=True) for e in triple[1:]]
    if draft.answer is not None:
        sign = keeps_sign(to_sympy(f, real=True), sp.Symbol(name, real=True), whole[0])
        if sign == 0 or to_sympy(draft.answer) != sign * sp.oo:
            return Undecided(Doubt.NO_METHOD, "the sign of the infinity")
    for part in parts_of(draft.steps):
        low, high = part.ends
        contained = not ((low - whole[0]).is_negative or (whole[1] - high).is_negative)
        if contained and part.name == name and _diverges(part, f):
            return Proved("no finite limit of the antiderivative")
    return Undecided(Doubt.NO_METHOD, "divergence")


def keeps_sign(f: sp.Expr, x: sp.Symbol, low: sp.Expr) -> int:
    """1 or -1 where ``f`` surely has that sign from ``low`` on (0 counts as both), else 0."""
    kind = {"positive": True} if low.is_nonnegative else {"real": True}
    g = f.xreplace({x: sp.Symbol(x.name, **kind)})
    return 1 if g.is_nonnegative else -1 if g.is_nonpositive else 0


def _diverges(part: Part, f: t.Expr) -> bool:
    value = part_value(part, f)
    return value is not None and bool(value is sp.nan or value.is_infinite)


def by_quadrature(triple: Triple, answer: t.Expr, name: str) -> Verdict:
    """Supported where quadrature agrees; refuted for a smooth integrand where it does not."""
    value = quadrature(triple, name)
    try:
        claim = sp.N(to_sympy(answer, real=True), 20)
    except NotConvertible:
        return Undecided(Doubt.NO_METHOD)
    if value is None or not claim.is_real:
        return Undecided(Doubt.NO_METHOD, "quadrature")
    gap = abs(value - claim)
    if gap < 1e-8 * (1 + abs(value)):
        return Supported(1)
    f, low, high = (to_sympy(e, real=True) for e in triple)
    smooth = (
        low.is_finite
        and high.is_finite
        and (bad_points(f, sp.Symbol(name, real=True), low, high) == [])
    )
    if smooth and gap > 1e-4 * (1 + abs(value)):
        return Refuted("quadrature", str(sp.N(value, 8)), str(sp.N(claim, 8)))
    return Undecided(Doubt.NO_METHOD, "quadrature")


def has_definite(expr: t.Expr) -> bool:
    """Whether a definite integral stands in the formula."""
    return any(
        isinstance(n, t.Call) and n.name == "integrate" and len(n.args) == 4 for n in t.walk(expr)
    )


def check_definite_line(step: Step, deadline: Deadline) -> Verdict:
    """Two lines with definite integrals: proved for a certified part, else by numbers."""
    from assistant.maths.checking.tasks.iterated import check_inner, is_nested

    if is_nested(step.before):
        return check_inner(step, deadline)
    part = part_of(step)
    if part is not None and not has_definite(step.after):
        value = part_value(part)
        try:
            if value is not None and value is not sp.nan:
                return _against(value, step.after, deadline)
        except (NotConvertible, NoLimit, DoesNotExist):
            pass
    if _splits(step):
        return Proved("additivity of the integral")
    sides = [line_number(e) for e in (step.before, step.after)]
    if sides[0] is None or sides[1] is None:
        return Undecided(Doubt.NO_METHOD, "quadrature")
    if step.before == step.after:
        return Proved("the same formula")
    gap = abs(sides[0] - sides[1])
    if gap < 1e-8 * (1 + abs(sides[0])):
        return Supported(1)
    return told_apart(step.before, step.after, (sides[0], sides[1]))


def _splits(step: Step) -> bool:
    """``∫_a^b f = ∫_a^c f + ∫_c^b f``, each part perhaps in its simpler form there."""
    match step.before, step.after:
        case t.Call("integrate", (f, t.Symbol(name), low, high)), t.Add(parts):
            at = low
            for part in parts:
                match part:
                    case t.Call("integrate", (g, t.Symbol(other), a, b)) if (
                        other == name and a == at
                    ):
                        at = b
                        if not _simpler(f, Part(g, a, b, name, g)):
                            return False
                    case _:
                        return False
            return at == high
    return False


def _simpler(f: t.Expr, part: Part) -> bool:
    try:
        low, high = part.ends
        if not (high - low).is_positive:
            return False
        return f == part.f or _same(f, part.f, _inside(part), part)
    except (NotConvertible, Unknown):
        return False


def _against(value: sp.Expr, after: t.Expr, deadline: Deadline) -> Verdict:
    """A proved value and a line that may have limits in it."""
    from assistant.maths.checking.asymptotics.limits import check_lines, has_limits

    spelled = from_sympy(value)
    if has_limits(after, after):
        return check_lines(after, spelled)
    verdict = check_equal(spelled, after, (), deadline)
    return Proved(THEOREM) if isinstance(verdict, Proved) else verdict


def check_area(request: Request, draft: Draft) -> Verdict:
    """The verdict on the area between two curves (operands: both, and perhaps the interval)."""
    if draft.answer is None or len(draft.variables) != 1:
        return Undecided(Doubt.NO_METHOD)
    f, g, *ends = request.operands
    x = sp.Symbol(draft.variables[0], real=True)
    try:
        height = to_sympy(f, real=True) - to_sympy(g, real=True)
        if len(ends) < 2:
            met = zeros(sp.expand(height), x, -sp.oo, sp.oo)
            if ends and len(met) != 1:
                return Undecided(Doubt.NO_METHOD)
            points = sorted({*met, *(to_sympy(e, real=True) for e in ends)}, key=sp.N)
            ends = [from_sympy(points[0]), from_sympy(points[-1])]
        body = t.Call("abs", (from_sympy(height),))
    except (NotConvertible, Unknown, IndexError, NotImplementedError):
        return Undecided(Doubt.NO_METHOD)
    return check_value((body, ends[0], ends[1]), draft, x.name)
