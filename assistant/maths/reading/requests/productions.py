"""The grammar of requests: phrases for values and phrases for orders.

A *noun* denotes a value (``the remainder when <a> is divided by <b>``); it can be asked
for and it can stand inside another request.  An *order* is a whole sentence
(``sort <items> in decreasing order``).  English and Chinese phrases of one meaning share
their builder.  Modules named ``requests_*`` hold the productions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.maths import topics
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.phrases import Phrase, Span
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import (
    Call,
    Comparison,
    Expr,
    Junction,
    Relation,
    Symbol,
    symbols,
)
from assistant.maths.types import Request

ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slots:
    """What the places of a phrase took, ready to be read."""

    scan: Scan
    taken: dict[str, Span]

    def span(self, place: str) -> Span:
        """The text that a place took."""
        return self.taken[place]

    def text(self, place: str) -> str:
        """Its characters in small letters."""
        return self.taken[place].text.lower()

    def expr(self, place: str) -> Expr:
        """An expression, or a value described in words."""
        return value(self.scan, self.taken[place])

    def function(self, place: str) -> Expr:
        """The right side of ``y = …`` or ``f(x) = …``, or an expression."""
        span = self.taken[place]
        whole = self.scan.formula(span)
        match whole:
            case Relation(Comparison.EQ, Symbol() | Call(), body):
                return body
            case Relation() | Junction():
                raise self.scan.error(
                    span, "a function y = … is expected here", "此处应为函数 y = …"
                )
        return whole

    def exprs(self, place: str) -> tuple[Expr, ...]:
        """The values of a list."""
        return tuple(value(self.scan, part) for part in self.scan.items(self.taken[place]))

    def name(self, place: str) -> str:
        """One variable."""
        return self.scan.name(self.taken[place])

    def count(self, place: str) -> int:
        """A whole number in digits or words."""
        return self.scan.count(self.taken[place])

    def statements(self, place: str) -> tuple[Expr, ...]:
        """Equations and inequalities."""
        return self.scan.statements(self.taken[place])

    def variable(self, *exprs: Expr) -> str:
        """The unknown where nobody has named it."""
        span = next(iter(self.taken.values()), self.scan.whole())
        return self.scan.variable(*exprs, span=span)

    def variable_of(self, topic: str, body: Expr) -> str:
        """The variable of a function; one of its letters where it is asked how large or small
        it becomes, and what is given ties them."""
        names = symbols(body)
        tied = len(names) > 1 and {*names} <= self.scan.unknowns
        if tied and topic in (topics.MAXIMUM, topics.MINIMUM):
            return names[0]
        return self.variable(body)


Meaning = Request | Expr
Builder = Callable[[Slots], Meaning]


@dataclass(frozen=True, slots=True)
class Production:
    """A phrase and what it means."""

    phrase: Phrase
    build: Builder


NOUNS: list[Production] = []
ORDERS: list[Production] = []


def noun(*patterns: str) -> Callable[[Builder], Builder]:
    """Register phrases for a value."""
    return _registrar(NOUNS, patterns)


def order(*patterns: str) -> Callable[[Builder], Builder]:
    """Register phrases for a whole sentence."""
    return _registrar(ORDERS, patterns)


def _registrar(table: list[Production], patterns: tuple[str, ...]) -> Callable[[Builder], Builder]:
    def register(build: Builder) -> Builder:
        table.extend(Production(Phrase(p), build) for p in patterns)
        return build

    return register


def read_with(table: list[Production], scan: Scan, span: Span) -> Meaning:
    """The meaning of a span by the first production that fits and whose places can be read.

    Raises the ``ReadingError`` that came furthest, or one at the start of the span.
    """
    furthest: ReadingError | None = None
    scan.hurry()
    for production in table:
        for taken in production.phrase.matches(span):
            scan.spend()
            before = len(scan.definitions), len(scan.notes)
            scan.depth += 1
            try:
                return production.build(Slots(scan, taken))
            except ReadingError as wrong:
                del scan.definitions[before[0] :], scan.notes[before[1] :]
                if furthest is None or wrong.at > furthest.at:
                    furthest = wrong
            finally:
                scan.depth -= 1
    raise furthest or scan.error(span, "this is not understood", "这里无法理解")


def noun_phrase(scan: Scan, span: Span) -> Meaning:
    """What a noun phrase denotes.  Raises ``ReadingError``."""
    bare = without_article(span)
    try:
        return read_with(NOUNS, scan, bare)
    except ReadingError:  # "a rounded to 2 decimals" begins with a name and no article
        if bare == span:
            raise
        return read_with(NOUNS, scan, span)


def value(scan: Scan, span: Span) -> Expr:
    """The formula of a span, or a name for the value that its words describe.

    Raises ``ReadingError``.
    """
    try:
        return scan.number(span)
    except ReadingError as wrong:
        try:
            meaning = noun_phrase(scan, span)
        except ReadingError as other:
            raise max((wrong, other), key=lambda e: e.at) from other
    return scan.fresh(meaning) if isinstance(meaning, Request) else meaning


def without_article(span: Span) -> Span:
    """The span behind its article."""
    found = ARTICLE.match(span.source, span.start, span.end)
    return span.cut(found.end(), span.end) if found else span
