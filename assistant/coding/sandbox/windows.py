"""A Job Object of Windows: limits for a program and all that it starts, and their common end."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Callable

from assistant.coding.sandbox.types import Limits

SUSPENDED = 4
"""The program starts only when it is in the job."""
EXTENDED_LIMITS = 9
LIMIT_PROCESSES, LIMIT_JOB_MEMORY, KILL_ON_CLOSE, NO_ERROR_BOX = 0x8, 0x200, 0x2000, 0x400


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_set", ctypes.c_size_t),
        ("most_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    """``JOBOBJECT_EXTENDED_LIMIT_INFORMATION``."""

    _fields_ = (
        ("basic", _Basic),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process", ctypes.c_size_t),
        ("peak_job", ctypes.c_size_t),
    )


def limits_record(limits: Limits) -> _Extended:
    """The limits as Windows reads them."""
    record = _Extended()
    record.basic.flags = LIMIT_PROCESSES | LIMIT_JOB_MEMORY | KILL_ON_CLOSE | NO_ERROR_BOX
    record.basic.processes = limits.processes
    record.job_memory = limits.memory
    return record


if sys.platform == "win32":

    def in_job(process: subprocess.Popen[bytes], limits: Limits) -> Callable[[], None]:
        """Put a suspended program into a job of its own and let it start; how to end it all."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(int(process._handle))  # noqa: SLF001 - there is no public one
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        record = limits_record(limits)
        size = ctypes.sizeof(record)
        held = (
            job.value
            and kernel.SetInformationJobObject(job, EXTENDED_LIMITS, ctypes.byref(record), size)
            and kernel.AssignProcessToJobObject(job, handle)
        )
        if not held:
            process.kill()
            raise ctypes.WinError(ctypes.get_last_error())
        ctypes.WinDLL("ntdll").NtResumeProcess(handle)

        def end() -> None:
            kernel.TerminateJobObject(job, 1)
            kernel.CloseHandle(job)

        return end
