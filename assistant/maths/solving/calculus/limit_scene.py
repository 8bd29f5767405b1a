"""A limit as it is looked at, what a move makes of it, and the names of the moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.maths import terms as t
from assistant.maths.cas.convert import to_sympy
from assistant.maths.solving.calculus.limit_values import candidate
from assistant.maths.solving.calculus.tidy import (
    has,
)
from assistant.maths.types import Rule, Step, Text

SUBSTITUTE = Rule("limit.substitute", "Direct substitution", "直接代入")
CANCEL = Rule("limit.cancel", "Factor and cancel", "因式分解并约分")
CANCEL_FACTORIALS = Rule("limit.factorials", "Cancel factorials", "约去阶乘")
HIGHEST = Rule("limit.highest_power", "Divide by the highest power", "同除以最高次幂")
CONJUGATE = Rule("limit.conjugate", "Multiply by the conjugate", "有理化（乘以共轭式）")
STANDARD = Rule("limit.standard", "Standard limit", "重要极限")
SCALE = Rule("limit.scale", "Make the standard form", "凑成重要极限的形式")
ONE_POWER = Rule("limit.one_power", "Write as one power", "化为一个幂")
LOGARITHM = Rule("limit.logarithm", "Write as a power of e", "取对数化为 e 的幂")
FRACTION = Rule("limit.fraction", "Write as one fraction", "化为一个分式")
HOSPITAL = Rule("limit.lhopital", "L'Hôpital's rule", "洛必达法则")
BARS = Rule("limit.bars", "Remove the absolute value", "去绝对值")
SQUEEZE = Rule("limit.squeeze", "Squeeze theorem", "夹逼准则")
UNBOUNDED = Rule("limit.unbounded", "The denominator goes to 0", "分母趋于 0")
GROWTH = Rule("limit.growth", "Compare the growth", "比较增长速度")
LAWS = Rule("limit.laws", "Limit laws", "极限的四则运算")
DOMINANT = Rule("limit.dominant", "Dominant term", "取主要部分")

OPERATORS = {"": "limit", "+": "limit_right", "-": "limit_left"}
JUMPS = frozenset("floor ceiling sign mod gamma factorial".split())


@dataclass(frozen=True, slots=True)
class Scene:
    """One limit: the body, the place (variable, point, direction), and its value."""

    body: t.Expr
    place: tuple[str, t.Expr, str]
    value: t.Expr

    @property
    def name(self) -> str:
        """The variable."""
        return self.place[0]

    @property
    def infinite(self) -> bool:
        """Whether the point is at infinity."""
        return t.is_infinite(self.place[1])

    def sign(self, body: t.Expr) -> t.Expr:
        """The limit of another body at the same place, as it is written."""
        return t.Call(OPERATORS[self.place[2]], (body, t.Symbol(self.name), self.place[1]))

    def other(self, body: t.Expr) -> t.Expr | None:
        """The value of another body's limit at the same place."""
        return candidate(body, self.place) if has(body, self.name) else body


@dataclass(frozen=True, slots=True)
class Move:
    """``lines`` are the values of the limit, written; ``body`` is what is still under a
    limit (``None``: done), ``wrap`` what is around it."""

    rule: Rule
    why: Text
    lines: tuple[t.Expr, ...]
    body: t.Expr | None = None
    wrap: Callable[[t.Expr], t.Expr] = lambda inner: inner
    substeps: tuple[Step, ...] = ()


def value_of(expr: t.Expr) -> Any:
    """The SymPy value over the reals.  Raises ``NotConvertible``."""
    return to_sympy(expr, real=True)
