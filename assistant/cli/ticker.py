"""How far a long piece of work is: a line that moves on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
import time
from types import TracebackType
from typing import Self

from rich.cells import cell_len, set_cell_size

from assistant.cli import diagnostics
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from runtimes.installer.progress import Progress

SIGNS = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
ASCII_SIGNS = "|/-\\"
STEP = 10
"""Percent between two lines where nobody looks at a terminal."""


class Ticker:
    """Writes progress to stderr until the block ends; the moving line goes away then."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._start = time.monotonic()
        self._count = 0
        self._said: tuple[str, int] = ("", -1)
        self._drawn = False
        unicode = (sys.stderr.encoding or "").lower().startswith("utf")
        self._signs = SIGNS if unicode else ASCII_SIGNS

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        wrong: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._drawn:
            diagnostics.write("\r\x1b[2K")
            sys.stderr.flush()

    @property
    def live(self) -> bool:
        """Does the line move, on a terminal?"""
        return self._live

    def show(self, progress: Progress) -> None:
        """Draw it; called often."""
        if self._live:
            self._draw(progress)
        else:
            self._say(progress)

    def _draw(self, progress: Progress) -> None:
        sign = self._signs[self._count % len(self._signs)]
        self._count += 1
        line = f"{sign} {self._line(progress)}"
        width = max(10, shutil.get_terminal_size((80, 24)).columns - 1)
        if cell_len(line) > width:
            line = set_cell_size(line, width)
        diagnostics.write(f"\r\x1b[2K{line}")
        sys.stderr.flush()
        self._drawn = True

    def _say(self, progress: Progress) -> None:
        stage = filled(progress.stage, self._lang, str)
        tenth = -1 if progress.fraction is None else int(100 * progress.fraction) // STEP
        if (stage, tenth) != self._said:
            self._said = (stage, tenth)
            diagnostics.write(self._line(progress) + "\n")
            sys.stderr.flush()

    def _line(self, progress: Progress) -> str:
        parts = [filled(progress.stage, self._lang, str)]
        if progress.fraction is not None:
            parts.append(f"{100 * progress.fraction:3.0f} %")
        if progress.detail:
            parts.append(progress.detail)
        minutes, seconds = divmod(int(time.monotonic() - self._start), 60)
        parts.append(f"{minutes}:{seconds:02d}")
        return "  ".join(parts)
