"""Places in a template: found once, filled in one pass.

``{name}`` is a place where the template has one of that name.  Other braces are LaTeX's or
JSON's, but a ``{word}`` that follows neither a LaTeX command nor another group is a slip of the
pen.  What is put in is never looked at again, so nobody's words can name a place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_PLACE = re.compile(r"\{([a-z][a-z_]{1,31})\}")
_LATEX_BEFORE = re.compile(r"[A-Za-z}\]^_*]")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A place that the template does not have; lines count from 1."""

    name: str
    line: int


def unknown_place(template: str, places: Collection[str]) -> Unknown | None:
    """The first word in braces that was meant as a place and is none."""
    for found in _PLACE.finditer(template):
        before = template[found.start() - 1 : found.start()]
        if found[1] not in places and not _LATEX_BEFORE.match(before):
            return Unknown(found[1], template.count("\n", 0, found.start()) + 1)
    return None


def has_place(template: str, name: str) -> bool:
    """Does the template hold this place?"""
    return f"{{{name}}}" in template


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with each value in its place."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), template)


def without_line(template: str, name: str) -> str | None:
    """What the template says around a place that stands alone on its line.

    ``None`` where the place is woven into a sentence, or stands there more than once: then the
    rest has no meaning of its own.
    """
    place = f"{{{name}}}"
    lines = template.split("\n")
    if template.count(place) != 1 or place not in map(str.strip, lines):
        return None
    rest = "\n".join(line for line in lines if line.strip() != place)
    return re.sub(r"\n{3,}", "\n\n", rest).strip()
