"""A new letter for a part of an equation: solve for the letter, then go back."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.found import Found, branches, step
from assistant.maths.solving.equations.solution_sets import value_tree
from assistant.maths.types import Rule, Text

SUBSTITUTE = Rule("equation.substitute", "Substitute", "换元")
SUBSTITUTE_BACK = Rule("equation.substitute_back", "Substitute back", "代回原未知数")


def substitute(
    line: t.Relation, names: tuple[str, str], meaning: t.Expr, equation: t.Relation, depth: int
) -> Found | None:
    """Solve ``equation`` in a new letter that stands for ``meaning``, then go back."""
    name, letter = names
    in_letter = find(equation, letter, depth + 1)
    if in_letter is None or not in_letter.finite:
        return None
    sides = [t.equation(meaning, value_tree(v)) for v in in_letter.roots]
    parts = [find(s, name, depth + 1) for s in sides]
    if any(p is None for p in parts):
        return None
    known = [p for p in parts if p is not None]
    chosen = t.equation(t.Symbol(letter), meaning)
    why = Text("Put {0}.", "设 {0}。", (chosen,))
    first = replace(step(line, equation, SUBSTITUTE, why, name=name), given=(chosen,))
    if not sides:
        back: t.Expr = t.Truth(value=False)
    else:
        back = sides[0] if len(sides) == 1 else t.Junction(t.Connective.OR, tuple(sides))
    why = Text("Write {0} for {1} again.", "把 {1} 换回 {0}。", (meaning, t.Symbol(letter)))
    second = step(line, back, SUBSTITUTE_BACK, why, name=name)
    steps = (first, *in_letter.steps, second)
    if not sides:
        return Found(steps=steps, method="substitution")
    found = branches(name, sides, known, method="substitution")
    return replace(found, steps=(*steps, *found.steps))
