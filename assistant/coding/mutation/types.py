"""How much the tests would notice: small faults put into the code, one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from runtimes.texts import Text


class Fault(StrEnum):
    """Kinds of small faults."""

    COMPARISON = "comparison"
    ARITHMETIC = "arithmetic"
    BOUNDARY = "off by one"
    CONSTANT = "constant"
    LOGIC = "logic"
    RETURN = "return"
    REMOVAL = "removed statement"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Mutant:
    """The code with one fault.  ``before`` and ``after`` are the whole lines that differ."""

    fault: Fault
    line: int
    before: str
    after: str
    text: str

    def diff(self, name: str) -> str:
        """As a unified diff without context."""
        minus = "".join(f"-{line}\n" for line in self.before.splitlines())
        plus = "".join(f"+{line}\n" for line in self.after.splitlines())
        size = len(self.before.splitlines()), len(self.after.splitlines())
        head = f"@@ -{self.line},{size[0]} +{self.line},{size[1]} @@\n"
        return f"--- {name}\n+++ {name}\n{head}{minus}{plus}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationReport:
    """Which faults the tests noticed.

    ``possible`` are all that were found, of which ``tried`` were run in the time that there was.
    ``timed_out`` of the noticed ones ran out of time; ``undecided`` count on neither side.  A
    survivor may mean the same as the code: it shows where to look, and proves nothing.
    """

    possible: int
    noticed: int
    timed_out: int
    undecided: int
    survivors: tuple[Mutant, ...]
    seconds: float
    why: Text | None = None
    """Why nothing was tried, where the tests do not pass on the code itself."""

    @property
    def tried(self) -> int:
        """How many were decided."""
        return self.noticed + len(self.survivors)
