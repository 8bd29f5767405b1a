"""A solution as Markdown that GitHub renders, with ``$$`` formulas."""

from __future__ import annotations

import re

from assistant.maths.showing import words
from assistant.maths.showing.answers import Line
from assistant.maths.showing.latex import latex
from assistant.maths.showing.story import Story, Told, story
from assistant.maths.types import Lang, Problem, Solution, Text
from runtimes.texts import Text as AnyText

_MEANT = re.compile(r"([\\`*_\[\]#|>~$])")
_LIST = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+])")


def escape(text: str) -> str:
    """Text in which Markdown and HTML see no sign of their own."""
    safe = words.clean(text).replace("&", "&amp;").replace("<", "&lt;")
    safe = _MEANT.sub(r"\\\1", safe)
    return _LIST.sub(r"\1\2\4\\\3\5", safe)  # no word of ours begins a list


def solution_markdown(problem: Problem, solution: Solution, lang: Lang) -> str:
    """The whole solution."""
    told = story(problem, solution)
    page = _Page(lang)
    return "\n".join(page.solution(told)).rstrip() + "\n"


class _Page:
    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def say(self, text: AnyText) -> str:
        """A sentence; its formulas stand between GitHub's ``$`` and backtick marks."""
        return words.filled(text, self.lang, lambda e: f"$`{latex(e, self.lang)}`$", escape)

    def block(self, line: Line, indent: str = "") -> list[str]:
        """A formula on a line of its own, or a sentence."""
        if isinstance(line, Text):
            return [f"{indent}**{self.say(line)}**", ""]
        return [f"{indent}$$", f"{indent}{latex(line, self.lang)}", f"{indent}$$", ""]

    def solution(self, told: Story) -> list[str]:
        """Problem, steps, answer, conditions, notes, verdict."""
        out = [f"## {self.say(words.PROBLEM)}", ""]
        for line in told.problem:
            out += [self.say(line), ""] if isinstance(line, Text) else self.block(line)
        if told.steps:
            out += [f"## {self.say(words.STEPS)}", ""]
        for step in told.steps:
            out += self.step(step, "")
        out += [f"## {self.say(words.ANSWER)}", ""]
        for answer in told.answer:
            out += self.block(answer)
        out += self.sentences(words.CONDITIONS, told.conditions)
        out += self.sentences(words.NOTES, told.notes)
        return [*out, f"{told.mark.sign} {self.say(told.verdict)}"]

    def step(self, step: Told, indent: str) -> list[str]:
        """A list item; its parts are a list within it."""
        title = escape(step.rule.title(self.lang))
        own = step.number.rpartition(".")[2]
        mark = f"{step.mark.sign} {self.say(step.mark.word)}"
        out = [f"{indent}{own}. **{title}** ({mark})", ""]
        inner = indent + " " * (len(own) + 2)
        if reason := self.say(step.why):
            out += [inner + reason, ""]
        for line in step.opening:
            out += self.block(line, inner)
        for part in step.parts:
            out += self.step(part, inner)
        for ending in () if step.echoed else step.lines:
            out += self.block(ending, inner)
        for fact in step.given:
            out += [f"{inner}{self.say(words.GIVEN)} $`{latex(fact, self.lang)}`$", ""]
        return out

    def sentences(self, head: Text, texts: tuple[Text, ...]) -> list[str]:
        """A bullet list under a heading."""
        if not texts:
            return []
        return [f"### {self.say(head)}", "", *(f"- {self.say(text)}" for text in texts), ""]
