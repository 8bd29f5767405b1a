"""For which parameter an inequality holds for every (or for some) value of its unknown, and an
equation has so many roots.

The line of the parameter is cut where the solutions in the unknown can change: at the zeros of
leading coefficients, discriminants and resultants of the polynomials of the inequality (the
projection of Collins' cylindrical algebraic decomposition, 1975).  One parameter of each cell
speaks for it, and for that one the line of the unknown is decided exactly.  Where the inequality
is no quotient of polynomials, the range of what the parameter is compared with decides.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.cells import Cell, NotAlgebraic, cells, truth_table
from assistant.maths.checking.logic.domains import guards, implied
from assistant.maths.checking.logic.statements import as_statement
from assistant.maths.checking.numerics.algebraic import RealRoot, exact_holds
from assistant.maths.checking.numerics.budget import Deadline, OutOfTime, alarm
from assistant.maths.checking.numerics.numeric import NoValue
from assistant.maths.checking.tasks.defined import poles_apart
from assistant.maths.checking.tasks.ranges import check_range
from assistant.maths.polynomial_form import is_quotient
from assistant.maths.reading.bounds import MIRRORED
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Refuted, Request, Undecided, Verdict

UNKNOWN = Undecided(Doubt.NO_METHOD)
MOST = 6
"""The degree of a polynomial that is projected."""
METHOD = "each cell of the parameter"


def check_always(request: Request, draft: Draft, deadline: Deadline) -> Verdict:
    """The set of parameters, or its greatest or least member, against the inequality."""
    name, letter = request.variables
    members = _members(draft) if {"greatest", "least"} & {*request.words} else draft.answer
    claimed = None if members is None else as_statement(members, (letter,))
    if claimed is None:
        return UNKNOWN
    try:
        with alarm(deadline.left):
            if not _is_end(request, draft, claimed):
                return UNKNOWN
            if is_quotient(request.operands[0], name, letter):
                return _by_cells(request, claimed, (name, letter))
            return _by_range(request, draft, claimed, deadline)
    except (NotAlgebraic, NotConvertible, NoValue, OutOfTime, sp.PolynomialError):
        return UNKNOWN


def _members(draft: Draft) -> t.Expr | None:
    """The set whose end was taken."""
    return next((s.before for s in draft.steps if s.rule.id == "always.end"), None)


def _is_end(request: Request, draft: Draft, claimed: t.Expr) -> bool:
    """Whether the answer, where only one parameter is wanted, is the last of those claimed."""
    letter = request.variables[1]
    if not {"greatest", "least"} & {*request.words}:
        return True
    assert draft.answer is not None
    op = t.Comparison.LE if "greatest" in request.words else t.Comparison.GE
    here = t.equation(t.Symbol(letter), draft.answer)
    outside = t.Relation(op, t.Symbol(letter), draft.answer)
    table = truth_table([claimed, here, outside], letter)
    return all(
        (claim or not is_here) and (within or not claim) for _, (claim, is_here, within) in table
    )


# by cells ------------------------------------------------------------------------------


def _by_cells(request: Request, claimed: t.Expr, names: tuple[str, str]) -> Verdict:
    name, letter = names
    inequality = request.operands[0]
    within = _within(request.domain, name)
    factors = _factors([inequality, *within], names)
    x, k = map(sp.Symbol, names)
    cuts = tuple(t.equation(from_sympy(p), t.integer(0)) for p in _projected(factors, x, k))
    lead = _lead(request) if "quadratic" in request.words else t.integer(1)
    for cell in cells([*cuts, claimed], letter):
        at = _holds(request, within, (factors, names), cell)
        at = at and exact_holds(t.Relation(t.Comparison.NE, lead, t.integer(0)), {letter: cell})
        if at != exact_holds(claimed, {letter: cell}):
            return Refuted(f"{letter} = {_shown(cell)}", str(at), str(not at))
    return Proved(METHOD)


def _lead(request: Request) -> t.Expr:
    """The coefficient of the square, which is not zero where a quadratic inequality is meant."""
    (given,) = request.operands
    if not isinstance(given, t.Relation):
        raise NotAlgebraic("no inequality")
    x = sp.Symbol(request.variables[0])
    gap = sp.Poly(to_sympy(t.sub(given.left, given.right)), x)
    return from_sympy(gap.coeff_monomial(x**2))


def _within(domain: t.Expr | None, name: str) -> tuple[t.Expr, ...]:
    if domain in (None, t.Constant(t.ConstantName.REALS)):
        return ()
    assert domain is not None
    found = as_statement(domain, (name,))
    if found is None:
        raise NotAlgebraic("domain")
    return (found,)


def _factors(statements: list[t.Expr], names: tuple[str, str]) -> list[sp.Poly]:
    """The irreducible polynomials whose zeros change the truth of the statements."""
    x, k = map(sp.Symbol, names)
    found: dict[sp.Poly, None] = {}
    for statement in statements:
        for node in t.walk(statement):
            sides: list[t.Expr] = []
            match node:
                case t.Relation(_, left, right):
                    sides = [t.sub(left, right)]
                case t.Div(_, below):
                    sides = [below]
                case t.Pow(base, t.Neg()):
                    sides = [base]
            for side in sides:
                top = sp.numer(sp.together(to_sympy(side)))
                for factor, _ in sp.factor_list(sp.Poly(top, x, k))[1]:
                    found.setdefault(factor)
    if any(p.total_degree() > MOST or p.domain not in (sp.ZZ, sp.QQ) for p in found):
        raise NotAlgebraic("degree")
    return list(found)


def _projected(factors: list[sp.Poly], x: sp.Symbol, k: sp.Symbol) -> Iterator[sp.Expr]:
    """The polynomials in the parameter between whose zeros the roots in the unknown keep their
    number and order."""
    exprs = [f.as_expr() for f in factors]
    for one in exprs:
        if not one.has(x):
            yield one
            continue
        poly = sp.Poly(one, x)
        yield from (c for c in (poly.LC(), poly.discriminant()) if c.has(k))
    for one, other in itertools.combinations((e for e in exprs if e.has(x)), 2):
        common = sp.resultant(one, other, x)
        if common.has(k):
            yield common


def _holds(
    request: Request,
    within: tuple[t.Expr, ...],
    zeros: tuple[list[sp.Poly], tuple[str, str]],
    cell: Cell,
) -> bool:
    """Whether the inequality holds for every value of the unknown, or for some, at a parameter."""
    truths = _truths(request.operands[0], within, zeros, cell)
    match request.operands:
        case (t.Relation(_, left, right),) if "rising" in request.words:
            if all(_truths(t.equation(left, right), within, zeros, cell)):
                return False
    return any(truths) if "some" in request.words else all(truths)


def _truths(
    statement: t.Expr,
    within: tuple[t.Expr, ...],
    zeros: tuple[list[sp.Poly], tuple[str, str]],
    cell: Cell,
) -> list[bool]:
    """Whether a statement holds on each cell of the unknown, at a parameter."""
    factors, (name, letter) = zeros
    if not isinstance(cell, RealRoot):
        put = t.substitute(statement, letter, t.rational(cell))
        return [row[0] for _, row in truth_table([put], name, within)]
    places = [_over(f, (name, letter), cell) for f in factors]
    truths = []
    for at in cells([t.equation(from_sympy(p), t.integer(0)) for p in places], name):
        point = {name: at, letter: cell}
        if all(exact_holds(w, point) for w in within):
            truths.append(exact_holds(statement, point))
    return truths


def check_number_of_roots(request: Request, answer: t.Expr, deadline: Deadline) -> Verdict:
    """The roots are counted for one parameter of each cell."""
    (equation,), names = request.operands, (request.variables[0], request.variables[1])
    claimed = as_statement(answer, (names[1],))
    if claimed is None:
        return UNKNOWN
    try:
        with alarm(deadline.left):
            factors = _factors([equation], names)
            cuts = [t.equation(from_sympy(p), t.integer(0))
                    for p in _projected(factors, *map(sp.Symbol, names))]  # fmt: skip
            for cell in cells([*cuts, claimed], names[1]):
                at = _as_wanted(request, _truths(equation, (), (factors, names), cell), cell)
                if at != exact_holds(claimed, {names[1]: cell}):
                    return Refuted(f"{names[1]} = {_shown(cell)}", str(at), str(not at))
    except (NotAlgebraic, NotConvertible, NoValue, OutOfTime, sp.PolynomialError):
        return UNKNOWN
    return Proved(METHOD)


def _as_wanted(request: Request, truths: list[bool], cell: Cell) -> bool:
    """Whether an equation that holds on these cells of the unknown has the roots wanted."""
    kind, many = request.words[0], sum(truths)
    if kind == "real":
        return many > 0
    if all(truths):  # every number is a root
        return False
    lead = _lead(request) if kind in ("equal", "two") else t.integer(1)
    if not exact_holds(
        t.Relation(t.Comparison.NE, lead, t.integer(0)), {request.variables[1]: cell}
    ):
        return False
    return many == {"none": 0, "one": 1, "equal": 1, "two": 2, "three": 3}[kind]


def _over(factor: sp.Poly, names: tuple[str, str], cell: RealRoot) -> sp.Expr:
    """A polynomial in the unknown with all roots of the factor at an algebraic parameter."""
    x, k = map(sp.Symbol, names)
    minimal = sp.Poly([sp.Integer(c) for c in cell.poly], k).as_expr()
    value = factor.as_expr()
    found = sp.resultant(value, minimal, k) if value.has(k) else value
    if found == 0:
        raise NotAlgebraic("a factor that vanishes")
    return found if found.has(x) else sp.Integer(1)


def _shown(cell: Cell) -> str:
    return str(cell) if not isinstance(cell, RealRoot) else f"about {float(cell.low):.4g}"


# by range ------------------------------------------------------------------------------

SURE = {t.Comparison.LE: t.Comparison.LE, t.Comparison.LT: t.Comparison.LE,
        t.Comparison.GE: t.Comparison.GE, t.Comparison.GT: t.Comparison.GE}  # fmt: skip
STRICT = {t.Comparison.LE: t.Comparison.LT, t.Comparison.LT: t.Comparison.LT,
          t.Comparison.GE: t.Comparison.GT, t.Comparison.GT: t.Comparison.GT}  # fmt: skip


def _by_range(request: Request, draft: Draft, claimed: t.Expr, deadline: Deadline) -> Verdict:
    """The line that compares the parameter alone says the same, the range of its other side is
    proved by itself, and the ends of that bound the parameter."""
    name, letter = request.variables
    said = {s.rule.id: s.after for s in draft.steps}
    match said.get("always.apart"), said.get("always.range"):
        case t.Relation(op, t.Symbol(first), value) as line, values if values and first == letter:
            pass
        case _:
            return UNKNOWN
    if not _same(request, line) or letter in t.symbols(value):
        return UNKNOWN
    asked = replace(request, topic="range", operands=(value,), variables=(name,), words=())
    found = check_range(asked, _ranged(draft, values, name), deadline)
    bound = _bound(op, letter, to_sympy(values, real=True), some="some" in request.words)
    if not isinstance(found, Proved) or bound is None:
        return UNKNOWN
    return found if _agree(bound, claimed, letter) else UNKNOWN


def _agree(bound: t.Expr, claimed: t.Expr, letter: str) -> bool:
    """Whether two statements about the parameter say the same."""
    match bound, claimed:
        case t.Relation(op, t.Symbol(), one), t.Relation(other_op, t.Symbol(), other):
            gap = sp.simplify(to_sympy(t.sub(one, other), real=True))
            return op is other_op and gap == 0
    table = truth_table([bound, claimed], letter)
    return all(one == other for _, (one, other) in table)


def _ranged(draft: Draft, values: t.Expr, name: str) -> Draft:
    """The range as a draft of its own: the notes tell where its ends are taken."""
    return Draft(answer=values, variables=(name,), notes=draft.notes)


def _same(request: Request, line: t.Relation) -> bool:
    """Whether the inequality is the line times something positive, wherever it is asked about."""
    name, letter = request.variables
    given = request.operands[0]
    if not isinstance(given, t.Relation):
        return False
    within = _within(request.domain, name)
    needed = (*guards(given), *poles_apart(given))
    if request.domain is not None and not all(implied(within, g) for g in needed):
        return False
    first, second = (to_sympy(t.sub(r.left, r.right), real=True) for r in (given, line))
    k = sp.Symbol(letter, real=True)
    factor = sp.simplify(sp.diff(first, k))
    if line.op != given.op:
        first, factor = -first, -factor
        if line.op != MIRRORED[given.op]:
            return False
    if factor.has(k) or sp.simplify(first - factor * second) != 0:
        return False
    if factor.is_positive:
        return True
    sign = t.Relation(t.Comparison.GT, from_sympy(factor), t.integer(0))
    return implied((*within, *guards(given)), sign)


def _bound(op: t.Comparison, letter: str, values: sp.Basic, *, some: bool) -> t.Expr | None:
    """``k <= G`` for every (or some) value of G, as a statement about k."""
    if not isinstance(values, sp.Set) or values is sp.S.EmptySet:
        return None
    below = op in (t.Comparison.LE, t.Comparison.LT)
    end = values.inf if below != some else values.sup
    if end in (sp.oo, -sp.oo):
        return t.Truth(value=some)
    taken = values.contains(end)
    if taken not in (sp.true, sp.false):
        return None
    if some:
        sign = op if taken == sp.true else STRICT[op]
    else:
        sign = op if taken == sp.true else SURE[op]
    return t.Relation(sign, t.Symbol(letter), from_sympy(end))
