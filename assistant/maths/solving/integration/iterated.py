"""Double and triple integrals: the inner one first, with the outer variable fixed."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.tasks.iterated import innermost, is_nested
from assistant.maths.solving.common import Draft
from assistant.maths.solving.integration import tools
from assistant.maths.solving.integration.definite import definite
from assistant.maths.solving.integration.methods import find, variable_of, written
from assistant.maths.types import Link, Request, Rule, Step, Task, Text

INNER = Rule("integral.inner", "The inner integral", "先求内层积分")
ORDER = Rule("integral.change_order", "Change the order of integration", "交换积分次序")


def iterated(request: Request) -> Draft | None:
    """``∫_0^1 ∫_0^x x y dy dx``."""
    if len(request.operands) != 3 or (name := variable_of(request)) is None:
        return None
    body, low, high = request.operands
    start: t.Expr = t.Call("integrate", (body, t.Symbol(name), low, high))
    if not is_nested(start):
        return None
    try:
        return _inside_out(start) or _other_order(start)
    except NotConvertible:
        return None


def _inside_out(start: t.Expr, first: tuple[Step, ...] = ()) -> Draft | None:
    steps, line = list(first), start
    while is_nested(line):
        step = _inner(line)
        if step is None:
            return None
        steps.append(step)
        line = step.after
    match line:
        case t.Call("integrate", (f, t.Symbol(name), low, high)):
            pass
        case _:
            return None
    task = Request(task=Task.INTEGRATE, operands=(f, low, high), variables=(name,))
    outer = definite(task)
    if outer is None or outer.answer is None or outer.text:
        return None
    return replace(outer, steps=(*steps, *outer.steps), method="iterated integral", curves=())


def _inner(line: t.Expr) -> Step | None:
    """The innermost integral, worked out for a fixed value of the other letters."""
    inner = innermost(line)
    f, letter, low, high = inner.args
    assert isinstance(letter, t.Symbol)
    x = sp.Symbol(letter.name, real=True)
    found = find(to_sympy(f, real=True), x)
    if found is None or found.plan.value is None or found.assumed:
        return None
    big = tools.shortened(found.plan.value, x)
    ends = [big.subs(x, to_sympy(end, real=True)) for end in (high, low)]
    value = from_sympy(sp.expand(ends[0] - ends[1]))
    after = t.transform(line, lambda node: value if node == inner else node)
    name = letter.name
    why = Text(
        "Integrate by {0}, all else fixed: F({0}) = {1}, so the inner integral is {2}.",
        "先对 {0} 积分，其余字母视为常数：F({0}) = {1}，内层积分为 {2}。",
        (name, from_sympy(big), value),
    )
    antiderivative = Step(
        rule=INNER,
        why=Text("An antiderivative by {0}.", "对 {0} 的一个原函数。", (name,)),
        before=t.Call("integrate", (f, letter)),
        after=from_sympy(big),
        link=Link.EQUAL,
        variable=name,
        substeps=tuple(written(f, name, found.plan)),
    )
    named = t.equation(t.Call("F", (letter,)), from_sympy(big))
    return Step(rule=INNER, why=why, before=line, after=after, link=Link.EQUAL,
                given=(named,), substeps=(antiderivative,))  # fmt: skip


def _other_order(start: t.Expr) -> Draft | None:
    """``∫_0^1 ∫_x^1 e^(y^2) dy dx``: over a triangle the other variable may come first."""
    match start:
        case t.Call("integrate", (t.Call("integrate", (f, y, a, b)), t.Symbol(name) as x, c, d)):
            pass
        case _:
            return None
    letter = sp.Symbol(name, real=True)
    low, high, first, last = (to_sympy(e, real=True) for e in (a, b, c, d))
    for swapped in _orders(letter, (low, high), (first, last), y):
        body = t.Call("integrate", (f, x, from_sympy(swapped[0]), from_sympy(swapped[1])))
        after = t.Call("integrate", (body, y, from_sympy(swapped[2]), from_sympy(swapped[3])))
        why = Text(
            "The same region, with {0} running inside: the other order is easier.",
            "同一区域改为先对 {0} 积分更简便。",
            (name,),
        )
        step = Step(rule=ORDER, why=why, before=start, after=after, link=Link.EQUAL)
        if (draft := _inside_out(after, (step,))) is not None:
            return draft
    return None


Ends = tuple[sp.Expr, sp.Expr]


def _orders(
    x: sp.Symbol, inner: Ends, outer: Ends, y: t.Expr
) -> list[tuple[sp.Expr, sp.Expr, sp.Expr, sp.Expr]]:
    """Ends for x (depending on y) and for y, where the region is a box or such a triangle."""
    assert isinstance(y, t.Symbol)
    low, high = inner
    first, last = outer
    if not low.has(x) and not high.has(x):
        return [(first, last, low, high)]
    slanted = [e for e in inner if e.has(x)]
    if len(slanted) != 1 or not slanted[0].is_polynomial(x) or sp.degree(slanted[0], x) != 1:
        return []
    other = sp.Symbol(y.name, real=True)
    line = sp.solve(sp.Eq(slanted[0], other), x)[0]
    flat = high if slanted[0] == low else low
    meets = line.subs(other, flat)
    far = last if meets == first else first if meets == last else None
    if far is None:
        return []
    ends = sorted((flat, slanted[0].subs(x, far)), key=sp.N)
    between = (line, far) if far == last else (far, line)
    return [(*between, ends[0], ends[1])]
