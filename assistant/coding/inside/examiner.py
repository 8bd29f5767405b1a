"""The tests' end of the conversation: what the code answers is data, or stands for an object.

The rule that keeps a verdict honest: *what a test expects never goes to the code*.  An object of
the code that is compared with a value of the tests would judge itself, and could call itself
equal to anything; such a test is not judged, which is no pass.
"""

from __future__ import annotations

import builtins
import sys
import types
from typing import Any

from assistant.coding.inside.peer import BINARY, COMPARISONS, Peer
from assistant.coding.inside.plain import BrokenChannelError, Json, decoded
from assistant.coding.inside.remote import Remote, Words, made
from assistant.coding.inside.unjudged import CHANNEL, OBJECT, UncarriedError

JUDGING = frozenset({*COMPARISONS, *BINARY, "contains"})
MOST_CALLS = 20
LONGEST_WORD = 200
PRIVATE = ("_", "gi_", "cr_", "ag_", "tb_", "f_", "co_")
"""Beginnings of attributes by which an object leads to all others."""

NAMED = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, type)
NAMING = frozenset({"__name__", "__qualname__", "__doc__", "__module__"})
"""What a wrapper copies from the function that it wraps; it leads nowhere."""
ABSENT = frozenset({"__dict__", "__annotations__", "__type_params__"})
"""What it would copy where there is any."""


class UnjudgedError(Exception):
    """The code's object would have to judge itself."""


class Theirs(Remote):
    """Stands for an object of the code."""


class TheirCoroutine(Theirs):
    """Stands for a coroutine of the code: whoever awaits it has it run there, to its end."""

    def __await__(self) -> Any:
        return self._peer.ask("await", self)
        yield


for _kind in (Theirs, TheirCoroutine):
    type.__setattr__(_kind, "__doc__", Words())


class TheirClass(type):
    """The class of classes that stand for the code's own."""

    _peer: Examiner
    _number: int
    _named: bool

    def __call__(cls, *arguments: object, **named: object) -> Any:
        """An object, made by the code."""
        return cls._peer.ask("call", cls, *arguments, **named)

    def __getattr__(cls, name: str) -> Any:
        if name in ("_peer", "_number", "_named"):
            raise AttributeError(name)
        return cls._peer.ask("getattr", cls, name)

    def __setattr__(cls, name: str, value: object) -> None:
        if name in ("_peer", "_number", "_named", "__doc__", "__abstractmethods__"):
            type.__setattr__(cls, name, value)
        else:
            cls._peer.ask("setattr", cls, name, value)

    def __iter__(cls) -> Any:
        return iter(cls._peer.ask("iter", cls))  # type: ignore[call-overload]

    def __len__(cls) -> int:
        return int(cls._peer.ask("len", cls))  # type: ignore[call-overload,no-any-return]

    def __getitem__(cls, key: object) -> Any:
        return cls._peer.ask("getitem", cls, key)


class TheirError(Exception):
    """Mixed into the classes that stand for the code's own exceptions."""

    _object: Any = None
    _text = ""

    def is_of(self, text: str, remote: object) -> None:
        """What it says, and the exception that it stands for."""
        self._text, self._object = text, remote

    def __str__(self) -> str:
        return self._text or super().__str__()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or self._object is None:
            raise AttributeError(name)
        return getattr(self._object, name)


class Examiner(Peer):
    """The end at which the tests are.  ``unjudged`` and ``calls`` are of the test that runs."""

    def __init__(self, read: int, write: int) -> None:
        super().__init__(read, write)
        self.unjudged: list[tuple[str, str]] = []
        self.calls: list[str] = []
        self.gone = ""
        self.asked = False
        self._names: dict[int, str] = {}

    def lose(self, words: str) -> None:
        """The test that runs decides nothing."""
        self.unjudged.append((CHANNEL, words))

    def number_of(self, value: object) -> int | None:
        """The number of what stands for an object of the code."""
        if isinstance(value, Theirs):
            return int(object.__getattribute__(value, "_number"))
        if isinstance(value, type) and "_number" in vars(value):
            return int(vars(value)["_number"])
        return None

    def sent(self, wrong: BaseException) -> object:
        """The code's own exception goes back as itself."""
        own = vars(wrong).get("_object") if isinstance(wrong, TheirError) else None
        return super().sent(wrong) if own is None else own

    def describe(self, value: object) -> Json:  # noqa: ARG002 - the code is told nothing
        """Nothing: the code is told no more than that there is something."""
        return {}

    def stand_in(self, number: int, about: Json) -> object:
        """A class for a class, with its bases; an object of such a class for an object."""
        if "class" in about:
            return self._class(number, about)
        kind = decoded(about["of"], self) if about.get("of") else Theirs
        if not isinstance(kind, type) or not issubclass(kind, Theirs):
            kind = Theirs  # an exception as an object
        if about.get("awaits"):
            kind = TheirCoroutine
        self._names[number] = str(about.get("name", "")) or f"a {kind.__name__}"
        return made(kind, self, number)

    def _class(self, number: int, about: Json) -> type:
        name = str(about["class"]).replace("\0", "")
        self._names[number] = name
        bases = [decoded(words, self) for words in about["bases"]]
        kinds = [base for base in bases if isinstance(base, type)]
        body: dict[str, Any] = {"_peer": self, "_number": number, "_named": False}
        if about.get("exception"):
            nearest = getattr(builtins, str(about["exception"]), Exception)
            errors = [kind for kind in kinds if issubclass(kind, BaseException)]
            return type(name, tuple(errors) or (TheirError, nearest), body)
        body["__doc__"] = Words()
        return TheirClass(name, tuple(k for k in kinds if issubclass(k, Theirs)) or (Theirs,), body)

    def ask(self, name: str, *arguments: object, **named: object) -> object:
        """The same, where it does not tell the code what is expected of it."""
        if name in JUDGING:
            self._keep_secret(name, arguments)
        call = self._words(arguments, named) if name == "call" else ""
        try:
            result = super().ask(name, *arguments, **named)
        except BrokenChannelError as wrong:
            self.gone = self.gone or str(wrong)
            raise
        except Exception as wrong:
            self._remember(call, f"raised {type(wrong).__name__}")
            self.asked = self.asked or name not in ("module", "getattr")
            raise
        self._remember(call, f"gave {self.word(result)}")
        handed = name in ("module", "getattr") and self.number_of(result) is not None
        self.asked = self.asked or not handed  # a function that is only taken answers nothing
        if name == "getattr" and isinstance(result, type) and "_named" in vars(result):
            type.__setattr__(result, "_named", True)
        return result

    def _keep_secret(self, name: str, arguments: tuple[object, ...]) -> None:
        ours = [x for x in arguments if self.number_of(x) is None]
        if not ours:
            return  # two objects of the code: how they compare is the code's own business
        theirs = next(x for x in arguments if self.number_of(x) is not None)
        if name not in COMPARISONS and getattr(type(theirs), "_named", False):
            return  # the tests themselves made an object of this class, to try its operators
        if name in ("eq", "ne") and ours[0] is None:
            return
        kind = type(theirs).__name__ if type(theirs) is not Theirs else self.word(theirs)
        self.unjudged.append((OBJECT, kind))
        raise UnjudgedError(f"an object of the code ({kind}) would have to judge itself")

    def word(self, value: object) -> str:
        """A value in few words, without asking the code for them."""
        number = self.number_of(value)
        if number is not None:
            return self._names.get(number, "an object")
        try:
            text = repr(value)
        except Exception:  # noqa: BLE001 - there may be an object of the code within
            text = f"a {type(value).__name__}"
        return text if len(text) <= LONGEST_WORD else f"{text[:LONGEST_WORD]}…"

    def _words(self, arguments: tuple[object, ...], named: dict[str, object]) -> str:
        """A call as it is written, before it can change what it is given."""
        given = [self.word(x) for x in arguments[1:]]
        given += [f"{key}={self.word(x)}" for key, x in named.items()]
        return f"{self.word(arguments[0])}({', '.join(given)})"

    def _remember(self, call: str, end: str) -> None:
        if call:
            self.calls.append(f"{call} {end}")
            del self.calls[:-MOST_CALLS]  # the last are those before the failure

    def hear(self, printed: Json) -> None:
        """What the code printed appears where the tests look for it."""
        if isinstance(printed, str) and printed:
            sys.stdout.write(printed)

    def exception(self, words: Json) -> BaseException:
        """The same exception where the language has it; else one of a class that stands for it."""
        kind = decoded(words["class"], self)
        text = str(words["text"])
        if not isinstance(kind, type) or not issubclass(kind, BaseException):
            raise BrokenChannelError("the code raises what is no exception")
        try:
            wrong = kind(*[decoded(item, self) for item in words["arguments"]])
        except Exception:  # noqa: BLE001 - it wants other arguments
            wrong = kind.__new__(kind)
            wrong.args = (text,)
        if isinstance(wrong, TheirError):
            wrong.is_of(text, decoded(words["object"], self))
        wrong.add_note(str(words["trace"]))
        return wrong

    def do(self, name: str, arguments: list[object], named: dict[str, object]) -> object:
        """The code asks for a line of input, or something of what it was handed."""
        if name == "input":
            return builtins.input(str(arguments[0]))
        return super().do(name, arguments, named)

    def check(self, name: str, value: object, arguments: list[object]) -> None:
        """The code may use what it was handed, and get no further from there."""
        if not any(value is given for given in self._given.values()):
            raise UncarriedError("the code asks for what was not handed over")
        if name in ("setattr", "delattr", "dir"):
            raise UncarriedError(f"{name} on an object of the tests is not for the code")
        if name == "getattr":
            word = arguments[1]
            if word in ABSENT:
                raise AttributeError(word)
            own = type(value).__flags__ & (1 << 9)
            told = word in NAMING and isinstance(value, NAMED)
            if type(word) is not str or not (told or (own and not word.startswith(PRIVATE))):
                raise UncarriedError(f"{word!r} of an object of the tests is not for the code")
