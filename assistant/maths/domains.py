"""Which kinds of numbers (``Request.domain``) each kind of question takes into account.

A domain that is passed over makes the answer one to another question.  So a task knows no
domain at all until it is named here: its questions are refused, and checks decide nothing.
"""

from __future__ import annotations

from enum import Flag, auto

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.types import Request, Task, Text


class Numbers(Flag):
    """Kinds of domains."""

    REAL = auto()
    """All real numbers, said in so many words."""
    RANGE = auto()
    """An interval of them."""
    WHOLE = auto()
    """Integers, all or those of an interval."""
    RATIONAL = auto()
    COMPLEX = auto()
    OTHER = auto()
    """Any other set; nothing takes one."""


NONE = Numbers(0)
USED: dict[Task, Numbers] = {
    Task.SOLVE: Numbers.REAL | Numbers.RANGE | Numbers.WHOLE | Numbers.COMPLEX,
    Task.PROVE: Numbers.REAL | Numbers.RANGE | Numbers.WHOLE,
    Task.SIMPLIFY: Numbers.REAL | Numbers.RANGE | Numbers.WHOLE,
    Task.EXPAND: Numbers.REAL | Numbers.RANGE | Numbers.WHOLE,
    Task.EVALUATE: Numbers.REAL,
    Task.FACTOR: Numbers.REAL | Numbers.RATIONAL | Numbers.WHOLE,
    Task.FUNCTION: Numbers.REAL,
    Task.LIMIT: Numbers.REAL,
    Task.DIFFERENTIATE: Numbers.REAL | Numbers.RANGE,
    Task.INTEGRATE: Numbers.REAL | Numbers.RANGE,
    Task.SERIES: Numbers.REAL,
    Task.SUM: Numbers.REAL,
    Task.PRODUCT: Numbers.REAL,
    Task.DSOLVE: Numbers.REAL,
}
"""What the methods and the check of a task both look at, or what takes nothing from an answer
that is right for all real numbers (a derivative is one on an interval too)."""
TOPICS: dict[str, Numbers] = {
    topics.POLAR: NONE,
    topics.RANGE: Numbers.REAL | Numbers.RANGE,
    topics.MAXIMUM: Numbers.REAL | Numbers.RANGE,
    topics.MINIMUM: Numbers.REAL | Numbers.RANGE,
    topics.ROOT_COUNT: Numbers.REAL | Numbers.RANGE | Numbers.WHOLE,
    topics.ROOT_SUM: Numbers.REAL | Numbers.RANGE,
    topics.ROOT_PRODUCT: Numbers.REAL | Numbers.RANGE,
    topics.ROOT_CONDITION: Numbers.REAL,
    topics.ALWAYS: Numbers.REAL | Numbers.RANGE,
    topics.WHOLE_PAIRS: Numbers.WHOLE,
}
"""The same for a topic that differs from its task."""
ROOTS = (topics.ROOT_COUNT, topics.ROOT_SUM, topics.ROOT_PRODUCT)
"""Topics that an equation is solved for."""
ONE_UNKNOWN = Numbers.RANGE | Numbers.WHOLE | Numbers.COMPLEX
"""Kinds that are only looked at where a single letter is solved for."""


def numbers(domain: t.Expr) -> Numbers:
    """The kind of a domain."""
    whole = t.Constant(t.ConstantName.INTEGERS)
    match domain:
        case t.Interval():
            return Numbers.RANGE
        case t.Call("intersection", (t.Interval(), other)) if other == whole:
            return Numbers.WHOLE
        case t.Constant(t.ConstantName.INTEGERS):
            return Numbers.WHOLE
        case t.Constant(t.ConstantName.REALS):
            return Numbers.REAL
        case t.Constant(t.ConstantName.RATIONALS):
            return Numbers.RATIONAL
        case t.Constant(t.ConstantName.COMPLEXES):
            return Numbers.COMPLEX
    return Numbers.OTHER


def hull(domain: t.Expr | None) -> t.Interval | None:
    """The interval in which all numbers of a domain lie, where it names one."""
    match domain:
        case t.Interval():
            return domain
        case t.Call("intersection", (t.Interval() as interval, _)):
            return interval
    return None


def is_used(request: Request) -> bool:
    """Whether the domain of a question is looked at by what answers it and what checks it."""
    if request.domain is None:
        return True
    kind = numbers(request.domain)
    used = TOPICS.get(request.topic, USED.get(request.task, NONE))
    if kind not in used:
        return False
    letters = {n for o in request.operands for n in t.symbols(o)}
    solving = request.task is Task.SOLVE or request.topic in ROOTS
    if solving and kind in ONE_UNKNOWN:
        return len(letters) <= 1
    definite = request.task is Task.INTEGRATE and len(request.operands) > 1
    return not definite or kind is Numbers.REAL


def unused(request: Request) -> Text:
    """Why a question is refused whose domain is not used."""
    domain = request.domain
    assert domain is not None
    return Text(
        "“only numbers in {0}” is not understood for this kind of question",
        "此类题目无法限定数的范围 {0}",
        (domain,),
    )


__all__ = ["Numbers", "hull", "is_used", "numbers", "unused"]
