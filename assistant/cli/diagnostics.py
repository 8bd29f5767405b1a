"""The only writer of stderr, and the owner of the exit codes."""

from __future__ import annotations

import os
import sys
from enum import IntEnum

from assistant.maths.types import Failure, Lang, Text


class Exit(IntEnum):
    """What the command tells the shell."""

    OK = 0
    REFUTED = 1
    USAGE = 2
    UNAVAILABLE = 3
    LIMIT = 4
    UNDECIDED = 5
    INTERRUPTED = 130


EXIT_OF = {
    Failure.UNREADABLE: Exit.USAGE,
    Failure.UNSAFE: Exit.USAGE,
    Failure.UNSUPPORTED: Exit.UNDECIDED,
    Failure.TIMEOUT: Exit.LIMIT,
    Failure.MEMORY: Exit.LIMIT,
    Failure.INTERNAL: Exit.UNAVAILABLE,
}


def locale_lang() -> Lang:
    """The user's language by the usual variables; English where they say nothing."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        if value := os.environ.get(name):
            return Lang.ZH if value.lower().startswith("zh") else Lang.EN
    return Lang.EN


def write(text: str) -> None:
    """Printable lines to stderr; what its encoding has no sign for becomes ``?``."""
    encoding = sys.stderr.encoding or "ascii"
    sys.stderr.write(text.encode(encoding, "replace").decode(encoding))


def complain(message: Text, lang: Lang) -> None:
    """One message to stderr, named after the program.  Its arguments must be printable."""
    text = message.template(lang).format(*message.args)
    print(f"assistant: {text}", file=sys.stderr)  # noqa: T201 - the one writer
