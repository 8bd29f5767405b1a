"""A turn as the history holds it, as the record that the screen draws.

What stands in a history was written by some version of this program, or by whoever made the file
that it was imported from: whatever is not as expected is left out, and marks that were not made
here are not shown as marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assistant.bilingual import in_one
from assistant.events import Account, StepCounts, TurnEnd
from assistant.history.marks import answer_text
from assistant.maths.types import (
    Doubt,
    Mark,
    Proved,
    Refuted,
    Supported,
    Undecided,
    Verdict,
)
from assistant.maths.types import Text as Sentence
from runtimes.texts import Lang, Text
from tui.messages import Asked
from tui.rendering.plain import answer_aloud, lead
from tui.turn.ran import ran_before
from tui.turn.said import Exact, Item, Line, Row, Rows, Said, Spoken, Thought, Tone
from tui.turn.telling import OFFERED, STOPPED, account_line, answer_line
from tui.words import harmless, say

if TYPE_CHECKING:
    from assistant.history import Message, StoredTurn

Json = Mapping[str, object]
CRASHED = Text("the program ended while this was written", "程序在写此回答时中断")
IMPORTED = Text("this came from a file; nothing of it was checked here", "来自文件；未在本机检查")
FAILED = Text("the answer ended with a failure", "回答因错误而中止")


def recalled(turn: StoredTurn, lang: Lang) -> Said:
    """A turn of the history."""
    question, answer = turn.question, turn.answer
    asked = Asked(question.text, tuple((one.name, one.text) for one in question.attachments))
    said = Said(asked, question=question.id, answer_id=None if answer is None else answer.id)
    if answer is not None:
        said.items += _items(answer, lang)
        said.retold = lambda other: list(_items(answer, other))
    return said


def _items(answer: Message, lang: Lang) -> Iterator[Item]:
    record = _record(answer.record)
    finished = in_one(_table(record, "finished"), lang)
    if answer.reasoning:
        tokens = _whole(_table(finished, "usage"), "reasoning_tokens")
        yield Thought(parts=[answer.reasoning], tokens=tokens, over=True)
    exact = None if answer.imported else _solution(record, offered=False)
    if exact is not None:
        yield exact
    if answer.text and not (exact is not None and finished.get("exact") is True):
        yield Spoken(answer_aloud(answer, answer_text(answer, lang)))
    if answer.imported:
        yield Line(Tone.NOTICE, lead("·") + say(IMPORTED, lang))
        return
    rows = {row.index: row for row in _rows(record, lang)}
    if rows:
        yield Rows(rows, over=True)
    for event in _tables(record, "events", lang):
        yield from _event(event, lang)
    if (offered := _solution(record, offered=True)) is not None:
        yield Line(Tone.QUIET, say(OFFERED, lang))
        yield offered
    if answer.state == "crashed":
        yield Line(Tone.FAILED, say(CRASHED, lang))
    if answer.outcome == TurnEnd.CANCELLED:
        yield Line(Tone.NOTICE, lead("■") + say(STOPPED, lang))
    if answer.outcome == TurnEnd.FAILED:
        error = _text(_table(finished, "error"), "message")
        yield Line(Tone.FAILED, harmless(error) or say(FAILED, lang))
    end = TurnEnd.ANSWERED if answer.outcome == TurnEnd.ANSWERED else TurnEnd.FAILED
    if finished and (told := account_line(_account(finished), end, lang)):
        yield Line(Tone.ACCOUNT, told)


def _event(event: Json, lang: Lang) -> Iterator[Item]:
    match event.get("event"):
        case "code" if (was := ran_before(event, lang)) is not None:
            yield was
        case "notice" if told := _text(event, "text"):
            yield Line(Tone.NOTICE, lead("·") + harmless(told))
        case "answer" if (verdict := _verdict(event)) is not None:
            yield answer_line(_text(event, "answer"), verdict, _text(event, "why"), lang)
        case _:
            pass


def _solution(record: Json, *, offered: bool) -> Exact | None:
    """The exact solver's, as it was shown at first: the answer, or beside a wrong one."""
    from assistant.maths.showing.keeping import restored  # only those who have one need it

    for event in _tables(record, "events", Lang.EN):
        if event.get("event") == "solution" and event.get("offered") is offered:
            found = restored(event.get("kept"))
            return None if found is None else Exact(*found, offered)
    return None


def _record(text: str) -> Json:
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _rows(record: Json, lang: Lang) -> Iterator[Row]:
    for step in _tables(record, "steps", lang):
        index, text = step.get("index"), _text(step, "text")
        if isinstance(index, int) and text:
            verdict = _verdict(step)
            why = _text(step, "why")
            claims = _whole(step, "claims")
            mark = None if verdict is None else Mark(verdict, claims, Sentence(why, why))
            yield Row(index, text, mark)


def _verdict(step: Json) -> Verdict | None:
    match step.get("verdict"):
        case "proved":
            return Proved(_text(step, "method"))
        case "supported":
            return Supported(_whole(step, "points"))
        case "refuted":
            return Refuted(_text(step, "witness"), "", "")
        case "undecided":
            word = _text(step, "doubt")
            return Undecided(Doubt(word) if word in list(Doubt) else Doubt.NO_METHOD)
        case _:
            return None


def _account(finished: Json) -> Account:
    steps, usage = _table(finished, "steps"), _table(finished, "usage")
    words = ("proved", "supported", "undecided", "refuted")
    seed = finished.get("seed")
    return Account(
        steps=StepCounts(**{word: _whole(steps, word) for word in words}),
        model=_text(finished, "model"),
        seed=seed if isinstance(seed, int) else None,
        temperature=_number(finished, "temperature"),
        reasoning_tokens=_whole(usage, "reasoning_tokens"),
        answer_tokens=_whole(usage, "answer_tokens"),
        first_token_seconds=_number(finished, "first_token_seconds") or 0.0,
        tokens_per_second=_number(finished, "tokens_per_second"),
        seconds=_number(finished, "seconds") or 0.0,
    )


def _table(table: Json, key: str) -> Json:
    found = table.get(key)
    return found if isinstance(found, dict) else {}


def _tables(table: Json, key: str, lang: Lang) -> list[Json]:
    found = table.get(key)
    items = found if isinstance(found, list) else []
    return [in_one(one, lang) for one in items if isinstance(one, dict)]


def _text(table: Json, key: str) -> str:
    found = table.get(key)
    return found if isinstance(found, str) else ""


def _whole(table: Json, key: str) -> int:
    found = table.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def _number(table: Json, key: str) -> float | None:
    found = table.get(key)
    return float(found) if isinstance(found, int | float) else None
