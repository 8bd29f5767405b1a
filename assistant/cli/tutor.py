"""``assistant tutor``: a problem is solved line by line; help comes a level at a time."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.cli import render
from assistant.cli.diagnostics import Exit, complain
from assistant.cli.options import add_limits, lang_of
from assistant.cli.parser import Parser, one_of
from assistant.cli.troubles import EXIT_OF
from assistant.maths.pool import Limits, Pool
from assistant.maths.types import Supported, Text, Trouble
from runtimes.texts import Text as AnyText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.maths.showing.answers import Line
    from assistant.maths.showing.look import Look
    from assistant.teaching.tutor import Tutor
    from assistant.teaching.types import Lesson, Written

USAGE = "PROBLEM [--lang zh|en]"
MOST_BYTES = 8000
"""Of one line of input."""
HINT = frozenset({"hint", "help", "?", "？", "提示", "帮助"})
WHY = frozenset({"why", "反例", "为什么"})
UNDO = frozenset({"undo", "撤回", "撤销"})
SHOW = frozenset({"show", "显示"})
QUIT = frozenset({"quit", "exit", "退出", "结束"})

HOW = Text(
    "Write the next line, by any method.  hint: help, one level at a time · why: the "
    "counterexample · undo · show · quit",
    "写出下一行，方法不限。提示：逐级获取帮助 · 反例：查看反例 · 撤回 · 显示 · 退出",
)
NO_PROBLEM = Text(
    'no problem was given; try: assistant tutor "2x + 3 = 11"',
    '没有题目；例如：assistant tutor "2x + 3 = 11"',
)
LEVEL = Text("Help, level {0} of {1}: {2}", "提示，第 {0} 级（共 {1} 级）：{2}")
NEXT = Text("“hint” once more gives: {0}", "再次输入“提示”可得：{0}")
EXAMPLE = Text("counterexample: {0}", "反例：{0}")
NO_EXAMPLE = Text("There is no counterexample to show.", "没有可显示的反例。")
NO_LINES = Text("There is no line to take back.", "没有可撤回的行。")
TAKEN_BACK = Text("Taken back: {0}", "已撤回：{0}")
SOLVED = Text(
    "Solved: your answer is the exact one; that is proved.",
    "完成：你的答案就是精确答案，已经证明。",
)
AGREES = Text(
    "Solved: your answer agrees with the exact one in numbers; that is no proof.",
    "完成：你的答案与精确答案数值吻合，但未证明。",
)
A_STEP = Text("seconds a step may take (default 10)", "每一步的时限，单位秒（默认 10）")
PROMPT = "> "


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the problem", "题目"))
    group.add_argument(
        "problem",
        nargs="?",
        type=str.strip,
        metavar="PROBLEM",
        help=say(
            "formulas or a question (default: the first line of stdin)",
            "算式或问题（默认为标准输入的第一行）",
        ),
    )
    looks = parser.add_argument_group(say("how to show it", "输出方式"))
    looks.add_argument(
        "--plain", action="store_true", help=say("no colours, verdicts in words", "不用颜色")
    )
    looks.add_argument(
        "--lang",
        metavar="zh|en",
        type=one_of(("zh", "en"), say),
        help=say("language (default: that of the problem)", "语言（默认与题目相同）"),
    )
    add_limits(parser, A_STEP)
    parser.epilog = say(
        "Lines come from the terminal or from a pipe; a word alone is a command:\n"
        "  hint (or ?)  help: where to look, which rule, the line with a gap, the line\n"
        "  why          the counterexample to the last wrong line\n"
        "  undo, show, quit\n\n"
        "exit codes: 0 solved, or left with no wrong line; 1 left with a wrong line",
        "逐行输入（终端或管道）；单独一个词是命令：\n"
        "  提示（或 ?）  逐级帮助：看哪里、用什么规则、留空的下一行、下一行\n"
        "  反例          最后一处错误的反例\n"
        "  撤回、显示、退出\n\n"
        "退出码：0 已解出，或离开时没有错误；1 离开时有错误的行",
    )
    parser.add_help_option()


def run(options: argparse.Namespace) -> int:
    """The whole lesson; the result is the exit code."""
    with Pool(Limits(options.timeout, options.memory), early=options.early) as pool:
        lines = _lines()
        source = options.problem or next(lines, "")
        lang = lang_of(options, source)
        if not source:
            complain(NO_PROBLEM, lang)
            return Exit.USAGE
        from assistant.teaching.tutor import Tutor

        tutor = Tutor(pool)
        lesson = tutor.begin(source)
        if isinstance(lesson, Trouble):
            render.show_trouble(options, source, lesson, lang)
            return EXIT_OF[lesson.code]
        page = _Page(render.look(options, lang, sys.stdout))
        page.opening(lesson)
        for text in lines:
            if text.casefold() in QUIT:
                break
            lesson = _after(tutor, lesson, text, page)
            sys.stdout.flush()
            if lesson.reached:
                break
    return _exit_code(lesson)


def _exit_code(lesson: Lesson) -> Exit:
    from assistant.teaching.types import Standing

    wrong = any(line.standing is Standing.REFUSED for line in lesson.written[-1:])
    return Exit.REFUTED if wrong and not lesson.reached else Exit.OK


def _after(tutor: Tutor, lesson: Lesson, text: str, page: _Page) -> Lesson:
    """The lesson after one line of input."""
    word = text.casefold()
    if word in SHOW:
        page.all(lesson)
        return lesson
    if word in WHY:
        page.why(lesson)
        return lesson
    if word in UNDO:
        page.undone(lesson)
        return tutor.undo(lesson)
    after = tutor.help(lesson) if word in HINT else tutor.write(lesson, text)
    if isinstance(after, Text):
        page.say(after)
        return lesson
    if word in HINT:
        page.hint(after)
    else:
        page.written(after)
    return after


def _lines() -> Iterator[str]:
    """What is typed or piped, a line at a time, without the empty ones."""
    typed = sys.stdin.isatty() and sys.stdout.isatty()
    while True:
        body = _typed() if typed else sys.stdin.buffer.readline(MOST_BYTES)
        if not body:
            return
        text = (body if isinstance(body, str) else body.decode("utf-8", "replace")).strip()
        if text.lstrip("\ufeff"):
            yield text.lstrip("\ufeff")


def _typed() -> str:
    """A line from a terminal, with the editing that Python's own prompt has."""
    with suppress(ImportError):  # Windows edits by itself
        import readline  # noqa: F401 - its import is what makes arrows work
    try:
        return input(PROMPT)[:MOST_BYTES] + "\n"
    except EOFError:
        render.write_line("")
        return ""


@dataclass(frozen=True, slots=True)
class _Page:
    """Draws on stdout."""

    look: Look

    def opening(self, lesson: Lesson) -> None:
        """The problem as it was read, and what can be typed."""
        from assistant.maths.showing.asked import reading
        from assistant.teaching.reading import in_words

        own_words = (Text("{0}", "{0}", (lesson.source,)),)
        read = () if in_words(lesson.problem) else reading(lesson.problem)
        for line in read or own_words:
            self._draw(line, 2)
        self.say(HOW, dim=True)
        render.write_line("")
        sys.stdout.flush()

    def all(self, lesson: Lesson) -> None:
        """The problem and all lines."""
        self.opening(lesson)
        for line in lesson.written:
            self._line(line)

    def written(self, lesson: Lesson) -> None:
        """The last line with its mark, and how far one has come."""
        self._line(lesson.written[-1])
        if lesson.reached:
            from assistant.teaching.arriving import HELD

            sure = HELD if lesson.shows else SOLVED
            self.say(AGREES if isinstance(lesson.progress.verdict, Supported) else sure)
        elif lesson.progress.told is not None:
            self.say(lesson.progress.told)

    def _line(self, line: Written) -> None:
        from assistant.maths.showing.look import COLOURS, DIM, Badge, badge, painted
        from assistant.teaching.reading import drawn_of
        from assistant.teaching.types import Standing

        seal = badge(line.mark.verdict)
        sign = f"{painted(seal.sign, COLOURS[seal], self.look)} " if self.look.colour else ""
        word = "" if seal is Badge.NEUTRAL else f"[{self._words(seal.word)}] "
        drawn = drawn_of(line.said)
        rows = self._rows(Text("{0}", "{0}", (line.text,)) if drawn is None else drawn, 4)
        at = (len(rows) - 1) // 2
        for n, row in enumerate(rows):
            head = (sign or word) if n == at else ""
            blank = " " * (2 if sign else len(word))
            render.write_line(f"{head or blank}{row}")
        tone = COLOURS[seal] if line.standing is Standing.REFUSED else DIM
        for told in (line.told, line.slip):
            if told is not None:
                self._sentence(told, 2, tone)

    def hint(self, lesson: Lesson) -> None:
        """The level that was just asked for."""
        from assistant.teaching.tutor import shown_hints
        from assistant.teaching.types import LEVELS, Level

        last = shown_hints(lesson)[-1]
        count = str(len(LEVELS))
        self.say(LEVEL.of(str(int(last.level)), count, self._words(LEVELS[last.level])), dim=True)
        for line in last.lines:
            self._draw(line, 2)
        if last.level < Level.LINE:
            following = self._words(LEVELS[Level(last.level + 1)])
            self.say(NEXT.of(following), dim=True)

    def why(self, lesson: Lesson) -> None:
        """The counterexample to the last line that has one."""
        found = [line.counter for line in lesson.written if line.counter is not None]
        self.say(EXAMPLE.of(self._words(found[-1])) if found else NO_EXAMPLE)

    def undone(self, lesson: Lesson) -> None:
        """Which line is taken back."""
        last = lesson.written[-1:]
        self.say(TAKEN_BACK.of(last[0].text) if last else NO_LINES)

    def say(self, text: Text, *, dim: bool = False) -> None:
        """A sentence on lines of its own."""
        from assistant.maths.showing.look import DIM

        self._sentence(text, 0, DIM if dim else "")

    def _sentence(self, text: Text, indent: int, tone: str) -> None:
        from assistant.maths.showing.fitting import wrapped
        from assistant.maths.showing.look import painted

        for row in wrapped(self._words(text), max(self.look.width - indent, 20)):
            shown = painted(row, tone, self.look) if tone else row
            render.write_line(" " * indent + shown)

    def _draw(self, line: Line, indent: int) -> None:
        for row in self._rows(line, indent):
            render.write_line(" " * indent + row)

    def _rows(self, line: Line, indent: int) -> tuple[str, ...]:
        from assistant.maths.showing.fitting import fitted, inline, wrapped
        from assistant.maths.showing.notation import Notation

        room = max(self.look.width - indent, 20)
        if isinstance(line, Text):
            return wrapped(self._words(line), room)
        if self.look.aloud:
            return wrapped(inline(Notation(self.look.lang)(line)), room)
        return fitted(Notation(self.look.lang)(line), room)

    def _words(self, text: AnyText) -> str:
        from assistant.maths.showing import words
        from assistant.maths.showing.fitting import inline
        from assistant.maths.showing.notation import Notation

        return words.filled(text, self.look.lang, lambda e: inline(Notation(self.look.lang)(e)))
