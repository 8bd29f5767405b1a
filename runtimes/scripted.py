"""Replays a script of events with times: for demonstrations, and for testing every front end.

A script is JSON lines: ``{"after": seconds, "reasoning": text}``, ``{"after": …, "text": …}``,
``{"tool": {"name": …, "arguments": {…}}}``, ``{"error": text}``, ``{"finish": "end|length"}``;
answers are parted by ``{"next": true}``, are given in turn, and begin again after the last.
A token of a script is a word with the blanks after it.  Asked to continue a turn, the script gives
its next answer, too: write there what is to follow.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from runtimes import continuing
from runtimes.base import Cancel, OnProgress
from runtimes.errors import Busy, Damaged, EngineFailed, NotFound, Overflow, Unsupported
from runtimes.plans import remote_plan
from runtimes.texts import Text
from runtimes.textstream import AnswerStream, Piece, Seam
from runtimes.types import (
    Availability,
    Capability,
    Finished,
    FinishReason,
    GenerationParams,
    LoadOptions,
    LoadProgress,
    Machine,
    MemoryPlan,
    MemoryReport,
    Message,
    ModelSpec,
    PromptProgress,
    ReasoningDelta,
    SampleEvent,
    ScriptSource,
    StreamEvent,
    TextDelta,
    ToolCall,
    Usage,
    Wish,
)

CONTEXT = 32_768
MOST_BYTES = 32 << 20
WORD = re.compile(r"\S+\s*|\s+")
CAPABILITIES = frozenset(
    {Capability.THINKING, Capability.SEED, Capability.TOOLS, Capability.CONTINUE}
)
MANY = 1 << 16


@dataclass(frozen=True, slots=True)
class Say:
    """A piece of text (thinking or answer) after so many seconds."""

    after: float
    text: str
    reasoning: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """A call of a tool."""

    after: float
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Fail:
    """The engine fails, with these words."""

    after: float
    text: str


@dataclass(frozen=True, slots=True)
class End:
    """The answer ends; ``length``: cut by the window."""

    after: float
    length: bool


Line = Say | Ask | Fail | End


def read_script(path: Path) -> tuple[tuple[Line, ...], ...]:
    """The answers of a script.  Raises ``NotFound`` or ``Damaged`` with the line's number."""
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
    except OSError as wrong:
        text = Text("cannot read the script {0}", "无法读取脚本 {0}", (str(path),))
        raise NotFound(text) from wrong
    if len(body) > MOST_BYTES:
        raise Damaged(Text("the script {0} is too long", "脚本 {0} 过长", (str(path),)))
    answers: list[list[Line]] = [[]]
    for number, raw in enumerate(body.decode("utf-8", "replace").split("\n"), 1):
        if not raw.strip():
            continue
        try:
            line = _line(json.loads(raw))
        except (ValueError, TypeError, KeyError, RecursionError) as wrong:
            raise Damaged(
                Text(
                    "line {0} of the script {1} is not understood: {2}",
                    "脚本 {1} 第 {0} 行无法读懂：{2}",
                    (str(number), str(path), str(wrong)[:200]),
                )
            ) from wrong
        if line is None:
            answers.append([])
        else:
            answers[-1].append(line)
    given = tuple(tuple(answer) for answer in answers if answer)
    if not given:
        raise Damaged(Text("the script {0} says nothing", "脚本 {0} 没有内容", (str(path),)))
    return given


def _line(data: object) -> Line | None:
    """One line; ``None`` parts two answers.  Raises ``ValueError``."""
    if not isinstance(data, dict):
        raise ValueError("no JSON object")  # noqa: TRY004 - one error for all that is wrong
    after = data.get("after", 0.0)
    if isinstance(after, bool) or not isinstance(after, int | float):
        raise ValueError("“after” must be a number of seconds")  # noqa: TRY004
    if not (math.isfinite(after) and 0 <= after <= 3600):
        raise ValueError("“after” must be from 0 to 3600 seconds")
    match data:
        case {"next": True}:
            return None
        case {"reasoning": str(text)} | {"text": str(text)}:
            return Say(after, text, "reasoning" in data)
        case {"tool": {"name": str(name)}}:
            return Ask(after, name, json.dumps(data["tool"].get("arguments", {})))
        case {"error": str(text)}:
            return Fail(after, text)
        case {"finish": "end" | "length" as how}:
            return End(after, how == "length")
    raise ValueError("one of reasoning, text, tool, error, finish, next is expected")


class Scripted:
    """The runtime of scripts."""

    name = "scripted"

    def probe(self) -> Availability:
        """It is always there."""
        return Availability(ready=True)

    def plan(self, spec: ModelSpec, machine: Machine, wish: Wish) -> MemoryPlan:
        """A script takes no memory worth planning."""
        return remote_plan(replace(wish, context=wish.context or CONTEXT), 0)

    def load(
        self,
        spec: ModelSpec,
        plan: MemoryPlan,
        options: LoadOptions,
        on_progress: OnProgress,
        cancel: Cancel,
    ) -> ScriptedModel:
        """Read the script."""
        assert isinstance(spec.source, ScriptSource)
        if options.lora:
            raise Unsupported(Text("a script takes no adapters", "脚本不支持适配器"))
        answers = read_script(Path(spec.source.path))
        on_progress(LoadProgress(1.0))
        return ScriptedModel(replace(spec, capabilities=CAPABILITIES), plan.context, answers)


class ScriptedModel:
    """Gives the answers of a script in turn."""

    def __init__(
        self, spec: ModelSpec, context: int, answers: tuple[tuple[Line, ...], ...]
    ) -> None:
        self._spec = spec
        self._context = context
        self._answers = answers
        self._turn = 0
        self._open = False

    @property
    def spec(self) -> ModelSpec:
        """What was loaded."""
        return self._spec

    @property
    def context(self) -> int:
        """Tokens of the window."""
        return self._context

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Words of the messages."""
        return sum(len(WORD.findall(message.text)) for message in messages)

    def memory(self) -> MemoryReport | None:
        """A script takes nothing."""
        return None

    def close(self) -> None:
        """Nothing is held."""

    def stream(
        self, messages: Sequence[Message], params: GenerationParams, cancel: Cancel
    ) -> Iterator[StreamEvent]:
        """The next answer; see ``runtimes.base``."""
        turn = continuing.begun(messages, thinks=True, think=params.thinking_tokens != 0)
        budget = bool(params.thinking_tokens) and not (turn and turn.closed)
        if params.constraint or params.logprobs or budget:
            raise Unsupported(
                Text(
                    "a script keeps to no grammar and no budget, and tells no probabilities",
                    "脚本不支持语法约束、思考预算或概率",
                )
            )
        continuing.check(self._spec, messages)
        if self._open:
            raise Busy(Text("the model is writing already", "模型正在生成中"))
        sent = self.count_tokens(messages)
        if sent >= self._context:
            raise Overflow(
                Text(
                    "the prompt has {0} tokens, the window {1}",
                    "提示词有 {0} 个词元，而窗口只有 {1} 个",
                    (sent, self._context),
                )
            )
        self._open = True
        try:
            answer = self._answers[self._turn % len(self._answers)]
            self._turn += 1
            yield from _Replay(sent, params, cancel, turn).run(answer)
        finally:
            self._open = False

    @property
    def parallel(self) -> int:
        """As many as anyone asks for: none takes memory."""
        return MANY

    def stream_many(
        self, messages: Sequence[Message], n: int, params: GenerationParams, cancel: Cancel
    ) -> Iterator[SampleEvent]:
        """The next ``n`` answers, one after the other."""
        for sample in range(n):
            for event in self.stream(messages, params, cancel):
                yield SampleEvent(sample, event)


class _Replay:
    """One answer being given, or the rest of a ``turn``: without thinking if that is over."""

    def __init__(
        self,
        prompt_tokens: int,
        params: GenerationParams,
        cancel: Cancel,
        turn: continuing.Begun | None,
    ) -> None:
        self._prompt_tokens = prompt_tokens
        self._params = params
        self._cancel = cancel
        self._thinks = params.thinking_tokens != 0 and (turn is None or not turn.closed)
        seam = Seam(turn.text) if turn else None
        self._stream = AnswerStream(thinking=False, stops=params.stop, seam=seam)
        self._start = time.monotonic()
        self._first = 0.0
        self._tokens = {True: 0, False: 0}

    def run(self, answer: Sequence[Line]) -> Iterator[StreamEvent]:
        if self._cancel.is_set():
            yield self._finished(FinishReason.CANCELLED)
            return
        yield PromptProgress(self._prompt_tokens, self._prompt_tokens)
        for line in answer:
            if self._cancel.wait(line.after) if line.after else self._cancel.is_set():
                yield self._finished(FinishReason.CANCELLED)
                return
            match line:
                case Say(reasoning=True) if not self._thinks:
                    continue
                case Say(text=text, reasoning=reasoning):
                    yield from self._say(text, reasoning=reasoning)
                case Ask(name=name, arguments=arguments):
                    yield ToolCall(f"call-{name}", name, arguments)
                    yield self._finished(FinishReason.TOOL)
                    return
                case Fail(text=text):
                    raise EngineFailed(Text("the engine failed: {0}", "引擎出错：{0}", (text,)))
                case End(length=length):
                    yield from self._flush()
                    yield self._finished(FinishReason.LENGTH if length else FinishReason.STOP)
                    return
            if self._cut:
                yield self._finished(FinishReason.LENGTH)
                return
            if self._stream.stopped:
                break
        yield from self._flush()
        yield self._finished(FinishReason.STOP)

    def _say(self, text: str, *, reasoning: bool) -> Iterator[StreamEvent]:
        left = self._left
        words = WORD.findall(text)
        if left is not None:
            words = words[:left]
        self._first = self._first or time.monotonic() - self._start
        said = "".join(words)
        pieces = [Piece(thinking=True, text=said)] if reasoning else self._stream.feed(said)
        thought = sum(len(WORD.findall(piece.text)) for piece in pieces if piece.thinking)
        self._tokens[True] += min(thought, len(words))
        self._tokens[False] += max(0, len(words) - thought)
        yield from _deltas(pieces)

    def _flush(self) -> Iterator[StreamEvent]:
        yield from _deltas(self._stream.flush())

    @property
    def _left(self) -> int | None:
        most = self._params.max_tokens
        return None if most is None else max(0, most - sum(self._tokens.values()))

    @property
    def _cut(self) -> bool:
        return self._left == 0

    def _finished(self, reason: FinishReason) -> Finished:
        usage = Usage(
            prompt_tokens=self._prompt_tokens,
            reasoning_tokens=self._tokens[True],
            answer_tokens=self._tokens[False],
            first_token_seconds=self._first,
            seconds=time.monotonic() - self._start,
            seed=self._params.seed,
        )
        return Finished(reason, usage)


def _deltas(pieces: Sequence[Piece]) -> Iterator[StreamEvent]:
    for piece in pieces:
        yield ReasoningDelta(piece.text) if piece.thinking else TextDelta(piece.text)
