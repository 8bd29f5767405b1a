"""How what a curve does is said to a person; ``{0}`` is where."""

from __future__ import annotations

from assistant.maths.types import Text

SAID = {
    "increasing": Text("increasing on {0}", "在 {0} 上单调递增"),
    "decreasing": Text("decreasing on {0}", "在 {0} 上单调递减"),
    "convex": Text("convex (opening upwards) on {0}", "在 {0} 上图像向下凸（二阶导数为正）"),
    "concave": Text("concave (opening downwards) on {0}", "在 {0} 上图像向上凸（二阶导数为负）"),
    "maximum": Text("maximum at {0}", "极大值点 {0}"),
    "minimum": Text("minimum at {0}", "极小值点 {0}"),
}
