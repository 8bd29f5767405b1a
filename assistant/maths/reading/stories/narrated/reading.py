"""Whole narrated stories: every sentence understood, all its readings agreeing in one answer."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from math import prod

from assistant.maths.reading.scan import HAN
from assistant.maths.reading.stories.accounts.system import Account
from assistant.maths.reading.stories.narrated.answers import Answers
from assistant.maths.reading.stories.narrated.facts import Ask, Fact, Scene
from assistant.maths.reading.stories.narrated.persons import Persons, UnclearError, resolved
from assistant.maths.reading.stories.narrated.questions import Questions
from assistant.maths.reading.stories.narrated.scenes import actor, is_scene
from assistant.maths.reading.stories.narrated.tokens import Sentence, sentences
from assistant.maths.reading.stories.narrated.world import World
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request

MAX_SENTENCES = 12
MAX_OF_SENTENCE = 8
MAX_READINGS = 128
"""Ways to read a sentence, and a whole story; one with more is not clear."""
ASKS = re.compile(r"\b(?:how|what|calculate|find)\b", re.IGNORECASE)

Told = tuple[Fact, ...]


def read_narrated(tale: Tale) -> list[Request] | None:
    """The one answer in which all readings of a story agree."""
    source = tale.scan.source
    if tale.options or HAN.search(source) or not ASKS.search(source):
        return None
    told = sentences(source) or []
    readings = _readings(told)
    if not readings or len(readings) < len(told) or prod(map(len, readings)) > MAX_READINGS:
        return None
    found: dict[Fraction, Account] = {}
    for story in product(*readings):
        account = _account(story)
        value = None if account is None else account.answer()
        if account is not None and value is not None and value > 0:
            found.setdefault(value, account)
    return next(iter(found.values())).requests(tale) if len(found) == 1 else None


def understood(source: str) -> tuple[int, int]:
    """How many sentences from the first on are understood, and how many there are."""
    told = sentences(source) or []
    return len(_readings(told)), len(told)


def _readings(told: list[Sentence]) -> list[list[Told]]:
    """What each sentence may say, up to the first that is not understood."""
    if len(told) > MAX_SENTENCES:
        return []
    readings: list[list[Told]] = []
    for sentence in told:
        found = read_sentence(sentence, last=sentence is told[-1])
        opening = all(isinstance(fact, Scene) for facts in readings for fact in facts[0])
        if not found and opening and sentence is not told[-1] and is_scene(sentence.tokens):
            found = [(Scene(actor(sentence.tokens)),)]
        if not found:
            break
        readings.append(found)
    return readings


def read_sentence(sentence: Sentence, *, last: bool) -> list[Told]:
    """All that a sentence may say, each only once; nothing where it is too much."""
    grammar = Questions(sentence.tokens)
    found: dict[Told, None] = {}
    for facts in grammar.asked() if last else grammar.whole():
        found[facts] = None
        if len(found) > MAX_OF_SENTENCE:
            return []
    return list(found) if grammar.left >= 0 else []


def _account(story: tuple[Told, ...]) -> Account | None:
    """The account of one reading of a story."""
    world, persons = World(), Persons()
    try:
        for sentence in story:
            for fact in sentence:
                known = resolved(fact, persons)
                if isinstance(known, Ask):
                    return Answers(world, known).account()
                if not isinstance(known, Scene) and not world.tell(known):
                    return None
            persons.next_sentence()
    except UnclearError:
        return None
    return None
