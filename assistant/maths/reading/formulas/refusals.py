"""What looks like a formula and is refused, with what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.maths.reading.formulas.tokens import Kind, ReadingError, Token
from assistant.maths.terms import Call, Expr, Junction, Relation, Truth
from assistant.maths.types import Text

if TYPE_CHECKING:
    from assistant.maths.reading.formulas.grammar import FormulaReader


def side_by_side(token: Token) -> ReadingError:
    """The error at a number that only a space parts from what is before it."""
    return ReadingError(
        Text("two numbers stand side by side", "两个数之间缺少运算符"),
        token.start,
        Text("put an operator between them", "请在两数之间加上运算符"),
    )


def two_statements(gap: Token) -> ReadingError:
    """The error at ``x+y=5 x-y=1``, which is no chain with ``5*x`` in its middle."""
    return ReadingError(
        Text("are these two statements or a product?", "此处是两个式子还是乘积？"),
        gap.start,
        Text("put a comma before “{0}”, or * for a product", "请在“{0}”前加逗号；若为乘积请写 *",
             (gap.text,)),
    )  # fmt: skip


def refuse_statement(parts: list[Expr], start: Token) -> None:
    """Raise where a statement stands as a factor or term: ``P(X = 2)`` is no product."""
    for part in parts:
        if isinstance(part, Relation | Junction | Truth) or (
            isinstance(part, Call) and part.name in ("in", "approx")
        ):
            raise ReadingError(
                Text(
                    "a statement cannot be a part of a product or sum",
                    "等式或不等式不能作为因式或加数",
                ),
                start.start,
                Text("write only the formula, or one statement", "请只写一个算式或一个等式"),
            )


def refuse_inverse(r: FormulaReader, token: Token) -> None:
    """Raise at ``f^-1(x)``: it is no power, and no product with x."""
    if not r.sees("^") or not (token.text in r.functions or token.text in ("f", "g", "h")):
        return
    ahead = "".join(r.peek(n).text for n in range(1, 6))
    if ahead.startswith(("-1(", "{-1}(", "(-1)(")):
        raise ReadingError(
            Text("the inverse function cannot be written inside a formula", "公式中不支持反函数"),
            token.start,
            Text("ask for the inverse of {0}", "请直接求 {0} 的反函数", (token.text,)),
        )


def refuse_chance(r: FormulaReader, token: Token) -> None:
    """Raise at ``P(A)``, ``P(X=2)``, ``E(X)``: probabilities of events are no products."""
    inside = r.peek()
    event = inside.kind is Kind.NAME and inside.text[:1].isupper() and r.peek(2).text in (
        ")", "=", "<", ">", "<=", ">=", "|", "∪", "∩", "∣",
    )  # fmt: skip
    if token.text in ("P", "E", "D", "Var") and r.sees("(") and not r.now.spaced and event:
        raise ReadingError(
            Text("probabilities and expectations of events are not read here",
                 "此处不支持事件的概率或随机变量的期望"),
            token.start,
            Text("say the question in words", "请用文字叙述题目"),
        )  # fmt: skip
