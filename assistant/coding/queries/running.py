"""SQL run on tables in the sandbox, and the rows that it gives held against those expected.

The rows expected are here alone.  A query that gives them runs in a world without the code.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from assistant.coding import failures
from assistant.coding.queries.asked import NothingExpectedError, case_of, cases_in, orders
from assistant.coding.queries.comparing import NUMBER, Match, in_any_order, in_order
from assistant.coding.queries.dialects import (
    IN_SQLITE,
    ONLY_SQLITE,
    by_users,
    named,
    settled,
)
from assistant.coding.queries.types import Case, Cell, Found, Row, Value
from assistant.coding.sandbox import runner
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limit, NotRun, Outcome, SourceFile
from assistant.coding.sandbox.view import UnsuitableError
from assistant.coding.trial import (
    CANCELLED,
    ONLY_LINUX,
    TestOutcome,
    TestReport,
    TestResult,
    Verdict,
)
from assistant.coding.types import Asking, Code, Failure, Filed, Judged, JudgedTest, Origin
from assistant.coding.worlds import Lines, Pipes, World, ended
from runtimes.base import Cancel
from runtimes.texts import Text

MOST_SHOWN = 6
TABLES, CODE, QUERY = "tables.sql", "code.sql", "query.sql"
NO_TABLES = Text("the tables cannot be made in SQLite: {0}", "无法在 SQLite 中建立这些表：{0}")
NO_REFERENCE = Text("the rows expected cannot be worked out: {0}", "无法得出预期的行：{0}")
NOTHING_EXPECTED = Text("{0} tells no rows that are expected", "{0} 没有给出预期的行")
DIALECT = Text(
    "SQLite does not understand it; another database might: {0}",
    "SQLite 不支持，其他数据库可能支持：{0}",
)
AGAIN = Text("the code makes the tables of the question anew: {0}", "代码重新建立了题目中的表：{0}")
ABSENT = Text("it asks for what the question does not give: {0}", "用到了题目中没有给出的内容：{0}")
GIVES = Text("the query gives {0}, and {1} was expected", "查询得到 {0}，应为 {1}")
BY_CHANCE = Text(
    "the rows come in the order that was asked for, but the query asks for none",
    "行的顺序符合要求，但查询没有 ORDER BY，顺序没有保证",
)
ANOTHER = Text("the rows are the same, in another order", "行相同，但顺序不同")
NEAR = Text("the rows are near to those expected, but not the same", "结果与预期接近但不相同")
COLUMNS = Text("the columns come in another order", "列的顺序不同")
HEAD = Text(
    "it is not clear whether the first row expected holds the names of the columns",
    "无法确定预期的第一行是否为列名",
)
NO_ROWS = Text("the code gives no rows", "代码没有返回任何行")
SEVERAL = Text("the code has several queries, and the last gives other rows",
               "代码中有多个查询，最后一个的结果与预期不同")  # fmt: skip
CUT = Text("the code gives more rows than are looked at", "返回的行过多")


@dataclass(frozen=True, slots=True)
class Given:
    """What some SQL gave: rows, or what was wrong in which part."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    sets: int = 0
    cut: bool = False
    wrong: str = ""
    part: str = ""


def run_question(code: Code, question: str, how: Asking) -> list[Judged]:
    """The rows that a question expects of its tables, where it plainly tells both."""
    case = case_of(question)
    if case is None or sys.platform != "linux" or runner.refused(how.policy) is not None:
        return []
    job = Job(language=code.language, files=code.files, limits=how.limits)
    found = _Case(replace(case, name=_head(code)), job, how.policy, how.cancel).found(question)
    if isinstance(found, NotRun):
        return []
    found = settled(found, case, "\n".join(file.text for file in code.files), question)
    name = f"{_head(code)} → {_shown(case.rows)}"
    test = JudgedTest(name, Origin.QUESTION, found.outcome, why=found.why)
    if found.outcome is not TestOutcome.FAILED:
        return [(test, None)]
    return [(test, _failure(name, found))]


def run_file(
    job: Job, tests: str, policy: Policy, cancel: Cancel, question: str = ""
) -> Filed | NotRun:
    """A user's file of cases (``asked.cases_in``); the ``question`` may name a database."""
    refusal = runner.refused(policy)
    if refusal is not None:
        return refusal
    if sys.platform != "linux":
        return NotRun(ONLY_LINUX)
    try:
        cases = cases_in(tests)
    except NothingExpectedError as wrong:
        return NotRun(NOTHING_EXPECTED.of(str(wrong)), input=True)
    results: list[TestResult] = []
    ran: list[Outcome] = []
    sql = "\n".join(file.text for file in job.files)
    database = named(question, tests, sql)
    for case in cases:
        found = _Case(case, job, policy, cancel).found("")
        if isinstance(found, NotRun):
            return found
        found = by_users(found, case, sql, database)
        ran += [found.ran] if found.ran is not None else []
        detail = "" if found.outcome is not TestOutcome.FAILED else _detail(found)
        results.append(TestResult(case.name, found.outcome, detail, why=found.why))
    outcomes = {result.outcome for result in results}
    verdict, why = Verdict.PASSED, None
    if TestOutcome.FAILED in outcomes:
        verdict = Verdict.FAILED
    elif TestOutcome.UNJUDGED in outcomes:
        verdict = Verdict.NOT_RUN
        why = next(r.why for r in results if r.outcome is TestOutcome.UNJUDGED)
    report = TestReport(
        verdict=verdict, results=tuple(results), outcome=ran[-1], code=ran[-1], why=why
    )
    return Filed(report, notes=(IN_SQLITE.of(database) if database else ONLY_SQLITE,))


class _Case:
    def __init__(self, case: Case, job: Job, policy: Policy, cancel: Cancel) -> None:
        self._case = case
        self._job = job
        self._policy = policy
        self._cancel = cancel

    def found(self, question: str) -> Found | NotRun:
        """Run it, and compare."""
        case = self._case
        rows = case.rows
        if case.reference:
            known = self._given("", case.reference)
            if isinstance(known, NotRun):
                return known
            told, _ = known
            if told is None or told.wrong or not told.sets or told.cut:
                wrong = told.wrong if told is not None else ""
                ran = known[1]
                why = (NO_TABLES if told and told.part == "tables" else NO_REFERENCE).of(wrong)
                return Found(TestOutcome.UNJUDGED, why=why, ran=ran)
            rows = told.rows
        ran_ = self._given(self._job.files[0].text, case.query)
        if isinstance(ran_, NotRun):
            return ran_
        given, outcome = ran_
        return replace(self._judged(given, outcome, rows, question), ran=outcome)

    def _given(self, code: str, query: str) -> tuple[Given | None, Outcome] | NotRun:
        """What some code, and a query behind it, give on the tables."""
        texts = ((TABLES, self._case.tables), (CODE, code), (QUERY, query))
        files = tuple((name, text.encode("utf-8", "replace")) for name, text in texts)
        told: list[Given] = []
        pipes = Pipes(1)
        ((read, write),) = pipes.ends
        lines: Lines | None = None
        job = replace(self._job, language=Language.PYTHON, files=(SourceFile(CODE, ""),))
        try:
            with ExitStack() as stack:
                folder = stack.enter_context(runner.folder(self._policy))
                world = World("rows", (TABLES, CODE, QUERY), files, (write,))
                process = stack.enter_context(world.started(job, self._policy, folder))
                pipes.close(write)
                lines = Lines(read, lambda record: told.append(_read(record)))
                outcome = ended(process, job, self._cancel)
        except UnsuitableError as wrong:
            return runner.unsuitable(wrong)
        finally:
            if lines is not None:
                lines.join()
            pipes.close()
        if isinstance(outcome, NotRun):
            return outcome
        return (told[0] if len(told) == 1 else None), outcome

    def _judged(
        self, given: Given | None, outcome: Outcome, rows: tuple[Row, ...], question: str
    ) -> Found:
        if Limit.CANCELLED in outcome.limits:
            return Found(TestOutcome.UNJUDGED, why=CANCELLED)
        expected = _shown(rows)
        if given is None or not outcome.succeeded:
            limits = ", ".join(limit.value for limit in outcome.limits)
            said = f"limit: {limits}" if limits else outcome.stderr.strip()[-300:]
            return Found(TestOutcome.FAILED, expected=expected, error=said)
        if given.wrong:
            return self._broken(given, expected, question)
        if not given.sets:
            return Found(TestOutcome.UNJUDGED, why=NO_ROWS)
        return _compared(self._case, given, rows, asks_order=orders(self._last()))

    def _last(self) -> str:
        return self._case.query or self._job.files[0].text

    def _broken(self, given: Given, expected: str, question: str) -> Found:
        """An error of SQLite's: whose fault is it?"""
        wrong = given.wrong
        if given.part != "code":
            return Found(TestOutcome.UNJUDGED, why=NO_TABLES.of(wrong))
        if "already exists" in wrong:
            return Found(TestOutcome.UNJUDGED, why=AGAIN.of(wrong))
        if wrong.startswith("no such table"):
            return Found(TestOutcome.UNJUDGED, why=ABSENT.of(wrong))
        foreign = ("syntax error" in wrong, "no such function" in wrong, "authoriz" in wrong,
                   "unrecognized token" in wrong)  # fmt: skip
        if any(foreign) and "sqlite" not in question.lower():
            return Found(TestOutcome.UNJUDGED, why=DIALECT.of(wrong))
        if self._case.drawn:  # its columns may mean more than is seen
            return Found(TestOutcome.UNJUDGED, why=ABSENT.of(wrong))
        return Found(TestOutcome.FAILED, expected=expected, error=wrong)


def _compared(case: Case, given: Given, rows: tuple[Row, ...], *, asks_order: bool) -> Found:
    gave, expected = _shown(given.rows), _shown(rows)
    failed = Found(TestOutcome.FAILED, gave, expected)
    if given.cut and len(rows) >= len(given.rows):
        return Found(TestOutcome.UNJUDGED, why=CUT)
    if given.cut:
        return replace(failed, why=CUT)
    match = in_any_order(given.rows, rows)
    if match is Match.OTHER and case.headed and rows and _is_head(rows[0], given.columns):
        rows = rows[1:]
        match = in_any_order(given.rows, rows)
    if match is Match.NEAR:
        return Found(TestOutcome.UNJUDGED, why=NEAR)
    if match is Match.OTHER:
        if _permuted(case, given, rows):
            return Found(TestOutcome.UNJUDGED, why=COLUMNS)
        headed = case.headed and (not case.strict or _over_numbers(rows))
        if headed and in_any_order(given.rows, rows[1:]) is not Match.OTHER:
            return Found(TestOutcome.UNJUDGED, why=HEAD)
        return Found(TestOutcome.UNJUDGED, why=SEVERAL) if given.sets > 1 else failed
    if not case.ordered or len(rows) < 2:
        return Found(TestOutcome.PASSED)
    if in_order(given.rows, rows) is Match.SAME:
        passed = Found(TestOutcome.PASSED)
        return passed if asks_order else Found(TestOutcome.UNJUDGED, why=BY_CHANCE)
    if asks_order and not case.strict:
        return Found(TestOutcome.UNJUDGED, why=ANOTHER)  # rows of one rank may stand either way
    return failed


def _is_head(row: Row, columns: Sequence[str]) -> bool:
    words = [cell.text.lower() if isinstance(cell, Cell) else str(cell).lower() for cell in row]
    return words == [column.lower() for column in columns]


def _over_numbers(rows: tuple[Row, ...]) -> bool:
    """Does a word stand over a column of numbers alone?"""
    columns = [[str(cell.text if isinstance(cell, Cell) else cell) for cell in column]
               for column in zip(*rows, strict=True)]  # fmt: skip
    return any(
        len(column) > 1
        and not NUMBER.fullmatch(column[0])
        and all(map(NUMBER.fullmatch, column[1:]))
        for column in columns
    )


def _permuted(case: Case, given: Given, rows: tuple[Row, ...]) -> bool:
    """Are they the rows expected, with the columns in another order?"""
    names = [name.lower() for name in given.columns]
    wanted = [name.lower() for name in case.columns]
    if len(set(names)) != len(names) or sorted(names) != sorted(wanted) or names == wanted:
        return False
    turned = tuple(tuple(row[names.index(name)] for name in wanted) for row in given.rows)
    return in_any_order(turned, rows) is not Match.OTHER


def _read(record: dict[str, object]) -> Given:
    if "wrong" in record:
        return Given(wrong=str(record["wrong"]), part=str(record["part"]))
    columns, rows = record["columns"], record["rows"]
    if not isinstance(columns, list) or not isinstance(rows, list):
        raise TypeError("no rows")
    return Given(
        tuple(str(column) for column in columns),
        tuple(tuple(_value(cell) for cell in row) for row in rows),
        int(str(record["sets"])),
        cut=record["cut"] is True,
    )


def _value(cell: object) -> Value:
    if isinstance(cell, dict):
        return bytes.fromhex(str(cell["hex"]))
    if cell is None or isinstance(cell, int | float | str):
        return cell
    raise TypeError("no value")


def _head(code: Code) -> str:
    text = " ".join(code.program.text.split())
    return text if len(text) <= 60 else f"{text[:60]}…"


def _shown(rows: Sequence[Sequence[Value | Cell]]) -> str:
    """The first rows, as they are written."""
    words = ["(" + ", ".join(_word(cell) for cell in row) + ")" for row in rows[:MOST_SHOWN]]
    more = f" … ({len(rows)})" if len(rows) > MOST_SHOWN else ""
    return failures.short("[" + ", ".join(words) + "]" + more)


def _word(cell: Value | Cell) -> str:
    if isinstance(cell, Cell):
        return cell.text
    return "NULL" if cell is None else str(cell)


def _failure(name: str, found: Found) -> Failure:
    why = found.why or (GIVES.of(found.gave, found.expected) if found.gave else None)
    return Failure(test=name, gave=found.gave, expected=found.expected, error=found.error, why=why)


def _detail(found: Found) -> str:
    if found.error:
        return found.error
    return f"gave {found.gave}\nexpected {found.expected}"
