"""What was found out about an answer when it was written, out of its record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.bilingual import in_one
from assistant.history.labels import EXACT
from assistant.history.types import Message
from runtimes.texts import Lang, Text

COUNTS = Text(
    "steps: {0} proved, {1} supported, {2} undecided, {3} refuted",
    "步骤：{0} 步已证明，{1} 步数值支持，{2} 步未判定，{3} 步被否定",
)
IMPORTED = Text(
    "imported; nothing of it was checked here", "导入的内容，未在本机检查"
)  # fmt: skip
CODE = Text("code block {0}", "代码块 {0}")
WORDS = ("proved", "supported", "undecided", "refuted")
REFUTED = "✗"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A step, an answer or some code that was found wrong, and why; words from outside."""

    text: str
    why: str


def counts(message: Message, lang: Lang) -> str:
    """How the steps of an answer were judged, in a line; empty where nothing was.

    Nothing of an imported one was checked here, whatever its file says.
    """
    if message.imported:
        return IMPORTED.template(lang)
    steps = _table(_record(message), "finished").get("steps")
    if not isinstance(steps, dict):
        return ""
    numbers = [steps.get(word) for word in WORDS]
    if not any(numbers) or not all(type(number) is int for number in numbers):
        return ""
    return COUNTS.template(lang).format(*numbers)


def answer_text(message: Message, lang: Lang) -> str:
    """The text of an answer; where the exact solver wrote it, in the language of the reader."""
    if message.imported or message.label != EXACT:
        return message.text
    finished = _table(_record(message), "finished")
    told = in_one(finished, lang).get("answer")
    same = finished.get("answer") == message.text
    return told if same and isinstance(told, str) else message.text


def wrong(message: Message, lang: Lang) -> Iterator[Wrong]:
    """What of an answer was found wrong: it is never shown without its mark."""
    if message.imported:
        return
    record = _record(message)
    for step in _tables(record, "steps", lang):
        if step.get("verdict") == "refuted":
            yield Wrong(_word(step, "text"), _word(step, "why"))
    for event in _tables(record, "events", lang):
        if event.get("event") == "code" and event.get("verdict") == "failed":
            index = event.get("index")
            number = index + 1 if type(index) is int else ""
            yield Wrong(CODE.template(lang).format(number), _word(event, "said"))
        elif event.get("verdict") == "refuted":
            yield Wrong(_word(event, "answer"), _word(event, "why"))


def _record(message: Message) -> Mapping[str, object]:
    try:
        found = json.loads(message.record) if message.record else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _table(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = table.get(key)
    return found if isinstance(found, dict) else {}


def _tables(table: Mapping[str, object], key: str, lang: Lang) -> list[Mapping[str, object]]:
    found = table.get(key)
    items = found if isinstance(found, list) else []
    return [in_one(one, lang) for one in items if isinstance(one, dict)]


def _word(table: Mapping[str, object], key: str) -> str:
    return str(table.get(key, ""))
