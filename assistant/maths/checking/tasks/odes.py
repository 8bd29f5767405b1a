"""Does a relation solve a differential equation?  By substitution, implicit or explicit.

Nothing here knows how the solution was found.
"""

from __future__ import annotations

import random

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.checking.tasks.lost_curves import passed_by
from assistant.maths.checking.tasks.special_odes import NAMED, derivatives
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Refuted, Request, Supported, Undecided, Verdict

POINTS = 6
DIGITS = 30


def check_ode(request: Request, draft: Draft) -> Verdict:
    """Every relation of the answer solves the equation and meets the conditions, and a
    general solution has as many free constants as the order."""
    from assistant.maths.checking.tasks.ode_systems import check_system, read_system

    if read_system(request) is not None:
        return check_system(request, draft)
    equation, *conditions = request.operands
    name, by = request.variables[:2]
    if draft.answer is None or not isinstance(equation, t.Relation):
        return Undecided(Doubt.NO_METHOD)
    answers = draft.answer.items if isinstance(draft.answer, t.Collection) else (draft.answer,)
    verdicts: list[Verdict] = [satisfies(equation, a, name, by) for a in answers]
    verdicts += [_meets(c, a, name, by) for c in conditions for a in answers]
    if not conditions:
        verdicts.append(_general(equation, answers, name, by))
    for kind in (Refuted, Undecided, Supported):
        for verdict in verdicts:
            if isinstance(verdict, kind):
                return verdict
    return Proved("substitution into the equation")


def satisfies(equation: t.Expr, solution: t.Expr, name: str, by: str) -> Verdict:
    """Whether every function that ``solution`` describes solves ``equation``."""
    try:
        with time_limit(6.0):
            return _satisfies(equation, solution, name, by)
    except (NotConvertible, ValueError, TypeError, ArithmeticError, AttributeError):
        return Undecided(Doubt.NO_METHOD)
    except OutOfTime:
        return Undecided(Doubt.TIME)


def _satisfies(equation: t.Expr, solution: t.Expr, name: str, by: str) -> Verdict:
    x, y = sp.Symbol(by, real=True), sp.Dummy(name, real=True)
    function = sp.Function(name)(x)
    left = _sides(t.applied(equation, name, by))
    curve = _without_absolute(_sides(solution).subs(function, y))
    if curve.has(sp.Derivative, sp.core.function.AppliedUndef):
        return Undecided(Doubt.NO_METHOD, "derivatives in a solution")
    order = max((d.derivative_count for d in left.atoms(sp.Derivative)), default=0)
    slope = sp.diff(curve, y)
    if not slope.has(x, y):
        value = sp.expand((slope * y - curve) / slope)
        return vanishes(_put(left, function, _derivatives(value, x, order)))
    free = _free_of_constant(curve, x, y)
    residual = _put(left, function, [y, *_implicit(free or curve, x, y, order)])
    if free is not None:
        return vanishes(residual)
    return _vanishes_on(residual, curve, y)


def _derivatives(value: sp.Expr, x: sp.Symbol, order: int) -> list[sp.Expr]:
    """The value and its derivatives, each indefinite integral in it a symbol of its own
    whose derivative is the integrand."""
    if value.has(*NAMED) and not value.has(sp.Integral):
        named = derivatives(value, x, order)
        if named is not None:
            return named
    inner = {i: sp.Dummy("J") for i in value.atoms(sp.Integral) if i.limits == ((x,),)}
    rates = {symbol: i.function for i, symbol in inner.items()}
    found = [value.subs(inner)]
    for _ in range(order):
        last = found[-1]
        found.append(sp.diff(last, x) + sum(sp.diff(last, j) * f for j, f in rates.items()))
    return found


def _put(left: sp.Expr, function: sp.Expr, derivatives: list[sp.Expr]) -> sp.Expr:
    """The equation with a function's derivatives in place of the unknown's."""
    x = function.args[0]
    for k in range(len(derivatives) - 1, 0, -1):
        left = left.subs(sp.Derivative(function, (x, k)), derivatives[k])
    return left.subs(function, derivatives[0])


def _free_of_constant(curve: sp.Expr, x: sp.Symbol, y: sp.Symbol) -> sp.Expr | None:
    """``G`` where the curve is ``G(x, y) = C``: through every point goes a curve of the
    family, so that x and y are independent.  ``None`` where no constant can be isolated."""
    for c in sorted(curve.free_symbols - {x, y}, key=str):
        slope = sp.diff(curve, c)
        if c.name.startswith(("C", "K")) and not slope.has(c) and slope != 0:
            return sp.together(curve.subs(c, 0) / slope)
    return None


def _vanishes_on(residual: sp.Expr, curve: sp.Expr, y: sp.Symbol) -> Verdict:
    """Whether the residual is 0 on an algebraic curve: its polynomial divides it.

    Never refuted: off the curve the residual says nothing.
    """
    numerator = sp.fraction(sp.together(residual))[0]
    bottom = sp.fraction(sp.together(curve))[0]
    if numerator == 0:
        return Proved("substitution into the equation")
    if numerator.is_polynomial(y) and bottom.is_polynomial(y) and sp.degree(bottom, y) > 0:
        irreducible = len(sp.factor_list(bottom, y)[1]) == 1
        if irreducible and sp.simplify(sp.rem(numerator, bottom, y)) == 0:
            return Proved("substitution into the equation")
    return Undecided(Doubt.NO_METHOD, "an implicit solution")


def _implicit(curve: sp.Expr, x: sp.Symbol, y: sp.Symbol, order: int) -> list[sp.Expr]:
    """The derivatives of y along a curve ``G(x, y) = constant``."""
    first = -sp.diff(curve, x) / sp.diff(curve, y)
    found = [first]
    while len(found) < order:
        found.append(sp.diff(found[-1], x) + sp.diff(found[-1], y) * first)
    return found


def _without_absolute(value: sp.Expr) -> sp.Expr:
    """``ln u`` for ``ln |u|``: they have the same derivative wherever both are defined."""
    return value.replace(
        lambda e: isinstance(e, sp.log) and isinstance(e.args[0], sp.Abs),
        lambda e: sp.log(e.args[0].args[0]),
    )


def vanishes(value: sp.Expr) -> Verdict:
    """Whether an expression is 0 for all values of its symbols."""
    variables = sorted(value.free_symbols, key=str)
    try:
        with time_limit(2.5):
            for simplify in (sp.expand, _cancelled, sp.simplify):
                if _sampled(value, variables, 1) is False:
                    break
                if simplify(value) == 0:
                    return Proved("substitution into the equation")
    except (OutOfTime, ValueError, TypeError, AttributeError, NotImplementedError, RecursionError):
        pass
    try:
        with time_limit(2.0):
            agreed = _sampled(value, variables, POINTS)
    except (OutOfTime, ValueError, TypeError, ArithmeticError):
        return Undecided(Doubt.TIME)
    match agreed:
        case True:
            return _either_sign(value, variables)
        case False:
            return Refuted("substituted into the equation", "left side − right side ≠ 0", "0")
        case None:
            return Undecided(Doubt.NO_POINTS)


def _either_sign(value: sp.Expr, variables: list[sp.Symbol]) -> Verdict:
    """For a value that is 0 at points above 0: whether it is so at others too.

    Where it is not real there, nothing is said of it: a root or a logarithm may end there.
    """
    rng = random.Random(20240608)  # noqa: S311 - the same points each time
    try:
        with time_limit(2.0):
            for _ in range(POINTS * 2):
                at = {
                    v: sp.Rational(rng.randint(11, 97), rng.choice((-1, 1)) * rng.randint(7, 41))
                    for v in variables
                }
                number, again = (sp.N(value.subs(at), n, maxn=4 * n) for n in (DIGITS, 2 * DIGITS))
                if not (number.is_Float and again.is_Float):
                    continue
                if abs(again) > sp.Float("1e-15") and abs(number - again) < abs(again) / 10**10:
                    return Undecided(Doubt.NO_METHOD, "it does not hold for all numbers")
    except (OutOfTime, ValueError, TypeError, ArithmeticError):
        return Undecided(Doubt.TIME)
    return Supported(POINTS)


def _cancelled(value: sp.Expr) -> sp.Expr:
    return sp.cancel(sp.together(sp.powsimp(sp.expand(value))))


def _sampled(value: sp.Expr, variables: list[sp.Symbol], points: int) -> bool | None:
    """Whether the value is 0 to many digits at points; ``None`` where it could not be had.

    ``False`` needs a value far from 0 at two precisions: rounding cannot have made it.
    """
    rng = random.Random(20240607)  # noqa: S311 - the same points each time
    seen = 0
    for _ in range(points * 4):
        at = {v: sp.Rational(rng.randint(11, 97), rng.randint(7, 41)) for v in variables}
        number, again = (sp.N(value.subs(at), n, maxn=4 * n) for n in (DIGITS, 2 * DIGITS))
        if not (number.is_number and again.is_number) or again.has(sp.nan, sp.zoo, sp.oo):
            continue
        if abs(again) > sp.Float("1e-15") and abs(number - again) < abs(again) * sp.Float("1e-10"):
            return False
        if abs(again) < sp.Float("1e-20"):
            seen += 1
        if seen == points:
            return True
    return None


def _meets(condition: t.Expr, solution: t.Expr, name: str, by: str) -> Verdict:
    """Whether an initial or boundary condition holds."""
    try:
        x, y = sp.Symbol(by, real=True), sp.Dummy(name, real=True)
        relation = _sides(solution)
        curve = relation.subs(sp.Function(name)(x), y)
        match condition:
            case t.Relation(_, t.Call("diff", (t.Call(_, (point,)), _, order)), value):
                k = int(to_sympy(order))
            case t.Relation(_, t.Call(_, (point,)), value):
                k = 0
            case _:
                return Undecided(Doubt.NO_METHOD)
        place, wanted = to_sympy(point, real=True), to_sympy(value, real=True)
        if sp.diff(curve, y) in (1, -1):
            explicit = -curve.subs(y, 0) * sp.diff(curve, y)
            return vanishes(sp.diff(explicit, x, k).subs(x, place) - wanted)
        if k == 0:
            return vanishes(curve.subs({x: place, y: wanted}))
    except (NotConvertible, ValueError, TypeError):
        pass
    return Undecided(Doubt.NO_METHOD)


def _sides(relation: t.Expr) -> sp.Expr:
    if not isinstance(relation, t.Relation):
        raise TypeError("no relation")
    return to_sympy(relation.left, real=True) - to_sympy(relation.right, real=True)


def _general(equation: t.Expr, answers: tuple[t.Expr, ...], name: str, by: str) -> Verdict:
    """Whether some answer has as many independent constants as the order."""
    order = max(
        (
            int(to_sympy(n.args[2]))
            for n in t.walk(equation)
            if isinstance(n, t.Call) and n.name == "diff"
        ),
        default=0,
    )
    known = set(t.symbols(equation)) | {name, by}
    if not any(len(set(t.symbols(a)) - known) == order for a in answers):
        return Undecided(Doubt.NO_METHOD, "not a general solution")
    if (
        order == 1
        and set(t.symbols(equation)) <= {name, by}
        and passed_by(equation, answers, name, by)
    ):
        return Undecided(Doubt.NO_METHOD, "solutions are lost")
    return Proved("as many constants as the order")
