"""Text to tokens, with their places.

Plain text, Unicode and LaTeX give the same tokens.  Every token keeps the offsets of the
text it came from, so that an error can put a caret under the very character that was not
understood.  One pass, no regular expressions, time linear in the length of the text.
"""

from __future__ import annotations

from assistant.maths.reading.formulas import characters, indices, recurring, words
from assistant.maths.reading.formulas.characters import GREEK
from assistant.maths.reading.formulas.tokens import (
    CLOSING,
    COMPARISONS,
    DIGITS,
    LETTERS,
    LONG_SIGNS,
    OPENING,
    SHORT_SIGNS,
    VALUE_SIGNS,
    Kind,
    ReadingError,
    Token,
)
from assistant.maths.reading.formulas.words import FUNCTIONS, WORDS
from assistant.maths.types import Text

MAX_CHARACTERS = 20_000
MAX_DIGITS = 1000


class Lexer:
    """One pass over one text; ``tokens`` and ``notes`` are what it found."""

    def __init__(
        self, text: str, start: int, functions: frozenset[str], names: frozenset[str]
    ) -> None:
        self.source = text
        self.at = start
        self.functions = functions
        self.names = names
        self.tokens: list[Token] = []
        self.notes: list[Text] = []
        self.spaced = False
        self.depth = 0
        self.environments = 0
        self.latex = any(mark in text for mark in ("\\", "$", "^{", "_{"))
        self._alone: frozenset[str] | None = None

    # what the tables and the LaTeX commands use -----------------------------------

    def add(self, kind: Kind, text: str, start: int, end: int) -> None:
        """One more token; the reading goes on behind it."""
        if kind is Kind.SIGN:
            if text in COMPARISONS and self.last == "&":
                self.tokens.pop()  # an alignment mark, no separator
            elif text == "&" and self.last in COMPARISONS:
                self.at = end
                return
            self.depth += (text in OPENING) - (text in CLOSING)
        self.tokens.append(Token(kind, text, start, end, spaced=self.spaced))
        self.at, self.spaced = end, False

    @property
    def last(self) -> str:
        """The text of the last token."""
        return self.tokens[-1].text if self.tokens else ""

    def behind_value(self) -> bool:
        """Whether an operator could stand here."""
        if not self.tokens:
            return False
        token = self.tokens[-1]
        return token.kind in (Kind.NUMBER, Kind.NAME) or (
            token.text in (words.CONSTANTS if token.kind is Kind.WORD else VALUE_SIGNS)
        )

    def char(self, offset: int = 0) -> str:
        """The ASCII form of a character to come, or nothing at the end."""
        at = self.at + offset
        return characters.ascii_of(self.source[at]) if at < len(self.source) else ""

    # the pass -----------------------------------------------------------------------

    def run(self) -> list[Token]:
        """All tokens up to the end, or up to the first word outside brackets."""
        while self.at < len(self.source):
            char = self.source[self.at]
            if char in characters.SPACES:
                self.at, self.spaced = self.at + 1, True
            elif char == "\n":
                self._newline()
            else:
                self._token(characters.ascii_of(char), char)
                if self.tokens and self.tokens[-1].kind is Kind.TEXT and self.depth <= 0:
                    break
        asked = False
        while self.last in ("\n", ".", "?") or (asked and self.last == "="):
            asked = self.tokens.pop().text == "?"
        self.tokens.append(Token(Kind.END, "", self.at, self.at, spaced=self.spaced))
        return self.tokens

    def _token(self, ascii_char: str, char: str) -> None:
        if char in characters.WORDS:
            self.add(Kind.WORD, characters.WORDS[char], self.at, self.at + 1)
        elif ascii_char in DIGITS or (ascii_char == "." and self.char(1) in DIGITS):
            self._number()
        elif ascii_char in LETTERS:
            self._letters()
        elif ascii_char == "\\":
            from assistant.maths.reading.formulas import latex  # plain text does not pay for it

            latex.command(self)
        elif char in characters.SUPERSCRIPTS:
            self._raised(characters.SUPERSCRIPTS, "^")
        elif char in characters.SUBSCRIPTS:
            self._raised(characters.SUBSCRIPTS, "_")
        elif char in characters.FRACTIONS:
            self._vulgar(char)
        elif ascii_char == "$" or (ascii_char == "~" and self.latex):
            self.at, self.spaced = self.at + 1, True
        else:
            self._sign(ascii_char, char)

    def _newline(self) -> None:
        """A line ends a statement, but not inside brackets or behind or before an operator."""
        rest = self.source[self.at :].lstrip()[:1]
        open_sign = self.tokens and self.tokens[-1].kind is Kind.SIGN and not self.behind_value()
        if self.tokens and self.depth <= 0 and not open_sign and rest not in ("", *"=<>≤≥*/+^)"):
            self.add(Kind.SIGN, "\n", self.at, self.at + 1)
        else:
            self.at, self.spaced = self.at + 1, True

    def _number(self) -> None:
        """``12``, ``1.5``, ``.5``, ``1e-3``, and ``1{,}234`` and ``1\\,234`` of LaTeX."""
        start, digits = self.at, self._digits()
        while self.latex and digits and (gap := self._thousands_gap()):
            self.at += gap
            digits += self._digits()
        if self.char() == "." and self.char(1) in DIGITS:
            self.at += 1
            digits += "." + self._digits()
        elif self.char() == "." and digits and self.char(1) in tuple("+-*/^=<>)!") and self.char(1):
            self.at += 1  # 5.=y
        sign = 1 + (self.char(1) in ("+", "-"))
        if self.char() in ("e", "E") and self.char(sign) in DIGITS and "e" not in self.names:
            mark, self.at = self.at, self.at + sign
            exponent = self._digits()
            if self.char() in LETTERS:
                self.at = mark
            else:
                digits += "e" + "-" * (self.source[mark + 1] == "-") + exponent
        if len(digits) > MAX_DIGITS:
            raise ReadingError(Text("this number has too many digits", "这个数的位数太多"), start)
        if found := recurring.value(digits, self.source, self.at):
            self.notes.append(Text("read as {0}", "读作 {0}", (found[1],)))
            self._fraction(*found[0].as_integer_ratio(), start, found[2])
        else:
            self.add(Kind.NUMBER, digits, start, self.at)

    def _fraction(self, num: int, den: int, start: int, end: int) -> None:
        for text in ("(", str(num), "/", str(den), ")"):
            self.add(Kind.NUMBER if text.isdigit() else Kind.SIGN, text, start, end)

    def _digits(self) -> str:
        start = self.at
        while self.char() in DIGITS and self.at < len(self.source):
            self.at += 1
        run = self.source[start : self.at]
        return run if run.isascii() else "".join(map(characters.ascii_of, run))

    def _thousands_gap(self) -> int:
        for gap in ("{,}", "\\,"):
            after = self.source[self.at + len(gap) : self.at + len(gap) + 4]
            if self.source.startswith(gap, self.at) and after[:3].isdigit() and len(after[:3]) == 3:
                return 0 if after[3:].isdigit() else len(gap)
        return 0

    def _letters(self) -> None:
        """A run of letters: words, or one-letter names of which the last may be subscripted."""
        start = end = self.at
        while end < len(self.source) and characters.ascii_of(self.source[end]) in LETTERS:
            end += 1
        run = "".join(map(characters.ascii_of, self.source[start:end]))
        self.letters(run, start, end)

    def letters(self, run: str, start: int, end: int) -> None:
        """The tokens of a run of letters (see ``words`` for the rule)."""
        self.at = end
        if self._known(run, start, end):
            return
        pieces = self._pieces(run)
        if not pieces:
            self.add(Kind.TEXT, run, start, end)
            return
        at = start
        for piece in pieces:
            kind = Kind.WORD if piece in WORDS else Kind.NAME
            stop = end if at + len(piece) - start == len(run) else at + len(piece)
            name, stop = (
                self.subscript(piece, stop) if kind is Kind.NAME and stop == end else (piece, stop)
            )
            self.add(kind, name, at, stop)
            at = stop

    def _known(self, run: str, start: int, end: int) -> bool:
        """Rule 1, and the operators that are spelled as words."""
        if run in self.names or run in self.functions:
            name, stop = (run, end) if len(run) > 1 else self.subscript(run, end)
            self.add(Kind.NAME, name, start, stop)
        elif run in words.AFTER_VALUE and self.behind_value() and self.spaced:
            self.add(
                Kind.SIGN if run != "in" or self._set_follows() else Kind.TEXT, run, start, end
            )
        elif run == "mod" and self.last == "(":
            self.add(Kind.SIGN, run, start, end)
        elif run in words.JOINERS:
            self.add(Kind.SIGN, run.lower(), start, end)
        elif run == "nthRoot" or (run == "real" and self.source.startswith("_root", end)):
            stop = end + 5 * (run == "real")
            self.add(Kind.WORD, self.source[start:stop], start, stop)
        elif run in words.CONSTANTS or (run in FUNCTIONS and self._applied(run)):
            self.add(Kind.WORD, run, start, end)
            self._base_in_name(run)
        elif run in GREEK:
            name, stop = self.subscript(run, end)
            self.add(Kind.NAME, name, start, stop)
        else:
            return False
        return True

    def _applied(self, run: str) -> bool:
        """Short and prose-like function names are functions only before a bracket."""
        if run in words.STRONG or run in ("lim", "det", "abs", "tg", "ctg", "arctg", "cbrt", "int"):
            return True
        rest = self.source[self.at : self.at + 20].lstrip()
        if run == "limit" and any(arrow in rest for arrow in ("->", "→", "\\to")):
            return True
        return rest[:1] in tuple("(（[|^_{²") or (
            len(run) > 4 and run[:3] in ("arc", "sin", "cos", "cot", "cse")
        )

    def _set_follows(self) -> bool:
        rest = self.source[self.at : self.at + 12].lstrip()
        return rest[:1] in tuple("[({（［∅ℝℤℕℚℂ\\") or rest[:2] in ("RR", "ZZ", "NN", "QQ", "CC")

    def _base_in_name(self, run: str) -> None:
        """``log2(8)``: the base of programming languages."""
        if run == "log" and self.char() in DIGITS:
            stop = self.at
            while stop < len(self.source) and self.source[stop] in DIGITS:
                stop += 1
            if self.source[stop : stop + 1] == "(":
                start = self.at
                self.add(Kind.SIGN, "_", start, start)
                self.add(Kind.NUMBER, self.source[start:stop], start, stop)

    def _pieces(self, run: str) -> tuple[str, ...]:
        """Rules 2 to 5."""
        behind = self.behind_value() and self.spaced
        if len(run) == 1:
            return () if behind and run in "aAI" and self._word_follows() else (run,)
        touches = bool(self.tokens) and self.tokens[-1].kind is Kind.NUMBER
        if (
            (touches and run in words.UNITS)
            or words.is_word(run, behind_value=behind)
            or (run in FUNCTIONS and len(run) > 2)
        ):
            return ()  # or gcd without its bracket
        if self._alone is None:
            self._alone = words.letters_alone(self.source)
        if self.char() == "(" and words.looks_like_function(run, self._alone) and not self.latex:
            return ()
        return words.cut(run, alone=self._alone)

    def _word_follows(self) -> bool:
        """Whether the next run of letters is a word: then ``a`` is an article."""
        at = self.at
        while at < len(self.source) and self.source[at] == " ":
            at += 1
        end = at
        while end < len(self.source) and self.source[end] in LETTERS:
            end += 1
        run = self.source[at:end]
        return (
            at > self.at
            and len(run) > 1
            and run not in WORDS
            and (words.is_word(run, behind_value=False) or not words.cut(run))
        )

    def subscript(self, name: str, at: int) -> tuple[str, int]:
        """A name with its index, and its end."""
        indexed, stop = indices.indexed(name, self.source, at, latex=self.latex)
        if "_" not in indexed[len(name) :] and indexed not in (name, *self.names) and name != "C":
            power = f"{name}^{indexed[len(name) :]}"
            self.notes.append(
                Text(
                    "read {0} as one variable; a power is written {1}",
                    "将 {0} 读作一个变量；乘方请写成 {1}",
                    (indexed, power),
                )
            )
        return indexed, stop

    def _raised(self, table: dict[str, str], sign: str) -> None:
        """Small figures above or below the line, as an exponent or index in brackets."""
        start = at = self.at
        while at < len(self.source) and self.source[at] in table:
            at += 1
        inner = Lexer(
            "".join(table[c] for c in self.source[start:at]), 0, self.functions, self.names
        )
        self.add(Kind.SIGN, sign, start, start)
        self.add(Kind.SIGN, "(", start, start)
        for token in inner.run()[:-1]:
            self.add(token.kind, token.text, start + token.start, start + token.end)
        self.add(Kind.SIGN, ")", at, at)

    def _vulgar(self, char: str) -> None:
        """``½``; behind a number it is the fraction of a mixed one."""
        num, den = characters.FRACTIONS[char]
        at, end = self.at, self.at + 1
        if self.tokens and self.tokens[-1].kind is Kind.NUMBER:
            for kind, text in ((Kind.NUMBER, num), (Kind.SIGN, "/"), (Kind.NUMBER, den)):
                self.add(kind, str(text), at, end)
        else:
            self._fraction(num, den, at, end)

    def _sign(self, ascii_char: str, char: str) -> None:
        at = self.at
        if char in characters.GREEK_LETTERS:
            self._greek(char)
        elif char in characters.SIGNS:
            for sign in characters.SIGNS[char] if char == "″" else (characters.SIGNS[char],):
                self.add(Kind.SIGN, sign, at, at + 1)
        elif ascii_char in ("'", '"') and not (ascii_char == "'" and self.behind_value()):
            self._quoted()
        elif ascii_char == "!" and self._factorial_then_equals():
            self.add(Kind.SIGN, "!", at, at + 1)
        else:
            self._ascii(at)

    def _ascii(self, at: int) -> None:
        window = "".join(map(characters.ascii_of, self.source[at : at + 3]))
        for size in (3, 2):
            if sign := LONG_SIGNS.get(window[:size]):
                self.add(Kind.SIGN, sign, at, at + min(size, len(window)))
                return
        kind = Kind.SIGN if window[0] in SHORT_SIGNS else Kind.TEXT
        self.add(kind, window[0], at, at + 1)

    def _greek(self, char: str) -> None:
        at = self.at
        follows = self.source[at + 1 : at + 2]
        if char in "ΣΠ" and (follows == "_" or follows in characters.SUBSCRIPTS):
            self.add(Kind.SIGN, char, at, at + 1)
            return
        name, stop = self.subscript(characters.GREEK_LETTERS[char], at + 1)
        self.add(Kind.NAME, name, at, stop)

    def _factorial_then_equals(self) -> bool:
        """``5!=120`` after a number is a factorial."""
        return (
            self.char(1) == "="
            and self.tokens[-1:] != []
            and (self.tokens[-1].kind is Kind.NUMBER and not self.spaced)
        )

    def _quoted(self) -> None:
        """A direction in quotes, ``'+'``; any other string is no formula."""
        at = self.at
        for inner in ("+-", "+", "-"):
            if self.source[at + 1 : at + 2 + len(inner)] == inner + self.source[at]:
                self.add(Kind.SIGN, f"'{inner}'", at, at + 2 + len(inner))
                return
        self.add(Kind.TEXT, self.source[at], at, at + 1)


def tokenize(
    text: str,
    start: int = 0,
    functions: frozenset[str] = frozenset(),
    names: frozenset[str] = frozenset(),
) -> Lexer:
    """The tokens of a text from ``start`` on, closed by an ``END`` token, in a finished pass.

    Raises ``ReadingError`` for a text or number that is too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise ReadingError(
            Text(
                f"the input has more than {MAX_CHARACTERS} characters",
                f"输入超过 {MAX_CHARACTERS} 个字符",
            ),
            MAX_CHARACTERS,
        )
    lexer = Lexer(text, start, functions, names)
    lexer.run()
    return lexer
