"""What may be asked of the exact solver, and what helps where it finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual.content import Content

from assistant.maths.showing.fitting import wrapped
from assistant.maths.types import Failure, Task, Text, Trouble
from runtimes import texts
from runtimes.texts import Lang
from tui.rendering.reading import trouble_lines
from tui.solving.work import Order
from tui.words import say

AS_READ = Text("as the problem says", "按题目要求")
TASKS: tuple[tuple[Task | None, Text], ...] = (
    (None, AS_READ),
    (Task.SOLVE, Text("solve", "解方程")),
    (Task.SIMPLIFY, Text("simplify", "化简")),
    (Task.FACTOR, Text("factor", "因式分解")),
    (Task.EXPAND, Text("expand", "展开")),
    (Task.EVALUATE, Text("work out", "计算")),
    (Task.DIFFERENTIATE, Text("differentiate", "求导")),
    (Task.INTEGRATE, Text("integrate", "积分")),
    (Task.SERIES, Text("expand in a series", "展开成级数")),
    (Task.DSOLVE, Text("solve a differential equation", "解微分方程")),
    (Task.PROVE, Text("true or false?", "判断是否成立")),
)
EXAMPLES = (
    Text("x^2 - 5x + 6 = 0", "解方程 x^2 - 5x + 6 = 0"),
    Text("2x + y = 5, x - y = 1", "解方程组 2x + y = 5, x - y = 1"),
    Text("integrate x e^x dx", "求不定积分 ∫ x e^x dx"),
    Text("derivative of x^3 sin x", "求 x^3 sin x 的导数"),
    Text("lim x->0 sin(3x)/x", "求极限 lim x->0 sin(3x)/x"),
    Text("factor x^4 - 16", "因式分解 x^4 - 16"),
    Text("|x - 3| < 2", "解不等式 |x - 3| < 2"),
    Text("determinant of [[1, 2], [3, 4]]", "求行列式 [[1, 2], [3, 4]]"),
    Text("y' + y = e^x", "解微分方程 y' + y = e^x"),
)
"""Problems of many kinds, for who has none at hand."""
REMEDIES = {
    Failure.UNREADABLE: Text(
        "This could not be read. In the chat ({0}) a model can try it; its steps are checked.",
        "未能读懂这道题。可以在对话（{0}）中让模型尝试；每一步都会检验。",
    ),
    Failure.UNSUPPORTED: Text(
        "In the chat ({0}) a model can try it; its steps are checked.",
        "可以在对话（{0}）中让模型尝试；每一步都会检验。",
    ),
    Failure.MEMORY: Text(
        "Try smaller numbers, or a part of the problem.", "请尝试更小的数，或先求解其中一部分。"
    ),
    Failure.INTERNAL: Text(
        "Please report this problem; try it written in another way.",
        "请报告此问题；也可换一种写法再试。",
    ),
    Failure.UNSAFE: Text("Try it written in another way.", "请换一种写法再试。"),
}
LONGER = Text("{0} tries again for {1} s.", "再按 {0} 可求解 {1} 秒。")
NO_TIME = Text("No answer within {0} s.", "{0} 秒内没有得到答案。")


def trouble_content(
    order: Order, trouble: Trouble, key_of: Callable[[str], str], lang: Lang, width: int
) -> Content:
    """Why there is no solution, and what to do; ``key_of`` tells the key of an action."""
    remedy = _remedy(order, trouble, key_of)
    if trouble.code is Failure.TIMEOUT and trouble.suggestion is None:
        message = NO_TIME.of(f"{order.seconds:g}")
        trouble = replace(trouble, message=message)
    told: list[str] = []
    if trouble.code is not Failure.UNREADABLE or trouble.at is None:  # else it stands above
        told += trouble_lines(order.text, trouble, lang, width)
    if remedy is not None:
        told += wrapped(say(remedy, lang), max(width, 8))
    return Content("\n".join(told))


def _remedy(order: Order, trouble: Trouble, key_of: Callable[[str], str]) -> texts.Text | None:
    if trouble.code is Failure.TIMEOUT and trouble.suggestion is None:
        return LONGER.of(key_of("problem.send"), f"{order.longer().seconds:g}")
    remedy = REMEDIES.get(trouble.code)
    return None if remedy is None else remedy.of(key_of("app.chat"))
