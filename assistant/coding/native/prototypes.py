"""The functions that a file of C or C++ defines, as far as they can be called from outside.

A grammar reads them, which expands no macros.  So what is read is only a guess, and the compiler
is asked whether it is right: the caller's code takes each function by a pointer of that very type.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.coding.grammars import tree_of
from assistant.coding.native.kinds import Slot, StrangeError, slot_of
from assistant.coding.sandbox.types import Language

if TYPE_CHECKING:
    from tree_sitter import Node

SOLUTION = "Solution"
"""The class whose methods may be called on a new object of it."""
_WITHIN = ("linkage_specification", "declaration_list", "preproc_ifdef", "preproc_if",
           "preproc_else")  # fmt: skip
_DECLARATORS = ("pointer_declarator", "reference_declarator")


@dataclass(frozen=True, slots=True)
class Function:
    """A function and the types that it takes and gives.  ``owner`` is the class of a method;
    ``constant`` and ``static`` are said of methods alone."""

    name: str
    result: Slot
    parameters: tuple[Slot, ...]
    owner: str = ""
    constant: bool = False
    static: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """``functions`` can be called; ``strange`` cannot, by the type that is in the way (empty
    where it is something else: a template, several of one name)."""

    functions: dict[str, Function]
    strange: dict[str, str]


def functions_in(text: str, language: Language) -> Found:
    """All functions at the top of a file, and the public methods of ``Solution``."""
    tree = tree_of(text, language)
    plus = language is Language.CPP
    functions: dict[str, Function] = {}
    strange: dict[str, str] = {}
    if tree is None:
        return Found(functions, strange)
    aliases = dict(_aliases(tree))
    for node, owner in _definitions(tree):
        name = _name(node)
        if not name or (name == "main" and not owner):
            continue
        if name in functions or name in strange or node.type == "template_declaration":
            functions.pop(name, None)
            strange[name] = ""
            continue
        try:
            functions[name] = _function(node, name, owner, aliases, plus=plus)
        except StrangeError as wrong:
            strange[name] = str(wrong)
    return Found(functions, strange)


def _text(node: Node | None) -> str:
    return (node.text or b"").decode("utf-8", "replace") if node is not None else ""


def _nodes(tree: Node) -> Iterator[Node]:
    """What stands at the top, in the order of the text; into conditions and ``extern "C"``."""
    for node in tree.children:
        if node.type in _WITHIN:
            yield from _nodes(node)
        else:
            yield node


def _aliases(tree: Node) -> Iterator[tuple[str, str]]:
    """Names that the code gives to types, and what it says that they are."""
    for node in _nodes(tree):
        if node.type == "type_definition":
            declarator = node.child_by_field_name("declarator")
            kind = _text(node.child_by_field_name("type"))
            before = [_text(c) for c in node.children if c.type == "type_qualifier"]
            if declarator is not None and declarator.type == "pointer_declarator":
                inner = declarator.child_by_field_name("declarator")
                yield _text(inner), " ".join([*before, kind, "*"])
            else:
                yield _text(declarator), " ".join([*before, kind])
        elif node.type == "alias_declaration":
            yield _text(node.child_by_field_name("name")), _text(node.child_by_field_name("type"))
        elif node.type == "preproc_def":
            value = node.child_by_field_name("value")
            yield _text(node.child_by_field_name("name")), _text(value).strip()


def _definitions(tree: Node) -> Iterator[tuple[Node, str]]:
    """Functions with a body, each with the class that it belongs to."""
    for node in _nodes(tree):
        if node.type in ("function_definition", "template_declaration"):
            yield node, ""
        elif (
            node.type in ("class_specifier", "struct_specifier")
            and _text(node.child_by_field_name("name")) == SOLUTION
        ):
            yield from _methods(node)


def _methods(node: Node) -> Iterator[tuple[Node, str]]:
    public = node.type == "struct_specifier"
    body = node.child_by_field_name("body")
    for item in body.children if body is not None else ():
        if item.type == "access_specifier":
            public = _text(item) == "public"
        elif public and item.type == "function_definition":
            yield item, SOLUTION


def _declarator(node: Node) -> tuple[Node | None, str]:
    """The declarator with the parameters, and the ``*`` and ``&`` that stand before it."""
    found, signs = node.child_by_field_name("declarator"), ""
    while found is not None and found.type in _DECLARATORS:
        signs += "&" if found.type == "reference_declarator" else "*"
        inner = found.child_by_field_name("declarator")
        # a reference's declarator has no name in the grammar
        found = inner if inner is not None else (found.children[-1] if found.children else None)
    return (
        (found, signs) if found is not None and found.type == "function_declarator" else (None, "")
    )


def _name(node: Node) -> str:
    if node.type == "template_declaration":
        node = next((c for c in node.children if c.type == "function_definition"), node)
    declarator, _ = _declarator(node)
    named = declarator.child_by_field_name("declarator") if declarator is not None else None
    plain = named is not None and named.type in ("identifier", "field_identifier")
    return _text(named) if plain else ""


def _function(
    node: Node, name: str, owner: str, aliases: dict[str, str], *, plus: bool
) -> Function:
    declarator, signs = _declarator(node)
    assert declarator is not None
    trailing = [c for c in declarator.children if c.type == "trailing_return_type"]
    words = [_text(c) for c in node.children if c.type == "type_qualifier"]
    kind = _text(node.child_by_field_name("type"))
    if trailing:
        kind, words = _text(trailing[0]).removeprefix("->").strip(), []
    result = slot_of(" ".join([*words, kind, signs]), aliases, plus=plus)
    listed = declarator.child_by_field_name("parameters")
    parameters = [
        _parameter(item, aliases, plus=plus)
        for item in (listed.named_children if listed is not None else [])
        if item.type != "comment"
    ]
    if len(parameters) == 1 and parameters[0].kind is None:
        parameters = []  # f(void)
    if any(slot.kind is None for slot in parameters):
        raise StrangeError("void")
    said = [_text(c) for c in node.children] + [_text(c) for c in declarator.children]
    return Function(
        name, result, tuple(parameters), owner, bool(owner) and "const" in said,
        bool(owner) and "static" in said,
    )  # fmt: skip


def _parameter(node: Node, aliases: dict[str, str], *, plus: bool) -> Slot:
    """A parameter: its text, less its name and default."""
    if node.type not in ("parameter_declaration", "optional_parameter_declaration"):
        raise StrangeError(_text(node)[:80])
    default = node.child_by_field_name("default_value")
    whole = node.text or b""
    cut = len(whole)
    if default is not None:
        cut = whole.rindex(b"=", 0, default.start_byte - node.start_byte)
    named = node.child_by_field_name("declarator")
    while named is not None and named.type != "identifier":
        if named.type == "function_declarator":
            raise StrangeError(_text(node)[:80])
        inner = named.child_by_field_name("declarator")
        if inner is None and named.type == "reference_declarator" and named.children:
            inner = named.children[-1]
        named = inner
    start = end = cut
    if named is not None:
        start, end = named.start_byte - node.start_byte, named.end_byte - node.start_byte
    text = (whole[:start] + b" " + whole[end:cut]).decode("utf-8", "replace")
    return slot_of(text, aliases, plus=plus, name=_text(named))
