"""Integrals without an elementary form that have a name: Ei, Si, Ci, erf, erfi, Fresnel's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp

from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.integration import tools
from assistant.maths.solving.integration.plan import Plan, table
from assistant.maths.solving.integration.rational import FRACTIONS
from assistant.maths.solving.integration.table import renamed
from assistant.maths.types import Rule, Text

if TYPE_CHECKING:
    from assistant.maths.solving.integration.engine import Integrator

SPECIAL = Rule("integral.special_function", "A named integral", "特殊函数的定义")


def named(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``e^w/w``, ``sin w/w``, ``cos w/w`` of a linear w, ``e^(±x²)``, ``sin x²``, ``cos x²``."""
    del ctx
    if isinstance(f, sp.exp):
        return _gauss(f, x)
    if isinstance(f, sp.sin | sp.cos) and (found := _fresnel(f, x)) is not None:
        return table(f, x, SPECIAL, _named(found), found)
    kernel, rest, inner = _parts(f, x)
    if inner is None or not (rest.is_Pow and rest.exp == -1):
        return None
    below = tools.linear(rest.base, x)
    return _kernel_over_linear(f, x, kernel, (inner, below)) if below else None


def functions(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """The same over more than one linear factor."""
    kernel, rest, inner = _parts(f, x)
    if inner is None or not rest.is_rational_function(x) or rest.is_polynomial(x):
        return None
    new = sp.expand_mul(sp.apart(rest, x) * kernel)
    why = Text("Split the fraction into partial fractions.", "把分式分解为部分分式。")
    return renamed(ctx, f, x, new, (FRACTIONS, why)) if new.is_Add else None


def _parts(f: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr, sp.Expr, tuple[sp.Expr, sp.Expr] | None]:
    """The exponential, sine or cosine in a product, the rest, and the linear argument."""
    kernel = next(
        (g for g in sp.Mul.make_args(f) if isinstance(g, sp.exp | sp.sin | sp.cos) and g.has(x)),
        None,
    )
    if kernel is None:
        return sp.S.One, f, None
    return kernel, f / kernel, tools.linear(kernel.args[0], x)


def _kernel_over_linear(
    f: sp.Expr,
    x: sp.Symbol,
    kernel: sp.Expr,
    parts: tuple[tuple[sp.Expr, sp.Expr], tuple[sp.Expr, sp.Expr]],
) -> Plan:
    """With ``w = a(x + h)``: ``e^w/w → Ei``, ``sin w/w → Si``, ``cos w/w → Ci``."""
    (a, b), (p, q) = parts
    w = sp.expand(a * (x + q / p))
    shift = sp.simplify(b - a * q / p)
    if isinstance(kernel, sp.exp):
        value = sp.exp(shift) * sp.Ei(w) / p
    elif isinstance(kernel, sp.sin):
        value = (sp.cos(shift) * sp.Si(w) + sp.sin(shift) * sp.Ci(sp.Abs(w))) / p
    else:
        value = (sp.cos(shift) * sp.Ci(sp.Abs(w)) - sp.sin(shift) * sp.Si(w)) / p
    return table(f, x, SPECIAL, _named(value), value)


def _named(value: sp.Expr) -> Text:
    return Text(
        "This has no elementary antiderivative; its integral has a name of its own: {0}.",
        "它没有初等原函数，其积分用专门的函数表示：{0}。",
        (from_sympy(value),),
    )


def _gauss(f: sp.Expr, x: sp.Symbol) -> Plan | None:
    found = tools.quadratic(f.exp, x)
    if found is not None and tools.positive(found[0]):
        a, b, c = found
        root = sp.sqrt(a)
        head = sp.sqrt(sp.pi) / (2 * root) * sp.exp(c - b**2 / (4 * a))
        value = head * sp.erfi(root * x + b / (2 * root))
        return table(f, x, SPECIAL, _named(value), value)
    if found is None or not tools.positive(-found[0]):
        return None
    a, b, c = -found[0], found[1], found[2]
    root = sp.sqrt(a)
    value = (
        sp.sqrt(sp.pi) / (2 * root) * sp.exp(c + b**2 / (4 * a)) * sp.erf(root * x - b / (2 * root))
    )
    return table(f, x, SPECIAL, _named(value), value)


def _fresnel(f: sp.Expr, x: sp.Symbol) -> sp.Expr | None:
    """``sin(a·x²)`` and ``cos(a·x²)``, a > 0."""
    found = tools.quadratic(f.args[0], x)
    if found is None or not tools.positive(found[0]) or found[1] != 0 or found[2] != 0:
        return None
    named = sp.fresnels if isinstance(f, sp.sin) else sp.fresnelc
    scale = sp.sqrt(2 * found[0] / sp.pi)
    return named(scale * x) / scale
