"""What is known while one input is read: its names, its functions, what was defined.

The formula reader understands formulas only; this is the border between words and
formulas.  A piece of text counts as a formula only if it has no English word in it, so
that ``solve`` is never read as ``s*o*l*v*e``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from assistant.maths.reading import numerals
from assistant.maths.reading.floors import with_floors
from assistant.maths.reading.formulas.doubtful import refuse_congruence, refuse_percent_sums
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import FUNCTIONS, GREEK, WORDS, ReadingError
from assistant.maths.reading.patterns import Clock
from assistant.maths.reading.phrases import Span
from assistant.maths.terms import (
    Bracket,
    Call,
    Collection,
    Comparison,
    Connective,
    Constant,
    ConstantName,
    Expr,
    Junction,
    Relation,
    Symbol,
    Truth,
    rational,
    symbols,
    transform,
)
from assistant.maths.types import Definition, Request, Text

SHORT_WORDS = frozenset(
    """is of in to at as by if be an on it we do so no us up me my the and for how let all are its
    he who why she may man age way yes use see say old new
    has was per put sum you can one two six ten get has had not but any out off own day""".split()
)
"""English words of up to three letters; longer runs are checked against known functions."""
POWERS_OF_I = re.compile(
    r"(?!.*\*\*)\s*(?:find|calculate|compute|evaluate|determine|simplify|what\s+is|求|计算|化简)"
    r"(?:\s+the\s+value\s+of)?[\di^+\-−·*/(){}\s$]+(?:[.?。？]\s*)?",
    re.IGNORECASE,
)
"""``Find i^2023``: of a variable nobody would ask that."""
COMPARED = r"[=<>≤≥≠]|\\leq?\b|\\geq?\b|\\neq?\b"
RUN = re.compile(r"(\\?)([A-Za-z]+)")
HAN = re.compile(r"[\u4e00-\u9fff]")
LETTER_I = re.compile(
    r"""\b(?:let|wrt|for|assuming|respect\ to|and\ give|make|suppose)\s+i\b
      |\b(?:given|find|determine|calculate|what\ is)\s+i\b(?!\s*[-+*/^])
      |\bsuppose\b.*(?<![A-Za-z0-9])i(?![A-Za-z'])
      |(?-i:\bi'th\b|\bi\s*\*\*|\*\s*i\b|\(i\)|\bi\^\d)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""Places that treat the letter i as a variable: ``3*i**2``, ``h(i)``, ``solve … for i``."""
KNOWN = WORDS | GREEK
LONGEST_KNOWN = max(map(len, KNOWN))
MAX_NESTED = 8
"""Values described inside values, as in the sum of the product of …"""
MAX_TRIES = 2500
"""Attempts to lay a phrase over a text; school questions need a few dozen."""
MAX_SECONDS = 1.0
"""Of processor time for one text, which does not depend on what else the machine does; the
slowest question of a school book takes a tenth of it."""
OVER_MONOMIAL = re.compile(r"(÷|\\div(?![A-Za-z]))\s*(\d+\s*[A-Za-z](?:\s*[A-Za-z])*(?![A-Za-z(]))")
"""In Chinese schools ``÷ 2b`` divides by the whole monomial."""
SYSTEM = re.compile(r"\\begin\{(?:cases|array|aligned|matrix)\}")
ENVIRONMENT = re.compile(r"\\(begin|end)\{")
LOST_BACKSLASH = re.compile(r"\\ (?=\s*[\\\w(-])")
"""A line end ``\\\\`` that lost a backslash on its way through JSON."""
ROWS = re.compile(r"\[(?:\s*-?[\w./]+(?:[ \t]+-?[\w./]+)+\s*(?:;|(?=\])))+\s*\]")
"""``[1 2; 3 4]``: rows of a matrix with spaces between the entries."""
SPACED = re.compile(r"-?\d+(?:\.\d+)?(?:\s+-?\d+(?:\.\d+)?)+")
SEPARATOR = re.compile(r"\s*[,;；，、\n]\s*(?:and\b|且)?|\s+and\b|\s*(?:且|和|与|或者)|\\\\")
OPENING, CLOSING = "([{（【", ")]}）】"


class TooSlow(Exception):  # noqa: N818 - no ``ReadingError``: nobody is to try another way
    """The time for a text is used up."""


@dataclass
class Scan:
    """The state of one reading."""

    source: str
    zh: bool = False
    functions: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    unknowns: set[str] = field(default_factory=set)
    definitions: list[Definition] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    told: bool = False  # as a story
    options: dict[str, Span] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    tries: int = 0
    end: float = field(default_factory=lambda: Clock.now() + MAX_SECONDS)
    depth: int = 0
    curve: Expr | None = None
    nonzero: set[str] = field(default_factory=set)
    said: dict[str, Expr] = field(default_factory=dict)
    """The sets of numbers from which letters are, where the text says so."""
    taken: set[str] = field(default_factory=set)
    """Letters of the text, which name nothing else."""
    own: frozenset[str] = frozenset()
    """Letters that are constants elsewhere and to which the text gives a meaning of its own."""

    def whole(self) -> Span:
        """The whole input."""
        return Span(self.source, 0, len(self.source)).strip()

    # formulas ---------------------------------------------------------------------

    def formula(self, span: Span) -> Expr:
        """The formula of a span.  Raises ``ReadingError`` with its place in the input."""
        self.hurry()
        span = span.strip("$")
        refuse_words(span)
        text = OVER_MONOMIAL.sub(r"\1(\2)", span.text) if self.zh else span.text
        text = ROWS.sub(_with_commas, with_floors(text, self.source))
        if SYSTEM.search(text) and "\\\\" not in text:
            text = LOST_BACKSLASH.sub(r"\\\\\\\\", text)
        heard: list[Text] = []
        try:
            value = read_formula(text, frozenset(self.functions), self.own, notes=heard)
        except ReadingError as wrong:
            at = min(span.start + wrong.at, span.end)
            raise ReadingError(wrong.message, at, wrong.suggestion) from wrong
        if isinstance(value, Junction) and not all(map(_states, value.args)):
            raise self.error(span, "“and” joins statements only", "“且”只能连接等式或不等式")
        refuse_percent_sums(value, span.start)
        refuse_congruence(value, span.start)
        self.notes += [note for note in heard if note not in self.notes]
        return self._letters(value)

    def _letters(self, value: Expr) -> Expr:
        """``i`` and ``e`` are variables where the text uses them so."""
        if _uses_i(self.source):
            self.names.add("i")
        constants = {ConstantName.I: "i", ConstantName.E: "e"}

        def change(node: Expr) -> Expr:
            if isinstance(node, Constant) and constants.get(node.name) in self.names:
                return Symbol(constants[node.name])
            return node

        return transform(value, change)

    def expression(self, span: Span) -> Expr:
        """A formula that is no statement."""
        value = self.formula(span)
        if isinstance(value, Relation | Junction):
            raise self.error(
                span, "an expression is expected here, not a statement", "此处应为算式"
            )
        return value

    def number(self, span: Span) -> Expr:
        """An expression, or a number in words (``three tenths``, ``27亿``)."""
        spoken = self.spoken(span)
        return rational(spoken) if spoken is not None else self.expression(span)

    def spoken(self, span: Span) -> Fraction | None:
        """The value of a number written in words."""
        if HAN.search(span.text):
            return numerals.chinese(span.text)
        if re.search(r"[A-Za-z]{3}", span.text):
            return numerals.fraction(span.text)
        return None

    def count(self, span: Span) -> int:
        """A whole number in digits or words."""
        value = self.spoken(span)
        if value is None and span.text.isascii() and span.text.isdigit() and len(span.text) < 7:
            value = Fraction(int(span.text))
        if value is None or value.denominator != 1:
            raise self.error(span, "a whole number is expected here", "此处应为整数")
        return int(value)

    def name(self, span: Span) -> str:
        """One variable."""
        value = self.formula(span)
        match value:
            case Symbol(name):
                return name
            case Constant(ConstantName.I | ConstantName.E as which):
                self.names.add(which.value)
                return which.value
        raise self.error(span, "one letter is expected here", "此处应为一个字母")

    def names_in(self, span: Span) -> tuple[str, ...]:
        """Variables with commas or "and" between them."""
        return tuple(self.name(part) for part in self.parts(span))

    def statements(self, span: Span) -> tuple[Expr, ...]:
        """Relations with commas, semicolons, lines or "and" between them."""
        found: list[Expr] = []
        parts = self.parts(span.strip("$"))
        for part in parts:
            value = self.formula(part)
            if isinstance(value, Junction) and value.op is Connective.OR and len(parts) > 1:
                with suppress(ReadingError):  # ``A and B or C``: *and* binds more
                    return (self.formula(span),)
            if isinstance(value, Junction) and value.op is Connective.AND:
                found.extend(value.args)
            elif isinstance(value, Relation | Junction):
                found.append(value)
            else:
                raise self.error(
                    part, "an equation or inequality is expected", "此处应为等式或不等式"
                )
        return tuple(found)

    def items(self, span: Span) -> tuple[Span, ...]:
        """The pieces of a list, the brackets around it left away."""
        inner = span
        pairs = dict(zip(OPENING, CLOSING, strict=True))
        if span and span.text[0] in "[{" and span.text[-1] == pairs[span.text[0]]:
            inner = span.cut(span.start + 1, span.end - 1)
        return self.parts(inner)

    def parts(self, span: Span) -> tuple[Span, ...]:
        """Cut at commas, semicolons, lines, "and" outside brackets."""
        cuts = [span.start]
        ends = []
        for start, end in separators(span):
            ends.append(start)
            cuts.append(end)
        ends.append(span.end)
        pieces = [span.cut(a, b).strip("$") for a, b in zip(cuts, ends, strict=True)]
        return tuple(p for p in pieces if p)

    def listed(self, span: Span) -> Expr:
        """A list of numbers or points; whole numbers and decimals may have spaces between."""
        items = self.items(span)
        if len(items) == 1 and SPACED.fullmatch(items[0].text):
            pieces = re.finditer(r"\S+", items[0].text)
            items = tuple(
                items[0].cut(items[0].start + p.start(), items[0].start + p.end()) for p in pieces
            )
        return Collection(Bracket.LIST, tuple(self.number(p) for p in items))

    # names ------------------------------------------------------------------------

    def forget(self) -> None:
        """Begin again with the same text, but take no name for a value twice."""
        self.taken |= self.names | {d.name for d in self.definitions}
        self.definitions, self.options = [], {}
        self.names, self.unknowns, self.nonzero, self.said = set(), set(), set(), {}
        self.parameters, self.curve, self.depth = (), None, 0

    def fresh(self, request: Request) -> Symbol:
        """A new name for what a request in the middle of another one answers."""
        used = self.names | self.taken
        name = next(c for c in "ABCDFGHJKLMNPQRSTUVWXYZ" if c not in used)
        self.names.add(name)
        self.definitions.append(Definition(name, (), request))
        return Symbol(name)

    def variable(self, *exprs: Expr, span: Span) -> str:
        """The one unknown of expressions, where nobody has named it."""
        found = list(dict.fromkeys(n for e in exprs for n in symbols(e)))
        if parameter := next((n for n in self.parameters if n in found), ""):
            return parameter
        free = [n for n in found if n not in self.names] or found
        if len(free) == 1:
            return free[0]
        for usual in ("x", "t"):
            if usual in free:
                self.notes.append(
                    Text("read with {0} as the variable", "以 {0} 为自变量", (Symbol(usual),))
                )
                return usual
        if not free:
            return "x"
        raise ReadingError(
            Text("it is not said which letter is the variable", "没有说明以哪个字母为变量"),
            span.start,
            Text("add “with respect to x”", "请注明“关于 x”"),
        )

    def spend(self) -> None:
        """Count one attempt.  Raises ``ReadingError`` when a text needs too many."""
        self.tries += 1
        if self.tries > MAX_TRIES or self.depth > MAX_NESTED:
            raise ReadingError(Text("this text is too tangled", "文字过于复杂，无法理解"), 0)

    @contextmanager
    def loading(self) -> Iterator[None]:
        """What is loaded meanwhile is no work on this text, and costs most of a second once."""
        began = Clock.now()
        yield
        self.end += Clock.now() - began

    def hurry(self) -> None:
        """Raises ``TooSlow`` once the time for this text is used up."""
        if Clock.now() > self.end:
            raise TooSlow

    def error(self, span: Span, en: str, zh: str) -> ReadingError:
        """A reading error at a span."""
        return ReadingError(Text(en, zh), span.start)


def separators(span: Span) -> list[tuple[int, int]]:
    """Places of the separators that stand outside every bracket."""
    found: list[tuple[int, int]] = []
    depth, at, source = 0, span.start, span.source
    while at < span.end:
        char = source[at]
        if char == "\\" and (mark := ENVIRONMENT.match(source, at, span.end)):
            depth += 1 if mark[1] == "begin" else -1
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth -= 1
        elif depth == 0:
            hit = SEPARATOR.match(source, at, span.end)
            if hit:
                found.append(hit.span())
                at = hit.end()
                continue
        at += 1
    return found


def refuse_words(span: Span) -> None:
    """Raise ``ReadingError`` at the first English or Chinese word in a would-be formula."""
    if han := HAN.search(span.text):
        raise unknown_word(span, han.start())
    if "\\" in span.text:  # a LaTeX command's argument may be words: the formula reader's matter
        return
    for run in RUN.finditer(span.text):
        word = run[2]
        if word.lower() in SHORT_WORDS and word not in WORDS:
            raise unknown_word(span, run.start())
        if len(word) > 3 and not _letters_of_formula(word):
            raise unknown_word(span, run.start())


def unknown_word(span: Span, at: int) -> ReadingError:
    """The error for a word that plays no known role."""
    return ReadingError(
        Text("this word is not understood here", "这里的词语无法理解"),
        span.start + at,
        Text(
            "say it with a formula and one instruction, such as “solve 2x + 3 = 11”",
            "请写成一个公式加一条指令，例如“解方程 2x + 3 = 11”",
        ),
    )


def _letters_of_formula(word: str) -> bool:
    """Whether a run of letters is functions and at most three single names."""
    names, at, most = 0, 0, (3 if any(w in word for w in FUNCTIONS) else 0)
    while at < len(word):
        sizes = range(min(LONGEST_KNOWN, len(word) - at), 1, -1)
        known = next((n for n in sizes if word[at : at + n] in KNOWN), 1)
        if known == 1:
            names += 1
            if names > most:
                return False
        at += known
    return True


@lru_cache(maxsize=8)
def _uses_i(source: str) -> bool:
    """Whether a text treats the letter ``i`` as a variable; each of its formulas asks."""
    named = LETTER_I.search(source) and re.search(r"[A-Za-z]{3}", source)
    return bool(named) and not POWERS_OF_I.fullmatch(source)


def _with_commas(rows: re.Match[str]) -> str:
    """The rows with a comma for the first space between two entries."""
    return re.sub(r"(?<=[\w.])[ \t](?=[ \t]*-?[\w.])", ",", rows[0])


def _states(part: Expr) -> bool:
    member = isinstance(part, Call) and part.name in ("in", "approx")
    return member or isinstance(part, Relation | Junction | Truth)


def positive(name: str) -> Relation:
    """``name > 0``."""
    return Relation(Comparison.GT, Symbol(name), rational(Fraction(0)))
