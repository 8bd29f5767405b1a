"""What a line stands on: nobody has proved what follows from a line that nobody has proved.

A proof stands on firm statements: the problem's own, and those that were proved themselves.
Without a problem, what the work begins with is its problem.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.checking.lines.cases import OpenCase
from assistant.maths.checking.lines.compared import (
    follows,
    impossible,
    only_widens,
    swaps,
    unknowns,
)
from assistant.maths.checking.lines.course import Course, Standing
from assistant.maths.checking.lines.forms import ADDED
from assistant.maths.checking.lines.judging import (
    FROM_ALL,
    NEW_CONDITION,
    SAME_AS_EARLIER,
)
from assistant.maths.checking.lines.marks import (
    GIVEN,
    UNKNOWN,
    Finding,
    is_no_claim,
    linked,
    on,
    proved,
)
from assistant.maths.checking.logic.statements import YES, all_of
from assistant.maths.reading.claims.line import Claim, Line
from assistant.maths.types import Doubt, Link, Proved, Refuted, Supported, Text, Undecided

UNPROVED = Text("; what it rests on was not proved", "；但其依据未经证明")
WRONG = Text("; what it rests on is wrong", "；但其依据是错误的")
ELSEWHERE = Text(
    "; that may belong to another part of the problem", "；但其依据可能属于题目的另一小题"
)
DEDUCES = re.compile(
    r"\b(?:so|hence|thus|therefore|then|consequently|it\s+follows|that\s+is|giving|implies|yields?"
    r"|(?:which|this|that|it|we)\s+(?:gives?|means?|gets?|obtains?|shows?))\b|\bi\.e\."
    r"|[=-]+>|[⇒⟹→⇔∴]|\\(?:implies|iff|(?:Long)?(?:left)?rightarrow|therefore)\b"
    r"|所以|因此|因而|从而|于是|可知|[故则即得]",
    re.IGNORECASE,
)
"""A word that says of a line that it follows: work does not begin with it."""
MOST = 4
"""Firm statements from which a line is looked for that another ground does not prove."""


def grounded(course: Course, finding: Finding, claim: Claim) -> Finding:
    """The finding on a claim, where it stands on firm lines alone; else what is left of it."""
    found = _grounded(course, finding, claim)
    if course.parts and found.rests and isinstance(found.verdict, Proved):
        return _but(found, ELSEWHERE)
    return found


def _grounded(course: Course, finding: Finding, claim: Claim) -> Finding:
    if finding is NEW_CONDITION and course.beginning and len(t.symbols(claim.statement or YES)) > 1:
        return GIVEN  # another equation of a system
    if finding in (UNKNOWN, NEW_CONDITION) or (finding is SAME_AS_EARLIER and _goes_back(course)):
        return _from_firm(course, claim) or finding
    if isinstance(finding, OpenCase):
        return replace(finding, proof=_weighed(course, finding.as_case()))
    if not isinstance(finding.verdict, Proved | Supported) or _is_firm(course, finding):
        return finding
    return _from_firm(course, claim) or _weighed(course, finding)


def begins(course: Course, line: Line, claim: Claim) -> bool:
    """Whether a claim may be one that the work begins with: not one that is said to follow,
    nor one behind it.  The course knows it afterwards."""
    lone = len(line.claims) == 1
    if course.beginning and DEDUCES.search(line.text if lone else claim.lead):
        course.beginning = False
        return False
    return True


def _goes_back(course: Course) -> bool:
    """Whether the line before the last one is wrong."""
    return course.standing(course.statements[-2]) is Standing.WRONG


def _swaps(course: Course, after: t.Expr) -> bool:
    """Whether it has another solution instead of one of the firm line before it."""
    before = course.statements[-2] if len(course.statements) > 1 else None
    return before is not None and course.is_firm(before) and swaps(before, after)


def _is_firm(course: Course, finding: Finding) -> bool:
    return all(map(course.is_firm, finding.rests))


def _weighed(course: Course, finding: Finding) -> Finding:
    """A finding, by the worst of what it rests on."""
    if _is_firm(course, finding):
        return finding
    wrong = any(course.standing(s) is Standing.WRONG for s in finding.rests)
    if not wrong:
        return _but(finding, UNPROVED)
    return replace(_but(finding, WRONG), verdict=Undecided(Doubt.NO_METHOD))


def _but(finding: Finding, but: Text) -> Finding:
    """No proof, for a reason."""
    why = finding.why
    told = Text(why.en + but.en, why.zh + but.zh, why.args)
    return Finding(Supported(1), told, finding.rests)


def _from_firm(course: Course, claim: Claim) -> Finding | None:
    """The proof of a statement by firm ones that are not those it was found by."""
    if claim.statement is None or course.wordy:
        return None  # of a story too much would have to be tried
    after = course.expanded(claim.statement)
    letters = set(t.symbols(after))
    ground = [s for s in course.firm() if letters.intersection(t.symbols(s))][-MOST:]
    together = all_of(ground)
    names = unknowns(together)
    if not letters or not letters <= set(names) or course.is_put_in(after):
        return None
    verdict = linked(together, after, Link.IMPLIES, names)
    if not isinstance(verdict, Proved) or impossible(together, names):
        return None
    if len(names) == 1 and not follows(after, together):
        if only_widens(after, ground) or _swaps(course, after):
            return None
        course.added = True
        return on(proved(f"implication: {verdict.method}", *ADDED), *ground)
    return on(proved(verdict.method, *FROM_ALL), *ground)


def keep(course: Course, said: list[t.Expr], findings: list[Finding]) -> None:
    """Keep, for the lines that follow, what the findings on a claim make of all it said."""
    last = findings[-1]
    course.beginning = course.beginning and is_no_claim(last.verdict)
    if any(isinstance(f.verdict, Refuted) or _is_built_on_wrong(f) for f in findings):
        standing = Standing.WRONG
    elif isinstance(last.verdict, Proved):
        standing = Standing.FIRM
    elif course.beginning:
        standing = Standing.GIVEN
    elif isinstance(last.verdict, Supported):
        standing = Standing.OPEN
    elif is_no_claim(last.verdict) and not course.wordy and course.expression in said:
        said, standing = said[-1:], Standing.FIRM  # a form to begin with: what it equals is true
    else:
        return
    for statement in said:
        course.stands(statement, standing)


def _is_built_on_wrong(finding: Finding) -> bool:
    return isinstance(finding.verdict, Undecided) and bool(finding.rests)
