"""What became of a question to the exact engine, for the shell."""

from __future__ import annotations

from assistant.cli.diagnostics import Exit
from assistant.maths.types import Failure, Text, Trouble

EXIT_OF = {
    Failure.UNREADABLE: Exit.USAGE,
    Failure.UNSAFE: Exit.USAGE,
    Failure.UNSUPPORTED: Exit.UNDECIDED,
    Failure.TIMEOUT: Exit.LIMIT,
    Failure.MEMORY: Exit.LIMIT,
    Failure.INTERNAL: Exit.UNAVAILABLE,
}


def bug(wrong: Exception) -> Trouble:
    """A fault of ours as a value, with what a report of it needs."""
    return Trouble(
        Failure.INTERNAL,
        Text(
            "this is a bug of the program; please report it with the input: {0}",
            "程序出现错误，请附上输入内容报告此问题：{0}",
            (f"{type(wrong).__name__}: {wrong}"[:300],),
        ),
    )
