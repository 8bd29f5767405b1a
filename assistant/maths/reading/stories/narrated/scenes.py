"""Sentences at the beginning that only tell who acts and where."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.maths.reading.stories.narrated.lexis import KIN, VERBS
from assistant.maths.reading.stories.narrated.tokens import Token

WEIGHTY = frozenset(
    "all rest half some any none no not never nothing except but only both other others another twice double triple thrice "
    "remaining most few several equal equally same each every per instead return returns returned refund discount free tax "
    "tip less more fewer than as if unless until when while without lose loses lost give gives gave sell sold eat ate "
    "dozen couple pair pairs third quarter fourth fifth percent whole empty full first last before after again also too "
    "already still yet left many much how times nor neither either enough between among together share shares shared "
    "split splits divide divides divided average minus plus add adds added broke break breaks daily weekly monthly "
    "yearly hourly wants needs must have has had want need old older younger".split()
)
"""What an amount could depend on."""


def is_scene(tokens: Sequence[Token]) -> bool:
    """Whether a sentence before the first number tells nothing that an answer could depend on."""
    return not any(
        token.value is not None
        or token.word in WEIGHTY
        or token.word in KIN
        or token.raw == "'s"
        or token.percent
        for token in tokens
    )


def actor(tokens: Sequence[Token]) -> str:
    """Who acts in it, where one alone is named."""
    named = [
        token.word for n, token in enumerate(tokens)
        if token.named and (n > 0 or (len(tokens) > 1 and (tokens[1].word in VERBS or tokens[1].word == "is")))
    ]  # fmt: skip
    return named[0] if len(named) == 1 and tokens[0].word == named[0] else ""
