"""A block of code with what it needs of the other blocks of the text that tells it in parts."""

from __future__ import annotations

import ast
import builtins
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.coding import scopes
from assistant.coding.blocks import Block
from assistant.coding.naming import is_module, parsed
from assistant.coding.parting import as_program
from assistant.coding.sandbox.types import Language

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)
_FUTURE = re.compile(r"from __future__ import [\w, ]+\s*(?:#.*)?")


@dataclass(slots=True)
class _Joined:
    """A text, and the answer's line of each of its lines."""

    text: str
    lines: tuple[int, ...]


def program_of(blocks: Sequence[Block], language: Language) -> tuple[str, tuple[int, ...]]:
    """The text of the program among blocks without a name, and the answer's line of each line."""
    if language is not Language.PYTHON:
        at = max(range(len(blocks)), key=lambda n: len(blocks[n].text))
        return with_context(blocks[:at], blocks[at], language)
    at = next(
        (n for n in range(len(blocks) - 1, -1, -1) if defined(blocks[n].text)), len(blocks) - 1
    )
    return with_context(blocks[:at], blocks[at], language)


def with_context(
    before: Sequence[Block], block: Block, language: Language
) -> tuple[str, tuple[int, ...]]:
    """A block behind those ``before`` it that define names which it lacks, and the answer's line
    of each line (0: of none).  Of what is taken in so, it need import nothing."""
    whole = _Joined(block.text, _lines(block))
    for earlier in reversed(before):
        if language is Language.PYTHON:
            _join_python(whole, earlier)
        else:
            _join_other(whole, earlier, language)
    if whole.text == block.text:
        return whole.text, whole.lines
    if language is not Language.PYTHON:
        return scopes.without_own_imports(whole.text, language), whole.lines
    return _futures_first(_without_own_imports(whole.text), whole.lines)


def _join_python(whole: _Joined, earlier: Block) -> None:
    lacking = _missing(whole.text)
    if lacking & (defined(earlier.text) | _bound(earlier.text)):
        whole.text = _without_guard(earlier.text, lacking) + whole.text
        whole.lines = _lines(earlier) + whole.lines


def _join_other(whole: _Joined, earlier: Block, language: Language) -> None:
    """Where both define a name, they are two versions, and not parts of one program."""
    lacking = scopes.missing(whole.text, language)
    there = scopes.defined(earlier.text, language) if lacking else frozenset[str]()
    if lacking & there and not there & scopes.defined(whole.text, language):
        whole.text = earlier.text + whole.text
        whole.lines = _lines(earlier) + whole.lines


def _lines(block: Block) -> tuple[int, ...]:
    count = block.text.count("\n")
    return tuple(range(block.line, block.line + count)) if block.line else (0,) * count


def _futures_first(text: str, lines: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """With the lines at the beginning that must stand there, and stood so in their block."""
    rows, tree = text.split("\n"), parsed(text)
    places = {n.lineno - 1 for n in tree.body if isinstance(n, ast.ImportFrom)} if tree else set()
    moved = [n for n in sorted(places) if n < len(lines) and _FUTURE.fullmatch(rows[n])]
    head = [rows[n] for n in moved]
    rest = ["" if n in moved else row for n, row in enumerate(rows)]
    return "\n".join([*head, *rest]), (*(lines[n] for n in moved), *lines)


def _without_guard(text: str, lacking: set[str]) -> str:
    """A block without what it does where it is the program, unless that makes what is lacking."""
    tree = parsed(text)
    guards = [n for n in tree.body if isinstance(n, ast.If) and as_program(n)] if tree else []
    stored = {
        part.id
        for guard in guards
        for part in ast.walk(guard)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }
    return text if stored & lacking else _without(text, guards)


def _without_own_imports(text: str) -> str:
    """Without the imports, from modules that are not known, of what the text defines itself."""
    tree = parsed(text)
    if tree is None:
        return text
    there = defined(text) | _bound(text)
    own = [
        node
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        and _is_strange(node)
        and all(item.name in there and not item.asname for item in node.names)
    ]
    return _without(text, own)


def _without(text: str, gone: Iterable[ast.stmt]) -> str:
    """Without these statements at its top, where they have their lines for themselves."""
    tree, rows = parsed(text), text.split("\n")
    used = Counter(n for node in tree.body for n in _span(node)) if tree else Counter[int]()
    for node in gone:
        if all(used[n] == 1 for n in _span(node)):
            for n in _span(node):
                rows[n - 1] = ""
    return "\n".join(rows)


def _span(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _is_strange(node: ast.ImportFrom) -> bool:
    """Is it from a module that nobody here knows?  It may be the name of another block."""
    stem = (node.module or "").partition(".")[0]
    return node.level > 0 or not is_module(stem)


def defined(text: str) -> set[str]:
    """The functions and classes at the top of a block of Python."""
    tree = parsed(text)
    return {node.name for node in tree.body if isinstance(node, DEFINITIONS)} if tree else set()


def _bound(text: str) -> set[str]:
    """Names that a block binds at its top, imports of known modules too."""
    tree = parsed(text)
    names: set[str] = set()
    for node in tree.body if tree else ():
        if isinstance(node, IMPORTS) and not (
            isinstance(node, ast.ImportFrom) and _is_strange(node)
        ):
            names |= {(item.asname or item.name).partition(".")[0] for item in node.names}
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _missing(text: str) -> set[str]:
    """Names that a block reads and does not bind anywhere, or asks of modules that are not
    known."""
    tree = parsed(text)
    nodes = list(ast.walk(tree)) if tree else []
    read = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    strange = {
        item.asname or item.name
        for node in nodes
        if isinstance(node, ast.Import)
        for item in node.names
        if not is_module(item.name.partition(".")[0])
    }
    bound = set(dir(builtins))
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and _is_strange(node):
            read |= {item.name for item in node.names}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in strange:
                read.add(node.attr)
        else:
            bound |= set(_binds(node))
    return read - bound


def _binds(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.arg(arg=name):
            yield name
        case ast.Import(names=items) | ast.ImportFrom(names=items):
            yield from ((item.asname or item.name).partition(".")[0] for item in items)
        case ast.ExceptHandler(name=str(name)):
            yield name
