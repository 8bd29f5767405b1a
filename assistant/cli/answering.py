"""Draws a model's answer while it streams: the answer on stdout, its thinking on stderr."""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import assert_never

from assistant.cli import diagnostics, render
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from runtimes import errors
from runtimes.texts import Text
from runtimes.types import (
    Finished,
    FinishReason,
    ModelSpec,
    PromptProgress,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
    ToolCall,
    Usage,
)

KEPT = "\n\t\u200c\u200d"
"""Invisible signs that a text needs: lines, tabs, and the joiners of emoji and scripts."""
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
DIM, PLAIN = "\x1b[2m", "\x1b[0m"

READING = Text("reading {0} of {1}", "读取 {0}/{1}")
LINE = Text(
    "{0} · {1} tokens, {2} of them thinking · first after {3} s · {4} tokens/s · seed {5}",
    "{0} · {1} 个词元，其中思考 {2} 个 · 首个词元 {3} 秒 · {4} 词元/秒 · 种子 {5}",
)
CUT = Text("the answer was cut: the tokens were used up", "回答被截断：词元已用完")
THINKING_CUT = Text("the thinking was ended by its budget", "思考因达到预算而结束")
STOPPED = Text("stopped", "已停止")


def shown(text: str) -> str:
    """Text of a model for a terminal: nothing in it that a terminal would obey."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c in KEPT or unicodedata.category(c) not in _UNSAFE else "�" for c in text)


@dataclass(slots=True)
class Answer:
    """What was written so far."""

    text: list[str] = field(default_factory=list)
    finished: Finished | None = None

    def joined(self) -> str:
        """The answer without its thinking."""
        return "".join(self.text)


class Drawing:
    """Draws events for a person, on two streams."""

    def __init__(self, options: argparse.Namespace, lang: Lang, spec: ModelSpec) -> None:
        self._lang = lang
        self._spec = spec
        self._live = diagnostics.live(plain=options.plain)
        self._thought = False
        self._status = ""
        self._newline = True

    def draw(self, event: StreamEvent) -> None:
        """One event, at once."""
        match event:
            case PromptProgress(done, total):
                self._note(READING, done, total)
            case ReasoningDelta(text):
                self._clear()
                self._thought = True
                shade = (DIM, PLAIN) if self._live else ("", "")
                diagnostics.write(f"{shade[0]}{shown(text)}{shade[1]}")
                self._newline = text.endswith("\n")
                sys.stderr.flush()
            case TextDelta(text):
                self._clear()
                self._seam()
                render.write(shown(text))
                self._newline = text.endswith("\n")
                sys.stdout.flush()
            case ToolCall(_, name, arguments):
                self._clear()
                diagnostics.write(f"[{shown(name)} {shown(arguments)}]\n")
            case Finished():
                self._clear()
                self._end(event)
            case _:
                assert_never(event)

    def _note(self, text: Text, done: int, total: int) -> None:
        """How much of the prompt is read, on a line that goes away."""
        if self._live and done < total:
            self._status = filled(Text(text.en, text.zh, (done, total)), self._lang, str)
            diagnostics.write(f"\r{self._status}")
            sys.stderr.flush()

    def _clear(self) -> None:
        if self._status:
            diagnostics.write("\r\x1b[2K")
            self._status = ""

    def _seam(self) -> None:
        """A blank line between the thinking and the answer, where a person sees both."""
        if self._thought:
            self._thought = False
            diagnostics.write("\n" if self._newline else "\n\n")
            sys.stderr.flush()

    def break_line(self) -> None:
        """End the line that is being written, before something else is said."""
        self._clear()
        if self._newline:
            return
        self._newline = True
        if self._thought:
            diagnostics.write("\n")
        else:
            render.write("\n")
            sys.stdout.flush()

    def _end(self, event: Finished) -> None:
        self.break_line()
        notes = [
            (CUT, event.reason is FinishReason.LENGTH),
            (STOPPED, event.reason is FinishReason.CANCELLED),
            (THINKING_CUT, event.usage.thinking_cut),
        ]
        for note, holds in notes:
            if holds:
                diagnostics.complain(note, self._lang)
        diagnostics.write(filled(_line(self._spec, event.usage), self._lang, str) + "\n")


def _line(spec: ModelSpec, usage: Usage) -> Text:
    """Enough to run it again."""
    name = spec.id if spec.quantisation.casefold() in spec.id else f"{spec.id} {spec.quantisation}"
    tokens = usage.reasoning_tokens + usage.answer_tokens
    writing = usage.seconds - usage.first_token_seconds
    speed = f"{(tokens - 1) / writing:.1f}" if tokens > 1 and writing > 0 else "–"
    seed = "–" if usage.seed is None else str(usage.seed)
    first = f"{usage.first_token_seconds:.2f}"
    args = (name.strip(), tokens, usage.reasoning_tokens, first, speed, seed)
    return Text(LINE.en, LINE.zh, args)


def draw_all(events: Iterable[StreamEvent], drawing: Drawing) -> Answer:
    """Draw a whole stream; the result is what was written."""
    answer = Answer()
    try:
        for event in events:
            drawing.draw(event)
            _note(event, answer)
    finally:
        drawing.break_line()
    return answer


def write_all(events: Iterable[StreamEvent], spec: ModelSpec) -> Answer:
    """The same as one JSON event a line."""
    answer = Answer()
    for event in events:
        _note(event, answer)
        render.write_json(_record(event, answer, spec))
    return answer


def _note(event: StreamEvent, answer: Answer) -> None:
    if isinstance(event, TextDelta):
        answer.text.append(event.text)
    elif isinstance(event, Finished):
        answer.finished = event


def _record(event: StreamEvent, answer: Answer, spec: ModelSpec) -> dict[str, object]:
    match event:
        case PromptProgress(done, total, cached):
            return {"event": "prompt", "done": done, "total": total, "cached": cached}
        case ReasoningDelta(text):
            return {"event": "reasoning", "text": text}
        case TextDelta(text):
            return {"event": "text", "text": text}
        case ToolCall(number, name, arguments):
            return {"event": "tool", "id": number, "name": name, "arguments": _json(arguments)}
        case Finished(reason, usage):
            return {
                "event": "finished",
                "reason": reason.value,
                "usage": asdict(usage),
                "answer": answer.joined(),
                "model": spec.id,
                "quantisation": spec.quantisation,
            }
    assert_never(event)


def _json(arguments: str) -> object:
    """The arguments of a call; as text where the model wrote no JSON."""
    try:
        value: object = json.loads(arguments)
    except (ValueError, RecursionError):
        return arguments
    return value


def failure_record(failure: errors.RuntimeFailure, lang: Lang) -> dict[str, object]:
    """What went wrong as an event."""
    remedy = failure.remedy
    plan = failure.plan if isinstance(failure, errors.DoesNotFit) else None
    return {
        "event": "error",
        "kind": type(failure).__name__,
        "message": filled(failure.message, lang, str),
        "because": [filled(text, lang, str) for text in (plan.because if plan else ())],
        "remedy": None if remedy is None else filled(remedy, lang, str),
        "nearest": [filled(text, lang, str) for text in (plan.nearest if plan else ())],
    }
