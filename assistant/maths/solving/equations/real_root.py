"""The school's root with an odd index, as a SymPy function."""

from __future__ import annotations

from typing import Any

import sympy as sp


class root(sp.Function):  # type: ignore[misc]  # noqa: N801 - the name is that of our formulas
    """``root(x, n)`` for odd ``n``: real and odd in ``x``, unlike SymPy's principal power."""

    nargs = 2

    @classmethod
    def eval(cls, x: sp.Expr, n: sp.Expr) -> sp.Expr | None:
        """The value for a number."""
        if x.is_number and x.is_extended_real:
            if x.is_negative:
                return -((-x) ** (1 / n))
            if x.is_nonnegative:
                return x ** (1 / n)
        return None

    def _eval_is_extended_real(self) -> bool:
        return bool(self.args[0].is_extended_real)

    def _eval_evalf(self, prec: int) -> Any:
        x = self.args[0].evalf(n=int(prec / 3.3) + 2)
        return -((-x) ** (1 / self.args[1])) if x < 0 else x ** (1 / self.args[1])
