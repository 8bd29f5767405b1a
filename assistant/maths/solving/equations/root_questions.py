"""What can be told of the roots of an equation: discriminant, sum, product, how many."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.polynomial_form import is_polynomial
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.equations.solution_sets import has_decimals
from assistant.maths.types import Link, Request, Rule, Step, Task, Text

READ_OFF = Rule("roots.coefficients", "Read off the coefficients", "找出各项系数")
FORMULA = Rule("roots.discriminant", "Formula of the discriminant", "判别式公式")
VIETA = Rule("roots.vieta", "Vieta's formulas", "韦达定理（根与系数的关系）")
WORK_OUT = Rule("roots.work_out", "Work it out", "计算")
PUT = Rule("roots.put_in", "Put the solutions in", "代入各解")
COUNT = Rule("roots.count", "Count the solutions", "数出解的个数")
TWICE = Text(
    "A root is counted as often as it is one: a double root twice.",
    "重根按重数计算：二重根计两次。",
)
NOT_REAL = Text(
    "The roots are complex numbers here; over the reals there are none.",
    "此处的根为复数；在实数范围内无根。",
)
ONCE_EACH = Text("Each real solution is taken once.", "每个实数解取一次。")
ONCE = Text("Different real roots are counted.", "所求为不同实数根的个数。")


def _polynomial(request: Request, topic: str, least: int = 1) -> sp.Poly | None:
    """Left minus right side of the equation as a polynomial in its unknown."""
    if request.topic != topic or request.domain is not None or len(request.variables) != 1:
        return None
    match request.operands:
        case (t.Relation(t.Comparison.EQ, left, right) as equation,):
            if not is_polynomial(equation, request.variables[0]):
                return None
            try:
                poly = sp.Poly(to_sympy(t.sub(left, right)), sp.Symbol(request.variables[0]))
            except (NotConvertible, sp.PolynomialError):
                return None
            return poly if least <= poly.degree() <= 20 else None
    return None


def _standard(request: Request, poly: sp.Poly) -> tuple[t.Expr, list[t.Expr]]:
    """``a x^2 + b x + c = 0`` and its coefficients, the highest first."""
    x = t.Symbol(request.variables[0])
    numbers = [from_sympy(sp.nsimplify(c, rational=True)) for c in poly.all_coeffs()]
    parts: list[t.Expr] = []
    for n, number in zip(range(poly.degree(), -1, -1), numbers, strict=True):
        if number != t.integer(0):
            parts.append(_term(number, x, n))
    return t.equation(t.add(*parts), t.integer(0)), numbers


def _term(number: t.Expr, x: t.Expr, power: int) -> t.Expr:
    if isinstance(number, t.Neg):
        return t.Neg(_term(number.arg, x, power))
    raised = x if power == 1 else t.Pow(x, t.integer(power))
    if power == 0:
        return number
    return raised if number == t.integer(1) else t.mul(number, raised)


def _read_off(request: Request, standard: t.Expr, names: list[tuple[str, t.Expr]]) -> Step:
    equations = tuple(t.equation(t.Symbol(n), value) for n, value in names)
    return Step(
        rule=READ_OFF,
        why=Text("In the form {0} read the coefficients.", "化为 {0}，读出系数。", (standard,)),
        before=request.operands[0],
        after=t.Junction(t.Connective.AND, equations),
        link=Link.FORMULA,
    )


def discriminant(request: Request) -> Draft | None:
    """``b^2 - 4ac``."""
    poly = _polynomial(request, topics.DISCRIMINANT)
    if poly is None or poly.degree() != 2:
        return None
    standard, (a, b, c) = _standard(request, poly)
    line = t.sub(t.Pow(b, t.integer(2)), t.Mul((t.integer(4), a, c)))
    value = from_sympy(sp.expand(to_sympy(line)))
    trail = Trail(line)
    product = t.mul(t.integer(4), t.Symbol("a"), t.Symbol("c"))
    law = t.sub(t.Pow(t.Symbol("b"), t.integer(2)), product)
    trail.to(value, FORMULA, Text("The discriminant is {0}.", "判别式为 {0}。", (law,)))
    names = [("a", a), ("b", b), ("c", c)]
    return Draft(
        answer=value,
        steps=(_read_off(request, standard, names), *trail.steps),
        method="discriminant",
        notes=_kind_of_roots(poly),
    )


def _kind_of_roots(poly: sp.Poly) -> tuple[Text, ...]:
    value = poly.discriminant()
    if not value.is_number or not value.is_real:
        return ()
    if value > 0:
        return (Text("Positive: two different real roots.", "大于零：有两个不相等的实数根。"),)
    if value == 0:
        return (Text("Zero: one double real root.", "等于零：有两个相等的实数根。"),)
    return (Text("Negative: no real root.", "小于零：没有实数根。"),)


def vieta(request: Request) -> Draft | None:
    """The sum or product of all roots from the coefficients."""
    if request.topic not in (topics.ROOT_SUM, topics.ROOT_PRODUCT):
        return None
    poly = _polynomial(request, request.topic, 2)
    if poly is None:
        return None
    standard, numbers = _standard(request, poly)
    if request.topic == topics.ROOT_SUM:
        line: t.Expr = t.Neg(t.Div(numbers[1], numbers[0]))
        why = Text(
            "The sum of the roots is the opposite of the second coefficient over the first.",
            "各根之和等于次高次项系数的相反数除以最高次项系数。",
        )
    else:
        line = t.Div(numbers[-1], numbers[0])
        line = t.Neg(line) if poly.degree() % 2 else line
        why = Text(
            "The product of the roots is the last coefficient over the first, "
            "with the opposite sign where the degree is odd.",
            "各根之积等于常数项除以最高次项系数（次数为奇数时取相反数）。",
        )
    named = [("a", numbers[0]), ("b", numbers[1]), ("c", numbers[2])] if len(numbers) == 3 else []
    steps = [_read_off(request, standard, named)] if named else []
    value = from_sympy(sp.simplify(to_sympy(line)))
    steps.append(Step(rule=VIETA, why=why, before=standard, after=line, link=Link.FORMULA))
    trail = Trail(line)
    trail.to(value, WORK_OUT, Text("Work it out.", "计算。"))
    return Draft(
        answer=value, steps=(*steps, *trail.steps), method="vieta", notes=_multiplicity(poly)
    )


def _multiplicity(poly: sp.Poly) -> tuple[Text, ...]:
    if poly.free_symbols_in_domain:
        return (TWICE,)
    notes = () if poly.is_sqf else (TWICE,)
    real = sp.count_roots(poly.sqf_part()) if poly.domain in (sp.ZZ, sp.QQ) else None
    return (*notes, NOT_REAL) if real == 0 else notes


def over_solutions(request: Request) -> Draft | None:
    """The sum or product of the different real solutions of any other equation."""
    if request.topic not in (topics.ROOT_SUM, topics.ROOT_PRODUCT):
        return None
    if _polynomial(request, request.topic, 2) is not None:
        return None
    found = _solved(request)
    if found is None or found.answer is None:
        return None
    items = found.answer.items if isinstance(found.answer, t.Collection) else ()
    if not items or any(map(t.symbols, items)):
        return None
    if has_decimals(found.answer) and not has_decimals(request.operands[0]):
        return None  # rounded roots: their sum would look exact
    line = t.add(*items) if request.topic == topics.ROOT_SUM else t.Mul(items)
    put = Step(rule=PUT, why=Text("Put the solutions in.", "代入各解。"), before=found.answer,
               after=line, link=Link.FORMULA)  # fmt: skip
    trail = Trail(line)
    value = from_sympy(sp.nsimplify(sp.expand(to_sympy(line))))
    trail.to(value, WORK_OUT, Text("Work it out.", "计算。"))
    return Draft(answer=value, steps=(*found.steps, put, *trail.steps), method="solutions",
                 notes=(ONCE_EACH,))  # fmt: skip


def _solved(request: Request) -> Draft | None:
    from assistant.maths.solving.registry import methods

    asked = replace(request, task=Task.SOLVE, topic="")
    drafts = (method(asked) for method in methods(Task.SOLVE))
    return next((d for d in drafts if d is not None and d.answer is not None), None)


def count(request: Request) -> Draft | None:
    """How many different solutions there are: those of an exact solution are counted."""
    if request.topic != topics.ROOT_COUNT:
        return None
    found = _solved(request)
    if found is not None and found.answer is not None:
        number = _size(found.answer)
        if number is None:
            return None
        last = Step(
            rule=COUNT,
            why=Text("Count them.", "数一数。"),
            before=found.answer,
            after=t.integer(number),
            link=Link.FORMULA,
        )
        notes = () if request.domain is not None else (ONCE,)
        return Draft(
            answer=t.integer(number), steps=(*found.steps, last), method=found.method,
            variables=found.variables, notes=notes,
        )  # fmt: skip
    return None


def _size(members: t.Expr) -> int | None:
    match members:
        case t.Constant(t.ConstantName.EMPTY):
            return 0
        case t.Collection(t.Bracket.SET, items) if not any(map(t.symbols, items)):
            return len(items)
    return None
