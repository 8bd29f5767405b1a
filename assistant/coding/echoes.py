"""Tests that ask whether something is equal to itself (``assert f(2) == f(2)``): a function that
gives anything at all passes them."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from assistant.coding.naming import parsed

_EQUAL = frozenset(
    {"assertEqual", "assertEquals", "assertListEqual", "assertDictEqual", "assertIs"}
)


def without_echoes(tests: str, program: str) -> str:
    """Tests that check nothing in the place of such lines.

    What makes an object is asked by it whether its class compares well, and stays; so does what
    asks an object, which may change.
    """
    tests = re.sub(r"\r\n?", "\n", tests)  # as Python counts lines
    tree, code = parsed(tests), parsed(program)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = {node.name for node in code.body if isinstance(node, kinds)} if code else set()
    if tree is None or not functions:
        return tests
    lines = [line.encode("utf-8", "replace") for line in tests.split("\n")]
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Assert | ast.Expr))
    found = [node for node in nodes if _is_echo(node, functions)]
    for node in sorted(found, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        before, behind = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
        lines[first : last + 1] = [b""] * (last + 1 - first)
        lines[first] = before + b"assert True" + behind
    return "\n".join(line.decode("utf-8", "replace") for line in lines)


def _is_echo(node: ast.Assert | ast.Expr, functions: Collection[str]) -> bool:
    sides = list(_compared(node))
    if len(sides) != 2 or ast.dump(sides[0]) != ast.dump(sides[1]):
        return False
    calls = [part for part in ast.walk(sides[0]) if isinstance(part, ast.Call)]
    names = [part.func.id for part in calls if isinstance(part.func, ast.Name)]
    return bool(calls) and len(names) == len(calls) and set(names) <= set(functions)


def _compared(node: ast.Assert | ast.Expr) -> Iterator[ast.expr]:
    """The two sides, where a statement asks whether they are equal."""
    match node:
        case ast.Assert(
            test=ast.Compare(left=left, ops=[ast.Eq() | ast.Is()], comparators=[right])
        ):
            yield from (left, right)
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name), args=[left, right, *_])):
            if name in _EQUAL:
                yield from (left, right)
