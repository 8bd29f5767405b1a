"""One end of a conversation between the tests and the code: each asks, and is asked meanwhile.

A question is an operation on an object that the other side has given out before, so either side
reaches what it was handed, and no more.
"""

from __future__ import annotations

import builtins
import operator
import threading
import traceback
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from typing import Any

from assistant.coding.inside.plain import (
    BrokenChannelError,
    Handles,
    Json,
    decoded,
    encoded,
    receive,
    send,
)
from assistant.coding.inside.unjudged import UncarriedError

MUTABLE = (list, dict, set, bytearray, deque, Counter, OrderedDict, defaultdict)
"""Arguments that a function may change; the change is carried back."""
DEEPEST_CALLS = 60
LONGEST_TRACE = 4000
TOO_DEEP = "calls between tests and code are nested too deeply"

BINARY = (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "divmod", "pow", "matmul", "lshift",
    "rshift", "and", "or", "xor",
)  # fmt: skip
COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")
UNARY: dict[str, Callable[[Any], object]] = {
    "neg": operator.neg,
    "pos": operator.pos,
    "abs": abs,
    "invert": operator.invert,
    "len": len,
    "iter": iter,
    "next": next,
    "bool": bool,
    "str": str,
    "repr": repr,
    "hash": hash,
    "int": int,
    "float": float,
    "complex": complex,
    "index": operator.index,
    "round": round,
    "dir": dir,
    "reversed": reversed,
}
OPERATIONS: dict[str, Callable[..., object]] = {
    **UNARY,
    **{name: getattr(operator, f"__{name}__") for name in COMPARISONS},
    **{name: getattr(operator, f"__{name}__") for name in BINARY if name != "divmod"},
    "divmod": divmod,
    "contains": operator.contains,
    "getitem": operator.getitem,
    "setitem": operator.setitem,
    "delitem": operator.delitem,
    "getattr": getattr,
    "setattr": setattr,
    "delattr": delattr,
    "format": format,
    "enter": lambda it: type(it).__enter__(it),
}
"""What may be asked of an object, by name; ``call`` and ``exit`` besides."""


class Peer(Handles):
    """One end.  A subclass says which operations it answers, and what a foreign object becomes."""

    def __init__(self, read: int, write: int) -> None:
        self._read = read
        self._write = write
        self._given: dict[int, object] = {}
        self._numbers: dict[int, int] = {}
        self._depth = 0
        self._lock = threading.RLock()
        self.foreign: dict[int, object] = {}

    def give(self, value: object) -> Json:
        """Theirs goes back by its number; ours gets one."""
        number = self.number_of(value)
        if number is not None:
            return ["yours", number]
        key = id(value)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self._given[self._numbers[key]] = value  # kept, so that no other gets its ``id``
        return ["mine", self._numbers[key], self.describe(value)]

    def take(self, words: list[Json]) -> object:
        """Ours, or something that stands for theirs."""
        whose, number, *rest = words
        if whose == "yours":
            return self._given[number]
        if whose != "mine" or type(number) is not int:
            raise ValueError(whose)
        if number not in self.foreign:
            self.foreign[number] = self.stand_in(number, rest[0])
        return self.foreign[number]

    def number_of(self, value: object) -> int | None:
        """The number of a foreign object that ``value`` stands for."""
        raise NotImplementedError

    def describe(self, value: object) -> Json:
        """What the other side is told of an object of ours."""
        raise NotImplementedError

    def stand_in(self, number: int, about: Json) -> object:
        """What stands here for a foreign object."""
        raise NotImplementedError

    def check(self, name: str, value: object, arguments: list[object]) -> None:
        """May the other side do this to an object of ours?  Raises where not."""

    def lose(self, words: str) -> None:
        """Something did not get across: the test that runs can decide nothing."""
        raise NotImplementedError

    def lost(self) -> str:
        """What did not get across since the last answer, where the other side is to know."""
        return ""

    def ask(self, name: str, *arguments: object, **named: object) -> object:
        """Have the other side do something; the result, or the exception, is theirs."""
        with self._lock:
            return self._ask(name, arguments, named)

    def _ask(self, name: str, arguments: tuple[object, ...], named: dict[str, object]) -> object:
        self._depth += 1
        try:
            if self._depth > DEEPEST_CALLS:
                raise UncarriedError(TOO_DEEP)
            words = [encoded(item, self) for item in arguments]
            by_name = {key: encoded(item, self) for key, item in named.items()}
            send(self._write, {"do": name, "with": words, "named": by_name})
            return self._answer(arguments, named)
        except UncarriedError as wrong:
            self.lose(str(wrong))
            raise
        finally:
            self._depth -= 1

    def _answer(self, arguments: tuple[object, ...], named: dict[str, object]) -> object:
        while True:
            message = receive(self._read)
            if not isinstance(message, dict):
                raise BrokenChannelError("the code answers with what is no answer")
            if "do" in message:
                self._serve(message)
                continue
            self.hear(message.get("printed", ""))
            if lost := message.get("lost"):
                raise UncarriedError(str(lost))
            try:
                _carry_back(message.get("changed", ()), (*arguments, *named.values()), self)
            except (TypeError, ValueError, KeyError, IndexError, AttributeError) as wrong:
                raise BrokenChannelError("the code answers with what is no answer") from wrong
            if "raised" in message:
                raise self.exception(message["raised"])
            place = message.get("argument")
            if type(place) is int and 0 <= place < len(arguments):
                return arguments[place]
            return decoded(message.get("value"), self)

    def sent(self, wrong: BaseException) -> object:
        """What is told of an exception of ours, beside its class: what it was made from."""
        return wrong.args

    def hear(self, printed: Json) -> None:
        """What the other side printed meanwhile."""

    def exception(self, words: Json) -> BaseException:
        """The exception that the other side raised."""
        raise NotImplementedError

    def serve(self) -> None:
        """Answer until the other side has gone."""
        while True:
            message = receive(self._read)
            if not isinstance(message, dict) or "do" not in message:
                raise BrokenChannelError("no question")
            self._serve(message)

    def _serve(self, message: Json) -> None:
        self._depth += 1
        try:
            reply = self._done(message)
        except BrokenChannelError:
            raise
        except UncarriedError as wrong:
            self.lose(str(wrong))
            reply = {"lost": str(wrong)}
        except BaseException as wrong:  # noqa: BLE001 - it is the answer
            reply = {"raised": self._told(wrong)}
        finally:
            self._depth -= 1
        reply["printed"] = self.printed()
        if lost := self.lost():
            reply["lost"] = lost  # whoever caught it in between went on without it
        try:
            send(self._write, reply)
        except UncarriedError as wrong:
            self.lose(str(wrong))
            send(self._write, {"lost": self.lost() or str(wrong)})

    def _done(self, message: Json) -> dict[str, Json]:
        if self._depth > DEEPEST_CALLS:
            raise UncarriedError(TOO_DEEP)
        arguments = [decoded(item, self) for item in message["with"]]
        named = {str(key): decoded(item, self) for key, item in message["named"].items()}
        every = [*arguments, *named.values()]
        before = [encoded(x, self) if type(x) in MUTABLE else None for x in every]
        result = self.do(message["do"], arguments, named)
        changed = [
            [place, encoded(x, self)]
            for place, x in enumerate(every)
            if type(x) in MUTABLE and encoded(x, self) != before[place]
        ]
        reply: dict[str, Json] = {"changed": changed}
        same = [place for place, x in enumerate(arguments) if x is result and type(x) in MUTABLE]
        if same:
            reply["argument"] = same[0]
        else:
            reply["value"] = encoded(result, self)
        return reply

    def do(self, name: str, arguments: list[object], named: dict[str, object]) -> object:
        """Do what was asked."""
        target = arguments[0]
        self.check(name, target, arguments)
        if name == "call":
            assert callable(target)
            return target(*arguments[1:], **named)
        if name == "exit":
            return _left(target, *arguments[1:])
        return OPERATIONS[name](*arguments)

    def printed(self) -> str:
        """What was printed here since the last answer."""
        return ""

    def _told(self, wrong: BaseException) -> Json:
        trace = "".join(traceback.format_exception(wrong))[-LONGEST_TRACE:]
        try:
            arguments = [encoded(item, self) for item in wrong.args]
            text = str(wrong)
        except BaseException:  # noqa: BLE001 - an exception of the code's own making
            arguments, text = [], "?"
        return {
            "class": encoded(type(wrong), self),
            "object": self.give(wrong),
            "arguments": arguments,
            "text": text[:LONGEST_TRACE],
            "trace": trace,
        }


def _left(context: Any, kind: object, given: object) -> object:
    """Leave a context, by an exception of a class with these arguments where it is no ``None``."""
    if kind is None:
        return type(context).__exit__(context, None, None, None)
    if not isinstance(kind, type) or not issubclass(kind, BaseException):
        raise UncarriedError("an exception of a class that is not known on the other side")
    if isinstance(given, BaseException):
        wrong = given
    else:
        assert isinstance(given, tuple)
        wrong = kind(*given)
    return type(context).__exit__(context, type(wrong), wrong, None)


def builtin_exception(kind: type) -> str | None:
    """The name of the nearest exception of the language that a class derives from."""
    for base in kind.__mro__:
        name = base.__name__
        if issubclass(base, BaseException) and vars(builtins).get(name) is base:
            return str(name)
    return None


def _carry_back(changed: Json, arguments: tuple[object, ...], peer: Peer) -> None:
    """Make the change to an argument that was made to its copy."""
    for place, words in changed:
        target, new = arguments[place], decoded(words, peer)
        if type(target) is not type(new):
            raise ValueError("another type")
        match target:
            case list() | bytearray():
                target[:] = new  # type: ignore[call-overload]
            case dict():
                target.clear()
                target.update(new)  # type: ignore[call-overload]
            case deque():
                target.clear()
                target.extend(new)  # type: ignore[arg-type]
            case set():
                target.clear()
                target.update(new)  # type: ignore[arg-type]
            case _:
                raise ValueError("this cannot change")
