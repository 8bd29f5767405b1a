"""The registry and the texts of the rules hold together."""

from __future__ import annotations

import importlib
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.maths.solving.registry import METHODS, methods
from assistant.maths.types import Rule, Text

ROOT = Path(__file__).resolve().parents[2]


def values(kind: type) -> Iterator[tuple[str, object]]:
    """Every module constant of a kind, with the place where it is defined."""
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        for key, value in vars(importlib.import_module(name)).items():
            if isinstance(value, kind):
                yield f"{name}.{key}", value


@pytest.mark.parametrize("task", list(METHODS))
def test_every_method_of_the_registry_is_there(task: object) -> None:
    assert all(callable(m) for m in methods(task))  # type: ignore[arg-type]


def test_a_rule_id_belongs_to_one_rule() -> None:
    seen: dict[str, Rule] = {}
    for place, rule in values(Rule):
        assert isinstance(rule, Rule)
        assert seen.setdefault(rule.id, rule) == rule, place
        assert rule.en, place
        assert any("\u4e00" <= c <= "\u9fff" for c in rule.zh), place


def test_a_text_has_the_same_places_in_both_languages() -> None:
    for place, text in values(Text):
        assert isinstance(text, Text)
        fields = [
            {f for _, f, _, _ in string.Formatter().parse(t) if f is not None}
            for t in (text.en, text.zh)
        ]
        assert fields[0] == fields[1], place
