"""What stands in a line of Markdown: mathematics, code, decoration, and plain characters.

A line is answered by a *mask* of the same length: plain characters stand for themselves, the
others are replaced by what they are.  So every place in the mask is a place in the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.steps.wording import no_words

HIDDEN, MATHS, CODE, EDGE, STOP = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
"""Decoration; inside of a formula; what is not to be read; the last character of a formula, and
of one with a full stop inside."""
OWN = re.compile("[\ue000-\ue004]")
STOPPED = re.compile(r"[.。!?！？]\s*(?:\$|\\\)|\\\])$")
MAX_SPAN = 4000
"""Characters of a formula inside a line."""

TOKEN = re.compile(
    r"\\(?:begin\{(?P<env>[a-z]+\*?)\}|.)|`+|\$\$?|<!--|\]\(|\[|\*{1,3}|_{1,3}|~~"
    r"|https?://[^\s<>)\]）】]*|</?[A-Za-z][A-Za-z0-9]*(?:\s+[a-z-]+=\"[^\"<>]*\")*\s*/?>",
    re.DOTALL,
)
CLOSINGS = re.compile(r"\\\\|\\\]|\$\$|\\(?:begin|end)\{[a-z]+\*?\}")
ENVIRONMENTS = frozenset(
    "align align* aligned alignat alignat* flalign flalign* gather gather* gathered equation"
    " equation* eqnarray eqnarray* split cases array multline multline* displaymath math".split()
)
TARGET = re.compile(
    r"\]\(\s*<?(?:[A-Za-z][A-Za-z0-9+.-]*:|/|\.{1,2}/|\#|www\.|[\w-]+\.[a-z]{2,})[^\s()<>]*>?"
    r"(?:\s+\"[^\"]*\")?\s*\)"
)
TAGS = frozenset(
    "b i em strong u s span p div br hr center font mark small big details summary ins del kbd"
    " ul ol li a img h1 h2 h3 h4 h5 h6".split()
)
ESCAPED = frozenset("*_#.-+~`>")
FACTOR = re.compile(r"(?:[\d)\]]|(?<![A-Za-z])[A-Za-z])\s+$")
"""What a star behind it multiplies, and does not emphasise."""
FORMULA = re.compile(r"[\dA-Za-z\\=<>≤≥≠≈]")
PROSE_INSIDE = re.compile(r"(?<![\\A-Za-z])[a-z]{3,}\s+[a-z]{2,}(?![A-Za-z])|[。！？]|\.\s+[A-Z]")


@dataclass(frozen=True, slots=True)
class Display:
    """Displayed mathematics that begins in a line: ``start`` and ``inside`` are places in it;
    ``env`` is the environment that stands without delimiters."""

    start: int
    inside: int
    closing: str
    env: str = ""

    def end_in(self, line: str) -> tuple[int, int] | None:
        """Where its closing stands in a line that belongs to it."""
        for match in CLOSINGS.finditer(line):
            if match[0] == self.closing:
                return match.span()
        return None


@dataclass(frozen=True, slots=True)
class Lexed:
    """``mask`` up to ``display`` or the comment that stays ``comment`` open; ``unclosed``: a
    formula or code span begins and does not end here."""

    mask: str
    display: Display | None = None
    comment: bool = False
    unclosed: bool = False


@dataclass
class Lexer:
    """One pass over a line."""

    line: str
    out: list[str] = field(default_factory=list)
    at: int = 0
    absent: set[str] = field(default_factory=set)
    """Closings that do not come any more; what keeps the pass linear."""
    marks: dict[str, int] = field(default_factory=dict)
    """Where in ``out`` emphasis was opened."""
    brackets: list[int] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    unclosed: bool = False

    def lexed(self) -> Lexed:
        """The mask of the whole line."""
        line = self.line
        self.tags = set(re.findall(r"</([A-Za-z][A-Za-z0-9]*)>", line)) | {"br", "hr", "img"}
        while (match := TOKEN.search(line, self.at)) is not None:
            self.copy(match.start())
            text = match[0]
            if text == "<!--":
                close = self.find("-->", match.end())
                if close < 0:
                    return Lexed("".join(self.out), comment=True, unclosed=self.unclosed)
                self.put(CODE, close + 3)
            elif (display := self.display(match)) is not None:
                if self.in_sentence(display):
                    continue
                return Lexed("".join(self.out), display, unclosed=self.unclosed)
            elif text[0] == "\\":
                self.escape(text)
            elif text[0] == "`":
                self.span(text, text, CODE)
            elif text[0] == "$":
                self.dollar()
            elif text[0] in "*_":
                self.emphasis(text)
            elif text == "~~":
                self.span("~~", "~~", CODE)
            else:
                self.other(match)
        self.copy(len(line))
        return Lexed("".join(self.out), unclosed=self.unclosed)

    def display(self, match: re.Match[str]) -> Display | None:
        """Displayed mathematics, if it begins here."""
        text, start, end = match[0], match.start(), match.end()
        if text in ("$$", "\\["):
            return Display(start, end, "$$" if text == "$$" else "\\]")
        env = match["env"]
        if env in ENVIRONMENTS:
            return Display(start, start, f"\\end{{{env}}}", env)
        return None

    def in_sentence(self, display: Display) -> bool:
        """Whether a display of one row is part of a sentence in this line; it is taken then."""
        before = self.line[max(0, display.start - 40) : display.start].rstrip()
        if display.env or not before or before.endswith((":", "：", "-", "*", ">")):
            return False
        close = self.find(display.closing, display.inside)
        inner = self.line[display.inside : close]
        if close < 0 or len(inner) > MAX_SPAN or "\\\\" in inner or "\\begin" in inner:
            return False
        self.formula(close + 2)
        return True

    def find(self, closing: str, start: int) -> int:
        """Where a closing stands; known to be absent, it is not looked for again."""
        if closing in self.absent:
            return -1
        found = self.line.find(closing, start)
        if found < 0:
            self.absent.add(closing)
        return found

    def copy(self, end: int) -> None:
        """Plain characters up to ``end``."""
        if end > self.at:
            self.out.append(OWN.sub(" ", self.line[self.at : end]))
            self.at = end

    def put(self, kind: str, end: int) -> None:
        """One kind of mask up to ``end``."""
        self.out.append(kind * (end - self.at))
        self.at = end

    def formula(self, end: int) -> None:
        """A formula up to ``end``."""
        stops = STOPPED.search(self.line[end - 12 : end].removesuffix("$") + self.line[end - 1])
        self.put(MATHS, end - 1)
        self.put(STOP if stops else EDGE, end)

    def escape(self, text: str) -> None:
        """A backslash and what stands behind it."""
        start = self.at
        if text == "\\(":
            close = self.find("\\)", start + 2)
            if 0 <= close <= start + MAX_SPAN:
                return self.formula(close + 2)
            self.unclosed = True
        if text[1:] in ESCAPED:
            self.put(HIDDEN, start + 1)
        return self.copy(start + len(text))

    def span(self, opening: str, closing: str, kind: str) -> None:
        """Code, or what is struck out."""
        start = self.at + len(opening)
        close = self.find(closing, start)
        run = opening[0]
        while close >= 0 and self.line[close + len(closing) : close + len(closing) + 1] == run:
            skip = close
            while self.line[skip : skip + 1] == run:
                skip += 1
            close = self.find(closing, skip)
        if close < 0:
            self.absent.add(closing)
            self.unclosed |= kind == CODE and run == "`"
            return self.copy(start)
        return self.put(kind, close + len(closing))

    def dollar(self) -> None:
        """A formula between dollar signs; or money."""
        start, line = self.at, self.line
        after = line[start + 1 : start + 2]
        close = self.find("$", start + 1)
        if close >= 0 and not self.is_formula(start, close):
            blank = not after or after.isspace()
            while close >= 0 and (blank or not self.closes(close)):
                close = -1 if blank else line.find("$", close + 1)
            if close < 0 and not blank:
                self.absent.add("$")
        money = after.isdigit() and PROSE_INSIDE.search(line, start, max(close, start))
        if close - start > 1 and close - start <= MAX_SPAN and not money:
            return self.formula(close + 1)
        self.unclosed |= bool(after) and not after.isspace() and not after.isdigit()
        return self.copy(start + 1)

    def is_formula(self, start: int, close: int) -> bool:
        """Whether nothing but a formula stands before the next dollar sign, so that the blanks
        beside the signs do not matter: ``$ x = 3 $``."""
        inner = self.line[start + 1 : close]
        before, after = self.line[max(0, start - 1) : start], self.line[close + 1 : close + 2]
        if len(inner) > MAX_SPAN or inner.endswith("\\") or before.isdigit() or after.isdigit():
            return False
        return FORMULA.search(inner) is not None and no_words(inner)

    def closes(self, at: int) -> bool:
        """Whether the dollar sign at a place can end a formula."""
        before, after = self.line[at - 1], self.line[at + 1 : at + 2]
        return not before.isspace() and before != "\\" and not after.isdigit()

    def emphasis(self, run: str) -> None:
        """Stars and underscores around words; as signs of mathematics they stay."""
        start, line = self.at, self.line
        before, after = line[start - 1 : start], line[start + len(run) : start + len(run) + 1]
        near = (before.isascii() and before.isalnum()) or before in (")", "]", "}")
        beyond = (after.isascii() and after.isalnum()) or after in ("(", "[")
        if before and not before.isspace() and not beyond and self.closed(run):
            return self.put(HIDDEN, start + len(run))
        if after and not after.isspace() and not near and not self.multiplies(run):
            self.marks[run] = len(self.out)
        return self.copy(start + len(run))

    def closed(self, run: str) -> bool:
        """Whether emphasis that is open ends with a run; ``***`` opens and ends two."""
        mark, size = run[0], len(run)
        at = self.marks.pop(run, None)
        if at is not None:
            self.hide(at)
            return True
        if size == 3 and mark in self.marks and mark * 2 in self.marks:
            self.hide(self.marks.pop(mark))
            self.hide(self.marks.pop(mark * 2))
            return True
        if size < 3 and mark * 3 in self.marks:
            self.marks[mark * (3 - size)] = self.marks.pop(mark * 3)
            return True
        return False

    def hide(self, at: int) -> None:
        """A mark of emphasis that was taken as plain so far."""
        self.out[at] = HIDDEN * len(self.out[at])

    def multiplies(self, run: str) -> bool:
        """Whether a star stands behind a factor."""
        return (
            len(run) == 1 and FACTOR.search(self.line[max(0, self.at - 40) : self.at]) is not None
        )

    def other(self, match: re.Match[str]) -> None:
        """Links, addresses and tags."""
        text, end = match[0], match.end()
        if text == "[":
            self.copy(end)
            self.brackets.append(len(self.out) - 1)
        elif text == "](":
            target = TARGET.match(self.line, self.at)
            opened = self.brackets.pop() if self.brackets else None
            if target is None or opened is None:
                self.copy(end)
            else:
                self.out[opened] = HIDDEN
                self.put(CODE, target.end())
        elif text[0] == "h":
            self.put(CODE, end)
        else:
            name = re.sub(r"[^A-Za-z0-9].*", "", text.strip("</"), flags=re.DOTALL)
            if name.lower() in TAGS and name in self.tags:
                self.put(HIDDEN, end)
            else:
                self.copy(end)


def lex(line: str) -> Lexed:
    """What stands in a line."""
    return Lexer(line).lexed()
