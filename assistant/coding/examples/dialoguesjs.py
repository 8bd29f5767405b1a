"""Examples of several steps in JavaScript: lines that make something, use it, and say what each use
gives."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.coding.blocks import blocks_of
from assistant.coding.examples import doubts
from assistant.coding.examples.dialogues import (
    FAILS,
    LONGEST,
    MOST_STEPS,
    ON_LINES,
    POINTS,
    RAISED,
    RETURNS,
    numbered,
    wanted_by,
)
from assistant.coding.examples.foreign import pythonic
from assistant.coding.examples.pairs import COMMENTED
from assistant.coding.examples.scanning import is_value
from assistant.coding.grammars import tree_of
from assistant.coding.sandbox.types import Language

if TYPE_CHECKING:
    from tree_sitter import Node

MADE = ("lexical_declaration", "variable_declaration")
_READ = frozenset({"member_expression", "identifier", "subscript_expression", "binary_expression"})
"""What is there for nothing but its value."""
_ASKING = re.compile(r"\b(?:is|has|can)[A-Z]\w*\([^()]*\)\Z")
_ARROW = re.compile(r"#\s*(?:=>|->|→|⇒)")
_PARAGRAPH = re.compile(r"^(?:const|let|var)\s[^\n]*\n(?:[^\n]*\S[^\n]*(?:\n|\Z))*", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_BOUND = re.compile(r"\b(?:const|let|var|class|function)\s([^=;(]{1,500})")
"""What the lines make themselves, or load from a file, and is not the code's."""
_INFO = re.compile(r"(?:js|javascript|node\w*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """A statement.  ``asked`` is the part whose value is ``wanted`` (as a literal of Python; empty
    for none); ``raises``: an exception of that name.  ``mute``: it may be there for what it
    changes.  ``find`` is a function or class of the code that the lines speak of."""

    source: str
    asked: str = ""
    wanted: str = ""
    raises: bool = False
    mute: bool = False
    find: str = ""


Told = tuple[tuple[Step, ...], int, int]
"""The steps, and where they stand."""


def sessions_in(question: str, names: Collection[str]) -> Iterator[Told]:
    """All that speak of one of these names, and that nothing around them takes back."""
    trusted = ON_LINES.search(question) is None
    for source, start, end in _sources(question):
        own = {name for bound in _BOUND.findall(source) for name in _NAME.findall(bound)}
        find = next((n for n in _NAME.findall(source) if n in names and n not in own), "")
        steps = _steps(source, trusted=trusted) if find else ()
        plain = doubts.introduced(question, start, end)
        if steps and plain and not doubts.shown_as_it_is(question, start):
            yield tuple(replace(step, find=find) for step in steps), start, end


def without(question: str, found: Iterable[Told]) -> str:
    """The question with blanks in their place."""
    for _, start, end in found:
        bare = re.sub(r"[^\n`~]", " ", question[start:end])
        question = question[:start] + bare + question[end:]
    return question


def _sources(text: str) -> Iterator[tuple[str, int, int]]:
    at = 0
    for block in (*blocks_of(text), None):
        between = text[at : block.start if block else len(text)]
        for found in _PARAGRAPH.finditer(between):
            yield found[0], at + found.start(), at + found.end()
        if block is not None:
            at = block.end
            if _INFO.fullmatch(block.info.strip()):
                yield block.text, block.start, block.end


def _steps(text: str, *, trusted: bool) -> tuple[Step, ...]:
    """The lines of a block; nothing where one of them is of another kind, or none tells anything
    that a single call does not."""
    root = tree_of(text, Language.JAVASCRIPT) if len(text) < LONGEST else None
    if root is None or root.has_error or len(root.children) > MOST_STEPS:
        return ()
    nodes = [node for node in root.children if node.type != "comment"]
    told, ends = _comments(root), [_last(node).end_point[0] for node in nodes]
    comments = [told.get(end, "") for end in ends]
    alone = {line: text for line, text in told.items() if line not in ends and _ARROW.match(text)}
    under = ["" if told.get(end) else alone.get(end + 1, "") for end in ends]
    trusted = trusted and not numbered(comments)
    steps = []
    for node, behind, beneath in zip(nodes, comments, under, strict=True):
        step = _step(node, behind or beneath, trusted=trusted)
        if step is None:
            return ()
        steps.append(step)
    made = any(node.type in MADE for node in nodes) or any(under)
    return tuple(steps) if made and any(step.wanted for step in steps) else ()


def _comments(root: Node) -> dict[int, str]:
    """The comments by their lines, as Python would write them and their values."""
    inner = (part for node in root.children for part in node.children)
    nodes = (node for node in (*root.children, *inner) if node.type == "comment")
    texts = {node.start_point[0]: _text(node) for node in nodes}
    return {
        line: pythonic(f"# {text[2:].strip()}", Language.JAVASCRIPT)
        for line, text in texts.items()
        if text.startswith("//")
    }


def _last(node: Node) -> Node:
    """The last part of a statement: without a semicolon, the comment behind it is in it too."""
    parts = [part for part in node.children if part.type != "comment"]
    return parts[-1] if parts else node


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")


def _step(node: Node, comment: str, *, trusted: bool) -> Step | None:
    bare = (node.text or b"")[: _last(node).end_byte - node.start_byte]
    source = bare.decode("utf-8", "replace").rstrip(";") + ";"
    if node.type in MADE and not FAILS.search(comment):
        return Step(source)
    if node.type != "expression_statement":
        return None
    asked = node.children[0]
    printed = _printed(asked)
    text = _text(printed or asked)
    if raised := RAISED.fullmatch(comment):
        return Step(source, text, raised["kind"], raises=True)
    if FAILS.search(comment) or COMMENTED.search(comment):
        return None
    wanted, returned = wanted_by(comment), RETURNS.match(comment) is not None
    claimed = _claimed(asked) if not comment else None
    if claimed is not None:
        return Step(f"{claimed[0]};", *claimed)
    reads = printed is not None or asked.type in _READ or _ASKING.search(text) is not None
    told = wanted if returned or (trusted and reads) else ""
    return Step(
        source, text if told else "", told, mute=POINTS.match(comment) is not None and not reads
    )


def _printed(asked: Node) -> Node | None:
    """The one thing that is handed to ``console.log``."""
    if asked.type != "call_expression":
        return None
    function, given = asked.child_by_field_name("function"), asked.child_by_field_name("arguments")
    if function is None or given is None or _text(function) != "console.log":
        return None
    return given.named_children[0] if given.named_child_count == 1 else None


def _claimed(asked: Node) -> tuple[str, str] | None:
    """What ``m(2) === 4`` says of its left side."""
    if asked.type != "binary_expression":
        return None
    left, sign, right = asked.children[:3]
    value = pythonic(_text(right), Language.JAVASCRIPT)
    return (_text(left), value) if sign.type in ("==", "===") and is_value(value) else None
