"""Thinking and answer are parted the same way however the stream was cut."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from runtimes.textstream import AnswerStream, Spelling, StopStrings, ThinkSplitter, Utf8Seams
from runtimes.thinktags import SPELLINGS


def parted(
    pieces: Iterable[str | bytes],
    *,
    thinking: bool = False,
    stops: tuple[str, ...] = (),
    spellings: tuple[Spelling, ...] = SPELLINGS[:1],
) -> tuple[str, str]:
    """All thinking and all answer of a stream."""
    stream = AnswerStream(thinking=thinking, stops=stops, spellings=spellings)
    texts = {True: "", False: ""}
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


@pytest.mark.parametrize("tags", SPELLINGS, ids=lambda tags: tags.opens)
def test_all_tags_that_a_server_may_leave_in_its_text(tags: Spelling) -> None:
    """The first is the model's; what is spelled of another is text."""
    opens, closes, lead = tags
    other = "[THINK]" if opens != "[THINK]" else "<think>"
    ends = other.replace("T", "/T", 1) if other[0] == "[" else "</think>"
    cases = {
        f"{opens}hm\n{closes}\n\nIt is\n4": ("hm\n", "It is\n4"),
        f" \n{opens}hm {closes}4": ("hm ", "4"),
        f"{opens}write\n{other}\nand\n{ends}\n{closes}a\n{other}\nb\n{ends}\nc":
            (f"write\n{other}\nand\n{ends}\n", f"a\n{other}\nb\n{ends}\nc"),
        f"{opens}never ended": ("never ended", ""),
        f"{lead}4": ("", "4"),
    }  # fmt: skip
    if opens != "<think>":
        cases[f"Such a model writes\n{opens}\nfirst"] = (
            "", f"Such a model writes\n{opens}\nfirst",
        )  # fmt: skip
    for text, expected in cases.items():
        for pieces in ([text], list(text)):
            assert parted(pieces, spellings=SPELLINGS) == expected, text
    assert parted([f"hm{closes}4"], thinking=True, spellings=SPELLINGS) == ("hm", "4")
    assert parted([f"{opens}hm{closes}4"], spellings=())[0] == ""


ALL = [part for tags in SPELLINGS for part in tags if part]


@given(
    st.lists(st.sampled_from([*ALL, "<", "[", "<|", "\n", "`", "a", "解"]), max_size=9),
    st.lists(st.integers(0, 400), max_size=9),
    st.booleans(),
)
def test_any_cut_gives_the_same_with_all_tags(
    parts: list[str], cuts: list[int], thinking: bool
) -> None:
    body = "".join(parts)
    at = [0, *sorted(min(cut, len(body)) for cut in cuts), len(body)]
    pieces = [body[a:b] for a, b in pairwise(at)]
    cut = parted(pieces, thinking=thinking, spellings=SPELLINGS)
    assert cut == parted([body], thinking=thinking, spellings=SPELLINGS)


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
        got = stream.turn(thinking=False) if part is None else []
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
    got = [*stream.feed(b"a" + body[:2]), *stream.turn(thinking=False), *stream.feed(b"b")]
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


def test_a_long_text_at_once_costs_no_more_a_letter_than_a_short_one() -> None:
    for text in ("a" + "[<" * 20_000, "a`</think>`" * 20_000):
        splitter = ThinkSplitter(thinking=True, spellings=SPELLINGS)
        begun = time.process_time()
        pieces = [*splitter.feed(text), *splitter.flush()]
        assert "".join(piece.text for piece in pieces) == text
        assert time.process_time() - begun < 10  # it was minutes
