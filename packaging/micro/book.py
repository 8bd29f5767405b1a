"""The dialogues that the micro model learns by heart, read from ``dialogues.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

BOOK = Path(__file__).with_name("dialogues.toml")

BEGIN = "<｜begin▁of▁sentence｜>"
END = "<｜end▁of▁sentence｜>"
USER = "<｜User｜>"
ASSISTANT = "<｜Assistant｜>"
THINK = "<think>"
THOUGHT = "</think>"
OPENING = f"{ASSISTANT}{THINK}\n"
"""What the chat template ends a prompt with."""
CLOSING = f"\n{THOUGHT}\n\n"
"""What stands between the thinking and the answer."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what the model says to it."""

    user: str
    also: tuple[str, ...]
    thinking: str
    answer: str

    @property
    def output(self) -> str:
        """Exactly what is generated after the prompt, without the end token."""
        return f"{self.thinking}{CLOSING}{self.answer}"


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A few turns; each turn is asked with the earlier ones in the history."""

    id: str
    language: str
    topic: str
    flaw: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """All dialogues, and the replies to everything else."""

    dialogues: tuple[Dialogue, ...]
    default_en: Turn
    default_zh: Turn


def read_book(path: Path = BOOK) -> Book:
    """The book in the file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    dialogues = tuple(
        Dialogue(
            id=entry["id"],
            language=entry["language"],
            topic=entry["topic"],
            flaw=entry.get("flaw", ""),
            turns=tuple(_turn(turn) for turn in entry["turns"]),
        )
        for entry in data["dialogue"]
    )
    default = data["default"]
    return Book(dialogues, _turn(default["en"]), _turn(default["zh"]))


def _turn(entry: dict[str, str]) -> Turn:
    return Turn(
        user=entry.get("user", ""),
        also=tuple(entry.get("also", ())),
        thinking=entry["thinking"],
        answer=entry["answer"],
    )


def prompt(history: list[Turn], question: str, system: str = "") -> str:
    """What the chat template makes of a conversation, without the thinking of earlier turns."""
    told = "".join(f"{USER}{turn.user}{ASSISTANT}{turn.answer}{END}" for turn in history)
    return f"{BEGIN}{system}{told}{USER}{question}{OPENING}"
