"""How what a curve does is said to a person; ``{0}`` is where."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.types import Text

SAID = {
    "maximum": Text("maximum at {0}", "极大值点 {0}"),
    "minimum": Text("minimum at {0}", "极小值点 {0}"),
}
ON = {
    "increasing": ("increasing on {0}", "在 {0} 上单调递增"),
    "decreasing": ("decreasing on {0}", "在 {0} 上单调递减"),
    "convex": ("convex (opening upwards) on {0}", "在 {0} 上图像向下凸（二阶导数为正）"),
    "concave": ("concave (opening downwards) on {0}", "在 {0} 上图像向上凸（二阶导数为负）"),
}


TAKEN = Text("taken at {0} = {1}", "在 {0} = {1} 处取得")


def taken(name: str, place: t.Expr) -> Text:
    """Where a function takes its largest or smallest value."""
    return Text(TAKEN.en, TAKEN.zh, (t.Symbol(name), place))


def intervals(where: t.Expr) -> tuple[t.Expr, ...]:
    """The intervals of a union, one by one."""
    match where:
        case t.Call("union", parts):
            return parts
    return (where,)


def said_on(word: str, where: t.Expr) -> Text:
    """What holds on each interval by itself: 1/x falls on two, and not on their union."""
    parts = intervals(where)
    places = [f"{{{n}}}" for n in range(len(parts))]
    en, zh = ON[word]
    within = " 和 ".join(places) + (" 上分别" if len(parts) > 1 else " 上")
    return Text(en.replace("{0}", " and ".join(places)), zh.replace("{0} 上", within), parts)
