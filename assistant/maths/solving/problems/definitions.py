"""Problems that define before they ask: every definition is a step of its own.

Values are worked out in order, equations are solved for the names in them, functions are kept and
applied where they are used.  Where equations leave several cases, each is followed to the end.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import srepr
from assistant.maths.solving.problems import own_letters
from assistant.maths.solving.problems.constrained import extremes_where_tied
from assistant.maths.solving.problems.corners import by_limit, by_quotient, letter_within
from assistant.maths.solving.problems.given import within_what_is_given
from assistant.maths.solving.problems.given_logs import by_given_logs
from assistant.maths.solving.problems.given_powers import by_given_powers
from assistant.maths.solving.problems.joining import all_cases, joined, several, within
from assistant.maths.solving.problems.known import (
    INSERT,
    INSERTED,
    MAX_CASES,
    UNCLEAR,
    VALUE,
    Known,
    Solver,
    evaluation,
    line_of,
    put_in,
    worst,
)
from assistant.maths.solving.problems.stories import define_by_story, in_cases
from assistant.maths.solving.several_unknowns import zero_sums
from assistant.maths.solving.several_unknowns.projection import points_of, solve_one
from assistant.maths.types import (
    Answer,
    Definition,
    Link,
    Problem,
    Proved,
    Request,
    Solution,
    Step,
    Task,
    Text,
    Trouble,
)


def solve_with(problem: Problem, solve: Solver) -> Solution | Trouble:
    """Definitions in order, then what is asked, each by ``solve``."""
    told = problem.told or any(d.why is not None for d in problem.definitions)
    known = Known(solve, told=told)
    if (found := by_given_logs(problem) or by_given_powers(problem, solve)) is not None:
        return found
    if tied := extremes_where_tied(problem, solve):
        return joined(known, (problem.request, *problem.more), tied)
    for definition in problem.definitions:
        if (trouble := _define(known, definition)) is not None:
            return trouble
    requests = (problem.request, *problem.more)
    answers = in_cases(known, requests)
    for request in requests if not answers else ():
        answer = _ask(known, request)
        if isinstance(answer, Trouble):
            return answer
        answers.append(answer)
    return joined(known, requests, answers)


# definitions ---------------------------------------------------------------------------


def _define(known: Known, definition: Definition) -> Trouble | None:
    name, parameters, body = definition.name, definition.parameters, definition.body
    own_letters.learn(known, definition)
    if not name:
        assert not isinstance(body, Request)
        if definition.why is not None:
            return define_by_story(known, definition)
        parts = body.args if isinstance(body, t.Junction) else (body,)
        known.pending.extend(parts)
        return _solve_pending(known)
    if isinstance(body, Request):
        return _define_by_request(known, name, parameters, body)
    if (trouble := own_letters.refused(known, evaluation(body), {})) is not None:
        return trouble
    resolved = known.resolve(body, parameters)
    if parameters:
        known.functions[name] = (parameters, resolved)
        head = t.Call(name, tuple(map(t.Symbol, parameters)))
        if resolved != body:
            known.steps.append(
                line_of(INSERT, INSERTED, t.equation(head, body), t.equation(head, resolved))
            )
        return None
    return _define_value(known, name, body, resolved)


def _define_value(known: Known, name: str, body: t.Expr, resolved: t.Expr) -> Trouble | None:
    if t.symbols(resolved) or isinstance(resolved, t.Matrix | t.Collection):
        known.values[name] = resolved
        return None
    if isinstance(resolved, t.Number):
        known.values[name] = resolved
        return None
    found = known.solve(evaluation(resolved))
    if isinstance(found, Trouble) or found.answer.value is None:
        return found if isinstance(found, Trouble) else UNCLEAR
    symbol = t.Symbol(name)
    _remember(known, found, t.equation(symbol, body), t.equation(symbol, found.answer.value))
    known.values[name] = found.answer.value
    return None


def _remember(known: Known, found: Solution, before: t.Expr, after: t.Expr) -> None:
    """A definition worked out, as one step with the steps of its own solution inside."""
    match after:
        case t.Relation(_, left, _):
            why = Text("Work out {0}.", "求出 {0}。", (left,))
        case _:
            why = Text("Work out what is given.", "求出已知量。")
    known.verdicts.append(found.verdict)
    known.conditions.extend(found.conditions)
    known.steps.append(
        Step(
            rule=VALUE,
            why=why,
            before=before,
            after=after,
            link=Link.EQUIVALENT,
            substeps=found.steps,
            verdict=found.verdict,
        )
    )


def _define_by_request(
    known: Known, name: str, parameters: tuple[str, ...], asked: Request
) -> Trouble | None:
    """``Let k(a) be the third derivative of …``."""
    asked, own = known.opened(asked)
    parameters = parameters or own
    if (trouble := own_letters.refused(known, asked, {})) is not None:
        return trouble
    hidden = (*parameters, *(asked.variables if asked.task is Task.DIFFERENTIATE else ()))
    operands = tuple(known.resolve(o, hidden) for o in asked.operands)
    variables = asked.variables
    if asked.task is Task.DIFFERENTIATE and parameters and len(parameters) == 1:
        variables = parameters
    found = solve_one(replace(asked, operands=operands, variables=variables), known.solve)
    if isinstance(found, Trouble):
        return found
    value = found.answer.value
    value = None if value is None or isinstance(value, t.Truth) else _single(value)
    if value is None:
        return UNCLEAR
    head: t.Expr = t.Call(name, tuple(map(t.Symbol, parameters))) if parameters else t.Symbol(name)
    before = described(asked, operands, variables)
    _remember(known, found, t.equation(head, before), t.equation(head, value))
    if parameters:
        known.functions[name] = (parameters, value)
        if asked.task is Task.DIFFERENTIATE:
            known.derived[name] = (parameters, operands[0], asked.order or 1)
    else:
        known.values[name] = value
    return None


def described(asked: Request, operands: tuple[t.Expr, ...], variables: tuple[str, ...]) -> t.Expr:
    """A request as a formula, as far as it has one."""
    if asked.task is Task.DIFFERENTIATE and variables:
        return t.Call("diff", (operands[0], t.Symbol(variables[0]), t.integer(asked.order or 1)))
    if asked.topic and not variables:
        return t.Call(asked.topic, operands)
    return operands[0] if len(operands) == 1 else t.Collection(t.Bracket.LIST, operands)


def _single(value: t.Expr) -> t.Expr | None:
    """The value of a set of one."""
    if isinstance(value, t.Collection) and value.kind is t.Bracket.SET:
        return value.items[0] if len(value.items) == 1 else None
    return value


def _solve_pending(known: Known) -> Trouble | None:
    """Solve the equations as soon as they fix their names."""
    statements = tuple(known.resolve(s) for s in known.pending)
    names = tuple(dict.fromkeys(n for s in statements for n in t.symbols(s)))
    equations = [s for s in statements if isinstance(s, t.Relation) and s.op is t.Comparison.EQ]
    if not names:
        return own_letters.agreeing(known, statements)
    if len(equations) < len(names) and (
        len(statements) > 1 or zero_sums.split(statements[0]) is None
    ):
        return None
    found = solve_one(Request(task=Task.SOLVE, operands=statements, variables=names), known.solve)
    bounds = [s for s in statements if s not in equations]
    if isinstance(found, Trouble) and bounds and len(equations) >= len(names):
        asked = Request(task=Task.SOLVE, operands=tuple(equations), variables=names)
        found = solve_one(asked, known.solve)
    else:
        bounds = []
    if isinstance(found, Trouble):
        return None if len(equations) < len(statements) else found
    points = within(points_of(found, names), bounds)
    if not points or len(points) > MAX_CASES:
        return UNCLEAR
    before = _together(tuple(known.pending))
    after = (
        t.Junction(t.Connective.OR, tuple(map(_values, points)))
        if len(points) > 1
        else _values(points[0])
    )
    _remember(known, found, before, after)
    known.pending.clear()
    if len(points) == 1:
        known.values.update(points[0])
    else:
        known.cases = [{**case, **p} for case in (known.cases or [{}]) for p in points]
    return None


def _together(statements: tuple[t.Expr, ...]) -> t.Expr:
    return statements[0] if len(statements) == 1 else t.Junction(t.Connective.AND, statements)


def _values(point: dict[str, t.Expr]) -> t.Expr:
    return _together(tuple(t.equation(t.Symbol(n), v) for n, v in point.items()))


# requests ------------------------------------------------------------------------------


def _ask(known: Known, request: Request) -> Solution | Trouble:
    wanted = request.operands[0] if request.operands else None
    if request.task is Task.EVALUATE and isinstance(wanted, t.Symbol) and known.cases:
        return all_cases(known, wanted) or _each_case(known, request)
    if known.cases:
        return _each_case(known, request)
    return _ask_once(known, request, {})


def _ask_once(known: Known, request: Request, case: dict[str, t.Expr]) -> Solution | Trouble:
    """The request with everything put in."""
    limited = within_what_is_given(known, request)
    if limited is None or letter_within(known, limited):
        return UNCLEAR
    request = limited
    if request.topic == topics.SETUP:  # the equation as the story says it
        return known.solve(request)
    if request.topic in (topics.AS_GIVEN, topics.CURVE):
        return _as_given(known, request)
    request, _ = known.opened(request)
    if len(request.operands) == 1 and request.operands[0] in known.rewritten:
        request = replace(request, operands=(known.rewritten[request.operands[0]],))
    if (found := own_letters.answered(known, request, case)) is not None:
        return found
    merged = replace(known, values={**known.values, **case})
    hidden = tuple(request.variables) if request.task is not Task.SOLVE else ()
    hidden = tuple(n for n in hidden if n not in case and n not in known.values)
    operands = tuple(merged.resolve(o, hidden) for o in request.operands)
    if request.task is Task.SOLVE and known.pending:
        operands = (*(merged.resolve(p) for p in known.pending), *operands)
    asked = replace(request, operands=operands)
    valued = asked.task in (Task.EVALUATE, Task.SIMPLIFY, Task.EXPAND)
    if (known.functions or valued) and any(map(known.strangers, operands)):
        return UNCLEAR
    if asked.task is Task.SIMPLIFY and operands and isinstance(operands[0], t.Symbol):
        return UNCLEAR
    if asked.task is Task.EVALUATE and operands and t.free(operands[0]):
        if isinstance(operands[0], t.Symbol):
            return UNCLEAR
        if known.pending and set(t.symbols(operands[0])) & _open(known):
            return _eliminated(known, operands[0])
        asked = replace(asked, task=Task.EXPAND, variables=t.symbols(operands[0]))
    found = solve_one(asked, known.solve)
    if isinstance(found, Trouble) and asked.task is Task.EXPAND:
        found = solve_one(replace(asked, task=Task.SIMPLIFY), known.solve)
    found = by_limit(known, limited, found)
    if isinstance(found, Trouble):
        return found
    if (found.answer.value,) == operands == limited.operands and _passed_over(known, asked):
        return UNCLEAR
    if _tied(known, operands):
        if found.conditions and asked.task is not Task.SOLVE:
            return UNCLEAR
        if asked.task is Task.MATRIX:
            return _with_given(known, found)
    if operands == request.operands or len(operands) != 1 or by_quotient(found):
        return found
    insert = line_of(INSERT, INSERTED, request.operands[0], operands[0])
    return replace(found, steps=(insert, *found.steps))


def _passed_over(known: Known, asked: Request) -> bool:
    """Whether letters are asked for of which nothing was said: ``S_n = n^2, find a_1 + a_2``.
    To tell it back would be no answer."""
    if asked.task not in (Task.EVALUATE, Task.SIMPLIFY):
        return False
    letters = {n for o in asked.operands for n in t.symbols(o)}
    return bool(letters) and not any(set(t.symbols(p)) & letters for p in known.pending)


def _tied(known: Known, operands: tuple[t.Expr, ...]) -> bool:
    """Whether an equation between the letters was given: an answer that holds for some values of
    them only may hold for none of those."""
    letters = {n for o in operands for n in t.symbols(o)}
    return any(
        isinstance(p, t.Relation) and p.op is t.Comparison.EQ and letters & {*t.symbols(p)}
        for p in map(known.resolve, known.pending)
    )


def _with_given(known: Known, found: Solution) -> Solution | Trouble:
    """What was found in letters of which an equation was given, worked out by that."""
    value = found.answer.value
    if value is None or isinstance(value, t.Matrix | t.Collection):
        return UNCLEAR
    last = _eliminated(known, value)
    if isinstance(last, Trouble):
        return last
    both = worst([found.verdict, last.verdict])
    return replace(last, steps=(*found.steps, *last.steps), verdict=both)


def _eliminated(known: Known, wanted: t.Expr) -> Solution | Trouble:
    """An expression whose letters are not fixed, but its value may be: one letter of each
    equation is replaced by the others."""
    steps: list[Step] = []
    for statement in known.pending:
        relation = known.resolve(statement)
        names = [n for n in t.symbols(relation) if n in t.symbols(wanted)]
        if not names or not isinstance(relation, t.Relation):
            continue
        found = known.solve(Request(task=Task.SOLVE, operands=(relation,), variables=(names[0],)))
        if isinstance(found, Trouble) or not isinstance(found.verdict, Proved):
            return UNCLEAR
        value = _single(found.answer.value) if found.answer.value is not None else None
        if value is None or isinstance(value, t.Collection | t.Constant) or found.conditions:
            return UNCLEAR
        put = put_in(wanted, {names[0]: value})
        steps += [*found.steps, line_of(INSERT, INSERTED, wanted, put)]
        wanted = put
    last = known.solve(Request(task=Task.SIMPLIFY, operands=(wanted,), variables=t.symbols(wanted)))
    if isinstance(last, Trouble) or last.answer.value is None or t.symbols(last.answer.value):
        return UNCLEAR
    return replace(last, steps=(*steps, *last.steps))


def _as_given(known: Known, request: Request) -> Solution | Trouble:
    """Simplify before values are put in; or write the equation of a curve with them."""
    body = request.operands[0]
    wanted = body if request.topic == topics.AS_GIVEN else known.resolve(body, ("x", "y"))
    names = t.symbols(wanted)
    if request.topic == topics.CURVE and set(names) - {"x"}:
        return UNCLEAR
    found = known.solve(Request(task=Task.SIMPLIFY, operands=(wanted,), variables=names))
    if isinstance(found, Trouble) or found.answer.value is None:
        return found
    if request.topic == topics.AS_GIVEN:
        known.rewritten[body] = found.answer.value
        return found
    whole = t.equation(t.Symbol("y"), found.answer.value)
    return replace(found, answer=Answer(value=whole, srepr=srepr(whole)), kind=Task.EVALUATE)


def _open(known: Known) -> set[str]:
    return {n for s in known.pending for n in t.symbols(known.resolve(s))}


def _each_case(known: Known, request: Request) -> Solution | Trouble:
    """The same question in every case: an answer only if all agree."""
    found: list[Solution] = []
    for case in known.cases:
        answer = _ask_once(known, request, case)
        if isinstance(answer, Trouble):
            return answer
        found.append(answer)
    first = found[0]
    if any(
        (f.answer.value, f.answer.text) != (first.answer.value, first.answer.text) for f in found
    ):
        settled = all(isinstance(v, Proved) for v in known.verdicts) and not known.told
        return (several(request, found) if settled else None) or UNCLEAR
    return replace(
        first,
        steps=tuple(step for f in found for step in f.steps),
        verdict=worst([f.verdict for f in found]),
    )
