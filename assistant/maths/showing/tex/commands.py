"""What the commands of LaTeX do: one small function for each kind of command."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.maths.showing.boxes import Box
from assistant.maths.showing.tex import shapes, symbols
from assistant.maths.showing.tex.alphabets import ACCENTS, ALPHABETS, STRIKES
from assistant.maths.showing.tex.environments import environment, lines
from assistant.maths.showing.tex.pieces import (
    NOTHING,
    Piece,
    UnreadableError,
    atom,
    row,
    space,
)
from assistant.maths.showing.tex.symbols import Kind
from assistant.maths.showing.tex.tokens import Sort, Token

if TYPE_CHECKING:
    from assistant.maths.showing.tex.reader import Reader

Handler = Callable[["Reader", str], list[Piece]]


def command(reader: Reader, token: Token) -> list[Piece]:
    """The pieces of a command whose token is left behind."""
    name = token.text
    if name in symbols.IGNORED:
        return []
    if name in symbols.SPACES:
        return [space(symbols.SPACES[name])]
    if found := _symbol(name):
        return [found]
    if handler := HANDLERS.get(name):
        return handler(reader, name)
    return _verbatim(reader, token)


def _symbol(name: str) -> Piece | None:
    """A command that is one sign."""
    if name in symbols.LETTERS:
        return atom(symbols.LETTERS[name])
    if name in symbols.BINARIES:
        return atom(symbols.BINARIES[name], Kind.BIN)
    if name in symbols.RELATIONS:
        return atom(symbols.RELATIONS[name], Kind.REL)
    if name in symbols.BIG:
        return atom(symbols.BIG[name], Kind.OP, limits=True)
    if name in symbols.INTEGRALS:
        return atom(symbols.INTEGRALS[name], Kind.OP)
    if name in symbols.NAMES:
        return atom(symbols.SPELLED.get(name, name), Kind.OP, limits=symbols.NAMES[name])
    return None


_OPTION = re.compile(r"\[[^\[\]{}\\]{0,20}\]")


def _verbatim(reader: Reader, token: Token) -> list[Piece]:
    """A command that is not known, with the groups that follow it, as it was typed."""
    cursor = reader.cursor
    if found := _OPTION.match(cursor.source, token.end):
        cursor.beyond(found.end())
    while cursor.token.sort is Sort.OPEN:
        cursor.raw()
    text = " ".join(cursor.source[token.start : cursor.behind].split())
    return [atom(text), space(1)] if cursor.token.sort is Sort.SPACE else [atom(text)]


# words


def _text(reader: Reader, _: str) -> list[Piece]:
    return [words(reader, reader.cursor.raw())]


_ESCAPED = re.compile(r"\\([%$&_#{}])|(?P<space>\\(?:[ ,;:]|quad\b|qquad\b))|\\!|[{}]")
_MARK = re.compile(r"\\.|[{}$]", re.DOTALL)


def words(reader: Reader, raw: str) -> Piece:
    """The argument of ``\\text``: words, with formulas between dollar signs."""
    parts = _between_dollars(raw)
    if len(parts) % 2 == 0:
        return atom(_words(raw))
    out = []
    for n, part in enumerate(parts):
        if n % 2:
            inner = reader.inner(part)
            out.append(row(inner.items()[0]))
            if inner.cursor.token.sort is not Sort.END:
                raise UnreadableError
        elif part:
            out.append(atom(_words(part)))
    return replace(row(out), parts=()) if out else NOTHING


def _between_dollars(raw: str) -> list[str]:
    """Words and formulas in turn, cut at the dollar signs that are in no group."""
    parts, depth, start = [], 0, 0
    for found in _MARK.finditer(raw):
        depth += (found[0] == "{") - (found[0] == "}")
        if found[0] == "$" and depth == 0:
            parts.append(raw[start : found.start()])
            start = found.end()
    return [*parts, raw[start:]]


def _words(part: str) -> str:
    spaced = re.sub(r"\s+", " ", part.replace("~", " "))
    return _ESCAPED.sub(lambda m: " " if m["space"] else m[1] or "", spaced)


def _face(reader: Reader, _: str) -> list[Piece]:
    """``\\mathrm`` and its like: a terminal has one face."""
    return [replace(reader.argument(), parts=())]


def _alphabet(reader: Reader, name: str) -> list[Piece]:
    body = reader.argument()
    table = ALPHABETS[name]
    box = Box(tuple(line.translate(table) for line in body.box.lines), body.box.baseline)
    return [replace(body, box=box, line=body.line.translate(table), parts=())]


def _operator(reader: Reader, _: str) -> list[Piece]:
    star = reader.cursor.star()
    return [atom(words(reader, reader.cursor.raw()).line.strip(), Kind.OP, limits=star)]


# shapes


def _fraction(reader: Reader, _: str) -> list[Piece]:
    reader.optional()
    num = reader.argument()
    return [shapes.fraction(num, reader.argument())]


def _slanted(reader: Reader, _: str) -> list[Piece]:
    """``\\sfrac``: a fraction that is written on the line."""
    drawn = shapes.fraction(reader.argument(), reader.argument())
    return [replace(drawn, box=Box((drawn.line,)), tall=False, bar=False)]


def _root(reader: Reader, _: str) -> list[Piece]:
    index = reader.optional()
    return [shapes.radical(reader.argument(), index)]


def _binomial(reader: Reader, _: str) -> list[Piece]:
    upper = reader.argument()
    return [shapes.binomial(upper, reader.argument())]


def _accent(reader: Reader, name: str) -> list[Piece]:
    return [shapes.accent(name, reader.argument())]


def _struck(reader: Reader, name: str) -> list[Piece]:
    return [shapes.struck(name, reader.argument())]


def _not(reader: Reader, _: str) -> list[Piece]:
    """``\\not`` strikes the sign that follows and leaves it a relation."""
    token = reader.cursor.skip()
    if token.sort not in (Sort.CHAR, Sort.COMMAND) or token.text == "not" or reader.ended():
        raise UnreadableError
    sign = (reader.piece() or [NOTHING])[-1]
    text = unicodedata.normalize("NFC", sign.line + STRIKES["not"])
    return [replace(atom(text), kind=sign.kind, right=sign.right)]


def _framed(reader: Reader, _: str) -> list[Piece]:
    return [shapes.framed(reader.argument())]


def _braced(reader: Reader, name: str) -> list[Piece]:
    return [shapes.braced(name, reader.argument())]


def _over(reader: Reader, _: str) -> list[Piece]:
    above = reader.index()
    return [shapes.piled(reader.argument(), None, above)]


def _under(reader: Reader, _: str) -> list[Piece]:
    below = reader.index()
    return [shapes.piled(reader.argument(), below, None)]


ARROWS = {
    "xrightarrow": "→", "xleftarrow": "←", "xRightarrow": "⇒", "xLeftarrow": "⇐",
    "xlongequal": "=", "xleftrightarrow": "→", "xmapsto": "→", "xhookrightarrow": "→",
}  # fmt: skip


def _arrow(reader: Reader, name: str) -> list[Piece]:
    below = reader.optional()
    return [shapes.arrow(ARROWS[name], below, reader.index())]


def _substack(reader: Reader, _: str) -> list[Piece]:
    if reader.cursor.skip().sort is not Sort.OPEN:
        raise UnreadableError
    reader.cursor.take()
    reader.tight += 1
    out = lines(reader)
    reader.tight -= 1
    if reader.cursor.take().sort is not Sort.CLOSE:
        raise UnreadableError
    return [out]


# brackets


def _delimiter(reader: Reader) -> str:
    token = reader.cursor.skip()
    if token.sort is Sort.COMMAND and token.text in symbols.DELIMITERS:
        return symbols.DELIMITERS[reader.cursor.take().text]
    if token.sort is Sort.CHAR and (sign := {"<": "⟨", ">": "⟩"}.get(token.text, token.text)):
        reader.cursor.take()
        if sign in shapes.BRACKETS:
            return sign
        if sign == ".":
            return ""
    raise UnreadableError


def _left(reader: Reader, _: str) -> list[Piece]:
    """``\\left … \\middle … \\right``."""
    opening = _delimiter(reader)
    segments: list[Piece] = []
    middles: list[str] = []
    while True:
        segments.append(row(reader.items()[0], tight=bool(reader.tight)))
        cursor = reader.cursor
        if cursor.command("middle"):
            cursor.take()
            middles.append(_delimiter(reader))
        elif cursor.command("right"):
            cursor.take()
            return [shapes.fence(opening, segments, middles, _delimiter(reader))]
        else:
            raise UnreadableError


PAIRS = {
    "abs": ("|", "|"), "norm": ("‖", "‖"), "ket": ("|", "⟩"), "bra": ("⟨", "|"),
    "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉"), "set": ("{", "}"),
}  # fmt: skip


def _pair(reader: Reader, name: str) -> list[Piece]:
    """``\\abs`` and other brackets of common packages."""
    reader.cursor.star()
    opening, closing = PAIRS[name]
    return [shapes.fence(opening, [reader.argument()], [], closing)]


# the rest


def _skipped(reader: Reader, _: str) -> list[Piece]:
    """A command whose argument cannot be seen: a colour, a label."""
    reader.cursor.star()
    reader.optional()
    reader.cursor.raw()
    return []


def _coloured(reader: Reader, _: str) -> list[Piece]:
    reader.optional()
    reader.cursor.raw()
    return [reader.argument()]


def _gap(reader: Reader, _: str) -> list[Piece]:
    reader.cursor.star()
    reader.cursor.raw()
    return [space(2)]


def _tag(reader: Reader, _: str) -> list[Piece]:
    starred = reader.cursor.star()
    text = words(reader, reader.cursor.raw()).line
    return [space(4), atom(text if starred else f"({text})")]


def _modulo(reader: Reader, name: str) -> list[Piece]:
    body = reader.argument()
    if name == "mod":
        return [space(1), atom("mod "), body]
    word = [] if name == "pod" else [atom("mod ")]
    return [space(1), row([atom("(", Kind.OPEN), *word, body, atom(")", Kind.CLOSE)])]


def _phantom(reader: Reader, name: str) -> list[Piece]:
    body = reader.argument()
    return [] if name == "vphantom" else [shapes.phantom(body)]


def _begin(reader: Reader, _: str) -> list[Piece]:
    start = reader.cursor.behind - len("\\begin")
    found = environment(reader, reader.cursor.raw())
    if found is not None:
        return [found]
    return [atom(" ".join(reader.cursor.source[start : reader.cursor.behind].split()))]


_KINDS: tuple[tuple[Handler, Iterable[str]], ...] = (
    (
        _text,
        "text textrm textbf textit texttt textsf textnormal textup textsc mbox hbox emph".split(),
    ),
    (_face, "mathrm mathbf mathit mathsf mathtt mathnormal bm boldsymbol pmb smash".split()),
    (_alphabet, ALPHABETS),
    (_accent, ACCENTS),
    (_struck, set(STRIKES) - {"not"}),
    (_fraction, "frac dfrac tfrac cfrac".split()),
    (_slanted, "sfrac nicefrac flatfrac".split()),
    (_binomial, "binom dbinom tbinom".split()),
    (_framed, "boxed fbox framebox".split()),
    (_braced, shapes.BRACES),
    (_over, "overset stackrel".split()),
    (_arrow, ARROWS),
    (_pair, PAIRS),
    (_skipped, "color label vspace cline".split()),
    (_coloured, "textcolor colorbox".split()),
    (_gap, "hspace mspace".split()),
    (_modulo, "pmod pod mod".split()),
    (_phantom, "phantom hphantom vphantom".split()),
    (_operator, ["operatorname"]),
    (_root, ["sqrt"]),
    (_under, ["underset"]),
    (_substack, ["substack"]),
    (_left, ["left"]),
    (_not, ["not"]),
    (_tag, ["tag"]),
    (_begin, ["begin"]),
)
HANDLERS = {name: handler for handler, names in _KINDS for name in names}
