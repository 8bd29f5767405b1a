"""Examples that name no function, as calls of the only one of the code that they can mean.

For C, C++ and JavaScript; ``testfiles`` does the same for Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.coding.examples.asked import Example, QuestionExample
from assistant.coding.examples.pairs import Pair, names_all, of_nodes, values_of
from assistant.coding.examples.scanning import is_value
from assistant.coding.grammars import tree_of
from assistant.coding.linkedjs import ways_in
from assistant.coding.native.prototypes import functions_in
from assistant.coding.sandbox.types import Language
from assistant.coding.types import Code

if TYPE_CHECKING:
    from tree_sitter import Node

COMPILED = (Language.C, Language.CPP)
_MAIN = re.compile(r"\bmain\s*\(")
_FUNCTIONS = ("arrow_function", "function_expression", "function")
Named = tuple[str, tuple[str, ...]]
"""A function and its parameters."""


def as_calls(
    code: Code, examples: tuple[QuestionExample, ...], question: str
) -> tuple[QuestionExample, ...]:
    """The examples, with a call in place of each pair that can be one."""
    meant = _meant(code, question)
    if meant is None or not _plain(code, meant):
        return examples
    called = (_called(e, meant) if isinstance(e, Pair) else None for e in examples)
    return tuple(call or e for call, e in zip(called, examples, strict=True))


def _plain(code: Code, meant: Named) -> bool:
    """Is it plain what of a list, and what of nodes, a function takes?"""
    text = code.program.text
    if code.language in COMPILED or not of_nodes(text):
        return True
    way = ways_in(text).get(meant[0])
    return way is not None and bool(way.names)


def _called(pair: Pair, meant: Named) -> Example | None:
    name, parameters = meant
    values = values_of(pair, parameters)
    if values is None or len(values) > len(parameters) or not is_value(pair.wanted):
        return None
    call, named = f"{name}({', '.join(values)})", names_all(pair.given, parameters)
    return Example(call, pair.wanted.strip(), loose=True, paired=True, named=named)


def _meant(code: Code, question: str) -> Named | None:
    """The only function, or the only one that the question names."""
    found = list(_functions(code))
    if len(found) > 1:
        named = [it for it in found if re.search(rf"(?<!\w){re.escape(it[0])}(?!\w)", question)]
        found = named or list(_methods(code))
    return found[0] if len(found) == 1 else None


def _methods(code: Code) -> Iterator[Named]:
    """The public methods of a ``Solution``: what stands beside it is only for its own ``main``."""
    if code.language is Language.CPP:
        for function in functions_in(code.program.text, code.language).all:
            if function.owner:
                yield function.name, tuple(slot.name for slot in function.parameters)


def _functions(code: Code) -> Iterator[Named]:
    text = code.program.text
    if code.language in COMPILED:
        if _MAIN.search(text):
            return  # it is a program, and they are its own input and output
        for function in functions_in(text, code.language).all:
            if not function.template:
                yield function.name, tuple(slot.name for slot in function.parameters)
    elif code.language is Language.JAVASCRIPT:
        tree = tree_of(text, code.language)
        for node in tree.children if tree is not None else ():
            declared = node.child_by_field_name("declaration")  # what is exported
            yield from _declared(node if declared is None else declared)


def _declared(node: Node) -> Iterator[Named]:
    """The functions of a declaration of JavaScript."""
    if node.type == "function_declaration":
        yield from _named(node, node)
    elif node.type in ("lexical_declaration", "variable_declaration"):
        for item in node.named_children:
            value = item.child_by_field_name("value")
            if value is not None and value.type in _FUNCTIONS:
                yield from _named(item, value)


def _named(node: Node, function: Node) -> Iterator[Named]:
    name = _text(node.child_by_field_name("name"))
    listed = function.child_by_field_name("parameters")
    alone = function.child_by_field_name("parameter")  # x => ...
    items = [alone] if alone is not None else listed.named_children if listed is not None else []
    words = [_text(item) for item in items]
    if not name.startswith("_") and all(re.fullmatch(r"[\w$]+", word) for word in words):
        yield name, tuple(words)


def _text(node: Node | None) -> str:
    return (node.text or b"").decode("utf-8", "replace") if node is not None else ""
