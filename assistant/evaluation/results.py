"""What became of each question, as JSON lines: written one by one, read again to go on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from assistant.maths.types import Text

NO_RESULT = Text("line {0} is no result of an evaluation", "第 {0} 行不是评测结果")


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

    def line(self) -> str:
        """As one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False) + "\n"


def read_results(text: str) -> tuple[Result, ...]:
    """Results in the order of the file; of a question that is there twice the last counts, and a
    last line that was cut off is passed over.  Raises ``BadResults``."""
    found: dict[str, Result] = {}
    lines = text.removesuffix("\n").split("\n")  # a text in JSON may hold other ends of lines
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            result = _result(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
            if number == len(lines) and not text.endswith("\n"):
                break
            raise BadResults(NO_RESULT.of(str(number))) from wrong
        found[result.id] = result
    return tuple(found.values())


def _result(record: Mapping[str, object]) -> Result:
    tokens, seconds, refuted = record["tokens"], record["seconds"], record["refuted"]
    if not isinstance(tokens, int) or not isinstance(refuted, int):
        raise TypeError
    if not isinstance(seconds, int | float):
        raise TypeError
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
