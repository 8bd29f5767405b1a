"""The formula of the n-th term of a recurrence, by the ways a school teaches.

``a(n+1) = a(n) + f(n)`` is added up, ``a(n+1) = f(n)·a(n)`` multiplied up; with ``p·a(n)``
both sides are divided by ``p^(n+1)`` first; ``a(n+1) = A·a(n)/(B·a(n) + C)`` is linear for the
reciprocals; with two terms before it the characteristic equation helps.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.sequences.linear_forms import CLOSED, linear_form, named
from assistant.maths.types import Link, Rule, Step, Text

ADD_UP = Rule("recurrence.add_up", "Add up the differences", "累加法")
MULTIPLY_UP = Rule("recurrence.multiply_up", "Multiply up the quotients", "累乘法")
DIVIDE = Rule("recurrence.divide", "Divide by the power", "同除以幂")
RECIPROCAL = Rule("recurrence.reciprocal", "Take reciprocals", "取倒数")
CHARACTERISTIC = Rule(
    "recurrence.characteristic", "Solve the characteristic equation", "解特征方程"
)
CONSTANTS = Rule("recurrence.constants", "Fit the first terms", "由前几项求系数")
WRITE = Text("Write it out.", "整理。")
N, K = sp.Symbol("n"), sp.Symbol("k")
BEFORE, EARLIER = sp.Symbol("p0"), sp.Symbol("p1")
MAX_INDEX = 60
"""Up to here the places are tried at which a formula might have no value."""


def closed_form(rule: t.Expr, first: Sequence[t.Expr], letter: str) -> Draft | None:
    """By whichever way fits; the rule is written in p0, p1 and n (the index of p0)."""
    try:
        return _closed(sp.together(to_sympy(rule)), [to_sympy(v) for v in first], letter)
    except NotConvertible:
        return None


def _closed(body: sp.Expr, begin: list[sp.Expr], letter: str) -> Draft | None:
    if len(begin) == 2:
        return _two_before(sp.expand(body), begin, letter)
    num, den = (sp.expand(part) for part in sp.fraction(body))
    if len(begin) != 1 or not num.is_polynomial(BEFORE):
        return None
    if den.has(BEFORE):
        return _reciprocals((num, den), begin[0], letter)
    linear = sp.Poly(sp.expand(body), BEFORE)
    if linear.degree() != 1:
        return None
    factor, rest = (sp.simplify(c) for c in linear.all_coeffs())
    if factor.has(N):
        return _multiplied(factor, begin[0], letter) if rest == 0 else None
    return (
        _added(rest, begin[0], letter)
        if factor == 1
        else _divided((factor, rest), begin[0], letter)
    )


def _summed(difference: sp.Expr) -> sp.Expr | None:
    """The sum over k from 1 to n - 1 in closed form."""
    found = sp.summation(sp.expand(difference.subs(N, K)), (K, 1, N - 1))
    found = sp.expand(sp.simplify(found))
    return None if found.has(sp.Sum, sp.Piecewise, sp.harmonic, sp.polygamma) else found


def _added(difference: sp.Expr, start: sp.Expr, letter: str) -> Draft | None:
    total = _summed(difference)
    if total is None:
        return None
    shown = t.equation(t.sub(named(letter, "{n+1}"), named(letter, "n")), from_sympy(difference))
    line = t.add(from_sympy(start), _over("sum", from_sympy(difference)))
    step = _line(ADD_UP, shown, named(letter, "n"), line)
    return _finished([step], line, _neat(start + total), "adding up")


def _over(which: str, body: t.Expr) -> t.Expr:
    """The sum or product of an expression in n over all places before the n-th."""
    k, last = t.Symbol("k"), t.sub(t.Symbol("n"), t.integer(1))
    return t.Call(which, (t.substitute(body, "n", k), k, t.integer(1), last))


def _line(rule: Rule, before: t.Expr, term: t.Expr, value: t.Expr) -> Step:
    why = Text(
        "Write this for 1, 2, …, n − 1 and join the lines.", "对 1, 2, …, n − 1 各写一式，再合并。"
    )
    whole = t.equation(term, value)
    return Step(rule=rule, why=why, before=before, after=whole, link=Link.FORMULA)


def _multiplied(factor: sp.Expr, start: sp.Expr, letter: str) -> Draft | None:
    total = sp.combsimp(sp.product(factor.subs(N, K), (K, 1, N - 1)))
    total = sp.simplify(sp.gammasimp(total).rewrite(sp.factorial))
    if total.has(sp.Product, sp.RisingFactorial, sp.gamma):
        return None
    shown = t.equation(t.Div(named(letter, "{n+1}"), named(letter, "n")), from_sympy(factor))
    product = _over("product", from_sympy(factor))
    line = product if start == 1 else t.mul(from_sympy(start), product)
    step = _line(MULTIPLY_UP, shown, named(letter, "n"), line)
    return _finished([step], line, sp.simplify(start * total), "multiplying up")


def _divided(parts: tuple[sp.Expr, sp.Expr], start: sp.Expr, letter: str) -> Draft | None:
    """``a(n+1) = p·a(n) + f(n)``: a(n)/p^n is added up."""
    factor, rest = parts
    total = _summed(sp.powsimp(rest / factor ** (N + 1)))
    if total is None:
        return None
    name = "b" if letter != "b" else "c"
    power = t.Pow(from_sympy(factor), t.Symbol("n"))
    choice = t.equation(named(name, "n"), t.Div(named(letter, "n"), power))
    step = t.Div(from_sympy(rest), t.Pow(from_sympy(factor), t.add(t.Symbol("n"), t.integer(1))))
    shown = t.equation(t.sub(named(name, "{n+1}"), named(name, "n")), step)
    why = Text("With {0} only a sum is left.", "令 {0}，化为求和。", (choice,))
    right = t.add(t.mul(from_sympy(factor), named(letter, "n")), from_sympy(rest))
    general = t.equation(named(letter, "{n+1}"), right)
    steps = [Step(rule=DIVIDE, why=why, before=general, after=shown, link=Link.FORMULA)]
    line = t.mul(power, t.add(t.Div(from_sympy(start), from_sympy(factor)), _over("sum", step)))
    answer = _neat(sp.expand(factor**N * (start / factor + total)))
    steps.append(_line(ADD_UP, shown, named(letter, "n"), line))
    return _finished(steps, line, answer, "dividing by the power")


def _reciprocals(parts: tuple[sp.Expr, sp.Expr], start: sp.Expr, letter: str) -> Draft | None:
    """``A·a/(B·a + C)``: 1/a(n+1) = (C/A)·1/a(n) + B/A."""
    num, den = parts
    above, below = sp.Poly(num, BEFORE), sp.Poly(den, BEFORE)
    if above.degree() != 1 or below.degree() != 1 or start == 0:
        return None
    scale, none = above.all_coeffs()
    slope, constant = below.all_coeffs()
    if none != 0 or any(c.has(N) for c in (scale, slope, constant)) or constant == 0:
        return None
    name = "b" if letter != "b" else "c"
    rule = from_sympy(sp.expand(constant / scale * BEFORE + slope / scale))
    inner = linear_form(rule, [from_sympy(1 / start)], name)
    if inner is None or inner.answer is None:
        return None
    choice = t.equation(named(name, "n"), t.Div(t.integer(1), named(letter, "n")))
    general = t.equation(
        named(letter, "{n+1}"), t.substitute(from_sympy(num / den), "p0", named(letter, "n"))
    )
    shown = t.equation(named(name, "{n+1}"), t.substitute(rule, "p0", named(name, "n")))
    why = Text("With {0} the recurrence is linear.", "令 {0}，化为线性递推。", (choice,))
    first = Step(rule=RECIPROCAL, why=why, before=general, after=shown, link=Link.FORMULA)
    line = t.Div(t.integer(1), inner.answer)
    answer = sp.simplify(1 / to_sympy(inner.answer))
    return _finished([first, *inner.steps], line, answer, "reciprocals")


def _two_before(body: sp.Expr, begin: list[sp.Expr], letter: str) -> Draft | None:
    """``a(n+2) = p·a(n+1) + q·a(n)``."""
    p, q = body.coeff(BEFORE), body.coeff(EARLIER)
    if (
        sp.expand(body - p * BEFORE - q * EARLIER) != 0
        or q == 0
        or not (p.is_Rational and q.is_Rational)
    ):
        return None
    if p**2 + 4 * q < 0:
        return None
    x = t.Symbol("x")
    equation = t.equation(t.Pow(x, t.integer(2)), from_sympy(p * sp.Symbol("x") + q))
    roots = sorted({(p - sp.sqrt(p**2 + 4 * q)) / 2, (p + sp.sqrt(p**2 + 4 * q)) / 2}, key=sp.N)
    found = t.Collection(t.Bracket.SET, tuple(map(from_sympy, roots)))
    why = Text(
        "Powers x^n obey the recurrence exactly if x solves this.",
        "x^n 满足递推式，当且仅当 x 是此方程的根。",
    )
    steps = [
        Step(
            rule=CHARACTERISTIC,
            why=why,
            before=equation,
            after=found,
            link=Link.SOLUTION,
            variable="x",
        )
    ]
    a, b = sp.symbols("A B")
    general = (
        a * roots[0] ** N + b * roots[1] ** N if len(roots) == 2 else (a + b * N) * roots[0] ** N
    )
    conditions = [general.subs(N, k) - value for k, value in enumerate(begin, start=1)]
    values = {name: sp.radsimp(sp.simplify(v)) for name, v in sp.solve(conditions, [a, b]).items()}
    shown = [
        t.equation(from_sympy(general.subs(N, k)), from_sympy(v))
        for k, v in enumerate(begin, start=1)
    ]
    fitted = t.Collection(
        t.Bracket.SET,
        (t.Collection(t.Bracket.TUPLE, tuple(from_sympy(values[c]) for c in (a, b))),),
    )
    told = Text("So {0}, and the first terms fix A and B.", "所以 {0}，由前两项求 A、B。",
                (t.equation(named(letter, "n"), from_sympy(general)),))  # fmt: skip
    steps.append(Step(rule=CONSTANTS, why=told, before=t.Junction(t.Connective.AND, tuple(shown)),
                      after=fitted, link=Link.SOLUTION, variable="A,B"))  # fmt: skip
    answer = general.subs(values)
    whole = all(r.is_Rational for r in roots)
    method = "characteristic equation"
    return _finished(steps, from_sympy(answer), _neat(answer) if whole else answer, method)


def _neat(value: sp.Expr) -> sp.Expr:
    return sp.powsimp(sp.expand(value))


def _finished(steps: list[Step], line: t.Expr, answer: sp.Expr, method: str) -> Draft | None:
    """The last line; ``None`` for a formula that has no value somewhere."""
    if not defined_everywhere(answer):
        return None
    value = from_sympy(answer)
    if value != line:
        steps = [*steps, Step(rule=CLOSED, why=WRITE, before=line, after=value)]
    return Draft(answer=value, steps=tuple(steps), method=method)


def defined_everywhere(answer: sp.Expr) -> bool:
    """Whether surely no denominator is zero at a whole number from 1 on: it is a polynomial,
    or ``c·p^n + d``, which is zero at one place at most."""
    den = sp.expand(sp.powsimp(sp.denom(sp.together(answer))))
    if not den.has(N):
        return bool(den != 0)
    if den.is_polynomial(N):
        poly = sp.Poly(den, N)
        rational = all(c.is_Rational for c in poly.all_coeffs())
        return rational and not any(r.is_Integer and r > 0 for r in poly.ground_roots())
    rest, power = den.as_independent(N)
    scale, power = power.as_independent(N, as_Add=False)
    base = sp.powsimp(power).subs(N, 1)
    if not (sp.simplify(power - base**N) == 0 and base.is_Rational and scale.is_Rational):
        return False
    if base <= 0 or base == 1 or not rest.is_Rational:
        return False
    zero, far = -rest / scale, base**MAX_INDEX
    if zero <= 0:
        return True
    beyond = far > zero if base > 1 else far < zero
    return bool(beyond) and all(base**k != zero for k in range(1, MAX_INDEX))
