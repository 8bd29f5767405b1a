"""Asks two versions of some code the same, and reports the smallest input on which they differ.

Each version is in a world of its own, this is a third one: neither can write the report, nor see
what the other says.  Objects of the code's own, which would judge themselves, decide nothing.
"""

from __future__ import annotations

import copy
import itertools
import json
import os
import sys
import time
from typing import Any

from assistant.coding.inside import shapes
from assistant.coding.inside.examiner import Examiner, UnjudgedError
from assistant.coding.inside.making import examples, least
from assistant.coding.inside.plain import decoded, encoded
from assistant.coding.inside.probing import (
    LONGEST,
    PLAN,
    MissingError,
    Silent,
    Values,
    function_of,
    plain,
    same,
    say,
    told,
)
from assistant.coding.inside.unjudged import NotJudgedError

FIRST = (3, 4)
"""Where the first world is heard and asked; the report is behind it, then come the others."""
NEXT = 6
MOST_ITEMS = 10_000
"""That a generator is asked for."""
MOST_HEARD = 1 << 20


class Heard(Silent):
    """Keeps what the code prints, until it is taken."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0

    def write(self, text: str) -> int:
        """Keep it where there is room."""
        if self._size < MOST_HEARD:
            self._parts.append(text)
            self._size += len(text)
        return len(text)

    def take(self) -> str:
        """What was printed since the last time."""
        text = "".join(self._parts)
        self._parts, self._size = [], 0
        return text


class Answer:
    """What came of one call: a value, or what was raised (its kind, and in words); what became
    of the arguments; what was printed."""

    __slots__ = ("arguments", "kind", "printed", "raised", "value")

    def __init__(self, value: Any, wrong: Exception | None, arguments: Values, printed: str):
        self.value = value
        self.kind = type(wrong).__name__ if wrong is not None else ""
        self.raised = f"raised {told(wrong)}" if wrong is not None else ""
        self.arguments = arguments
        self.printed = printed

    def words(self, aspect: str) -> str:
        """This of it, as it is shown."""
        match aspect:
            case "arguments":
                return ", ".join(map(_word, self.arguments))
            case "printed":
                return _word(self.printed)
            case _:
                return self.raised[:LONGEST] or _word(self.value)


def _word(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def aspect_of(one: Answer, other: Answer) -> str:
    """In what two answers differ first; empty where in nothing."""
    if one.kind != other.kind:
        return "exception"
    if not one.kind and not _identical(one.value, other.value):
        return "result"
    if not _identical(one.arguments, other.arguments):
        return "arguments"
    return "printed" if one.printed != other.printed else ""


def _identical(one: Any, other: Any) -> bool:
    return same(one, other, exactly=True)


class Version:
    """The code in one world."""

    def __init__(self, read: int, write: int, heard: Heard) -> None:
        self.peer = Examiner(read, write)
        self._heard = heard
        self._module: Any = None

    def load(self) -> None:
        """Its module; whatever it raises is the code's."""
        self._module = self.peer.ask("module")

    def answer(self, name: str, values: Values, *, generator: bool) -> Answer:
        """What a function, or a method of an object made anew, makes of copies of some values.

        ``MissingError`` where it is not there, ``UnjudgedError`` where the answer is no data.
        """
        given = copy.deepcopy(values)
        self._heard.take()
        value, wrong = None, None
        try:
            value = function_of(self._module, name)(*given)
            if generator:
                value = list(itertools.islice(value, MOST_ITEMS))
        except (UnjudgedError, MissingError):
            raise
        except Exception as raised:  # noqa: BLE001 - it is what the code answers
            wrong = raised
        printed = self._heard.take()
        return Answer(plain(value, self.peer), wrong, plain(given, self.peer), printed)


class Comparer:
    """Two versions, the one before the change first."""

    def __init__(self, plan: dict[str, Any], versions: list[Version]) -> None:
        self._plan = plan
        self._versions = versions
        self._one: dict[str, Any] = {}
        self._tried = self._raised = 0

    def run(self) -> None:
        """Load both, and compare function by function."""
        for side, version in enumerate(self._versions):
            say(open="", side=side)
            try:
                version.load()
            except Exception as wrong:  # noqa: BLE001 - the code's
                say(end={"load": side, "error": told(wrong)})
                return
        for one in self._plan["functions"]:
            self._one, self._tried, self._raised = one, 0, 0
            try:
                found = self._compared()
            except UnjudgedError as wrong:
                found = {"unjudged": str(wrong)}
            except NotJudgedError as wrong:
                found = {"unjudged": str(wrong)}
            except MissingError as wrong:
                found = {"missing": str(wrong)}
            say(function=one["name"], tried=self._tried, raised=self._raised, found=found)
        say(end={})

    def _compared(self) -> dict[str, Any]:
        one, plan = self._one, self._plan
        kinds = [shapes.read(text) for text in one["shapes"]]
        until = time.monotonic() + one["seconds"]
        for values in examples(kinds, one["given"], plan["examples"], plan["seed"]):
            if time.monotonic() > until:
                break
            aspect = self._try(values)
            self._tried += 1
            if aspect:
                tried, raised = self._tried, self._raised
                row = shapes.Row(tuple(kinds))
                less, found = least(row, (values, aspect), self._again(aspect), until)
                self._tried, self._raised = tried, raised
                return {"differ": found, "values": encoded(less, self._versions[0].peer)}
        return {}

    def _again(self, aspect: str) -> Any:
        def fails(values: Values) -> str | None:
            try:
                return aspect if self._try(values) == aspect else None
            except UnjudgedError:
                return None

        return fails

    def _try(self, values: Values) -> str:
        name, generator = self._one["name"], self._one["generator"]
        answers = []
        for side, version in enumerate(self._versions):
            say(open=name, call=called(name, values), side=side)
            answers.append(version.answer(name, values, generator=generator))
        self._raised += bool(answers[0].kind and answers[0].kind == answers[1].kind)
        return aspect_of(answers[0], answers[1])


def called(name: str, values: Values) -> str:
    """The call as it is written; a method is called on an object made for it."""
    owner, _, word = name.rpartition(".")
    name = f"{owner}().{word}" if owner else word
    return f"{name}({', '.join(map(_word, values))})"[: 2 * LONGEST]


def confirm(plan: dict[str, Any], versions: list[Version]) -> None:
    """One call in fresh worlds, several of each version: is it answered the same everywhere?"""
    values: Any = decoded(plan["values"], versions[0].peer)
    sides: tuple[list[Answer], list[Answer]] = ([], [])
    for side, version in zip(plan["sides"], versions, strict=True):
        say(open=plan["name"], call=called(plan["name"], values), side=side)
        version.load()
        sides[side].append(version.answer(plan["name"], values, generator=plan["generator"]))
    steady = [not any(aspect_of(side[0], other) for other in side[1:]) for side in sides]
    before, after = sides[0][0], sides[1][0]
    aspect = aspect_of(before, after)
    words = {"before": before.words(aspect), "after": after.words(aspect)}
    say(steady=steady, aspect=aspect, call=called(plan["name"], values), **words)


def main() -> None:
    """Compare as ``plan.json`` says; the only argument is the number of worlds."""
    with open(PLAN, encoding="utf-8") as file:  # noqa: PTH123
        plan = json.load(file)
    heard = Heard()
    sys.stdout = heard
    places = [FIRST, *((NEXT + 2 * n, NEXT + 2 * n + 1) for n in range(int(sys.argv[1]) - 1))]
    versions = [Version(read, write, heard) for read, write in places]
    try:
        if "values" in plan:
            confirm(plan, versions)
        else:
            Comparer(plan, versions).run()
    except BaseException as wrong:  # noqa: BLE001 - whatever it is, nothing was decided
        gone = next((version.peer.gone for version in versions if version.peer.gone), "")
        say(end={"error": told(wrong), "gone": gone})
    os._exit(0)
