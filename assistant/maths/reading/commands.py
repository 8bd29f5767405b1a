"""Instructions in the shape of a call, as other programs write them: ``factor(x^2 - 1)``.

A table of names; the formula reader knows ``diff``, ``integrate``, ``limit`` and the other
operators itself.  A name whose bracket does not close at the end of the text is no call
(``expand (x+1)(x+2)``): the words of the sentence decide then.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.maths import topics
from assistant.maths.reading.defaults import differential, solving
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import CLOSING, OPENING, Scan
from assistant.maths.terms import (
    Bracket,
    Call,
    Collection,
    Comparison,
    Constant,
    Expr,
    Interval,
    Junction,
    Matrix,
    Number,
    Relation,
    Symbol,
    equation,
    integer,
    symbols,
)
from assistant.maths.types import Request, Task

HEAD = re.compile(r"\s*(?:sympy\.|sp\.|math\.)?([A-Za-z_]\w*)\s*\(")
METHOD = re.compile(r"\s*\.\s*([A-Za-z_]+)\s*(?:\(\s*\))?\s*$")
Build = Callable[[Scan, Span, list[Expr]], Request]

REWRITES: dict[str, tuple[Task, str]] = {
    "expand": (Task.EXPAND, ""), "factor": (Task.FACTOR, ""), "factorize": (Task.FACTOR, ""),
    "factorise": (Task.FACTOR, ""), "apart": (Task.SIMPLIFY, topics.PARTIAL_FRACTIONS),
    "radsimp": (Task.SIMPLIFY, topics.RATIONALIZE), "N": (Task.EVALUATE, ""),
} | dict.fromkeys(
    "simplify together cancel trigsimp ratsimp powsimp logcombine nsimplify".split(),
    (Task.SIMPLIFY, ""),
) | dict.fromkeys(["evaluate", "calculate", "compute"], (Task.EVALUATE, ""))  # fmt: skip
NUMBERS = {
    "gcf": topics.GCD, "hcf": topics.GCD, "isprime": topics.IS_PRIME,
    "factorint": topics.FACTORIZATION, "primefactors": topics.PRIME_FACTORS,
    "primeFactors": topics.PRIME_FACTORS, "divisors": topics.DIVISORS, "nCr": topics.COMBINATIONS,
    "nPr": topics.PERMUTATIONS, "isPrime": topics.IS_PRIME,
}  # fmt: skip
DATA = {
    "mean": topics.MEAN, "average": topics.MEAN, "median": topics.MEDIAN, "mode": topics.MODE,
    "variance": topics.VARIANCE, "var": topics.VARIANCE, "stdev": topics.STANDARD_DEVIATION,
    "std": topics.STANDARD_DEVIATION,
}  # fmt: skip
MATRICES = {
    "det": topics.DETERMINANT, "inv": topics.INVERSE, "inverse": topics.INVERSE,
    "rref": topics.RREF, "rank": topics.RANK, "transpose": topics.TRANSPOSE, "T": topics.TRANSPOSE,
    "trace": topics.TRACE, "tr": topics.TRACE, "eigenvals": topics.EIGENVALUES,
    "eigenvalues": topics.EIGENVALUES, "eigenvects": topics.EIGENVECTORS,
    "eigenvectors": topics.EIGENVECTORS, "adjugate": topics.ADJUGATE,
    "charpoly": topics.CHARACTERISTIC,
}  # fmt: skip
FUNCTIONS = {"domain": topics.DOMAIN, "range": topics.RANGE, "plot": topics.SKETCH,
             "extrema": topics.EXTREMA}  # fmt: skip


def read_command(scan: Scan, span: Span) -> Request | None:
    """The request of a call that is the whole text; ``None`` if it is none.

    Raises ``ReadingError`` at an argument that is not understood.
    """
    if method := METHOD.search(span.text):
        return _of_matrix(scan, span.cut(span.start, span.start + method.start()), method[1])
    head = HEAD.match(span.source, span.start, span.end)
    if head is None or _closing(span, head.end() - 1) != span.end - 1:
        return None
    name, inside = head[1], span.cut(head.end(), span.end - 1)
    build = _builder(name)
    if build is None or not inside or (name in scan.functions):
        return None
    args = _arguments(inside)
    values = [_argument(scan, a) for a in args]
    return build(scan, inside, values)


def _of_matrix(scan: Scan, span: Span, name: str) -> Request | None:
    """``Matrix([[1, 2], [3, 4]]).det()``."""
    if name not in MATRICES or not span or "[" not in span.text:
        return None
    return Request(task=Task.MATRIX, topic=MATRICES[name], operands=(scan.formula(span),))


def _builder(name: str) -> Build | None:
    """What makes the request of a call; ``None`` for an unknown name."""
    if name in REWRITES:
        return lambda scan, span, args: _rewrite(scan, span, args, *REWRITES[name])
    if name in NUMBERS:
        return lambda _scan, _span, args: Request(
            task=Task.NUMBER, topic=NUMBERS[name], operands=tuple(args)
        )
    if name in DATA:
        return lambda scan, span, args: _data(scan, span, args, DATA[name])
    if name in MATRICES and name != "T":
        return lambda scan, span, args: _matrix(scan, span, args, MATRICES[name])
    if name in FUNCTIONS:
        return lambda scan, span, args: _function(scan, span, args, FUNCTIONS[name])
    return {
        "solve": _solve, "solveset": _solve, "nsolve": _solve, "roots": _solve, "linsolve": _solve,
        "nonlinsolve": _solve, "solve_univariate_inequality": _solve, "dsolve": _dsolve,
        "series": _series, "taylor": _series, "collect": _collect,
        "complete_square": _square, "rem": _division, "quo": _division,
    }.get(name)  # fmt: skip


def _closing(span: Span, at: int) -> int:
    """Where the bracket that opens at a place closes; -1 if it does not."""
    depth = 0
    for n in range(at, span.end):
        depth += (span.source[n] in OPENING) - (span.source[n] in CLOSING)
        if depth == 0:
            return n
    return -1


def _arguments(span: Span) -> list[Span]:
    """The pieces between the commas that stand outside every bracket."""
    pieces, depth, start = [], 0, span.start
    for n in range(span.start, span.end):
        char = span.source[n]
        depth += (char in OPENING) - (char in CLOSING)
        if depth == 0 and char in ",，;":
            pieces.append(span.cut(start, n))
            start = n + 1
    pieces.append(span.cut(start, span.end))
    return [p for p in pieces if p]


def _argument(scan: Scan, span: Span) -> Expr:
    """A formula, a list of them, or a named argument, ``n=4``, as its value."""
    if span.text[0] in "[(" and _closing(span, span.start) == span.end - 1:
        inner = _arguments(span.cut(span.start + 1, span.end - 1))
        if len(inner) > 1 or (inner and inner[0].text[:1] not in "[("):
            values = tuple(_argument(scan, i) for i in inner)
            if any(isinstance(v, Relation | Junction) for v in values):
                return Collection(Bracket.LIST, values)
    return scan.formula(span)


def _too_many(scan: Scan, span: Span) -> ReadingError:
    return scan.error(
        span, "this call has more arguments than are understood", "此处的参数过多，无法理解"
    )


def _rewrite(scan: Scan, span: Span, args: list[Expr], task: Task, topic: str) -> Request:
    body = args[0]
    if len(args) > 1 and not (len(args) == 2 and isinstance(args[1], Symbol)):
        raise _too_many(scan, span)
    if isinstance(body, Relation | Junction | Collection):
        raise scan.error(span, "an expression is expected here, not a statement", "此处应为算式")
    return Request(task=task, topic=topic, operands=(body,), variables=symbols(body))


def _collect(scan: Scan, span: Span, args: list[Expr]) -> Request:
    return _rewrite(scan, span, args, Task.SIMPLIFY, topics.COLLECT)


def _square(scan: Scan, span: Span, args: list[Expr]) -> Request:
    return _rewrite(scan, span, args, Task.SIMPLIFY, topics.COMPLETE_SQUARE)


def _solve(scan: Scan, span: Span, args: list[Expr]) -> Request:
    """``solve(x^2 - 4, x)``, ``solve([…], [x, y])``, ``solveset(…, x, domain)``."""
    first, *rest = args
    bodies = first.items if isinstance(first, Collection) else (first,)
    domain = None
    if rest and isinstance(rest[-1], Interval | Constant):
        domain = rest.pop()
    statements = [
        b if isinstance(b, Relation | Junction) else equation(b, integer(0)) for b in bodies
    ]
    names: list[str] = []
    for arg in rest:
        for item in arg.items if isinstance(arg, Collection) else (arg,):
            match item:
                case Symbol(name) | Call(name, (Symbol(),)):
                    names.append(name)
                case Relation() | Junction():
                    statements.append(item)
                case _ if not symbols(item):  # nsolve: the guess
                    continue
                case _ if names or not isinstance(first, Collection | Relation | Junction):
                    raise _too_many(scan, span)
                case _:
                    statements.append(equation(item, integer(0)))
    request = solving(scan, tuple(statements), tuple(names))
    if domain is None:
        return request
    return Request(task=request.task, operands=request.operands, variables=request.variables,
                   domain=domain)  # fmt: skip


def _dsolve(scan: Scan, span: Span, args: list[Expr]) -> Request:
    statements = tuple(
        s
        for a in args
        for s in (a.items if isinstance(a, Collection) else (a,))
        if isinstance(s, Relation | Junction)
    )
    found = differential(scan, statements) if statements else None
    if found is None:
        raise scan.error(span, "a differential equation is expected here", "此处应为微分方程")
    return found


def _series(scan: Scan, span: Span, args: list[Expr]) -> Request:
    """``series(f, x, 0, n)``: the terms below the power n, as in SymPy."""
    body, *rest = args
    name = scan.variable(body, span=span)
    match rest:
        case [Symbol(letter), *values]:
            name, rest = letter, values
        case [Relation(Comparison.EQ, Symbol(letter), value), *values]:
            name, rest = letter, [value, *values]
    match rest:
        case []:
            point, order = integer(0), None
        case [point]:
            order = None
        case [point, Number(n)] if n.denominator == 1:
            order = int(n) - 1
        case _:
            raise _too_many(scan, span)
    return Request(task=Task.SERIES, operands=(body, point), variables=(name,), order=order)


def _data(scan: Scan, span: Span, args: list[Expr], topic: str) -> Request:
    first = args[0]
    items = first.items if len(args) == 1 and isinstance(first, Collection) else tuple(args)
    if len(items) < 2:
        raise scan.error(span, "a list of numbers is expected", "此处应为一组数据")
    return Request(
        task=Task.STATISTICS, topic=topic, operands=(Collection(Bracket.LIST, tuple(items)),)
    )


def _matrix(scan: Scan, span: Span, args: list[Expr], topic: str) -> Request:
    if len(args) != 1 or not isinstance(args[0], Matrix | Symbol):
        raise scan.error(span, "a matrix is expected here", "此处应为矩阵")
    return Request(task=Task.MATRIX, topic=topic, operands=(args[0],))


def _function(scan: Scan, span: Span, args: list[Expr], topic: str) -> Request:
    body = args[0].right if isinstance(args[0], Relation) else args[0]
    if len(args) > 1 and not isinstance(args[1], Symbol):
        raise _too_many(scan, span)
    return Request(
        task=Task.FUNCTION,
        topic=topic,
        operands=(body,),
        variables=(scan.variable(body, span=span),),
    )


def _division(scan: Scan, span: Span, args: list[Expr]) -> Request:
    if len(args) < 2 or len(args) > 3:
        raise _too_many(scan, span)
    quotient = scan.source[: span.start].rstrip(" (").endswith("quo")
    return Request(
        task=Task.NUMBER,
        topic=topics.QUOTIENT if quotient else topics.REMAINDER,
        operands=(args[0], args[1]),
    )
