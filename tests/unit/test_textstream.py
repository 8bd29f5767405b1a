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


def told(parts: Iterable[str | None], size: int) -> tuple[str, str]:
    """All thinking and all answer where ``None`` is the closing tag as a token of its own."""
    stream, texts = AnswerStream(thinking=True, stops=("END",)), {True: "", False: ""}
    for part in parts:
        raw = (part or "").encode()
        got = stream.close_thinking() if part is None else []
        got += [p for i in range(0, len(raw), size) for p in stream.feed(raw[i : i + size])]
        for piece in got:
            texts[piece.thinking] += piece.text
    for piece in stream.flush():
        texts[piece.thinking] += piece.text
    return texts[True], texts[False]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["```py\nx …done.", None, "\n\nThe answer is 4"], ("```py\nx …done.", "The answer is 4")),
        (["a `b", None, "`c`"], ("a `b", "`c`")),
        (["the tag `</think>` and </thi", None, "x"], ("the tag `</think>` and </thi", "x")),
        (["a", None, "b", None, "EN", None, "D no more"], ("a", "b")),
        (["```\nin </think>", None, "```\n", None, "x"], ("```\nin </think>", "```\nx")),
    ],
)  # fmt: skip
def test_a_closing_tag_that_is_a_token_ends_the_thinking_wherever_it_stands(
    parts: list[str | None], expected: tuple[str, str]
) -> None:
    assert {told(parts, size) for size in (1, 2, 100)} == {expected}


@given(st.lists(st.none() | PARTS, max_size=20), st.integers(1, 9))
def test_any_cut_around_a_token_gives_the_same(parts: list[str | None], size: int) -> None:
    joined: list[str | None] = []
    for part in parts:
        if part is None or not joined or joined[-1] is None:
            joined.append(part)
        else:
            joined[-1] += part
    assert told(parts, size) == told(joined, 1000)


def test_half_a_character_at_the_end_is_dropped_and_nonsense_is_shown() -> None:
    body = "解".encode()
    assert parted([b"a", body[:1]]) == parted([b"a", body[:2]]) == ("", "a")
    assert parted([b"a\xff", body[:2], b"b"]) == ("", "a��b")
    stream = AnswerStream(thinking=True)
    got = [*stream.feed(b"a" + body[:2]), *stream.close_thinking(), *stream.feed(b"b")]
    assert [piece.text for piece in got] == ["a", "�", "b"]  # no text ends there


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
