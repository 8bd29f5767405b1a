"""``assistant ask``: one question to a model, the answer streamed."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from assistant.cli import answering, diagnostics, render
from assistant.cli.diagnostics import Exit, complain
from assistant.cli.loading import add_loading, opened
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser, number_within, whole
from assistant.cli.sources import Unreadable, read_source
from assistant.maths.types import Lang
from runtimes.base import Cancel, Model
from runtimes.errors import RuntimeFailure
from runtimes.texts import Text
from runtimes.types import (
    Finished,
    FinishReason,
    GenerationParams,
    JsonSchema,
    Message,
    Role,
)

USAGE = "QUESTION [-m MODEL] [--attach FILE] …"
NOT_READ = Text("cannot read the question", "无法读取问题")
NOT_ATTACHED = Text("cannot read the attachment", "无法读取附件")
NO_QUESTION = Text(
    'no question was given; try: assistant ask -m micro "Solve 2x + 3 = 11"',
    '没有问题；例如：assistant ask -m micro "解方程 3x - 5 = 10"',
)
NOT_JSON = Text(
    "the answer ended before its JSON was complete; allow more with --max-tokens",
    "回答在 JSON 完成之前结束；可用 --max-tokens 增加长度",
)


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the question", "问题"))
    group.add_argument(
        "question",
        nargs="?",
        default="",
        type=str.strip,
        metavar="QUESTION",
        help=say("what to ask; what is piped in is joined to it", "问题；管道输入会附在其后"),
    )
    group.add_argument(
        "--attach",
        action="append",
        default=[],
        metavar="FILE",
        help=say("join the text of FILE to the question", "把 FILE 的内容附在问题之后"),
    )
    add_loading(parser)
    _add_writing(parser)
    add_output(parser)
    parser.add_help_option()


def _add_writing(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("how to write", "生成方式"))
    group.add_argument(
        "--think",
        type=whole(0, 1_000_000, say),
        metavar="N",
        help=say("end the thinking after N tokens and answer", "思考满 N 个词元后开始回答"),
    )
    group.add_argument(
        "--max-tokens",
        type=whole(1, 1_000_000, say),
        metavar="N",
        help=say("at most N tokens, thinking and answer together", "思考与回答合计最多 N 个词元"),
    )
    group.add_argument(
        "--temperature",
        type=number_within(float, 0, 5, say),
        metavar="T",
        help=say("0 is the likeliest word (default: the model's)", "0 为最可能的词（默认按模型）"),
    )
    group.add_argument(
        "--seed",
        type=whole(0, 2**31 - 1, say),
        metavar="N",
        help=say("the same seed writes the same answer", "相同种子得到相同回答"),
    )
    group.add_argument(
        "--schema",
        metavar="FILE",
        help=say(
            "answer in JSON that fits the JSON Schema in FILE", "按 FILE 中的 JSON Schema 回答"
        ),
    )


def run(options: argparse.Namespace) -> int:
    """Ask; the result is the exit code."""
    try:
        question = _question(options)
        schema = None if options.schema is None else read_source(options.schema, NOT_READ)
    except Unreadable as wrong:
        complain(wrong.message, lang_of(options, options.question))
        return Exit.USAGE
    lang = lang_of(options, question)
    if not question:
        complain(NO_QUESTION, lang)
        return Exit.USAGE
    cancel = Cancel()
    try:
        with _interruptible(cancel) as signals, opened(options, lang, cancel) as model:
            signals.answering = True
            return _answer(options, model, Message(Role.USER, question), schema, cancel)
    except RuntimeFailure as failure:
        if options.json:
            render.write_json(answering.failure_record(failure, lang))
            return diagnostics.exit_of(failure)
        return diagnostics.report(failure, lang)


def _answer(
    options: argparse.Namespace, model: Model, message: Message, schema: str | None, cancel: Cancel
) -> int:
    lang = lang_of(options, message.text)
    events = model.stream((message,), _params(options, model, schema), cancel)
    if options.json:
        answer = answering.write_all(events, model.spec)
    else:
        answer = answering.draw_all(events, answering.Drawing(options, lang, model.spec))
    return _exit_code(answer, lang, structured=schema is not None)


def _params(options: argparse.Namespace, model: Model, schema: str | None) -> GenerationParams:
    """The model's own defaults, but for what was asked for."""
    usual, asked = model.spec.defaults, options.temperature
    return GenerationParams(
        max_tokens=options.max_tokens,
        thinking_tokens=options.think,
        temperature=usual.temperature if asked is None else asked,
        top_p=usual.top_p,
        min_p=usual.min_p,
        top_k=usual.top_k,
        repeat_penalty=usual.repeat_penalty,
        seed=options.seed,
        constraint=None if schema is None else JsonSchema(schema),
    )


def _exit_code(answer: answering.Answer, lang: Lang, *, structured: bool) -> int:
    finished = answer.finished
    if isinstance(finished, Finished) and finished.reason is FinishReason.CANCELLED:
        return Exit.INTERRUPTED
    if structured:
        try:
            json.loads(answer.joined())
        except (ValueError, RecursionError):
            complain(NOT_JSON, lang)
            return Exit.LIMIT
    return Exit.OK


def _question(options: argparse.Namespace) -> str:
    """The words of the command line, then what is piped in, then the attached files.

    Raises ``Unreadable``.
    """
    parts = [options.question]
    if not sys.stdin.isatty() and "-" not in (options.schema, *options.attach):
        parts.append(read_source("-", NOT_READ))
    parts += [f"{name}:\n{read_source(name, NOT_ATTACHED)}" for name in options.attach]
    return "\n\n".join(part.strip() for part in parts if part.strip())


@dataclass(slots=True)
class _Signals:
    """``answering``: an answer is being written, which ends itself when it is cancelled."""

    answering: bool = False


@contextmanager
def _interruptible(cancel: Cancel) -> Iterator[_Signals]:
    """Ctrl-C once stops the answer and keeps it; at any other time, or a second time, it ends
    the program, and the engine with it."""
    signals = _Signals()

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        now = cancel.is_set() or not signals.answering
        cancel.set()
        if now:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield signals
    finally:
        signal.signal(signal.SIGINT, before)
