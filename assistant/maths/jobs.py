"""What a worker process can be asked to do; imported only there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from assistant.maths.types import AnswerClaim, Failure, NextLine, Question, Text, Trouble

if TYPE_CHECKING:
    from assistant.maths.terms import Expr

OUT_OF_MEMORY = Text("not enough memory within the limit", "超出内存限制")

TOO_DEEP = Trouble(Failure.UNSUPPORTED, Text("the formula is nested too deeply", "公式嵌套过深"))


@dataclass(frozen=True, slots=True)
class Job:
    """A call of one of the functions below, with its time limit in seconds."""

    name: str
    argument: object
    seconds: float


def _solve(argument: object) -> object:
    from assistant.maths.solving.engine import solve

    return solve(argument)  # type: ignore[arg-type]


def _equal(argument: object) -> object:
    from assistant.maths.checking.equal import equal_answers

    gold, answer = cast("tuple[str, str]", argument)
    return equal_answers(gold, answer)


def _check(argument: object) -> object:
    from assistant.maths.checking.work import check_work

    return check_work(argument)  # type: ignore[arg-type]


def _open(argument: object) -> object:
    from assistant.maths.checking.work import first_state

    return first_state(cast("str", argument))


def _next(argument: object) -> object:
    from assistant.maths.checking.work import next_line

    return next_line(cast("NextLine", argument))


def _answer(argument: object) -> object:
    from assistant.maths.checking.claimed_answer import check_claimed

    return check_claimed(cast("AnswerClaim", argument))


def _group(argument: object) -> object:
    from assistant.maths.checking.grouping import group_answers

    return group_answers(cast("tuple[str, ...]", argument))


def _read(argument: object) -> object:
    from assistant.maths.reading import read_problem
    from assistant.maths.reading.formulas.tokens import ReadingError

    question = cast("Question", argument)
    try:
        return read_problem(question.text, question.task, question.variable)
    except ReadingError as wrong:
        return Trouble(Failure.UNREADABLE, wrong.message, wrong.at, wrong.suggestion)


def _line(argument: object) -> object:
    from assistant.maths.reading.claims.line import read_line

    return read_line(cast("str", argument))


def _picture(argument: object) -> object:
    from assistant.maths.showing.plot import picture

    return picture(cast("tuple[Expr, ...]", argument))


def _ink(argument: object) -> object:
    from assistant.maths.showing.raster import Order, ink, load

    if argument is None:
        load()
        return None
    return ink(cast("Order", argument))


IN_WORDS = ("Tom has 2 cups. How many cups are there?", "小明有2个杯子，一共有多少个？")
"""Problems that are read before anybody asks for one in words."""
JOBS: dict[str, Callable[[object], object]] = {
    "solve": _solve,
    "equal": _equal,
    "check": _check,
    "open": _open,
    "next": _next,
    "answer": _answer,
    "group": _group,
    "read": _read,
    "line": _line,
    "picture": _picture,
    "ink": _ink,
}


def warm() -> None:
    """Load what nearly every job needs."""
    import assistant.maths.solving.engine
    import assistant.maths.solving.equations.linear  # noqa: F401


def warm_reader() -> None:
    """Load what reading a text needs."""
    import assistant.maths.reading.framing
    import assistant.maths.reading.prose  # noqa: F401


def warm_words() -> Iterator[None]:
    """Load, a piece at a time, what a problem in words needs: half a second of work, once."""
    from assistant.maths.reading import prose, stories  # noqa: F401

    yield
    from assistant.maths.checking.work import first_state
    from assistant.maths.reading.stories.accounts.clauses_en import PHRASES
    from assistant.maths.reading.stories.accounts.clauses_zh import BUILDERS

    for phrase in PHRASES.english:
        yield
        _ = phrase.pattern
    for pattern, _ in BUILDERS:
        yield
        _ = pattern.compiled
    for text in IN_WORDS:
        yield
        first_state(text)
        clear_caches()


def clear_caches() -> None:
    """Forget what SymPy remembers: a later job must neither depend on an earlier one nor
    pay for its memory."""
    if "sympy" in sys.modules:
        from sympy.core.cache import clear_cache

        clear_cache()


def run(job: Job) -> object:
    """Do one job.  Whatever goes wrong inside becomes a ``Trouble`` value."""
    try:
        return JOBS[job.name](job.argument)
    except MemoryError:
        return Trouble(Failure.MEMORY, OUT_OF_MEMORY)
    except RecursionError:
        return TOO_DEEP
    except Exception as problem:  # noqa: BLE001 - a bug in a method must not end the process
        detail = f"{type(problem).__name__}: {problem}"[:300]
        return Trouble(
            Failure.INTERNAL,
            Text(
                "a method failed; please report this problem with its input: {0}",
                "解题方法出错，请附上输入报告此问题：{0}",
                (detail,),
            ),
        )
