"""Runs functions before and after a change side by side on made-up inputs.

What is found is one input on which they differ, confirmed in fresh worlds where each version
answers it the same several times; or that none was found, which proves nothing.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.coding import worlds
from assistant.coding.inside import shapes
from assistant.coding.properties.signature import Signature, signature_of
from assistant.coding.reviewing.types import Aspect, Comparison, Difference
from assistant.coding.sandbox import runner
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Limit, NotRun, Outcome
from assistant.coding.sandbox.view import UnsuitableError
from assistant.coding.trial import (
    CANCELLED,
    CODE_ENDED,
    ONLY_LINUX,
    limits_of,
)
from assistant.coding.unjudging import NEEDS, NO_MODULE
from assistant.coding.wording import worded
from runtimes.base import Cancel
from runtimes.texts import Text

INPUTS = 200
PART_OF_TIME = 0.6
"""Of the time of a run; no input is begun after it."""
LONGEST_SHARE = 2.0
"""Seconds for one function."""
AT_ONCE = 4
"""Functions in one run."""
MOST_ENDLESS = 3
"""A function that does not end takes the run with it; those behind it are asked in another."""
EXPLORING_SEED = 0
CONFIRMING_SEEDS = (1, 2, 3)
SIDES = (Text("before the change", "修改前"), Text("after it", "修改后"))
CALLED_OTHERWISE = Text(
    "it is called differently: {0} before, {1} after it", "调用方式不同：修改前 {0}，修改后 {1}"
)
NOT_KNOWN = Text(
    "nothing tells what {0} takes; annotate it, or give an example of a call",
    "无法得知参数 {0} 接受什么；请加上类型注解，或给出调用示例",
)
NO_ARGUMENTS = Text(
    "it takes no arguments by position that could be made up", "没有可以生成的位置参数"
)
OBJECTS = Text(
    "it answers with objects of its own ({0}), whose equality would be their own word",
    "它返回自定义对象（{0}），它们是否相等只能由自己说了算",
)
NOT_LOADED = Text("{0}, the file cannot be loaded: {1}", "{0}，文件无法加载：{1}")
NO_ANSWER = Text(
    "{0}, no answer to {1} came in the time that there was", "{0}，{1} 在限定时间内没有结果"
)
BROKE_OFF = Text("{0}, it broke off at {1}: {2}", "{0}，{1} 中途中断：{2}")
BROKEN = Text("it broke off: {0}", "中途中断：{0}")
NOT_REACHED = Text("there was no time left for it", "没有剩余时间")
GONE = Text("it is not there when the file is loaded", "加载文件后找不到它")
UNSTEADY = Text(
    "{0} differed, but the answer is not the same every time the same version is asked",
    "{0} 的结果不同，但同一版本每次的结果也不一致",
)
ONLY_LATER = Text(
    "{0} differed only after other calls; asked alone, both versions answer the same",
    "{0} 只有在其他调用之后才出现差异；单独调用时两个版本结果相同",
)
ALL_RAISE = Text(
    "every input made up for it raises in both versions; annotate what it takes, or give an "
    "example of a call",
    "为它生成的输入在两个版本中都引发异常；请加上类型注解，或给出调用示例",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A function, and what it can be given on both sides."""

    name: str
    shapes: tuple[str, ...]
    given: tuple[str, ...]
    generator: bool
    guessed: bool


def compare(
    before: Job,
    after: Job,
    functions: Sequence[str],
    policy: Policy,
    *,
    examples: str = "",
    cancel: Cancel | None = None,
) -> tuple[Comparison, ...] | NotRun:
    """Each function of the first file of both jobs, in the order given.

    ``examples`` as for ``signature_of``.  The limits are those of the job after the change, for
    each run.  ``NotRun`` where nothing may be started.
    """
    if refusal := runner.refused(policy):
        return refusal
    if sys.platform != "linux":
        return NotRun(ONLY_LINUX)
    prepared = [_pair(before, after, name, examples) for name in functions]
    comparing = _Comparing(before, after, policy, cancel or Cancel())
    pairs = [pair for pair in prepared if isinstance(pair, Pair)]
    try:
        refused = comparing.run(pairs)
    except UnsuitableError as wrong:
        return runner.unsuitable(wrong)
    if refused is not None:
        return refused
    found = comparing.found
    return tuple(found[p.name] if isinstance(p, Pair) else p for p in prepared)


def _pair(before: Job, after: Job, name: str, examples: str) -> Pair | Comparison:
    """What to give the function; a comparison that could not be made where nobody knows."""

    def not_compared(why: Text) -> Comparison:
        return Comparison(function=name, why=why)

    try:
        old = signature_of(before.files[0].text, name, examples)
        new = signature_of(after.files[0].text, name, examples)
    except ValueError as wrong:
        return not_compared(BROKEN.of(str(wrong)))
    if old is None or new is None:  # a coroutine, or under a condition
        return not_compared(GONE)
    if len(old.parameters) != len(new.parameters) or not (old.callable and new.callable):
        return not_compared(CALLED_OTHERWISE.of(_call(old), _call(new)))
    if not new.parameters:
        return not_compared(NO_ARGUMENTS)
    taken: list[str] = []
    guessed = False
    for one, other in zip(old.parameters, new.parameters, strict=True):
        known = [p for p in (one, other) if p.shape and not p.guessed] or [one, other]
        both = [shapes.read(p.shape) for p in known if p.shape]
        if not both:
            return not_compared(NOT_KNOWN.of(other.name))
        guessed |= known[0].guessed
        taken.append(str(shapes.either(both)))
    given = tuple(dict.fromkeys((*new.examples, *old.examples)))
    return Pair(name, tuple(taken), given, old.generator or new.generator, guessed)


def _call(signature: Signature) -> str:
    return f"{signature.name}({', '.join(parameter.name for parameter in signature.parameters)})"


class _Told:
    """What the comparer reported: it is ours, and in a world of its own."""

    def __init__(self) -> None:
        self.open = self.call = ""
        self.side = 0
        self.records: dict[str, dict[str, object]] = {}
        self.end: dict[str, object] | None = None
        self.confirmed: dict[str, object] | None = None

    def take(self, record: dict[str, object]) -> None:
        """One record."""
        if "open" in record:
            self.open, self.call = str(record["open"]), str(record.get("call", ""))
            self.side = int(bool(record["side"]))
        elif "function" in record:
            self.records[str(record["function"])] = record
            self.open = ""
        elif "steady" in record:
            self.confirmed = record
        else:
            end = record["end"]
            self.end = end if isinstance(end, dict) else {}


class _Comparing:
    def __init__(self, before: Job, after: Job, policy: Policy, cancel: Cancel) -> None:
        self._jobs = (before, after)
        self._policy = policy
        self._cancel = cancel
        self.found: dict[str, Comparison] = {}
        self._over: Text | None = None
        """Why none of those that are left can be compared."""
        self._suspects: dict[str, object] = {}
        """Functions that differed, each with the input as the comparer wrote it."""

    def run(self, pairs: Sequence[Pair]) -> NotRun | None:
        """Compare them all; afterwards each is in ``found``."""
        for _ in range(math.ceil(len(pairs) / AT_ONCE) + MOST_ENDLESS):
            left = [pair for pair in pairs if pair.name not in self.found]
            if not left:
                break
            if self._cancel.is_set():
                self._over = CANCELLED
                break
            refused = self._explore(left[:AT_ONCE])
            if refused is not None:
                return refused
            if self._over is not None:
                break
        left = [pair for pair in pairs if pair.name not in self.found]
        self._all(left, self._over or NOT_REACHED)
        for pair in pairs:
            if pair.name in self._suspects:
                refused = self._confirm(pair)
                if refused is not None:
                    return refused
        return None

    def _all(self, pairs: Sequence[Pair], why: Text) -> None:
        for pair in pairs:
            self.found[pair.name] = Comparison(function=pair.name, shapes=pair.shapes, why=why)

    def _explore(self, pairs: Sequence[Pair]) -> NotRun | None:
        """One run; at least the first of them is found out about, or why not."""
        seconds = PART_OF_TIME * self._jobs[1].limits.seconds / len(pairs)
        plan = {
            "functions": [
                {
                    "name": pair.name,
                    "shapes": pair.shapes,
                    "given": pair.given,
                    "generator": pair.generator,
                    "seconds": min(seconds, LONGEST_SHARE),
                }
                for pair in pairs
            ],
            "examples": INPUTS,
            "seed": 0,
        }
        asked = [worlds.Asked(self._job(side), EXPLORING_SEED) for side in (0, 1)]
        told = _Told()
        ran = self._asked(asked, plan, told)
        if isinstance(ran, NotRun):
            return ran
        for pair in pairs:
            if pair.name in told.records:
                self.found[pair.name] = self._read(pair, told.records[pair.name])
        left = [pair for pair in pairs if pair.name not in self.found]
        if left:
            why, whole = self._why(told, *ran)
            self._all(left[:1], why)
            self._over = why if whole else None
        return None

    def _job(self, side: int) -> Job:
        """Both have the limits of the one after the change."""
        return replace(self._jobs[side], limits=self._jobs[1].limits)

    def _asked(
        self, asked: Sequence[worlds.Asked], plan: dict[str, object], told: _Told
    ) -> tuple[Outcome, tuple[Outcome | NotRun, ...]] | NotRun:
        files = (("plan.json", json.dumps(plan).encode()),)
        tester = ("comparer", files, str(len(asked)))
        outcome, codes = worlds.side_by_side(asked, self._policy, tester, told.take, self._cancel)
        return outcome if isinstance(outcome, NotRun) else (outcome, codes)

    def _why(
        self, told: _Told, outcome: Outcome, codes: tuple[Outcome | NotRun, ...]
    ) -> tuple[Text, bool]:
        """Why it ended early, and whether that holds for all functions that are left."""
        side = SIDES[told.side]
        if Limit.CANCELLED in outcome.limits:
            return CANCELLED, True
        end = told.end
        if end is not None and "load" in end:
            error = str(end["error"])
            missing = NO_MODULE.search(error)
            text = NEEDS.of(missing[1]) if missing else Text("{0}", "{0}", (error,))
            return worded(NOT_LOADED, SIDES[bool(end["load"])], text), True
        if end is None:
            if not told.open:  # while it was loaded, or by itself
                return worded(NOT_LOADED, side, CODE_ENDED), True
            return worded(NO_ANSWER, side, told.call), False
        ended = any(limits_of(code) for code in codes)
        why = CODE_ENDED if ended else Text("{0}", "{0}", (str(end.get("error", "?")),))
        if not told.open:
            return worded(NOT_LOADED, side, why), True
        return worded(BROKE_OFF, side, told.call, why), False

    def _read(self, pair: Pair, record: dict[str, object]) -> Comparison:
        """What was found in the exploring run; a difference is not confirmed yet."""
        found = record["found"]
        assert isinstance(found, dict)
        tried, raised = int(str(record["tried"])), int(str(record["raised"]))
        same = Comparison(
            function=pair.name,
            shapes=pair.shapes,
            tried=tried,
            raised=raised,
            guessed=pair.guessed,
        )
        if "unjudged" in found:
            return replace(same, why=OBJECTS.of(str(found["unjudged"])))
        if "missing" in found:
            return replace(same, why=GONE)
        if "differ" in found:
            self._suspects[pair.name] = found["values"]
        elif tried == raised:
            return replace(same, why=ALL_RAISE)
        return same

    def _confirm(self, pair: Pair) -> NotRun | None:
        """Ask the one input again, in fresh worlds of both versions with other hashes."""
        comparison = self.found[pair.name]
        count = len(CONFIRMING_SEEDS)
        plan: dict[str, object] = {
            "name": pair.name,
            "generator": pair.generator,
            "values": self._suspects[pair.name],
            "sides": [0] * count + [1] * count,
        }
        asked = [
            worlds.Asked(self._job(side), seed) for side in (0, 1) for seed in CONFIRMING_SEEDS
        ]
        told = _Told()
        ran = self._asked(asked, plan, told)
        if isinstance(ran, NotRun):
            return ran
        record = told.confirmed
        why: Text | None = None
        if record is None:
            why, _ = self._why(told, *ran)
        else:
            steady, call = record["steady"], str(record["call"])
            if not isinstance(steady, list) or not all(steady):
                why = UNSTEADY.of(call)
            elif not record["aspect"]:
                why = ONLY_LATER.of(call)
        if why is not None or record is None:
            self.found[pair.name] = replace(comparison, why=why)
            return None
        words = (str(record["before"]), str(record["after"]))
        difference = Difference(str(record["call"]), Aspect(str(record["aspect"])), *words)
        self.found[pair.name] = replace(comparison, difference=difference)
        return None
