"""What a story asks: a quantity, several of them, or the equation that says it."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Task, Text

SETUP = late(
    r"(?:根据题意|由题意|依题意|则)?,?(?:则)?(?:可以?|所|下面所|下列|以下|下面)?(?:列|得)(?:出)?(?:的)?"
    r"(?:(?:一元二次|一元一次|二元一次|分式)?方程组?)(?:正确的)?(?:为|是)?[:,]?"
    r"|(?:那么|则)?\s*[a-z]\s*(?:应)?满足的(?:方程|关系式)(?:为|是)?"
)
LET = late(
    r"(?:若|如果)?设([^,.;=\n]{1,24}?)(?:为|是|有)?\s*([a-z])\s*(?:[^\d,.;=\n]{0,3})(?=[,.;\n]|$)"
)


def given_letter(tale: Tale, about: str, *usual: str) -> str:
    """The letter that the story gives to a quantity, or a new one."""
    for found in LET.finditer(tale.text):
        if re.search(about, found[1]):
            tale.take(re.escape(found.group()))
            tale.scan.names.add(found[2])
            return found[2]
    return tale.letter(*usual)


def asks_equation(tale: Tale) -> bool:
    """Whether the equation itself is asked for."""
    return tale.take(SETUP) is not None


def the_equation(tale: Tale, why: Text, *equations: t.Expr) -> Request:
    """The request for the equation of a story: it, or the option that says the same."""
    whole = equations[0] if len(equations) == 1 else t.Junction(t.Connective.AND, equations)
    letters = tuple(tale.options)
    values = tuple(tale.scan.formula(o) for o in tale.options.values())
    tale.options = {}
    tale.scan.notes.append(why)
    return Request(task=Task.COMPARE, topic=topics.SETUP, operands=(whole, *values), words=letters)


def value_of(expr: t.Expr) -> Request:
    """The request for a value."""
    return Request(task=Task.EVALUATE, operands=(expr,))


def whole(name: str) -> t.Expr:
    """The condition that an unknown counts things."""
    return t.Call("in", (t.Symbol(name), t.Constant(t.ConstantName.NATURALS)))
