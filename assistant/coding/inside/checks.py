"""Counts the checks that tests make as they run: a test that makes none says nothing.

The tests' syntax tree is given a call before each statement that checks something: an ``assert``
of more than a constant, a call whose name says that it asserts, or a statement that may raise.
Statements keep their lines.
"""

from __future__ import annotations

import ast
import importlib.machinery
import types
from collections.abc import Iterator
from typing import Any

from assistant.coding.inside.unjudged import unknown

COUNT = "__checked__"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
SIMPLE = (ast.Expr, ast.Assign, ast.AnnAssign, ast.Return)
ASSERTING = ("assert", "expect")
SAYING = ("raises", "fail", "warns", "deprecated_call")


class Checks:
    """How many checks were made since ``clear``, and how many asserts have not come to an end."""

    def __init__(self) -> None:
        self.made = 0
        self.open = 0

    def clear(self) -> None:
        """A new test begins."""
        self.made = self.open = 0

    def count(self, asserts: int = 0) -> None:
        """One more begins, or an assert (1) begins or ends (-1)."""
        self.made += asserts >= 0
        self.open += asserts


class Loader(importlib.machinery.SourceFileLoader):
    """Loads the tests so that their checks are counted."""

    def __init__(self, name: str, path: str, checks: Checks) -> None:
        super().__init__(name, path)
        self._checks = checks

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> types.CodeType:  # type: ignore[override]
        """The tests with the calls in them."""
        tree = ast.parse(data, path)
        _into(tree)
        try:
            code: types.CodeType = compile(tree, path, "exec", dont_inherit=True, optimize=0)
        except RecursionError:  # a tree is compiled less deeply than its text
            raise unknown("so deep a nesting") from None
        return code

    def exec_module(self, module: types.ModuleType) -> None:
        """Load them, with what is called there."""
        setattr(module, COUNT, self._checks.count)
        super().exec_module(module)


def _into(tree: ast.Module) -> None:
    for node in list(ast.walk(tree)):
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                value[:] = list(_counted(value))


def _counted(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        checks, asserts = _checks(statement), isinstance(statement, ast.Assert)
        if checks:
            yield _call(statement, int(asserts))
        yield statement
        if checks and asserts:
            yield _call(statement, -1)


def _call(at: ast.stmt, asserts: int) -> ast.stmt:
    call = ast.Call(ast.Name(COUNT, ast.Load()), [ast.Constant(asserts)], [])
    return ast.fix_missing_locations(ast.copy_location(ast.Expr(call), at))


def _checks(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assert):
        tested = node.test
        always = isinstance(tested, ast.Constant) or (isinstance(tested, ast.Tuple) and tested.elts)
        return not always
    if isinstance(node, SIMPLE):
        return any(isinstance(item, ast.Call) and _asserts(item.func) for item in _own(node))
    if isinstance(node, (ast.With, ast.AsyncWith)):
        calls = [item.context_expr for item in node.items]
        if any(isinstance(call, ast.Call) and _asserts(call.func) for call in calls):
            return True
    return any(isinstance(item, ast.Raise) for item in _own(node))


def _asserts(called: ast.expr) -> bool:
    name = ""
    if isinstance(called, ast.Attribute):
        name = called.attr
    elif isinstance(called, ast.Name):
        name = called.id
    word = name.lstrip("_").lower()
    return word.startswith(ASSERTING) or word in SAYING


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """A statement's parts, without those of functions that it only defines."""
    left = [node]
    while left:
        part = left.pop()
        if not isinstance(part, FUNCTIONS):
            yield part
            left += ast.iter_child_nodes(part)
