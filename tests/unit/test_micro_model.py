"""The micro model: small, one vocabulary in both forms, and its dialogues word for word."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MICRO = ROOT / "runtimes" / "micro"
CHECKPOINT = MICRO / "checkpoint"
BOOK: dict[str, Any] = tomllib.loads(
    (ROOT / "packaging" / "micro" / "dialogues.toml").read_text(encoding="utf-8")
)
DIALOGUES: dict[str, list[dict[str, str]]] = {d["id"]: d["turns"] for d in BOOK["dialogue"]}
END = "<｜end▁of▁sentence｜>"
SHORT = ["greeting", "who", "linear", "quadratic", "wrong-step", "prime-function", "linear-zh"]

NASTY = [
    "",
    " ",
    "\n",
    "你好，世界！解方程 3x - 5 = 10。",
    "emoji 🚀👩‍👩‍👧‍👦 and 😶\u200d🌫️",
    "1234567890 3.14 ①② ١٢٣",
    "  a   b\t\tc\n\n\n  d \r\n e   ",
    "def f(x):\n    return x**2  # 平方\n",
    "I'll can't WE'RE it'S",
    "e\u0301 A\u030a é Å \u200b\ufeff x\u00a0y ſ",
    "<think>a</think>b<｜User｜>c<｜Assistant｜>d<｜end▁of▁sentence｜>",
    r"\frac{d}{dx}\left(x^2\right) \boxed{x = 4}",
]


def messages(dialogue: str, turn: int) -> list[dict[str, str]]:
    told: list[dict[str, str]] = []
    for earlier in DIALOGUES[dialogue][:turn]:
        told.append({"role": "user", "content": earlier["user"]})
        told.append({"role": "assistant", "content": earlier["answer"]})
    return [*told, {"role": "user", "content": DIALOGUES[dialogue][turn]["user"]}]


def output(turn: dict[str, str]) -> str:
    return f"{turn['thinking']}\n</think>\n\n{turn['answer']}"


def rendered(template: str, told: list[dict[str, str]]) -> str:
    jinja2 = pytest.importorskip("jinja2", reason="no jinja2: the chat template is not rendered")
    return str(
        jinja2.Template(template).render(
            messages=told, bos_token="<｜begin▁of▁sentence｜>", add_generation_prompt=True
        )
    )


def open_gguf(monkeypatch: pytest.MonkeyPatch, name: str, **options: Any) -> Any:
    llama_cpp = pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    low = llama_cpp.llama_cpp
    plain = low.llama_model_default_params

    def careful() -> Any:
        params = plain()
        params.use_extra_bufts = False  # repacked weights crash on processors with AMX
        return params

    monkeypatch.setattr(low, "llama_model_default_params", careful)
    return llama_cpp.Llama(str(MICRO / name), n_threads=1, verbose=False, **options)


def open_tokenizer() -> Any:
    tokenizers = pytest.importorskip("tokenizers", reason="tokenizers is not installed")
    return tokenizers.Tokenizer.from_file(str(CHECKPOINT / "tokenizer.json"))


def test_all_files_together_are_small() -> None:
    assert sum(path.stat().st_size for path in MICRO.rglob("*") if path.is_file()) <= 4_000_000


def test_the_vocabularies_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = open_tokenizer()
    theirs = open_gguf(monkeypatch, "micro-q8_0.gguf", vocab_only=True)
    for text in NASTY:
        ids = ours.encode(text, add_special_tokens=False).ids
        assert theirs.tokenize(text.encode(), add_bos=False, special=True) == ids
        assert ours.decode(ids, skip_special_tokens=False) == text
        assert theirs.detokenize(ids, special=True).decode() == text
    assert ours.encode("x").ids == theirs.tokenize(b"x", add_bos=True)


def test_the_thinking_tags_are_text_and_the_end_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = open_tokenizer()
    theirs = open_gguf(monkeypatch, "micro-f16.gguf", vocab_only=True)
    for text in ("<think>", "</think>"):
        (token,) = ours.encode(text, add_special_tokens=False).ids
        assert ours.decode([token]) == text
        assert theirs.detokenize([token]).decode() == text
    end = ours.token_to_id(END)
    assert theirs.token_eos() == end
    assert ours.decode([end]) == ""


def test_the_template_opens_the_thinking_and_forgets_the_old(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = open_gguf(monkeypatch, "micro-f16.gguf", vocab_only=True)
    told = [
        {"role": "system", "content": "S"},
        {"role": "user", "content": "Q"},
        {"role": "assistant", "content": "thought\n</think>\n\nA"},
        {"role": "user", "content": "R"},
    ]
    assert rendered(model.metadata["tokenizer.chat_template"], told) == (
        "<｜begin▁of▁sentence｜>S<｜User｜>Q<｜Assistant｜>\n\nA<｜end▁of▁sentence｜>"
        "<｜User｜>R<｜Assistant｜><think>\n"
    )


@pytest.mark.parametrize("name", ["micro-f16.gguf", "micro-q8_0.gguf"])
def test_llama_cpp_reproduces_the_dialogues(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    model = open_gguf(monkeypatch, name, n_ctx=1024)
    template = model.metadata["tokenizer.chat_template"]
    for dialogue in SHORT:
        for number, turn in enumerate(DIALOGUES[dialogue]):
            prompt = rendered(template, messages(dialogue, number))
            ids = model.tokenize(prompt.encode(), add_bos=False, special=True)
            made: list[int] = []
            for token in model.generate(ids, temp=0.0, repeat_penalty=1.0):
                if token == model.token_eos() or len(made) > 400:
                    break
                made.append(token)
            assert model.detokenize(made, prev_tokens=ids, special=True).decode() == output(turn)


@pytest.mark.parametrize("dialogue", ["greeting", "greeting-zh"])
def test_transformers_reproduces_the_dialogues(dialogue: str) -> None:
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    torch = pytest.importorskip("torch", reason="torch is not installed")
    network = transformers.AutoModelForCausalLM.from_pretrained(CHECKPOINT, dtype=torch.float32)
    tokenizer = transformers.AutoTokenizer.from_pretrained(CHECKPOINT)
    turn = len(DIALOGUES[dialogue]) - 1
    given = tokenizer.apply_chat_template(
        messages(dialogue, turn), add_generation_prompt=True, return_tensors="pt", return_dict=True
    )
    made = network.generate(
        **given, do_sample=False, temperature=None, top_p=None, max_new_tokens=400
    )
    text = tokenizer.decode(made[0, given["input_ids"].shape[1] :], skip_special_tokens=False)
    assert text == output(DIALOGUES[dialogue][turn]) + END
