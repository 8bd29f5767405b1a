"""Logarithms expressed by given ones: ``log 2 = a, log 3 = b, find log 12``."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, srepr
from assistant.maths.checking.claims import check_equality
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.verify import check_steps
from assistant.maths.solving.expressions.logs import log_parts, make_log
from assistant.maths.solving.expressions.prime_logs import PrimeLogs
from assistant.maths.solving.expressions.shape import EULER
from assistant.maths.solving.problems.known import INSERT, UNCLEAR, line_of
from assistant.maths.types import (
    Answer,
    Problem,
    Proved,
    Rule,
    Solution,
    Step,
    Task,
    Text,
    Trouble,
)

PRIMES = Rule("given_logs.primes", "Take the numbers apart into primes", "分解质因数")
BY_PRIMES = Text(
    "The logarithm of a product is the sum of the logarithms.", "积的对数等于对数之和。"
)
GIVEN = Text("Put in {0}.", "代入 {0}。")
LEFT = Text("what is given does not fix {0}", "由已知条件不能确定 {0}")
SECONDS = 2.5


def by_given_logs(problem: Problem) -> Solution | Trouble | None:
    """The answer in the letters that were given, or ``None`` where this is no such question."""
    facts, request = _facts(problem), problem.request
    if not facts or problem.more or request.task not in (Task.EVALUATE, Task.SIMPLIFY):
        return None
    wanted = request.operands[0] if len(request.operands) == 1 else None
    if wanted is None or t.symbols(wanted) or not any(map(log_parts, t.walk(wanted))):
        return None
    logs = PrimeLogs()
    try:
        gaps = [logs.size(arg) - sp.Symbol(n) * logs.size(base) for n, arg, base in facts]
        value = logs.of(wanted)
    except NotConvertible:
        return None
    for _, _, base in facts:
        if base not in logs.bases:
            logs.bases.append(base)
    return _answer(logs, (wanted, value), facts, gaps)


Fact = tuple[str, t.Expr, t.Expr]


def _facts(problem: Problem) -> list[Fact]:
    """Letters that are the logarithm of a number to a base; none where more is said."""
    found: list[Fact] = []
    for definition in problem.definitions:
        body = definition.body
        parts = body.args if isinstance(body, t.Junction) else (body,)
        for part in parts:
            fact = None if definition.name or definition.why else _fact(part)
            if fact is None:
                return []
            found.append(fact)
    return found


def _fact(part: object) -> Fact | None:
    match part:
        case t.Relation(t.Comparison.EQ, t.Symbol(name), log) if not t.symbols(log):
            parts = log_parts(log)
        case t.Relation(t.Comparison.EQ, log, t.Symbol(name)) if not t.symbols(log):
            parts = log_parts(log)
        case t.Relation(t.Comparison.EQ, t.Pow(base, t.Symbol(name)), number):
            parts = None if t.symbols(base) or t.symbols(number) else (number, base)
        case _:
            return None
    return None if parts is None else (name, *parts)


def _answer(
    logs: PrimeLogs, wanted: tuple[t.Expr, sp.Expr], facts: list[Fact], gaps: list[sp.Expr]
) -> Solution | Trouble | None:
    base = logs.one_base() or EULER
    letters = list(logs.letters.values())
    unit = [logs.size(base) - 1] if logs.one_base() not in (None, EULER) else []
    solved = sp.solve([*gaps, *unit], letters, dict=True)
    if len(solved) != 1:
        return UNCLEAR
    result = _plain(sp.cancel(wanted[1].subs(solved[0])))
    left = result.free_symbols & set(letters)
    if left and (logs.one_base() is None or not {s.name for s in result.free_symbols - left}):
        return _missing(logs, left, base)
    answer = logs.written(sp.expand(result) if result.is_polynomial() else result, base)
    given = {n: make_log(arg, b) for n, arg, b in facts}
    meant = t.transform(answer, lambda n: given.get(n.name, n) if isinstance(n, t.Symbol) else n)
    verdict = check_equality(wanted[0], meant, (), Deadline(SECONDS))
    if not isinstance(verdict, Proved):
        return None
    known = t.Junction(
        t.Connective.AND, tuple(t.equation(v, t.Symbol(n)) for n, v in given.items())
    )
    steps = [
        Step(rule=PRIMES, why=BY_PRIMES, before=wanted[0], after=logs.written(wanted[1], base)),
        line_of(INSERT, Text(GIVEN.en, GIVEN.zh, (known,)), logs.written(wanted[1], base), answer),
    ]
    missing = sorted(left, key=str)
    notes = [Text(LEFT.en, LEFT.zh, (logs.written(s, base),)) for s in missing]
    return Solution(kind=Task.EVALUATE, answer=Answer(value=answer, srepr=srepr(answer)),
                    steps=check_steps(tuple(steps)), verdict=verdict, notes=tuple(notes),
                    method="given logarithms")  # fmt: skip


def _plain(value: sp.Expr) -> sp.Expr:
    """``(a + b)/(2 - a)`` for ``(-a - b)/(a - 2)``."""
    top, bottom = sp.fraction(value)
    minus = all(term.could_extract_minus_sign() for term in sp.Add.make_args(top))
    return -top / sp.expand(-bottom) if minus and not bottom.is_Number else value


def _missing(logs: PrimeLogs, left: set[sp.Symbol], base: t.Expr) -> Trouble:
    letter = min(left, key=str)
    return Trouble(UNCLEAR.code, Text(LEFT.en, LEFT.zh, (logs.written(letter, base),)))
