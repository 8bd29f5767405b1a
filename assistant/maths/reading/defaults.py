"""What is meant by a formula that comes with no instruction, or with a task only."""

from __future__ import annotations

from assistant.maths import topics
from assistant.maths.differential_systems import in_one_variable
from assistant.maths.reading.bounds import domain_of
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import (
    Bracket,
    Call,
    Collection,
    Connective,
    Expr,
    Junction,
    Matrix,
    Mul,
    Number,
    Relation,
    Symbol,
    symbols,
    transform,
    walk,
)
from assistant.maths.types import Request, Task

SIDES = {"limit": "", "limit_left": "-", "limit_right": "+"}


def by_itself(scan: Scan, formulas: tuple[Expr, ...]) -> Request:
    """Relations are to be solved (or proved, without unknowns), operators to be worked out,
    expressions with letters to be simplified, numbers to be evaluated."""
    statements = _flat(formulas)
    if all(_states(s) for s in statements):
        if not any(symbols(s) for s in statements):
            whole = statements[0] if len(statements) == 1 else Junction(Connective.AND, statements)
            return Request(task=Task.PROVE, operands=(whole,))
        return solving(scan, statements)
    if any(_states(s) for s in statements):
        raise scan.error(
            scan.whole(), "equations and expressions stand side by side: which is asked?",
            "既有等式又有算式，不清楚要求什么",
        )  # fmt: skip
    body = formulas[0] if len(formulas) == 1 else Collection(Bracket.TUPLE, formulas)
    return operator(body, _product_of_vectors(scan)) or Request(
        task=Task.SIMPLIFY if symbols(body) else Task.EVALUATE,
        operands=(body,),
        variables=symbols(body),
    )


def solving(scan: Scan, statements: tuple[Expr, ...], names: tuple[str, ...] = ()) -> Request:
    """The request to solve statements for names, or for all their unknowns.

    A differential equation among them makes it one; what only bounds the unknown of an
    equation is its domain.
    """
    if equation := differential(scan, statements):
        return equation
    statements, domain = domain_of(statements)
    if not names:
        free = [n for e in statements for n in symbols(e)]
        known = scan.names - scan.unknowns
        names = _main(statements, tuple(dict.fromkeys(n for n in free if n not in known)))
    return Request(task=Task.SOLVE, operands=statements, variables=names, domain=domain)


def _main(statements: tuple[Expr, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """With more letters than equations, ``x`` (or x, y, z) is the unknown by custom."""
    usual = tuple(n for n in ("x", "y", "z") if n in names)
    if len(names) > len(statements) and usual:
        return usual[: len(statements)]
    return names


def by_task(scan: Scan, formulas: tuple[Expr, ...], task: Task, variable: str) -> Request:
    """The request for a task that the caller has named."""
    body = formulas[0]
    if isinstance(body, Call) and (called := operator(body)) and called.task is task:
        return called
    match task:
        case Task.SOLVE:
            names = tuple(n.strip() for n in variable.split(",") if n.strip())
            return solving(scan, _equations(formulas), names)
        case Task.DSOLVE:
            found = differential(scan, _flat(formulas))
            return found or Request(task=task, operands=_flat(formulas))
        case Task.MATRIX:
            return operator(body) or Request(
                task=task, topic=topics.MATRIX_VALUE, operands=formulas
            )
    names = (variable,) if variable else _unknowns(scan, body, task)
    return Request(
        task=task,
        operands=formulas,
        variables=names,
        order=1 if task is Task.DIFFERENTIATE else None,
    )


def _equations(formulas: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """An expression to be solved is meant to be zero."""
    from assistant.maths.terms import equation, integer

    return tuple(
        f if isinstance(f, Relation | Junction) else equation(f, integer(0))
        for f in _flat(formulas)
    )


def _unknowns(scan: Scan, body: Expr, task: Task) -> tuple[str, ...]:
    if task in (Task.DIFFERENTIATE, Task.INTEGRATE, Task.LIMIT, Task.SERIES, Task.FUNCTION):
        return (scan.variable(body, span=scan.whole()),)
    return symbols(body)


def _states(value: Expr) -> bool:
    return isinstance(value, Relation | Junction) or (
        isinstance(value, Call) and value.name == "in"
    )


def _flat(formulas: tuple[Expr, ...]) -> tuple[Expr, ...]:
    return tuple(
        part
        for f in formulas
        for part in (f.args if isinstance(f, Junction) and f.op is Connective.AND else (f,))
    )


def _product_of_vectors(scan: Scan) -> str:
    """Which product the sign between two vectors is; nothing if it does not say so."""
    if "×" in scan.source or "\\times" in scan.source:
        return topics.CROSS
    dotted = any(dot in scan.source for dot in ("·", "⋅", "\\cdot"))
    return topics.DOT if dotted else ""


def operator(body: Expr, sign: str = "") -> Request | None:
    """The request that an operator written as a formula is: ``∫…``, ``lim …``, ``d/dx …``."""
    match body:
        case Mul((Collection(Bracket.TUPLE) as u, Collection(Bracket.TUPLE) as v)) if sign:
            return Request(task=Task.MATRIX, topic=sign, operands=(u, v))
        case Call("integrate", (inner, Symbol(name), *limits)) if len(limits) in (0, 2):
            return Request(task=Task.INTEGRATE, operands=(inner, *limits), variables=(name,))
        case Call(("limit" | "limit_left" | "limit_right") as which, (inner, Symbol(name), point)):
            return Request(
                task=Task.LIMIT,
                operands=(inner, point),
                variables=(name,),
                direction=SIDES[which],
            )
        case Call("diff", (Call(_, (place,)), Symbol(name), *_)) if name not in symbols(place):
            return Request(task=Task.EVALUATE, operands=(body,))  # f'(3): derived, then put in
        case Call("diff", (inner, Symbol(name), *rest)) if not isinstance(inner, Symbol):
            order = rest[0] if rest else None
            rank = int(order.value) if isinstance(order, Number) else 1
            return Request(
                task=Task.DIFFERENTIATE, operands=(inner,), variables=(name,), order=rank
            )
        case Call(("sum" | "product") as which, (inner, Symbol(name), low, high)):
            task = Task.SUM if which == "sum" else Task.PRODUCT
            return Request(task=task, operands=(inner, low, high), variables=(name,))
        case Call(("det" | "inverse" | "rank" | "transpose" | "trace") as which, (Matrix() as m,)):
            topic = topics.DETERMINANT if which == "det" else which
            return Request(task=Task.MATRIX, topic=topic, operands=(m,))
    if any(isinstance(node, Matrix) for node in walk(body)):
        return Request(task=Task.MATRIX, topic=topics.MATRIX_VALUE, operands=(body,))
    return None


def differential(scan: Scan, statements: tuple[Expr, ...]) -> Request | None:
    """A differential equation with its conditions; ``None`` if no unknown function is derived."""
    if (system := in_one_variable(statements)) is not None:
        operands = (*system.equations, *system.conditions)
        return Request(task=Task.DSOLVE, operands=operands, variables=(*system.names, system.by))
    for statement in statements:
        for node in walk(statement):
            match node:
                case Call("diff", (Call(name, (Symbol(by),)), *_)):
                    return _dsolve(statements, name, by)
                case Call("diff", (Symbol(name), Symbol(by), *_)):
                    return _dsolve(statements, name, by)
    del scan
    return None


def _dsolve(statements: tuple[Expr, ...], name: str, by: str) -> Request:
    equations = [s for s in statements if _derives(s, by)]
    conditions = [s for s in statements if not _derives(s, by)]
    whole = Call(name, (Symbol(by),))
    equations = [_applied(e, Symbol(name), whole) for e in equations]
    return Request(task=Task.DSOLVE, operands=(*equations, *conditions), variables=(name, by))


def _applied(statement: Expr, letter: Expr, whole: Expr) -> Expr:
    """The unknown function with its variable where it was written without."""
    return transform(statement, lambda node: whole if node == letter else node)


def _derives(statement: Expr, by: str) -> bool:
    """Whether a derivative at a general point stands in it (``y'(0) = 1`` is a condition)."""
    return any(
        isinstance(n, Call) and n.name == "diff" and Symbol(by) in n.args for n in walk(statement)
    ) and not _at_point(statement)


def _at_point(statement: Expr) -> bool:
    match statement:
        case Relation(_, Call("diff", (Call(_, (argument,)), *_)), _):
            return not symbols(argument)
    return False
