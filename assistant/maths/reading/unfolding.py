"""Names of matrices and of expressions to be differentiated, put in where they are asked for.

``A = [[1, 2], [3, 4]], … find AB`` asks for a value in matrices, and ``∂f/∂x for f = x^2 y``
for a derivative of the formula that f names.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import topics
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import (
    Call,
    Comparison,
    Expr,
    Matrix,
    Relation,
    Symbol,
    symbols,
    transform,
    walk,
)
from assistant.maths.types import Definition, Request, Task

VALUES = frozenset([Task.EVALUATE, Task.SIMPLIFY])


def unfolded(scan: Scan, requests: list[Request]) -> list[Request]:
    """The requests with such names replaced; definitions no longer used are dropped."""
    matrices = {d.name: d.body for d in scan.definitions if d.name and isinstance(d.body, Matrix)}
    found = [_in_matrices(r, matrices) if r.task in VALUES else r for r in requests]
    found = [_derived(scan, r) if r.task is Task.DIFFERENTIATE else r for r in found]
    if found != requests:
        used = {n for r in found for o in r.operands for n in _names(o)}
        used |= {n for d in scan.definitions if not isinstance(d.body, Matrix) for n in _used(d)}
        scan.definitions = [d for d in scan.definitions if (_defined(d) or d.name) in used]
    return found


def _in_matrices(request: Request, matrices: dict[str, Matrix]) -> Request:
    if not any(n in matrices for o in request.operands for n in symbols(o)):
        return request
    operands = tuple(_put(o, dict(matrices)) for o in request.operands)
    return replace(
        request, task=Task.MATRIX, topic=topics.MATRIX_VALUE, operands=operands, variables=()
    )


def _derived(scan: Scan, request: Request) -> Request:
    """``f(x)`` of a derivative as the formula that the name f alone was given."""
    match request.operands:
        case (Call(name, (Symbol(),)),) | (Symbol(name),):
            for definition in scan.definitions:
                body = definition.body
                if definition.name == name and not definition.parameters:
                    if not isinstance(body, Request) and not _also_tied(scan, definition):
                        return replace(request, operands=(body,))
                elif _defined(definition) == name and isinstance(body, Relation):
                    return replace(request, operands=(body.right,))
    return request


def _also_tied(scan: Scan, definition: Definition) -> bool:
    """Whether a name with a number for its value is bound by an equation too: then it is a
    function of the other letters, and the number is its value at one place."""
    body = definition.body
    if isinstance(body, Request) or symbols(body):
        return False
    return any(definition.name in _used(d) for d in scan.definitions if not d.name)


def _defined(definition: Definition) -> str:
    """The z of ``z = x^2 y``, where it was read as an equation."""
    match definition.body:
        case Relation(Comparison.EQ, Symbol(name), right) if not definition.name:
            return "" if name in symbols(right) else name
    return ""


def _put(value: Expr, names: dict[str, Matrix]) -> Expr:
    return transform(
        value, lambda n: names[n.name] if isinstance(n, Symbol) and n.name in names else n
    )


def _names(value: Expr) -> set[str]:
    return set(symbols(value)) | {n.name for n in walk(value) if isinstance(n, Call)}


def _used(definition: Definition) -> set[str]:
    body = definition.body
    values = body.operands if isinstance(body, Request) else (body,)
    return {n for v in values for n in _names(v)} - {_defined(definition)}
