"""How the app ends: quietly while it is taken down, with a word where it has to."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from screens import run, running
from textual.css.query import NoMatches

from runtimes.texts import Lang
from tui import __main__ as program
from tui.app import AssistantApp
from tui.desk import Desk

ROOT = Path(__file__).resolve().parents[2]


def test_what_comes_while_it_ends_is_no_fault() -> None:
    async def journey() -> None:
        async with running() as screens:
            screens.app.exit()
            screens.app._handle_exception(NoMatches("parts that are gone"))
            assert not screens.app.faulty
            assert screens.app.return_code == 0

    run(journey)


def test_a_fault_before_that_is_one() -> None:
    async def journey() -> None:
        async with running() as screens:
            screens.app._handle_exception(NoMatches("parts that should be there"))
            assert screens.app.faulty

    with pytest.raises(NoMatches):
        run(journey)


@pytest.mark.parametrize("incognito", [False, True])
@pytest.mark.parametrize(
    ("lang", "report", "kept"),
    [
        (Lang.EN, "please report this", "is there at the next start"),
        (Lang.ZH, "请报告此错误", "下次启动时仍在"),
    ],
)
def test_who_sees_a_fault_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    incognito: bool,
    lang: Lang,
    report: str,
    kept: str,
) -> None:
    def fail(app: AssistantApp) -> None:
        app._exception = ValueError("a fault")
        app._return_code = 1

    monkeypatch.setattr(AssistantApp, "run", fail)
    flags = dict.fromkeys(("model", "theme", "new", "offline", "screen_reader", "port", "web"))
    options = argparse.Namespace(**flags, lang=lang.value, incognito=incognito)
    assert program.open_app(options, lang) == 1
    told = capsys.readouterr().err
    assert report in told
    assert (kept in told) is not incognito


BUSY = """
import time
from textual.app import App
from tui import ending
ending.GRACE = 0.5
class Busy(ending.EndingApp):
    def on_mount(self):
        self.end_when_told()
        print("busy", flush=True)
        while True:
            time.sleep(0.01)
Busy().run(headless=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="signals of Unix")
@pytest.mark.parametrize("number", [15, 1])
def test_an_app_that_is_too_busy_to_listen_ends_all_the_same(number: int) -> None:
    with subprocess.Popen([sys.executable, "-c", BUSY], cwd=ROOT, stdout=subprocess.PIPE) as app:
        assert app.stdout is not None
        assert app.stdout.readline() == b"busy\n"
        app.send_signal(number)
        assert app.wait(20) == 128 + number


def test_signals_do_what_they_did_once_it_has_ended() -> None:
    before = signal.getsignal(signal.SIGTERM)

    async def journey() -> None:
        async with running():
            assert signal.getsignal(signal.SIGTERM) is not before

    run(journey)
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_second_signal_does_not_end_it_before_all_is_given_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, close = signal.getsignal(signal.SIGTERM), Desk.close
    during: list[object] = []

    def closing(desk: Desk) -> None:
        during.append(signal.getsignal(signal.SIGTERM))
        close(desk)

    async def journey() -> None:
        async with running():
            monkeypatch.setattr(Desk, "close", closing)

    run(journey)
    assert during
    assert before not in during
