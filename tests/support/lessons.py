"""Lessons for tests: what a hint says, and a student who takes all the help there is."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.maths.showing import words
from assistant.maths.showing.answers import Line
from assistant.maths.showing.linear import flat
from assistant.maths.showing.notation import Notation
from assistant.maths.showing.plain import plain
from assistant.maths.types import Lang, Text, Trouble
from assistant.teaching.tutor import Tutor, shown_hints
from assistant.teaching.types import Lesson, Level, Standing

GUIDED = (
    "2x + 3 = 11", "2(x-3)=x/2+1", "x^2 - 5x + 6 = 0", "x+y=5, x-y=1", "-2x + 3 >= 7",
    "(x+1)/(x-2) = 3", "1/2+1/3", "differentiate x^2 sin(x)", "integrate x*cos(x)",
    "simplify (x^2-1)/(x-1)", "鸡兔同笼，共有35个头，94只脚，问鸡兔各有多少只？",
)  # fmt: skip
"""Problems on which all the help leads to the answer,"""
MORE = (
    "x^2 - 2 = 0", "x^2 > 4", "x^2-3x+2<=0", "sqrt(x+7)=x-5", "ln(x)+ln(x-1)=ln 2", "2^x=8",
    "x^3-6x^2+11x-6=0", "x^2+x+1=0", "2x^2+3x-1=0", "x^2=3x", "x^2+y^2=25, x-y=1",
    "limit of sin(x)/x as x -> 0", "lim x->oo (2x^2+1)/(x^2-3)", "integrate x^2 from 0 to 1",
    "factor x^2-9", "expand (x+1)^2", "sqrt(50)+sqrt(8)", "2^3*4-5", "d/dx (3x^2+1)^5",
    "解方程 3(x-2)+4=10", "解方程组 2x+y=7, x-y=2", "求 x^3 - 2x 的导数", "化简 2(x+3)-3(x-1)",
    "一个长方形的长是8厘米，宽是5厘米，求面积", "y' = y", "Is 1128292469 composite?", "1 < 2",
    "Sort 4, -4, 6634/137 in increasing order.", "limit(tan(x)/x, x, oo)", "4/(-2) = -2x/(-2)",
    "若一个多边形的内角和等于720°，则这个多边形是____边形",
    "某商品原价为200元，连续两次降价后售价为162元，求平均每次降价的百分率",
)  # fmt: skip
"""and those that take longer."""


def begun(tutor: Tutor, source: str) -> Lesson:
    lesson = tutor.begin(source)
    assert not isinstance(lesson, Trouble), (source, lesson)
    return lesson


def written(tutor: Tutor, lesson: Lesson, *lines: str) -> Lesson:
    for line in lines:
        after = tutor.write(lesson, line)
        assert isinstance(after, Lesson), (line, after)
        lesson = after
    return lesson


def helped(tutor: Tutor, lesson: Lesson, level: Level) -> Lesson:
    while lesson.level < level:
        after = tutor.help(lesson)
        assert isinstance(after, Lesson), (lesson.source, after)
        assert after.level == lesson.level + 1
        lesson = after
    return lesson


def standings(lesson: Lesson) -> list[Standing]:
    return [line.standing for line in lesson.written]


def forms(line: Line) -> set[str]:
    """All the ways in which a line may be said."""
    if isinstance(line, Text):
        return {words.filled(line, lang, plain) for lang in Lang}
    return {plain(line), *(flat(Notation(lang)(line)) for lang in Lang)}


def said(lesson: Lesson, level: Level) -> str:
    """What one level of help says, in every form."""
    (hint,) = [hint for hint in shown_hints(lesson) if hint.level is level]
    out: list[str] = []
    for line in hint.lines:
        if isinstance(line, Text):
            out += [words.filled(line, lang, plain) for lang in Lang]
            out += [words.filled(line, lang, lambda e: flat(Notation()(e))) for lang in Lang]
        else:
            out += forms(line)
    return "\n".join(out)


def in_sight(lesson: Lesson) -> set[str]:
    """The lines that the student sees already."""
    known = {form for line in lesson.written if line.formula for form in forms(line.formula)}
    operands = lesson.problem.request.operands
    return known | {form for operand in operands for form in forms(operand)}


def places(tutor: Tutor, source: str, most: int = 14) -> Iterator[Lesson]:
    """The lesson at every place, with all help taken, of a student who only copies."""
    lesson = begun(tutor, source)
    for _ in range(most):
        if lesson.reached:
            break
        lesson = helped(tutor, lesson, Level.LINE)
        yield lesson
        assert lesson.guide is not None
        line = lesson.guide.move.line
        text = words.filled(line, Lang.ZH, plain) if isinstance(line, Text) else plain(line)
        lesson = written(tutor, lesson, text)
        assert lesson.written[-1].standing is not Standing.REFUSED, (source, lesson.written[-1])
    assert lesson.reached, (source, [line.text for line in lesson.written])
