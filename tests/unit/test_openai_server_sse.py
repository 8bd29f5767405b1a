"""Server-sent events: any cut of the same bytes gives the same events."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtimes.errors import EngineFailed
from runtimes.openai_server.sse import EVENT_LIMIT, Events

NO = '{"error": {"message": "no"}}'


def events_of(*pieces: bytes) -> list[str]:
    machine = Events()
    return [data for piece in pieces for data in machine.feed(piece)] + machine.flush()


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (b"data: a\n\ndata: b\n\n", ["a", "b"]),
        (b"data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
        (b"data: a\r\rdata: b\r\r", ["a", "b"]),
        (b"data: a\r\n\ndata: b\n\r\n", ["a", "b"]),  # mixed ends
        (b"\xef\xbb\xbfdata: a\n\n", ["a"]),
        (b": ping\n\n: ping\n\ndata: a\n\n", ["a"]),
        (b"data: one\ndata: two\n\n", ["one\ntwo"]),
        (b"data:tight\n\n", ["tight"]),
        (b"data:  two blanks\n\n", [" two blanks"]),
        (b"event: x\nid: 7\nretry: 10\ndata: a\n\n", ["a"]),
        (b"data\n\n", [""]),
        (b"dataset: no\n\n", []),
        (b"data: [DONE]", ["[DONE]"]),  # the connection closed at once
        (b"data: a\n", ["a"]),
        ("data: 中\u2028文 é\x85\n\n".encode(), ["中\u2028文 é\x85"]),  # no ends of lines
        (b"data: \xff\n\n", ["\ufffd"]),
        (b"", []),
        # failures, however they are told
        (b'event: error\ndata: {"message": "no"}\n\ndata: a\n\n', [NO, "a"]),
        (b'event: error\ndata: {"error": "no"}\n\n', ['{"error": "no"}']),
        (b"event: error\ndata: no\n\n", ['{"error": "no"}']),
        (b'error: {"message": "no"}\n\ndata: [DONE]\n\n', [NO, "[DONE]"]),
        (b'{"error": {"message": "no"}}', [NO]),
        (b'{\r\n  "error":\r\n\t"no"\r\n}', ['{\n "error":\n\t"no"\n}']),
        (b"  data: a\n}\n\n", []),
        (b"event: errors\ndata: a\n\n", ["a"]),
        (b"errors: a\n\n", []),
    ],
)
def test_the_standard_and_what_servers_make_of_it(stream: bytes, events: list[str]) -> None:
    assert events_of(stream) == events
    assert events_of(*(stream[i : i + 1] for i in range(len(stream)))) == events


LINE = st.text(
    st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=12
).filter(lambda line: not line.startswith("\ufeff"))
END = st.sampled_from(["\n", "\r", "\r\n"])


@given(st.data())
def test_any_cut_gives_what_was_sent(data: st.DataObject) -> None:
    sent = data.draw(st.lists(st.lists(LINE, min_size=1, max_size=3), max_size=5))
    parts = []
    for lines in sent:
        for line in lines:
            if data.draw(st.booleans()):
                parts.append(f": {line}" + data.draw(END))
            parts.append(f"data: {line}" + data.draw(END))
        # after a lone CR, an LF belongs to it; a blank line must be told apart
        parts.append("\n" if not parts[-1].endswith("\r") else "\r")
    stream = "".join(parts).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    edges = [0, *cuts, len(stream)]
    pieces = [stream[a:b] for a, b in itertools.pairwise(edges)]
    assert events_of(*pieces) == ["\n".join(lines) for lines in sent]


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_garbage_never_breaks_it(pieces: list[bytes]) -> None:
    assert events_of(*pieces) == events_of(b"".join(pieces))


@pytest.mark.parametrize(
    "piece",
    [b"x" * 65536, b"data: " + b"x" * 65530, b"data: x\n" * 8192],
    ids=["a line", "lines of data", "short lines"],
)
def test_what_has_no_end_is_an_error_and_costs_no_memory(piece: bytes) -> None:
    with pytest.raises(EngineFailed):
        events_of(*itertools.repeat(piece, 2 * EVENT_LIMIT // len(piece)))


def test_a_long_stream_costs_the_same_at_its_end() -> None:
    machine, began = Events(), time.process_time()
    for _ in range(20_000):
        assert machine.feed(b"data: 0123456789\n\n") == ["0123456789"]
    assert time.process_time() - began < 2
