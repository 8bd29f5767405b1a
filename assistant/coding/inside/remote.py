"""What stands in one process for an object of another: every operation is carried over."""

from __future__ import annotations

from typing import Any

from assistant.coding.inside.peer import BINARY, COMPARISONS, UNARY, Peer
from assistant.coding.inside.plain import BrokenChannelError
from assistant.coding.inside.unjudged import NotJudgedError


class Remote:
    """Stands for one object of the other side."""

    _peer: Peer
    _number: int

    def __getattr__(self, name: str) -> Any:
        if name in ("_peer", "_number"):
            raise AttributeError(name)
        return self._peer.ask("getattr", self, name)

    def __setattr__(self, name: str, value: object) -> None:
        self._peer.ask("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._peer.ask("delattr", self, name)

    def __call__(self, *arguments: object, **named: object) -> Any:
        """Call it there."""
        return self._peer.ask("call", self, *arguments, **named)

    def __getitem__(self, key: object) -> Any:
        return self._peer.ask("getitem", self, key)

    def __setitem__(self, key: object, value: object) -> None:
        self._peer.ask("setitem", self, key, value)

    def __delitem__(self, key: object) -> None:
        self._peer.ask("delitem", self, key)

    def __contains__(self, item: object) -> bool:
        return bool(self._peer.ask("contains", self, item))

    def __format__(self, how: str) -> str:
        return str(self._peer.ask("format", self, how))

    def __dir__(self) -> list[str]:
        return [str(name) for name in self._peer.ask("dir", self)]  # type: ignore[attr-defined]

    def __enter__(self) -> Any:
        return self._peer.ask("enter", self)

    def __exit__(self, kind: Any, wrong: BaseException | None, _: object) -> Any:
        if wrong is None:
            return self._peer.ask("exit", self, None, None)
        if isinstance(wrong, (NotJudgedError, BrokenChannelError)):
            return False
        if isinstance(wrong, AssertionError):  # what was expected is nobody's business there
            self._peer.ask("exit", self, AssertionError, ())
            return False
        return self._peer.ask("exit", self, kind, self._peer.sent(wrong))


def _unary(name: str) -> Any:
    def method(self: Remote) -> Any:
        return self._peer.ask(name, self)

    return method


def _binary(name: str, *, swapped: bool = False) -> Any:
    def method(self: Remote, other: object) -> Any:
        pair = (other, self) if swapped else (self, other)
        return self._peer.ask(name, *pair)

    return method


for _name in UNARY:
    if _name != "dir":
        setattr(Remote, f"__{_name}__", _unary(_name))
for _name in (*COMPARISONS, *BINARY):
    setattr(Remote, f"__{_name}__", _binary(_name))
for _name in BINARY:
    setattr(Remote, f"__r{_name}__", _binary(_name, swapped=True))


class Words:
    """The ``__doc__`` of what stands for another object: that of the object."""

    def __get__(self, it: Any, kind: Any) -> Any:
        """Asked for there."""
        target = kind if it is None else it
        number = "_number" in (
            vars(kind) if it is None else object.__getattribute__(it, "__dict__")
        )
        return target._peer.ask("getattr", target, "__doc__") if number else None  # noqa: SLF001


def made(kind: type, peer: Peer, number: int) -> Any:
    """An object of a class of stand-ins, made without its ``__init__``."""
    it: Any = object.__new__(kind)
    object.__setattr__(it, "_peer", peer)
    object.__setattr__(it, "_number", number)
    return it
