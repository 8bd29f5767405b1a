"""What can be seen without running the code: syntax, names that do not exist, lint, types.

Nothing of the code is imported or run.  Ruff and mypy are programs of their own, with no
settings but ours and a time limit; where they are not installed, that part is left out.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import importlib
import importlib.util
import json
import os
import re
import subprocess
import symtable
import sys
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.coding import grammars
from assistant.coding.naming import MOST_PARSED, parsed
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import Code, Effort, Finding, FindingKind
from runtimes.texts import Text

MOST_FINDINGS = 20
LONGEST = 500
"""Characters of a line that is looked at for newer syntax."""
LINT_SECONDS, TYPE_SECONDS = 5.0, 30.0
RULES = "F,E9,B,PLE"
"""Of ruff: what is likely wrong, not what is only ugly."""
OURS = frozenset({"F821", "E999", "invalid-syntax"})
"""Rules that are checked here, or that only repeat a syntax error."""
KNOWN = frozenset(
    "math cmath itertools functools collections string re heapq bisect random statistics operator "
    "datetime json fractions decimal time copy typing os sys".split()
)
"""Modules of the standard library whose names are looked up; loading them does nothing else."""
TOO_LONG = Text("the file is too long to be read", "文件过长，无法读取")
SYNTAX = Text("syntax: {0}", "语法错误：{0}")
TOO_DEEP = Text("the code is nested too deeply", "代码嵌套过深")
NO_NAME = Text("the name {0} is defined nowhere", "名称 {0} 没有定义")
NEAR_NAME = Text("the name {0} is defined nowhere; {1}?", "名称 {0} 没有定义，是否应为 {1}？")
NO_ATTRIBUTE = Text("the module {0} has no {1}", "模块 {0} 中没有 {1}")
SAID = Text("{0} ({1})", "{0}（{1}）")
NEWER = Text(
    "line {0} may be of Python {1} or newer, and code is run with Python {2} here",
    "第 {0} 行可能需要 Python {1} 或更高版本，而这里用 Python {2} 运行代码",
)
_NEWER = {
    (3, 12): re.compile(
        r"^\s*(?:async\s+)?(?:def|class)\s+\w+\s*\[|^\s*type\s+\w+(?:\s*\[[^\]]*\])?\s*="
        r"|\b[fF][rR]?(['\"])(?:(?!\1)[^{}])*\{[^{}]*(?:\1|\\)[^{}]*\}"
    ),
    (3, 14): re.compile(r"^\s*except\s+[\w.]+(?:\s*,\s*[\w.]+)+\s*:|(?<!\w)[tT][rR]?['\"]"),
}
"""What a line looks like that an older Python cannot read: parameters of types, aliases, the same
quotation marks or a backslash within a field of an f-string; bare exceptions, templates."""
_MYPY = re.compile(r"[^:\n]*:(\d+):(\d+): (?:error): (.*?)(?:  \[([\w-]+)\])?$")


@dataclass(frozen=True, slots=True)
class Looked:
    """All findings, the fatal ones first; ``unlooked`` are the kinds that were wanted and could
    not be looked for: the tool is not there, or took too long."""

    findings: tuple[Finding, ...]
    unlooked: frozenset[FindingKind] = frozenset()


def check(code: Code, effort: Effort) -> tuple[Finding, ...]:
    """The first findings, the fatal ones before all.  Python is read by itself; of the other
    languages a grammar says what it does not understand, and the compiler or interpreter has the
    word."""
    found = look(code, effort).findings
    return found[:MOST_FINDINGS] if code.language is Language.PYTHON else found


def look(code: Code, effort: Effort) -> Looked:
    """The same, with all findings and with what could not be looked for."""
    if code.language is not Language.PYTHON:
        every = (f for file in code.files for f in grammars.syntax(file, code.language))
        return Looked(tuple(every))
    found: list[Finding] = []
    for file in code.files:
        found += _syntax(file) or [*_names(file), *_attributes(file)]
    unlooked: set[FindingKind] = set()
    if not any(finding.fatal for finding in found):
        tools = ((effort.lint, FindingKind.LINT, _lint), (effort.types, FindingKind.TYPE, _types))
        for wanted, kind, tool in tools:
            said = tool(code.program) if wanted else []
            found += said or []
            if said is None:
                unlooked.add(kind)
    found.sort(key=lambda finding: (not finding.fatal, finding.file, finding.line))
    return Looked(tuple(found), frozenset(unlooked))


def unread(text: str) -> Text | None:
    """Why a Python text is not looked at, where that is a limit of ours and no fault of its."""
    found = _syntax(SourceFile("", text))
    return next((finding.text for finding in found if not finding.fatal), None)


def newer(code: Code, finding: Finding) -> Text | None:
    """That a line is no fault of the code, where a newer Python than this one can read it."""
    text = next((file.text for file in code.files if file.name == finding.file), "")
    lines = text.split("\n")
    line = lines[finding.line - 1][:LONGEST] if 0 < finding.line <= len(lines) else ""
    known = (at for at, sign in _NEWER.items() if sys.version_info < at and sign.search(line))
    at = next(known, None)
    if at is None:
        return None
    return NEWER.of(finding.line, f"{at[0]}.{at[1]}", ".".join(map(str, sys.version_info[:2])))


def _syntax(file: SourceFile) -> list[Finding]:
    def fatal(line: int, column: int, text: Text) -> list[Finding]:
        return [Finding(FindingKind.SYNTAX, file.name, line, column, text, fatal=True)]

    if len(file.text) > MOST_PARSED:  # a limit of ours, and no fault of the file
        return [Finding(FindingKind.SYNTAX, file.name, 0, 0, TOO_LONG)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(file.text, file.name, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
            symtable.symtable(file.text, file.name, "exec")  # `return` outside of a function
    except SyntaxError as wrong:
        return fatal(wrong.lineno or 0, wrong.offset or 0, SYNTAX.of(wrong.msg))
    except (RecursionError, MemoryError):
        return [Finding(FindingKind.SYNTAX, file.name, 0, 0, TOO_DEEP)]
    except ValueError as wrong:
        return fatal(0, 0, SYNTAX.of(str(wrong)))
    return []


def _names(file: SourceFile) -> Iterator[Finding]:
    """Names that are read and bound nowhere in the file, nor in Python."""
    tree = parsed(file.text)
    if tree is None or any(_star(node) for node in ast.walk(tree)):
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = symtable.symtable(file.text, file.name, "exec")
    bound = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    used: set[str] = set()
    tables = [table]
    while tables:
        scope = tables.pop()
        tables += scope.get_children()
        for symbol in scope.get_symbols():
            if symbol.is_declared_global() and symbol.is_assigned():
                bound.add(symbol.get_name())
            if symbol.is_referenced() and (symbol.is_global() or scope is table):
                used.add(symbol.get_name())
    known = bound | set(dir(builtins)) | MODULE_NAMES
    missing = used - known
    told: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in missing and node.id not in told:
            told.add(node.id)
            near = difflib.get_close_matches(node.id, sorted(known | _locals(tree)), 1, 0.8)
            text = NEAR_NAME.of(node.id, near[0]) if near else NO_NAME.of(node.id)
            at = (node.lineno, node.col_offset + 1)
            yield Finding(FindingKind.NAME, file.name, *at, text)


def _locals(tree: ast.Module) -> set[str]:
    """Names that are bound anywhere in the file."""
    nodes = list(ast.walk(tree))
    return {node.arg for node in nodes if isinstance(node, ast.arg)} | {
        node.id for node in nodes if isinstance(node, ast.Name) and _stores(node)
    }


MODULE_NAMES = frozenset(
    "__name__ __file__ __doc__ __package__ __spec__ __loader__ __builtins__ __debug__ "
    "__annotations__ __class__ __path__ __module__ __qualname__".split()
)
"""What a module or a class body has of itself."""


def _star(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and any(item.name == "*" for item in node.names)


def _attributes(file: SourceFile) -> Iterator[Finding]:
    """Names that a module of the standard library does not have (``math.clamp``)."""
    tree = parsed(file.text)
    if tree is None:
        return
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                if item.name in KNOWN:
                    modules[item.asname or item.name] = item.name
        elif isinstance(node, ast.ImportFrom) and node.module in KNOWN and not node.level:
            for item in node.names:
                if item.name != "*" and not _has(node.module, item.name):
                    text = NO_ATTRIBUTE.of(node.module, item.name)
                    at = (node.lineno, node.col_offset + 1)
                    yield Finding(FindingKind.NAME, file.name, *at, text)
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and _stores(n)}
    stored |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = modules.get(node.value.id)
            if module and node.value.id not in stored and not _has(module, node.attr):
                at = (node.lineno, node.col_offset + 1)
                text = NO_ATTRIBUTE.of(module, node.attr)
                yield Finding(FindingKind.NAME, file.name, *at, text)


def _stores(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _has(module: str, name: str) -> bool:
    if hasattr(importlib.import_module(module), name):
        return True
    return (
        module in ("os", "collections") and importlib.util.find_spec(f"{module}.{name}") is not None
    )


def _lint(file: SourceFile) -> list[Finding] | None:
    """What ruff says; ``None`` where it says nothing that can be read."""
    if importlib.util.find_spec("ruff") is None:
        return None
    words = ("-m", "ruff", "check", "--isolated", "--no-cache", "--quiet", "--select", RULES,
             "--output-format", "json", "--stdin-filename", "solution.py", "-")  # fmt: skip
    said = _tool(words, file.text, LINT_SECONDS)
    if said is None:
        return None
    found = []
    try:
        for record in json.loads(said or "[]"):
            rule, place = str(record["code"]), record["location"]
            if rule not in OURS:
                text = SAID.of(str(record["message"]), rule)
                at = (int(place["row"]), int(place["column"]))
                found.append(Finding(FindingKind.LINT, file.name, *at, text))
    except (ValueError, KeyError, TypeError):  # another version says it in another way
        return None
    return found


def _types(file: SourceFile) -> list[Finding] | None:
    """Mypy's errors, where the code has annotations at all; ``None`` where it does not answer."""
    tree = parsed(file.text)
    if tree is None or not _annotated(tree):
        return []
    if importlib.util.find_spec("mypy") is None:
        return None
    with tempfile.TemporaryDirectory(prefix="assistant-types-") as folder:
        place = Path(folder) / "solution.py"
        place.write_text(file.text, encoding="utf-8", errors="replace")
        words = ("-m", "mypy", "--config-file", os.devnull, "--cache-dir", os.devnull,
                 "--no-error-summary", "--show-column-numbers", "--no-color-output", "--no-pretty",
                 "--no-site-packages", "--ignore-missing-imports", str(place))  # fmt: skip
        said = _tool(words, "", TYPE_SECONDS, folder)
    if said is None:
        return None
    found = []
    for line in said.splitlines():
        told = _MYPY.fullmatch(line)
        if told and told[4] not in ("syntax", "name-defined", "attr-defined"):
            text = SAID.of(told[3], told[4] or "mypy")
            found.append(Finding(FindingKind.TYPE, file.name, int(told[1]), int(told[2]), text))
    return found


def _annotated(tree: ast.Module) -> bool:
    return any(
        node.returns is not None or any(a.annotation for a in node.args.args)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def _tool(
    words: tuple[str, ...], text: str, seconds: float, folder: str | None = None
) -> str | None:
    """What a tool says; ``None`` where it takes too long or cannot be started."""
    setting = {key: os.environ[key] for key in ("PATH", "LANG", "SYSTEMROOT") if key in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own Python, with words of ours
            [sys.executable, *words],
            input=text.encode("utf-8", "replace"),
            capture_output=True,
            timeout=seconds,
            check=False,
            cwd=folder,
            env=setting,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode not in (0, 1):  # it has broken off
        return None
    return done.stdout.decode("utf-8", "replace")
