"""Rows of a display are steps before it is closed, and the same ones as behind its end."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.steps import StepParser
from assistant.steps.displays import Row, display_rows
from assistant.steps.early import Early

LONG = (
    "Then\n\\[\n\\begin{aligned}\n2x + 3 &= 11 \\\\\n2x &= 11 - 3 \\\\\n&= 8 \\\\\nx &= 4\n"
    "\\end{aligned}\n\\]\nDone.\n"
)
CELLS = (
    "2x + 3 &= 11", "&= 8", "x &= 4", "& + 5", "x = 1 & y = 2", "\\Rightarrow x = 2", "\\text{or}",
    "y &= (2 +", "3) &= 5", "\\frac{1}{2}", "& \\quad \\text{so}", "", "-x &= 3", "= \\left( 2",
    "\\right) = 2", "\\begin{cases} x = 1 \\\\ y = 2 \\end{cases}", "x \\geq 3", "&",
    "x = 3 \\quad (1)",
    "\\end{aligned}", "\\begin{aligned}", "% note", "\\text{where } x > 0", "n! = 120", "=", "\\{",
)  # fmt: skip
ENVS = ("aligned", "align*", "array", "gathered", "split", "equation", "cases", "multline")


def test_a_row_is_a_step_before_the_display_is_closed() -> None:
    parser, seen = StepParser(), list[tuple[str, list[str]]]()
    for line in LONG.splitlines(keepends=True):
        seen.append((line, [step.text for step in parser.feed(line)]))
    before_the_end = [text for line, texts in seen[:6] for text in texts]
    assert before_the_end == ["2x + 3 = 11"]
    everything = [text for _, texts in seen for text in texts]
    assert everything == ["2x + 3 = 11", "2x = 11 - 3", "= 8", "x = 4"]


STRANGE = ("\\begin", "\\end", "\\{", "\\left", "\\right")


@st.composite
def _sources(draw: st.DrawFn, *, usual: bool = False) -> str:
    cells = [c for c in CELLS if not (usual and any(sign in c for sign in STRANGE))]
    rows = draw(st.lists(st.sampled_from(cells), min_size=1, max_size=7))
    glue = draw(st.sampled_from([" \\\\\n", "\\\\[2pt]\n", " \n", " \\\\ "]))
    env = draw(st.sampled_from(("", *ENVS)))
    body = glue.join(rows)
    head = f"\\begin{{{env}}}" + ("{ll}" if env == "array" else "")
    tail = draw(st.sampled_from(["", "."] if usual else ["", ".", " = 5", " \\text{ is false}"]))
    return f"{head}\n{body}\n\\end{{{env}}}{tail}" if env else f"{body}{tail}"


def told_and_rest(source: str) -> tuple[list[Row], list[Row] | None]:
    """The rows that are told line by line, and those behind the end."""
    early, told, so_far = Early(), list[Row](), ""
    for line in source.split("\n")[:-1]:
        so_far += ("\n" if so_far else "") + line
        told += early.more(line, so_far)
    return told, early.rest(display_rows(source))


@given(_sources(usual=True))
@example("\\begin{aligned}\nx &= 1 \\\\\n& + 2 \\\\\n&= 3\n\\end{aligned}")
@settings(max_examples=200, deadline=None)
def test_what_is_told_early_is_the_beginning_of_all(source: str) -> None:
    told, rest = told_and_rest(source)
    assert rest is not None
    assert told + rest == display_rows(source)


@given(_sources())
@settings(max_examples=200, deadline=None)
def test_an_end_that_changes_all_of_it_tells_no_more(source: str) -> None:
    told, rest = told_and_rest(source)
    assert rest is None or told + rest == display_rows(source)


@given(_sources(), st.data())
@settings(max_examples=150, deadline=None)
def test_any_cut_gives_the_same_steps(source: str, data: st.DataObject) -> None:
    text = f"We have\n\\[\n{source}\n\\]\nSo 1 + 1 = 2.\n"
    whole = StepParser()
    expected = [*whole.feed(text), *whole.flush()]
    at = data.draw(st.integers(0, len(text)))
    parser = StepParser()
    assert [*parser.feed(text[:at]), *parser.feed(text[at:]), *parser.flush()] == expected
