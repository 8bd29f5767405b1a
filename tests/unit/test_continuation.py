"""Going on with a turn: the prompt it makes, the seam in the text, and where a thinking ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtimes.continuing import begun
from runtimes.prompting import Segment, mask, pieces, segments, text_of
from runtimes.sentences import MOST, Budget, ends_sentence
from runtimes.spelling import as_known
from runtimes.textstream import AnswerStream, Seam
from runtimes.types import Message, Role

TAGS = ("<think>", "</think>", "<|im_start|>", "<|im_end|>")
ASKED = Message(Role.USER, "2+2?")


def head(*, opens: bool) -> tuple[Segment, ...]:
    turns, contents = mask([ASKED])
    rendered = f"<|im_start|>user\n{turns[0].text}<|im_end|>\n<|im_start|>assistant\n"
    return segments(rendered + ("<think>\n" if opens else ""), contents)


def continued(
    text: str, reasoning: str = "", *, opens: bool = True, thinks: bool = True, think: bool = True
) -> tuple[str, bool]:
    """What the prompt says behind the assistant's tag, and whether the thinking goes on."""
    turn = begun((ASKED, Message(Role.ASSISTANT, text, reasoning)), thinks=thinks, think=think)
    assert turn is not None
    made = text_of(turn.behind(head(opens=opens)))
    return made.partition("assistant\n")[2], turn.thinking_at(head(opens=opens))


# --- the prompt ------------------------------------------------------------------------------


@pytest.mark.parametrize("opens", [True, False])
def test_a_thinking_goes_on_where_it_was(*, opens: bool) -> None:
    """Some templates open the thinking, some leave it to the model."""
    assert continued("", "I add", opens=opens) == ("<think>\nI add", True)


@pytest.mark.parametrize("opens", [True, False])
def test_an_answer_goes_on_behind_its_thinking(*, opens: bool) -> None:
    made = "<think>\nI add.\n</think>\n\nIt is"
    assert continued("It is", "I add.", opens=opens) == (made, False)
    assert continued("It is", "I add.\n", opens=opens) == (made, False)


def test_answer_now_closes_the_thinking() -> None:
    assert continued("", "I add", think=False) == ("<think>\nI add\n</think>\n\n", False)
    assert continued("", "", think=False) == ("<think>\n\n</think>\n\n", False)


def test_nothing_begun_is_an_ordinary_beginning() -> None:
    assert continued("", "", opens=True) == ("<think>\n", True)
    assert continued("", "", opens=False) == ("", False)


def test_a_model_that_never_thinks_gets_no_thinking() -> None:
    assert continued("It is", "I add", opens=False, thinks=False) == ("It is", False)


def test_only_an_assistants_turn_is_continued() -> None:
    assert begun((), thinks=True) is None
    assert begun((ASKED,), thinks=True) is None
    assert begun((Message(Role.ASSISTANT, "Hi"), ASKED), thinks=True) is None


@given(
    st.lists(st.sampled_from([*TAGS, "<", "a", "\n", "think>", "</", "|im_end|>"]), max_size=6),
    st.lists(st.sampled_from([*TAGS, "<", "b", "\n", "think>", "</", "|im_end|>"]), max_size=6),
)
def test_no_tag_is_made_by_what_was_begun(thought: list[str], said: list[str]) -> None:
    turn = begun((ASKED, Message(Role.ASSISTANT, "".join(said), "".join(thought))), thinks=True)
    assert turn is not None
    made = pieces(turn.behind(head(opens=True)), TAGS)
    read = sum(part.count(tag) for part in made for tag in TAGS)
    closes = bool("".join(said))
    assert read == 3 + 1 + closes  # the template's four, and the tag that ends the thinking


# --- the seam --------------------------------------------------------------------------------


def test_a_blank_at_the_end_is_left_to_the_model() -> None:
    assert Seam.of("x = ").shown == "x ="
    assert Seam.of("x =   ").shown == "x =  "
    assert Seam.of("a line\n").shown == "a line\n"
    assert Seam.bare("a line \n\n").shown == "a line"


@pytest.mark.parametrize(
    ("before", "written", "new"),
    [
        ("x = ", [" 4."], "4."),
        ("x = ", [" ", "4."], "4."),
        ("x = ", ["  4."], " 4."),
        ("x = ", ["4."], "4."),  # the model did not want the blank: nobody takes it back
        ("x =", [" 4."], " 4."),
        ("a\n", ["\nb"], "\nb"),
    ],
)
def test_the_blank_is_not_given_twice(before: str, written: list[str], new: str) -> None:
    stream = AnswerStream(thinking=False, seam=Seam.of(before))
    given = [piece for part in written for piece in stream.feed(part)] + stream.flush()
    assert "".join(piece.text for piece in given) == new


def test_a_server_that_trims_gives_back_what_it_trimmed() -> None:
    stream = AnswerStream(thinking=False, seam=Seam.bare("a.\n\n"))
    given = [*stream.feed("\n"), *stream.feed("\nb"), *stream.flush()]
    assert "".join(piece.text for piece in given) == "b"


def test_a_seam_in_code_is_still_in_code() -> None:
    """A closing tag in a fence that was opened before the seam is text."""
    stream = AnswerStream(thinking=True, seam=Seam.of("```\ncode"))
    given = [*stream.feed(" </think> more"), *stream.flush()]
    assert all(piece.thinking for piece in given)
    assert "".join(piece.text for piece in given) == " </think> more"


# --- other spellings -------------------------------------------------------------------------

WORDS = {1: b"a", 2: b"b", 3: b"ab", 4: b"", 5: b"", 6: b"abb", 7: "é".encode()[:1], 8: b"\xa9"}


def said(tokens: list[int]) -> bytes:
    return b"".join(WORDS[token] for token in tokens)


def test_a_text_that_is_known_in_other_tokens_is_taken_in_those() -> None:
    assert as_known([4, 3, 2, 1], [4, 1, 2, 2], WORDS.__getitem__) == [4, 1, 2, 2, 1]
    assert as_known([4, 6], [4, 3], WORDS.__getitem__) == [4, 6]  # not in the middle of a token
    assert as_known([3, 4, 1], [1, 2, 4, 1, 2], WORDS.__getitem__) == [1, 2, 4, 1]
    assert as_known([3, 4, 1], [1, 2, 5, 1], WORDS.__getitem__) == [1, 2, 4, 1]  # another tag


@given(st.lists(st.sampled_from(sorted(WORDS))), st.lists(st.sampled_from(sorted(WORDS))))
def test_the_text_stays_the_same_and_the_tags_stay_tags(
    wanted: list[int], known: list[int]
) -> None:
    made = as_known(wanted, known, WORDS.__getitem__)
    assert said(made) == said(wanted)
    steers = {token for token, words in WORDS.items() if not words}
    assert [t for t in made if t in steers] == [t for t in wanted if t in steers]


# --- sentences -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "So it is four.", "Is it?", "Wait! I see why!", "所以答案是四。", "是吗？", "太好了！",
        "He said “yes.”", "so $x = y$.", "(as above).", "**Therefore.** ", "a line\n", "x = 3.14\n",
        "于是x等于四.", "Good. ",
    ],
)  # fmt: skip
def test_a_sentence_ends(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n", "So it is", "it is 3.", "it is 3.14", "5!", "n!", "(n-1)!", "e.g.", "i.e.",
        "cf.", "by Fig.", "math.pi.", "and so on..", "所以，", "所以：", "a, b;", ".", "I think x.",
    ],
)  # fmt: skip
def test_a_sentence_goes_on(text: str) -> None:
    assert not ends_sentence(text)


def spent(budget: int, words: list[bytes]) -> int:
    """After how many tokens the thinking ends."""
    held = Budget(budget)
    assert not held.over(0, b"")
    return next(n for n, word in enumerate(words, 1) if held.over(n, word))


def test_a_thinking_ends_with_a_sentence_in_the_last_part_of_its_budget() -> None:
    words = [b" word"] * 100
    assert spent(80, words) == 80  # no sentence ends: the budget does
    words[40], words[74] = b".", b"."
    assert spent(80, words) == 75
    words[77] = b"."
    assert spent(80, words) == 75  # the first of them
    assert spent(77, words) == 75


def test_a_chinese_thinking_ends_with_its_sentence() -> None:
    end = "。".encode()
    words = ["字".encode()] * 100
    words[75] = end
    assert spent(80, words) == 76
    halves = [*["字".encode()] * 74, end[:1], end[1:2], end[2:], *[b"x"] * 20]
    assert spent(80, halves) == 77  # not before the sign is whole
    broken = [*[b"x"] * 74, end + "字".encode()[:1], "字".encode()[1:], *[b"x"] * 20]
    assert spent(80, broken) == 80  # half a character is never left behind


def test_a_long_budget_is_not_cut_short_by_an_eighth() -> None:
    words = [b".\n"] * 10_000
    assert spent(8000, words) == 8000 - MOST
    assert spent(3, words) == 3
    assert Budget(0).over(0, b"")
    assert not Budget(None).over(10**9, b"\n")
