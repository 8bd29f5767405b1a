"""The words of a lesson: the student's lines, the ladder of help, how far one has come.

Values only.  ``assistant.teaching.tutor`` makes a new ``Lesson`` from an old one; nothing here
computes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, IntEnum

from assistant.maths.reading.claims import line as claims
from assistant.maths.showing.answers import Line
from assistant.maths.terms import Expr
from assistant.maths.types import Mark, Problem, Rule, Solution, Task, Text, Verdict

TO_SHOW = re.compile(r"\b(?:prove|proof|show|verify|demonstrate)\b|证明|求证|验证", re.IGNORECASE)
"""Words of a problem that ask for reasons."""


class Level(IntEnum):
    """How much help was asked for at this place."""

    NONE = 0
    WHERE = 1
    RULE = 2
    GAP = 3
    LINE = 4


LEVELS = {
    Level.WHERE: Text("where to look", "看哪里"),
    Level.RULE: Text("which rule", "用什么规则"),
    Level.GAP: Text("the next line with a gap", "留空的下一行"),
    Level.LINE: Text("the next line", "下一行"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """A step of the exact solution as the student would make it: ``line`` is what comes to stand
    under ``before``, by a ``rule`` for a reason.  ``seen``: the student has that line in sight;
    elsewhere ``before`` holds the numbers of the problem."""

    before: Expr
    line: Line
    rule: Rule
    why: Text
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Guide:
    """The way on from where the student is.

    ``base`` is the number of the student's line it goes on from, counted from 1 (0: the
    problem).  ``aside`` are moves that are thought and need not be written, before the ``move``;
    ``later`` are the lines that follow.
    """

    base: int
    aside: tuple[Move, ...]
    move: Move
    later: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """One rung of the ladder; a line a statement."""

    level: Level
    lines: tuple[Line, ...]


class Slip(Enum):
    """A common mistake, named only where it gives exactly what the student wrote.

    The last three lose solutions; they are named where some are still missing.
    """

    SIGN_LOST = "sign_lost"
    NOT_TURNED = "not_turned"
    ONE_SIDE = "one_side"
    ONE_TERM = "one_term"
    FIRST_TERM_ONLY = "first_term_only"
    SIGNS_INSIDE = "signs_inside"
    POWER_OF_SUM = "power_of_sum"
    TOPS_AND_BOTTOMS = "tops_and_bottoms"
    SIGN_CHANGED = "sign_changed"
    LETTER_LOST = "letter_lost"
    FIRST_AND_LAST = "first_and_last"
    ONE_OF_FRACTION = "one_of_fraction"
    NOT_INVERTED = "not_inverted"
    ROOT_OF_SUM = "root_of_sum"
    ROOTS_ADDED = "roots_added"
    LOGS_ADDED = "logs_added"
    POWERS_MULTIPLIED = "powers_multiplied"
    POWERS_ADDED = "powers_added"
    TIMES_EXPONENT = "times_exponent"
    LEFT_TO_RIGHT = "left_to_right"
    UNLIKE_TERMS = "unlike_terms"
    PRODUCT_DERIVED = "product_derived"
    QUOTIENT_DERIVED = "quotient_derived"
    INNER_LOST = "inner_lost"
    EXPONENT_LOST = "exponent_lost"
    NOT_LOWERED = "not_lowered"
    CONSTANT_KEPT = "constant_kept"
    FACTOR_OFF = "factor_off"
    DIVIDED_AWAY = "divided_away"
    ONE_ROOT = "one_root"
    ONE_CASE = "one_case"


SLIPS = {
    Slip.SIGN_LOST: Text(
        "This is what comes out when {0} goes to the other side without changing its sign.",
        "把 {0} 移到另一边而没有变号，就会得到这个结果。",
    ),
    Slip.NOT_TURNED: Text(
        "This is what comes out when the sign is not turned round on dividing by {0}.",
        "除以负数 {0} 时没有改变不等号方向，就会得到这个结果。",
    ),
    Slip.ONE_SIDE: Text(
        "This is what comes out when only one side is divided or multiplied by {0}.",
        "只有一边乘以或除以 {0}，就会得到这个结果。",
    ),
    Slip.ONE_TERM: Text(
        "This is what comes out when not every term is divided or multiplied by {0}.",
        "没有把每一项都乘以或除以 {0}，就会得到这个结果。",
    ),
    Slip.FIRST_TERM_ONLY: Text(
        "This is what comes out when the factor meets only the first term in {0}.",
        "去括号 {0} 时只乘了第一项，就会得到这个结果。",
    ),
    Slip.SIGNS_INSIDE: Text(
        "This is what comes out when only the first sign changes in {0}.",
        "去括号 {0} 时只改变了第一项的符号，就会得到这个结果。",
    ),
    Slip.POWER_OF_SUM: Text(
        "This is what comes out when the power is taken of each term in {0}.",
        "把 {0} 的各项分别乘方，就会得到这个结果。",
    ),
    Slip.TOPS_AND_BOTTOMS: Text(
        "This is what comes out when numerators and denominators are added in {0}.",
        "把 {0} 的分子、分母分别相加，就会得到这个结果。",
    ),
    Slip.SIGN_CHANGED: Text(
        "This is what comes out when the sign of {0} is changed.",
        "把 {0} 的符号弄错，就会得到这个结果。",
    ),
    Slip.LETTER_LOST: Text(
        "This is what comes out when the letter in {0} is left out.",
        "漏写 {0} 中的字母，就会得到这个结果。",
    ),
    Slip.FIRST_AND_LAST: Text(
        "This is what comes out when only first terms and last terms are multiplied in {0}.",
        "{0} 中只把首项乘首项、末项乘末项，就会得到这个结果。",
    ),
    Slip.ONE_OF_FRACTION: Text(
        "This is what comes out when only one term of the numerator is divided in {0}.",
        "{0} 中分子只有一项除以分母，就会得到这个结果。",
    ),
    Slip.NOT_INVERTED: Text(
        "This is what comes out when the divisor is not turned over in {0}.",
        "计算 {0} 时没有把除数颠倒，就会得到这个结果。",
    ),
    Slip.ROOT_OF_SUM: Text(
        "This is what comes out when the root is taken of each term in {0}.",
        "把 {0} 的各项分别开方，就会得到这个结果。",
    ),
    Slip.ROOTS_ADDED: Text(
        "This is what comes out when what stands under the roots is added in {0}.",
        "把 {0} 中各被开方数相加，就会得到这个结果。",
    ),
    Slip.LOGS_ADDED: Text(
        "This is what comes out when what stands in the logarithms is added in {0}.",
        "把 {0} 中各真数相加，就会得到这个结果。",
    ),
    Slip.POWERS_MULTIPLIED: Text(
        "This is what comes out when the exponents are multiplied in {0}.",
        "把 {0} 中的指数相乘，就会得到这个结果。",
    ),
    Slip.POWERS_ADDED: Text(
        "This is what comes out when the exponents are added in {0}.",
        "把 {0} 中的指数相加，就会得到这个结果。",
    ),
    Slip.TIMES_EXPONENT: Text(
        "This is what comes out when the base is multiplied by the exponent in {0}.",
        "把 {0} 的底数与指数相乘，就会得到这个结果。",
    ),
    Slip.LEFT_TO_RIGHT: Text(
        "This is what comes out when {0} is worked out from left to right: products come first.",
        "从左到右依次计算 {0}，就会得到这个结果：应先算乘除。",
    ),
    Slip.UNLIKE_TERMS: Text(
        "This is what comes out when terms that are not alike are put together in {0}.",
        "把 {0} 中不是同类项的项合并，就会得到这个结果。",
    ),
    Slip.PRODUCT_DERIVED: Text(
        "This is what comes out when the derivatives of the factors of {0} are multiplied.",
        "把 {0} 各因式的导数相乘，就会得到这个结果。",
    ),
    Slip.QUOTIENT_DERIVED: Text(
        "This is what comes out when above and below are differentiated by themselves in {0}.",
        "把 {0} 的分子、分母分别求导，就会得到这个结果。",
    ),
    Slip.INNER_LOST: Text(
        "This is what comes out when the derivative of what stands inside of {0} is left out.",
        "求 {0} 的导数时漏乘内层函数的导数，就会得到这个结果。",
    ),
    Slip.EXPONENT_LOST: Text(
        "This is what comes out when the exponent of {0} does not become a factor.",
        "求 {0} 的导数时没有乘以原来的指数，就会得到这个结果。",
    ),
    Slip.NOT_LOWERED: Text(
        "This is what comes out when the exponent of {0} is not lowered by one.",
        "求 {0} 的导数时指数没有减 1，就会得到这个结果。",
    ),
    Slip.CONSTANT_KEPT: Text(
        "This is what comes out when the constant {0} is kept.",
        "求导时把常数 {0} 留下来，就会得到这个结果。",
    ),
    Slip.FACTOR_OFF: Text(
        "The derivative of this is {0} times the integrand.", "这一行的导数是被积函数的 {0} 倍。"
    ),
    Slip.DIVIDED_AWAY: Text(
        "This is the line before divided by {0}: what if that is zero?",
        "这是上一行两边除以 {0} 的结果：如果它等于零呢？",
    ),
    Slip.ONE_ROOT: Text(
        "Only one of the two square roots is taken here.", "这里只取了两个平方根中的一个。"
    ),
    Slip.ONE_CASE: Text(
        "Only one of the two cases of {0} is taken here.", "这里只取了 {0} 两种情形中的一种。"
    ),
}


class Standing(Enum):
    """What becomes of a line: ``FIRM`` lines are gone on from, ``OPEN`` ones may turn out right,
    ``ASIDE`` ones help without being the next form, ``REFUSED`` ones do not count."""

    FIRM = "firm"
    OPEN = "open"
    ASIDE = "aside"
    REFUSED = "refused"


class Stage(Enum):
    """How far one has come."""

    WORKING = "working"
    PARTLY = "partly"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Progress:
    """``told`` says what is still missing, ``verdict`` how sure it is that the answer is there."""

    stage: Stage
    told: Text | None = None
    verdict: Verdict | None = None


BEGUN = Progress(Stage.WORKING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A line of the student with its mark, ``said`` as it was read.

    ``told`` says how it stands without telling the answer, ``counter`` is the counterexample to
    a wrong one, ``slip`` the mistake that gives it; ``progress`` is how far
    one has come with it.  ``formula`` is what it was read as;
    ``state`` is what the checker knows after it (bytes that only a worker reads).  ``names``
    match the letters of a line that was found in a text with those that we read there.
    """

    text: str
    said: claims.Line
    mark: Mark
    standing: Standing
    state: bytes
    told: Text
    formula: Expr | None = None
    counter: Text | None = None
    slip: Text | None = None
    progress: Progress = BEGUN
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A problem, its exact solution (never shown unasked), and what the student has written.

    ``names`` are the unknowns; ``stated``: its lines are statements about them, and no forms of
    one expression.  ``level`` is the help that was given at this place, by ``guide``.
    """

    source: str
    problem: Problem
    solution: Solution
    names: tuple[str, ...]
    stated: bool
    moves: tuple[Move, ...]
    opening: bytes
    written: tuple[Written, ...] = ()
    progress: Progress = BEGUN
    level: Level = Level.NONE
    guide: Guide | None = None

    @property
    def state(self) -> bytes:
        """What the checker knows now."""
        return self.written[-1].state if self.written else self.opening

    @property
    def story(self) -> bool:
        """Is the problem told in words that have to be put into formulas first?"""
        return any(d.why is not None for d in self.problem.definitions)

    @property
    def shows(self) -> bool:
        """Is a proof asked for, and not only whether something is true?"""
        return self.problem.request.task is Task.PROVE and TO_SHOW.search(self.source) is not None

    @property
    def reached(self) -> bool:
        """Is the answer there?"""
        return self.progress.stage is Stage.REACHED
