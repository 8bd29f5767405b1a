"""What a run is to do, from the program to the process that confines it.

``marshal`` carries it: both ends are one interpreter, the words are our own, and it needs no
import.  Plain classes, for ``dataclasses`` alone would double the start of a run.
"""

from __future__ import annotations

import marshal
import os

WORKSPACE = "/tmp"  # noqa: S108 - the one writable place inside; outside it does not exist
USER = 1000
"""The number of the user that the code sees itself as."""
NOBODY = 65534
"""Who the code is outside where the program itself is root."""
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
Pairs = tuple[tuple[str, str], ...]


class Bounds:
    """Limits that the kernel or the warden holds: bytes, seconds of CPU, and counts.

    ``whole_address_space``: may it be limited too?  Some tools reserve far more than they use.
    ``None``: nor may what is mapped to be written to; such a tool maps terabytes and holds little,
    and only what it holds is counted.
    """

    __slots__ = ("cpu", "memory", "open_files", "processes", "whole_address_space", "workspace")

    def __init__(
        self,
        cpu: int,
        memory: int,
        open_files: int,
        processes: int,
        whole_address_space: bool | None,  # noqa: FBT001 - a field
        workspace: int,
    ) -> None:
        self.cpu = cpu
        self.memory = memory
        self.open_files = open_files
        self.processes = processes
        self.whole_address_space = whole_address_space
        self.workspace = workspace


class Scene:
    """What the code finds: paths that are seen read-only under their own names, symbolic links
    (name, target), the writable folder, and the environment."""

    __slots__ = ("environment", "folder", "links", "readable")

    def __init__(
        self, environment: Pairs, folder: str, links: Pairs, readable: tuple[str, ...]
    ) -> None:
        self.environment = environment
        self.folder = folder
        self.links = links
        self.readable = readable


class Orders:
    """One run: files to write, and programs to start one after the other.

    ``keep`` are descriptors that the code is given, as 3, 4…; ``need`` are the layers without
    which nothing is started.
    """

    __slots__ = ("bounds", "files", "keep", "need", "scene", "steps")

    def __init__(
        self,
        bounds: Bounds,
        files: tuple[tuple[str, bytes], ...],
        keep: tuple[int, ...],
        need: tuple[str, ...],
        scene: Scene,
        steps: tuple[tuple[str, ...], ...],
    ) -> None:
        self.bounds = bounds
        self.files = files
        self.keep = keep
        self.need = need
        self.scene = scene
        self.steps = steps


def packed(orders: Orders) -> bytes:
    """The message: its length in eight bytes, then itself."""
    bounds = [getattr(orders.bounds, name) for name in Bounds.__slots__]
    scene = [getattr(orders.scene, name) for name in Scene.__slots__]
    rest = (orders.files, orders.keep, orders.need, orders.steps)
    body = marshal.dumps((bounds, scene, rest))
    return len(body).to_bytes(8, "big") + body


def received(source: int) -> Orders:
    """Read a message from a descriptor, which stays open.  ``EOFError`` where it ends early."""
    body = _exactly(source, int.from_bytes(_exactly(source, 8), "big"))
    bounds, scene, rest = marshal.loads(body)  # noqa: S302 - written by our own parent process
    files, keep, need, steps = rest
    return Orders(Bounds(*bounds), files, keep, need, Scene(*scene), steps)


def _exactly(source: int, size: int) -> bytes:
    parts = []
    while size:
        part = os.read(source, min(size, 1 << 20))
        if not part:
            raise EOFError("the program has gone")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
