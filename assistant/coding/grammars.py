"""Syntax of the languages that Python cannot read itself, by tree-sitter's grammars.

A grammar is not the compiler: it lags behind new syntax and does not expand macros.  So what it
does not understand is told and stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from assistant.coding.naming import MOST_PARSED
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import Finding, FindingKind
from runtimes.texts import Text

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

GRAMMARS = {
    Language.JAVASCRIPT: "tree_sitter_javascript",
    Language.C: "tree_sitter_c",
    Language.CPP: "tree_sitter_cpp",
    Language.SHELL: "tree_sitter_bash",
}
_FUNCTIONS = ("function_declaration", "function_definition", "method_definition")
MOST = 3
"""Findings; those after the first are mostly its consequences."""
MISSING = Text("syntax: {0} is missing here", "语法：此处缺少 {0}")
NOT_UNDERSTOOD = Text("syntax: not understood from here: {0}", "语法：从此处起无法理解：{0}")


def syntax(file: SourceFile, language: Language) -> tuple[Finding, ...]:
    """What the grammar does not understand; none for a language without a grammar."""
    root = tree_of(file.text, language)
    found = []
    for node in _wrong(root) if root is not None else ():
        row, column = node.start_point
        missing = node.is_missing
        text = MISSING.of(node.type) if missing else NOT_UNDERSTOOD.of(_beginning(node))
        at = (row + 1, _character(file.text, row, column) + 1)
        found.append(Finding(FindingKind.SYNTAX, file.name, *at, text))
        if len(found) == MOST:
            break
    return tuple(found)


def tree_of(text: str, language: Language) -> Node | None:
    """The root of a text's tree; ``None`` where there is no grammar, or too much text."""
    if language not in GRAMMARS or len(text) > MOST_PARSED:
        return None
    return _parser(language).parse(text.encode("utf-8", "replace")).root_node


def bodies_in(text: str, language: Language) -> Iterator[tuple[str, bool]]:
    """The functions of a program by their names, and whether nothing is done in them."""
    root = tree_of(text, language)
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        waiting += node.named_children
        body = node.child_by_field_name("body")
        if node.type not in _FUNCTIONS or body is None:
            continue
        named = node.child_by_field_name("name") or node.child_by_field_name("declarator")
        while named is not None and (inner := named.child_by_field_name("declarator")) is not None:
            named = inner
        name = (named.text or b"").decode("utf-8", "replace") if named is not None else ""
        makes = any(part.type == "field_initializer_list" for part in node.children)
        if name.isidentifier() and name != "constructor" and not makes:
            yield name, all(part.type == "comment" for part in body.named_children)


@cache
def _parser(language: Language) -> Parser:
    import tree_sitter

    grammar = import_module(GRAMMARS[language]).language()
    return tree_sitter.Parser(tree_sitter.Language(grammar))


def _wrong(root: Node) -> Iterator[Node]:
    """The outermost nodes of errors in the order of the text; no recursion, trees may be deep."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            yield node
        elif node.has_error:
            waiting += reversed(node.children)


def _beginning(node: Node) -> str:
    text = (node.text or b"").decode("utf-8", "replace").strip()
    return text.split("\n")[0][:40] if text else node.type


def _character(text: str, row: int, column: int) -> int:
    """The grammar counts bytes within a line; people count characters."""
    lines = text.split("\n", row + 1)
    line = lines[row] if row < len(lines) else ""
    return len(line.encode("utf-8", "replace")[:column].decode("utf-8", "ignore"))
