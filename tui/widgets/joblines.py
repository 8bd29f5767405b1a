"""How far a job about a model is, and what came of it."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from runtimes.store.types import bytes_text
from runtimes.texts import Lang, Text
from tui.models.jobs import Job, Task
from tui.rendering.plain import lead, plain
from tui.words import one_line, say

DOING = {
    Task.PULL: Text("pulling {0}", "正在下载 {0}"),
    Task.VERIFY: Text("verifying {0}", "正在校验 {0}"),
    Task.REMOVE: Text("removing {0}", "正在删除 {0}"),
    Task.LOAD: Text("loading {0}", "正在加载 {0}"),
    Task.EXAMINE: Text("examining this machine", "正在检查本机"),
}
STOPPED = Text("{0}: stopped", "{0}：已停止")
KEPT = Text(
    "{0}: stopped; what came is kept, and pulling again goes on from there",
    "{0}：已停止；已下载的部分会保留，再次下载将从此处继续",
)
STOPPING = Text("stopping…", "正在停止……")
LEFT = Text("{0} left", "剩余 {0}")
TRY = Text("try: {0}", "建议：{0}")
FULL, EMPTY = "█", "░"
LONGEST_BAR = 30


def duration(seconds: float) -> str:
    """``1:07`` or ``2:05:30``."""
    minutes, rest = divmod(int(min(max(seconds, 0), 359_999)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def facts(job: Job, lang: Lang) -> list[str]:
    """What is known of a running job, the most important first."""
    found = []
    if job.share is not None:
        found.append(f"{int(100 * job.share)} %")
    if job.cancel.is_set():
        found.append(STOPPING.template(lang))
    elif job.note is not None:
        found.append(one_line(say(job.note, lang), 60))
    if job.total:
        found.append(f"{bytes_text(job.done)} / {bytes_text(job.total)}")
    if job.speed:
        found.append(f"{bytes_text(int(job.speed))}/s")
    if job.seconds_left is not None:
        found.append(say(LEFT.of(duration(job.seconds_left)), lang))
    return found


def running_line(job: Job, lang: Lang, width: int) -> Content:
    """A job that runs, on one line: what does not fit is left out."""
    head = one_line(say(DOING[job.task].of(job.name), lang), max(width // 2, 12))
    room = width - cell_len(head)
    kept = []
    for fact in facts(job, lang):
        if cell_len(fact) + 2 <= room:
            kept.append(fact)
            room -= cell_len(fact) + 2
    blocks = 0 if plain() else min(room - 2, LONGEST_BAR)
    drawn: list[str | tuple[str, str]] = [head]
    if job.share is not None and blocks >= 5:
        full = int(blocks * job.share)
        drawn += ["  ", (FULL * full, "$primary"), (EMPTY * (blocks - full), "$text-muted")]
    drawn += [f"  {fact}" for fact in kept]
    return Content.assemble(*drawn)


def outcome(job: Job, lang: Lang) -> Content:
    """What came of it, with what to do about a failure."""
    if job.failure is not None:
        lines: list[str | tuple[str, str]] = [
            (f"{lead('!')}{job.name}: {say(job.failure.message, lang)}", "$text-error")
        ]
        if job.failure.remedy is not None:
            told = say(TRY.of(say(job.failure.remedy, lang)), lang)
            lines.append(f"\n{told}")
        return Content.assemble(*lines)
    if job.said is not None:
        return Content.assemble((lead("●") + say(job.said, lang), "$text-success"))
    text = KEPT if job.task is Task.PULL and job.done else STOPPED
    return Content.assemble((lead("■") + say(text.of(job.name), lang), "$text-warning"))


class JobLine(Static):
    """Draws a job; nothing where there was none."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(classes="job", markup=False)
        self._lang = lang
        self._job: Job | None = None
        self.display = False

    def show(self, job: Job | None) -> None:
        """Draw this one as it is now."""
        self._job = job
        self.display = job is not None
        self._draw()

    def use_language(self, lang: Lang) -> None:
        """Draw it in this one."""
        self._lang = lang
        self._draw()

    def on_resize(self) -> None:
        """Draw it for the width."""
        self._draw()

    def _draw(self) -> None:
        job = self._job
        if job is None:
            return
        width = self.content_size.width or self.app.size.width - 2
        over = outcome(job, self._lang) if job.over else None
        self.update(over or running_line(job, self._lang, width))
