"""The question before something is changed that cannot be undone."""

from __future__ import annotations

import sys

from assistant.cli import diagnostics
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from runtimes.texts import Text

YES = ("y", "yes", "是", "好", "确认")


def confirmed(question: Text, declined: Text, need_yes: Text, lang: Lang) -> bool:
    """May it be done?  Only a person at a terminal is asked; ``need_yes`` is said elsewhere,
    ``declined`` after any answer that is not yes.  A command that may not go on ends with
    ``Exit.USAGE``."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        diagnostics.complain(need_yes, lang)
        return False
    diagnostics.write(filled(question, lang, str))
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() in YES:
        return True
    diagnostics.complain(declined, lang)
    return False
