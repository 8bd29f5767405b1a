r"""Displayed LaTeX: its rows, and the relations in a row that arrows part.

A row is complete or it is not given: one that ends in a sign, begins with one, or has a
bracket open is joined with the row beside it, for half a formula may be false where the whole
is true.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.steps.wording import (
    DANGLING,
    DOUBTFUL_LABEL,
    LEADING,
    MINUS,
    OPERATOR,
    RELATION,
    closing_brace,
    connecting,
    has_relation,
    unboxed,
    unlabelled,
    wordless,
)

TOKEN = re.compile(
    r"\\(?:begin|end)\{(?P<env>[A-Za-z]+\*?)\}|\\\\(?:\*|\[[^\]\n]{0,12}\])?|\\[A-Za-z]+|\\."
    r"|[{}()\[\]&⇒⟹⇔⟺→∴]|<=>|=>|[\r\n]",
    re.DOTALL,
)
ARROWS = frozenset(
    r"\Rightarrow \implies \Longrightarrow \iff \Leftrightarrow \Longleftrightarrow \to"
    r" \rightarrow \longrightarrow \therefore ∴ ⇒ ⟹ ⇔ ⟺ → => <=>".split()
)
ROWS = frozenset(
    "align align* aligned alignat alignat* flalign flalign* gather gather* gathered equation"
    " equation* eqnarray eqnarray* split array multline multline* displaymath math".split()
)
PAIRED = frozenset("align align* aligned alignat alignat* flalign flalign* split".split())
"""Environments in which the columns are left and right sides in turn."""
LAYOUT = re.compile(
    r"\\(?:hline|notag|nonumber|displaystyle|allowdisplaybreaks|centering|break|newline)(?![A-Za-z])"
    r"|\\(?:label|tag\*?|hspace\*?|vspace\*?|phantom|cline)\s*\{[^{}]*\}"
)
INNER_LABEL = re.compile(
    r"\\(?:q?quad|[cl]?dots)\s*(?:\\text\s*\{)?\s*(?:[(（]\s*\d{1,2}\s*[)）]|[①-⑳])\s*\}?\s*"
    r"(?=\\\\|\\end)"
)
"""The number of an equation inside of a system."""
ARGUMENTS = re.compile(r"\s*(?:\[[^\]]{0,8}\])?\s*(?:\{[^{}]{0,40}\}\s*){0,2}")
SYSTEM = re.compile(
    r"\\left\s*\\\{\s*\\begin\{(aligned|gathered|align\*?|split)\}(.*?)\\end\{\1\}\s*\\right\s*\.",
    re.DOTALL,
)
SPACED = re.compile(r"\s*(?:\\q?quad(?![A-Za-z])|\\[;,: ]|~|\{\})+\s*")
WORDS = re.compile(r"\\(?:text|mbox|textbf|textrm|intertext|shortintertext|textit)\s*\{")
EITHER = re.compile(r"\s*(?:or|and|或者?|且|和)\s*", re.IGNORECASE)
COMMENT = re.compile(
    r"^\s*(?:[(（,，]|(?:since|because|as|by|from|using|subtract|divid|add|multipl)\b)"
)
QUADS = re.compile(r"(?:\s*\\q?quad(?![A-Za-z]))+\s*")
SPACES = re.compile(r"\\[,;:! ]|\\q?quad(?![A-Za-z])")
BEGIN = re.compile(r"\s*\\begin\{([a-z]+\*?)\}")
TAIL = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One relation (or expression) of a display; it stands at ``start:end`` of the source.

    ``whole`` is false where it could not be completed: nothing may be concluded from it.
    """

    text: str
    start: int
    end: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row with the columns in which it was written."""

    cells: tuple[tuple[int, int], ...]
    start: int
    end: int


def display_rows(source: str, *, begun: bool = False) -> list[Row]:
    """The rows of what stands between the delimiters of a display; ``begun``: not the last."""
    start, end, env = _unwrapped(source)
    if env.startswith("multline"):
        return [Row(_tidy(source[start:end].replace("\\\\", " ")), start, end)]
    parts: list[Row] = []
    for row in _split_rows(source, start, end):
        parts += _columns(source, row, env)
    return [_trimmed(source, p) for r in _joined(parts)[: -1 if begun else None] for p in _chain(r)]


def _trimmed(source: str, row: Row) -> Row:
    """The row without the blanks around it."""
    piece = source[row.start : row.end]
    start = row.start + len(piece) - len(piece.lstrip())
    return Row(row.text, start, start + len(piece.strip()), row.whole)


def _unwrapped(source: str) -> tuple[int, int, str]:
    """Where the rows stand: inside of the environment that is all of the display."""
    start, end, env = 0, len(source), ""
    while (match := BEGIN.match(source, start, end)) is not None:
        name = match[1]
        close = _environment_end(source, match.end(), end, name)
        if name not in ROWS or close is None:
            break
        if SPACES.sub("", source[close[1] : end]).strip(" \t\r\n.。,，;；"):
            break
        start, end, env = match.end(), close[0], name
        if name in ("array", "alignat", "alignat*"):
            arguments = ARGUMENTS.match(source, start, end)
            start = arguments.end() if arguments else start
    return start, end, env


def _environment_end(source: str, start: int, end: int, name: str) -> tuple[int, int] | None:
    depth = 1
    for match in re.compile(rf"\\(begin|end)\{{{re.escape(name)}\}}").finditer(source, start, end):
        depth += 1 if match[1] == "begin" else -1
        if depth == 0:
            return match.start(), match.end()
    return None


def _top(source: str, start: int, end: int) -> Iterator[tuple[re.Match[str], int]]:
    """The tokens with the depth of braces, environments and ``\\left`` around them."""
    depth = 0
    for match in TOKEN.finditer(source, start, end):
        text = match[0]
        if text == "{" or text.startswith("\\begin{") or text == "\\left":
            yield match, depth
            depth += 1
        elif text == "}" or text.startswith("\\end{") or text == "\\right":
            depth = max(0, depth - 1)
            yield match, depth
        else:
            yield match, depth


def _split_rows(source: str, start: int, end: int) -> list[_Cells]:
    """The rows between ``\\\\`` outside of all braces, and their cells."""
    rows: list[_Cells] = []
    cells: list[tuple[int, int]] = []
    row = cell = start
    for match, depth in _top(source, start, end):
        if depth == 0 and match[0] == "&":
            cells.append((cell, match.start()))
            cell = match.end()
        elif depth == 0 and match[0].startswith("\\\\"):
            cells.append((cell, match.start()))
            rows.append(_Cells(tuple(cells), row, match.start()))
            cells, row, cell = [], match.end(), match.end()
    cells.append((cell, end))
    rows.append(_Cells(tuple(cells), row, end))
    return rows


def _columns(source: str, row: _Cells, env: str) -> list[Row]:
    """The formulas of a row; two equations side by side are two.  A row of which the left
    column is empty begins with ``&``, until it is joined."""
    texts = [_tidy(source[a:b]) for a, b in row.cells]
    if not any(texts):
        return []
    if len(texts) == 1:
        return [Row(texts[0], row.start, row.end)]
    if env in PAIRED:
        found: list[Row] = []
        for n in range(0, len(texts), 2):
            text = " ".join(t for t in texts[n : n + 2] if t)
            if not text:
                continue
            if n and found and not has_relation(text):
                last = found[-1]
                found[-1] = Row(f"{last.text} \\quad {text}", last.start, row.end)
                continue
            mark = "" if texts[n] or n else "& "
            ends = row.cells[min(n + 1, len(texts) - 1)]
            found.append(Row(mark + text, row.cells[n][0], ends[1]))
        return found
    if len([t for t in texts if has_relation(t) and not LEADING.match(t)]) > 1:
        return [Row(t, a, b) for t, (a, b) in zip(texts, row.cells, strict=True) if t]
    filled = [t for t in texts if t]
    split = any(_is_value(a[-1]) and _is_value(b[0]) for a, b in itertools.pairwise(filled))
    mark = "" if texts[0] else "& "
    return [Row(mark + " ".join(filled), row.start, row.end, whole=not split)]


def _is_value(char: str) -> bool:
    return char.isalnum() or char in ")}]([\\"


def _tidy(text: str) -> str:
    text = INNER_LABEL.sub("", text)
    text = SYSTEM.sub(lambda m: rf"\begin{{cases}}{m[2].replace('&', '')}\end{{cases}}", text)
    return " ".join(LAYOUT.sub(" ", unlabelled(" ".join(text.split()))).split())


def _joined(parts: list[Row]) -> list[Row]:
    """Rows put together that are one formula."""
    groups: list[_Group] = []
    bound = not parts or not _starts_left(parts[0].text)
    for part in parts:
        aligned = bound and part.text.startswith("& ")
        row = Row(part.text.removeprefix("& "), part.start, part.end, part.whole)
        if groups and (groups[-1].goes_on() or _continues(row.text, aligned=aligned)):
            groups[-1].add(row)
        else:
            groups.append(_Group(row))
    return [group.row() for group in groups]


class _Group:
    """Rows that are one formula; its brackets are counted as they come."""

    def __init__(self, first: Row) -> None:
        self._rows = [first]
        self._texts = [first.text]
        self._braces, self._rounds = depths(first.text)
        self._sized = "\\left" in first.text

    def goes_on(self) -> bool:
        """Whether it cannot end here."""
        open_ = self._braces > 0 or (self._rounds > 0 and not self._sized)
        return open_ or DANGLING.search(self._texts[-1][-TAIL:]) is not None

    def add(self, row: Row) -> None:
        """The next row of it."""
        spaced = SPACED.match(row.text)
        braces, rounds = depths(row.text)
        self._rows.append(row)
        self._texts.append(row.text[spaced.end() :] if spaced else row.text)
        self._braces += braces
        self._rounds += rounds
        self._sized |= "\\left" in row.text

    def row(self) -> Row:
        """All of it."""
        text = " ".join(self._texts)
        whole = all(r.whole for r in self._rows) and _complete(text)
        return Row(text, self._rows[0].start, self._rows[-1].end, whole)


def _starts_left(text: str) -> bool:
    """Whether the first row has only one column, so that no column says anything."""
    return text.startswith("& ") and LEADING.match(text[2:]) is None


def _continues(text: str, *, aligned: bool) -> bool:
    """Whether a row is the rest of the row before."""
    spaced = SPACED.match(text)
    rest = text[spaced.end() :] if spaced else text
    if OPERATOR.match(rest):
        return True
    if MINUS.match(rest):
        return aligned or spaced is not None or not has_relation(rest)
    return aligned and not LEADING.match(rest) and not has_relation(rest) and not WORDS.match(rest)


def depths(text: str) -> tuple[int, int]:
    """How many braces (environments, ``\\left``) and how many other brackets stay
    open."""
    braces = rounds = 0
    for match in TOKEN.finditer(text):
        piece = match[0]
        if piece == "{" or piece.startswith("\\begin{") or piece == "\\left":
            braces += 1
        elif piece == "}" or piece.startswith("\\end{") or piece == "\\right":
            braces -= 1
        elif len(piece) == 1 and piece in "()[]":
            rounds += 1 if piece in "([" else -1
    return braces, rounds


def balanced(text: str) -> bool:
    """Whether brackets, environments and ``\\left`` are closed."""
    braces, rounds = depths(text)
    return braces == 0 and (rounds == 0 or "\\left" in text)


NESTED = re.compile(r"\\begin\{(?:aligned?|gathered|split|gather|equation|eqnarray)\*?\}")


def _complete(text: str) -> bool:
    dangling = DANGLING.search(text[-TAIL:])
    return dangling is None and balanced(text) and not NESTED.search(text)


def _chain(row: Row) -> list[Row]:
    """The relations between arrows, in order."""
    if not row.whole:
        return [row]
    cuts = [0]
    for match, depth in _top(row.text, 0, len(row.text)):
        if depth == 0 and match[0] in ARROWS:
            before, after = row.text[cuts[-1] : match.start()], row.text[match.end() :]
            strong = match[0] not in ("\\to", "\\rightarrow", "\\longrightarrow", "→")
            if strong or (has_relation(before) and has_relation(after)):
                cuts += [match.start(), match.end()]
    cuts.append(len(row.text))
    found = [row.text[a:b].strip() for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return [
        Row(spoken(text), row.start, row.end, whole=_complete(text))
        for text in found
        if text.strip(" ,.;，。；")
    ]


def spoken(row: str) -> str:
    r"""A row with its ``\text{…}`` as the words that they are, where formulas stand on both
    sides of them; the comment behind a formula in brackets."""
    row = unboxed(row)
    parts = _by_words(row)
    if len(parts) == 1:
        return _spread(row)
    formulas, words = parts[::2], parts[1::2]
    if len(parts) == 3 and not formulas[1].strip(" .,;") and formulas[0].strip():
        apart = QUADS.search(formulas[0]) is not None and formulas[0].rstrip().endswith("quad")
        note = words[0].strip(" ()（）")
        if apart or COMMENT.match(words[0]):
            return f"{_spread(QUADS.sub(' ', formulas[0]).strip())} ({note})" if note else row
        return row
    if not _connects(formulas, words):
        return row
    if not formulas[0].strip() and len(words) == 1 and connecting(words[0]):
        return f"{words[0].strip()} {_spread(formulas[1].strip())}"
    out = []
    for n, part in enumerate(parts):
        piece = part.strip() if n % 2 else QUADS.sub(" ", part).strip(" ,")
        out.append(piece if n % 2 or not piece else f"${piece}$")
    return " ".join(p for p in out if p)


def _connects(formulas: list[str], words: list[str]) -> bool:
    """Whether words stand between whole formulas, and not between the parts of one."""
    for n, word in enumerate(words):
        before, after = formulas[n], formulas[n + 1]
        clean = SPACED.sub(" ", after).strip(" ,.;")
        if not clean or LEADING.match(clean) or OPERATOR.match(clean) or MINUS.match(clean):
            continue
        if n == 0 and not before.strip():
            return True
        if has_relation(before) and not EITHER.fullmatch(word):
            return True
    return False


def _by_words(row: str) -> list[str]:
    """Formula, words, formula, … by the ``\\text`` outside of all braces."""
    parts, start = [], 0
    depth_at = [(m.start(), d) for m, d in _top(row, 0, len(row))]
    depths = dict(depth_at)
    for match in WORDS.finditer(row):
        if match.start() < start or depths.get(match.start(), 0) != 0:
            continue
        close = closing_brace(row, match.end() - 1)
        if close < 0:
            break
        parts += [row[start : match.start()], row[match.end() : close]]
        start = close + 1
    return [*parts, row[start:]]


def _spread(row: str) -> str:
    r"""Two relations with only ``\quad`` between them get a comma."""
    pieces = QUADS.split(row)
    out = pieces[0]
    for piece in pieces[1:]:
        apart = has_relation(out) and has_relation(piece) and not LEADING.match(piece)
        comma = apart and out[-1:] not in (",", "，", ";") and not OPERATOR.match(piece)
        out += ", " + piece if comma else " " + piece
    return out.strip()


def doubtful(text: str) -> bool:
    """Whether a number in brackets at the end may be the number of the equation."""
    return DOUBTFUL_LABEL.search(text) is not None and has_relation(text)


def last_side(text: str) -> str:
    """What stands behind the last relation sign; nothing where that is not one formula."""
    found = None
    for match in RELATION.finditer(text):
        found = match
    if found is None:
        return ""
    side = text[found.end() :].strip(" .,;，。；")
    plain = not any(c in side for c in ",，;；$") and "\\text" not in side and "quad" not in side
    return side if plain and side and balanced(side) and wordless(side) else ""
