"""What an answer is worth: held against the key, and against the problem itself.

A problem that the exact solver can do is played as a lesson: each line is judged, and the answer
must be there in the form that was asked for.  Any other is judged by the answer of the key alone.
The key is judged first: by one that the exact solution contradicts nobody is marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.maths import topics
from assistant.maths.pool import Runner
from assistant.maths.showing.answers import answer_text
from assistant.maths.types import Proved, Text, Trouble, Work, WorkReport
from assistant.teaching.marking.comparing import Comparing, Held, is_either, tight
from assistant.teaching.marking.lines import final, tidy
from assistant.teaching.marking.types import KeyFault, Mark, Outcome, Question
from assistant.teaching.tutor import MAX_LINE, TOO_LONG, Tutor
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
UNIT = Text("the number is the one of the key; look at the unit", "数值与标准答案一致，请核对单位")
PART = Text(
    "it is a part of the answer of the key; the rest is missing", "只写出了标准答案的一部分"
)
EARLIER = Text(
    "an earlier line has the answer of the key, the last one has not",
    "前面的行与标准答案一致，但最后一行不是",
)
AMONG_WRONG = Text(
    "the answer is there, but among lines that are wrong: look which of them are meant",
    "写出了答案，但其中夹有错误的行，请核对",
)
LESS = Text(
    "the whole answer is there, but the last line gives only a part of it",
    "写出过完整答案，但最后一行只有其中一部分",
)
CROSSED_OUT = Text("all of it is crossed out", "全部内容已划去")
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
            said, _ = self._played(lesson, (answer,))
            if not said.reached and said.written and said.written[-1].standing is Standing.REFUSED:
                fault = KeyFault(question, CONTRADICTED.of(answer), contradicted=True)
                return replace(ruler, fault=fault)
        return ruler

    def mark(self, ruler: Ruler, lines: Sequence[str]) -> Mark:
        """What became of these lines."""
        if not any(line.strip() for line in lines):
            return Mark(outcome=Outcome.MISSING, why=NOTHING)
        given, lines = final(lines), tuple(map(tidy, lines))
        if not any(lines):
            return Mark(outcome=Outcome.OPEN, given=given, why=CROSSED_OUT)
        given = final(lines)
        if ruler.fault is not None:
            return Mark(outcome=Outcome.OPEN, given=given, why=ruler.fault.why)
        if any(len(line) > MAX_LINE for line in lines):
            return Mark(outcome=Outcome.OPEN, given=given, why=TOO_LONG)
        if ruler.lesson is None:
            return self._by_key(ruler, lines, given)
        return self._by_lesson(ruler, ruler.lesson, lines, given)

    # --- by a lesson -------------------------------------------------------------------------

    def _lesson(self, question: Question) -> Lesson | None:
        if not question.problem:
            return None
        begun = Tutor(self.runner).begin(question.problem)
        return None if isinstance(begun, Trouble) else begun

    def _played(self, lesson: Lesson, lines: Sequence[str]) -> tuple[Lesson, tuple[int, ...]]:
        """The lesson behind these lines, and which of them each written one is."""
        tutor, places = Tutor(self.runner), []
        for number, line in enumerate(lines):
            after = tutor.write(lesson, line)
            if not isinstance(after, Text) and after is not lesson:
                lesson = after
                places.append(number)
        return lesson, tuple(places)

    def _by_lesson(self, ruler: Ruler, lesson: Lesson, lines: Sequence[str], given: str) -> Mark:
        played, places = self._played(lesson, lines)
        mark = _with_fault(Mark(outcome=Outcome.OPEN, given=given, why=UNDECIDED), played, places)
        if played.reached:
            sure = isinstance(played.progress.verdict, Proved)
            doubt = self._doubt(lesson, played, given)
            if doubt is not None:
                return replace(mark, why=doubt)
            return replace(mark, outcome=Outcome.RIGHT, why=REACHED, sure=sure)
        golds = ruler.golds
        if lesson.story:  # in no form
            golds = (*golds, answer_text(lesson.solution))
        held = Comparing(self.runner, ruler.question.problem).outcome(golds, given)
        if played.written[-1].standing is Standing.REFUSED:
            outcome = Outcome.OPEN if held in _THE_SAME else Outcome.WRONG
            return replace(mark, outcome=outcome, why=REFUTED if outcome is Outcome.WRONG else FORM)
        if held is Held.FALSE and mark.wrong_line is not None:
            return replace(mark, outcome=Outcome.WRONG, why=DIFFERENT)
        if held is Held.TRUE and lesson.story and mark.wrong_line is None:
            return replace(mark, outcome=Outcome.RIGHT, why=REACHED)
        if held in _THE_SAME:
            return replace(mark, why=UNIT if held is Held.UNIT else FORM)
        if mark.wrong_line is None and (played.progress.stage is Stage.PARTLY or _is_firm(played)):
            told = played.progress.told
            return replace(mark, outcome=Outcome.UNFINISHED, why=told or UNFINISHED)
        return mark

    def _doubt(self, lesson: Lesson, played: Lesson, given: str) -> Text | None:
        """Why the answer that was reached may not be the one that is given."""
        written = played.written
        last = written[-1]
        if last.standing is Standing.REFUSED:
            return AFTERWARDS
        at = next(n for n, line in enumerate(written) if line.progress.stage is Stage.REACHED)
        refused = any(line.standing is Standing.REFUSED for line in written[:at])
        if refused and not self._played(lesson, (written[at].text,))[0].reached:
            return AMONG_WRONG
        if at < len(written) - 1:
            alone = self._played(lesson, (last.text,))[0]
            partly = alone.progress.stage is Stage.PARTLY or _REJECTS.search(last.text)
            if partly and not alone.reached:
                return LESS
        exact = answer_text(lesson.solution)
        comparing = Comparing(self.runner, lesson.source)
        if tight(given) != tight(exact) and _is_copied(given, lesson.source):
            return FORM
        if is_either(given) and len(lesson.names) > 1:
            return UNDECIDED
        if lesson.problem.request.topic == topics.TO_PERCENT and not _PERCENT.search(given):
            return FORM
        held = comparing.outcome((exact,), given)
        if held is Held.UNIT:
            return UNIT
        if lesson.story and held is Held.FALSE:
            return UNDECIDED
        return None

    # --- by the key --------------------------------------------------------------------------

    def _by_key(self, ruler: Ruler, lines: Sequence[str], given: str) -> Mark:
        mark = Mark(outcome=Outcome.OPEN, given=given, why=UNDECIDED)
        if len(lines) > 1 or "=" in given:
            mark = self._with_check(mark, ruler.question.problem, lines)
        held = Comparing(self.runner, ruler.question.problem).outcome(ruler.golds, given)
        if held in (Held.FALSE, Held.PART) and len(lines) > 1:
            return self._by_lines(ruler, mark, lines, held)
        return _held(mark, held)

    def _by_lines(self, ruler: Ruler, mark: Mark, lines: Sequence[str], held: Held) -> Mark:
        """Of an answer whose last line is not the one of the key: all lines may be, together, or
        one before."""
        comparing = Comparing(self.runner, ruler.question.problem)
        together = [", ".join(lines[-n:]) for n in range(2, min(len(lines), MOST_TOGETHER) + 1)]
        for n, text in enumerate(together, 2):
            found, whole = comparing.outcome(ruler.golds, text), replace(mark, given=text)
            if found in (Held.TRUE, Held.AGREES):
                return _held(whole, found) if n == len(lines) else replace(whole, why=UNDECIDED)
            if _LISTED.search(" ".join(ruler.golds)) and found is not Held.FALSE:
                return replace(whole, why=UNDECIDED)
        if any(comparing.outcome(ruler.golds, line) in _THE_SAME for line in lines[:-1]):
            return replace(mark, why=EARLIER)
        return _held(mark, held)

    def _with_check(self, mark: Mark, problem: str, lines: Sequence[str]) -> Mark:
        report = self.runner.run("check", Work(problem, tuple(lines)))
        if not isinstance(report, WorkReport) or report.first_wrong is None:
            return mark
        first = report.first_wrong
        return replace(mark, wrong_line=first, fault=report.marks[first].why)


_LISTED = re.compile(r"[<>≤≥,，;；、或且]|\b(?:or|and)\b")
_REJECTS = re.compile(
    r"\b(?:extraneous|reject\w*|discard\w*|invalid|only|not|no)\b|n't\b|[舍只非不]|增根",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"%|percent|百分")
MOST_TOGETHER = 6
"""Lines that are looked at as one answer."""
_THE_SAME = (Held.TRUE, Held.AGREES, Held.OTHER_FORM, Held.UNIT)
_OUTCOMES = {
    Held.TRUE: (Outcome.RIGHT, RIGHT),
    Held.AGREES: (Outcome.RIGHT, RIGHT),
    Held.FALSE: (Outcome.WRONG, DIFFERENT),
    Held.OTHER_FORM: (Outcome.OPEN, FORM),
    Held.UNIT: (Outcome.OPEN, UNIT),
    Held.ROUNDED: (Outcome.OPEN, ROUNDED),
    Held.PART: (Outcome.UNFINISHED, PART),
    Held.UNKNOWN: (Outcome.OPEN, UNDECIDED),
}


def _held(mark: Mark, held: Held) -> Mark:
    outcome, why = _OUTCOMES[held]
    return replace(mark, outcome=outcome, why=why, sure=held is not Held.AGREES)


def _is_copied(given: str, problem: str) -> bool:
    """Is it a number or formula that the problem gives?"""
    return re.search(rf"(?<![\w.]){re.escape(tight(given))}(?![\w.])", problem) is not None


def _with_fault(mark: Mark, played: Lesson, places: tuple[int, ...]) -> Mark:
    for place, line in zip(places, played.written, strict=True):
        if line.standing is Standing.REFUSED:
            return replace(mark, wrong_line=place, fault=line.told, slip=line.slip)
    return mark


def _is_firm(played: Lesson) -> bool:
    """Is the last line one that was shown to follow?"""
    return bool(played.written) and played.written[-1].standing is Standing.FIRM
