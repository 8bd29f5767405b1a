"""Logarithmic equations: combine the logarithms of a sum into one, then undo it."""

from __future__ import annotations

from dataclasses import replace
from math import lcm

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
from assistant.maths.types import Link, Rule, Text

COMBINE = Rule("logarithmic.combine", "Combine the logarithms", "合并对数")
DEFINITION = Rule("logarithmic.definition", "Use the definition of the logarithm", "化为指数式")
EQUAL_LOGS = Rule(
    "logarithmic.compare", "Equal logarithms have equal arguments", "对数相等则真数相等"
)


def _base(equation: t.Relation) -> sp.Expr | None:
    bases: list[sp.Expr] = []
    for node in t.walk(equation):
        match node:
            case t.Call("log", (_, base)):
                bases.append(real(base))
            case t.Call("ln", _):
                bases.append(sp.E)
    numbers = [b for b in bases if b.is_number]
    return min(numbers, key=float) if len(numbers) == len(bases) and bases else None


def logarithms(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``log_2(x) + log_2(x - 2) = 3``: a sum of multiples of logarithms and a number."""
    unknown_base = _unknown_base(equation, name, depth)
    if unknown_base is not None:
        return unknown_base
    x = real_symbol(name)
    base = _base(equation)
    value = sp.expand(zero_form(equation), log=False)
    if base is None or value.free_symbols - {x}:
        return None
    scale = sp.log(base)
    weights: list[tuple[sp.Expr, sp.Expr]] = []
    constant = sp.Integer(0)
    for term in sp.Add.make_args(value):
        number, rest = term.as_independent(x, as_Add=False)
        if rest == 1:
            constant += number
            continue
        weight = sp.simplify(number * scale)
        if not isinstance(rest, sp.log) or not weight.is_Rational or abs(weight) > 12:
            return None
        weights.append((weight, rest.args[0]))
    if not weights:
        return None
    return _combined(equation, name, depth, (base, weights, sp.simplify(-constant)))


def _unknown_base(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``log_x(8) = 3`` is ``x^3 = 8``."""
    match equation:
        case t.Relation(_, t.Call("log", (argument, base)), right) if name in t.symbols(
            base
        ) and not t.symbols(right):
            after = t.equation(t.Pow(base, right), argument)
        case _:
            return None
    found = find(after, name, depth + 1)
    if found is None:
        return None
    why = Text("The logarithm is the exponent of its base.", "由对数的定义化为指数式。")
    first = step(equation, after, DEFINITION, why, name=name, link=Link.IMPLIES)
    return replace(found, steps=(first, *found.steps), method="logarithmic")


def _combined(
    equation: t.Relation,
    name: str,
    depth: int,
    parts: tuple[sp.Expr, list[tuple[sp.Expr, sp.Expr]], sp.Expr],
) -> Found | None:
    base, weights, constant = parts
    scale = lcm(*(int(w.q) for w, _ in weights))
    top = sp.Mul(*(a ** int(w * scale) for w, a in weights if w > 0))
    bottom = sp.Mul(*(a ** int(-w * scale) for w, a in weights if w < 0))
    right = sp.simplify(base ** (constant * scale))
    steps = []
    if bottom != 1 and right == 1:
        logs = [_log(v, base) for v in (top, bottom)]
        line = t.equation(logs[0], logs[1])
        after = t.equation(written(top), written(bottom))
        last = step(
            line,
            after,
            EQUAL_LOGS,
            Text("The logarithm takes each value once.", "对数函数是单调的，真数相等。"),
            name=name,
            link=Link.IMPLIES,
        )
    else:
        argument = written(top) if bottom == 1 else t.Div(written(top), written(bottom))
        log = (
            t.Call("ln", (argument,)) if base == sp.E else t.Call("log", (argument, written(base)))
        )
        line = t.equation(log, written(sp.simplify(constant * scale)))
        after = t.equation(argument, written(right))
        why = Text("Write it as a power of {0}.", "由对数定义化为 {0} 的幂。", (written(base),))
        last = step(line, after, DEFINITION, why, name=name)
    if line != equation:
        why = Text(
            "Sums of logarithms are logarithms of products, differences of quotients.",
            "对数之和化为积的对数，对数之差化为商的对数。",
        )
        steps.append(step(equation, line, COMBINE, why, name=name, link=Link.IMPLIES))
    found = find(after, name, depth + 1)
    if found is None:
        return None
    return replace(found, steps=(*steps, last, *found.steps), method="logarithmic")


def _log(value: sp.Expr, base: sp.Expr) -> t.Expr:
    inside = written(value)
    return t.Call("ln", (inside,)) if base == sp.E else t.Call("log", (inside, written(base)))
