"""How the app ends: quietly while it is taken down, with a word where it has to."""

from __future__ import annotations

import argparse

import pytest
from screens import run, running
from textual.css.query import NoMatches

from runtimes.texts import Lang
from tui import __main__ as program
from tui.app import AssistantApp


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
