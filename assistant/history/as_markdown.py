"""A conversation as Markdown: the branch on which it stands, to be read, and to be imported.

Each part stands between two comments, which a reader of the page does not see.  A line of a part
that looks like such a comment is told apart by a backslash; thinking, summaries and attachments
are quotations.  What stands outside of the comments is for the eye alone.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.history.as_json import FORMAT, VERSION, from_json
from assistant.history.clean import one_line
from assistant.history.marks import REFUTED, counts, wrong
from assistant.history.portable import Portable, refused
from assistant.history.types import Message, Role, StoredTurn
from runtimes.texts import Lang, Text

_OPEN, _CLOSE = "<!-- assistant:", " -->"
_END = f"{_OPEN}end{_CLOSE}"
_MARK = re.compile(r"<!-- assistant:([a-z]{1,20}) (\{.*\}) -->\r?")
_LIKE_MARK = re.compile(r"\\*<!-- assistant:")
QUESTION = Text("Question", "问题")
ANSWER = Text("Answer", "回答")
REASONING = Text("Thinking", "思考过程")
SUMMARY = Text("Summary of what came before", "此前内容的摘要")
ATTACHED = Text("Attached: {0}", "附件：{0}")


def to_markdown(title: str, made: float, turns: Sequence[StoredTurn], lang: Lang) -> str:
    """The text of a file."""
    out = [f"# {one_line(title)}", "", _mark("conversation", {"title": title, "made": made}), _END]
    for turn in turns:
        out += _message(turn.question, lang)
        if turn.answer is not None:
            out += _message(turn.answer, lang)
    return "\n".join(out) + "\n"


def _message(message: Message, lang: Lang) -> Iterator[str]:
    about = {
        "made": message.made,
        "changed": message.changed,
        "label": message.label,
        "state": message.state.value,
        "outcome": message.outcome,
        "record": message.record,
    }
    name = QUESTION if message.role is Role.QUESTION else ANSWER
    day = time.strftime("%Y-%m-%d %H:%M", time.localtime(message.made))
    parts = (name.template(lang), one_line(message.label), day)
    yield from ("", "## " + " · ".join(part for part in parts if part))
    yield from ("", _mark(message.role.value, about))
    yield from (_told_apart(line) for line in message.text.split("\n"))
    yield _END
    yield from _marks(message, lang)
    for attachment in message.attachments:
        title = ATTACHED.template(lang).replace("{0}", one_line(attachment.name))
        yield from _quoted("attachment", title, attachment.text, {"name": attachment.name})
    if message.reasoning:
        yield from _quoted("reasoning", REASONING.template(lang), message.reasoning, {})
    if message.summary:
        yield from _quoted("summary", SUMMARY.template(lang), message.summary, {})


def _marks(message: Message, lang: Lang) -> Iterator[str]:
    """What was found out about an answer; an import takes none of it for true."""
    if message.role is not Role.ANSWER:
        return
    found = [f"- {REFUTED} {_code(one.text)}: {_code(one.why)}" for one in wrong(message, lang)]
    if told := counts(message, lang):
        yield from ("", f"*{told}*")
    if found:
        yield from ("", *found)


def _code(text: str) -> str:
    """Words from outside, in which nothing is Markdown."""
    line = one_line(text)
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}" if line.strip() else ""


def _quoted(kind: str, title: str, text: str, about: dict[str, object]) -> Iterator[str]:
    yield from ("", f"### {title}", "", _mark(kind, about))
    yield from (f"> {line}" for line in text.split("\n"))
    yield _END


def _mark(kind: str, about: dict[str, object]) -> str:
    """A comment that nothing within can end."""
    inner = json.dumps(about, ensure_ascii=False, allow_nan=False)
    inner = inner.replace("<", "\\u003c").replace(">", "\\u003e")
    return f"{_OPEN}{kind} {inner}{_CLOSE}"


def _told_apart(line: str) -> str:
    return "\\" + line if _LIKE_MARK.match(line) else line


# --- reading ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    about: str
    """A JSON object."""
    text: str


def from_markdown(text: str) -> Portable:
    """What ``to_markdown`` wrote.  Raises ``Unreadable``."""
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
