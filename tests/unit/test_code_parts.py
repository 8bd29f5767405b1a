"""Answers that tell their code in parts: what is begun, what lacks a name, what is called wrong."""

from __future__ import annotations

import pytest

from assistant.coding.types import Failed, Passed
from assistant.session.code_checks import CodeChecks, betters
from runtimes.base import Cancel

SQUARED = "Write sq(n). sq(3) == 9"
GIVES = "def sq(n):\n    return mul(n, n)"
BEGUN = {
    "js": ("function sq(n) {\n  // TODO\n}", "function sq(n) { return n * n; }"),
    "c": ("int sq(int n) {\n    /* your code */\n}", "int sq(int n) { return n * n; }"),
}


@pytest.mark.parametrize("info", BEGUN)
def test_a_body_without_a_statement_is_still_to_be_written(info: str) -> None:
    text = "\n".join(f"So:\n```{info}\n{block}\n```" for block in BEGUN[info])
    found = [c for _, c in CodeChecks(SQUARED, Cancel()).whole(text) if c is not None]
    assert [type(c.report.verdict) for c in found] == [Passed]


IN_PARTS = [
    (("def sq(n):\n    # your code here\n    pass", "def sq(n):\n    return n * n"), [Passed]),
    (('def sq(n):\n    """It squares."""\n    raise NotImplementedError',), []),
    (("def sq(n):\n    return None",), [Failed]),
    ((GIVES, "def mul(a, b):\n    return a * b"), [Passed]),
    ((GIVES, "def mul(a, b):\n    return a + b"), [Failed]),
    ((GIVES, "def add(a, b):\n    return a * b"), [Failed]),
    (("def test_sq():\n    assert sq(2) == 4", "def sq(n):\n    return n * n"), [Passed, Passed]),
    (("def sq(n):\n    return n + n\n\ndef write():\n    pass",), [Failed]),
    (
        ("import math", "from __future__ import annotations\ndef sq(n): return math.prod([n, n])"),
        [Passed],
    ),
]


def test_what_is_begun_or_told_in_parts_is_judged_as_a_whole() -> None:
    for blocks, kinds in IN_PARTS:
        text = "\n".join(f"So:\n```python\n{block}\n```" for block in blocks)
        found = [c for _, c in CodeChecks(SQUARED, Cancel()).whole(text) if c is not None]
        assert [type(c.report.verdict) for c in found] == kinds, blocks


def test_code_that_an_answer_calls_wrong_is_judged_where_it_has_no_other() -> None:
    twice, square = (f"```python\ndef sq(n): return {body}\n```\n" for body in ("2 * n", "n * n"))
    for text, question, kinds in (
        (f"Here is a naive version:\n{twice}", SQUARED, [Failed]),
        (f"Here is a naive version:\n{twice}And another:\n{square}", SQUARED, [Passed]),
        (f"A wrong one:\n{twice}", f"{SQUARED}. Why does this fail?\n{twice}", []),
        (f"A wrong one:\n{twice}", "What is wrong with adding?", []),
    ):
        found = [c for _, c in CodeChecks(question, Cancel()).whole(text) if c is not None]
        assert [type(c.report.verdict) for c in found] == kinds, text


def test_what_has_waited_is_told_though_the_answer_was_cut_behind_it() -> None:
    checks = CodeChecks(SQUARED, Cancel())
    text = f"```python\n{GIVES}\n```\n"
    assert all(checks.check(block) is None for _, block in checks.feed(text + "So") if block)
    checks.restart(text)
    (found,) = [checks.check(block) for block in checks.flush()]
    assert found is not None
    assert isinstance(found.report.verdict, Failed)


def test_only_what_passes_the_same_tests_betters_code() -> None:
    question = "Write add and mul. add(1, 2) == 3 and mul(2, 3) == 6"
    blocks = ("def add(a, b): return a - b", "def mul(a, b): return a * b",
              "def add(a, b): return a + b")  # fmt: skip
    text = "\n".join(f"```python\n{block}\n```" for block in blocks)
    found = [c.report for _, c in CodeChecks(question, Cancel()).whole(text) if c is not None]
    assert [betters(later, found[0]) for later in found[1:]] == [False, True]
