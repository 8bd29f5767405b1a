"""Waits for a worker, but no longer than the user does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

from runtimes.base import Cancel


def unless_cancelled(action: Callable[[], object], cancel: Cancel) -> object | None:
    """The result of ``action``, or ``None`` at once when ``cancel`` is set.

    What was begun then goes on in its thread until its own deadline, and nobody hears of it.
    What it raises is raised here.
    """
    results: SimpleQueue[object | None] = SimpleQueue()

    def work() -> None:
        try:
            results.put(action())
        except BaseException as failure:  # noqa: BLE001 - raised where somebody waits
            results.put(failure)

    threading.Thread(target=work, daemon=True).start()
    remove = cancel.listen(lambda: results.put(None))
    try:
        result = results.get()
    finally:
        remove()
    if isinstance(result, BaseException):
        raise result
    return result
