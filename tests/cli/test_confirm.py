"""The one question before something is removed or installed, and what is said afterwards."""

from __future__ import annotations

import io
import sys

import pytest

from assistant.cli import rm
from assistant.cli.confirm import confirmed
from assistant.cli.parser import Parser
from assistant.maths.types import Lang
from runtimes.texts import Text
from runtimes.types import ModelSpec

QUESTION, DECLINED = Text("Sure? ", "确定？"), Text("left", "保留")
NEED_YES = Text("add --yes", "请加 --yes")


class Terminal(io.StringIO):
    """A stream that says whether it is a terminal."""

    encoding = "utf-8"

    def __init__(self, text: str = "", *, tty: bool = True) -> None:
        super().__init__(text)
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


def asked(
    monkeypatch: pytest.MonkeyPatch, typed: str, *, stdin: bool = True, stderr: bool = True
) -> tuple[bool, str]:
    said = Terminal(tty=stderr)
    monkeypatch.setattr(sys, "stdin", Terminal(typed, tty=stdin))
    monkeypatch.setattr(sys, "stderr", said)
    return confirmed(QUESTION, DECLINED, NEED_YES, Lang.EN), said.getvalue()


@pytest.mark.parametrize("typed", ["y\n", "YES\n", " 是 \n", "好\n", "确认\n"])
def test_yes_in_both_languages(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    assert asked(monkeypatch, typed) == (True, "Sure? ")


@pytest.mark.parametrize("typed", ["\n", "", "n\n", "否\n", "yes please\n", "ja\n"])
def test_anything_else_is_no(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    assert asked(monkeypatch, typed) == (False, "Sure? assistant: left\n")


@pytest.mark.parametrize(("stdin", "stderr"), [(False, True), (True, False), (False, False)])
def test_nobody_is_asked_who_does_not_see_it(
    monkeypatch: pytest.MonkeyPatch, *, stdin: bool, stderr: bool
) -> None:
    answer, said = asked(monkeypatch, "y\n", stdin=stdin, stderr=stderr)
    assert (answer, said) == (False, "assistant: add --yes\n")


@pytest.mark.parametrize(
    ("installed", "words"),
    [
        ((), "ollama:some is removed\n"),
        ((("some:latest", 4_000_000),), "ollama:some is removed, 4 MB are free again\n"),
    ],
)
def test_a_model_of_ollama_leaves_nothing_in_another_programs_cache(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    installed: tuple[tuple[str, int], ...],
    words: str,
) -> None:
    removed = []

    class Server:
        def installed(self) -> tuple[tuple[str, int], ...]:
            return installed

        def remove(self, spec: ModelSpec) -> None:
            removed.append(spec.id)

    monkeypatch.setattr("runtimes.ollama.Ollama", Server)
    parser = Parser("assistant rm", rm.USAGE, "", Lang.EN)
    rm.configure(parser)
    assert rm.run(parser.parse_args(["ollama:some", "--yes", "--lang", "en"])) == 0
    assert removed == ["ollama:some"]
    assert capsys.readouterr().out == words
