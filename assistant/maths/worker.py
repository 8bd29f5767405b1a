"""The process in which SymPy runs: ``python -m assistant.maths.worker``.

It reads jobs from standard input and writes results to standard output, one pickle
with its length before it; both ends are this program.  It is killed, never
interrupted: SymPy's integrator does not survive an interrupt.  When its parent goes it
ends, even inside one long operation on big integers, which no Python thread could
interrupt: by a signal from its lifeline, and by a limit on processor time.
"""

from __future__ import annotations

import gc
import os
import pickle
import struct
import sys
import threading
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import IO, cast

from assistant.maths.limits import MAX_DIGITS

QUIET_SECONDS = 2.0
"""After so long without a job, what later jobs may need is loaded."""
SPARE_SECONDS = 30.0
"""Processor time for one piece of it."""
HEADER = struct.Struct(">Q")


def send(stream: IO[bytes], value: object) -> None:
    """Write one framed value."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(HEADER.pack(len(body)) + body)
    stream.flush()


def hand_over(stream: IO[bytes], result: object, instead: object) -> None:
    """Write a result; ``instead`` where it is nested too deeply to be written."""
    try:
        send(stream, result)
    except RecursionError:  # raised before anything was written
        send(stream, instead)


def receive(stream: IO[bytes]) -> object:
    """Read one framed value.  Raises ``EOFError`` when the other side is gone."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        raise EOFError
    body = stream.read(HEADER.unpack(header)[0])
    return pickle.loads(body)  # noqa: S301 - both ends of the pipe are this program


def limit_memory(size: int) -> None:
    """Let an allocation above ``size`` bytes of address space fail (POSIX)."""
    try:
        import resource
    except ImportError:  # Windows has no such limit; the deadline still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def limit_time(seconds: float) -> None:
    """End the process after so much more processor time (POSIX)."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    stop = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (stop, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def end_with(lifeline: int) -> None:
    """End when the other end of this pipe is closed (POSIX).

    The system sends SIGIO, whose default action ends a process, without Python's help.
    """
    import fcntl
    import signal

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)


def _feed(messages: SimpleQueue[object]) -> None:
    """Pass messages on; when the parent is gone, end at once, whatever is being computed."""
    try:
        while True:
            messages.put(receive(sys.stdin.buffer))
    except (EOFError, OSError):
        os._exit(0)


def _next(messages: SimpleQueue[object], spare: Iterator[None]) -> object:
    """The next message.  While none comes, ``spare`` goes on, a piece at a time."""
    wait = QUIET_SECONDS
    while True:
        try:
            return messages.get(timeout=wait)
        except Empty:
            wait = 0.0
            limit_time(SPARE_SECONDS)  # that of the last job is over
            try:
                next(spare)
            except Exception:  # noqa: BLE001 - it is over; a fault is told by the job that needs it
                return messages.get()


def main() -> None:
    """Serve jobs until the pipe closes.  The first message is the memory limit in bytes."""
    if len(sys.argv) > 1 and sys.argv[1]:
        end_with(int(sys.argv[1]))
    sys.set_int_max_str_digits(MAX_DIGITS)
    results = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not break the frames
    messages: SimpleQueue[object] = SimpleQueue()
    threading.Thread(target=_feed, args=(messages,), daemon=True).start()
    gc.disable()  # importing makes no garbage; collecting during it costs a sixth of the start
    from assistant.maths.jobs import TOO_DEEP, Job, clear_caches, run, warm, warm_reader, warm_words

    if "light" in sys.argv[2:]:
        warm_reader()
    else:
        warm()
    gc.freeze()
    gc.enable()
    spare = iter(()) if "light" in sys.argv[2:] else warm_words()
    limit_memory(cast("int", _next(messages, spare)))
    send(results, None)
    while True:
        job = cast("Job", _next(messages, spare))
        limit_time(job.seconds)
        hand_over(results, run(job), TOO_DEEP)
        clear_caches()


if __name__ == "__main__":
    main()
