"""Mathematics in Markdown: rules for markdown-it.

A formula in a sentence becomes text, drawn on the line, and keeps its source in ``meta``.  One
that stands by itself becomes a token ``math_block``.  While it is being written a formula that
is not closed yet is shown as its source.
"""

from __future__ import annotations

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from assistant.maths.showing.tex.typeset import inline
from tui.pictures.shows import pictured
from tui.rendering.marks import Ending, Opening, ending, opening
from tui.words import harmless

BLOCK = "math_block"
_INLINE, _LAST, _UNCLOSED = "math_inline", "maths_last", "maths_unclosed"
MOST_LINES = 60
"""Lines in which a formula with blank lines in it has to end."""
_NEAR = {"$": "$", "$`": "`"}
"""Marks, each with the sign beyond which the end of its formula is never looked for."""
_TAIL = " \t.,;:!?。，；：！？"
"""What may stand after a formula on its last line and is left out."""


@dataclass(frozen=True, slots=True)
class Source:
    """A formula as it was written: with its marks, and the LaTeX between them (nothing where
    the formula is not closed)."""

    text: str
    tex: str | None
    display: bool


def maths(parser: MarkdownIt) -> None:
    """Teach a parser mathematics."""
    parser.block.ruler.before(
        "table", BLOCK, _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.inline.ruler.before("escape", _INLINE, _inline)
    parser.core.ruler.before("inline", "maths_last", _mark_last)
    parser.core.ruler.push("maths_drawn", _draw)


# a formula that stands by itself


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of a formula: the last one, and where in the text it ends there (``None``: open)."""

    opened: Opening
    last: int
    ended: Ending | None


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    found = _found(state, start, end)
    if found is None:
        return False
    if silent:
        return True
    token = state.push(BLOCK, "math", 0)
    token.map = [start, found.last + 1]
    first = state.bMarks[start] + state.tShift[start]
    last, ended = found.last, found.ended
    state.line = last + 1
    if ended is None:
        text = state.getLines(start, last + 1, state.blkIndent, False)  # noqa: FBT003
        token.meta = {"source": Source(text.strip("\n"), None, display=True)}
        return True
    tex = _unquoted(state, found.opened.inside, ended.inside, start, last)
    text = _unquoted(state, first, ended.after, start, last)
    token.meta = {"source": Source(text, tex, display=True)}
    rest = state.src[ended.after : state.eMarks[last]]
    if rest.strip(_TAIL):  # the sentence goes on: the line begins anew behind the formula
        state.bMarks[last] = ended.after
        state.tShift[last] = len(rest) - len(rest.lstrip())
        state.sCount[last] = state.blkIndent
        state.line = last
    return True


def _found(state: StateBlock, start: int, end: int) -> _Block | None:
    """The formula that begins on a line, if there is one that this rule takes."""
    first = state.bMarks[start] + state.tShift[start]
    opened = opening(state.src, first) if first < state.eMarks[start] else None
    if opened is None or not opened.display:
        return None
    patient = opened.mark != "$$"
    limit = min(end, start + MOST_LINES)
    last = start
    for line in range(start, limit):
        at = state.bMarks[line] + state.tShift[line]
        if state.isEmpty(line):
            if not patient:
                return None
            continue
        if line > start and (state.sCount[line] < state.blkIndent or _breaks(state.src, at)):
            return None
        last = line
        ended = _ended(state, opened, start, line)
        if ended is not None:
            rest = state.src[ended.after : state.eMarks[line]].strip(_TAIL)
            return None if rest and line == start else _Block(opened, line, ended)
    if limit < end or not _at_end(state, end):
        return None
    return _Block(opened, last, None)


def _breaks(text: str, at: int) -> bool:
    """Whether a line begins something that no formula has in it."""
    return text.startswith(("```", "~~~", "# ", "## ", "### ", "\\["), at)


def _ended(state: StateBlock, opened: Opening, start: int, line: int) -> Ending | None:
    """Where a formula that began on the line ``start`` ends on a line."""
    stop = state.eMarks[line]
    if opened.mark.startswith("\\begin"):
        if "\\end" not in state.src[state.bMarks[line] : stop]:
            return None
        return ending(state.src[:stop], opened)
    at = opened.inside if line == start else state.bMarks[line]
    return ending(state.src[:stop], opened, at)


def _at_end(state: StateBlock, end: int) -> bool:
    """Whether nothing follows, so that the rest may still be to come."""
    return not state.src[state.bMarks[end] :].strip() if end < len(state.bMarks) else True


def _unquoted(state: StateBlock, begin: int, end: int, first: int, last: int) -> str:
    """A part of the source without the indents of lists and the marks of quotations."""
    if first == last:
        return state.src[begin:end]
    lines = [state.src[begin : state.eMarks[first]]]
    for line in range(first + 1, last + 1):
        stop = state.eMarks[line] if line < last else end
        lines.append(state.src[min(state.bMarks[line] + state.tShift[line], stop) : stop])
    return "\n".join(lines)


# a formula in a sentence


def _mark_last(state: StateCore) -> None:
    """Remember the sentence with which the text ends: a formula may still be open there."""
    last = next((t for t in reversed(state.tokens) if not t.type.endswith("_close")), None)
    state.env[_LAST] = last.content if last is not None and last.type == "inline" else None


def _inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    sign = state.src[state.pos]
    if sign not in "$\\":
        return False
    opened = opening(state.src, state.pos)
    if opened is None:
        return False
    ended = _closing(state, opened)
    if ended is None:
        return _unclosed(state, opened, silent=silent)
    tex = state.src[opened.inside : ended.inside]
    if not tex.strip():
        if not silent:
            state.append_pending(state.src[state.pos : ended.after])
        state.pos = ended.after
        return True
    if not silent:
        token = state.push(_INLINE, "math", 0)
        text = state.src[state.pos : ended.after]
        token.meta = {"source": Source(text, tex, opened.display)}
    state.pos = ended.after
    return True


def _closing(state: StateInline, opened: Opening) -> Ending | None:
    """The end of a formula; a mark that was looked for in vain is not looked for again."""
    if opened.mark in _NEAR:
        return ending(state.src, opened)
    vain = state.env.setdefault(_UNCLOSED, {})
    if vain.get(opened.mark) == state.src:
        return None
    found = ending(state.src[: state.posMax], opened)
    if found is None and opened.mark != "\\boxed{":
        vain[opened.mark] = state.src
    return found


def _unclosed(state: StateInline, opened: Opening, *, silent: bool) -> bool:
    """The rest of the last sentence as it is written, where a formula may be open."""
    command = state.src[opened.inside : opened.inside + 1] == "\\"
    near = _NEAR.get(opened.mark)
    if state.src != state.env.get(_LAST) or (near is not None and not command):
        return False
    if state.posMax != len(state.src):
        return False
    if near is not None and near in state.src[opened.inside :]:
        return False
    if not silent:
        token = state.push(_INLINE, "math", 0)
        token.meta = {"source": Source(state.src[state.pos :], None, display=False)}
    state.pos = state.posMax
    return True


# what is drawn


def _draw(state: StateCore) -> None:
    """Formulas of sentences become text; a display within a paragraph parts it."""
    out: list[Token] = []
    begun: Token | None = None
    parted = False
    for token in state.tokens:
        if token.type == "paragraph_close" and parted:
            parted = False
            continue
        out.append(token)
        if token.type.endswith("_open"):
            begun = token
        if token.type != "inline" or not token.children:
            continue
        if "&" in token.content:
            _disarm(token.children)
        parts = [token]
        if begun is not None and begun.type == "paragraph_open":
            parts = _parts(token)
            parted = parts[0] is not token
            if parted:
                out[-2:] = _paragraphs(begun, parts)
        for part in parts:
            for child in part.children or ():
                if child.type == _INLINE:
                    child.type, child.content = "text", drawn(child.meta["source"])
    state.tokens = out


def drawn(source: Source) -> str:
    """A formula on the line."""
    return inline(source.tex) if source.tex is not None else " ".join(source.text.split())


def _disarm(children: list[Token]) -> None:
    """Characters that were written as entities (``&#x202e;``) have not been made harmless."""
    for child in children:
        child.content = harmless(child.content)
        _disarm(child.children or [])


def _parts(token: Token) -> list[Token]:
    """A sentence cut at the displays in it: sentence, display, sentence …  Where formulas are
    pictures, one that is all of a sentence is a display too."""
    parts = [_sentence(token)]
    displayed = pictured() and _is_formula(token)
    for child in token.children or ():
        source = child.meta.get("source") if child.type == _INLINE else None
        shown = source is not None and (source.display or displayed)
        if source is not None and shown and child.level == 0 and source.tex is not None:
            display = Token(BLOCK, "math", 0, map=token.map, block=True, meta={"source": source})
            parts += [display, _sentence(token)]
        else:
            assert parts[-1].children is not None
            parts[-1].children.append(child)
    if len(parts) == 1:
        return [token]
    for part in parts:
        if part.type == "inline":
            part.children = _trimmed(part.children or [])
    return parts


def _is_formula(token: Token) -> bool:
    """Is it one formula, and at most the end of a sentence?"""
    children = token.children or []
    formulas = [child for child in children if child.type == _INLINE]
    return len(formulas) == 1 and not any(child.content.strip(_TAIL) for child in children)


def _sentence(token: Token) -> Token:
    return Token(
        "inline", "", 0, map=token.map, level=token.level, content=token.content, children=[]
    )


def _trimmed(children: list[Token]) -> list[Token]:
    """A part of a sentence without blanks at its ends; nothing if only a full stop is left."""
    while children and children[0].type in ("softbreak", "hardbreak"):
        children.pop(0)
    while children and children[-1].type in ("softbreak", "hardbreak"):
        children.pop()
    if children and children[0].type == "text":
        children[0].content = children[0].content.lstrip()
    if children and children[-1].type == "text":
        children[-1].content = children[-1].content.rstrip()
    if all(child.type == "text" and not child.content.strip(_TAIL) for child in children):
        return []
    return children


def _paragraphs(begun: Token, parts: list[Token]) -> list[Token]:
    """Paragraphs for the parts of a sentence, and the displays between them."""
    made: list[Token] = []
    for part in parts:
        if part.type == BLOCK:
            part.level = begun.level
            made.append(part)
        elif part.children:
            ended = Token("paragraph_close", "p", -1, level=begun.level, block=True)
            made += [begun.copy(), part, ended]
    return made
