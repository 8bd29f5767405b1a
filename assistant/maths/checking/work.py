"""Marks worked lines: each is judged by itself (its numbers) and against the lines before it.

A line that is right but not understood is undecided: nothing is called wrong on a guess.
``check_work`` judges all lines of finished work, and knows what follows a line; ``first_state``
and ``next_line`` judge lines as they are written, and never say more than it would.
"""

from __future__ import annotations

import pickle
import re
import time
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.cas.guard import time_limit
from assistant.maths.checking.lines.arithmetic import BASE_TEN
from assistant.maths.checking.lines.course import Course, Standing, told_value
from assistant.maths.checking.lines.laws import is_plain, laws
from assistant.maths.checking.lines.lost import invented, left_out
from assistant.maths.checking.lines.marking import judge_line, wrong_by_itself
from assistant.maths.checking.lines.marks import UNKNOWN
from assistant.maths.checking.lines.matrices import told_matrices
from assistant.maths.checking.lines.named import defined, is_left
from assistant.maths.checking.lines.restricted import is_wider, meant, within
from assistant.maths.checking.lines.standing import begins
from assistant.maths.checking.lines.values import settles, untested
from assistant.maths.checking.logic.statements import all_of
from assistant.maths.checking.numerics.budget import Deadline, OutOfTime, alarm
from assistant.maths.reading import read_problem
from assistant.maths.reading.claims.formulas import UNEVEN
from assistant.maths.reading.claims.line import Line, read_line
from assistant.maths.reading.claims.meanings import redefines
from assistant.maths.reading.claims.words import REPEATING
from assistant.maths.reading.common_logs import has_bare_log, in_base_ten
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.types import (
    Definition,
    Doubt,
    Mark,
    NextLine,
    NextMark,
    Problem,
    Proved,
    Refuted,
    Request,
    Supported,
    Task,
    Text,
    Undecided,
    Work,
    WorkReport,
)

LINE_SECONDS = 0.6
"""For a line that is judged while the next is being written.  One in a hundred takes more than
0.2 s."""
OPEN_SECONDS = 6.0
"""For reading the problem.  The reader gives up by itself after less, but what it loads for a
first problem in words takes more than a second, and three on a slow machine."""
WARM_UP = ("x^2 - 5x + 6 = 0", "x = 2 or x = 3", "So 2 + 2 = 4 apples.")
MAX_STATE = 1 << 16
"""Bytes of what is known before a line; it is kept for every line that may be taken back."""
MAX_PROBLEM = 4000
"""Characters of a problem; a longer one is told in words."""
LOOK_AHEAD = 8
"""Lines that follow in which the other cases of a line are looked for."""
AS_LN = Text("; log is read as the natural logarithm", "；log 读作自然对数")
LATE = Mark(Undecided(Doubt.TIME), 0, Text("not checked: the time was used up", "时间用完，未检查"))
SOLVE_FOR = re.compile(r"^\s*solve\s+for\s+\$?[a-z]\$?\s*[:,]\s*", re.IGNORECASE)
"""Which letter is the unknown does not matter here."""
FUNCTION = re.compile(r"(?<![A-Za-z])([A-Za-z])\s{0,3}(?:\(\s{0,3}[a-z]\s{0,3}\))?\s{0,3}=")
"""The name of the function in a problem: ``f(x) = ``."""
SENTENCES = re.compile(r"(?<=[.?!])\s+|(?<=[。？！；;])|\n")
WANTED = re.compile(
    r"\b(?:show|prove|verify|whether|which|true|false|possible|could|would|might|must|says?|claims?|thinks?)\b"
    r"|^\W*(?:is|are|does|do|can)\b|证明|求证|验证|是否|哪|判断|[说吗]|认为",
    re.IGNORECASE,
)
"""Words of a sentence whose formulas may be what is to be found out."""
TOLD = re.compile(r"\b(?:if|when|given|let|suppose)\b|[若当设]|如果|已知", re.IGNORECASE)
"""What a problem tells begins so; the second time, perhaps, for another question."""
PARTS = re.compile(
    r"(?<![\w)\]}])[（(]\s?(?:1|a|i|一)\s?[)）].*(?<![\w)\]}])[（(]\s?(?:2|b|ii|二)\s?[)）]|①.*②"
    r"|(?:^|(?<![-+*/=<>(^×÷−])\s)(?:1|a)[.、)]\s.*(?<![-+*/=<>(^×÷−])\s(?:2|b)[.、)]\s|\bpart\s?(?:1|a|i)\b.*\bpart\s?(?:2|b|ii)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Marks of several questions in one problem."""
ONE_STEP = frozenset({Task.SIMPLIFY, Task.FACTOR, Task.EXPAND, Task.EVALUATE})

VALUED = frozenset({Task.SIMPLIFY, Task.EVALUATE})
"""Tasks that lead to the value of an expression: *simplify, and find the value for x = 3*."""


def check_work(work: Work) -> WorkReport:
    """A mark for every line, and the first that is wrong."""
    deadline = Deadline(work.seconds, time.monotonic)  # somebody waits
    marks = _marks(work, deadline)
    if has_bare_log(work.problem, *work.steps):
        steps = tuple(map(in_base_ten, work.steps))
        meant = _marks(replace(work, problem=in_base_ten(work.problem), steps=steps), deadline)
        marks = [_in_both(*pair) for pair in zip(marks, meant, strict=True)]
    wrong = (n for n, m in enumerate(marks) if isinstance(m.verdict, Refuted))
    return WorkReport(tuple(marks), next(wrong, None))


def _in_both(natural: Mark, to_ten: Mark) -> Mark:
    """The mark of a line with ``log`` for the natural logarithm, where it is that to base 10 in
    the other: neither is the wrong one to mean."""
    match natural.verdict, to_ten.verdict:
        case Refuted(), Refuted():
            return natural
        case Refuted(), other:
            true = isinstance(other, Proved | Supported)
            return replace(
                natural, verdict=UNKNOWN.verdict, why=(BASE_TEN if true else UNKNOWN).why
            )
        case ((Proved() | Supported()), (Refuted() | Undecided())):
            why = natural.why
            return replace(natural, why=Text(why.en + AS_LN.en, why.zh + AS_LN.zh, why.args))
    return natural


def _marks(work: Work, deadline: Deadline) -> list[Mark]:
    """A mark for every line, as long as there is time."""
    course = opened(work.problem)
    problem = _whole(course)
    marks: list[Mark] = []
    lines: list[Line] = []
    for number in range(len(work.steps)):
        if deadline.left <= 0:
            marks.append(LATE)
            continue
        try:
            with time_limit(deadline.left):
                lines += map(read_line, work.steps[len(lines) : number + 1 + LOOK_AHEAD])
                after = lines[number + 1 : number + 1 + LOOK_AHEAD]
                judged = judge_line(course, lines[number])
                cases, told = (_ahead(course, after, bare=bare) for bare in (True, False))
                judged = judged.settled(course, cases, told)
                marks.append(within(course, lines[number], judged.mark))
        except OutOfTime:
            marks.append(LATE)
    read = 0 < len(lines) == len(marks)  # there may have been no time for that
    last = read and lines[-1].bare and isinstance(marks[-1].verdict, Proved | Supported)
    if last and (answer := untested(course)) is not None:
        wrong_answer = Mark(answer.verdict, marks[-1].claims, answer.why)
        marks[-1] = within(course, lines[-1], wrong_answer)
    for n, mark in _left_out(problem, lines, marks, deadline).items():
        marks[n] = mark
    return marks


def _ahead(course: Course, after: list[Line], *, bare: bool) -> list[t.Expr]:
    """What the lines that follow say, those of formulas alone or those with words."""
    said = (c.statement for line in after for c in line.claims if line.bare is bare)
    return [course.expanded(statement) for statement in said if statement is not None]


def _whole(course: Course) -> t.Expr | None:
    """The problem, where it wants all real solutions of one statement."""
    return course.statements[0] if _is_told(course) and len(course.statements) == 1 else None


def _left_out(
    problem: t.Expr | None, lines: list[Line], marks: list[Mark], deadline: Deadline
) -> dict[int, Mark]:
    """Lines that leave out solutions of the problem, or end with one that is none, found where
    there is time for it."""
    if problem is None or len(lines) != len(marks) or LATE in marks or deadline.left <= 0:
        return {}
    try:
        with time_limit(deadline.left):
            found = left_out(problem, lines, marks)
            wrong = invented(problem, lines[-1], marks[-1]) if lines else None
            return found if wrong is None else {**found, len(lines) - 1: wrong}
    except OutOfTime:
        return {}


def first_state(problem: str) -> bytes:
    """What is known before the first line, for ``next_line``."""
    warm_up = opened(WARM_UP[0])  # what is loaded on first use must not count against a line
    for line in WARM_UP:
        judge_line(warm_up, read_line(line))
    try:
        with alarm(OPEN_SECONDS):
            course = opened(problem)
    except OutOfTime:
        course = Course(wordy=True)
    return _packed(course)


def next_line(argument: NextLine) -> NextMark:
    """The mark of one line, and what is known after it.

    What only the following lines could decide is undecided, and so is everything that would
    rest on a line that was not taken in.
    """
    course = _unpacked(argument.state)
    if argument.missed:
        course.unsure = True
        course.beginning = False  # it may have said that the next one follows
        course.values.clear()  # a letter may be another number by now
    deadline = Deadline(LINE_SECONDS)
    line: Line | None = None
    try:
        with alarm(LINE_SECONDS):
            line = read_line(argument.text)
            mark = _streamed(course, line)
        if deadline.left > 0:  # later, a check inside was given up, and its silence counted
            return NextMark(mark, _packed(course))
    except OutOfTime:
        pass
    return NextMark(LATE, _packed(_passed_over(_unpacked(argument.state), line)))


def _streamed(course: Course, line: Line) -> Mark:
    mark = within(course, line, judge_line(course, line).mark)
    course.bare_log |= has_bare_log(line.text)
    unsure = course.unsure or course.bare_log
    if isinstance(mark.verdict, Refuted) and unsure and not wrong_by_itself(line):
        return Mark(UNKNOWN.verdict, mark.claims, UNKNOWN.why)
    held = isinstance(mark.verdict, Proved | Supported) and line.bare
    if held and course.unsure and settles(course):
        return Mark(UNKNOWN.verdict, mark.claims, UNKNOWN.why)  # a root may be untested
    if held and (found := untested(course)) is not None:
        return Mark(Undecided(Doubt.NO_METHOD), mark.claims, found.why)
    if isinstance(mark.verdict, Proved | Supported) and not line.bare and _is_told(course):
        wrong = invented(course.statements[0], line, mark)
        return mark if wrong is None else replace(wrong, verdict=Undecided(Doubt.NO_METHOD))
    return mark


def _is_told(course: Course) -> bool:
    """Whether what was said first is the problem, which wants all real solutions of it."""
    loose = course.wordy or course.parts or course.redefined or course.domain is not None
    if loose or course.asked is not None or not course.statements:
        return False
    return course.standing(course.statements[0]) is Standing.FIRM


def _passed_over(course: Course, line: Line | None) -> Course:
    """The course after a line that was not judged in time: what it says is taken in."""
    course.unsure = True
    course.beginning = course.beginning and line is not None and bool(line.claims)
    course.expression = course.named = None
    for claim in line.claims if line is not None else ():
        statement = claim.statement
        if statement is not None and t.symbols(statement):
            first = line is not None and begins(course, line, claim)
            if first and course.beginning and not course.statements:
                course.stands(statement, Standing.GIVEN)
            course.say(statement)
            course.plain = line is not None and line.bare
    course.tidy()
    return course


def _packed(course: Course) -> bytes:
    state = pickle.dumps(course, protocol=pickle.HIGHEST_PROTOCOL)
    if len(state) <= MAX_STATE:
        return state
    short = Course(wordy=course.wordy, unsure=True, domain=course.domain)
    return pickle.dumps(short, protocol=pickle.HIGHEST_PROTOCOL)


def _unpacked(state: bytes) -> Course:
    """Only a worker packs and unpacks a course: its bytes never come from outside."""
    course = pickle.loads(state)  # noqa: S301 - made by _packed, carried by the parent
    assert isinstance(course, Course)
    return course


def opened(problem: str) -> Course:
    """What is known before the first line: the problem, where it is a formula, else the formulas
    that its words take for granted."""
    told = bool(problem.strip())
    course = Course(wordy=told, beginning=not told)
    if len(problem) > MAX_PROBLEM or REPEATING.search(problem):
        return course  # which number is meant by 0.333... is open
    problem = SOLVE_FOR.sub("solve ", problem)
    try:
        read = read_problem(problem) if told else None
    except (ReadingError, RecursionError, ValueError):
        read = None
    if read is not None and is_wider(domain := meant(read)):
        return Course(wordy=True, domain=domain)
    course.redefined = told and redefines(problem)
    course.bare_log = has_bare_log(problem)
    course.parts = PARTS.search(problem) is not None or (
        read is not None and _asks_on(read, problem)
    )
    course.domain = None if read is None else meant(read)
    if UNEVEN.search(problem):
        read = None  # by a fraction, or by what is above its bar?
    if read is not None and not (read.definitions or read.more):
        _take_problem(course, read)
    elif read is not None and not course.parts:
        _take_conditions(course, read)
    if course.wordy:
        _take_words(course, problem)
    if not (course.redefined or course.parts):
        course.functions = defined(problem, read)
        standing = Standing.FIRM if is_left(problem) else Standing.OPEN
        for definition in course.functions.values():
            course.stands(definition, standing)
        course.matrices = told_matrices(problem)
        for name, matrix in course.matrices.items():
            course.stands(t.equation(t.Symbol(name), matrix), Standing.FIRM)
        course.sequences = laws(problem)
        for law in course.sequences.values():
            course.stands(law.told, Standing.FIRM if is_plain(problem) else Standing.OPEN)
    return course


def _take_conditions(course: Course, problem: Problem) -> None:
    """``a + b = 5 and ab = 6``, of which the value of an expression is asked: what is told stands
    for the whole work, where it is told as formulas and nothing else is."""
    conditions = [c for d in problem.definitions if (c := _condition(d)) is not None]
    asked = (problem.request, *problem.more)
    own = any(d.why is not None or d.keep for d in problem.definitions)  # letters of ours
    plain = len(conditions) == len(problem.definitions) > 0 and not (problem.told or own)
    one = _is_one_value(asked)
    values = one or all(r.task is Task.EVALUATE for r in asked)
    if not plain or not values or any(r.domain is not None for r in asked):
        return
    condition = all_of(conditions)
    course.wordy = False
    course.stands(condition, Standing.FIRM)
    course.say(condition, sound=True)
    if one:
        course.ask(problem.request.operands[0])
        course.expression = None  # work may begin with what is told


def _is_one_value(asked: tuple[Request, ...]) -> bool:
    """Whether it is the value of one expression, which may be simplified first."""
    operands = {request.operands for request in asked}
    return all(r.task in VALUED for r in asked) and [len(o) for o in operands] == [1]


def _condition(definition: Definition) -> t.Expr | None:
    """What a definition says of letters: an equation, or ``x = 2``."""
    match definition:
        case Definition("", (), t.Relation() | t.Junction() as body):
            return body
        case Definition(name, (), body) if name and not isinstance(body, Request):
            return t.equation(t.Symbol(name), body)
    return None


def _asks_on(problem: Problem, text: str) -> bool:
    """Whether it asks several things, and not several values of what it tells once."""
    asked = (problem.request, *problem.more)
    values = all(r.task is Task.EVALUATE for r in asked) or _is_one_value(asked)
    told_once = problem.definitions and values
    told_anew = len(TOLD.findall(text)) > 1
    return bool(problem.more) and (told_anew or not told_once)


def _take_words(course: Course, problem: str) -> None:
    """An equation of the problem is firm ground for work that takes it up again: not one that is
    only asked for, denied, or to be shown."""
    for sentence in SENTENCES.split(problem):
        if WANTED.search(sentence):
            continue
        line = read_line(sentence.rstrip("?？ "))
        for claim in line.claims if not line.denied else ():
            if claim.sure and claim.statement is not None and told_value(claim.statement) is None:
                course.stands(claim.statement, Standing.GIVEN)


def _take_problem(course: Course, problem: Problem) -> None:
    request = problem.request
    if request.task is Task.SOLVE and all(
        isinstance(o, t.Relation | t.Junction) for o in request.operands
    ):
        course.wordy = request.domain is not None
        course.sought = request.variables
        statements = list(request.operands)
        course.sound += statements
        whole = all_of(statements)
        for statement in (*statements, whole):
            course.stands(statement, Standing.FIRM)
        course.say(whole)
    elif request.task in ONE_STEP and len(request.operands) == 1:
        course.wordy = False
        course.ask(request.operands[0])
    elif request.task is Task.DIFFERENTIATE and request.order in (None, 1) and request.variables:
        x = t.Symbol(request.variables[0])
        course.ask(t.Call("diff", (request.operands[0], x, t.integer(1))))
        named = FUNCTION.search(problem.source)
        course.function = named[1] if named is not None else ""
