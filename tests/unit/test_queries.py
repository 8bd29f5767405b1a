"""SQL: tables and rows as a question or a file of tests states them."""

from __future__ import annotations

import pytest

from assistant.coding.queries.asked import NothingExpectedError, case_of, cases_in, orders
from assistant.coding.queries.comparing import MOST_ROWS, Match, cell_match, in_any_order, in_order
from assistant.coding.queries.dialects import common
from assistant.coding.queries.drawn import drawing
from assistant.coding.queries.types import Cell, Value

SAME, NEAR, OTHER = Match.SAME, Match.NEAR, Match.OTHER
MADE = "```sql\nCREATE TABLE t(a INT, b TEXT);\nINSERT INTO t VALUES (1, 'x;y');\n```\n"


@pytest.mark.parametrize(
    ("text", "head", "rows"),
    [
        ("| a | b |\n|---|---|\n| 1 | x |", ("a", "b"), (("1", "x"),)),
        ("+---+---+\n| a | b |\n+---+---+\n| 1 |   |\n+---+---+\n1 row in set (0.00 sec)",
         ("a", "b"), (("1", ""),)),
        (" a | b\n---+---\n 1 | x\n 2 | y\n(2 rows)", ("a", "b"), (("1", "x"), ("2", "y"))),
        ("a|b\n1|x", (), (("a", "b"), ("1", "x"))),
        ("a\tb\n1\tx y", (), (("a", "b"), ("1", "x y"))),
        ("a    b\n1    x y", (), (("a", "b"), ("1", "x y"))),
        ("a, b\n1, x", (), (("a", "b"), ("1", "x"))),
        ("Ann", (), (("Ann",),)),
    ],
)  # fmt: skip
def test_a_table_is_read_as_it_is_drawn(
    text: str, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> None:
    found = drawing(text)
    assert found is not None
    assert (found.head, found.rows) == (head, rows)


@pytest.mark.parametrize("text", ["", "| a | b |\n| 1 |", "a, b\nc", "a\tb\nc", "---"])
def test_what_is_no_plain_table_is_none(text: str) -> None:
    assert drawing(text) is None


@pytest.mark.parametrize(
    ("got", "want", "match"),
    [
        (1, Cell("1"), SAME), (1.0, Cell("1"), SAME), ("1", Cell("1"), SAME), (2, Cell("1"), OTHER),
        (None, Cell("NULL"), SAME), (None, Cell(""), NEAR), (None, Cell("x"), OTHER),
        (1500, Cell("1,500"), SAME), (100 / 3, Cell("33.33"), SAME), (33.331, Cell("33.33"), NEAR),
        (33.34, Cell("33.33"), OTHER), ("Ann ", Cell("'Ann'"), SAME), ("ann", Cell("Ann"), NEAR),
        (1, Cell("true"), SAME), (0, Cell("true"), OTHER), ("x", Cell("1"), OTHER),
        (1, 1, SAME), (1, 1.0, SAME), ("1", 1, NEAR), ("a", "a", SAME), ("a", "A", OTHER),
        (None, None, SAME), (None, 0, OTHER), (b"a", b"a", SAME), (b"a", "a", OTHER),
        (float("inf"), Cell("1.5"), OTHER), (50, Cell("50%"), NEAR), (0.5, Cell("50%"), NEAR),
        (5, Cell("$5"), NEAR), (6, Cell("$5"), OTHER), (5, Cell("five"), OTHER),
    ],
)  # fmt: skip
def test_a_cell_is_compared_by_what_is_said_of_it(
    got: Value, want: Value | Cell, match: Match
) -> None:
    assert cell_match(got, want) is match


def test_rows_are_counted_and_their_order_is_looked_at_only_where_asked() -> None:
    got = [(1, "a"), (1, "a"), (2, "b")]
    assert in_any_order(got, [(2, "b"), (1, "a"), (1, "a")]) is SAME
    assert in_any_order(got, [(2, "b"), (2, "b"), (1, "a")]) is OTHER
    assert in_any_order(got, [(2, "b"), (1, "a")]) is OTHER
    assert in_any_order([(0.331,)], [(Cell("0.33"),)]) is NEAR
    assert in_order(got, [(1, "a"), (1, "a"), (2, "b")]) is SAME
    assert in_order(got, [(2, "b"), (1, "a"), (1, "a")]) is OTHER


@pytest.mark.parametrize(
    ("sql", "asks"),
    [
        ("SELECT 1 ORDER BY 1", True),
        ("select a from t order\n by a;", True),
        ("SELECT a FROM (SELECT a FROM t ORDER BY a)", False),
        ("SELECT 'order by'", False),
        ("SELECT 1 -- order by", False),
        ("SELECT rank() OVER (ORDER BY a) FROM t", False),
        ("SELECT 1 ORDER BY 1; SELECT 2", False),
    ],
)
def test_an_order_is_asked_for_by_the_last_query_itself(sql: str, asks: bool) -> None:
    assert orders(sql) == asks


def test_a_question_states_tables_and_rows() -> None:
    case = case_of(f"{MADE}Expected result:\n\n| a |\n|---|\n| 1 |\n")
    assert case is not None
    assert "x;y" in case.tables
    assert (case.rows, case.columns, case.ordered) == (((Cell("1"),),), ("a",), False)
    case = case_of(f"按 a 降序排列。\n{MADE}预期结果：\n```\na\n1\n```\n")
    assert case is not None
    assert (case.headed, case.ordered, len(case.rows)) == (True, True, 2)


def test_tables_that_are_drawn_are_made() -> None:
    case = case_of(
        "Table: P\n+-------------+---------+\n| Column Name | Type    |\n"
        "+-------------+---------+\n| id          | int     |\n+-------------+---------+\n\n"
        "P table:\n| id | zip |\n|----|-----|\n| 1 | 007 |\n| null | O'N |\n\n"
        "Output:\n| zip |\n|-----|\n| 007 |\n"
    )
    assert case is not None
    assert case.drawn
    assert "VALUES (1, '007')" in case.tables
    assert "VALUES (NULL, 'O''N')" in case.tables


@pytest.mark.parametrize(
    "question",
    [
        "",
        MADE,
        "Expected result:\n\n| a |\n|---|\n| 1 |\n",
        f"{MADE}I currently get this output:\n\n| a |\n|---|\n| 1 |\n",
        f"{MADE}| a |\n|---|\n| 1 |\n",
        f"{MADE}Expected result:\n\n| a |\n|---|\n| 1 |\n\nOutput:\n\n| a |\n|---|\n| 2 |\n",
        f"{MADE}Output:\n\n| a |\n|---|\n| 1 |\n\nbut that is wrong.",
    ],
)
def test_a_question_that_does_not_say_both_plainly_expects_nothing(question: str) -> None:
    assert case_of(question) is None


def test_a_file_holds_cases() -> None:
    first, second = cases_in(
        "CREATE TABLE t(a);\n-- test: one\nINSERT INTO t VALUES (1);\n-- expect: ordered\n-- 1\n"
        "-- 测试：二\n-- query: SELECT a FROM t\n-- expect\nVALUES (1), (2) ORDER BY 1;\n"
    )
    assert (first.name, first.rows, first.ordered) == ("one", ((Cell("1"),),), True)
    assert "CREATE" in first.tables
    assert "INSERT" in first.tables
    assert (second.name, second.query, second.ordered) == ("二", "SELECT a FROM t\n", True)
    assert "VALUES (1), (2)" in second.reference
    (empty,) = cases_in("CREATE TABLE t(a);\n-- expect:\n")
    assert empty.rows == ()


@pytest.mark.parametrize(
    "text",
    ["", "SELECT 1", "-- test: a\n-- expect\n-- 1\n-- test: b\nSELECT 1",
     "-- expect\n-- 1 | 2\n-- 3",
     "-- expect\n-- 1\n-- test: b\n-- expect\n-- 2"],
)  # fmt: skip
def test_a_file_that_expects_nothing_is_refused(text: str) -> None:
    with pytest.raises(NothingExpectedError):
        cases_in(text)


def test_a_file_may_have_as_many_cases_as_it_likes() -> None:
    text = "".join(f"-- test: t{n}\n-- expect:\n-- {n}\n" for n in range(50))
    assert len(cases_in(text)) == 50


@pytest.mark.parametrize(
    ("how", "ordered"),
    [("ordered", True), ("in order", True), ("not in order", False), ("unordered", False),
     ("in any order", False), ("按顺序", True), ("不按顺序", False), ("", False)],
)  # fmt: skip
def test_an_order_is_asked_for_in_plain_words(how: str, ordered: bool) -> None:
    (case,) = cases_in(f"-- test: t\n-- expect: {how}\n-- 2\n-- 1\n")
    assert case.ordered is ordered


def test_more_rows_than_are_compared_one_by_one() -> None:
    rows = [(n, f"w{n}") for n in range(5 * MOST_ROWS)]
    written = [tuple(map(Cell, map(str, row))) for row in reversed(rows)]
    assert in_any_order(rows, list(reversed(rows))) is SAME
    assert in_any_order(rows, written) is SAME
    assert in_any_order([*rows[1:], (-1, "w")], written) is OTHER
    assert in_any_order([(n + 1, w) for n, w in rows], written) is OTHER


TABLE = "CREATE TABLE t (a INT, b VARCHAR(9));\nINSERT INTO t VALUES (1, 'x'), (2, 'y');"


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("SELECT a FROM t WHERE a > 1 AND b = 'y' ORDER BY a DESC;", True),
        ("SELECT * FROM t WHERE b IN ('x', 'z') OR a BETWEEN 1 AND 2", True),
        ("SELECT COUNT(*) AS n FROM t -- all of them", True),
        ("SELECT a / 2 FROM t", False), ("SELECT a FROM t WHERE b LIKE 'x'", False),
        ("SELECT a FROM t WHERE b = 'X'", False), ("SELECT a FROM t WHERE b = 0", False),
        ("SELECT a FROM t WHERE a = '1'", False), ("SELECT a FROM t WHERE b < 'y'", False),
        ("SELECT a FROM t ORDER BY b", False), ("SELECT b || a FROM t", False),
        ("SELECT b, MAX(a) FROM t", False), ("SELECT a AS c FROM t WHERE c > 1", False),
        ('SELECT a FROM t WHERE b = "x"', False), ("SELECT c FROM t", False),
        ("SELECT COUNT(*) AS n FROM t ORDER BY a", False), ("DELETE FROM t", False),
        ("SELECT a FROM t; SELECT b FROM t", False), ("SELECT a FROM t LIMIT 1", False),
        ("SELECT rowid FROM t", False),
    ],
)  # fmt: skip
def test_what_every_database_answers_alike_is_plain(query: str, same: bool) -> None:
    assert common(TABLE, query) is same


@pytest.mark.parametrize(
    "tables",
    [TABLE.replace("INT", "REAL"), TABLE.replace("VARCHAR(9)", "DATE"),
     TABLE.replace("'x'", "NULL"),
     TABLE.replace("'x'", "''"), f"{TABLE}\nCREATE TABLE u (a INT);", f"{TABLE} DELETE FROM t;"],
)  # fmt: skip
def test_tables_of_other_kinds_are_not_plain(tables: str) -> None:
    assert not common(tables, "SELECT a FROM t")


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Write a SQL query that returns a. Expected output:", True),
        ("Create a query which gives a. Expected output:", True),
        ("I have a query that returns this. Its output:", False),
        ("Fix the query. It returns a. Output:", False),
    ],
)
def test_what_a_query_is_to_return_is_wanted(said: str, wanted: bool) -> None:
    assert (case_of(f"{MADE}{said}\n\n| a |\n|---|\n| 1 |\n") is not None) is wanted


@pytest.mark.parametrize(
    ("question", "made"),
    [
        ("create table t(a);\ninsert into t values (';'), (2);\n", 2),
        ("The tables:\n\n  CREATE TABLE t (\n  a INT\n  );\nINSERT INTO t\nVALUES (1);\n", 2),
        ("Create table rows for each user; then insert into it.\n", 0),
        ("CREATE TABLE t(a INT\n", 0),
    ],
)
def test_tables_may_be_made_outside_of_fences(question: str, made: int) -> None:
    case = case_of(f"{question}\nExpected result:\n\n| a |\n|---|\n| 1 |\n")
    assert (0 if case is None else case.tables.count(";\n")) == made
