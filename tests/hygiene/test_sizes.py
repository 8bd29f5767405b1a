"""Small modules, small functions, few parameters: a limit is a test, not a wish."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path
    for folder in ("assistant", "runtimes", "tui", "tests")
    for path in (ROOT / folder).rglob("*.py")
)
MODULE, FUNCTION, PARAMETERS = 400, 60, 6

ALLOWED: frozenset[str] = frozenset()
"""Places over a limit, as ``file`` or ``file:function``.  This set may only shrink."""


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def too_large(path: Path) -> Iterator[str]:
    name = path.relative_to(ROOT).as_posix()
    text = path.read_text(encoding="utf-8")
    if len(text.splitlines()) > MODULE:
        yield name
    for node in functions(ast.parse(text)):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        args = node.args
        count = len([*args.posonlyargs, *args.args, *args.kwonlyargs])
        count -= bool(args.args) and args.args[0].arg in ("self", "cls")
        if lines > FUNCTION or (count > PARAMETERS and not name.startswith("tests/")):
            yield f"{name}:{node.name}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_module_is_within_the_limits(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    assert set(too_large(path)) == {place for place in ALLOWED if place.split(":")[0] == name}
