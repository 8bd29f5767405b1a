"""What honest tests and honest code may do across the border between them."""

from __future__ import annotations

import confined
import pytest
from confined import SMALL

from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limits, NotRun, SourceFile
from assistant.coding.trial import TestReport, Verdict, run_tests
from runtimes.base import Cancel

CODE = '''
import collections, dataclasses, datetime, decimal, enum, fractions, functools, threading
class Empty(LookupError):
    def __init__(self, text, code):
        super().__init__(text)
        self.code = code
class Stack:
    """A stack."""
    made = 0
    def __init__(self, *items):
        self.items = list(items)
        Stack.made += 1
    def push(self, item):
        self.items.append(item)
        return self
    def pop(self):
        if not self.items: raise Empty("nothing there", 7)
        return self.items.pop()
    def __len__(self): return len(self.items)
    def __iter__(self): return iter(self.items)
    def __contains__(self, item): return item in self.items
    def __getitem__(self, n): return self.items[n]
    def __eq__(self, other): return isinstance(other, Stack) and self.items == other.items
    def __hash__(self): return 1
    def __repr__(self): return f"Stack{self.items}"
    def __enter__(self): return self
    def __exit__(self, *_): self.items.clear()
    @property
    def top(self): return self.items[-1]
    @staticmethod
    def of(text): return Stack(*text)
class Small(Stack): pass
@dataclasses.dataclass(frozen=True)
class Vector:
    x: float
    y: float
    def __add__(self, other): return Vector(self.x + other.x, self.y + other.y)
    def __mul__(self, k): return Vector(self.x * k, self.y * k)
    def __neg__(self): return Vector(-self.x, -self.y)
class Colour(enum.Enum):
    RED = 1
    BLUE = 2
LIMIT = 10
def same(x): return x
def sort(items):
    items.sort()
def rotate(rows):
    rows[:] = [list(row) for row in zip(*rows[::-1])]
    return rows
def count(n):
    yield from range(n)
def times(f, n): return [f(k) for k in range(n)]
def greet(): print("hello,", input("who? "))
def many(*args, key=None, **more): return args, key, more
def helper(): return "real"
def uses_helper(): return helper()
def fail(): raise ValueError("no", 3)
def words(text): return collections.Counter(text.split())
def when(): return datetime.datetime(2024, 2, 29, 12, 30)
def exact(): return decimal.Decimal("1.10"), fractions.Fraction(2, 6)
async def later(x): return x + 1
class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next
def chain(*values):
    node = None
    for value in reversed(values): node = Node(value, node)
    return node
def total(node): return node.value + total(node.next) if node else 0
def twice(f):
    @functools.wraps(f)
    def run(*a): return f(f(*a))
    return run
def group(words, into):
    for word in words: into[word[0]].append(word)
def turn(items): items.reverse()
class Tx:
    def __init__(self): self.log = []
    def __enter__(self): return self
    def __exit__(self, kind, wrong, trace):
        self.log.append((kind.__name__, wrong.args, isinstance(wrong, kind)) if kind else "done")
        return kind is not None and issubclass(kind, (ValueError, Empty, AssertionError))
def told(f):
    try: return f()
    except Empty as wrong: return wrong.code
class Counter:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self, _):
        with self.lock: self.n += 1
def area(shape): return shape.width * shape.height()
'''
GOOD = {
    "plain data": "for x in (None, True, 3, 2**99, -1.5, 1j, 'é\\ud800', b'x', [1, [2]],"
    " (1,), {1: 'a'},"
    " {1, 2}, frozenset('a'), range(3), ..., {'a': [{'b': (1, 2)}]}):\n"
    "    assert same(x) == x and type(same(x)) is type(x)",
    "numbers that are none": "import math\nassert math.isnan(same(float('nan')))\n"
    "assert same(float('inf')) == float('inf')",
    "types of the library": "import datetime, decimal, fractions\n"
    "assert when() == datetime.datetime(2024, 2, 29, 12, 30)\n"
    "assert exact() == (decimal.Decimal('1.10'), fractions.Fraction(1, 3))\n"
    "assert words('a b a') == {'a': 2, 'b': 1} and words('a').most_common(1) == [('a', 1)]",
    "a list that is changed": "x = [3, 1, 2]\nassert sort(x) is None\nassert x == [1, 2, 3]",
    "a list that is changed and given back": "x = [[1, 2], [3, 4]]\n"
    "assert rotate(x) is x\nassert x == [[3, 1], [4, 2]]",
    "keywords": "assert many(1, 2, key=3, x=4) == ((1, 2), 3, {'x': 4})",
    "generators": "assert list(count(3)) == [0, 1, 2]\nit = count(1)\nassert next(it) == 0\n"
    "import pytest\nwith pytest.raises(StopIteration): next(it)",
    "functions of the tests": "assert times(lambda k: k * k, 4) == [0, 1, 4, 9]",
    "a function of the tests that raises": "def boom(k): raise KeyError(k)\nimport pytest\n"
    "with pytest.raises(KeyError): times(boom, 1)",
    "objects of the tests": "class Shape:\n    width = 3\n    def height(self): return 4\n"
    "assert area(Shape()) == 12",
    "objects": "s = Stack(1).push(2)\nassert len(s) == 2 and 2 in s and s[0] == 1 and s.top == 2\n"
    "assert list(s) == [1, 2] and s.items == [1, 2] and isinstance(s, Stack)\n"
    "assert s == Stack(1, 2) and s != Stack() and repr(s) == 'Stack[1, 2]' and s\n"
    "assert s.pop() == 2",
    "classes": "assert issubclass(Small, Stack) and isinstance(Small(), Stack)\n"
    "assert not isinstance(Stack(), Small) and Stack.of('ab').items == ['a', 'b']\n"
    "assert Stack.made >= 1 and Stack.__name__ == 'Stack'",
    "attributes that are set": "s = Stack()\ns.items = [5]\nassert s.pop() == 5",
    "contexts": "with Stack(1) as s: assert len(s) == 1\nassert len(s) == 0",
    "operators": "v = Vector(1, 2) + Vector(3, 4)\nassert (v.x, v.y) == (4, 6)\n"
    "assert v == Vector(4, 6) and -v == Vector(-4, -6) and v * 2 == Vector(8, 12)",
    "enumerations": "assert Colour.RED is Colour.RED and Colour.RED.value == 1\n"
    "assert same(Colour.BLUE) == Colour.BLUE and len(Colour) == 2 and Colour['RED'] is Colour.RED\n"
    "assert [c.name for c in Colour] == ['RED', 'BLUE']",
    "exceptions": "import pytest\nwith pytest.raises(ValueError) as caught: fail()\n"
    "assert caught.value.args == ('no', 3)",
    "exceptions of its own": "import pytest\nwith pytest.raises(Empty, match='nothing') as caught:"
    " Stack().pop()\nassert caught.value.code == 7 and isinstance(caught.value, LookupError)",
    "chains of objects": "c = chain(1, 2, 3)\nassert c.next.next.value == 3\n"
    "assert c.next.next.next is None and total(c) == 6 and total(Node(5)) == 5",
    "what is printed and read": "import builtins, contextlib, io\nout = io.StringIO()\n"
    "builtins.input = lambda prompt: 'Ada'\nwith contextlib.redirect_stdout(out): greet()\n"
    "assert out.getvalue() == 'hello, Ada\\n'",
    "a name that is replaced": "from unittest import mock\nimport answer\n"
    "with mock.patch('answer.helper', return_value='fake') as fake:\n"
    "    assert uses_helper() == 'fake'\n"
    "assert fake.call_count == 1 and uses_helper() == 'real'",
    "constants": "import answer\nassert answer.LIMIT == 10\n"
    "answer.LIMIT = 11\nassert answer.LIMIT == 11",
    "coroutines": "import asyncio\nasync def go(): return await later(1)\n"
    "assert asyncio.run(go()) == 2",
    "a function that is wrapped": "def inc(x):\n    'Adds.'\n    return x + 1\n"
    "f = twice(inc)\nassert f(1) == 3 and f.__name__ == 'inc' and f.__doc__ == 'Adds.'",
    "words of the code": "assert Stack.__doc__ == Stack().__doc__ == 'A stack.'\n"
    "assert Small.__doc__ is None and same.__doc__ is None",
    "collections that are changed": "import collections\nd = collections.defaultdict(list)\n"
    "group(['ab', 'ac', 'b'], d)\nassert d == {'a': ['ab', 'ac'], 'b': ['b']} and d['c'] == []\n"
    "q = collections.deque([2, 1])\nturn(q)\nassert q == collections.deque([1, 2])",
    "contexts that are left by an exception": "x = Tx()\nwith x: raise ValueError('no', 1)\n"
    "with x: Stack().pop()\nwith x: pass\nassert x.log == [('ValueError', ('no', 1), True),"
    " ('Empty', ('nothing there',), True), 'done']\nimport pytest\n"
    "with pytest.raises(KeyError):\n    with x: raise KeyError",
    "an exception of the code that the tests raise": "def boom(): raise Empty('x', 5)\n"
    "assert told(boom) == 5",
    "threads of the tests": "from concurrent.futures import ThreadPoolExecutor\nc = Counter()\n"
    "with ThreadPoolExecutor(4) as pool: list(pool.map(c.add, range(40)))\nassert c.n == 40",
    "approximately": "import pytest\nassert same(0.1) + same(0.2) == pytest.approx(0.3)\n"
    "assert same([0.1, 0.2]) == pytest.approx([0.1, 0.2 + 1e-9])\n"
    "assert same(1.0) != pytest.approx(1.1) and {'a': same(1.0)} == pytest.approx({'a': 1})",
}
BAD = {
    "plain data": "assert same(1) == 2",
    "a list that is not changed": "x = [3, 1, 2]\nsame(x)\nassert x == [1, 2, 3]",
    "a missing name": "import answer\nanswer.nothing(1)",
    "an exception that does not come": "import pytest\nwith pytest.raises(ValueError): same(1)",
    "an exception of another text": "import pytest\nwith pytest.raises(ValueError, match='yes'):"
    " fail()",
    "the wrong class": "assert isinstance(Stack(), Small)",
    "not near enough": "import pytest\nassert same(1.0) == pytest.approx(1.001)",
    "other objects": "assert Stack(1) == Stack(2)",
}
UNJUDGED = {
    "an assertion that the code takes": "with Tx(): assert same(1) == 2",
    "an object and plain data": "assert Vector(1, 2) == (1, 2)",
    "an object of a class that the tests do not know": "import answer\nassert answer.chain(1) > 0",
    "an object within a list": "assert [Stack()] == [[]]",
    "a word of pytest that is not known": "import pytest\npytest.importorskip('numpy')",
    "an error that is caught": "try:\n    Vector(1, 2) == 3\nexcept Exception: pass",
}


@pytest.fixture(scope="module")
def held() -> Policy:
    return confined.policy()


def tried(tests: str, held: Policy, code: str = CODE, limits: Limits = SMALL) -> TestReport:
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", code),), limits=limits)
    found = run_tests(job, tests, held)
    assert not isinstance(found, NotRun), found
    return found


def as_tests(bodies: dict[str, str]) -> tuple[str, list[str]]:
    """One file with a test for each row, and the tests' names."""
    parts = []
    for number, body in enumerate(bodies.values()):
        lines = "\n    ".join(body.splitlines())
        parts.append(f"def test_{number}():\n    {lines}\n")
    return "\n".join(parts), [f"test_{n} {name}" for n, name in enumerate(bodies)]


@pytest.mark.parametrize(
    ("bodies", "outcome"), [(GOOD, "passed"), (BAD, "failed"), (UNJUDGED, "unjudged")]
)
def test_each_test_has_the_outcome_that_it_has_in_one_process(
    bodies: dict[str, str], outcome: str, held: Policy
) -> None:
    text, names = as_tests(bodies)
    found = tried(text, held)
    told = {
        name: (result.outcome.value, result.detail)
        for name, result in zip(names, found.results, strict=True)
    }
    assert {name: row for name, row in told.items() if row[0] != outcome} == {}


def test_nothing_is_judged_where_the_code_would_judge_itself(held: Policy) -> None:
    text, _ = as_tests(UNJUDGED)
    found = tried(text, held)
    assert found.verdict is Verdict.NOT_RUN
    assert found.why is not None


def test_the_codes_folder_has_its_other_files_and_is_its_own(held: Policy) -> None:
    job = Job(
        language=Language.PYTHON,
        files=(SourceFile("answer.py", "import part\nx = part.y"), SourceFile("part.py", "y = 5")),
        limits=SMALL,
    )
    found = run_tests(job, "import answer\nassert answer.x == 5", held)
    assert isinstance(found, TestReport)
    assert found.verdict is Verdict.PASSED


def test_a_trial_is_cancelled_at_once(held: Policy) -> None:
    cancel = Cancel()
    cancel.set()
    job = Job(
        language=Language.PYTHON, files=(SourceFile("answer.py", "while True: pass"),), limits=SMALL
    )
    found = run_tests(job, "import answer\nassert answer.x", held, cancel)
    assert isinstance(found, TestReport)
    assert found.verdict is Verdict.NOT_RUN


@pytest.mark.parametrize("tests", ["x = 1", "def (", "def helper(): pass"])
def test_a_file_without_tests_is_not_passed(tests: str, held: Policy) -> None:
    job = Job(language=Language.PYTHON, files=(SourceFile("answer.py", ""),))
    found = run_tests(job, tests, held)
    assert isinstance(found, NotRun)
    assert found.input
