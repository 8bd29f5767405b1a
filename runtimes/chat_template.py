"""The chat template of a model: a program from outside, run where it can do no harm.

Jinja's immutable sandbox gives it no way to Python (see ``runtimes.chat_sandbox``, which bounds
what its operations may make); here its text, its output, its time and, on Linux, its memory are
bounded, so that a hostile file costs seconds at most.  One thing remains: a comparison of
containers that hold each other many times over is one step of C, which nobody can interrupt but
by ending the process.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from runtimes.errors import Damaged, Unsupported
from runtimes.texts import Text
from runtimes.types import Message

if TYPE_CHECKING:
    from jinja2 import Template

LONGEST_TEMPLATE = 1 << 18
"""Characters; published ones have up to 20 thousand."""
LONGEST_OUTPUT = 1 << 24
"""Characters of a prompt."""
SECONDS = 5.0
"""Time to write a prompt; usual are some milliseconds."""
MEMORY = 1 << 29
"""Bytes of address space that writing a prompt may add."""

_ONE_AT_A_TIME = threading.Lock()
"""The limit of memory belongs to the whole process."""


class _OutOfBounds(Exception):  # noqa: N818 - says what happened
    pass


class ChatTemplate:
    """A compiled template.  Raises ``Damaged`` for one that does not compile."""

    def __init__(self, source: str, bos: str = "", eos: str = "") -> None:
        """``bos`` and ``eos`` are the texts of the first and the last token of a text."""
        if len(source) > LONGEST_TEMPLATE:
            raise Damaged(
                Text(
                    "the chat template is too long: {0} characters",
                    "对话模板过长：{0} 个字符",
                    (str(len(source)),),
                )
            )
        self.source = source
        self._tokens = {"bos_token": bos, "eos_token": eos}
        self._template = self._compile(source)

    @staticmethod
    def _compile(source: str) -> Template:
        from jinja2 import TemplateError

        from runtimes.chat_sandbox import environment

        try:
            return environment().from_string(source)
        except (
            TemplateError, RecursionError, SyntaxError, ValueError, MemoryError, ArithmeticError,
        ) as wrong:  # fmt: skip
            raise Damaged(
                Text(
                    "the chat template of the file is broken: {0}",
                    "文件中的对话模板已损坏：{0}",
                    (str(wrong)[:200],),
                )
            ) from wrong

    def render(self, messages: Sequence[Message], *, thinking: bool | None = None) -> str:
        """The prompt up to where the assistant begins to write.

        ``thinking`` is what templates know as ``enable_thinking``; ``None`` leaves it out.
        Raises ``Unsupported`` where the template refuses the conversation, or does not end.
        """
        values: dict[str, object] = {**self._tokens, "messages": [_plain(m) for m in messages]}
        if thinking is not None:
            values["enable_thinking"] = thinking
        try:
            with _ONE_AT_A_TIME, _memory_limit():
                return self._without_tools(values)
        except _OutOfBounds as wrong:
            raise Unsupported(
                Text(
                    "the chat template of the model takes too much time or memory",
                    "模型的对话模板占用过多时间或内存",
                )
            ) from wrong

    def _without_tools(self, values: dict[str, object]) -> str:
        """``None`` is what Transformers passes; some templates can only count an empty list."""
        try:
            return self._try({**values, "tools": None})
        except Unsupported:
            with suppress(Unsupported):
                return self._try({**values, "tools": []})
            raise

    def _try(self, values: dict[str, object]) -> str:
        from jinja2 import TemplateError

        try:
            return _bounded(self._template, values)
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as wrong:
            raise Unsupported(_refused(wrong)) from wrong
        except (RecursionError, AttributeError) as wrong:
            raise Unsupported(_refused(wrong)) from wrong
        except MemoryError as wrong:
            raise _OutOfBounds from wrong


def _refused(wrong: BaseException) -> Text:
    return Text(
        "the chat template of the model refuses this conversation: {0}",
        "模型的对话模板拒绝此对话：{0}",
        ((str(wrong) or type(wrong).__name__)[:200],),
    )


def _plain(message: Message) -> dict[str, object]:
    plain: dict[str, object] = {"role": message.role.value, "content": message.text}
    if message.reasoning:
        plain["reasoning_content"] = message.reasoning
    return plain


def _bounded(template: Template, values: dict[str, object]) -> str:
    """The output, while neither its length nor its time are over."""
    from runtimes.chat_sandbox import begin

    begin(template)
    deadline = time.monotonic() + SECONDS
    parts: list[str] = []
    length = 0

    def watch(_frame: FrameType, _event: str, _arg: object) -> Any:
        if time.monotonic() > deadline:
            raise _OutOfBounds
        return watch

    # a loop in a template is a loop in Python, and each of its lines calls the tracer
    before = sys.gettrace()
    sys.settrace(watch)
    try:
        for part in template.generate(add_generation_prompt=True, **values):
            parts.append(part)
            length += len(part)
            if length > LONGEST_OUTPUT:
                raise _OutOfBounds
    finally:
        sys.settrace(before)
    return "".join(parts)


@contextmanager
def _memory_limit() -> Iterator[None]:
    """Linux lets no more address space be taken than ``MEMORY`` beyond what is taken now."""
    if sys.platform != "linux":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY
        if all(bound == resource.RLIM_INFINITY or most < bound for bound in before):
            resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    except (OSError, ValueError):
        pass  # no such file, no such right: the other bounds hold
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
