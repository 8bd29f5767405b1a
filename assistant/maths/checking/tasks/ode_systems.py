"""Systems of differential equations: what they ask, and whether functions solve them.

Nothing here knows how the solution was found.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.tasks.odes import vanishes
from assistant.maths.differential_systems import in_one_variable
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Refuted, Request, Supported, Undecided, Verdict

METHOD = "substitution into the equations"
UNKNOWN = Undecided(Doubt.NO_METHOD)


@dataclass(frozen=True, slots=True)
class System:
    """Equations for several functions of one variable, each function written with it."""

    names: tuple[str, ...]
    by: str
    equations: tuple[t.Relation, ...]
    conditions: tuple[t.Relation, ...]

    def function(self, name: str) -> t.Call:
        """``x(t)``."""
        return t.Call(name, (t.Symbol(self.by),))

    def residuals(self) -> list[sp.Expr]:
        """What must be zero.  Raises ``NotConvertible``."""
        return [to_sympy(t.sub(e.left, e.right), real=True) for e in self.equations]


def read_system(request: Request) -> System | None:
    """The system of a request; ``None`` for a single equation."""
    found = in_one_variable(request.operands)
    if found is None:
        return None
    return System(found.names, found.by, found.equations, found.conditions)


def check_system(request: Request, draft: Draft) -> Verdict:
    """The functions solve every equation, meet the conditions, or are the general solution."""
    system = read_system(request)
    match draft.answer:
        case t.Collection(t.Bracket.TUPLE, items) if system is not None:
            pass
        case _:
            return UNKNOWN
    try:
        functions = _functions(system, items)
        if functions is None:
            return UNKNOWN
        verdicts = [vanishes(_put(r, functions, system)) for r in system.residuals()]
        verdicts += [_meets(c, functions, system) for c in system.conditions]
        if not system.conditions:
            verdicts.append(_general(functions, system))
        elif not _is_settled(system) or _constants(functions, system):
            verdicts.append(UNKNOWN)
    except (NotConvertible, ValueError, TypeError):
        return UNKNOWN
    for kind in (Refuted, Undecided, Supported):
        for verdict in verdicts:
            if isinstance(verdict, kind):
                return verdict
    return Proved(METHOD)


def _functions(system: System, items: tuple[t.Expr, ...]) -> dict[str, sp.Expr] | None:
    found: dict[str, sp.Expr] = {}
    for item in items:
        match item:
            case t.Relation(t.Comparison.EQ, t.Call(name, (t.Symbol(by),)), value) if (
                name in system.names and by == system.by
            ):
                found[name] = to_sympy(value, real=True)
    return found if {*found} == {*system.names} and len(items) == len(found) else None


def _put(value: sp.Expr, functions: dict[str, sp.Expr], system: System) -> sp.Expr:
    by = sp.Symbol(system.by, real=True)
    changes = {sp.Function(name)(by): found for name, found in functions.items()}
    return value.subs(changes).doit()


def _meets(condition: t.Relation, functions: dict[str, sp.Expr], system: System) -> Verdict:
    by = sp.Symbol(system.by, real=True)
    match condition.left:
        case t.Call("diff", (t.Call(name, (point,)), _, order)) if name in functions:
            value = sp.diff(functions[name], by, int(to_sympy(order)))
        case t.Call(name, (point,)) if name in functions:
            value = functions[name]
        case _:
            return UNKNOWN
    here = value.subs(by, to_sympy(point, real=True))
    return vanishes(here - to_sympy(condition.right, real=True))


def _constants(functions: dict[str, sp.Expr], system: System) -> list[sp.Symbol]:
    known = {system.by, *(n for e in system.equations for n in t.symbols(e))}
    free = {s for f in functions.values() for s in f.free_symbols if s.name not in known}
    return sorted(free, key=lambda s: s.name)


def _general(functions: dict[str, sp.Expr], system: System) -> Verdict:
    """As many constants as functions, and they can give the functions any values at 0.

    That is enough for equations that are linear with constant coefficients, of the first order.
    """
    constants = _constants(functions, system)
    by = sp.Symbol(system.by, real=True)
    if len(constants) != len(system.names) or not _is_linear(system):
        return Undecided(Doubt.NO_METHOD, "not a general solution")
    rows = [[sp.diff(functions[n], c).subs(by, 0) for c in constants] for n in system.names]
    size = sp.simplify(sp.Matrix(rows).det())
    if size.is_number and size.is_finite and size.is_zero is False:
        return Proved("as many constants as functions")
    return Undecided(Doubt.NO_METHOD, "not a general solution")


def _is_settled(system: System) -> bool:
    """Whether the values of all functions are given at one point: then one solution is all."""
    told = [c.left for c in system.conditions]
    values = {left.name: left.args for left in told if isinstance(left, t.Call)}
    same = len({*values.values()}) == 1 and len(told) == len(values)
    return same and {*values} == {*system.names} and _is_linear(system)


def _is_linear(system: System) -> bool:
    """Whether every equation is linear in the functions and their first derivatives."""
    by = sp.Symbol(system.by, real=True)
    functions = [sp.Function(n)(by) for n in system.names]
    slopes = [sp.Derivative(f, by) for f in functions]
    letters = {f: sp.Dummy() for f in (*slopes, *functions)}
    matrix = []
    for value in system.residuals():
        plain = value.subs({s: letters[s] for s in slopes}).subs({f: letters[f] for f in functions})
        if plain.has(sp.Derivative, sp.core.function.AppliedUndef):
            return False
        rates = [sp.diff(plain, letter) for letter in letters.values()]
        if any(rate.has(by, *letters.values()) for rate in rates):
            return False
        matrix.append(rates[: len(slopes)])
    return bool(sp.Matrix(matrix).det() != 0)
