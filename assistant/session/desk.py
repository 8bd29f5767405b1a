"""What one answer is written with, and where in it each turn of the model begins."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.session.checks import StepChecks
from assistant.session.code_checks import CodeChecks
from assistant.session.options import TurnOptions
from assistant.session.orders import Order
from assistant.session.pump import Pump
from assistant.session.tally import Tally
from assistant.tools.toolbox import Toolbox
from runtimes.base import Cancel, Model
from runtimes.types import StreamEvent


@dataclass(slots=True)
class Desk:
    """What an answer is written with.  ``now`` is set by the user who wants no more thinking;
    whoever sets it rings the ``pump``."""

    model: Model
    options: TurnOptions
    pump: Pump[StreamEvent]
    cancel: Cancel
    tally: Tally
    checks: StepChecks | None = None
    toolbox: Toolbox | None = None
    may_repair: bool = False
    now: bool = False
    code: CodeChecks | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """A turn of the model: what it was asked, and where in the draft its text and its thinking
    begin.  A turn may have several: one more after each call of tools."""

    order: Order
    text: int
    thought: int
