"""A class, marked: each different answer to a question once, however many wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from assistant.maths.pool import Runner
from assistant.maths.types import Text
from assistant.teaching.marking.judging import NOTHING, Judge, Ruler
from assistant.teaching.marking.types import (
    Mark,
    Marked,
    MarkedPaper,
    Outcome,
    Paper,
    Question,
)

FAILED = Text("it could not be judged ({0})", "未能判定（{0}）")
OnMarked = Callable[[int, int], object]
"""Told how many of how many answers are marked."""


def grade(
    runner: Runner,
    questions: Sequence[Question],
    papers: Iterable[Paper],
    jobs: int,
    on_marked: OnMarked,
) -> Marked:
    """All papers by all questions, ``jobs`` of the answers at a time."""
    judge, listed = Judge(runner), tuple(papers)
    with ThreadPoolExecutor(max(jobs, 1)) as threads:
        rulers = tuple(threads.map(judge.ruler, questions))
        wanted = {
            (question.name, lines): ruler
            for question, ruler in zip(questions, rulers, strict=True)
            for paper in listed
            if (lines := paper.answers.get(question.name, ()))
        }
        waiting = {
            key: threads.submit(_safely, judge, ruler, key[1]) for key, ruler in wanted.items()
        }
        marks = _gathered(waiting, on_marked)
    marked = tuple(
        MarkedPaper(paper, tuple(_of(paper, q.name, marks) for q in questions)) for paper in listed
    )
    faults = tuple(ruler.fault for ruler in rulers if ruler.fault is not None)
    return Marked(tuple(questions), marked, faults)


_Key = tuple[str, tuple[str, ...]]


def _gathered(waiting: dict[_Key, Future[Mark]], on_marked: OnMarked) -> dict[_Key, Mark]:
    marks: dict[_Key, Mark] = {}
    on_marked(0, len(waiting))
    try:
        for key, future in waiting.items():
            marks[key] = future.result()
            on_marked(len(marks), len(waiting))
    except BaseException:
        for future in waiting.values():
            future.cancel()
        raise
    return marks


def _safely(judge: Judge, ruler: Ruler, lines: tuple[str, ...]) -> Mark:
    try:
        return judge.mark(ruler, lines)
    except Exception as wrong:  # noqa: BLE001 - one answer's bug must not end a class
        return Mark(outcome=Outcome.OPEN, given=lines[-1], why=FAILED.of(type(wrong).__name__))


def _of(paper: Paper, name: str, marks: dict[_Key, Mark]) -> Mark:
    """The mark of one answer; ``OPEN`` where its lines may belong to another question."""
    lines = paper.answers.get(name, ())
    doubt = paper.doubts.get(name)
    mark = marks[name, lines] if lines else Mark(outcome=Outcome.MISSING, why=NOTHING)
    return mark if doubt is None else replace(mark, outcome=Outcome.OPEN, why=doubt)
