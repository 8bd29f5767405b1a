"""What was sent from a field before, and how one goes through it."""

from __future__ import annotations

from dataclasses import dataclass, field

REMEMBERED = 200


@dataclass(slots=True)
class Recall:
    """The oldest first; behind the newest stands what is being written."""

    sent: list[str] = field(default_factory=list)
    _at: int = 0
    _aside: str = ""

    def remember(self, text: str) -> None:
        """It was sent.  What was sent before moves to the end."""
        if text:
            self.sent = [*(one for one in self.sent if one != text), text][-REMEMBERED:]
        self._at = len(self.sent)

    def forget(self) -> None:
        """All of it."""
        self.sent, self._at = [], 0

    def go(self, step: int, written: str) -> str | None:
        """The text so many steps on (back: negative) from the one shown; ``None`` past an end."""
        at = self._at + step
        if not 0 <= at <= len(self.sent):
            return None
        if self._at == len(self.sent):
            self._aside = written
        self._at = at
        return self._aside if at == len(self.sent) else self.sent[at]
