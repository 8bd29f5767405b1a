"""The search: rules tried in the order in which a teacher would think of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import sympy as sp

from assistant.maths.solving.integration import (
    exponentials,
    parts,
    piecewise,
    radicals,
    rational,
    special,
    substitution,
    table,
    trigonometric,
)
from assistant.maths.solving.integration.plan import Plan

NAMES = ("u", "v", "w", "s", "z", "p", "q", "r", "m", "n")
ANGLES = ("theta", "phi", "psi", "omega")

Method = Callable[["Integrator", sp.Expr, sp.Symbol], Plan | None]

METHODS: tuple[Method, ...] = (
    table.constant,
    table.lookup,
    table.constant_factor,
    piecewise.split,
    rational.reciprocal_quadratic,
    table.terms,
    table.expanded_polynomial,
    radicals.table_roots,
    special.named,
    radicals.over_square_root,
    trigonometric.powers,
    trigonometric.product_to_sum,
    rational.linear_over_quadratic,
    substitution.derivative_divides,
    rational.fraction,
    table.expanded,
    parts.by_parts,
    exponentials.exponential_fraction,
    trigonometric.same_angle,
    trigonometric.conversions,
    radicals.rationalised,
    radicals.root_of_fraction,
    radicals.quadratic_root,
    substitution.inverse,
    trigonometric.universal,
    special.functions,
    table.rewritten,
)


@dataclass
class Integrator:
    """One search; ``seconds`` and ``nodes`` bound it.

    ``solve`` answers ``None`` for "no rule helps": not a statement about the integral.
    """

    reserved: frozenset[str]
    seconds: float = 6.0
    nodes: int = 600
    depth: int = 0
    memo: dict[tuple[sp.Expr, sp.Symbol], Plan | None] = field(default_factory=dict)
    active: set[tuple[sp.Expr, sp.Symbol]] = field(default_factory=set)
    end: float = 0.0

    def __post_init__(self) -> None:
        self.end = time.monotonic() + self.seconds

    def solve(self, f: sp.Expr, x: sp.Symbol) -> Plan | None:
        """A plan for ``∫ f dx``, or ``None``."""
        key = (f, x)
        if key in self.memo:
            return self.memo[key]
        if key in self.active or self.depth > 12 or self.nodes <= 0 or f.has(sp.nan, sp.zoo, sp.oo):
            return None
        if time.monotonic() > self.end:
            return None
        self.nodes -= 1
        self.active.add(key)
        self.depth += 1
        try:
            plan = self._first(f, x)
        finally:
            self.depth -= 1
            self.active.discard(key)
        if plan is not None or self.depth == 0 or not self.active:
            self.memo[key] = plan
        return plan

    def _first(self, f: sp.Expr, x: sp.Symbol) -> Plan | None:
        for method in METHODS:
            plan = method(self, f, x)
            if plan is not None:
                return plan
        return None

    def fresh(self, f: sp.Expr, x: sp.Symbol, *, angle: bool = False, **facts: bool) -> sp.Symbol:
        """A variable for a substitution in ``∫ f dx``: u, then v, then w …"""
        names = ANGLES if angle else NAMES
        start = names.index(x.name) + 1 if x.name in names else 0
        taken = self.reserved | {s.name for s in f.free_symbols}
        name = next((n for n in names[start:] if n not in taken), f"{names[0]}_{self.depth}")
        return sp.Symbol(name, real=True, **facts)
