"""The lesson as a machine of pure states: begin, write a line, ask for help, take a line back.

Every method makes a new ``Lesson`` of an old one; the work is done by a ``Runner``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.maths import terms as t
from assistant.maths.pool import Runner
from assistant.maths.reading.claims.line import Line
from assistant.maths.showing.asked import asked
from assistant.maths.showing.plain import plain
from assistant.maths.types import (
    Doubt,
    Failure,
    Mark,
    NextLine,
    NextMark,
    Problem,
    Proved,
    Question,
    Refuted,
    Solution,
    Supported,
    Task,
    Text,
    Trouble,
    Undecided,
    Verdict,
)
from assistant.teaching.allowed import loses, outside
from assistant.teaching.arriving import Arrivals, denies
from assistant.teaching.both_logs import BothLogs
from assistant.teaching.contrary import Contrary, wrong
from assistant.teaching.deciding import decides
from assistant.teaching.guiding import Way
from assistant.teaching.hints import hints
from assistant.teaching.moves import moves_of
from assistant.teaching.placing import (
    FED,
    aside,
    line_before,
    placed,
    standing_of,
)
from assistant.teaching.reading import (
    STATED,
    formula_of,
    is_hedged,
    is_range,
    unknowns,
    unnamed,
    without_constant,
)
from assistant.teaching.setting_up import SettingUp
from assistant.teaching.slips import loss_in, slip_in
from assistant.teaching.types import (
    BEGUN,
    Hint,
    Lesson,
    Level,
    Standing,
    Written,
)
from assistant.teaching.valuing import AS_ANSWER, FAILS, REJECTED, Valuing

UNSURE = Trouble(
    Failure.UNSUPPORTED,
    Text(
        "no proved solution was found, so there is nothing to teach from",
        "没有找到经过证明的解答，无法进行辅导",
    ),
)
SEVERAL = Trouble(
    Failure.UNSUPPORTED,
    Text("this asks for several things; take one of them", "题目包含多个问题，请只取其中一个"),
)
HEDGED = Text(
    "not judged: the line takes back, or only supposes, what stands in it",
    "未作判断：这一行否定了其中的内容，或只是假设",
)
RANGE = Text("a range by itself: not judged as a step", "单独写出的范围：不作为步骤判断")
NOT_TESTED = Text(
    "taken as given: whether the text says so was not checked", "作为已知条件；是否符合题意未作检查"
)
ANSWERED = Text("this is the answer", "这就是答案")
NO_WAY = Text(
    "No way on is known from here: take the last line back, or go on by yourself.",
    "从这里出发没有已知的下一步：请撤回最后一行，或按自己的方法继续。",
)
AT_THE_END = Text(
    "The answer is reached: there is nothing left to help with.", "已经得到答案，无需提示。"
)
MAX_LINE = 1000
"""Characters of one line."""
MAX_WRITTEN = 200
TOO_LONG = Text("this line is too long", "这一行太长")
TOO_MANY = Text("no more lines can be taken: take some back", "行数已满，请先撤回一些")


@dataclass(frozen=True, slots=True)
class Tutor:
    """``runner`` does the jobs of the mathematics."""

    runner: Runner

    def begin(self, source: str) -> Lesson | Trouble:
        """A lesson on a problem, or why there is none."""
        problem = self.runner.run("read", Question(source))
        if isinstance(problem, Trouble):
            return problem
        assert isinstance(problem, Problem)
        solution = self.runner.run("solve", problem)
        if isinstance(solution, Trouble):
            return solution
        assert isinstance(solution, Solution)
        moves = moves_of(problem, solution)
        if not isinstance(solution.verdict, Proved | Supported) or not moves:
            return UNSURE
        opening = self._opening(problem, source)
        if isinstance(opening, Trouble):
            return opening
        names = unknowns(problem, solution)
        story = any(d.why is not None for d in problem.definitions)
        if problem.more and not story:
            return SEVERAL
        return Lesson(
            source=source,
            problem=problem,
            solution=solution,
            names=names,
            stated=story or problem.request.task in STATED,
            moves=moves,
            opening=opening,
        )

    def _opening(self, problem: Problem, source: str) -> bytes | Trouble:
        """What the checker knows before the first line."""
        request = problem.request
        formula = asked(request)
        fed = request.task in FED or (
            request.task is Task.DIFFERENTIATE and request.order not in (None, 1)
        )
        if not fed or formula is None or problem.definitions:
            state = self.runner.run("open", source)
            assert isinstance(state, bytes | Trouble)
            return state
        state = self.runner.run("open", "")
        if isinstance(state, Trouble):
            return state
        assert isinstance(state, bytes)
        first = self.runner.run("next", NextLine(state, plain(formula)))
        return first.state if isinstance(first, NextMark) else state

    def write(self, lesson: Lesson, text: str) -> Lesson | Text:
        """The student's next line, judged; a sentence where it cannot be taken."""
        text = " ".join(text.split())
        if len(text) > MAX_LINE:
            return TOO_LONG
        if len(lesson.written) >= MAX_WRITTEN:
            return TOO_MANY
        if not text:
            return lesson
        line = BothLogs(self.runner).judged(lesson, self._judged(lesson, text))
        written = replace(lesson, written=(*lesson.written, line))
        progress = lesson.progress
        if not lesson.reached:
            progress = Arrivals(self.runner).progress(written)
        if progress is not lesson.progress and progress.verdict is not None:
            line = _confirmed(lesson, line, progress.verdict) if not lesson.reached else line
        line = replace(line, progress=progress)
        kept = line.standing is Standing.REFUSED
        return replace(
            lesson,
            written=(*lesson.written, line),
            progress=progress,
            level=lesson.level if kept else Level.NONE,
            guide=lesson.guide if kept else None,
        )

    def help(self, lesson: Lesson) -> Lesson | Text:
        """One level more; a sentence where there is none."""
        if lesson.reached:
            return AT_THE_END
        guide = lesson.guide or Way(self.runner).guide(lesson)
        if guide is None:
            return lesson.progress.told or NO_WAY
        level = Level(min(lesson.level + 1, Level.LINE))
        return replace(lesson, guide=guide, level=level)

    def undo(self, lesson: Lesson) -> Lesson:
        """Without the last line."""
        if not lesson.written:
            return lesson
        left = lesson.written[:-1]
        progress = left[-1].progress if left else BEGUN
        return replace(lesson, written=left, progress=progress, level=Level.NONE, guide=None)

    def resumed(self, source: str, lines: tuple[str, ...], level: int = 0) -> Lesson | Trouble:
        """A lesson as it was left, from what was written: it is judged again.  So much help was
        given at its end."""
        lesson = self.begin(source)
        if isinstance(lesson, Trouble):
            return lesson
        for text in lines:
            after = self.write(lesson, text)
            lesson = lesson if isinstance(after, Text) else after
        for _ in range(lesson.level, min(level, Level.LINE)):
            after = self.help(lesson)
            lesson = lesson if isinstance(after, Text) else after
        return lesson

    # one line

    def _judged(self, lesson: Lesson, text: str) -> Written:
        said = self.runner.run("line", text)
        if not isinstance(said, Line):  # it took too long to read
            said = Line(text, ())
        formula = formula_of(said, stated=lesson.stated)
        mark, state = self._marked(lesson, text, said)
        if is_hedged(said) and isinstance(mark.verdict, Proved | Supported | Refuted):
            mark, state = Mark(Undecided(Doubt.NO_METHOD), mark.claims, HEDGED), lesson.state
        if not lesson.stated and formula is not None and is_range(formula):
            mark, state = Mark(Undecided(Doubt.NOT_A_CLAIM), mark.claims, RANGE), lesson.state
        standing = standing_of(mark)
        why = AS_ANSWER if denies(lesson, said) else self._wrong_value(lesson, standing, formula)
        if why is not None:
            mark = Mark(Refuted("", "", ""), 1, why)
            standing = Standing.REFUSED
        line = Written(
            text=text, said=said, mark=mark, standing=standing, state=state, told=mark.why,
            formula=formula,
        )  # fmt: skip
        limited = None if formula is None else outside(lesson.problem, formula, lesson.names)
        if limited is not None and standing is not Standing.REFUSED:
            mark = Mark(Undecided(Doubt.NO_METHOD), mark.claims, limited)
            return replace(
                line, mark=mark, standing=Standing.OPEN, state=lesson.state, told=limited
            )
        early = standing in (Standing.ASIDE, Standing.OPEN)
        if early and lesson.story and formula is not None:
            line = self._set_up(lesson, line, formula)
        before = line_before(lesson)
        if standing is Standing.OPEN and before is not None and formula is not None:
            slip = loss_in(before, formula) if loses(lesson, formula) else None
            line = replace(line, slip=slip)
        if line.standing is Standing.OPEN:
            failing = Valuing(self.runner).failing(lesson, formula)
            line = line if failing is None else replace(line, told=REJECTED.of(failing))
        if standing is not Standing.REFUSED:
            return placed(lesson, line)
        line = replace(line, state=lesson.state)
        if (verdict := Arrivals(self.runner).answers(lesson, line)) is not None:
            return _confirmed(lesson, line, verdict)
        if (why := aside(lesson, formula)) is not None:
            mark = Mark(Undecided(Doubt.NOT_A_CLAIM), 0, why)
            return replace(line, mark=mark, standing=Standing.ASIDE, told=why)
        slip = None if before is None or formula is None else slip_in(before, formula)
        counter = Contrary(self.runner).example(lesson, line)
        told = mark.why if mark.why.en in (AS_ANSWER.en, FAILS.en) else wrong(lesson)
        return replace(line, told=told, slip=slip, counter=counter)

    def _wrong_value(
        self, lesson: Lesson, standing: Standing, formula: t.Expr | None
    ) -> Text | None:
        """Why a line that was not refuted is wrong all the same, by the values that it gives."""
        values = Valuing(self.runner)
        match standing:
            case Standing.OPEN if values.is_wrong(lesson, formula):
                return wrong(lesson)
            case Standing.ASIDE if values.is_wrong_answer(lesson, formula):
                return AS_ANSWER
            case Standing.OPEN if len(lesson.names) > 1:
                failing = values.failing(lesson, formula)
                return None if failing is None else FAILS.of(failing)
        return None

    def _set_up(self, lesson: Lesson, line: Written, formula: t.Expr) -> Written:
        """An equation that was found in a text: is it the one that we read there?"""
        found = SettingUp(self.runner).found(lesson, formula)
        if found is not None:
            return replace(line, mark=found.mark, standing=Standing.FIRM, state=found.state,
                           told=found.told, names=found.names)  # fmt: skip
        return replace(line, told=NOT_TESTED) if line.standing is Standing.ASIDE else line

    def _marked(self, lesson: Lesson, text: str, line: Line) -> tuple[Mark, bytes]:
        """The mark of a line and what is known after it.  What stands on a line that was never
        decided is judged by the last sure one as well: that line may be the wrong one."""
        problem = lesson.problem
        said = without_constant(problem, line) or unnamed(problem, line) or text
        mark, state = self._next(lesson.state, said)
        sure = _sure_state(lesson)
        if sure != lesson.state and standing_of(mark) is not Standing.FIRM:
            again, after = self._next(sure, said)
            if standing_of(again) is Standing.FIRM or isinstance(mark.verdict, Refuted):
                return again, after
        return mark, state

    def _next(self, state: bytes, text: str) -> tuple[Mark, bytes]:
        result = self.runner.run("next", NextLine(state, text))
        if isinstance(result, NextMark) and result.mark.verdict == Undecided(Doubt.TIME):
            result = self.runner.run("next", NextLine(state, text))  # what it loads is there now
        if isinstance(result, NextMark):
            return result.mark, result.state
        assert isinstance(result, Trouble)
        return Mark(Undecided(Doubt.TIME), 0, result.message), state


def shown_hints(lesson: Lesson) -> tuple[Hint, ...]:
    """The help that was asked for at this place, the last level at the end."""
    if lesson.guide is None:
        return ()
    firm = [n for n, w in enumerate(lesson.written, 1) if w.standing is Standing.FIRM]
    verdict = decides(lesson.problem, lesson.solution)
    return hints(lesson.guide, lesson.level, firm[-1] if firm else 0, verdict=verdict)


def _confirmed(lesson: Lesson, line: Written, verdict: Verdict) -> Written:
    """A line that the checker of answers has shown to be right.  Of a story it has not shown that
    the equations say what the text means."""
    surer = isinstance(verdict, Proved) and not isinstance(line.mark.verdict, Proved)
    known = line.standing is Standing.FIRM and (lesson.story or not surer)
    if known or not isinstance(verdict, Proved | Supported):
        return line
    mark = Mark(verdict, max(line.mark.claims, 1), ANSWERED)
    return replace(line, mark=mark, standing=Standing.FIRM, told=ANSWERED, slip=None, counter=None)


def _sure_state(lesson: Lesson) -> bytes:
    """What was known after the last line that is sure."""
    for line in reversed(lesson.written):
        if line.standing is Standing.FIRM:
            return line.state
    return lesson.opening
