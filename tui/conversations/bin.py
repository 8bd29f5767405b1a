"""Conversations that were thrown away, for the seconds in which one may take that back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

from runtimes.texts import Text
from tui.messages import Told

if TYPE_CHECKING:
    from assistant.history import ConversationId, History

SECONDS = 10.0
"""Until what was thrown away is deleted for good."""
NOT_DELETED = Text("not deleted: {0}", "未删除：{0}")


class Bin:
    """Any thread may use it.  Where the program dies before the time is over, nothing is gone."""

    def __init__(self, history: Callable[[], History], post: Callable[[Message], object]) -> None:
        self._history = history
        self._post = post
        self._lock = threading.Lock()
        self._emptying = threading.Lock()
        self._thrown: list[ConversationId] = []
        self._gone: set[ConversationId] = set()
        self._timer: threading.Timer | None = None

    @property
    def thrown(self) -> frozenset[ConversationId]:
        """What is in it; no list shows it."""
        with self._lock:
            return frozenset(self._thrown)

    def holds(self, conversation: ConversationId | None) -> bool:
        """Is it in it, or was it?"""
        with self._lock:
            return conversation in self._thrown or conversation in self._gone

    def throw(self, conversation: ConversationId) -> None:
        """Delete it, a little later."""
        with self._lock:
            self._thrown.append(conversation)
            self._stop()
            self._timer = threading.Timer(SECONDS, self.empty)
            self._timer.daemon = True
            self._timer.start()

    def take_back(self) -> ConversationId | None:
        """The one thrown away last, which is not deleted; ``None`` where there is none."""
        with self._lock:
            return self._thrown.pop() if self._thrown else None

    def empty(self) -> None:
        """Delete what is in it, now."""
        with self._emptying:  # who closes the history waits for the last deletion
            with self._lock:
                self._stop()
                thrown, self._thrown = self._thrown, []
                self._gone |= set(thrown)
            for one in thrown:
                self._delete(one)

    def _delete(self, conversation: ConversationId) -> None:
        from assistant.history import HistoryFailure
        from assistant.history.failures import NoSuchMessage

        try:
            notice = self._history().delete(conversation)
        except NoSuchMessage:
            return  # another program was quicker
        except HistoryFailure as failure:
            told = failure.message
            en, zh = NOT_DELETED.en, NOT_DELETED.zh
            text = Text(en.replace("{0}", told.en), zh.replace("{0}", told.zh), told.args)
            self._post(Told(text, wrong=True))
            return
        if notice is not None:
            self._post(Told(notice))

    def _stop(self) -> None:
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
