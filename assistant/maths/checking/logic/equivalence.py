"""Have two expressions the same value wherever the first is defined?

Numbers first, for they refute most wrong lines at once; then a proof; else the agreement of
numbers is all there is to say.
"""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible
from assistant.maths.checking.logic.cells import NotAlgebraic, cells
from assistant.maths.checking.logic.domains import bounds, guards, kept
from assistant.maths.checking.numerics.algebraic import exact_holds, is_zero
from assistant.maths.checking.numerics.budget import Deadline, OutOfTime
from assistant.maths.checking.numerics.exact import WITH_POINTS, difference, prove_equal
from assistant.maths.checking.numerics.exponents import Hidden, settled
from assistant.maths.checking.numerics.letter_powers import fails_for_whole
from assistant.maths.checking.numerics.numeric import NoValue, evaluate
from assistant.maths.checking.numerics.sampling import compare_numbers, show_value
from assistant.maths.types import Doubt, Proved, Refuted, Supported, Undecided, Verdict

FEW = 5
TWO = 2


def check_equal(
    before: t.Expr, after: t.Expr, given: tuple[t.Expr, ...], deadline: Deadline
) -> Verdict:
    """The verdict on ``before = after`` where ``before`` is defined and ``given`` holds."""
    if before == after:
        return Proved("the same formula")
    try:
        before, after = settled(before), settled(after)
    except Hidden:
        return Undecided(Doubt.NO_METHOD, "an exponent")
    if isinstance(before, t.Matrix) or isinstance(after, t.Matrix):
        return check_entries(before, after, given, deadline)
    before, after = (t.transform(side, _with_bars) for side in (before, after))
    numbers = compare_numbers(before, after, given, FEW)
    if isinstance(numbers, Refuted) or _vacuous(numbers):
        return numbers
    if fails_for_whole(before, after, given):
        return Undecided(Doubt.NO_METHOD, "a letter in an exponent")
    try:
        deadline.check()
        if _unequal(before, after):
            return Refuted("", *_shown(before, after))
        method = prove(before, after, given, deadline)
    except OutOfTime:
        if not isinstance(numbers, Supported):
            return Undecided(Doubt.TIME)
        return compare_numbers(before, after, given)  # a few points are not enough
    if method is not None and kept(before, after, given):
        if method not in WITH_POINTS:
            return Proved(method)
        wide = compare_numbers(before, after, given)
        return Proved(method) if isinstance(wide, Supported) else wide
    return compare_numbers(before, after, given)


def _with_bars(node: t.Expr) -> t.Expr:
    """``max(u, v) = (u + v + |u − v|)/2``, and the same with a minus for the smaller one."""
    match node:
        case t.Call(("max" | "min") as name, (u, v)) if t.symbols(node):
            gap = t.Call("abs", (t.sub(u, v),))
            return t.Div(t.add(u, v, gap if name == "max" else t.Neg(gap)), t.integer(2))
    return node


def _unequal(before: t.Expr, after: t.Expr) -> bool:
    """Whether two numbers are exactly known to differ, if only far behind the point."""
    gap = t.sub(before, after)
    if t.symbols(gap) or not t.children(gap):
        return False
    try:
        if is_zero(gap, {}, complex_values=True) is False:
            return True
        exact = difference(before, after)
    except (NoValue, NotConvertible):
        return False
    return bool(exact.is_Rational and exact != 0)


def _shown(*values: t.Expr) -> tuple[str, ...]:
    """The numbers with some digits."""
    return tuple(show_value(evaluate(v, {}, complex_values=True)) for v in values)


def _vacuous(numbers: Verdict) -> bool:
    """Whether no point was found at which the first formula has a value: then there is
    nothing to be proved, as for ``0^0 = 1``."""
    return isinstance(numbers, Undecided) and numbers.doubt is Doubt.NO_POINTS


def prove(
    before: t.Expr, after: t.Expr, given: tuple[t.Expr, ...], deadline: Deadline
) -> str | None:
    """The method of a proof, under what is given if need be.  Raises ``OutOfTime``."""
    conditions = (*guards(before), *given)
    if not conditions and not _folds(before, after):
        return prove_equal(before, after, seconds=deadline.left)
    moved_before, moved_after, positive = _shifted(before, after, conditions)
    method = prove_equal(moved_before, moved_after, positive, deadline.left)
    deadline.check()
    return method or _by_cases(before, after, conditions, deadline)


def _shifted(
    before: t.Expr, after: t.Expr, conditions: tuple[t.Expr, ...]
) -> tuple[t.Expr, t.Expr, frozenset[str]]:
    """For ``x > c`` the same formulas in ``x - c``, which is positive; so too for ``x < c``."""
    positive = set()
    for name, (low, high) in bounds(conditions).items():
        if low is not None and high is not None and not low >= 0:
            continue
        symbol = t.Symbol(name)
        if low is not None and low != 0:
            new: t.Expr = t.add(symbol, t.rational(low))
        elif low is None and high is not None:
            new = t.sub(t.rational(high), symbol)
        else:
            new = symbol
        before, after = (t.substitute(e, name, new) for e in (before, after))
        positive.add(name)
    return before, after, frozenset(positive)


def _folds(*exprs: t.Expr) -> tuple[t.Expr, ...]:
    """What stands in absolute values, signs, and roots of squares."""
    found: dict[t.Expr, None] = {}
    for expr in exprs:
        for node in t.walk(expr):
            match node:
                case t.Call("abs" | "sign", (x,)) | t.Call("sqrt", (t.Pow(x, t.Number()),)):
                    if t.symbols(x):
                        found[x] = None
    return tuple(found)


def _by_cases(
    before: t.Expr, after: t.Expr, conditions: tuple[t.Expr, ...], deadline: Deadline
) -> str | None:
    """A proof on each interval on which nothing in an absolute value changes its sign."""
    folds = _folds(before, after)
    names = t.symbols(t.sub(before, after))
    if not folds or len(names) != 1:
        return None
    zero = t.integer(0)
    sides = [t.Relation(t.Comparison.GT, f, zero) for f in folds]
    positive = frozenset(
        name for name, (low, _) in bounds(conditions).items() if low is not None and low >= 0
    )
    points = _spans(sides, conditions, names[0])
    if not points:
        return None
    for point in points:
        try:
            signs = {f: evaluate(f, {names[0]: point}) > 0 for f in folds}
        except NoValue:
            return None
        opened = [_opened(e, signs) for e in (before, after)]
        if prove_equal(opened[0], opened[1], positive, deadline.left) is None:
            return None
    return "cases by sign"


def _spans(
    sides: list[t.Relation], conditions: tuple[t.Expr, ...], name: str
) -> list[Fraction] | None:
    """A point of every interval on which no side changes its truth and the conditions hold;
    ``None`` where they hold at a point by itself too."""
    about = [c for c in conditions if t.symbols(c) == (name,)]
    try:
        points = cells([*sides, *about], name)
        held = [all(exact_holds(c, {name: p}) for c in about) for p in points]
    except (NotAlgebraic, NoValue):
        try:
            points = cells(sides, name)
        except NotAlgebraic:
            return None
        held = [True] * len(points)
    if any(held[n] and not (held[n - 1] or held[n + 1]) for n in range(1, len(points), 2)):
        return None
    return [
        p
        for p, holds in zip(points[::2], held[::2], strict=True)
        if holds and isinstance(p, Fraction)
    ]


def _opened(expr: t.Expr, signs: dict[t.Expr, bool]) -> t.Expr:
    """Absolute values and the like replaced by what they are where the signs are so."""
    return t.transform(expr, lambda node: _open(node, signs))


def _open(node: t.Expr, signs: dict[t.Expr, bool]) -> t.Expr:
    match node:
        case t.Call("abs", (x,)) if x in signs:
            return x if signs[x] else t.Neg(x)
        case t.Call("sqrt", (t.Pow(x, t.Number(power)),)) if x in signs and power == TWO:
            return x if signs[x] else t.Neg(x)
        case t.Call("sign", (x,)) if x in signs:
            return t.integer(1 if signs[x] else -1)
    return node


def check_entries(
    before: t.Expr, after: t.Expr, given: tuple[t.Expr, ...], deadline: Deadline
) -> Verdict:
    """Matrices, entry by entry."""
    if not isinstance(before, t.Matrix) or not isinstance(after, t.Matrix):
        return Undecided(Doubt.NO_METHOD, "a matrix and a formula")
    shapes = [tuple(len(r) for r in m.rows) for m in (before, after)]
    if shapes[0] != shapes[1]:
        return Refuted("shape", str(len(before.rows)), str(len(after.rows)))
    pairs = zip(t.children(before), t.children(after), strict=True)
    return worst([check_equal(a, b, given, deadline) for a, b in pairs])


def worst(verdicts: list[Verdict]) -> Verdict:
    """The verdict on all claims together: the weakest of them."""
    order = (Refuted, Undecided, Supported, Proved)
    return min(verdicts, key=lambda v: order.index(type(v)), default=Undecided(Doubt.NOT_A_CLAIM))
