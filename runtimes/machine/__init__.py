"""What this machine has: memory, cores, accelerators, each asked of the system itself.

``host`` (memory and cores), ``cgroups`` (the limits of a container), ``flags`` (what the
processor can do), ``nvidia``, ``amd``, ``metal`` (accelerators).  Each takes what it reads from
as an argument, so that the readings of any machine can be played to it.
"""

from __future__ import annotations

from runtimes.machine.probe import probe_machine

__all__ = ["probe_machine"]
