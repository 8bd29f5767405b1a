"""An English story in the one spelling that its phrases are read in."""

from __future__ import annotations

import re

from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.telling import NUMBER, amount

DOZENS = late(
    rf"\b(?P<half>half a |a half )?(?P<n>(?:an? )?(?={{0}})|{NUMBER} )dozens?(?: of)?(?= (?!and\b|or\b|at\b|for\b|in\b|to\b|each\b|per\b|every\b|more\b|less\b|fewer\b|times\b)[a-z])".replace(
        "{0}", "dozen"
    ),
    re.IGNORECASE,
)
"""``two dozen eggs``; but no ``dollars a dozen``."""
WHILE = late(r"(?<=[,;]) *(?:while|whereas)\b", re.IGNORECASE)
"""Between two things that are told, it says nothing of amounts."""


def plain(text: str) -> str:
    """The text with dozens counted, and without words that only join what is told."""
    if DOZENS.search(text):
        text = DOZENS.compiled.sub(_counted, text)
    return WHILE.compiled.sub("", text) if WHILE.search(text) else text


def _counted(hit: re.Match[str]) -> str:
    said = hit["n"].strip().lower()
    many = 1 if said in ("", "a", "an") else amount(said)
    if many is None or re.search(
        r"\b(?:per|every|each|an?) $", hit.string[: hit.start()], re.IGNORECASE
    ):
        return hit[0]
    count = many * 12 / (2 if hit["half"] else 1)
    return str(count) if count == int(count) else hit[0]
