"""Linked lists and trees of JavaScript, as examples write them: ``[1, 2, 3]``, and a tree level by
level with ``null`` for what is missing."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.coding.examples.pairs import of_nodes
from assistant.coding.examples.scanning import expression
from assistant.coding.grammars import tree_of
from assistant.coding.linked import KNOWN
from assistant.coding.sandbox.types import Language

if TYPE_CHECKING:
    from tree_sitter import Node

_FUNCTIONS = ("arrow_function", "function_expression", "function")
_LINKS = (("next",), ("left", "right"))
_VALUES = ("val", "value", "data", "key")
_TYPED = re.compile(r"@param\s*\{([^}\n]{1,80})\}\s*\[?(\w+)")
_FIELD = re.compile(r"\bthis\s*\.\s*(\w+)\s*=(?!=)")
_JOINED = re.compile(
    r"(?<![\w.$])([A-Za-z_$][\w$]*)\s*[!=]==?\s*(?!null\b|undefined\b|true\b|false\b)([A-Za-z_$][\w$]*)"
    r"(?![\w.$(\[])"
)
"""Are two things the same?"""
_FROZEN = re.compile(r"\.\s*(?:freeze|seal|preventExtensions)\b|\bset\s+(?:next|left|right)\s*\(")
_GIVES = re.compile(r"\breturn\b(?!\s*(?:;|\}|null\b|undefined\b))")
LISTED = "(() => {"
"""How the call of a function that takes nodes begins."""
ASKED = """(() => {
  const names = NAMES, kinds = KINDS, Of = typeof MAKER === "function" ? MAKER : null;
  const made = (item) => {
    let node = {};
    if (Of) try { node = new Of(item); } catch { node = Object.create(Of.prototype); }
    names.forEach((name, n) => { node[name] = n ? null : item; });
    return node;
  };
  const nodes = (value, kind) => {
    if (!Array.isArray(value)) return value;
    if (kind === "each") return value.map((item) => nodes(item, "one"));
    const all = value.map((item) => (item === null && names.length === 3 ? null : made(item)));
    const whole = all.filter((node) => node !== null);
    all.slice(1).forEach((node, n) => {
      if (names.length === 3) whole[n >> 1][names[1 + (n % 2)]] = node;
      else all[n][names[1]] = node;
    });
    return all.length ? all[0] : null;
  };
  const list = (value) => {
    if (value === null || typeof value !== "object" || !(names[1] in value)) return value;
    const found = [], waiting = [value], tree = names.length === 3;
    while (waiting.length && found.length < 20000) {
      const node = waiting.shift() ?? null;
      if (node !== null || tree) found.push(node === null ? null : node[names[0]]);
      if (node !== null) names.slice(1).forEach((name) => waiting.push(node[name]));
    }
    if (waiting.length) return "nodes without end";
    while (tree && found.length && found[found.length - 1] === null) found.pop();
    return found;
  };
  const given = GIVEN.map((value, n) => (kinds[n] ? nodes(value, kinds[n]) : value));
  const got = CALLED(...given);
  if (got !== undefined || GIVES) return list(got);
  return given[FIRST] === null ? [] : list(given[FIRST]);
})()"""


@dataclass(frozen=True, slots=True)
class Way:
    """How a function that takes nodes is asked.  ``kinds``: of each parameter, whether it is
    ``one`` node, a list of ``each``, or (empty) none.  ``names``: of the value of a node and its
    links; empty where that is not plain.  ``gives``: it returns something; what it has made of its
    nodes counts where it does not.  ``joins``: it asks whether two things are the same one."""

    name: str
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    maker: str
    gives: bool
    joins: bool = False

    def takes_nodes(self, call: str) -> bool:
        """Does a call hand over a list, or nothing, where nodes are taken?"""
        tree = expression(call)
        given = tree.args if isinstance(tree, ast.Call) else []
        told = [value for value, kind in zip(given, self.kinds, strict=False) if kind]
        values = (ast.List, ast.Constant)
        return any(
            isinstance(value, values) and getattr(value, "value", None) is None for value in told
        )

    def fits(self, given: Sequence[object], wanted: object) -> bool:
        """Can lists stand for what is handed over?  Neither the place of a node can, told by its
        value alone (``p = 5``), nor nodes that two lists share."""
        told = [value for value, kind in zip(given, self.kinds, strict=False) if kind]
        nodes = [value for value in told if value is None or isinstance(value, list)]
        shared = self.joins and len(nodes) > 1 and (wanted is None or isinstance(wanted, list))
        return not shared and (not nodes or len(nodes) == len(told))

    def asked(self, given: Sequence[object]) -> str:
        """The call with lists in place of nodes."""
        words = {
            "NAMES": json.dumps(self.names),
            "KINDS": json.dumps(self.kinds),
            "MAKER": self.maker or "undefined",
            "GIVEN": json.dumps(given),
            "CALLED": self.name,
            "GIVES": json.dumps(self.gives),
            "FIRST": str(next(n for n, kind in enumerate(self.kinds) if kind)),
        }
        return re.sub(r"\b[A-Z]{5,6}\b", lambda found: words.get(found[0], found[0]), ASKED)


def ways_in(program: str) -> Mapping[str, Way]:
    """The functions of a program that take nodes."""
    tree = tree_of(program, Language.JAVASCRIPT)
    types = {name: of for of, name in _TYPED.findall(program)}
    makers = [pair for node in _tops(tree) for pair in _maker(node)]
    found: dict[str, Way] = {}
    for node in _tops(tree):
        for name, function in _named(node):
            text = _text(function)
            joined = [set(found.groups()) for found in _JOINED.finditer(text)]
            links = [some for some in _LINKS if re.search(rf"\.\s*(?:{'|'.join(some)})\b", text)]
            if not links:  # only what it calls may walk along them
                links = [s for s in _LINKS if re.search(rf"\.\s*(?:{'|'.join(s)})\b", program)]
            words = _parameters(function)
            kinds = tuple(_kind(word, text, types) for word in words)
            like = {word for word, kind in zip(words, kinds, strict=True) if kind}
            beside = set().union(*(sides for sides in joined if sides & like))
            kinds = tuple(
                kind or ("one" if word in beside else "")
                for word, kind in zip(words, kinds, strict=True)
            )
            if any(kinds) and (links or of_nodes(program)):
                maker, names = _made(links, makers, program)
                braced = function.child_by_field_name("body")
                plain = braced is not None and braced.type != "statement_block"
                gives = plain or _GIVES.search(text) is not None
                found[name] = Way(name, kinds, names, maker, gives, bool(joined))
    return found


def _tops(tree: Node | None) -> Iterator[Node]:
    for node in tree.children if tree is not None else ():
        declared = node.child_by_field_name("declaration")  # what is exported
        yield node if declared is None else declared


def _named(node: Node) -> Iterator[tuple[str, Node]]:
    if node.type == "function_declaration":
        yield _text(node.child_by_field_name("name")), node
    elif node.type in ("lexical_declaration", "variable_declaration"):
        for item in node.named_children:
            value = item.child_by_field_name("value")
            if value is not None and value.type in _FUNCTIONS:
                yield _text(item.child_by_field_name("name")), value


def _parameters(function: Node) -> list[str]:
    listed = function.child_by_field_name("parameters")
    alone = function.child_by_field_name("parameter")  # x => ...
    items = [alone] if alone is not None else listed.named_children if listed is not None else []
    return [_text(item).partition("=")[0].strip() for item in items]


def _maker(node: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A class, or a function that makes objects, by its name and the fields of these."""
    if node.type in ("class_declaration", "function_declaration"):
        fields = tuple(dict.fromkeys(_FIELD.findall(_text(node))))
        if fields:
            yield _text(node.child_by_field_name("name")), fields


def _made(
    links: Sequence[tuple[str, ...]], makers: list[tuple[str, tuple[str, ...]]], program: str
) -> tuple[str, tuple[str, ...]]:
    """What makes a node, and the names of its value and its links; none where it is not plain."""
    if len(links) != 1 or _FROZEN.search(program):
        return "", ()
    for name, fields in makers:
        if set(links[0]) <= set(fields):
            values = [field for field in fields if field not in links[0]]
            return (name, (values[0], *links[0])) if len(values) == 1 else ("", ())
    used = [word for word in _VALUES if re.search(rf"\.\s*{word}\b", program)]
    return ("", ((used or ["val"])[0], *links[0])) if len(used) <= 1 else ("", ())


def _kind(word: str, text: str, types: Mapping[str, str]) -> str:
    if word in types:
        if "Node" in types[word]:
            return "each" if "[]" in types[word] or "Array" in types[word] else "one"
        return ""
    words = "|".join((*_VALUES[:3], *(link for some in _LINKS for link in some)))
    touched = re.search(rf"(?<![\w.$]){re.escape(word)}\s*\??\.\s*(?:{words})\b", text)
    name = re.escape(word)
    listed = re.search(
        rf"(?<![\w.$]){name}\s*(?:\?\.)?\[|(?<![\w.$]){name}\s*\??\.\s*(?!{words})\w"
        rf"|\bof\s+{name}\b|\.\.\.\s*{name}\b",
        text,
    )
    return "one" if touched or (word in KNOWN and not listed) else ""


def _text(node: Node | None) -> str:
    return (node.text or b"").decode("utf-8", "replace") if node is not None else ""
