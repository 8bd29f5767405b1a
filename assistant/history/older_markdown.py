"""The Markdown that earlier versions exported, read.

Each part stood between two comments, with all that is known of a message in the first.  A line of
a part that looked like such a comment was told apart by a backslash; thinking, summaries and
attachments were quotations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.history.as_json import FORMAT, VERSION, from_json
from assistant.history.portable import Portable, refused
from runtimes.texts import Text

_END = "<!-- assistant:end -->"
_MARK = re.compile(r"<!-- assistant:([a-z]{1,20}) (\{.*\}) -->\r?")
_LIKE_MARK = re.compile(r"\\*<!-- assistant:")


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    about: str
    """A JSON object."""
    text: str


def from_older_markdown(text: str) -> Portable:
    """What was written so.  Raises ``Unreadable``."""
    blocks = list(_blocks(text))
    if not blocks or blocks[0].kind != "conversation":
        raise refused(Text("it says nothing of being one", "没有对话格式标记"))
    records: list[dict[str, object]] = []
    for block in blocks[1:]:
        about = _object(block.about)
        if block.kind in ("question", "answer"):
            empty = {"reasoning": "", "summary": "", "attachments": []}
            parent = len(records) - 1 if records else None
            records.append(
                {**about, **empty, "parent": parent, "role": block.kind, "text": block.text}
            )
        elif not records:
            raise refused(Text("it begins with no question", "开头不是问题"))
        elif block.kind == "attachment":
            attached = records[-1]["attachments"]
            assert isinstance(attached, list)
            attached.append({**about, "text": block.text})
        elif block.kind in ("reasoning", "summary"):
            records[-1][block.kind] = block.text
    leaf = len(records) - 1 if records else None
    top = {"format": FORMAT, "version": VERSION, "leaf": leaf, "messages": records}
    return from_json(json.dumps({**_object(blocks[0].about), **top}))


def _blocks(text: str) -> Iterator[_Block]:
    lines = iter(text.split("\n"))
    for line in lines:
        mark = _MARK.fullmatch(line)
        if mark is None:
            continue
        kind, inner = mark[1], []
        quoted = kind in ("attachment", "reasoning", "summary")
        for inside in lines:
            if inside.rstrip("\r") == _END:
                break
            inner.append(_unquoted(inside) if quoted else _as_it_was(inside))
        else:
            raise refused(Text("it is cut off", "文件不完整"))
        yield _Block(kind, mark[2], "\n".join(inner))


def _unquoted(line: str) -> str:
    return "" if line == ">" else line.removeprefix("> ")  # editors take spaces at the end away


def _as_it_was(line: str) -> str:
    return line[1:] if line.startswith("\\") and _LIKE_MARK.match(line) else line


def _object(text: str) -> dict[str, object]:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise refused(Text("a comment in it is damaged", "其中的注释已损坏")) from wrong
    if not isinstance(value, dict):
        raise refused(Text("a comment in it is damaged", "其中的注释已损坏"))
    return value
