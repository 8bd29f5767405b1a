"""For which parameter an inequality holds for every, or for some, value of its unknown.

A quadratic one is decided by its leading coefficient and discriminant, on an interval by its ends
and its vertex too; any other one is turned into a comparison of the parameter with a function,
whose range decides.
"""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.domains import guards, implied
from assistant.maths.checking.logic.statements import as_statement
from assistant.maths.checking.tasks.defined import poles_apart
from assistant.maths.polynomial_form import is_polynomial
from assistant.maths.reading.bounds import MIRRORED
from assistant.maths.showing.answers import set_lines
from assistant.maths.solving.common import Draft
from assistant.maths.solving.equations.inequalities import solve_statement
from assistant.maths.solving.equations.solution_sets import pieces_tree
from assistant.maths.types import Link, Proved, Request, Rule, Solution, Step, Task, Text

CONDITION = Rule("always.condition", "Condition on the parameter", "参数满足的条件")
OPPOSITE = Rule("always.opposite", "Look at the opposite", "考虑反面")
APART = Rule("always.apart", "Put the parameter alone on one side", "分离参数")
RANGE = Rule("always.range", "The range of the other side", "求另一边的取值范围")
END = Rule("always.end", "Take the end", "取端点")
BOUND = Rule("always.bound", "Compare with the end of the range", "与最值比较")

EVERYWHERE = Text(
    "For every real {0}: the sign of the leading coefficient and that of the discriminant "
    "decide; where there is no square, the rest must do.",
    "对一切实数 {0} 成立：由二次项系数与判别式的符号决定；二次项系数为零时另行讨论。",
    ("",),
)
BETWEEN = Text(
    "On the interval the least value is at an end or at the vertex.",
    "在区间上的最小值在端点或顶点处取得。",
)
FAILS = Text(
    "It holds for some {0} exactly where the opposite does not hold for all.",
    "存在 {0} 使其成立，等价于其反面不恒成立。",
)
LT, LE, GT, GE = t.Comparison.LT, t.Comparison.LE, t.Comparison.GT, t.Comparison.GE
EQ, NE = t.Comparison.EQ, t.Comparison.NE
DENIED = {LT: GE, LE: GT, GT: LE, GE: LT, EQ: NE, NE: EQ}
ZERO = t.integer(0)
YES, NO = t.Truth(value=True), t.Truth(value=False)


def always(request: Request) -> Draft | None:
    """The parameters, from the sign of a quadratic or from a range."""
    if request.topic != topics.ALWAYS or len(request.variables) != 2:
        return None
    match request.operands:
        case (t.Relation(op, _, _) as given,) if op in DENIED and op is not EQ:
            pass
        case _:
            return None
    try:
        found = _by_quadratic(request, given) or _by_range(request, given)
    except NotConvertible:
        return None
    return found if found is None else _end(request, found)


def _end(request: Request, found: Draft) -> Draft | None:
    """Only the greatest or the least of the parameters, where that is asked for."""
    wanted = {"greatest", "least"} & {*request.words}
    if not wanted:
        return found
    assert found.answer is not None
    values = to_sympy(found.answer, real=True)
    if not isinstance(values, sp.Set) or values is sp.S.EmptySet:
        return None
    end = values.sup if "greatest" in wanted else values.inf
    if values.contains(end) != sp.true:
        return None
    value = from_sympy(end)
    why = Text("Its greatest member.", "其中最大的数。")
    if "least" in wanted:
        why = Text("Its least member.", "其中最小的数。")
    last = Step(rule=END, why=why, before=found.answer, after=value, link=Link.FORMULA)
    return replace(found, answer=value, steps=(*found.steps, last), said=())


# quadratics ----------------------------------------------------------------------------


def _by_quadratic(request: Request, given: t.Relation) -> Draft | None:
    name, letter = request.variables
    if not is_polynomial(given, name, letter):
        return None
    some = "some" in request.words
    asked = t.Relation(DENIED[given.op], given.left, given.right) if some else given
    if EQ in (asked.op, given.op):
        return None
    up = asked.op in (GT, GE, NE)
    x = sp.Symbol(name)
    gap = to_sympy(t.sub(asked.left, asked.right))
    poly = sp.Poly(gap if up else -gap, x)
    if not 0 <= poly.degree() <= 2 or not gap.free_symbols & {x, sp.Symbol(letter)}:
        return None
    op = {LT: GT, LE: GE}.get(asked.op, asked.op)
    condition = _condition(poly, request.domain, op)
    if condition is None:
        return None
    if some:
        condition = _denied(condition)
    if "quadratic" in request.words and poly.coeff_monomial(x**2).free_symbols:
        lead = from_sympy(poly.coeff_monomial(x**2))
        condition = _all(condition, t.Relation(NE, lead, ZERO))
    if "rising" in request.words:
        condition = _all(condition, _any(*(_relation(NE, c) for c in poly.all_coeffs())))
    why = BETWEEN if isinstance(request.domain, t.Interval) else EVERYWHERE
    steps = [
        Step(rule=CONDITION, why=replace(why, args=(t.Symbol(name),)), before=given,
             after=condition, link=Link.FORMULA)
    ]  # fmt: skip
    if some:
        told = replace(FAILS, args=(t.Symbol(name),))
        steps.insert(0, Step(rule=OPPOSITE, why=told, before=given, after=asked, link=Link.FORMULA))
    return _solved(condition, letter, steps)


def _condition(poly: sp.Poly, domain: t.Expr | None, op: t.Comparison) -> t.Expr | None:
    """When a polynomial of degree two at most is positive (or not negative) all over a domain."""
    x = poly.gen
    a, b, c = (poly.coeff_monomial(x**n) for n in (2, 1, 0))
    below = LE if op is GE else LT
    no_zero = _relation(below, sp.expand(b**2 - 4 * a * c))
    opens, level = _relation(GT, a), _relation(EQ, a)
    if op is NE:
        if isinstance(domain, t.Interval):
            return None
        flat = _all(level, _relation(EQ, b), _relation(NE, c))
        return _any(_all(_relation(NE, a), no_zero), flat)
    if not isinstance(domain, t.Interval):
        flat = _all(level, _relation(EQ, b), _relation(op, c))
        return _any(_all(opens, no_zero), flat)
    low, high = (to_sympy(e) for e in (domain.low, domain.high))
    ends = [(e, e_open) for e, e_open in ((low, domain.low_open), (high, domain.high_open))]
    finite = [(e, e_open) for e, e_open in ends if e not in (sp.oo, -sp.oo)]
    if op is GT and any(e_open for _, e_open in finite):
        return None  # the value at an end that is left out may be zero
    at_ends = [_relation(op, sp.expand(poly.as_expr().subs(x, e))) for e, _ in finite]
    rising = _relation(GE, b + 2 * a * low) if low != -sp.oo else NO
    falling = _relation(LE, b + 2 * a * high) if high != sp.oo else NO
    away = _any(no_zero, rising, falling)
    if len(finite) == 2:
        return _all(*at_ends, _any(_relation(LE, a), away))
    if not finite:
        return None
    line = _relation(GE if high == sp.oo else LE, b)
    return _all(*at_ends, _any(_all(opens, away), _all(level, line)))


def _relation(op: t.Comparison, value: sp.Expr) -> t.Expr:
    """``value op 0`` without common factors, decided where it is a number."""
    if value.free_symbols:
        value = value.as_content_primitive()[1]
        if value.could_extract_minus_sign():
            op, value = MIRRORED.get(op, op), sp.expand(-value)
        return t.Relation(op, from_sympy(value), ZERO)
    holds = {GT: value > 0, GE: value >= 0, LT: value < 0, LE: value <= 0,
             EQ: sp.Eq(value, 0), NE: sp.Ne(value, 0)}[op]  # fmt: skip
    return YES if holds == sp.true else NO


def _all(*parts: t.Expr) -> t.Expr:
    return _joined(t.Connective.AND, parts, YES, NO)


def _any(*parts: t.Expr) -> t.Expr:
    return _joined(t.Connective.OR, parts, NO, YES)


def _joined(op: t.Connective, parts: tuple[t.Expr, ...], idle: t.Expr, strong: t.Expr) -> t.Expr:
    if strong in parts:
        return strong
    kept = tuple(dict.fromkeys(p for p in parts if p != idle))
    if not kept:
        return idle
    return kept[0] if len(kept) == 1 else t.Junction(op, kept)


def _denied(statement: t.Expr) -> t.Expr:
    match statement:
        case t.Relation(op, left, right):
            return t.Relation(DENIED[op], left, right)
        case t.Junction(t.Connective.AND, parts):
            return _any(*map(_denied, parts))
        case t.Junction(_, parts):
            return _all(*map(_denied, parts))
    return NO if statement == YES else YES


def _solved(condition: t.Expr, letter: str, steps: list[Step]) -> Draft | None:
    if isinstance(condition, t.Truth):
        which = t.ConstantName.REALS if condition.value else t.ConstantName.EMPTY
        return _draft(t.Constant(which), letter, steps)
    try:
        solved = solve_statement(condition, letter)
    except ArithmeticError:
        return None
    if solved is None:
        return None
    return _draft(pieces_tree(solved[1]), letter, [*steps, *solved[0]])


def _draft(answer: t.Expr, letter: str, steps: list[Step]) -> Draft:
    lines = set_lines(answer, (letter,))
    said = tuple(line if isinstance(line, Text) else Text("{0}", "{0}", (line,)) for line in lines)
    return Draft(answer=answer, steps=tuple(steps), method="parameter", variables=(letter,),
                 said=said)  # fmt: skip


# any other function ----------------------------------------------------------------------


def _by_range(request: Request, given: t.Relation) -> Draft | None:
    name, letter = request.variables
    line = _apart(request, given) if given.op in MIRRORED else None
    if line is None or t.symbols(line.right) != (name,) or not _has_values(request, given):
        return None
    from assistant.maths.solving.engine import solve_request

    asked = Request(task=Task.FUNCTION, topic=topics.RANGE, operands=(line.right,),
                    variables=(name,), domain=request.domain)  # fmt: skip
    found = solve_request(asked)
    if not isinstance(found, Solution) or not isinstance(found.verdict, Proved):
        return None
    assert found.answer.value is not None
    answer = _beyond(line.op, found.answer.value, some="some" in request.words)
    if answer is None:
        return None
    steps = [
        Step(rule=APART, why=Text("Solve for {0}.", "解出 {0}。", (t.Symbol(letter),)),
             before=given, after=line, link=Link.FORMULA),
        Step(rule=RANGE, why=Text("All its values.", "求其取值范围。"), before=line.right,
             after=found.answer.value, link=Link.FORMULA, substeps=found.steps),
        Step(rule=BOUND, why=_why(request), before=line, after=answer, link=Link.FORMULA),
    ]  # fmt: skip
    return replace(_draft(answer, letter, steps), notes=found.notes)


def _has_values(request: Request, given: t.Relation) -> bool:
    """Whether both sides surely have values all over the interval, where one was said."""
    if not isinstance(request.domain, t.Interval):
        return True
    within = as_statement(request.domain, request.variables[:1])
    needed = (*guards(given), *poles_apart(given))
    return within is not None and all(implied((within,), wanted) for wanted in needed)


def _why(request: Request) -> Text:
    if "some" in request.words:
        return Text("One value of the range must do.", "只需取值范围中有一个值满足。")
    return Text("It must hold for all values of the range.", "须对取值范围中的所有值成立。")


def _apart(request: Request, given: t.Relation) -> t.Relation | None:
    """``k <= G(x)`` and the like, where what is divided by has one sign."""
    name, letter = request.variables
    symbol = t.Symbol(letter)
    if given.left == symbol and letter not in t.symbols(given.right):
        return given
    if given.right == symbol and letter not in t.symbols(given.left):
        return t.Relation(MIRRORED[given.op], symbol, given.left)
    k, x = sp.Symbol(letter, real=True), sp.Symbol(name, real=True)
    gap = to_sympy(t.sub(given.left, given.right), real=True)
    factor = sp.simplify(sp.diff(gap, k))
    if factor == 0 or factor.has(k):
        return None
    sign = _sign(factor, x, request.domain)
    if not sign:
        return None
    other = sp.simplify(-gap.subs(k, 0) / factor)
    return t.Relation(given.op if sign > 0 else MIRRORED[given.op], symbol, from_sympy(other))


def _sign(value: sp.Expr, x: sp.Symbol, domain: t.Expr | None) -> int:
    """The one sign of a factor at some point of the domain; that it keeps it the check shows."""
    where = to_sympy(domain, real=True) if isinstance(domain, t.Interval) else sp.S.Reals
    ends = (where.inf + 1, where.sup - 1, (where.inf + where.sup) / 2)
    for at in (1, 2, sp.Rational(1, 2), -1, *ends):
        if where.contains(at) == sp.true:
            here = value.subs(x, at)
            return 1 if here.is_positive else -1 if here.is_negative else 0
    return 0


def _beyond(op: t.Comparison, values: t.Expr, *, some: bool) -> t.Expr | None:
    """What compares so with every value, or with one."""
    found = to_sympy(values, real=True)
    if not isinstance(found, sp.Set) or found is sp.S.EmptySet:
        return None
    below = op in (LE, LT)
    end = found.inf if below != some else found.sup
    if end in (sp.oo, -sp.oo):
        return t.Constant(t.ConstantName.REALS if some else t.ConstantName.EMPTY)
    taken = found.contains(end)
    if taken not in (sp.true, sp.false):
        return None
    left_out = op in (LT, GT) if taken == sp.true else some
    infinity, edge = t.Constant(t.ConstantName.INFINITY), from_sympy(end)
    if below:
        return t.Interval(t.Neg(infinity), edge, low_open=True, high_open=left_out)
    return t.Interval(edge, infinity, low_open=left_out, high_open=True)
