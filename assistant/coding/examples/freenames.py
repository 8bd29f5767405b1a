"""Names that some Python binds, and those that it leaves open."""

from __future__ import annotations

import ast
import builtins

from assistant.coding.naming import parsed

_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def names_of(program: str) -> set[str]:
    """What a program binds anywhere, and what Python has."""
    tree = parsed(program)
    return _bound(list(ast.walk(tree)) if tree else []) | {*dir(builtins)}


def open_names(source: str) -> set[str]:
    """The names by which some lines speak of values that they do not tell.  A function that they
    call is none: that it is not there is told by the call."""
    tree = parsed(source)
    nodes = list(ast.walk(tree)) if tree else []
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    names = {n.id for n in nodes if isinstance(n, ast.Name) and id(n) not in called}
    return names - _bound(nodes)


def _bound(nodes: list[ast.AST]) -> set[str]:
    bound = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    bound |= {node.name for node in nodes if isinstance(node, _DEFINES)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {(part.asname or part.name).partition(".")[0] for part in node.names}
    return bound
