"""Where a sentence ends, in English and Chinese, seen on the mask of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.steps.displays import ARROWS, display_rows
from assistant.steps.inline import CODE, EDGE, HIDDEN, MATHS, STOP
from assistant.steps.wording import has_relation, visible

ENDS = re.compile(
    rf"[。！？]+[”’」』】）)\"'{HIDDEN}]*|[.!?{STOP}]+[\"'”’)\]】」』{HIDDEN}]*(?=\s|$|[\u3400-\u9fff])"
)
BEFORE = re.compile(r"(?:^|(?<=[^A-Za-z.]))((?:[A-Za-z]\.)*[A-Za-z]+)$")
ABBREVIATIONS = frozenset(
    "e.g i.e no nos mr mrs ms dr vs etc eq eqs fig figs sec ch prof st cf resp ex approx al ft in"
    " min hr hrs lb lbs oz yd mi pt qt gal wt vol p pp ca inc jr sr".split()
)
NEXT = re.compile(rf"[\s{HIDDEN}]*(.)", re.DOTALL)
FACTORIAL = re.compile(r"[\w)}\]]$")
GROUP = re.compile(f"({MATHS}*[{EDGE}{STOP}])|({CODE}+)|{HIDDEN}+")
ENTITIES = {
    "&lt;": "<", "&gt;": ">", "&le;": "≤", "&ge;": "≥", "&nbsp;": " ", "&times;": "×",
    "&divide;": "÷", "&minus;": "-", "&ne;": "≠", "&amp;": "&",
}  # fmt: skip
ENTITY = re.compile("|".join(ENTITIES))
SCRIPT = re.compile(r"<(su[bp])>([^<>]{1,40})</\1>")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of a line at ``start:end``; ``ended`` by its punctuation.

    ``alone`` is the formula where it is one formula between dollar signs and nothing else but a
    connecting word, which stands in ``lead``.
    """

    text: str
    start: int
    end: int
    ended: bool
    alone: str = ""
    lead: str = ""


def sentences(line: str, mask: str, start: int = 0) -> Iterator[Sentence]:
    """The sentences of a line from ``start`` on, with their places in it."""
    for begin, end, ended in spans(mask, start):
        found = _sentence(line, mask, begin, end, ended=ended)
        if found is not None:
            yield found


def spans(mask: str, start: int = 0) -> Iterator[tuple[int, int, bool]]:
    """Where the sentences are, and whether their end is marked."""
    begin = start
    for match in ENDS.finditer(mask, start):
        if match.start() >= begin and _is_end(mask, begin, match):
            yield begin, match.end(), True
            begin = match.end()
    if begin < len(mask):
        yield begin, len(mask), False


def _is_end(mask: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a sentence ends here and not an abbreviation, a number or a factorial."""
    after = NEXT.match(mask, match.end())
    char = after[1] if after else ""
    if match[0][0] in "。！？":
        return char not in tuple("=＝")
    if char and (char in "=+-*/^<>≤≥≠≈×÷,;，；、)" or (char.isascii() and char.islower())):
        return False
    if match[0][0] == ".":
        word = BEFORE.search(mask, max(begin, match.start() - 12), match.start())
        return not char or word is None or word[1].lower() not in ABBREVIATIONS
    return True


def _sentence(line: str, mask: str, begin: int, end: int, *, ended: bool) -> Sentence | None:
    while begin < end and (mask[begin].isspace() or mask[begin] == HIDDEN):
        begin += 1
    while end > begin and (mask[end - 1].isspace() or mask[end - 1] == HIDDEN):
        end -= 1
    if begin == end:
        return None
    out: list[str] = []
    at = begin
    formulas: list[str] = []
    for match in GROUP.finditer(mask, begin, end):
        out.append(_plain(mask[at : match.start()]))
        at = match.end()
        if match[1] is not None:
            content = inside(line[match.start() : at])
            formulas.append(content)
            out.append(in_sentence(content))
        elif match[2] is not None:
            out.append("…")
    out.append(_plain(mask[at:end]))
    words = "".join(out)
    alone = lead = ""
    if len(formulas) == 1:
        lead, _, rest = words.partition(in_sentence(formulas[0]))
        if not rest.strip(" .,;:。，；：!！"):
            alone = formulas[0]
    return Sentence(visible(words), begin, end, ended, alone, visible(lead))


def whole_text(line: str, mask: str, begin: int, end: int) -> str:
    """A piece of a line as one text."""
    found = _sentence(line, mask, begin, end, ended=True)
    return found.text if found is not None else ""


def _plain(text: str) -> str:
    if "&" in text:
        text = ENTITY.sub(lambda m: ENTITIES[m[0]], text)
    if "<su" in text:
        text = SCRIPT.sub(lambda m: f"{'_' if m[1] == 'sub' else '^'}{{{m[2]}}}", text)
    return text


def inside(formula: str) -> str:
    """A formula without its dollar signs."""
    size = 1 if formula[0] == "$" and formula[1] != "$" else 2
    return visible(formula[size:-size])


def in_sentence(formula: str) -> str:
    """A formula among words: each relation of a chain between dollar signs of its own."""
    if not any(a in formula for a in ARROWS) and "\\text" not in formula:
        return f"${formula}$"
    rows = display_rows(formula)
    if not rows or not all(r.whole and has_relation(r.text) for r in rows) or "\\\\" in formula:
        return f"${formula}$"
    return " ⇒ ".join(r.text if "$" in r.text else f"${r.text}$" for r in rows)
