"""Calls of tools that a model writes into its answer, where its engine has no format for them.

A call is ``<tool_call>`` at the start of a line, a JSON object ``{"name": …, "arguments": {…}}``
and ``</tool_call>``: the form that the Qwen family was trained on.  What stands in code is text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from runtimes.types import Tool, ToolCall

OPENS, CLOSES = "<tool_call>", "</tool_call>"
HALF = re.compile(r"[\ud800-\udfff]")
"""Half a surrogate pair."""
MOST = 20_000
"""Characters of a call; a longer one is none."""


def call_schema(tools: Sequence[Tool]) -> str:
    """The JSON Schema of one call of one of the tools."""
    shapes = [
        {
            "type": "object",
            "properties": {"name": {"const": tool.name}, "arguments": json.loads(tool.schema)},
            "required": ["name", "arguments"],
            "additionalProperties": False,
        }
        for tool in tools
    ]
    return json.dumps(shapes[0] if len(shapes) == 1 else {"anyOf": shapes})


def read_call(text: str, number: int) -> ToolCall:
    """The call that the text between the tags is.

    What is no call keeps its words as the arguments of a tool without a name: whoever runs it
    tells the model what is wrong.
    """
    text = text.partition(CLOSES)[0].strip()
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict) or not _sendable(value.get("name")):
        return ToolCall(f"call-{number}", "", text)
    arguments = value.get("arguments", {})
    written = json.dumps(arguments, ensure_ascii=False)
    if not _sendable(written):
        written = json.dumps(arguments)
    return ToolCall(f"call-{number}", value["name"], written)


def _sendable(text: object) -> bool:
    """Is it a text without half a surrogate pair, which JSON can hold and no engine can be sent?"""
    return isinstance(text, str) and not HALF.search(text)


class CallFinder:
    """Parts an answer from the call that it ends in; a pure machine, any cut gives the same.

    ``feed`` returns what is certain to be answer.  Once ``opened``, everything goes into
    ``call``; ``closed`` says that the call is whole.
    """

    def __init__(self, before: str = "") -> None:
        """``before`` is the answer so far, which the text goes on from."""
        self.opened = False
        self._held = ""
        self._fence = ""
        self._line = ""
        self._call: list[str] = []
        self._size = 0
        *lines, self._line = before.split("\n")
        for line in lines:
            self._end_line(line.strip())

    @property
    def call(self) -> str:
        """What was written after the opening tag."""
        return "".join(self._call)

    @property
    def closed(self) -> bool:
        """Is the call whole, or longer than any call?"""
        return self.opened and (self._size > MOST or CLOSES in "".join(self._call[-16:]))

    def restart(self) -> None:
        """The call that is open is written again from its beginning."""
        self._call, self._size = [], 0

    def feed(self, text: str) -> str:
        """The part of the answer that is certain now."""
        if self.opened:
            self._take(text)
            return ""
        self._held += text
        out: list[str] = []
        while self._held and not self.opened:
            if not self._line.strip() and not self._fence and self._begins():
                break
            self._advance(out)
        return "".join(out)

    def flush(self) -> str:
        """What was held back in vain."""
        out, self._held = self._held, ""
        return out

    def _begins(self) -> bool:
        """Is the tag here, or may it come?  True ends the reading of what is held."""
        start = self._held.lstrip(" \t")
        if start.startswith(OPENS):
            self.opened = True
            self._take(start[len(OPENS) :])
            self._held = ""
            return True
        return OPENS.startswith(start)

    def _advance(self, out: list[str]) -> None:
        """Take one line, or what there is of it."""
        end = self._held.find("\n") + 1
        piece, self._held = (self._held[:end], self._held[end:]) if end else (self._held, "")
        out.append(piece)
        if len(self._line) < MOST:
            self._line += piece
        if end:
            self._end_line(self._line.strip())
            self._line = ""

    def _end_line(self, line: str) -> None:
        mark = line[:3]
        if self._fence:
            if mark == self._fence and not line.strip(self._fence[0]):
                self._fence = ""
        elif mark in ("```", "~~~"):
            self._fence = mark

    def _take(self, text: str) -> None:
        self._call.append(text)
        self._size += len(text)
