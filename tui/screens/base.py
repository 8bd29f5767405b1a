"""What every screen has in common."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import Screen

T = TypeVar("T")


class AppScreen(Screen[T]):
    """A screen that offers what can be done now."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether it can be done now.

        Nothing can while the screen is put together or taken down: a key that comes early, or a
        line of keys that is drawn late, would be answered by parts that are not there.
        """
        del parameters
        return self.is_mounted and self.display and self.offers(action)

    def offers(self, action: str) -> bool:
        """Whether there is something for this action, all parts being there."""
        del action
        return True
