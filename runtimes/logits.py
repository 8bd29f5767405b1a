"""What engines say of the next token, where it is no number at all."""

from __future__ import annotations

from runtimes.errors import EngineFailed
from runtimes.texts import Text


def nonsense() -> EngineFailed:
    """The failure of a model whose numbers have run over: whatever is chosen then has nothing to
    do with the question, and looks like text (``!!!!!!`` or ``GGGGGG``)."""
    return EngineFailed(
        Text(
            "the model computes no numbers any more, so nothing that it would write means anything",
            "模型的计算结果已不是有效数字，继续输出毫无意义",
        ),
        Text(
            "check its files (assistant verify), then try another form of it, or --kv f16",
            "请检查文件（assistant verify），再换用该模型的其他形式，或使用 --kv f16",
        ),
    )
