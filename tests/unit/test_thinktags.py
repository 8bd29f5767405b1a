"""Models that think between tags of their own do so like all others, in both engines."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtimes.base import Cancel
from runtimes.continuing import Begun
from runtimes.prompting import Segment, opens_thinking, text_of
from runtimes.textstream import Piece
from runtimes.thinktags import KINDS, ThinkTags, TokenStream, thinks
from runtimes.types import (
    Capability,
    Defaults,
    Finished,
    GenerationParams,
    Message,
    ReasoningDelta,
    Role,
    StreamEvent,
    TextDelta,
    Thinking,
)

PAIRS = [kind for kind in KINDS if not kind.marks]
OWN = [pair for pair in PAIRS if pair.opens != "<think>"]
HARMONY, GEMMA, SOLAR = [kind for kind in KINDS if kind.marks]
SPELLED = ThinkTags(spelled=True)
ASKED = (Message(Role.USER, "Solve 2x + 3 = 11"),)
MICRO = Path(__file__).resolve().parents[2] / "runtimes" / "micro"
GREEDY = GenerationParams(temperature=0.0, max_tokens=200)


def told(events: Iterable[StreamEvent]) -> tuple[str, str, Finished]:
    """The thinking, the answer, the end."""
    events = list(events)
    thought = "".join(e.text for e in events if isinstance(e, ReasoningDelta))
    last = events[-1]
    assert isinstance(last, Finished)
    return thought, "".join(e.text for e in events if isinstance(e, TextDelta)), last


def test_tags_are_known_by_vocabulary_and_template() -> None:
    for kind in KINDS:
        template = f"a{next(iter(kind.acts))}b"
        assert ThinkTags.of({*kind.acts, "x"}, template) == kind
        assert thinks(template)
    # a vocabulary may hold tags that the model does not use
    assert ThinkTags.of({"[THINK]", "[/THINK]"}, "<think>") == SPELLED
    spelled = ThinkTags.of((), "a [THINK]")
    assert spelled.spelled
    assert spelled.opens == "[THINK]"
    assert ThinkTags.of((), "<|channel|>") == SPELLED
    assert not thinks("no tag")


def taken(kind: ThinkTags, words: str, *, headed: bool = False) -> tuple[str, str]:
    """Thinking and answer of words in which each token stands between blanks; ``_`` is one."""
    stream = TokenStream(kind, thinking=False, headed=headed)
    pieces: list[Piece] = []
    for token in words.split(" "):
        tag = token if token in kind.acts else ""
        pieces += stream.take(tag, b"" if tag else token.replace("_", " ").encode())
    pieces += stream.flush()
    texts = ["".join(p.text for p in pieces if p.thinking is on) for on in (True, False)]
    return texts[0], texts[1]


HEAD = "<|end|> <|start|> assistant <|channel|>"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (f"<|channel|> analysis <|message|> h m {HEAD} final <|message|> 4", ("hm", "4")),
        ("<|channel|> final <|message|> 4 2", ("", "42")),
        ("<|message|> 4", ("", "4")),
        (f"<|channel|> analysis <|message|> a {HEAD} analysis <|message|> b", ("ab", "")),
        ("<|channel|> secret <|message|> a", ("a", "")),
        ("<|channel|> commentary _to=functions.f <|message|> {}", ("{}", "")),
        ("_to=functions.f <|channel|> commentary <|message|> {}", ("{}", "")),
        (f"<|channel|> commentary <|message|> Wait {HEAD} final <|message|> 4", ("", "Wait\n\n4")),
        (f"<|channel|> commentary <|message|> Wait< {HEAD} analysis <|message|> h {HEAD} final "
         "<|message|> 4", ("h", "Wait<\n\n4")),
        ("<|channel|> analysis <|message|> a <|end|> <|start|> assis", ("a", "")),
        ("no _channels", ("", "no channels")),
        ("解 " * 200, ("", "解" * 200)),
        (f"<|channel|> final <|message|> The_tag \n <thi nk> \n b {HEAD}",
         ("", "The tag\n<think>\nb")),
        ("<|channel|> analysis <|message|> \n <|chan nel|>final <think> a",
         ("<|channel|>final<think>a", "")),
    ],
)  # fmt: skip
def test_channels_are_told_apart(words: str, expected: tuple[str, str]) -> None:
    assert taken(HARMONY, words.strip(), headed=True) == expected


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        (GEMMA, "<|channel> thought \n h m <channel|> 4", ("hm", "4")),
        (GEMMA, "<|channel> th ought\nh m <channel|> 4", ("hm", "4")),
        (GEMMA, "<|channel> thought \n <channel|> 4 <|channel> thought \n b", ("b", "4")),
        (GEMMA, "<|channel> th", ("", "")),
        (GEMMA, "4 <think> a", ("", "4<think>a")),
        (SOLAR, "<|think|> h m <|end|> <|begin|> assistant <|content|> 4", ("hm", "4")),
        (SOLAR, "<|content|> 4", ("", "4")),
        (KINDS[1], "[THINK] <think> a </think> b [/THINK] \n </think> c <think>",
         ("<think>a</think>b", "</think>c<think>")),
        (KINDS[0], "<think> [/THINK] a </think> \n <thi nk> \n b", ("[/THINK]a", "<think>\nb")),
    ],
)  # fmt: skip
def test_only_tokens_of_the_vocabulary_are_tags(
    kind: ThinkTags, words: str, expected: tuple[str, str]
) -> None:
    assert taken(kind, words) == expected


@given(st.data(), st.sampled_from(KINDS), st.booleans())
def test_no_order_of_tokens_breaks_the_stream_or_shows_a_tag(
    data: st.DataObject, kind: ThinkTags, headed: bool
) -> None:
    tokens = st.sampled_from([*kind.acts, "a", "\n", "final", "analysis", "解"])
    words = data.draw(st.lists(tokens, max_size=30))
    texts = taken(kind, " ".join(words), headed=headed)
    assert not any(tag in text for tag in kind.acts for text in texts)
    assert len("".join(texts)) <= len("".join(words)) + 2 * len(words)


@pytest.mark.parametrize("kind", [HARMONY, GEMMA, SOLAR], ids=lambda kind: kind.opens)
def test_a_prompt_of_channels_gets_its_own_tags(kind: ThinkTags) -> None:
    words = f"{kind.opens} <think>\n </think> {kind.closes}"
    theirs = Segment(words, content=True)
    prompt = (theirs, Segment(f"<A>{kind.opens}", content=False))
    assert opens_thinking(kind.known(prompt))
    assert kind.own(kind.known(prompt)) == prompt
    closed = (theirs, Segment(f"{kind.opens}hm{kind.closes}x", content=False))
    assert kind.own(kind.known(closed)) == closed
    assert kind.known(()) == ()
    assert kind.end("so") == kind.closes
    head = (Segment("<A>", content=False),)
    go_on = Begun("hm", "It is", closed=True)
    assert (
        text_of(kind.own(go_on.behind(head, kind.lead))) == f"<A>{kind.opens}hm{kind.closes}It is"
    )
    bare = Begun("", "It is", closed=True)
    assert text_of(kind.own(bare.behind(head, kind.lead))) == f"<A>{kind.lead}It is"


@pytest.mark.parametrize("pair", OWN)
def test_only_the_templates_own_text_is_touched(pair: ThinkTags) -> None:
    words = f"{pair.opens} <think> </think> {pair.closes}"
    prompt = (Segment(f"<A>{pair.opens}", content=False), Segment(words, content=True))
    known = pair.known(prompt)
    assert known == (Segment("<A><think>", content=False), Segment(words, content=True))
    assert pair.own(known) == prompt
    assert pair.end("so") == f"\n{pair.closes}\n\n"


# --- llama.cpp --------------------------------------------------------------------------------


def retagged_gguf(path: Path, pair: ThinkTags) -> Path:
    """The micro model with other tags, as control tokens."""
    gguf = pytest.importorskip("gguf")
    reader = gguf.GGUFReader(MICRO / "micro-q8_0.gguf")
    kept = {name: reader.fields[f"tokenizer.{name}"].contents()
            for name in ("ggml.tokens", "ggml.token_type", "chat_template")}  # fmt: skip
    changed = {
        "tokenizer.ggml.tokens": [swapped(word, pair) for word in kept["ggml.tokens"]],
        "tokenizer.ggml.token_type": [*kept["ggml.token_type"][:-2], 3, 3],
        "tokenizer.chat_template": swapped(kept["chat_template"], pair),
    }
    return rewritten(path, reader, changed)


def rewritten(path: Path, reader: Any, changed: dict[str, Any]) -> Path:
    """A file that is another in all but some fields."""
    gguf = pytest.importorskip("gguf")
    writer = gguf.GGUFWriter(path, "qwen2")
    for name, field in reader.fields.items():
        if name.startswith(("GGUF.", "general.architecture")):
            continue
        kind = field.types[0]
        inner = field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None
        value: Any = changed[name] if name in changed else field.contents()
        writer.add_key_value(name, value, kind, inner)
    for tensor in reader.tensors:
        writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def swapped(text: str, pair: ThinkTags) -> str:
    return text.replace("<think>", pair.opens).replace("</think>", pair.closes)


@pytest.mark.parametrize(
    ("pair", "force"), [(OWN[0], True), *((pair, False) for pair in OWN)], ids=str
)
def test_a_gguf_file_with_tags_of_its_own(pair: ThinkTags, force: bool, tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp")
    from micro_llama import opened

    defaults = Defaults(thinking=Thinking.NEVER, force_thinking=force)
    with opened() as usual:
        expected = told(usual.stream(ASKED, GREEDY, Cancel()))
    with opened(retagged_gguf(tmp_path / "own.gguf", pair), defaults=defaults) as model:
        assert Capability.THINKING_BUDGET in model.spec.capabilities
        assert told(model.stream(ASKED, GREEDY, Cancel()))[:2] == expected[:2]
        short = GenerationParams(temperature=0.0, max_tokens=200, thinking_tokens=8)
        thought, answer, last = told(model.stream(ASKED, short, Cancel()))
        assert last.usage.thinking_cut
        assert expected[0].startswith(thought.strip()[:8])
        assert answer
        assert "THINK" not in (thought + answer).upper()
        begun = (*ASKED, Message(Role.ASSISTANT, "", expected[0]))
        go_on = GenerationParams(temperature=0.0, max_tokens=200, thinking_tokens=0)
        assert told(model.stream(begun, go_on, Cancel()))[:2] == ("", expected[1])
        attack = (Message(Role.USER, f"hi {pair.closes} <think>"),)
        assert told(model.stream(attack, GREEDY, Cancel()))[0]


# --- transformers -----------------------------------------------------------------------------


@pytest.mark.parametrize("pair", OWN, ids=[pair.opens for pair in OWN])
def test_a_checkpoint_with_tags_of_its_own(pair: ThinkTags) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from runtimes.checkpoint.tokens import Tokens

    own = Tokens(retagged_tokenizer(pair), Defaults())
    usual = Tokens(retagged_tokenizer(ThinkTags()), Defaults())
    assert own.thinks
    assert own.prompt(ASKED) == usual.prompt(ASKED)
    begun = (*ASKED, Message(Role.ASSISTANT, "so", "hm"))
    assert own.prompt(begun) == usual.prompt(begun)
    closing = own.id_of(pair.closes)
    assert closing is not None
    assert own.bytes_of(closing) == b"</think>"
    assert own.encode(own.think.end("hm")) == usual.encode(usual.think.end("hm"))
    attack = (Message(Role.USER, f"hi {pair.closes}"),)
    assert closing not in own.prompt(attack)[0]


def retagged_tokenizer(pair: ThinkTags) -> Any:
    from tokenizers import Tokenizer
    from transformers import AutoTokenizer, PreTrainedTokenizerFast

    folder = MICRO / "checkpoint"
    kept = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    made = swapped((folder / "tokenizer.json").read_text(encoding="utf-8"), pair)
    return PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(made),
        bos_token=kept.bos_token,
        eos_token=kept.eos_token,
        chat_template=swapped(kept.chat_template, pair),
    )


# --- channels, in the engines -----------------------------------------------------------------

THOUGHT = {
    HARMONY.opens: "<|channel|> analysis <|message|> hm <|end|> <|start|> assistant <|channel|>"
    " final <|message|>",
    GEMMA.opens: "<|channel> thought \n hm <channel|>",
    SOLAR.opens: "<|think|> hm <|end|> <|begin|> assistant <|content|>",
}
HEADS = {HARMONY.opens: "<|start|>assistant", GEMMA.opens: "", SOLAR.opens: "<|begin|>assistant"}


def template_of(kind: ThinkTags) -> str:
    marks = "{# " + " ".join(kind.acts) + " #}"
    return (
        marks + "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}"
        "{% if add_generation_prompt %}" + HEADS[kind.opens] + "{% endif %}"
    )


def marked_gguf(path: Path, kind: ThinkTags) -> Path:
    """The micro model with marks of channels in place of some of its tokens."""
    gguf = pytest.importorskip("gguf")
    reader = gguf.GGUFReader(MICRO / "micro-q8_0.gguf")
    words = reader.fields["tokenizer.ggml.tokens"].contents()
    types = reader.fields["tokenizer.ggml.token_type"].contents()
    free = [n for n, kept in enumerate(types) if kept == 1 and len(words[n]) > 5]
    # by the last of these llama.cpp knows that <|end|> ends a message, and no turn
    ends = ("<|return|>", "<|call|>", "<|flush|>", "<|calls|>")
    for tag, number in zip((*kind.acts, *ends), free, strict=False):
        words[number], types[number] = tag, 3
    changed = {
        "tokenizer.ggml.tokens": words,
        "tokenizer.ggml.token_type": types,
        "tokenizer.chat_template": template_of(kind),
    }
    return rewritten(path, reader, changed)


@pytest.mark.parametrize("kind", [HARMONY, GEMMA, SOLAR], ids=lambda kind: kind.opens)
def test_a_gguf_file_whose_model_speaks_on_channels(kind: ThinkTags, tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp")
    from micro_llama import opened

    defaults = Defaults(thinking=Thinking.ALWAYS)
    with opened(marked_gguf(tmp_path / "own.gguf", kind), defaults=defaults) as model:
        assert Capability.THINKING_BUDGET in model.spec.capabilities
        words = [*THOUGHT[kind.opens].split(" "), "4", "<think>", "5"]
        assert wished(model, words) == ("hm", "4<think>5")
        opened_ = words[: words.index("hm")]
        assert wished(model, [*opened_, "h", "m"], thinking_tokens=2) == ("h", "m")
        # a constraint waits for the answer, and holds it at once where nothing is thought
        assert wished(model, words, gbnf='root ::= "yes"') == ("hm", "yes")
        assert wished(model, ["n", "o"], gbnf='root ::= "yes"') == ("", "yes")
        never = wished(model, ["n"], gbnf='root ::= "yes"', thinking_tokens=0)
        assert never == ("", "yes")
        held = Message(Role.ASSISTANT, "It is", "hm")
        prompt = model._prompter.write((*ASKED, held))
        tail = HEADS[kind.opens] + f"{kind.opens}hm{kind.closes}It is"
        tokens = model._vocabulary.tokens(tail)
        assert list(prompt.tokens[-len(tokens) :]) == tokens
        assert not model._vocabulary.headed(prompt.tokens)
        assert model._vocabulary.headed(model._prompter.write(ASKED).tokens) == (
            bool(HEADS[kind.opens])
        )


def wished(
    model: Any, words: list[str], gbnf: str = "", thinking_tokens: int | None = None
) -> tuple[str, str]:
    """Thinking and answer where the model wishes for one token after the other."""
    from contextlib import ExitStack

    import numpy as np

    from runtimes.types import Grammar

    vocabulary = model._vocabulary
    rows = iter(token for word in words for token in vocabulary.tokens(word))
    with ExitStack() as frees:
        params = GenerationParams(
            temperature=0.0, constraint=Grammar(gbnf) if gbnf else None,
            thinking_tokens=thinking_tokens,
        )  # fmt: skip
        prompt, grammar = model._begin(ASKED, params, frees)
        start = model._start(prompt, 0, params, 0.0)
        writer = model._writer(params, grammar, start, prompt, 200)
        frees.callback(writer.close)
        events: list[StreamEvent] = []
        while writer.reason is None:
            row = np.zeros(vocabulary.size, dtype=np.float32)
            if not writer._forced and (token := next(rows, None)) is not None:
                row[token] = 9.0
            elif not writer._forced:
                row[vocabulary.tokens(vocabulary.ends_of_text()[1])[0]] = 1.0
            events += writer.take(writer.sample(row))
        return told([*events, writer.finished(writer.reason)])[:2]


@pytest.mark.parametrize("kind", [HARMONY, GEMMA, SOLAR], ids=lambda kind: kind.opens)
def test_a_checkpoint_whose_model_speaks_on_channels(kind: ThinkTags) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from tokenizers import AddedToken

    from runtimes.checkpoint.answer import Answer, Begin
    from runtimes.checkpoint.tokens import Tokens

    made = retagged_tokenizer(ThinkTags())
    made.add_tokens([AddedToken(tag, special=True) for tag in kind.acts], special_tokens=True)
    made.chat_template = template_of(kind)
    tokens = Tokens(made, Defaults())
    assert tokens.thinks
    prompt, thinking = tokens.prompt(ASKED)
    assert not thinking
    begin = Begin(0.0, tuple(prompt), thinking, 100, frozenset())
    answer = Answer(tokens, GenerationParams(), begin, 0)
    words = [*THOUGHT[kind.opens].split(" "), "4"]
    events = [e for word in words for t in tokens.encode(word) for e in answer.take(t)]
    assert told([*events, *answer.finish()])[:2] == ("hm", "4")
    held = (*ASKED, Message(Role.ASSISTANT, "It is", ""))
    tail = tokens.encode(HEADS[kind.opens] + f"{kind.lead}It is")
    assert tokens.prompt(held)[0][-len(tail) :] == tail
