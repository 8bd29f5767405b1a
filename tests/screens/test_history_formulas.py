"""What was found in the history is shown with its formulas drawn, wherever it was cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from screens import run, running

from assistant import paths
from assistant.history import open_history
from runtimes.texts import Lang
from tui.rendering.lines import excerpt_drawn


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("so $`x^{2} = 6`$ by", "so x² = 6 by"),
        ("5x + 6 = 0`$ by $`y`$", "5x + 6 = 0 by y"),
        ("and $`x^{2} - 5", "and x² - 5"),
        ("\\alpha\\) then \\[\\beta", "α then β"),
        ("解 $`x^{2}`$ 得", "解 x² 得"),
        ("costs $5 and $6", "costs $5 and $6"),
        ("no formula", "no formula"),
        ("`$", ""),
    ],
)
def test_an_excerpt_may_begin_or_end_within_a_formula(text: str, drawn: str) -> None:
    assert excerpt_drawn(text) == drawn


@pytest.mark.parametrize("lang", list(Lang))
def test_the_list_shows_no_marks_of_formulas(lang: Lang, own_home: Path) -> None:
    path = paths.history_file()
    path.parent.mkdir(parents=True)
    answer = "We factor $`x^{2} - 5x + 6 = 0`$ and find $`x = \\frac{6}{2}`$, a marvel."
    with open_history(path) as history:
        question = history.ask(history.begin(), None, "Solve $x^{2} = 9$ please")
        with history.answer(question, "micro") as writer:
            writer.text(answer)

    async def journey() -> None:
        async with running(None, lang=lang, size=(80, 24), incognito=False) as screens:
            await screens.press("f7")
            await screens.until_shown("Solve x² = 9 please")
            await screens.press(*"factor")
            await screens.until_shown("We factor x² - 5x + 6 = 0 and find")
            assert "$" not in screens.text
            await screens.press(*["backspace"] * 6, *"frac")
            await screens.until_shown("\\frac")  # it is in the source alone

    run(journey)
