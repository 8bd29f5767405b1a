"""The functions that a file of C or C++ defines, as far as they can be called from outside.

A grammar reads them, which expands no macros.  So what is read is only a guess, and the compiler
is asked whether it is right: the caller's code takes each function by a pointer of that very type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.coding.grammars import tree_of
from assistant.coding.native.kinds import Names, Record, StrangeError, slot_of
from assistant.coding.native.nodes import node_record
from assistant.coding.native.slots import Form, Slot
from assistant.coding.sandbox.types import Language

if TYPE_CHECKING:
    from tree_sitter import Node

FILLED = ("int", "double", "std::string", "char", "bool", "long long")
"""What is put into a template."""
_TYPED = ("typename", "class")
SOLUTION = "Solution"
"""The class whose methods may be called on a new object of it."""
_WITHIN = ("linkage_specification", "declaration_list", "preproc_ifdef", "preproc_if",
           "preproc_else")  # fmt: skip
_MORE = ("storage_class_specifier", "bitfield_clause", "type_qualifier")
"""What makes a field more than a value that can be set."""
_METHODS = ("function_declarator", "reference_declarator")
_DECLARATORS = ("pointer_declarator", "reference_declarator")


@dataclass(frozen=True, slots=True)
class Function:
    """A function and the types that it takes and gives.  ``owner`` is the class of a method;
    ``constant`` and ``static`` are said of methods alone.  ``rest`` are the last parameters, where
    a call leaves them out.  ``template``: it is one for a type that was put in."""

    name: str
    result: Slot
    parameters: tuple[Slot, ...]
    owner: str = ""
    constant: bool = False
    static: bool = False
    rest: tuple[Slot, ...] = ()
    template: bool = False

    def called_with(self, count: int) -> Function:
        """The same for a call with so many arguments, where the others may be left out."""
        if count >= len(self.parameters) or not all(s.optional for s in self.parameters[count:]):
            return self
        return replace(self, parameters=self.parameters[:count], rest=self.parameters[count:])

    @property
    def ways(self) -> tuple[Function, ...]:
        """Itself, and for calls that leave out some of the last arguments."""
        counts = range(len(self.parameters), -1, -1)
        return tuple(dict.fromkeys(self.called_with(count) for count in counts))


@dataclass(frozen=True, slots=True)
class Found:
    """``functions`` can be called, those of one name together; ``strange`` cannot, by the type
    that is in the way (empty where it is something else: a template, or one of several of that
    name)."""

    functions: dict[str, tuple[Function, ...]]
    strange: dict[str, str]

    @property
    def all(self) -> tuple[Function, ...]:
        """Every function that can be called."""
        return tuple(function for some in self.functions.values() for function in some)


def functions_in(text: str, language: Language) -> Found:
    """All functions at the top of a file, and the public methods of ``Solution``."""
    tree = tree_of(text, language)
    plus = language is Language.CPP
    functions: dict[str, tuple[Function, ...]] = {}
    strange: dict[str, str] = {}
    if tree is None:
        return Found(functions, strange)
    names = Names(dict(_aliases(tree)), dict(_records(tree, plus=plus)), plus)
    for node, owner in _definitions(tree):
        name = _name(node)
        if not name or (name == "main" and not owner) or name in strange:
            continue
        known = functions.pop(name, ())
        if any(f.owner != owner for f in known):
            strange[name] = ""
            continue
        try:
            if node.type == "template_declaration":
                functions[name] = (*known, *_filled(node, name, names))
            else:
                functions[name] = (*known, _function(node, name, owner, names))
        except StrangeError as wrong:
            strange[name] = "" if known else str(wrong)
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
        elif node.type == "declaration" and node.children[0].type == "type_qualifier":
            for item in node.children_by_field_name("declarator"):  # const int N = 3;
                value = item.child_by_field_name("value")
                if value is not None and value.type == "number_literal":
                    yield _text(item.child_by_field_name("declarator")), _text(value)
        elif node.type == "preproc_def":
            value = node.child_by_field_name("value")
            yield _text(node.child_by_field_name("name")), _text(value).strip()


def _records(tree: Node, *, plus: bool) -> Iterator[tuple[str, Record]]:
    """The structs of the code whose fields are all in the open."""
    for node in _nodes(tree):
        inner, name = node, ""
        if node.type == "type_definition":
            inner = node.child_by_field_name("type") or node
            name = _text(node.child_by_field_name("declarator"))
        tag = _text(inner.child_by_field_name("name"))
        if inner.type != "struct_specifier":  # the fields of a class are its own
            continue
        spelled = tag if plus else f"struct {tag}"
        names = {word for word in (tag, name) if word.isidentifier()}
        linked = node_record(inner, spelled if tag else name, names)
        if linked is not None:
            yield from ((word, linked) for word in {*names, f"struct {tag}"})
        fields = _fields(inner, tag)
        if fields and tag:
            spelled = tag if plus else f"struct {tag}"
            for word in dict.fromkeys((f"struct {tag}", spelled)):
                yield word, Record(spelled, fields)
        if fields and name.isidentifier():
            yield name, Record(name, fields)


def _fields(node: Node, tag: str) -> tuple[tuple[str, str], ...]:
    """The fields of a struct with their types; empty where there is more to it than fields,
    methods and a constructor that puts a value into each field."""
    body = node.child_by_field_name("body")
    found: list[tuple[str, str]] = []
    makers: list[Node] = []
    if body is None or any(c.type == "base_class_clause" for c in node.children):
        return ()
    for item in body.named_children:
        if item.type == "comment":
            continue
        declarators = item.children_by_field_name("declarator")
        methods = [d for d in declarators if d.type in _METHODS or not _plain(d)]
        if item.type == "function_definition" and _is_method(item, tag):
            continue
        if item.type == "function_definition" and _name(item) == tag:
            makers.append(item)
            continue
        if item.type != "field_declaration" or methods or not declarators:
            return ()
        kind = " ".join(_text(c) for c in item.children if c.type == "type_qualifier")
        kind = f"{kind} {_text(item.child_by_field_name('type'))}".strip()
        texts = kind in ("char", "const char")
        if any(c.type in _MORE for c in item.children) and not (texts and "const" in kind):
            return ()
        for declarator in declarators:
            named, sizes = _without_sizes(declarator)
            if texts and declarator.type == "pointer_declarator":
                named, sizes = declarator.child_by_field_name("declarator"), "*"
            elif kind.startswith("const "):
                return ()
            if named is None or named.type != "field_identifier":
                return ()
            found.append((_text(named), f"{kind} {sizes}".strip()))
    if makers and not any(_by_field(maker, found) for maker in makers):
        return ()
    return () if makers and "initializer_list" in _text(node) else tuple(found)


_PUT = re.compile(r"(?:this\s*->\s*)?(\w+)\s*[=({]\s*(?:(?:std::)?move\s*\(\s*)?(\w+)[\s)};]*")
"""``x(a)``, ``x{std::move(a)}`` or ``this->x = a;``."""


def _by_field(node: Node, fields: list[tuple[str, str]]) -> bool:
    """Does a constructor take the fields in their order, and do nothing but keep them?"""
    declarator, _ = _declarator(node)
    listed = declarator.child_by_field_name("parameters") if declarator is not None else None
    given = [
        (_text(item.child_by_field_name("declarator")), _text(item.child_by_field_name("type")))
        for item in (listed.named_children if listed is not None else ())
        if item.type in ("parameter_declaration", "optional_parameter_declaration")
    ]
    parts = [c for c in node.children if c.type in ("field_initializer_list", "compound_statement")]
    put = [_PUT.fullmatch(_text(item)) for part in parts for item in part.named_children]
    kept = {found[1]: found[2] for found in put if found is not None}
    return len(kept) == len(put) == len(fields) == len(given) and all(
        kept.get(name) == taken.lstrip("& ") and of == kind
        for (name, kind), (taken, of) in zip(fields, given, strict=True)
    )


def _plain(declarator: Node) -> bool:
    """Is it a field, or a pointer that is one?"""
    inner = declarator.child_by_field_name("declarator")
    pointer = declarator.type == "pointer_declarator"
    return not pointer or (inner is not None and inner.type == "field_identifier")


def _without_sizes(node: Node) -> tuple[Node | None, str]:
    """A declarator without the sizes of its arrays, and these."""
    named: Node | None = node
    sizes = ""
    while named is not None and named.type == "array_declarator":
        sizes = f"[{_text(named.child_by_field_name('size'))}]{sizes}"
        named = named.child_by_field_name("declarator")
    return named, sizes


def _is_method(node: Node, tag: str) -> bool:
    """Is it more than what makes or ends an object?"""
    declarator, _ = _declarator(node)
    named = declarator.child_by_field_name("declarator") if declarator is not None else None
    return named is not None and (named.type == "operator_name" or _name(node) not in ("", tag))


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


def _function(node: Node, name: str, owner: str, names: Names) -> Function:
    declarator, signs = _declarator(node)
    assert declarator is not None
    trailing = [c for c in declarator.children if c.type == "trailing_return_type"]
    words = [_text(c) for c in node.children if c.type == "type_qualifier"]
    kind = _text(node.child_by_field_name("type"))
    if trailing:
        kind, words = _text(trailing[0]).removeprefix("->").strip(), []
    result = slot_of(" ".join([*words, kind, signs]), names)
    listed = declarator.child_by_field_name("parameters")
    parameters = [
        _parameter(item, names)
        for item in (listed.named_children if listed is not None else [])
        if item.type != "comment"
    ]
    if len(parameters) == 1 and parameters[0].kind is None:
        parameters = []  # f(void)
    if any(slot.kind is None for slot in parameters):
        raise StrangeError("void")
    if result.kind is None:
        parameters = [_open(slot) for slot in parameters]
    said = [_text(c) for c in node.children] + [_text(c) for c in declarator.children]
    return Function(
        name, result, tuple(parameters), owner, bool(owner) and "const" in said,
        bool(owner) and "static" in said,
    )  # fmt: skip


def _open(slot: Slot) -> Slot:
    """A parameter of a function that gives nothing: of nodes, what it has made of them counts."""
    nodes = slot.kind is not None and slot.kind.links and slot.form is Form.VALUE
    constant = slot.kind is not None and slot.kind.spelled.startswith("const ")
    return replace(slot, form=Form.LINKED) if nodes and not constant else slot


def _filled(node: Node, name: str, names: Names) -> Iterator[Function]:
    """A template of one type, for every type that is put into it."""
    listed = node.child_by_field_name("parameters")
    inner = next((c for c in node.children if c.type == "function_definition"), None)
    words = [_text(c).split() for c in (listed.named_children if listed is not None else ())]
    if inner is None or len(words) != 1 or len(words[0]) != 2 or words[0][0] not in _TYPED:
        raise StrangeError("")
    for kind in FILLED:
        more = replace(names, aliases={**names.aliases, words[0][1]: kind})
        yield replace(_function(inner, name, "", more), template=True)


def _parameter(node: Node, names: Names) -> Slot:
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
        if named.type == "parenthesized_declarator":  # int (*m)[3]
            inner = next(iter(named.named_children), None)
        named = inner
    start = end = cut
    if named is not None:
        start, end = named.start_byte - node.start_byte, named.end_byte - node.start_byte
    text = (whole[:start] + b" " + whole[end:cut]).decode("utf-8", "replace")
    return slot_of(text, names, name=_text(named), optional=default is not None)
