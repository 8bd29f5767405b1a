"""A solution as one page: no script, no network, mathematics as MathML."""

from __future__ import annotations

from html import escape

from assistant.maths.showing import words
from assistant.maths.showing.answers import Line
from assistant.maths.showing.look import Badge
from assistant.maths.showing.mathml import broken, mathml
from assistant.maths.showing.page_style import STYLE
from assistant.maths.showing.plot import curves_of, picture
from assistant.maths.showing.story import Story, Told, story
from assistant.maths.terms import Expr
from assistant.maths.types import Lang, Problem, Solution, Text
from runtimes.texts import Text as AnyText

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Content-Security-Policy: the page can load nothing and run nothing."""


def solution_html(problem: Problem, solution: Solution, lang: Lang, *, plot: bool = False) -> str:
    """The source of the page; ``plot`` puts the graph of the problem into it."""
    told = story(problem, solution)
    page = _Page(lang)
    body = page.solution(told, page.graph(problem, solution) if plot else "")
    return whole_page(page.title(problem), body, lang)


def whole_page(title: str, body: str, lang: Lang, style: str = "") -> str:
    """A page that can load nothing and run nothing, around a body and a title that are HTML
    already; ``style`` comes behind ours."""
    code = "zh-Hans" if lang is Lang.ZH else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>{STYLE}{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


class _Page:
    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def title(self, problem: Problem) -> str:
        """The title of the window."""
        source = escape(words.clean(problem.source)[:120])
        return f"{self.say(words.PROBLEM)}: {source}" if source else self.say(words.PROBLEM)

    def say(self, text: AnyText) -> str:
        """A sentence with its formulas."""
        return words.filled(text, self.lang, self.inline, escape)

    def inline(self, expr: Expr) -> str:
        """A formula within a line."""
        return mathml(expr, self.lang)

    def given(self, line: Line) -> str:
        """A line of the problem: a formula, or words about how it was read."""
        if isinstance(line, Text):
            return f'<p class="why">{self.say(line)}</p>'
        return self.line(line)

    def line(self, line: Line) -> str:
        """A formula on a line of its own, or a sentence."""
        if isinstance(line, Text):
            return f'<p class="said">{self.say(line)}</p>'
        return f'<div class="formula">{broken(line, self.lang)}</div>'

    def solution(self, told: Story, graph: str) -> str:
        """Problem, steps, graph, answer, conditions, notes, verdict, legend."""
        steps = "\n".join(self.step(step) for step in told.steps)
        parts = [
            f'<section class="problem"><h1>{self.say(words.PROBLEM)}</h1>'
            f"{''.join(map(self.given, told.problem))}</section>",
            f'<section class="steps"><h2>{self.say(words.STEPS)}</h2>\n<ol>{steps}</ol></section>'
            if steps
            else "",
            graph,
            f'<section class="answer {told.mark.code}"><h2>{self.say(words.ANSWER)}</h2>'
            f"{''.join(map(self.line, told.answer))}"
            f"{self.sentences(words.CONDITIONS, told.conditions)}"
            f'<p class="verdict">{self.mark(told.mark)} {self.say(told.verdict)}</p></section>',
            self.sentences(words.NOTES, told.notes),
            self.legend(told),
        ]
        return "\n".join(part for part in parts if part)

    def step(self, step: Told) -> str:
        """A numbered step; the steps within it open and close."""
        reason = self.say(step.why)
        parts = "".join(self.step(part) for part in step.parts)
        inside = (
            f"<details><summary>{self.say(words.DETAILS)} ({len(step.parts)})</summary>"
            f"<ol>{parts}</ol></details>"
            if parts
            else ""
        )
        given = "".join(
            f'<p class="why">{self.say(words.GIVEN)} {self.inline(fact)}</p>' for fact in step.given
        )
        title = escape(words.clean(step.rule.title(self.lang)))
        return (
            f'<li class="step {step.mark.code}"><h3><span class="number">{step.number}</span> '
            f"{title} {self.mark(step.mark)}</h3>"
            + (f'<p class="why">{reason}</p>' if reason else "")
            + "".join(map(self.line, step.opening))
            + inside
            + "".join(map(self.line, step.lines))
            + given
            + "</li>"
        )

    def mark(self, mark: Badge) -> str:
        """The sign of a verdict, with its word for a screen reader and a tooltip."""
        word = self.say(mark.word)
        return (
            f'<span class="mark {mark.code}" role="img" aria-label="{word}" '
            f'title="{word}">{mark.sign}</span>'
        )

    def sentences(self, head: Text, texts: tuple[Text, ...]) -> str:
        """A list under a heading."""
        if not texts:
            return ""
        items = "".join(f"<li>{self.say(text)}</li>" for text in texts)
        return f'<section class="notes"><h3>{self.say(head)}</h3><ul>{items}</ul></section>'

    def legend(self, told: Story) -> str:
        """What the marks mean."""
        items = " ".join(
            f"<span>{self.mark(mark)} {self.say(mark.meaning)}</span>" for mark in told.marks()
        )
        colon = "：" if self.lang is Lang.ZH else ": "
        return f'<footer class="legend">{self.say(words.LEGEND)}{colon}{items}</footer>'

    def graph(self, problem: Problem, solution: Solution) -> str:
        """The graph as SVG, or nothing."""
        found = picture(curves_of(problem.request, solution))
        if found is None:
            return ""
        from assistant.maths.showing.svg import svg

        title = words.PLOT.template(self.lang)
        return f'<section class="graph"><h2>{title}</h2>{svg(found, title, self.lang)}</section>'
