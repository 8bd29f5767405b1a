"""Does a question lean on what was said before?

By itself ``x^2 = 9`` has two roots; after "let x be positive" it has one, and an answer that says
so is right.  What was said before is words, which the exact engines do not read, so a question
that may stand under them is judged by nothing: its steps are held against each other only.  What
is harmless is decided narrowly: an exercise that was complete in itself, a question that asks for
words (``mentions``) before a task that is complete, or talk that names none of the question's
letters and no kind of number.  Where there are no letters, talk may still say
how numbers are written, what an angle is measured in or what ``e`` and ``log`` stand for
(``conventions``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assistant.maths.terms import Call, Expr, Symbol, walk
from assistant.maths.types import Problem, Request, Task
from assistant.session.conventions import may_lay_down, topics_of
from assistant.session.conversation import Conversation
from assistant.session.mentions import only_asks

MAX_LEANING = 200
"""Characters of a question that may ask for nothing but the value of what was named before."""
MAX_READ = 2000
"""Characters of an earlier question that is read as an exercise; a longer one tells a story."""
_ASKS = re.compile(
    r"\b(solve|find|factori[sz]e|factor|simplify|expand|differentiate|integrate|derive|compute|"
    r"evaluate|calculate|determine|what(?:'s| is| are))\b|求|解|化简|因式分解|分解|计算|展开|多少",
    re.IGNORECASE,
)
"""Somebody asks for something, and does not only state it."""
_LEANS = re.compile(
    r"\b(?:it|its|this|that|these|those|they|them|then|same|above|before|previous\w*|earlier|again|also|too|instead"
    r"|still|likewise|such|former|latter|here|as\s+well|similarly|other|another|both|corresponding)\b"
    r"|[它其这那此该再还又也]|同[上样理]|上[面述题式文]|前[面述者]|刚才|另|接着|然后|仍|照样|类似",
    re.IGNORECASE,
)
"""A word that points at what was said before."""
_LIMITS = re.compile(
    r"\b(?:non-?)?(?:positive|negative|zero)\b|\b(?:integers?|naturals?|real|complex|imaginary|"
    r"rationals?|irrational|primes?|even|odd|digits?|mod|modulo|acute|obtuse|angles?|lengths?|"
    r"greater|less|larger|smaller|largest|smallest|between|interval|domain|variables?|unknowns?|"
    r"letters|only\s[^.\n]{0,30}(?:roots?|solutions?|values?)|modular|residues?|finite fields?|"
    r"matri(?:x|ces)|vectors?|assum\w*|suppos\w*|provided|restrict\w*|constrain\w*)\b"
    r"|[正负非奇偶锐钝]|(?:整|自然|实|复|有理|无理|质|素|未知)数|变量|假[设定]|设|已知|令|条件|范围|区间|只考虑"
    r"|限定|矩阵|向量|长度|较[大小]|最[大小]|[大小]的?[根解]|只[取要看求]|模\s?\d|同余|剩余类|[数限]域|域[中上]"
    r"|(?:Z|ℤ|F|GF|\\mathbb\s?\{?Z\}?)\s{0,2}[_/(]\s{0,2}\{?\d|[ℤ𝔽]|[<>≤≥≠∈]",
    re.IGNORECASE,
)
"""A word that may say what kind of number all letters stand for from now on."""
_SIMPLIFIES = re.compile(r"^\W*(?:please\s+)?simplify\b|^\W*请?化简", re.IGNORECASE)
_RUN = re.compile(r"\\?[A-Za-z]+|[^\W\d_a-zA-Z]")
_SHORT_WORDS = frozenset(
    "is let be the and for all to of in it if we you are can how why not but so do did does has "
    "was me my no or now one two get add sum may any its use out at an as by on ok yes who see "
    "say too our us them try way due per via etc hi thx pls am he she his him had got new old "
    "few lot big run end set put ask go up off own day nor yet les le la".split()
)
"""Up to three letters that are a word; any other such run may be a product of letters."""


def leans(text: str) -> bool:
    """Does it ask for what only something said before it can tell: the value of ``f(2)``, of
    ``x + y``?  By itself the exact solver would read the letters as any numbers at all."""
    problem = _read(text) if len(text) <= MAX_LEANING else None
    if problem is None or any(not one.name for one in problem.definitions):
        return False
    known = {one.name for one in problem.definitions}
    told = _SIMPLIFIES.search(text) is not None and not _LEANS.search(text)
    return any(_is_open(request, known, told=told) for request in (problem.request, *problem.more))


def may_stand_under(text: str, said: Conversation, attached: Iterable[str] = ()) -> bool:
    """May something said before, or an attached text, hold an assumption about its letters?"""
    from assistant.session.route import read_exact

    if not (said.turns or said.summary or attached):
        return False
    problem = _read(text) if len(text) <= MAX_READ else None
    problem = problem or read_exact(text)
    if problem is None:
        return False
    attached = tuple(attached)
    if means_otherwise(text, said, attached):
        return True
    letters = _letters(problem)
    if not letters:
        return False
    complete_task = _says_all(problem, text, letters)
    binds = complete_task or (len(letters) == 1 and _ASKS.search(text) is not None)
    if any(_speaks_of(letters, other) for other in (said.summary, *attached)):
        return True
    for turn in said.turns:
        exercise = _read(turn.question) if len(turn.question) <= MAX_READ else None
        complete = exercise is not None and _is_complete(exercise, turn.question)
        if complete:  # where the question asks for its one letter anew, this was another one
            bound = not binds and _speaks_of(letters, turn.question)
        elif complete_task and only_asks(turn.question, letters):
            bound = False  # the answer explains, and the task is the user's own
        else:
            vague = exercise is None and _LIMITS.search(turn.question) is not None
            bound = vague or _speaks_of(letters, f"{turn.question}\n{turn.answer}")
        if bound:
            return True
    return False


def means_otherwise(text: str, said: Conversation, attached: Iterable[str] = ()) -> bool:
    """May something said before change what the numbers and names of a question stand for, so
    that not even ``7 + 1 = 10`` can be called wrong?"""
    from assistant.session.route import read_exact

    problem = _read(text) if len(text) <= MAX_READ else None
    problem = problem or read_exact(text)
    topics = topics_of([] if problem is None else _parts(problem))
    if any(may_lay_down(other, topics) for other in (said.summary, *attached)):
        return True
    for turn in said.turns:
        exercise = _read(turn.question) if len(turn.question) <= MAX_READ else None
        complete = exercise is not None and _is_complete(exercise, turn.question)
        if may_lay_down(turn.question, topics, complete=complete):
            return True
        if not complete and may_lay_down(turn.answer, topics):
            return True
    return False


def _is_complete(problem: Problem, question: str) -> bool:
    """Is it an exercise that says all of itself, and lays nothing down for what follows?"""
    if problem.definitions or problem.more or not _ASKS.search(question):
        return False
    request = problem.request
    one = request.task is not Task.SOLVE or len(request.operands) == 1
    return one and request.domain is None and not re.search(r"[<>≤≥≠∈]|\\[gl]e?q?\b", question)


def _says_all(problem: Problem, text: str, letters: frozenset[str]) -> bool:
    """Is it a task with all that belongs to it: a letter to be found for each equation, or one
    letter, and no word that points back?"""
    if not _ASKS.search(text) or _LEANS.search(text) or problem.more or problem.definitions:
        return False
    equations = len(problem.request.operands) if problem.request.task is Task.SOLVE else 1
    return len(letters) <= equations


def _parts(problem: Problem) -> list[Expr]:
    """The formulas of a problem with all their parts."""
    requests = [problem.request, *problem.more]
    parts = [one.body for one in problem.definitions if not isinstance(one.body, Request)]
    requests += [one.body for one in problem.definitions if isinstance(one.body, Request)]
    parts += [operand for request in requests for operand in request.operands]
    return [node for part in parts for node in walk(part)]


def _letters(problem: Problem) -> frozenset[str]:
    nodes = _parts(problem)
    names = {node.name for node in nodes if isinstance(node, Symbol)}
    return frozenset(names | {n.name for n in nodes if isinstance(n, Call) and len(n.name) == 1})


def _speaks_of(letters: frozenset[str], text: str) -> bool:
    """Does one of the letters stand in a text, by itself or in a product?"""
    heads = {name.split("_")[0].lstrip("\\") for name in letters}
    for found in _RUN.finditer(text):
        run = found[0].lstrip("\\")
        if not run.isascii():
            run = unicodedata.name(run, "").rpartition(" ")[2].lower()  # α is alpha
        if run in heads or (
            len(run) <= 3 and run.lower() not in _SHORT_WORDS and heads.intersection(run)
        ):
            return True
    return False


def _read(text: str) -> Problem | None:
    from assistant.session.route import read_text

    return read_text(text)


def _is_open(request: Request, known: set[str], *, told: bool) -> bool:
    """``told``: another form is wanted in words, so its letters may be any numbers."""
    nodes = [node for operand in request.operands for node in walk(operand)]
    calls = {node.name for node in nodes if isinstance(node, Call) and len(node.name) == 1}
    letters = {node.name for node in nodes if isinstance(node, Symbol)}
    valued = (request.task in (Task.SIMPLIFY, Task.EVALUATE) and not told) or all(
        isinstance(operand, Symbol) for operand in request.operands
    )
    return bool(calls - known) or (valued and bool(letters - known))
