"""An exception of C++ as it is told of."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.coding.examples.asked import ANY_ERROR


@dataclass(frozen=True, slots=True)
class Raised:
    """The exception that a call has ended with: its class and those that it derives from, and
    what it says."""

    kinds: tuple[str, ...]
    said: str

    @property
    def words(self) -> str:
        """As it is shown."""
        return f"{self.kinds[0] if self.kinds else '?'}: {self.said}".removesuffix(": ")

    def is_a(self, name: str) -> bool:
        """Is it of a class that is called so?"""
        return name == ANY_ERROR or _bare(name) in map(_bare, self.kinds)


def _bare(name: str) -> str:
    return name.rpartition("::")[2]
