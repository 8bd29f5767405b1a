"""Pictures as cells of text, and what a terminal is told to draw for them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from picture_terminal import PictureTerminal

from assistant.maths.showing.raster import Ink
from tui.pictures import terminal
from tui.pictures.cells import FIRST, LAST, Cell, Picture, Shelf
from tui.pictures.colours import before
from tui.pictures.output import MOST_COLOURS, Painter, paint_for
from tui.pictures.terminal import Graphics, Way, understood
from tui.words import harmless

CELL = Cell(4, 10)
TERMINAL = (4, 10)
SGR = "\x1b[38;2;250;200;150;48;2;10;20;30m"
INK, PAPER = (250, 200, 150), (10, 20, 30)


def inked(columns: int, rows: int, byte: int = 255) -> Ink:
    return Ink(columns * 4, rows * 10, bytes([byte]) * (columns * 4 * rows * 10))


def placed(shelf: Shelf, ink: Ink) -> Picture:
    picture = shelf.place(ink, CELL, "x^2")
    assert picture is not None
    return picture


# --- cells ---------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 40), st.booleans()), max_size=60))
def test_no_two_pictures_share_a_cell(wanted: list[tuple[int, int, bool]]) -> None:
    shelf = Shelf()
    held: list[Picture] = []
    for columns, rows, keep in wanted:
        picture = shelf.place(inked(columns, rows), CELL, "x")
        if picture is not None and keep:
            held.append(picture)
        del picture
    seen: set[str] = set()
    for one in held:
        cells = "".join(one.lines())
        assert len(set(cells)) == one.columns * one.rows
        assert not seen & set(cells)
        assert all(FIRST <= ord(cell) <= LAST for cell in cells)
        seen |= set(cells)
        for row, line in enumerate(one.lines()):
            (run,) = shelf.runs(line)
            assert not isinstance(run, str)
            assert (run.picture, run.row, run.column, run.count) == (one, row, 0, one.columns)


def test_a_shelf_that_is_full_takes_no_more_until_one_goes() -> None:
    shelf = Shelf()
    held = []
    while (picture := shelf.place(inked(250, 80), CELL, "x")) is not None:
        held.append(picture)
    assert len(held) == (LAST - FIRST + 1) // (250 * 80)
    first = held.pop(0).first
    assert shelf.gone == [first]
    assert placed(shelf, inked(250, 80)).first == first
    assert shelf.place(inked(300, 1), CELL, "x") is None


@given(st.text(st.characters(categories=["Co", "L", "Cs", "Cn"])))
def test_text_from_outside_has_no_cells(text: str) -> None:
    assert not any(FIRST <= ord(char) <= LAST for char in harmless(text + chr(FIRST)))


# --- colours -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sgr", "ink", "paper"),
    [
        (SGR, INK, PAPER),
        ("\x1b[7;38;2;250;200;150;48;2;10;20;30m", PAPER, INK),
        ("\x1b[1;38;5;16;48;5;231m", (0, 0, 0), (255, 255, 255)),
        ("\x1b[0m", (217, 217, 217), (12, 12, 12)),
        ("\x1b[38;2m", (0, 0, 0), (12, 12, 12)),
        ("\x1b[3;4H", (217, 217, 217), (12, 12, 12)),
        ("", (217, 217, 217), (12, 12, 12)),
    ],
)
def test_a_picture_has_the_colours_of_its_text(
    sgr: str, ink: tuple[int, int, int], paper: tuple[int, int, int]
) -> None:
    text = f"{SGR}a\x1b[0m{sgr}" if sgr else ""
    found = before(text, len(text), dark=True)
    assert (found.ink, found.paper) == (ink, paper)


# --- what is written -----------------------------------------------------------------------------


def painter(way: Way) -> tuple[Shelf, Painter]:
    shelf = Shelf()
    return shelf, Painter(shelf, paint_for(way), lambda: True)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(list(Way)), st.data())
def test_a_terminal_shows_the_ink_in_its_colours(way: Way, data: st.DataObject) -> None:
    columns, rows = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 3))
    size = columns * 4 * rows * 10
    cover = data.draw(st.binary(min_size=size, max_size=size))
    shelf, paint = painter(way)
    picture = placed(shelf, Ink(columns * 4, rows * 10, cover))
    skip = data.draw(st.integers(0, columns - 1))
    screen = PictureTerminal(way.name.lower(), 12, 6, TERMINAL)
    for row, line in enumerate(picture.lines()):
        text = f"\x1b[{row + 2};3H{SGR}{line[skip:]}|\x1b[0m"
        screen.feed(paint.painted(text, 6))
    for y in range(rows * 10):
        for x in range((columns - skip) * 4):
            part = cover[y * columns * 4 + x + skip * 4] / 255
            found = screen.pixel(x + 8, y + 10)
            wanted = [a * part + b * (1 - part) for a, b in zip(INK, PAPER, strict=True)]
            assert all(abs(a - b) < 22 for a, b in zip(found, wanted, strict=True))
    assert screen.squares[1][2 + columns - skip].text == "|"
    assert screen.squares[1][2 + columns - skip].ink == INK


@pytest.mark.parametrize("way", list(Way))
def test_other_text_is_left_alone(way: Way) -> None:
    _, paint = painter(way)
    text = f"\x1b[1;1H{SGR}中文 \U0001f600 {chr(FIRST)}{chr(LAST)}\x1b[0m"
    assert paint.painted(text, 24) == text


def test_an_image_is_sent_once_and_deleted_when_its_picture_is_gone() -> None:
    shelf, paint = painter(Way.KITTY)
    picture = placed(shelf, inked(3, 2))
    screen = PictureTerminal("kitty", 12, 6, TERMINAL)
    text = f"\x1b[1;1H{SGR}{picture.lines()[0]}\x1b[0m"
    screen.feed(paint.painted(text, 6))
    screen.feed(paint.painted(text, 6))
    assert screen.raw.count("a=T") == len(screen.images) == 1
    for red in range(10):  # a dialog fades in over it
        screen.feed(paint.painted(text.replace("250", str(red)), 6))
    assert len(screen.images) == MOST_COLOURS
    del picture
    screen.feed(paint.painted("", 6))
    assert not screen.images
    one = placed(shelf, inked(3, 2))
    screen.feed(paint.painted(f"{SGR}{one.lines()[0]}", 6))
    screen.feed(paint.end())
    assert not screen.images


@pytest.mark.parametrize(("line", "height"), [(5, 10), (6, 6)])
def test_sixel_never_reaches_below_the_last_line(line: int, height: int) -> None:
    shelf, paint = painter(Way.SIXEL)
    picture = placed(shelf, inked(2, 1))
    screen = PictureTerminal("sixel", 12, 6, TERMINAL)
    screen.feed(paint.painted(f"\x1b[{line};1H{SGR}{picture.lines()[0]}", 6))
    assert (screen.sixels, screen.scrolled) == (1, 0)
    top = (line - 1) * 10
    assert sum(sum(screen.pixel(0, top + y)) > 500 for y in range(10)) == height


# --- what a terminal says ------------------------------------------------------------------------

OK = b"\x1b_Gi=31;OK\x1b\\"
SIZE = b"\x1b[6;20;10t"
SIXEL, PLAIN = b"\x1b[?62;4;22c", b"\x1b[?64;1;2c"


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        (OK + b"\x1bP>|kitty(0.40.1)\x1b\\" + SIZE + PLAIN, Way.KITTY),
        (OK + b"\x1bP>|ghostty 1.1.0\x1b\\" + SIZE + PLAIN, Way.KITTY),
        (b"typed" + OK + b"\x1bP>|kitty(1.0.0)\x1b\\" + SIZE + PLAIN, Way.KITTY),
        (OK + b"\x1bP>|kitty(0.26.5)\x1b\\" + SIZE + PLAIN, terminal.CANNOT),
        (OK + b"\x1bP>|WezTerm 2024\x1b\\" + SIZE + SIXEL, Way.SIXEL),
        (b"\x1bP>|kitty(0.40.1)\x1b\\" + SIZE + PLAIN, terminal.CANNOT),
        (SIZE + SIXEL, Way.SIXEL),
        (SIZE + b"\x1b[?4c", terminal.CANNOT),
        (SIXEL, terminal.NO_CELL),
        (b"\x1b[6;0;0t" + SIXEL, terminal.NO_CELL),
        (b"\x1b[6;99999999999999;3t" + SIXEL, terminal.NO_CELL),
        (OK + SIZE, terminal.SILENT),
        (b"", terminal.SILENT),
    ],
)
def test_what_the_answers_of_a_terminal_mean(told: bytes, meant: object) -> None:
    found = understood(told, None)
    if isinstance(meant, Way):
        assert found == Graphics(meant, Cell(10, 20))
    else:
        assert found == meant


@pytest.mark.parametrize(
    ("variables", "why"),
    [
        ({"TMUX": "1"}, terminal.INSIDE),
        ({"TERM": "linux"}, terminal.CANNOT),
        ({"TERM": "dumb"}, terminal.CANNOT),
        ({"TERM_PROGRAM": "Apple_Terminal"}, terminal.CANNOT),
        ({}, terminal.NO_TERMINAL),
    ],
)
def test_nothing_is_asked_where_nothing_can_answer(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], why: object
) -> None:
    for name in ("TMUX", "STY", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("sys.__stdin__", None)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert terminal.look() == why


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.maths.showing.raster.installed", lambda: False)
    found = terminal.look()
    assert found == terminal.MISSING
    assert "offline-assistant[pictures]" in terminal.MISSING.en
