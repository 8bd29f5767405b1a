"""Structs of C and C++ that are nodes: a value, and pointers to one or two others of the kind.

Of two, one may lead back to what stands before."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from assistant.coding.linked import BACK
from assistant.coding.native.kinds import Record

if TYPE_CHECKING:
    from tree_sitter import Node

_MAKERS = ("function_definition", "comment", "access_specifier", "declaration")
"""What may stand in a node besides its fields: what makes it, and methods."""


def node_record(struct: Node, spelled: str, own: Collection[str]) -> Record | None:
    """A struct as a node; ``own`` are its names.  ``None`` where it is none."""
    body = struct.child_by_field_name("body")
    values: list[tuple[str, str]] = []
    links: list[str] = []
    for item in body.named_children if body is not None else ():
        if item.type != "field_declaration":
            if item.type not in _MAKERS:
                return None
            continue
        kind = _text(item.child_by_field_name("type"))
        mine = kind.removeprefix("struct ").strip() in own
        for declarator in item.children_by_field_name("declarator"):
            if declarator.type == "pointer_declarator" and mine:
                links.append(_text(declarator.child_by_field_name("declarator")))
            elif declarator.type == "field_identifier":
                values.append((_text(declarator), kind))
            elif declarator.type != "function_declarator":
                return None
    sides = sorted(links, key=str.lower)
    tree = len(links) == 2 and [side[:1].lower() for side in sides] == ["l", "r"]
    back = tuple(side for side in sides if side in BACK) if "next" in sides else ()
    sides = ["next"] if len(sides) == 2 and back else sides
    if len(values) != 1 or not (len(sides) == 1 or tree):
        return None
    return Record(spelled, tuple(values), tuple(sides), back)


def _text(node: Node | None) -> str:
    return (node.text or b"").decode("utf-8", "replace") if node is not None else ""
