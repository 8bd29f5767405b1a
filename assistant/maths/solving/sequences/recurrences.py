"""Sequences given by a recurrence: terms one after the other, and their closed form."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.problems.known import put_in
from assistant.maths.solving.sequences.closed_forms import closed_form
from assistant.maths.solving.sequences.linear_forms import linear_form, named
from assistant.maths.types import Request, Rule, Step, Text

NEXT = Rule("recurrence.next", "Put the term before into the recurrence", "代入递推公式")
MANY = 60


def recurrence(request: Request) -> Draft | None:
    """A term, or the formula of the n-th term where one of the ways leads to it.

    Operands: the next term written in ``p0`` (the term before it), ``p1`` (the one before
    that) and n; then the first terms.  Words: the sequence's letter, and the index wanted
    or ``n``.
    """
    if request.topic != topics.RECURRENCE or len(request.words) != 2:
        return None
    rule, *first = request.operands
    if any(t.symbols(v) for v in first) or set(t.symbols(rule)) - {"p0", "p1", "n"}:
        return None
    letter, wanted = request.words
    if wanted == "n":
        return linear_form(rule, first, letter) or closed_form(rule, first, letter)
    index = int(wanted)
    if not len(first) < index <= MANY:
        return None
    return _terms(rule, first, letter, index)


def _terms(rule: t.Expr, first: list[t.Expr], letter: str, index: int) -> Draft | None:
    terms, steps = list(first), list[Step]()
    for k in range(len(first), index):
        put = {"p0": terms[-1], "n": t.integer(k)}
        if len(terms) > 1:
            put["p1"] = terms[-2]
        line = put_in(rule, put)
        value = sp.simplify(to_sympy(line))
        if not value.is_number or not value.is_finite:
            return None
        terms.append(from_sympy(value))
        why = Text("{0} from the term before.", "由前一项得 {0}。", (named(letter, k + 1),))
        steps.append(Step(rule=NEXT, why=why, before=line, after=terms[-1]))
    return Draft(answer=terms[-1], steps=tuple(steps), method="recurrence")
