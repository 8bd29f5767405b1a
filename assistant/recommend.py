"""Which model for this machine, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.modellist import Row
from runtimes.texts import Text
from runtimes.types import Fit

ROOM = 8192
"""Tokens that a reasoning model needs: its thinking alone takes thousands."""
NO_GPU = Text(
    "there is no GPU, so speed decides: the smallest reasoning model writes its long thinking"
    " fastest (MATH-500: {0} %)",
    "没有显卡，因此速度优先：最小的推理模型写出长思考最快（MATH-500：{0}%）",
)
UNUSED = Text(
    "no reasoning model fits wholly on the GPU as the engine here can use it (assistant doctor"
    " tells more), so speed decides: the smallest writes its long thinking fastest"
    " (MATH-500: {0} %)",
    "按本机引擎对显卡的使用，没有推理模型能完整放入显卡（详见 assistant doctor），"
    "因此速度优先：最小的模型写出长思考最快（MATH-500：{0}%）",
)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A model, ``None`` where none fits, and the reason."""

    row: Row | None
    why: Text


def recommend(rows: Sequence[Row], *, has_gpu: bool) -> Recommendation:
    """The reasoning model to take.

    Wholly on a GPU the one that solves most counts.  Without one, speed does: thinking takes
    thousands of tokens, and the smallest writes them fastest.
    """
    scored = [row for row in rows if row.entry.math500 is not None and _has_room(row)]
    on_gpu = [row for row in scored if row.plan and row.plan.fit is Fit.GPU]
    if on_gpu:
        best = max(on_gpu, key=lambda row: (row.entry.math500 or 0, -row.size))
        return Recommendation(
            best,
            Text(
                "of the reasoning models that fit wholly on the GPU with {0} tokens of context it"
                " solves most of MATH-500 ({1} %)",
                "在可完全放入显卡且上下文达 {0} 的推理模型中，MATH-500 正确率最高（{1}%）",
                (ROOM, best.entry.math500),
            ),
        )
    if scored:
        fastest = min(scored, key=lambda row: row.size)
        why = UNUSED if has_gpu else NO_GPU
        return Recommendation(fastest, Text(why.en, why.zh, (fastest.entry.math500,)))
    return Recommendation(
        None,
        Text(
            "no reasoning model fits with {0} tokens of context; -m micro tries the program, and a"
            " server can do the work: assistant models add server:URL#NAME",
            "没有推理模型能以 {0} 上下文放入本机；可用 -m micro 试用本程序，或使用服务器："
            "assistant models add server:URL#NAME",
            (ROOM,),
        ),
    )


def _has_room(row: Row) -> bool:
    plan = row.plan
    return plan is not None and plan.context >= ROOM and plan.fit in (Fit.GPU, Fit.SPLIT, Fit.HOST)
