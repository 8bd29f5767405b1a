"""What has been claimed so far, and how the next statement stands to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.checking.lines.forms import ADDED, by_form, by_values
from assistant.maths.checking.lines.linear import near_enough, only_root, rounded
from assistant.maths.checking.lines.marks import (
    GIVEN,
    NEW_NAME,
    UNKNOWN,
    Finding,
    linked,
    proved,
    undecided,
)
from assistant.maths.checking.logic.statements import all_of, any_of
from assistant.maths.checking.logic.values import solutions
from assistant.maths.checking.numerics.sampling import show_value
from assistant.maths.reading.claims import Claim, Line
from assistant.maths.types import Link, Proved, Refuted, Supported, Text

NEW_CONDITION = undecided(
    "not shown to follow from the lines before; perhaps a new condition",
    "未能由前面各行推出，可能是新的条件",
)
ROUNDED = proved(
    "rounding", "the solution, rounded to the digits shown", "按所写位数四舍五入后的解"
)
NEARLY = undecided("equal within the rounding of the numbers in it", "在所用近似数的误差范围内一致")
WIDER = undecided(
    "follows from the line before, but allows more values", "由上一行可推出，但范围扩大了"
)
ONE_CASE = proved(
    "one of the cases",
    "one case; the lines that follow hold the others",
    "其中一种情形，其余情形见后面各行",
)
ANOTHER_CASE = proved("one of the cases", "another of the cases", "另一种情形")
LEFT_OUT = undecided(
    "some solutions of the line before are left out here", "这里舍去了上一行的一些解"
)
YES, NO = t.Truth(value=True), t.Truth(value=False)


@dataclass
class Course:
    """Statements in the order in which they were made, and names that were introduced.

    ``problem`` is the statement of the problem, where it is one; ``wordy``: the problem is
    told in words, so a solution may be dropped for a reason that only the words give.
    """

    wordy: bool = False
    statements: list[t.Expr] = field(default_factory=list)
    sound: list[t.Expr] = field(default_factory=list)
    """Those of them that were not refuted: from contradictions anything would follow."""
    definitions: dict[str, t.Expr] = field(default_factory=dict)
    expression: t.Expr | None = None
    calculating: bool = False
    """Whether the line before was a calculation with numbers alone."""
    plain: bool = True
    """Whether the last statement stood on a line of formulas alone."""
    whole: t.Expr | None = None
    """The statement whose cases are being gone through, one a line."""
    added: bool = False
    """Whether a line may have added solutions that have not been tested yet."""
    named: tuple[str, t.Expr] | None = None
    """The name of a value on the line before, and the value."""
    announced: bool = False
    """Whether the line before, words alone, said that a formula is transformed."""

    def names(self) -> set[str]:
        """All letters that have been used."""
        return {n for s in self.statements for n in t.symbols(s)} | set(self.definitions)

    def expanded(self, expr: t.Expr) -> t.Expr:
        """Introduced names written out, and ``x_1`` as a case of ``x``."""
        known = self.names()

        def change(node: t.Expr) -> t.Expr:
            match node:
                case t.Symbol(name) if name in self.definitions:
                    return self.definitions[name]
                case t.Symbol(name) if name not in known and name.split("_")[0] in known:
                    return t.Symbol(name.split("_")[0])
            return node

        for _ in range(3):
            expr = t.transform(expr, change)
        return expr

    def define(self, claim: Claim) -> str:
        """A new name alone on the left: ``u = x^2``.  The name, or nothing."""
        match claim.sides[:2]:
            case (t.Symbol(name), value) if (
                claim.signs[:1] == ("=",)
                and value is not None
                and name not in self.names()
                and self.statements
                and name not in t.symbols(value)
                and name.split("_")[0] not in self.names()
            ):
                self.definitions[name] = self.expanded(value)
                return name
        return ""


def judge(course: Course, claim: Claim, line: Line, ahead: list[t.Expr]) -> Finding:
    """A statement with unknowns, on a line of formulas alone, against what came before.

    ``ahead`` are the statements of the lines that follow: they may hold the other cases.
    """
    statement = claim.statement
    if statement is None:
        return UNKNOWN
    if not course.statements:
        course.statements.append(statement)
        course.sound.append(statement)
        return GIVEN
    if name := course.define(claim):
        if len(claim.sides) > 2 and any(t.symbols(s) for s in claim.sides[1:] if s is not None):
            return GIVEN  # Δ = b^2 - 4ac = 25 - 24: whether b is 5 is not known here
        return Finding(NEW_NAME.verdict, Text(NEW_NAME.why.en, NEW_NAME.why.zh, (t.Symbol(name),)))
    after = course.expanded(statement)
    before = course.statements[-1]
    old = {n for s in course.statements for n in t.symbols(s)}
    new = set(t.symbols(after))
    foreign = new and not new & old
    if foreign and (same := _in_one_case(after, old)) is not None:
        found = _against(course, before, same, line, ahead)
        if isinstance(found.verdict, Refuted):
            course.statements.append(same)
            return found
    found = GIVEN if foreign else _against(course, before, after, line, ahead)
    course.statements.append(after)
    if not isinstance(found.verdict, Refuted):
        course.sound.append(after)
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


def unknowns(*statements: t.Expr) -> tuple[str, ...]:
    """The letters of statements, each once."""
    return tuple(dict.fromkeys(n for s in statements for n in t.symbols(s)))


def _against(
    course: Course, before: t.Expr, after: t.Expr, line: Line, ahead: list[t.Expr]
) -> Finding:  # fmt: skip
    verdict = linked(before, after, Link.EQUIVALENT, unknowns(before, after))
    if isinstance(verdict, Proved):
        return proved(verdict.method, "has the same solutions as the line before", "与上一行同解")
    if isinstance(verdict, Supported):
        return Finding(verdict, Text("numbers agree with the line before", "数值检验与上一行一致"))
    earlier_ones = course.statements[:-1]
    for earlier in [*earlier_ones[:2], *earlier_ones[2:][-4:]]:
        again = linked(earlier, after, Link.EQUIVALENT, unknowns(earlier, after))
        if isinstance(again, Proved):
            names = unknowns(earlier, after)
            if len(names) != 1 or solutions(after, names) is None:
                return undecided(
                    "the same as an earlier line, but not as the line before",
                    "与前面某行同解，但与上一行不同解",
                )
            course.added = False
            return proved(again.method, "has the same solutions as {0}", "与 {0} 同解", earlier)
    together = all_of(course.sound[-8:])
    names = unknowns(together, after)
    if len(course.sound) > 1 and len(names) > 1:
        joint = linked(together, after, Link.IMPLIES, names)
        if isinstance(joint, Proved) and not _impossible(together, names):
            return proved(joint.method, "follows from the lines before", "由前面各行推出")
    if not isinstance(verdict, Refuted):
        several = len(unknowns(before, after)) > 1
        return by_form(before, after) or (NEW_CONDITION if several else UNKNOWN)
    return _not_equivalent(course, before, after, verdict, line, ahead)


def _not_equivalent(
    course: Course, before: t.Expr, after: t.Expr, verdict: Refuted, line: Line,
    ahead: list[t.Expr],
) -> Finding:  # fmt: skip
    names = unknowns(before, after)
    if near_enough(before, after, names):
        return ROUNDED if rounded(before, after, names) else NEARLY
    forward = linked(before, after, Link.IMPLIES, names)
    if isinstance(forward, Proved):
        if _impossible(before, names):
            return UNKNOWN  # from what never holds anything would follow
        if _says_nothing(after):
            return _lost(verdict, after)
        if _is_bound(before) and _is_bound(after):
            return WIDER
        course.added = True
        return proved(f"implication: {forward.method}", *ADDED)
    whole = course.whole
    if whole is not None and _follows(after, whole):
        return ANOTHER_CASE
    if len(names) > 1:
        if (found := by_values(before, after)) is not None:
            return found
        both = linked(all_of([before, after]), NO, Link.EQUIVALENT, names)
        contradiction = isinstance(both, Proved) and not course.wordy
        return _contradicts(verdict) if contradiction else NEW_CONDITION
    if _follows(after, before):
        return _fewer(course, before, after, verdict, line, ahead)
    new = solutions(before, names) is not None and solutions(after, names) is None
    if line.supposed or line.denied or new or not isinstance(forward, Refuted):
        return NEW_CONDITION if new else UNKNOWN
    return _wrong(before, after, names, forward)


def _impossible(statement: t.Expr, names: tuple[str, ...]) -> bool:
    """Whether a statement has no solution."""
    return isinstance(linked(statement, NO, Link.EQUIVALENT, names), Proved)


def _follows(one: t.Expr, other: t.Expr) -> bool:
    """Whether every solution of the one is one of the other."""
    return isinstance(linked(one, other, Link.IMPLIES, unknowns(one, other)), Proved)


def _fewer(
    course: Course, before: t.Expr, after: t.Expr, verdict: Refuted, line: Line,
    ahead: list[t.Expr],
) -> Finding:  # fmt: skip
    """A line with only some of the solutions: one of several cases, or a loss."""
    cases = [after, *_cases(before, ahead)]
    names = unknowns(before, after)
    if len(cases) > 1 and isinstance(linked(before, any_of(cases), Link.EQUIVALENT, names), Proved):
        course.whole = before
        return ONE_CASE
    if course.wordy or line.restricted or line.supposed:
        return LEFT_OUT
    return _lost(verdict, after)


def _cases(before: t.Expr, ahead: list[t.Expr]) -> list[t.Expr]:
    """The next statements that are stronger than the line before: its other cases."""
    found: list[t.Expr] = []
    for other in ahead[:6]:
        names = unknowns(before, other)
        if not isinstance(linked(other, before, Link.IMPLIES, names), Proved):
            continue
        if not isinstance(linked(before, other, Link.IMPLIES, names), Proved):
            found.append(other)
    return found


def _says_nothing(statement: t.Expr) -> bool:
    """``x = x``: both sides the same."""
    return isinstance(statement, t.Relation) and statement.left == statement.right


def _is_bound(statement: t.Expr) -> bool:
    """An inequality."""
    return isinstance(statement, t.Relation) and statement.op not in (
        t.Comparison.EQ, t.Comparison.NE
    )  # fmt: skip


def _lost(verdict: Refuted, after: t.Expr) -> Finding:
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


def _contradicts(verdict: Refuted) -> Finding:
    why = Text("contradicts the line before: both cannot hold", "与上一行矛盾，二者不能同时成立")
    return Finding(verdict, why)


def _wrong(before: t.Expr, after: t.Expr, names: tuple[str, ...], verdict: Refuted) -> Finding:
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
            solved = isinstance(left, t.Symbol) or isinstance(right, t.Symbol)
            if sides[0] == sides[1] and not (solved and not t.symbols(right)):
                return "same"
            return "kept" if not solved and (left == sides[0] or right == sides[1]) else ""
    return ""


def lost_unknown(course: Course) -> Finding:
    """The finding on ``0 = 0`` after an equation that is not true for all values."""
    before = course.statements[-1]
    verdict = linked(before, YES, Link.EQUIVALENT, unknowns(before))
    if isinstance(verdict, Proved):
        return proved(verdict.method, "has the same solutions as the line before", "与上一行同解")
    if isinstance(verdict, Refuted):
        return _lost(verdict, t.equation(t.integer(0), t.integer(0)))
    return UNKNOWN


def judge_prose(course: Course, claim: Claim, line: Line, before: t.Expr | None) -> Finding:
    """A statement in a sentence, against the last one of the lines before: refuted only where
    both cannot hold, in the same single unknown, and the sentence says that it was derived."""
    statement = claim.statement
    if statement is None:
        return UNKNOWN
    if line.opens:
        course.statements.clear()
    course.statements.append(statement)
    if line.supposed or line.denied or line.opens or before is None:
        return GIVEN
    names = unknowns(before, statement)
    if len(names) != 1 or t.symbols(before) != t.symbols(statement):
        return GIVEN
    verdict = linked(before, statement, Link.EQUIVALENT, names)
    if isinstance(verdict, Proved):
        return proved(
            verdict.method, "has the same solutions as the equation before", "与前一个方程同解"
        )
    derived = line.derived or course.announced
    if not isinstance(verdict, Refuted) or not claim.sure or not derived or line.rounded:
        return UNKNOWN
    if near_enough(before, statement, names) or not (course.plain or _one_sided(before)):
        return UNKNOWN
    both = linked(all_of([before, statement]), NO, Link.EQUIVALENT, names)
    return _wrong(before, statement, names, verdict) if isinstance(both, Proved) else UNKNOWN


def _one_sided(statement: t.Expr) -> bool:
    """Whether the unknown is on one side only; in a sentence ``2(x + 1) = 2x + 1`` may be a
    rewriting gone wrong, from which no value of x follows."""
    return isinstance(statement, t.Relation) and not (
        t.symbols(statement.left) and t.symbols(statement.right)
    )
