"""The tools that a model calls in one answer: its calls are found, and run between two streams."""

from __future__ import annotations

from collections.abc import Generator

from assistant.events import Notice, NoticeKind, TurnEvent
from assistant.tools.calls import CallFinder, read_call
from assistant.tools.toolbox import Toolbox
from runtimes.base import Cancel
from runtimes.texts import Text
from runtimes.types import Message, Role, ToolCall

ROUNDS = 8
NO_TOOLS = Text("the model asked for a tool, and none was offered", "模型请求工具，但未提供工具")
TOO_MANY_CALLS = Text("the model asked for tools too often", "模型调用工具次数过多")


class Calling:
    """Calls in the engine's own form are ``add``-ed; those written into the answer are found in
    what is ``feed``-ed.  ``held``: a grammar holds the one that is open."""

    def __init__(self, toolbox: Toolbox | None) -> None:
        self._toolbox = toolbox
        self._calls: list[ToolCall] = []
        self._finder = CallFinder()
        self._rounds = 0
        self.held = False

    @property
    def toolbox(self) -> Toolbox | None:
        """What may be called."""
        return self._toolbox

    @property
    def opened(self) -> bool:
        """Is a call being written?"""
        return self._finder.opened

    @property
    def closed(self) -> bool:
        """Is that call whole?"""
        return self._finder.closed

    @property
    def whole(self) -> bool:
        """Is there a call with nothing missing?"""
        return bool(self._calls) or self.closed

    @property
    def wanted(self) -> bool:
        """Is there a call at all?"""
        return bool(self._calls) or self.opened

    def add(self, call: ToolCall) -> None:
        """A call in the engine's own form."""
        self._calls.append(call)

    def feed(self, text: str) -> str:
        """What of the model's text is certain to be answer."""
        return text if self._toolbox is None else self._finder.feed(text)

    def flush(self) -> str:
        """What was held back in vain, at the end of a stream."""
        return "" if self.opened else self._finder.flush()

    def hold(self) -> None:
        """The open call is written once more, held by a grammar."""
        self.held = True
        self._finder.restart()

    def restart(self, text: str) -> None:
        """The model goes on from ``text``, without the calls that stood behind it."""
        self._calls, self._finder, self.held = [], CallFinder(text), False

    def run(
        self, text: str, thought: str, cancel: Cancel
    ) -> Generator[TurnEvent, None, tuple[Message, ...]]:
        """Do what the model asks for behind ``text`` and ``thought``.

        The result is its turn with the answers of the tools, to go on from; nothing where it may
        not call.
        """
        calls = tuple(self._calls) or (read_call(self._finder.call, self._rounds + 1),)
        self.restart("")
        self._rounds += 1
        if self._toolbox is None or self._rounds > ROUNDS:
            yield Notice(NoticeKind.TOOLS, TOO_MANY_CALLS if self._toolbox else NO_TOOLS)
            return ()
        messages = [Message(Role.ASSISTANT, text, thought, calls)]
        for call in calls:
            yield call
            ran = self._toolbox.run(call, cancel)
            yield ran
            messages.append(Message(Role.TOOL, ran.result, answers=call.id))
        return tuple(messages)
