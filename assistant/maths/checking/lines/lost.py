"""Solutions of the problem that a whole piece of work leaves out without a word, or invents.

``x^2 = 4, so x = 2`` is wrong where nothing before or behind it has the other solution.  A line
is only refuted where all of the work is understood, and where no word of it leaves room for more
solutions, or for a reason to leave one out.
"""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.checking.lines.compared import follows, impossible
from assistant.maths.checking.lines.judging import lost
from assistant.maths.checking.lines.marks import GIVEN, UNKNOWN, linked
from assistant.maths.checking.lines.signs import both_signs
from assistant.maths.checking.lines.whole_turns import repeats
from assistant.maths.checking.logic.statements import split_signs
from assistant.maths.checking.logic.values import show_solution, solutions, true_at
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.reading.claims.harmless import is_harmless
from assistant.maths.reading.claims.line import BLOCKS, Line
from assistant.maths.reading.claims.words import LEAD, PUT_IN
from assistant.maths.types import Link, Mark, Proved, Refuted, Text

MOST = 40
"""Lines of work that are looked through."""
SECONDS = 0.3
NO_ROOT = Text("{0} does not satisfy the problem: it has to be rejected", "{0} 不满足原题，应舍去")
_SAID = re.compile(
    r"\b(?:taking|take)?\s*(?:the\s+)?square\s+roots?\b|\b(?:both|each)\s+sides?\b"
    r"|(?:(?:方程|等式)?[两左右]边)?(?:同时)?(?:同?除以|同?乘以?|同?加上?|同?减去?|开平?方|平方)|[两左右]边(?:同时)?"
    r"|\bthe\s+(?:only\s+)?(?:solutions?|roots?|answers?)(?:\s+(?:of|to)\s+(?:the|this)\s+(?:original\s+|given\s+)?equation)?"
    r"\s+(?:is|are)\b|(?:原?方程)?的?(?:唯一的?)?[解根](?=[为是得])|[解根](?=[为是得])",
    re.IGNORECASE,
)
"""All solutions are told, or how they were found."""
_MORE = re.compile(
    r"\b(?:one|two|three|four|both|first|second|third|next|then\s+again|others?|another|some|any|an?|also|too|as\s+well|positive|negative|real"
    r"|smallest|largest|valid|possible|cases?|either|again|similarly|likewise|symmetr\w*|consider|notice|note|satisf\w+|works?|if|when|"
    r"check\w*|verif\w+|example|solutions?|roots?|answers?|remaining|rest|integers?|must|since|because|as|for|where|with|only|opposite|signs?"
    r"|plus|minus|absolute|inverse|reverse|same)\b"
    r"|[正负另也还又再同其若当设令取二两几些个或可舍弃因由只必实整检验]|如果|情[况形]|例如|第",
    re.IGNORECASE,
)
"""Words that leave room for other solutions, or give a reason to leave one out."""
_DEDUCED = re.compile(
    r"\b(?:so|hence|thus|therefore|gives?|giving|get|gets|getting|obtain|obtains|yields?|taking|take|divid\w+|implies|means"
    r"|(?:solution|root|answer)s?\s+(?:is|are))\b|square\s+roots?|得|所以|因此|即|故|两边|开方|除以|[解根][为是]|\\Rightarrow|⇒|→",
    re.IGNORECASE,
)
"""A line says that it follows from what stands before."""
_NUMBER = re.compile(r"\d")
"""In what is left of a line without its claims: a value that nobody has read."""
_VALUE = re.compile(r"(?:\\sqrt|\\[dt]?frac|\\pm|\\pi|e(?![a-z])|[^A-Za-z=<>≤≥≠])+")
"""A formula that is a number alone, or several."""
_VALUE_BEHIND = re.compile(r"=[^=]*(?:[A-Za-z]{2}|[\u4e00-\u9fff])[^=]*\d")
"""``x = 2 or -2`` among words, of which the first value is read."""

_SIGN = re.compile(r"[=<>≤≥≠∈]")
_WORD = re.compile(
    r"(?<![A-Za-z\\])(?!(?:pi|sqrt|ln|log|exp|or|and)\b)[A-Za-z]{2,}|[\u4e00-\u9fff]"
)


def left_out(problem: t.Expr, lines: list[Line], marks: list[Mark]) -> dict[int, Mark]:
    """The lines that leave out a solution of the problem which nothing in the work has."""
    names = t.symbols(problem)
    if len(names) != 1 or len(lines) > MOST or repeats(problem):
        return {}
    if not all(map(_is_clear, lines)) or any(_MORE.search(_words(line)) for line in lines):
        return {}
    said = [s for line in lines for s in _statements(line)]
    found: dict[int, Mark] = {}
    for n, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark.why not in (UNKNOWN.why, GIVEN.why) or not _concludes(line):
            continue
        if _goes_on(line):
            continue
        statement = _statements(line)[-1]
        verdict = _lost(problem, statement, said, names[0])
        if verdict is not None:
            finding = lost(verdict, statement)
            found[n] = Mark(verdict, max(mark.claims, 1), finding.why)
    return found


def invented(problem: t.Expr, line: Line, mark: Mark) -> Mark | None:
    """The mark of the last line of all, where its words tell an answer with a value that does not
    satisfy the problem: what follows from a squared equation may be no solution."""
    statements = _statements(line)
    if isinstance(mark.verdict, Refuted) or not statements or not _is_clear(line):
        return None
    if not _concludes(line) or _MORE.search(_words(line)):
        return None
    names = t.symbols(problem)
    for solution in (solutions(statements[-1], names) or ()) if len(names) == 1 else ():
        if isinstance(true_at(problem, solution, (), Deadline(SECONDS)), Refuted):
            value = show_solution(solution)
            why = Text(NO_ROOT.en, NO_ROOT.zh, (value,))
            return Mark(Refuted(value, "false", "true"), mark.claims, why)
    return None


def _words(line: Line) -> str:
    """What a line says in words, without the phrases that leave no room."""
    return _SAID.sub(" ", BLOCKS.sub(" ", line.text))


def _is_clear(line: Line) -> bool:
    """Whether all of a line is understood, so that it cannot hold a solution unseen."""
    if any(c.unread or c.statement is None or not c.sure for c in line.claims):
        return False
    if line.denied or line.negated or line.rounded or line.tested or line.opens or line.supposed:
        return False
    if any(c.readings and _VALUE_BEHIND.search(c.text) for c in line.claims):
        return False
    if any(_VALUE.fullmatch(block[0]) for block in BLOCKS.finditer(line.text)):
        return False
    rest = BLOCKS.sub(" ", line.text)
    for claim in line.claims:
        rest = rest.replace(claim.text, " ", 1)
    return not _NUMBER.search(rest) and is_harmless(_words(line))


def _statements(line: Line) -> list[t.Expr]:
    found = map(both_signs, line.claims)
    return [split_signs(s) if isinstance(s, t.Relation) else s for s in found if s is not None]


def _concludes(line: Line) -> bool:
    """Whether its last claim is said to follow, and no value is put in."""
    if not line.claims or PUT_IN.search(" ".join(line.claims[-1].lead.split())[-LEAD:]):
        return False
    return _DEDUCED.search(line.text) is not None


def _goes_on(line: Line) -> bool:
    """Whether there are words behind its last formula: ``x = 2, up to a sign``."""
    return _WORD.search(_SIGN.split(BLOCKS.sub("=", line.text))[-1]) is not None


def _lost(problem: t.Expr, statement: t.Expr, said: list[t.Expr], name: str) -> Refuted | None:
    """The verdict on a part of the solutions, where no other statement has one that is lost."""
    if t.symbols(statement) != (name,) or not follows(statement, problem):
        return None
    if impossible(statement, (name,)):
        return None  # x = 2 and x = 3
    verdict = linked(problem, statement, Link.IMPLIES, (name,))
    if not isinstance(verdict, Refuted):
        return None
    lacking = _roots(problem, statement, name)
    for other in said:
        if t.symbols(other) != (name,) or _says_all(other, problem, name):
            continue
        if not follows(other, problem):
            return None  # a condition, or another mistake
        if any(_holds(other, name, root) is not False for root in lacking):
            return None
    return verdict if lacking or all(s == statement for s in _parts(said, problem, name)) else None


def _parts(said: list[t.Expr], problem: t.Expr, name: str) -> list[t.Expr]:
    return [s for s in said if not _says_all(s, problem, name)]


def _says_all(other: t.Expr, problem: t.Expr, name: str) -> bool:
    """Whether it has all solutions without telling which: the equation in another form."""
    if solutions(other, (name,)) is not None:
        return False
    return isinstance(linked(problem, other, Link.IMPLIES, (name,)), Proved)


def _roots(problem: t.Expr, statement: t.Expr, name: str) -> list[t.Expr]:
    """Whole numbers near zero that solve the problem and do not fulfil the statement."""
    near = [t.integer(n) for n in range(-12, 13)]
    return [
        root
        for root in near
        if _holds(problem, name, root) is True and _holds(statement, name, root) is False
    ]


def _holds(statement: t.Expr, name: str, root: t.Expr) -> bool | None:
    verdict = true_at(statement, ((name, root),), (), Deadline(SECONDS))
    match verdict:
        case Proved():
            return True
        case Refuted():
            return False
    return None
