"""What can go wrong with a runtime: one tree, mapped at one edge of each adapter.

RuntimeFailure
├── NotInstalled        the engine's library is not here
├── Unreachable         no server answers
├── Denied              the server or the hub refuses us: a key, a licence to accept
├── NotFound            no such model, file or name
│   └── NotHere         the name is known, the thing is not here
├── Damaged             a file is broken or lies about itself
├── DoesNotFit          not enough memory; carries the plan
├── Unsupported         this runtime or model cannot do what was asked
├── Overflow            the prompt is longer than the window
├── Truncated           a server read less than was sent
├── Busy                the model is writing already
├── EngineFailed        the engine said no; its own words are quoted
│   ├── EngineCrashed   its process died
│   ├── EngineOutOfMemory
│   └── EngineHung      it did nothing for too long
├── Offline             the network is needed and must not be used
├── DownloadFailed      what came is not what was promised, or did not come
└── DiskFull
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from runtimes.texts import Text

if TYPE_CHECKING:  # `assistant --version` knows failures, and need not know what a model is
    from runtimes.types import MemoryPlan


class RuntimeFailure(Exception):  # noqa: N818 - the leaves read as what happened
    """A failure with its reason and what to do about it, in both languages.

    ``message`` is one sentence; ``remedy`` another, or ``None`` where there is nothing to do.
    """

    def __init__(self, message: Text, remedy: Text | None = None) -> None:
        super().__init__(message.en.format(*message.args))
        self.message = message
        self.remedy = remedy


class NotInstalled(RuntimeFailure):
    """The engine's library is not here."""


class Unreachable(RuntimeFailure):
    """No server answers."""


class Denied(RuntimeFailure):
    """A key is missing or wrong, or a licence must be accepted first."""


class NotFound(RuntimeFailure):
    """No such model, file or name."""


class NotHere(NotFound):
    """The name is known, the thing is not here: not on this disk, or not on the hub or the
    server that was asked."""


class Damaged(RuntimeFailure):
    """A file is broken, or lies about itself."""


class DoesNotFit(RuntimeFailure):
    """Not enough memory; ``plan`` says what is missing and what would fit."""

    def __init__(
        self, message: Text, remedy: Text | None = None, plan: MemoryPlan | None = None
    ) -> None:
        super().__init__(message, remedy)
        self.plan = plan


class Unsupported(RuntimeFailure):
    """This runtime or this model cannot do what was asked; raised before the first event."""


class Overflow(RuntimeFailure):
    """The prompt is longer than the window; nothing was sent, nothing was cut."""


class Truncated(RuntimeFailure):
    """A server read fewer tokens than were sent: its answer is not to the question."""


class Busy(RuntimeFailure):
    """The model is writing already: one stream at a time."""


class EngineFailed(RuntimeFailure):
    """The engine said no."""


class EngineCrashed(EngineFailed):
    """The process of the engine died."""


class EngineOutOfMemory(EngineFailed):
    """The engine asked for more memory than there is, or was killed for it."""


class EngineHung(EngineFailed):
    """The engine did nothing for too long and was stopped."""


class Offline(RuntimeFailure):
    """The network would be needed, and must not be used."""


class DownloadFailed(RuntimeFailure):
    """What came is not what was promised, or it did not come."""


class DiskFull(RuntimeFailure):
    """There is not enough room on the disk."""


def remedies(failure: RuntimeFailure) -> tuple[Text, ...]:
    """What can be done: its own remedy, or else what would fit."""
    if failure.remedy is not None:
        return (failure.remedy,)
    plan = failure.plan if isinstance(failure, DoesNotFit) else None
    return plan.nearest if plan else ()
