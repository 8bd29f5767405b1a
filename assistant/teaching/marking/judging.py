"""What an answer is worth: held against the key, and against the problem itself.

A problem that the exact solver can do is played as a lesson: each line is judged, and the answer
must be there in the form that was asked for.  Any other is judged by the answer of the key alone.
The key is judged first: by one that the exact solution contradicts nobody is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.maths.answers.extract import extract_answer
from assistant.maths.pool import Runner
from assistant.maths.types import Proved, Text, Trouble, Work, WorkReport
from assistant.teaching.marking.comparing import Comparing, Held
from assistant.teaching.marking.types import KeyFault, Mark, Outcome, Question
from assistant.teaching.tutor import Tutor
from assistant.teaching.types import Lesson, Stage, Standing

NOTHING = Text("nothing was written", "未作答")
RIGHT = Text("the answer is the one of the key", "与标准答案一致")
REACHED = Text("the answer is the exact one", "与精确答案一致")
DIFFERENT = Text("the answer is not the one of the key", "与标准答案不一致")
REFUTED = Text("the answer is wrong", "答案错误")
UNDECIDED = Text(
    "whether this is the answer of the key was not decided", "未能判定是否与标准答案相同"
)
UNFINISHED = Text(
    "nothing in it is wrong, but the answer is not there", "没有发现错误，但没有得到最终答案"
)
ROUNDED = Text("it is the answer of the key when rounded", "四舍五入后与标准答案一致")
AFTERWARDS = Text(
    "the answer is there, but what is written last is wrong", "写出了答案，但最后写的内容有误"
)
FORM = Text(
    "it equals the answer, but it is not in the form that was asked for",
    "与答案相等，但不是题目要求的形式",
)
CONTRADICTED = Text(
    "the key says “{0}”, the exact solution does not: look at both; this question is left open",
    "标准答案为“{0}”，但与精确解不符，请核对；本题不计分",
)
UNSOLVED = Text(
    "no exact solution was found: write “answer: …” behind the problem; it is left open",
    "未能求得精确解，请在题目后写上“答案：…”；本题不计分",
)


@dataclass(frozen=True, slots=True)
class Ruler:
    """By what a question is marked: the exact ``lesson`` where there is one, and the ``golds``.

    ``fault`` says why it cannot be marked by."""

    question: Question
    lesson: Lesson | None
    golds: tuple[str, ...]
    fault: KeyFault | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """``runner`` does the jobs of the mathematics."""

    runner: Runner

    def ruler(self, question: Question) -> Ruler:
        """What the question is marked by."""
        lesson = self._lesson(question)
        ruler = Ruler(question, lesson, question.answers)
        if lesson is None:
            fault = None if question.answers else KeyFault(question, UNSOLVED)
            return replace(ruler, fault=fault)
        for answer in question.answers:
            said = self._played(lesson, (answer,))
            if not said.reached and said.written and said.written[-1].standing is Standing.REFUSED:
                fault = KeyFault(question, CONTRADICTED.of(answer), contradicted=True)
                return replace(ruler, fault=fault)
        return ruler

    def mark(self, ruler: Ruler, lines: Sequence[str]) -> Mark:
        """What became of these lines."""
        if not any(line.strip() for line in lines):
            return Mark(outcome=Outcome.MISSING, why=NOTHING)
        given = extract_answer("\n".join(lines)) or lines[-1]
        if ruler.fault is not None:
            return Mark(outcome=Outcome.OPEN, given=given, why=ruler.fault.why)
        if ruler.lesson is None:
            return self._by_key(ruler, lines, given)
        return self._by_lesson(ruler, ruler.lesson, lines, given)

    # --- by a lesson -------------------------------------------------------------------------

    def _lesson(self, question: Question) -> Lesson | None:
        if not question.problem:
            return None
        begun = Tutor(self.runner).begin(question.problem)
        return None if isinstance(begun, Trouble) else begun

    def _played(self, lesson: Lesson, lines: Sequence[str]) -> Lesson:
        tutor = Tutor(self.runner)
        for line in lines:
            after = tutor.write(lesson, line)
            lesson = lesson if isinstance(after, Text) else after
        return lesson

    def _by_lesson(self, ruler: Ruler, lesson: Lesson, lines: Sequence[str], given: str) -> Mark:
        played = self._played(lesson, lines)
        mark = _with_fault(Mark(outcome=Outcome.RIGHT, given=given, why=REACHED), played)
        last = played.written[-1] if played.written else None
        if last is not None and last.standing is Standing.REFUSED:
            if played.reached:
                return replace(mark, outcome=Outcome.OPEN, why=AFTERWARDS)
            return replace(mark, outcome=Outcome.WRONG, why=REFUTED)
        if played.reached:
            return replace(mark, sure=isinstance(played.progress.verdict, Proved))
        held = Comparing(self.runner).outcome(ruler.golds, given)
        if held is Held.FALSE and mark.wrong_line is not None:
            return replace(mark, outcome=Outcome.WRONG, why=DIFFERENT)
        if held in (Held.TRUE, Held.OTHER_FORM):
            return replace(mark, outcome=Outcome.OPEN, why=FORM)
        if mark.wrong_line is not None:
            return replace(mark, outcome=Outcome.OPEN, why=UNDECIDED)
        if played.progress.stage is Stage.PARTLY or _is_firm(played):
            told = played.progress.told
            return replace(mark, outcome=Outcome.UNFINISHED, why=told or UNFINISHED)
        return replace(mark, outcome=Outcome.OPEN, why=UNDECIDED)

    # --- by the key --------------------------------------------------------------------------

    def _by_key(self, ruler: Ruler, lines: Sequence[str], given: str) -> Mark:
        mark = Mark(outcome=Outcome.OPEN, given=given, why=UNDECIDED)
        if len(lines) > 1 or "=" in given:
            mark = self._with_check(mark, ruler.question.problem, lines)
        match Comparing(self.runner).outcome(ruler.golds, given):
            case Held.TRUE:
                return replace(mark, outcome=Outcome.RIGHT, why=RIGHT)
            case Held.FALSE:
                return replace(mark, outcome=Outcome.WRONG, why=DIFFERENT)
            case Held.OTHER_FORM:
                return replace(mark, why=FORM)
            case Held.ROUNDED:
                return replace(mark, why=ROUNDED)
            case Held.UNKNOWN:
                return mark

    def _with_check(self, mark: Mark, problem: str, lines: Sequence[str]) -> Mark:
        report = self.runner.run("check", Work(problem, tuple(lines)))
        if not isinstance(report, WorkReport) or report.first_wrong is None:
            return mark
        first = report.first_wrong
        return replace(mark, wrong_line=first, fault=report.marks[first].why)


def _with_fault(mark: Mark, played: Lesson) -> Mark:
    for number, line in enumerate(played.written):
        if line.standing is Standing.REFUSED:
            return replace(mark, wrong_line=number, fault=line.told, slip=line.slip)
    return mark


def _is_firm(played: Lesson) -> bool:
    """Is the last line one that was shown to follow?"""
    return bool(played.written) and played.written[-1].standing is Standing.FIRM
