"""An answer ends, at whichever moment it is closed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from assistant.history import open_history

PATIENCE = 10.0


class JustMissed(threading.Event):
    """An event that is set in the moment in which a wait for it has run out of time."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    def wait(self, timeout: float | None = None) -> bool:
        came = super().wait(0)
        if not came and timeout is not None:
            self._meanwhile()
        return came


def test_a_close_in_the_moment_before_a_piece_is_stored_ends() -> None:
    with open_history(None) as history:
        asked = history.ask(history.begin(), None, "2x = 4?")
        writer = history.answer(asked, "micro")
        closing = threading.Thread(target=lambda: writer.close("answered"), daemon=True)

        def close_now() -> None:
            if not closing.ident:
                closing.start()
                while closing.is_alive() and not rung.is_set():
                    rung.wait(0.01)

        rung = threading.Event()

        class Rung(threading.Event):
            """Tells when the close has rung, as the second to do so."""

            times = 0

            def set(self) -> None:
                super().set()
                self.times += 1
                if self.times > 1:
                    rung.set()

        writer._news, writer._ended = Rung(), JustMissed(close_now)
        writer.text("x = 2")
        assert rung.wait(PATIENCE)
        closing.join(PATIENCE)
        assert not closing.is_alive()
        (turn,) = history.turns(history.list()[0].id)
        assert turn.answer is not None
        assert turn.answer.text == "x = 2"
