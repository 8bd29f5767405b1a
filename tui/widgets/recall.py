"""What was sent from a field before, and how one goes through it; nothing that was typed is lost
on the way."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from textual import events
from textual.widgets import TextArea

from tui.keyboard.keys import done_in_turn
from tui.messages import Told
from tui.words import COPIED

REMEMBERED = 200


@dataclass(slots=True)
class Recall:
    """The oldest first; behind the newest stands what is being written.  What is changed of a text
    on the way stays so until another one is sent."""

    sent: list[str] = field(default_factory=list)
    _at: int = 0
    _made: dict[int, str] = field(default_factory=dict)

    def remember(self, text: str) -> None:
        """It was sent.  What was sent before moves to the end; what was written and not sent
        stands before it."""
        aside = [one for one in self._unsent() if one not in self.sent and one != text]
        if text:
            kept = [one for one in self.sent if one != text]
            self.sent = [*kept, *aside, text][-REMEMBERED:]
        self._made.clear()
        self._at = len(self.sent)

    def replace(self, sent: Iterable[str]) -> None:
        """These were sent before, and no others; what was written and not sent stands before
        them."""
        unsent = [one for one in self._unsent() if one not in self.sent]
        self.forget()
        for one in (*unsent, *sent):
            self.remember(one)

    def _unsent(self) -> list[str]:
        made = sorted(self._made.items())
        return [one for at, one in made if at != self._at and one.strip()]

    def forget(self) -> None:
        """All of it."""
        self.sent, self._at = [], 0
        self._made.clear()

    def go(self, step: int, written: str) -> str | None:
        """The text so many steps on (back: negative) from the one shown; ``None`` past an end."""
        at = self._at + step
        if not 0 <= at <= len(self.sent):
            return None
        self._made[self._at] = written
        self._at = at
        return self._made.get(at, "" if at == len(self.sent) else self.sent[at])


class SteadyArea(TextArea):
    """A field in which all typing can be undone, and keys count in the order in which they come."""

    async def _on_key(self, event: events.Key) -> None:
        """What a key means here, before what is typed after it."""
        await done_in_turn(self, event)

    def action_copy(self) -> None:
        """What is selected into the clipboard, and say so."""
        super().action_copy()
        self.app.post_message(Told(COPIED))

    def _recompute_cursor_offset(self) -> None:
        """Textual asks for it, where an undoing makes the scrollbar come or go, before it has put
        the cursor back: it may stand on a line that is gone.  It is asked for again behind that."""
        with suppress(ValueError):
            super()._recompute_cursor_offset()  # type: ignore[no-untyped-call]


class RecallArea(SteadyArea):
    """A field of several lines that goes through what was sent from it: up on its first line, down
    on its last one.  Whatever is put into it can be taken back with the typing; a subclass says
    what it is to ``send``."""

    def __init__(self, *, placeholder: str, id: str | None = None) -> None:  # noqa: A002 - Textual's
        super().__init__(id=id, compact=True, highlight_cursor_line=False, placeholder=placeholder)
        self.recall = Recall()

    def put(self, text: str) -> None:
        """Another text, with the cursor behind it."""
        if text != self.text:
            end = self.document.end
            self.replace(text, (0, 0), end, maintain_selection_offset=False)
        self.move_cursor(self.document.end)

    def begin_with(self, text: str) -> None:
        """The same where no typing is to be undone."""
        self.text = text
        self.move_cursor(self.document.end)

    def action_send(self) -> None:
        """Send what was typed before the key: keys of a binding overtake those of the text."""
        self.call_later(self.send)

    def send(self) -> None:
        """Send what is there."""
        raise NotImplementedError

    def action_newline(self) -> None:
        """Begin another line."""
        self.call_later(lambda: self.replace("\n", *self.selection))

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's
        """Up; from the first line to the text before."""
        if select or not self.navigator.is_first_wrapped_line(self.cursor_location):
            super().action_cursor_up(select)
        else:
            self.action_earlier()

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's
        """Down; from the last line to the text after."""
        if select or not self.navigator.is_last_wrapped_line(self.cursor_location):
            super().action_cursor_down(select)
        else:
            self.action_later()

    def action_earlier(self) -> None:
        """The text before."""
        self._go(-1)

    def action_later(self) -> None:
        """The text after; behind the last one stands what was being written."""
        self._go(1)

    def _go(self, step: int) -> None:
        text = self.recall.go(step, self.text)
        if text is not None:
            self.put(text)
