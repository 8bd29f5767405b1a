"""What a runtime is, and the token that stops one.

The contract of ``Model.stream``, held by ``tests/contract`` over every runtime:

- any number of progress and delta events, then exactly one ``Finished``;
- the joined deltas are valid text with no stop string, no tag and no half character;
- after ``cancel.set()`` the next event is ``Finished(CANCELLED)`` and the device goes idle;
- the same seed and parameters give the same text where ``Capability.SEED`` is claimed;
- what the model cannot do raises ``Unsupported`` before the first event, and a prompt that does
  not fit into the window raises ``Overflow``;
- a second stream while one is open raises ``Busy``; an abandoned generator counts as cancelled;
- ``close`` may be called any number of times, and gives all memory back;
- only ``runtimes.errors`` come out, with the engine's exception as ``__cause__``;
- where the last message is an assistant's, that turn is continued (see below).

**Continuing.**  With ``Capability.CONTINUE`` a conversation may end in an assistant's message:
its ``reasoning`` is the thinking so far, its ``text`` the answer so far, and the deltas are only
what is new.  If there is text, or ``thinking_tokens`` is 0, the thinking is over (its closing tag
is put behind ``reasoning``) and an answer is written; else the thinking goes on.  Of a model that
never thinks the reasoning is left out.  What stood in the old text stays text, tags included.
Limits, stop strings, constraint and usage are of the new part.  A turn with tool calls cannot be
continued: that raises ``Unsupported``, as does every continuation where the capability is
missing.  The old text is best cut behind a word or a line with its end: a model that must go on
in the middle of one of its tokens stumbles.  Where the engine is ours and still holds the turn,
only its last tokens are read again, unless a seed is given: then nothing may depend on what was
written before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import Protocol

from runtimes.types import (
    Availability,
    GenerationParams,
    LoadOptions,
    LoadProgress,
    Machine,
    MemoryPlan,
    MemoryReport,
    Message,
    ModelSpec,
    SampleEvent,
    StreamEvent,
    Wish,
)


class Cancel:
    """Asks a stream or a load to stop.  Any thread, and a signal handler, may set it.

    Setting it twice means "now": what does not stop by itself is killed.  There is no lock in it
    that a signal handler could find held by the very code that it has interrupted.
    """

    def __init__(self) -> None:
        self._set = False
        self._forced = False
        self._listeners: list[Callable[[], None]] = []

    def set(self) -> None:
        """Ask to stop; the second time, insist."""
        self._forced, self._set = self._set, True
        for listener in tuple(self._listeners):
            listener()

    def is_set(self) -> bool:
        """Was it asked for?"""
        return self._set

    @property
    def forced(self) -> bool:
        """Was it asked for twice?"""
        return self._forced

    def wait(self, seconds: float) -> bool:
        """Sleep, but no longer than until it is set; the result is ``is_set()``."""
        bell: SimpleQueue[None] = SimpleQueue()
        remove = self.listen(lambda: bell.put(None))
        try:
            bell.get(timeout=seconds)
        except Empty:
            pass
        finally:
            remove()
        return self._set

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` at every ``set``, at once if it was set already.

        The result takes the listener off again.
        """
        self._listeners.append(listener)
        if self._set:
            listener()

        def remove() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return remove


OnProgress = Callable[[LoadProgress], None]


class Model(Protocol):
    """A loaded model.  Not for use by two threads at once, except for ``close``."""

    @property
    def spec(self) -> ModelSpec:
        """What was loaded; its ``capabilities`` are those that it really has."""

    @property
    def context(self) -> int:
        """Tokens of the window, prompt and answer together; 0 where a server does not say."""

    @property
    def parallel(self) -> int:
        """How many answers of ``stream_many`` are written side by side; the others wait."""

    def count_tokens(self, messages: Sequence[Message]) -> int | None:
        """Tokens that these messages take as a prompt; ``None`` where nobody can tell."""

    def stream(
        self, messages: Sequence[Message], params: GenerationParams, cancel: Cancel
    ) -> Iterator[StreamEvent]:
        """The answer as it is written (see the contract at the top)."""

    def stream_many(
        self, messages: Sequence[Message], n: int, params: GenerationParams, cancel: Cancel
    ) -> Iterator[SampleEvent]:
        """``n`` answers, ``parallel`` of them side by side, each in a window of its own and ended
        by a ``Finished`` of its own.

        Sample ``k`` uses the seed ``params.seed + k``.  Cancelling ends all that are open.
        """

    def memory(self) -> MemoryReport | None:
        """What it takes now; ``None`` where it runs elsewhere."""

    def close(self) -> None:
        """Stop, and give everything back."""


class Runtime(Protocol):
    """An engine behind its adapter."""

    @property
    def name(self) -> str:
        """The word in ``ModelSpec.runtime``."""

    def probe(self) -> Availability:
        """Does it work here?  Cheap: it loads no engine into this process."""

    def plan(self, spec: ModelSpec, machine: Machine, wish: Wish) -> MemoryPlan:
        """Where each part would go; a plan whose fit is ``NO`` where it cannot be had."""

    def load(
        self,
        spec: ModelSpec,
        plan: MemoryPlan,
        options: LoadOptions,
        on_progress: OnProgress,
        cancel: Cancel,
    ) -> Model:
        """Start the model.  Raises ``runtimes.errors``; cancelled, it raises ``EngineFailed``
        and leaves nothing behind."""
