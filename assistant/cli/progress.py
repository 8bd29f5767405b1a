"""How far a transfer or a reading of bytes is: a bar with speed and time left on a terminal,
a line now and then elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
import time
from types import TracebackType
from typing import Self

from assistant.cli import diagnostics
from assistant.maths.showing.words import clean, filled
from assistant.maths.types import Lang
from runtimes.store.types import bytes_text
from runtimes.texts import Text

FULL, EMPTY = "█", "░"
OFTEN = 0.1
"""Seconds between two looks of the bar."""
STEP = 10
"""Percent between two lines where nobody looks at a terminal."""
LEFT = Text("{0} left", "剩余 {0}")


class Bar:
    """Writes to stderr until the block ends; a bar goes away then.

    ``plain``: lines, also on a terminal.
    """

    def __init__(self, lang: Lang, *, plain: bool = False) -> None:
        self.done = self.total = 0
        self._lang = lang
        self._live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not plain
        self._drawn = False
        self._told: tuple[str, str, int] = ("", "", -1)
        self._when = float("-inf")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        wrong: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the bar away, so that something else can be written."""
        if self._drawn:
            diagnostics.write("\r\x1b[2K")
            sys.stderr.flush()
            self._drawn = False

    def show(
        self, name: str, done: int, total: int, speed: float | None, note: Text | None = None
    ) -> None:
        """``done`` of ``total`` bytes (0: nobody knows) at ``speed`` bytes a second; ``note``
        is what is being done, where that is not plain.  Called often."""
        self.done, self.total = done, total
        said = filled(note, self._lang, str) if note else ""
        percent = 100 * done // total if total else -1
        now = time.monotonic()
        if self._live:
            if now - self._when >= OFTEN or (percent == 100 and self._told[2] != 100):
                self._when, self._told = now, (name, said, percent)
                self._draw(clean(name), said, speed)
            return
        told = (name, said, percent // STEP)
        if told != self._told and (total or said):
            self._told = told
            diagnostics.write(", ".join(self._facts(clean(name), said, speed)) + "\n")
            sys.stderr.flush()

    def _facts(self, name: str, said: str, speed: float | None) -> list[str]:
        facts = [f"{name}: {said}" if name and said else name or said]
        if self.total:
            facts.append(f"{100 * self.done // self.total} %")
            facts.append(f"{bytes_text(self.done)} / {bytes_text(self.total)}")
        return facts + self._pace(speed)

    def _pace(self, speed: float | None) -> list[str]:
        if not speed:
            return []
        facts = [f"{bytes_text(int(speed))}/s"]
        if self.total > self.done:
            left = duration((self.total - self.done) / speed)
            facts.append(LEFT.template(self._lang).format(left))
        return facts

    def _draw(self, name: str, said: str, speed: float | None) -> None:
        from rich.cells import cell_len, set_cell_size

        width = max(20, shutil.get_terminal_size((80, 24)).columns - 1)
        right = "  ".join(self._fitting(said, speed, width - 4))
        room = width - cell_len(right) - 2
        bar = min(30, room // 3) if self.total else 0
        line = f"{fitted(name, room - bar - 2)}  {self._blocks(bar)}  {right}"
        diagnostics.write(f"\r\x1b[2K{set_cell_size(line, width).rstrip()}")
        sys.stderr.flush()
        self._drawn = True

    def _fitting(self, said: str, speed: float | None, width: int) -> list[str]:
        """The facts, without the sizes and then the speed where there is no room for them."""
        from rich.cells import cell_len

        facts = [said] if said else []
        if not self.total:
            return facts
        percent = f"{100 * self.done // self.total:3d} %"
        sizes = f"{bytes_text(self.done)} / {bytes_text(self.total)}"
        pace = self._pace(speed)
        for tried in ([percent, *facts, sizes, *pace], [percent, *facts, *pace]):
            if cell_len("  ".join(tried)) <= width:
                return tried
        return [percent, *facts, *pace[1:]]

    def _blocks(self, width: int) -> str:
        if width < 5:
            return ""
        full = width * self.done // self.total
        unicode = (sys.stderr.encoding or "").lower().startswith("utf")
        signs = (FULL, EMPTY) if unicode else ("#", ".")
        return signs[0] * full + signs[1] * (width - full)


def fitted(name: str, width: int) -> str:
    """A name in so many cells; of a long one the end stays, where names of files differ."""
    from rich.cells import cell_len

    if cell_len(name) <= width:
        return name
    tail = name
    while tail and cell_len(tail) > width - 1:
        tail = tail[1:]
    return f"…{tail}" if width > 1 else ""


def duration(seconds: float) -> str:
    """``1:07`` or ``2:05:30``."""
    minutes, rest = divmod(int(min(seconds, 359_999)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
