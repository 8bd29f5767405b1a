"""A value given to the very letter that a request works with: ``the derivative of x^3 at x = 2``.

Such a value must not be put in first, or the derivative would be that of a number.  It is put
in afterwards where that has one meaning, and nothing is answered where it has none.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.checking.tasks.defined import missing_at
from assistant.maths.solving.problems.known import INSERT, INSERTED, Known, line_of
from assistant.maths.types import Definition, Failure, Request, Solution, Task, Text, Trouble

WORKS_WITH = frozenset(
    [Task.DIFFERENTIATE, Task.INTEGRATE, Task.LIMIT, Task.SERIES, Task.SUM, Task.PRODUCT,
     Task.DSOLVE, Task.FUNCTION]
)  # fmt: skip
"""Tasks whose variables stand for every value, not for one that is given."""
TWO_ROLES = Trouble(
    Failure.UNSUPPORTED,
    Text(
        "a letter has a value here, and is also the variable of what is asked",
        "题中有字母既给了具体的值，又作为所求问题的变量",
    ),
    suggestion=Text("say which of the two is meant", "请说明是哪一种意思"),
)
NO_VALUE = Trouble(
    Failure.UNSUPPORTED,
    Text("the function has no value there", "函数在该点没有定义"),
)
CONTRADICTION = Trouble(
    Failure.UNSUPPORTED,
    Text("what is given does not fit together", "已知条件互相矛盾，或无法确认是否一致"),
)


def learn(known: Known, definition: Definition) -> None:
    """Remember which names a definition ties together."""
    body = definition.body
    operands = body.operands if isinstance(body, Request) else (body,)
    mentioned = {n for o in operands for n in mentions(o)} - set(definition.parameters)
    for name in [definition.name] if definition.name else mentioned:
        known.ties.setdefault(name, set()).update(mentioned)


def mentions(expr: t.Expr) -> set[str]:
    """The letters and functions of an expression."""
    return set(t.symbols(expr)) | {n.name for n in t.walk(expr) if isinstance(n, t.Call)}


def _given(known: Known, request: Request, case: dict[str, t.Expr]) -> tuple[str, ...]:
    """The variables of a request that have a value."""
    values = known.values.keys() | case.keys()
    return tuple(n for n in request.variables if n in values)


def refused(known: Known, request: Request, case: dict[str, t.Expr]) -> Trouble | None:
    """The refusal of a request whose letters have two roles."""
    valued = _given(known, request, case)
    if any(_captured(known, o, case) for o in _bound(request)):
        return TWO_ROLES
    if any(_nowhere(known, o) for o in request.operands):
        return NO_VALUE
    match request.task:
        case Task.SOLVE:
            return TWO_ROLES if valued and len(valued) == len(request.variables) else None
        case Task.DIFFERENTIATE:
            lost = any(
                _lost(known, request, n, case) for o in request.operands for n in mentions(o)
            )
            return TWO_ROLES if lost else None
        case task if task in WORKS_WITH and valued:
            return TWO_ROLES
    return None


def _nowhere(known: Known, expr: t.Expr) -> bool:
    """Whether a derivative is asked for at a point where its function has no value."""
    for node in t.walk(expr):
        match node:
            case t.Call(name, args) if name in known.derived:
                parameters, body, _ = known.derived[name]
                point = dict(zip(parameters, map(known.resolve, args), strict=False))
                if missing_at(known.resolve(body, parameters), point):
                    return True
    return False


def _bound(request: Request) -> tuple[t.Expr, ...]:
    """The operands, a sum that is the request itself as the sum that it is."""
    match request:
        case Request(task=Task.SUM | Task.PRODUCT, operands=(body, low, high), variables=(name,)):
            return (t.Call("sum", (body, t.Symbol(name), low, high)),)
    return request.operands


def _captured(known: Known, expr: t.Expr, case: dict[str, t.Expr]) -> bool:
    """Whether what would be put in meets a letter that a sum counts with: with ``a = k`` the
    sum of ``a`` over ``k`` is 3k for some and 6 for others."""
    values = {**known.values, **case}
    for node in t.walk(expr):
        match node:
            case t.Call("sum" | "product", (body, t.Symbol(name), *_)):
                others = mentions(body) - {name}
                if name in values or any(name in _inside(known, n) for n in others):
                    return True
    return False


def _inside(known: Known, name: str) -> set[str]:
    """The letters that are in the value of a name, or that its value comes from."""
    if name in known.functions:
        parameters, body = known.functions[name]
        return mentions(body) - set(parameters)
    return _reached(known, name) if name in known.values else set()


def _lost(known: Known, request: Request, name: str, case: dict[str, t.Expr]) -> bool:
    """Whether a name depends on the variable, and its value no longer shows it."""
    own = set(request.variables)
    if name in own:
        return False
    if name in known.functions:
        parameters, value = known.functions[name]
        own -= set(parameters)
    elif (found := case.get(name, known.values.get(name))) is not None:
        value = found
    else:
        return False
    return bool(own & _reached(known, name)) and not own & mentions(value)


def _reached(known: Known, name: str) -> set[str]:
    """All names that a name is tied to, directly or through others."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for other in known.ties.get(waiting.pop(), set()) - found:
            found.add(other)
            waiting.append(other)
    return found


def answered(known: Known, request: Request, case: dict[str, t.Expr]) -> Solution | Trouble | None:
    """What is answered where a variable of the request has a value; nothing where none has."""
    if (trouble := refused(known, request, case)) is not None:
        return trouble
    if request.task is Task.DIFFERENTIATE and _given(known, request, case):
        return _derived_then_put_in(known, request, {**known.values, **case})
    return None


def _derived_then_put_in(
    known: Known, request: Request, values: dict[str, t.Expr]
) -> Solution | Trouble:
    """A derivative, and then its value where the variables are given."""
    own = request.variables
    hidden = replace(known, values={n: v for n, v in values.items() if n not in own})
    operands = tuple(hidden.resolve(o) for o in request.operands)
    if missing_at(operands[0], values):
        return NO_VALUE
    derived = known.solve(replace(request, operands=operands))
    if isinstance(derived, Trouble):
        return derived
    formula = derived.answer.value
    if formula is None or isinstance(formula, t.Relation | t.Junction | t.Truth):
        return TWO_ROLES
    put = replace(known, values=values).resolve(formula)
    left = t.symbols(put)
    task = Task.SIMPLIFY if left else Task.EVALUATE
    found = known.solve(Request(task=task, operands=(put,), variables=left))
    if isinstance(found, Trouble):
        return found
    known.verdicts.append(derived.verdict)
    known.conditions.extend(derived.conditions)
    inserted = line_of(INSERT, INSERTED, formula, put)
    return replace(found, steps=(*derived.steps, inserted, *found.steps))


def agreeing(known: Known, statements: tuple[t.Expr, ...]) -> Trouble | None:
    """What is said without an open letter must hold: ``x = 2`` and then ``x = 3`` does not."""
    for statement in statements:
        found = known.solve(Request(task=Task.PROVE, operands=(statement,)))
        if isinstance(found, Trouble) or found.answer.value != t.Truth(value=True):
            return CONTRADICTION
    known.pending.clear()
    return None
