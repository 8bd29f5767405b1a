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

LINKED = "_linked_"
"""Before the name of a function that is asked through another."""
KNOWN = frozenset("head root l1 l2 list1 list2 headA headB tree".split())
"""Parameters that are called as nodes are."""
_LINKS = (("next",), ("left", "right"))
BEHIND = '''

def _linked_nodes(value, kind, make, names):
    """Nodes of a list; what is no list stays as it is."""
    if value is None or not isinstance(value, list):
        return value
    if kind == "each":
        return [_linked_nodes(item, "one", make, names) for item in value]

    def made(item):
        for given in ((item,), (), (item, None), (item, None, None)):
            try:
                node = make(*given)
                break
            except TypeError:
                continue
        for name, part in zip(names, (item, None, None)):
            setattr(node, name, part)
        return node

    there = [None if item is None and len(names) == 3 else made(item) for item in value]
    whole = [node for node in there if node is not None]
    if len(names) == 2:
        for node, behind in zip(there, there[1:]):
            setattr(node, names[1], behind)
    else:
        for place, node in enumerate(there[1:]):
            setattr(whole[place // 2], names[1 + place % 2], node)
    return there[0] if there else None


def _linked_list(value, make, names):
    """A list of nodes."""
    if not isinstance(value, make):
        return value
    found, waiting = [], [value]
    while waiting and len(found) < 20000:
        node = waiting.pop(0)
        found.append(None if node is None else getattr(node, names[0]))
        if node is not None:
            behind = [getattr(node, name) for name in names[1:]]
            waiting += behind if len(names) == 3 else [n for n in behind if n is not None]
    if waiting:
        return "nodes without end"
    while found and found[-1] is None and len(names) == 3:
        found.pop()
    return found
'''
WRAPPED = """

def {linked}{name}(*given):
    make, names = {make}, {names}
    given = [_linked_nodes(v, k, make, names) if k else v for v, k in zip(given, {kinds})]
    got = {call}(*given)
    if got is None and {changes}:
        got = given[{first}]
        got = [] if got is None else got
    return _linked_list(got, make, names)
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """A class of nodes: its name, that of its value and those of its links."""

    name: str
    value: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """How a function that takes nodes is asked.  ``kinds``: of each parameter, whether it is
    ``one`` node, a list of ``each``, or (empty) none.  ``returns``: it gives something; what it has
    made of its nodes counts where it does not."""

    name: str
    call: str
    shape: Shape | None
    kinds: tuple[str, ...]
    returns: bool

    @property
    def text(self) -> str:
        """The function by which it is asked."""
        assert self.shape is not None
        return WRAPPED.format(
            linked=LINKED,
            name=self.name,
            make=self.shape.name,
            names=(self.shape.value, *self.shape.links),
            kinds=self.kinds,
            call=self.call,
            changes=not self.returns,
            first=next(n for n, kind in enumerate(self.kinds) if kind),
        )


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
    return BEHIND + text if text else ""


def _shape(node: ast.ClassDef) -> Iterator[Shape]:
    """A class whose objects have one value and the links of a list or a tree."""
    names = [
        part.attr if isinstance(part, ast.Attribute) else part.id
        for item in ast.walk(node)
        if isinstance(item, ast.Assign | ast.AnnAssign)
        for target in (item.targets if isinstance(item, ast.Assign) else [item.target])
        for part in (target.elts if isinstance(target, ast.Tuple) else [target])
        if (isinstance(part, ast.Attribute) and _is(part.value, "self"))
        or (isinstance(part, ast.Name) and item in node.body)
    ]
    for links in _LINKS:
        values = list(dict.fromkeys(name for name in names if name not in links))
        if set(links) <= set(names) and len(values) == 1:
            yield Shape(node.name, values[0], links)


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
    words = {link for links in _LINKS for link in links} | {shape.value for shape in shapes}
    names = {shape.name for shape in shapes} | {"ListNode", "TreeNode", "Node"}
    kinds = tuple(_kind(argument, touched, words, names) for argument in arguments)
    if not any(kinds):
        return
    said = " ".join(ast.unparse(a.annotation) for a in arguments if a.annotation is not None)
    used = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    meant = [shape for shape in shapes if shape.name in said] or shapes
    meant = [s for s in meant if used & set(s.links)] if len(meant) > 1 else meant
    values = [p for p in ast.walk(node) if isinstance(p, ast.Return) and not _nothing(p.value)]
    shape = meant[0] if len(meant) == 1 else None
    yield Way(node.name, call, shape, kinds, bool(values))


def _kind(
    argument: ast.arg, touched: Mapping[str, str], words: Collection[str], names: Collection[str]
) -> str:
    if argument.annotation is not None:
        said = ast.unparse(argument.annotation)
        if any(name in said for name in names):
            return "each" if "list[" in said.lower() else "one"
        if "Any" not in said:
            return ""
    return "one" if touched.get(argument.arg) in words or argument.arg in KNOWN else ""


def _nothing(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)
