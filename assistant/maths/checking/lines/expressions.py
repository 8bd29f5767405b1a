"""Lines without a relation: the next form of the expression before."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from assistant.maths import terms as t
from assistant.maths.checking.lines import arithmetic
from assistant.maths.checking.lines.compared import impossible, unknowns
from assistant.maths.checking.lines.course import Course, Standing
from assistant.maths.checking.lines.judging import AGREES, FROM_ALL
from assistant.maths.checking.lines.marks import (
    GIVEN,
    NOTHING,
    UNKNOWN,
    Finding,
    linked,
    on,
    proved,
    undecided,
)
from assistant.maths.checking.lines.signs import same_values
from assistant.maths.checking.logic.statements import all_of
from assistant.maths.reading.claims.line import Claim, Line
from assistant.maths.types import Link, Proved, Refuted, Supported, Text, Verdict

ALWAYS = ("both sides are equal for all values", "恒等式，两边恒相等")
APART = Text(
    "the sides are not equal: for {0} the values are {1} and {2}",
    "两边不相等：当 {0} 时，值分别为 {1} 和 {2}",
)
SIGNS_APART = Text(
    "with one of the signs of ± it is {0}, and was {1} in the line before",
    "± 取其中一个符号时为 {0}，而上一行为 {1}",
)
OTHER_OPERATION = undecided(
    "not equal to the line before, but obtained from it by differentiating or integrating",
    "与上一行不相等，但可由其求导或积分得到",
)

OTHER_VALUE = undecided(
    "not shown to have the value that is asked for; perhaps a part of the work",
    "未能证明与所求的值相等，可能只是中间的一部分",
)
OF_PROBLEM = ("equal to the expression of the problem", "与题中的式子相等")
AGAINST = Text("cannot hold with what is known of the letters", "与字母的已知条件矛盾")


def expression(course: Course, claim: Claim, line: Line) -> list[Finding]:
    """A line without a relation: the next form of the expression before."""
    before, course.expression = course.expression, None
    before = course.asked if line.restarts else before
    apart, course.equated = course.equated and not line.continues, False
    after = claim.sides[-1] if line.continues else claim.sides[0]
    first = claim.sides[0]
    if not line.bare or first is None or after is None:
        return [NOTHING]
    rest = [*arithmetic.number_findings(claim, line), *_along(course, claim, line)]
    course.expression = after
    if before is None:
        begun = _first(course, first, after, line)
        return rest if rest and begun is GIVEN else [begun, *rest]
    if isinstance(before, t.Number) and isinstance(first, t.Number) and not line.continues:
        return [NOTHING]
    joined = Claim(claim.text, (before, first), ("=",))
    if arithmetic.numeric(before) and arithmetic.numeric(first):
        found = arithmetic.number_findings(joined, line)
    else:
        found = [_next_form(before, first, line)]
        if isinstance(found[0].verdict, Refuted):
            other = _put_back(course, before, first, line) or _by_conditions(
                course, before, first, line
            )
            found = [other or found[0]]
    if apart or _puts_in(course, before, first):
        found = [UNKNOWN if _is_loose(f) else f for f in found]
    return [*found, *rest]


def _first(course: Course, first: t.Expr, after: t.Expr, line: Line) -> Finding:
    """The finding on an expression that work begins with.  One that has not the value that is
    asked for may be a part of it, and proves nothing."""
    if course.asked is not None and course.statements:
        found = _by_conditions(course, course.asked, first, line)
        return found if found is not None and isinstance(found.verdict, Proved) else OTHER_VALUE
    if not course.wordy:
        course.stands(after, Standing.FIRM)
    return GIVEN


def of_problem(course: Course, claim: Claim, line: Line) -> Finding | None:
    """The finding on ``原式 = 7`` in a sentence: by what the problem tells of the letters, where
    nothing else is supposed of them; ``None`` where it is none."""
    if claim.name != "原式" or course.asked is None or len(claim.sides) < 2:
        return None
    value, others = claim.sides[1], [c.statement for c in line.claims if c is not claim]
    if value is None or not claim.sure:
        return None
    equal = linked(course.asked, value, Link.EQUAL)
    if isinstance(equal, Proved):
        return on(proved(equal.method, *OF_PROBLEM), course.asked)
    if all(told is not None and course.is_known(told) for told in others):
        line = replace(line, supposed=False)
    return _by_conditions(course, course.asked, value, line)


def _is_loose(finding: Finding) -> bool:
    """Whether something is refuted, and not by what is known of the letters."""
    return isinstance(finding.verdict, Refuted) and finding.why is not AGAINST


def _put_back(course: Course, before: t.Expr, after: t.Expr, line: Line) -> Finding | None:
    """The finding where letters were exchanged, of which words may have told what they are:
    ``sin(x^2)`` behind ``sin u``."""
    old, new = set(t.symbols(before)), set(t.symbols(after))
    if old <= new or new <= old:
        return None
    forms = (course.in_letters_of(after, before), course.in_letters_of(before, after))
    for one, other in ((forms[0], after), (before, forms[1])):
        found = _next_form(one, other, line)
        if isinstance(found.verdict, Proved | Supported):
            return replace(found, rests=(before,))
    return UNKNOWN


def _by_conditions(course: Course, before: t.Expr, after: t.Expr, line: Line) -> Finding | None:
    """The finding where something is known of the letters: ``25 - 12`` behind ``(a + b)^2 - 2ab``
    where the problem tells a + b and ab."""
    letters = {*t.symbols(before), *t.symbols(after)}
    told = [s for s in course.statements if letters & set(t.symbols(s))]
    if not told:
        return None
    ground = [s for s in course.firm() if letters & set(t.symbols(s))]
    together = all_of(ground)
    names = unknowns(together)
    if not ground or not letters <= set(names):
        return UNKNOWN
    equal = t.equation(before, after)
    verdict = linked(together, equal, Link.IMPLIES, names)
    if impossible(together, names):
        return UNKNOWN
    if isinstance(verdict, Proved):
        return on(proved(verdict.method, *FROM_ALL), before, *ground)
    if course.wordy or line.denied or line.supposed or not all(map(course.is_firm, told)):
        return UNKNOWN
    if not impossible(all_of([together, equal]), names):
        return None if isinstance(verdict, Refuted) else UNKNOWN
    return Finding(Refuted("", "true", "false"), AGAINST)


def _puts_in(course: Course, before: t.Expr, after: t.Expr) -> bool:
    """Whether numbers may have been put in for letters, so that the next expression need not be
    equal to the one before: they are known (``r = 2``), or words may have told them."""
    old, new = set(t.symbols(before)), set(t.symbols(after))
    return bool(course.values.keys() & (old | new)) or (course.wordy and new < old)


def _along(course: Course, claim: Claim, line: Line) -> list[Finding]:
    """Whether each further side of ``= (x + 1)^2 - 1 = x^2 + 2x`` has the value of the one before;
    numbers are compared elsewhere."""
    found: list[Finding] = []
    for sign, (one, other) in zip(claim.signs, pairwise(claim.sides), strict=False):
        if arithmetic.numeric(one) and arithmetic.numeric(other):
            continue
        if sign != "=" or one is None or other is None:
            found.append(UNKNOWN)
        else:
            same = _by_itself(_next_form(one, other, line))
            doubted = isinstance(same.verdict, Refuted) and _puts_in(course, one, other)
            found.append(UNKNOWN if doubted else same)
    return found


def _by_itself(finding: Finding) -> Finding:
    """What is found of two sides of one line, which rests on no other."""
    match finding.verdict:
        case Proved(method):
            return proved(method, *ALWAYS)
        case Refuted():
            return replace(finding, why=Text(APART.en, APART.zh, finding.why.args))
    return replace(finding, rests=())


def _of_both_signs(verdict: Verdict, before: t.Expr, line: Line) -> Finding:
    match verdict:
        case Proved(method):
            return on(proved(method, "equal to the line before", "与上一行相等"), before)
        case Refuted(_, left, right) if not (line.denied or line.supposed):
            return Finding(verdict, Text(SIGNS_APART.en, SIGNS_APART.zh, (right, left)))
    return UNKNOWN


def _next_form(before: t.Expr, after: t.Expr, line: Line) -> Finding:
    """Whether an expression has the value of the one before."""
    if (double := same_values(before, after)) is not None:
        return _of_both_signs(double, before, line)
    verdict = linked(before, after, Link.EQUAL)
    match verdict:
        case Proved(method):
            return on(proved(method, "equal to the line before", "与上一行相等"), before)
        case Supported():
            return Finding(verdict, AGREES, (before,))
        case Refuted(witness, left, right):
            names = unknowns(before, after)
            for link in (Link.DERIVATIVE, Link.ANTIDERIVATIVE):
                if any(isinstance(linked(before, after, link, (n,)), Proved) for n in names):
                    return OTHER_OPERATION
            if line.denied or line.supposed:
                return UNKNOWN
            if "undefined" in (left, right):
                return undecided(
                    "equal only where both lines have a value", "仅在两行都有意义时才可能相等"
                )
            why = Text(
                "not equal to the line before: for {0} the values are {1} and {2}",
                "与上一行不相等：当 {0} 时，值分别为 {1} 和 {2}",
                (witness, left, right),
            )
            return Finding(verdict, why)
    return UNKNOWN
