"""The methods for each task, in the order in which they are tried."""

from __future__ import annotations

from assistant.maths.solving import linear
from assistant.maths.solving.common import Method
from assistant.maths.types import Task

METHODS: dict[Task, tuple[Method, ...]] = {
    Task.SOLVE: (linear.one_unknown,),
}
