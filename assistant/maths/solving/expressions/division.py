"""Division of polynomials, written out as on paper; partial fractions; completed squares."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.ordering import sort_factors
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.expressions.fractions import FACTOR
from assistant.maths.solving.expressions.shape import mul_all, normal
from assistant.maths.types import Link, Request, Rule, Step, Text

DIVIDE = Rule("division.long", "Divide the polynomials", "多项式除法")
DIVIDE_TERM = Rule("division.term", "Divide the leading terms and subtract", "首项相除，再相减")
ANSATZ = Rule("partial_fractions.form", "Write down the form", "设出部分分式")
CLEAR = Rule("partial_fractions.clear", "Multiply by the denominator", "去分母")
COVER_UP = Rule("partial_fractions.cover_up", "Put in a zero of the denominator", "代入分母的零点")
COMPARE = Rule("partial_fractions.compare", "Compare coefficients", "比较系数")
RESULT = Rule("partial_fractions.result", "Put the numbers in", "代入系数")
HALF = Rule("square.leading", "Take out the leading coefficient", "提出二次项系数")
ADD_SQUARE = Rule("square.add", "Add and subtract the square", "加上再减去一次项系数一半的平方")
SQUARE = Rule("square.complete", "Write as a square", "写成完全平方")

MAX_DEGREE = 12


def divide_steps(
    dividend: sp.Expr, divisor: sp.Expr, x: sp.Symbol
) -> tuple[sp.Expr, sp.Expr, tuple[Step, ...]]:
    """Quotient, remainder, and a line for each term: ``rest = term*divisor + new rest``."""
    quotient, rest, steps = sp.S.Zero, sp.expand(dividend), []
    lead = sp.LT(divisor, x)
    while rest != 0 and sp.degree(rest, x) >= sp.degree(divisor, x):
        top = sp.LT(rest, x)
        term = sp.cancel(top / lead)
        new = sp.expand(rest - term * divisor)
        why = Text(
            "{0} divided by {1} is {2}; subtract {2} times the divisor.",
            "{0} 除以 {1} 得 {2}，减去 {2} 乘除式。",
            tuple(map(from_sympy, (top, lead, term))),
        )
        after = t.add(
            _times(from_sympy(term), from_sympy(divisor)), *([] if new == 0 else [from_sympy(new)])
        )
        steps.append(Step(rule=DIVIDE_TERM, why=why, before=from_sympy(rest), after=after))
        quotient, rest = quotient + term, new
    return quotient, rest, tuple(steps)


def _times(factor: t.Expr, bracket: t.Expr) -> t.Expr:
    if isinstance(factor, t.Neg):
        return t.Neg(mul_all([factor.arg, bracket]))
    return mul_all([factor, bracket])


def divide_polynomials(request: Request) -> Draft | None:
    """Quotient or remainder of two polynomials in one letter."""
    if request.topic not in (topics.QUOTIENT, topics.REMAINDER) or len(request.operands) != 2:
        return None
    names = tuple(dict.fromkeys(n for o in request.operands for n in t.symbols(o)))
    if len(names) != 1:
        return None
    x = sp.Symbol(names[0])
    try:
        top, bottom = (sp.expand(to_sympy(o)) for o in request.operands)
    except NotConvertible:
        return None
    if not _divisible(top, bottom, x):
        return None
    quotient, rest, steps = divide_steps(top, bottom, x)
    after = t.add(
        _times(from_sympy(quotient), from_sympy(bottom)), *([] if rest == 0 else [from_sympy(rest)])
    )
    shown = Text(
        "quotient {0}, remainder {1}",
        "商为 {0}，余式为 {1}",
        (from_sympy(quotient), from_sympy(rest)),
    )
    whole = Step(
        rule=DIVIDE, why=shown, before=request.operands[0], after=normal(after), substeps=steps
    )
    answer = quotient if request.topic == topics.QUOTIENT else rest
    return Draft(answer=from_sympy(answer), steps=(whole,), method="long division", notes=(shown,))


def divided_out(expr: t.Expr) -> Draft | None:
    """``x^3/(x - 1)`` that does not cancel: the whole part and the rest over the divisor."""
    match expr:
        case t.Div(top_tree, bottom_tree) if len(names := t.symbols(expr)) == 1:
            x = sp.Symbol(names[0])
        case _:
            return None
    try:
        top, bottom = sp.expand(to_sympy(top_tree)), sp.expand(to_sympy(bottom_tree))
    except NotConvertible:
        return None
    if not _divisible(top, bottom, x) or sp.degree(top, x) <= sp.degree(bottom, x):
        return None
    if not isinstance(bottom_tree, t.Add) or not isinstance(top_tree, t.Add):
        return None
    quotient, rest, steps = divide_steps(top, bottom, x)
    left = [] if rest == 0 else [_fraction(rest, from_sympy(bottom))]
    after = t.add(from_sympy(quotient), *left)
    why = Text(
        "The numerator's degree is higher: divide. The remainder is {0}.",
        "分子次数较高，作除法，余式为 {0}。",
        (from_sympy(rest),),
    )
    step = Step(rule=DIVIDE, why=why, before=expr, after=after, substeps=steps)
    text = Text(
        "valid for {0}", "其中 {0}", (t.Relation(t.Comparison.NE, bottom_tree, t.integer(0)),)
    )
    conditions = () if left else (text,)
    return Draft(answer=after, steps=(step,), method="long division", conditions=conditions)


def _divisible(top: sp.Expr, bottom: sp.Expr, x: sp.Symbol) -> bool:
    if not top.is_polynomial(x) or not bottom.is_polynomial(x) or not bottom.has(x):
        return False
    return bool(sp.degree(top, x) <= 60)


def partial_fractions(request: Request) -> Draft | None:
    """``(3x + 5)/(x^2 - 1) = 4/(x - 1) - 1/(x + 1)``."""
    if request.topic != topics.PARTIAL_FRACTIONS or len(request.operands) != 1:
        return None
    expr = request.operands[0]
    names = t.symbols(expr)
    if len(names) != 1:
        return None
    x = sp.Symbol(names[0])
    try:
        value = sp.cancel(to_sympy(expr))
    except NotConvertible:
        return None
    top, bottom = sp.fraction(value)
    if not _divisible(top, bottom, x) or sp.degree(bottom, x) > MAX_DEGREE:
        return None
    trail = Trail(expr)
    whole, rest, long = divide_steps(top, bottom, x)
    if whole != 0 and rest != 0:
        after = t.add(from_sympy(whole), _fraction(rest, from_sympy(bottom)))
        why = Text(
            "The numerator's degree is too high: divide first.", "分子次数不低于分母，先作除法。"
        )
        trail.to(after, DIVIDE, why, substeps=long)
    parts = _parts(rest, bottom, x)
    factored = _product(bottom)
    start = [] if whole == 0 else [from_sympy(whole)]
    if rest == 0:
        trail.to(
            from_sympy(whole),
            DIVIDE,
            Text("It divides without remainder.", "恰好整除。"),
            substeps=long,
        )
        return Draft(answer=trail.line, steps=tuple(trail.steps), method="partial fractions")
    if factored != from_sympy(bottom):
        trail.to(
            t.add(*start, _fraction(rest, factored)),
            FACTOR,
            Text("Factor the denominator.", "分母因式分解。"),
        )
    result = t.add(*start, *[_fraction(n, d) for n, d, _ in parts])
    if len(parts) > 1:
        why = Text("Find the numerators.", "求出各分子。")
        trail.to(result, RESULT, why, substeps=_finding(rest, bottom, parts, x))
    return Draft(answer=trail.line, steps=tuple(trail.steps), method="partial fractions")


Part = tuple[sp.Expr, t.Expr, sp.Expr]
"""Numerator, denominator as written, denominator."""


def _parts(rest: sp.Expr, bottom: sp.Expr, x: sp.Symbol) -> list[Part]:
    """The partial fractions, their numbers' denominators moved below."""
    found = []
    for term in sp.Add.make_args(sp.apart(rest / bottom, x)):
        top, below = sp.fraction(sp.together(term))
        number, factors = sp.factor_list(below, x)
        if len(factors) != 1:
            return [(rest, _product(bottom), bottom)]
        base, power = factors[0]
        shown = from_sympy(base) if power == 1 else t.Pow(from_sympy(base), t.integer(int(power)))
        found.append((sp.expand(top / number), shown, sp.expand(base**power)))
    return sorted(found, key=lambda part: isinstance(_fraction(*part[:2]), t.Neg))


def _fraction(top: sp.Expr, below: t.Expr) -> t.Expr:
    """``top/below``, a common denominator of the numerator joined to what is below."""
    number = sp.ilcm(
        1, *[c.q for c in sp.Poly(top, *(top.free_symbols or {sp.Symbol("x")})).coeffs()]
    )
    above = from_sympy(sp.expand(top * number))
    bottom = mul_all([t.integer(int(number)), below]) if number != 1 else below
    return t.Neg(t.Div(above.arg, bottom)) if isinstance(above, t.Neg) else t.Div(above, bottom)


def _product(value: sp.Expr) -> t.Expr:
    number, factors = sp.factor_list(value)
    shown = [
        t.Pow(from_sympy(f), t.integer(int(n))) if n > 1 else from_sympy(f) for f, n in factors
    ]
    return _times(from_sympy(number), mul_all(sort_factors(shown)))


def _finding(rest: sp.Expr, bottom: sp.Expr, parts: list[Part], x: sp.Symbol) -> tuple[Step, ...]:
    """Form, cleared of denominators, and how each unknown was found."""
    letters = iter("ABCDEFGHJKLMNPQR")
    unknown: list[tuple[sp.Expr, sp.Expr, Part]] = []
    for part in parts:
        factor = sp.factor_list(part[2], x)[1][0][0]
        names = [sp.Symbol(next(letters)) for _ in range(int(sp.degree(factor, x)))]
        form = sum(n * x**k for k, n in enumerate(reversed(names)))
        unknown.append((form, sp.cancel(bottom / part[2]), part))
    whole = _fraction(rest, _product(bottom))
    form = t.equation(whole, t.add(*[t.Div(from_sympy(f), p[1]) for f, _, p in unknown]))
    cleared = t.equation(from_sympy(rest), t.add(*[_bracketed(f, c) for f, c, _ in unknown]))
    why = Text(
        "One fraction for each factor, with unknown numerators.", "每个因式对应一个分式，分子待定。"
    )
    steps = [Step(rule=ANSATZ, why=why, before=whole, after=form, link=Link.FORMULA)]
    why = Text("Multiply both sides by the denominator.", "两边同乘分母。")
    steps.append(Step(rule=CLEAR, why=why, before=form, after=cleared, link=Link.FORMULA))
    return (*steps, *_values(cleared, unknown, x))


def _bracketed(form: sp.Expr, cofactor: sp.Expr) -> t.Expr:
    return mul_all([from_sympy(form), _product(cofactor)])


def _values(
    cleared: t.Expr, unknown: list[tuple[sp.Expr, sp.Expr, Part]], x: sp.Symbol
) -> list[Step]:
    steps = []
    for form, cofactor, (numerator, _, bottom) in unknown:
        zero = sp.roots(bottom, x) if form.is_Symbol else {}
        value = from_sympy(numerator)
        if form.is_Symbol:
            point = next(iter(zero))
            alone = _stands_alone(cofactor, point, x)
            why = (
                Text(
                    "{0} = {1} leaves only {2}.",
                    "令 {0} = {1}，只剩下 {2}。",
                    (from_sympy(x), from_sympy(point), from_sympy(form)),
                )
                if alone
                else Text(
                    "Compare the coefficients of {0}.", "比较 {0} 的各次系数。", (from_sympy(x),)
                )
            )
            steps.append(
                Step(
                    rule=COVER_UP if alone else COMPARE,
                    why=why,
                    before=cleared,
                    after=t.equation(from_sympy(form), value),
                    link=Link.FORMULA,
                )
            )
            continue
        why = Text(
            "Compare the coefficients of the powers of {0}.",
            "比较 {0} 的各次系数。",
            (from_sympy(x),),
        )
        steps.append(
            Step(
                rule=COMPARE,
                why=why,
                before=cleared,
                after=t.equation(from_sympy(form), value),
                link=Link.FORMULA,
            )
        )
    return steps


def _stands_alone(cofactor: sp.Expr, point: sp.Expr, x: sp.Symbol) -> bool:
    """Whether putting in the zero leaves this unknown alone: no other term keeps its factor."""
    return bool(cofactor.subs(x, point) != 0)


def complete_square(request: Request) -> Draft | None:
    """``2x^2 - 8x + 5 = 2(x - 2)^2 - 3``."""
    if request.topic != topics.COMPLETE_SQUARE or len(request.operands) != 1:
        return None
    expr = request.operands[0]
    names = t.symbols(expr)
    try:
        value = sp.expand(to_sympy(expr))
    except NotConvertible:
        return None
    x = next(
        (
            sp.Symbol(n)
            for n in names
            if value.is_polynomial(sp.Symbol(n)) and sp.degree(value, sp.Symbol(n)) == 2
        ),
        None,
    )
    if x is None:
        return None
    a, b, c = (value.coeff(x, n) for n in (2, 1, 0))
    if not all(k.is_Rational for k in (a, b)):
        return None
    half = b / (2 * a)
    base, square = from_sympy(x + half), from_sympy(half**2)
    trail = Trail(expr)
    if a != 1 and b != 0:
        inner = t.add(from_sympy(x**2), from_sympy(b / a * x))
        why = Text("Take {0} out of the first two terms.", "前两项提出 {0}。", (from_sympy(a),))
        trail.to(_with_constant(_times(from_sympy(a), inner), c), HALF, why)
    if b != 0:
        inner = t.add(from_sympy(x**2), from_sympy(b / a * x), square, t.Neg(square))
        why = Text(
            "Half of {0} is {1}; its square is {2}.",
            "{0} 的一半是 {1}，平方为 {2}。",
            tuple(map(from_sympy, (b / a, half, half**2))),
        )
        trail.to(_with_constant(_times(from_sympy(a), inner), c), ADD_SQUARE, why)
        inner = t.sub(t.Pow(base, t.integer(2)), square)
        why = Text("The first three terms are the square of {0}.", "前三项是 {0} 的平方。", (base,))
        trail.to(_with_constant(_times(from_sympy(a), inner), c), SQUARE, why)
    done = _with_constant(_times(from_sympy(a), t.Pow(base, t.integer(2))), c - a * half**2)
    trail.to(done, SQUARE, Text("Collect the numbers.", "合并常数项。"))
    return Draft(answer=done, steps=tuple(trail.steps), method="complete the square")


def _with_constant(line: t.Expr, constant: sp.Expr) -> t.Expr:
    return line if constant == 0 else t.add(line, from_sympy(constant))
