"""Domain, zeros, intercepts, parity, period, vertex and inverse of a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.equations.domains import conditions
from assistant.maths.types import Link, Request, Rule, Solution, Step, Task, Text

CONDITIONS = Rule(
    "function.conditions", "What must hold so that all is defined", "写出有意义的条件"
)
EVERYWHERE = Rule("function.everywhere", "Defined for every real number", "对任意实数都有意义")
TOGETHER = Rule("function.together", "What is left", "综合得定义域")
PUT_ZERO = Rule("function.zero", "Put the function equal to 0", "令函数值为 0")
AT_ZERO = Rule("function.at_zero", "Put x = 0", "令自变量为 0")
MIRROR = Rule("function.mirror", "Compare f(−x) with f(x)", "比较 f(−x) 与 f(x)")
FREQUENCY = Rule("function.period", "Period from the factor of x", "由自变量系数求周期")
VERTEX = Rule("function.vertex", "Vertex at −b/(2a)", "顶点横坐标为 −b/(2a)")
EXCHANGE = Rule("function.exchange", "Write y = f(x) and solve for x", "令 y = f(x)，解出 x")
RENAME = Rule("function.rename", "Exchange the names", "交换 x 与 y")
CALCULATE = Text("Calculate.", "计算。")
WORDS = {"even": "偶函数", "odd": "奇函数", "neither": "非奇非偶"}


def shape(request: Request) -> Draft | None:
    """The method for the topic, for an expression in one variable."""
    handler = TOPICS.get(request.topic)
    everywhere = (None, t.Constant(t.ConstantName.REALS))
    if handler is None or len(request.operands) != 1 or request.domain not in everywhere:
        return None
    expr = _body(request.operands[0])
    names = request.variables or t.symbols(expr)
    if not names:
        return None
    draft = handler(expr, names[0])
    if draft is None:
        return None
    return replace(
        draft, method=draft.method or request.topic, variables=(names[0],), curves=(expr,)
    )


def _body(expr: t.Expr) -> t.Expr:
    """The right side of ``y = f(x)``, or the expression itself."""
    match expr:
        case t.Relation(t.Comparison.EQ, t.Symbol() | t.Call(), right):
            return right
        case _:
            return expr


def solved(task: Task, name: str, *operands: t.Expr) -> Solution | None:
    """The checked solution of a part of the problem."""
    from assistant.maths.solving.engine import solve_request

    found = solve_request(Request(task=task, operands=operands, variables=(name,)))
    return found if isinstance(found, Solution) else None


def _domain(expr: t.Expr, name: str) -> Draft | None:
    needed = conditions(expr, name)
    if not needed:
        everything = t.Constant(t.ConstantName.REALS)
        why = Text("No part of {0} can be undefined.", "{0} 的各部分对任意实数都有意义。", (expr,))
        step = Step(rule=EVERYWHERE, why=why, before=expr, after=everything, link=Link.FORMULA)
        return Draft(answer=everything, steps=(step,))
    statement = needed[0] if len(needed) == 1 else t.Junction(t.Connective.AND, needed)
    why = Text(
        "No division by 0, no even root of a negative number, "
        "no logarithm of what is not positive.",
        "分母不为 0，偶次根号下非负，对数的真数为正。",
    )
    start = Step(rule=CONDITIONS, why=why, before=expr, after=statement, link=Link.FORMULA)
    excluded = [c for c in needed if c.op is t.Comparison.NE]
    kept = [c for c in needed if c.op is not t.Comparison.NE]
    values: sp.Set = sp.S.Reals
    steps = [start]
    for part in (*kept, *(t.equation(c.left, c.right) for c in excluded)):
        found = solved(Task.SOLVE, name, part)
        if found is None or found.answer.value is None:
            return None
        steps += found.steps
        if kept and len(needed) == 1:
            return Draft(answer=found.answer.value, steps=tuple(steps))
        try:
            solutions = to_sympy(found.answer.value)
        except NotConvertible:
            return None
        values = values & solutions if part in kept else values - solutions
    if len(needed) > 1 or excluded:
        together = from_sympy(values)
        told = Text("All conditions together.", "综合以上条件。")
        steps.append(
            Step(
                rule=TOGETHER,
                why=told,
                before=statement,
                after=together,
                link=Link.SOLUTION,
                variable=name,
            )
        )
    return Draft(answer=from_sympy(values), steps=tuple(steps))


def _zeros(expr: t.Expr, name: str) -> Draft | None:
    equation = t.equation(expr, t.integer(0))
    why = Text("The zeros solve this equation.", "零点是该方程的解。")
    start = Step(rule=PUT_ZERO, why=why, before=expr, after=equation, link=Link.FORMULA)
    found = solved(Task.SOLVE, name, equation)
    if found is None or found.answer.value is None:
        return None
    value = found.answer.value
    if isinstance(value, t.Truth):  # a constant: the line misses the axis, or is the axis
        value = t.Constant(t.ConstantName.REALS if value.value else t.ConstantName.EMPTY)
    return Draft(answer=value, steps=(start, *found.steps))


def _intercepts(expr: t.Expr, name: str) -> Draft | None:
    zeros = _zeros(expr, name)
    if zeros is None or not isinstance(zeros.answer, t.Collection | t.Constant):
        return None
    roots = zeros.answer.items if isinstance(zeros.answer, t.Collection) else ()
    zero = t.integer(0)
    points = [t.Collection(t.Bracket.TUPLE, (root, zero)) for root in roots]
    steps = list(zeros.steps)
    value = sp.simplify(to_sympy(expr, real=True).subs(sp.Symbol(name, real=True), 0))
    if value.is_real and value.is_finite:
        at_zero = t.substitute(expr, name, zero)
        after = from_sympy(value)
        why = Text("Where the graph meets the y-axis.", "图像与 y 轴的交点。")
        if at_zero != after:
            steps.append(Step(rule=AT_ZERO, why=why, before=at_zero, after=after))
        crossing = t.Collection(t.Bracket.TUPLE, (zero, after))
        if crossing not in points:
            points.append(crossing)
    answer: t.Expr = t.Collection(t.Bracket.SET, tuple(points))
    return Draft(answer=answer if points else t.Constant(t.ConstantName.EMPTY), steps=tuple(steps))


PARITIES = {
    "even": Text("an even function", "偶函数"),
    "odd": Text("an odd function", "奇函数"),
    "neither": Text("neither even nor odd", "既不是奇函数也不是偶函数"),
}


def _parity(expr: t.Expr, name: str) -> Draft | None:
    x = sp.Symbol(name, real=True)
    f = to_sympy(expr, real=True)
    mirrored = f.subs(x, -x)
    before = t.substitute(expr, name, t.Neg(t.Symbol(name)))
    for word, other in (("even", f), ("odd", -f)):
        if sp.simplify(mirrored - other) == 0:
            after = expr if word == "even" else t.Neg(expr)
            why = Text(
                "f(−x) = f(x)." if word == "even" else "f(−x) = −f(x).",
                "f(−x) = f(x)。" if word == "even" else "f(−x) = −f(x)。",
            )
            step = Step(rule=MIRROR, why=why, before=before, after=after)
            return Draft(answer=None, text=word, said=(PARITIES[word],), steps=(step,))
    for value in (sp.S.One, sp.S(2), sp.Rational(1, 2)):
        here, there = f.subs(x, value), mirrored.subs(x, value)
        if here.is_real and there.is_real and abs(sp.N(here**2 - there**2)) > sp.Float("1e-9"):
            why = Text(
                "At {0} the values are {1} and, mirrored, {2}.",
                "在 {0} 处函数值为 {1}，在其相反数处为 {2}。",
                (from_sympy(value), from_sympy(here), from_sympy(there)),
            )
            step = Step(rule=MIRROR, why=why, before=expr, after=before, link=Link.FORMULA)
            return Draft(answer=None, text="neither", said=(PARITIES["neither"],), steps=(step,))
    return None


def _period(expr: t.Expr, name: str) -> Draft | None:
    """``A·sin(B·x + C) + D`` and its like; sums of several frequencies are left alone."""
    x = sp.Symbol(name, real=True)
    waves = to_sympy(expr, real=True).as_independent(x, as_Add=True)[1]
    wave = waves.as_independent(x, as_Add=False)[1]
    lengths = {sp.sin: 2, sp.cos: 2, sp.sec: 2, sp.csc: 2, sp.tan: 1, sp.cot: 1}
    turns = lengths.get(wave.func)
    if turns is None:
        return None
    inner = wave.args[0]
    rate = sp.diff(inner, x)
    if rate.has(x) or rate == 0:
        return None
    line = t.Div(from_sympy(turns * sp.pi), t.Call("abs", (from_sympy(rate),)))
    trail = Trail(line)
    why = Text(
        "{0} repeats after {1}.",
        "{0} 的周期为 {1}。",
        (wave.func.__name__, from_sympy(turns * sp.pi)),
    )
    trail.to(from_sympy(turns * sp.pi / sp.Abs(rate)), FREQUENCY, why)
    return Draft(answer=trail.line, steps=tuple(trail.steps))


def _quadratic(expr: t.Expr, name: str) -> tuple[sp.Expr, sp.Expr, sp.Expr] | None:
    x = sp.Symbol(name, real=True)
    whole = sp.expand(to_sympy(expr, real=True))
    if not whole.is_polynomial(x) or sp.degree(whole, x) != 2:
        return None
    return whole.coeff(x, 2), whole.coeff(x, 1), whole.coeff(x, 0)


def _vertex(expr: t.Expr, name: str) -> Draft | None:
    parts = _quadratic(expr, name)
    if parts is None:
        return None
    a, b, c = parts
    across = Trail(t.Div(t.Neg(from_sympy(b)), t.mul(t.integer(2), from_sympy(a))))
    h = -b / (2 * a)
    across.to(from_sympy(h), VERTEX, Text("x = −b/(2a).", "x = −b/(2a)。"))
    up = Trail(t.substitute(expr, name, from_sympy(h)))
    k = sp.simplify(a * h**2 + b * h + c)
    up.to(from_sympy(k), AT_ZERO, Text("Put it into the function.", "代入函数。"))
    answer = t.Collection(t.Bracket.TUPLE, (from_sympy(h), from_sympy(k)))
    return Draft(answer=answer, steps=(*across.steps, *up.steps))


def _axis(expr: t.Expr, name: str) -> Draft | None:
    vertex = _vertex(expr, name)
    if vertex is None or not isinstance(vertex.answer, t.Collection):
        return None
    answer = t.equation(t.Symbol(name), vertex.answer.items[0])
    return Draft(answer=answer, steps=vertex.steps[:1])


def _inverse(expr: t.Expr, name: str) -> Draft | None:
    """Solve ``y = f(x)`` for x where that has one solution; then exchange the names."""
    value = "y" if name != "y" else "x"
    equation = t.equation(t.Symbol(value), expr)
    why = Text("The inverse undoes the function.", "反函数把函数值还原。")
    start = Step(rule=EXCHANGE, why=why, before=expr, after=equation, link=Link.FORMULA)
    x, y = sp.Symbol(name, real=True), sp.Symbol(value, real=True)
    found = _one_root(to_sympy(expr, real=True), x, y)
    if found is None:
        return None
    there = t.equation(t.Symbol(name), from_sympy(found))
    turn = Step(
        rule=EXCHANGE,
        why=Text("Solve for {0}.", "解出 {0}。", (name,)),
        before=equation,
        after=there,
        link=Link.FORMULA,
    )
    answer = from_sympy(found.subs(y, x))
    last = Step(
        rule=RENAME,
        why=Text("Write {0} for the variable again.", "自变量仍用 {0} 表示。", (name,)),
        before=there,
        after=answer,
        link=Link.FORMULA,
    )
    return Draft(
        answer=answer,
        steps=(start, turn, last),
        conditions=(
            Text("Its domain is the range of the given function.", "其定义域为原函数的值域。"),
            *_not_constant(to_sympy(expr, real=True), x),
        ),
    )


def _not_constant(f: sp.Expr, x: sp.Symbol) -> list[Text]:
    """For which letters the function is one at all: ``(a x + b)/(c x + d)`` is constant where
    a d = b c, which its slope tells."""
    top = sp.fraction(sp.factor(sp.together(sp.diff(f, x))))[0]
    bases = [factor.as_base_exp()[0] for factor in sp.Mul.make_args(top)]
    fixed = [b for b in bases if b.free_symbols and not b.has(x) and not b.is_nonzero]
    return [
        Text("for {0}", "当 {0} 时", (t.Relation(t.Comparison.NE, from_sympy(b), t.integer(0)),))
        for b in fixed
    ]


def _one_root(f: sp.Expr, x: sp.Symbol, y: sp.Symbol) -> sp.Expr | None:
    """The x with ``f(x) = y``, undoing one operation after the other; each must be one-to-one."""
    value: sp.Expr = y
    for _ in range(20):
        if f == x:
            return sp.simplify(value)
        rest, part = f.as_independent(x, as_Add=f.is_Add)
        if f.is_Add and rest != 0:
            f, value = part, value - rest
        elif f.is_Mul and rest != 1:
            f, value = part, value / rest
        elif isinstance(f, sp.exp):
            f, value = f.args[0], sp.log(value)
        elif isinstance(f, sp.log):
            f, value = f.args[0], sp.exp(value)
        elif (
            f.is_Pow
            and not f.exp.has(x)
            and f.exp.is_Rational
            and f.exp.p % 2
            and f.exp.is_positive
        ):
            n = f.exp
            odd_root = value ** (1 / n) if n.p == 1 else sp.sign(value) * sp.Abs(value) ** (1 / n)
            f, value = f.base, odd_root
        elif f.is_Pow and not f.base.has(x) and f.base.is_positive and f.base != 1:
            f, value = f.exp, sp.log(value) / sp.log(f.base)
        else:
            return _fractional(f, x, value)
    return None


def _fractional(f: sp.Expr, x: sp.Symbol, value: sp.Expr) -> sp.Expr | None:
    """``(a·x + b)/(c·x + d)``."""
    num, den = sp.fraction(sp.together(f))
    if not (num.is_polynomial(x) and den.is_polynomial(x)):
        return None
    if max(sp.degree(num, x), sp.degree(den, x)) != 1:
        return None
    a, b, c, d = num.coeff(x, 1), num.coeff(x, 0), den.coeff(x, 1), den.coeff(x, 0)
    if sp.simplify(a * d - b * c) == 0:
        return None
    return sp.simplify((d * value - b) / (a - c * value))


TOPICS: dict[str, Callable[[t.Expr, str], Draft | None]] = {
    topics.DOMAIN: _domain,
    topics.ZEROS: _zeros,
    topics.INTERCEPTS: _intercepts,
    topics.PARITY: _parity,
    topics.PERIOD: _period,
    topics.VERTEX: _vertex,
    topics.AXIS: _axis,
    topics.INVERSE_FUNCTION: _inverse,
}
