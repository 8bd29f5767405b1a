"""The index of a name: ``x_1``, ``x₁``, ``x_{n+1}``, ``x_max``, ``x1``."""

from __future__ import annotations

from assistant.maths.reading.formulas.characters import SUBSCRIPTS
from assistant.maths.reading.formulas.tokens import DIGITS, LETTERS

MEANT = LETTERS | DIGITS | frozenset("+-*,")
LONGEST = 40


def indexed(name: str, source: str, at: int, *, latex: bool) -> tuple[str, int]:
    """A name with the index that stands at ``at``, and where the index ends.

    ``x₁`` and ``x_{1}`` are ``x_1``; ``x1`` stays as it is.  In LaTeX a letter without
    braces is a whole index: ``x_ab`` is ``x_a*b``.
    """
    if source.startswith("_{", at):
        close = source.find("}", at, at + LONGEST)
        inner = source[at + 2 : close].replace(" ", "") if close > 0 else ""
        return (_named(name, inner), close + 1) if inner and set(inner) <= MEANT else (name, at)
    end = at
    while end < len(source) and source[end] in SUBSCRIPTS:
        end += 1
    if end > at:
        return _named(name, "".join(SUBSCRIPTS[c] for c in source[at:end])), end
    start = at + source.startswith("_", at)
    end = _run(source, start, DIGITS)
    if end == start > at:
        end = min(_run(source, start, LETTERS), start + 1 if latex else len(source))
    return (name + source[at:end], end) if end > start else (name, at)


def _named(name: str, inner: str) -> str:
    return f"{name}_{inner}" if inner.isalnum() else f"{name}_{{{inner}}}"


def _run(source: str, at: int, of: frozenset[str]) -> int:
    """Where a run of characters ends."""
    while at < len(source) and source[at] in of:
        at += 1
    return at
