"""Whatever fails, what can be done about it is told."""

from __future__ import annotations

import pytest

from assistant.events import Account, TurnEnd, TurnFinished
from runtimes.errors import DoesNotFit, EngineFailed, NotFound, RuntimeFailure, remedies
from runtimes.texts import Lang, Text
from runtimes.types import Fit, KvType, MemoryPlan
from tui.messages import Asked
from tui.remedies import in_app
from tui.turn.said import Line, Said, Tone
from tui.turn.telling import EMPTY, Teller
from tui.words import say

PLAN = MemoryPlan(
    fit=Fit.NO,
    context=2048,
    kv_type=KvType.F16,
    layers_on=0,
    weight_bytes=0,
    kv_bytes=0,
    compute_bytes=0,
    reserve_bytes=0,
    nearest=(Text("a smaller one", "较小的模型"), Text("a server", "服务器")),
)
WRONG = Text("it is wrong", "出错了")


def test_its_own_remedy_comes_first_and_else_what_would_fit() -> None:
    own = Text("do this", "这样做")
    assert remedies(NotFound(WRONG, own)) == (own,)
    assert remedies(DoesNotFit(WRONG, own, PLAN)) == (own,)
    assert remedies(DoesNotFit(WRONG, plan=PLAN)) == PLAN.nearest
    assert remedies(DoesNotFit(WRONG)) == ()
    assert remedies(NotFound(WRONG)) == ()


@pytest.mark.parametrize(
    ("failure", "lang", "told"),
    [
        (DoesNotFit(WRONG, plan=PLAN), Lang.EN, ["Try: a smaller one", "Try: a server"]),
        (DoesNotFit(WRONG, plan=PLAN), Lang.ZH, ["建议：较小的模型", "建议：服务器"]),
        (EngineFailed(WRONG), Lang.EN, ["assistant doctor"]),
        (EngineFailed(WRONG), Lang.ZH, ["assistant doctor"]),
    ],
)
def test_the_app_tells_it(failure: RuntimeFailure, lang: Lang, told: list[str]) -> None:
    items = Teller(Said(Asked("?")), lang).tell(
        TurnFinished(TurnEnd.FAILED, "", Account(), failure)
    )
    (line,) = [i for i in items if isinstance(i, Line) and i.tone is Tone.FAILED]
    lines = line.remedy.splitlines()
    assert len(lines) == len(told)
    assert all(part in line for part, line in zip(told, lines, strict=True))


def keys(name: str) -> str:
    return {"app.models": "F6", "app.history": "F7", "models.pull": "P", "models.verify": "V",
            "models.add": "A", "models.default": "S", "models.examine": "T",
            "models.remove": "Delete", "models.kv": "K", "models.more": "→"}[name]  # fmt: skip


@pytest.mark.parametrize(
    ("en", "zh", "told"),
    [
        ("pull it first: assistant pull {0}", "请先下载：assistant pull {0}",
         ("pull it first: F6, then P", "请先下载：F6 再按 P")),
        ("assistant models, which lists them", "用 assistant models 查看目录",
         ("F6, which lists them", "用 F6 查看目录")),
        ("assistant models shows which fit here; assistant models default ID sets one", "x",
         ("F6 shows which fit here; F6, then S sets one", "x")),
        ("check the files (assistant verify) or pull them again", "请检查文件（assistant verify）",
         ("check the files (F6, then V) or pull them again", "请检查文件（F6 再按 V）")),
        ("{0} is there: assistant models show {0}", "x", ("micro is there: F6", "x")),
        ("can do it: assistant models add server:URL#NAME", "x",
         ("can do it: F6, then A server:URL#NAME", "x")),
        ("list what is there: assistant history", "查看：assistant history",
         ("list what is there: F7", "查看：F7")),
        ("used up; --think N leaves more", "可用 --think N 为回答",
         ("used up; /think N leaves more", "可用 /think N 为回答")),
        ("load it with a larger --context", "请用更大的 --context 加载",
         ("load it with a larger context (F6, then →)", "请用更大的上下文（F6 再按 →）加载")),
        ("a larger window (--context), or less", "增大窗口（--context），或",
         ("a larger window (F6, then →), or less", "增大窗口（F6 再按 →），或")),
        ("ask for --context {0} or less", "请使用 --context {0} 或更小",
         ("ask for a context of micro (F6, then →) or less",
          "请使用 micro 的上下文（F6 再按 →）或更小")),
        ("a smaller model or --context, or stop others", "更小的模型或 --context，或停止其他",
         ("a smaller model or context (F6, then →), or stop others",
          "更小的模型或上下文（F6 再按 →），或停止其他")),
        ("a context of {0} tokens: --context {0}", "{0} 词元的上下文：--context {0}",
         ("a context of micro tokens: F6, then →", "micro 词元的上下文：F6 再按 →")),
        ("a KV cache in {0}: --context {0} --kv {0}", "KV 缓存用 {0}：--context {0} --kv {0}",
         ("a KV cache in micro: F6, then →, K", "KV 缓存用 micro：F6 再按 →, K")),
        ("a KV cache in {0}: --kv {0}", "使用 {0} 的 KV 缓存：--kv {0}",
         ("a KV cache in micro: F6, then K", "使用 micro 的 KV 缓存：F6 再按 K")),
        ("assistant engines install llamacpp", "x", ("assistant engines install llamacpp", "x")),
    ],
)  # fmt: skip
def test_in_the_app_a_command_of_the_shell_is_a_key(
    en: str, zh: str, told: tuple[str, str]
) -> None:
    here = in_app(Text(en, zh, ("micro",)), keys)
    assert (say(here, Lang.EN), say(here, Lang.ZH)) == told


@pytest.mark.parametrize("lang", Lang)
def test_the_chat_names_keys(lang: Lang) -> None:
    teller = Teller(Said(Asked("?")), lang, keys)
    items = teller.tell(TurnFinished(TurnEnd.FAILED, "", Account(), EngineFailed(WRONG)))
    (line,) = [i for i in items if isinstance(i, Line) and i.tone is Tone.FAILED]
    assert "assistant" not in line.remedy
    assert "F6" in line.remedy


@pytest.mark.parametrize("lang", Lang)
def test_an_answer_without_a_word_is_told(lang: Lang) -> None:
    teller = Teller(Said(Asked("?")), lang)
    items = teller.tell(TurnFinished(TurnEnd.ANSWERED, " \n", Account(model="micro")))
    told, account = (item.text for item in items if isinstance(item, Line))
    assert say(EMPTY, lang) in told
    assert "0" not in account  # nobody has counted any tokens
    spoken = teller.tell(TurnFinished(TurnEnd.ANSWERED, "4", Account(model="micro")))
    assert not any(say(EMPTY, lang) in i.text for i in spoken if isinstance(i, Line))


def test_on_a_screen_its_own_keys_are_enough() -> None:
    told = Text("up to {0} (--context); a KV cache: --kv {0}", "最多 {0}（--context）", ("8",))
    here = in_app(told, keys, on="app.models")
    assert say(here, Lang.EN) == "up to 8 (→); a KV cache: K"
    assert say(here, Lang.ZH) == "最多 8（→）"
