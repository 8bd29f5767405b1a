"""The writer of stdout: which form, which colours, which encoding."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

import pytest
from solutions import quadratic

from assistant.cli import render
from assistant.maths.types import Failure, Lang, Text, Trouble


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def options(**given: object) -> argparse.Namespace:
    usual: dict[str, object] = {
        "html": None, "latex": False, "markdown": False,
        "plain": False, "brief": False, "plot": False,
    }  # fmt: skip
    return argparse.Namespace(**{**usual, **given})


@pytest.fixture(autouse=True)
def usual_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "50")


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.TextIOBase, **given: object) -> None:
    monkeypatch.setattr(sys, "stdout", stream)
    render.show_solution(options(**given), *quadratic(), Lang.EN)


def test_a_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    shown(monkeypatch, stream)
    assert "\x1b[32m✓" in stream.getvalue()


@pytest.mark.parametrize("off", ["pipe", "plain", "NO_COLOR", "dumb"])
def test_no_colours_where_nobody_wants_them(monkeypatch: pytest.MonkeyPatch, off: str) -> None:
    stream = io.StringIO() if off == "pipe" else Terminal()
    if off == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    if off == "dumb":
        monkeypatch.setenv("TERM", "dumb")
    shown(monkeypatch, stream, plain=off == "plain")
    assert "\x1b" not in stream.getvalue()


def test_each_form_is_the_one_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for given, start in (
        ({"latex": True}, "% pdflatex"),
        ({"markdown": True}, "## Problem"),
        ({"brief": True}, "┌─ Answer"),
        ({"latex": True, "brief": True}, "x = 2 "),
    ):
        stream = io.StringIO()
        shown(monkeypatch, stream, **given)
        assert stream.getvalue().startswith(start)


def test_the_page_goes_to_its_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.html"
    render.write_page(options(html=str(path)), *quadratic(), Lang.EN)
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert capsys.readouterr().out == ""
    with pytest.raises(SystemExit) as ended:
        render.write_page(options(html=str(tmp_path / "no" / "x.html")), *quadratic(), Lang.EN)
    assert ended.value.code == 2
    assert "cannot write" in capsys.readouterr().err


def test_an_old_encoding_gets_formulas_on_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    shown(monkeypatch, stream, brief=True)
    stream.flush()
    assert raw.getvalue().decode().splitlines()[1] == "   x = 2 or x = 3"


def test_trouble_goes_to_stderr_with_its_caret(capsys: pytest.CaptureFixture[str]) -> None:
    trouble = Trouble(Failure.UNREADABLE, Text("expected a number", "此处应有数"), 2)
    render.show_trouble(options(), "2+", trouble, Lang.EN)
    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err == "  2+\n    ^\nexpected a number\n"
