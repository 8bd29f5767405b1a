"""Competition mathematics, graded as the easier set."""

from grade_worked_solutions import grade, pose

__all__ = ["grade", "pose"]
