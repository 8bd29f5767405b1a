"""Whether the answer has been reached, and what is still missing of it.

The checker of answers decides; what it says about a wrong one is not passed on, for it names the
exact answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.maths import terms as t
from assistant.maths.pool import Runner
from assistant.maths.reading.claims.line import Line
from assistant.maths.showing import words
from assistant.maths.showing.answers import answer_lines
from assistant.maths.showing.plain import plain
from assistant.maths.types import (
    AnswerClaim,
    AnswerMark,
    Lang,
    Proved,
    Supported,
    Task,
    Text,
    Verdict,
)
from assistant.teaching.allowed import is_outside
from assistant.teaching.chance import BY_CHANCE, is_by_chance
from assistant.teaching.families import Point, equal, exact_points, is_same_family, points
from assistant.teaching.placing import is_rounded
from assistant.teaching.reading import (
    as_set,
    exceptions,
    has_bound,
    is_finite,
    is_hedged,
    is_worked_out,
    says_range,
    settles,
    values_in,
)
from assistant.teaching.setting_up import renamed, renaming
from assistant.teaching.shapes import same_line
from assistant.teaching.types import BEGUN, Lesson, Progress, Stage, Standing, Written
from assistant.teaching.worded import worded_answer

SOME_FOUND = Text(
    "{0} of {1} solutions found; what is still missing?", "已求出 {1} 个解中的 {0} 个，还缺哪些？"
)
NAMES_LEFT = Text("{0} is known; {1} is still to be found.", "{0} 已求出，还需要求 {1}。")
NO_CONSTANT = Text(
    "Right up to one thing: an indefinite integral is a whole family of functions.",
    "只差一点：不定积分表示的是一族函数。",
)
TO_BE_EXACT = Text(
    "Right when rounded; the exact value is still to be given.",
    "四舍五入后正确，还需要写出精确值。",
)
COMPLEX = Text(
    "These are complex numbers. What is the answer among the real numbers?",
    "这些是复数。在实数范围内，答案是什么？",
)
SHOW_WHY = Text(
    "It is true; that was to be shown. Write the reasons, line by line.",
    "命题成立，但题目要求证明：请逐行写出理由。",
)
HELD = Text(
    "The claim is true; that is proved. Each line is marked by itself: whether together they are "
    "a whole proof is not judged.",
    "命题成立，已经证明。各行分别作了检验；它们合起来是否构成完整的证明，未作判断。",
)
TO_WORK_OUT = Text("Right; what is left is to work it out.", "正确，还需要算出结果。")
DONE = Text("This is the answer.", "这就是答案。")
TRUTHS = {
    "true": ("true", "yes", "right", "真", "是", "对", "正确", "成立"),
    "false": ("false", "no", "wrong", "假", "否", "不是", "错", "错误", "不成立"),
}
MAX_ROOTS = 12
MAX_VALUES = 24
CONSTANT = "C"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Asks the checker of answers."""

    runner: Runner

    def progress(self, lesson: Lesson) -> Progress:
        """How far the lesson has come with its last line."""
        found = self._progress(lesson)
        if found is lesson.progress or found.stage is not Stage.REACHED:
            return found
        return replace(found, told=_told_with_conditions(lesson, found.told))

    def _progress(self, lesson: Lesson) -> Progress:
        if not lesson.written or lesson.written[-1].standing is Standing.REFUSED:
            return lesson.progress
        last = lesson.written[-1]
        if lesson.shows and not any(_is_reason(lesson, line) for line in lesson.written):
            told = SHOW_WHY if self.answers(lesson, last) is not None else None
            return Progress(Stage.WORKING, told)
        if lesson.stated:
            return self._stated(lesson, last)
        return self._expression(lesson, last)

    def answers(self, lesson: Lesson, line: Written) -> Verdict | None:
        """How it is known that one line, by itself, is the whole answer; ``None`` if it is not."""
        formula = line.formula
        if _said(line.text) & _words_of(lesson):
            return lesson.solution.verdict
        if is_hedged(line.said):
            return None
        if worded_answer(lesson, line.text):
            return lesson.solution.verdict
        exact = [end for end in answer_lines(lesson.solution) if not isinstance(end, Text)]
        if formula is not None and len(exact) == 1:
            same = same_line(exact[0], formula)
            if same or is_same_family(self.runner, formula, exact[0]):
                return lesson.solution.verdict
        if lesson.stated and formula is not None:
            return self._settled(lesson, line, formula)
        if lesson.stated and not _has_values(lesson.solution.answer.value):
            return None
        if formula is not None and not is_worked_out(formula, lesson.solution.answer.value):
            return None
        if formula is not None and not says_range(formula):
            return None
        taken_out = None if formula is None else exceptions(formula)
        forms = [plain(form) for form in (taken_out, formula) if form is not None]
        texts = dict.fromkeys([*forms, line.text])
        return self._first(lesson, texts)

    def _settled(self, lesson: Lesson, line: Written, formula: t.Expr) -> Verdict | None:
        """The same of a statement about unknowns, or of a value alone."""
        statement = isinstance(formula, t.Relation | t.Junction)
        sought = lesson.problem.request.task is not Task.DSOLVE
        if statement and sought and not settles(formula, lesson.names):
            return None
        if not is_worked_out(formula, lesson.solution.answer.value):
            return None
        finite, few = is_finite(formula), _has_values(lesson.solution.answer.value)
        if finite != few and not isinstance(formula, t.Collection):
            return None  # an interval reads like a list of its ends
        texts: dict[str, None] = {}
        if (written := as_set(formula, lesson.names)) is not None:
            texts[written] = None
        if len(lesson.names) == 1 and (values := values_in(formula, lesson.names)):
            texts[" or ".join(f"{name} = {plain(value)}" for name, value in values)] = None
        texts |= dict.fromkeys((plain(formula), line.text))
        return self._first(lesson, texts)

    def _first(self, lesson: Lesson, texts: dict[str, None]) -> Verdict | None:
        """The verdict on the first of several ways to write an answer that is accepted."""
        found = (self._claimed(lesson, text) for text in texts)
        return next((verdict for verdict in found if verdict is not None), None)

    def _claimed(self, lesson: Lesson, answer: str) -> Verdict | None:
        mark = self.runner.run("answer", AnswerClaim(lesson.source, answer))
        if isinstance(mark, AnswerMark) and isinstance(mark.verdict, Proved | Supported):
            return mark.verdict
        return None

    def _expression(self, lesson: Lesson, last: Written) -> Progress:
        if (verdict := self.answers(lesson, last)) is not None:
            if is_by_chance(lesson, last):
                return Progress(Stage.PARTLY, BY_CHANCE)
            return Progress(Stage.REACHED, DONE, verdict)
        if is_rounded(last):
            return Progress(Stage.PARTLY, TO_BE_EXACT)
        request = lesson.problem.request
        indefinite = request.task is Task.INTEGRATE and len(request.operands) == 1
        if indefinite and last.formula is not None and is_worked_out(last.formula, None):
            whole = plain(t.add(last.formula, t.Symbol(CONSTANT)))
            if self._claimed(lesson, whole) is not None:
                return Progress(Stage.PARTLY, NO_CONSTANT)
        return BEGUN

    def _stated(self, lesson: Lesson, last: Written) -> Progress:
        called = renaming(lesson)
        names = tuple(called.get(name, name) for name in lesson.names)
        lesson = replace(lesson, names=names)
        if last.formula is None or not settles(last.formula, names):
            if (verdict := self.answers(lesson, last)) is not None:
                return Progress(Stage.REACHED, DONE, verdict)
            number = last.formula is not None and not t.symbols(last.formula)
            if number and (verdict := self._claimed(lesson, last.text)) is not None:
                return Progress(Stage.PARTLY, TO_WORK_OUT, verdict)
            return lesson.progress if lesson.progress.stage is Stage.PARTLY else BEGUN
        if (verdict := self.answers(lesson, last)) is not None:
            return Progress(Stage.REACHED, DONE, verdict)
        if is_rounded(last):
            return Progress(Stage.PARTLY, TO_BE_EXACT)
        if last.standing is Standing.FIRM and _is_beyond(lesson, last.formula):
            return Progress(Stage.PARTLY, COMPLEX)
        values = _values(lesson)
        if lesson.problem.more and self._all_found(lesson, values, called):
            return Progress(Stage.REACHED, DONE, lesson.solution.verdict)
        if not is_worked_out(last.formula, lesson.solution.answer.value):
            right = last.standing is Standing.FIRM
            return Progress(Stage.PARTLY, TO_WORK_OUT) if right else lesson.progress
        if len(names) > 1:
            return self._point(lesson)
        if (verdict := self._together(lesson, values)) is not None:
            return Progress(Stage.REACHED, DONE, verdict)
        return self._some(lesson, values)

    def _together(self, lesson: Lesson, values: tuple[tuple[str, t.Expr], ...]) -> Verdict | None:
        """Whether the cases that were found one after the other are all there are."""
        ranges = [plain(line.formula) for line in _kept(lesson)
                  if line.formula is not None and has_bound(line.formula)
                  and settles(line.formula, lesson.names)]  # fmt: skip
        if _has_values(lesson.solution.answer.value):
            found = [f"{name} = {plain(value)}" for name, value in values]
        else:
            found = ranges
        return self._claimed(lesson, " or ".join(found)) if len(found) > 1 else None

    def _point(self, lesson: Lesson) -> Progress:
        """Several unknowns: found one after the other, and perhaps several times."""
        exact, given = exact_points(lesson), points(lesson)
        found = [p for p in exact if any(self._is_point(p, one) for one in given)]
        if found and len(found) == len(exact):
            told = ", ".join(f"({', '.join(map(plain, p))})" for p in found)
            if (verdict := self._claimed(lesson, told)) is not None:
                return Progress(Stage.REACHED, DONE, verdict)
        if found:
            return Progress(Stage.PARTLY, SOME_FOUND.of(str(len(found)), str(len(exact))))
        sure = [v.formula for v in lesson.written if v.standing is Standing.FIRM and v.formula]
        firm = {name for line in sure for name, _ in values_in(line, lesson.names)}
        known = [n for n in lesson.names if n in firm]
        missing = [n for n in lesson.names if n not in known]
        if known and missing:
            told_left = NAMES_LEFT.of(", ".join(known), ", ".join(missing))
            return Progress(Stage.PARTLY, told_left)
        return BEGUN

    def _is_point(self, one: Point, other: Point) -> bool:
        return all(equal(self.runner, a, b) for a, b in zip(one, other, strict=True))

    def _all_found(
        self, lesson: Lesson, values: tuple[tuple[str, t.Expr], ...], called: dict[str, str]
    ) -> bool:
        """Whether every letter that is asked for, as the student ``called`` it, has its exact
        value, and no other."""
        exact = lesson.solution.answer.value
        asked = (lesson.problem.request, *lesson.problem.more)
        letters = [tuple(renamed(o, called) for o in r.operands) for r in asked]
        if not isinstance(exact, t.Collection) or len(exact.items) != len(letters):
            return False
        for operands, value in zip(letters, exact.items, strict=True):
            given = [v for name, v in values if (t.Symbol(name),) == operands]
            if len(given) != 1 or not equal(self.runner, value, given[0]):
                return False
        return True

    def _some(self, lesson: Lesson, values: tuple[tuple[str, t.Expr], ...]) -> Progress:
        """One unknown with several values."""
        match lesson.solution.answer.value:
            case t.Collection(t.Bracket.SET, roots) if 1 < len(roots) <= MAX_ROOTS:
                found = sum(any(equal(self.runner, r, v) for _, v in values) for r in roots)
                if 0 < found < len(roots):
                    told = SOME_FOUND.of(str(found), str(len(roots)))
                    return Progress(Stage.PARTLY, told)
        return BEGUN


def _told_with_conditions(lesson: Lesson, told: Text | None) -> Text | None:
    """The end of a lesson, with what the answer takes for granted of other letters: ``a ≠ 0``."""
    others = {n for part in lesson.problem.request.operands for n in t.symbols(part)}
    conditions = lesson.solution.conditions
    if told is None or not conditions or not lesson.stated or others <= set(lesson.names):
        return told
    first = conditions[0]
    return Text(f"{told.en} {first.en}", f"{told.zh}{first.zh}", first.args)


def denies(lesson: Lesson, line: Line) -> bool:
    """Whether a line says yes where the answer is no, or no where it is yes, or gives several
    values in words of which one is wrong."""
    if worded_answer(lesson, line.text) is False:
        return not is_hedged(line)
    said, exact = _said(line.text) & set(TRUTHS), _words_of(lesson) & set(TRUTHS)
    return bool(said and exact) and not said & exact


def _is_reason(lesson: Lesson, line: Written) -> bool:
    """Whether a line is more than the claim that is to be shown, or a word about it."""
    if line.formula is None or line.standing is Standing.REFUSED:
        return False
    claimed = any(same_line(one, line.formula) for one in lesson.problem.request.operands)
    return not claimed and not isinstance(line.formula, t.Truth)


def _is_beyond(lesson: Lesson, formula: t.Expr) -> bool:
    """Whether a line gives complex values where no real number is an answer."""
    none = lesson.solution.answer.value == t.Constant(t.ConstantName.EMPTY)
    return none and t.Constant(t.ConstantName.I) in t.walk(formula)


def _said(text: str) -> set[str]:
    """What a word says, in one spelling; *yes* and *对* are *true*."""
    word = text.strip(" .。!！").casefold()
    return {word, *(truth for truth, words_ in TRUTHS.items() if word in words_)}


def _words_of(lesson: Lesson) -> set[str]:
    """The exact answer where it is words: a letter, a truth, *does not exist*."""
    answer = lesson.solution.answer
    lines = [line for line in answer_lines(lesson.solution) if isinstance(line, Text)]
    told = {words.filled(line, lang, plain) for line in lines for lang in Lang}
    if isinstance(answer.value, t.Truth):
        told.add("true" if answer.value.value else "false")
        ends = [move.line for move in lesson.moves[-1:] if isinstance(move.line, Text)]
        told |= {words.filled(line, lang, plain) for line in ends for lang in Lang}
    return {form for text in (*told, answer.text) if text for form in _said(text)}


def _has_values(exact: t.Expr | None) -> bool:
    """Whether an exact answer is made of single values (a family of them too)."""
    return exact is None or is_finite(exact)


def _kept(lesson: Lesson) -> Iterator[Written]:
    return (line for line in lesson.written if line.standing is not Standing.REFUSED)


def _values(lesson: Lesson) -> tuple[tuple[str, t.Expr], ...]:
    """The values that the student's lines give to the unknowns, each once."""
    found: dict[tuple[str, t.Expr], None] = {}
    for line in _kept(lesson):
        if line.formula is None:
            continue
        for pair in values_in(line.formula, lesson.names):
            if not is_outside(lesson.problem, pair[1]):
                found.setdefault(pair)
    return tuple(found)[-MAX_VALUES:]
