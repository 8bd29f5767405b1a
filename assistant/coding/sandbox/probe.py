"""Tries each way on this machine, by a program that does nothing, and remembers the answer
until the machine starts again."""

from __future__ import annotations

import json
import os
from pathlib import Path

from assistant import __version__, paths
from assistant.coding.inside.orders import WORKSPACE, Bounds, Orders, Scene
from assistant.coding.sandbox import bubblewrap
from assistant.coding.sandbox.policy import HIDDEN, NEEDED, NO_FILTER, NO_NAMESPACES, Policy, Way
from assistant.coding.sandbox.process import Ended, Process, environment
from assistant.coding.sandbox.types import Layer
from assistant.coding.sandbox.view import UnsuitableError, hidden, interpreter, view
from runtimes.texts import Text

BOOT = Path("/proc/sys/kernel/random/boot_id")
SECONDS = 10.0


def remembered() -> Policy:
    """The best way that works, as it was found since the machine started, or is found now."""
    key = _key()
    known = _remembered(key)
    if known is not None:
        return known
    policy = try_all()
    if policy.isolated:
        _remember(key, policy)
    return policy


def try_all() -> Policy:
    """Each way in turn, until one is enough."""
    if covered := _covered():
        return Policy(Way.LOOSE, attempt(Way.LOOSE).layers, HIDDEN.of(covered, WORKSPACE))
    why = ""
    best: Policy | None = None
    for way in (Way.BUBBLEWRAP, Way.DIRECT, Way.LOOSE):
        if way is Way.BUBBLEWRAP and bubblewrap.found() is None:
            continue
        ended = attempt(way)
        layers = ended.layers
        policy = Policy(way, layers)
        if policy.isolated:
            return policy
        if best is None or len(layers) > len(best.layers):
            best = policy
        why = why or ended.failure
    assert best is not None
    text = NO_NAMESPACES if Layer.SECCOMP in best.layers else NO_FILTER
    return Policy(Way.LOOSE, best.layers, Text(text.en, text.zh, (why,)))


def _covered() -> str:
    """The place of this Python, where no world can show it; else nothing."""
    try:
        return hidden(view().readable)
    except UnsuitableError:
        return ""


def attempt(way: Way) -> Ended:
    """Run a program that does nothing, and see what held it."""
    need = () if way is Way.LOOSE else tuple(sorted(layer.value for layer in NEEDED))
    try:
        seen = view()
    except UnsuitableError as wrong:
        return Ended(failure=f"{wrong} holds both Python and your files")
    orders = Orders(
        bounds=Bounds(5, 256 << 20, 64, 16, True, 1 << 20),  # noqa: FBT003
        files=(),
        keep=(),
        need=need,
        scene=Scene(environment(WORKSPACE), WORKSPACE, seen.links, seen.readable),
        steps=((interpreter(), "-I", "-S", "-c", "pass"),),
    )
    with Process(orders, way, output=4096) as process:
        return process.communicate(b"", SECONDS)


def _key() -> list[str]:
    """What the answer depends on."""
    boot = BOOT.read_text(encoding="ascii").strip() if BOOT.exists() else ""
    tool = bubblewrap.found() or ""
    return [boot, __version__, str(os.geteuid()), interpreter(), tool]


def _file() -> Path:
    return paths.state_folder() / "sandbox.json"


def _remembered(key: list[str]) -> Policy | None:
    """What was found since the machine started.  A run relies on nothing of it: a layer that is
    written here and does not hold starts no code."""
    try:
        record = json.loads(_file().read_text(encoding="utf-8"))
        if key[0] and record["key"] == key:
            policy = Policy(Way(record["way"]), tuple(Layer(name) for name in record["layers"]))
            return policy if policy.isolated else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None


def _remember(key: list[str], policy: Policy) -> None:
    record = {"key": key, "way": policy.way, "layers": list(policy.layers)}
    file = _file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.write_text(json.dumps(record), encoding="utf-8")
        draft.replace(file)
    except OSError:  # it is found anew next time
        return
