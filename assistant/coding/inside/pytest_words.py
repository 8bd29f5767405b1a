"""The words of pytest that tests of a function use, where pytest itself is not: ``raises``,
``approx``, ``mark.parametrize``, ``fixture``, ``skip``, ``fail``.  A test with another word is
not judged: the word is never passed over, and never held against the code."""

from __future__ import annotations

import inspect
import io
import itertools
import math
import re
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from decimal import Decimal
from typing import Any, NamedTuple

from assistant.coding.inside.unjudged import RETURNS, NotJudgedError, unknown

MARKS, FIXTURE, SCOPE = "_marks", "_fixture", "_scope"
SHARED = ("module", "session", "package")
UNKNOWN_MARKS = ("xfail", "usefixtures", "filterwarnings")


_values: dict[Any, object] = {}
_whole = ExitStack()
"""What is made once, and ends with the process."""


class Skipped(BaseException):
    """A test that says itself that it does not apply."""


class Caught:
    """What ``raises`` caught."""

    value: BaseException

    @property
    def type(self) -> type[BaseException]:
        """Its class."""
        return type(self.value)

    @property
    def typename(self) -> str:
        """The name of its class."""
        return type(self.value).__name__

    def match(self, pattern: str) -> bool:
        """Does its text hold the pattern?  ``AssertionError`` where not."""
        if not re.search(pattern, str(self.value)):
            raise AssertionError(f"{str(self.value)!r} does not match {pattern!r}")
        return True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "value":
            raise AttributeError(name)
        raise unknown(f"pytest.ExceptionInfo.{name}")


class Raises:
    """The context ``pytest.raises``."""

    def __init__(self, kinds: Any, match: str | None) -> None:
        self._kinds = kinds
        self._match = match
        self._caught = Caught()

    def __enter__(self) -> Caught:
        return self._caught

    def __exit__(self, kind: Any, value: BaseException | None, trace: object) -> bool:
        if isinstance(value, NotJudgedError):
            return False
        if value is None:
            raise AssertionError(f"did not raise {self._kinds!r}")
        if not isinstance(value, self._kinds):
            return False
        if self._match is not None and not re.search(self._match, str(value)):
            raise AssertionError(f"{str(value)!r} does not match {self._match!r}")
        self._caught.value = value
        return True


class Approx:
    """Equal up to a tolerance; of lists and dicts, item by item."""

    def __init__(self, expected: Any, rel: float | None, abs_: float | None) -> None:
        self._expected = expected
        self._rel = rel
        self._abs = abs_

    def __eq__(self, actual: object) -> bool:
        return self._near(actual, self._expected)

    __hash__ = None  # type: ignore[assignment]

    def _near(self, actual: Any, expected: Any) -> bool:
        if isinstance(expected, Mapping):
            return (
                isinstance(actual, Mapping)
                and actual.keys() == expected.keys()
                and all(self._near(actual[key], expected[key]) for key in expected)
            )
        if isinstance(expected, Sequence) and not isinstance(expected, str):
            return (
                isinstance(actual, Sequence)
                and len(actual) == len(expected)
                and all(map(self._near, actual, expected))
            )
        if isinstance(expected, Decimal | set | frozenset):
            raise unknown(f"pytest.approx of a {type(expected).__name__}")
        if not isinstance(expected, int | float | complex) or isinstance(expected, bool):
            return bool(actual == expected)
        if not isinstance(actual, int | float | complex):
            return bool(actual == expected)  # a stand-in says here that it cannot be judged
        if actual == expected:
            return True
        if math.isinf(abs(expected)) or math.isnan(abs(expected)):
            return False  # every distance is within an infinite tolerance
        absolute = 1e-12 if self._abs is None else self._abs
        relative = (1e-6 if self._abs is None else 0.0) if self._rel is None else self._rel
        return bool(abs(actual - expected) <= max(absolute, relative * abs(expected)))

    def __repr__(self) -> str:
        return f"approx({self._expected!r})"


class Mark:
    """``pytest.mark``: ``parametrize``, ``skip`` and ``skipif`` mean something, the tests' own
    marks nothing, and pytest's others are not known."""

    def parametrize(
        self,
        names: Any,
        values: Any,
        *,
        ids: object = None,  # noqa: ARG002 - only names
        **more: object,
    ) -> Callable[[Any], Any]:
        """One test for each row."""
        _no_more("pytest.mark.parametrize", more)
        words = [n.strip() for n in names.split(",")] if isinstance(names, str) else list(names)
        rows = []
        for value in values:
            if isinstance(value, Param) and "marks" in value.more:
                raise unknown("pytest.param with marks")
            row = value.values if isinstance(value, Param) else value
            single = len(words) == 1 and not isinstance(value, Param)
            rows.append(dict(zip(words, (row,) if single else row, strict=True)))
        return _marking(rows)

    def skip(self, *functions: Any, reason: str = "") -> Any:
        """Never run."""
        return _skipping(reason)(*functions) if functions else _skipping(reason)

    def skipif(self, condition: object, *, reason: str = "") -> Callable[[Any], Any]:
        """Not run where the condition holds."""
        if isinstance(condition, str):
            raise unknown("a condition that is a text")
        return _skipping(reason) if condition else lambda function: function

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in UNKNOWN_MARKS:
            raise unknown(f"pytest.mark.{name}")

        def mark(*arguments: Any, **_: object) -> Any:
            plain = len(arguments) == 1 and callable(arguments[0])
            return arguments[0] if plain else lambda function: function

        return mark


class Param:
    """``pytest.param``: a row with a name."""

    def __init__(self, *values: object, **more: object) -> None:
        self.values = values
        self.more = more


def _marking(rows: list[dict[str, object]]) -> Callable[[Any], Any]:
    def mark(function: Any) -> Any:
        if isinstance(function, type):
            raise unknown("pytest.mark.parametrize of a class")
        setattr(function, MARKS, [*getattr(function, MARKS, []), rows])
        return function

    return mark


def _skipping(reason: str) -> Callable[[Any], Any]:
    def mark(function: Any) -> Any:
        if isinstance(function, type):
            raise unknown("pytest.mark.skip of a class")

        def skipped(*_: object) -> None:
            raise Skipped(reason)

        skipped.__name__ = function.__name__
        return skipped

    return mark


def _no_more(word: str, more: Mapping[str, object]) -> None:
    """Every argument that is not known means that the test is not judged."""
    if more:
        raise unknown(f"{word} with {', '.join(more)}")


def _raises(kinds: Any, *more: Any, match: str | None = None, **named: Any) -> Any:
    context = Raises(kinds, match)
    if not more:
        _no_more("pytest.raises", named)
        return context
    with context as caught:
        more[0](*more[1:], **named)
    return caught


def _fixture(*functions: Any, scope: str = "function", autouse: bool = False, **more: Any) -> Any:
    """A fixture is made anew for each test, or once for the whole file."""
    _no_more("pytest.fixture", more)
    if scope not in ("function", *SHARED):
        raise unknown(f"a fixture's scope {scope!r}")

    def mark(function: Any) -> Any:
        setattr(function, FIXTURE, "always" if autouse else scope)
        setattr(function, SCOPE, scope)
        return function

    return mark(functions[0]) if functions else mark


def _fail(reason: str = "", **_: object) -> None:
    raise AssertionError(reason)


def _skip(reason: str = "", **_: object) -> None:
    raise Skipped(reason)


def _approx(
    expected: Any,
    rel: float | None = None,
    abs: float | None = None,  # noqa: A002 - the name is pytest's
    **more: Any,
) -> Approx:
    _no_more("pytest.approx", more)
    return Approx(expected, rel, abs)


def _no_word(name: str) -> Any:
    """A word of the module that is not known."""
    if name.startswith("__"):
        raise AttributeError(name)
    raise unknown(f"pytest.{name}")


def module() -> types.ModuleType:
    """The module that tests import."""
    made = types.ModuleType("pytest")
    words: dict[str, Any] = {
        "__getattr__": _no_word,
        "raises": _raises,
        "approx": _approx,
        "mark": Mark(),
        "param": Param,
        "fixture": _fixture,
        "fail": _fail,
        "skip": _skip,
        "main": lambda *_: 0,
    }
    for name, value in words.items():
        setattr(made, name, value)
    return made


def parameters(function: Any) -> Iterator[tuple[str, dict[str, object]]]:
    """The rows of ``parametrize``, each with what to add to the test's name; maybe none."""
    tables = getattr(function, MARKS, [])
    if not tables:
        yield "", {}
        return
    for number, rows in enumerate(itertools.product(*tables)):
        joined: dict[str, object] = {}
        for row in rows:
            joined |= row
        yield f"[{number}]", joined


def no_rows() -> None:
    """A test for which ``parametrize`` has no row."""
    raise Skipped("there is no row to test")


class Written(NamedTuple):
    """What was written."""

    out: str
    err: str


class Captured:
    """The fixture ``capsys``."""

    def __init__(self) -> None:
        self.out = io.StringIO()
        self.err = io.StringIO()

    def readouterr(self) -> Written:
        """What was printed since the last time."""
        return Written(_taken(self.out), _taken(self.err))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise unknown(f"capsys.{name}")


def _taken(held: io.StringIO) -> str:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text


@contextmanager
def _capsys() -> Iterator[Captured]:
    captured = Captured()
    with redirect_stdout(captured.out), redirect_stderr(captured.err):
        yield captured


def call(function: Any, given: dict[str, object], names: Mapping[str, Any]) -> None:
    """Call a test with its row, and with the fixtures that it asks for by name."""
    with ExitStack() as stack:
        for value in names.values():
            if inspect.isfunction(value) and getattr(value, FIXTURE, "") == "always":
                _value(value, {}, names, stack)
        result = function(**_arguments(function, given, names, stack))
        if inspect.iscoroutine(result):
            import asyncio

            result = asyncio.run(result)
        if inspect.isgenerator(result) or inspect.isasyncgen(result):
            raise unknown("a test that yields")
        if result is not None:
            raise NotJudgedError(RETURNS, "the test returns something, which nobody looks at")


def hook(holder: object, name: str, *arguments: object) -> None:
    """Call a function of the tests' own that prepares something, where there is one."""
    function = getattr(holder, name, None)
    if inspect.isroutine(function):
        wanted = len(inspect.signature(function).parameters)
        function(*arguments[:wanted])


def _arguments(
    function: Any, given: dict[str, object], names: Mapping[str, Any], stack: ExitStack
) -> dict[str, object]:
    arguments = {}
    for name, parameter in _signature(function).parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if name in given:
            arguments[name] = given[name]
        elif name == "capsys":
            arguments[name] = stack.enter_context(_capsys())
        elif getattr(names.get(name), FIXTURE, ""):
            arguments[name] = _value(names[name], given, names, stack)
        elif parameter.default is inspect.Parameter.empty:
            raise unknown(f"the fixture {name}")
    return arguments


def _signature(function: Any) -> inspect.Signature:
    """What a test asks for; what ``mock.patch`` hands in is not asked for."""
    return inspect.signature(function, follow_wrapped=not hasattr(function, "patchings"))


def _value(
    fixture: Any, given: dict[str, object], names: Mapping[str, Any], stack: ExitStack
) -> object:
    if getattr(fixture, SCOPE) in SHARED and stack is not _whole:
        if fixture not in _values:
            _values[fixture] = _value(fixture, {}, names, _whole)
        return _values[fixture]
    if inspect.iscoroutinefunction(fixture) or inspect.isasyncgenfunction(fixture):
        raise unknown("a fixture that is awaited")
    arguments = _arguments(fixture, given, names, stack)
    if inspect.isgeneratorfunction(fixture):
        return stack.enter_context(contextmanager(fixture)(**arguments))
    return fixture(**arguments)
