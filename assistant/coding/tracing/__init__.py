"""Explaining a run: its lines with real values, and what an exception means.

``trace(job, policy, call="f(3)")`` runs and records; ``explain(raised)`` puts an exception into
words; ``located(stderr, file)`` finds the exception in what Python printed.
"""

from assistant.coding.tracing.meanings import Explanation, explain, located
from assistant.coding.tracing.recording import trace
from assistant.coding.tracing.types import (
    Change,
    Ended,
    Folded,
    Frame,
    Raised,
    Trace,
    TraceStep,
)

__all__ = [
    "Change",
    "Ended",
    "Explanation",
    "Folded",
    "Frame",
    "Raised",
    "Trace",
    "TraceStep",
    "explain",
    "located",
    "trace",
]
