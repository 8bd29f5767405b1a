"""What the methods of every topic share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.types import Link, Request, Rule, Step, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a method returns: an answer with steps that nobody has checked yet.

    ``answer`` is in the form of the batch contract (for ``solve`` a set); ``text``
    replaces its plain spelling where the answer is no formula, and ``said`` is how a person
    says that in either language.
    """

    answer: t.Expr | None
    steps: tuple[Step, ...] = ()
    text: str = ""
    method: str = ""
    variables: tuple[str, ...] = ()
    conditions: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    curves: tuple[t.Expr, ...] = ()
    said: tuple[Text, ...] = ()
    given: tuple[t.Expr, ...] = ()
    """What the letters beside the unknown must satisfy; ``conditions`` say the same in words."""


class TooLarge(Exception):  # noqa: N818 - an answer that nobody could read is no error
    """The answer would be larger than anything may write; ``message`` says how large."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


Method = Callable[[Request], "Draft | None"]
"""A method looks at a request and returns a draft, or ``None`` for "not mine"."""


@dataclass
class Trail:
    """Collects the steps of a derivation that goes from line to line."""

    line: t.Expr
    link: Link = Link.EQUAL
    variable: str | None = None
    steps: list[Step] = field(default_factory=list)

    def to(
        self,
        after: t.Expr,
        rule: Rule,
        why: Text,
        *,
        link: Link | None = None,
        given: tuple[t.Expr, ...] = (),
        substeps: Sequence[Step] = (),
    ) -> None:
        """The next line; a line that is the same as the last is no step."""
        if after == self.line:
            return
        self.steps.append(
            Step(
                rule=rule,
                why=why,
                before=self.line,
                after=after,
                link=link or self.link,
                variable=self.variable,
                given=given,
                substeps=tuple(substeps),
            )
        )
        self.line = after
