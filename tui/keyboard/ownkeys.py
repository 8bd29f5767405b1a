"""How the user binds other keys.

An action has an id.  ``keys.toml`` in the folder of settings may give it other keys::

    "chat.stop" = "Ctrl-X"
    "chat.send" = "Ctrl-Enter,Enter"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

from runtimes.texts import Text
from tui.keyboard.keys import KEYS
from tui.keyboard.spelling import named, spelled
from tui.words import one_line

FILE = "keys.toml"
UNKNOWN = Text("{0}: there is no action {1}", "{0}：没有名为 {1} 的操作")
NO_KEY = Text("{0}: {1} needs a key as text", "{0}：{1} 的值应是按键文本")

NOT_A_KEY = Text(
    "{0}: {1} keeps its key, for there is none called {2}",
    "{0}：没有名为 {2} 的按键，{1} 的按键不变",
)
CLASH = Text(
    "{0}: {1} is now the key of {2} and of {3}; one of them needs another",
    "{0}：{2} 与 {3} 的按键都是 {1}；请为其中一个另设按键",
)
HELD = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})
NAMES = {
    *(key.value.rpartition("+")[2] for key in Keys if not key.value.startswith("<")),
    *KEY_NAME_REPLACEMENTS.values(),
}
MOST_TOLD = 3
"""Clashes."""
EVERYWHERE = "app"
WITHIN = {"problem": frozenset({"problem", "solve", "tutor"})}
"""Screens on which the keys of a part hold, where these are not its own alone."""


def is_key(key: str) -> bool:
    """Does it name a key, with others that are held?"""
    *held, name = named(key).split("+")
    sign = key_to_character(name)  # of "question_mark"; it knows emoji by name too
    return set(held) <= HELD and (
        name in NAMES or (sign is not None and (len(name) == 1 or sign.isascii()))
    )


def read_keys(path: Path) -> tuple[dict[str, str], tuple[Text, ...]]:
    """The user's own keys by action, and what is wrong in the file.

    Raises ``Damaged`` for a file that cannot be read.
    """
    if not path.exists():
        return {}, ()
    from assistant.tomlfile import load

    found: dict[str, str] = {}
    wrong: list[Text] = []
    for name, keys in load(path)[1].items():
        if name not in KEYS:
            wrong.append(UNKNOWN.of(path.name, name))
        elif not isinstance(keys, str) or not keys.strip():
            wrong.append(NO_KEY.of(path.name, name))
        elif unknown := [key for key in keys.split(",") if not is_key(key)]:
            wrong.append(NOT_A_KEY.of(path.name, name, one_line(unknown[0], 40)))
        else:
            found[name] = ",".join(map(named, keys.split(",")))
    told = islice(clashes(found), MOST_TOLD)
    wrong += (CLASH.of(path.name, spelled(key), *names) for key, *names in told)
    return found, tuple(wrong)


def clashes(own: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Keys that two actions of one screen have, because the user bound one of them so; those that
    share a key as they come do so at different times."""
    every = {name: _split(own.get(name, key.keys)) for name, key in KEYS.items()}
    names = list(KEYS)
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            if not _meet(one, other) or not {one, other} & own.keys():
                continue
            usual = _split(KEYS[one].keys) & _split(KEYS[other].keys)
            for key in sorted((every[one] & every[other]) - usual):
                yield key, one, other


def _split(keys: str) -> set[str]:
    return {key.strip() for key in keys.split(",")}


def _meet(one: str, other: str) -> bool:
    places = [name.partition(".")[0] for name in (one, other)]
    if EVERYWHERE in places:
        return True
    first, second = (WITHIN.get(place, frozenset({place})) for place in places)
    return not first.isdisjoint(second)
