"""A solution as rows, at any width, and the words for how it was checked."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths.pool import Limits, Pool
from assistant.maths.reading import read_problem
from assistant.maths.showing.boxes import columns
from assistant.maths.showing.checks import WAYS, way
from assistant.maths.types import (
    Answer,
    Doubt,
    Failure,
    Link,
    Problem,
    Refuted,
    Request,
    Rule,
    Solution,
    Step,
    Supported,
    Task,
    Text,
    Trouble,
    Undecided,
    Verdict,
)
from runtimes.texts import Lang
from tui.rendering.reading import typed_lines
from tui.rendering.solution import LINKS, Node, Page, Work, told

CHECKING = Path(__file__).resolve().parents[2] / "assistant" / "maths" / "checking"
HOSTILE = "\x1b]52;c;aGk=\x07\u202e[red]x[/red]"


@pytest.fixture(scope="module")
def works() -> list[Work]:
    """Solutions of several kinds."""
    texts = (
        "x^2/2 - 5x + 6 = 0",
        "d/dx x^x",
        "inverse of [[2,1],[1,3]]",
        "求极限 lim x->0 sin(3x)/x",
    )
    found: list[Work] = []
    with Pool(Limits()) as pool:
        for text in texts:
            problem = read_problem(text)
            solution = pool.run("solve", problem)
            assert isinstance(solution, Solution)
            found.append(Work(problem, solution))
    return found


def every(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from every(node.parts)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("width", [20, 38, 76, 116])
def test_no_line_is_wider_than_it_may_be(works: list[Work], lang: Lang, width: int) -> None:
    page = Page(lang)
    for work in works:
        story, nodes = told(work)
        shown = [page.problem(work.problem, width), page.answer(story, width)]
        shown.append(page.facts(story, "^g", width))
        for node in every(nodes):
            shown.append(page.step(node, width))
            node.unfolded = True
            shown.append(page.step(node, width))
        for content in shown:
            for line in content.plain.split("\n"):
                assert columns(line) <= max(width, 20), line


def marked(verdict: Verdict) -> Work:
    x = t.Symbol("x")
    step = Step(
        rule=Rule("some.rule", "a rule", "规则"),
        why=Text("because {0}", "因为 {0}", (HOSTILE,)),
        before=x,
        after=t.integer(1),
        verdict=verdict,
    )
    request = Request(task=Task.SIMPLIFY, operands=(x,), variables=("x",))
    answer = Answer(value=t.integer(1))
    solution = Solution(kind=Task.SIMPLIFY, answer=answer, steps=(step,), verdict=verdict)
    return Work(Problem(request=request, source=HOSTILE), solution)


@pytest.mark.parametrize(
    ("verdict", "sign", "words"),
    [
        (Supported(7), "≈", "the numbers agree at 7 points"),
        (Supported(1), "≈", "the numbers agree at one point"),
        (Refuted("x = 2", "2", "1"), "✗", "counterexample: x = 2"),
        (Undecided(Doubt.TIME), "?", "the time ran out"),
    ],
)
def test_a_mark_says_what_it_means_in_words_too(verdict: Verdict, sign: str, words: str) -> None:
    _, (node,) = told(marked(verdict))
    node.unfolded = True
    text = Page(Lang.EN).step(node, 76).plain
    assert text.startswith(f"{sign} 1. a rule")
    assert "proved" not in text.split("\n")[0]
    assert words in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_every_claim_has_words() -> None:
    assert set(LINKS) == set(Link)


def test_the_ways_of_checking_have_chinese_names() -> None:
    """Those that a verdict names by a text of its own."""
    named = set()
    for path in CHECKING.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "Proved"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                named.add(str(node.args[0].value))
    assert named, "no verdicts were found"
    assert named <= set(WAYS)
    assert way("the same formula", Lang.ZH) == "同一公式"
    assert way("the same formula", Lang.EN) == "the same formula"


@given(st.text(max_size=60), st.integers(0, 80), st.sampled_from(list(Lang)))
def test_trouble_with_any_text_is_drawn_harmless(source: str, at: int, lang: Lang) -> None:
    trouble = Trouble(Failure.UNREADABLE, Text("no", "不"), at)
    for line in typed_lines(source, trouble, lang, 40):
        assert not any(ord(c) < 32 or 0x202A <= ord(c) <= 0x202E for c in line)
