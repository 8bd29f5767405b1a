"""JSON from a server, which may be anything: looked at without ever failing."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass

_MANY = 1 << 40
"""No honest number of tokens is larger."""


@dataclass(frozen=True, slots=True)
class Json:
    """A value of JSON, or what is not there (``None``)."""

    value: object = None

    @classmethod
    def read(cls, text: str | bytes) -> Json | None:
        """The value of a text; ``None`` if it is no JSON, or too deep to read."""
        try:
            return cls(json.loads(text))
        except (ValueError, RecursionError):
            return None

    def __getitem__(self, name: str) -> Json:
        """A member, of an object that has it."""
        return Json(self.value.get(name)) if isinstance(self.value, dict) else Json()

    def __iter__(self) -> Iterator[Json]:
        """The elements, of an array."""
        return iter([Json(item) for item in self.value] if isinstance(self.value, list) else ())

    def __bool__(self) -> bool:
        """Is there something, and not ``null``?"""
        return self.value is not None

    @property
    def text(self) -> str:
        """A string with all that is no Unicode replaced; else empty."""
        if not isinstance(self.value, str):
            return ""
        return self.value.encode("utf-8", "replace").decode("utf-8")

    @property
    def count(self) -> int | None:
        """A number of things that can be true; else ``None``."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value if 0 <= self.value <= _MANY else None
        return None

    @property
    def number(self) -> float | None:
        """A finite number; else ``None``."""
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            try:
                number = float(self.value)
            except OverflowError:
                return None
            return number if math.isfinite(number) else None
        return None
