"""Tables of a question whose rows are examples: calls or inputs, and what comes of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.coding.examples import doubts
from assistant.coding.examples.headings import leads_to_results
from assistant.coding.examples.scanning import expression, is_value

MOST_ROWS = 200
_RULE = re.compile(
    r"\s{0,8}\|?(?:\s{0,8}:?-{1,80}:?\s{0,8}\|){0,20}\s{0,8}:?-{1,80}:?\s{0,8}\|?\s{0,8}"
)
_OTHERS = re.compile(
    r"\b(?:actual|got|gets|currently?|wrong|incorrect|buggy|now|before)\b|实际|错误|目前|现在|当前",
    re.IGNORECASE,
)
"""The head of a column of what is not wanted."""
_GIVEN = re.compile(
    r"(?:sample |example )?(?:inputs?|arguments?|args)|(?:样例)?输入|参数", re.IGNORECASE
)
_WANTED = re.compile(
    r"(?:(?:sample|example|expected|return) )?(?:outputs?|results?|values?|returns?)|expected"
    r"|(?:样例|期望|预期)?(?:输出|结果|返回值?)|期望|预期",
    re.IGNORECASE,
)
_CALLED = re.compile(r"([^\W\d]\w{0,60})\(([^()]{0,100})\)")


@dataclass(frozen=True, slots=True)
class Row:
    """What goes in and what comes out: a call, or (``call`` false) arguments of a function that
    the table does not name."""

    given: str
    wanted: str
    call: bool


def rows_in(text: str) -> Iterator[Row]:
    """The rows of all tables that tell what comes of what."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for n in range(1, len(lines)):
        if "|" not in lines[n] or not _RULE.fullmatch(lines[n]) or "|" not in lines[n - 1]:
            continue
        end = n + 1
        while end < min(len(lines), n + MOST_ROWS) and "|" in lines[end]:
            end += 1
        if doubts.introduced(text, starts[n - 1], starts[end] - 1):
            yield from _rows(_cells(lines[n - 1]), [_cells(line) for line in lines[n + 1 : end]])


def _cells(line: str) -> list[str]:
    bare = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().strip("`").strip() for cell in bare.split("|")]


def _rows(heads: list[str], rows: list[list[str]]) -> Iterator[Row]:
    """The rows of one table, where its columns are plain."""
    if any(len(row) != len(heads) for row in rows):
        return
    columns = [n for n, head in enumerate(heads) if not _OTHERS.search(head)]
    wanted = [n for n in columns if _WANTED.fullmatch(heads[n])]
    told = _CALLED.fullmatch(heads[columns[-1]]) if columns else None
    if told is not None and len(columns) == len(heads):
        names = [name.strip() for name in told[2].split(",")]
        if names == heads[:-1]:
            for row in rows:
                if all(map(is_value, row)):
                    yield Row(f"{told[1]}({', '.join(row[:-1])})", row[-1], call=True)
        return
    calls = [n for n in columns if rows and all(_is_call(row[n]) for row in rows)]
    others = [n for n in columns if n not in calls and leads_to_results(heads[n])]
    rest = wanted or (others if len(heads) == 2 else [])
    if len(calls) == 1 and len(rest) == 1 and rest != calls:
        yield from (Row(r[calls[0]], r[rest[0]], call=True) for r in rows if is_value(r[rest[0]]))
        return
    given = [n for n in columns if _GIVEN.fullmatch(heads[n])]
    if len(given) == 1 and len(wanted) == 1:
        yield from (Row(r[given[0]], r[wanted[0]], call=False) for r in rows if all(r))


def _is_call(cell: str) -> bool:
    tree = expression(cell)
    return (
        isinstance(tree, ast.Call)
        and isinstance(tree.func, ast.Name)
        and not tree.keywords
        and all(is_value(ast.unparse(item)) for item in tree.args)
    )
