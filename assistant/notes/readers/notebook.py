"""Jupyter notebooks: the text and the code of the cells, without what they have printed."""

from __future__ import annotations

import json
import re

from assistant.notes.decoding import decoded, even_lines
from assistant.notes.types import Document, Row, Unit, Unreadable
from runtimes.texts import Text

NO_NOTEBOOK = Text("it is no notebook of version 4", "不是第 4 版的 notebook 文件")
_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.{0,200})")


def read(body: bytes) -> Document:
    """Rows with the number of their cell.  Raises ``Unreadable``."""
    try:
        book: object = json.loads(decoded(body))
    except RecursionError as wrong:
        raise Unreadable(Text("it is nested too deeply", "嵌套过深")) from wrong
    except ValueError as wrong:
        raise Unreadable(Text("it is no valid JSON", "不是有效的 JSON")) from wrong
    cells = book.get("cells") if isinstance(book, dict) else None
    if not isinstance(cells, list):
        raise Unreadable(NO_NOTEBOOK)
    rows: list[Row] = []
    for number, cell in enumerate(cells, 1):
        if isinstance(cell, dict):
            rows += _rows(number, _source(cell.get("source")), cell.get("cell_type") == "markdown")
    title = next((row.title for row in rows if row.level), "")
    return Document(Unit.CELL, tuple(rows), title)


def _source(source: object) -> str:
    parts = source if isinstance(source, list) else [source]
    text = "".join(part for part in parts if isinstance(part, str))
    return even_lines(text).encode("utf-8", "replace").decode()  # JSON can hold half a character


def _rows(number: int, text: str, prose: bool) -> list[Row]:  # noqa: FBT001 - the cell's type
    rows = []
    for line in text.split("\n"):
        head = _ATX.match(line) if prose else None
        rows.append(
            Row(number, line, len(head[1]), head[2].rstrip("# \t")) if head else Row(number, line)
        )
    return [*rows, Row(number, "")] if text.strip() else []
