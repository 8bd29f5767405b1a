"""The range of a function: from the inside outwards.

The innermost part that holds the variable (``x``, ``sin x``, ``2^x``, ``sqrt(x + 1)``) takes
a known set of values.  What is built on it is a quadratic (completed square), a fraction or
another function with known monotone pieces, and what stands around that is monotone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.functions.images import image
from assistant.maths.solving.functions.shape import solved
from assistant.maths.types import Link, Proved, Request, Rule, Step, Task, Text

INSIDE = Rule("range.inside", "Values of the inner part", "先求内层的取值范围")
SQUARE = Rule("range.complete_square", "Complete the square", "配方")
SQUARE_WHY = Text("A square is never negative.", "平方不小于 0。")
SUBSTITUTE = Rule("range.substitute", "Substitute for the inner part", "换元")
AUXILIARY = Rule("range.auxiliary_angle", "Write as one wave", "辅助角公式")
DERIVE = Rule("range.derivative", "Where the derivative is 0", "求导数的零点")
PIECES = Rule("range.pieces", "Values on the monotone pieces", "由各单调区间求取值范围")
OUTSIDE = Rule("range.outside", "Apply the outer function", "由外层函数的单调性")
POSITIVE = sp.Interval.open(0, sp.oo)
NOT_NEGATIVE = sp.Interval(0, sp.oo)
WAVE = sp.Interval(-1, 1)


@dataclass
class Image:
    """The variable with the set it moves in, and the steps so far."""

    x: sp.Symbol
    domain: sp.Set
    steps: list[Step] = field(default_factory=list)

    def say(self, rule: Rule, why: Text, before: sp.Basic, after: sp.Basic) -> None:
        """A line that the final answer's check covers."""
        self.steps.append(
            Step(rule=rule, why=why, before=from_sympy(before), after=from_sympy(after),
                 link=Link.FORMULA)
        )  # fmt: skip


def value_range(request: Request) -> Draft | None:
    """All values of a function of one variable, on its domain or on ``Request.domain``."""
    if request.topic != topics.RANGE or len(request.operands) != 1:
        return None
    expr = request.operands[0]
    expr = expr.right if isinstance(expr, t.Relation) else expr
    names = request.variables or t.symbols(expr)
    if len(names) != 1 or set(t.symbols(expr)) - set(names):
        return None
    found = domain_set(expr, names[0], request.domain)
    if found is None:
        return None
    shape = Image(sp.Symbol(names[0], real=True), found)
    values = _image(to_sympy(expr, real=True), shape)
    if values is None or values is sp.S.EmptySet:
        return None
    answer = from_sympy(values)
    if values in (sp.S.Reals, sp.Interval(-sp.oo, sp.oo)):
        answer = t.Constant(t.ConstantName.REALS)
    return Draft(
        answer=answer, steps=tuple(shape.steps), method="range", variables=(names[0],),
        curves=(expr,),
    )  # fmt: skip


def domain_set(expr: t.Expr, name: str, given: t.Expr | None) -> sp.Set | None:
    """Where a function has values, within what is given; ``None`` where that is not known."""
    from assistant.maths.solving.engine import solve_request

    asked = Request(task=Task.FUNCTION, topic=topics.DOMAIN, operands=(expr,), variables=(name,))
    found = solve_request(asked)
    verdict = getattr(found, "verdict", None)
    if not isinstance(verdict, Proved):
        return sp.S.Reals & to_sympy(given) if given is not None and _whole(expr) else None
    values: sp.Set = to_sympy(found.answer.value)  # type: ignore[union-attr, arg-type]
    return values if given is None else values & to_sympy(given)


def _whole(expr: t.Expr) -> bool:
    return not any(isinstance(n, t.Div | t.Call) for n in t.walk(expr))


def _image(f: sp.Expr, shape: Image) -> sp.Set | None:
    """Outer operations first, each monotone; what is left is the core."""
    x = shape.x
    core = _core(f, shape)
    if core is not None:
        return core
    inner, outer = _peeled(f, x)
    if inner is None or outer is None:
        return _by_derivative(f, shape)
    values = _image(inner, shape)
    if values is None:
        return None
    u = sp.Dummy("u", real=True)
    whole = outer.subs(x, u)
    clip = _defined(outer, x)
    result = image(whole, u, values & clip, _turns(outer))
    if result is not None:
        why = Text("{0} takes the values {1}.", "{0} 的取值范围为 {1}。",
                   (from_sympy(inner), from_sympy(values & clip)))  # fmt: skip
        shape.say(OUTSIDE, why, f, result)
    return result


def _peeled(f: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr | None, sp.Expr | None]:
    """The inner function and the outer one, written in the same letter."""
    rest, part = f.as_independent(x, as_Add=f.is_Add)
    if f.is_Add and rest != 0:
        return part, x + rest
    if f.is_Mul and rest != 1:
        return part, x * rest
    if isinstance(f, sp.exp | sp.log | sp.Abs | sp.atan):
        return f.args[0], f.func(x)
    if f.is_Pow and not f.exp.has(x) and f.exp.is_Rational:
        return f.base, x**f.exp
    if f.is_Pow and not f.base.has(x) and f.base.is_positive:
        return f.exp, f.base**x
    return None, None


def _turns(outer: sp.Expr) -> tuple[sp.Expr, ...]:
    even = outer.is_Pow and outer.exp.is_Rational and outer.exp.p % 2 == 0
    negative = outer.is_Pow and outer.exp.is_Rational and outer.exp < 0
    return (sp.S.Zero,) if even or negative or isinstance(outer, sp.Abs) else ()


def _defined(outer: sp.Expr, x: sp.Symbol) -> sp.Set:
    if isinstance(outer, sp.log):
        return POSITIVE
    if outer.is_Pow and outer.base == x and outer.exp.is_Rational:
        whole: sp.Set = NOT_NEGATIVE if outer.exp.q % 2 == 0 else sp.S.Reals
        return whole - sp.FiniteSet(0) if outer.exp < 0 else whole
    return sp.S.Reals


# the core --------------------------------------------------------------------------------


def _core(f: sp.Expr, shape: Image) -> sp.Set | None:
    x = shape.x
    if f == x:
        return shape.domain
    if f.is_rational_function(x):
        return _rational(f, x, shape.domain, shape)
    wave = _one_wave(f, shape)
    if wave is not None:
        return wave
    u = sp.Symbol("u" if x.name != "u" else "v", real=True)
    for kernel, written, values in _kernels(f, shape, u):
        if written.has(x) or not written.is_rational_function(u):
            continue
        if written == u:
            shape.say(INSIDE, Text("All its values.", "其取值范围。"), kernel, values)
            return values
        why = Text("Put {0} = {1}.", "令 {0} = {1}。", (from_sympy(u), from_sympy(kernel)))
        shape.say(SUBSTITUTE, why, f, written)
        shape.say(INSIDE, Text("The values of {0}.", "{0} 的取值范围。", (from_sympy(u),)),
                  kernel, values)  # fmt: skip
        return _rational(written, u, values, shape)
    return None


def _one_wave(f: sp.Expr, shape: Image) -> sp.Set | None:
    """``a sin(kx) + b cos(kx) = sqrt(a² + b²) sin(kx + φ)`` over all real x."""
    x = shape.x
    a, b, c = (sp.Wild(n, exclude=[x]) for n in "abc")
    waves = [w for w in f.atoms(sp.sin, sp.cos) if w.has(x)]
    angles = {w.args[0] for w in waves}
    if shape.domain != sp.S.Reals or len(waves) != 2 or len(angles) != 1:
        return None
    angle = angles.pop()
    found = f.match(a * sp.sin(angle) + b * sp.cos(angle) + c)
    if not found or not _linear(angle, x) or found[a] == 0 or found[b] == 0:
        return None
    size = sp.sqrt(found[a] ** 2 + found[b] ** 2)
    why = Text(
        "a·sin + b·cos has the amplitude √(a² + b²) = {0}.",
        "a·sin + b·cos 的最大值为 √(a² + b²) = {0}。",
        (from_sympy(size),),
    )
    values = sp.Interval(found[c] - size, found[c] + size)
    shape.say(AUXILIARY, why, f, values)
    return values


def _linear(f: sp.Expr, x: sp.Symbol) -> bool:
    rate = sp.diff(f, x)
    return bool(rate != 0 and not rate.has(x))


def _kernels(f: sp.Expr, shape: Image, u: sp.Symbol) -> list[tuple[sp.Expr, sp.Expr, sp.Set]]:
    """Inner parts, ``f`` written in them, and the values they take."""
    x, found = shape.x, []
    everywhere = shape.domain == sp.S.Reals
    for node in sorted(f.atoms(sp.Function, sp.Pow), key=sp.count_ops):
        if not node.has(x):
            continue
        if isinstance(node, sp.sin | sp.cos) and everywhere and _linear(node.args[0], x):
            other = sp.cos if isinstance(node, sp.sin) else sp.sin
            even = f.subs(other(node.args[0]) ** 2, 1 - node**2)
            double = even.subs(sp.cos(2 * node.args[0]), 1 - 2 * node**2
                               if isinstance(node, sp.sin) else 2 * node**2 - 1)  # fmt: skip
            found.append((node, double.subs(node, u), WAVE))
        if isinstance(node, sp.Abs) and _linear(node.args[0], x) and everywhere:
            found.append((node, f.subs(node, u), NOT_NEGATIVE))
        power = isinstance(node, sp.exp) or (node.is_Pow and not node.base.has(x))
        if power and everywhere and _linear(node.exp, x):
            found.append((node, sp.expand_power_exp(f).subs(node, u), POSITIVE))
        if node.is_Pow and node.exp == sp.Rational(1, 2) and _linear(node.base, x):
            rate, start = sp.diff(node.base, x), node.base.subs(x, 0)
            root = image(node, x, shape.domain, ())
            if root is not None:
                found.append((node, sp.simplify(f.subs(node, u).subs(x, (u**2 - start) / rate)),
                              root))  # fmt: skip
    return found


def _rational(f: sp.Expr, u: sp.Symbol, values: sp.Set, shape: Image) -> sp.Set | None:
    """Monotone pieces between the poles and the zeros of the derivative."""
    f = sp.cancel(f)
    den = sp.denom(f)
    poles = sp.real_roots(den, u) if den.has(u) else []
    square = _square(f, u)
    if square is not None:
        shape.say(SQUARE, SQUARE_WHY, f, square)
    slope = sp.numer(sp.together(sp.diff(f, u)))
    stops = sp.real_roots(slope, u) if slope.has(u) else []
    if any(isinstance(s, sp.CRootOf) for s in (*poles, *stops)):
        return None
    if square is None and stops:
        shape.say(DERIVE, Text("Stationary points.", "驻点。"), sp.diff(f, u), sp.FiniteSet(*stops))
    result = image(f, u, values - sp.FiniteSet(*poles), tuple(stops))
    if result is not None:
        why = Text("For {0} in {1}.", "其中 {0} 属于 {1}。", (from_sympy(u), from_sympy(values)))
        shape.say(PIECES, why, square if square is not None else f, result)
    return result


def _by_derivative(f: sp.Expr, shape: Image) -> sp.Set | None:
    """Cut at the zeros of the derivative, where its equation can be solved."""
    x = shape.x
    slope = sp.factor(sp.diff(f, x))
    found = solved(Task.SOLVE, x.name, t.equation(from_sympy(slope), t.integer(0)))
    if found is None or not isinstance(found.verdict, Proved) or found.answer.value is None:
        return None
    stops = to_sympy(found.answer.value, real=True)
    if stops is not sp.S.EmptySet and not isinstance(stops, sp.FiniteSet):
        return None
    shape.say(DERIVE, Text("Stationary points.", "驻点。"), slope, stops)
    result = image(f, x, shape.domain, tuple(stops))
    if result is not None:
        why = Text("From the monotone pieces.", "由各单调区间得。")
        shape.say(PIECES, why, f, result)
    return result


def _square(f: sp.Expr, u: sp.Symbol) -> sp.Expr | None:
    if not f.is_polynomial(u) or sp.degree(f, u) != 2:
        return None
    a, b, c = sp.Poly(f, u).all_coeffs()
    if b == 0:
        return None
    return sp.Add(sp.Mul(a, (u + b / (2 * a)) ** 2, evaluate=False),
                  sp.simplify(c - b**2 / (4 * a)), evaluate=False)  # fmt: skip
