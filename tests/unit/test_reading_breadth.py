"""Several hundred ways to put a problem, each with the one reading that is right.

``golden/readings.txt`` has an input a paragraph: the text (``⏎`` for a line end), and
indented below it what it asks, or ``refused``.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.plain import plain
from assistant.maths.types import Definition, Lang, Request

GOLDEN = Path(__file__).with_name("golden") / "readings.txt"
FIELDS = ("domain", "order", "direction", "method", "words")


def asked(request: Request) -> str:
    """One request as a line."""
    topic = f"/{request.topic}" if request.topic else ""
    operands = [plain(o) for o in request.operands]
    line = f"{request.task.value}{topic} {operands} {','.join(request.variables)}"
    if request.domain is not None:
        line += f" D={plain(request.domain)}"
    if request.order is not None:
        line += f" o={request.order}"
    if request.direction:
        line += f" dir={request.direction}"
    if request.method:
        line += f" m={request.method}"
    return line + (f" w={request.words}" if request.words else "")


def given_before(definition: Definition) -> str:
    """One definition as a line."""
    body = definition.body
    meant = asked(body) if isinstance(body, Request) else plain(body)
    return f"[{definition.name}({','.join(definition.parameters)}):= {meant}]"


def reading(text: str) -> str:
    """All that was understood, as one line, or ``refused``."""
    try:
        problem = read_problem(text)
    except ReadingError:
        return "refused"
    requests = "  ++ ".join(map(asked, (problem.request, *problem.more)))
    return "  ".join([requests, *map(given_before, problem.definitions)]).rstrip()


def refusal(text: str) -> ReadingError | None:
    """Why a text is not understood; ``None`` if it is."""
    try:
        read_problem(text)
    except ReadingError as wrong:
        return wrong
    return None


def readings() -> list[tuple[str, str]]:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return [(text.replace("⏎", "\n"), meant.strip()) for text, meant in pairs]


@pytest.mark.parametrize(("text", "meant"), readings())
def test_a_problem_is_read_as_it_is_meant_or_refused(text: str, meant: str) -> None:
    assert reading(text) == meant


NOTED = [
    ("1/2x", "1/2*x"),
    ("sin x y", "takes x only"),
    ("2/3 4", "2/3*4"),
    ("2^3^2", "3^2"),
    ("x2 + 1", "x2"),
    ("log 100", "natural"),
    ("e*x = 3", "Euler"),
    ("3i + x", "imaginary"),
    ("sin 30", "radians"),
    ("C_5^2", "combinations"),
    ("simplify 1/2x", "1/2*x"),
    ("3x squared", "3*x^2"),
]


@pytest.mark.parametrize(("text", "said"), NOTED)
def test_how_an_ambiguity_was_read_is_told(text: str, said: str) -> None:
    notes = read_problem(text).notes
    told = [n.en.format(*(a if isinstance(a, str) else plain(a) for a in n.args)) for n in notes]
    assert any(said in note for note in told), told


@pytest.mark.parametrize("text", ["2x + 3 = 11", "∫ x^2 dx", "求 ∫_0^1 x^2 dx", "x^2 - 1"])
def test_nothing_is_said_where_nothing_is_ambiguous(text: str) -> None:
    assert not read_problem(text).notes


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("x+y=5 x-y=1", 6),
        ("find x 2x+3=11", 7),
        ("P(X=2)", 0),
        ("3 km + 5 m", 2),
        ("solve x^2=4 except x=2", 12),
        ("twice a number is 10", 8),
        ("the cost is 5", 0),
    ],
)
def test_a_refusal_points_at_the_place(text: str, at: int) -> None:
    with pytest.raises(ReadingError) as caught:
        read_problem(text)
    assert caught.value.at == at


def test_the_language_of_the_question_is_kept() -> None:
    assert read_problem("请解方程 2x+3=11，谢谢！").lang is Lang.ZH
    assert read_problem("Please solve 2x+3=11.").lang is Lang.EN


WORDS = """solve simplify find the of and is equation x y 2 3 = + - ( ) [ , ] . ? : f(x)=x^2
x^2=4 2x+3=11 sin(x) where for in from to 0 1 not except at most 求 解方程 的 化简 已知 当 时 在 上
最大值 (1) (2) ∫ lim → ∞ \\frac{1}{2} derivative integral log base squared twice half how many mean
1,2,3""".split()


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=16))
def test_any_mixture_is_read_or_refused_in_half_a_second(words: list[str]) -> None:
    text = " ".join(words)
    start = time.process_time()
    wrong = refusal(text)
    assert time.process_time() - start < 3
    if wrong is not None:
        assert 0 <= wrong.at <= max(len(text), 1)
        assert wrong.message.en
        assert wrong.message.zh


STRAY = "except unless twice banana not 除外 小明 苹果 不 至多".split()
READABLE = [
    "solve 2x+3=11",
    "factor x^2-1",
    "differentiate x^3",
    "find the domain of sqrt(x-1)",
    "integrate x^2 from 0 to 1",
    "解方程 2x+3=11",
    "求函数 y=x^2 的导数",
    "what is the mean of 1, 2, 3",
]


@pytest.mark.parametrize("text", READABLE)
@pytest.mark.parametrize("word", STRAY)
def test_no_word_is_passed_over(text: str, word: str) -> None:
    plain_reading = reading(text)
    places = [m.start() for m in re.finditer(r"\s|$", text)]
    for place in [0, *places]:
        assert reading(f"{text[:place]} {word} {text[place:]}") != plain_reading


def test_a_bare_formula_does_not_load_the_grammar_of_sentences() -> None:
    code = (
        "import sys; from assistant.maths.reading import read_problem; read_problem('2x+3=11');"
        "print(sorted(m for m in sys.modules if 'reading.requests' in m or 'reading.prose' in m))"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert out.strip() == "[]"
