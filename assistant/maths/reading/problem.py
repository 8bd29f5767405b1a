"""A whole input: formulas with the words around them (being written)."""

from __future__ import annotations

from assistant.maths.reading.formula import read_formula
from assistant.maths.terms import Relation, symbols
from assistant.maths.types import Problem, Request, Task


def read_problem(text: str, task: Task | None = None, variable: str = "") -> Problem:
    """What is asked.  ``task`` and ``variable`` come from the batch contract and win over
    what the text suggests.  Raises ``ReadingError``."""
    formula = read_formula(text)
    guessed = Task.SOLVE if isinstance(formula, Relation) else Task.SIMPLIFY
    names = (variable,) if variable else symbols(formula)
    return Problem(
        request=Request(task=task or guessed, operands=(formula,), variables=names), source=text
    )
