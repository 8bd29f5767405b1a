"""A job run to its end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from assistant.coding.inside.orders import WORKSPACE, Bounds, Orders, Scene
from assistant.coding.sandbox import elsewhere, languages
from assistant.coding.sandbox.policy import NEEDED, Policy, Way
from assistant.coding.sandbox.process import Ended, Process, environment
from assistant.coding.sandbox.types import Job, Layer, Limit, Limits, NotRun, Outcome
from assistant.coding.sandbox.view import HiddenError, UnsuitableError, hidden, view
from runtimes.base import Cancel
from runtimes.texts import Text

HIDDEN = Text(
    "nothing was run: {0} is needed for it, and code that is run has {1} for its own and finds it "
    "empty; install it elsewhere",
    "没有运行：需要 {0}，而被运行的代码独占 {1}，其中是空的；请安装到别处",
)
CPU_SIGNAL, SIZE_SIGNAL, KILL_SIGNAL = 24, 25, 9


def run(job: Job, policy: Policy, cancel: Cancel | None = None) -> Outcome | NotRun:
    """Run a program, and wait for it.

    ``NotRun`` where the policy does not allow it, the language's tool is missing, or a layer
    that the policy counts on does not hold.  Raises ``ValueError`` for a file name with a path.
    """
    if refusal := refused(policy):
        return refusal
    if not job.files or not all(languages.is_plain(file.name) for file in job.files):
        raise ValueError("files need plain names")
    tool = languages.tool_of(job.language)
    if tool is None:
        return NotRun(
            Text("{0} is not installed", "没有安装 {0}", (languages.TOOLS[job.language][0],)),
        )
    if sys.platform != "linux":
        return elsewhere.run(job, languages.recipe(job, tool), cancel or Cancel())
    with folder(policy) as place:
        try:
            orders = _orders(job, policy, tool, place)
        except UnsuitableError as wrong:
            return unsuitable(wrong)
        limits = job.limits
        with Process(orders, policy.way, limits.output) as process:
            ended = process.communicate(
                job.stdin.encode("utf-8", "replace"), limits.seconds, cancel
            )
    return outcome(ended, limits, len(orders.steps))


def refused(policy: Policy) -> NotRun | None:
    """Why nothing may be run, where that is so."""
    if policy.allows:
        return None
    lacking = policy.lacking or Text("isolation is missing", "缺少隔离")
    return NotRun(
        Text(f"nothing was run: {lacking.en}", f"没有运行：{lacking.zh}", lacking.args),
        isolation=True,
    )


@contextmanager
def folder(policy: Policy) -> Iterator[str]:
    """The writable place: in the code's own world, or else a temporary folder of this one."""
    if policy.way is not Way.LOOSE:
        yield WORKSPACE
        return
    with TemporaryDirectory(prefix="assistant-run-", ignore_cleanup_errors=True) as place:
        yield os.path.realpath(place)


def _orders(job: Job, policy: Policy, tool: str, place: str) -> Orders:
    recipe = languages.recipe(job, tool)
    return Orders(
        bounds=bounds(job.limits, whole_address_space=recipe.whole_address_space),
        files=tuple((file.name, file.text.encode("utf-8", "replace")) for file in job.files),
        keep=(),
        need=needed(policy),
        scene=scene(recipe.tools, policy, place),
        steps=recipe.steps,
    )


def scene(tools: tuple[str, ...], policy: Policy, place: str) -> Scene:
    """What a program with these tools finds.  ``UnsuitableError`` as in ``view``."""
    seen = view(tools)
    if policy.way is not Way.LOOSE and (covered := hidden(seen.readable)):
        raise HiddenError(covered)
    return Scene(environment(place), place, seen.links, seen.readable)


def bounds(limits: Limits, *, whole_address_space: bool | None = True) -> Bounds:
    """The part of the limits that is held inside."""
    return Bounds(
        memory=limits.memory,
        workspace=limits.workspace,
        cpu=limits.cpu,
        open_files=limits.open_files,
        processes=limits.processes,
        whole_address_space=whole_address_space,
    )


def needed(policy: Policy) -> tuple[str, ...]:
    """The layers without which the code does not start: all that were found to work here."""
    if policy.way is Way.LOOSE:
        return ()
    inner = {Layer.LANDLOCK, *NEEDED} & set(policy.layers)
    return tuple(sorted(layer.value for layer in inner | NEEDED))


def outcome(ended: Ended, limits: Limits, steps: int) -> Outcome | NotRun:
    """What became of a run."""
    if ended.failure and Limit.CANCELLED not in ended.limits:
        text = Text("it could not be started: {0}", "无法启动：{0}", (ended.failure,))
        return NotRun(text)
    exit_, signal_ = _parted(ended.status)
    hit = list(ended.limits)
    if signal_ == CPU_SIGNAL or (signal_ == KILL_SIGNAL and ended.cpu_seconds >= limits.cpu):
        hit.append(Limit.CPU)
    if signal_ == SIZE_SIGNAL:
        hit.append(Limit.FILE_SIZE)
    return Outcome(
        exit=exit_,
        signal=signal_,
        stdout=ended.stdout.decode("utf-8", "replace"),
        stderr=ended.stderr.decode("utf-8", "replace"),
        limits=tuple(dict.fromkeys(hit)),
        layers=ended.layers,
        seconds=ended.seconds,
        cpu_seconds=ended.cpu_seconds,
        peak_memory=ended.peak_memory,
        compiling=ended.step < steps - 1,
    )


def _parted(status: int | None) -> tuple[int | None, int | None]:
    """Exit status and signal of what ``wait`` gave; what was ended by us was killed."""
    if status is None:
        return None, KILL_SIGNAL
    code = os.waitstatus_to_exitcode(status)
    return (code, None) if code >= 0 else (None, -code)


def unsuitable(wrong: UnsuitableError) -> NotRun:
    """Nothing was run, for a tool's folder would show the user's files, or cannot be shown."""
    if isinstance(wrong, HiddenError):
        return NotRun(HIDDEN.of(str(wrong), WORKSPACE))
    return NotRun(
        Text(
            "nothing was run: {0} holds a tool and files of yours side by side",
            "没有运行：{0} 中既有工具又有你的文件",
            (str(wrong),),
        ),
        isolation=True,
    )
