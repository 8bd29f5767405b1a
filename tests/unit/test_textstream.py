"""Thinking and answer are parted the same way however the stream was cut."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from runtimes.textstream import AnswerStream, StopStrings, Utf8Seams


def parted(
    pieces: Iterable[str | bytes], *, thinking: bool = False, stops: tuple[str, ...] = ()
) -> tuple[str, str]:
    """All thinking and all answer of a stream."""
    stream, texts = AnswerStream(thinking=thinking, stops=stops), {True: "", False: ""}
    for piece in pieces:
        for got in stream.feed(piece):
            texts[got.thinking] += got.text
    for got in stream.flush():
        texts[got.thinking] += got.text
    return texts[True], texts[False]


@pytest.mark.parametrize(
    ("text", "thinking", "expected"),
    [
        ("<think>\na\n</think>\n\nb", False, ("a\n", "b")),
        ("a\n</think>\n\nb", True, ("a\n", "b")),
        ("<think>a</think>b", True, ("a", "b")),
        ("only thought, no end", True, ("only thought, no end", "")),
        ("plain answer", False, ("", "plain answer")),
        ("\n\nplain", False, ("", "plain")),
        ("a < b and <thing> </thinking>", False, ("", "a < b and <thing> </thinking>")),
        ("the tag `</think>` ends it\n</think>\nx", True, ("the tag `</think>` ends it\n", "x")),
        ("it`s done</think>x", True, ("it`s done", "x")),
        ("```\nprint('</think>')\n```\n</think>\nx", True, ("```\nprint('</think>')\n```\n", "x")),
        ("```\nnever closed\n</think>\nx", True, ("```\nnever closed\n", "x")),
        ("say <think> here", False, ("", "say <think> here")),
        ("```\n<think>\n```\n", False, ("", "```\n<think>\n```\n")),
        ("a\n</think>\nb", False, ("", "a\nb")),
        ("</think>b", False, ("", "b")),
        ("x<", False, ("", "x<")),
        ("x\n<thin", False, ("", "x\n<thin")),
    ],
)
def test_tags_are_taken_out_whatever_the_template_did(
    text: str, thinking: bool, expected: tuple[str, str]
) -> None:
    assert parted([text], thinking=thinking) == expected
    assert parted(list(text), thinking=thinking) == expected


PARTS = st.sampled_from(
    [
        "<think>",
        "</think>",
        "<",
        "</",
        "think>",
        "`",
        "```\n",
        "~~~\n",
        "\n",
        " ",
        "a",
        "é",
        "解",
        "🙂",
    ]
)


@example(["`", "</think>", "`"], [1, 9], True)
@given(st.lists(PARTS, max_size=20), st.lists(st.integers(0, 200), max_size=12), st.booleans())
def test_any_cut_gives_the_same(parts: list[str], cuts: list[int], thinking: bool) -> None:
    body = "".join(parts).encode()
    at = [0, *sorted(min(cut, len(body)) for cut in cuts), len(body)]
    pieces = [body[a:b] for a, b in pairwise(at)]
    assert parted(pieces, thinking=thinking) == parted(["".join(parts)], thinking=thinking)


@given(st.text(alphabet="ab\n", max_size=40), st.integers(1, 5))
def test_a_stop_string_never_comes_out(text: str, size: int) -> None:
    stops = ("ab", "\n\n", "bba")
    whole = parted([text[i : i + size] for i in range(0, len(text), size)], stops=stops)[1]
    expected = text.lstrip()
    cut = min((expected.find(s) for s in stops if s in expected), default=len(expected))
    assert whole == expected[:cut]


def test_stop_strings_do_not_end_the_thinking() -> None:
    assert parted(["one\n\ntwo</think>three\n\nfour"], thinking=True, stops=("\n\n",)) == (
        "one\n\ntwo",
        "three",
    )


def test_what_may_become_a_stop_string_is_held_back_and_given_in_the_end() -> None:
    stops = StopStrings(("END",))
    assert [stops.feed("E"), stops.feed("N"), stops.feed("x"), stops.feed("EN")] == [
        "",
        "",
        "ENx",
        "",
    ]
    assert (stops.stopped, stops.flush()) == (False, "EN")


def test_half_a_character_waits_and_nonsense_is_marked() -> None:
    seams = Utf8Seams()
    body = "解".encode()
    assert [
        seams.feed(body[:1]),
        seams.feed(body[1:]),
        seams.feed(b"\xff"),
        seams.feed(body[:2]),
    ] == [
        "",
        "解",
        "�",
        "",
    ]
    assert seams.flush() == "�"


def test_a_long_line_with_many_tags_takes_no_longer_a_piece() -> None:
    stream = AnswerStream(thinking=True)
    for _ in range(20_000):
        stream.feed("word ` </think")
        stream.feed(" ")
    assert stream.thinking
