"""One line about the model, the window, the speed.

Where there is no room its words are shorter; only then the least important are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from runtimes.texts import Lang, Text
from tui.rendering.plain import seam as joint
from tui.words import one_line

SEAMS = ("  ", " ")
"""Between short words, the one that leaves less room last."""
LEAST_NAME = 12
"""Cells that are left to the name of a model."""
NO_MODEL = Text("no model: exact solver only", "无模型：仅精确求解")
LOADING = Text("loading {0} %", "加载 {0} %")
READING = Text("reading {0}/{1}", "读取 {0}/{1}")
VOTING = Text("{0} of {1} answers", "第 {0}/{1} 个回答")
WINDOW = Text("window {0} %", "窗口 {0} %")
SHORT_WINDOW = Text("win:{0}%", "窗口{0}%")
SPEED = Text("{0} tok/s", "{0} 词元/秒")
SHORT_SPEED = Text("{0}tok/s", "{0}词/秒")
FIRST = Text("first {0} s", "首词 {0} 秒")
SHORT_FIRST = Text("1st:{0}s", "首词{0}秒")
MEMORY = Text("memory {0}", "内存 {0}")
LEFT = Text("thinking left {0}", "思考余量 {0}")
SHORT_LEFT = Text("think:{0}", "思考余{0}")
AS_IT_IS = Text("{0}", "{0}")
OFFLINE = Text("offline", "离线")
QUEUED = Text("1 queued", "1 个排队")
STOPPING = Text("stopping…", "正在停止……")


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What is told.  ``loading`` from 0 to 1; ``reading`` done and total tokens of the prompt;
    ``used`` of ``window`` tokens; ``left`` tokens of thinking; ``memory`` of the engine's
    process in bytes."""

    model: str = ""
    engine: str = ""
    loading: float | None = None
    reading: tuple[int, int] | None = None
    voting: tuple[int, int] | None = None
    memory: int | None = None
    used: int | None = None
    window: int | None = None
    rate: float | None = None
    first: float | None = None
    left: int | None = None
    queued: bool = False
    stopping: bool = False
    offline: bool = False


class StatusBar(Static):
    """Draws a ``Status``."""

    def __init__(self, lang: Lang, status: Status) -> None:
        super().__init__(id="status", markup=False)
        self._lang = lang
        self.status = status

    def on_mount(self) -> None:
        """Draw it."""
        self._draw()

    def on_resize(self) -> None:
        """Draw it for the width."""
        self._draw()

    def use_language(self, lang: Lang) -> None:
        """Draw it in this one."""
        self._lang = lang
        self._draw()

    def change(self, **changed: object) -> None:
        """Some of it is different now."""
        status = replace(self.status, **changed)  # type: ignore[arg-type]
        if status != self.status:
            self.status = status
            self._draw()

    def _draw(self) -> None:
        width = self.content_size.width or self.app.size.width
        self.update(Content(line(self.status, self._lang, width)))


def line(status: Status, lang: Lang, width: int) -> str:
    """As many pieces as there is room for, none of them cut off but the name of a model."""
    name, *others = parts(status, lang)
    long, short = [other.long for other in others], [other.short for other in others]
    least = min(cell_len(name.long), LEAST_NAME)
    whole = cell_len(name.long)
    wide = joint()
    tries = [(wide, long, whole), (wide, short, whole), (wide, short, least)]
    for seam, told, cells in [*tries, *((seam, short, least) for seam in SEAMS)]:
        room = width - sum(cell_len(seam + part) for part in told)
        if room >= cells:
            return seam.join([shortened(name.long, room), *told])
    return _most_important(name.long, short, width)


def _most_important(name: str, told: list[str], width: int) -> str:
    seam = SEAMS[-1]
    kept = [shortened(name, LEAST_NAME)]
    room = width - cell_len(kept[0])
    for part in told:
        if (needed := cell_len(seam + part)) <= room:
            kept.append(part)
            room -= needed
    return seam.join(kept)


def shortened(name: str, cells: int) -> str:
    """A name in so many cells: its beginning and its end, which tells the files of a model
    apart."""
    if cell_len(name) <= cells:
        return name
    head, tail = name[: cells // 2], name[-((cells - 1) // 2) :] if cells > 2 else ""
    while head and cell_len(head) + 1 + cell_len(tail) > cells:
        head, tail = head[:-1], tail[1:]
    return f"{head}…{tail}"


@dataclass(frozen=True, slots=True)
class Piece:
    """What is told of one thing, in many words and in few."""

    long: str
    short: str


def parts(status: Status, lang: Lang) -> list[Piece]:
    """The pieces of the line, the most important first."""

    def piece(text: Text, *args: object, short: Text | None = None) -> Piece:
        long = text.template(lang).format(*args)
        return Piece(long, long if short is None else short.template(lang).format(*args))

    found: list[Piece | None] = [
        piece(AS_IT_IS, one_line(status.model)) if status.model else piece(NO_MODEL),
        piece(STOPPING) if status.stopping else None,
        None if status.loading is None else piece(LOADING, int(100 * status.loading)),
        None if status.reading is None else piece(READING, *status.reading),
        None if status.voting is None else piece(VOTING, *status.voting),
        piece(QUEUED) if status.queued else None,
        piece(OFFLINE) if status.offline else None,
        None if status.rate is None else piece(SPEED, _figure(status.rate), short=SHORT_SPEED),
        None if (used := _used(status)) is None else piece(WINDOW, used, short=SHORT_WINDOW),
        None if status.memory is None else piece(MEMORY, _size(status.memory), short=AS_IT_IS),
        None if status.left is None else piece(LEFT, status.left, short=SHORT_LEFT),
        None if status.first is None else piece(FIRST, _figure(status.first), short=SHORT_FIRST),
        piece(AS_IT_IS, status.engine) if status.engine else None,
    ]
    return [part for part in found if part is not None]


def _used(status: Status) -> int | None:
    """Hundredths of the window."""
    if status.used is None or not status.window:
        return None
    return min(100 * status.used // status.window, 100)


def _figure(number: float) -> str:
    """Enough of it to compare by."""
    return f"{number:.1f}" if number < 100 else f"{number:.0f}"


def _size(taken: int) -> str:
    return f"{taken / 1e9:.1f} GB" if taken >= 1e9 else f"{taken / 1e6:.0f} MB"
