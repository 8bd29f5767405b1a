"""Functions told in cases: that of a number is chosen, in an equation each is solved by itself."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.numerics.algebraic import exact_holds
from assistant.maths.checking.numerics.numeric import NoValue
from assistant.maths.types import Request, Task, Text

MEANT = Text("each case of the function by itself", "按分段函数的各段分别求解")
MOST = 6


def by_cases(request: Request) -> tuple[Request, Text | None]:
    """The request about the cases, where no two of them overlap, with what is to be said."""
    match request:
        case Request(task=Task.SOLVE, operands=(t.Relation() as given,), variables=variables):
            pass
        case _:
            return request, None
    found = [n for n in t.walk(given) if isinstance(n, t.Call) and n.name == "piecewise"]
    if len(found) != 1 or len(variables) > 1:
        return request, None
    pairs = _pairs(found[0])
    if pairs is None:
        return request, None
    parts = []
    for value, condition in pairs:
        whole = _put(given, found[0], value)
        both = condition.args if isinstance(condition, t.Junction) else (condition,)
        parts.append(t.Junction(t.Connective.AND, (whole, *both)))
    statement = parts[0] if len(parts) == 1 else t.Junction(t.Connective.OR, tuple(parts))
    return replace(request, operands=(statement,)), MEANT


def _put(given: t.Expr, call: t.Expr, value: t.Expr) -> t.Expr:
    return t.transform(given, lambda node: value if node == call else node)


def with_chosen(request: Request) -> Request:
    """The request with every function in cases whose case is known replaced by its value there."""
    if not any(_is_cases(n) for o in request.operands for n in t.walk(o)):
        return request
    return replace(request, operands=tuple(t.transform(o, _chosen) for o in request.operands))


def _is_cases(node: t.Expr) -> bool:
    return isinstance(node, t.Call) and node.name == "piecewise" and len(node.args) % 2 == 0


def _chosen(node: t.Expr) -> t.Expr:
    """The value of the first case that holds, if that is certain."""
    if not _is_cases(node):
        return node
    parts = t.children(node)
    for value, condition in zip(parts[::2], parts[1::2], strict=True):
        if t.symbols(condition):
            return node
        try:
            if exact_holds(condition):
                return value
        except NoValue:
            return node
    return node


def _pairs(call: t.Call) -> list[tuple[t.Expr, t.Expr]] | None:
    """Values with their conditions on the one letter; ``None`` where two conditions overlap."""
    pairs = list(zip(call.args[::2], call.args[1::2], strict=False))
    if len(call.args) % 2 or not 0 < len(pairs) <= MOST:
        return None
    sets: list[sp.Set] = []
    for value, condition in pairs:
        if isinstance(value, t.Relation | t.Junction) or len(t.symbols(condition)) != 1:
            return None
        try:
            where = to_sympy(condition, real=True).as_set()
        except (NotConvertible, NotImplementedError, AttributeError):
            return None
        if any(other & where is not sp.S.EmptySet for other in sets):
            return None
        sets.append(where)
    return pairs
