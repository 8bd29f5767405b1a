"""The options that say which model to load and how, and the loading itself."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from assistant import loader, paths
from assistant.cli import diagnostics
from assistant.cli.parser import Parser, byte_count, one_of, whole
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from runtimes.base import Cancel, Model
from runtimes.texts import Text
from runtimes.types import FileSource, KvType, LoadOptions, LoadProgress, Wish

SAFE_MODE = Text(
    "the engine has crashed here before and runs in the safe mode, more slowly; assistant doctor",
    "引擎曾在本机崩溃，现以安全模式运行，速度较慢；详见 assistant doctor",
)
LOADING = Text("loading {0} % …", "正在加载 {0} % …")


def add_model(parser: Parser) -> None:
    """Which model."""
    parser.add_argument(
        "-m",
        "--model",
        metavar="MODEL",
        help=parser.say(
            "an id of the catalogue, file:PATH, ollama:NAME, server:URL#NAME, scripted:FILE or "
            "micro, a toy that needs no download",
            "目录中的模型，或 file:PATH、ollama:NAME、server:URL#NAME、scripted:FILE、"
            "micro（无需下载的演示模型）",
        ),
    )


def add_wish(parser: Parser) -> None:
    """What is asked of the memory plan."""
    say = parser.say
    group = parser.add_argument_group(say("memory", "内存"))
    group.add_argument(
        "--context",
        type=whole(64, 1 << 22, say),
        metavar="N",
        help=say("tokens of the window (default: as much as is useful)", "上下文词元数"),
    )
    group.add_argument(
        "--kv",
        type=one_of([kind.value for kind in KvType], say),
        metavar="TYPE",
        help=say("numbers of the KV cache: f16, q8_0 or q4_0", "KV 缓存类型：f16、q8_0 或 q4_0"),
    )
    group.add_argument(
        "--gpu-layers",
        type=whole(0, 10_000, say),
        metavar="N",
        help=say("layers on the GPU (default: as many as fit)", "放入显卡的层数"),
    )
    group.add_argument(
        "--gpu-memory",
        type=byte_count(say, 0),
        metavar="BYTES",
        help=say("use at most so much of the GPU's memory", "显存使用上限"),
    )


def add_loading(parser: Parser) -> None:
    """Which model, in what memory, with what engine options."""
    say = parser.say
    add_model(parser)
    add_wish(parser)
    group = parser.add_argument_group(say("the engine", "引擎"))
    group.add_argument(
        "--lora",
        action="append",
        default=[],
        metavar="FILE",
        help=say("a LoRA adapter to put on the model", "为模型加载 LoRA 适配器"),
    )
    group.add_argument(
        "--lookup",
        type=whole(0, 64, say),
        default=0,
        metavar="N",
        help=say(
            "guess up to N tokens ahead from the prompt: faster where the answer repeats it",
            "从提示中预测至多 N 个词元：回答重复原文时更快",
        ),
    )
    group.add_argument(
        "--threads", type=whole(1, 1024, say), metavar="N", help=say("processor threads", "线程数")
    )
    group.add_argument(
        "--offline",
        action="store_true",
        help=say("open no connection to another machine", "不连接其他机器"),
    )


def wish_of(options: argparse.Namespace) -> Wish:
    """What the options ask of the memory plan."""
    return Wish(
        context=options.context,
        kv_type=KvType(options.kv) if options.kv else None,
        layers_on_gpu=options.gpu_layers,
        gpu_memory=options.gpu_memory,
    )


def load(options: argparse.Namespace, lang: Lang, cancel: Cancel, samples: int = 1) -> Model:
    """The model that the options name, loaded for so many answers side by side; its progress is
    shown.

    Raises ``RuntimeFailure``.
    """
    order = loader.Order(
        name=options.model,
        samples=samples,
        wish=wish_of(options),
        options=LoadOptions(
            threads=options.threads,
            lora=tuple(options.lora),
            lookup=options.lookup,
            state_folder=str(paths.state_folder()),
        ),
    )
    line = _Line(lang, live=diagnostics.live(plain=options.plain))
    try:
        model = loader.open_model(order, line.show, cancel)
    finally:
        line.clear()
    if _in_safe_mode(model):
        diagnostics.complain(SAFE_MODE, lang)
    return model


def _in_safe_mode(model: Model) -> bool:
    """Of the engines of this machine; for a server's model theirs is not even loaded."""
    if not isinstance(model.spec.source, FileSource):
        return False
    from runtimes.host import HostedModel

    return isinstance(model, HostedModel) and model.safe_mode


@contextmanager
def opened(options: argparse.Namespace, lang: Lang, cancel: Cancel) -> Iterator[Model]:
    """The same, closed in the end."""
    model = load(options, lang, cancel)
    try:
        yield model
    finally:
        model.close()


class _Line:
    """How far the model is loaded, on a line of the terminal that goes away."""

    def __init__(self, lang: Lang, *, live: bool) -> None:
        self._lang = lang
        self._live = live
        self._last = -1

    def show(self, progress: LoadProgress) -> None:
        percent = int(100 * progress.fraction)
        if self._live and percent != self._last:
            self._last = percent
            text = Text(LOADING.en, LOADING.zh, (percent,))
            diagnostics.write(f"\r{filled(text, self._lang, str)}")
            sys.stderr.flush()

    def clear(self) -> None:
        if self._last >= 0:
            diagnostics.write("\r\x1b[2K")
            sys.stderr.flush()
