"""From the objects of a completion to what they say: a pure machine."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from runtimes.answering import Counted, Delta, Ended, Said, Thought
from runtimes.errors import EngineFailed
from runtimes.openai_server.values import Json
from runtimes.texts import Text
from runtimes.types import FinishReason, PromptProgress, TokenLogprob, ToolCall

_REASONS = {
    "stop": FinishReason.STOP,
    "eos": FinishReason.STOP,
    "eos_token": FinishReason.STOP,
    "stop_sequence": FinishReason.STOP,
    "length": FinishReason.LENGTH,
    "max_tokens": FinishReason.LENGTH,
    "max_length": FinishReason.LENGTH,
    "model_length": FinishReason.LENGTH,
    "model_context_window_exceeded": FinishReason.LENGTH,
    "tool_calls": FinishReason.TOOL,
    "function_call": FinishReason.TOOL,
}
_BROKEN = frozenset(
    "abort aborted content_filter error insufficient_system_resource safety timeout".split()
)
"""Reasons by which a server says that the answer is not whole.  A word that is not known is taken
for an end: there are as many words for it as servers."""
_CALLS, _ARGUMENTS = 64, 1 << 20


@dataclass(slots=True)
class _Call:
    """A tool call as its pieces come; ids and names come once, arguments in pieces."""

    id: str = ""
    name: str = ""
    arguments: list[str] = field(default_factory=list)
    size: int = 0

    def is_over(self, name: str, id_: str, arguments: str) -> bool:
        """Does a piece with this name, id and arguments begin another call?

        Some servers (Ollama's of this kind among them) give all calls the same index, and some no
        id either: then the name comes once more when the arguments are complete.
        """
        if not name or not self.name:
            return False
        if id_ and self.id:
            return id_ != self.id
        return bool(arguments) and Json.read("".join(self.arguments)) is not None


class Reply:
    """The deltas of ``samples`` answers that come in one stream."""

    def __init__(self, samples: int) -> None:
        self._samples = samples
        self._calls: dict[int, list[_Call]] = {n: [] for n in range(samples)}
        self._open: dict[tuple[int, int], _Call] = {}
        self._ended: set[int] = set()

    def feed(self, chunk: Json) -> Iterator[tuple[int, Delta]]:
        """What an object says, with the sample that it says it of."""
        progress = chunk["prompt_progress"]
        if (done := progress["processed"].count) is not None:
            total = progress["total"].count or done
            yield 0, PromptProgress(done, max(total, done), progress["cache"].count or 0)
        for choice in chunk["choices"]:
            sample = choice["index"].count or 0
            if sample < self._samples and sample not in self._ended:
                for delta in self._choice(sample, choice):
                    yield sample, delta
        usage = _counted(chunk["usage"])
        if usage is not None:
            yield from self._shared(usage)

    def _choice(self, sample: int, choice: Json) -> Iterator[Delta]:
        said = choice["delta"] or choice["message"]
        logprobs = tuple(_logprobs(choice["logprobs"]["content"]))
        thought = said["reasoning_content"].text or said["reasoning"].text
        text = said["content"].text
        for part in said["content"]:  # some send it in parts that say what they are
            thought += _joined(part["thinking"])
            text += _joined(part["text"])
        if thought:
            yield Thought(thought, () if text else logprobs)
        if text:
            yield Said(text, logprobs)
        for number, piece in enumerate(said["tool_calls"]):
            self._call(sample, number, piece)
        word = choice["finish_reason"].text
        if word:
            reason = word.casefold()
            if reason in _BROKEN:
                raise _broken(word)
            self._ended.add(sample)
            yield from self._finished_calls(sample)
            yield Ended(_REASONS.get(reason, FinishReason.STOP))

    def _call(self, sample: int, number: int, piece: Json) -> None:
        index = piece["index"].count
        place = (sample, number if index is None else index)
        id_, name = piece["id"].text, piece["function"]["name"].text
        arguments = _arguments(piece["function"]["arguments"])
        call, calls = self._open.get(place), self._calls[sample]
        if call is None or call.is_over(name, id_, arguments):
            call = self._open[place] = _Call()
            calls.append(call)
        call.id = call.id or id_
        call.name = call.name or name
        call.arguments.append(arguments)
        call.size += len(arguments)
        if len(calls) > _CALLS or call.size > _ARGUMENTS:
            raise EngineFailed(Text("the server calls tools without end", "服务器无休止地调用工具"))

    def _finished_calls(self, sample: int) -> Iterator[ToolCall]:
        for number, call in enumerate(self._calls[sample]):
            if call.name:
                yield ToolCall(
                    call.id or f"call_{number}", call.name, "".join(call.arguments) or "{}"
                )

    def _shared(self, usage: Counted) -> Iterator[tuple[int, Counted]]:
        """Usage is of all samples together; what they wrote cannot be parted."""
        if self._samples == 1:
            yield 0, usage
            return
        for sample in range(self._samples):
            yield sample, Counted(prompt=usage.prompt, cached=usage.cached)


def _broken(reason: str) -> EngineFailed:
    return EngineFailed(
        Text(
            "the server ended the answer before it was whole; its word for it is “{0}”",
            "服务器在回答完成之前就结束了，给出的原因是“{0}”",
            (reason[:80],),
        ),
        Text("ask again; the server's own log may say more", "请重试；详情见服务器日志"),
    )


def _arguments(value: Json) -> str:
    """The arguments of a call, or a piece of them: JSON as text, but some servers do not write it
    out."""
    if isinstance(value.value, dict):
        with contextlib.suppress(ValueError, RecursionError):
            return Json(json.dumps(value.value, ensure_ascii=False)).text
    return value.text


def _joined(value: Json) -> str:
    """A text, or the texts of its parts."""
    return value.text or "".join(part["text"].text for part in value)


def _counted(usage: Json) -> Counted | None:
    if not usage:
        return None
    return Counted(
        prompt=usage["prompt_tokens"].count,
        cached=usage["prompt_tokens_details"]["cached_tokens"].count,
        reasoning=usage["completion_tokens_details"]["reasoning_tokens"].count,
        written=usage["completion_tokens"].count,
    )


def _logprobs(content: Json) -> Iterator[TokenLogprob]:
    for token in content:
        number = token["logprob"].number
        if number is not None:
            rivals = tuple(
                (rival["token"].text, value)
                for rival in token["top_logprobs"]
                if (value := rival["logprob"].number) is not None
            )
            yield TokenLogprob(token["token"].text, number, rivals)
