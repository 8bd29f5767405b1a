"""Queries run on the tables of a question: the rows decide, and the code never sees them."""

from __future__ import annotations

import pytest

from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import (
    Brief,
    Code,
    CodeReport,
    Effort,
    Failed,
    Origin,
    Passed,
    Undecided,
)

SLOW = pytest.mark.slow
ASKED = """Names and pay of the people in Sales.
```sql
CREATE TABLE people(id INTEGER, name TEXT, team TEXT, pay REAL);
INSERT INTO people VALUES
  (1, 'Ann', 'Sales', 10.5), (2, 'Bob', 'IT', 7), (3, 'Cy', 'Sales', 33.333);
```
Expected result:

| name | pay   |
|------|-------|
| Cy   | 33.333 |
| Ann  | 10.5  |
"""
BARE = ASKED.partition("|")[0] + "```\nname, pay\nCy, 33.333\nAnn, 10.5\n```\n"
SORTED = ASKED.replace("in Sales.", "in Sales, sorted by pay, highest first.")
RIGHT = "SELECT name, pay FROM people WHERE team = 'Sales'"
ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT"


def judged(
    policy: Policy, program: str, question: str, tests: str = "", seconds: float = 5
) -> CodeReport:
    code = Code(Language.SQL, (SourceFile("solution.sql", program),))
    brief = Brief(question=question, user_tests=tests)
    return judge(code, brief, policy, Effort(seconds=seconds))


@pytest.mark.parametrize(
    ("program", "question", "verdict"),
    [
        (RIGHT, ASKED, Passed),
        ("SELECT name, pay FROM people", ASKED, Failed),
        (RIGHT, ASKED.replace("```sql\n", "").replace("```\n", "\n"), Passed),
        (f"{RIGHT} ORDER BY pay DESC", SORTED, Passed),
        (RIGHT, SORTED, Failed),
        pytest.param(f"{RIGHT} ORDER BY pay", SORTED, Undecided, marks=SLOW),
        pytest.param(f"SELECT * FROM ({RIGHT} ORDER BY id DESC)", SORTED, Undecided, marks=SLOW),
        pytest.param(
            "SELECT pay, name FROM people WHERE team = 'Sales'", ASKED, Undecided, marks=SLOW
        ),
        pytest.param("SELECT name, pay FROM staff", ASKED, Undecided, marks=SLOW),
        pytest.param("SELECT nam, pay FROM people", ASKED, Failed, marks=SLOW),
        pytest.param("SELECT TOP 2 name, pay FROM people", ASKED, Undecided, marks=SLOW),
        pytest.param("CREATE TABLE people(a)", ASKED, Undecided, marks=SLOW),
        pytest.param("UPDATE people SET pay = 1", ASKED, Undecided, marks=SLOW),
        ("SELECT 1", "", Undecided),
        pytest.param(
            "SELECT name AS n, pay FROM people WHERE team = 'Sales'", BARE, Undecided, marks=SLOW
        ),
        pytest.param(RIGHT, BARE, Passed, marks=SLOW),
        pytest.param("SELECT name, pay FROM people", BARE, Failed, marks=SLOW),
        pytest.param(f"{ENDLESS} x, x FROM c", ASKED, Failed, marks=SLOW),
        pytest.param(f"{ENDLESS} max(x), 1 FROM c", ASKED, Failed, marks=SLOW),
        pytest.param("SELECT hex(zeroblob(900000000)), 1", ASKED, Failed, marks=SLOW),
        ("ATTACH '/tmp/other.db' AS o; SELECT 'Cy', 33.333", ASKED, Undecided),
        pytest.param("VACUUM INTO '/tmp/other.db'", ASKED, Undecided, marks=SLOW),
        pytest.param("SELECT load_extension('/tmp/x.so'), 1", ASKED, Undecided, marks=SLOW),
        pytest.param("SELECT 'passed'", ASKED, Failed, marks=SLOW),
    ],
)
def test_the_rows_decide(policy: Policy, program: str, question: str, verdict: type) -> None:
    seconds = 1 if ENDLESS in program else 5
    found = judged(policy, program, question, seconds=seconds).verdict
    assert isinstance(found, verdict), found


def test_a_file_of_cases_decides(policy: Policy) -> None:
    tests = (
        "CREATE TABLE t(a INT, b TEXT);\nINSERT INTO t VALUES (1, 'x'), (2, 'y');\n"
        "-- test: rows\n-- expect:\n-- y | 2\n-- x | 1\n"
        "-- test: another table\nDELETE FROM t WHERE a = 1;\n-- expect\nSELECT b, a FROM t;\n"
    )
    assert judged(policy, "SELECT b, a FROM t", "", tests).verdict == Passed(2, Origin.USER)
    wrong = judged(policy, "SELECT b, a FROM t WHERE a > 1", "", tests)
    assert isinstance(wrong.verdict, Failed)
    assert [test.outcome.value for test in wrong.tests] == ["failed", "passed"]


@SLOW
def test_code_that_changes_tables_is_looked_at_by_a_query(policy: Policy) -> None:
    tests = (
        "CREATE TABLE t(a INT);\nINSERT INTO t VALUES (1), (2);\n"
        "-- query: SELECT a FROM t\n-- expect:\n-- 2\n"
    )
    assert isinstance(judged(policy, "DELETE FROM t WHERE a = 1", "", tests).verdict, Passed)
    assert isinstance(judged(policy, "DELETE FROM t", "", tests).verdict, Failed)
    broken = tests.replace("CREATE TABLE t(a INT)", "CREATE TABEL t(a INT)")
    assert isinstance(judged(policy, "DELETE FROM t WHERE a = 1", "", broken).verdict, Undecided)


DIVIDED = """Write a {0} query for a / b in each row.
```sql
CREATE TABLE q(a INT, b INT);
INSERT INTO q VALUES (5, 2), (6, 4);
```
Expected output:

| w |
|---|
{1}"""
TWO, HALVES = "| 2 |\n| 1 |\n", "| 2.5 |\n| 1.5 |\n"


@pytest.mark.parametrize(
    ("named", "rows", "query", "verdict"),
    [
        ("MySQL", TWO, "SELECT a / b AS w FROM q", Undecided),
        ("MySQL", HALVES, "SELECT a / b AS w FROM q", Undecided),
        ("SQLite", TWO, "SELECT a / b AS w FROM q", Passed),
        ("SQLite", HALVES, "SELECT a / b AS w FROM q", Failed),
        ("SQL", HALVES, "SELECT a / b AS w FROM q", Undecided),
        ("SQL", HALVES, "SELECT a AS w FROM q", Failed),
        ("PostgreSQL", TWO, "SELECT a AS w FROM q", Undecided),
        ("PostgreSQL", TWO, "SELECT b FROM q", Failed),
    ],
)
def test_another_database_may_compute_it_otherwise(
    policy: Policy, named: str, rows: str, query: str, verdict: type
) -> None:
    found = judged(policy, query, DIVIDED.format(named, rows)).verdict
    assert isinstance(found, verdict), found


@pytest.mark.parametrize(
    ("head", "verdict"), [("name | pay", Passed), ("Who | Gets", Undecided), ("Bob | 7", Failed)]
)
def test_a_head_without_a_rule_is_no_row(policy: Policy, head: str, verdict: type) -> None:
    tests = (
        "CREATE TABLE t(name TEXT, pay REAL);\nINSERT INTO t VALUES ('Ann', 10.5), ('Cy', 20);\n"
        f"-- test: all\n-- expect:\n-- {head}\n-- Ann | 10.5\n-- Cy | 20\n"
    )
    found = judged(policy, "SELECT name, pay FROM t", "", tests).verdict
    assert isinstance(found, verdict), found


FILED = (
    "CREATE TABLE t(a INT, b TEXT);\nINSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'x');\n"
    "-- test: all\n-- expect:\n{}"
)
LIKE, SUMS = "SELECT a FROM t WHERE b LIKE 'X'", "SELECT {}b, sum(a) FROM t GROUP BY b"
XS, GROUPS = "-- 1\n-- 3\n", "-- x | 4\n-- y | 2\n"


@pytest.mark.parametrize(
    ("query", "rows", "question", "verdict"),
    [
        ("SELECT a FROM t WHERE b = 'x'", XS, "Write a MySQL query", Passed),
        ("SELECT a FROM t", XS, "Write a MySQL query", Failed),
        (LIKE, XS, "写一个 MySQL 查询", Undecided),
        pytest.param(LIKE, XS, "", Passed, marks=SLOW),
        pytest.param(LIKE, XS, "MySQL; SQLite here", Passed, marks=SLOW),
        pytest.param("SELECT a FROM t WHERE b == 'x'", XS, "PostgreSQL", Undecided, marks=SLOW),
        pytest.param("-- Oracle\nSELECT a FROM t WHERE rowid <> 2", XS, "", Undecided, marks=SLOW),
        pytest.param(SUMS.format(""), GROUPS, "PostgreSQL", Passed, marks=SLOW),
        pytest.param(
            "SELECT t.b AS c, sum(a) FROM t GROUP BY c", GROUPS, "PostgreSQL", Passed, marks=SLOW
        ),
        pytest.param(
            "SELECT b, a * 2 FROM t WHERE a > 1 GROUP BY b", "-- x | 6\n-- y | 4\n", "PostgreSQL",
            Undecided, marks=SLOW,
        ),
    ],
)  # fmt: skip
def test_that_a_users_tests_were_run_in_sqlite_is_told(
    policy: Policy, query: str, rows: str, question: str, verdict: type
) -> None:
    report = judged(policy, query, question, FILED.format(rows))
    assert isinstance(report.verdict, verdict), report.verdict
    (note,) = report.notes
    assert "run in SQLite" in note.en
    other = "SQLite" not in question and bool(question or "Oracle" in query)
    assert bool(note.args) == other


def test_more_rows_than_are_looked_at_decide_nothing_where_as_many_are_expected(
    policy: Policy,
) -> None:
    many = "".join(f"-- {n}\n" for n in range(1, 6001))
    tests = f"CREATE TABLE t(a INT);\n-- test: many\n-- expect:\n{many}"
    query = (
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 6000) SELECT x FROM c"
    )
    assert isinstance(judged(policy, query, "", tests).verdict, Undecided)
    few = tests.partition("-- 10\n")[0]
    assert isinstance(judged(policy, query, "", few).verdict, Failed)
