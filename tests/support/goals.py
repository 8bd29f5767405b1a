"""What each development set must reach: the share that is right, and none wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """``share`` of the rows must be right; ``what`` is the row of the table."""

    name: str
    what: str
    share: float


GOALS = (
    Goal("equations", "equations and inequalities of pupils", 0.99),
    Goal("simplify", "simplifications", 1.0),
    Goal("factor", "factorings", 1.0),
    Goal("integrals", "integrals (Apostol, Stewart)", 0.98),
    Goal("limits", "limits (Maxima, Wester)", 0.93),
    Goal("odes", "differential equations (Kamke, Murphy)", 0.60),
    Goal("deepmind", "questions in school English, 55 kinds", 0.97),
    Goal("school_zh", "Chinese school problems, without a model", 0.70),
)
