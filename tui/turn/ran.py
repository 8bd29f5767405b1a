"""What became of a block of code, as a line under it: from its event, and from the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assistant.maths.showing.look import Badge
from runtimes.texts import Lang, Text
from tui.rendering.plain import sign_of
from tui.turn.said import Ran, Tone
from tui.words import harmless, say

if TYPE_CHECKING:
    from assistant.coding.types import Failure
    from assistant.events import CodeChecked

AS_IT_IS = Text("{0}", "{0}")
"""Words that are in one language already."""

MOST_FINDINGS, MOST_LINES, MOST_LINE = 5, 20, 400
_KINDS = {
    "passed": (Badge.SUPPORTED, Tone.GOOD),
    "failed": (Badge.REFUTED, Tone.WRONG),
}
"""Tests that pass support some code, and prove nothing."""


def ran(event: CodeChecked, lang: Lang) -> Ran:
    """A block that was run now: the verdict, with the smallest failing example at once."""
    from assistant.coding import telling
    from assistant.coding.types import Failed, Passed

    report = event.report
    match report.verdict:
        case Passed():
            word = "passed"
        case Failed():
            word = "failed"
        case _:
            word = "not run"
    told = [telling.verdict_text(report.verdict)]
    if isinstance(report.verdict, Failed):
        told += telling.failure_lines(report.verdict.failure)
    more = [telling.finding_text(one) for one in report.findings[:MOST_FINDINGS] if not one.fatal]
    more += telling.measured_lines(report)
    lines = [say(text, lang) for text in told]
    detail = "\n".join(say(text, lang) for text in more)
    return _line((event.end, word), lines, detail, lang)


def ran_before(record: Mapping[str, object], lang: Lang) -> Ran | None:
    """A block that was run when the answer was written; ``None`` for no such record."""
    end, word, said = record.get("end"), record.get("verdict"), record.get("said")
    if not (type(end) is int and isinstance(word, str) and isinstance(said, str)):
        return None
    failure, lines = record.get("failure"), [said]
    if isinstance(failure, dict):
        from assistant.coding.telling import failure_lines

        lines += [say(text, lang) for text in failure_lines(_failure(failure))]
    measured = record.get("measured")
    more = [one for one in _list(measured) if isinstance(one, str)]
    return _line((end, word), lines, "\n".join(more), lang)


def _failure(record: Mapping[str, object]) -> Failure:
    from assistant.coding.types import Failure, Frame

    why, explained, frames = (record.get(key) for key in ("why", "explained", "frames"))
    return Failure(
        test=_word(record, "test"),
        call=_word(record, "call"),
        gave=_word(record, "gave"),
        expected=_word(record, "expected"),
        error=_word(record, "error"),
        why=AS_IT_IS.of(why) if isinstance(why, str) else None,
        explained=tuple(AS_IT_IS.of(one) for one in _list(explained) if isinstance(one, str)),
        frames=tuple(
            Frame(
                _word(one, "file"),
                _number(one, "line"),
                _word(one, "function"),
                _word(one, "source"),
                _number(one, "answer_line"),
            )
            for one in _list(frames)
            if isinstance(one, dict)
        ),
    )


def _line(what: tuple[int, str], lines: list[str], detail: str, lang: Lang) -> Ran:
    end, word = what
    badge, tone = _KINDS.get(word, (Badge.UNDECIDED, Tone.DOUBT))
    text = "\n   ".join(_short(line) for line in lines[:MOST_LINES] if line)
    more = "\n".join(_short(line) for line in detail.split("\n", MOST_LINES)[:MOST_LINES])
    return Ran(end, tone, f"{sign_of(badge, lang)} {text}", more)


def _short(line: str) -> str:
    """As much of it as can be drawn fast; the history may hold anything."""
    return harmless(line if len(line) <= MOST_LINE else f"{line[:MOST_LINE]}…")


def _word(table: Mapping[str, object], key: str) -> str:
    found = table.get(key)
    return found if isinstance(found, str) else ""


def _number(table: Mapping[str, object], key: str) -> int:
    found = table.get(key)
    return found if type(found) is int else 0


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
