"""An answer in parts is the answer, however it was cut."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from tui.keyboard.keys import KEYS
from tui.keyboard.ownkeys import read_keys
from tui.rooms import ROOMS
from tui.widgets import parts
from tui.widgets.parts import Piece, Splitter
from tui.words import harmless, one_line

PIECES = st.lists(
    st.sampled_from(
        [
            *("text and text ", "\n", "\n\n", "```\n", "```python\n", "~~~\n", "$$\n", "\\["),
            *("\\]", "- item\n", "1. item\n", "# Title\n\n", "| a | b |\n", "x" * 700),
            *("  - deep\n", "> q\n", "\\begin{align}\n", "\\end{align}\n"),
        ]
    ),
    max_size=60,
)


def split(text: str, sizes: list[int]) -> tuple[str, list[str]]:
    """The pieces joined, and the text of each part, as they come of a text cut so."""
    splitter = Splitter()
    joined, drawn = "", [""]
    at = 0
    pieces: list[Piece] = []
    for size in [*sizes, len(text)]:
        pieces += splitter.feed(text[at : at + size])
        at += size
    for piece in pieces:
        if piece.opens:
            drawn.append(piece.prefix)
        joined += piece.text
        drawn[-1] += piece.text
    return joined, drawn


@given(PIECES, st.lists(st.integers(0, 400), max_size=20))
def test_the_parts_are_the_text_and_do_not_depend_on_the_cuts(
    pieces: list[str], sizes: list[int]
) -> None:
    text = "".join(pieces)
    joined, drawn = split(text, sizes)
    assert joined == text
    assert drawn == split(text, [])[1]


@given(PIECES)
def test_no_part_is_long(pieces: list[str]) -> None:
    _, drawn = split("".join(pieces) * 5, [])
    assert max(map(len, drawn)) <= parts.TOO_LONG + parts.MOST


def test_code_and_formulas_stay_together() -> None:
    code = "```python\n" + "x = 1\n\n" * 200 + "```\n\n"
    _, drawn = split("word " * 200 + "\n\n" + code + "Then more.\n\n", [])
    assert drawn[1].startswith("```python")
    assert drawn[1].rstrip().endswith("```")
    formula = "$$\n" + "a +\n\n" * 150 + "b\n$$\n\n"
    _, drawn = split("word " * 200 + "\n\nHere:\n" + formula + "Then more.\n\n", [])
    assert all(part.count("$$") % 2 == 0 for part in drawn)


def test_an_environment_with_blank_lines_stays_together() -> None:
    inner = "\\begin{cases}\n1\n\n2\n\\end{cases} &= \n\n"
    formula = "\\begin{align}\n" + inner * 40 + "x\n\\end{align}\n\n"
    _, drawn = split("word " * 200 + "\n\n" + formula + "Then more.\n\n", [])
    assert sum("\\begin{align}" in part for part in drawn) == 1
    assert all(part.count("\\begin") == part.count("\\end") for part in drawn)


def test_an_environment_that_never_ends_makes_no_endless_part() -> None:
    _, drawn = split("\\begin{align}\n" + "some words\n\n" * 3000, [])
    assert len(drawn) > 10
    assert max(map(len, drawn)) <= parts.TOO_LONG
    assert sum(len(part) < 1_000 for part in drawn) > 10


def test_long_code_goes_on_in_a_fence_of_its_kind() -> None:
    _, drawn = split("```python\n" + "x = 1\n" * 3000 + "```\nDone.\n", [])
    assert len(drawn) > 2
    assert all(part.startswith("```python\n") for part in drawn[:-1])


@given(st.text())
def test_what_is_shown_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = harmless(text)
    assert all(c == "\n" or c.isprintable() or c in "\u200c\u200d\u00a0\u3000" or c.isspace()
               for c in shown)  # fmt: skip
    assert not set("\x1b\x9b\r\x07\u202e\u2066\u200b\ufeff") & set(shown)
    assert len(one_line(text, 20)) <= 20


def test_plain_words_and_both_languages_stay_as_they_are() -> None:
    for text in (string.ascii_letters, "解方程 x² = 4，é ñ 👩‍🎓 ∫₀¹", "a\nb"):
        assert harmless(text) == text
    assert harmless("a\tb") == "a    b"


ELSE = {
    "solve.edit": "solve.stop", "chat.give_up": "chat.stop", "first.skip": "first.stop",
    "tutor.back": "tutor.stop", "settings.back": "settings.close", "history.take": "history.open",
    "models.back": "models.stop",
}  # fmt: skip
"""Actions of Escape where there is nothing to stop, or to close, and of Enter in the line below."""


def test_every_screen_has_a_key_and_no_two_actions_share_one() -> None:
    assert {f"app.{room.name}" for room in ROOMS} <= set(KEYS)
    by_room: dict[str, list[str]] = {}
    for name, key in KEYS.items():
        if name in ELSE:
            assert key.keys == KEYS[ELSE[name]].keys
            continue
        by_room.setdefault(name.partition(".")[0], []).extend(key.keys.split(","))
    for room, keys in by_room.items():
        used = keys if room == "app" else keys + by_room["app"]
        assert len(used) == len(set(used)), room


def test_a_file_of_keys_that_is_no_toml_is_told(tmp_path: object) -> None:
    from pathlib import Path

    import pytest

    from runtimes.errors import Damaged

    path = Path(str(tmp_path)) / "keys.toml"
    assert read_keys(path) == ({}, ())
    path.write_text("= no", encoding="utf-8")
    with pytest.raises(Damaged):
        read_keys(path)


def test_many_short_lines_are_parted_before_they_are_too_many_to_draw() -> None:
    for text in ("# head\n- item\n" * 300, "- item\n" * 600, "word\n" * 600):
        pieces = Splitter().feed(text)
        assert "".join(piece.text for piece in pieces) == text
        assert max(piece.text.count("\n") for piece in pieces) <= 101
    for whole in (
        "| a | b |\n" * 300,
        "```\n" + "x = 1\n" * 300 + "```\n",
        "- a\n" + "  b\n" * 300,
    ):
        assert len(Splitter().feed(whole)) == 1


def test_a_table_goes_on_under_its_head() -> None:
    head = "| n | what |\n|--:|:---|\n"
    rows = "".join(f"| {n} | some words |\n" for n in range(900))
    for more in range(95, 105):
        _, drawn = split(head + "| 1 | 2 |\n" * more + "\nThen more.\n", [])
        assert not any(part.startswith(f"{head}\n") for part in drawn)
    joined, drawn = split(f"Look:\n\n{head}{rows}\nThen more.\n", [7, 2000])
    assert joined.count("| n | what |") == 1
    tables = [part for part in drawn if "some words" in part]
    assert len(tables) > 2
    assert all(head in part for part in tables)
    assert all(part.startswith(head) for part in tables[1:])


def test_what_is_no_table_has_no_head() -> None:
    for lines in ("a | b\n---\n", "a | b\nc | d\n", "```\na | b\n--|--\n```\n"):
        _, drawn = split(lines + "x | y and more of it\n" * 900, [])
        assert not any(part.startswith("a | b") for part in drawn[1:])


def test_quotations_and_paragraphs_of_one_are_parted() -> None:
    for text in ("> a line\n\n" * 1000, "> a line\n>\n" * 1000):
        _, drawn = split(text, [])
        assert max(part.count("a line") for part in drawn) <= parts.MOST_LINES
        assert all(part.startswith(">") for part in drawn[1:])
