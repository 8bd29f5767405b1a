"""What a model is told: the instruction once, in the right place, and nobody's words obeyed."""

from __future__ import annotations

import os
import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.events import Route
from assistant.prompts import (
    Template,
    answer_request,
    explain_request,
    opening_of,
    repair_request,
    stray_files,
    summary_request,
    template_names,
    write_messages,
)
from assistant.prompts.files import PLACES, SHIPPED, read_template
from assistant.prompts.filling import fill, unknown_place, without_line
from assistant.session.conversation import Conversation, Turn
from runtimes.catalog import load_catalog
from runtimes.errors import Damaged
from runtimes.texts import Lang
from runtimes.types import Message, ModelSpec, Role, Tool

CATALOG = load_catalog()
R1 = CATALOG.find("r1-qwen-1.5b")
QWEN = CATALOG.find("qwen2.5-1.5b")
MICRO = CATALOG.find("micro")
RULE = {
    Lang.EN: r"Please reason step by step, and put your final answer within \boxed{}.",
    Lang.ZH: r"请逐步推理，并把最终答案放在 \boxed{} 中。",
}
TALKED = Conversation((Turn("Solve 2x = 8", "x = 4", reasoning="secret thought"),), "they met")
ROUTES = [Route.MATHS, Route.CODE, Route.TUTOR, Route.TALK]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def own(home: Path) -> Path:
    folder = home / "config" / "prompts"
    folder.mkdir(parents=True)
    return folder


def texts(messages: tuple[Message, ...]) -> str:
    return "\n".join(message.text for message in messages)


@pytest.mark.parametrize("lang", Lang)
def test_r1_is_asked_as_its_card_says(lang: Lang) -> None:
    (message,) = write_messages(Route.MATHS, Conversation(), "Solve 2x = 8", R1, lang)
    assert message.role is Role.USER
    assert message.text.startswith("Solve 2x = 8\n\n" + RULE[lang])


@pytest.mark.parametrize("lang", Lang)
def test_a_model_with_a_system_prompt_is_told_there(lang: Lang) -> None:
    system, asked = write_messages(Route.MATHS, Conversation(), "Solve 2x = 8", QWEN, lang)
    assert (system.role, asked) == (Role.SYSTEM, Message(Role.USER, "Solve 2x = 8"))
    assert system.text.startswith(RULE[lang])
    assert "{" not in system.text.replace(r"\boxed{}", "")


@pytest.mark.parametrize("route", Route)
@pytest.mark.parametrize("spec", [R1, QWEN, MICRO], ids=lambda spec: spec.id)
def test_only_this_turn_carries_the_instruction_and_no_thinking_comes_back(
    route: Route, spec: ModelSpec
) -> None:
    messages = write_messages(route, TALKED, "And 3x = 9?", spec, Lang.EN)
    spoken = [message for message in messages if message.role is not Role.SYSTEM]
    assert [m.role for m in spoken] == [Role.USER, Role.ASSISTANT, Role.USER]
    assert spoken[0].text.endswith("Solve 2x = 8")
    assert spoken[1].text == "x = 4"
    assert "And 3x = 9?" in spoken[2].text
    assert "secret" not in texts(messages)
    assert not any(message.reasoning for message in messages)


TOOLS = (Tool("calculator", "works it out", "{}"),)
LONG = "And so on, and so on. " * 20


def led(turns: int, system: tuple[Message, ...]) -> Conversation:
    """A conversation of some turns, the first asked under a system prompt."""
    said = Conversation()
    for _ in range(turns):
        said = said.later(Turn("Solve 2x = 8", LONG), opening_of(system), beside=False)
    return said


@pytest.mark.parametrize("then", [Route.CODE, Route.TALK, Route.TUTOR, Route.MATHS])
def test_the_system_prompt_stays_what_it_was(then: Route) -> None:
    first = write_messages(Route.MATHS, Conversation(), "Solve 2x = 8", QWEN, Lang.EN)
    talked = led(3, first)
    second = write_messages(then, talked, "Sort a list", QWEN, Lang.EN)
    assert second[: len(first)] == first
    (asked,) = write_messages(then, Conversation(), "Sort a list", R1, Lang.EN)
    assert second[-1] == (Message(Role.USER, "Sort a list") if then is Route.MATHS else asked)
    explained = explain_request(talked, "Solve 3x = 9", "x = 3", QWEN, Lang.EN)
    assert explained[: len(first)] == first
    # in another language, and of a model that takes none, it asks for the wrong thing
    chinese = write_messages(then, talked, "排序", QWEN, Lang.ZH)
    assert chinese[0] == write_messages(then, Conversation(), "排序", QWEN, Lang.ZH)[0]
    assert write_messages(then, talked, "Sort a list", R1, Lang.EN)[0].role is Role.USER


@pytest.mark.parametrize("then", [Route.CODE, Route.MATHS])
def test_tools_that_are_gone_are_told_no_more(then: Route) -> None:
    """A model would call them, and nothing would answer."""
    told = write_messages(Route.MATHS, Conversation(), "Solve 2x = 8", QWEN, Lang.EN, TOOLS)
    talked = led(3, told)
    again = write_messages(Route.MATHS, talked, "Solve 3x = 9", QWEN, Lang.EN, TOOLS)
    assert again[0] == told[0]
    for messages in (
        write_messages(then, talked, "Solve 3x = 9", QWEN, Lang.EN),
        explain_request(talked, "Solve 3x = 9", "x = 3", QWEN, Lang.EN),
    ):
        assert TOOLS[0].name in told[0].text
        assert not any(TOOLS[0].name in message.text for message in messages)


def test_a_template_that_is_changed_holds_from_the_next_question_on(own: Path) -> None:
    talked = led(3, write_messages(Route.MATHS, Conversation(), "1+1", QWEN, Lang.EN))
    (own / "code.en.txt").write_text("{qestion}")  # that of another kind of question
    (own / "maths.en.txt").write_text("Short!\n{question}")
    head, *_ = write_messages(Route.MATHS, talked, "1+1", QWEN, Lang.EN)
    assert head == Message(Role.SYSTEM, "Short!")


def test_the_first_question_in_other_words_is_asked_as_a_first_one() -> None:
    (head, _) = write_messages(Route.MATHS, Conversation(), "1+1", QWEN, Lang.EN)
    before = replace(led(1, (head,)), turns=())
    for route in (Route.CODE, Route.TALK):
        messages = write_messages(route, before, "Sort a list", QWEN, Lang.EN)
        assert messages == write_messages(route, Conversation(), "Sort a list", QWEN, Lang.EN)


def test_a_system_prompt_that_has_cost_as_much_as_a_new_one_goes() -> None:
    talk, code = (
        write_messages(route, Conversation(), "Hello", QWEN, Lang.EN)
        for route in (Route.TALK, Route.CODE)
    )
    heads, said = [], led(4, talk)
    for _ in range(7):
        sent = write_messages(Route.CODE, said, "Sort a list", QWEN, Lang.EN)
        heads.append(sent[0])
        beside = sent[-1].text != "Sort a list"
        said = said.later(Turn("Sort a list", LONG), opening_of(sent), beside=beside)
    stayed = heads.index(code[0])
    assert heads == [talk[0]] * stayed + [code[0]] * (7 - stayed)
    assert 2 <= stayed <= 6
    # a greeting is soon read anew
    assert write_messages(Route.CODE, led(1, talk), "Sort a list", QWEN, Lang.EN)[0] == code[0]


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("spec", [R1, QWEN], ids=lambda spec: spec.id)
def test_the_summary_stands_first_and_labelled_and_never_in_the_system_prompt(
    spec: ModelSpec, lang: Lang
) -> None:
    messages = write_messages(Route.TALK, TALKED, "go on", spec, lang)
    first = next(message for message in messages if message.role is Role.USER)
    label, summary, *_ = first.text.splitlines()
    assert label[0] in "[【"
    assert summary == "they met"
    assert texts(messages).count("they met") == 1


@pytest.mark.parametrize("route", Route)
def test_the_micro_model_gets_the_question_alone(route: Route) -> None:
    messages = write_messages(route, Conversation(), "Solve 2x + 3 = 11", MICRO, Lang.EN)
    assert messages == (Message(Role.USER, "Solve 2x + 3 = 11"),)
    assert explain_request(Conversation(), "q", "solution", MICRO, Lang.EN) == (
        Message(Role.USER, "q"),
    )


def test_a_stopped_answer_keeps_the_turns_alternating() -> None:
    talked = Conversation((Turn("one", ""), Turn("two", " \n")))
    messages = write_messages(Route.TALK, talked, "three", R1, Lang.ZH)
    assert [m.role for m in messages] == [Role.USER, Role.ASSISTANT] * 2 + [Role.USER]
    assert all(message.text.strip() for message in messages)


@pytest.mark.parametrize("lang", Lang)
def test_an_exact_solution_is_explained_with_its_problem(lang: Lang) -> None:
    messages = explain_request(TALKED, "Solve 3x = 9", "3x = 9\nx = 3", R1, lang)
    assert "Solve 3x = 9" in messages[-1].text
    assert "3x = 9\nx = 3" in messages[-1].text
    assert messages[0].text.endswith("Solve 2x = 8")


@pytest.mark.parametrize("lang", Lang)
def test_a_repair_goes_on_from_the_last_good_step(lang: Lang) -> None:
    sent = write_messages(Route.MATHS, Conversation(), "Solve 3(x-2)=12", R1, lang)
    again = repair_request(sent, "3x - 6 = 12\n", "3x = 16", "12 + 6 = 18", lang)
    assert again[:1] == sent
    assert again[1] == Message(Role.ASSISTANT, "3x - 6 = 12")
    assert again[2].role is Role.USER
    assert "3x = 16" in again[2].text
    assert "12 + 6 = 18" in again[2].text


def test_a_repair_with_nothing_good_asks_the_question_anew() -> None:
    sent = write_messages(Route.MATHS, Conversation(), "Solve 3x=12", QWEN, Lang.EN)
    again = repair_request(sent, " \n", "x = 5", "3 * 5 = 15", Lang.EN)
    assert [m.role for m in again] == [Role.SYSTEM, Role.USER]
    assert again[1].text.startswith("Solve 3x=12\n\n")
    assert "x = 5" in again[1].text


@pytest.mark.parametrize("lang", Lang)
def test_an_ended_thinking_is_given_back_in_words(lang: Lang) -> None:
    sent = write_messages(Route.MATHS, TALKED, "Solve 3x=12", R1, lang)
    again = answer_request(sent, "\nI divide by {question}.\n", lang)
    assert [m.role for m in again] == [m.role for m in sent]
    assert again[:-1] == sent[:-1]
    assert again[-1].text.startswith(sent[-1].text)
    assert "I divide by {question}." in again[-1].text
    assert answer_request(sent, " \n", lang) == sent


@pytest.mark.parametrize("lang", Lang)
def test_a_summary_is_asked_of_all_turns_in_order(lang: Lang) -> None:
    turns = (Turn("first?", "1", "hidden"), Turn("second?", ""))
    (message,) = summary_request(turns, "older still", lang)
    places = [message.text.index(part) for part in ("older still", "first?", "1", "second?")]
    assert places == sorted(places)
    assert "hidden" not in message.text


@pytest.mark.parametrize("lang", Lang)
def test_tools_are_told_only_where_they_are_given(lang: Lang) -> None:
    tool = Tool("calculator", "works out {question}", '{"type": "object"}')
    with_tools = texts(write_messages(Route.MATHS, Conversation(), "q", QWEN, lang, (tool,)))
    assert '- calculator: works out {question}\n  {"type": "object"}' in with_tools
    assert "tool_call" in with_tools
    assert "tool_call" not in texts(write_messages(Route.MATHS, Conversation(), "q", QWEN, lang))


def test_every_template_ships_in_both_languages() -> None:
    names = template_names()
    assert len(names) == len(Template) * len(Lang)
    assert {placed.path.name for placed in names} == {p.name for p in SHIPPED.iterdir()}
    for placed in names:
        text = read_template(placed.template, placed.lang)
        assert not placed.own
        assert (placed.lang is Lang.ZH) == any("\u4e00" <= c <= "\u9fff" for c in text)


def test_a_users_file_takes_the_place_of_ours(own: Path) -> None:
    (own / "maths.en.txt").write_bytes("\ufeffShort!\r\n{question}\r\n".encode())
    (message,) = write_messages(Route.MATHS, Conversation(), "1+1", R1, Lang.EN)
    assert message.text == "Short!\n1+1"
    system, _ = write_messages(Route.MATHS, Conversation(), "1+1", QWEN, Lang.EN)
    assert system == Message(Role.SYSTEM, "Short!")
    assert [p.path for p in template_names() if p.own] == [own / "maths.en.txt"]


def test_a_question_woven_into_a_sentence_stays_in_the_users_turn(own: Path) -> None:
    (own / "talk.en.txt").write_text("Say of “{question}” one word.")
    messages = write_messages(Route.TALK, Conversation(), "love", QWEN, Lang.EN)
    assert messages == (Message(Role.USER, "Say of “love” one word."),)


def test_a_question_alone_needs_no_system_prompt(own: Path) -> None:
    (own / "talk.en.txt").write_text("{question}")
    messages = write_messages(Route.TALK, Conversation(), "love", QWEN, Lang.EN)
    assert messages == (Message(Role.USER, "love"),)


BROKEN = [
    (b"a\nb\n{qestion}\n{question}", "line 3", "{qestion}"),
    (b"no place at all", "{question}", ""),
    (b"", "{question}", ""),
    (b"{question}\n\xff\xfe", "line 2", "UTF-8"),
    (b"{question}\nred \x1b[31m", "line 2", "shown"),
    ("{question}\n\u202eabc".encode(), "line 2", "shown"),
    (b"{question}" + b"x" * (1 << 20), "16 KiB", ""),
    (b"{question} {solution}", "line 1", "{solution}"),
]


@pytest.mark.parametrize(("content", "first", "second"), BROKEN)
def test_a_broken_template_is_told_by_file_and_line(
    own: Path, content: bytes, first: str, second: str
) -> None:
    (own / "maths.en.txt").write_bytes(content)
    with pytest.raises(Damaged) as caught:
        write_messages(Route.MATHS, Conversation(), "q", R1, Lang.EN)
    for template in (caught.value.message.en, caught.value.message.zh):
        told = template.format(*caught.value.message.args)
        assert str(own / "maths.en.txt") in told
    told = caught.value.message.en.format(*caught.value.message.args)
    assert first in told
    assert second in told
    write_messages(Route.MATHS, Conversation(), "q", R1, Lang.ZH)  # the others work


def test_what_is_no_plain_file_is_told_and_never_waited_for(own: Path) -> None:
    os.mkfifo(own / "maths.en.txt")
    (own / "code.en.txt").mkdir()
    (own / "talk.en.txt").symlink_to(own / "nowhere")
    for route in (Route.MATHS, Route.CODE, Route.TALK):
        with pytest.raises(Damaged):
            write_messages(route, Conversation(), "q", R1, Lang.EN)


def test_a_mistyped_name_is_found(own: Path) -> None:
    assert stray_files() == ()
    (own / "math.en.txt").write_text("{question}")
    (own / "maths.en.txt").write_text("{question}")
    assert stray_files() == (own / "math.en.txt",)


def test_latex_and_json_are_no_places() -> None:
    text = r'\boxed{} \text{metres} \frac{ab}{cd} x^{ab} {"name": 1} {x} {A} \begin{cases}{}'
    assert unknown_place(text, ("question",)) is None
    assert fill(text, {"question": "no"}) == text


WORDS = st.text(alphabet=string.printable + "{}\\问答questionsummary", max_size=60)


@given(question=WORDS, summary=WORDS, answer=WORDS)
def test_what_is_put_in_is_never_looked_at_again(question: str, summary: str, answer: str) -> None:
    inserted = question + "{question}{summary}{0}%s"
    talked = Conversation((Turn("{question}", answer + "{summary}"),), summary + "{question}")
    messages = write_messages(Route.MATHS, talked, inserted, R1, Lang.EN)
    assert messages[-1].text.startswith(inserted)
    assert messages[1].text == answer + "{summary}"
    assert summary + "{question}" in messages[0].text


@given(question=WORDS, solution=WORDS)
def test_two_places_are_filled_in_one_pass(question: str, solution: str) -> None:
    text = fill(
        "a {question} b {solution} c {question}", {"question": question, "solution": solution}
    )
    assert text == f"a {question} b {solution} c {question}"


@given(st.lists(st.sampled_from(["{question}", " {question} ", "word", "", "x{question}"])))
def test_a_line_is_taken_out_only_where_it_stands_alone(lines: list[str]) -> None:
    template = "\n".join(lines)
    rest = without_line(template, "question")
    alone = sum("question" in line for line in lines) == 1 and "x{question}" not in lines
    assert (rest is not None) == alone
    assert rest is None or "question" not in rest


def test_every_place_of_a_template_is_needed() -> None:
    for placed in template_names():
        text = read_template(placed.template, placed.lang)
        for name in PLACES[placed.template]:
            assert text.count(f"{{{name}}}") == 1
