"""The words of pytest that tests of a function use, where pytest itself is not: ``raises``,
``approx``, ``mark.parametrize``, ``fixture``, ``skip``, ``fail``.  Another word is an error, and
is never passed over."""

from __future__ import annotations

import inspect
import io
import itertools
import re
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from typing import Any

MARKS, FIXTURE = "_marks", "_fixture"


class Skipped(BaseException):
    """A test that says itself that it does not apply."""


class Caught:
    """What ``raises`` caught."""

    value: BaseException

    @property
    def type(self) -> type[BaseException]:
        """Its class."""
        return type(self.value)


class Raises:
    """The context ``pytest.raises``."""

    def __init__(self, kinds: Any, match: str | None) -> None:
        self._kinds = kinds
        self._match = match
        self._caught = Caught()

    def __enter__(self) -> Caught:
        return self._caught

    def __exit__(self, kind: Any, value: BaseException | None, trace: object) -> bool:
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
        if not isinstance(expected, int | float | complex) or isinstance(expected, bool):
            return bool(actual == expected)
        if not isinstance(actual, int | float | complex):
            return bool(actual == expected)  # a stand-in says here that it cannot be judged
        if actual == expected:
            return True
        absolute = 1e-12 if self._abs is None else self._abs
        relative = (1e-6 if self._abs is None else 0.0) if self._rel is None else self._rel
        return bool(abs(actual - expected) <= max(absolute, relative * abs(expected)))

    def __repr__(self) -> str:
        return f"approx({self._expected!r})"


class Mark:
    """``pytest.mark``: ``parametrize``, ``skip`` and ``skipif`` mean something, others nothing."""

    def parametrize(self, names: Any, values: Any, *, ids: object = None) -> Callable[[Any], Any]:  # noqa: ARG002 - only names
        """One test for each row."""
        words = [n.strip() for n in names.split(",")] if isinstance(names, str) else list(names)
        rows = []
        for value in values:
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
            raise TypeError("a condition that is a text is not known here")
        return _skipping(reason) if condition else lambda function: function

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in ("xfail", "usefixtures"):
            raise AttributeError(f"pytest.mark.{name} is not known here")

        def mark(*arguments: Any, **_: object) -> Any:
            plain = len(arguments) == 1 and callable(arguments[0])
            return arguments[0] if plain else lambda function: function

        return mark


class Param:
    """``pytest.param``: a row with a name."""

    def __init__(self, *values: object, **_: object) -> None:
        self.values = values


def _marking(rows: list[dict[str, object]]) -> Callable[[Any], Any]:
    def mark(function: Any) -> Any:
        setattr(function, MARKS, [*getattr(function, MARKS, []), rows])
        return function

    return mark


def _skipping(reason: str) -> Callable[[Any], Any]:
    def mark(function: Any) -> Any:
        def skipped(*_: object) -> None:
            raise Skipped(reason)

        skipped.__name__ = function.__name__
        return skipped

    return mark


def _raises(kinds: Any, *more: Any, match: str | None = None) -> Any:
    context = Raises(kinds, match)
    if not more:
        return context
    with context as caught:
        more[0](*more[1:])
    return caught


def _fixture(*functions: Any, scope: str = "function", autouse: bool = False) -> Any:
    """A fixture is made anew for each test; ``scope`` only says that it need not be."""

    def mark(function: Any) -> Any:
        setattr(function, FIXTURE, "always" if autouse else scope)
        return function

    return mark(functions[0]) if functions else mark


def _fail(reason: str = "", **_: object) -> None:
    raise AssertionError(reason)


def _skip(reason: str = "", **_: object) -> None:
    raise Skipped(reason)


def _approx(expected: Any, rel: float | None = None, abs: float | None = None, **_: Any) -> Approx:  # noqa: A002 - the name is pytest's
    return Approx(expected, rel, abs)


def module() -> types.ModuleType:
    """The module that tests import."""
    made = types.ModuleType("pytest")
    words = {
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
    """The rows of ``parametrize``, each with what to add to the test's name."""
    tables = getattr(function, MARKS, [])
    if not tables:
        yield "", {}
        return
    for number, rows in enumerate(itertools.product(*tables)):
        joined: dict[str, object] = {}
        for row in rows:
            joined |= row
        yield f"[{number}]", joined


class Captured:
    """The fixture ``capsys``."""

    def __init__(self) -> None:
        self.out = io.StringIO()

    def readouterr(self) -> Any:
        """What was printed since the last time."""
        text = self.out.getvalue()
        self.out.seek(0)
        self.out.truncate()
        return types.SimpleNamespace(out=text, err="")


@contextmanager
def _capsys() -> Iterator[Captured]:
    captured = Captured()
    with redirect_stdout(captured.out):
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

            asyncio.run(result)
        elif inspect.isgenerator(result):
            raise TypeError("a test that yields is not known here")


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
            raise TypeError(f"there is no fixture {name!r}")
    return arguments


def _signature(function: Any) -> inspect.Signature:
    """What a test asks for; what ``mock.patch`` hands in is not asked for."""
    return inspect.signature(function, follow_wrapped=not hasattr(function, "patchings"))


def _value(
    fixture: Any, given: dict[str, object], names: Mapping[str, Any], stack: ExitStack
) -> object:
    arguments = _arguments(fixture, given, names, stack)
    if inspect.isgeneratorfunction(fixture):
        return stack.enter_context(contextmanager(fixture)(**arguments))
    return fixture(**arguments)


assert sys.version_info >= (3, 11)
