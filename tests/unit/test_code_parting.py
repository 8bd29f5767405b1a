"""Code that is only called like a test stays code."""

from __future__ import annotations

import pytest

from assistant.coding.parting import asked_for, part

CODE = [
    "def test_prime(n):\n    return n > 1\n",
    "def test_prime(n, *, fast):\n    return n > 1\n",
    "async def testing(session):\n    return session\n",
    "class Testimony:\n    def said(self): return 1\n",
    "class TestBench:\n    def __init__(self, x): self.x = x\n    def test_load(self): return 1\n",
    "def test_a():\n    return 1\ndef main():\n    return test_a()\n",
    "import pytest\n@pytest.fixture\ndef stack(): return []\n",
]


@pytest.mark.parametrize("source", CODE)
def test_what_is_only_called_like_a_test_stays(source: str) -> None:
    parted = part(source)
    assert (parted.code, parted.tests) == (source, "")


@pytest.mark.parametrize(
    "test",
    [
        "def test_f(): assert f(1) == 1",
        "def test_f(capsys, tmp_path): assert f(1) == 1",
        "def test_f(x=1): assert f(x) == 1",
        "@pytest.mark.parametrize('x', [1])\ndef test_f(x): assert f(x) == 1",
        "@pytest.fixture\ndef one(): return 1\ndef test_f(one): assert f(one) == 1",
        "@mock.patch('m.g')\ndef test_f(g): assert f(1) == 1",
        "class TestF:\n    def test_f(self): assert f(1) == 1",
        "class Cases(unittest.TestCase):\n    def test_f(self): assert f(1) == 1",
    ],
)
def test_a_test_goes_with_all_that_it_needs(test: str) -> None:
    source = f"import pytest\ndef f(x): return x\n{test}"
    parted = part(source)
    assert parted.code.rstrip("\n") == "import pytest\ndef f(x): return x"
    assert parted.tests.split("\n", 2)[2] == test
    assert ("import pytest" in parted.tests) == ("pytest" in test)


def test_what_is_asked_for_by_name_stays() -> None:
    source = "def test_it(): return 1\ndef test_f(): assert f(1) == 1\ndef f(x): return x"
    assert "def test_it" in part(source, {"test_it"}).code
    assert "def test_f" in part(source, {"test_it"}).tests


def test_what_tests_ask_for_is_what_they_do_not_define() -> None:
    tests = "from m import test_it as it\nimport m\ndef test_a(): assert it() == m.test_b() == g()"
    assert asked_for(tests, "def (") == {"test_it", "it", "m", "test_b", "g"}


ADD = "def add(a, b):\n    total = a + b\n    return total\n\n"


@pytest.mark.parametrize(
    ("driver", "tests"),
    [
        ("def main():\n    assert add(2, 2) == 4\n\nmain()\n", "def test_main():"),
        (
            "def run_tests():\n    assert add(2, 2) == 4\n\n"
            "if __name__ == '__main__':\n    run_tests()\n",
            "def test_run_tests():",
        ),
        ("if __name__ == '__main__':\n    assert add(2, 2) == 4\n    print('ok')\n", "if True:"),
        ("for (a, b), total in [((2, 2), 4)]:\n    assert add(a, b) == total\n", "for (a, b)"),
    ],
)
def test_what_a_file_checks_as_it_runs_is_a_test(driver: str, tests: str) -> None:
    parted = part(ADD + driver)
    assert parted.code.strip() == ADD.strip()
    assert parted.tests.strip().startswith(tests)
    assert parted.tests.count("\n") == (ADD + driver).count("\n")


@pytest.mark.parametrize(
    "source",
    [
        "def main():\n    n = 3\n    assert n > 2\n    print(n)\n\nmain()\n",
        ADD + "def main(n):\n    assert add(n, 2) == 4\n\nmain(2)\n",
        ADD + "def check():\n    assert add(2, 2) == 4\n    return 5\n\ncheck()\n",
        ADD + "def check():\n    assert add(2, 2) == 4\n\ndef other():\n    check()\n",
        "def f():\n    return x\n\nx = 3\nassert f() == 3\n",
        "def f():\n    return (lambda x: x)(1) + x\n\nfor x in [3]:\n    assert f() == 4\n",
        "def f(n):\n    global x\n    x = n\n\nfor x in [3]:\n    assert f(x) is None\n",
        "def f(a=b):\n    return a\n\nfor b in [3]:\n    assert f(b) == 3\n",
    ],
)
def test_what_is_more_than_a_check_stays(source: str) -> None:
    assert part(source).tests == ""
