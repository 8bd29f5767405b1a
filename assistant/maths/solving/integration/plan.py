"""The tree of rules that solves an integral, and the lines that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.types import Link, Rule, Step, Text

TERMWISE = Rule("integral.termwise", "Integrate the simple terms", "逐项积分")
TIDY = Rule("integral.tidy", "Tidy up", "整理")
BACK = Rule("integral.back_substitute", "Substitute back", "回代")

Form = Callable[[Sequence[t.Expr]], t.Expr]
"""The next line, given what stands for each remaining integral."""


@dataclass(frozen=True, kw_only=True)
class Finish:
    """The rule of the line after which no integral is left."""

    rule: Rule = TIDY
    link: Link = Link.EQUAL
    why: Text = field(default_factory=lambda: Text("Collect the results.", "合并各部分结果。"))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How one integral is found: the rule, the next line, the integrals left in it.

    ``value`` is the antiderivative in ``x`` (``None`` inside a cycle, where the outer plan
    solves for the integral); ``given`` the statements that hold in the lines of ``subs``;
    ``full`` is false where a step hides work that a teacher would show; after a ``quiet``
    rule (linearity) nothing is tidied until the rule around it is done.
    """

    f: sp.Expr
    x: sp.Symbol
    rule: Rule
    why: Text
    form: Form
    value: sp.Expr | None
    subs: tuple[Plan, ...] = ()
    given: tuple[t.Expr, ...] = ()
    finish: Finish = field(default_factory=Finish)
    substeps: tuple[Step, ...] = ()
    full: bool = True
    quiet: bool = False

    @property
    def simple(self) -> bool:
        """One line and done."""
        return not self.subs and self.value is not None

    @property
    def complete(self) -> bool:
        """No work is hidden, here and below."""
        return self.full and all(p.complete for p in self.subs)


def integral(f: sp.Expr, x: sp.Symbol) -> t.Expr:
    """``∫ f dx`` as a formula."""
    return t.Call("integrate", (from_sympy(f), t.Symbol(x.name)))


def settled(value: sp.Expr) -> Form:
    """The form of a plan that leaves no integral."""
    return lambda _: from_sympy(value)


def table(f: sp.Expr, x: sp.Symbol, rule: Rule, why: Text, value: sp.Expr) -> Plan:
    """A plan of one line."""
    return Plan(f=f, x=x, rule=rule, why=why, form=settled(value), value=value)


def times(factor: sp.Expr, hole: t.Expr) -> t.Expr:
    """``factor · hole`` as it is written, with signs and units left out."""
    if factor == 1:
        return hole
    if factor == -1:
        return t.Neg(hole)
    if factor.could_extract_minus_sign():
        return t.Neg(times(-factor, hole))
    return t.mul(from_sympy(factor), hole)


@dataclass
class Writer:
    """Writes a plan as steps that go from whole line to whole line."""

    variable: str
    steps: list[Step] = field(default_factory=list)

    def step(
        self,
        lines: tuple[t.Expr, t.Expr],
        because: tuple[Rule, Text],
        given: tuple[t.Expr, ...],
        substeps: tuple[Step, ...] = (),
        link: Link = Link.EQUAL,
    ) -> None:
        """One line after another; an unchanged line is no step."""
        before, after = lines
        if before == after:
            return
        self.steps.append(
            Step(
                rule=because[0],
                why=because[1],
                before=before,
                after=after,
                link=link,
                variable=self.variable,
                given=given,
                substeps=substeps,
            )
        )

    def write(
        self,
        plan: Plan,
        around: Callable[[t.Expr], t.Expr] = lambda e: e,
        given: tuple[t.Expr, ...] = (),
        *,
        outer: bool = True,
    ) -> t.Expr:
        """Write the plan's lines; the result is what takes the place of its integral."""
        start = integral(plan.f, plan.x)
        holes = [integral(p.f, p.x) for p in plan.subs]
        inner = given + plan.given
        line = plan.form(holes)
        self.step((around(start), around(line)), (plan.rule, plan.why), inner, plan.substeps)
        self._simple_ones(plan, holes, around, inner)
        for n, sub in enumerate(plan.subs):
            if holes[n] != integral(sub.f, sub.x) or (sub.simple and self._many(plan)):
                continue

            def within(e: t.Expr, n: int = n) -> t.Expr:
                return around(plan.form([*holes[:n], e, *holes[n + 1 :]]))

            holes[n] = self.write(sub, within, inner, outer=False)
        line = plan.form(holes)
        if plan.value is None or (plan.quiet and not outer):
            return line
        if plan.finish.rule is BACK and plan.subs[0].value is not None:
            line = self._tidied(plan, line, around, inner)
        end = from_sympy(plan.value)
        last = plan.finish
        self.step((around(line), around(end)), (last.rule, last.why), inner, link=last.link)
        return end

    def _tidied(
        self,
        plan: Plan,
        line: t.Expr,
        around: Callable[[t.Expr], t.Expr],
        given: tuple[t.Expr, ...],
    ) -> t.Expr:
        """The line before the return from a substitution in its short form."""
        short = from_sympy(plan.subs[0].value)
        usual = Finish()
        self.step((around(line), around(short)), (usual.rule, usual.why), given)
        return short

    @staticmethod
    def _many(plan: Plan) -> bool:
        return sum(p.simple for p in plan.subs) > 1

    def _simple_ones(
        self,
        plan: Plan,
        holes: list[t.Expr],
        around: Callable[[t.Expr], t.Expr],
        given: tuple[t.Expr, ...],
    ) -> None:
        """Several table integrals are done in one line, each a sub-step."""
        if not self._many(plan):
            return
        before = around(plan.form(holes))
        inner = Writer(self.variable)
        for n, sub in enumerate(plan.subs):
            if sub.simple:
                holes[n] = inner.write(sub, given=given)
        why = Text("Integrate the terms that are in the table.", "对能直接套公式的各项积分。")
        self.step((before, around(plan.form(holes))), (TERMWISE, why), given, tuple(inner.steps))
