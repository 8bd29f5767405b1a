"""A turn that comes back out of the history: the same words, in the language of whoever reads."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import Code, CodeReport, Failed, Failure, Frame, Origin
from assistant.events import (
    Account,
    AnswerChecked,
    CodeChecked,
    Notice,
    NoticeKind,
    Route,
    Routed,
    StepChecked,
    StepProposed,
    TurnEnd,
    TurnEvent,
    TurnFinished,
)
from assistant.events import SpokenStep as Step
from assistant.history import Form, open_history
from assistant.history.marks import wrong
from assistant.maths.types import Mark, Refuted
from assistant.maths.types import Text as Sentence
from assistant.session.options import TurnOptions
from assistant.session.recording import Recorder
from assistant.session.session import Session
from runtimes.base import Cancel
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang, Text
from runtimes.types import TextDelta
from tui.conversations.recalled import recalled
from tui.turn.ran import ran
from tui.turn.said import Exact, Line, Ran, Rows, Spoken

ANSWER = "x = 6\n\n```python\ndef f(x):\n    return x\n```\n"
FAILED = Failure(
    test="f(2) == 4",
    call="f(2)",
    gave="2",
    expected="4",
    frames=(Frame("answer.py", 2, "f", "return x", 5),),
    explained=(Text("x was {0}", "x 为 {0}", ("2",)),),
)
REPORT = CodeReport(
    code=Code(Language.PYTHON, (SourceFile("answer.py", "def f(x):\n    return x\n"),)),
    verdict=Failed(1, 2, Origin.USER, FAILED),
    notes=(Text("one note", "一条说明"),),
)
CHECKED = CodeChecked(0, 7, len(ANSWER) - 1, REPORT)
EVENTS: list[TurnEvent] = [
    TextDelta(ANSWER),
    StepProposed(Step(0, "x = 6", 0, 5)),
    StepChecked(0, Mark(Refuted("x = 5", "", ""), 1, Sentence("that is wrong", "这不对"))),
    Notice(NoticeKind.REPAIR, Text("cut after {0}", "在 {0} 处截断", ("7",))),
    CHECKED,
    AnswerChecked("6", Refuted("x = 5", "", ""), Text("it does not fit", "不符合题意")),
    TurnFinished(
        TurnEnd.FAILED, ANSWER, Account(), RuntimeFailure(Text("the engine died", "引擎已终止"))
    ),
]
WORDS = {
    Lang.EN: {"that is wrong", "cut after 7", "failed: passed 1 of 2", "the answer 6: it does not",
              "the engine died", "gave 2, and 4 was expected", "x was 2", "line 5 of the answer",
              "one note"},
    Lang.ZH: {"这不对", "在 7 处截断", "未通过：2 项中通过 1 项", "答案 6：不符合题意",
              "引擎已终止", "得到 2，应为 4", "x 为 2", "回答第 5 行", "一条说明"},
}  # fmt: skip


def shown(path: Path, lang: Lang) -> str:
    """All that is drawn of the one turn of a history."""
    with open_history(path) as history:
        (turn,) = history.turns(history.list()[0].id)
    parts: list[str] = []
    for item in recalled(turn, lang).items:
        match item:
            case Line():
                parts.append(item.text)
            case Ran():
                parts += [item.text, item.detail]
            case Rows(rows):
                marks = [row.mark for row in rows.values()]
                parts += [mark.why.template(lang) for mark in marks if mark is not None]
    return "\n".join(parts)


@pytest.mark.parametrize("spoken", list(Lang))
def test_a_turn_comes_back_in_the_language_of_whoever_reads(tmp_path: Path, spoken: Lang) -> None:
    path = tmp_path / "history.db"
    with open_history(path) as history:
        recorder = Recorder(history, "micro")
        recorder.begin("f(2) == 4?", (), waits=False)
        for event in EVENTS:
            recorder.note(event, spoken)
    for lang in Lang:
        told = shown(path, lang)
        for words in WORDS[lang]:
            assert words in told, words
        others = WORDS[Lang.ZH if lang is Lang.EN else Lang.EN]
        assert not [words for words in others if words in told]
    with open_history(path) as history:
        (turn,) = history.turns(history.list()[0].id)
        assert turn.answer is not None
        for lang, why in ((Lang.EN, "that is wrong"), (Lang.ZH, "这不对")):
            assert why in [one.why for one in wrong(turn.answer, lang)]
            assert why in history.export(turn.question.conversation, Form.MARKDOWN, lang)


@pytest.mark.parametrize("spoken", list(Lang))
def test_an_exact_answer_comes_back_in_the_language_of_whoever_reads(
    tmp_path: Path, spoken: Lang
) -> None:
    from turns import means

    path = tmp_path / "history.db"
    with open_history(path) as history, means(None) as given:
        options = TurnOptions(lang=spoken)
        list(Session(given, options, history).ask("解方程 2x + 3 = 11", Cancel()))
        (turn,) = history.turns(history.list()[0].id)
    (exact,) = [item for item in recalled(turn, spoken).items if isinstance(item, Exact)]
    assert exact.solution.steps
    assert turn.answer is not None
    record = json.loads(turn.answer.record)
    for event in record["events"]:
        event.pop("kept", None)  # as it was once stored
    older = replace(turn, answer=replace(turn.answer, record=json.dumps(record)))
    titles = {Lang.EN: "## Answer", Lang.ZH: "## 答案"}
    for lang, title in titles.items():
        assert not [item for item in recalled(turn, lang).items if isinstance(item, Spoken)]
        (text,) = [item.text for item in recalled(older, lang).items if isinstance(item, Spoken)]
        assert title in text
        assert not [other for other in titles.values() if other != title and other in text]


def test_an_answer_is_named_after_who_wrote_it_however_late_that_is_known(tmp_path: Path) -> None:
    with open_history(tmp_path / "history.db") as history:
        recorder = Recorder(history, "micro")
        recorder.begin("2x + 3 = 11", (), waits=True)
        recorder._begun()  # as its timer does where the solver takes long
        recorder.note(Routed(Route.EXACT, Text("it is", "是")), Lang.EN)
        recorder.note(TurnFinished(TurnEnd.ANSWERED, "x = 4", Account()), Lang.EN)
        (turn,) = history.turns(history.list()[0].id)
        assert turn.answer is not None
        assert turn.answer.label == "exact"


def test_code_that_comes_back_says_what_it_said_at_first(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with open_history(path) as history:
        recorder = Recorder(history, "micro")
        recorder.begin("f(2) == 4?", (), waits=False)
        for event in EVENTS:
            recorder.note(event, Lang.EN)
        (turn,) = history.turns(history.list()[0].id)
    for lang in Lang:
        (again,) = (item for item in recalled(turn, lang).items if isinstance(item, Ran))
        assert again == ran(CHECKED, lang)


@pytest.mark.parametrize(
    "also",
    [None, 5, [], {"zh": 5}, {"zh": []}, {"zh": {"said": 5, "end": "x"}}, {"zh": {"event": []}}],
)
def test_a_damaged_record_shows_what_can_be_shown(tmp_path: Path, also: object) -> None:
    event = {"event": "code", "end": 3, "verdict": "failed", "said": "failed", "also": also}
    failure = {"why": 5, "explained": 7, "frames": [3, {"line": "x"}]}
    record = {"events": [{**event, "failure": failure}, event], "steps": [{"also": also}]}
    with open_history(tmp_path / "history.db") as history:
        with history.answer(history.ask(history.begin(), None, "q")) as writer:
            writer.text("a")
            writer.close("stop", json.dumps(record))
        (turn,) = history.turns(history.list()[0].id)
    for lang in Lang:
        assert recalled(turn, lang).items
