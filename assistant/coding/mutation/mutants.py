"""Makes the faults: one small change of the syntax tree each."""

from __future__ import annotations

from assistant.coding.mutation.types import Mutant


def mutants(code: str) -> tuple[Mutant, ...]:
    """All faults, in the order of the lines, without those that compile to the same program.

    Raises ``ValueError`` where the code is no Python.
    """
    raise NotImplementedError
