"""From what a person types to a ``Problem``."""

from __future__ import annotations

from assistant.maths.reading.problem import read_problem

__all__ = ["read_problem"]
