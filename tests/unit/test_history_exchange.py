"""Conversations go out to files and come in again; a hostile file gets nowhere."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.history import (
    Attachment,
    ConversationId,
    Form,
    History,
    Message,
    State,
    StoredTurn,
    open_history,
)
from assistant.history.as_markdown import END
from assistant.history.clean import one_line
from assistant.history.failures import Unreadable
from runtimes.texts import Lang

PIECES = st.lists(
    st.sampled_from(
        [
            "a", "积分", " ", "\n", "\r\n", "\r", "<!-- assistant:end -->", "<!-- assistant:",
            "\\", "> ", ">", "# ", "```", "-->", "<b>&amp;", '"', "\u2028", "\u202e", "\x1b[2J",
            "<!-- assistant:question {} -->", "\\<!-- assistant:end -->", "\ufeff", "x" * 50,
            "## Question · 2026-01-01 10:00", "\n## Answer · micro · 2026-01-01 10:00\n",
            "\n### Thinking\n", "\n### 思考过程\r\n", "\n### Attached: x\n", "\n### 检查结果\n",
            "\n## 回答 · 2026-01-01 10:00\n", f"\n{END}\n", "\n~~~\n", "\n```\n", "- ```\n", "\n> ",
            "\n<!--\n", "\n<script>\n", "\r```", "\r> ", " · ", "2026-01-01 10:00",
        ]
    ),
    max_size=8,
).map("".join)  # fmt: skip
TEXTS = PIECES | st.text(max_size=20)


@cache
def shared() -> History:
    """One history for all examples: making one costs more than an example."""
    return open_history(None)


@st.composite
def conversations(draw: st.DrawFn, *, branches: bool) -> ConversationId:
    history = shared()
    number = history.begin(title=draw(TEXTS))
    answers = [None]
    for _ in range(draw(st.integers(0, 5))):
        parent = draw(st.sampled_from(answers)) if branches else answers[-1]
        attached = draw(st.lists(st.builds(Attachment, TEXTS, TEXTS), max_size=2))
        question = history.ask(number, parent, draw(TEXTS), attached)
        for _ in range(draw(st.integers(1, 2)) if branches else 1):
            writer = history.answer(question, draw(TEXTS))
            writer.reasoning(draw(TEXTS))
            writer.text(draw(TEXTS))
            writer.close(draw(TEXTS), draw(TEXTS))
            if draw(st.booleans()):
                history.fold(writer.id, draw(TEXTS))
            answers.append(writer.id)  # type: ignore[arg-type]
    if branches and len(answers) > 1:
        history.switch(number, draw(st.sampled_from(answers[1:])))  # type: ignore[arg-type]
    return number


def bare(message: Message) -> Message:
    nothing = replace(message, id=0, conversation=0, parent=0)  # type: ignore[arg-type]
    return replace(nothing, imported=False)


def in_markdown(message: Message | None) -> object:
    """What a reader sees of a message, and an import brings back."""
    if message is None:
        return None
    attached = [(one_line(one.name), one.text) for one in message.attachments]
    return (
        message.role, message.text, message.reasoning, message.summary, one_line(message.label),
        attached, message.made // 60,
    )  # fmt: skip


def bare_turns(turns: tuple[StoredTurn, ...]) -> list[tuple[Message, Message | None]]:
    return [(bare(turn.question), turn.answer and bare(turn.answer)) for turn in turns]


@settings(deadline=None, max_examples=30)
@given(conversations(branches=True))
def test_json_loses_nothing(number: ConversationId) -> None:
    history = shared()
    text = history.export(number, Form.JSON, Lang.EN)
    copy = history.bring(text)
    assert history.export(copy, Form.JSON, Lang.ZH) == text
    assert list(map(bare, history.messages(copy))) == list(map(bare, history.messages(number)))
    assert bare_turns(history.turns(copy)) == bare_turns(history.turns(number))


@settings(deadline=None, max_examples=30)
@given(conversations(branches=False), st.sampled_from(Lang))
def test_markdown_keeps_what_a_reader_sees(number: ConversationId, lang: Lang) -> None:
    history = shared()
    copy = history.bring(history.export(number, Form.MARKDOWN, lang))
    was, found = history.turns(number), history.turns(copy)
    assert [(in_markdown(turn.question), in_markdown(turn.answer)) for turn in found] == [
        (in_markdown(turn.question), in_markdown(turn.answer)) for turn in was
    ]
    assert history.find(copy).title == history.find(number).title


@settings(deadline=None, max_examples=30)
@given(conversations(branches=False))
def test_no_message_draws_over_the_end_of_its_place(number: ConversationId) -> None:
    """Whatever is in a message, a reader of Markdown finds every heading of ours after it."""
    history = shared()
    page = history.export(number, Form.MARKDOWN, Lang.EN)
    messages = sum(2 if turn.answer else 1 for turn in history.turns(number))
    found = MarkdownIt().parse(page)
    ours = [
        token
        for token, inside in pairwise(found)
        if token.type == "heading_open"
        and (token.level, token.tag) == (0, "h2")
        and re.match(r"(Question|Answer) · (.* · )?\d{4}-\d\d-\d\d", inside.content)
    ]
    assert len(ours) == messages
    assert found[-1].content.strip() == END


@pytest.mark.parametrize(
    "text", ["## Question · 2026-01-01 10:00a", "  ## Answer · x", "words\n##  回答 ·"]
)
def test_what_looks_like_a_heading_of_ours_is_a_quotation(text: str) -> None:
    with open_history(None) as history:
        number = history.begin(title="t")
        history.answer(history.ask(number, None, text), "micro").close("stop")
        page = history.export(number, Form.MARKDOWN, Lang.EN)
        assert f"\n> {text.splitlines()[-1]}\n" in page
        copy = history.bring(page)
        assert history.turns(copy)[0].question.text == text


def test_a_reader_sees_no_record() -> None:
    with open_history(None) as history:
        number = history.begin(title="t")
        with history.answer(history.ask(number, None, "1 + 1?"), "micro") as writer:
            writer.text("It is **2**.\n\n```python\nprint(1 + 1)\n```\n")
            writer.close("stop", '{"steps": [{"text": "1 + 1", "verdict": "proved"}]}')
        page = history.export(number, Form.MARKDOWN, Lang.EN)
        assert page.count("<!--") == 1
        assert page.splitlines()[-1] == END
        assert "proved" not in page
        assert "\n\nIt is **2**.\n\n```python\nprint(1 + 1)\n```\n" in page


def test_what_an_earlier_version_exported_is_read() -> None:
    page = Path(__file__).parent.parent / "support" / "texts" / "older_export.md"
    with open_history(None) as history:
        number = history.bring(page.read_text(encoding="utf-8"))
        first, second = history.turns(number)
        assert history.find(number).title == "Two questions"
        assert first.question.text == (
            "What is\n<!-- assistant:end -->\n\\<!-- assistant:question {} -->\n2 + 2?"
        )
        (attached,) = first.question.attachments
        assert attached == Attachment("a.txt", "one\n\n> two\n<!-- assistant:end -->")
        assert first.answer is not None
        assert first.answer.text == "It is **4**.\n\n```python\nprint(2 + 2)"
        assert (first.answer.reasoning, first.answer.summary) == (
            "Let me\n\nsee.", "They added.",
        )  # fmt: skip
        assert first.answer.made == 1790000180.0
        assert "refuted" in first.answer.record
        assert second.answer is not None
        assert (second.question.text, second.answer.text) == ("再来一题", "好的")
        assert second.answer.outcome == "cancelled"


@settings(deadline=None, max_examples=30)
@given(conversations(branches=False))
def test_a_page_holds_no_markup_but_ours(number: ConversationId) -> None:
    page = shared().export(number, Form.HTML, Lang.EN)
    tags = set(re.findall(r"<(/?[a-z0-9!]*)", page.partition("<body>")[2], re.IGNORECASE))
    ours = {"h1", "article", "header", "div", "details", "summary", "span", "pre"}
    assert tags <= ours | {f"/{tag}" for tag in ours} | {"/body", "/html"}
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_a_page_loads_and_runs_nothing() -> None:
    with open_history(None) as history:
        number = history.begin()
        hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e\x1b]0;x\x07"
        with history.answer(history.ask(number, None, hostile), hostile) as writer:
            writer.text(hostile)
        page = history.export(number, Form.HTML, Lang.ZH)
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "<img" not in page
    assert "问题" in page


def whole() -> dict[str, object]:
    with open_history(None) as history:
        number = history.begin()
        with history.answer(history.ask(number, None, "q")) as writer:
            writer.text("a")
        record: dict[str, object] = json.loads(history.export(number, Form.JSON, Lang.EN))
        return record


def with_message(at: int, **changes: object) -> str:
    record = whole()
    messages = record["messages"]
    assert isinstance(messages, list)
    messages[at].update(changes)
    return json.dumps(record)


HOSTILE = [
    "", "{", "null", "[]", "{}", "[" * 100_000, '{"a":' * 100_000,
    json.dumps({**whole(), "format": "other"}),
    json.dumps({**whole(), "version": 2}),
    json.dumps({**whole(), "version": True}),
    json.dumps({**whole(), "leaf": 9}),
    json.dumps({**whole(), "leaf": -1}),
    json.dumps({**whole(), "title": ["x"]}),
    json.dumps({**whole(), "messages": {"0": {}}}),
    json.dumps({**whole(), "messages": [1]}),
    json.dumps({**whole(), "made": float("inf")}),
    json.dumps({**whole(), "made": 1e300}),
    json.dumps({**whole(), "made": 10**400}),
    with_message(1, parent=1),
    with_message(1, parent=7),
    with_message(0, parent=0),
    with_message(1, parent=-1),
    with_message(1, parent=None),
    with_message(1, parent=10**30),
    with_message(1, role="question"),
    with_message(1, role="system"),
    with_message(1, state="weird"),
    with_message(1, text=5),
    with_message(1, made="yesterday"),
    with_message(0, attachments=[{"name": "x"}]),
    "# a page\n\nwithout any mark",
    "<!-- assistant:question {} -->\nq\n<!-- assistant:end -->",
    '<!-- assistant:conversation {"title": "t", "made": 1} -->\nnever ends',
    '<!-- assistant:conversation {"title": "t", "made": 1} -->\n<!-- assistant:end -->\n'
    "<!-- assistant:answer {} -->\na\n<!-- assistant:end -->",
    '<!-- assistant:conversation {"title": "t", "made": 1} -->\n<!-- assistant:end -->\n'
    "<!-- assistant:reasoning {} -->\na\n<!-- assistant:end -->",
    "<!-- assistant:conversation [] -->\n<!-- assistant:end -->",
    END,
    f"# t\n\n### Thinking\n\n> a\n\n{END}",
    f"# t\n\n## Answer · micro · 2026-01-01 10:00\n\na\n\n{END}",
    f"# t\n\n## Question · 2026-01-01 10:00\n\na\n\n## Question · 2026-01-01 10:00\n\nb\n\n{END}",
    f"# t\n\n## Question · 2026-01-01 10:00\n\na\n\n{END[:-1]}",
    "<!-- assistant:conversation {" + '{"a":' * 50_000 + "} -->\n<!-- assistant:end -->",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_conversation_is_refused_and_leaves_nothing(text: str) -> None:
    with open_history(None) as history:
        with pytest.raises(Unreadable) as caught:
            history.bring(text)
        assert caught.value.remedy is not None
        assert caught.value.message.zh.format(*caught.value.message.args)
        assert history.list() == ()


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=60) | PIECES)
@example("#\n<!-- assistant-conversation 2 -->")
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(Unreadable):  # what can be read can be written again
        number = shared().bring(text)
        assert shared().export(number, Form.MARKDOWN, Lang.EN).startswith("#")
    with pytest.raises(Unreadable):
        shared().bring("{" + text)


def test_marks_from_a_file_are_known_to_be_its_claims() -> None:
    with open_history(None) as history:
        number = history.bring(with_message(1, record='{"steps": ["proved"]}', state="open"))
        (turn,) = history.turns(number)
        assert turn.question.imported
        assert turn.answer is not None
        assert turn.answer.imported
        assert turn.answer.state is State.CRASHED
        with history.answer(history.ask(number, turn.answer.id, "go on")) as writer:
            writer.text("here")
        assert not history.message(writer.id).imported


def test_a_file_that_an_editor_has_saved_is_read() -> None:
    with open_history(None) as history:
        number = history.begin()
        with history.answer(history.ask(number, None, "q")) as writer:
            writer.reasoning("one\n\ntwo")
            writer.text("a")
        text = history.export(number, Form.MARKDOWN, Lang.EN)
        trimmed = "\r\n".join(line.rstrip() for line in text.split("\n"))
        answer = history.turns(history.bring(trimmed))[0].answer
        assert answer is not None
        assert answer.reasoning == "one\n\ntwo"
