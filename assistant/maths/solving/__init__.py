"""From a problem to a checked solution.

``solve`` runs the methods of the topic in order, has every draft checked by
``assistant.maths.checking`` and drops a draft with a refuted step or answer.
"""

from __future__ import annotations

from assistant.maths.solving.engine import solve

__all__ = ["solve"]
