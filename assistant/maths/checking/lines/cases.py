"""Lines that are one of several cases of what was said before."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.maths import terms as t
from assistant.maths.checking.lines.compared import unknowns
from assistant.maths.checking.lines.marks import Finding, linked, on, proved, undecided
from assistant.maths.checking.logic.statements import any_of
from assistant.maths.types import Doubt, Link, Proved, Refuted, Undecided, Verdict

ONE_CASE = proved(
    "one of the cases",
    "one case; the lines that follow hold the others",
    "其中一种情形，其余情形见后面各行",
)
ANOTHER_CASE = proved("one of the cases", "another of the cases", "另一种情形")
OPEN = undecided(
    "only some of the solutions of the line before; the next lines may hold the others",
    "只包含上一行的部分解，其余的解可能在后面各行",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase(Finding):
    """A line with only some of the solutions of ``whole``: the lines that follow say whether
    it is the last of these ``cases``.  ``otherwise``: the finding where they do not."""

    whole: t.Expr
    cases: tuple[t.Expr, ...]
    otherwise: Finding
    proof: Finding | None = None

    def as_case(self) -> Finding:
        """The finding where they are all there."""
        return on(ONE_CASE if len(self.cases) == 1 else ANOTHER_CASE, self.whole)

    def covering(self, cases: list[t.Expr]) -> Verdict:
        """Whether cases have all solutions of the whole, together; one alone has not."""
        if len(cases) < 2:
            return Refuted("", "true", "false")
        names = unknowns(self.whole, *cases)
        return linked(self.whole, any_of(cases), Link.EQUIVALENT, names)


def open_case(whole: t.Expr, cases: list[t.Expr], otherwise: Finding) -> OpenCase:
    """A line with these cases of a whole, for now."""
    return OpenCase(
        OPEN.verdict, OPEN.why, whole=whole, cases=tuple(cases), otherwise=otherwise
    )  # fmt: skip


def settled(finding: Finding, ahead: list[t.Expr], told: list[t.Expr]) -> Finding:
    """The finding when the statements that follow are known, on lines of formulas alone and
    ``told`` in words: those prove nothing, but a line may be one of their cases.  It stays open
    where a check of them was not ended in time."""
    if not isinstance(finding, OpenCase):
        return finding
    closed = _closed(finding, ahead)
    if told and isinstance(closed.verdict, Refuted):
        with_words = _closed(finding, [*ahead, *told])
        return closed if with_words is finding.otherwise else finding
    return closed


def _closed(finding: OpenCase, ahead: list[t.Expr]) -> Finding:
    others, sure = _cases(finding.whole, ahead)
    match finding.covering([*finding.cases, *others]):
        case Proved():
            return finding.proof or finding.as_case()
        case Undecided(Doubt.TIME):
            return finding
    return finding.otherwise if sure else finding


def _cases(before: t.Expr, ahead: list[t.Expr]) -> tuple[list[t.Expr], bool]:
    """The next statements that are stronger than the line before: its other cases; and whether
    there is certainly no other."""
    found: list[t.Expr] = []
    sure = True
    for other in ahead[:6]:
        names = unknowns(before, other)
        part = linked(other, before, Link.IMPLIES, names)
        sure &= not isinstance(part, Undecided) or part.doubt is not Doubt.TIME
        if not isinstance(part, Proved):
            continue
        if not isinstance(linked(before, other, Link.IMPLIES, names), Proved):
            found.append(other)
    return found, sure
