"""LaTeX read into a drawn formula: recursive descent over the tokens.

Nothing is looked up twice and no token is read twice, so the time is linear in the source; the
depth is bounded.  What is not LaTeX raises ``UnreadableError`` and nothing else; a command that
is not known stays as it was typed, with its arguments.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.maths.showing.tex import shapes, symbols
from assistant.maths.showing.tex.commands import command
from assistant.maths.showing.tex.environments import lines
from assistant.maths.showing.tex.pieces import (
    NOTHING,
    Bond,
    Piece,
    UnreadableError,
    atom,
    row,
    scripts,
    space,
)
from assistant.maths.showing.tex.symbols import Kind
from assistant.maths.showing.tex.tokens import Sort, Token, tokens

DEEPEST = 40
"""Groups within groups that are drawn; a deeper formula is shown as its source."""

ENDS = {Sort.CLOSE, Sort.CELL, Sort.LINE, Sort.END}
END_COMMANDS = {"right", "end", "middle", "over", "choose", "atop", "brace", "brack"}
LIMITS = {"limits", "nolimits", "displaylimits"}
MARKS = "'’′"
PRIMES = {1: "′", 2: "″", 3: "‴", 4: "⁗"}


class Cursor:
    """The tokens of a formula and the place that is read next."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._tokens = tokens(source)
        self._at = 0

    @property
    def token(self) -> Token:
        """The next token."""
        return self._tokens[self._at]

    def take(self) -> Token:
        """The next token, which is left behind (the end never is)."""
        token = self._tokens[self._at]
        self._at += token.sort is not Sort.END
        return token

    def skip(self) -> Token:
        """The next token after spaces, still to be read."""
        while self.token.sort is Sort.SPACE:
            self._at += 1
        return self.token

    @property
    def behind(self) -> int:
        """The place in the source up to which it is read."""
        return self._tokens[self._at - 1].end if self._at else 0

    def script(self) -> Token:
        """The next token; spaces and ``\\limits`` before an index are left behind."""
        at = self._at
        while self._tokens[at].sort is Sort.SPACE or self._tokens[at].text in LIMITS:
            at += 1
        found = self._tokens[at]
        if found.sort in (Sort.SUP, Sort.SUB) or (found.sort is Sort.CHAR and found.text in MARKS):
            self._at = at
        return self.token

    def command(self, *names: str) -> bool:
        """Whether the next token is one of these commands."""
        return self.token.sort is Sort.COMMAND and self.token.text in names

    def char(self, text: str) -> bool:
        """Whether the next token is this character."""
        return self.token.sort is Sort.CHAR and self.token.text == text

    def star(self) -> bool:
        """Whether a star follows, which is then left behind."""
        found = self.char("*")
        self._at += found
        return found

    def digit(self) -> str:
        """The first digit of a number, the rest of which stays (``\\frac12``)."""
        token = self.token
        if len(token.text) == 1:
            return self.take().text
        self._tokens[self._at] = replace(token, text=token.text[1:], start=token.start + 1)
        return token.text[0]

    def beyond(self, place: int) -> None:
        """Leave behind the tokens that begin before a place of the source."""
        while self.token.start < place and self.token.sort is not Sort.END:
            self._at += 1

    def raw(self) -> str:
        """The source of the group that follows, without its braces."""
        if self.skip().sort is not Sort.OPEN:
            raise UnreadableError
        start, depth = self.take().end, 1
        while depth:
            token = self.take()
            depth += (token.sort is Sort.OPEN) - (token.sort is Sort.CLOSE)
            if token.sort is Sort.END:
                raise UnreadableError
        return self.source[start : token.start]


class Reader:
    """Reads a formula; one method for each kind of thing that LaTeX has."""

    def __init__(self, source: str) -> None:
        self.cursor = Cursor(source)
        self.depth = 0
        self.tight = 0

    def document(self) -> Piece:
        """The whole formula; raises ``UnreadableError`` if something is left over."""
        out = lines(self)
        if self.cursor.token.sort is not Sort.END:
            raise UnreadableError
        return out

    def inner(self, source: str) -> Reader:
        """A reader of a formula within this one."""
        out = Reader(source)
        out.depth, out.tight = self.depth + 1, self.tight
        return out

    def items(self, closers: str = "") -> tuple[list[Piece], bool]:
        """The pieces up to what ends them, and whether a bracket of ``closers`` did.

        The bracket is left behind; anything else that ends them is not.
        """
        self.depth += 1
        if self.depth > DEEPEST:
            raise UnreadableError
        out: list[Piece] = []
        closed = False
        while not self.ended():
            sign = self.bracket(symbols.CLOSERS)
            if sign and sign in closers:
                closed = True
                out.append(atom(sign, Kind.CLOSE))
                break
            out += self.scripted(sign)
        self.depth -= 1
        return _bars(out), closed

    def ended(self) -> bool:
        """Whether the next token ends a group."""
        return self.cursor.token.sort in ENDS or self.cursor.command(*END_COMMANDS)

    def bracket(self, names: set[str]) -> str:
        """A bracket with a name of these, or as a character; it is left behind."""
        token = self.cursor.token
        if token.sort is Sort.COMMAND and token.text in symbols.SIZES:
            self.cursor.take()
            token = self.cursor.skip()
        if token.sort is Sort.COMMAND and token.text in names:
            return symbols.DELIMITERS[self.cursor.take().text]
        chars = symbols.CLOSING if names is symbols.CLOSERS else symbols.OPENING
        if token.sort is Sort.CHAR and token.text in chars:
            return self.cursor.take().text
        return ""

    def group(self) -> Piece:
        """The rest of a group; ``\\over`` and its like make one piece of it."""
        left = row(self.items()[0], tight=bool(self.tight))
        cursor = self.cursor
        if not cursor.command("over", "choose", "atop", "brace", "brack"):
            return left
        name = cursor.take().text
        right = row(self.items()[0], tight=bool(self.tight))
        if name == "over":
            return shapes.fraction(left, right)
        ends = {"choose": "()", "brace": "{}", "brack": "[]"}.get(name, "")
        return shapes.binomial(left, right, ends[:1], ends[1:])

    def braced(self) -> Piece:
        """A group in braces, the opening one of which is next."""
        self.cursor.take()
        inner = self.group()
        if self.cursor.take().sort is not Sort.CLOSE:
            raise UnreadableError
        return inner

    def argument(self) -> Piece:
        """What a command takes: a group, a digit, a letter or another command."""
        token = self.cursor.skip()
        match token.sort:
            case Sort.OPEN:
                return self.braced()
            case Sort.NUMBER:
                return atom(self.cursor.digit())
            case Sort.CHAR | Sort.COMMAND if not self.ended():
                self.depth += 1
                if self.depth > DEEPEST:
                    raise UnreadableError
                pieces = self.piece(self.bracket(symbols.CLOSERS))
                self.depth -= 1
                return row(pieces, tight=bool(self.tight))
        raise UnreadableError

    def index(self) -> Piece:
        """An argument in small print, where signs stand close."""
        self.tight += 1
        out = self.argument()
        self.tight -= 1
        return out

    def optional(self) -> Piece | None:
        """``[…]`` before an argument."""
        self.cursor.skip()
        if not self.cursor.char("["):
            return None
        self.cursor.take()
        self.tight += 1
        pieces, closed = self.items("]")
        self.tight -= 1
        if not closed:
            raise UnreadableError
        return row(pieces[:-1], tight=True)

    def scripted(self, sign: str = "") -> list[Piece]:
        """The next piece with its index and exponent; an open bracket gives several."""
        if not sign and self.cursor.token.sort in (Sort.SUP, Sort.SUB):
            pieces = [NOTHING]
        else:
            pieces = self.piece(sign)
        if not pieces or pieces[-1].kind is Kind.SPACE:
            return pieces
        base = pieces[-1]
        sub = sup = None
        primes = 0
        while True:
            token = self.cursor.script()
            if token.sort is Sort.SUB and sub is None:
                self.cursor.take()
                sub = self.index()
            elif token.sort is Sort.SUP and sup is None:
                self.cursor.take()
                sup = self.index()
            elif token.sort is Sort.CHAR and token.text in MARKS:
                self.cursor.take()
                primes += 1
            elif token.sort in (Sort.SUB, Sort.SUP):
                raise UnreadableError  # a double index
            else:
                break
        if primes:
            mark = PRIMES.get(primes, "′" * primes)
            sup = atom(mark) if sup is None else row([atom(mark), sup], tight=True)
        return [*pieces[:-1], _attached(base, sub, sup)]

    def piece(self, sign: str = "") -> list[Piece]:
        """The next piece without what is attached to it (``sign``: a bracket left behind)."""
        if sign:
            return [atom(sign, Kind.CLOSE)]
        if opening := self.bracket(symbols.OPENERS):
            return self.plain_fence(opening)
        token = self.cursor.token
        match token.sort:
            case Sort.OPEN:
                return [self.braced()]
            case Sort.NUMBER:
                return [atom(self.cursor.take().text)]
            case Sort.SPACE:
                self.cursor.take()
                return []
            case Sort.CHAR:
                return [_char(self.cursor.take().text)]
            case Sort.COMMAND:
                return command(self, self.cursor.take())
        raise UnreadableError

    def plain_fence(self, opening: str) -> list[Piece]:
        """Brackets without ``\\left``: they grow with what is tall, if they close."""
        pieces, closed = self.items(symbols.CLOSING)
        if not closed:
            return [atom(opening, Kind.OPEN), *pieces]
        inner = row(pieces[:-1], tight=bool(self.tight))
        if inner.tall:
            return [shapes.fence(opening, [inner], [], pieces[-1].line)]
        joined = row([atom(opening, Kind.OPEN), inner, pieces[-1]], tight=bool(self.tight))
        return [replace(joined, kind=Kind.OPEN, right=Kind.CLOSE, bond=Bond.ATOM, parts=())]


def _char(char: str) -> Piece:
    """A character that stands for itself."""
    if char == "~":
        return space(1)
    return atom("′" if char in MARKS else char, symbols.CHARS.get(char, Kind.ORD))


_INTEGRALS = set(symbols.INTEGRALS.values())


def _attached(base: Piece, sub: Piece | None, sup: Piece | None) -> Piece:
    """A base with its index and exponent, each where it belongs; an empty one is none."""
    sub = sub if sub is not None and sub.line else None
    sup = sup if sup is not None and sup.line else None
    if sub is None and sup is None:
        return base
    if base.limits:
        return shapes.big(base, sub, sup)
    if base.kind is Kind.OP and base.line in _INTEGRALS:
        return shapes.integral(base, sub, sup)
    return scripts(base, sub, sup)


def _bars(pieces: list[Piece]) -> list[Piece]:
    """A row in which ``|…|`` grows with something tall, as ``\\left|…\\right|`` does."""
    bars = [n for n, piece in enumerate(pieces) if piece.line == "|"]
    if not bars or len(bars) % 2 or not any(piece.tall for piece in pieces):
        return pieces
    out, done = [], 0
    for first, last in zip(bars[::2], bars[1::2], strict=True):
        inside = pieces[first + 1 : last]
        out += pieces[done:first]
        done = last + 1
        if any(piece.tall for piece in inside):
            out.append(shapes.fence("|", [row(inside)], [], "|"))
        else:
            out += pieces[first:done]
    return [*out, *pieces[done:]]
