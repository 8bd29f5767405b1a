"""An answer that holds only what changes in a file of the user's, put into the file.

Small models answer with the mended function alone; taken for the whole file it would drop
everything else.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from itertools import pairwise

from assistant.coding.naming import parsed
from assistant.coding.owntests import (
    DEFINITIONS,
    IMPORTS,
    Line,
    OwnTests,
    Piece,
    piece_of,
    with_imports,
)
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import Code


def whole(code: Code, original: str, own: OwnTests) -> Code:
    """The file with what the answer changes in it; the answer itself where it is a whole file.

    It is a part where statements of the file are missing, some are written anew, and nothing is
    repeated as it was; and where it defines and nothing more, unless definitions are missing.
    ``own`` are the file's tests, which have their own way.
    """
    text = code.program.text.replace("\r\n", "\n").replace("\r", "\n")
    tree, before = parsed(text), parsed(original)
    if code.language is not Language.PYTHON or not code.lines or not tree or not before:
        return code
    tests = {piece.name for piece in own.pieces} - {""}
    mine = {name: node for node in tree.body if (name := _bound(node)) and name not in tests}
    users = {name: node for node in before.body if (name := _bound(node)) and name not in tests}
    shared = mine.keys() & users.keys()
    same = {_meaning(node) for node in tree.body if not isinstance(node, IMPORTS)}
    same &= {_meaning(node) for node in before.body} - own.meanings
    if not shared or same or not (_apart(tree) and _apart(before)):
        return code
    lost = [node for node in before.body if _bound(node) not in {*mine, *tests}]
    lost = [n for n in lost if not isinstance(n, IMPORTS) and _meaning(n) not in own.meanings]
    defining = all(_bound(n) or isinstance(n, (*IMPORTS, ast.Assert)) for n in tree.body)
    if not any(isinstance(node, DEFINITIONS) for node in lost) and not (lost and defining):
        return code
    lines: list[Line] = [(line, code.answer_line(n)) for n, line in enumerate(text.split("\n"), 1)]
    put = _put(lines, original, mine, users)
    imports = [piece_of(node, text.split("\n")) for node in tree.body if isinstance(node, IMPORTS)]
    put = with_imports(put, imports)
    program = SourceFile(code.program.name, "\n".join(line for line, _ in put))
    return replace(code, files=(program, *code.files[1:]), lines=tuple(at for _, at in put))


def _put(
    lines: list[Line], original: str, mine: dict[str, ast.stmt], users: dict[str, ast.stmt]
) -> list[Line]:
    """The original's lines with the statements written anew in their places, and the new ones
    before the first of those."""
    texts = [line for line, _ in lines]
    old = original.split("\n")
    there = {name: piece_of(node, old) for name, node in users.items() if name in mine}
    first = min(piece.first for piece in there.values())
    starts = {piece.first: name for name, piece in there.items()}
    gone = {n for piece in there.values() for n in range(piece.first, piece.last + 1)}
    made: list[Line] = []
    for number, line in enumerate(old, 1):
        if number == first:
            for name, node in mine.items():
                if name not in users:
                    gap = 2 if isinstance(node, DEFINITIONS) else 1
                    made += [*_cut(lines, piece_of(node, texts)), *[("", 0)] * gap]
        if number in starts:
            made += _cut(lines, piece_of(mine[starts[number]], texts))
        if number not in gone:
            made.append((line, 0))
    return made


def _cut(lines: list[Line], piece: Piece) -> list[Line]:
    return lines[piece.first - 1 : piece.last]


def _apart(tree: ast.Module) -> bool:
    """Does no line hold two statements?"""
    ends = [(node.lineno, node.end_lineno or node.lineno) for node in tree.body]
    return all(before[1] < after[0] for before, after in pairwise(ends))


def _meaning(node: ast.stmt) -> str:
    return ast.dump(node)


def _bound(node: ast.stmt) -> str:
    """The one name that a statement at the top defines or sets."""
    if isinstance(node, DEFINITIONS):
        return node.name
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    one = targets[0] if len(targets) == 1 else None
    return one.id if isinstance(one, ast.Name) else ""
