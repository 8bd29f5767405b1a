"""Words of texts and questions, so that SQLite's full-text search finds Chinese as well.

SQLite parts words at blanks and signs; Chinese has none.  So each run of Chinese becomes its
pairs of neighbouring characters: 定积分 is searched as 定积 and 积分.  Most Chinese words have
two characters, which an index of three would not find.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from operator import add

MOST_TERMS = 48
"""Words of a question that are looked for."""
MOST_QUESTION = 8000
"""Characters of a question that are looked at."""

CJK = (
    "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{CJK}]+(?:\n[{CJK}]+)*")
_WORD = re.compile(f"[{CJK}]+|[^\\W_{CJK}]+")
_HUMPED = re.compile(r"(?<![A-Za-z])[A-Za-z]{0,64}?[a-z][A-Z][A-Za-z]{0,64}")
_HUMPS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_BROKEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_QUOTED = re.compile(r'"([^"\n]{1,200})"|“([^”\n]{1,200})”')
_PARTICLES = re.compile(
    "请问|告诉我|为什么|什么样?|怎么样?|怎样|如何|哪[些个]|[这那][些个]|是否|多少|[的吗呢吧啊呀么]"
)
"""Words of Chinese questions, which say nothing of what is asked about."""

STOP = frozenset(
    "a an the of to in on at by for from with as is are was were be been am do does did has have "
    "had can could may might must shall should will would and or but not no if then than so that "
    "this these those there it its i me my you your he she we our they them their what which who "
    "whom whose when where why how about into out up please tell show give explain us let "
    "一下 一个 我们 你们 可以 关于".split()
)


def indexed(text: str) -> str:
    """The text as the index shall read it: runs of Chinese in pairs, names in their parts, words
    that a line's end had parted in one piece."""
    text = _normal(text)
    if "-\n" in text:
        text = _BROKEN.sub("", text)
    text = _HUMPED.sub(_parts, text)
    return text if text.isascii() else _RUN.sub(_pairs, text)


def _normal(text: str) -> str:
    """Letters of full width, ligatures and raised digits as the usual ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _parts(found: re.Match[str]) -> str:
    return f"{found[0]} {' '.join(_HUMPS.findall(found[0]))}"


def _pairs(found: re.Match[str]) -> str:
    run = found[0].replace("\n", "")
    return f" {' '.join(map(add, run, run[1:]))} {run[-1]} "


def terms(question: str) -> list[str]:
    """The words of a question that tell something: words, and pairs of Chinese characters."""
    found: dict[str, None] = {}
    rest: dict[str, None] = {}
    for word in _WORD.findall(_normal(question[:MOST_QUESTION]).casefold()):
        for term in _pieces(word):
            dull = term in STOP or (len(term) == 1 and not term.isdigit())
            (rest if dull else found)[term] = None
    return list(found or rest)[:MOST_TERMS]


def _pieces(word: str) -> Iterator[str]:
    if not _RUN.match(word):
        yield word
        return
    for run in _PARTICLES.split(word):
        if len(run) == 1:
            yield run
        yield from (run[n : n + 2] for n in range(len(run) - 1))


def match(question: str) -> str:
    """The question in the language of FTS5: any of its words, and all that stands in quotation
    marks as it stands there.  Empty where it has no word."""
    phrases = [_phrase(found[1] or found[2]) for found in _QUOTED.finditer(question)]
    wanted = [phrase for phrase in phrases if phrase]
    loose = [_term(term) for term in terms(_QUOTED.sub(" ", question) if wanted else question)]
    if not wanted:
        return " OR ".join(loose)
    must = " AND ".join(wanted)
    # the other words only say which of the passages come first
    return f"({must}) AND ({' OR '.join([*loose, must])})" if loose else must


def _term(term: str) -> str:
    """A lone Chinese character begins the pairs that it is searched in."""
    return f'"{term}"*' if len(term) == 1 and _RUN.match(term) else f'"{term}"'


def _phrase(text: str) -> str:
    tokens: list[str] = []
    words = _WORD.findall(_normal(text).casefold())
    for at, word in enumerate(words, 1):
        if _RUN.match(word) and len(word) > 1:
            ends = at < len(words)  # what follows shows that the run ends here in the text too
            tokens += [word[n : n + 2] for n in range(len(word) - (not ends))]
        else:
            tokens.append(word)
    lone = len(tokens) == 1 and len(tokens[0]) == 1 and _RUN.match(tokens[0])
    return f'"{" ".join(tokens)}"{"*" if lone else ""}' if tokens else ""


def marks(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Where words of a question stand in a text, also with another ending."""
    stems = sorted({_stem(term) for term in wanted if term}, key=len, reverse=True)
    if not stems:
        return []
    pattern = "|".join(
        rf"(?<![a-z0-9]){stem}[a-z0-9]*" if stem.isascii() else re.escape(stem) for stem in stems
    )
    return [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]


def _stem(term: str) -> str:
    return term[: max(4, len(term) - 3)] if term.isascii() and len(term) > 4 else term


def snippet(text: str, wanted: Iterable[str], width: int = 160) -> str:
    """One line of at most about ``width`` characters, where most of the words stand."""
    spans = marks(text, wanted)
    best, most, at = 0, 0, 0
    for n, (start, _) in enumerate(spans):
        while spans[at][0] < start - width * 2 // 3:
            at += 1
        kinds = len({text[a:b].casefold() for a, b in spans[max(at, n - 32) : n + 1]})
        if kinds > most:
            best, most = spans[max(at, n - 32)][0], kinds
    start = _word_start(text, max(0, best - width // 5))
    piece = " ".join(text[start : start + width].split())
    before = "…" if text[:start].strip() else ""
    after = "…" if text[start + width :].strip() else ""
    return f"{before}{piece}{after}"


def _word_start(text: str, at: int) -> int:
    """The begin of the next word, where one begins soon."""
    for n in range(at, min(at + 16, len(text))):
        if n == 0 or text[n - 1].isspace():
            return n
    return at
