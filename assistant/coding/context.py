"""A block of code with what it needs of the other blocks of the text that tells it in parts."""

from __future__ import annotations

import ast
import builtins
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.coding import scopes
from assistant.coding.blocks import Block
from assistant.coding.naming import is_module, parsed
from assistant.coding.parting import as_program
from assistant.coding.programs import READS
from assistant.coding.sandbox.types import Language

PACKAGES = frozenset(
    "PIL aiohttp attr attrs boto3 bs4 celery click cv2 dateutil django fastapi flask"
    " freezegun gensim gymnasium httpx hypothesis jinja2 joblib keras lightgbm lxml"
    " marshmallow matplotlib mock more_itertools networkx nltk nose numba numpy openai"
    " openpyxl pandas plotly polars psutil psycopg2 pydantic pygame pymongo pytz redis"
    " requests rich scipy seaborn selenium six sklearn sortedcontainers spacy sqlalchemy"
    " starlette statsmodels sympy tensorflow toolz torch torchvision tornado tqdm transformers"
    " typer typing_extensions werkzeug xgboost yaml".split()
)
"""Modules of packages that many know: what is imported from them is no block of an answer."""
MOST_BEFORE = 30
"""Blocks before one that it may need."""
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)
_FUTURE = re.compile(r"from __future__ import [\w, ]+\s*(?:#.*)?")


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
    before: Sequence[Block], block: Block, language: Language, *, in_turn: bool = True
) -> tuple[str, tuple[int, ...]]:
    """A block behind those ``before`` it that it needs, and the answer's line of each line (0: of
    none).  Of what is taken in so, it need import nothing.  ``in_turn``: with those too that use
    what it needs before it does."""
    before = before[-MOST_BEFORE:]
    needed = _needed(before, block, language, in_turn=in_turn)
    if not needed:
        return block.text, _lines(block)
    parts = [*(before[n] for n in needed), block]
    lines = tuple(line for part in parts for line in _lines(part))
    if language is not Language.PYTHON:
        text = "".join(part.text for part in parts)
        return scopes.without_own_imports(text, language), lines
    lacking = _missing("".join(part.text for part in parts[1:]))
    text = "".join(_without_guard(part.text, lacking) for part in parts[:-1]) + block.text
    return _futures_first(_without_own_imports(text), lines)


def _needed(
    before: Sequence[Block], block: Block, language: Language, *, in_turn: bool
) -> list[int]:
    """Which define what a block lacks, the nearest first, and which of those behind them use the
    same: they may change it, as one who runs them in turn would see."""
    picked: set[int] = set()
    reads = [_lacks(earlier.text, language) for earlier in before]
    gives = [_gives(earlier.text, language) for earlier in before]
    lacking, there = _lacks(block.text, language), _gives(block.text, language)
    for at in reversed(range(len(before))):
        # in other languages, where both define a name, they are two versions of a program
        clash = language is not Language.PYTHON and gives[at] & there
        if at in picked or clash or not lacking & gives[at]:
            continue
        picked.add(at)
        there |= gives[at]
        for between in range(at + 1, len(before)) if in_turn else ():
            shared = reads[between] & gives[at]
            if between in picked or not shared or _only_asks(before, at, between, shared):
                continue
            if language is Language.PYTHON or not gives[between] & there:
                picked.add(between)
                there |= gives[between]
        lacking = (lacking | {name for n in picked for name in reads[n]}) - there
    return sorted(picked)


def _only_asks(before: Sequence[Block], at: int, between: int, shared: frozenset[str]) -> bool:
    """Does a block read an input, and take only functions of the one before it?  They do without
    what somebody would have typed."""
    sign = READS[Language.PYTHON]
    return sign.search(before[between].text) is not None and shared <= defined(before[at].text)


@lru_cache(maxsize=4 * MOST_BEFORE)
def _lacks(text: str, language: Language) -> frozenset[str]:
    python = language is Language.PYTHON
    return frozenset(_missing(text)) if python else scopes.missing(text, language)


@lru_cache(maxsize=4 * MOST_BEFORE)
def _gives(text: str, language: Language) -> frozenset[str]:
    python = language is Language.PYTHON
    return frozenset(defined(text) | _bound(text)) if python else scopes.defined(text, language)


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
    tree = parsed(text) if "__name__" in text else None
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
    return node.level > 0 or not _is_known(node.module or "")


def _is_known(module: str) -> bool:
    stem = module.partition(".")[0]
    return stem in PACKAGES or is_module(stem)


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
        if not _is_known(item.name)
    }
    bound = set(dir(builtins))
    changed = {node.target for node in nodes if isinstance(node, ast.AugAssign)}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and _is_strange(node):
            read |= {item.name for item in node.names}
        elif isinstance(node, ast.Name) and node in changed:
            read.add(node.id)  # it must be there already
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
