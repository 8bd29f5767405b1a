"""Words of which an answer can be only one: yes and no, odd and even, the days of the week.

Other words that differ may mean the same: a rectangle is 长方形 and 矩形.
"""

from __future__ import annotations

import re

_KINDS = """
yes true correct right 是 对 正确 成立 真 \
/ no false incorrect wrong 否 不是 错 错误 不正确 不对 不成立 假
odd 奇数 奇 / even 偶数 偶
odd_function 奇函数 / even_function 偶函数 / neither neither_odd_nor_even 非奇非偶函数 非奇非偶
prime 质数 素数 / composite 合数
converges convergent 收敛 / diverges divergent 发散
increasing 递增 单调递增 增函数 / decreasing 递减 单调递减 减函数
positive 正数 正 / negative 负数 负 / zero 零
rational 有理数 / irrational 无理数
acute 锐角 锐角三角形 / right 直角 直角三角形 / obtuse 钝角 钝角三角形
intersecting intersect 相交 / tangent 相切 / separate 相离
parallel 平行 / perpendicular 垂直
does_not_exist doesn't_exist 不存在
isosceles isosceles_triangle 等腰三角形 等腰
equilateral equilateral_triangle 等边三角形 等边 正三角形
inside 圆内 内部 / outside 圆外 外部
larger greater bigger more 大 大于 多 / smaller less fewer 小 小于 少 / equal same 等于 相等 一样多
monday 星期一 周一 / tuesday 星期二 周二 / wednesday 星期三 周三 / thursday 星期四 周四 \
/ friday 星期五 周五 / saturday 星期六 周六 / sunday 星期日 星期天 周日
january 一月 / february 二月 / march 三月 / april 四月 / may 五月 / june 六月 / july 七月 \
/ august 八月 / september 九月 / october 十月 / november 十一月 / december 十二月
"""
KINDS = tuple(
    tuple(
        frozenset(word.replace("_", " ") for word in meaning.split()) for meaning in kind.split("/")
    )
    for kind in _KINDS.strip().splitlines()
)
"""A line a kind, its meanings apart by ``/``, each in the words that it has."""


_WORD = re.compile(r"[A-Za-z\u4e00-\u9fff ]{2,}|[\u4e00-\u9fff]")


def is_word(text: str) -> bool:
    """Letters alone, more than a name of mathematics has."""
    return _WORD.fullmatch(text.strip()) is not None


def bare_word(text: str) -> str:
    """A word without the mark at the end of its sentence; any other text as it is."""
    bare = text.rstrip(" .。!！")
    return bare if is_word(bare) else text


def same_kind(one: str, other: str) -> bool | None:
    """Do two words mean the same (``True``), or can what is the one not be the other (``False``)?
    ``None`` where that is not known."""
    one, other = (" ".join(word.casefold().split()) for word in (one, other))
    found = {
        first is second
        for kind in KINDS
        for first in kind
        for second in kind
        if one in first and other in second
    }
    return found.pop() if len(found) == 1 else None


def told_apart(one: str, other: str) -> tuple[bool | None, str]:
    """The same, and by which method it was found."""
    same = same_kind(one, other)
    return same, "the same word" if same else "different words"
