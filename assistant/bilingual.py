"""Records whose sentences are kept in both languages: whoever reads them later may read in the
other one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from runtimes.texts import Lang

ALSO = "also"
"""Holds, by the name of the other language, what is other in it."""


def in_both(made: Callable[[Lang], dict[str, object]], lang: Lang) -> dict[str, object]:
    """A record in a language, with what its sentences are in the other one; ``made`` makes it in
    one."""
    other = Lang.EN if lang is Lang.ZH else Lang.ZH
    record = made(lang)
    differs = {key: value for key, value in made(other).items() if record.get(key) != value}
    return {**record, ALSO: {other.value: differs}} if differs else record


def in_one(record: Mapping[str, object], lang: Lang) -> Mapping[str, object]:
    """A record as it is in a language; where it is only in the other one, in that."""
    also = record.get(ALSO)
    own = also.get(lang.value) if isinstance(also, dict) else None
    return {**record, **own} if isinstance(own, dict) else record
