"""The words of the mathematics part: problems, steps, verdicts, solutions.

Values only: frozen, without behaviour that needs an engine, so that they cross
the border of a process and are drawn by any front end.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assistant.maths.terms import Expr
from runtimes import texts
from runtimes.texts import Lang as Lang  # noqa: PLC0414 - it is one of these words too


@dataclass(frozen=True, slots=True)
class Text(texts.Text):
    """A sentence in both languages, with formulas in it; a printer decides how one looks."""

    args: tuple[Expr | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """What a step does: a stable id, and its title in both languages."""

    id: str
    en: str
    zh: str

    def title(self, lang: Lang) -> str:
        """The title in one language."""
        return self.zh if lang is Lang.ZH else self.en


class Link(StrEnum):
    """How the line after a step follows from the line before it."""

    EQUAL = "equal"
    """Expressions of the same value wherever the first is defined."""
    EQUIVALENT = "equivalent"
    """Statements with the same solutions over the reals."""
    IMPLIES = "implies"
    """Every solution of the first statement is one of the second; some may be invented."""
    DERIVATIVE = "derivative"
    """``after`` is the derivative of ``before`` with respect to ``Step.variable``."""
    ANTIDERIVATIVE = "antiderivative"
    """``before`` is the derivative of ``after``."""
    SOLUTION = "solution"
    """``after`` is the set of all solutions of the statement ``before``."""
    ROW_EQUIVALENT = "row_equivalent"
    """Matrices with the same row space: one comes from the other by row operations."""
    SATISFIES = "satisfies"
    """``after`` (an equation for a function) solves the differential equation ``before``."""
    FORMULA = "formula"
    """``after`` is a named law or a choice (a substitution, a definition): it claims nothing
    that could be checked on its own, and its verdict is that of the lines that use it."""


@dataclass(frozen=True, slots=True)
class Proved:
    """Exact: ``method`` names how it was shown."""

    method: str


@dataclass(frozen=True, slots=True)
class Supported:
    """Numbers agree at so many points; no proof."""

    points: int


@dataclass(frozen=True, slots=True)
class Refuted:
    """Wrong: at ``witness`` (``x = 2``) the sides are ``left`` and ``right``."""

    witness: str
    left: str
    right: str


class Doubt(StrEnum):
    """Why a claim stayed undecided."""

    NO_METHOD = "no method"
    TIME = "time"
    NO_POINTS = "no points"
    NOT_A_CLAIM = "not a claim"


@dataclass(frozen=True, slots=True)
class Undecided:
    """Neither shown nor refuted."""

    doubt: Doubt
    detail: str = ""


Verdict = Proved | Supported | Refuted | Undecided


def verdict_word(verdict: Verdict) -> str:
    """The word of the batch contract for a verdict."""
    match verdict:
        case Proved():
            return "proved"
        case Supported():
            return "supported"
        case Refuted():
            return "refuted"
        case Undecided():
            return "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a solution.

    ``before`` and ``after`` are the formulas, ``link`` is the claim that joins them,
    ``variable`` the name that a derivative or solution set is about, ``given`` the
    statements that hold here (``x > 0``).  ``verdict`` is filled in by the checker.
    """

    rule: Rule
    why: Text
    before: Expr
    after: Expr
    link: Link = Link.EQUAL
    variable: str | None = None
    given: tuple[Expr, ...] = ()
    substeps: tuple[Step, ...] = ()
    verdict: Verdict | None = None


class Task(StrEnum):
    """What is asked.  Operands are in ``Request.operands``, in the order given here."""

    SOLVE = "solve"  # statements; variables: unknowns; domain
    SIMPLIFY = "simplify"  # expression
    FACTOR = "factor"  # expression
    EXPAND = "expand"  # expression
    DIFFERENTIATE = "differentiate"  # expression or equation; variables: by which; order
    INTEGRATE = "integrate"  # expression [, low, high]; variables
    LIMIT = "limit"  # expression, point; variables; direction
    SERIES = "series"  # expression, point; variables; order
    SUM = "sum"  # body, low, high; variables
    PRODUCT = "product"  # body, low, high; variables
    DSOLVE = "dsolve"  # equation, conditions…; variables: function, independent
    EVALUATE = "evaluate"  # expression: a number or closed form is wanted
    PROVE = "prove"  # a statement: true or false, with reason
    MATRIX = "matrix"  # matrices; topic: determinant, inverse, rank, rref, eigen, …
    STATISTICS = "statistics"  # a list (or two); topic: mean, median, mode, …
    FUNCTION = "function"  # expression; topic: domain, range, inverse, asymptotes, …
    GEOMETRY = "geometry"  # figures; topic
    NUMBER = "number"  # numbers; topic: gcd, lcm, factors, remainder, round, base, …
    COMPARE = "compare"  # values; topic: biggest, sort, nearest, pair, …
    SEQUENCE = "sequence"  # terms; topic: next, nth
    PROBABILITY = "probability"  # counts; topic
    MEASURE = "measure"  # quantities; topic: convert, time


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing that is asked.

    ``topic`` refines the task (``determinant``); ``method`` is a method that the user
    wants (``--method``); ``order`` is a derivative's or series' order, a k-th place, or
    the number of decimals; ``direction`` is ``+`` or ``-`` for a one-sided limit,
    ``<`` for a list that is told with its signs;
    ``words`` are operands that are no formulas (option letters, units, times).
    """

    task: Task
    operands: tuple[Expr, ...] = ()
    variables: tuple[str, ...] = ()
    topic: str = ""
    domain: Expr | None = None
    order: int | None = None
    direction: str = ""
    method: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A name given before the question: ``h`` is a value or (with parameters) a function.

    ``body`` is an expression, a relation that fixes names ("Suppose 2x = 4") when
    ``name`` is empty, or a ``Request`` whose answer is meant ("the derivative of …").
    A relation that was read out of a story says ``why`` it holds; of its solutions only
    those count for which the statements ``keep`` are true.
    """

    name: str
    parameters: tuple[str, ...]
    body: Expr | Request
    why: Text | None = None
    keep: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What the reader understood.

    ``notes`` say how an ambiguity was read; they are shown back to the user.  ``told``: it was a
    story, of which nobody has proved that the formulas say what it means.  ``pi``: the number
    that the text wants π to be worked out with.
    """

    request: Request
    definitions: tuple[Definition, ...] = ()
    more: tuple[Request, ...] = ()
    notes: tuple[Text, ...] = ()
    lang: Lang = Lang.EN
    source: str = ""
    told: bool = False
    pi: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``value`` is the formula; ``text`` replaces its plain form where the answer is no
    formula (``10:37 AM``), and ``said`` is how a person says that, a line a statement;
    ``srepr`` is SymPy's spelling, as the batch contract asks."""

    value: Expr | None
    text: str = ""
    srepr: str = ""
    said: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A checked answer with its steps; ``verdict`` is about the answer."""

    kind: Task
    answer: Answer
    steps: tuple[Step, ...]
    verdict: Verdict
    variables: tuple[str, ...] = ()
    conditions: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    method: str = ""
    curves: tuple[Expr, ...] = ()
    """Functions of one variable that a plot of this problem should show."""


@dataclass(frozen=True, slots=True)
class Question:
    """A text to be read as a problem; ``task`` and ``variable`` win over what it says."""

    text: str
    task: Task | None = None
    variable: str = ""


class Failure(StrEnum):
    """The error codes of the batch contract."""

    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    UNSAFE = "unsafe"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem that was not solved, as a value; ``at`` is an offset in the input."""

    code: Failure
    message: Text
    at: int | None = None
    suggestion: Text | None = None


@dataclass(frozen=True, slots=True)
class EqualResult:
    """Whether two answers are the same thing (``None``: undecided), and how it was found."""

    equal: bool | None
    method: str


@dataclass(frozen=True, slots=True)
class Work:
    """Worked lines to be marked, as text, with the problem they belong to (or empty).

    ``seconds`` are for all lines together; what is left then is undecided for time.
    """

    problem: str
    steps: tuple[str, ...]
    seconds: float = 8.0


@dataclass(frozen=True, slots=True)
class Mark:
    """The verdict on one line; ``claims`` counts the formulas that were checked in it.

    ``why`` tells a person what the line claims and why it holds or fails.  ``alone``: it rests on
    no other line, so that it stands whatever is wrong before it.
    """

    verdict: Verdict
    claims: int
    why: Text
    alone: bool = False


@dataclass(frozen=True, slots=True)
class WorkReport:
    """A mark for each line; ``first_wrong`` is set only for a line that was refuted, or
    that follows from nothing before it (lines are counted from 0)."""

    marks: tuple[Mark, ...]
    first_wrong: int | None


@dataclass(frozen=True, slots=True)
class NextLine:
    """One more line of work that is still being written.

    ``state`` is what is known before it: bytes that only a worker makes and reads.
    ``missed``: lines between that state and this line were never judged.
    """

    state: bytes
    text: str
    missed: bool = False


@dataclass(frozen=True, slots=True)
class NextMark:
    """The mark of that line, and the state after it."""

    mark: Mark
    state: bytes


@dataclass(frozen=True, slots=True)
class AnswerClaim:
    """An answer to a problem, both as text."""

    problem: str
    answer: str


@dataclass(frozen=True, slots=True)
class AnswerMark:
    """The verdict on an answer.  ``exact`` is the exact solver's own answer as plain text, where
    it has a proved one."""

    verdict: Verdict
    why: Text
    exact: str = ""
