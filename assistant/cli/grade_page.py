"""A marked class as one page: the table, each question as a whole, each student's answers."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.cli.grade_marks import (
    GAVE,
    LEGEND,
    POINTS,
    QUESTION,
    QUESTIONS,
    STUDENT,
    number,
    points_of,
    remarks,
    seal,
)
from assistant.maths.showing.html import whole_page
from assistant.maths.showing.mathml import mathml
from assistant.maths.showing.words import clean, filled
from assistant.maths.types import Lang, Text
from assistant.teaching.marking.tally import Account, accounts
from assistant.teaching.marking.types import Mark, Marked, MarkedPaper, Question

TITLE = Text("Marks", "批改结果")
STYLE = """
main { max-width: 64rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; margin: 1rem 0; }
th, td { padding: .25rem .6rem; text-align: center; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; position: sticky; left: 0;
  background: var(--paper); }
td:last-child { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td a { text-decoration: none; }
pre { background: var(--panel); padding: .5rem .8rem; margin: .3rem 0; white-space: pre-wrap;
  overflow-wrap: anywhere; font: inherit; }
pre .first { color: var(--refuted); }
.paper { border-top: 1px solid var(--line); margin-top: 1.5rem; }
.fault { color: var(--refuted); }
"""


def class_html(marked: Marked, lang: Lang) -> str:
    """The source of the page."""
    return whole_page(escape(TITLE.template(lang)), _Page(marked, lang).body(), lang, STYLE)


class _Page:
    def __init__(self, marked: Marked, lang: Lang) -> None:
        self._marked = marked
        self._lang = lang

    def body(self) -> str:
        """Everything."""
        faults = "".join(
            f'<p class="fault">{self._say(QUESTION.of(f.question.name))}: {self._say(f.why)}</p>'
            for f in self._marked.faults
        )
        listed = "".join(f"<li>{self._account(one)}</li>" for one in accounts(self._marked))
        papers = "\n".join(self._paper(n, one) for n, one in enumerate(self._marked.papers))
        return (
            f"<h1>{self._say(TITLE)}</h1>{faults}\n{self._table()}\n"
            f'<p class="why">{self._say(LEGEND)}</p>\n'
            f"<h2>{self._say(QUESTIONS)}</h2><ul>{listed}</ul>\n{papers}"
        )

    def _say(self, text: Text) -> str:
        return filled(text, self._lang, lambda e: mathml(e, self._lang), escape)

    def _table(self) -> str:
        names = "".join(f"<th>{escape(q.name)}</th>" for q in self._marked.questions)
        head = f"<th>{self._say(STUDENT)}</th>{names}<th>{self._say(POINTS)}</th>"
        rows = []
        for n, paper in enumerate(self._marked.papers):
            marks = "".join(f"<td>{self._seal(mark)}</td>" for mark in paper.marks)
            rows.append(
                f'<tr><td><a href="#p{n}">{escape(clean(paper.paper.student))}</a></td>{marks}'
                f"<td>{points_of(paper, self._marked.questions)}</td></tr>"
            )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def _seal(self, mark: Mark) -> str:
        """The sign, with its word for a screen reader and a tooltip."""
        sign, badge, word = seal(mark)
        said = self._say(word)
        return (
            f'<span class="mark {badge.code}" role="img" aria-label="{said}" title="{said}">'
            f"{sign}</span>"
        )

    def _account(self, account: Account) -> str:
        question = account.question
        wanted = " · ".join(escape(clean(answer)) for answer in question.answers)
        parts = [f"<b>{escape(question.name)}</b> {escape(clean(question.problem))} {wanted}"]
        parts += [f"{outcome}" for outcome in self._counts(account)]
        parts += [
            self._say(GAVE.of(clean(answer)[:60], str(times))) for answer, times in account.wrong
        ]
        parts += [f"{self._say(slip)} ({times}×)" for slip, times in account.slips]
        return " &emsp; ".join(parts)

    def _counts(self, account: Account) -> Iterator[str]:
        for outcome, times in account.outcomes.items():
            sample = Mark(outcome=outcome, why=TITLE)
            yield f"{self._seal(sample)} {times}"

    def _paper(self, n: int, paper: MarkedPaper) -> str:
        marks = zip(self._marked.questions, paper.marks, strict=True)
        answers = "".join(self._answer(paper, question, mark) for question, mark in marks)
        points = points_of(paper, self._marked.questions)
        name = escape(clean(paper.paper.student))
        return (
            f'<section class="paper" id="p{n}"><h2>{name} &emsp; {points}</h2>{answers}</section>'
        )

    def _answer(self, paper: MarkedPaper, question: Question, mark: Mark) -> str:
        lines = paper.paper.answers.get(question.name, ())
        shown = "\n".join(
            f'<span class="first">{escape(clean(line))}</span>'
            if at == mark.wrong_line
            else escape(clean(line))
            for at, line in enumerate(lines)
        )
        said = "".join(f'<p class="why">{self._say(text)}</p>' for text in remarks(mark))
        worth = self._say(Text("{0} p.", "{0} 分", (number(question.points),)))
        return (
            f"<h3>{self._say(QUESTION.of(question.name))} {self._seal(mark)} "
            f'<span class="number">{worth}</span></h3>'
            + (f"<pre>{shown}</pre>" if shown else "")
            + said
        )
