"""From what a server says to the events of a stream, wherever it puts the thinking."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtimes.answering import Answer, Counted, Delta, Ended, Said, Thought
from runtimes.errors import EngineFailed
from runtimes.openai_server.reply import Reply
from runtimes.openai_server.values import Json
from runtimes.types import (
    Finished,
    FinishReason,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
    TokenLogprob,
    ToolCall,
    Usage,
)

STOP, LENGTH = Ended(FinishReason.STOP), Ended(FinishReason.LENGTH)


def told(
    said: Iterable[Delta], *, begins: bool = False, stops: tuple[str, ...] = ()
) -> tuple[str, str, Finished, Answer]:
    """What was thought, what was answered, and the end."""
    answer = Answer(stops, 4096, None, begins_thinking=begins)
    events: list[StreamEvent] = [event for delta in said for event in answer.feed(delta)]
    if not answer.done:
        events += answer.end()
    last = events[-1]
    assert isinstance(last, Finished)
    assert not any(isinstance(event, Finished) for event in events[:-1])
    thought = "".join(e.text for e in events if isinstance(e, ReasoningDelta))
    return thought, "".join(e.text for e in events if isinstance(e, TextDelta)), last, answer


@pytest.mark.parametrize("begins", [False, True])
@pytest.mark.parametrize(
    "said",
    [
        [Thought("I think"), Said("so")],
        [Said("\n"), Thought("I think"), Said("so")],  # a blank before the field
        [Said("<think>I think</think>so")],
        [Said("<think>"), Said("\nI think"), Said("</think>\n\n"), Said("so")],
        [*map(Said, "<think>I think</think>so")],
    ],
    ids=["field", "blank first", "tags", "tags apart", "every sign"],
)
def test_a_field_and_tags_need_no_hint(begins: bool, said: list[Delta]) -> None:
    assert told([*said, STOP], begins=begins)[:2] == ("I think", "so")


def test_only_a_closing_tag_where_the_prompt_opens_it() -> None:
    said: list[Delta] = [Said("I think"), Said("</think>"), Said("\n\nso"), STOP]
    assert told(said, begins=True)[:2] == ("I think", "so")


def test_a_closing_tag_nobody_expected_is_swallowed_and_remembered() -> None:
    thought, text, _, answer = told([Said("I think\n"), Said("</think>"), Said("\n\nso"), STOP])
    assert (thought, text) == ("", "I think\nso")
    assert answer.closed_unopened
    for innocent in ("a `</think>` b", "<think>\nx\n</think>\ny", "plain"):
        assert not told([Said(innocent), STOP])[3].closed_unopened


def test_thinking_that_a_server_cut_away_leaves_the_answer() -> None:
    """It was said to begin in thought, and nothing ever closed it: the text was the answer."""
    thought, text, last, _ = told([Said("x = "), Said("4"), STOP], begins=True)
    assert (thought, text) == ("x = 4", "x = 4")
    assert last.reason is FinishReason.STOP


def test_thinking_that_ran_out_of_tokens_is_no_answer() -> None:
    thought, text, last, _ = told([Said("x = "), Said("4"), LENGTH], begins=True)
    assert (thought, text) == ("x = 4", "")
    assert last.reason is FinishReason.LENGTH


def test_thinking_between_tags_is_never_given_again() -> None:
    assert told([Said("<think>hm"), STOP], begins=True)[:2] == ("hm", "")


def test_stop_strings_end_only_the_answer() -> None:
    said: list[Delta] = [Thought("an END"), Said("so E"), Said("ND it"), Said(" goes"), STOP]
    thought, text, last, answer = told(said, stops=("END",))
    assert (thought, text) == ("an END", "so ")
    assert last.reason is FinishReason.STOP
    assert answer.feed(Said("more")) == []
    assert told([Said("so END\n<think><"), STOP], stops=("END",))[:2] == ("", "so ")


def test_log_probabilities_go_with_their_text() -> None:
    one, two = TokenLogprob("a", -0.5), TokenLogprob("b", -1.0)
    answer = Answer((), 4096, None, begins_thinking=False)
    events = [*answer.feed(Said("a<", (one,))), *answer.feed(Said("b", (two,))), *answer.end()]
    texts = [event for event in events if isinstance(event, TextDelta)]
    assert "".join(event.text for event in texts) == "a<b"
    assert [p for event in texts for p in event.logprobs] == [one, two]


def test_usage_parts_thinking_from_answer() -> None:
    said: list[Delta] = [Thought("a"), Thought("b"), Thought("c"), Said("d")]
    whole = Counted(prompt=9, cached=4, written=8)
    usage = told([*said, STOP, whole])[2].usage
    assert (usage.prompt_tokens, usage.cached_tokens) == (9, 4)
    assert (usage.reasoning_tokens, usage.answer_tokens) == (6, 2)  # by pieces
    usage = told([*said, STOP, whole, Counted(reasoning=7)])[2].usage
    assert (usage.reasoning_tokens, usage.answer_tokens) == (7, 1)  # as the server says
    usage = told([*said, STOP])[2].usage
    assert (usage.reasoning_tokens, usage.answer_tokens) == (3, 1)  # it does not count
    usage = told([*said, STOP, Counted(reasoning=99, written=8)])[2].usage
    assert (usage.reasoning_tokens, usage.answer_tokens) == (8, 0)  # it lies


def test_a_server_that_writes_without_end_is_stopped() -> None:
    with pytest.raises(EngineFailed):
        told(Said("x" * 1000) for _ in range(4096))


@given(
    st.lists(st.sampled_from(["<think>", "</think>", "\n", "a", " ", "`", "```\n", "END"])),
    st.booleans(),
    st.data(),
)
def test_any_cut_gives_the_same(parts: list[str], begins: bool, data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=5)))
    edges = [0, *cuts, len(text)]
    pieces = [Said(text[a:b]) for a, b in itertools.pairwise(edges)]
    whole = told([Said(text), LENGTH], begins=begins, stops=("END",))
    apart = told([*pieces, LENGTH], begins=begins, stops=("END",))
    assert whole[:2] == apart[:2]


# --- the objects of a completion -------------------------------------------------------------


def deltas(*chunks: object, samples: int = 1) -> list[tuple[int, Delta]]:
    reply = Reply(samples)
    return [said for chunk in chunks for said in reply.feed(Json(chunk))]


def choice(index: int = 0, finish: str | None = None, **delta: Any) -> dict[str, object]:
    return {"choices": [{"index": index, "delta": delta, "finish_reason": finish}]}


def test_both_names_of_the_field_are_understood() -> None:
    for name in ("reasoning_content", "reasoning"):
        assert deltas(choice(0, None, **{name: "hm"}), choice(content="x")) == [
            (0, Thought("hm")),
            (0, Said("x")),
        ]


@pytest.mark.parametrize("word", ["abort", "content_filter", "ERROR", "timeout"])
def test_an_answer_that_the_server_gave_up_is_no_whole_one(word: str) -> None:
    with pytest.raises(EngineFailed, match="before it was whole") as caught:
        deltas(choice(content="x = "), choice(finish=word))
    assert word in str(caught.value)


def test_other_words_for_an_end_are_ends() -> None:
    assert deltas(choice(finish="max_tokens")) == [(0, LENGTH)]
    assert deltas(choice(finish="MAX_TOKENS")) == [(0, LENGTH)]
    assert deltas(choice(finish="end_turn")) == [(0, STOP)]


def test_content_that_comes_in_parts_is_no_empty_answer() -> None:
    thought = [{"type": "thinking", "thinking": [{"type": "text", "text": "h"}, {"text": "m"}]}]
    told = [{"type": "text", "text": "x = "}, {"type": "text", "text": "4"}, {"type": "image"}, 7]
    assert deltas(choice(content=thought), choice(content=told), choice(content=[])) == [
        (0, Thought("hm")),
        (0, Said("x = 4")),
    ]


def test_a_call_of_a_tool_is_put_together_from_its_pieces() -> None:
    def piece(index: int, **function: str) -> dict[str, object]:
        more = {"id": f"id{index}"} if "name" in function else {}
        return choice(tool_calls=[{"index": index, "function": function, **more}])

    said = deltas(
        piece(0, name="add", arguments=""),
        piece(0, arguments='{"a":'),
        piece(1, name="sub", arguments="{}"),
        piece(0, arguments=" 1}"),
        choice(finish="tool_calls"),
    )
    assert said == [
        (0, ToolCall("id0", "add", '{"a": 1}')),
        (0, ToolCall("id1", "sub", "{}")),
        (0, Ended(FinishReason.TOOL)),
    ]


@pytest.mark.parametrize("ids", [("a", "b"), ("", "")], ids=["ids", "no ids"])
@pytest.mark.parametrize("index", [{"index": 0}, {}], ids=["one index", "no index"])
def test_calls_that_share_an_index_are_told_apart(
    ids: tuple[str, str], index: dict[str, int]
) -> None:
    def call(id_: str, name: str, arguments: str) -> dict[str, object]:
        function = {"name": name, "arguments": arguments}
        return choice(tool_calls=[{**index, "id": id_, "function": function}])

    rest = choice(tool_calls=[{**index, "function": {"arguments": " 2}"}}])
    said = deltas(
        call(ids[0], "add", '{"x": 1}'), call(ids[1], "add", '{"x":'), rest, choice(finish="stop")
    )
    assert said == [
        (0, ToolCall(ids[0] or "call_0", "add", '{"x": 1}')),
        (0, ToolCall(ids[1] or "call_1", "add", '{"x": 2}')),
        (0, STOP),
    ]


@pytest.mark.parametrize("more", [{"id": "call_0"}, {}], ids=["id", "no id"])
def test_a_name_that_comes_again_with_each_piece_is_still_one_call(more: dict[str, str]) -> None:
    def piece(arguments: str) -> dict[str, object]:
        function = {"name": "add", "arguments": arguments}
        return choice(tool_calls=[{"index": 0, **more, "function": function}])

    said = deltas(piece('{"x":'), piece(" 1}"), piece(""), choice(finish="stop"))
    assert said == [(0, ToolCall("call_0", "add", '{"x": 1}')), (0, STOP)]


def test_arguments_that_are_not_written_out_are_not_lost() -> None:
    function = {"name": "加", "arguments": {"数": 1}}
    said = deltas(choice(tool_calls=[{"id": "a", "function": function}]), choice(finish="stop"))
    assert said == [(0, ToolCall("a", "加", '{"数": 1}')), (0, STOP)]
    function = {"name": "f", "arguments": {"a": "\ud800"}}  # no Unicode: it could not be written
    said = deltas(choice(tool_calls=[{"id": "a", "function": function}]), choice(finish="stop"))
    assert said == [(0, ToolCall("a", "f", '{"a": "?"}')), (0, STOP)]


def test_a_completion_that_came_whole_is_understood_too() -> None:
    message = {"role": "assistant", "content": "x", "reasoning_content": "hm"}
    whole = {
        "choices": [{"index": 0, "message": message, "finish_reason": "length"}],
        "usage": {"prompt_tokens": 3, "completion_tokens": 2},
    }
    assert deltas(whole) == [
        (0, Thought("hm")),
        (0, Said("x")),
        (0, Ended(FinishReason.LENGTH)),
        (0, Counted(prompt=3, written=2)),
    ]


def test_samples_are_told_apart_and_strangers_left_out() -> None:
    said = deltas(choice(1, content="b"), choice(0, content="a"), choice(7, content="?"), samples=2)
    assert said == [(1, Said("b")), (0, Said("a"))]


def test_nothing_counts_after_the_end_of_a_sample() -> None:
    said = deltas(choice(content="a", finish="stop"), choice(content="b", finish="stop"))
    assert said == [(0, Said("a")), (0, STOP)]


@pytest.mark.parametrize("value", [-1, 1e300, 10**30, "7", True, None, [], float("nan")])
def test_counts_that_cannot_be_true_are_none(value: object) -> None:
    said = deltas({"usage": {"prompt_tokens": value, "completion_tokens": 2}})
    assert said == [(0, Counted(written=2))]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "delta", "content", "usage", "index", "tool_calls", "message"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.lists(JSON, max_size=4))
def test_any_json_is_looked_at_without_failing(chunks: list[object]) -> None:
    answer = Answer((), 4096, None, begins_thinking=False)
    reply = Reply(1)
    for chunk in chunks:
        for _, delta in reply.feed(Json(chunk)):
            answer.feed(delta)
    assert isinstance(answer.end()[-1].usage, Usage)  # type: ignore[union-attr]


def test_half_a_pair_in_a_string_becomes_a_sign_that_can_be_written() -> None:
    (said,) = deltas(choice(content="a\ud83db"))
    assert said == (0, Said("a?b"))
