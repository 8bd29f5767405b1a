"""Who wrote an answer, as the history names it and as it is said to a reader."""

from __future__ import annotations

from runtimes.texts import Lang, Text

EXACT = "exact"
"""The label of the exact solver's own answers; all others are names of models."""
SAID = Text("exact solver", "精确求解器")


def label_said(label: str, lang: Lang) -> str:
    """The label in the words of a reader; the name of a model stays."""
    return SAID.template(lang) if label == EXACT else label


def label_read(said: str) -> str:
    """The label that was said so, in whatever language."""
    return EXACT if said in (SAID.en, SAID.zh) else said
