"""A differential equation as the methods see it, and the way from their result to a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.cas.guard import OutOfTime, processor_limit
from assistant.maths.solving.common import Draft
from assistant.maths.solving.odes.parameters import notes
from assistant.maths.types import Link, Request, Rule, Step, Text

INITIAL = Rule("ode.initial_values", "Use the initial values", "代入初始条件")
SOLVED = Rule("ode.explicit", "Solve for the function", "解出未知函数")
CONSTANTS_NOTE = Text("C, C1, C2 stand for any constants.", "C、C1、C2 为任意常数。")
IMPLICIT_NOTE = Text(
    "The solution is given implicitly: the equation fixes y for each x.",
    "解以隐函数形式给出。",
)


@dataclass(frozen=True, slots=True)
class Condition:
    """The ``order``-th derivative is ``value`` at ``point``."""

    order: int
    point: sp.Expr
    value: sp.Expr


@dataclass(frozen=True, slots=True)
class Ode:
    """``left = 0`` in the symbols ``x``, ``y`` and ``d[k]`` for the (k+1)-th derivative."""

    left: sp.Expr
    x: sp.Symbol
    y: sp.Symbol
    d: tuple[sp.Symbol, ...]
    given: t.Relation
    conditions: tuple[Condition, ...]

    @property
    def order(self) -> int:
        """The order of the highest derivative."""
        return len(self.d)

    def tree(self, value: sp.Basic) -> t.Expr:
        """Our formula for a value in these symbols: ``y(x)`` and its derivatives in place."""
        names = {d.name: n + 1 for n, d in enumerate(self.d)}
        whole = t.Call(self.y.name, (t.Symbol(self.x.name),))

        def put(node: t.Expr) -> t.Expr:
            if node == t.Symbol(self.y.name):
                return whole
            if isinstance(node, t.Symbol) and node.name in names:
                order = t.integer(names[node.name])
                return t.Call("diff", (whole, t.Symbol(self.x.name), order))
            return node

        return t.transform(from_sympy(value), put)

    def relation(self, left: sp.Expr, right: sp.Expr) -> t.Relation:
        """``left = right`` as a formula."""
        return t.equation(self.tree(left), self.tree(right))

    def constant(self, number: int = 0) -> sp.Symbol:
        """An arbitrary constant, ``C`` or ``C1``, whose name the equation does not use."""
        name = f"C_{number}" if number else "C"
        taken = {s.name for s in self.left.free_symbols}
        return sp.Symbol(name if name not in taken else f"K_{number}", real=True)


@dataclass(frozen=True, slots=True)
class Branch:
    """Solutions ``left = right`` (in x, y and constants) with the steps that led to them."""

    left: sp.Expr
    right: sp.Expr
    steps: tuple[Step, ...]
    notes: tuple[Text, ...] = ()
    """What is to be said of the general solution."""


Technique = Callable[[Ode], "list[Branch] | None"]


def read(request: Request) -> Ode | None:
    """The equation of a request, or ``None`` where it is no single equation."""
    match request:
        case Request(
            operands=(t.Relation(t.Comparison.EQ) as given, *rest), variables=(name, by, *_)
        ):
            pass
        case _:
            return None
    x, y = sp.Symbol(by, real=True), sp.Symbol(name, real=True)
    written = t.applied(given, name, by)
    if not isinstance(written, t.Relation):
        return None
    given = written
    try:
        left = to_sympy(given.left, real=True) - to_sympy(given.right, real=True)
        function = sp.Function(name)(x)
        found = [d for d in left.atoms(sp.Derivative) if d.expr == function]
        order = max((d.derivative_count for d in found), default=0)
        symbols = tuple(sp.Symbol(f"{name}__{k}", real=True) for k in range(1, order + 1))
        for k in range(order, 0, -1):
            left = left.subs(sp.Derivative(function, (x, k)), symbols[k - 1])
        left = left.subs(function, y)
        conditions = tuple(_condition(c, name) for c in rest)
    except (NotConvertible, ValueError):
        return None
    if not order or left.has(sp.Derivative, sp.core.function.AppliedUndef, sp.zoo, sp.nan):
        return None
    ode = Ode(left, x, y, symbols, given, conditions)
    return None if order == 1 and left.has(y) and _starts_nowhere(ode) else ode


def _starts_nowhere(ode: Ode) -> bool:
    """Whether a first-order equation says nothing at the point that the condition gives: the
    curves of ``y' = x/y`` that tend to the origin are no solutions through it."""
    bottoms = [p.base for p in ode.left.atoms(sp.Pow) if p.exp.is_negative]
    return any(
        b.subs({ode.x: c.point, ode.y: c.value}) == 0 for b in bottoms for c in ode.conditions
    )


def _condition(expr: t.Expr, name: str) -> Condition:
    """``y(0) = 2`` or ``y'(0) = 1``.  Raises ``ValueError`` for anything else."""
    match expr:
        case t.Relation(t.Comparison.EQ, t.Call(called, (point,)), value) if called == name:
            return Condition(0, to_sympy(point, real=True), to_sympy(value, real=True))
        case t.Relation(t.Comparison.EQ, t.Call("diff", (t.Call(called, (point,)), _, k)), value):
            order = to_sympy(k)
            if called == name and order.is_Integer:
                return Condition(int(order), to_sympy(point, real=True), to_sympy(value, real=True))
    raise ValueError(expr)


def method(technique: Technique, name: str) -> Callable[[Request], Draft | None]:
    """A technique as a method of the registry."""

    def run(request: Request) -> Draft | None:
        ode = read(request)
        if ode is None:
            return None
        try:
            branches = technique(ode)
            return draft(ode, branches, name) if branches else None
        except (NotConvertible, OutOfTime):
            return None

    return run


def draft(ode: Ode, branches: Iterable[Branch], name: str) -> Draft | None:
    """The answer of some branches: explicit where that is simple, with the conditions used."""
    relations: list[t.Relation] = []
    steps: list[Step] = []
    rights: list[sp.Expr] = []
    implicit = False
    said: list[Text] = []
    for branch in branches:
        said += branch.notes
        steps += [s for s in branch.steps if s not in steps and s.after != ode.given]
        forms = explicit(ode, branch)
        if forms != [(branch.left, branch.right)]:
            steps += [
                _solution_step(ode, SOLVED, EXPLICIT_WHY, left, right) for left, right in forms
            ]
        for left, right in _with_conditions(ode, forms):
            if ode.conditions:
                steps.append(_solution_step(ode, INITIAL, CONDITION_WHY, left, right))
            relations.append(ode.relation(left, right))
            rights += [right] if left == ode.y else []
            implicit |= left != ode.y
    if not relations:
        return None
    unique = tuple(dict.fromkeys(relations))
    answer = unique[0] if len(unique) == 1 else t.Collection(t.Bracket.TUPLE, unique)
    conditions = (*(() if ode.conditions else (CONSTANTS_NOTE, *said)), *notes(ode, rights))
    return Draft(
        answer=answer,
        steps=tuple(steps),
        method=name,
        variables=(ode.y.name, ode.x.name),
        conditions=(*conditions, IMPLICIT_NOTE) if implicit else conditions,
    )


EXPLICIT_WHY = Text("Solve the equation for {0}.", "从方程中解出 {0}。", ("y",))
CONDITION_WHY = Text(
    "Choose the constants so that the initial values hold.", "由初始条件确定常数。"
)


def _solution_step(ode: Ode, rule: Rule, why: Text, left: sp.Expr, right: sp.Expr) -> Step:
    return Step(
        rule=rule,
        why=why,
        before=ode.given,
        after=ode.relation(left, right),
        link=Link.SATISFIES,
        variable=ode.x.name,
    )


def explicit(ode: Ode, branch: Branch) -> list[tuple[sp.Expr, sp.Expr]]:
    """``y = …`` forms of a branch, or its own form where solving it is not simple."""
    own = [(branch.left, branch.right)]
    if branch.left == ode.y and not branch.right.has(ode.y):
        return own
    if branch.left.has(sp.asin, sp.acos):
        return own  # y = sin(F) would also hold where F is no value of arcsin
    if any(_even(e.exp) for e in branch.left.atoms(sp.Pow) if e.base.has(ode.y)):
        return own  # the same of y = F^2 for √y = F where F < 0
    try:
        with processor_limit(1.0):
            found = _solved(ode, branch)
    except (OutOfTime, NotImplementedError, ValueError, TypeError, AttributeError, RecursionError):
        return own
    simple = (
        0 < len(found) <= 2
        and all(f.count_ops() < 60 and not f.has(sp.I, sp.LambertW, sp.Piecewise) for f in found)
        and not any(f.has(ode.y) for f in found)
    )
    return [(ode.y, f) for f in found] if simple else own


def _solved(ode: Ode, branch: Branch) -> list[sp.Expr]:
    """What the equation of a branch gives for y."""
    y = sp.Dummy("y")
    if (free := without_logarithms(branch.left - branch.right, ode.y, ode.constant())) is not None:
        return [sp.simplify(f.subs(y, ode.y)) for f in sp.solve(free.subs(ode.y, y), y)]
    plain = (branch.left - branch.right).replace(
        lambda e: isinstance(e, sp.log) and isinstance(e.args[0], sp.Abs),
        lambda e: sp.log(e.args[0].args[0]),
    )
    found = [
        sp.powsimp(sp.expand_power_exp(f).subs(y, ode.y)) for f in sp.solve(plain.subs(ode.y, y), y)
    ]
    return [_any_sign(ode, _bars(f, branch.right)) for f in found]


def without_logarithms(gap: sp.Expr, y: sp.Symbol, c: sp.Symbol) -> sp.Expr | None:
    """``(y^2 - 1)/y^2 - C·e^(2x)`` for ``ln|y^2 - 1|/2 - ln|y| - x - C``: of whole exponents that
    have no factor in common some are odd, so that the constant may have either sign.

    ``None`` where y is not in logarithms alone, or they have no rational factors.
    """
    exponents: dict[sp.Expr, sp.Rational] = {}
    rest = sp.S.Zero
    for term in sp.Add.make_args(sp.expand(gap, log=False)):
        factor, log = term.as_independent(sp.log, as_Add=False)
        if not isinstance(log, sp.log) or not factor.is_Rational:
            rest += term
            continue
        inner = log.args[0].args[0] if isinstance(log.args[0], sp.Abs) else log.args[0]
        exponents[inner] = exponents.get(inner, sp.S.Zero) + factor
    barred = [e for e in exponents if e.has(y)]
    if not barred or rest.has(y, sp.log) or sp.diff(rest, c) not in (1, -1):
        return None
    scale = sp.ilcm(*(e.q for e in exponents.values()))
    scale = sp.Rational(scale, sp.igcd(*(int(e * scale) for e in exponents.values())))
    if sum(exponents[e] for e in barred) < 0:
        scale = -scale  # y stands above the bar
    product = sp.Mul(*(inner ** (e * scale) for inner, e in exponents.items()))
    power = sp.exp(-scale * rest.subs(c, 0))
    top, bottom = sp.fraction(sp.together(product))
    return sp.expand(top - c * power * bottom)


def _even(exponent: sp.Expr) -> bool:
    """Whether a power with such an exponent that is no whole number has one sign only."""
    return bool(exponent.is_Rational and exponent.q > 1 and not (exponent.p % 2 and exponent.q % 2))


def _any_sign(ode: Ode, value: sp.Expr) -> sp.Expr:
    """``C`` for ``e^C``: what stood in bars may have either sign, and the constant takes it."""
    c, free = ode.constant(), sp.Dummy("c", real=True)
    split = sp.expand_power_exp(value)
    powers = [e for e in split.atoms(sp.exp) if e.has(c) and not e.has(ode.x, ode.y)]
    rate = next((sp.diff(e.args[0], c) for e in powers), sp.Integer(1))
    freed = split.subs(sp.exp(c * rate), free).subs(sp.exp(-c * rate), 1 / free)
    return value if freed.has(c) else sp.simplify(freed.subs(free, c))


def _bars(value: sp.Expr, source: sp.Expr) -> sp.Expr:
    """``ln|u|`` again for a ``ln u`` that the source has with its bars."""
    barred = {
        log.args[0].args[0] for log in source.atoms(sp.log) if isinstance(log.args[0], sp.Abs)
    }
    return value.replace(
        lambda e: isinstance(e, sp.log) and e.args[0] in barred, lambda e: sp.log(sp.Abs(e.args[0]))
    )


def _with_conditions(
    ode: Ode, forms: list[tuple[sp.Expr, sp.Expr]]
) -> list[tuple[sp.Expr, sp.Expr]]:
    """The forms with the constants that the conditions fix; a form that cannot meet them goes."""
    if not ode.conditions:
        return forms
    fixed = []
    for left, right in forms:
        constants = sorted(
            (
                s
                for s in (left - right).free_symbols
                if s.name[0] in "CK" and s not in ode.left.free_symbols
            ),
            key=lambda s: s.name,
        )
        plain = right.replace(sp.Abs, lambda u: u)
        equations = [_at(ode, left, plain if c.order else right, c) for c in ode.conditions]
        try:
            with processor_limit(1.5):
                solutions = sp.solve(equations, constants, dict=True) if constants else []
        except (OutOfTime, NotImplementedError, ValueError, TypeError):
            continue
        fixed += [
            (left.subs(values), sp.simplify(right.subs(values)))
            for values in solutions
            if values  # boundary values may leave a constant free
        ]
        if not constants and all(sp.simplify(e) == 0 for e in equations):
            fixed.append((left, right))
    return fixed


def _at(ode: Ode, left: sp.Expr, right: sp.Expr, condition: Condition) -> sp.Expr:
    """What must be 0 for a condition to hold."""
    if left == ode.y:
        value = sp.diff(right, ode.x, condition.order) if condition.order else right
        return value.subs(ode.x, condition.point) - condition.value
    return (left - right).subs({ode.x: condition.point, ode.y: condition.value})
