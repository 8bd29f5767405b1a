"""Data sets: JSON lines with a question and its answer, under the names that public sets use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.maths.answers.extract import extract_answer
from assistant.maths.types import Text

QUESTION = ("question", "problem", "input", "prompt")
GOLD = ("answer", "gold", "expected", "solution", "target")
LONGEST = 100_000
"""Characters of a question, and of an answer."""
MARK = "####"
"""What GSM8K has before its answer, behind a worked solution."""
EMPTY = Text(
    "there is no question in it; a line should be, for example: {0}",
    "其中没有题目；每行应类似：{0}",
    ('{"id": "1", "question": "What is 2 + 3?", "answer": "5"}',),
)
NO_JSON = Text("line {0} is no JSON object", "第 {0} 行不是 JSON 对象")
LACKS = Text(
    "line {0} lacks a question ({1}) or an answer ({2})",
    "第 {0} 行缺少题目（{1}）或答案（{2}）",
)
TOO_LONG = Text("line {0} has more than {1} characters", "第 {0} 行超过 {1} 个字符")
TWICE = Text("line {0}: the id {1} is there twice", "第 {0} 行：id {1} 出现了两次")


class BadSet(Exception):  # noqa: N818 - the input's fault, not the program's
    """A text that is no set; ``why`` says where and what to do."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True, slots=True)
class Item:
    """A question and the answer that is right."""

    id: str
    question: str
    gold: str


def read_set(text: str) -> tuple[Item, ...]:
    """The questions of a set.  Raises ``BadSet``."""
    items, seen = [], set()
    for number, record in _records(text):
        question, gold = _field(record, QUESTION), _field(record, GOLD)
        if not question or not gold:
            raise BadSet(LACKS.of(str(number), ", ".join(QUESTION), ", ".join(GOLD)))
        if max(len(question), len(gold)) > LONGEST:
            raise BadSet(TOO_LONG.of(str(number), str(LONGEST)))
        name = record.get("id")
        name = whole(str(name)[:200]) if isinstance(name, str | int) else str(number)
        if name in seen:
            raise BadSet(TWICE.of(str(number), name))
        seen.add(name)
        items.append(Item(name, question, final(gold)))
    if not items:
        raise BadSet(EMPTY)
    return tuple(items)


def _records(text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as wrong:
            raise BadSet(NO_JSON.of(str(number))) from wrong
        if not isinstance(record, dict):
            raise BadSet(NO_JSON.of(str(number)))
        yield number, record


def _field(record: Mapping[str, object], names: tuple[str, ...]) -> str:
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return whole(value.strip())
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def whole(text: str) -> str:
    """Without halves of pairs, which JSON can hold and no model can read."""
    return text.encode("utf-8", "replace").decode("utf-8")


def final(gold: str) -> str:
    """The answer alone, of one that stands behind a worked solution."""
    if marked := gold.rpartition(MARK)[2].strip() if MARK in gold else "":
        return marked
    if "\\boxed" in gold or "\n" in gold:
        return extract_answer(gold) or gold
    return gold
