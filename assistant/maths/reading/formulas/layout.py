"""The commands of LaTeX that take arguments: fractions, roots, systems, matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.maths.reading.formulas import operators
from assistant.maths.reading.formulas.tokens import Kind, ReadingError, Token
from assistant.maths.terms import (
    Call,
    Comparison,
    Connective,
    Div,
    Expr,
    Junction,
    Matrix,
    Number,
    Relation,
    Truth,
)
from assistant.maths.types import Text

if TYPE_CHECKING:
    from assistant.maths.reading.formulas.grammar import FormulaReader

COMPARISONS = {c.value: c for c in Comparison}
SYSTEMS = frozenset(
    """cases dcases rcases aligned align alignedat alignat gathered gather split equation
    eqnarray""".split()
)
MATRICES = frozenset("matrix pmatrix bmatrix Bmatrix vmatrix smallmatrix array tabular".split())
IF = frozenset("if when for where 当 若 如果 , ,if 时".split()) | {", if", "if,"}
OTHERWISE = frozenset("otherwise else 其他 其它 其余 否则".split())
Statement = Relation | Junction | Truth


def command(r: FormulaReader) -> Expr:
    """A command and its arguments."""
    token = r.take()
    match token.text:
        case "frac":
            return _fraction(r)
        case "sqrt":
            return _root(r)
        case "binom":
            return Call("binomial", (_argument(r), _argument(r)))
        case text if text.startswith("begin "):
            return _environment(r, token, text.removeprefix("begin "))
        case _:
            raise ReadingError(
                Text("“\\{0}” has no meaning here", "“\\{0}”在此处没有意义", (token.text,)),
                token.start,
            )


def _argument(r: FormulaReader) -> Expr:
    """``{…}``, or one digit, letter or command."""
    if r.sees("{"):
        return r.group()
    token = r.now
    if token.kind is Kind.NUMBER and len(token.text) > 1 and token.text.isdigit():
        split_number(r)
    return r.single()


def split_number(r: FormulaReader) -> None:
    """``12`` as the two tokens ``1`` and ``2``: what TeX takes without braces."""
    token = r.now
    cut = token.start + 1
    r.tokens[r.position : r.position + 1] = [
        Token(token.kind, token.text[0], token.start, cut, spaced=token.spaced),
        Token(token.kind, token.text[1:], cut, token.end, spaced=False),
    ]


def end_of_bound(r: FormulaReader) -> None:
    """LaTeX ends a bound behind one digit, ``\\int_0^12x`` up to 1; but nobody means it so who
    writes a blank behind the number, or a 0 that would begin the factor."""
    number, after = r.now, r.peek()
    if (
        len(number.text) > 1
        and number.text[1] != "0"
        and after.kind is Kind.NAME
        and not after.spaced
    ):
        split_number(r)


def _fraction(r: FormulaReader) -> Expr:
    if r.sees("{") and (found := operators.derivative_fraction(r)) is not None:
        return found
    num = _argument(r)
    differential, r.differential = r.differential, ""
    den = _argument(r)
    r.differential = differential or r.differential
    return Div(num, den)


def _root(r: FormulaReader) -> Expr:
    index: Expr = Number(operators.TWO)
    if opening := r.accept("["):
        index = r.sum()
        r.close(opening, "]")
    if r.now.kind is Kind.NUMBER and len(r.now.text) > 1:
        body = r.single()  # TeX would end the root behind one digit, which nobody means
        r.note("read as the root of {0}; write braces around it", "读作 {0} 的根；请加花括号", body)
    else:
        body = _argument(r)
    return operators.root(body, index)


def _environment(r: FormulaReader, begin: Token, kind: str) -> Expr:
    """The rows between ``\\begin`` and ``\\end``."""
    if kind not in SYSTEMS and kind not in MATRICES:
        raise ReadingError(
            Text("the environment “{0}” is not known", "不支持环境“{0}”", (kind,)), begin.start
        )
    r.depth += 1
    bars, r.bars = r.bars, 0
    rows: list[list[Expr]] = []
    while r.now.text != f"end {kind}":
        row = _row(r, rows)
        if row:
            rows.append(row)
        if not r.accept("\\\\", ";", "\n") and r.now.text != f"end {kind}":
            if r.now.kind is Kind.END:
                raise ReadingError(
                    Text("“\\end” is missing for this “\\begin”", "缺少与此“\\begin”对应的“\\end”"),
                    begin.start,
                )
            raise (
                r.value_expected()
                if r.now.kind is Kind.TEXT
                else r.error(Text("the row should end here", "此行应在此处结束"))
            )
    r.take()
    r.depth, r.bars = r.depth - 1, bars
    if not rows:
        raise ReadingError(Text("there is nothing in it", "其中没有内容"), begin.start)
    return _system(rows) if _is_system(kind, rows) else _matrix(kind, rows, begin)


def _row(r: FormulaReader, above: list[list[Expr]]) -> list[Expr]:
    """The cells of one row; ``&= c`` goes on from the line above."""
    cells: list[Expr] = []
    while r.accept("&", ","):
        pass
    previous = above[-1][-1] if above else None
    if r.now.text in COMPARISONS and isinstance(previous, Relation):
        op = COMPARISONS[r.take().text]
        return [Relation(op, previous.right, r.sum())]
    while (
        r.now.kind is not Kind.END
        and not r.sees("\\\\", "\n")
        and not r.now.text.startswith("end ")
    ):
        if r.now.kind is Kind.TEXT and r.now.text.strip().strip(",，:：") in OTHERWISE:
            r.take()
            cells.append(Truth(value=True))
        elif r.now.kind is Kind.TEXT and r.now.text.strip().strip(",，") in IF:
            r.take()
        else:
            cells.append(r.junction())
        if not r.accept("&", ",", ".") and r.now.kind is not Kind.TEXT:
            break
        while r.accept("&"):
            pass
    return cells


def _is_system(kind: str, rows: list[list[Expr]]) -> bool:
    return kind in SYSTEMS or (
        kind in ("array", "tabular", "matrix")
        and all(isinstance(cell, Statement) for row in rows for cell in row)
    )


def _system(rows: list[list[Expr]]) -> Expr:
    """Equations that hold together, or a function given piece by piece."""
    if all(len(row) == 2 and not isinstance(row[0], Statement) for row in rows):
        return Call("piecewise", tuple(cell for row in rows for cell in row))
    statements = tuple(cell for row in rows for cell in row)
    return statements[0] if len(statements) == 1 else Junction(Connective.AND, statements)


def _matrix(kind: str, rows: list[list[Expr]], begin: Token) -> Expr:
    if len({len(row) for row in rows}) != 1:
        raise ReadingError(
            Text("the rows of this matrix differ in length", "矩阵各行的长度不同"), begin.start
        )
    matrix = Matrix(tuple(map(tuple, rows)))
    return Call("det", (matrix,)) if kind == "vmatrix" else matrix
