"""How the next statement stands to what was claimed before."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.checking.lines.bounds import rounded_bound
from assistant.maths.checking.lines.cases import ANOTHER_CASE, OpenCase, open_case
from assistant.maths.checking.lines.compared import (
    Compared,
    at_bounds,
    follows,
    impossible,
    is_other_case,
    is_range,
    is_solved_range,
    only_widens,
    swaps,
    unknowns,
)
from assistant.maths.checking.lines.course import Course, Standing, told_value, told_values
from assistant.maths.checking.lines.forms import ADDED, by_form
from assistant.maths.checking.lines.joint import another_case, beside, unfit_values
from assistant.maths.checking.lines.linear import near_enough, only_root, rounded
from assistant.maths.checking.lines.marks import (
    GIVEN,
    NEW_NAME,
    UNKNOWN,
    Finding,
    linked,
    on,
    proved,
    undecided,
)
from assistant.maths.checking.lines.numbered import numbered, several_roots
from assistant.maths.checking.lines.rounded_roots import are_rounded_roots
from assistant.maths.checking.lines.signs import both_signs
from assistant.maths.checking.lines.whole_turns import of_angles, repeats, whole_turns
from assistant.maths.checking.logic.statements import YES, all_of
from assistant.maths.checking.logic.values import solutions
from assistant.maths.checking.numerics.sampling import show_value
from assistant.maths.reading.claims.line import Claim, Line
from assistant.maths.types import Link, Proved, Refuted, Supported, Text

NEW_CONDITION = undecided(
    "not shown to follow from the lines before; perhaps a new condition",
    "未能由前面各行推出，可能是新的条件",
)
SAME = ("has the same solutions as the line before", "与上一行同解")
SAME_AS = ("has the same solutions as {0}", "与 {0} 同解")
AGREES = Text("numbers agree with the line before", "数值检验与上一行一致")
FROM_ALL = ("follows from the lines before", "由前面各行推出")
ROUNDED = proved(
    "rounding", "the solution, rounded to the digits shown", "按所写位数四舍五入后的解"
)
NEARLY = undecided("equal within the rounding of the numbers in it", "在所用近似数的误差范围内一致")
WIDER = undecided(
    "follows from the line before, but allows more values", "由上一行可推出，但范围扩大了"
)
ROUNDED_BOUND = Text(
    "{0} is {1} rounded; as a bound it is not the same",
    "{0} 是 {1} 的近似值，作为界限与原来的不同",
)
LEFT_OUT = undecided(
    "some solutions of the line before are left out here", "这里舍去了上一行的一些解"
)
AT_BOUNDS = undecided("where the two sides of the inequality are equal", "不等式两边相等时的值")
SAME_AS_EARLIER = undecided(
    "the same as an earlier line, but not as the line before",
    "与前面某行同解，但与上一行不同解",
)
MAX_CASES = 12


def judge(course: Course, claim: Claim, line: Line) -> Finding:
    """A statement with unknowns, on a line of formulas alone, against what came before."""
    statement = both_signs(claim)
    if statement is None:
        return UNKNOWN
    if (told := told_value(statement)) is not None:
        statement = t.equation(t.Symbol(told[0]), told[1])  # the numbers between are judged apart
    if (roots := several_roots(course, statement, line)) is not None:
        return roots
    if (turns := whole_turns(course, statement, line)) is not None:
        return turns
    if not course.statements:
        course.say(statement, sound=True)
        return GIVEN
    if name := course.define(claim):
        if len(claim.sides) > 2 and any(t.symbols(s) for s in claim.sides[1:] if s is not None):
            return GIVEN  # Δ = b^2 - 4ac = 25 - 24: whether b is 5 is not known here
        return Finding(NEW_NAME.verdict, Text(NEW_NAME.why.en, NEW_NAME.why.zh, (t.Symbol(name),)))
    before = course.before_case(numbered(course, statement))
    after = course.expanded(statement)
    old = set(course.used)
    new = set(t.symbols(after))
    foreign = new and not new & old
    if foreign and (same := _in_one_case(after, old)) is not None:
        found = _against(course, before, same, line)
        if isinstance(found.verdict, Refuted):
            course.say(same)
            return found
    found = GIVEN if foreign else _against(course, before, after, line)
    if isinstance(found, OpenCase) and any("_" in n for n in t.symbols(statement)):
        found = replace(found, otherwise=LEFT_OUT)  # x_1 is one of them by its name
    if isinstance(found.verdict, Proved) and course.is_put_in(after):
        found = UNKNOWN
    course.say(after, sound=not isinstance(found.verdict, Refuted))
    return found


def _in_one_case(statement: t.Expr, old: set[str]) -> t.Expr | None:
    """``7.5Y`` where the one unknown was ``y``: hardly another letter.  Enough to find a
    mistake; a line that is right only so is left undecided."""
    names = set(t.symbols(statement))
    if len(old) != 1 or len(names) != 1 or not names <= set("xyzXYZ"):
        return None
    (name,), (known,) = names, old
    if name.lower() != known.lower():
        return None
    return t.substitute(statement, name, t.Symbol(known))


def _against(course: Course, before: t.Expr, after: t.Expr, line: Line) -> Finding:
    pair = Compared(before, after, course.sound)
    verdict = linked(before, after, Link.EQUIVALENT, pair.names)
    if isinstance(verdict, Proved):
        return on(proved(verdict.method, *SAME), before)
    if isinstance(verdict, Supported):
        return Finding(verdict, AGREES, (before,))
    if (found := _as_earlier(course, pair)) is not None:
        return found
    if (found := _from_all(course, pair)) is not None:
        return found
    if not isinstance(verdict, Refuted):
        formed = by_form(before, after)
        if formed is not None or len(pair.names) == 1:
            return formed or UNKNOWN
        return beside(course, before, after) or NEW_CONDITION
    return _not_equivalent(course, pair, verdict, line)


def _as_earlier(course: Course, pair: Compared) -> Finding | None:
    """A statement that says the same as one before the last."""
    after, earlier_ones = pair.after, course.statements[:-1]
    for earlier in [*earlier_ones[:2], *earlier_ones[2:][-4:]]:
        names = unknowns(earlier, after)
        again = linked(earlier, after, Link.EQUIVALENT, names)
        if not isinstance(again, Proved):
            continue
        told = set(names) == {name for name, _ in told_values(after)} or is_solved_range(after)
        if told and course.is_firm(earlier):
            course.added = False
            return on(proved(again.method, *SAME_AS, earlier), earlier)
        if len(names) != 1 or solutions(after, names) is None:
            again_from_all = _from_all(course, pair) if len(names) == 1 else None
            return again_from_all or SAME_AS_EARLIER
        course.added = False
        return on(proved(again.method, *SAME_AS, earlier), earlier)
    return None


def _from_all(course: Course, pair: Compared) -> Finding | None:
    """A statement that follows from the lines before together, and not from the last alone: a
    condition may stand between (``x > 1``, before the equation is taken up again)."""
    names = pair.all_names
    if len(pair.ground) < 2 or (len(names) == 1 and isinstance(pair.forward, Proved)):
        return None
    if not isinstance(pair.joint, Proved) or impossible(pair.together, names):
        return None
    if len(names) == 1 and not follows(pair.after, pair.together):
        if only_widens(pair.after, pair.ground):
            return _wider(pair)
        if is_range(pair.after):
            return on(proved(pair.joint.method, *FROM_ALL), *pair.ground)
        wrong_before = course.standing(pair.before) is Standing.WRONG
        if not wrong_before and swaps(pair.before, pair.after):
            return None
        course.added = True
        return on(proved(f"implication: {pair.joint.method}", *ADDED), *pair.ground)
    return on(proved(pair.joint.method, *FROM_ALL), *pair.ground)


def _not_equivalent(course: Course, pair: Compared, verdict: Refuted, line: Line) -> Finding:
    before, after, names = pair.before, pair.after, pair.names
    if at_bounds(before, after):
        return AT_BOUNDS
    if near_enough(before, after, names):
        return on(ROUNDED, before) if rounded(before, after, names) else NEARLY
    if are_rounded_roots(before, after, names):
        return NEARLY
    if isinstance(pair.forward, Proved):
        if impossible(before, names):
            return UNKNOWN  # from what never holds anything would follow
        if _says_nothing(after):
            return lost(verdict, after)
        if only_widens(after, [before]):
            return _wider(pair)
        if is_range(after):
            return on(proved(pair.forward.method, *FROM_ALL), before)
        course.added = True
        return on(proved(f"implication: {pair.forward.method}", *ADDED), before)
    found = _apart(course, pair, verdict, line)
    part = len(names) == 1 and follows(after, before)
    if part:
        excused = course.wordy or course.cased or line.restricted or line.supposed
        excused |= repeats(before) or pair.excludes(verdict.witness)
        excused |= course.narrowed and _may_narrow(pair)
        found = LEFT_OUT if excused else _narrower(pair, verdict, line)
    if course.whole is not None and follows(after, course.whole):
        course.cases = [*course.cases[-MAX_CASES:], after]
        case = open_case(course.whole, course.cases, found)
        whole = isinstance(case.covering(course.cases), Proved)
        return on(ANOTHER_CASE, course.whole) if whole else case
    if part:
        course.whole, course.cases = before, [after]
        return open_case(before, [after], found)
    return found


def _wider(pair: Compared) -> Finding:
    """A range that allows more: by the rounding of a bound, or for another reason."""
    found = rounded_bound(pair.before, pair.after)
    if found is None:
        return WIDER
    return Finding(WIDER.verdict, Text(ROUNDED_BOUND.en, ROUNDED_BOUND.zh, found))


def _narrower(pair: Compared, verdict: Refuted, line: Line) -> Finding:
    """A statement that leaves out solutions: those beside a rounded bound, or others."""
    found = rounded_bound(pair.before, pair.after)
    if found is None:
        return lost(verdict, pair.after)
    why = Text(ROUNDED_BOUND.en, ROUNDED_BOUND.zh, found)
    if line.rounded:
        return Finding(WIDER.verdict, why)
    en, zh = (
        "{0} is {1} rounded; as a bound it loses {2}",
        "{0} 是 {1} 的近似值，作为界限漏掉了 {2}",
    )
    return Finding(verdict, Text(en, zh, (*found, verdict.witness)))


def _may_narrow(pair: Compared) -> bool:
    """Whether a condition that was said, which the line obeys, may have left solutions out."""
    return not impossible(all_of([*pair.ground, pair.after]), pair.names)


def _apart(course: Course, pair: Compared, verdict: Refuted, line: Line) -> Finding:
    """A statement that does not follow, where it is none of several cases."""
    before, after, names = pair.before, pair.after, pair.names
    if len(names) > 1:
        return beside(course, before, after) or NEW_CONDITION
    if _is_condition(before, after) and not impossible(pair.both, names):
        course.narrowed = True
        return NEW_CONDITION
    new = solutions(before, names) is not None and solutions(after, names) is None
    unfit = None if isinstance(pair.forward, Refuted) else unfit_values(pair)
    loose = line.supposed or line.denied or new or course.is_next_value(before, after)
    if loose or not (isinstance(pair.forward, Refuted) or unfit):
        return NEW_CONDITION if new else UNKNOWN
    alike = len(pair.ground) > 1 and set(unknowns(pair.together)) == set(names)
    if alike and not unfit and not isinstance(pair.joint, Proved | Refuted):
        return UNKNOWN  # the last line may be a mere condition
    if is_other_case(course.statements[:-1], before, after) or another_case(course, before, after):
        return UNKNOWN
    told = course.wordy or course.standing(before) is not Standing.FIRM
    if told and of_angles(before) and of_angles(after) and not impossible(pair.both, names):
        return NEW_CONDITION  # of an angle words may tell more: that it is acute
    return unfit or wrong(before, after, names, verdict)


def _is_condition(before: t.Expr, after: t.Expr) -> bool:
    """``x > 0`` after an equation: a condition, which some of the solutions fulfil."""
    if not _is_bound(after) or any(map(_is_bound, t.walk(before))):
        return False
    match after:
        case t.Relation(_, t.Symbol(), value) | t.Relation(_, value, t.Symbol()):
            return not t.symbols(value)
    return False


def _says_nothing(statement: t.Expr) -> bool:
    """``x = x``: both sides the same."""
    return isinstance(statement, t.Relation) and statement.left == statement.right


def _is_bound(statement: t.Expr) -> bool:
    """An inequality."""
    return isinstance(statement, t.Relation) and statement.op not in (
        t.Comparison.EQ, t.Comparison.NE
    )  # fmt: skip


def lost(verdict: Refuted, after: t.Expr) -> Finding:
    """A solution, or the whole condition, is not there any more."""
    if _says_nothing(after):
        why = Text(
            "true for every value, so what the line before said is lost",
            "对任何值都成立，丢失了上一行的条件",
        )
        return Finding(verdict, why)
    why = Text(
        "a solution is lost: {0} fulfils the line before, but not this one",
        "漏解：{0} 满足上一行，但不满足本行",
        (verdict.witness,),
    )
    return Finding(verdict, why)


def wrong(before: t.Expr, after: t.Expr, names: tuple[str, ...], verdict: Refuted) -> Finding:
    """With the value that the line claims, or that the line before has."""
    root = only_root(before, names)
    claimed = only_root(after, names)
    if root is not None and claimed is not None:
        args = (f"{names[0]} = {show_value(claimed)}", f"{names[0]} = {show_value(root)}")
        why = Text(
            "{0} does not satisfy the line before: there {1}",
            "{0} 不满足上一行：上一行的解是 {1}",
            args,
        )
        return Finding(Refuted(args[1], "true", "false"), why)
    why = Text(
        "{0} fulfils the line before, but not this one",
        "{0} 满足上一行，但不满足本行",
        (verdict.witness,),
    )
    return Finding(verdict, why)


def dropped(course: Course, sides: tuple[t.Expr | None, ...]) -> str:
    """Whether an equation that is true for all values stands where the unknown is still to
    be found: ``same`` (0 = 0), ``kept`` (one side of the line before), or nothing."""
    if not course.statements or len(sides) != 2:
        return ""
    before = course.statements[-1]
    match before:
        case t.Relation(t.Comparison.EQ, left, right) if t.symbols(before):
            solved = (isinstance(left, t.Symbol) and left.name not in t.symbols(right)) or (
                isinstance(right, t.Symbol) and right.name not in t.symbols(left)
            )
            if sides[0] == sides[1] and not (solved and not t.symbols(right)):
                return "same"
            return "kept" if not solved and (left == sides[0] or right == sides[1]) else ""
    return ""


def lost_unknown(course: Course) -> Finding:
    """The finding on ``0 = 0`` after an equation that is not true for all values."""
    before = course.statements[-1]
    verdict = linked(before, YES, Link.EQUIVALENT, unknowns(before))
    if isinstance(verdict, Proved):
        return on(proved(verdict.method, *SAME), before)
    if isinstance(verdict, Refuted):
        return lost(verdict, t.equation(t.integer(0), t.integer(0)))
    return UNKNOWN
