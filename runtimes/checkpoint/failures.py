"""The one edge at which what torch and transformers raise becomes a ``RuntimeFailure``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from runtimes.errors import (
    Damaged,
    EngineFailed,
    EngineOutOfMemory,
    NotInstalled,
    RuntimeFailure,
)
from runtimes.texts import Text

LONGEST = 500
"""Characters of an engine's own words that are quoted."""

INSTALL = Text(
    "install it with: assistant engines install checkpoint",
    "安装命令：assistant engines install checkpoint",
)


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The user asked to stop in the middle of a forward pass."""


def words(wrong: BaseException) -> str:
    """An exception in a line of its own words."""
    text = " ".join(str(wrong).split())
    return f"{type(wrong).__name__}: {text}"[:LONGEST]


@contextmanager
def engine_errors() -> Iterator[None]:
    """While a model writes: memory is one thing, all else is the engine's refusal."""
    try:
        yield
    except (RuntimeFailure, Cancelled):
        raise
    except Exception as wrong:
        raise out_of_memory(wrong) or EngineFailed(
            Text("the engine failed: {0}", "引擎出错：{0}", (words(wrong),))
        ) from wrong


@contextmanager
def loading_errors(what: str) -> Iterator[None]:
    """While files are read: what they make the libraries raise is the files' fault."""
    try:
        yield
    except (RuntimeFailure, Cancelled):
        raise
    except ImportError as wrong:
        raise NotInstalled(
            Text("a library is missing: {0}", "缺少依赖库：{0}", (words(wrong),)), INSTALL
        ) from wrong
    except Exception as wrong:
        raise out_of_memory(wrong) or Damaged(
            Text("{0} cannot be read: {1}", "无法读取 {0}：{1}", (what, words(wrong))),
            Text(
                "check the files (assistant verify) or pull them again",
                "请检查文件（assistant verify）或重新下载",
            ),
        ) from wrong


def out_of_memory(wrong: Exception) -> EngineOutOfMemory | None:
    """The failure, if that is what an exception says."""
    import torch

    # torch has no class of its own for the allocator of the host
    said = str(wrong)
    if not (
        isinstance(wrong, MemoryError | torch.OutOfMemoryError)
        or "DefaultCPUAllocator" in said
        or "out of memory" in said
    ):
        return None
    return EngineOutOfMemory(
        Text("the engine ran out of memory: {0}", "引擎内存不足：{0}", (words(wrong),)),
        Text(
            "choose a smaller context, a smaller quantisation or a smaller model (assistant fit)",
            "请选择更短的上下文、更低的量化或更小的模型（assistant fit）",
        ),
    )
