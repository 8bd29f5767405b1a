"""The terms of a sequence from its sums: ``a_n = S_n - S_(n-1)`` from n = 2 on."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.problems.known import put_in
from assistant.maths.solving.sequences.closed_forms import closed_form, defined_everywhere
from assistant.maths.solving.sequences.linear_forms import linear_form, named
from assistant.maths.types import Link, Request, Rule, Step, Text

FIRST = Rule("partial_sum.first", "The first term is the first sum", "首项")
DIFFERENCE = Rule("partial_sum.difference", "Subtract the sum before", "作差")
JOIN = Rule("partial_sum.join", "Does it hold for n = 1 too?", "检验 n = 1")
ONE_TERM = Rule("partial_sum.value", "Put in the index", "代入项数")
N, SUM, TERM, BEFORE = sp.Symbol("n"), sp.Symbol("sum"), sp.Symbol("term"), sp.Symbol("p0")
MANY = 10_000


def from_sums(request: Request) -> Draft | None:
    """Operand: an equation in ``sum``, ``term`` and n.  Words: the letter, and the index
    wanted or ``n``."""
    if request.topic != topics.PARTIAL_SUM or not isinstance(request.operands[0], t.Relation):
        return None
    asked, (letter, wanted) = request.operands[0], request.words
    try:
        gap = sp.expand(to_sympy(asked.left) - to_sympy(asked.right))
    except NotConvertible:
        return None
    if not gap.is_polynomial(SUM) or sp.degree(gap, SUM) != 1 or gap.free_symbols - {N, SUM, TERM}:
        return None
    total = sp.expand(sp.solve(gap, SUM)[0])
    place = None if wanted == "n" else int(wanted)
    if place is not None and not 1 <= place <= MANY:
        return None
    if not total.has(TERM):
        return _explicit(total, letter) if place is None else _single(total, place, letter)
    found = _by_recurrence(asked, total, letter)
    return found if place is None or found is None else _at(found, place, letter)


def _single(total: sp.Expr, place: int, letter: str) -> Draft | None:
    """``a_5 = S_5 - S_4``."""
    if place == 1:
        line, why = (
            from_sympy(total.subs(N, 1)),
            Text("{0} is the first sum.", "{0} 就是第一个和。", (named(letter, 1),)),
        )
        before = t.substitute(from_sympy(total), "n", t.integer(1))
        return Draft(
            answer=line,
            steps=(Step(rule=FIRST, why=why, before=before, after=line),),
            method="sums",
        )
    sums = [t.substitute(from_sympy(total), "n", t.integer(k)) for k in (place, place - 1)]
    value = from_sympy(sp.simplify(total.subs(N, place) - total.subs(N, place - 1)))
    why = Text(
        "{0} is the sum of {1} terms without that of {2}.",
        "{0} 等于前 {1} 项和减前 {2} 项和。",
        (named(letter, place), str(place), str(place - 1)),
    )
    step = Step(rule=DIFFERENCE, why=why, before=t.sub(*sums), after=value)
    return Draft(answer=value, steps=(step,), method="sums")


def _explicit(total: sp.Expr, letter: str) -> Draft | None:
    written, n = from_sympy(total), t.Symbol("n")
    begin = sp.simplify(total.subs(N, 1))
    following = sp.factor_terms(sp.simplify(sp.expand(total - total.subs(N, N - 1))))
    following = following.rewrite(sp.factorial) if following.has(sp.gamma) else following
    if following.is_polynomial(N):
        following = sp.expand(following)
    if not (defined_everywhere(total) and defined_everywhere(following.subs(N, N + 1))):
        return None
    first = Step(
        rule=FIRST,
        why=Text("{0} is the first sum.", "{0} 就是第一个和。", (named(letter, 1),)),
        before=t.substitute(written, "n", t.integer(1)),
        after=from_sympy(begin),
    )
    rest = from_sympy(following)
    earlier = t.substitute(written, "n", t.sub(n, t.integer(1)))
    from_two = t.Relation(t.Comparison.GE, n, t.integer(2))
    why = Text("For {0}, {1} is the difference of two sums.", "当 {0} 时，{1} 等于相邻两个和之差。",
               (from_two, named(letter, "n")))  # fmt: skip
    second = Step(rule=DIFFERENCE, why=why, before=t.sub(written, earlier), after=rest)
    at_one = following.subs(N, 1)
    holds = bool(sp.simplify(at_one - begin) == 0)
    told = (
        Text(
            "The formula gives {0} for n = 1 too.", "n = 1 时公式也给出 {0}。", (from_sympy(begin),)
        )
        if holds
        else Text(
            "For n = 1 the formula does not give {0}.",
            "n = 1 时公式不给出 {0}。",
            (from_sympy(begin),),
        )
    )
    same = t.equation(t.substitute(rest, "n", t.integer(1)), from_sympy(begin))
    third = Step(rule=JOIN, why=told, before=same, after=t.Truth(value=holds), link=Link.EQUIVALENT)
    answer = rest
    if not holds:
        only = t.equation(n, t.integer(1))
        answer = t.Call("piecewise", (from_sympy(begin), only, rest, from_two))
    return Draft(answer=answer, steps=(first, second, third), method="difference of the sums")


def _by_recurrence(asked: t.Relation, total: sp.Expr, letter: str) -> Draft | None:
    """``S_n = p·a_n + q``: subtracting the sum before leaves a recurrence."""
    if not total.is_polynomial(TERM) or sp.degree(total, TERM) != 1:
        return None
    share, rest = total.coeff(TERM, 1), total.coeff(TERM, 0)
    if share.has(N) or share == 1:
        return None
    begin = sp.simplify(rest.subs(N, 1) / (1 - share))
    rule = sp.expand((-share * BEFORE + rest.subs(N, N + 1) - rest) / (1 - share))
    x = named(letter, 1)
    put: dict[str, t.Expr] = {"n": t.integer(1), "sum": x, "term": x}
    line = put_in(asked, put)
    first = Step(
        rule=FIRST,
        why=Text("{0} is the first sum.", "{0} 就是第一个和。", (x,)),
        before=line,
        after=t.equation(x, from_sympy(begin)),
        link=Link.EQUIVALENT,
        variable=x.name,
    )
    shown = t.equation(named(letter, "{n+1}"),
                       t.substitute(from_sympy(rule), "p0", named(letter, "n")))  # fmt: skip
    why = Text(
        "Subtract this equation for n from the one for n + 1.", "用 n + 1 时的等式减去 n 时的等式。"
    )
    second = Step(
        rule=DIFFERENCE, why=why, before=_in_letters(asked, letter), after=shown, link=Link.FORMULA
    )
    operands = from_sympy(rule), [from_sympy(begin)]
    found = linear_form(*operands, letter) or closed_form(*operands, letter)
    if found is None:
        return None
    return Draft(answer=found.answer, steps=(first, second, *found.steps), method=found.method)


def _in_letters(asked: t.Relation, letter: str) -> t.Expr:
    whole = t.substitute(asked, "sum", t.Symbol("S_n"))
    return t.substitute(whole, "term", named(letter, "n"))


def _at(found: Draft, place: int, letter: str) -> Draft | None:
    assert found.answer is not None
    line = t.substitute(found.answer, "n", t.integer(place))
    value = from_sympy(sp.simplify(to_sympy(line)))
    why = Text("So {0} is this.", "于是得 {0}。", (named(letter, place),))
    step = Step(rule=ONE_TERM, why=why, before=line, after=value)
    return Draft(answer=value, steps=(*found.steps, step), method=found.method)
