"""Somebody's answer to a problem, against the problem itself and the exact solver's solution.

It is refuted only where it is an answer of the kind that is asked for, the exact solution is
proved, and the two are certainly different, or where it does not satisfy the equation.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.answers.clean import WRAPPERS, clean
from assistant.maths.answers.extract import answer_text
from assistant.maths.checking.answer_parts import is_named, items, value_of
from assistant.maths.checking.claimed_form import same_form
from assistant.maths.checking.claimed_odes import ode_verdict
from assistant.maths.checking.claimed_sets import EMPTY, REALS, is_range, set_verdict, without_whole
from assistant.maths.checking.claimed_words import word_verdict
from assistant.maths.checking.claims import is_statement
from assistant.maths.checking.equal import equal_answers
from assistant.maths.checking.lines.arithmetic import numeric
from assistant.maths.checking.lines.operators import bare_degrees
from assistant.maths.checking.lines.restricted import is_wider, meant
from assistant.maths.checking.lines.rounding import value_of as number
from assistant.maths.checking.logic.values import show_solution, true_at
from assistant.maths.checking.numerics.budget import Deadline, OutOfTime, alarm
from assistant.maths.checking.numerics.numeric import Value, mpf
from assistant.maths.checking.numerics.sampling import show_value
from assistant.maths.checking.solved import Unsolved, solved
from assistant.maths.checking.turning_answers import turning_answer
from assistant.maths.reading import read_problem
from assistant.maths.reading.claims.words import DECIMAL_COMMA, TAKEN_BACK
from assistant.maths.reading.common_logs import has_bare_log
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing import answers as showing
from assistant.maths.showing.linear import flat
from assistant.maths.showing.notation import Notation
from assistant.maths.showing.plain import plain
from assistant.maths.types import (
    AnswerClaim,
    AnswerMark,
    Doubt,
    EqualResult,
    Problem,
    Proved,
    Refuted,
    Solution,
    Supported,
    Task,
    Text,
    Undecided,
    Verdict,
)

MAX_ANSWER = 2000
"""Characters of an answer; a longer one is not read."""
SECONDS = 2.0
"""For trying the values of an answer in the problem."""
NEAR = 0.02
"""A decimal that is off by less than this part of the exact value may be a rounded one."""
NAMED = re.compile(
    r"\s*(?:[A-Za-z](?:'{0,3}|\^\{?-1\}?)\s*(?:\(\s*[a-z]\s*\))?|d[a-z]/d[a-z]|\\frac\{d[a-z]?\}\{d[a-z]\})\s*=\s*(?=\S)"
)
"""What the answer is called: ``f'(x) = ``."""
MARKED = re.compile(r"\\f?boxed|\\[(\[]|\$|answer|答案", re.IGNORECASE)
"""What tells where in a text the answer is."""
POINTS = re.compile(r"equal at (\d+) points")
COUNTED = re.compile(
    r"\s*(-?\d[\d,]*(?:\.\d+)?(?:/\d+)?)\s*(?:(?:[A-Za-z]{2,}+|[\u4e00-\u9fff]++)\s?){1,3}[.。]?\s*"
)
"""A number and what is counted: ``3 apples``, ``3个苹果``."""
LEFT_OUT = re.compile(
    r"(?:≠|!=|\\neq?(?![a-z])).*(?:≠|!=|\\neq?(?![a-z])|±|\\pm(?![a-z]))", re.DOTALL
)
PI = re.compile(r"\\pi(?![a-z])|π|(?<![a-z])pi(?![a-z])")
RANGE = re.compile(r"[<>≤≥∈\[\]()（）]|\\(?:le|ge|in|left|big)")
"""A sign of an inequality or of an interval."""
FORMS = frozenset({Task.FACTOR, Task.EXPAND, Task.SIMPLIFY})

NOT_READ = Text("the problem is not stated as formulas", "题目不是用式子表述的")
NOT_SOLVED = Text("the exact solver has no proved answer to this", "精确求解器没有得到已证明的答案")
NOT_UNDERSTOOD = Text("the answer is not of the kind that is asked for", "未能按所求的形式读懂答案")
AGREES = Text("the exact solver found the same answer", "与精确求解的答案一致")
ROUNDED = Text("agrees with {0} only roughly", "与 {0} 仅近似一致")
FORM = Text("of the same value as {0}; the form was not judged", "与 {0} 的值相同，但未判定其形式")
CONSTANT = Text("the constant of integration is missing: {0}", "缺少积分常数：{0}")
UNSURE = Text("not decided whether it is the same as {0}", "未能判定是否与 {0} 相同")
DIFFERENT = Text("the exact answer is {0}", "精确答案是 {0}")
FAILS = Text("{0} does not satisfy the problem", "{0} 不满足题目")


def check_claimed(claim: AnswerClaim) -> AnswerMark:
    """The verdict on an answer."""
    try:
        problem = read_problem(claim.problem)
    except (ReadingError, RecursionError, ValueError):
        return AnswerMark(Undecided(Doubt.NOT_A_CLAIM), NOT_READ)
    plain_words = WRAPPERS.sub(r"\1", claim.answer)
    shortened = without_whole(plain_words)
    told = (claim.answer if shortened == plain_words else shortened).strip()
    answer = answer_text(told)
    if not answer.strip() or len(answer) > MAX_ANSWER or _is_guess(told, answer):
        return AnswerMark(Undecided(Doubt.NOT_A_CLAIM), NOT_UNDERSTOOD)
    mark = _judged(problem, answer)
    if isinstance(mark.verdict, Refuted) and not _is_meant(problem, answer):
        return AnswerMark(Undecided(Doubt.NO_METHOD), _with(UNSURE, mark.exact), mark.exact)
    return mark


def _is_guess(told: str, answer: str) -> bool:
    """Whether an answer is only the last of several numbers among words."""
    if answer == told or MARKED.search(told):
        return False
    return "\\" in told or len(re.findall(r"\d+(?:[.,/]\d+)*", told)) > 1


def _judged(problem: Problem, answer: str) -> AnswerMark:
    """The verdict on an answer to a problem as it was read."""
    taken_back = TAKEN_BACK.search(answer) is not None
    failing = None if taken_back else _failing(problem, answer)
    try:
        solution = solved(problem)
    except Unsolved:
        nothing = Doubt.NOT_A_CLAIM if taken_back else Doubt.NO_METHOD
        why = NOT_UNDERSTOOD if taken_back else NOT_SOLVED
        return failing or AnswerMark(Undecided(nothing), why)
    exact = _shown(problem, solution)
    if (told := word_verdict(problem, solution, answer)) is not None:
        return _told(told, exact)
    if taken_back:
        return AnswerMark(Undecided(Doubt.NOT_A_CLAIM), NOT_UNDERSTOOD)
    if _is_range(solution) and _lists_numbers(answer):  # the ends, or two values?
        return AnswerMark(Undecided(Doubt.NO_METHOD), NOT_UNDERSTOOD, exact)
    mark = _compared(problem, solution, answer, exact)
    if isinstance(mark.verdict, Refuted) and "%" in exact and "%" not in answer:
        mark = _compared(problem, solution, f"{answer}%", exact)  # 15 for "what percent"
    if failing is not None and isinstance(mark.verdict, Refuted | Undecided):
        return AnswerMark(failing.verdict, failing.why, exact)
    if isinstance(mark.verdict, Undecided):
        told = set_verdict(problem, solution, answer) or ode_verdict(problem, solution, answer)
    return mark if told is None else _told(told, exact)


def _told(verdict: Proved | Refuted, exact: str) -> AnswerMark:
    if isinstance(verdict, Proved):
        return AnswerMark(verdict, AGREES, exact)
    return AnswerMark(replace(verdict, right=exact), _with(DIFFERENT, exact), exact)


def _is_meant(problem: Problem, answer: str) -> bool:
    """Whether an answer that is wrong as the problem was read is wrong however it is meant."""
    if _means_two_things(problem, answer):
        return False
    request = problem.request
    operands = tuple(t.transform(part, bare_degrees) for part in request.operands)
    if operands == request.operands:
        return True
    if request.task is Task.SOLVE and PI.search(answer):
        return True  # of such a number of degrees no sine is algebraic
    meant_so = replace(problem, request=replace(request, operands=operands))
    return isinstance(_judged(meant_so, answer).verdict, Refuted)


def _means_two_things(problem: Problem, answer: str) -> bool:
    """Whether a person may have meant something else: ``log`` to base 10, a comma for a decimal
    point, values that are all left out (``x ≠ ±2``), or a list of bounds of which each is a
    case."""
    if has_bare_log(problem.source) or DECIMAL_COMMA.search(answer) or LEFT_OUT.search(answer):
        return True
    given = _values(answer) or []
    return len(given) > 1 and all(map(is_statement, given)) and RANGE.search(answer) is not None


def _shown(problem: Problem, solution: Solution) -> str:
    """The exact answer as a person writes it."""
    value, shape = solution.answer.value, Notation(problem.lang)
    lines = showing.answer_lines(solution)
    formulas = [line for line in lines if not isinstance(line, Text)]
    if len(formulas) < len(lines) and value is not None and not solution.answer.text:
        formulas = [value]
    if not formulas:
        return showing.answer_text(solution)
    return "; ".join(flat(shape(f)) for f in formulas)


def _gold(solution: Solution) -> str:
    """The exact answer as a text that the reader accepts."""
    if solution.kind is Task.INTEGRATE:
        lines = [plain(f) for f in showing.answer_lines(solution) if not isinstance(f, Text)]
        if len(lines) == 1:
            return lines[0]  # with the constant of integration
    return showing.answer_text(solution)


def _compared(problem: Problem, solution: Solution, answer: str, exact: str) -> AnswerMark:
    """The verdict by the exact answer."""
    gold = _gold(solution)
    curve = isinstance(solution.answer.value, t.Relation) and solution.kind is not Task.DSOLVE
    if solution.kind is not Task.SOLVE and not curve:
        answer = NAMED.sub("", answer, count=1)
    if _is_range(solution) and _names_points(answer):
        # written down, an interval reads like the list of its ends
        return AnswerMark(Refuted("", answer[:200], exact), _with(DIFFERENT, exact), exact)
    result = equal_answers(gold, answer)
    counted = COUNTED.fullmatch(answer)
    if not result.equal and counted is not None:
        again = equal_answers(gold, counted[1])
        result = again if again.equal else EqualResult(None, "words")
    if result.equal:
        task = problem.request.task
        asks_for_form = task in FORMS or problem.request.topic == topics.FACTORIZATION
        if asks_for_form and not same_form(task, _values(gold), _values(answer)):
            return AnswerMark(Undecided(Doubt.NO_METHOD), _with(FORM, exact), exact)
        return AnswerMark(_agreement(solution.verdict, result), AGREES, exact)
    if (turning := turning_answer(problem, answer)) is not None:
        return AnswerMark(turning, AGREES, exact)
    unsure = result.equal is None or not isinstance(solution.verdict, Proved)
    if unsure or _is_range(solution) or solution.kind is Task.DSOLVE:
        return AnswerMark(Undecided(Doubt.NO_METHOD), _with(UNSURE, exact), exact)
    if "constant of integration" in result.method:
        return AnswerMark(Undecided(Doubt.NO_METHOD), _with(CONSTANT, exact), exact)
    if _has_letters(gold, answer) and meant(problem) is not None:
        # for the numbers that are meant, another formula may be the same
        return AnswerMark(Undecided(Doubt.NO_METHOD), _with(UNSURE, exact), exact)
    if not _of_kind(problem, solution, answer):
        return AnswerMark(Undecided(Doubt.NO_METHOD), NOT_UNDERSTOOD, exact)
    one_unknown = solution.kind is Task.SOLVE and len(solution.variables) == 1
    if one_unknown and _numbers(gold) and set(_numbers(gold)) == set(_numbers(answer)):
        return AnswerMark(Undecided(Doubt.NO_METHOD), _with(UNSURE, exact), exact)  # twice said
    if _roughly(gold, answer):
        return AnswerMark(Undecided(Doubt.NO_METHOD), _with(ROUNDED, exact), exact)
    return AnswerMark(Refuted("", answer[:200], exact), _with(DIFFERENT, exact), exact)


def _has_letters(*texts: str) -> bool:
    """Whether one of these answers is a formula with letters, or is not read as one."""
    found = [_values(text) for text in texts]
    return any(not v or any(t.symbols(value_of(part)) for part in v) for v in found)


def _with(why: Text, exact: str) -> Text:
    return Text(why.en, why.zh, (exact,))


def _agreement(solved: Verdict | None, result: EqualResult) -> Verdict:
    """As sure as the solution and the comparison both are."""
    points = POINTS.search(result.method)
    if points is not None:
        return Supported(int(points[1]))
    return solved if isinstance(solved, Supported) else Proved(f"exact solution; {result.method}")


def _values(text: str) -> list[t.Expr] | None:
    """The parts of an answer as formulas."""
    try:
        return items(clean(text))
    except (RecursionError, ValueError):
        return None


def _of_kind(problem: Problem, solution: Solution, answer: str) -> bool:
    """Whether an answer is one of the kind that the exact answer is: values for the unknown,
    a number for a number, a formula with the same letters."""
    gold, given = _values(_gold(solution)), _values(answer)
    if not gold or not given or solution.answer.text:
        return False
    known = {n for part in (*problem.request.operands, *gold) for n in t.symbols(part)}
    known |= set(problem.request.variables)
    if not {n for g in given for n in t.symbols(g)} <= known:
        return False
    numbers = all(numeric(v) for g in gold for v in _parts(g))
    if numbers and solution.kind is Task.SOLVE:
        return all(map(_is_point, given)) and len({_size(v) for v in (*gold, *given)}) == 1
    if numbers:
        if len({_size(v) for v in (*gold, *given)}) > 1:
            return False  # points, where numbers are asked for
        return len(given) == len(gold) and all(numeric(v) for g in given for v in _parts(g))
    return all(is_statement(g) == is_statement(h) for g in gold for h in given)


def _names_points(answer: str) -> bool:
    """``x = 1 or x = 2``: single values under the name of the unknown, and no range."""
    given = _values(answer)
    return (
        "=" in answer
        and not RANGE.search(answer)
        and bool(given)
        and all(map(_is_point, given or ()))
    )


def _is_range(solution: Solution) -> bool:
    return is_range(solution.answer.value)


def _lists_numbers(answer: str) -> bool:
    """``-2, 2``: numbers without a name and without a sign of an interval."""
    given = _values(answer)
    return (
        not re.search(r"=", answer)
        and not RANGE.search(answer)
        and bool(given)
        and all(numeric(p) and p not in (EMPTY, REALS) for v in given or () for p in _parts(v))
    )


def _parts(value: t.Expr) -> tuple[t.Expr, ...]:
    value = value_of(value)
    return value.items if isinstance(value, t.Collection) else (value,)


def _size(value: t.Expr) -> int:
    return len(_parts(value))


def _is_point(value: t.Expr) -> bool:
    """``3``, ``x = 3``, or ``(1, 2)``."""
    return all(map(numeric, _parts(value))) and (is_named(value) or not is_statement(value))


def _roughly(gold: str, answer: str) -> bool:
    """Whether decimals in an answer may be rounded values of the exact ones."""
    if not re.search(r"\d\.\d|≈|\\approx|约|about|approx", answer):
        return False
    shown = [len(digits) for digits in re.findall(r"\d\.(\d+)", answer)]
    last = mpf(Fraction(1, 2 * 10 ** min(shown))) if shown else mpf(Fraction(0))
    pairs = [sorted(map(mpf, _numbers(text))) for text in (gold, answer)]
    return len(pairs[0]) == len(pairs[1]) > 0 and all(
        abs(a - b) <= max(last, NEAR * max(abs(a), abs(b))) for a, b in zip(*pairs, strict=True)
    )


def _numbers(text: str) -> list[Value]:
    """The values in an answer that are numbers."""
    found = (number(p) for v in _values(text) or () for p in _parts(v) if numeric(p))
    return [value for value in found if value is not None]


def _failing(problem: Problem, answer: str) -> AnswerMark | None:
    """A value of the answer that does not satisfy the equation."""
    request = problem.request
    if request.task is not Task.SOLVE or problem.definitions or problem.more:
        return None
    if is_wider(request.domain):
        return None
    statement = request.operands[0] if len(request.operands) == 1 else None
    if not isinstance(statement, t.Relation) or len(t.symbols(statement)) != 1:
        return None
    (name,) = t.symbols(statement)
    for value in _values(answer) or ():
        if not _is_point(value) or _size(value) != 1 or set(t.symbols(value)) - {name}:
            return None
        (root,) = _parts(value)
        if any(isinstance(n, t.Number) and n.decimals for n in t.walk(root)) and _is_near(
            statement, name, root
        ):
            return None
        if (verdict := _tried(statement, name, root)) is not None:
            return verdict
    return None


def _tried(statement: t.Relation, name: str, root: t.Expr) -> AnswerMark | None:
    point = ((name, root),)
    try:
        with alarm(SECONDS):
            verdict = true_at(statement, point, (), Deadline(SECONDS))
    except OutOfTime:
        return None
    if not isinstance(verdict, Refuted):
        return None
    sides = [number(t.substitute(s, name, root)) for s in (statement.left, statement.right)]
    shown = ["undefined" if side is None else show_value(side) for side in sides]
    witness = show_solution(point)
    return AnswerMark(Refuted(witness, *shown), Text(FAILS.en, FAILS.zh, (witness,)))


def _is_near(statement: t.Relation, name: str, root: t.Expr) -> bool:
    """Whether the sides are nearly equal at a decimal, which may be a rounded solution."""
    sides = [number(t.substitute(s, name, root)) for s in (statement.left, statement.right)]
    if sides[0] is None or sides[1] is None:
        return True
    a, b = mpf(sides[0]), mpf(sides[1])
    terms = [number(t.substitute(n, name, root)) for n in t.walk(statement)
             if not isinstance(n, t.Relation)]  # fmt: skip
    scale = max((abs(mpf(v)) for v in terms if v is not None), default=abs(a))
    return bool(abs(a - b) <= 5 * NEAR * scale)
