"""Where SQLite, on which queries are run, computes otherwise than the database that is meant.

For a database that a question names, only what is plainly the same in all of them is judged: a
select of one table by simple conditions.  For a question that names none, SQLite has the word,
save that what fails may be right elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.coding.queries.types import Case, Found
from assistant.coding.trial import TestOutcome
from runtimes.texts import Text

LONGEST = 4_000
"""Characters of SQL that are looked at; what is longer is not plain."""
ELSEWHERE = Text(
    "it was run in SQLite, and {0} may give other rows for it",
    "查询在 SQLite 中运行，而 {0} 对它可能给出不同的行",
)
OTHERWISE = Text(
    "SQLite gives other rows than expected, and another database might give those: {0}",
    "SQLite 得到的行与预期不同，而其他数据库可能得到预期的行：{0}",
)
IN_SQLITE = Text(
    "your tests were run in SQLite, not in {0}: what {0} would give was not seen",
    "你的测试是在 SQLite 中运行的，而不是 {0}；没有检验 {0} 会得到什么",
)
ONLY_SQLITE = Text(
    "your tests were run in SQLite; another database may give other rows",
    "你的测试是在 SQLite 中运行的；其他数据库可能得到不同的行",
)
DIFFERS = Text(
    "it was run in SQLite, and {0} has its own ways there ({1})",
    "查询在 SQLite 中运行，而 {0} 的做法可能不同（{1}）",
)
_OTHERS = re.compile(
    r"my\s?sql|maria\s?db|postgre(?:s|sql)?\b|\bpg\s?sql|pl/(?:pg)?sql|\boracle\b|sql[ -]?server"
    r"|\bms\s?sql|\bt-?sql\b|transact-sql|\bdb2\b|snowflake|big\s?query|redshift|\bhive(?:ql)?\b"
    r"|spark sql"
    r"|duck\s?db|click\s?house|\bpresto(?:db)?\b|\btrino\b|\bathena\b|teradata"
    r"|(?:ms|microsoft) access"
    r"|cockroach\s?db|\btidb\b|\bsybase\b|\bhana\b|databricks|甲骨文",
    re.IGNORECASE,
)
_SQLITE = re.compile(r"sqlite", re.IGNORECASE)
_TEXT = re.compile(r"'((?:[^']|'')*)'")
_COMMENTS = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_OTHERWISE = re.compile(
    r"/|%|\|\||\blike\b|\bi?like\b|\bavg\b|\bround\b|\bcast\b|\bsubstr\w*|\binstr\b|\blength\b|\bconcat\w*"
    r"|\b\w*date\w*\b|\b\w*time\w*\b|\bday\w*\b|\bmonth\w*\b|\byear\w*\b|\bnow\b|\binterval\b"
    r"|\bgroup_concat\b|\bnulls\b|\blimit\b|\bregexp\b|\bglob\b|\bcollate\b|\"",
    re.IGNORECASE,
)
"""What other databases compute otherwise than SQLite, by its signs."""
_ONLY_SQLITE = re.compile(
    r"\browid\b|\bautoincrement\b|\binsert\s+or\b|\breplace\s+into\b|\btypeof\b|\bprintf\b"
    r"|\btotal\s*\(|\b(?:is|not)null\b|\bpragma\b|\bwithout\s+rowid\b|==|\bjson\w*\b",
    re.IGNORECASE,
)
_GROUPED = re.compile(
    r"\bselect\b(?P<items>.*?)\bfrom\b.*?\bgroup\s+by\b(?P<by>.*?)(?:\bhaving\b|\border\b|[;)]|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TOGETHER = re.compile(r"\b(?:count|sum|min|max|avg)\s*\(|\Z|'|-?\d", re.IGNORECASE)
"""How an item begins that is one for a whole group."""

_NAME = r"[A-Za-z_]\w{0,60}"
_WHOLE = r"(?:int|integer|bigint|smallint)"
_WORDS = r"(?:text|varchar\s?\(\d{1,4}\))"
_COLUMN = rf"{_NAME} (?:{_WHOLE}|{_WORDS})(?: (?:primary key|not null|unique))*"
_TABLE = re.compile(
    rf"create table (?P<table>{_NAME}) ?\( ?(?P<columns>{_COLUMN}(?: ?, ?{_COLUMN})*) ?\)",
    re.IGNORECASE,
)
_LITERAL = r"(?:-?\d{1,9}|'[A-Za-z0-9]{1,40}')"
_ROW = rf"\( ?{_LITERAL}(?: ?, ?{_LITERAL})* ?\)"
_FILLED = re.compile(
    rf"insert into {_NAME}(?: ?\((?P<named>[\w ,]*)\))? ?values ?{_ROW}(?: ?, ?{_ROW})*",
    re.IGNORECASE,
)
_OPERATOR = r"(?:=|<>|<=|>=|<|>)"
_CONDITION = (
    rf"{_NAME} ?(?:{_OPERATOR} ?{_LITERAL}|in ?\( ?{_LITERAL}(?: ?, ?{_LITERAL})* ?\)"
    rf"|(?<= )between {_LITERAL} and {_LITERAL})"
)
_QUERY = re.compile(
    rf"select (?P<items>\*|{_NAME}(?: ?, ?{_NAME})*|count ?\( ?\* ?\)(?: as (?P<alias>{_NAME}))?)"  # noqa: S608 - it reads one
    rf" from (?P<table>{_NAME})"
    rf"(?: where (?P<where>{_CONDITION}(?: (?:and|or) {_CONDITION})*))?"
    rf"(?: order by (?P<order>{_NAME}(?: (?:asc|desc))?(?: ?, ?{_NAME}(?: (?:asc|desc))?)*))?",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?P<name>{_NAME}) ?(?P<how>{_OPERATOR}|in|between) ?"
    rf"(?P<values>{_LITERAL} and {_LITERAL}|\([^)]*\)|{_LITERAL})",
    re.IGNORECASE,
)


def settled(found: Found, case: Case, sql: str, question: str) -> Found:
    """What was found in SQLite, as far as it holds for the database that the question means."""
    if found.outcome not in (TestOutcome.PASSED, TestOutcome.FAILED) or _SQLITE.search(question):
        return found
    named = _OTHERS.search(question)
    if named is not None:
        if not case.drawn and common(case.tables, sql):
            return found
        return _unjudged(found, ELSEWHERE.of(named[0]))
    if found.outcome is TestOutcome.FAILED and found.gave:
        sign = next(differing(case.tables, sql), None)
        if sign is not None:
            return _unjudged(found, OTHERWISE.of(sign))
    return found


def named(question: str, *texts: str) -> str:
    """The other database that is meant, by the words of a question or the comments of some SQL;
    empty where none is named, or SQLite is too."""
    comments = (found[0] for text in texts for found in _COMMENTS.finditer(_TEXT.sub("''", text)))
    words = "\n".join((question, *comments))
    other = _OTHERS.search(words)
    return other[0] if other is not None and not _SQLITE.search(words) else ""


def by_users(found: Found, case: Case, sql: str, database: str) -> Found:
    """What a user's own test has found in SQLite, where another database is meant: what computes
    otherwise there is not judged."""
    if found.outcome not in (TestOutcome.PASSED, TestOutcome.FAILED) or not database:
        return found
    code = "\n".join((sql, case.query, case.reference))
    sign = next(differing(case.tables, code), None) or _only_sqlite(f"{case.tables}\n{code}")
    return _unjudged(found, DIFFERS.of(database, sign)) if sign else found


def _only_sqlite(sql: str) -> str:
    """A sign of what SQLite takes, and others refuse."""
    bare = _TEXT.sub("''", _COMMENTS.sub(" ", sql))
    if (sign := _ONLY_SQLITE.search(bare)) is not None:
        return sign[0]
    for found in _GROUPED.finditer(bare):
        by = [" ".join(word.lower().split()) for word in found["by"].split(",")]
        by += [word.rpartition(".")[2] for word in by]
        for item in re.split(r",(?![^(]*\))", found["items"]):
            word = " ".join(item.lower().removeprefix("distinct ").split())
            column = word.partition(" as ")[0].strip()
            known = {word, column, column.rpartition(".")[2], word.rpartition(" ")[2]}
            if not known & {*by} and not _TOGETHER.match(column):
                return f"{item.strip()}, GROUP BY {found['by'].strip()}"
    return ""


def _unjudged(found: Found, why: Text) -> Found:
    return replace(found, outcome=TestOutcome.UNJUDGED, error="", why=why)


def differing(tables: str, sql: str) -> Iterator[str]:
    """The signs in a query of what databases compute differently; two texts that differ by their
    case or by spaces at the end alone are one too."""
    bare = _TEXT.sub("''", _COMMENTS.sub(" ", sql))
    yield from (found[0] for found in _OTHERWISE.finditer(bare))
    texts = {found[1] for part in (tables, sql) for found in _TEXT.finditer(part)}
    seen: dict[str, str] = {}
    for text in sorted(texts):
        other = seen.setdefault(text.casefold().rstrip(), text)
        if other != text:
            yield f"'{other}' = '{text}'"


def common(tables: str, sql: str) -> bool:
    """Does every database that is known give the same rows?  True for what is plainly so alone."""
    if len(tables) > LONGEST or len(sql) > LONGEST or next(differing(tables, sql), None):
        return False
    parts = [" ".join(part.split()) for part in _COMMENTS.sub(" ", tables).split(";")]
    columns: dict[str, bool] = {}
    names = []
    for part in filter(None, parts):
        table = _TABLE.fullmatch(part)
        if table is not None:
            names.append(table["table"].lower())
            columns |= _columns(table["columns"])
        elif not _FILLED.fullmatch(part):
            return False
    query = _QUERY.fullmatch(" ".join(_COMMENTS.sub(" ", sql).split()).rstrip("; "))
    if query is None or names != [query["table"].lower()]:
        return False
    return _plain(query, columns)


def _columns(text: str) -> dict[str, bool]:
    """The columns that are declared; true for those of texts."""
    found = (column.split()[:2] for column in text.split(","))
    return {name.lower(): kind.lower().startswith(("text", "varchar")) for name, kind in found}


def _plain(query: re.Match[str], columns: dict[str, bool]) -> bool:
    """Is each name a column, and each compared with its own kind; texts for equality alone?"""
    counted = query["items"].lower().startswith("count")
    items = [] if counted or query["items"] == "*" else query["items"].split(",")
    orders = [word.split()[0] for word in (query["order"] or "").split(",") if word.strip()]
    if counted and (orders or (query["alias"] or "").lower() in columns):
        return False
    if any(word.strip().lower() not in columns for word in items):
        return False
    if any(columns.get(word.lower(), True) for word in orders):
        return False  # the order of texts is a matter of the collation
    for part in _PART.finditer(query["where"] or ""):
        kind = columns.get(part["name"].lower())
        texts = [value[0] == "'" for value in re.findall(_LITERAL, part["values"])]
        if kind is None or any(text != kind for text in texts):
            return False
        if kind and part["how"].lower() not in ("=", "<>", "in"):
            return False
    return True
