"""Linked lists and trees of Python, as examples write them: ``[1, 2, 3]``, and a tree level by
level with ``null`` for what is missing.

A function that takes nodes is asked through another one that stands behind the code, which makes
nodes of lists and lists of nodes.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from assistant.coding.naming import parsed
from runtimes.texts import Text

LINKED = "_linked_"
"""Before the name of a function that is asked through another."""
KNOWN = frozenset("head root l1 l2 list1 list2 headA headB tree".split())
"""Parameters that are called as nodes are."""
_SAME = (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)
_WHOLE = frozenset("len sum min max sorted reversed enumerate list tuple set".split())
_LINKS = (("next",), ("left", "right"))
BACK = ("prev", "previous", "pre")
"""What the link of a list is called that leads back."""
ONE_WAY = "nodes that do not lead back"
"""In place of a list whose links back do not go the way that it goes on."""
LED_BACK = Text(
    "the links of the list that lead back do not go the way that it goes on; whether they are to "
    "be looked at is not plain",
    "链表中指向前一个节点的指针与链表的顺序不一致，无法确定是否需要检查这些指针",
)
BEHIND = '''

def _linked_nodes(value, kind, make, names, back):
    """Nodes of a list; what is no list stays as it is."""
    if not kind or not isinstance(value, list):
        return value
    if kind == "each":
        return [_linked_nodes(item, "one", make, names, back) for item in value]

    def made(item):
        for given in ((item,), (), (item, None), (item, None, None)):
            try:
                node = make(*given)
                break
            except TypeError:
                continue
        else:
            node = object.__new__(make)
        for name, part in zip((*names, *back), (item, None, None)):
            setattr(node, name, part)
        return node

    there = [None if item is None and len(names) == 3 else made(item) for item in value]
    whole = [node for node in there if node is not None]
    if len(names) == 2:
        for node, behind in zip(there, there[1:]):
            setattr(node, names[1], behind)
            for name in back:
                setattr(behind, name, node)
    else:
        for place, node in enumerate(there[1:]):
            setattr(whole[place // 2], names[1 + place % 2], node)
    return there[0] if there else None


def _linked_list(value, make, names, back):
    """A list of nodes."""
    if not isinstance(value, make):
        return value
    if any(getattr(value, name, None) is not None for name in back):
        return ONE_WAY
    found, waiting = [], [value]
    while waiting and len(found) < 20000:
        node = waiting.pop(0)
        found.append(None if node is None else getattr(node, names[0]))
        if node is not None:
            behind = [getattr(node, name) for name in names[1:]]
            there = [it for it in behind if it is not None]
            if any(getattr(it, name, None) is not node for it in there for name in back):
                return ONE_WAY
            waiting += behind if len(names) == 3 else [n for n in behind if n is not None]
    if waiting:
        return "nodes without end"
    while found and found[-1] is None and len(names) == 3:
        found.pop()
    return found
'''
WRAPPED = """

def {linked}{name}(*given, **named):
    make, names, back, kinds = {make}, {names}, {back}, {kinds}
    first, words = {first!r}, [*kinds.values()] + [""] * len(given)
    given = [_linked_nodes(v, k, make, names, back) for v, k in zip(given, words)]
    named = {{n: _linked_nodes(v, kinds.get(n, ""), make, names, back) for n, v in named.items()}}
    got = {call}(*given, **named)
    if got is None and {changes}:
        got = {{**dict(zip(kinds, given)), **named}}.get(first)
        got = [] if got is None else got
    return _linked_list(got, make, names, back)
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """A class of nodes: its name, that of its value and those of its links; ``back`` is the link
    of a list to what stands before, where there is one."""

    name: str
    value: str
    links: tuple[str, ...]
    back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """How a function that takes nodes is asked.  ``kinds``: of each parameter by its
    name, whether it is ``one`` node, a list of ``each``, or (empty) none.  ``returns``: it gives
    something; what it has made of its nodes counts where it does not.  ``joins``: it asks whether
    two nodes are the same one."""

    name: str
    call: str
    shape: Shape | None
    kinds: Mapping[str, str]
    returns: bool
    joins: bool = False

    @property
    def text(self) -> str:
        """The function by which it is asked."""
        assert self.shape is not None
        return WRAPPED.format(
            linked=LINKED,
            name=self.name,
            make=self.shape.name,
            names=(self.shape.value, *self.shape.links),
            back=self.shape.back,
            kinds=dict(self.kinds),
            call=self.call,
            changes=not self.returns,
            first=next(name for name, kind in self.kinds.items() if kind),
        )

    def fits(self, call: ast.Call, wanted: str) -> bool:
        """Can lists stand for what is handed over?  Neither the place of a node can, told by its
        value alone (``p = 5``), nor nodes that two lists share."""
        given = [*zip(self.kinds, call.args, strict=False)]
        given += [(named.arg or "", named.value) for named in call.keywords]
        told = [value for name, value in given if self.kinds.get(name)]
        nodes = [value for value in told if isinstance(value, ast.List) or _nothing(value)]
        single = any(isinstance(value, ast.Constant) and not _nothing(value) for value in told)
        shared = self.joins and len(nodes) > 1 and wanted.strip().startswith(("[", "None"))
        return not shared and not (single and nodes)


def ways_in(program: str) -> Mapping[str, Way]:
    """The functions of a program, and the methods of its ``Solution``, that take nodes; those too
    of which it is not plain what class these are of, without a shape."""
    tree = parsed(program)
    body = tree.body if tree is not None else []
    shapes = [s for node in body if isinstance(node, ast.ClassDef) for s in _shape(node)]
    found: dict[str, Way] = {}
    for node in body:
        if isinstance(node, ast.FunctionDef):
            found |= {w.name: w for w in _way(node, node.name, shapes)}
        elif isinstance(node, ast.ClassDef) and node.name == "Solution":
            for item in node.body:
                if isinstance(item, ast.FunctionDef) and item.name not in found:
                    call = f"Solution().{item.name}"
                    found |= {w.name: w for w in _way(item, call, shapes)}
    return found


def beside(ways: Mapping[str, Way]) -> str:
    """What must stand behind the code, so that these functions can be asked."""
    text = "".join(way.text for way in ways.values() if way.shape is not None)
    return BEHIND.replace("ONE_WAY", repr(ONE_WAY)) + text if text else ""


def _shape(node: ast.ClassDef) -> Iterator[Shape]:
    """A class whose objects have one value and the links of a list or a tree."""
    if not _plain(node):
        return
    names = [
        part.attr if isinstance(part, ast.Attribute) else part.id
        for item in ast.walk(node)
        if isinstance(item, ast.Assign | ast.AnnAssign)
        for target in (item.targets if isinstance(item, ast.Assign) else [item.target])
        for part in (target.elts if isinstance(target, ast.Tuple) else [target])
        if (isinstance(part, ast.Attribute) and _is(part.value, "self"))
        or (isinstance(part, ast.Name) and item in node.body and part.id != "__slots__")
    ]
    for links in _LINKS:
        back = tuple(dict.fromkeys(n for n in names if n in BACK)) if len(links) == 1 else ()
        values = list(dict.fromkeys(n for n in names if n not in (*links, *back)))
        if set(links) <= set(names) and len(values) == 1 and len(back) < 2:
            yield Shape(node.name, values[0], links, back)


def _plain(node: ast.ClassDef) -> bool:
    """May all fields of its objects be set from outside, and are they told here?"""
    bases = [ast.unparse(base).partition("[")[0] for base in node.bases]
    signs = " ".join(map(ast.unparse, node.decorator_list))
    methods = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
    return (
        set(bases) <= {"object", "Generic", "typing.Generic"}
        and "frozen" not in signs
        and not methods & {"__setattr__", "__getattribute__", "next", "left", "right", *BACK}
    )


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _way(node: ast.FunctionDef, call: str, shapes: list[Shape]) -> Iterator[Way]:
    arguments = [*node.args.posonlyargs, *node.args.args]
    arguments = arguments[1:] if call != node.name else arguments
    touched = {
        part.value.id: part.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name)
    }
    words = {link for links in (*_LINKS, BACK) for link in links}
    words |= {shape.value for shape in shapes}
    names = {shape.name for shape in shapes} | {"ListNode", "TreeNode", "Node"}
    lists = _as_list(node)
    kinds = {
        argument.arg: _kind(argument, touched, words, names, lists)
        for argument in (*arguments, *node.args.kwonlyargs)
    }
    if not any(kinds.values()):
        return
    said = " ".join(ast.unparse(a.annotation) for a in arguments if a.annotation is not None)
    used = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    meant = [shape for shape in shapes if shape.name in said] or shapes
    meant = [s for s in meant if used & set(s.links)] if len(meant) > 1 else meant
    values = [p for p in ast.walk(node) if isinstance(p, ast.Return) and not _nothing(p.value)]
    shape = meant[0] if len(meant) == 1 else None
    joined = [p for p in ast.walk(node) if isinstance(p, ast.Compare) and _joins(p)]
    for sides in ({n.id for n in ast.walk(p) if isinstance(n, ast.Name)} for p in joined):
        if any(kinds.get(name) for name in sides):  # the other one is a node as well
            kinds |= dict.fromkeys(sides & set(kinds), "one")
    yield Way(node.name, call, shape, kinds, bool(values), bool(joined))


def _joins(compared: ast.Compare) -> bool:
    """Are two things held together that have names?"""
    sides = [compared.left, *compared.comparators]
    links = [link for some in _LINKS for link in some]
    return all(isinstance(op, _SAME) for op in compared.ops) and all(
        isinstance(side, ast.Name) or (isinstance(side, ast.Attribute) and side.attr in links)
        for side in sides
    )


def _as_list(node: ast.FunctionDef) -> set[str]:
    """The names that are used as lists: by their items, or as a whole."""
    found: list[ast.expr] = []
    for part in ast.walk(node):
        match part:
            case ast.Subscript(value=value) | ast.Starred(value=value) | ast.For(iter=value):
                found.append(value)
            case ast.comprehension(iter=value):
                found.append(value)
            case ast.Call(func=ast.Name(id=name), args=[value, *_]) if name in _WHOLE:
                found.append(value)
    return {value.id for value in found if isinstance(value, ast.Name)}


def _kind(
    argument: ast.arg,
    touched: Mapping[str, str],
    words: Collection[str],
    names: Collection[str],
    lists: Collection[str],
) -> str:
    if argument.annotation is not None:
        said = ast.unparse(argument.annotation)
        if any(name in said for name in names):
            return "each" if "list[" in said.lower() else "one"
        if "Any" not in said:
            return ""
    known = argument.arg in KNOWN and argument.arg not in lists
    return "one" if known or touched.get(argument.arg) in words else ""


def _nothing(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)
