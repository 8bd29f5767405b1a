"""Assertions and sessions that an answer only shows."""

from __future__ import annotations

import pytest

from assistant.coding.types import Failed, Origin, Passed
from assistant.session.code_checks import CodeChecks
from runtimes.base import Cancel

ASSERTING = {
    "js": "const add = (a, b) => a - b;\nconsole.assert(add(2, 2) === %d);",
    "javascript": "const assert = require('assert');\nassert.strictEqual(2 - 2, %d);",
    "c": "#include <assert.h>\nint main(void) { assert(2 - 2 == %d); return 0; }",
    "python": "x = 2\ndef less(a): return a - x\nx = 2\nassert less(2) == %d",
}


@pytest.mark.parametrize("info", ASSERTING)
def test_an_assertion_of_a_program_that_does_not_hold_is_told(info: str) -> None:
    for value in (4, 0):
        text = f"```{info}\n{ASSERTING[info] % value}\n```\n"
        found = [c for _, c in CodeChecks("How?", Cancel()).whole(text) if c is not None]
        assert [type(c.report.verdict) for c in found] == ([Failed] if value else [])
        assert all(c.report.verdict.by is Origin.MODEL for c in found)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("info", "program"),
    [
        ("js", "const assert = require('assert');\n"
               "try { assert(0, 'x'); } catch (e) { console.error(e); }"),
        ("js", "console.assert(1 === 2); // fails"),
        ("js", "// 下面的断言会失败\nrequire('assert')(1 === 2);"),
        ("c", '#include <assert.h>\n#include <stdio.h>\nint main(void) { assert(1); '
              'fprintf(stderr, "Assertion `x\' failed.\\n"); }'),
    ],
)  # fmt: skip
def test_an_assertion_that_shall_not_hold_is_no_fault(info: str, program: str) -> None:
    text = f"```{info}\n{program}\n```\n"
    assert [c for _, c in CodeChecks("How?", Cancel()).whole(text) if c is not None] == []


BROKEN = [
    ("assert x > 3  # raises AssertionError", None),
    ("assert x > 3  # 会抛出 AssertionError", None),
    ("# This one throws an AssertionError\nassert x > 3", None),
    ("assert less(3) == 1\nassert less(3) == 2  # AssertionError", Passed),
    ("assert x > 3  # must not raise", Failed),
    ("assert less(5) == 25  # raises 5 to the power of 2", Failed),
    ("assert x > 3  # triggers the alarm", Failed),
    ("assert x > 3  # raises AssertionError if it is small", Failed),
    ("assert x > 3  # 不应该抛出异常", Failed),
    ("assert x > 3  # 没有报错", Failed),
    ("assert x > 3, 'x is small'", Failed),
]


@pytest.mark.parametrize(("lines", "kind"), BROKEN)
def test_an_assertion_that_a_comment_says_is_broken_is_no_test(
    lines: str, kind: type | None
) -> None:
    text = f"```python\nx = 2\ndef less(a): return a - 2\n{lines}\n```\n"
    found = [c for _, c in CodeChecks("How?", Cancel()).whole(text) if c is not None]
    assert [type(c.report.verdict) for c in found] == ([kind] if kind else [])


SHOWN = [
    ("a", "x / 0", "ZeroDivisionError", "passed"),
    ("b", "x / 0", "ZeroDivisionError: division by zero", "passed"),
    ("c", "x / 0", "ArithmeticError", "passed"),
    ("d", "x / 0", "ValueError", "failed"),
    ("e", "print('ZeroDivisionError')", "ZeroDivisionError", "passed"),
    ("f", "x / 3", "0.667", "unjudged"),
    ("g", "print(x / 3)", "0.667", "unjudged"),
    ("h", "x / 3", "0.668", "failed"),
    ("i", "0.66", "0.667", "failed"),
    ("j", "[x / 3, 1]", "[0.667, 1]", "unjudged"),
]


def test_a_session_may_show_an_exception_or_a_number_in_brief() -> None:
    program = "\n".join(f"def {name}(x): return {body}" for name, body, _, _ in SHOWN)
    shown = "\n".join(f">>> {name}(2)\n{value}" for name, _, value, _ in SHOWN)
    text = f"```python\n{program}\n```\nUse it:\n```python\n{shown}\n```\n"
    ((_, found),) = [(p, c) for p, c in CodeChecks("How?", Cancel()).whole(text) if c is not None]
    told = {test.name[0]: test.outcome.value for test in found.report.tests}
    assert told == {name: outcome for name, _, _, outcome in SHOWN}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("4", "4"), (".*", "big"), ("None", "None"), ("(a|aa)+$", "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'")],
)
def test_the_name_of_an_exception_of_the_codes_is_no_value(name: str, wanted: str) -> None:
    raises = f"def f(x):\n    raise type({name!r}, (Exception,), {{}})()\n"
    text = f"```python\n{raises}```\nUse it:\n```python\n>>> f(2)\n{wanted}\n```\n"
    found = [c.report for _, c in CodeChecks("How?", Cancel()).whole(text) if c is not None]
    assert not any(isinstance(report.verdict, Passed) for report in found)
