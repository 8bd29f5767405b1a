"""The parts of an equation in which the unknown hides: ``2^x``, ``ln x``, ``sqrt(x + 1)``."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd, lcm

import sympy as sp

from assistant.maths.solving.equations.real_root import root


def atoms_with(value: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr, ...]:
    """The outermost parts that are no polynomials in ``x``, each once."""
    found: dict[sp.Expr, None] = {}
    stack = [value]
    while stack:
        node = stack.pop()
        if not node.has(x) or node == x:
            continue
        if _is_atom(node, x):
            found.setdefault(node)
        else:
            stack.extend(reversed(node.args))
    return tuple(found)


def _is_atom(node: sp.Expr, x: sp.Symbol) -> bool:
    if node.is_Pow:
        return bool(node.exp.has(x) or not node.exp.is_Integer)
    return bool(node.is_Function)


@dataclass(frozen=True, slots=True)
class Inside:
    """``value`` is an expression in the letter ``u``, which stands for ``meaning``."""

    value: sp.Expr
    u: sp.Symbol
    meaning: sp.Expr


def exponent_of(node: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr, sp.Expr] | None:
    """Base and exponent of an exponential ``b^h(x)``."""
    if isinstance(node, sp.exp):
        return sp.E, node.args[0]
    if node.is_Pow and node.exp.has(x) and not node.base.has(x):
        return node.base, node.exp
    return None


def split_constant(h: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr, sp.Expr]:
    """The part of a sum with the unknown, and the part without."""
    h = sp.expand(h)
    without, with_x = h.as_independent(x, as_Add=True)
    return with_x, without


def prime_vector(base: sp.Expr) -> dict[int, int] | None:
    """A positive rational as a product of powers of primes."""
    if not base.is_Rational or base <= 0 or base == 1:
        return None
    if max(int(base.p), int(base.q)) > 10**12:
        return None
    return {int(p): int(e) for p, e in sp.factorrat(base).items()}


def primitive(base: sp.Expr) -> tuple[sp.Expr, int]:
    """``8`` is ``2^3``: the root that is no power itself, at least 1, and the exponent."""
    vector = prime_vector(base)
    if vector is None:
        return base, 1
    common = gcd(*vector.values())
    small = sp.Integer(1)
    for p, e in vector.items():
        small *= sp.Integer(p) ** (e // common)
    return (1 / small, -common) if small < 1 else (small, common)


def rewrite_exponentials(value: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """Bases that are powers of another are written with it, constants split off:
    ``4^(x+1)`` becomes ``4*(2^x)^2`` with a positive dummy inside."""
    changes = {}
    for node in value.atoms(sp.Pow, sp.exp):
        pair = exponent_of(node, x)
        if pair is None:
            continue
        base, h = pair
        small, power = primitive(base)
        with_x, constant = split_constant(h, x)
        changes[node] = base**constant * sp.Pow(small, sp.expand(power * with_x), evaluate=True)
    return value.xreplace(changes) if changes else value


def inside(value: sp.Expr, x: sp.Symbol, u: sp.Symbol) -> Inside | None:
    """The expression in one letter that stands for the only part where ``x`` occurs."""
    value = rewrite_exponentials(value, x)
    parts = atoms_with(value, x)
    if not parts:
        return None
    whole = _unit(parts, x)
    if whole is None:
        return None
    meaning, exponents = whole
    replaced = value.xreplace({p: u**n for p, n in zip(parts, exponents, strict=True)})
    if replaced.has(x):
        replaced = _powers_of_x(replaced, x, u, meaning)
    return None if replaced is None or replaced.has(x) else Inside(replaced, u, meaning)


def _powers_of_x(value: sp.Expr, x: sp.Symbol, u: sp.Symbol, meaning: sp.Expr) -> sp.Expr | None:
    """``x - 5 sqrt(x)``: the unknown itself is a power of the root; ``x^2`` is ``|x|^2``."""
    if isinstance(meaning, sp.Abs) and meaning.args[0] == x:
        poly = sp.Poly(value, x) if value.is_polynomial(x) else None
        if poly is None or any(m % 2 for (m,) in poly.monoms()):
            return None
        return value.subs(x, u)
    if meaning.is_Pow and meaning.exp.is_Rational and not meaning.base.is_number:
        base, n = meaning.base, 1 / meaning.exp
    elif isinstance(meaning, root):
        base, n = meaning.args
    else:
        return None
    if not n.is_Integer or base != x:
        return None  # of another radicand it is shorter to square
    return sp.expand(value.subs(x, u**n))


def _unit(parts: tuple[sp.Expr, ...], x: sp.Symbol) -> tuple[sp.Expr, list[int]] | None:
    """One meaning of which all the parts are whole powers."""
    if len(parts) == 1:
        part = parts[0]
        if part.is_Pow and part.exp.is_Rational and part.exp.p != 1:
            return sp.Pow(part.base, sp.Rational(1, part.exp.q)), [int(part.exp.p)]
        return part, [1]
    pairs = [exponent_of(p, x) for p in parts]
    if all(p is not None for p in pairs):
        known = [p for p in pairs if p is not None]
        if len({base for base, _ in known}) != 1:
            return None
        return _common(known[0][0], [h for _, h in known])
    if all(p.is_Pow and p.exp.is_Rational for p in parts) and len({p.base for p in parts}) == 1:
        q = lcm(*(int(p.exp.q) for p in parts))
        return sp.Pow(parts[0].base, sp.Rational(1, q)), [int(p.exp * q) for p in parts]
    return None


def _common(base: sp.Expr, exponents: list[sp.Expr]) -> tuple[sp.Expr, list[int]] | None:
    ratios = [sp.cancel(h / exponents[0]) for h in exponents]
    if not all(r.is_Rational for r in ratios):
        return None
    den = lcm(*(int(r.q) for r in ratios))
    common = gcd(*(int(r * den) for r in ratios))
    unit = sp.Rational(common, den) * exponents[0]
    if unit.could_extract_minus_sign():
        unit, common = -unit, -common
    return sp.Pow(base, sp.expand(unit)), [int(r * den) // common for r in ratios]
