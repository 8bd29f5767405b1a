"""Parts the tests that stand in a file of Python from the code that they test.

Both keep their lines, so that what is said of either is true of the file.  Statements never
change their order against each other: where parting would do that, nothing is parted.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assistant.coding.examples.dialogues import comments_in
from assistant.coding.naming import parsed

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
IMPORTS = (ast.Import, ast.ImportFrom)
SCOPES = (
    *FUNCTIONS, ast.ClassDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp
)  # fmt: skip
"""What has names of its own within a function."""
DEFINING = (*FUNCTIONS, ast.ClassDef, *IMPORTS)
RUNNERS = frozenset({"unittest.main", "pytest.main", "doctest.testmod"})
FIXTURES = frozenset(
    {
        "cache", "capfd", "caplog", "capsys", "doctest_namespace", "mocker", "monkeypatch",
        "pytestconfig", "recwarn", "request", "tmp_path", "tmp_path_factory", "tmpdir",
    }
)  # fmt: skip
"""What a test may ask of pytest by the name of a parameter, without defining it."""
GIVEN = ("posonlyargs", "args", "kwonlyargs", "vararg", "kwarg")
GIVING = ("parametrize", "patch", "given", "example")
"""In a decorator: it hands the test its arguments."""
_BREAKS = (
    r"(?:AssertionError|\b(?:rais|throw|trigger|abort)\w*"
    r"(?=[\s.!)]*$|(?:\s+(?:an?|the|this))?\s+\w*(?:error|exception|assert))"
    r"|断言(?:错误|失败|异常)|(?:抛出|触发)(?=[\s。！）)]*$|了?(?:一个)?\s*(?:\w*Error|断言|异常|错误))|报错)"
)
BROKEN = re.compile(
    r"^(?!.*(?:\b(?:if|unless|otherwise|else)\b|如果|若|否则|除非))"
    r"(?!.*(?:(?:\b(?:not|never|no|without)|n['’]t)\s+(?:\w+\s+){0,2}"
    rf"|[不没未无][会应该当有能再需要可得必]{{0,3}}){_BREAKS})"
    rf".*{_BREAKS}",
    re.IGNORECASE,
)
"""A comment that tells of an assertion which does not hold, and not of what would be if."""


@dataclass(frozen=True, slots=True)
class Parted:
    """The code and the tests, each with blank lines for the other; no tests: an empty text."""

    code: str
    tests: str


def part(source: str, named: Collection[str] = ()) -> Parted:
    """Part a file.  Where it holds no tests, or is no Python, it comes back whole.

    What is ``named`` stays with the code whatever it is called: tests from elsewhere ask for it.
    """
    tree = parsed(source)
    if tree is None:
        return Parted(source, "")
    tests = _tests(tree.body, named)
    drivers = _drivers(tree.body)
    asserting = any(isinstance(node, ast.Assert) for top in drivers for node in ast.walk(top))
    moved = [*tests, *(drivers if asserting else [])]
    names = {node.name for node in tests if isinstance(node, (*FUNCTIONS, ast.ClassDef))}
    runners = [node for node in tree.body if _is_runner(node, names)]
    there = set(map(id, moved))
    moved += [node for node in runners if id(node) not in there]
    if not (tests or asserting) or not _apart(tree.body, moved):
        return Parted(source, "")
    lines = source.split("\n")
    code = _without(lines, moved)
    starting = set(map(id, runners))
    kept = [node for node in moved if id(node) not in starting]
    needed = [*_imports(tree.body, kept), *kept]
    return Parted("\n".join(code), "\n".join(_only(lines, needed)))


def asked_for(*tests: str) -> frozenset[str]:
    """The names that tests from elsewhere use and do not define."""
    found: set[str] = set()
    for text in tests:
        tree = parsed(text)
        if tree is None:
            continue
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        used |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                used |= {item.name for item in node.names}
        kinds = (*FUNCTIONS, ast.ClassDef)
        found |= used - {node.name for node in tree.body if isinstance(node, kinds)}
    return frozenset(found)


def without_copies(tests: str, program: str) -> str:
    """Tests without what they define under a name that the program defines: a model that writes
    the function beside its tests would otherwise test its copy."""
    tree, code = parsed(tests), parsed(program)
    if tree is None or code is None:
        return tests
    kinds = (*FUNCTIONS, ast.ClassDef)
    defined = {node.name for node in code.body if isinstance(node, kinds)}
    copies = [n for n in tree.body if isinstance(n, kinds) and n.name in defined]
    return "\n".join(_without(tests.split("\n"), list(copies)))


def without_broken(source: str) -> str:
    """A file without the assertions at its top of which a comment tells that they do not hold, as
    one shows what an assertion does."""
    tree = parsed(source)
    asserts = [node for node in tree.body if isinstance(node, ast.Assert)] if tree else []
    if not asserts:
        return source
    comments = comments_in(source)
    lines = source.split("\n")
    broken: list[ast.stmt] = []
    for node in asserts:
        above = comments.get(node.lineno - 1, "") if _is_comment(lines, node.lineno - 1) else ""
        said = (comments.get(n, "") for n in _lines(node))
        if any(BROKEN.search(comment) for comment in (above, *said)):
            broken.append(node)
    used = Counter(n for node in tree.body for n in _lines(node)) if tree and broken else Counter()
    alone = [node for node in broken if all(used[n] == 1 for n in _lines(node))]
    return "\n".join(_without(lines, alone))


def _is_comment(lines: list[str], number: int) -> bool:
    return number > 0 and lines[number - 1].lstrip().startswith("#")


def _drivers(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements at the end that define nothing; or the asserts alone, where they stand
    between definitions and nothing else is done there."""
    last = max((n for n, node in enumerate(body) if _defines(node)), default=-1)
    tail = body[last + 1 :]
    before = body[: last + 1]
    asserts: list[ast.stmt] = [node for node in before if isinstance(node, ast.Assert)]
    busy = [node for node in before if not _defines(node) and not isinstance(node, ast.Assert)]
    if asserts and any(node.lineno > asserts[0].lineno for node in busy):
        return []
    if not any(isinstance(node, ast.Assert) for top in tail for node in ast.walk(top)):
        return asserts
    return [*asserts, *tail]


def _defines(node: ast.stmt) -> bool:
    if isinstance(node, DEFINING):
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _tests(body: list[ast.stmt], named: Collection[str]) -> list[ast.stmt]:
    """The tests of a file and their fixtures, but for what its code itself uses."""
    fixtures = {n.name: n for n in body if isinstance(n, FUNCTIONS) and _decorated(n, ("fixture",))}
    defined = {item.name for item in body if isinstance(item, FUNCTIONS)}
    begun = [names - RUNNERS for item in body if (names := _started(item))]
    alone = {name for names in begun if len(names) == 1 for name in names}
    alone |= defined if any(not names for names in begun) else set()
    found = [n for n in body if _is_test(n, fixtures) or _checks(n, defined, alone)]
    if not found:
        return []
    found = [n for n in body if n in found or n in fixtures.values()]
    gone = set(map(id, found))
    used = _names(n for n in body if isinstance(n, DEFINING) and id(n) not in gone)
    return [n for n in found if getattr(n, "name", "") not in used | set(named)]


def _is_test(node: ast.stmt, fixtures: Collection[str]) -> bool:
    """A function or class by the name of a test, that can be run as one: code may be called so
    too, and then takes arguments, or holds no tests."""
    if isinstance(node, FUNCTIONS):
        return node.name.startswith("test") and _runs(node, fixtures)
    if not isinstance(node, ast.ClassDef):
        return False
    if any("TestCase" in ast.unparse(base) for base in node.bases):
        return True
    methods = {item.name for item in node.body if isinstance(item, FUNCTIONS)}
    tests = any(name.startswith("test") for name in methods)
    return node.name.startswith("Test") and tests and "__init__" not in methods


def _checks(node: ast.stmt, defined: Collection[str], alone: Collection[str]) -> bool:
    """Is it a function of another name that only the file itself runs (it is one of those that
    are begun ``alone``), and that asserts what functions of the file give (``def main(): assert
    f(2) == 4``)?"""
    if not isinstance(node, ast.FunctionDef) or node.name.startswith("test") or node.decorator_list:
        return False
    if node.name not in alone:
        return False
    claims = [part for part in ast.walk(node) if isinstance(part, ast.Assert)]
    if not claims or _returns(node) or any(vars(node.args)[key] for key in GIVEN):
        return False
    return any(name in defined and name != node.name for name in _names(claims))


def _returns(node: ast.FunctionDef) -> bool:
    return any(isinstance(part, ast.Return) and part.value for part in ast.walk(node))


def _runs(node: ast.FunctionDef | ast.AsyncFunctionDef, fixtures: Collection[str]) -> bool:
    """Does it get all of its arguments where it is run as a test?"""
    arguments = node.args
    taken = [item.arg for item in (*arguments.posonlyargs, *arguments.args)]
    needed = taken[: len(taken) - len(arguments.defaults)]
    needed += [
        item.arg
        for item, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        if default is None
    ]
    known = all(name in fixtures or name in FIXTURES for name in needed)
    return known or _decorated(node, GIVING)


def _decorated(node: ast.FunctionDef | ast.AsyncFunctionDef, words: tuple[str, ...]) -> bool:
    decorators = [ast.unparse(item) for item in node.decorator_list]
    return any(word in decorator for decorator in decorators for word in words)


def _is_runner(node: ast.stmt, tests: Collection[str]) -> bool:
    """Does it only start the tests of these names (``test_it()``, ``unittest.main()``)?"""
    names = _started(node)
    return bool(names) and all(name in RUNNERS or name in tests for name in names)


def _started(node: ast.stmt) -> frozenset[str]:
    """What a statement calls that does nothing else; empty where it does."""
    if isinstance(node, ast.If) and as_program(node):
        parts = [_started(item) for item in node.body]
        return frozenset().union(*parts) if all(parts) else frozenset()
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return frozenset()
    return frozenset((ast.unparse(node.value.func),))


def as_program(node: ast.If) -> bool:
    """Does what stands in it run where the file is the program, and there alone?"""
    return "__name__" in ast.unparse(node.test) and not node.orelse


def _apart(body: list[ast.stmt], moved: list[ast.stmt]) -> bool:
    """Can they go?  They share no line with what stays, read no input, bind no name that it
    uses, and look at no variable that its functions may change."""
    gone = set(map(id, moved))
    stay = [node for node in body if id(node) not in gone]
    lines = [number for node in moved for number in _lines(node)]
    if len(lines) != len(set(lines)):
        return False
    if not set(lines).isdisjoint(number for node in stay for number in _lines(node)):
        return False
    bound = {
        node.id
        for top in moved
        for node in ast.walk(top)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    used, tested = _names_without(stay), _names(moved)
    held = {
        node.id
        for top in stay
        if not isinstance(top, DEFINING)
        for node in ast.walk(top)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    working = _names(node for node in stay if isinstance(node, DEFINING))
    shared = held & working & tested  # the tests would see what it was, and not what it became
    return not (bound & used) and not shared and "input" not in tested


def _names(nodes: Iterable[ast.AST]) -> set[str]:
    return {node.id for top in nodes for node in ast.walk(top) if isinstance(node, ast.Name)}


def _names_without(nodes: Iterable[ast.stmt]) -> set[str]:
    """All names but those that functions have of their own."""
    found: set[str] = set()
    for top in nodes:
        if isinstance(top, FUNCTIONS):
            given = top.args
            outer = [*given.defaults, *filter(None, given.kw_defaults), *top.decorator_list]
            found |= (_names(top.body) - _own(top)) | _names(outer)
        else:
            found |= _names([top])
    return found


def _own(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Names that are no others' wherever the function uses them."""
    parts = [part for item in function.body for part in ast.walk(item)]
    if any(isinstance(part, ast.Global) for part in parts):
        return set()
    given = function.args
    own = {item.arg for item in (*given.posonlyargs, *given.args, *given.kwonlyargs)}
    if not any(isinstance(part, SCOPES) for part in parts):
        stored = (p for p in parts if isinstance(p, ast.Name) and isinstance(p.ctx, ast.Store))
        own |= {name.id for name in stored}
    return own


def _imports(body: list[ast.stmt], tests: list[ast.stmt]) -> list[ast.stmt]:
    """The imports that the tests need, which are then theirs too."""
    used = _names(tests)
    found: list[ast.stmt] = []
    for node in body:
        if isinstance(node, IMPORTS) and node not in tests:
            names = {(item.asname or item.name).partition(".")[0] for item in node.names}
            if names & used:
                found.append(node)
    return found


def _lines(node: ast.stmt) -> range:
    first = node.lineno
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and node.decorator_list:
        first = min(item.lineno for item in node.decorator_list)
    return range(first, (node.end_lineno or node.lineno) + 1)


def _without(lines: list[str], moved: list[ast.stmt]) -> list[str]:
    gone = {number for node in moved for number in _lines(node)}
    return ["" if number in gone else line for number, line in enumerate(lines, 1)]


def _only(lines: list[str], needed: list[ast.stmt]) -> list[str]:
    """The needed lines; asserts that stand alone become a test each, on their line, and what runs
    only as a program runs as a test."""
    alone = all(isinstance(node, (*DEFINING, ast.Assert)) for node in needed)
    kept = {number for node in needed for number in _lines(node)}
    text = [line if number in kept else "" for number, line in enumerate(lines, 1)]
    for node in needed:
        at = node.lineno - 1
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("test"):
            if not node.decorator_list:
                text[at] = text[at].replace(f"def {node.name}", f"def test_{node.name}", 1)
        elif isinstance(node, ast.If) and as_program(node) and text[at].endswith(":"):
            text[at] = "if True:"
    if alone:
        for node in needed:
            if isinstance(node, ast.Assert):
                at = node.lineno - 1
                text[at] = f"def test_line_{node.lineno}(): {text[at].strip()}"
    return text
