"""Is all memory back after a model was unloaded?

    python tests/bench/unload.py FILE.gguf [--times 3]

Prints the resident memory of this program and all its processes before a model is loaded, while
it is, and after it was unloaded, in MiB, and on an NVIDIA card what the card has in use.
"""

from __future__ import annotations

import argparse
import time

import psutil

from runtimes import registry
from runtimes.base import Cancel
from runtimes.catalog import load_catalog
from runtimes.machine import probe_machine
from runtimes.types import GenerationParams, LoadOptions, Message, Role, Wish

MIB = 1 << 20


def resident() -> int:
    """MiB of this process and of all that it has started."""
    me = psutil.Process()
    total: int = sum(p.memory_info().rss for p in (me, *me.children(recursive=True)))
    return total // MIB


def on_cards() -> int:
    """MiB in use on all graphics cards."""
    return sum(a.total - a.free for a in probe_machine().accelerators) // MIB


def main() -> None:
    """Load, write a little, unload; again and again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    spec = load_catalog().find(f"file:{options.file}")
    runtime = registry.runtime(spec.runtime)
    plan = runtime.plan(spec, probe_machine(), Wish(context=4096))
    print("| before | loaded | after | on cards before | loaded | after |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for _ in range(options.times):
        rows = [resident(), on_cards()]
        model = runtime.load(spec, plan, LoadOptions(), lambda _p: None, Cancel())
        params = GenerationParams(max_tokens=8)
        list(model.stream((Message(Role.USER, "Hello"),), params, Cancel()))
        rows += [resident(), on_cards()]
        model.close()
        time.sleep(1.0)  # a driver needs a moment
        rows += [resident(), on_cards()]
        memory, cards = rows[::2], rows[1::2]
        print("| " + " | ".join(str(n) for n in (*memory, *cards)) + " |")


if __name__ == "__main__":
    main()
