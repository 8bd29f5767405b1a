"""A lesson as it is drawn: the student's lines with their marks, the help, how far one has come."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from assistant.maths.showing.answers import Line
from assistant.maths.showing.boxes import columns, pad
from assistant.maths.showing.fitting import wrapped
from assistant.maths.types import Problem, Supported, Text, Trouble
from assistant.teaching.arriving import HELD
from assistant.teaching.reading import drawn_of, in_words, is_story
from assistant.teaching.tutor import shown_hints
from assistant.teaching.types import LEVELS, Lesson, Level, Standing, Written
from runtimes import texts
from runtimes.texts import Lang
from tui.rendering.reading import NARROWEST, sentence, shown, typed_lines
from tui.rendering.verdicts import seal
from tui.words import harmless, say

GUTTER = 3
"""Columns for the mark."""
EXAMPLE = texts.Text("counterexample: {0}", "反例：{0}")
LEVEL = texts.Text("Help: level {0} of {1}", "提示：第 {0} 级，共 {1} 级")
MORE = texts.Text("{0}: {1}", "{0}：{1}")
STORY = Text(
    "This is understood; putting it into formulas is the first step.",
    "已读懂；第一步是把题意写成式子。",
)
SOLVED = texts.Text("Solved. {0} {1}: another problem.", "完成。{0}按 {1} 换一道题。")
PROVED = texts.Text(
    "Your answer is the exact one; that is proved.", "你的答案就是精确答案，已经证明。"
)
SUPPORTED = texts.Text(
    "Your answer agrees with the exact one in numbers; that is no proof.",
    "你的答案与精确答案数值吻合，但未证明。",
)


def problem_lines(source: str, result: Problem | Trouble, lang: Lang, width: int) -> list[str]:
    """How a problem was read.  A story stays in its own words: to put it into formulas is the
    student's part."""
    if isinstance(result, Problem) and in_words(result):
        story = [sentence(STORY, lang)] if is_story(result) else []
        told = [*wrapped(harmless(source.strip()), width), *story]
        return [line for text in told for line in wrapped(text, width)]
    return typed_lines(source, result, lang, width)


@dataclass(frozen=True, slots=True)
class LessonPage:
    """Draws in one language."""

    lang: Lang

    def line(self, line: Written, width: int, *, counter: bool) -> Content:
        """A line of the student: its mark, the formula, what is said of it."""
        sign, word, style = seal(line.mark.verdict, self.lang)
        rows = self._formula(line, width)
        at, widest = (len(rows) - 1) // 2, max(map(columns, rows))
        parts: list[Content] = []
        for n, row in enumerate(rows):
            mark = sign if n == at else ""
            tail = f"  {word}" if n == at and word else ""
            if tail:
                row = pad(row, widest)  # noqa: PLW2901 - the word stands beside the whole
            if columns(row + tail) + GUTTER > width:
                tail = ""
            head = pad(mark, GUTTER) if columns(mark) < GUTTER else f"{mark} "
            parts.append(Content.assemble((head, style), row, (tail, style)))
        tone = style if line.standing is Standing.REFUSED else "dim"
        parts += self._said(line.told, width, tone)
        if line.slip is not None:
            parts += self._said(line.slip, width, "$text-warning")
        if counter and line.counter is not None:
            told = EXAMPLE.of(sentence(line.counter, self.lang))
            parts += self._said(told, width, "dim")
        return Content("\n").join(parts)

    def _formula(self, line: Written, width: int) -> tuple[str, ...]:
        room = max(width - GUTTER, NARROWEST)
        drawn = drawn_of(line.said)
        if drawn is None:
            return wrapped(harmless(line.text), room)
        return shown(drawn, self.lang, room)

    def _said(self, text: texts.Text, width: int, style: str) -> list[Content]:
        room = max(width - GUTTER, NARROWEST)
        lines = wrapped(sentence(text, self.lang), room)
        return [Content.assemble(" " * GUTTER, (line, style)) for line in lines if line]

    def hints_title(self, lesson: Lesson) -> str:
        """How much help is shown."""
        return say(LEVEL.of(str(int(lesson.level)), str(len(LEVELS))), self.lang)

    def hints(self, lesson: Lesson, key: str, width: int) -> Content:
        """The help so far, a level under the other, and what the next one would be."""
        rows: list[Content] = []
        room = max(width - GUTTER, NARROWEST)
        for hint in shown_hints(lesson):
            lines = [text for line in hint.lines for text in shown(line, self.lang, room)]
            at = 0 if isinstance(hint.lines[0], Text) else (len(lines) - 1) // 2
            for n, text in enumerate(lines):
                head = f"{int(hint.level)}" if n == at else ""
                rows.append(Content.assemble((head.ljust(GUTTER), "bold"), text))
        if lesson.level < Level.LINE:
            following = say(LEVELS[Level(lesson.level + 1)], self.lang)
            told = say(MORE.of(key, following), self.lang)
            rows += [Content.styled(line, "dim") for line in wrapped(told, max(width, NARROWEST))]
        return Content("\n").join(rows)

    def progress(self, lesson: Lesson, key: str, width: int) -> Content:
        """How far one has come; nothing where there is nothing to say.  ``key`` begins another
        problem."""
        if lesson.reached:
            sure = HELD if lesson.shows else PROVED
            if isinstance(lesson.progress.verdict, Supported):
                sure = SUPPORTED
            told = say(SOLVED.of(say(sure, self.lang), key), self.lang)
        elif lesson.progress.told is not None:
            told = sentence(lesson.progress.told, self.lang)
        else:
            return Content("")
        return Content("\n".join(wrapped(told, max(width, NARROWEST))))

    def read(self, formula: Line | None, width: int) -> Content:
        """How the line is read that is being typed."""
        if formula is None:
            return Content("\n".join(wrapped(sentence(NO_FORMULA, self.lang), max(width, 1))))
        return Content("\n".join(shown(formula, self.lang, max(width, NARROWEST))))


NO_FORMULA = Text(
    "not read as one formula; the formulas in it are checked",
    "未能整行读作一个式子；其中的式子仍会检查",
)
