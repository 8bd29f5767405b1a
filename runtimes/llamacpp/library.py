"""The shared library of llama.cpp: opened once, its log caught, its computations stoppable."""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
from collections import deque
from contextlib import suppress
from functools import cache
from typing import Any

from runtimes.errors import NotInstalled
from runtimes.installer.libraries import preload_cuda
from runtimes.texts import Text

DEBUG, WARN, ERROR, CONTINUED = 1, 3, 4, 5
"""Levels of ggml's log."""

SPIN = "5000"
"""Turns of GNU OpenMP's waiting loop, some 250 microseconds: more than a wait among free cores."""
LINES = 400
"""How many lines of the log are kept; loading a model writes about two hundred."""


class Log:
    """The last lines that llama.cpp logged.  Only errors are printed, for whoever keeps the last
    words of this process."""

    def __init__(self) -> None:
        self._lines: deque[tuple[int, str]] = deque(maxlen=LINES)

    def hear(self, level: int, text: bytes | None, _data: object) -> None:
        """The callback of ``llama_log_set``; called from any thread."""
        if level == DEBUG or not text:
            return
        words = text.decode("utf-8", "replace")
        if level == ERROR:  # the last words of a process that dies of it are what is left of them
            with suppress(OSError):
                os.write(2, text)
        if level == CONTINUED and self._lines:
            before, line = self._lines[-1]
            self._lines[-1] = (before, (line + words)[:2000])
        else:
            self._lines.append((level, words[:2000]))

    def clear(self) -> None:
        """Forget; what is heard from now on belongs to one undertaking."""
        self._lines.clear()

    def lines(self) -> list[str]:
        """What was heard, the oldest first."""
        return [line.rstrip() for _, line in self._lines]

    def complaint(self) -> str:
        """The engine's own reason: its last errors, or warnings, in one line."""
        for least in (ERROR, WARN):
            found = [t.strip() for level, t in self._lines if level == least and t.strip()]
            if found:
                return "; ".join(dict.fromkeys(found[-3:]))[:600]
        return ""


class Library:
    """``api`` is the module of ctypes functions (its names are those of ``llama.h``)."""

    def __init__(self, api: Any) -> None:
        self.api = api
        self.log = Log()
        self._callback = api.llama_log_callback(self.log.hear)  # must live as long as the library
        api.llama_log_set(self._callback, None)
        api.llama_backend_init()

    def system_info(self) -> str:
        """The processor features that this build uses."""
        info: bytes = self.api.llama_print_system_info()
        return info.decode("utf-8", "replace")

    def extra_buffers_are_safe(self) -> bool:
        """May weights be repacked for this processor?

        A build that uses AMX dies of SIGSEGV at the first token of a quantised model
        (``ldtilecfg`` in ``ggml_backend_amx_mul_mat``); with the extra buffer types off it takes
        another path.  A build without AMX is not concerned.
        """
        return "AMX_INT8 = 1" not in self.system_info()


@cache
def open_library() -> Library:
    """llama.cpp, loaded into this process.  Raises ``NotInstalled``."""
    # a failed assertion would otherwise start a debugger to print where it was
    os.environ.setdefault("GGML_NO_BACKTRACE", "1")
    # between two operations the threads wait for each other; GNU's OpenMP spins for 20 ms before
    # it lets others work, so that a busy core makes a token take seconds instead of a fifth
    os.environ.setdefault("GOMP_SPINCOUNT", SPIN)
    preload_cuda()
    try:
        api = importlib.import_module("llama_cpp.llama_cpp")
    except (ImportError, OSError, RuntimeError, AttributeError) as wrong:
        raise NotInstalled(
            Text(
                "llama-cpp-python does not load: {0}",
                "无法加载 llama-cpp-python：{0}",
                (str(wrong)[:300],),
            ),
            Text(
                "assistant engines install llamacpp",
                "assistant engines install llamacpp",
            ),
        ) from wrong
    return Library(api)


class AbortFlag:
    """Stops a running computation from any thread.

    llama.cpp asks a callback before each node of its graph whether to go on.  A callback in
    Python would need the interpreter's lock some thousand times a token.  C's ``strlen`` on a
    buffer of two bytes answers the same question without Python: 0 (go on) while the first byte
    is 0, 1 (stop) after it was set.  The result is read as a C ``bool``, its low byte.
    """

    def __init__(self, api: Any) -> None:
        self._bytes = ctypes.create_string_buffer(2)
        libc = ctypes.CDLL("msvcrt" if sys.platform == "win32" else None)
        self.callback = ctypes.cast(libc.strlen, api.ggml_abort_callback)
        self.data = ctypes.c_void_p(ctypes.addressof(self._bytes))

    def set(self) -> None:
        """Stop what runs, and whatever is begun until ``clear``."""
        self._bytes[0] = b"\x01"

    def clear(self) -> None:
        """Let computations run."""
        self._bytes[0] = b"\x00"
