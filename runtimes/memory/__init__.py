"""Will it fit?  What a model takes in an engine, where each part would go, what it really took.

``needs`` (a model's parts, from its files or from its shape), ``llamacpp`` and ``checkpoint``
(what the two in-process engines take), ``engines`` (what the installed ones can use),
``planner`` (the search for the best plan), ``reasons`` and ``nearest`` (its words), ``planning``
(all of it), ``measured`` (what loaded models took).
"""

from __future__ import annotations

from runtimes.memory.measured import Measurement, measurements, record_measurement
from runtimes.memory.needs import Needs, needs_of
from runtimes.memory.pieces import expected_use
from runtimes.memory.planning import plan, plan_parts

__all__ = [
    "Measurement",
    "Needs",
    "expected_use",
    "measurements",
    "needs_of",
    "plan",
    "plan_parts",
    "record_measurement",
]
