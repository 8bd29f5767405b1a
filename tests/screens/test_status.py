"""The line of status: what it tells, and what it leaves out where there is no room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from screens import ASK, LONG, RIGHT, run, running
from turns import script

from assistant import loader
from assistant.events import Account, TurnEnd
from runtimes.base import Cancel
from runtimes.texts import Lang
from tui.desk import Desk, Setup
from tui.messages import Loading
from tui.turn.measuring import engine_memory
from tui.turn.telling import account_line
from tui.widgets.status import Status, line

FULL = Status(
    model="r1-qwen-1.5b:q4_k_m",
    engine="llamacpp",
    used=512,
    window=4096,
    rate=23.45,
    first=0.61,
    left=380,
    memory=1_240_000_000,
    offline=True,
)


@pytest.mark.parametrize("lang", list(Lang))
def test_a_wide_line_tells_all(lang: Lang) -> None:
    told = line(FULL, lang, 200)
    for words in ("r1-qwen-1.5b:q4_k_m", "llamacpp", "12 %", "23.4", "0.6", "380", "1.2 GB"):
        assert words in told


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("columns", [80, 120])
def test_a_usual_terminal_has_room_for_all(columns: int, lang: Lang) -> None:
    told = line(FULL, lang, columns - 2)  # a column is left free at either end
    offline = {Lang.EN: "offline", Lang.ZH: "离线"}[lang]
    for words in ("r1-qw", "4_k_m", "llamacpp", "12", "23.4", "0.6", "380", "1.2 GB", offline):
        assert words in told, words
    large = replace(FULL, model="ollama:" + "a" * 60, engine="ollama", used=131_072, window=131_072,
                    rate=123.4, first=12.6, left=32_768, memory=12_400_000_000)  # fmt: skip
    told = line(large, lang, columns - 2)
    for words in ("ollama", "100", "123", "12.6", "32768", "12.4 GB", offline):
        assert words in told, words
    assert cell_len(told) <= columns - 2


def test_a_narrow_line_tells_the_most_important() -> None:
    assert line(FULL, Lang.EN, 40) == "r1-qwe…4_k_m offline 23.4tok/s win:12%"
    assert line(FULL, Lang.ZH, 40) == "r1-qwe…4_k_m 离线 23.4词/秒 窗口12%"
    busy = Status(model="a" * 60, stopping=True, queued=True)
    assert line(busy, Lang.EN, 40) == "aaaaaaaa…aaaaaaaa · stopping… · 1 queued"
    assert line(Status(model="a" * 60), Lang.EN, 40) == "a" * 20 + "…" + "a" * 19


@given(
    st.text(max_size=80),
    st.integers(12, 120),
    st.sampled_from(list(Lang)),
    st.integers(0, 1 << 40),
)
def test_nothing_is_ever_cut_off(model: str, width: int, lang: Lang, number: int) -> None:
    status = Status(model=model, rate=number / 7, used=number, window=number, memory=number)
    told = line(status, lang, width)
    if model.strip():
        assert cell_len(told) <= width
    assert "\n" not in told


def test_the_engines_memory_is_measured_from_outside(tmp_path: Path) -> None:
    order = loader.Order(name="micro")
    with_process = loader.open_model(order, lambda _: None, Cancel())
    try:
        taken = engine_memory(with_process)
        assert taken is not None
        assert taken > 1 << 20
    finally:
        with_process.close()
    assert engine_memory(with_process) is None
    there = loader.Order(name=script(tmp_path, RIGHT))
    assert engine_memory(loader.open_model(there, lambda _: None, Cancel())) is None


def test_a_turn_tells_its_speed_and_its_window(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, LONG[:12])) as screens:
            await screens.ask(ASK)
            await screens.answered()
            status = screens.chat.status.status
            assert status.first is not None
            assert status.rate is not None
            assert status.left is None
            assert status.reading is None

    run(journey)


def test_the_figures_of_one_model_are_not_told_of_another(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = script(tmp_path / "other", RIGHT)

    async def journey() -> None:
        async with running(script(tmp_path, LONG[:12])) as screens:
            await screens.ask(ASK)
            await screens.answered()
            await screens.ask(f"/model {other}")
            await screens.until(lambda: screens.chat.status.status.model == other, "the other one")
            status = screens.chat.status.status
            assert (status.rate, status.first, status.used, status.memory) == (None,) * 4
            await screens.ask(ASK)
            await screens.answered(2)
            assert screens.chat.status.status.rate is not None

    run(journey)


def test_a_model_that_is_loaded_is_there_when_that_is_told(tmp_path: Path) -> None:
    """Else the first answer would be written under a line without its engine and its window."""
    told: list[tuple[float, bool]] = []

    def post(message: object) -> None:
        if isinstance(message, Loading):
            told.append((message.fraction, desk.loaded is not None))

    desk = Desk(Setup(model=script(tmp_path, RIGHT), incognito=True), post, str)
    try:
        desk.open_model(Cancel())
        assert told[-1] == (1.0, True)
    finally:
        desk.close()


@pytest.mark.parametrize(
    ("tokens", "lang", "told"),
    [
        (1, Lang.EN, "m · 1 token, 0 of them thinking"),
        (2, Lang.EN, "m · 2 tokens, 0 of them thinking"),
        (1, Lang.ZH, "m · 1 个词元，其中思考 0 个"),
    ],
)
def test_the_line_of_the_account_counts_in_words(tokens: int, lang: Lang, told: str) -> None:
    account = Account(model="m", answer_tokens=tokens)
    assert account_line(account, TurnEnd.ANSWERED, lang).startswith(told)


def test_what_was_not_counted_is_not_told() -> None:
    lost = Account(model="m", temperature=0.6, seed=7)
    assert account_line(lost, TurnEnd.FAILED, Lang.EN) == "m · T 0.6 · seed 7"
    assert account_line(lost, TurnEnd.ANSWERED, Lang.EN) == "m · T 0.6 · seed 7"
