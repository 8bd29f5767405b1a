"""Equations with roots: isolate one, raise both sides to its power, check what comes out."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.found import (
    Found,
    real,
    real_symbol,
    step,
    written,
    zero_form,
)
from assistant.maths.solving.equations.real_root import root
from assistant.maths.solving.equations.solution_sets import LINE
from assistant.maths.types import Link, Rule, Text

ISOLATE = Rule("radical.isolate", "Isolate a root", "把一个根式单独留在一边")
SQUARE = Rule("radical.square", "Square both sides", "两边平方")
RAISE = Rule("radical.raise", "Raise both sides to a power", "两边乘方")
CUBES = Rule("radical.cube_sum", "Cube a sum of three terms", "三项和的立方公式")
ALWAYS = Rule("equation.always_true", "True for every value", "恒成立")
NEVER = Rule("equation.never_true", "Never true", "不成立")
WHY_SQUARE = Text(
    "Squaring may invent solutions, so each one is checked at the end.",
    "两边平方可能产生增根，最后需要检验。",
)


def _radicals(value: sp.Expr, x: sp.Symbol) -> list[tuple[sp.Expr, sp.Expr, int]]:
    """Radical, radicand and index of the outermost roots, the longest radicand first."""
    found: dict[sp.Expr, tuple[sp.Expr, sp.Expr, int]] = {}
    stack = [value]
    while stack:
        node = stack.pop()
        if not node.has(x):
            continue
        if node.is_Pow and node.exp.is_Rational and not node.exp.is_Integer:
            radical = sp.Pow(node.base, sp.Rational(1, node.exp.q))
            found[radical] = (radical, node.base, int(node.exp.q))
        elif isinstance(node, root):
            found[node] = (node, node.args[0], int(node.args[1]))
        else:
            stack.extend(node.args)
    return sorted(found.values(), key=lambda r: (-sp.count_ops(r[1]), str(r[0])))


def radical(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``sqrt(x + 7) = x - 5``; several roots are removed one after the other."""
    x = real_symbol(name)
    value = zero_form(equation)
    if value.free_symbols - {x}:
        return None
    radicals = _radicals(value, x)
    if not radicals or any(n > 6 for _, _, n in radicals):
        return None
    num = sp.fraction(sp.together(value))[0]
    chosen, inside, n = radicals[0]
    mark = sp.Symbol("r_", real=True)
    flat = sp.expand(num.subs(chosen, mark))
    if not flat.is_polynomial(mark) or not flat.has(mark):
        return None
    poly = sp.Poly(flat, mark)
    poly = sp.rem(poly, sp.Poly(mark**n - inside, mark)) if poly.degree() >= n else poly
    if poly.is_zero:
        why = Text("Both sides are the same where they are defined.", "在定义域内两边恒等。")
        one = step(equation, t.Truth(value=True), ALWAYS, why, name=name, link=Link.IMPLIES)
        return Found(steps=(one,), pieces=(LINE,), method="radical")
    cubed = _cube_roots(equation, name, depth, [r for r in radicals if isinstance(r[0], root)])
    if cubed is not None or poly.degree() != 1:
        return cubed
    p, q = poly.all_coeffs()
    return _raised(equation, name, depth, (chosen, inside, n, p, -q))


def _cube_roots(
    equation: t.Relation, name: str, depth: int, roots: list[tuple[sp.Expr, sp.Expr, int]]
) -> Found | None:
    """p + q + r = 0 gives p³ + q³ + r³ = 3pqr: with three terms, cube roots or numbers."""
    terms = sp.Add.make_args(sp.expand(zero_form(equation)))
    if len(roots) < 2 or len(terms) != 3 or any(n != 3 for _, _, n in roots):
        return None
    marks = {r: sp.Symbol(f"r{k}_", real=True) for k, (r, _, _) in enumerate(roots)}
    cubes = []
    for term in terms:
        number, rest = term.as_independent(*marks, as_Add=False)
        inside = sp.prod(r.args[0] for r in sp.Mul.make_args(rest)) if rest != 1 else 1
        if rest != 1 and any(f not in marks for f in sp.Mul.make_args(rest)):
            return None
        cubes.append(sp.expand(number**3 * inside))
    total = sp.expand(sum(cubes))
    left, right = sp.expand(total**3), sp.expand(27 * sp.prod(cubes))
    after = t.equation(written(sp.factor(total) ** 3), written(27 * sp.factor(sp.prod(cubes))))
    why = Text(
        "If p + q + r = 0, then p³ + q³ + r³ = 3pqr; cube once more to remove the roots.",
        "若 p + q + r = 0，则 p³ + q³ + r³ = 3pqr；再立方一次即可去掉根号。",
    )
    steps = [step(equation, after, CUBES, why, name=name, link=Link.IMPLIES)]
    gap = t.equation(written(sp.factor(left - right)), t.integer(0))
    found = find(gap, name, depth + 1)
    if found is None:
        return None
    why = Text("Bring everything to one side and factor.", "移项并因式分解。")
    steps.append(step(after, gap, RAISE, why, name=name))
    return replace(found, steps=(*steps, *found.steps), method="radical")


def _raised(
    equation: t.Relation,
    name: str,
    depth: int,
    parts: tuple[sp.Expr, sp.Expr, int, sp.Expr, sp.Expr],
) -> Found | None:
    """``p * radical = q``, both sides to the power n."""
    chosen, inside, n, p, q = parts
    by_p = sp.expand(q / p)
    whole = all((c / p).is_Integer for c in sp.Add.make_args(sp.expand(q)))
    if p.is_number and p != 1 and (p.is_negative or whole):
        p, q = sp.Integer(1), by_p
    line = t.equation(written(p * chosen), written(sp.expand(q)))
    steps = []
    if real(equation.left) != real(line.left) or real(equation.right) != real(line.right):
        why = Text("Leave {0} on the left.", "把 {0} 留在左边。", (written(chosen),))
        steps.append(step(equation, line, ISOLATE, why, name=name, link=Link.IMPLIES))
    else:
        line = equation
    if n % 2 == 0 and q.is_number and p == 1 and q.is_negative:
        why = Text("A root is never negative.", "算术平方根不可能为负数。")
        steps.append(step(line, t.Truth(value=False), NEVER, why, name=name))
        return Found(steps=tuple(steps), method="radical")
    power = t.integer(n)
    written_out = t.equation(t.Pow(line.left, power), t.Pow(line.right, power))
    rule = SQUARE if n == 2 else RAISE
    why = (
        WHY_SQUARE
        if n % 2 == 0
        else Text("Both sides to the power {0}.", "两边 {0} 次方。", (power,))
    )
    link = Link.IMPLIES if n % 2 == 0 else Link.EQUIVALENT
    steps.append(step(line, written_out, rule, why, name=name, link=link))
    after = t.equation(written(sp.expand(p**n * inside)), written(sp.expand(sp.expand(q) ** n)))
    why = Text("The root disappears; expand.", "去掉根号并展开。")
    steps.append(step(written_out, after, rule, why, name=name, link=Link.IMPLIES))
    if name not in t.symbols(after):
        return None
    found = find(after, name, depth + 1)
    return None if found is None else replace(found, steps=(*steps, *found.steps), method="radical")
