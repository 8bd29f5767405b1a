"""The code under test, in a world of its own: loaded, and asked by the tests from another one.

Nothing here is trusted: the code shares this process, and may say whatever it likes over the
channel.  All that it can do so is give answers; what they are compared with never comes here.
"""

from __future__ import annotations

import builtins
import importlib.util
import io
import sys
import types

from assistant.coding.inside.peer import Peer, builtin_exception
from assistant.coding.inside.plain import BrokenChannelError, Json, decoded, encoded
from assistant.coding.inside.remote import Remote, Words, made

READ, WRITE = 3, 4
MOST_PRINTED = 1 << 20
HEAP_TYPE = 1 << 9
"""Set in ``__flags__`` of a class that was made by a ``class`` statement, or as by one."""


class Outside(Remote):
    """Stands for an object of the tests."""


type.__setattr__(Outside, "__doc__", Words())


class Printed(io.StringIO):
    """Takes what is printed, up to a limit."""

    def write(self, text: str) -> int:
        """Keep the text where there is room for it."""
        if self.tell() < MOST_PRINTED:
            super().write(text[:MOST_PRINTED])
        return len(text)


class Subject(Peer):
    """The end at which the code is."""

    def __init__(self, name: str) -> None:
        super().__init__(READ, WRITE)
        self._name = name
        self._module: types.ModuleType | None = None
        self._lost = ""

    def lose(self, words: str) -> None:
        """The tests are told with the next answer, even where the code catches it."""
        self._lost = self._lost or words

    def lost(self) -> str:
        """What the tests were not told yet."""
        words, self._lost = self._lost, ""
        return words

    def number_of(self, value: object) -> int | None:
        """The number of what the tests handed over."""
        if isinstance(value, Outside):
            number = object.__getattribute__(value, "_number")
            return int(number)
        return None

    def describe(self, value: object) -> Json:
        """Its class, so that ``isinstance`` holds for the tests too."""
        if isinstance(value, type):
            bases = [base for base in value.__bases__ if base.__flags__ & HEAP_TYPE]
            return {
                "class": value.__name__,
                "bases": [encoded(base, self) for base in bases],
                "exception": builtin_exception(value),
            }
        kind = type(value)
        own = kind.__flags__ & HEAP_TYPE and not isinstance(value, types.ModuleType)
        name = getattr(value, "__name__", "") if not own else ""
        return {
            "of": encoded(kind, self) if own else None,
            "awaits": isinstance(value, types.CoroutineType),
            "name": name if type(name) is str else "",
        }

    def stand_in(self, number: int, about: Json) -> object:  # noqa: ARG002
        """An object that asks the tests."""
        return made(Outside, self, number)

    def exception(self, words: Json) -> BaseException:
        """What a function of the tests raised, as far as it has a name here."""
        kind = decoded(words["class"], self)
        if not isinstance(kind, type) or not issubclass(kind, BaseException):
            return Exception(str(words["text"]))
        try:
            return kind(*[decoded(item, self) for item in words["arguments"]])
        except Exception:  # noqa: BLE001 - it wants other arguments
            return kind(str(words["text"]))

    def do(self, name: str, arguments: list[object], named: dict[str, object]) -> object:
        """Load the code, run a coroutine of it, or any operation."""
        if name == "module":
            return self._load()
        if name == "await":
            import asyncio

            return asyncio.run(arguments[0])  # type: ignore[arg-type]
        return super().do(name, arguments, named)

    def _load(self) -> types.ModuleType:
        if self._module is None:
            stem = self._name.rpartition(".")[0]
            spec = importlib.util.spec_from_file_location(stem, self._name)
            assert spec is not None
            assert spec.loader is not None
            module = importlib.util.module_from_spec(spec)
            sys.modules[stem] = module
            spec.loader.exec_module(module)
            self._module = module
        return self._module

    def printed(self) -> str:
        """What the code printed since it last answered."""
        if not isinstance(sys.stdout, Printed):
            return ""
        text = sys.stdout.getvalue()
        sys.stdout.seek(0)
        sys.stdout.truncate()
        return text


def main() -> None:
    """Serve the file that is named as the only argument, until the tests have gone."""
    peer = Subject(sys.argv[1])
    sys.path.insert(0, "")
    sys.stdout = Printed()
    builtins.input = lambda prompt="": str(peer.ask("input", str(prompt)))
    try:
        peer.serve()
    except BrokenChannelError:
        return
