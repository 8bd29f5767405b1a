"""Reads problems in a process of its own, which is killed where a text takes too long.

The reader is plain Python: in a thread it would hold up whoever types, and could not be stopped.
The process has no computer algebra in it, so it starts in a moment and is small.
"""

from __future__ import annotations

import threading

from assistant.maths.launch import Process
from assistant.maths.pool import Limits, Worker
from assistant.maths.reading.claims.line import Line
from assistant.maths.showing.plot import Picture
from assistant.maths.terms import Expr
from assistant.maths.types import Failure, Problem, Question, Text, Trouble

LIVE_SECONDS = 4.0
"""What a text may take that is read while it is typed, on a machine whose cores a model uses,"""
SECONDS = 10.0
"""and anything else."""
SLOW = Text("this text takes too long to read", "读取这段文字用时过长")
SHORTER = Text("a shorter text, or one formula at a time", "缩短文字，或每次只输入一个公式")
CLOSED = Trouble(Failure.INTERNAL, Text("the reader was closed", "读取进程已关闭"))


class Reader:
    """One process, for any thread; who comes second waits."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._state = threading.Lock()
        self._worker: Worker | None = None
        self._closed = False

    def read(self, question: Question, seconds: float = LIVE_SECONDS) -> Problem | Trouble:
        """The problem, or what was not understood, and where."""
        result = self._run("read", question, seconds)
        assert isinstance(result, Problem | Trouble)
        if isinstance(result, Trouble) and result.code is Failure.TIMEOUT:
            return Trouble(Failure.TIMEOUT, SLOW, suggestion=SHORTER)
        return result

    def line(self, text: str, seconds: float = LIVE_SECONDS) -> Line:
        """What a line of work says; one that takes too long says nothing."""
        result = self._run("line", text, seconds)
        return result if isinstance(result, Line) else Line(text, ())

    def picture(
        self, curves: tuple[Expr, ...], seconds: float = SECONDS
    ) -> Picture | Trouble | None:
        """What a graph of the curves shows; ``None`` where there is nothing to draw."""
        result = self._run("picture", curves, seconds)
        assert result is None or isinstance(result, Picture | Trouble)
        return result

    def _run(self, name: str, argument: object, seconds: float) -> object:
        with self._turn:
            worker = self._started()
            return CLOSED if worker is None else worker.run(name, argument, seconds)

    def _started(self) -> Worker | None:
        with self._state:
            if self._closed:
                return None
            if self._worker is None or not self._worker.alive:
                self._worker = Worker(Limits(), Process(light=True))
            return self._worker

    def start(self) -> None:
        """Have its process load, for who will read something soon.  It is not waited for."""
        self._started()

    def stop(self) -> None:
        """End what runs now; whoever waits for it gets a ``Trouble``."""
        with self._state:
            if self._worker is not None and self._turn.locked():
                self._worker.kill()

    def close(self) -> None:
        """Give the process back.  Whoever waits for it gets a ``Trouble``."""
        with self._state:
            self._closed = True
            if self._worker is not None:
                self._worker.close()
