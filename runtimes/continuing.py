"""Going on with an assistant's turn, whatever engine does it (see ``runtimes.base``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from runtimes.errors import Unsupported
from runtimes.prompting import Segment, begin_thinking, closing, opens_thinking
from runtimes.texts import Text
from runtimes.textstream import Seam
from runtimes.types import Capability, Message, ModelSpec, Role


@dataclass(frozen=True, slots=True)
class Begun:
    """A turn that is to go on.  ``closed``: its thinking is over.  ``held``: what follows the
    thinking obeys a constraint."""

    reasoning: str
    text: str
    closed: bool
    held: bool = False

    @property
    def think(self) -> bool:
        """Was the turn begun with thinking?  Its prompt must be written so again."""
        return bool(self.reasoning) or not self.closed

    @property
    def seam(self) -> Seam:
        """Where the new text joins the old.  A constraint does not let a blank be written again
        that is owed."""
        if self.closed:
            return Seam(self.text) if self.held else Seam.of(self.text)
        return Seam.of(self.reasoning)

    def thinking_at(self, head: Sequence[Segment]) -> bool:
        """Does the new text begin inside the thinking, behind this prompt?"""
        return not self.closed and (bool(self.reasoning) or opens_thinking(head))

    def behind(self, head: Sequence[Segment], lead: str = "") -> tuple[Segment, ...]:
        """The prompt of the turn's beginning, and what was written behind it.  ``lead`` begins an
        answer without thinking."""
        made = begin_thinking(head) if self.reasoning else tuple(head)
        if not self.closed:
            return _joined(*made, Segment(self.seam.shown, content=True))
        close = closing(self.reasoning) if opens_thinking(made) else lead
        return _joined(
            *made,
            Segment(self.reasoning, content=True),
            Segment(close, content=False),
            Segment(self.seam.shown, content=True),
        )


def _joined(*parts: Segment) -> tuple[Segment, ...]:
    return tuple(part for part in parts if part.text)


def begun(
    messages: Sequence[Message], *, thinks: bool, think: bool = True, held: bool = False
) -> Begun | None:
    """The turn that these messages end in, if it is an assistant's.

    ``thinks``: the model can; ``think``: it may go on with it; ``held``: see ``Begun``.
    """
    if not messages or messages[-1].role is not Role.ASSISTANT:
        return None
    last = messages[-1]
    closed = bool(last.text) or not think or not thinks
    return Begun(last.reasoning if thinks else "", last.text, closed, held)


def check(spec: ModelSpec, messages: Sequence[Message]) -> None:
    """Raises ``Unsupported`` for a turn that this model cannot go on with."""
    if begun(messages, thinks=True) is None:
        return
    if Capability.CONTINUE not in spec.capabilities:
        raise Unsupported(
            Text(
                "{0} cannot go on with an answer that was begun",
                "{0} 无法接着已开始的回答继续写",
                (spec.title,),
            ),
            Text("ask anew, or use a local model", "请重新提问，或改用本地模型"),
        )
    if messages[-1].calls:
        raise Unsupported(
            Text(
                "a turn that asks for a tool cannot be continued",
                "请求了工具的回答无法续写",
            )
        )
