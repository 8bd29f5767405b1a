"""What stands in brackets: groups, arguments, absolute values, matrices, sets, intervals.

A lone ``(a, b)`` is a pair and ``[a, b]`` a list; they are intervals where only a set can
be meant: after ``in`` or ∈, joined by ∪ or ∩, with an infinite end, or with brackets that
differ.  Between absolute bars a ``|`` behind a value closes the innermost open bar.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from assistant.maths.reading.formulas.cursor import CLOSING
from assistant.maths.reading.formulas.tokens import Kind, ReadingError, Token
from assistant.maths.terms import (
    Add,
    Bracket,
    Call,
    Collection,
    Comparison,
    Connective,
    Constant,
    ConstantName,
    Div,
    Expr,
    Interval,
    Junction,
    Matrix,
    Neg,
    Relation,
    Symbol,
    integer,
    is_infinite,
    symbols,
)
from assistant.maths.types import Text

if TYPE_CHECKING:
    from assistant.maths.reading.formulas.grammar import FormulaReader

INFINITY = Constant(ConstantName.INFINITY)
SETS: dict[Expr, Expr] = {
    Symbol("R"): Constant(ConstantName.REALS),
    Symbol("Z"): Constant(ConstantName.INTEGERS),
    Symbol("N"): Constant(ConstantName.NATURALS),
    Symbol("Q"): Constant(ConstantName.RATIONALS),
    Symbol("C"): Constant(ConstantName.COMPLEXES),
}
"""What these letters mean behind ∈."""
KINDS = {"(": Bracket.TUPLE, "[": Bracket.LIST, "{": Bracket.SET, "\\{": Bracket.SET}
SET_OPERATORS = {"∪": "union", "U": "union", "∩": "intersection", "∖": "complement"}


def bracket(r: FormulaReader) -> Expr:
    """A bracket where a value is expected."""
    opening = r.now
    r.depth += 1
    bars, r.bars = r.bars, 0
    ended, r.differential = r.differential, ""  # dx/(x + 1): the bracket is not after its end
    match opening.text:
        case "|" | "lvert":
            value = _absolute(r, bars)
        case "⌊" | "⌈":
            r.take()
            inner = r.sum()
            r.close(opening, CLOSING[opening.text])
            value = Call("floor" if opening.text == "⌊" else "ceiling", (inner,))
        case "{" | "\\{":
            value = _braces(r)
        case _:
            value = _list(r)
    r.depth, r.bars = r.depth - 1, bars
    r.differential = ended or r.differential
    return value


def arguments(r: FormulaReader) -> tuple[Expr, ...]:
    """A bracketed list of arguments."""
    opening = r.now
    r.depth += 1
    bars, r.bars = r.bars, 0
    ended, r.differential = r.differential, ""  # dx/(x + 1): the bracket is not after its end
    r.take()
    items, _ = _items(r, opening, CLOSING[opening.text])
    r.depth, r.bars = r.depth - 1, bars
    r.differential = ended or r.differential
    return items


def _absolute(r: FormulaReader, outer: int) -> Expr:
    opening = r.take()
    r.bars = outer + 1 if opening.text == "|" else 1
    inner = r.sum()
    r.close(opening, CLOSING[opening.text], "|", "rvert")
    return Call("det" if isinstance(inner, Matrix) else "abs", (inner,))


def _items(r: FormulaReader, opening: Token, *closing: str) -> tuple[tuple[Expr, ...], Token]:
    """Items with commas, a last comma allowed, and the bracket that closed them."""
    items: list[Expr] = []
    while not r.sees(*closing):
        items.append(r.junction())
        if not r.accept(","):
            break
    return tuple(items), r.close(opening, *closing)


def _list(r: FormulaReader) -> Expr:
    """``( )`` group, tuple or interval; ``[ ]`` group, list, interval or matrix."""
    opening, start = r.take(), r.position
    first, closing = _items_or_rows(r, opening)
    if isinstance(first, Matrix):
        return first
    items, one = first, r.tokens[r.position - 2].text != ","
    if len(items) == 1 and one and (opening.text == "(" or not _is_row(items[0])):
        inner = r.tokens[start : r.position - 1]
        if opening.text == "[" and not any(token.text in CLOSING for token in inner):
            r.unsure = True  # ``[3.7]`` without a bracket inside: the greatest integer for many
            r.note(
                "[…] is read as plain brackets; write floor(…) for the greatest integer",
                "[…] 读作普通括号；取整请写成 floor(…)",
            )
        return items[0]
    if opening.text + closing.text in ("(]", "[)") or (
        len(items) == 2 and opening.text == "(" and any(map(is_infinite, items))
    ):
        if len(items) != 2:
            raise ReadingError(
                Text("an interval has two ends", "区间应有两个端点"),
                opening.start,
                Text("write it as (a, b]", "请写成 (a, b]"),
            )
        return Interval(*items, opening.text == "(", closing.text == ")")
    if not items and opening.text == "(":
        raise ReadingError(Text("nothing stands in this bracket", "括号中没有内容"), opening.start)
    if opening.text == "[" and items and all(map(_is_row, items)):
        rows = tuple(i.items for i in items if isinstance(i, Collection))
        if len({len(row) for row in rows}) == 1 and rows[0]:
            return Matrix(rows)
    return Collection(KINDS[opening.text], items)


def _items_or_rows(r: FormulaReader, opening: Token) -> tuple[tuple[Expr, ...] | Matrix, Token]:
    """The items of a list, or a matrix with ``;`` between its rows."""
    rows: list[tuple[Expr, ...]] = []
    items: list[Expr] = []
    while not r.sees(")", "]"):
        start = r.position
        item = r.junction()
        items.append(_row_of_one(r, start, item) if opening.text == "[" else item)
        if opening.text == "[" and r.accept(";"):
            rows.append(tuple(items))
            items = []
        elif not r.accept(",") and not (opening.text == "(" and r.accept(";")):
            break
    sides = [")", "]"] if opening.text == "(" else ["]", ")"]
    if len(items) != 2 or rows:  # only an interval may close otherwise
        del sides[1]
    closing = r.close(opening, *sides)
    if rows and len({len(row) for row in (*rows, items)}) == 1:
        return Matrix((*rows, tuple(items))), closing
    return tuple(items), closing


def _row_of_one(r: FormulaReader, start: int, item: Expr) -> Expr:
    """``[5]`` between brackets of a list is a row, and no group."""
    if r.tokens[start].text != "[" or isinstance(item, Collection | Matrix | Interval):
        return item
    depth = 0
    for n in range(start, r.position):
        depth += (r.tokens[n].text == "[") - (r.tokens[n].text == "]")
        if depth == 0:
            return Collection(Bracket.LIST, (item,)) if n == r.position - 1 else item
    return item


def _braces(r: FormulaReader) -> Expr:
    """``{ }``: a set, a system of equations, or a group of LaTeX."""
    opening = r.take()
    if r.now.text.startswith("begin "):
        system = r.sum()
        r.accept("\\}", "}")
        return system
    close = CLOSING[opening.text]
    if r.accept(close):
        return Constant(ConstantName.EMPTY)
    r.bars, r.set_builder = 1, not (r.latex and opening.text == "{")
    items = [r.junction()]
    builder, r.set_builder, r.bars = r.set_builder, False, 0
    if builder and r.accept("|", ":"):
        condition = r.junction()
        r.close(opening, close)
        return _builder(items[0], condition)
    while r.accept(",", ";", "\n", "\\\\"):
        if r.sees(close):
            break
        items.append(r.junction())
    statements = all(isinstance(i, Relation | Junction) for i in items)
    if r.now.kind is not Kind.END or not statements:  # a system may have its left brace only
        r.close(opening, close)
    if len(items) == 1 and r.latex and opening.text == "{":
        return items[0]
    if statements:
        return items[0] if len(items) == 1 else Junction(Connective.AND, tuple(items))
    if (
        len(items) > 3
        and len(items) % 2 == 0
        and all(isinstance(i, Relation | Junction) == bool(n % 2) for n, i in enumerate(items))
    ):  # ``{x^2, x < 1; 2x - 1, x >= 1}``: values and where they are taken
        return Call("piecewise", tuple(items))
    return Collection(Bracket.SET, tuple(items))


def _builder(element: Expr, condition: Expr) -> Expr:
    """``{x | x > 0}`` and ``{x in A | …}``."""
    match element:
        case Call("in", (name, _)):
            return Call("conditionset", (name, Junction(Connective.AND, (element, condition))))
        case _:
            return Call("conditionset", (element, condition))


def _is_row(expr: Expr) -> bool:
    return isinstance(expr, Collection) and expr.kind is Bracket.LIST


def is_set(expr: Expr) -> bool:
    """Whether ``U`` between this and a bracket can only be the union."""
    return isinstance(expr, Collection | Interval) or (
        isinstance(expr, Call) and expr.name in SET_OPERATORS.values()
    )


def as_set(expr: Expr) -> Expr:
    """A bracketed pair as an interval."""
    match expr:
        case Collection(Bracket.TUPLE | Bracket.LIST as kind, (low, high)):
            open_ends = kind is Bracket.TUPLE
            return Interval(low, high, open_ends, open_ends)
        case _:
            return expr


def joined_sets(sign: str, left: Expr, right: Expr) -> Expr:
    """``A ∪ B``, ``A ∩ B`` or ``A ∖ B``."""
    name = SET_OPERATORS[sign]
    first, second = as_set(left), as_set(right)
    if isinstance(first, Call) and first.name == name and name != "complement":
        return Call(name, (*first.args, second))
    return Call(name, (first, second))


def related(r: FormulaReader, sign: str, left: Expr, right: Expr) -> Expr:
    """``x in A``, ``x ≈ 1.4``, ``a ≡ b (mod m)``."""
    match sign:
        case "~":
            return Call("approx", (left, right))
        case "≡":
            modulus = _modulus(r)
            match right:
                case Call("mod", (rest, number)) if modulus is None and right is r.remainder:
                    right, modulus = rest, number  # 3x ≡ 2 mod 7
            if modulus is None:
                return Relation(Comparison.EQ, left, right)
            return Relation(
                Comparison.EQ, Call("mod", (left, modulus)), Call("mod", (right, modulus))
            )
        case _:
            return Call("in", (left, SETS.get(right, as_set(right))))


def _modulus(r: FormulaReader) -> Expr | None:
    if r.now.kind is Kind.COMMAND and r.now.text == "pmod":
        r.take()
        return r.group() if r.sees("{") else r.single()
    if r.sees("(") and r.peek().text == "mod":
        opening = r.take()
        r.take()
        value = r.sum()
        r.close(opening, ")")
        return value
    return None


def combinations(r: FormulaReader) -> Expr:
    """``C(5, 2)`` behind its letter."""
    args = arguments(r)
    if len(args) != 2:
        raise r.error(Text("C takes two values in brackets", "组合数 C 需要两个数"))
    r.note("read C as the number of combinations", "将 C 读作组合数")
    return Call("binomial", args)


COUNTED = ("n", "m", "x")
"""Letters below C and A that are the number of things; others are an index."""


def counted(r: FormulaReader, token: Token) -> Expr | None:
    """``C_5^2``, ``A_5^2``, ``P(5, 2)``: choices and arrangements."""
    before = r.tokens[r.position - 2] if r.position > 1 else None
    glued = before is not None and before.kind is Kind.NUMBER and not token.spaced
    if glued and token.text[:1] in ("C", "P") and token.text[1:].isdigit():
        raise ReadingError(
            Text("this looks like a number of choices", "这里像是组合数或排列数"),
            token.start,
            Text("write C(5, 2)", "请写成 C(5, 2)"),
        )
    kind, _, below = token.text.partition("_")
    if kind not in ("A", "P", "C") or token.text in r.names:
        return None
    if below.isdigit() and r.sees("^"):
        place = r.position
        r.take()
        braced = r.accept("{") is not None
        above = r.now
        if above.kind is Kind.NUMBER and above.text.isdigit():
            r.take()
            if not braced or r.accept("}"):
                return _chosen(r, kind, integer(int(below)), integer(int(above.text)))
        r.position = place
    if kind in ("A", "C") and below and r.sees("^") and _always_counts(r, kind):
        place = r.position
        r.take()
        chosen = r.group() if r.sees("{") else r.single()
        if not below.isdigit() or symbols(chosen):
            things = integer(int(below)) if below.isdigit() else Symbol(below)
            return _chosen(r, kind, things, chosen)
        r.position = place
    tokens = [r.peek(n) for n in range(4)]
    if kind != "C" and not below and "".join(t.text for t in tokens[::2]) == "(,":
        numbers = [tokens[1], tokens[3]]
        if all(t.kind is Kind.NUMBER and t.text.isdigit() for t in numbers) and (
            r.peek(4).text == ")"
        ):
            r.position += 5
            return _chosen(r, kind, *(integer(int(t.text)) for t in numbers))
    return None


def _always_counts(r: FormulaReader, kind: str) -> bool:
    """Whether the letter never stands for a value: then it has no power, or another index."""
    return all(
        then.text == "^" and (below.isdigit() or below in COUNTED)
        for token, then in itertools.pairwise(r.tokens)
        for letter, mark, below in [token.text.partition("_")]
        if letter == kind and mark
    )


def _chosen(r: FormulaReader, kind: str, n: Expr, k: Expr) -> Expr:
    if kind == "C":
        r.note("read C as the number of combinations", "将 C 读作组合数")
        return Call("binomial", (n, k))
    r.note("read {0} as the number of permutations", "将 {0} 读作排列数", kind)
    return Div(Call("factorial", (n,)), Call("factorial", (Add((n, Neg(k))),)))
