"""Examples in a question, as tests.

``two_sum([2, 7], 9) == [0, 1]``, ``>>> f(2)``, ``f(2) -> 3``, ``f(2) returns 3``, ``f(2) 返回 3``,
``输入：… 输出：…``.  Only what is plainly claimed becomes a test: a line that speaks of what goes
wrong ("it returns 3 instead of 4") does not.  The values are never evaluated here; they go as
text into a file of tests, which runs in the sandbox.
"""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.coding.examples import doubts
from assistant.coding.examples.dialogues import dialogues_in
from assistant.coding.examples.headings import measured_in, results_in
from assistant.coding.examples.named import named_in
from assistant.coding.examples.pairs import COMMENTED, Pair, pairs_in
from assistant.coding.examples.scanning import (
    CALL,
    MOST_TRIED,
    Found,
    calls,
    expression,
    literal_at,
    unread,
)
from assistant.coding.examples.tables import rows_in

MOST_EXAMPLES = 200
"""That are tested; whether there are more, ``left_out`` tells."""
LONGEST_SHOWN = 60
_OVER = re.compile(r"[;；。\n]|[,，]\s*(?=[A-Za-z_]\w*\()")
"""Where something else is claimed."""
_SAYS_SO = re.compile(
    r"""[`*]{0,3}(?:(?P<below>[ \t]{0,4}\r?\n[-*>\#\s]{0,6}(?:expected\s|预期|期望)?
        (?:output|returns?|result|输出|返回值?|结果)\*{0,2}[:：])|\s{0,8}(?:[:：]\s{0,4})?(?:
        (?P<sign>==|-{1,5}>|=>|[→⟶⇒➞➜➔⟹⇨⟼]|=(?!=)|＝|≈|≒)
        |(?P<firm>(?:should|must|has\ to|needs\ to|ought\ to|is\ expected\ to|shall)\s+
            (?:return|give|be|equal|yield|output|print|produce|evaluate\ to|result\ in)
            |(?:应该?|必须|须|需要?)当?(?:返回|得到|输出|打印|等于|给出|为|是))
        |(?P<loose>[，,]?(?:则|会|将)?(?:返回|得到|输出)
            |returns?|gives?|yields?|is|equals?|evaluates\ to|results?\ in|produces|outputs?
            |prints|的?(?:返回值?|结果|输出|值)(?:应该?|应当)?[为是]?|打印|得到|等于|给出|为|是)
        |(?P<note>\#(?:\s?(?:=>|->|→|⇒))?)
    )|(?P<colon>[:：]))\s{0,8}[:：]?\s{0,8}[`*]{0,3}\s{0,4}""",
    re.VERBOSE | re.IGNORECASE,
)
_LISTED = re.compile(r"(?:\A|[:：,，;；、])\s{0,3}`{0,3}\Z")
_CPP_ERRORS = (
    "invalid_argument out_of_range domain_error length_error logic_error runtime_error range_error"
    " overflow_error underflow_error bad_alloc bad_cast bad_optional_access system_error"
).replace(" ", "|")
_RAISES = re.compile(
    r"[`*]{0,3}\s{0,8}(?:(?P<must>"
    r"(?:should|must|shall|has\ to|needs\ to|ought\ to|is\ expected\ to)\s+(?:raise|throw)"
    r"|(?:应该?|必须|须|需要?)当?(?:抛出|引发|触发))"
    r"|(?:will\s+)?(?:raises?|throws?)|[会则将]?(?:抛出|引发|触发))\s{0,4}(?:an?\s|一个)?\s{0,4}`{0,3}"
    r"(?:(?P<kind>(?:[A-Z]\w{0,40})?(?:Error|Exception|Iteration)|KeyboardInterrupt|SystemExit"
    rf"|std::\w{{1,40}}|(?:{_CPP_ERRORS})(?=`|\s*(?:\Z|[.,;。，；\n])))(?!\w)|(?P<any>error|exception|异常|错误))"
    r"(?:`{0,3}\s{0,4}(?:exception|error|异常|错误))?"
)
_AROUND = re.compile(
    r"(?<![\w.])(?:list|tuple|set|sorted|dict|len|sum|next|str|(?P<runs>asyncio\.run))\(\Z"
)
"""What is asked of a result, in Python (``own`` has ASCII names in other languages alone)."""
ANY_ERROR = "Exception"
"""What an example wants that speaks of an exception and does not name it."""
_WHEN = re.compile(r"[`*]{0,3}\s{1,4}(?:if|when|with|on)\b|\s{0,4}[(（]")
_ASSERTS = (
    (
        re.compile(
            r"\b(?:self\.assert(?:List|Dict|Tuple|Set)?Equals?|(?:ASSERT|EXPECT)_EQ"
            r"|assert\.(?:strictEqual|deepStrictEqual))\(\s{0,8}\Z"
        ),
        re.compile(r"\s{0,8},\s{0,8}"),
    ),
    (
        re.compile(r"\bexpect\(\s{0,8}\Z"),
        re.compile(r"\s{0,8}\)\s{0,8}\.to(?:Be|Equal|StrictEqual)\(\s{0,8}"),
    ),
)
"""How the frameworks of tests begin to compare a call, and go on behind it."""
_ASSERTING = re.compile(r"\s*assert ")
_MADE = re.compile(
    r"(?<![\w.])([A-Za-z_]\w{0,60})\s{0,3}=\s{0,3}(?:await\s|new\s)?[A-Za-z_][\w.]{0,60}\("
)
"""What the question makes itself by a call (``m = memoize(f)``), and a program need not have."""
_DENIED = re.compile(
    r"(?:\b(?:assertFalse|(?:ASSERT|EXPECT)_FALSE|assertNot\w{0,40})\s?|!\s?)\(\s{0,8}\Z"
    r"|\bnot\s{1,3}\(?\s{0,8}\Z"
)
"""Before what is claimed to be false."""
_PRINTS = re.compile(r"output|print|输出|打印", re.IGNORECASE)
_ARROW = re.compile(r"[>→⟶⇒➞➜➔⟹⇨⟼#:：]")
_COMMENT = re.compile(r"\s*#[^'\"]*$")
_LENIENT = frozenset({doctest.NORMALIZE_WHITESPACE, doctest.ELLIPSIS})


@dataclass(frozen=True, slots=True)
class Example:
    """A call and what it must give, as source text.  ``raises``: ``wanted`` is an exception's
    name.  ``loose``: decimals were written by a person, who rounds.  ``printed``: it may print
    the value as well as return it.  ``paired``: it was told as an input and an output, and may
    leave the latter in what it was handed.  ``named``: by the names of all that the function
    takes.  ``points``: by an arrow, which may lead to what it prints or changes."""

    call: str
    wanted: str
    raises: bool = False
    loose: bool = False
    printed: bool = False
    paired: bool = False
    named: bool = False
    points: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A doctest: statements and expressions, each with what it shows or raises.  ``untold``: they
    were written as code, and may speak of other code than what is asked for."""

    lines: tuple[tuple[str, str, str], ...]
    untold: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """An ``assert`` that stands in the question."""

    source: str


QuestionExample = Example | Session | Pair | Claim


def examples_in(text: str, own: Collection[str] = ()) -> tuple[QuestionExample, ...]:
    """The examples of a question, each once, in their order of kind; no more than
    ``MOST_EXAMPLES``.

    ``own`` are the names of functions of the code, for those that Python has too.
    """
    return _all_in(text, frozenset(own))[:MOST_EXAMPLES]


def left_out(text: str, own: Collection[str] = ()) -> int:
    """How many examples of a question are too many to be among ``examples_in``; of a very long
    question, at least so many."""
    count = max(0, len(_all_in(text, frozenset(own))) - MOST_EXAMPLES)
    return count or int(unread(text))


@lru_cache(maxsize=4)
def _all_in(text: str, own: frozenset[str]) -> tuple[QuestionExample, ...]:
    rest, sessions = _without_sessions(text)
    found: list[QuestionExample] = [*sessions]
    for steps, start, end in dialogues_in(rest):
        if steps:
            found.append(Session(steps, untold=True))
        rest = rest[:start] + re.sub(r"[^\n`~]", " ", rest[start:end]) + rest[end:]
    found += [*_claims(rest), *_called(rest, own)]
    pairs = list(pairs_in(rest))
    told = {pair.given for pair in pairs}
    found += [*_tabled(rest), *pairs, *(p for p in named_in(rest) if p.given not in told)]
    return tuple(dict.fromkeys(found))


def _tabled(text: str) -> Iterator[QuestionExample]:
    for row in rows_in(text):
        if row.call:
            yield Example(row.given, row.wanted, loose=True)
        else:
            yield Pair(row.given, row.wanted, inline=True)


def doctests_in(text: str) -> tuple[Session, ...]:
    """The doctests of a text.  Lines that share no names are sessions of their own."""
    try:
        found = doctest.DocTestParser().get_examples(text)
    except ValueError:
        return ()
    if any(option not in _LENIENT for e in found for option in e.options):
        return ()  # ``+SKIP`` and its like
    lines = tuple((e.source, e.want, e.exc_msg or "") for e in found)
    if not any(want or raised for _, want, raised in lines):
        return ()
    if all(expression(source) is not None for source, _, _ in lines):
        return tuple(Session((line,)) for line in lines if line[1] or line[2])
    return (Session(lines),)


def _without_sessions(text: str) -> tuple[str, tuple[Session, ...]]:
    """The text without the lines of its doctests, and those."""
    if ">>>" not in text:
        return text, ()
    bare = re.sub(r"^[ \t]*(?:`{3,}|~{3,}).*$", "", text, flags=re.MULTILINE)
    bare = re.sub(r"\"{3}|'{3}", "\n", bare)  # where a docstring ends, so does what is shown
    kept, shown, inside = [], [], False
    for line in bare.split("\n"):
        inside = line.lstrip().startswith(">>>") or (inside and bool(line.strip()))
        kept.append("" if inside else line)
        shown.append(line if inside else "")
    return "\n".join(kept), doctests_in("\n".join(_wanted(bare.split("\n"), shown)))


def _wanted(lines: list[str], shown: list[str]) -> list[str]:
    """The lines of doctests, without those that tell of what goes wrong."""
    at = 0
    while at < len(shown):
        if not shown[at]:
            at += 1
            continue
        end = at
        while end < len(shown) and shown[end]:
            end += 1
        near = lines[max(0, at - doubts.HEAD_LINES) : at]
        before, after = "\n".join(near) + "\n", "\n".join(lines[end : end + doubts.HEAD_LINES])
        doubtful = any(
            doubts.contrary(line) or COMMENTED.search(line)
            for line in shown[at:end]
            if not line.lstrip().startswith((">>>", "..."))
        )
        text = before + after
        if doubtful or not doubts.introduced(text, len(before), len(before)):
            shown[at:end] = [""] * (end - at)
        at = end
    return shown


def _claims(text: str) -> Iterator[Claim]:
    found: list[tuple[str, int, int]] = []
    at = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        word = line.strip().strip("`")
        if word.startswith("assert ") and len(word) < 500 and _is_claim(word):
            start += line.index(word)
            found.append((word, start, start + len(_COMMENT.sub("", word))))
            if len(found) > MOST_TRIED:
                break
    masked = doubts.blanked(text, [(start, end) for _, start, end in found])
    for word, start, end in found:
        if doubts.plain(masked, start, end):
            yield Claim(word)


def _is_claim(word: str) -> bool:
    try:
        tree = ast.parse(word).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return len(tree) == 1 and isinstance(tree[0], ast.Assert) and CALL.search(word) is not None


@dataclass(frozen=True, slots=True)
class _Said:
    """An example, and where it stands.  ``firm``: it says what should be."""

    example: Example
    start: int
    end: int
    firm: bool


def _called(text: str, own: Collection[str]) -> Iterator[Example]:
    asked = list(calls(text, own))
    spans = [(call.start, call.end) for call in asked]
    told, measured = results_in(text, spans), measured_in(text, spans)
    made = {name for name in _MADE.findall(text) if name not in own}
    each = (
        _said(text, call, own, colon=call.start in told)
        for call in asked
        if call.start not in measured and call.text.partition("(")[0].strip() not in made
    )
    said = [found for found in each if found is not None]
    masked = doubts.blanked(text, [(found.start, found.end) for found in said])
    kept = [s for s in said if doubts.plain(masked, s.start, s.end, firm=s.firm)]
    firm = {s.example.call for s in kept if s.firm}
    wanted: dict[str, set[str]] = {}
    for found in kept:
        if found.firm or found.example.call not in firm:
            wanted.setdefault(found.example.call, set()).add(found.example.wanted)
    for found in kept:
        values = wanted[found.example.call]
        if len(values) == 1 and found.example.wanted in values:  # else they contradict each other
            yield found.example


def _said(text: str, found: Found, own: Collection[str], *, colon: bool) -> _Said | None:
    """What is said of a call; ``None`` where that is no value or exception, or not all of it.
    ``colon``: may a colon behind it tell what it gives?"""
    line = text.rfind("\n", 0, found.start) + 1
    start, end = found.start, found.end
    before = text[max(line, start - doubts.FAR) : start]
    if before.endswith("print(") and text.startswith(")", end):
        start, end = start - len("print("), end + 1  # print(f(2))  # 3
    around = _AROUND.search(before)
    if around and text.startswith(")", end) and not any(map(str.isascii, own)):
        start, end = start - len(around[0]), end + 1  # list(f(2)) == [0, 1]
        if not around["runs"]:
            found = Found(f"{around[0]}{found.text})", start, end)
    asserted = _asserted(text, found, before)
    if asserted is not None:
        return asserted
    denied = _ASSERTING.match(text, line) or _DENIED.search(before[-100:])
    if denied or not doubts.alone(text, start):
        return None
    raises = _RAISES.match(text, end)
    if raises:
        if not (doubts.ends(text, raises.end()) or _WHEN.match(text, raises.end())):
            return None
        example = Example(found.text, raises["kind"] or ANY_ERROR, raises=True)
        return _Said(example, start, raises.end(), raises["must"] is not None)
    says = _SAYS_SO.match(text, end)
    if says is None or ("\n" in says[0] and not says["below"]):
        return None
    ahead = text[max(line, start - doubts.FAR) : start]
    listed = colon and (doubts.BULLET.match(ahead) or _LISTED.search(ahead))
    if says["colon"] and not listed:
        return None
    value = literal_at(text, says.end())
    if value is None or not _ends(text, value.end, note=says["note"] is not None):
        return None
    printed = _PRINTS.search(says[0]) is not None
    example = Example(
        found.text, value.text, loose=says["sign"] != "==", printed=printed, points=_points(says)
    )
    return _Said(example, start, value.end, says["firm"] is not None)


def _points(says: re.Match[str]) -> bool:
    """Is it an arrow, or the sign of a comment, and no word?"""
    return _ARROW.search(says["sign"] or says["note"] or says["colon"] or "") is not None


def _asserted(text: str, found: Found, before: str) -> _Said | None:
    """A call that a framework of tests compares (``expect(f(2)).toBe(4)``)."""
    for head, way in _ASSERTS:
        begun, then = head.search(before[-100:]), way.match(text, found.end)
        value = literal_at(text, then.end()) if begun and then else None
        closed = re.compile(r"\s{0,8}\)").match(text, value.end) if value is not None else None
        if begun and value is not None and closed is not None:
            start = found.start - len(begun[0])
            return _Said(Example(found.text, value.text), start, closed.end(), firm=True)
    return None


def passed_over(text: str, own: Collection[str] = ()) -> Iterator[str]:
    """What is plainly claimed of a call by ``==`` and is no value (``f(3) == 2 * 3``), as it is
    written: nothing tests it."""
    rest, _ = _without_sessions(text)
    for call in calls(rest, own):
        says = _SAYS_SO.match(rest, call.end)
        if says is None or says["sign"] != "==" or not doubts.alone(rest, call.start):
            continue
        value = literal_at(rest, says.end())
        read = value is not None and _ends(rest, value.end, note=False)
        if not read and doubts.plain(rest, call.start, says.end()):
            line = rest[rest.rfind("\n", 0, call.start) + 1 : call.start].lstrip()
            shown = rest[call.start : call.start + LONGEST_SHOWN]
            if not line.startswith("assert "):
                yield (
                    shown[: says.end() - call.start]
                    + _OVER.split(shown[says.end() - call.start :])[0].strip()
                )


def _ends(text: str, at: int, *, note: bool) -> bool:
    """Is the value over here, and no part of something larger?"""
    if note:
        return not text[at : at + 80].split("\n", maxsplit=1)[0].strip(" `.。;；")
    return doubts.ends(text, at)
