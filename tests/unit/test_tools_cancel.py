"""Tools that compute end with the turn, whatever they are doing."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable

import pytest

from assistant.events import ToolRan
from assistant.maths.pool import Limits, Pool
from assistant.maths.reading import read_problem
from assistant.maths.types import Question
from assistant.tools.offered import calculator, units
from assistant.tools.toolbox import Job, Toolbox
from runtimes.base import Cancel
from runtimes.types import ToolCall


def run(made: Job, cancel: Cancel, **arguments: str) -> ToolRan:
    call = ToolCall("1", made.tool.name, json.dumps(arguments))
    return Toolbox((made,)).run(call, cancel)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        (calculator, {"problem": "integrate sqrt(tan(x)) * x * exp(x) * log(1 + x) dx"}),
        (units, {"quantity": "(" * 900 + "miles", "unit": "km"}),
    ],
)
def test_a_tool_ends_when_it_is_cancelled(
    tool: Callable[[Pool], Job], arguments: dict[str, str]
) -> None:
    cancel = Cancel()
    with Pool(Limits(seconds=60.0)) as pool:
        pool.run("read", Question("x"))
        threading.Timer(0.3, cancel.set).start()
        begun = time.monotonic()
        assert run(tool(pool), cancel, **arguments).failed
        assert time.monotonic() - begun < 5
        assert run(calculator(pool), Cancel(), problem="2 + 2").result.startswith("4")


@pytest.mark.slow
def test_a_tool_does_not_wait_for_a_busy_worker_once_it_is_cancelled() -> None:
    cancel = Cancel()
    with Pool(Limits(seconds=60.0)) as pool:
        hard = read_problem("integrate sqrt(tan(x)) * x * exp(x) * log(1 + x) dx")
        busy = threading.Thread(target=lambda: pool.run("solve", hard, 4.0))
        busy.start()
        time.sleep(0.2)
        cancel.set()
        begun = time.monotonic()
        assert run(calculator(pool), cancel, problem="2 + 2").failed
        assert time.monotonic() - begun < 2
        busy.join()
