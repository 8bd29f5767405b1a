"""How answers of the llama.cpp engine end, and where their thinking does."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

pytest.importorskip("llama_cpp")

from micro_llama import GREEDY, QUICK, answer_of, end_of, opened, text_of, user, with_plan, write

from runtimes.base import Cancel
from runtimes.chat_template import ChatTemplate
from runtimes.errors import Unsupported
from runtimes.llamacpp.engine import LlamaModel
from runtimes.llamacpp.reading import FIRST, GRID, Reader
from runtimes.llamacpp.sampling import Sampler
from runtimes.llamacpp.writer import Limits, Start, Writer
from runtimes.types import (
    Capability,
    Defaults,
    Finished,
    FinishReason,
    GenerationParams,
    ReasoningDelta,
    TextDelta,
    Thinking,
)

pytestmark = pytest.mark.xdist_group("llamacpp")
WARM = GenerationParams(temperature=1.3, top_p=1.0, seed=11, max_tokens=80)
PLAIN = "{% for m in messages %}{{ m.content }}{% endfor %}"


@pytest.mark.parametrize("params", [replace(GREEDY, max_tokens=1), GREEDY])
def test_a_sample_that_was_at_its_end_when_cancelled_ends_once(params: GenerationParams) -> None:
    with opened(plan=with_plan(parallel=2)) as wide:
        cancel, events = Cancel(), []
        for event in wide.stream_many(user("Hello"), 2, params, cancel):
            events.append(event)
            if isinstance(event.event, TextDelta | ReasoningDelta):
                cancel.set()
    ends = [(e.sample, e.event.reason) for e in events if isinstance(e.event, Finished)]
    assert sorted(ends) == [(k, FinishReason.CANCELLED) for k in range(2)]


@pytest.mark.parametrize("lookup", [0, 4])
def test_a_stream_that_is_cancelled_at_its_last_token_says_so(lookup: int) -> None:
    with opened(options=replace(QUICK, lookup=lookup)) as loaded:
        cancel, events = Cancel(), []
        for event in loaded.stream(user("Hello"), replace(GREEDY, max_tokens=1), cancel):
            events.append(event)
            if isinstance(event, TextDelta | ReasoningDelta):
                cancel.set()
    assert cancel.is_set()
    assert end_of(events).reason is FinishReason.CANCELLED


@pytest.mark.parametrize("lookup", [0, 4])
def test_no_token_is_written_where_none_is_asked_for(lookup: int) -> None:
    nothing = replace(GREEDY, max_tokens=0)
    with opened(options=replace(QUICK, lookup=lookup), plan=with_plan(parallel=2)) as loaded:
        events = write(loaded, "Hello", nothing)
        many = list(loaded.stream_many(user("Hello"), 3, nothing, Cancel()))
        assert answer_of(write(loaded, "Hello"))
    assert text_of(events) == ""
    ends = [end_of(events), *(e.event for e in many if isinstance(e.event, Finished))]
    assert len(ends) == 4
    for end in ends:
        assert isinstance(end, Finished)
        assert end.reason is FinishReason.LENGTH
        assert end.usage.reasoning_tokens + end.usage.answer_tokens == 0


def test_the_samplers_of_a_wave_are_freed_before_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    alive, most = 0, 0
    make, close = Writer.__init__, Writer.close

    def made(writer: Writer, *arguments: Any) -> None:
        nonlocal alive, most
        make(writer, *arguments)
        alive += 1
        most = max(most, alive)

    def closed(writer: Writer) -> None:
        nonlocal alive
        alive -= 1
        close(writer)

    monkeypatch.setattr(Writer, "__init__", made)
    monkeypatch.setattr(Writer, "close", closed)
    with opened(plan=with_plan(parallel=2)) as wide:
        list(wide.stream_many(user("Hello"), 6, replace(WARM, max_tokens=3), Cancel()))
    assert (most, alive) == (2, 0)


def test_a_prompt_that_must_be_repeatable_is_read_in_small_steps_on_a_gpu_too() -> None:
    with opened() as model:
        prompt = model._prompter.write(user("word " * 200))
        for on_gpu in (False, True):
            model._context.clear()
            reader = Reader(model._context, None, kind=model._loaded.kind, on_gpu=on_gpu)
            done = [p.done for p in reader.read(prompt, 0, Cancel(), repeatable=True)]
            assert done[-1] == len(prompt.tokens) > 4 * FIRST
            assert max(b - a for a, b in pairwise(done)) < FIRST + GRID


# --- one answer, token by token -------------------------------------------------------------------


def written(model: LlamaModel, tokens: list[int], *, thinking: bool) -> tuple[str, str, Finished]:
    """Thinking and answer that these tokens are."""
    sampler = Sampler(model._library, model._vocabulary, GREEDY, 0)
    limits = Limits(length=len(tokens), thinking=None, stops=(), rivals=0)
    writer = Writer(model._vocabulary, sampler, Start(0, 0, thinking, 0, 0.0), limits)
    events = [event for token in tokens for event in writer.take(token)]
    writer.close()
    assert writer.reason is FinishReason.LENGTH
    thought = "".join(e.text for e in events if isinstance(e, ReasoningDelta))
    return thought, answer_of(events), writer.finished(writer.reason)


def test_the_vocabularys_own_tag_ends_a_thinking_with_an_open_fence() -> None:
    with opened() as model:
        vocabulary = model._vocabulary
        close = vocabulary.tokens("</think>")
        assert close == [token for token, tag in vocabulary.marks.items() if tag == "</think>"]
        spelled = [*vocabulary.tokens("</thin"), *vocabulary.tokens("k>")]
        code, answer = vocabulary.tokens("```py\nx = 1 "), vocabulary.tokens("\n\nIt is 4")
        meant = written(model, [*code, *close, *answer], thinking=True)
        only_text = written(model, [*code, *spelled, *answer], thinking=True)
    assert meant[:2] == ("```py\nx = 1 ", "It is 4")
    assert meant[2].usage.answer_tokens == len(answer)
    assert only_text[:2] == ("```py\nx = 1 </think>\n\nIt is 4", "")


def test_half_a_character_is_no_text() -> None:
    with opened() as model:
        tokens = model._vocabulary.tokens("a𝛼")
        assert len(tokens) > 2  # the character takes several
        assert written(model, tokens, thinking=False)[1] == "a𝛼"
        assert written(model, tokens[:-1], thinking=False)[1] == "a"


def test_control_tokens_are_no_text() -> None:
    with opened() as model:
        vocabulary = model._vocabulary
        end = vocabulary.tokens(vocabulary.ends_of_text()[1])
        assert len(end) == 1
        assert vocabulary.piece(end[0]) == b""
        begin = vocabulary.begins_with()
        assert begin is not None
        tokens = [*vocabulary.tokens("a"), begin, *vocabulary.tokens("b")]
        assert written(model, tokens, thinking=False)[1] == "ab"
        assert vocabulary.piece(vocabulary.tokens("<think>")[0]) == b"<think>"


def test_a_model_that_does_not_think_takes_no_budget() -> None:
    with opened(defaults=Defaults(thinking=Thinking.NEVER)) as model:
        model._prompter._template = ChatTemplate(PLAIN)
        assert Capability.THINKING_BUDGET not in model._capabilities()
        for budget in (0, 5):
            with pytest.raises(Unsupported, match="budget"):
                write(model, "Hello", replace(GREEDY, thinking_tokens=budget))
        model._prompter._template = ChatTemplate(PLAIN + "{{ enable_thinking }}")
        assert text_of(write(model, "Hello", replace(GREEDY, thinking_tokens=0)))
        with pytest.raises(Unsupported, match="budget"):
            write(model, "Hello", replace(GREEDY, thinking_tokens=5))


def test_a_token_that_was_not_written_is_no_repetition() -> None:
    import numpy as np

    from runtimes.llamacpp.constraint import CompiledGrammar
    from runtimes.types import Grammar

    with opened() as model:
        vocabulary, library = model._vocabulary, model._library
        grammar = CompiledGrammar(library, vocabulary, Grammar('root ::= "y"'))
        sampler = Sampler(library, vocabulary, replace(GREEDY, repeat_penalty=2.0), 0)
        limits = Limits(length=9, thinking=None, stops=(), rivals=0)
        writer = Writer(vocabulary, sampler, Start(0, 0, thinking=False, seed=0, began=0.0), limits)
        writer.constrain(grammar, may_think=True)
        row = np.zeros(vocabulary.size, dtype=np.float32)
        row[vocabulary.tokens("z")[0]] = 5.0
        token = writer.sample(row)
        assert list(sampler._recent) == [token] == vocabulary.tokens("y")
        writer.close()
        grammar.close()
