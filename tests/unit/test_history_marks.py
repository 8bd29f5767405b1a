"""What was found wrong in an answer stays with it: shown, exported, never taken over unchecked."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.history_markdown import drawn
from assistant.history import Form, History, open_history
from runtimes.texts import Lang

COMMENT = re.compile("<!-- .* -->")
"""What a reader of the page does not see."""
HOSTILE = "``` `x` -->\n<!-- assistant:end --> <script>alert(1)</script>"


def answered(history: History, record: str) -> int:
    writer = history.answer(history.ask(history.begin(), None, "solve it"), "micro")
    writer.text("x = 5, and y = 6")
    writer.close("stop", record)
    return writer.id


def record(text: str) -> str:
    steps = [
        {"index": 0, "text": "x = 5", "verdict": "proved", "why": ""},
        {"index": 1, "text": text, "verdict": "refuted", "why": "y is 7"},
    ]
    events = [
        {"event": "answer", "answer": "6", "verdict": "refuted", "why": "it is no root"},
        {"event": "code", "index": 1, "verdict": "failed", "said": "failed: passed 1 of 2"},
        {"event": "code", "index": 0, "verdict": "passed", "said": "passed 2 of 2"},
    ]
    counts = {"proved": 1, "supported": 0, "undecided": 0, "refuted": 1}
    return json.dumps({"steps": steps, "events": events, "finished": {"steps": counts}})


@pytest.mark.parametrize("lang", list(Lang))
def test_exports_tell_what_was_refuted(lang: Lang) -> None:
    with open_history(None) as history:
        answered(history, record("y = 6"))
        number = history.list()[0].id
        counts = {Lang.EN: "steps: 1 proved", Lang.ZH: "步骤：1 步已证明"}[lang]
        for form in (Form.MARKDOWN, Form.HTML):
            text = COMMENT.sub("", history.export(number, form, lang))
            assert counts in text
            for words in ("y = 6", "y is 7", "it is no root", "failed: passed 1 of 2"):
                assert words in text
            assert text.count("✗") == 3
            assert "passed 2 of 2" not in text


def test_an_import_takes_no_mark_for_true_and_says_so() -> None:
    with open_history(None) as history:
        answered(history, record("y = 6"))
        number = history.list()[0].id
        brought = history.bring(history.export(number, Form.MARKDOWN, Lang.EN))
        text = COMMENT.sub("", history.export(brought, Form.MARKDOWN, Lang.EN))
        assert "✗" not in text
        assert "imported; nothing of it was checked here" in text


def test_hostile_steps_break_no_export() -> None:
    with open_history(None) as history:
        answered(history, record(HOSTILE))
        number = history.list()[0].id
        page = history.export(number, Form.HTML, Lang.EN)
        assert "<script" not in page
        brought = history.bring(history.export(number, Form.MARKDOWN, Lang.EN))
        (turn,) = history.turns(brought)
        assert turn.answer is not None
        assert turn.answer.text == "x = 5, and y = 6"


@pytest.mark.parametrize("damage", ["[", "5", '{"steps": 5, "events": [1, {}]}', '{"finished": 1}'])
def test_a_damaged_record_is_exported_without_marks(damage: str) -> None:
    with open_history(None) as history:
        answered(history, damage)
        text = history.export(history.list()[0].id, Form.MARKDOWN, Lang.EN)
        assert "✗" not in text
        assert "x = 5, and y = 6" in text


SOLUTION = """## Answer

1. **Factor** (✓ proved)

   Use $`\\frac{1}{2}`$ here.

   $$
   \\frac{x^3}{3}
   $$

- completing\\_square
"""


def test_a_stored_solution_is_drawn() -> None:
    lines = list(drawn(SOLUTION, 80, bold=False))
    assert lines[0] == "Answer"
    assert "1. Factor (✓ proved)" in lines
    assert "   Use ½ here." in lines
    assert "──" in "".join(lines)
    assert "- completing_square" in lines
    assert not {"$", "*", "#", "`", "\\"} & set("".join(lines))
    assert "\x1b[1mFactor\x1b[0m" in "\n".join(drawn(SOLUTION, 80, bold=True))


@given(st.text(max_size=200) | st.lists(st.sampled_from(
    ["$$\n", "$`", "`$", "**", "# ", "\\frac{", "}", "\n", "x", "\x1b[2J", "\\"]
)).map("".join))  # fmt: skip
def test_anything_is_drawn_without_what_a_terminal_obeys(text: str) -> None:
    assert not set("\x1b\x9b\u202e\r") & set("\n".join(drawn(text, 40, bold=False)))
