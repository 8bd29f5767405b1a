"""The most memory that this process has held."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def host_peak() -> int:
    """The peak of this process's resident memory, in bytes."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    if sys.platform.startswith("linux"):
        # the peak that ``getrusage`` tells begins with that of the process which started us
        found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text("ascii"))
        if found is not None:
            return int(found[1]) * 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
