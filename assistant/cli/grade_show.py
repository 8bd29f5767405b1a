"""A marked class on the terminal, as a table for a spreadsheet, as a record."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

from assistant.cli import render
from assistant.cli.columns import columns, hanging, terminal_width
from assistant.cli.grade_marks import (
    GAVE,
    LEGEND,
    POINTS,
    QUESTION,
    QUESTIONS,
    SEALS,
    STUDENT,
    number,
    points_of,
    remarks,
    seal,
    stray,
)
from assistant.maths.showing.look import BOLD, COLOURS, DIM, Badge, Look, painted
from assistant.maths.showing.plain import plain
from assistant.maths.showing.words import clean, filled
from assistant.maths.types import Lang, Text
from assistant.teaching.marking.tally import Account, accounts, score, total
from assistant.teaching.marking.types import Mark, Marked, MarkedPaper, Outcome, Question

STILL_OPEN = Text("open", "待定分")
NOTE = Text("{0}: remark", "{0} 批注")
TO_LOOK_AT = Text("To look at:", "需要查看：")
WHERE = Text("{0}, {1}", "{0}，{1}")
MISTAKES = Text("Mistakes:", "错误：")
LOOKED_AT = Mark(outcome=Outcome.OPEN, why=TO_LOOK_AT)
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z")


def words(text: Text, lang: Lang) -> str:
    """A sentence with its formulas on one line."""
    return filled(text, lang, plain)


def remark(mark: Mark, lang: Lang) -> str:
    """All of it, in one line."""
    apart = "；" if lang is Lang.ZH else "; "
    return apart.join(words(text, lang).rstrip(".。") for text in remarks(mark))


# --- the terminal ----------------------------------------------------------------------------


def show(marked: Marked, look: Look) -> None:
    """The table, what a person must look at, what is wrong, each question as a whole."""
    lang = look.lang
    for fault in marked.faults:
        head = _about(words(QUESTION.of(fault.question.name), lang), words(fault.why, lang), lang)
        render.write_line(painted(head, COLOURS[Badge.REFUTED], look))
    if marked.faults:
        render.write_line("")
    for line in _grid(marked, look):
        render.write_line(line)
    render.write_line("")
    render.write_line(painted(words(LEGEND, lang), DIM, look))
    _notes(marked, look, TO_LOOK_AT, lambda mark: mark.outcome is not Outcome.WRONG)
    _notes(marked, look, MISTAKES, lambda mark: mark.outcome is Outcome.WRONG)
    render.write_line("")
    render.write_line(painted(words(QUESTIONS, lang), BOLD, look))
    for account in accounts(marked):
        for line in hanging(_account(account, lang), 2, terminal_width()):
            render.write_line(line)


def _about(head: str, said: str, lang: Lang) -> str:
    return f"{head}：{said}" if lang is Lang.ZH else f"{head}: {said}"


def _grid(marked: Marked, look: Look) -> list[str]:
    lang, questions = look.lang, marked.questions
    rows = [[words(STUDENT, lang), words(POINTS, lang), *(q.name for q in questions)]]
    for paper in marked.papers:
        signs = [seal(mark)[0] for mark in paper.marks]
        rows.append([clean(paper.paper.student), points_of(paper, questions), *signs])
    lines = columns(rows, terminal_width())
    return [painted(lines[0], BOLD, look), *lines[1:]]


def _notes(marked: Marked, look: Look, title: Text, among: Callable[[Mark], bool]) -> None:
    """Each answer of a kind of which something is to be said, student by student."""
    lines = [line for paper in marked.papers for line in _noted(marked, paper, look, among)]
    if lines:
        render.write_line("")
        render.write_line(painted(words(title, look.lang), BOLD, look))
        for line in lines:
            render.write_line(line)


def _noted(
    marked: Marked, paper: MarkedPaper, look: Look, among: Callable[[Mark], bool]
) -> Iterator[str]:
    lang, student = look.lang, clean(paper.paper.student)
    left = stray(paper)
    if left is not None and among(LOOKED_AT):
        yield from hanging(_about(student, words(left, lang), lang), 2, terminal_width())
    for question, mark in zip(marked.questions, paper.marks, strict=True):
        if among(mark) and (said := remark(mark, lang)):
            sign, badge, _ = seal(mark)
            where = words(WHERE.of(student, words(QUESTION.of(question.name), lang)), lang)
            given = f"“{clean(mark.given)[:80]}”" if mark.given else ""
            yield f"  {painted(sign, COLOURS[badge], look)} {_about(where, given, lang)}"
            yield from hanging(said, 4, terminal_width())


def _account(account: Account, lang: Lang) -> str:
    counts = [
        f"{SEALS[outcome][0]} {account.outcomes[outcome]}"
        for outcome in Outcome
        if account.outcomes[outcome]
    ]
    gave = [
        words(GAVE.of(clean(answer)[:60], str(times)), lang)
        for answer, times in account.wrong
        if times > 1
    ]
    slips = [f"{words(slip, lang)} ({times}×)" for slip, times in account.slips if times > 1]
    return f"{account.question.name}:  " + "   ".join([*counts, *gave, *slips])


# --- files -----------------------------------------------------------------------------------


def table(marked: Marked, lang: Lang) -> str:
    """A row a student, with the points of each question; empty where they are open."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [question.name for question in marked.questions]
    notes = [words(NOTE.of(name), lang) for name in names]
    heads = (words(POINTS, lang), words(STILL_OPEN, lang))
    writer.writerow([words(STUDENT, lang), *names, *heads, *notes])
    for paper in marked.papers:
        had = score(paper, marked.questions)
        marks = tuple(zip(marked.questions, paper.marks, strict=True))
        writer.writerow(
            [
                _cell(paper.paper.student),
                *(_worth(question, mark) for question, mark in marks),
                number(had.points),
                number(had.open),
                *(_cell(_note(mark, lang)) for _, mark in marks),
            ]
        )
    return "\ufeff" + out.getvalue()  # without the mark Excel takes Chinese for Latin


def _worth(question: Question, mark: Mark) -> str:
    match mark.outcome:
        case Outcome.RIGHT:
            return number(question.points)
        case Outcome.WRONG | Outcome.MISSING:
            return "0"
        case Outcome.OPEN | Outcome.UNFINISHED:
            return ""


def _note(mark: Mark, lang: Lang) -> str:
    word = words(seal(mark)[2], lang)
    said = "; ".join(part for part in (mark.given, remark(mark, lang)) if part)
    return f"{word}: {said}" if said else word


def _cell(text: str) -> str:
    """Text of a student that a spreadsheet does not take for a formula of its own."""
    text = clean(text)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def page(marked: Marked, lang: Lang) -> str:
    """A page with every mark."""
    from assistant.cli.grade_page import class_html

    return class_html(marked, lang)


def record(marked: Marked, lang: Lang) -> dict[str, object]:
    """The class as one JSON record."""
    return {
        "of": float(total(marked.questions)),
        "key": [
            {"question": fault.question.name, "fault": words(fault.why, lang)}
            for fault in marked.faults
        ],
        "papers": [_paper_record(paper, marked.questions, lang) for paper in marked.papers],
    }


def _paper_record(
    paper: MarkedPaper, questions: tuple[Question, ...], lang: Lang
) -> dict[str, object]:
    had = score(paper, questions)
    return {
        "student": paper.paper.student,
        "source": paper.paper.source,
        "points": float(had.points),
        "open": float(had.open),
        "marks": [
            {
                "question": question.name,
                "outcome": mark.outcome.value,
                "proved": mark.sure,
                "given": mark.given,
                "why": words(mark.why, lang),
                "first_wrong_line": mark.wrong_line,
                "fault": words(mark.fault, lang) if mark.fault is not None else None,
                "slip": words(mark.slip, lang) if mark.slip is not None else None,
            }
            for question, mark in zip(questions, paper.marks, strict=True)
        ],
    }
