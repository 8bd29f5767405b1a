"""Statements in sentences: what they rest on is said in words, or not at all."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.checking.lines.compared import (
    impossible,
    is_other_case,
    only_widens,
    unknowns,
)
from assistant.maths.checking.lines.course import Course, told_value
from assistant.maths.checking.lines.judging import FROM_ALL, wrong
from assistant.maths.checking.lines.linear import near_enough, only_root, only_solution
from assistant.maths.checking.lines.marks import (
    GIVEN,
    NEW_NAME,
    UNKNOWN,
    Finding,
    linked,
    on,
    proved,
)
from assistant.maths.checking.lines.numbered import one_root, several_roots
from assistant.maths.checking.lines.signs import both_signs
from assistant.maths.checking.lines.whole_turns import whole_turns
from assistant.maths.checking.logic.statements import NO, all_of, split_signs
from assistant.maths.checking.logic.values import (
    Assignment,
    always_true,
    put_in,
    show_solution,
    solutions,
)
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.reading.claims.line import Claim, Line
from assistant.maths.reading.claims.words import LEAD, PUT_IN
from assistant.maths.types import Doubt, Link, Proved, Refuted, Text, Undecided

BACK = 8
"""Statements that are looked at for one in the same unknown."""
SECONDS = 0.3
"""For trying values in one statement."""
DERIVING = re.compile(
    r"(?:\b(?:so|hence|thus|therefore|then|gives?|giving|yields?|get|gets|obtain|becomes?|means|implies"
    r"|simplif(?:y|ies) to|reduces to|equivalent to)(?: (?:that|us))?|[得则即⇒→]|得[到出]|所以|因此"
    r"|从而|[化变][为成]) ?[:,]? ?$",
    re.IGNORECASE,
)
"""Words before what follows from the statement before."""
SAYS_SO = re.compile(
    r"\W*(?:so|hence|thus|therefore|所以|因此|故|解得|得|即)(?![a-z])", re.IGNORECASE
)
"""The same at the beginning of a line."""
WORDS = re.compile(r"[a-z]+|[\u4e00-\u9fff]+|[^\s\w]+", re.IGNORECASE)
STRONG = frozenset(
    "so hence thus therefore gives give giving yields get obtain means implies => -> → ⇒ ∴ 所以"
    " 因此 从而 解得 可得 得到 得 则 即 于是 所以得 故".split()
)
WEAK = frozenset("and which this we it us that to can , ; : ， ； ： . $ then".split())
UNKNOWNS = frozenset("xyz")
"""Letters of what is to be found: that one is a number is no mere naming of it."""
SUPPOSED = Finding(Undecided(Doubt.NOT_A_CLAIM), Text("put in here", "在此代入"))
SAME = ("has the same solutions as the equation before", "与前一个方程同解")


def judge_prose(course: Course, claim: Claim, line: Line, before: t.Expr | None) -> Finding:
    """A statement in a sentence, against the statements before: refuted only where both cannot
    hold, and the sentence says that the one was derived from the other."""
    statement = both_signs(claim)
    if statement is None:
        return UNKNOWN
    if (roots := several_roots(course, statement, line)) is not None:
        return UNKNOWN if isinstance(roots.verdict, Refuted) and not claim.sure else roots
    if (root := one_root(course, claim, line)) is not None:
        return root
    if line.harmless and claim.sure and (turns := whole_turns(course, statement, line)) is not None:
        return turns
    if line.opens:
        course.forget()
    if _puts_in(claim) or ((line.opens or line.supposed) and not _derives(line, claim)):
        course.assume(statement)
    last = course.statements[-1] if course.statements else None
    loose = line.opens or line.denied
    if _puts_in(claim) and told_value(statement) is not None and not line.harmless:
        course.say(statement)
        return SUPPOSED
    found = None if loose else _proved(course, statement, (before, last))
    if found is None and not (loose or line.supposed):
        found = _refuted(course, claim, line, before, last)
    found = found or _introduced(course, claim, line, before)
    course.say(statement)
    return found


def _proved(
    course: Course, statement: t.Expr, near: tuple[t.Expr | None, ...]
) -> Finding | None:  # fmt: skip
    """By a statement in the same unknown, by values that were given, or by the problem."""
    if course.is_put_in(statement):
        return None
    letters = set(t.symbols(statement))
    alike = (s for s in reversed(course.statements[-BACK:]) if set(t.symbols(s)) == letters)
    for other in dict.fromkeys((*near, next(alike, None), *course.statements[:1])):
        if other is None or len(letters) != 1 or set(t.symbols(other)) != letters:
            continue
        if not course.is_ground(other, statement):
            continue
        names = tuple(letters)
        verdict = linked(other, statement, Link.EQUIVALENT, names)
        if isinstance(verdict, Proved) and not impossible(other, names):
            return on(proved(verdict.method, *SAME), other)
    return _by_values(course, statement) or _by_problem(course, statement)


def _by_values(course: Course, statement: t.Expr) -> Finding | None:
    """With the numbers that the letters were said to be, in it or in a statement before."""
    letters = set(t.symbols(statement))
    told = told_value(statement)
    known = letters and letters <= set(course.values) and not _is_sought(course, letters)
    if told is None and known and _equates(statement):
        point = tuple((n, course.values[n]) for n in sorted(letters))
        if isinstance(always_true(put_in(statement, point), (), Deadline(SECONDS)), Proved):
            return _put(point)
    for other in dict.fromkeys((*reversed(course.statements[-BACK:]), *course.sound)):
        more = set(t.symbols(other)) - letters
        if not more or not more <= set(course.values) or not letters <= set(t.symbols(other)):
            continue
        point = tuple((n, course.values[n]) for n in sorted(more))
        left = put_in(other, point)
        alone = told_value(left)
        if told is not None and alone is not None and told[0] == alone[0]:
            verdict = linked(alone[1], told[1], Link.EQUAL)
        else:
            verdict = linked(left, statement, Link.EQUIVALENT, tuple(letters))
        if isinstance(verdict, Proved):
            return _put(point, other)
    return None


def _is_sought(course: Course, letters: set[str]) -> bool:
    """Whether there is an equation with several solutions for a letter: that it is one of them
    does not prove another equation."""
    return any(
        set(t.symbols(s)) == letters
        and told_value(s) is None
        and only_root(s, tuple(letters)) is None
        for s in course.statements
    )


def _equates(statement: t.Expr) -> bool:
    """Whether it is an equation or a chain of them: of a bound one value says little."""
    match statement:
        case t.Relation(op):
            return op is t.Comparison.EQ
        case t.Junction(t.Connective.AND, parts):
            return all(map(_equates, parts))
    return False


def _put(point: Assignment, *others: t.Expr) -> Finding:
    found = proved("substitution", "right with {0}", "代入 {0} 后成立", show_solution(point))
    return on(found, *others, *(t.equation(t.Symbol(name), value) for name, value in point))


def _by_problem(course: Course, statement: t.Expr) -> Finding | None:
    """What follows from the equations of the problem together."""
    together = all_of(course.sound)
    names = unknowns(together)
    if len(course.sound) < 2 or not set(t.symbols(statement)) <= set(names):
        return None
    verdict = linked(together, statement, Link.IMPLIES, names)
    if not isinstance(verdict, Proved) or impossible(together, names):
        return None
    if len(names) == 1 and only_widens(statement, course.sound):
        return None
    return on(proved(verdict.method, *FROM_ALL), *course.sound)


def _refuted(
    course: Course, claim: Claim, line: Line, before: t.Expr | None, last: t.Expr | None
) -> Finding | None:
    """A statement that cannot hold together with the one that it is said to follow from."""
    if not claim.sure or line.rounded or not line.of_problem:
        return None
    statement = claim.statement
    lead = " ".join(claim.lead.split())[-LEAD:]
    chained = claim is not line.claims[0] and _only_derives(claim.lead)
    told = bool(DERIVING.search(lead) or SAYS_SO.match(line.text)) and not course.wordy
    goes_on = line.bare and before is not None and course.is_known(before)
    derived = line.derived or course.announced or told or goes_on
    if statement is None or not (derived or chained):
        return None
    target = last if chained else before
    if target is not None and line.goes_on and len(t.symbols(statement)) == 1:
        found = _clash(course, target, statement, chained=chained)
        if found is not None:
            other = both_signs(claim)
            return None if other and is_other_case(course.statements, target, other) else found
    return _against_problem(course, statement) if told or chained or line.derived else None


def _derives(line: Line, claim: Claim) -> bool:
    """Whether a word before a claim, or before one that leads to it, says that it follows."""
    to_here = line.claims[: line.claims.index(claim) + 1]
    return any(DERIVING.search(" ".join(c.lead.split())[-LEAD:]) for c in to_here)


def _puts_in(claim: Claim) -> bool:
    """Whether the words before it say that a value is only put into something."""
    return PUT_IN.search(" ".join(claim.lead.split())[-LEAD:]) is not None


def _only_derives(lead: str) -> bool:
    """Whether there is nothing but *so*, *which gives* and their like between two statements."""
    words = [w.lower() for w in WORDS.findall(lead[:LEAD])]
    return (
        len(lead) < LEAD
        and any(w in STRONG for w in words)
        and all(w in STRONG or w in WEAK for w in words)
    )


def _clash(course: Course, target: t.Expr, statement: t.Expr, *, chained: bool) -> Finding | None:
    names = unknowns(target, statement)
    if len(names) != 1 or t.symbols(target) != t.symbols(statement):
        return None
    if course.is_next_value(target, statement):
        return None
    verdict = linked(target, statement, Link.EQUIVALENT, names)
    if not isinstance(verdict, Refuted) or near_enough(target, statement, names):
        return None
    if not (_one_sided(target) or (course.plain and not chained)):
        return None
    if isinstance(linked(target, statement, Link.IMPLIES, names), Proved):
        return None  # clearing denominators may add solutions
    both = linked(all_of([target, statement]), NO, Link.EQUIVALENT, names)
    astray = _rewrites(target, statement) or _claims_too_much(target, statement)
    if isinstance(both, Proved) or (not course.wordy and astray):
        return wrong(target, statement, names, verdict)
    return None


def _rewrites(target: t.Expr, statement: t.Expr) -> bool:
    """Whether a side of an equation is said to be another formula: ``x^2 - 1 = (x - 1)^2`` behind
    ``x^2 - 1 = 0``."""
    match target, statement:
        case t.Relation(t.Comparison.EQ, left, _), t.Relation(t.Comparison.EQ, one, other):
            return left == one and bool(t.children(one)) and bool(t.symbols(other))
    return False


def _claims_too_much(target: t.Expr, statement: t.Expr) -> bool:
    """Whether one of the solutions that a statement spells out does not fulfil the other."""
    found = solutions(statement, unknowns(statement)) or ()
    if isinstance(target, t.Relation) and target.op is t.Comparison.EQ:
        target = split_signs(target)
    tried = (always_true(put_in(target, s), (), Deadline(SECONDS)) for s in found)
    return any(isinstance(v, Refuted) for v in tried)


def _against_problem(course: Course, statement: t.Expr) -> Finding | None:
    """A statement that the equations of the problem, told as formulas, do not allow."""
    together = all_of(course.sound)
    names = unknowns(together)
    if course.wordy or course.wronged or len(course.sound) < 2:
        return None
    if not set(t.symbols(statement)) <= set(names) or impossible(together, names):
        return None
    both = linked(all_of([together, statement]), NO, Link.EQUIVALENT, names)
    if not isinstance(both, Proved):
        return None
    witness = only_solution(tuple(course.sound), names)
    why = Text(
        "cannot hold together with the equations of the problem: their solution is {0}",
        "与题中的方程矛盾：方程组的解是 {0}",
        (witness,),
    )
    return Finding(Refuted(witness, "true", "false"), why) if witness else None


def _introduced(course: Course, claim: Claim, line: Line, before: t.Expr | None) -> Finding:
    """A statement that nothing was found about: a value that is put in, a new name, a
    condition, or what should follow from the equation before."""
    statement = claim.statement
    told = told_value(statement) if statement is not None else None
    if told is not None and _puts_in(claim):
        return SUPPOSED
    new = told is not None and told[0] not in course.names() and told[0].lower() not in UNKNOWNS
    if told is not None and new and len(claim.sides) > 2:
        name = t.Symbol(told[0])
        return Finding(NEW_NAME.verdict, Text(NEW_NAME.why.en, NEW_NAME.why.zh, (name,)))
    if before is None or statement is None or line.supposed or line.denied or line.opens:
        return GIVEN
    if len(t.symbols(before)) != 1 or t.symbols(before) != t.symbols(statement):
        return GIVEN
    return UNKNOWN


def _one_sided(statement: t.Expr) -> bool:
    """Whether the unknown is on one side only; in a sentence ``2(x + 1) = 2x + 1`` may be a
    rewriting gone wrong, from which no value of x follows."""
    return isinstance(statement, t.Relation) and not (
        t.symbols(statement.left) and t.symbols(statement.right)
    )
