"""A solution on a terminal: numbered steps, formulas in two dimensions, the answer boxed."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.maths.showing import words
from assistant.maths.showing.answers import Line
from assistant.maths.showing.boxes import columns, pad
from assistant.maths.showing.fitting import fitted, inline, wrapped
from assistant.maths.showing.layout import Layout
from assistant.maths.showing.linear import flat
from assistant.maths.showing.look import BOLD, COLOURS, DIM, Badge, Look, painted
from assistant.maths.showing.notation import Notation
from assistant.maths.showing.story import Story, Told, story
from assistant.maths.terms import Expr
from assistant.maths.types import Lang, Problem, Solution, Text
from runtimes.texts import Text as AnyText

NARROWEST = 20
INDENT = 3


def terminal_text(problem: Problem, solution: Solution, look: Look) -> str:
    """The whole solution as lines, the last one ended."""
    return "\n".join(_Page(look).solution(story(problem, solution), problem, solution)) + "\n"


@dataclass(frozen=True, slots=True)
class _Page:
    look: Look

    @property
    def width(self) -> int:
        return max(self.look.width, NARROWEST)

    def paint(self, text: str, code: str) -> str:
        """The text in a colour, where colours are wanted."""
        return painted(text, code, self.look)

    def say(self, text: AnyText) -> str:
        """A sentence with its formulas on the line."""
        return words.filled(text, self.look.lang, lambda e: inline(self.shape(e)))

    def shape(self, expr: Expr) -> Layout:
        """The shape of a formula in the language of the page."""
        return Notation(self.look.lang)(expr)

    def formula(self, line: Line, indent: int) -> list[str]:
        """The lines of a formula (or a sentence in its place), indented."""
        return [" " * indent + text for text in self.line(line, self.width - indent)]

    def solution(self, told: Story, problem: Problem, solution: Solution) -> list[str]:
        """Everything, or the answer alone."""
        if self.look.brief:
            graph = self.graph(problem, solution) if self.look.plot else []
            conditions = self.sentences(words.CONDITIONS, told.conditions)
            return [*graph, *self.answer(told), *conditions]
        out = self.opening(told)
        for step in told.steps:
            out += [*self.step(step, 0), ""]
        if self.look.plot:
            out += self.graph(problem, solution)
        out += self.answer(told)
        out += self.sentences(words.CONDITIONS, told.conditions)
        out += self.sentences(words.NOTES, told.notes)
        out += self.verdict(told)
        return out

    def opening(self, told: Story) -> list[str]:
        """How the problem was read."""
        if not told.problem:
            return []
        order, lines = self.say(words.READ_AS), told.problem
        if isinstance(lines[0], Text):
            order, lines = f"{self.head(words.READ_AS)}{self.say(lines[0])}", lines[1:]
        out = [self.paint(line, DIM) for line in wrapped(order, self.width)]
        for line in lines:
            out += self.formula(line, INDENT)
        return [*out, ""]

    def step(self, step: Told, depth: int) -> list[str]:
        """A numbered step with its reason, its parts and its formula."""
        indent = min(depth * INDENT, self.width // 4)
        title = f"{step.number} " if "." in step.number else f"{step.number}. "
        out = self.titled(title + step.rule.title(self.look.lang), self.sign(step), indent)
        inner = indent + INDENT
        reason = self.say(step.why)
        if reason:
            out += [
                " " * inner + self.paint(line, DIM) for line in wrapped(reason, self.width - inner)
            ]
        at = min(inner + 2, self.width // 3)
        for line in step.opening:
            out += self.formula(line, at)
        for part in step.parts:
            out += self.step(part, depth + 1)
        for ending in () if step.echoed else step.lines:
            out += self.formula(ending, at)
        for fact in step.given:
            said = f"{self.say(words.GIVEN)} {flat(self.shape(fact))}"
            out += [" " * inner + line for line in wrapped(said, self.width - inner)]
        return out

    def titled(self, title: str, sign: str, indent: int) -> list[str]:
        """A title with the mark of its verdict."""
        lines = wrapped(
            title, self.width - indent - (1 if self.look.colour else columns(sign)) - 1, INDENT
        )
        return [
            " " * indent + self.paint(line, BOLD) + (f" {sign}" if n == len(lines) and sign else "")
            for n, line in enumerate(lines, 1)
        ]

    def sign(self, step: Told) -> str:
        """``✓``, or ``[proved]`` without colours; a law has no mark of its own there, and a
        step within another has one only where it differs."""
        if self.look.colour:
            return self.paint(step.mark.sign, COLOURS[step.mark])
        if step.quiet or step.mark is Badge.NEUTRAL:
            return ""
        return f"[{self.say(step.mark.word)}]"

    def answer(self, told: Story) -> list[str]:
        """The answer in a frame."""
        room = self.width - 4
        lines = [text for line in told.answer for text in self.line(line, room)]
        inside = max(map(columns, lines), default=0)
        head = self.say(words.ANSWER)
        if self.look.aloud:
            return [self.head(words.ANSWER).rstrip(), *(" " * INDENT + line for line in lines)]
        inside = max(inside, columns(head) + 1)
        rule = "─" * (inside - columns(head) - 1)
        code = COLOURS[told.mark]
        bar = self.paint("│", code)
        return [
            self.paint(f"┌─ {head} {rule}┐", code),
            *(f"{bar} {self.paint(pad(line, inside), BOLD)} {bar}" for line in lines),
            self.paint("└" + "─" * (inside + 2) + "┘", code),
        ]

    def line(self, line: Line, width: int) -> tuple[str, ...]:
        """A statement of the answer."""
        if isinstance(line, Text):
            return wrapped(self.say(line), width)
        if self.look.aloud:
            return wrapped(flat(self.shape(line)), width, INDENT)
        own = None if self.look.draw is None else self.look.draw(line, width)
        return own or fitted(self.shape(line), width)

    def head(self, text: Text) -> str:
        """A heading within a line."""
        return self.say(text) + ("：" if self.look.lang is Lang.ZH else ": ")

    def sentences(self, head: Text, texts: tuple[Text, ...]) -> list[str]:
        """A short list under a heading."""
        if not texts:
            return []
        if len(texts) == 1:
            return list(wrapped(f"{self.head(head)}{self.say(texts[0])}", self.width, 2))
        out = [self.head(head).rstrip()]
        for text in texts:
            out += wrapped(f"- {self.say(text)}", self.width, 2)
        return out

    def verdict(self, told: Story) -> list[str]:
        """The overall verdict, and what the marks mean."""
        sign = f"{told.mark.sign} " if self.look.colour else ""
        first, *rest = wrapped(f"{sign}{self.say(told.verdict)}", self.width, 2)
        code = COLOURS[told.mark]
        out = [self.paint(first, code), *(self.paint(line, code) for line in rest)]
        if self.look.colour and told.steps:
            legend = " · ".join(f"{m.sign} {self.say(m.meaning)}" for m in told.marks())
            said = self.head(words.LEGEND) + legend
            out += [self.paint(line, DIM) for line in wrapped(said, self.width, 2)]
        return out

    def graph(self, problem: Problem, solution: Solution) -> list[str]:
        """The curves in dots (loaded only where asked for)."""
        from assistant.maths.showing.dots import terminal_plot
        from assistant.maths.showing.plot import curves_of, picture

        found = picture(curves_of(problem.request, solution))
        if found is None:
            return []
        return [self.say(words.PLOT), *terminal_plot(found, min(self.width, 120)), ""]
