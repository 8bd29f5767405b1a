"""The parts of the llama.cpp engine one by one: templates, samplers, guesses, the abort flag."""

from __future__ import annotations

import copy
import ctypes
from collections.abc import Iterator

import pytest

pytest.importorskip("llama_cpp")

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from micro_llama import opened, user

from runtimes.base import Cancel
from runtimes.chat_template import ChatTemplate
from runtimes.errors import Unsupported
from runtimes.llamacpp.constraint import CompiledGrammar
from runtimes.llamacpp.engine import LlamaModel
from runtimes.llamacpp.library import AbortFlag, Library, open_library
from runtimes.llamacpp.lookup import Drafts
from runtimes.llamacpp.prompt import CHATML, common_length
from runtimes.llamacpp.sampling import Sampler, candidates
from runtimes.llamacpp.writer import Limits, Start, Writer
from runtimes.types import GenerationParams, Grammar, Message, Role

pytestmark = pytest.mark.xdist_group("llamacpp")
TOKENS = ("<s>", "</s>")


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


@pytest.fixture(scope="module")
def model() -> Iterator[LlamaModel]:
    with opened() as loaded:
        yield loaded


# --- templates ---------------------------------------------------------------------------------


def test_chatml_is_written() -> None:
    turns = (Message(Role.SYSTEM, "s"), Message(Role.USER, "u"))
    assert ChatTemplate(CHATML, *TOKENS).render(turns) == (
        "<|im_start|>system\ns<|im_end|>\n<|im_start|>user\nu<|im_end|>\n<|im_start|>assistant\n"
    )


def test_the_helpers_of_published_templates_work() -> None:
    source = (
        "{{ bos_token }}{% for m in messages %}{% if loop.index0 % 2 %}{% continue %}{% endif %}"
        "{{ m.content | trim }}{{ '=' * 3 }}{{ [1] | tojson }}{{ strftime_now('%Y')[:2] }}"
        "{{ enable_thinking is defined }}{% endfor %}"
    )
    assert ChatTemplate(source, *TOKENS).render(user(" x ")) == "<s>x===[1]20False"
    assert ChatTemplate(source, *TOKENS).render(user("x"), thinking=False).endswith("True")


def test_marks_for_training_and_templates_that_count_tools_are_read() -> None:
    source = (
        "{% for t in tools %}{{ t }}{% endfor %}"
        "{% for m in messages %}{% generation %}{{ m.content }}{% endgeneration %}{% endfor %}"
    )
    assert ChatTemplate(source, *TOKENS).render(user("x")) == "x"


def test_a_template_without_a_system_prompt_gets_it_in_the_users_turn(model: LlamaModel) -> None:
    prompter = copy.copy(model._prompter)
    source = (
        "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system') }}"
        "{% endif %}<{{ m.content }}>{% endfor %}"
    )
    prompter._template = ChatTemplate(source, *TOKENS)
    tokens = prompter.write((Message(Role.SYSTEM, "Be short."), *user("Hello"))).tokens
    assert b"".join(map(model._vocabulary.piece, tokens)).endswith(b"<Be short.\n\nHello>")


def test_a_template_may_refuse_with_its_own_words() -> None:
    template = ChatTemplate("{{ raise_exception('roles must alternate') }}", *TOKENS)
    with pytest.raises(Unsupported, match="roles must alternate"):
        template.render(user("x"))


# --- filters -----------------------------------------------------------------------------------


def by_llama(library: Library, row: object, params: GenerationParams) -> set[int]:
    """The candidates that llama.cpp's own samplers leave."""
    api = library.api
    array = np.zeros(len(row), dtype=[("id", np.int32), ("logit", np.float32), ("p", np.float32)])  # type: ignore[arg-type]
    array["id"] = np.arange(len(row))  # type: ignore[arg-type]
    array["logit"] = row
    data = array.ctypes.data_as(api.llama_token_data_p)
    left = api.llama_token_data_array(data, len(array), -1, False)
    for made in (
        api.llama_sampler_init_top_k(params.top_k),
        api.llama_sampler_init_top_p(params.top_p, 1),
        api.llama_sampler_init_min_p(params.min_p, 1),
    ):
        api.llama_sampler_apply(made, ctypes.byref(left))
        api.llama_sampler_free(made)
    return set(array["id"][: left.size].tolist())


@pytest.mark.parametrize("spread", [0.5, 3.0, 12.0])
@pytest.mark.parametrize("top_p", [1.0, 0.95, 0.5])
@pytest.mark.parametrize("top_k", [0, 1, 40, 5000])
@pytest.mark.parametrize("min_p", [0.0, 0.05])
def test_the_filters_leave_what_llama_leaves(
    library: Library, spread: float, top_p: float, top_k: int, min_p: float
) -> None:
    params = GenerationParams(top_p=top_p, top_k=top_k, min_p=min_p)
    for seed in range(3):
        row = np.random.default_rng(seed).normal(0, spread, 4000).astype(np.float32)
        ours = set(candidates(row, params)[0].tolist())
        theirs = by_llama(library, row, params)
        # sums of single floats in another order may move the last of thousands by one
        assert len(ours ^ theirs) <= (2 if len(theirs) > 200 else 0)


def test_the_best_comes_first(library: Library) -> None:
    row = np.array([0.0, 5.0, 1.0, 4.0], dtype=np.float32)
    ids, values = candidates(row, GenerationParams(top_p=0.9999, top_k=3))
    assert ids.tolist() == [1, 3, 2]
    assert values.tolist() == [5.0, 4.0, 1.0]


# --- guesses -----------------------------------------------------------------------------------


def test_a_guess_is_what_stood_there_before() -> None:
    drafts = Drafts(longest=4)
    drafts.add([1, 2, 3, 4, 5, 6, 9, 9, 1, 2, 3])
    assert drafts.draft(10)[:2] == [4, 5]
    assert len(drafts.draft(1)) <= 1
    assert drafts.draft(0) == []


def test_nothing_known_is_no_guess() -> None:
    drafts = Drafts(longest=4)
    assert drafts.draft(4) == []
    drafts.add([1, 2, 3])
    assert drafts.draft(4) == []


def test_wrong_guesses_end_the_guessing() -> None:
    drafts = Drafts(longest=4)
    drafts.add([1, 2, 3, 4] * 50)
    drafts.learn(0, 0, 0.1)
    for _ in range(40):
        if guess := drafts.draft(4):
            drafts.learn(len(guess), 0, 0.3)
    tried = sum(bool(drafts.draft(4)) for _ in range(40))
    assert tried <= 1  # now and then one, to see whether the text has changed


def test_right_guesses_that_cost_nothing_grow() -> None:
    drafts = Drafts(longest=8)
    drafts.add([1, 2, 3, 4] * 50)
    drafts.learn(0, 0, 0.1)
    for _ in range(20):
        guess = drafts.draft(8)
        drafts.learn(len(guess), len(guess), 0.1)
    assert len(drafts.draft(8)) == 8


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 3), max_size=60), st.integers(1, 8))
def test_a_guess_always_stands_in_the_text(tokens: list[int], longest: int) -> None:
    drafts = Drafts(longest)
    drafts.add(tokens)
    guess = drafts.draft(longest)
    assert len(guess) <= longest
    # as in the text, or as in the text going round
    twice = [t for i in range(len(tokens)) for t in (*(tokens[i:] * 9)[: len(guess)], -1)]
    assert not guess or str(guess)[1:-1] in str(twice)


# --- one answer, by logits of our own ------------------------------------------------------------


def test_a_model_may_open_its_thinking_before_it_obeys(model: LlamaModel) -> None:
    words = writing(model, ["<think>", "z", "</think>", "z", "z", "z"], 'root ::= "yes"')
    assert words == "<think>z</think>\n\nyes"
    assert writing(model, ["z"] * 3, 'root ::= "yes"') == "yes"


def test_an_answer_obeys_where_a_thinking_is_closed_that_was_never_opened(
    model: LlamaModel,
) -> None:
    words = writing(model, ["</think>", "z", "z", "z"], 'root ::= "yes"')
    assert words == "</think>\n\nyes"


def writing(model: LlamaModel, wishes: list[str], gbnf: str) -> str:
    """What is written when the model wishes for one token after the other, under a grammar."""
    vocabulary, library = model._vocabulary, model._library
    grammar = CompiledGrammar(library, vocabulary, Grammar(gbnf))
    sampler = Sampler(library, vocabulary, GenerationParams(temperature=0.0), 0)
    start = Start(0, 0, thinking=False, seed=0, began=0.0)
    limits = Limits(length=50, thinking=None, stops=(), rivals=0)
    writer = Writer(vocabulary, sampler, start, limits)
    writer.constrain(grammar, may_think=True)
    queue = list(wishes)
    written = ""
    while writer.reason is None and len(written) < 60:
        row = np.zeros(vocabulary.size, dtype=np.float32)
        if queue and not writer._forced:
            row[vocabulary.tokens(queue.pop(0))[0]] = 5.0
        token = writer.sample(row)
        written += vocabulary.piece(token).decode() if not vocabulary.ends(token) else ""
        writer.take(token)
    writer.close()
    grammar.close()
    return written


# --- the rest ----------------------------------------------------------------------------------


def test_the_flag_is_seen_by_c(library: Library) -> None:
    flag = AbortFlag(library.api)
    assert flag.callback(flag.data) is False
    flag.set()
    assert flag.callback(flag.data) is True
    flag.clear()
    assert flag.callback(flag.data) is False


def test_nothing_is_printed(model: LlamaModel, capfd: pytest.CaptureFixture[str]) -> None:
    with opened() as another:
        list(another.stream(user("Hello"), GenerationParams(max_tokens=3), Cancel()))
    assert capfd.readouterr() == ("", "")


def test_the_reason_of_an_engine_that_dies_is_not_lost_with_it(
    capfd: pytest.CaptureFixture[str],
) -> None:
    from runtimes.llamacpp.library import ERROR, WARN, Log

    log = Log()
    log.hear(WARN, b"only a warning\n", None)
    log.hear(ERROR, b"CUDA error: out of memory\n", None)
    assert log.complaint() == "CUDA error: out of memory"
    assert capfd.readouterr() == ("", "CUDA error: out of memory\n")


@given(st.lists(st.integers(0, 2)), st.lists(st.integers(0, 2)))
def test_the_common_length_is_the_longest(left: list[int], right: list[int]) -> None:
    n = common_length(left, right)
    assert left[:n] == right[:n]
    assert n == min(len(left), len(right)) or left[n] != right[n]


@settings(max_examples=200, deadline=None)
@given(text=st.text())
def test_any_text_survives_the_tokenizer(model: LlamaModel, text: str) -> None:
    vocabulary = model._vocabulary
    back = b"".join(vocabulary.piece(t) for t in vocabulary.tokens(text))
    assert back.decode("utf-8") == text.encode("utf-8", "replace").decode("utf-8")
