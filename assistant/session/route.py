"""What kind of question is it, and so: who answers?

What the exact solver reads as a whole goes to it, for it proves what it says and needs no model.
Everything else is told apart by signs (``signs``) and goes to the model with the prompt that
fits.  A question that only looks like a formula ("hi", "5", a date) is not one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.events import Route, Routed
from assistant.maths.terms import Collection, Constant, Expr, Mul, Neg, Number, Symbol
from assistant.maths.types import Problem, Task
from assistant.session import signs
from runtimes.texts import Text

MAX_EXACT = 1_200
"""Characters of a question for the exact solver.  Reading takes time that grows faster than a
hostile text, and a person waits for the first word."""
_ONE_WORD = re.compile(r"[^\W\d_]{101}")
"""Letters without a break, which are neither words nor formulas, cost the reader the most."""
MAX_HEAD, MAX_TAIL = 6_000, 1_000
"""Of a longer text its beginning and end are looked at: there stands what is asked of it."""
MANY = 3
"""So many numbers make a question a calculation, whatever it asks for."""

EXACT = Text("the exact solver can read all of it", "精确求解器能读懂整个问题")
MATHS = Text(
    "mathematics that the exact solver cannot read as a whole", "精确求解器不能完整读懂的数学题"
)
LOOKED = Text("it is mathematics", "是数学题")
CODE = Text("it is about code", "与代码有关")
TUTOR = Text("it asks for an explanation", "需要讲解")
TALK = Text("neither mathematics nor code was found in it", "其中没有数学或代码")
FORCED = Text("you chose it", "由你指定")

_AND_EXPLAIN = re.compile(
    r"""
    [\s,，.。;；]{0,5}(?:\b(?:and|then)\s+)?(?:please\s+)?\b
        (?:explain|tell\ me\ why|say\ why|show\ me\ why)
        (?:\s+(?:it|this|that|to\ me|why|how|in\ words|in\ detail|clearly|simply|please|(?:your
        |each|every|the|all)\s+(?:steps?|answer|solution|reasoning|work|result))){0,4}
        [\s.!]{0,5}$
    |[\s,，。;；]{0,5}(?:并且|并|然后|同时|再)?(?:请|给我|帮我){0,2}(?:详细|具体|一步步|逐步)?地?
        (?:讲解|解释|讲讲|讲一讲|讲一下|说明理由|说明原因|说明为什么)(?:一下|给我听|原因|理由|为什么|每一步|步骤|过程|思路){0,3}[\s。！!]{0,5}$
    |(?<=[?？])\s{0,5}(?:and\ )?(?:why|how\ come|为什么|为何)[\s?？]{0,5}$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_EXPLAIN_HOW = re.compile(
    r"""
    \s{0,9}(?:please\s+|(?:can|could|would)\s+you\s+(?:please\s+)?)?
        (?:explain|show\ me|teach\ me|tell\ me|walk\ me\ through)
        (?:\s+(?:to\ me|step\ by\ step))?\s+how\s+(?:to|i\s+can|you|we|one\s+can)\s+
    |\s{0,9}(?:请你?|帮我|给我|你能|能不能|能否|可以){0,3}(?:讲解|解释|说明|教我|讲讲|讲一下)(?:一下)?(?:如何|怎么|怎样)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DATE = re.compile(r"\s*\d{2,4}[-/.]\d{1,2}[-/.]\d{1,4}\s*")
_SOMETHING = re.compile(r"[\d=+*/^<>≤≥≠√∫∑∏π\\|°%零一二三四五六七八九十百千万两半几多少]")
_OPTION = re.compile(r"(?:^|\s)--?[A-Za-z]")
_SAID = re.compile(
    r"\b(?:simplify|evaluate|compute|calculate|value|digits|decimals?)\b|计算|化简|求|的值|小数",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The way, what the exact solver is to solve, and whether words were asked for beside it.

    ``problem`` is set where the question was read and is one: on the way to the exact solver.
    """

    routed: Routed
    problem: Problem | None = None
    words: bool = False


def choose_route(
    text: str, *, has_model: bool, forced: Route | None = None, exact: bool = True
) -> Choice:
    """Which way a question goes.

    ``words`` is never set without a model, which alone could write them.  ``exact`` False: a
    model is to answer in any case, so the question is only looked at and not read: that takes
    time which a person waits for.
    """
    words = has_model and wants_words(text)
    if forced is not None:
        read = forced is Route.EXACT
        return Choice(
            Routed(forced, FORCED, forced=True), read_exact(text) if read else None, words
        )
    code = is_code(text)
    problem = read_exact(text) if exact and not code and _may_be_exact(text) else None
    if code:
        return Choice(Routed(Route.CODE, CODE))
    if problem is not None:
        return Choice(Routed(Route.EXACT, EXACT), problem, words)
    seen = _seen(text)
    if wants_words(text) or (signs.DEFINITION.search(seen) and signs.MATHS_WORDS.search(seen)):
        return Choice(Routed(Route.TUTOR, TUTOR), words=words)
    if is_maths(text):
        return Choice(Routed(Route.MATHS, MATHS if exact else LOOKED))
    return Choice(Routed(Route.TALK, TALK))


def _may_be_exact(text: str) -> bool:
    """Is there anything of mathematics in it at all?"""
    seen = _seen(text)
    return bool(_SOMETHING.search(seen) or _SAID.search(seen)) or is_maths(text)


def wants_words(text: str) -> bool:
    """Is an explanation asked for, and not only a result?"""
    return signs.WORDS_WANTED.search(_seen(text)) is not None


def is_code(text: str) -> bool:
    """Is it code, or about code?"""
    seen = _seen(text)
    return bool(signs.CODE_TEXT.search(seen) or signs.CODE_WORDS.search(seen))


def is_maths(text: str) -> bool:
    """Is it mathematics, in formulas or as a story with numbers?"""
    seen = _seen(text)
    if _DATE.fullmatch(seen):
        return False
    if signs.MATHS_WORDS.search(seen) or signs.FORMULA.search(seen):
        return True
    worked_out = signs.COUNTED.search(seen) or signs.ORDERED.search(seen)
    if worked_out and re.search(r"\d", seen):
        return True
    numbers = signs.NUMBER.count(seen, MANY)
    if numbers >= MANY and re.search(r"[?？]", seen):
        return True
    return numbers >= 2 and signs.QUANTITY.search(seen) is not None


def read_exact(text: str) -> Problem | None:
    """The question as a problem of the exact solver; ``None`` where it is none, or is not read
    as a whole.  What asks for words around it ("and explain") is taken off first."""
    if len(text) > MAX_EXACT or _ONE_WORD.search(text):
        return None
    if not text.strip() or _DATE.fullmatch(text):
        return None
    for asked in dict.fromkeys((text, _without_words(text))):
        problem = read_text(asked)
        if problem is not None and not _idle(problem, asked):
            return problem
    return None


def _seen(text: str) -> str:
    """The part of a text that is looked at, without long runs of blanks."""
    if len(text) > MAX_HEAD + MAX_TAIL:
        text = f"{text[:MAX_HEAD]}\n{text[-MAX_TAIL:]}"
    return re.sub(r"\n(?: ?\n)+", "\n\n", re.sub(r"[^\S\n]+", " ", text))


def _without_words(text: str) -> str:
    """The question without the wish for an explanation before or behind it."""
    tail = _AND_EXPLAIN.search(text)
    if tail is not None and tail.start() > 0:
        text = text[: tail.start()]
    head = _EXPLAIN_HOW.match(text)
    return text if head is None else text[head.end() :]


@lru_cache(maxsize=64)
def read_text(text: str) -> Problem | None:
    """The text as a problem; ``None`` where it is not read as a whole.

    A turn asks for its own question several times, and for each question before it.
    """
    from assistant.maths.reading import read_problem
    from assistant.maths.reading.formulas.tokens import ReadingError

    try:
        return read_problem(text)
    except ReadingError:
        return None
    except Exception:  # noqa: BLE001 - a slip of the reader leaves the question to the model
        return None


def _idle(problem: Problem, text: str) -> bool:
    """Is there nothing to work out: a lone number, or letters that happen to be a product?"""
    request = problem.request
    if request.task not in (Task.SIMPLIFY, Task.EVALUATE) or request.topic or problem.more:
        return False
    if request.order is not None or problem.definitions or _SAID.search(text):
        return False
    if _OPTION.search(text) and not re.search(r"\d", text):
        return True  # a line for a shell
    return all(_bare(operand) for operand in request.operands)


def _bare(value: Expr) -> bool:
    match value:
        case Number() | Symbol() | Constant():
            return True
        case Neg(inner):
            return isinstance(inner, Number | Symbol | Constant)
        case Mul(factors):
            return _letters(factors)
        case Collection(items=items):
            return all(_bare(item) for item in items)
        case _:
            return False


def _letters(values: Iterable[Expr]) -> bool:
    return all(isinstance(value, Symbol | Constant) for value in values)
