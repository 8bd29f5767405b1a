"""Calls and literals found in running text; nothing is evaluated."""

from __future__ import annotations

import ast
import builtins
import re
import string
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

LONGEST = 2_000
"""Characters of a call or a literal in a question."""
MOST_TRIED = 2_000
"""Places of a question that are looked at for a call, or for another kind of example."""
CALL = re.compile(r"(?<![A-Za-z0-9_.])([A-Za-z_][A-Za-z0-9_]{0,60})[ ]?\(")
"""In Chinese a word stands right before the name."""
_WORD_CALLED = re.compile(r"(?<!\w)\w+(?=([ ]?)\()")
_ASCII = f"{string.ascii_letters}{string.digits}_"
LONGEST_NAME = 61
NUMBER = re.compile(r"[-+]?(?:\d[\d_]{0,400}(?:\.\d{0,100})?|\.\d{1,100})(?:[eE][-+]?\d{1,3})?")
WORD = re.compile(r"(?:True|False|None)\b")
_THOUSANDS = re.compile(r"\d,0\d\d(?!\d)")
"""``1,000`` is one number to who writes it, and two to Python."""
PREFIX = re.compile(r"[rRbB]{0,2}(?=['\"])")
PAIRS = {"(": ")", "[": "]", "{": "}"}
MAKERS = frozenset(
    "range set frozenset list tuple dict float int str bytes bytearray complex bool".split()
)
"""Builtins that an argument may be made with."""
_MADE = re.compile(rf"[-+]?(?:{'|'.join(sorted(MAKERS))})\(")
_UNBOUNDED = frozenset({"nan", "inf", "-inf"})


@dataclass(frozen=True, slots=True)
class Found:
    """Something that stands at ``start:end`` of a text."""

    text: str
    start: int
    end: int


def balanced(text: str, start: int) -> int | None:
    """Where the bracket that opens at ``start`` has been closed; strings are passed over."""
    waiting: list[str] = []
    at = start
    while at < min(len(text), start + LONGEST):
        sign = text[at]
        if sign in "'\"":
            end = string_end(text, at)
            if end is None:
                return None
            at = end
            continue
        if sign in PAIRS:
            waiting.append(PAIRS[sign])
        elif sign in ")]}":
            if not waiting or waiting.pop() != sign:
                return None
            if not waiting:
                return at + 1
        at += 1
    return None


def string_end(text: str, start: int) -> int | None:
    """Behind the closing quotation mark of a string on one line."""
    quote = text[start]
    at = start + 1
    while at < min(len(text), start + LONGEST) and text[at] != "\n":
        if text[at] == "\\":
            at += 2
            continue
        if text[at] == quote:
            return at + 1
        at += 1
    return None


def literal_at(text: str, start: int) -> Found | None:
    """The literal that begins at ``start`` exactly; it must read as a value of Python."""
    if start >= len(text):
        return None
    end: int | None
    prefix = PREFIX.match(text, start)
    made = _MADE.match(text, start)
    if text[start] in PAIRS:
        end = balanced(text, start)
    elif made is not None:
        end = balanced(text, made.end() - 1)
    elif prefix is not None:
        end = string_end(text, prefix.end())
    else:
        found = WORD.match(text, start) or NUMBER.match(text, start)
        end = found.end() if found else None
        if found and found[0].endswith("."):  # it ends the sentence
            end = found.end() - 1
    if end is None or end == start:
        return None
    word = text[start:end]
    return Found(word, start, end) if is_value(word) else None


def value_of(literal: str | ast.expr) -> object:
    """The value of a literal, ``float("nan")`` and ``float("inf")`` among them.

    Raises what ``ast.literal_eval`` does.
    """
    text = literal.strip() if isinstance(literal, str) else ast.unparse(literal)
    return ast.literal_eval(_Bounded().visit(ast.parse(text, mode="eval")))


class _Bounded(ast.NodeTransformer):
    """Puts the numbers that no literal is written for in the place of how they are made."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        match node:
            case ast.Call(func=ast.Name(id="float"), args=[ast.Constant(value=word)], keywords=[]):
                if isinstance(word, str) and word in _UNBOUNDED:
                    return ast.Constant(float(word))
        return node


def is_value(text: str) -> bool:
    """Is it an expression of literals, with at most the makers of builtin values in it?"""
    tree = expression(text)
    return tree is not None and _plain(tree)


def expression(text: str) -> ast.expr | None:
    """One expression of Python; ``None`` where the text is none, or more."""
    if len(text) > LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def calls(text: str, own: Collection[str] = ()) -> Iterator[Found]:
    """Calls of functions that are not builtin, whose arguments are values or such calls.

    ``own`` are names of the code's, builtin in Python or not; only of them is it known where a
    name of other letters begins.
    """
    taken = 0
    for name, start, bracket in islice(_named_calls(text, own), MOST_TRIED):
        if start < taken or (name not in own and hasattr(builtins, name)):
            continue
        if re.search(r"\b(?:def|class)\s+\Z", text[max(start - 10, 0) : start]):
            continue
        end = balanced(text, bracket)
        if end is None:
            continue
        end = _curried(text, end)
        word = text[start:end]
        tree = expression(word)
        if isinstance(tree, ast.Call) and _asked(tree) and not _THOUSANDS.search(word):
            taken = end
            yield Found(word, start, end)


def _curried(text: str, end: int) -> int:
    """Behind the calls of what a call gives (``add(1)(2)``)."""
    while text.startswith("(", end):
        more = balanced(text, end)
        call = expression(f"f{text[end:more]}") if more is not None else None
        if more is None or not isinstance(call, ast.Call) or not _asked(call):
            break
        end = more
    return end


def _named_calls(text: str, own: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Names before a bracket, each with the places of both."""
    others = {name for name in own if not name.isascii()}
    for found in (_WORD_CALLED if others else CALL).finditer(text):
        if not others:
            yield found[1], found.start(), found.end() - 1
            continue
        word, at = found[0], found.start()
        ends = (word[n:] for n in range(max(len(word) - LONGEST_NAME, 0), len(word)))
        name = next((end for end in ends if end in others), None)
        if name is not None:
            yield name, found.end() - len(name), found.end() + len(found[1])
        elif (plain := CALL.match(text, at + len(word.rstrip(_ASCII)))) is not None:
            yield plain[1], plain.start(), plain.end() - 1


def unread(text: str) -> bool:
    """Are there more places for calls in a text than are looked at?"""
    return next(islice(CALL.finditer(text), MOST_TRIED, None), None) is not None


def _asked(call: ast.Call) -> bool:
    """Are all its arguments values, or calls of the same function?"""
    if isinstance(call.func, ast.Call):
        return _asked(call.func) and all(map(_plain, call.args)) and not call.keywords
    assert isinstance(call.func, ast.Name)
    parts = [*call.args, *(keyword.value for keyword in call.keywords)]
    if any(keyword.arg is None for keyword in call.keywords):
        return False
    return all(
        _plain(part)
        or (
            isinstance(part, ast.Call)
            and isinstance(part.func, ast.Name)
            and part.func.id == call.func.id
            and _asked(part)
        )
        for part in parts
    )


def _plain(tree: ast.expr) -> bool:
    allowed = (
        ast.Constant, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Load, ast.UnaryOp, ast.USub,
        ast.UAdd, ast.Call, ast.Name, ast.keyword,
    )  # fmt: skip
    makers = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if not isinstance(node, allowed):
            return False
        if isinstance(node, ast.Name) and not (node in makers and node.id in MAKERS):
            return False
        if isinstance(node, ast.Constant) and node.value is Ellipsis:
            return False
    return True
