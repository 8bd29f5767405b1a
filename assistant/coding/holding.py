"""Are words on an output true?  What was said is held against what was printed, and where that is
not plain nothing is decided."""

from __future__ import annotations

import ast
import math
import re

from assistant.coding.claims import Claim
from assistant.coding.examples.foreign import pythonic
from assistant.coding.examples.layout import spaced_alike
from assistant.coding.examples.pairtests import places_of
from assistant.coding.examples.scanning import balanced, expression, is_value, value_of
from assistant.coding.inside import alike
from assistant.coding.naming import parsed
from assistant.coding.programs import holds
from assistant.coding.sandbox.types import Language
from assistant.coding.types import Code

_PROMPT = re.compile(r"^\s*[$>#%]", re.MULTILINE)
_WORD = re.compile(r"\S+")
_NOTED = re.compile(r"(?<=\S)[^\S\n]+(?:#|//|<-|--|→|=>|[(（←])")
"""Before what somebody may have written beside a line of an output."""


def shows(said: str, printed: str) -> bool:
    """Are words, which may also describe what comes out, plainly an output?  All but the numbers
    among them come out, or some of as many lines do, or several of others."""
    words = {word for word in said.split() if _value(word, Language.PYTHON) is None}
    ours, theirs = (text.strip().split("\n") for text in (printed, said))
    lines = {line.strip() for line in ours} & {line.strip() for line in theirs}
    several = len(lines) > (0 if len(ours) == len(theirs) else 1)
    return several or words <= set(printed.split())


def unordered(code: Code) -> bool:
    """May what a program holds come in any order?"""
    text = code.program.text
    if code.language is not Language.PYTHON:
        return "unordered_" in text
    tree = parsed(text)
    return any(
        isinstance(node, ast.Set | ast.SetComp)
        or (isinstance(node, ast.Name) and node.id in ("set", "frozenset"))
        for node in (ast.walk(tree) if tree else ())
    )


def is_other(printed: str, wanted: str) -> bool:
    """Is an output plainly another one?  What is wanted is no part of it, nor shown with the
    command that gave it or with notes beside it, nor set out otherwise, nor only near."""
    if holds(printed, wanted) or (_PROMPT.search(wanted) and holds(wanted, printed)):
        return False
    if _NOTED.search(wanted) or "".join(printed.split()) == "".join(wanted.split()):
        return False
    ours, theirs = printed.split(), wanted.split()
    return len(ours) != len(theirs) or not all(map(_near, ours, theirs))


def _near(one: str, other: str) -> bool:
    try:
        return one == other or math.isclose(float(one), float(other), rel_tol=1e-9)
    except ValueError:
        return False


def is_true(claim: Claim, printed: str, code: Code) -> bool | None:
    """Is it what is said?  ``None`` where that cannot be told."""
    said = claim.said
    if printed.split() == said.split():
        return True if spaced_alike(printed, said) or "\n" in said else None
    free = unordered(code)
    if "\n" in said or "\n" in printed:
        plain = claim.told and not free and "\n" in said
        return False if plain and is_other(printed, said) and shows(said, printed) else None
    wanted, got = (_value(text, code.language) for text in (said, printed))
    if wanted is None:
        return False if not free and _is_other_word(claim, printed, code) else None
    if isinstance(wanted[0], str) and wanted[0].strip() == printed.strip():
        return True
    number = got is not None and isinstance(got[0], int | float)
    if free and not number:
        return True if got is not None and got[0] == wanted[0] else None
    if got is None:
        plain = isinstance(wanted[0], str) or (claim.told and isinstance(wanted[0], int | float))
        return False if plain and not holds(printed, said.strip("'\"")) else None
    return _agree(got[0], wanted[0], claim, printed)


def _is_other_word(claim: Claim, printed: str, code: Code) -> bool:
    """Is a bare word another one than was printed?  Words may also describe what comes out
    (``prints result``): it is one that the program itself has as a text, or has the same
    letters."""
    said = claim.said
    if _other_number(said.split(), printed.split(), code):
        return True
    words = _WORD.fullmatch(said) and _WORD.fullmatch(printed) and said.isalpha()
    if not (claim.told and words) or said.casefold() == printed.casefold():
        return False
    own = any(f"{quote}{said}{quote}" in code.program.text for quote in "'\"")
    return own or sorted(said) == sorted(printed)


def _other_number(said: list[str], printed: list[str], code: Code) -> bool:
    """Are they the same words but for a number, which is plainly another?"""
    theirs, ours = ([_parted(word) for word in words] for words in (said, printed))
    if len(said) != len(printed) or not any(word.isalpha() for word, _ in theirs):
        return False
    if [sign for _, sign in theirs] != [sign for _, sign in ours]:
        return False
    values = [
        (_value(one, code.language), _value(other, code.language), places_of(one))
        for (one, _), (other, _) in zip(theirs, ours, strict=True)
        if one != other
    ]
    return bool(values) and all(
        want is not None
        and got is not None
        and isinstance(want[0], int | float)
        and isinstance(got[0], int | float)
        and not alike.same(got[0], want[0], alike.near(places or 0))
        for want, got, places in values
    )


def _parted(word: str) -> tuple[str, str]:
    """A word, and the signs behind it."""
    bare = word.rstrip(",;:，；：.")
    return bare, word[len(bare) :]


def _agree(got: object, wanted: object, claim: Claim, printed: str) -> bool | None:
    """``None`` too for what is only near, or equal and written in another way."""
    if got is None and wanted is None:
        return None  # JavaScript has two words for nothing
    single = not isinstance(got, list | tuple | dict | set)
    if repr(got) == repr(wanted) or (isinstance(got, set) and got == wanted):
        return None if single else True
    if isinstance(got, bool) is not isinstance(wanted, bool):
        return False
    within = not single and (printed in claim.said or claim.said in printed)
    if not claim.told and (within or _sort(got) is not _sort(wanted)):
        return None  # it may tell of something else
    try:
        alike.compared(got, wanted, places_of(claim.said), "")
    except AssertionError as wrong:
        close = alike.near(places_of(printed))  # what is printed may be rounded too
        return (
            None if str(wrong).startswith("undecided") or alike.same(wanted, got, close) else False
        )
    return None


def _sort(value: object) -> type:
    return float if isinstance(value, int | float) else type(value)


def _value(text: str, language: Language) -> tuple[object] | None:
    """The literal that a text is; ``None`` where it is none (``1,000`` is no tuple here)."""
    word = text.strip() if language is Language.PYTHON else pythonic(text.strip(), language)
    tree = expression(word)
    if isinstance(tree, ast.Tuple) and not (word[0] == "(" and balanced(word, 0) == len(word)):
        return None
    try:
        return (value_of(word),) if is_value(word) else None
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


__all__ = ["is_other", "is_true", "shows", "unordered"]
