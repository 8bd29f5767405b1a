"""What a change does to the definitions of a Python file, read from both texts; nothing is run."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.coding.naming import parsed

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef
MOST_NAMED = 200


class Touch(StrEnum):
    """How a change touches a definition."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SIGNATURE = "signature"
    """It is called differently; its body may have changed too."""
    WORDS = "words"
    """Its docstring alone."""
    REACHED = "reached"
    """It uses something that has changed, and is itself as it was."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A function, a class, or a method (``Class.method``).  ``line`` is where it stands after the
    change (before it, where it is gone); ``before`` and ``after`` are how it is called."""

    name: str
    touch: Touch
    line: int
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """``same``: to Python both texts are the same program; only comments or layout differ.
    ``rest``: statements outside of all definitions differ."""

    same: bool
    definitions: tuple[Definition, ...] = ()
    rest: bool = False

    def comparable(self) -> tuple[str, ...]:
        """Functions that are on both sides and may behave differently, those that were changed
        themselves first."""
        direct = (Touch.CHANGED, Touch.SIGNATURE)
        found = [d for d in self.definitions if d.touch in direct and d.before and d.after]
        found += [d for d in self.definitions if d.touch is Touch.REACHED]
        return tuple(d.name for d in found)


def outlined(before: str, after: str) -> Outline | None:
    """What was changed; ``None`` where one of them is no Python."""
    old, new = parsed(before), parsed(after)
    if old is None or new is None:
        return None
    if ast.dump(old) == ast.dump(new):
        return Outline(same=True)
    olds, news = _definitions(old), _definitions(new)
    found = {name: _touched(name, olds, news) for name in {**olds, **news}}
    changed = {name: item for name, item in found.items() if item is not None}
    words, rest = _bound_anew(old, new)
    for item in changed.values():
        if item.touch is not Touch.WORDS:
            words |= set(item.name.split("."))
    reached = _reached(news, olds, words, set(changed))
    named = sorted((*changed.values(), *reached), key=lambda item: item.line)
    return Outline(same=False, definitions=tuple(named[:MOST_NAMED]), rest=rest)


def around(text: str) -> dict[int, str]:
    """For every line of a Python text that stands in a definition, the innermost one's name."""
    tree = parsed(text)
    found: dict[int, str] = {}
    for name, node in _definitions(tree).items() if tree else ():
        first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
        for line in range(first, (node.end_lineno or node.lineno) + 1):
            found[line] = name  # a method comes behind its class
    return found


def _definitions(tree: ast.Module) -> dict[str, Function | ast.ClassDef]:
    """Of a name that is defined twice the last, as in Python."""
    found: dict[str, Function | ast.ClassDef] = {}
    for node in tree.body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            found.pop(node.name, None)
            found[node.name] = node
        if isinstance(node, ast.ClassDef):
            for item in node.body:
                if isinstance(item, FUNCTIONS):
                    found[f"{node.name}.{item.name}"] = item
    return found


def _touched(
    name: str,
    olds: dict[str, Function | ast.ClassDef],
    news: dict[str, Function | ast.ClassDef],
) -> Definition | None:
    old, new = olds.get(name), news.get(name)
    line = new.lineno if new else old.lineno if old else 0
    calls = (_call(name, old), _call(name, new))
    if old is None or new is None:
        return Definition(name, Touch.ADDED if old is None else Touch.REMOVED, line, *calls)
    if ast.dump(_own(old)) == ast.dump(_own(new)):
        return None
    if ast.dump(_wordless(old)) == ast.dump(_wordless(new)):
        return Definition(name, Touch.WORDS, line, *calls)
    touch = Touch.CHANGED if calls[0] == calls[1] else Touch.SIGNATURE
    return Definition(name, touch, line, *calls)


def _call(name: str, node: Function | ast.ClassDef | None) -> str:
    """How it is called; a class by its bases."""
    match node:
        case ast.ClassDef(bases=bases):
            return f"{name}({', '.join(map(ast.unparse, bases))})"
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            gives = f" -> {ast.unparse(node.returns)}" if node.returns else ""
            return f"{name}({ast.unparse(node.args)}){gives}"
        case _:
            return ""


def _own(node: Function | ast.ClassDef) -> Function | ast.ClassDef:
    """A class without its methods, which are told by themselves."""
    if not isinstance(node, ast.ClassDef):
        return node
    return _with(node, [item for item in node.body if not isinstance(item, FUNCTIONS)])


def _wordless(node: Function | ast.ClassDef) -> ast.AST:
    own = _own(node)
    return own if ast.get_docstring(own, clean=False) is None else _with(own, own.body[1:])


def _with(node: Function | ast.ClassDef, body: list[ast.stmt]) -> Function | ast.ClassDef:
    same = copy.copy(node)
    same.body = body
    return same


def _bound_anew(old: ast.Module, new: ast.Module) -> tuple[set[str], bool]:
    """The names that differing statements outside of definitions bind, and are there any?"""
    kinds = (*FUNCTIONS, ast.ClassDef)
    sides = [
        [(ast.dump(node), node) for node in tree.body if not isinstance(node, kinds)]
        for tree in (old, new)
    ]
    counts = [Counter(dump for dump, _ in side) for side in sides]
    differing = (counts[0] - counts[1]) + (counts[1] - counts[0])
    words: set[str] = set()
    for dump, node in (*sides[0], *sides[1]):
        if dump in differing:
            words |= set(_bound(node))
    orders = [[dump for dump, _ in side if dump not in differing] for side in sides]
    return words, bool(differing) or orders[0] != orders[1]


def _bound(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.alias(name=name, asname=short):
                yield short or name.partition(".")[0]
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case _:
                pass


def _reached(
    news: dict[str, Function | ast.ClassDef],
    olds: dict[str, Function | ast.ClassDef],
    words: set[str],
    changed: set[str],
) -> list[Definition]:
    """Functions on both sides that use one of the words, or what uses one in its turn."""
    uses = {
        name: {_word(part) for part in ast.walk(node)}
        for name, node in news.items()
        if isinstance(node, FUNCTIONS) and name in olds and name not in changed
    }
    words = set(words)
    found: list[Definition] = []
    going = True
    while going:
        going = False
        for name in [name for name, used in uses.items() if used & words]:
            del uses[name]
            words |= set(name.split("."))
            call = _call(name, news[name])
            found.append(Definition(name, Touch.REACHED, news[name].lineno, call, call))
            going = True
    return found


def _word(part: ast.AST) -> str:
    match part:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
