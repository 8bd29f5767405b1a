"""Equations in which the unknown occurs only inside one function: undo it, or substitute."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.solving.common import Trail
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.found import (
    WHY_ZERO_PRODUCT,
    ZERO_PRODUCT,
    Found,
    branches,
    fresh,
    real,
    real_symbol,
    step,
    written,
    zero_form,
)
from assistant.maths.solving.equations.generators import (
    Inside,
    atoms_with,
    inside,
    rewrite_exponentials,
)
from assistant.maths.solving.equations.letters import substitute
from assistant.maths.solving.equations.linear import isolate, linear_work
from assistant.maths.solving.equations.undo import undo
from assistant.maths.types import Link, Rule, Step, Text

ISOLATE = Rule(
    "equation.isolate", "Isolate the part with the unknown", "把含未知数的部分单独留在一边"
)
FACTOR = Rule("equation.factor", "Factor", "因式分解")


def _one_letter(equation: t.Relation, name: str) -> Inside | None:
    letter = fresh(name, equation)
    return inside(zero_form(equation), real_symbol(name), real_symbol(letter))


def _base_of_logs(equation: t.Relation) -> sp.Expr | None:
    bases = {n.args[1] for n in t.walk(equation) if isinstance(n, t.Call) and n.name == "log"}
    if len(bases) != 1:
        return None
    base = next(iter(bases))
    return sp.Rational(base.value) if isinstance(base, t.Number) else None


def inverse(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``3*2^(x+1) - 5 = 19``: isolate the function and undo it."""
    found = _one_letter(equation, name)
    if found is None or not found.value.is_polynomial(found.u):
        return None
    if sp.degree(found.value, found.u) != 1:
        return None
    poly = sp.Poly(found.value, found.u)
    a, b = poly.all_coeffs()
    if a.free_symbols or b.free_symbols:
        return None
    value = sp.radsimp(-b / a) if (b / a).is_algebraic else sp.simplify(-b / a)
    base = _base_of_logs(equation)
    meaning, right = found.meaning, value
    if isinstance(meaning, sp.log) and base is not None:
        right = sp.simplify(value / sp.log(base))
        left: t.Expr = t.Call("log", (written(meaning.args[0]), written(base)))
    else:
        left = (
            equation.left
            if rewrite_exponentials(real(equation.left), real_symbol(name)) == meaning
            else written(meaning)
        )
    line = t.equation(left, written(right))
    steps = () if line == equation else _isolating(equation, name, found, line)
    undone = undo(line, name, depth)
    return None if undone is None else replace(undone, steps=(*steps, *undone.steps))


def _isolating(
    equation: t.Relation, name: str, found: Inside, line: t.Relation
) -> tuple[Step, ...]:
    """The steps to ``f(x) = c``; those of a linear equation where the function shows as one."""
    letter = t.Symbol(found.u.name)
    if equation.left == line.left and name not in t.symbols(equation.right):
        return (
            step(
                equation, line, ISOLATE, Text("Simplify the right side.", "化简右边。"), name=name
            ),
        )
    masked = t.transform(equation, lambda n: letter if n == line.left else n)
    if isinstance(masked, t.Relation) and name not in t.symbols(masked):
        work = linear_work(masked, letter.name)
        try:
            isolate(work)
        except (AssertionError, ValueError):
            work.trail.steps = []
        back = [_unmask(s, letter.name, line.left) for s in work.trail.steps]
        if back and back[-1].after == line:
            return tuple(back)
    why = Text("Leave {0} alone on the left side.", "把 {0} 单独留在左边。", (line.left,))
    return (step(equation, line, ISOLATE, why, name=name),)


def _unmask(one: Step, letter: str, meaning: t.Expr) -> Step:
    why = replace(
        one.why,
        args=tuple(
            a if isinstance(a, str) else t.substitute(a, letter, meaning) for a in one.why.args
        ),
    )
    return replace(
        one,
        why=why,
        before=t.substitute(one.before, letter, meaning),
        after=t.substitute(one.after, letter, meaning),
        variable=next(iter(t.symbols(meaning)), None),
        substeps=tuple(_unmask(s, letter, meaning) for s in one.substeps),
    )


def substitution(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``4^x - 3*2^x + 2 = 0`` with ``u = 2^x``; ``x - 5 sqrt(x) + 6 = 0`` with the root."""
    found = _one_letter(equation, name)
    if found is None or found.value == found.u:
        return None
    value = sp.together(sp.expand(found.value))
    num, den = sp.fraction(value)
    if not num.is_polynomial(found.u) or not den.is_polynomial(found.u):
        return None
    if sp.degree(num, found.u) < 2 and den == 1:
        return None
    if den == 1:
        shown = t.equation(written(sp.expand(num)), t.integer(0))
    else:
        shown = t.equation(written(sp.expand(found.value)), t.integer(0))
    return substitute(equation, (name, found.u.name), written(found.meaning), shown, depth)


def factors(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``x e^x = 2x``: bring everything to one side and factor."""
    x = real_symbol(name)
    value = zero_form(equation)
    parts = atoms_with(value, x)
    names = {p: sp.Symbol(f"g{n}_", real=True) for n, p in enumerate(parts)}
    flat = sp.expand(value.xreplace(names))
    num, den = sp.fraction(sp.together(flat))
    if not num.is_polynomial(*num.free_symbols) or not den.is_polynomial(*den.free_symbols or {x}):
        return None
    if not num.free_symbols or any(not c.is_Rational for c in sp.Poly(num).coeffs()):
        return None
    _, found = sp.factor_list(num)
    back = {v: k for k, v in names.items()}
    pieces = [f.xreplace(back) for f, _ in found]
    pieces = [f for f in pieces if f.has(x)]
    if len(pieces) < 2:
        return None
    sides = [t.equation(written(f), t.integer(0)) for f in pieces]
    found_parts = [find(s, name, depth + 1) for s in sides]
    if any(p is None for p in found_parts):
        return None
    trail = Trail(equation, Link.IMPLIES, name)
    product = t.equation(t.mul(*(s.left for s in sides)), t.integer(0))
    trail.to(product, FACTOR, Text("Bring everything to one side and factor.", "移项并因式分解。"))
    line = t.Junction(t.Connective.OR, tuple(sides))
    trail.to(line, ZERO_PRODUCT, WHY_ZERO_PRODUCT)
    merged = branches(name, sides, [p for p in found_parts if p is not None], method="factoring")
    return replace(merged, steps=(*trail.steps, *merged.steps))
