"""What a function takes, read from its text and from calls of it; nothing is run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """``shape`` is an annotation of plain types (``list[int]``), empty where nothing tells."""

    name: str
    shape: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters that must be given by position."""

    name: str
    line: int
    parameters: tuple[Parameter, ...]


def signature_of(code: str, function: str, examples: str = "") -> Signature | None:
    """The function of that name at the top of ``code``; its shapes by annotation, else by the
    doctests and the calls in ``examples``.

    ``None`` where there is no such function.  Raises ``ValueError`` where the code is no Python.
    """
    raise NotImplementedError
