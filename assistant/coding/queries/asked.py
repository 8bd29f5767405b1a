"""What a question, or a user's file of tests, expects of SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.coding.blocks import blocks_of
from assistant.coding.examples import doubts
from assistant.coding.inside.sql import statements
from assistant.coding.naming import block_language
from assistant.coding.queries.drawn import Drawing, drawing
from assistant.coding.queries.types import Case, Cell, Row
from assistant.coding.sandbox.types import Language

NEAR = 120
"""Characters before a table in which its heading stands."""
_MARK = re.compile(
    r"^[ \t]*--[ \t]*(?P<word>test|query|expect(?:ed)?|测试|查询|预期|期望)"
    r"[ \t]*(?:[:：][ \t]*(?P<rest>.*)|[ \t]*)$",
    re.IGNORECASE,
)
_WORDS = {"测试": "test", "查询": "query", "预期": "expect", "期望": "expect", "expected": "expect"}
_ORDERED = re.compile(r"\bordered\b|in (?:this )?order|按顺序|有序", re.IGNORECASE)
_UNORDERED = re.compile(
    r"\b(?:not|un|no|any|ir?respective|regardless|without)\b|unordered|n['’]t|任意|不[^，。]{0,4}序|无序",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"^[ \t]*--[ \t]?")
_MAKES = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(?:create\s+(?:temp(?:orary)?\s+)?(?:table|view|index|unique)|insert\s+into"
    r"|drop\s+table\s+if)\b",
    re.IGNORECASE,
)
"""A statement that makes tables or fills them."""
_BEGINS = re.compile(
    r"^[ \t]*(?:create\s+(?:temp(?:orary)?\s+)?table\b[^\n]*\("
    r"|insert\s+into\s+\S+\s*(?:\(|values|\n))",
    re.IGNORECASE | re.MULTILINE,
)
LONGEST = 20_000
"""Characters of a statement that stands in no fence."""
_EXPECTED = re.compile(
    r"(?:\b(?:expected|desired|wanted|correct|sample|example)?\s*(?:outputs?|results?|answer)"
    r"|\b(?:should|must)\s+(?:return|give|output|be|look like|produce)"
    r"|\breturns?|\bexpected"
    r"|(?:预期|期望|正确)?的?(?:输出|结果|答案)(?:应?该?[为是如]下?)?|应该?(?:返回|得到|输出|为|是))"
    r"[^\w\n。.]{0,8}(?:(?:table|rows?|is|are|表|行)[^\w\n。.]{0,6})?\s*\Z",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:[`*\"']{0,3}(?P<a>[A-Za-z_]\w{0,60})[`*\"']{0,3}\s*(?:table|表)"
    r"|(?:table|表)\s*(?:named\s+|called\s+)?[:：]?\s*[`*\"']{0,3}(?P<b>[A-Za-z_]\w{0,60})"
    r"(?:\s?[(（][\w ,，、]{1,200}[)）])?[`*\"']{0,3})"
    r"[\s:：*`]*\Z",
    re.IGNORECASE,
)
_LOOK = re.compile(
    r"select (?:distinct )?(?:count\( ?\* ?\)|[\w ,.*\"`\[\]]{1,500}?)(?: as \w{1,60})?"
    r" from [\w.\"`\[\]]{1,100}(?: order by [\w ,.\"`]{1,200})?(?: limit \d{1,9})? ?;?",
    re.IGNORECASE,
)
"""A query that only shows what stands in one table."""
_ORDER_BY = re.compile(r"\border\s+by\b", re.IGNORECASE)
_ORDER_ASKED = re.compile(
    r"\bsort|\border(?:ed|ing)?\s+by\b|\bordered\b|\bordering\b|scending\b"
    r"|\b(?:highest|lowest|largest|smallest|newest|oldest|latest)\s+first\b|alphabetical"
    r"|排序|升序|降序|从[小大高低早晚]到|倒序|顺序排",
    re.IGNORECASE,
)
_PLAIN = ("text", "txt", "output", "csv", "markdown", "md", "table")
_SCHEMA = ("column name", "column", "field", "列名", "字段", "字段名")
"""What stands at the head of a table that tells of the columns of another."""
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:\.\d+)?")
_NOTHING = frozenset({"null", "none", "<null>", "(null)"})


class NothingExpectedError(ValueError):
    """A case without rows that are expected; its text is the case's name."""


# a user's file


def cases_in(text: str) -> tuple[Case, ...]:
    """The cases of a file of tests.

    ``-- test: NAME`` begins one (what stands before the first is for all), ``-- query:`` what is
    looked at after code that only changes tables, ``-- expect:`` the rows: in comments
    (``-- Ann | 3``), or as a query that gives them.  ``ordered`` behind it asks for their order.
    Raises ``NothingExpectedError``.
    """
    parts: list[dict[str, str]] = [{"tables": ""}]
    place = "tables"
    for line in text.replace("\r\n", "\n").split("\n"):
        mark = _MARK.match(line)
        if mark is None:
            parts[-1][place] = parts[-1].get(place, "") + f"{line}\n"
            continue
        word = mark["word"].lower()
        place = _WORDS.get(word, word)
        rest = (mark["rest"] or "").strip()
        if place == "test":
            parts.append({"name": rest})
            place = "tables"
        else:
            parts[-1][place] = parts[-1].get(place, "")
            if place == "expect":
                parts[-1]["how"] = rest
            elif rest:
                parts[-1][place] += f"{rest}\n"
    if len(parts) == 1:
        return (_case(parts[0], "", 1),)
    shared = parts[0].get("tables", "")
    if "expect" in parts[0]:
        raise NothingExpectedError("rows are expected before the first test")
    return tuple(_case(part, shared, n) for n, part in enumerate(parts[1:], 1))


def _case(part: dict[str, str], shared: str, number: int) -> Case:
    name = part.get("name") or f"test {number}"
    if "expect" not in part:
        raise NothingExpectedError(name)
    expected = part["expect"]
    lines = [line for line in expected.split("\n") if line.strip()]
    how = part.get("how", "")
    case = Case(
        name=name,
        tables=f"{shared}\n{part.get('tables', '')}",
        query=part.get("query", ""),
        ordered=bool(_ORDERED.search(how) and not _UNORDERED.search(how)),
        strict=True,
    )
    if all(_COMMENT.match(line) for line in lines):
        drawn = drawing("\n".join(_COMMENT.sub("", line) for line in lines))
        if drawn is None and lines:
            raise NothingExpectedError(name)
        drawn = drawn or Drawing(())
        return _with_rows(replace(case, headed=not drawn.head), drawn)
    return replace(case, reference=expected, ordered=case.ordered or orders(expected))


def _with_rows(case: Case, drawn: Drawing) -> Case:
    rows: tuple[Row, ...] = tuple(tuple(Cell(cell) for cell in row) for row in drawn.rows)
    return replace(case, rows=rows, columns=drawn.head)


# a question


@dataclass(frozen=True, slots=True)
class _Table:
    """A table that is drawn in a question, and what stands before it."""

    before: str
    drawn: Drawing
    start: int
    end: int
    fenced: bool


def case_of(question: str) -> Case | None:
    """The tables of a question and the rows that it expects; ``None`` where either is missing,
    or it is not plain which is which."""
    made = "".join(_made(question))
    drawn: dict[str, Drawing] = {}
    expected = []
    for table in _tables(question):
        if _EXPECTED.search(table.before):
            expected.append(table)
        elif (named := _NAMED.search(table.before)) is not None and table.drawn.head:
            if table.drawn.head[0].lower() in _SCHEMA:
                continue
            if (name := named["a"] or named["b"]) in drawn:
                return None
            drawn[name] = table.drawn
    if len(expected) != 1 or not (made or drawn):
        return None
    table = expected[0]
    if not doubts.introduced(question, table.start, table.end):
        return None
    case = Case(
        tables=made or "".join(_sql(*item) for item in drawn.items()),
        drawn=not made,
        headed=not table.drawn.head,
        ordered=_ORDER_ASKED.search(question) is not None and not doubts.any_order(question),
    )
    return _with_rows(case, table.drawn)


def _made(question: str) -> Iterator[str]:
    """Statements of the question that make tables, and those alone: in fences, or where there are
    none, on lines of their own."""
    fenced = [block for block in blocks_of(question) if block_language(block) is Language.SQL]
    for block in fenced:
        yield from (f"{s.strip()}\n" for s in statements(block.text) if _MAKES.match(s))
    at = 0
    while not fenced and (found := _BEGINS.search(question, at)) is not None:
        text = question[found.start() : found.start() + LONGEST]
        first = next(statements(text), "")
        if not text.startswith(first):
            return  # it has no end
        yield f"{first.strip()}\n"
        at = found.start() + len(first)


def _tables(question: str) -> Iterator[_Table]:
    """Tables in fences, and those that are drawn with bars in the text."""
    blocks = blocks_of(question)
    for block in blocks:
        info = block.info.split()[0].lower() if block.info else "text"
        if block_language(block) is not None or info not in _PLAIN:
            continue
        yield from _pieces(question[: block.start], block.text, block.start, block.end)
    bare = list(question)
    for block in blocks:
        bare[block.start : block.end] = [
            " " if c != "\n" else c for c in bare[block.start : block.end]
        ]
    for found in re.finditer(r"(?:^[ \t]*[|+].*(?:\n|\Z))+", "".join(bare), re.MULTILINE):
        drawn = drawing(found[0])
        if drawn is not None:
            before = "".join(bare)[max(0, found.start() - NEAR) : found.start()]
            yield _Table(before.rstrip(), drawn, found.start(), found.end(), fenced=False)


def _pieces(before: str, text: str, start: int, end: int) -> Iterator[_Table]:
    """The tables of one fence: several stand there with a heading each."""
    headed = re.split(r"^([ \t]*[^|+\n]*(?:table|output|result|表|输出|结果)\s*[:：][ \t]*)$", text,
                      flags=re.MULTILINE | re.IGNORECASE)  # fmt: skip
    if len(headed) < 3 or not any("|" in part for part in headed):
        drawn = drawing(text)
        if drawn is not None:
            yield _Table(before[-NEAR:].rstrip(), drawn, start, end, fenced=True)
        return
    for head, body in zip(headed[1::2], headed[2::2], strict=True):
        drawn = drawing(body)
        if drawn is not None:
            yield _Table(head.strip(), drawn, start, end, fenced=True)


def _sql(name: str, drawn: Drawing) -> str:
    """A table that was drawn, as SQL that makes it: a column of numbers is one."""
    columns = [[row[n] for row in drawn.rows] for n in range(len(drawn.head))]
    numeric = [
        all(_NUMBER.fullmatch(cell) or cell.lower() in _NOTHING for cell in column)
        for column in columns
    ]
    heads = ", ".join(f'"{_plain(head)}"' for head in drawn.head)
    text = f'CREATE TABLE "{_plain(name)}" ({heads});\n'
    for row in drawn.rows:
        cells = ", ".join(_literal(cell, number=numeric[n]) for n, cell in enumerate(row))
        text += f'INSERT INTO "{_plain(name)}" VALUES ({cells});\n'  # noqa: S608 - as it is asked
    return text


def _plain(name: str) -> str:
    return name.replace('"', "").strip()


def _literal(cell: str, *, number: bool) -> str:
    if cell.lower() in _NOTHING:
        return "NULL"
    return cell if number else "'" + cell.replace("'", "''") + "'"


def orders(sql: str) -> bool:
    """Does the last query of some SQL ask for an order of its rows?"""
    last = next((s for s in reversed(list(statements(sql))) if _bare(s).strip(" ;\n\t")), "")
    return _ORDER_BY.search(_bare(last)) is not None


def is_look(sql: str) -> bool:
    """Does some SQL only look at what stands in a table?"""
    queries = [" ".join(re.sub(r"--[^\n]*", " ", s).split()) for s in statements(sql)]
    shown = [s for s in queries if s.strip(" ;")]
    return bool(shown) and all(_LOOK.fullmatch(s) for s in shown)


def _bare(sql: str) -> str:
    """Without comments, texts, and what stands in brackets."""
    text = re.sub(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", " ", sql, flags=re.DOTALL)
    kept, deep = [], 0
    for sign in text:
        deep += sign == "("
        if not deep:
            kept.append(sign)
        deep = max(0, deep - (sign == ")"))
    return "".join(kept)
