"""Powers worked out from given ones by the laws of powers: ``2^m = 3, 2^n = 5, find 2^(m+n)``.

The logarithm of a product of powers is linear in what its letters do to the logarithms of its
bases.  Where that of what is asked is a sum of those that are given, times numbers, its value is
the product of theirs, to these powers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.claims import check_equality
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.verify import check_steps
from assistant.maths.solving.problems.known import INSERT, Solver, evaluation, line_of
from assistant.maths.types import Problem, Proved, Rule, Solution, Step, Task, Text

LAWS = Rule("given_powers.laws", "Laws of powers", "幂的运算法则")
SPLIT = Text("Write it by the powers that are given.", "用已知的幂表示。")
GIVEN = Text("Put in {0}.", "代入 {0}。")
SECONDS = 2.5
MOST = 10**9


@dataclass(frozen=True, slots=True)
class Fact:
    """A product of powers, its logarithm, its value, and whether it is surely positive."""

    power: t.Expr
    log: Any
    value: t.Expr
    positive: bool


def by_given_powers(problem: Problem, solve: Solver) -> Solution | None:
    """The value of what is asked, or ``None`` where this is no such question."""
    request = problem.request
    if problem.more or request.task not in (Task.EVALUATE, Task.SIMPLIFY) or request.topic:
        return None
    wanted = request.operands[0] if len(request.operands) == 1 else None
    if wanted is None or not any(map(_raised, t.walk(wanted))):
        return None
    try:
        facts = _facts(problem, wanted)
        if not facts:
            return None
        work = _Work(facts)
        put = work.replaced(wanted)
    except (NotConvertible, sp.PolynomialError, ValueError):
        return None
    if put is None or not work.steps or any(map(_raised, t.walk(put))):
        return None
    if set(t.symbols(put)) & work.letters or not _agrees(facts, wanted, put):
        return None
    found = solve(replace(evaluation(put), task=Task.SIMPLIFY if t.symbols(put) else Task.EVALUATE))
    if not isinstance(found, Solution) or not isinstance(found.verdict, Proved):
        return None
    return replace(found, steps=(*check_steps(tuple(work.steps)), *found.steps))


def _raised(node: t.Expr) -> bool:
    return isinstance(node, t.Pow) and bool(t.symbols(node.exp))


# what is given -------------------------------------------------------------------------


def _facts(problem: Problem, wanted: t.Expr) -> list[Fact]:
    """The powers whose values are given, and those that linear equations give; none where
    anything else is said."""
    found: list[Fact] = []
    bases = {n.base for n in t.walk(wanted) if isinstance(n, t.Pow) and _raised(n)}
    for definition in problem.definitions:
        if (
            definition.name
            or definition.why
            or not isinstance(definition.body, t.Relation | t.Junction)
        ):
            return []
        parts = (
            definition.body.args if isinstance(definition.body, t.Junction) else (definition.body,)
        )
        for part in parts:
            match part:
                case t.Relation(t.Comparison.EQ, left, right):
                    pass
                case _:
                    return []
            if any(map(_raised, t.walk(left))):
                found.append(_fact(left, right))
            else:
                found += _linear(left, right, bases)
    return found


def _fact(power: t.Expr, value: t.Expr) -> Fact:
    number = to_sympy(value, real=True)
    known = bool(number.is_positive) if number.is_number else isinstance(value, t.Symbol)
    if not known or set(t.symbols(power)) & {*t.symbols(value)}:
        raise ValueError(value)
    letters = any(t.symbols(n.base) for n in t.walk(power) if isinstance(n, t.Pow))
    return Fact(power, log_of(power), value, positive=not letters and bool(number.is_number))


def _linear(left: t.Expr, right: t.Expr, bases: Iterable[t.Expr]) -> list[Fact]:
    """``2x + 5y = 3`` to each base of what is asked: ``2^(2x+5y) = 2^3``."""
    gap = sp.expand(to_sympy(t.sub(left, right), real=True))
    if any(m > 1 for m in sp.Poly(gap, *gap.free_symbols).degree_list()):
        raise ValueError(left)
    rest = gap.subs(dict.fromkeys(gap.free_symbols, 0))
    unknown, amount = from_sympy(gap - rest), from_sympy(-rest)
    found = []
    for base in sorted(bases, key=str):
        if t.symbols(base):
            raise ValueError(base)
        for prime in sp.factorint(to_sympy(base).p * to_sympy(base).q):
            p = t.integer(int(prime))
            power = t.Pow(p, unknown)
            found.append(Fact(power, log_of(power), t.Pow(p, amount), positive=True))
    return found


def log_of(power: t.Expr, atom: Callable[[t.Expr], Any] | None = None) -> Any:
    """The logarithm of a product of powers, with a letter for that of each prime and each
    lettered base, or what ``atom`` says of a base.  Raises ``ValueError`` for anything else."""
    match power:
        case t.Mul(factors):
            return sp.expand(sum(log_of(f, atom) for f in factors))
        case t.Div(above, below):
            return sp.expand(log_of(above, atom) - log_of(below, atom))
        case t.Pow(base, exp):
            if isinstance(base, t.Symbol) and base.name in t.symbols(exp):
                raise ValueError(base)
            return sp.expand(log_of(base, atom) * to_sympy(exp, real=True))
    return (atom or _by_primes)(power)


def _by_primes(base: t.Expr) -> Any:
    if isinstance(base, t.Symbol):
        return sp.Symbol(f"L_{base.name}")
    value = to_sympy(base, real=True)
    if not value.is_Rational or value <= 0 or max(value.p, value.q) > MOST:
        raise ValueError(base)
    return sum(n * sp.Symbol(f"L{p}") for p, n in sp.factorrat(value).items())


# what is asked -------------------------------------------------------------------------


class _Work:
    """The steps by which powers are written by the given ones."""

    def __init__(self, facts: list[Fact]) -> None:
        self.facts = facts
        self.letters = {n for f in facts for m in t.walk(f.power) if isinstance(m, t.Pow)
                        for n in t.symbols(m.exp)}  # fmt: skip
        self.steps: list[Step] = []

    def replaced(self, expr: t.Expr) -> t.Expr | None:
        """The expression with all powers of the letters worked out."""
        if not set(t.symbols(expr)) & self.letters:
            return expr
        if isinstance(expr, t.Pow | t.Mul | t.Div):
            try:
                return self._product(expr)
            except ValueError:
                pass  # its parts may do
        if isinstance(expr, t.Symbol):
            return None
        parts = [self.replaced(part) for part in t.children(expr)]
        known = tuple(p for p in parts if p is not None)
        return t.rebuild(expr, known) if len(known) == len(parts) else None

    def _product(self, expr: t.Expr) -> t.Expr:
        """The product of the given powers that it is.  Raises ``ValueError`` if it is none."""
        shares, rest = self._shares(log_of(expr))
        used = [(f, c) for f, c in zip(self.facts, shares, strict=True) if c != 0]
        factors = [_power(number_of(rest), sp.S.One)] if rest != 0 else []
        line = t.mul(*(_power(f.power, c) for f, c in used), *factors)
        value = t.mul(*(_power(f.value, c) for f, c in used), *factors)
        if line != expr:
            self.steps.append(Step(rule=LAWS, why=SPLIT, before=expr, after=line))
        facts = tuple(t.equation(f.power, f.value) for f, _ in used)
        told = facts[0] if len(facts) == 1 else t.Junction(t.Connective.AND, facts)
        self.steps.append(line_of(INSERT, Text(GIVEN.en, GIVEN.zh, (told,)), line, value))
        return value

    def _shares(self, log: Any) -> tuple[list[Any], Any]:
        """How often each fact is in a logarithm, and what is left without the letters."""
        letters = {sp.Symbol(n, real=True) for n in self.letters}
        sums = [log, *(f.log for f in self.facts)]
        split = [_split(one, letters) for one in sums]
        monomials = sorted({m for one, _ in split for m in one}, key=str)
        names = sp.symbols(f"c:{len(self.facts)}")
        columns = [one for one, _ in split[1:]]
        equations = [
            sum(c * column.get(m, 0) for c, column in zip(names, columns, strict=True))
            - split[0][0].get(m, 0)
            for m in monomials
        ]
        (found,) = sp.linsolve(equations, *names) or [None]
        if found is None:
            raise ValueError(log)
        shares = [sp.nsimplify(s.subs(dict.fromkeys(names, 0))) for s in found]
        for fact, share in zip(self.facts, shares, strict=True):
            if not share.is_Rational or not (share.is_Integer or fact.positive):
                raise ValueError(log)  # the root of what may be negative
        rest = split[0][1] - sum(c * r for c, (_, r) in zip(shares, split[1:], strict=True))
        return shares, sp.expand(rest)


def _split(log: Any, letters: set[Any]) -> tuple[dict[Any, Any], Any]:
    """The coefficients of all products with one of the letters, and the rest."""
    found: dict[Any, Any] = {}
    rest = sp.S.Zero
    for term in sp.Add.make_args(sp.expand(log)):
        if not term.free_symbols & letters:
            rest += term
            continue
        coefficient, monomial = term.as_coeff_Mul()
        if not coefficient.is_Rational:
            raise ValueError(log)
        found[monomial] = found.get(monomial, 0) + coefficient
    return found, rest


def number_of(log: Any) -> t.Expr:
    """The number with that logarithm.  Raises ``ValueError`` where it is none."""
    factors: list[t.Expr] = []
    for term in sp.Add.make_args(log):
        share, letter = term.as_coeff_Mul()
        if not letter.is_Symbol or not share.is_Rational:
            raise ValueError(log)
        name = letter.name.removeprefix("L").removeprefix("_")
        base = t.integer(int(name)) if name.isdigit() else t.Symbol(name)
        if isinstance(base, t.Symbol) and not share.is_Integer:
            raise ValueError(log)
        factors.append(_power(base, share))
    return t.mul(*factors)


def _power(base: t.Expr, share: Any) -> t.Expr:
    return base if share == 1 else t.Pow(base, from_sympy(share))


# the check -----------------------------------------------------------------------------


def _agrees(facts: list[Fact], wanted: t.Expr, found: t.Expr) -> bool:
    """The facts are solved for their letters, and those put into what is asked."""
    names = sorted({n for f in facts for m in t.walk(f.power) if isinstance(m, t.Pow)
                    for n in t.symbols(m.exp)})  # fmt: skip
    equations = [
        log_of(f.power, lambda b: sp.log(to_sympy(b, real=True)))
        - sp.log(to_sympy(f.value, real=True))
        for f in facts
    ]
    solved = sp.solve(equations, [sp.Symbol(n, real=True) for n in names], dict=True)
    if len(solved) != 1:
        return False
    put = {s.name: from_sympy(v) for s, v in solved[0].items()}
    line = t.transform(wanted, lambda n: put.get(n.name, n) if isinstance(n, t.Symbol) else n)
    given = tuple(t.Relation(t.Comparison.GT, t.Symbol(n), t.integer(0))
                  for n in t.symbols(line) if n not in names)  # fmt: skip
    return isinstance(check_equality(line, found, given, Deadline(SECONDS)), Proved)
