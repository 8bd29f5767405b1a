"""Why a test that ran decides nothing; the program outside has a sentence for each reason."""

from __future__ import annotations

OBJECT = "object"
"""An object of the code would have to judge itself."""
CHANNEL = "channel"
"""Something does not get from one world into the other."""
WORDS = "words"
"""The test uses a word of pytest or unittest that is not known here."""
RETURNS = "returns"
"""The test hands something back, which nobody looks at."""
NO_CHECK = "no check"
"""The test has ended without having checked anything."""
CAUGHT = "caught"
"""An assert of the test failed, and the test went on."""
NO_QUESTION = "no question"
"""The code was asked for nothing."""

MODULE = "module"
"""The tests or the code want a module that is not there where they run."""


class NotJudgedError(BaseException):
    """The test cannot go on, and says nothing.  No ``except Exception`` holds it."""

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason


class UncarriedError(NotJudgedError):
    """A value or an operation that does not get from one world into the other."""

    def __init__(self, words: str) -> None:
        super().__init__(CHANNEL, words)


def unknown(word: str) -> NotJudgedError:
    """What to raise for a word, or a way of using it, that is not known here."""
    return NotJudgedError(WORDS, word)
