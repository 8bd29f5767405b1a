"""In which language a block is, and under which name its file lies.

Both are a model's or a user's word: a name never leaves the folder that the code is run in.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
import warnings

from assistant.coding.blocks import Block
from assistant.coding.sandbox.languages import SUFFIXES, is_plain, language_of
from assistant.coding.sandbox.types import Language

WORDS = {
    **dict.fromkeys(("python", "py", "python3", "py3", "pycon", "python-repl"), Language.PYTHON),
    **dict.fromkeys(("javascript", "js", "node", "mjs", "cjs", "nodejs"), Language.JAVASCRIPT),
    **dict.fromkeys(("c", "c99", "c11", "c17"), Language.C),
    **dict.fromkeys(("c++", "cpp", "cc", "cxx", "c++17", "c++20"), Language.CPP),
    **dict.fromkeys(("sh", "bash", "shell", "zsh"), Language.SHELL),
    **dict.fromkeys(("sql", "sqlite", "sqlite3"), Language.SQL),
}
"""What stands behind a fence."""
TITLES = {
    Language.PYTHON: "Python",
    Language.JAVASCRIPT: "JavaScript",
    Language.C: "C",
    Language.CPP: "C++",
    Language.SHELL: "Bash",
    Language.SQL: "SQL (SQLite)",
}
"""As a person writes them."""
SESSIONS = frozenset({"pycon", "python-repl", "console", "shell-session", "text", "output", "txt"})
"""Blocks that show what happened, and are no program."""
DIFFS = frozenset({"diff", "patch", "udiff"})
MOST_PARSED = 1 << 20
"""Characters of Python that are parsed; ``ast`` needs a hundred times as much memory."""
STEM = "solution"
"""The name of a file that has none of its own."""

_FIRST_WORD = re.compile(r"\{?\.?([\w+#-]+)")
_TITLE = re.compile(
    r"""(?:title|file|filename|name|path)\s*=\s*(?:"([^"\n]{1,200})"|'([^'\n]{1,200})'|([^\s}]{1,200}))"""
)
_SPELLED = re.compile(r"([\w+#-]{1,20})?:?([^\s:={}]{1,200}\.\w{1,5})")
_COMMENT = re.compile(
    r"\s{0,8}(?:#|//|--|/\*)\s{0,4}(?:(?:file|filename|文件名?|path)\s{0,4}[:：]\s{0,4})?"
    r"([\w./\\ +-]{1,200}?\.\w{1,5})\s{0,4}(?:\*/)?\s{0,8}",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^[ \t]{0,40}(?:(?:async\s+)?def \w+\(|class \w+|from [\w.]+ import |import \w+|print\(|@\w)",
    re.MULTILINE,
)
_GUESSES = (
    (Language.CPP, re.compile(r"#include\s*<(?:iostream|vector|string|algorithm|bits/)|\bstd::")),
    (
        Language.C,
        re.compile(
            r"#include\s*[<\"]|\bint main\s*\("
            r"|^(?:static |const |unsigned )*(?:int|void|char|double|float|long|short|bool|size_t)"
            r"[ *]+\w+\s?\([^(){};]{0,300}\)\s*\{",
            re.MULTILINE,
        ),
    ),
    (Language.SHELL, re.compile(r"\A#!.*\b(?:ba|z|da)?sh\b")),
    (
        Language.JAVASCRIPT,
        re.compile(
            r"\bconsole\.log\(|\bfunction\s+\w+\s*\(|^[ \t]*(?:const|let)\s+\w+\s*=|=>\s*[{(\w]",
            re.MULTILINE,
        ),
    ),
    (
        Language.SQL,
        re.compile(
            r"\A\s*(?:--.*\n\s*)*(?:select\b[\s\S]{1,2000}|create\s+(?:table|view|index)\b"
            r"|insert\s+into\b|update\s+\w+\s+set\b|delete\s+from\b|with\s+\w+\s+as\b)",
            re.IGNORECASE,
        ),
    ),
    (
        Language.SHELL,
        re.compile(r"^[ \t]*(?:echo|export|if \[|for \w+ in .*; ?do)\b", re.MULTILINE),
    ),
)


_ASKED = (
    (Language.CPP, re.compile(r"\bc\+\+(?!\w)|\bcpp\b", re.IGNORECASE)),
    (Language.JAVASCRIPT, re.compile(r"\bjavascript\b|\bnode(?:\.?js)?\b", re.IGNORECASE)),
    (Language.PYTHON, re.compile(r"\bpython3?\b", re.IGNORECASE)),
    (
        Language.SHELL,
        re.compile(r"\b(?:bash|shell)\s+(?:script|command)|\bin bash\b|shell ?脚本", re.IGNORECASE),
    ),
    (Language.SQL, re.compile(r"\bsqlite\b|\bsql\b", re.IGNORECASE)),
    (
        Language.C,
        re.compile(
            r"\bin (?:ansi )?c\b(?![+#])|用\s?c\s?语言|\bc语言|\bc program\b"
            r"|\b(?:an?|the|this|my|following) (?:ansi )?c (?:function|code|routine)\b",
            re.IGNORECASE,
        ),
    ),
)


def asked_language(text: str) -> Language | None:
    """The one language that a task speaks of; ``None`` where it names none, or several."""
    head = text[:20_000]
    named = [language for language, sign in _ASKED if sign.search(head)]
    return named[0] if len(named) == 1 else None


def is_diff(block: Block) -> bool:
    """Is it a change to a file, and no file?"""
    found = _FIRST_WORD.match(block.info)
    if found and found[1].lower() in DIFFS:
        return True
    return not block.info and re.match(r"--- .*\n\+\+\+ .*\n@@ ", block.text) is not None


def block_language(block: Block) -> Language | None:
    """By what stands behind the fence, else by the file's name, else by the text itself.

    ``None`` for a session, an output, or what cannot be told.
    """
    found = _FIRST_WORD.match(block.info)
    word = found[1].lower() if found else ""
    if word in SESSIONS or word in DIFFS or block.text.lstrip().startswith(">>> "):
        return None
    if word in WORDS:
        return WORDS[word]
    name = _named(block)
    if name and (known := language_of(name)) is not None:
        return known
    return guess_language(block.text) if not block.info else None


def guess_language(text: str) -> Language | None:
    """By the text alone; ``None`` where it could be anything."""
    if _DEFINITION.search(text) and parses(text):
        return Language.PYTHON
    head = text[:20_000]
    return next((language for language, sign in _GUESSES if sign.search(head)), None)


def parses(text: str) -> bool:
    """Is it Python?"""
    return parsed(text) is not None


def parsed(text: str) -> ast.Module | None:
    """The tree of a Python text; ``None`` where it is none."""
    if len(text) > MOST_PARSED:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def docstrings(text: str) -> str:
    """What a file of Python says of itself: its docstrings, joined."""
    tree = parsed(text)
    kinds = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = [ast.get_docstring(n) for n in ast.walk(tree) if isinstance(n, kinds)] if tree else []
    return "\n\n".join(doc for doc in found if doc)


def file_name(block: Block, language: Language) -> str:
    """The name that a block's file gets: its own where that is harmless, else ``solution``.

    A Python file is never named after a module that tests may import, for they would ask the code
    in its place.
    """
    own = safe_name(_named(block))
    if language is Language.PYTHON and is_module(own.rpartition(".")[0]):
        return default_name(language)
    if own and language_of(own) is language:
        return own
    return default_name(language)


def is_test_file(name: str) -> bool:
    """Is it by its name a file of tests?"""
    stem = name.rpartition(".")[0]
    return stem.startswith("test_") or stem.endswith("_test") or stem in ("test", "tests")


def is_module(stem: str) -> bool:
    """Is there a module of this name already?"""
    if stem in sys.stdlib_module_names or stem == "pytest" or stem.startswith("__"):
        return True
    try:
        return stem.isidentifier() and importlib.util.find_spec(stem) is not None
    except (ValueError, ImportError):  # one that is loaded, and says nothing of where from
        return True


def default_name(language: Language) -> str:
    """The name of a file that has none."""
    suffix = next(end for end, of in SUFFIXES.items() if of is language)
    return f"{STEM}{suffix}"


def safe_name(name: str) -> str:
    """The last part of a relative path, where the whole stays below the folder; else nothing."""
    parts = name.replace("\\", "/").split("/")
    if not name or ":" in name or name.startswith(("/", "\\", "~")) or ".." in parts:
        return ""
    return parts[-1] if is_plain(parts[-1]) and not parts[-1].startswith("-") else ""


def _named(block: Block) -> str:
    """The name that is written behind the fence, or in a comment on the first line."""
    titled = _TITLE.search(block.info)
    if titled:
        return next(part for part in titled.groups() if part)
    spelled = _SPELLED.fullmatch(block.info.strip())
    if spelled:
        return spelled[2]
    first = block.text.partition("\n")[0]
    comment = _COMMENT.fullmatch(first)
    return comment[1].strip() if comment else ""
