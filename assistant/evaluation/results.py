"""What became of each question, as JSON lines: written one by one, read again to go on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from assistant.maths.types import Text

NO_RESULT = Text("{0}: line {1} is no result of an evaluation", "{0}：第 {1} 行不是评测结果")


HEAD = b'{"id": "'
"""What the line of a result begins with."""
MOST = 10**12
"""Tokens, seconds or steps of a question at most."""


class Outcome(StrEnum):
    """``OPEN``: whether it is right was not decided.  ``NONE``: no answer came."""

    RIGHT = "right"
    WRONG = "wrong"
    OPEN = "open"
    NONE = "none"


class BadResults(Exception):  # noqa: N818 - the input's fault, not the program's
    """A file that holds no results; ``why`` says where."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One question.  ``settings`` tells the model and how it was asked; ``tokens`` are those of
    thinking and answer; ``refuted`` are steps that were shown to be wrong."""

    id: str
    question: str
    gold: str
    answer: str
    outcome: Outcome
    settings: str
    tokens: int = 0
    seconds: float = 0.0
    refuted: int = 0

    def line(self) -> bytes:
        """As one line of JSON; half of a pair, which UTF-8 cannot hold, is escaped in it."""
        text = json.dumps(asdict(self), ensure_ascii=False) + "\n"
        return text.encode("utf-8", "backslashreplace")


def without_rest(body: bytes) -> bytes:
    """A file of results without the last line, if that was cut off while it was written."""
    whole = body.rfind(b"\n") + 1
    last = body[whole:]
    try:
        json.loads(last)
    except (ValueError, RecursionError):
        return body[:whole] if last.startswith(HEAD) or HEAD.startswith(last) else body
    return body


def read_results(text: str, name: str) -> tuple[Result, ...]:
    """Results in the order of the file of this name; of a question that is there twice the last
    counts.  Raises ``BadResults``."""
    found: dict[str, Result] = {}
    for number, line in enumerate(text.split("\n"), 1):  # JSON may hold other ends of lines
        if not line.strip():
            continue
        try:
            result = _result(json.loads(line))
        except (ValueError, TypeError, KeyError, RecursionError) as wrong:
            raise BadResults(NO_RESULT.of(name, str(number))) from wrong
        found[result.id] = result
    return tuple(found.values())


def _result(record: Mapping[str, object]) -> Result:
    tokens, seconds, refuted = record["tokens"], record["seconds"], record["refuted"]
    if not isinstance(tokens, int) or not isinstance(refuted, int):
        raise TypeError
    if not isinstance(seconds, int | float):
        raise TypeError
    if not all(0 <= number <= MOST for number in (tokens, seconds, refuted)):
        raise ValueError
    return Result(
        id=str(record["id"]),
        question=str(record["question"]),
        gold=str(record["gold"]),
        answer=str(record["answer"]),
        outcome=Outcome(str(record["outcome"])),
        settings=str(record["settings"]),
        tokens=tokens,
        seconds=float(seconds),
        refuted=refuted,
    )
