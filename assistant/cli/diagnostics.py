"""The only writer of stderr, and the owner of the exit codes."""

from __future__ import annotations

import os
import sys
from enum import IntEnum
from typing import TextIO

from runtimes import errors
from runtimes.reasons import because_of
from runtimes.texts import Lang, Text


class Exit(IntEnum):
    """What the command tells the shell."""

    OK = 0
    REFUTED = 1
    USAGE = 2
    UNAVAILABLE = 3
    LIMIT = 4
    UNDECIDED = 5
    INTERRUPTED = 130


def locale_lang() -> Lang:
    """The user's language by the usual variables; English where they say nothing."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        if value := os.environ.get(name):
            return Lang.ZH if value.lower().startswith("zh") else Lang.EN
    return Lang.EN


def live(*, plain: bool, stream: TextIO | None = None) -> bool:
    """May a stream (stderr) be drawn on, with lines that change and colours?  Only where a
    person looks."""
    asked = plain or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not asked and (sys.stderr if stream is None else stream).isatty()


def write(text: str) -> None:
    """Printable lines to stderr; what its encoding has no sign for becomes ``?``."""
    encoding = sys.stderr.encoding or "ascii"
    sys.stderr.write(text.encode(encoding, "replace").decode(encoding))


def complain(message: Text, lang: Lang) -> None:
    """One message to stderr, named after the program; what came from outside is cleaned."""
    from assistant.maths.showing.words import filled

    write(f"assistant: {filled(message, lang, str)}\n")


def report(failure: errors.RuntimeFailure, lang: Lang) -> Exit:
    """Say what failed in a runtime and what to do about it; the result is the exit code."""
    from assistant.maths.showing.words import filled

    complain(failure.message, lang)
    plan = failure.plan if isinstance(failure, errors.DoesNotFit) else None
    for reason in plan.because if plan else ():
        write(f"  {filled(reason, lang, str)}\n")
    for remedy in errors.remedies(failure):
        write(f"{advice(remedy, lang)}\n")
    return exit_of(failure)


def advice(remedy: Text, lang: Lang) -> str:
    """What to do, after the word that says so."""
    from assistant.maths.showing.words import TRY, filled

    colon = "：" if lang is Lang.ZH else ": "
    return f"{TRY.template(lang)}{colon}{filled(remedy, lang, str)}"


def exit_of(failure: errors.RuntimeFailure) -> Exit:
    """The exit code of a failure in a runtime."""
    match failure:
        case errors.DoesNotFit() | errors.EngineOutOfMemory() | errors.DiskFull():
            return Exit.LIMIT
        case errors.NotHere():  # a NotFound, but of a thing and not of a name
            return Exit.UNAVAILABLE
        case errors.NotFound() | errors.Unsupported() | errors.Overflow() | errors.Damaged():
            return Exit.USAGE
        case _:
            return Exit.UNAVAILABLE


def because(head: Text, wrong: OSError | ValueError) -> Text:
    """``head``, which has no places, with the reason why a file could not be read or written."""
    name = getattr(wrong, "filename", None)
    if name is None:
        return because_of(wrong, Text(f"{head.en}: {{0}}", f"{head.zh}：{{0}}"))
    return because_of(
        wrong, Text(f"{head.en}: {{1}}: {{0}}", f"{head.zh}：{{1}}：{{0}}"), str(name)
    )
