"""Where a run begins: reads the orders, makes the world (or finds itself in one), and guards.

Arguments: how (``direct``; ``inside`` a world that bubblewrap made; ``loose``, without one, where
the user has said so), the descriptor to read orders from, and the one to report to.
"""

from __future__ import annotations

import os
import sys

from assistant.coding.inside import kernel, namespaces
from assistant.coding.inside.orders import received
from assistant.coding.inside.warden import Warden


def main() -> None:
    """Run what was ordered; a failure before the code starts is reported as one line."""
    how, leash, say = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    os.set_inheritable(leash, False)  # noqa: FBT003
    os.set_inheritable(say, False)  # noqa: FBT003
    kernel.set_signal(kernel.SIGINT, kernel.SIG_IGN)  # the only one that would reach process 1
    try:
        orders = received(leash)
        if how == "direct":
            first = namespaces.enter()
            if first:
                os.waitpid(first, 0)
                return
            kernel.prctl(kernel.PR_SET_PDEATHSIG, kernel.SIGKILL)
            namespaces.build(orders)
        if how == "loose":  # nothing is its own: at least no descendant gets out of sight
            kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
            os.chdir(orders.scene.folder)
        else:
            os.write(say, b"layer namespaces\n")
        Warden(orders, say, leash).guard()
    except BaseException as wrong:  # noqa: BLE001 - nothing starts, and why is told
        os.write(say, f"failure {type(wrong).__name__}: {wrong}\n".replace("\n", " ").encode())
        os.write(say, b"\n")
    finally:
        sys.stdout = sys.stderr = None
        os._exit(0)
