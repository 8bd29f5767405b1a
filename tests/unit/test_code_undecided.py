"""Examples against real code: what passes, what fails, and what an example cannot settle."""

from __future__ import annotations

import confined
import pytest

from assistant.coding import failures
from assistant.coding.importing import imported_as
from assistant.coding.inside import alike
from assistant.coding.judging import judge
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import QUICK, Brief, Code, CodeReport, Failed, Passed, Undecided

SLOW = pytest.mark.slow
LATER = "function f(x) { return new Promise(done => setTimeout(() => done(2 * x), 20)) }"
ANY = "f(0) == [1, 2]. You can return the answer in any order."
ANY_ZH = "f(0) 返回 [1, 2]。你可以按任意顺序返回答案。"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return confined.policy()


def judged(
    policy: Policy, program: str, question: str, name: str = "solution.py", tests: str = ""
) -> CodeReport:
    language = Language.JAVASCRIPT if name.endswith(".js") else Language.PYTHON
    code = Code(language, (SourceFile(name, program),))
    return judge(code, Brief(question=question, user_tests=tests), policy, QUICK)


def constant(value: str) -> str:
    return f"def f(x): return {value}"


@pytest.mark.parametrize(
    ("program", "question", "verdict"),
    [
        (constant("[2, 1]"), ANY, Passed),
        (constant("[2, 1]"), ANY_ZH, Passed),
        (constant("[2, 2]"), ANY, Failed),
        pytest.param(constant("[1, 2, 2]"), ANY, Failed, marks=SLOW),
        pytest.param(constant("(2, 1)"), ANY, Failed, marks=SLOW),
        pytest.param(constant("[2, 1]"), "f(0) == [1, 2]", Failed, marks=SLOW),
        (constant("[[2], [1]]"), "f(0) == [[1], [2]]. Return the answer in any order.", Undecided),
        (constant("x"), "f([2, 1]) == [1, 2]. The input may come in any order.", Undecided),
        pytest.param(
            constant("x"),
            "Sort. f([2, 1]) == [1, 2]. Return the answer in any order?",
            Undecided,
            marks=SLOW,
        ),
        (constant("[2, 1]"), ">>> f(0)\n[1, 2]\n\nReturn the answer in any order.", Passed),
        (constant("[2, 1]"), "assert f(0) == [1, 2]\nThe answer may be in any order.", Passed),
        (
            constant("[2, 1]"),
            "f\nInput: 0\nOutput: [1, 2]\nReturn the answer in any order.",
            Passed,
        ),
        (constant("1.54"), "f(1) returns 1.5", Undecided),
        pytest.param(constant("1.54"), "f(1) == 1.5", Failed, marks=SLOW),
        pytest.param(constant("1.56"), "f(1) returns 1.5", Failed, marks=SLOW),
        pytest.param(constant("0.334"), "f(1) returns 0.33", Undecided, marks=SLOW),
        (constant("x / 3"), "f(1) returns 0.33", Passed),
        pytest.param(constant("1e17"), "f(1) == 100000000000000001", Failed, marks=SLOW),
        ("def f(x): print('Hello')", "f('Bob') outputs 'Hello'", Passed),
        ("def f(x): return 'Hello'", "f('Bob') 输出 'Hello'", Passed),
        ("def f(x): print('Hullo')", "f('Bob') outputs 'Hello'", Failed),
        pytest.param("def f(x): print('Hello')", "f('Bob') returns 'Hello'", Failed, marks=SLOW),
        ("n = input()\nprint('2 1')", "Input: 1\nOutput: 1 2\nPrint them in any order.", Undecided),
        (
            "n = int(input())\nif n > 1: import no_such_package\nprint(n)",
            "Input: 1\nOutput: 1\n\nInput: 2\nOutput: 2",
            Undecided,
        ),
    ],
)
def test_examples_of_python(policy: Policy, program: str, question: str, verdict: type) -> None:
    report = judged(policy, program, question)
    assert isinstance(report.verdict, verdict), report.verdict
    ignored = any("order" in note.en for note in report.notes)
    assert ignored == ((verdict is Passed and "order" in question) or question == ANY_ZH)


@pytest.mark.parametrize(
    ("program", "question", "verdict"),
    [
        ("function f() { return NaN }", "f(1) is None", Failed),
        pytest.param("function f() { return () => 5 }", "f(1) is None", Failed, marks=SLOW),
        ("function f() { }", "f(1) is None", Passed),
        ("function f() { return new Map([[1, 2]]) }", "f(1) == {}", Undecided),
        pytest.param(
            "function f() { return [new Set([1])] }", "f(1) == [[1]]", Undecided, marks=SLOW
        ),
        ("function f() { return {a: [1, {b: true}]} }", "f(1) == {'a': [1, {'b': True}]}", Passed),
        pytest.param("function f() { return {'=': {}} }", "f(1) == {}", Failed, marks=SLOW),
        ("function f() { return 1 }", "f(1) is True", Failed),
        ("function f() { return 6n }", "f(1) == 6", Passed),
        ("function f() { return 6n }", "f(1) === 6", Undecided),
        ("const f = () => 2n ** 70n", "f(1) === 1180591620717411303424", Passed),
        ("function f() { console.log('Hi') }", "f(1) outputs 'Hi'", Undecided),
        pytest.param("function f() { return 6n }", "f(1) == 7", Failed, marks=SLOW),
        ("async function f() { return 6 }", "f(1) == 6", Undecided),
        pytest.param(
            "export async function f() { return 6 }", "await f(1) == 6", Passed, marks=SLOW
        ),
        (LATER, "await f(3) should be 6", Passed),
        pytest.param(LATER, "异步函数：f(3) 返回 6", Passed, marks=SLOW),
        pytest.param(LATER, "f returns a promise; f(3) resolves to 7", Failed, marks=SLOW),
        pytest.param("function f(x) { return x > 1 }", "await f(2) === true", Passed, marks=SLOW),
        ("async function f() { throw new Error('no') }", "await f(3) == 6", Failed),
        ("function f() { return new Promise(() => {}) }", "await f(3) == 6", Failed),
        (
            "Promise.prototype.then = Object.is = JSON.stringify = () => '6';\n"
            "process.exit = () => {}; async function f() { return 7 }",
            "await f(3) == 6",
            Failed,
        ),
        pytest.param(
            "console.log('=> 6'); process.exit(0); async function f() { return 7 }",
            "await f(3) == 6",
            Undecided,
            marks=SLOW,
        ),
        ("function f() {}", "f(1) === null", Undecided),
        ("function f() { return null }", "f(1) === null", Passed),
        ("function f(x) { return x[0] }", "f([]) === undefined", Passed),
        ("function f() { return [undefined] }", "f(1) === [null]", Undecided),
        pytest.param("function f() {}", "f(1) === 2", Failed, marks=SLOW),
        ("function f(x = 1) { return x }", "f(undefined) === 1", Passed),
        pytest.param("function f(x = 1) { return x }", "f(null) === 1", Failed, marks=SLOW),
        ("async function f(x) { return x }", "It resolves a path: f('a') === 'a'", Undecided),
        ("async function f(x) { return x }", "Do not use async. f('a') === 'a'", Undecided),
        (
            "/*\n import this\n*/\nmodule.exports = {f}; function f() { return 6 }",
            "f(1) === 6",
            Passed,
        ),
        (
            "const u = `\nexport it\n`; function f() { return 6 }; exports.f = f",
            "f(1) === 6",
            Passed,
        ),
        (
            "function f() { return 6 }\nif (process.argv.length < 3) process.exit(1)",
            "f(1) === 6",
            Undecided,
        ),
        pytest.param(
            "function f() { return 6 }\nconsole.log(process.argv[2].length)",
            "f(1) === 6",
            Undecided,
            marks=SLOW,
        ),
        pytest.param(
            "function f() { return 6 }\nconsole.log(nothing.at)", "f(1) === 6", Failed, marks=SLOW
        ),
        pytest.param(
            "console.log = () => {}; function f() { console.log(1); return 6 }",
            "f(3) == 6",
            Passed,
            marks=SLOW,
        ),
        ("function f(x) { return x > 1 }", "f(2) === true; console.log(f(0)); // false", Passed),
        ("function f() { return 1.54 }", "f(1) returns 1.5", Undecided),
        pytest.param("function f() { return 1 / 3 }", "f(1) returns 0.33", Passed, marks=SLOW),
        ("function f() { return [2, 1] }", ANY, Passed),
        pytest.param("function f() { return [2, 2] }", ANY, Failed, marks=SLOW),
        pytest.param(
            "function f() { const a = []; a.push(a); return a }",
            "f(1) == []",
            Undecided,
            marks=SLOW,
        ),
        (
            "function f(x) { if (x > 1) throw new Error('\\nReferenceError: document is not"
            " defined'); return 1 }",
            "f(1) == 1 and f(2) == 2",
            Undecided,
        ),
    ],
)
def test_examples_of_javascript(policy: Policy, program: str, question: str, verdict: type) -> None:
    found = judged(policy, program, question, "a.js").verdict
    if isinstance(found, Undecided) and "not installed" in found.why.en:
        pytest.skip("no tool")
    assert isinstance(found, verdict), found


@pytest.mark.slow
def test_a_program_that_runs_on_after_the_right_answer_is_not_called_wrong(policy: Policy) -> None:
    program = "setInterval(() => 0, 10); function f() { return 6 }"
    assert not isinstance(judged(policy, program, "f(1) == 6", "a.js").verdict, Failed)
    assert not isinstance(judged(policy, program, "f(1) == 7", "a.js").verdict, Passed)


@pytest.mark.parametrize(
    ("tests", "name"),
    [
        ("from anything import f", "anything"),
        ("import anything\nanything.f(1)", "anything"),
        ("import anything as a\na.f(1)", "anything"),
        ("from anything import *", "anything"),
        ("import pandas_ as pd\nfrom anything import f\npd.DataFrame()", "anything"),
        ("import pandas_ as pd\npd.DataFrame()", ""),
        ("import pandas_ as pd\nfrom solution import f\npd.DataFrame()", ""),
        ("from solution import f\nimport absent\nabsent.g()", ""),
        ("from solution import f\nimport absent\nabsent.f()", ""),
        ("from one import f\nfrom two import f", ""),
        ("from json import f", ""),
        ("from a.b import f", ""),
        ("def (", ""),
    ],
)
def test_the_code_goes_by_the_name_that_its_tests_import(tests: str, name: str) -> None:
    code = Code(Language.PYTHON, (SourceFile("solution.py", "def f(x): return x\n"),))
    assert imported_as(tests, code) == name


def test_tests_that_need_an_absent_library_are_not_held_against_the_code(policy: Policy) -> None:
    tests = (
        "import no_such_library as nsl\nfrom solution import f\n"
        "def test_f():\n    nsl.DataFrame()\n    assert f(1) == 1\n"
    )
    verdict = judged(policy, constant("x"), "", tests=tests).verdict
    assert isinstance(verdict, Undecided), verdict


@pytest.mark.parametrize(
    ("trace", "error"),
    [
        ('\n  File "a.py", line 1, in f\n    g()\n    ^^^\nValueError: no\n', "ValueError: no"),
        ('    ^^^^ File "p.py", line 3\n  File "a.py", line 1, in f\nKeyError: 1', "KeyError: 1"),
        ('  File "a.py", line 1, in f\na.Own: two\nlines', "a.Own: two\nlines"),
        ('  File "a.py", line 1, in f\nStopIteration', "StopIteration"),
        ('^^^^ File "x/plain.py", line 3, in get', ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_error_is_the_exception_and_no_line_of_the_trace(trace: str, error: str) -> None:
    code = Code(Language.PYTHON, (SourceFile("a.py", ""),))
    found = failures.traced(failures.TRACE + "\n" + trace, code)
    assert found is not None
    assert found.error == error


@pytest.mark.parametrize(
    ("got", "want", "places", "order", "said"),
    [
        ([1, 2], [1, 2], None, "", True),
        ([2, 1], [1, 2], None, "free", True),
        ([2, 1], [1, 2], None, "open", alike.ORDER),
        ([[2, 1]], [[1, 2]], None, "free", alike.ORDER),
        ([1 / 3], [0.33], 2, "", True),
        ([0.334], [0.33], 2, "", alike.NEAR),
        (float("nan"), 0.5, 1, "", "it gives nan, not 0.5"),
        (float("inf"), 0.5, 1, "", "it gives inf, not 0.5"),
        (10**400, 0.5, 1, "", "not 0.5"),
        ({"a": 1 / 3}, {"a": 0.33}, 2, "", True),
    ],
)
def test_values_are_compared(
    got: object, want: object, places: int | None, order: str, said: bool | str
) -> None:
    if said is True:
        assert alike.compared(got, want, places, order)
        return
    with pytest.raises(AssertionError, match=str(said)):
        alike.compared(got, want, places, order)
