"""The tests that stand in a file of the user's: no version of the file may lose or change them.

They decide like any tests of the user's, and where a model leaves one out or writes it anew, the
user's is put back, as it was written.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.coding.naming import parsed
from assistant.coding.parting import part
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import Code

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)
Line = tuple[str, int]
"""A line of a program, and the line of the answer on which it stands (0: on none)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement at the top of a file: lines ``first`` to ``last`` (from 1).

    ``name`` is what it defines, if it defines something; ``meaning`` is the same for two that
    differ in their spelling alone; ``asserts``: it can fail by an assertion of its own.
    """

    first: int
    last: int
    name: str
    meaning: str
    lines: tuple[str, ...]
    asserts: bool


@dataclass(frozen=True, slots=True)
class OwnTests:
    """``text`` is what can be run as tests, on the lines of the file; empty where it has none.
    ``pieces`` are the tests, ``imports`` the lines that they need beside the code."""

    text: str = ""
    pieces: tuple[Piece, ...] = ()
    imports: tuple[Piece, ...] = ()

    @property
    def meanings(self) -> frozenset[str]:
        """What tells them from other tests."""
        return frozenset(piece.meaning for piece in self.pieces)

    @property
    def source(self) -> str:
        """The tests as they are written, without the code between them."""
        return "\n\n".join("\n".join(piece.lines) for piece in self.pieces)


def own_tests(source: str, besides: Collection[str] = ()) -> OwnTests:
    """The tests in a file of Python, but for those of these meanings.

    In a file that cannot be parsed as a whole, the tests are those in the parts that can.
    """
    if "\r" in source:  # a line's end for the parser, and none for us
        return OwnTests()
    readable = source if parsed(source) is not None else _readable(source)
    parted = part(readable)
    if not parted.tests:
        return OwnTests()
    lines, code, tests = (text.split("\n") for text in (readable, parted.code, parted.tests))
    pieces, imports = [], []
    for piece in _pieces(readable):
        gone = not any(code[n - 1].strip() for n in _span(piece) if lines[n - 1].strip())
        tested = any(tests[n - 1].strip() for n in _span(piece))
        if gone and piece.meaning not in besides:
            pieces.append(piece)
        elif gone:
            for n in _span(piece):
                tests[n - 1] = ""
        elif tested:
            imports.append(piece)
    if not pieces:
        return OwnTests()
    return OwnTests("\n".join(tests), tuple(pieces), tuple(imports))


def beside(tests: str, own: str) -> str:
    """Tests without those that are among the user's own; empty where nothing is left."""
    tree, users = parsed(tests), parsed(own)
    if tree is None or users is None:
        return tests
    names = {node.name for node in users.body if isinstance(node, DEFINITIONS)}
    bodies = {_meaning(item) for node in users.body for item in _body(node)}
    lines = tests.split("\n")
    left = False
    for node in tree.body:
        named = isinstance(node, DEFINITIONS) and node.name in names
        if named or ((body := _body(node)) and all(_meaning(item) in bodies for item in body)):
            for n in _span(piece_of(node, lines)):
                lines[n - 1] = ""
        elif not isinstance(node, IMPORTS):
            left = True
    return "\n".join(lines) if left else ""


def put_back(code: Code, own: OwnTests) -> tuple[Code, tuple[str, ...]]:
    """A version with the user's tests as they were, and the names of those that had to be put
    back.  Code that cannot be parsed comes back as it is: it passes no test."""
    text = code.program.text.replace("\r\n", "\n").replace("\r", "\n")
    if not own.pieces or code.language is not Language.PYTHON or parsed(text) is None:
        return code, ()
    there = _pieces(text)
    stand = {piece.meaning for piece in there}
    lost = [piece for piece in own.pieces if piece.meaning not in stand]
    taken = {piece.name for piece in own.pieces if piece.name}
    strange = [piece for piece in there if piece.name in taken]
    strange += [p for p in own_tests(text).pieces if not p.name and p.asserts]
    strange = [piece for piece in strange if piece.meaning not in own.meanings]
    if not lost and not strange:
        return code, ()
    lines: list[Line] = [(line, code.answer_line(n)) for n, line in enumerate(text.split("\n"), 1)]
    runs = (piece.first for piece in there if not piece.name and piece.meaning in own.meanings)
    lines = _rewritten(lines, lost, strange, next(runs, 0))
    lines = with_imports(lines, own.imports)
    program = SourceFile(code.program.name, "\n".join(line for line, _ in lines))
    answer = tuple(at for _, at in lines) if code.lines else ()
    files = (program, *code.files[1:])
    return replace(code, files=files, lines=answer), tuple(_called(piece) for piece in lost)


def _rewritten(lines: list[Line], lost: list[Piece], strange: list[Piece], runs: int) -> list[Line]:
    """Each lost test in the place of what bears its name, the others behind everything else;
    but definitions before line ``runs``, on which the tests are started (0: nowhere)."""
    instead = {piece.first: piece for piece in strange}
    replaced = {piece.name for piece in strange}
    by_name = {piece.name: piece for piece in lost if piece.name in replaced}
    new = [piece for piece in lost if piece.name and piece.name not in replaced]
    waiting = [piece for piece in lost if not piece.name]
    gone = {n for piece in strange for n in _span(piece)}
    kept: list[Line] = []
    for number, line in enumerate(lines, 1):
        if number == runs:
            kept, new = [*_ended(kept, new), ("", 0), ("", 0)], []
        if number not in gone:
            kept.append(line)
        elif number in instead:
            name = instead[number].name
            piece = by_name.pop(name, None) if name else waiting.pop(0) if waiting else None
            kept += [(text, 0) for text in piece.lines] if piece else []
    return [*_ended(kept, [*new, *waiting]), ("", 0)]


def _ended(lines: list[Line], pieces: list[Piece]) -> list[Line]:
    """The lines with these statements behind them, blank lines between."""
    lines = lines[:]
    while lines and not lines[-1][0].strip():
        lines.pop()
    for piece in pieces:
        lines += [("", 0)] * (2 if piece.name else 1)
        lines += [(text, 0) for text in piece.lines]
    return lines


def with_imports(lines: list[Line], imports: Sequence[Piece]) -> list[Line]:
    """With these imports, where they are not there yet."""
    tree = parsed("\n".join(line for line, _ in lines))
    if tree is None:
        return lines
    there = {ast.dump(node) for node in ast.walk(tree) if isinstance(node, IMPORTS)}
    missing = [piece for piece in imports if piece.meaning not in there]
    at = 0
    for node in tree.body:
        future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not (future or words):
            break
        at = node.end_lineno or at
    return [*lines[:at], *((text, 0) for piece in missing for text in piece.lines), *lines[at:]]


def _readable(source: str) -> str:
    """Only those parts that can be parsed, each beginning at the left edge, on their lines."""
    lines = source.split("\n")
    starts = [n for n, line in enumerate(lines) if line[:1].strip() and line[0] not in ")]}#"]
    starts = [n for k, n in enumerate(starts) if not (k and _decorated(lines, starts[k - 1], n))]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        if parsed("\n".join(lines[start:end])) is None:
            lines[start:end] = [""] * (end - start)
    return "\n".join(lines)


def _decorated(lines: list[str], before: int, at: int) -> bool:
    return lines[before].startswith("@") and not any(
        line.strip() and not line.startswith((" ", "@", ")")) for line in lines[before + 1 : at]
    )


def _pieces(source: str) -> list[Piece]:
    tree = parsed(source)
    lines = source.split("\n")
    return [piece_of(node, lines) for node in tree.body] if tree else []


def piece_of(node: ast.stmt, lines: list[str]) -> Piece:
    """The statement as it stands among the lines of its file."""
    first, last = node.lineno, node.end_lineno or node.lineno
    name = ""
    if isinstance(node, DEFINITIONS):
        first = min([first, *(item.lineno for item in node.decorator_list)])
        name = node.name
    asserts = any(isinstance(item, ast.Assert) for item in ast.walk(node))
    return Piece(first, last, name, _meaning(node), tuple(lines[first - 1 : last]), asserts)


def _meaning(node: ast.stmt) -> str:
    return ast.dump(node)


def _body(node: ast.stmt) -> list[ast.stmt]:
    return node.body if isinstance(node, DEFINITIONS) else []


def _span(piece: Piece) -> range:
    return range(piece.first, piece.last + 1)


def _called(piece: Piece) -> str:
    return piece.name or piece.lines[0].strip()
