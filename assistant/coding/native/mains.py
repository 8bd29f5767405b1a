"""The ``main`` of a file of tests in C or C++ that has none, and whether its tests can fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.coding.grammars import tree_of
from assistant.coding.sandbox.types import Language
from runtimes.texts import Text

if TYPE_CHECKING:
    from tree_sitter import Node

RESULT = Text(
    "{0} gives a value, and whether 0 or 1 means that it has passed is not said: "
    "write void tests that assert, or a main",
    "{0} 有返回值，但没有说明 0 和 1 哪个表示通过：请改用含 assert 的 void 函数，或提供 main",
)
_WORDS = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
_CHECKS = re.compile(
    r"\b\w*(?:assert|expect|check|require|verify)\w*\s*\(|\babort\s*\(|\b_?[eE]xit\s*\("
    r"|\breturn\s+(?!0\s*;)[^;]+;",
    re.IGNORECASE,
)
"""What may let a test fail; whether it does, only falsified answers show."""
_MAIN = re.compile(r"\bmain\s*\(")
_TEST = re.compile(
    r"^(?:static\s+)?(void|int)\s+(test\w*)\s*\(\s*(?:void)?\s*\)\s*\{", re.MULTILINE
)
_NUMBER = re.compile(r"\(*\s*(-?\d{1,9}|true|false|EXIT_SUCCESS)\s*\)*")


class UntoldError(ValueError):
    """Tests of which nobody can say when they have passed; ``why`` tells the user."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def bare_of(tests: str) -> str:
    """The tests without comments, texts and signs."""
    return _WORDS.sub(" ", tests)


def may_test(bare: str) -> bool:
    """Is there anything that may check something, and somewhere to begin?"""
    checks = _CHECKS.search(bare) and not re.search(r"\bNDEBUG\b", bare)
    return bool(checks and (_MAIN.search(bare) or _TEST.search(bare)))


def main_of(tests: str, language: Language) -> str:
    """A ``main`` that calls every test; empty where there is one.  Raises ``UntoldError``.

    A test that gives the same number wherever it returns has passed where it gives that number:
    a macro may let it return before its end.
    """
    bare = bare_of(tests)
    if _MAIN.search(bare):
        return ""
    given = dict(_returned(tests, language))
    calls = ""
    for kind, name in dict.fromkeys(_TEST.findall(bare)):
        values = given.get(name, set()) if kind == "int" else set()
        number = _NUMBER.fullmatch(next(iter(values))) if len(values) == 1 else None
        if values and number is None:
            raise UntoldError(RESULT.of(name))
        calls += f"if ({name}() != {number[1]}) return 1; " if number else f"{name}(); "
    return f"int main(void) {{ {calls}return 0; }}\n"


def _returned(tests: str, language: Language) -> Iterator[tuple[str, set[str]]]:
    """What each function at the top gives, as it is written."""
    tree = tree_of(tests, language)
    for node in tree.children if tree is not None else ():
        head = node.child_by_field_name("declarator")
        named = head.child_by_field_name("declarator") if head is not None else None
        if node.type == "function_definition" and named is not None:
            yield _text(named), {_text(value) for value in _values(node)}


def _values(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.type == "return_statement":
            yield from (c for c in child.named_children if c.type != "comment")
        else:
            yield from _values(child)


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")
