"""Limits, integrals, sums, products and derivatives, in every spelling of them.

How far they reach without brackets: a limit takes the whole sum that follows it, an
integral all up to its ``dx``, a sum sign one product, ``d/dx`` one product (the whole sum
where the input begins with it).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.maths.reading.formulas import brackets
from assistant.maths.reading.formulas.tokens import Kind, ReadingError, Token
from assistant.maths.terms import (
    Bracket,
    Call,
    Collection,
    Constant,
    ConstantName,
    Div,
    Expr,
    Mul,
    Neg,
    Number,
    Relation,
    Symbol,
    integer,
    symbols,
    transform,
)
from assistant.maths.types import Text

if TYPE_CHECKING:
    from assistant.maths.reading.formulas.grammar import FormulaReader

LETTERS = {ConstantName.I: "i", ConstantName.E: "e"}
LIMITS = {"+": "limit_right", "-": "limit_left", "": "limit", "+-": "limit"}
OPENING = {"{": "}", "(": ")", "[": "]"}


def usual_variable(expr: Expr) -> str:
    """The variable that is meant where none is named: the only one, or x, or t."""
    found = symbols(expr)
    return next((v for v in ("x", "t") if v in found), found[0] if len(found) == 1 else "x")


def _variable(value: Expr, at: Token) -> Symbol:
    """A bound variable; the letters i and e are plain ones here."""
    match value:
        case Symbol():
            return value
        case Constant(name) if name in LETTERS:
            return Symbol(LETTERS[name])
        case Call(name, (Symbol(),)):  # y of an equation where y depends on x
            return Symbol(name)
    raise ReadingError(Text("a variable is expected here", "此处应为变量"), at.start)


def _bound(variable: Symbol, body: Expr) -> Expr:
    """A body in which the bound letter i (or e) is the variable and no constant."""
    if variable.name not in ("i", "e", "I", "E"):
        return body
    constant = Constant(ConstantName.I if variable.name in "iI" else ConstantName.E)
    return transform(body, lambda node: variable if node == constant else node)


# limits -------------------------------------------------------------------------


def limit(r: FormulaReader, _token: Token) -> Expr | None:
    """``lim x→0 f``, ``lim_{x→0^+} f``, ``lim(x→0) f``, ``limit(f, x, 0, '+')``."""
    if r.sees("(") and r.peek(2).text != "->":
        return _limit_call(r)
    r.accept("_")
    opening = r.accept("{", "(", "[")
    direction = _take_direction(r) if opening else ""
    at = r.now
    variable = _variable(r.single(), at)
    if not r.accept("->"):
        raise r.error(
            Text("an arrow is expected here", "此处应有箭头"),
            Text("write lim x->0 …", "请写成 lim x->0 …"),
        )
    point = r.sum() if opening else _bare_point(r)
    if opening:
        r.close(opening, OPENING[opening.text])
    else:
        direction = _bare_direction(r)
    r.accept("of")
    r.limits += 1
    body = _bound(variable, r.sum())
    r.limits -= 1
    return Call(LIMITS[direction], (body, variable, point))


def _take_direction(r: FormulaReader) -> str:
    """The ``+`` of ``{x→0^+}``: found before the bracket closes and taken out of it."""
    depth, end = 1, r.position
    while depth and r.tokens[end].kind is not Kind.END:
        depth += (r.tokens[end].text in OPENING) - (r.tokens[end].text in OPENING.values())
        end += 1
    close = end - 1
    start = close - 1
    while r.tokens[start].text in (")", "}") and start > r.position:
        start -= 1
    sign = r.tokens[start]
    if sign.text not in ("+", "-") or sign.kind is not Kind.SIGN:
        return ""
    while r.tokens[start - 1].text in ("^", "(", "{") and start - 1 > r.position:
        start -= 1
    del r.tokens[start:close]
    return sign.text


def _bare_point(r: FormulaReader) -> Expr:
    """The point of ``lim x→pi/2 …``: one factor with its sign, and what touches it."""
    negative = r.accept("-")
    if not negative:
        r.accept("+")
    point = r.postfix(r.single())
    while not r.now.spaced and (r.now.kind in (Kind.NAME, Kind.WORD) or r.sees("/")):
        if r.accept("/"):
            point = Div(point, r.single())
        elif isinstance(point, Number) and r.now.text in ("pi", "e", "a"):
            point = Mul((point, r.single()))
        else:
            break
    return Neg(point) if negative else point


def _bare_direction(r: FormulaReader) -> str:
    """``0+`` or ``0^+`` before a space."""
    place = r.position
    raised = r.accept("^")
    bracket = raised and r.accept("(", "{")
    sign = r.accept("+", "-")
    if sign and bracket and r.accept(")", "}"):
        return sign.text
    if sign and not bracket and (raised or (not sign.spaced and r.now.spaced)):
        return sign.text
    r.position = place
    return ""


def _limit_call(r: FormulaReader) -> Expr:
    """``limit(f, x, 0)``, with a direction ``'+'``, or ``limit(f, x→0)``."""
    opening = r.take()
    body = r.junction()
    if not r.accept(","):
        raise r.error(Text("the variable and its limit are missing", "缺少变量及其趋近的值"))
    at = r.now
    variable = _variable(r.single(), at)
    if not r.accept(",", "->", "="):
        raise r.error(Text("the point of the limit is missing", "缺少极限点"))
    point = r.sum()
    direction = ""
    if r.accept(","):
        while r.now.text in ("d", "i", "r", "dir", "="):
            r.take()
        mark = r.take().text.strip("'")
        if mark not in LIMITS:
            raise r.error(Text("the direction is '+' or '-'", "方向应为 '+' 或 '-'"))
        direction = mark
    r.close(opening, ")")
    return Call(LIMITS[direction], (_bound(variable, body), variable, point))


# integrals ------------------------------------------------------------------------


def integral(r: FormulaReader, count: int = 1) -> Expr:
    """``∫ f dx`` with or without bounds; ``∬`` is two of them."""
    low = high = None
    for _ in range(2):
        if r.accept("_"):
            low = _end(r)
        elif r.accept("^"):
            high = _end(r)
    outer, r.differential = r.differential, ""
    r.integrals += 1
    body = r.sum()
    variables = [r.differential] if r.differential else []
    while variables and len(variables) < count and r.now.text == "d":
        r.take()
        variables.append(r.take().text)
    r.integrals -= 1
    r.differential = outer
    if not variables:
        variables = [usual_variable(body)]
        r.note("read as an integral over {0}", "读作对 {0} 积分", Symbol(variables[0]))
    for name in variables[:-1]:
        body = Call("integrate", (_bound(Symbol(name), body), Symbol(name)))
    variable = Symbol(variables[-1])
    body = _bound(variable, body)
    if low is None or high is None:
        return Call("integrate", (body, variable))
    return Call("integrate", (body, variable, low, high))


def _end(r: FormulaReader) -> Expr:
    """A bound: a group, or one number, letter or bracket with its sign."""
    if r.sees("{"):
        return r.group()
    negative = r.accept("-")
    if not negative:
        r.accept("+")
    if r.latex and r.now.kind is Kind.NUMBER:
        from assistant.maths.reading.formulas import layout

        layout.end_of_bound(r)
    value = r.single()
    if isinstance(value, Number) and r.now.text == "pi" and not r.now.spaced and not r.latex:
        value = Mul((value, r.single()))
    return Neg(value) if negative else value


def _integral_word(r: FormulaReader, token: Token) -> Expr | None:
    """``integrate(f, x)`` is a call; ``int f dx`` is an integral sign."""
    if token.text != "int" or (r.sees("(") and has_comma(r)):
        return _call(r, token, "integrate")
    return integral(r)


def has_comma(r: FormulaReader) -> bool:
    """Whether the bracket that begins here holds a list."""
    depth = 0
    for token in r.tokens[r.position :]:
        depth += (token.text in OPENING) - (token.text in OPENING.values())
        if depth == 0:
            return False
        if depth == 1 and token.text == ",":
            return True
    return False


# sums and products ------------------------------------------------------------------


def big(r: FormulaReader, token: Token, name: str) -> Expr:
    """``Σ_{k=1}^n`` and the factor behind it."""
    missing = ReadingError(
        Text("the bounds of the sum are missing", "缺少求和的上下限"),
        token.start,
        Text("write {0}", "请写成 {0}", ("sum_{k=1}^{n} …",)),
    )
    if not r.accept("_"):
        raise missing
    opening = r.accept("{", "(")
    at = r.now
    variable = _variable(r.single(), at)
    if not r.accept("="):
        raise missing
    low = r.sum() if opening else r.single()
    if opening:
        r.close(opening, OPENING[opening.text])
    if not r.accept("^"):
        raise missing
    high = _end(r)
    body = _bound(variable, r.product())
    if r.sees("+", "-"):
        r.note("the sum sign takes {0} only", "求和号只作用于 {0}", body)
    return Call(name, (body, variable, low, high))


def _sum_word(r: FormulaReader, token: Token) -> Expr | None:
    return big(r, token, "sum") if r.sees("_") else _call(r, token, "sum")


def _product_word(r: FormulaReader, token: Token) -> Expr | None:
    return big(r, token, "product") if r.sees("_") else _call(r, token, "product")


# calls -----------------------------------------------------------------------------


def _call(r: FormulaReader, token: Token, name: str) -> Expr:
    """``integrate(f, (x, 0, 1))``, ``diff(f, x, 2)``, ``sum(k, (k, 1, n))``."""
    if not r.sees("("):
        raise r.error(
            Text("“{0}” takes its values in brackets", "“{0}”的参数应写在括号中", (token.text,)),
            Text("write {0}(f, x)", "请写成 {0}(f, x)", (token.text,)),
        )
    args = brackets.arguments(r)
    if not args:
        raise ReadingError(
            Text("“{0}” has no argument", "“{0}”缺少参数", (token.text,)), token.start
        )
    body, groups = args[0], _groups(args[1:], token)
    if not groups and name not in ("sum", "product"):
        groups = [(Symbol(usual_variable(body)),)]
    sizes = {"diff": (1, 2), "integrate": (1, 3)}.get(name, (3,))
    for group in groups:
        variable = _variable(group[0], token)
        rest = group[1:]
        if len(group) not in sizes:
            raise ReadingError(
                Text("the bounds of “{0}” are not complete", "“{0}”的上下限不完整", (token.text,)),
                token.start,
            )
        if name == "diff" and not rest:
            rest = (integer(1),)
        body = Call(name, (_bound(variable, body), variable, *rest))
    if not groups:
        raise ReadingError(
            Text("the bounds of “{0}” are missing", "“{0}”缺少上下限", (token.text,)), token.start
        )
    return body


def _groups(args: tuple[Expr, ...], token: Token) -> list[tuple[Expr, ...]]:
    """``x, y``, ``(x, 2), y`` or ``x, 0, 1`` as variables with what belongs to each."""
    groups: list[tuple[Expr, ...]] = []
    if len(args) == 2 and all(isinstance(a, Symbol) for a in args):
        return [(a,) for a in args]
    for n, arg in enumerate(args):
        match arg:
            case Collection(Bracket.TUPLE, items) if items:
                groups.append(items)
            case Relation(_, left, right):  # k = 1, n
                groups.append((left, right))
            case Symbol() | Call() if n == 0 or (token.text in ("diff", "Derivative")):
                groups.append((arg,))
            case _ if groups:
                groups[-1] = (*groups[-1], arg)
            case _:
                groups.append((arg,))
    return groups


READERS: dict[str, Callable[[FormulaReader, Token], Expr | None]] = {
    "limit": limit,
    "integrate": _integral_word,
    "sum": _sum_word,
    "product": _product_word,
    "diff": lambda r, token: _call(r, token, "diff"),
}


# derivatives in Leibniz's notation ---------------------------------------------------


def leibniz(r: FormulaReader) -> Expr | None:
    """``d/dx f``, ``dy/dx``, ``d^2y/dx^2``, ``\\frac{∂f}{∂x}``; nothing if it is none."""
    place = r.position
    at_start = place == 0 or (place == 1 and r.tokens[0].text == "frac")
    braced = r.accept("{") is not None
    mark = r.take().text
    order = _order(r)
    body = None
    if not r.sees("/", "}") and _numerator_follows(r):
        body = r.power()
    bar = (r.accept("}") and r.accept("{")) if braced else r.accept("/")
    variables = _below(r, mark) if bar else []
    if not variables or (braced and not r.accept("}")):
        r.position = place
        return None
    if body is None:
        whole = at_start and not r.sees("(", "[", "{")
        body = r.sum() if whole else r.product()
        if not whole and r.sees("+", "-"):
            r.note("d/d{0} takes {1} only", "d/d{0} 只作用于 {1}", variables[0][0], body)
    elif isinstance(body, Symbol):
        body = Call(body.name, tuple(Symbol(name) for name, _ in variables))
    if len(variables) == 1:
        variables = [(variables[0][0], max(order, variables[0][1]))]
    for name, times in reversed(variables):
        body = Call("diff", (_bound(Symbol(name), body), Symbol(name), integer(times)))
    return body


def _order(r: FormulaReader) -> int:
    """The 2 of ``d^2``."""
    if not r.sees("^"):
        return 1
    closing = OPENING.get(r.peek().text, "")
    number = r.peek(2) if closing else r.peek()
    if number.kind is not Kind.NUMBER or number.text not in tuple("123456789"):
        return 1
    r.position += 4 if closing else 2
    return int(number.text)


def _numerator_follows(r: FormulaReader) -> bool:
    """Whether a function or a bracket stands between ``d`` and the bar."""
    return r.now.kind is Kind.NAME or r.sees("(")


def _below(r: FormulaReader, mark: str) -> list[tuple[str, int]]:
    """The variables under the bar, with their orders."""
    opening = r.accept("(")
    found: list[tuple[str, int]] = []
    while r.now.text == mark and r.peek().kind is Kind.NAME:
        r.take()
        name = r.take().text
        found.append((name, _order(r)))
    return found if not opening or r.accept(")") else []
