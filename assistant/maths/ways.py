"""Notes that name the methods there are for a problem.

A front end may say in place of such a note how a person asks for one of them there.
"""

from __future__ import annotations

from assistant.maths.types import Text

OTHERS = Text("Other methods for this equation: {0}.", "此方程还可用其他方法：{0}。")
FOR_SYSTEMS = Text(
    "Methods for a linear system: substitution, elimination, matrix.",
    "线性方程组的解法：代入 substitution、加减 elimination、矩阵 matrix。",
)
