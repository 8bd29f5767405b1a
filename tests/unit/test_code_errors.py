"""Exceptions that an example wants, in Python and JavaScript; and examples beyond the last one that
is looked at."""

from __future__ import annotations

import confined
import pytest

from assistant.coding.examples.asked import ANY_ERROR, Example, examples_in, left_out, passed_over
from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import QUICK, Brief, Code, CodeReport, Failed, Origin, Passed, Undecided

SLOW = pytest.mark.slow
STRICT = "function f(n) { if (n < 0) throw new RangeError('low'); return n }"
OWN = "class Low extends RangeError {}\nfunction f(n) { if (n < 0) throw new Low('low'); return n }"
LATER = "async function f(n) { if (n < 0) throw new RangeError('low'); return n }"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return confined.policy()


def judged(policy: Policy, name: str, program: str, question: str) -> CodeReport:
    language = Language.JAVASCRIPT if name.endswith(".js") else Language.PYTHON
    code = Code(language, (SourceFile(name, program),))
    return judge(code, Brief(question=question), policy, QUICK)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("f(-1) raises an error", ANY_ERROR),
        ("f(-1) should throw an exception.", ANY_ERROR),
        ("f(-1) will raise KeyError", "KeyError"),
        ("f(-1) throws Error", "Error"),
        ("f(-1) throws `std::invalid_argument`", "std::invalid_argument"),
        ("f(-1) throws out_of_range.", "out_of_range"),
        ("f(-1) 抛出异常", ANY_ERROR),
        ("f(-1) 应抛出 ValueError 异常，f(1) 等于 1", "ValueError"),
        ("f(-1) 会抛出 ValueError。", "ValueError"),
        ("f(-1) raises ValueError if it is negative", "ValueError"),
    ],
)
def test_an_exception_is_wanted(text: str, wanted: str) -> None:
    raised = [e for e in examples_in(text) if isinstance(e, Example) and e.raises]
    assert raised == [Example("f(-1)", wanted, raises=True)]


@pytest.mark.parametrize(
    "text",
    [
        "f(-1) raises an error message", "f(-1) throws out_of_range things", "f(2) raises 2 to it",
        "why f(-1) raises an error?", "f(-1) raises an error, but it should not",
        "f(-1) 抛出异常，不对", "my function f(-1) raises ValueError",
    ],
)  # fmt: skip
def test_no_exception_is_wanted(text: str) -> None:
    assert not [e for e in examples_in(text) if isinstance(e, Example) and e.raises]


@pytest.mark.parametrize(
    ("program", "question", "verdict"),
    [
        (STRICT, "f(-1) throws RangeError, f(1) === 1", Passed),
        (STRICT, "f(-1) throws an error", Passed),
        (STRICT, "f(1) throws an error", Failed),
        pytest.param(STRICT, "f(-1) throws TypeError", Failed, marks=SLOW),
        pytest.param(STRICT, "f(-1) === 1", Failed, marks=SLOW),
        pytest.param(OWN, "f(-1) throws RangeError", Passed, marks=SLOW),
        pytest.param(OWN, "f(-1) throws LowError", Failed, marks=SLOW),
        pytest.param(OWN, "f(-1) throws ValueError", Undecided, marks=SLOW),
        (LATER, "await f(-1) throws RangeError", Passed),
        pytest.param(LATER, "f(-1) throws RangeError", Undecided, marks=SLOW),
        ("function g() { throw new Error() }", "f(-1) throws an error", Failed),
        pytest.param("const f = 5", "f(-1) throws TypeError", Failed, marks=SLOW),
        ("function f() { throw 'low' }", "f(-1) throws an error", Undecided),
        pytest.param(
            "function f() { throw {name: 'RangeError'} }",
            "f(-1) throws RangeError",
            Undecided,
            marks=SLOW,
        ),
        pytest.param(
            "function f() { return document.title }", "f(-1) throws an error", Undecided, marks=SLOW
        ),
        pytest.param(
            "throw new RangeError('early')", "f(-1) throws RangeError", Failed, marks=SLOW
        ),
        pytest.param(
            'console.log(\'{"^": ["RangeError","Error"]}\'); function f() { return 1 }',
            "f(-1) throws RangeError",
            Failed,
            marks=SLOW,
        ),
        pytest.param(
            "function f() { throw {get name() { process.exit(0) }} }",
            "f(-1) throws an error",
            Undecided,
            marks=SLOW,
        ),
    ],
)
def test_a_script_throws(policy: Policy, program: str, question: str, verdict: type) -> None:
    found = judged(policy, "a.js", program, question).verdict
    if isinstance(found, Undecided) and "not installed" in found.why.en:
        pytest.skip("no tool")
    assert isinstance(found, verdict), found


@pytest.mark.parametrize(
    ("program", "question", "verdict"),
    [
        ("def f(n): raise KeyError", "f(1) raises an exception", Passed),
        ("def f(n): return 1", "f(1) 抛出异常", Failed),
        ("def g(n): raise KeyError", "f(1) raises an exception", Failed),
        ("f = 5", "f(1) raises TypeError", Failed),
    ],
)
def test_a_function_of_python_raises(
    policy: Policy, program: str, question: str, verdict: type
) -> None:
    assert isinstance(judged(policy, "a.py", program, question).verdict, verdict)


def test_examples_beyond_those_that_are_looked_at_leave_it_open(policy: Policy) -> None:
    asked = "\n".join(f"f({n}) == {n}" for n in range(1, 251))
    assert (len(examples_in(asked)), left_out(asked)) == (200, 50)
    found = judged(policy, "a.py", "def f(n): return n", asked).verdict
    assert isinstance(found, Undecided)
    assert "only the first 200 examples were run; 50 more were not" in found.why.en.format(
        *found.why.args
    )
    wrong = judged(policy, "a.py", "def f(n): return n if n != 9 else 8", asked).verdict
    assert isinstance(wrong, Failed)
    fewer = "\n".join(asked.split("\n")[:200])
    assert left_out(fewer) == 0
    assert judged(policy, "a.py", "def f(n): return n", fewer).verdict == Passed(
        200, Origin.QUESTION
    )


def test_a_text_with_brackets_everywhere_is_not_read_for_long() -> None:
    asked = "f(1) == 1\n" + "g(" * 40_000
    assert left_out(asked)
    assert examples_in(asked) == (Example("f(1)", "1"),)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("f(3) == 2*3; f(1) == 1", ["f(3) == 2*3"]),
        ("f([2]) == sorted([2]), f(1) == 1", ["f([2]) == sorted([2])"]),
        ("f(2) == 3 or 4", []),
        ("f(2) 的结果：f(2) == 无穷大。", ["f(2) == 无穷大"]),
        ("assert f(2) == g(3)", []),
        ("f(2) == 3", []),
        ("if f(2) == x: stop", []),
        ("why f(2) == y?", []),
        ("f(n) == f(n - 1)", []),
        ("f(2) -> int", []),
    ],
)
def test_what_looks_like_an_example_and_is_none_is_told(text: str, shown: list[str]) -> None:
    assert list(passed_over(text)) == shown


def test_it_is_told_beside_the_verdict(policy: Policy) -> None:
    report = judged(policy, "a.py", "def f(n): return n", "f(3) == 1 + 2; f(1) == 1")
    assert report.verdict == Passed(1, Origin.QUESTION)
    assert [note.args for note in report.notes] == [("f(3) == 1 + 2",)]
