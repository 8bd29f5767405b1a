"""What the parts of a Chinese clause mean: kinds, numbers, names."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.accounts.patterns_zh import ASK
from assistant.maths.reading.stories.accounts.words_zh import PEOPLE, SAME_UNIT
from assistant.maths.reading.stories.telling import literal

OF_PLACE = re.compile(r"(?:学校|[^的]*(?:店|园|场|馆|库|厂|超市|里))的")
Groups = dict[str, str | None]
"""What stands under the names of a pattern."""


def kind_of(unit: str | None, thing: str | None) -> Kind:
    """A unit with its things; people are counted in one unit, whatever they are called."""
    unit = SAME_UNIT.get(unit or "", unit or "")
    thing = re.sub(r"^的|(?:呢|了|里|上|里面|中)$", "", thing or "")
    if len(thing) > 2:
        thing = thing.removesuffix("子")
    if unit == "元" and thing in ("钱", "人民币"):
        thing = ""
    if thing in PEOPLE and unit in ("个", "人"):
        return Kind("人", PEOPLE[thing])
    return Kind(unit, thing)


def value_of(text: str | None) -> t.Expr | None:
    """A number; ``None`` where it is asked for."""
    return literal(text) if text and not re.fullmatch(ASK, text) else None


def names_of(text: str | None) -> tuple[str, ...]:
    """The names of a list."""
    parts = [part for part in re.split("[、和与]", text or "") if part]
    if len(parts) > 1 and (place := OF_PLACE.match(parts[0])):
        parts[0] = parts[0][place.end() :]  # where all of them are
    return tuple(parts)
