"""The tools that are offered to a model, and the running of its calls.

Arguments are a model's words and are read strictly; what is wrong with them is told to the model
as the result, so that it can call again.  A result is text of bounded length.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.events import ToolRan
from assistant.tools.calls import HALF
from runtimes.base import Cancel
from runtimes.errors import RuntimeFailure
from runtimes.types import Tool, ToolCall

LONGEST = 8_000
"""Characters of a result: it has to fit into the window beside the question."""

Run = Callable[[dict[str, str], Cancel], str]


class ToolError(Exception):
    """What the model is told instead of a result."""


@dataclass(frozen=True, slots=True)
class Job:
    """A tool with what does it: ``run(arguments, cancel)`` returns the result.

    ``arguments`` are of the types that the schema names.  It raises ``ToolError``.
    """

    tool: Tool
    run: Run


def job(
    name: str,
    description: str,
    arguments: dict[str, str],
    run: Callable[[dict[str, str], Cancel], str],
) -> Job:
    """A tool whose ``arguments`` are all required texts; their values describe them."""
    schema = {
        "type": "object",
        "properties": {
            key: {"type": "string", "description": told} for key, told in arguments.items()
        },
        "required": list(arguments),
        "additionalProperties": False,
    }
    return Job(Tool(name, description, json.dumps(schema)), run)


class Toolbox:
    """Runs calls, one after another."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = {job.tool.name: job for job in jobs}

    @property
    def tools(self) -> tuple[Tool, ...]:
        """What a model is told of them."""
        return tuple(job.tool for job in self._jobs.values())

    def run(self, call: ToolCall, cancel: Cancel) -> ToolRan:
        """The result of a call; never raises for what the model wrote."""
        job = self._jobs.get(call.name)
        try:
            if job is None:
                raise ToolError(
                    f"there is no tool {call.name!r}; there are: {', '.join(self._jobs)}"
                )
            result = job.run(_arguments(call.arguments, job.tool), cancel)
        except (ToolError, RuntimeFailure) as wrong:
            return ToolRan(call, f"error: {wrong}"[:LONGEST], failed=True)
        except Exception as wrong:  # noqa: BLE001 - a slip of a tool costs its result, not the answer
            slip = f"error: the tool failed: {type(wrong).__name__}"
            return ToolRan(call, slip, failed=True)
        if len(result) > LONGEST:
            result = f"{result[:LONGEST]}\n[cut: {len(result) - LONGEST} characters more]"
        return ToolRan(call, result)


def _arguments(text: str, tool: Tool) -> dict[str, str]:
    """The arguments as the schema wants them.  Raises ``ToolError``."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise ToolError(f"the arguments are no JSON: {wrong}") from wrong
    wanted: list[str] = json.loads(tool.schema)["required"]
    if not isinstance(values, dict) or set(values) != set(wanted):
        raise ToolError(f"the arguments must be an object with exactly: {', '.join(wanted)}")
    for key, value in values.items():
        if not isinstance(value, str):
            raise ToolError(f"{key} must be a text")
        if HALF.search(value):
            raise ToolError(f"{key} holds half a surrogate pair, which is no character")
    return values
