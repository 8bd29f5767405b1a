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
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from assistant.coding.blocks import blocks_of
from assistant.coding.scanning import CALL, balanced, calls, expression, is_value, literal_at

MOST_EXAMPLES = 40
_TICKS = re.compile(r"[`*\s]{0,8}")
_SAYS_SO = re.compile(
    r"""[`*]{0,3}\s{0,8}(?:
        (?P<sign>==|->|=>|→|⟶|⇒|=(?!=)|＝)
        |(?P<firm>(?:should|must|has\ to|needs\ to|ought\ to|is\ expected\ to|shall)\s+
            (?:return|give|be|equal|yield|output|produce|evaluate\ to|result\ in)
            |(?:应该?|必须|须|需要?)当?(?:返回|得到|输出|等于|给出|为|是))
        |(?P<loose>returns?|gives?|yields?|is|equals?|evaluates\ to|results?\ in|produces|outputs?
            |的?(?:返回值?|结果|输出|值)(?:应该?|应当)?[为是]?|得到|等于|给出|为|是)
        |(?P<note>\#)
    )\s{0,8}[:：]?\s{0,8}[`*]{0,3}\s{0,4}""",
    re.VERBOSE,
)
_RAISES = re.compile(
    r"[`*]{0,3}\s{0,8}(?:(?:should|must)\s+(?:raise|throw)|raises|throws"
    r"|(?:应该?|必须)?(?:抛出|引发|触发))\s{0,4}(?:an?\s|一个)?\s{0,4}`{0,3}"
    r"(?P<kind>[A-Z]\w{0,40}(?:Error|Exception|Iteration))"
)
_DOUBT = re.compile(
    r"\b(?:not|instead|but|wrong|bug|why|actually|incorrect|currently|unexpected|fails?|error"
    r"|rather)\b|n't\b|不|却|错|为什么|但|实际|而非|没有|目前|失败|原本",
    re.IGNORECASE,
)
_CODE_BEFORE = re.compile(
    r"\b(?:if|elif|while|until|unless|when|whether|not|lambda|get|got)\b|[<>]\s*$|(?<!=)=\s*$|^\s*return\b"
    r"|若|如果|当|是否|得到",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:i|we|it|that|which)\s+(?:get|got|gets|gives?|gave|see|saw|returns|returned)\b"
    r"|\b(?:actual|currently|observed|wrong|buggy|broken|bug)\b|我得到|实际|目前|现在|错误",
    re.IGNORECASE,
)
"""A line that tells what happens now, and not what should."""
_CONTRARY = re.compile(
    r"\s*(?:but|instead|however|expected|it should|should be|rather than"
    r"|但|而应|却|应该是|期望|预期)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[`*]{0,3}[ \t]{0,4}(?:[-+*/%<>=&|^\[({\w\"']|or\b|and\b|或|如果|当|乘|除以)(?!\*)"
)
_LISTED = re.compile(
    r"[`*]{0,3}[ \t]{0,4}(?:,|;|(?:and|with|for|because|since|as|but|instead|rather|not)\b)"
)
_PAIR = re.compile(
    r"(?:input|输入)[^\w\n:：]{0,6}[:：]\s{0,8}`{0,3}(?P<given>[^\n`]{1,500}?)`{0,3}"
    r"[ \t]{0,4}(?:\r?\n\s{0,8}|[,，;；。]\s{0,4}|\s{1,4})[*\-\s]{0,6}"
    r"(?:output|输出)[^\w\n:：]{0,6}[:：]\s{0,8}`{0,3}(?P<wanted>[^\n`]{1,500})",
    re.IGNORECASE,
)
_INPUT = re.compile(r"input|输入", re.IGNORECASE)
_INPUT_HEAD = re.compile(r"(?:input|输入)[^\w]{0,8}\Z", re.IGNORECASE)
_OUTPUT_HEAD = re.compile(r"(?:output|输出)[^\w]{0,8}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Example:
    """A call and what it must give, as source text.  ``raises``: ``wanted`` is an exception's
    name.  ``loose``: decimals were written by a person, who rounds."""

    call: str
    wanted: str
    raises: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A doctest: statements and expressions, each with what it shows or raises."""

    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What goes in and what comes out, of a function or program that the example does not
    name."""

    given: str
    wanted: str
    inline: bool = False
    """It stands within a line, where words may describe it and not be it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An ``assert`` that stands in the question."""

    source: str


QuestionExample = Example | Session | Pair | Claim


def examples_in(text: str) -> tuple[QuestionExample, ...]:
    """All examples of a question, each once, in their order of kind."""
    rest, sessions = _without_sessions(text)
    found: list[QuestionExample] = [*sessions, *_claims(rest), *_called(rest), *_pairs(rest)]
    return tuple(dict.fromkeys(found))[:MOST_EXAMPLES]


def doctests_in(text: str) -> tuple[Session, ...]:
    """The doctests of a text.  Lines that share no names are sessions of their own."""
    try:
        found = doctest.DocTestParser().get_examples(text)
    except ValueError:
        return ()
    lines = tuple((e.source, e.want, e.exc_msg or "") for e in found)
    if not lines:
        return ()
    if all(expression(source) is not None for source, _, _ in lines):
        return tuple(Session((line,)) for line in lines)
    return (Session(lines),)


def _without_sessions(text: str) -> tuple[str, tuple[Session, ...]]:
    """The text without the lines of its doctests, and those."""
    if ">>>" not in text:
        return text, ()
    bare = re.sub(r"^[ \t]*(?:`{3,}|~{3,}).*$", "", text, flags=re.MULTILINE)
    bare = re.sub(r"\"{3}|'{3}", "\n", bare)  # where a docstring ends, so does what is shown
    kept, inside = [], False
    for line in bare.split("\n"):
        inside = line.lstrip().startswith(">>>") or (inside and bool(line.strip()))
        kept.append("" if inside else line)
    return "\n".join(kept), doctests_in(bare)


def _claims(text: str) -> Iterator[Claim]:
    for line in text.split("\n"):
        word = line.strip().strip("`")
        if word.startswith("assert ") and len(word) < 500 and not _DOUBT.search(word):
            try:
                tree = ast.parse(word).body
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
            if len(tree) == 1 and isinstance(tree[0], ast.Assert) and CALL.search(word):
                yield Claim(word)


def _called(text: str) -> Iterator[Example]:
    for found in calls(text):
        line_start = text.rfind("\n", 0, found.start) + 1
        line_end = text.find("\n", found.end)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        if line.lstrip().startswith("assert ") or _told_of(text, line_start, line_end):
            continue
        end = found.end
        if text.startswith(")", end) and text[: found.start].endswith("print("):
            end += 1  # print(f(2))  # 3
        raises = _RAISES.match(text, end)
        if raises:
            if not _DOUBT.search(line.replace(raises[0], "")):
                yield Example(found.text, raises["kind"], raises=True)
            continue
        says = _SAYS_SO.match(text, end)
        if says is None or "\n" in says[0]:
            continue
        doubted = line if says["loose"] or says["note"] else text[line_start : found.start]
        before = text[line_start : found.start].removesuffix("print(")
        if not says["firm"] and (_DOUBT.search(doubted) or _CODE_BEFORE.search(before)):
            continue
        value = literal_at(text, says.end())
        if value is None or not _ends(text, value.end, note=says["note"] is not None):
            continue
        loose = not says["sign"] or says["sign"] != "=="
        yield Example(found.text, value.text, loose=loose)


def _told_of(text: str, line_start: int, line_end: int) -> bool:
    """Does a line around this one say that it tells of something wrong?"""
    before = text[:line_start].rstrip().rpartition("\n")[2]
    after = text[line_end:].lstrip("\n").partition("\n")[0] if line_end >= 0 else ""
    leads = before.rstrip().endswith((":", "：")) and _REPORTS.search(before) is not None
    return leads or _CONTRARY.match(after) is not None


def _ends(text: str, at: int, *, note: bool) -> bool:
    """Is the value over here, and no part of something larger?"""
    rest = text[at : at + 80]
    if note:
        return not rest.split("\n")[0].strip(" `.。;；")
    if _LISTED.match(rest):
        return True
    return _GOES_ON.match(rest) is None


def _pairs(text: str) -> Iterator[Pair]:
    heads = islice(_INPUT.finditer(text), MOST_EXAMPLES)
    for found in filter(None, (_PAIR.match(text, head.start()) for head in heads)):
        given, wanted = found["given"].strip(), found["wanted"].strip().rstrip("。.;；")
        yield Pair(given, wanted, inline=True)
    blocks = blocks_of(text)
    for before, after in pairwise(blocks):
        head = text[max(before.start - 60, 0) : before.start]
        between = text[before.end : after.start]
        if _INPUT_HEAD.search(head) and _OUTPUT_HEAD.search(between[-60:]):
            yield Pair(before.text, after.text)


def pair_arguments(given: str) -> ast.Call | None:
    """The input of a pair as the arguments of a call; ``None`` where it is other text."""
    call = expression(f"f({given.strip()})")
    if not isinstance(call, ast.Call) or balanced(f"f({given.strip()})", 1) is None:
        return None
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    parts = [*call.args, *(keyword.value for keyword in call.keywords)]
    return call if all(is_value(ast.unparse(part)) for part in parts) else None
