"""A script is replayed as it is written, and a wrong one names its line."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from runtimes.base import Cancel
from runtimes.errors import Damaged, EngineFailed, NotFound
from runtimes.plans import remote_plan
from runtimes.scripted import Scripted, ScriptedModel
from runtimes.types import (
    Finished,
    FinishReason,
    GenerationParams,
    LoadOptions,
    Message,
    ModelSpec,
    ReasoningDelta,
    Role,
    ScriptSource,
    StreamEvent,
    TextDelta,
    ToolCall,
    Wish,
)


def model(tmp_path: Path, *lines: object) -> ScriptedModel:
    path = tmp_path / "script.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    spec = ModelSpec(id="s", title="s", runtime="scripted", source=ScriptSource(str(path)))
    return Scripted().load(spec, remote_plan(Wish(), 100), LoadOptions(), lambda _p: None, Cancel())


def answer(
    scripted: ScriptedModel, params: GenerationParams | None = None, cancel: Cancel | None = None
) -> list[StreamEvent]:
    messages = (Message(Role.USER, "a question of five words"),)
    return list(scripted.stream(messages, params or GenerationParams(), cancel or Cancel()))


def test_answers_come_in_turn_and_begin_again(tmp_path: Path) -> None:
    script = model(
        tmp_path,
        {"text": "one"},
        {"next": True},
        {"reasoning": "hm"},
        {"text": "two"},
        {"next": True},
    )
    said = ["".join(e.text for e in answer(script) if isinstance(e, TextDelta)) for _ in range(3)]
    assert said == ["one", "two", "one"]


def test_thinking_and_tags_are_parted(tmp_path: Path) -> None:
    script = model(tmp_path, {"reasoning": "a "}, {"text": "<think>b</thi"}, {"text": "nk>c"})
    events = answer(script)
    assert "".join(e.text for e in events if isinstance(e, ReasoningDelta)) == "a b"
    assert "".join(e.text for e in events if isinstance(e, TextDelta)) == "c"


def test_times_are_kept_and_cancelling_does_not_wait_for_them(tmp_path: Path) -> None:
    script = model(tmp_path, {"text": "soon"}, {"after": 60, "text": "late"})
    cancel, start = Cancel(), time.monotonic()
    seen: list[StreamEvent] = []
    for event in script.stream((Message(Role.USER, "x"),), GenerationParams(), cancel):
        seen.append(event)
        if isinstance(event, TextDelta):
            cancel.set()
    assert time.monotonic() - start < 10
    assert isinstance(seen[-1], Finished)
    assert seen[-1].reason is FinishReason.CANCELLED


def test_tools_errors_and_ends(tmp_path: Path) -> None:
    script = model(
        tmp_path,
        {"tool": {"name": "cas", "arguments": {"x": 1}}},
        {"next": True},
        {"text": "a"},
        {"error": "the card fell out"},
        {"next": True},
        {"text": "cut"},
        {"finish": "length"},
        {"text": "never"},
    )
    _, call, end = answer(script)
    assert isinstance(call, ToolCall)
    assert (call.name, json.loads(call.arguments)) == ("cas", {"x": 1})
    assert isinstance(end, Finished)
    assert end.reason is FinishReason.TOOL
    with pytest.raises(EngineFailed, match="the card fell out"):
        answer(script)
    last = answer(script)[-1]
    assert isinstance(last, Finished)
    assert last.reason is FinishReason.LENGTH


def test_words_are_counted_and_limited(tmp_path: Path) -> None:
    script = model(tmp_path, {"reasoning": "one two "}, {"text": "three four five"})
    *_, delta, last = answer(script, GenerationParams(max_tokens=4))
    assert isinstance(delta, TextDelta)
    assert delta.text == "three four "
    assert isinstance(last, Finished)
    assert last.reason is FinishReason.LENGTH
    usage = last.usage
    assert (usage.prompt_tokens, usage.reasoning_tokens, usage.answer_tokens) == (5, 2, 2)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Expecting"),
        ("[]", "no JSON object"),
        ('{"text": 3}', "is expected"),
        ('{"after": -1, "text": "x"}', "0 to 3600"),
        ('{"after": "x", "text": "x"}', "number"),
        ('{"after": NaN, "text": "x"}', "0 to 3600"),
        ('{"finish": "soon"}', "is expected"),
        ("[" * 50_000, "recursion"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "s"
    path.write_text('{"text": "fine"}\n' + line)
    spec = ModelSpec(id="s", title="s", runtime="scripted", source=ScriptSource(str(path)))
    with pytest.raises(Damaged, match="line 2") as caught:
        Scripted().load(spec, remote_plan(Wish(), 1), LoadOptions(), lambda _p: None, Cancel())
    assert said in str(caught.value)


def test_an_empty_or_missing_script_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="nothing"):
        model(tmp_path)
    spec = ModelSpec(id="s", title="s", runtime="scripted", source=ScriptSource("/no/such"))
    with pytest.raises(NotFound):
        Scripted().load(spec, remote_plan(Wish(), 1), LoadOptions(), lambda _p: None, Cancel())
