"""The findings on one line: its numbers, its expressions, and what it says about unknowns.

Numbers and names are read by ``reading.claims``; ``arithmetic`` judges calculations,
``judging`` statements about unknowns, ``expressions`` what has no relation, and this module the
order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.maths import terms as t
from assistant.maths.checking.lines import arithmetic
from assistant.maths.checking.lines.cases import OpenCase, settled
from assistant.maths.checking.lines.compared import follows, unknowns
from assistant.maths.checking.lines.course import Course, told_value
from assistant.maths.checking.lines.discriminant import discriminant
from assistant.maths.checking.lines.expressions import ALWAYS, expression, of_problem
from assistant.maths.checking.lines.facts import stated
from assistant.maths.checking.lines.judging import SAME, dropped, judge, lost_unknown
from assistant.maths.checking.lines.marks import (
    GIVEN,
    NEW_NAME,
    NOTHING,
    UNKNOWN,
    Finding,
    is_no_claim,
    linked,
    on,
    proved,
    undecided,
    worst,
)
from assistant.maths.checking.lines.matrices import of_matrices
from assistant.maths.checking.lines.named import of_function, other_form
from assistant.maths.checking.lines.operators import (
    NO_CONSTANT,
    fixed_pairs,
    lacks_constant,
    wrong_value,
)
from assistant.maths.checking.lines.prose import judge_prose
from assistant.maths.checking.lines.sequences import of_sequence
from assistant.maths.checking.lines.standing import DEDUCES, begins, grounded, keep
from assistant.maths.checking.lines.values import rounded_value, same_name
from assistant.maths.checking.logic.statements import NO
from assistant.maths.reading.claims.line import BLOCKS, Claim, Line
from assistant.maths.reading.claims.voices import ABSURD, CONTRARY, supposes
from assistant.maths.reading.claims.words import DECIMAL_COMMA, REPEATING
from assistant.maths.types import Link, Mark, Proved, Refuted, Supported, Text

UNKNOWN_LOST = undecided(
    "true by itself, but the unknown of the line before is gone",
    "等式本身成立，但上一行的未知数不见了",
)
PARTLY = undecided(
    "the calculation in it is right; the rest was taken as given",
    "其中的计算正确，其余部分作为已知条件",
)
CALCULATED = Finding(
    Supported(1),
    Text(
        "the calculation is right; whether it is the one that is needed was not checked",
        "计算正确；是否应当这样列式未作检查",
    ),
)
"""Of a step among words: what holds by itself does not prove that it is the right step."""
DOUBTED = undecided(
    "true as it stands, but the words around it may say something else",
    "式子本身成立，但文字可能另有含义",
)
BOUND = re.compile(r"[<>≤≥]")
TWO = 2
ROWS = re.compile(r"\[\s*\[[^\]]{0,200}\](?:\s*,?\s*\[[^\]]{0,200}\]){0,9}\s*\]")
"""The rows of a matrix, whose commas part its entries."""
END = re.compile(r"(?:[\s.,;:。，；$]|\\[)\]])+$")
"""Behind the last formula of a line."""
BY_ITSELF = frozenset({"arithmetic", "arithmetic with units", "identity", "rounding"})
"""Methods that look at nothing but the claim."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings on the claims of a line, before the lines that follow are known."""

    findings: tuple[Finding, ...]
    told: bool = False
    """Whether words say more than the claims do: the sentence's own, or the problem's."""

    def settled(self, course: Course, ahead: list[t.Expr], told: list[t.Expr]) -> Judged:
        """With the statements of the lines that follow; the course knows it afterwards."""
        found = tuple(settled(f, ahead, told) for f in self.findings)
        for case, finding in zip(self.findings, found, strict=True):
            if isinstance(case, OpenCase):
                keep(course, [case.cases[-1]], [finding])
        return Judged(found, self.told)

    @property
    def mark(self) -> Mark:
        """What a person is told."""
        checked = sum(not is_no_claim(f.verdict) for f in self.findings)
        finding = worst(list(self.findings))
        given = any(f is GIVEN for f in self.findings)
        if given and isinstance(finding.verdict, Proved | Supported):
            finding = PARTLY
        named = any(f.why.en == NEW_NAME.why.en for f in self.findings)
        match finding.verdict:
            case Proved() if (self.told or named) and any(map(_is_by_itself, self.findings)):
                finding = CALCULATED
        alone = not any(f.rests for f in self.findings)
        return Mark(finding.verdict, checked, finding.why, alone)


def _is_by_itself(finding: Finding) -> bool:
    """Whether it is proved by nothing but the claim."""
    match finding.verdict:
        case Proved(method):
            return method in BY_ITSELF and not finding.rests
    return False


def judge_line(course: Course, line: Line) -> Judged:
    """All claims of one line; the course knows them afterwards."""
    try:
        return _judged(course, line)
    finally:
        course.tidy()


def _judged(course: Course, line: Line) -> Judged:
    if told := () if line.supposed else stated(line.text):
        absurd = _leads_to_absurdity(course, line)
        false = [absurd and isinstance(f.verdict, Refuted) for f in told]
        return Judged(tuple(UNKNOWN if no else f for f, no in zip(told, false, strict=True)))
    if not line.claims:
        _leads_to_absurdity(course, line)
        course.expression = None
        if line.opens and course.wordy:
            course.forget()
        course.announced = line.derived
        course.beginning = course.beginning and not DEDUCES.search(line.text)
        return Judged((NOTHING,))
    if line.claims[0].unread and REPEATING.search(line.text):
        course.forget()  # what it says of its letters is not known here
    line = replace(line, wordy=course.wordy, tried=course.tried)
    ended = course.suppose(supposed=line.supposed or line.denied)
    loose = ended and not wrong_by_itself(line)
    loose |= course.parts and not _miscalculates(line)
    loose |= _leads_to_absurdity(course, line)
    findings: list[Finding] = []
    before = course.statements[-1] if course.statements else None
    course.narrowed |= line.narrowed or _adds_condition(line)
    course.cased |= line.supposed and _adds_condition(line)
    supposing = line.opens and any(map(_tells, line.claims))
    prose = supposing or not (line.bare and course.plain)
    for claim in line.claims:
        last = course.statements[-1] if course.statements else None
        first = begins(course, line, claim)
        found = (_in_prose(course, claim, line, before) if prose
                 else _findings(course, claim, line))  # fmt: skip
        found = [_believed(grounded(course, f, claim), line) for f in found]
        if not first:  # what is said to follow is not taken as given
            found = [UNKNOWN if f is GIVEN else f for f in found]
        if loose:  # the line before it is not its ground
            found = [UNKNOWN if isinstance(f.verdict, Refuted) else f for f in found]
        if any(isinstance(f.verdict, Proved) and f.rests for f in found):  # its numbers among it
            found = [f for f in found if not _is_by_itself(f)]
        if found:
            keep(course, _said(course, claim, last), found)
        findings += found
    if course.statements and course.statements[-1] is not before:
        course.plain = (line.bare or line.is_step) and not supposing
    course.announced = False
    course.wronged |= any(isinstance(f.verdict, Refuted) for f in findings)
    course.calculating = all(not _symbols(c) for c in line.claims)
    tried = tuple(c.sides[1] for c in line.claims if arithmetic.is_tried(c, line))
    if tried or not course.calculating:
        course.tried = tuple(value for value in tried if value is not None)
    return Judged(tuple(findings), told=course.wordy or not line.bare)


def _leads_to_absurdity(course: Course, line: Line) -> bool:
    """Whether a line stands in a proof by contradiction, where what is wrong is right: from a
    supposition that is meant to be refuted, or of numbers and false, up to the contradiction."""
    false = any(
        finding is arithmetic.NOT_MEANT
        for claim in line.claims
        if supposes(claim.lead)
        for finding in arithmetic.number_findings(claim, line)
    )
    inside = course.absurd or false or CONTRARY.search(line.text) is not None
    course.absurd = inside and ABSURD.search(CONTRARY.sub(" ", line.text)) is None
    return inside


def _said(course: Course, claim: Claim, last: t.Expr | None) -> list[t.Expr]:
    """What a claim has said: as it stands, as it was taken in, and the form of an expression."""
    taken = course.statements[-1] if course.statements else None
    found = (claim.statement, None if taken is last else taken, course.expression)
    return [one for one in found if one is not None]


def _believed(finding: Finding, line: Line) -> Finding:
    """What is found of a formula is said of the line only where its words leave it as it is:
    never where they deny it or tell another value; and a proof about unknowns only where all
    of them are known."""
    match finding.verdict:
        case Proved() | Supported() if line.negated or line.tells_other:
            return DOUBTED
        case Proved(method) if not line.harmless and method not in BY_ITSELF:
            return DOUBTED
        case Refuted() if DECIMAL_COMMA.search(ROWS.sub(" ", line.text)):
            return UNKNOWN
    return finding


def _adds_condition(line: Line) -> bool:
    """``x^2 = 9, where x > 0``: an equation, and a bound in the same sentence."""
    if not line.bare and BOUND.search(BLOCKS.sub(" ", line.text)):
        return True
    signs = [set(claim.signs) for claim in line.claims if claim.statement is not None]
    bound = {"<", ">", "≤", "≥"}
    return any(s & bound for s in signs) and any("=" in s and not s & bound for s in signs)


def _tells(claim: Claim) -> bool:
    """Whether a claim says which number a letter is."""
    return claim.statement is not None and told_value(claim.statement) is not None


def wrong_by_itself(line: Line) -> bool:
    """Whether a line holds a wrong calculation, whatever stands before it: in a sentence, or as
    the value of a name."""
    named = all(
        isinstance(c.sides[0], t.Symbol) and len(c.sides) > TWO for c in line.claims if c.sides
    )
    return (not line.bare or named) and _miscalculates(line)  # 0 = 5 is right behind x = x + 5


def _miscalculates(line: Line) -> bool:
    """Whether numbers in it are related wrongly."""
    found = (f for claim in line.claims for f in arithmetic.number_findings(claim, line))
    return any(isinstance(f.verdict, Refuted) for f in found)


def _symbols(claim: Claim) -> bool:
    return any(t.symbols(s) for s in (*claim.sides, claim.formula) if s is not None)


def _findings(course: Course, claim: Claim, line: Line) -> list[Finding]:
    """The findings on one claim: its numbers, then the whole of it."""
    if claim.unread:
        return [UNKNOWN]
    if len(claim.sides) == 1 or line.continues:
        return expression(course, claim, line)
    course.expression = claim.sides[-1] if line.bare and claim.signs[-1:] == ("=",) else None
    course.equated = True
    numbers = _of_values(course, claim, line)
    statement = claim.statement
    if statement is None:
        return numbers or [UNKNOWN if any(claim.sides) else NOTHING]
    if any(f.rests for f in numbers):
        return numbers
    if not t.symbols(statement):
        return _closed(course, statement, numbers)
    if any(isinstance(f.verdict, Refuted) for f in numbers):
        return numbers
    if (form := other_form(course, claim, line)) is not None:
        return [*numbers, form]
    if (identity := _identity(claim)) is not None:
        if dropped(course, claim.sides) == "kept":
            return [UNKNOWN_LOST]
        if not course.statements:
            course.say(statement)
        return [*numbers, identity]
    return [*numbers, judge(course, claim, line)]


def _of_values(course: Course, claim: Claim, line: Line) -> list[Finding]:
    """The findings on the numbers of a claim, and on its integrals, limits and sums."""
    numbers = arithmetic.number_findings(claim, line)
    if any(isinstance(f.verdict, Refuted) for f in numbers):
        return numbers
    found = (
        wrong_value(course, claim, line)
        or of_function(course, claim, line)
        or of_sequence(course, claim, line)
        or discriminant(course, claim, line)
        or of_matrices(course, claim, line)
        or rounded_value(course, claim, line)
    )
    return numbers if found is None else [*numbers, found]


def _in_prose(
    course: Course, claim: Claim, line: Line, before: t.Expr | None
) -> list[Finding]:  # fmt: skip
    """The findings on a claim in a sentence, or on a formula among sentences."""
    if claim.unread:
        return [UNKNOWN]
    if len(claim.sides) == 1 or line.continues:
        return expression(course, claim, line)
    last = claim is line.claims[-1] and END.sub("", line.text).endswith(claim.text.strip())
    goes_on = (line.bare or last) and claim.signs[-1:] == ("=",)
    course.expression = claim.sides[-1] if goes_on else None
    course.equated = True
    numbers = _of_values(course, claim, line)
    if (value := of_problem(course, claim, line)) is not None:
        return [*numbers, value]
    statement = claim.statement
    if claim.name and all(map(arithmetic.numeric, claim.sides[1:])):
        lone = claim.text == line.text.strip(" .。") and len(line.claims) == 1
        numbers += same_name(course, claim, lone=lone)
    if statement is None or not t.symbols(statement):
        return numbers or [UNKNOWN if any(claim.sides) else NOTHING]
    if any(f.rests or isinstance(f.verdict, Refuted) for f in numbers):
        return numbers
    if (identity := _identity(claim) or other_form(course, claim, line)) is not None:
        return [*numbers, identity]
    return [*numbers, judge_prose(course, claim, line, before)]


def _closed(
    course: Course, statement: t.Expr, numbers: list[Finding]
) -> list[Finding]:  # fmt: skip
    """A statement about numbers alone, or *no solution* and its like, on a line of its own."""
    if not course.statements:
        course.say(statement)
        return numbers or [GIVEN]
    if isinstance(statement, t.Relation) and not course.calculating:
        true = all(isinstance(f.verdict, Proved) for f in numbers)
        how = dropped(course, (statement.left, statement.right)) if true else ""
        if how:
            return [lost_unknown(course)] if how == "same" else [UNKNOWN_LOST]
    false = any(isinstance(f.verdict, Refuted) for f in numbers)
    if numbers and not false:
        return numbers
    return _no_solution(course, NO if false else statement, numbers)


def _no_solution(course: Course, claimed: t.Expr, numbers: list[Finding]) -> list[Finding]:
    """``0 = 5`` and *no solution* are right where the line before has no solution."""
    before = course.statements[-1]
    if numbers and not t.symbols(before):
        return numbers  # one calculation after another
    verdict = linked(before, claimed, Link.EQUIVALENT, unknowns(before))
    if isinstance(verdict, Proved):
        course.say(claimed)
        none = ("the line before has no solution either", "上一行同样无解")
        return [on(proved(verdict.method, *(none if claimed == NO else SAME)), before)]
    if not numbers:
        course.say(claimed)
    whole = course.statements[0] is before or follows(before, course.statements[0])  # no case
    if isinstance(verdict, Refuted) and not numbers and not course.wordy and whole:
        why = Text(
            "the line before says something else: look at {0}",
            "与上一行不符：请看 {0}",
            (verdict.witness or before,),
        )
        return [Finding(verdict, why)]
    return numbers or [UNKNOWN]


def _identity(claim: Claim) -> Finding | None:
    """Whether all sides are equal for every value of the letters: a rewriting, no equation; of
    several with *and* between them, whether all are so."""
    match claim.formula:
        case t.Junction(t.Connective.AND, parts) if all(map(_equates, parts)):
            chains = [replace(claim, formula=None, sides=(p.left, p.right), signs=("=",))
                      for p in parts if isinstance(p, t.Relation)]  # fmt: skip
            found = [_identity(one) for one in chains]
            known = [one for one in found if one is not None]
            return worst(known) if len(known) == len(found) else None
    if set(claim.signs) != {"="} or None in claim.sides or len(claim.sides) < 2:
        return None
    first, *others = claim.sides
    if any(isinstance(s, t.Relation | t.Junction) for s in claim.sides):
        return None
    if first in others:
        return None
    pairs = [(first, other) for other in others] + fixed_pairs(claim)
    verdicts = [linked(a, b, Link.EQUAL) for a, b in pairs if a is not None and b is not None]
    if all(isinstance(v, Proved) for v in verdicts):
        return NO_CONSTANT if lacks_constant(claim) else proved("identity", *ALWAYS)
    if all(isinstance(v, Proved | Supported) for v in verdicts):
        return Finding(
            Supported(12), Text("both sides agree at all points tried", "在所有试验点上两边相等")
        )
    return None


def _equates(part: t.Expr) -> bool:
    return isinstance(part, t.Relation) and part.op is t.Comparison.EQ
