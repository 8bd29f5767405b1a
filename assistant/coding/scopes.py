"""Which names a program of JavaScript, C or C++ defines at its top, and which it lacks.

Read by the grammars, which know no preprocessor and no scopes: a name that is bound anywhere in a
text is taken as bound in all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.coding.grammars import tree_of
from assistant.coding.sandbox.types import Language

if TYPE_CHECKING:
    from tree_sitter import Node

_NAMES = frozenset(
    ("identifier", "type_identifier", "shorthand_property_identifier",
     "shorthand_property_identifier_pattern", "namespace_identifier")
)  # fmt: skip
_UNWRAPPED = frozenset(("export_statement", "linkage_specification", "declaration_list"))
"""What stands around a definition at the top."""
_NAMED = frozenset(
    ("function_declaration", "generator_function_declaration", "class_declaration",
     "struct_specifier", "union_specifier", "enum_specifier", "class_specifier", "preproc_def",
     "preproc_function_def", "alias_declaration")
)  # fmt: skip
_DECLARING = frozenset(("lexical_declaration", "variable_declaration"))
_BINDING = (
    ("variable_declarator", "name"), ("function_declaration", "name"),
    ("generator_function_declaration", "name"), ("function_expression", "name"),
    ("class_declaration", "name"), ("catch_clause", "parameter"), ("arrow_function", "parameter"),
    ("for_in_statement", "left"), ("init_declarator", "declarator"), ("declaration", "declarator"),
    ("parameter_declaration", "declarator"), ("for_range_loop", "declarator"),
    ("optional_parameter_declaration", "declarator"),
    ("function_definition", "declarator"), ("type_definition", "declarator"),
    *((kind, "name") for kind in _NAMED),
)  # fmt: skip
_BOUND_WHOLE = frozenset(
    ("formal_parameters", "import_clause", "enumerator", "structured_binding_declarator")
)
_NAMES_TAKEN, _BESIDE = r"\{[\w\s,]{1,300}\}|\w+", r"['\"]\.[^'\"\n]{0,100}['\"]"
_OWN_IMPORT = re.compile(
    rf"^[ \t]*(?:(?:const|let|var)\s+(?P<a>{_NAMES_TAKEN})\s*=\s*require\s*\(\s*{_BESIDE}\s*\)"
    rf"|import\s+(?P<b>{_NAMES_TAKEN})\s+from\s+{_BESIDE})[ \t]*;?[ \t]*$",
    re.MULTILINE,
)
"""What JavaScript takes from a file beside it."""
_OWN_HEADER = re.compile(r"^[ \t]*#[ \t]*include[ \t]*\"[^\"\n]{1,100}\"[ \t]*$", re.MULTILINE)


def defined(text: str, language: Language) -> frozenset[str]:
    """The names that stand for something at the top of a program."""
    root = tree_of(_bare(text, language), language)
    return frozenset(_defined(root)) if root is not None else frozenset()


def missing(text: str, language: Language) -> frozenset[str]:
    """The names that a program reads and does not bind."""
    root = tree_of(_bare(text, language), language)
    if root is None:
        return frozenset()
    own = _taken(text, language)
    read = {_text(node) for node in _walk(root) if node.type in _NAMES}
    return frozenset((read | own) - set(_bound(root)))


def without_own_imports(text: str, language: Language) -> str:
    """Without what is asked of files beside it, where the text defines it itself."""
    if language is not Language.JAVASCRIPT:
        return _OWN_HEADER.sub("", text)
    there = defined(text, language)

    def left(found: re.Match[str]) -> str:
        names = set(re.findall(r"\w+", found["a"] or found["b"]))
        return "\n" * found[0].count("\n") if names <= there else found[0]

    return _OWN_IMPORT.sub(left, text)


def _bare(text: str, language: Language) -> str:
    return _OWN_IMPORT.sub("", text) if language is Language.JAVASCRIPT else text


def _taken(text: str, language: Language) -> set[str]:
    """What a program of JavaScript asks of files beside it."""
    if language is not Language.JAVASCRIPT:
        return set()
    found = _OWN_IMPORT.finditer(text)
    return {name for one in found for name in re.findall(r"\w+", one["a"] or one["b"])}


def _defined(root: Node) -> Iterator[str]:
    waiting = list(root.named_children)
    while waiting:
        node = waiting.pop()
        if node.type in _UNWRAPPED:
            waiting += node.named_children
        elif node.type in _NAMED:
            whole = node.child_by_field_name("body") or node.type.startswith(("preproc", "alias"))
            yield from _names(node.child_by_field_name("name")) if whole else ()
        elif node.type in _DECLARING:
            for part in node.named_children:
                yield from _names(part.child_by_field_name("name"))
        elif node.type in ("function_definition", "type_definition"):
            yield from _declared(node)
        elif node.type == "template_declaration":
            waiting += node.named_children
        elif node.type == "declaration":
            yield from _declared(node)
        if node.type in ("type_definition", "declaration"):
            waiting += [n for n in node.named_children if n.type in _NAMED]


def _bound(root: Node) -> Iterator[str]:
    for node in _walk(root):
        if node.type in _BOUND_WHOLE:
            yield from _names(node)
        if node.type.endswith("specifier") and node.child_by_field_name("body") is None:
            continue  # it only speaks of the type
        for kind, field in _BINDING:
            if node.type == kind and field == "declarator":
                yield from _declared(node)
            elif node.type == kind:
                yield from _names(node.child_by_field_name(field))


def _declared(node: Node) -> Iterator[str]:
    """The names that declarators of C and C++ give; a prototype gives none."""
    for declarator in node.children_by_field_name("declarator"):
        at: Node | None = declarator
        while at is not None:
            if at.type == "function_declarator" and node.type == "declaration":
                at = None
            elif at.type in _NAMES:
                yield _text(at)
                at = None
            else:
                below = at.child_by_field_name("declarator")
                at = below or next((n for n in at.named_children if "declarator" in n.type), None)
                if at is None and declarator.type == "reference_declarator":
                    yield from _names(declarator)


def _names(node: Node | None) -> Iterator[str]:
    if node is not None:
        yield from (_text(part) for part in _walk(node) if part.type in _NAMES)


def _walk(root: Node) -> Iterator[Node]:
    """All nodes of a tree; no recursion, for it may be deep."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.named_children


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")


__all__ = ["defined", "missing", "without_own_imports"]
