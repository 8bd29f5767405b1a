"""The chat template of a model file: a program from outside, run where it can do no harm.

Jinja's immutable sandbox gives it no way to Python; its text, its output and its time are
bounded, so that a hostile file costs seconds at most.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

from runtimes.errors import Damaged, Unsupported
from runtimes.texts import Text
from runtimes.types import Message

if TYPE_CHECKING:
    from jinja2 import Environment, Template, nodes
    from jinja2.parser import Parser

LONGEST_TEMPLATE = 1 << 18
"""Characters; published ones have up to 20 thousand."""
LONGEST_OUTPUT = 1 << 24
"""Characters of a prompt."""
LONGEST_REPEAT = 10_000
"""Characters that ``*`` may make of a string."""
SECONDS = 5.0
"""Time to write a prompt; usual are some milliseconds."""

CHATML = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
"""For files that bring the tags of ChatML, but no template."""


class _OutOfTime(Exception):  # noqa: N818 - says what happened
    pass


class ChatTemplate:
    """A compiled template.  Raises ``Damaged`` for one that does not compile."""

    def __init__(self, source: str, tokens: dict[str, str]) -> None:
        """``tokens`` are the texts of the special tokens, as ``bos_token``."""
        if len(source) > LONGEST_TEMPLATE:
            raise Damaged(
                Text(
                    "the chat template is too long: {0} characters",
                    "对话模板过长：{0} 个字符",
                    (str(len(source)),),
                )
            )
        self.source = source
        self._tokens = tokens
        self._template = self._compile(source)

    @staticmethod
    def _compile(source: str) -> Template:
        from jinja2 import TemplateError

        try:
            return _environment().from_string(source)
        except (TemplateError, RecursionError, SyntaxError, ValueError, MemoryError) as wrong:
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
            return self._without_tools(values)
        except _OutOfTime as wrong:
            raise Unsupported(
                Text(
                    "the chat template of the model does not come to an end",
                    "模型的对话模板无法结束",
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
        except (RecursionError, MemoryError, AttributeError) as wrong:
            raise Unsupported(_refused(wrong)) from wrong


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
    deadline = time.monotonic() + SECONDS
    parts: list[str] = []
    length = 0

    def watch(_frame: FrameType, _event: str, _arg: object) -> Any:
        if time.monotonic() > deadline:
            raise _OutOfTime
        return watch

    # a loop in a template is a loop in Python, and each of its lines calls the tracer
    before = sys.gettrace()
    sys.settrace(watch)
    try:
        for part in template.generate(add_generation_prompt=True, **values):
            parts.append(part)
            length += len(part)
            if length > LONGEST_OUTPUT:
                raise _OutOfTime
    finally:
        sys.settrace(before)
    return "".join(parts)


def _environment() -> Environment:
    """As Transformers sets it up, which templates are written for."""
    from jinja2 import TemplateError
    from jinja2.ext import Extension, loopcontrols
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset({"*", "**", "%"})

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            numbers = isinstance(left, int | float) and isinstance(right, int | float)
            short = operator == "*" and isinstance(left, str) and isinstance(right, int)
            if short and len(left) * right <= LONGEST_REPEAT:
                numbers = True
            if not numbers or operator == "**":  # "x" * 10**9, 9**9**9, "%999999999d" % 1
                raise TemplateError(f"{operator} is not allowed here")
            return super().call_binop(context, operator, left, right)

    def raise_exception(message: str) -> NoReturn:
        raise TemplateError(str(message)[:500])

    def strftime_now(form: str) -> str:
        return dt.datetime.now().astimezone().strftime(form)[:200]

    class Generation(Extension):
        """Marks for training what the assistant wrote; nothing to a reader."""

        tags = {"generation"}  # noqa: RUF012 - as Jinja declares it

        def parse(self, parser: Parser) -> list[nodes.Node]:
            next(parser.stream)
            return parser.parse_statements(("name:endgeneration",), drop_needle=True)

    extensions = [loopcontrols, Generation]
    environment = Sandbox(trim_blocks=True, lstrip_blocks=True, extensions=extensions)
    environment.filters["tojson"] = _to_json
    helpers: dict[str, Callable[..., object]] = {
        "raise_exception": raise_exception,
        "strftime_now": strftime_now,
    }
    environment.globals.update(helpers)
    return environment


def _to_json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=None if indent is None else min(indent, 8))
