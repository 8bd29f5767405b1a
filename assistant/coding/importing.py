"""Under which name tests import the code that they test."""

from __future__ import annotations

import ast

from assistant.coding.naming import is_module, parsed
from assistant.coding.types import Code


def imported_as(tests: str, code: Code) -> str:
    """The name under which the tests import the code, where that is not the file's own: the only
    unknown module of which they use what the code defines."""
    tree, program = parsed(tests), parsed(code.program.text)
    if tree is None or program is None:
        return ""
    defined = _defined(program)
    asked: dict[str, set[str]] = {}
    alias: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            asked.setdefault(node.module, set()).update(item.name for item in node.names)
        elif isinstance(node, ast.Import):
            alias |= {item.asname or item.name: item.name for item in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = alias.get(node.value.id)
            if name:
                asked.setdefault(name, set()).add(node.attr)
    others = {file.name.rpartition(".")[0] for file in code.files}
    found = [name for name, names in asked.items() if names & (defined | {"*"})]
    if len(found) != 1 or found[0] in others or is_module(found[0]):
        return ""
    return found[0] if found[0].isidentifier() and found[0].isascii() else ""


def asks_others(tests: str, code: Code) -> bool:
    """Do tests import modules that are neither known nor the code itself?"""
    tree = parsed(tests)
    if tree is None:
        return True
    asked: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            asked |= {item.name.partition(".")[0] for item in node.names}
        elif isinstance(node, ast.ImportFrom):
            asked.add((node.module or ".").partition(".")[0])
    own = {code.program.name.rpartition(".")[0], imported_as(tests, code)}
    return any(not is_module(name) for name in asked - own)


def _defined(program: ast.Module) -> set[str]:
    """The names that the top of a program binds."""
    names: set[str] = set()
    for node in program.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts = [part for target in targets for part in ast.walk(target)]
            names |= {part.id for part in parts if isinstance(part, ast.Name)}
    return names
