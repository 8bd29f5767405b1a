"""The first time: a problem is solved at once, then a model is offered that fits."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import ContentSwitcher, Input, OptionList

from assistant.firstrun import remember
from assistant.maths.reader import Reader
from assistant.overview import Overview, machine_line
from runtimes.store.types import bytes_text
from runtimes.texts import Lang, Text
from runtimes.types import Wish
from tui.keyboard.keys import bound, key_of
from tui.messages import Forecast, JobEnded, JobMoved, ModelsSeen, PictureMade, Solved
from tui.models.deeds import Deeds
from tui.models.jobs import Job
from tui.models.work import Answer, Forecaster, Question
from tui.rendering.reading import trouble_lines
from tui.rendering.solution import Work
from tui.screens.base import AppScreen
from tui.solving.work import FIRST_SECONDS, Order, Solver
from tui.widgets.drawn import Drawn
from tui.widgets.field import Field
from tui.widgets.joblines import JobLine
from tui.widgets.keybar import KeyBar
from tui.widgets.memorybar import MemoryBar
from tui.widgets.rowlist import Row as Line
from tui.widgets.rowlist import RowList
from tui.widgets.sentence import Sentence
from tui.widgets.solution import SolutionView
from tui.words import joined, say

if TYPE_CHECKING:
    from assistant.modellist import Row
    from tui.app import AssistantApp

PROBLEMS = {
    Lang.EN: ("x^2 - 5x + 6 = 0", "integrate x*e^x", "x + y = 35, 2x + 4y = 94"),
    Lang.ZH: ("解方程 x^2 - 5x + 6 = 0", "求 x*e^x 的不定积分", "x + y = 35, 2x + 4y = 94"),
}
WELCOME = Text(
    "Welcome. Every step here is checked by an exact engine, on this computer.",
    "欢迎！这里的每一步都由本机上的精确引擎检验。",
)
TYPE = Text(
    "Type a problem of yours, or take this one: {0} solves it, {1} and {2} offer another.",
    "输入你的题目，或直接用这一道：按 {0} 求解，按 {1} 和 {2} 换一道。",
)
SOLVING = Text("solving…", "正在求解……")
SOLVED = Text(
    "No model was needed for that. {0}: a model that also explains in words and writes code.",
    "以上求解无需模型。按 {0}：选一个还能用文字讲解并编写代码的模型。",
)
MODEL = Text("A model for this computer", "适合本机的模型")
LOOKING = Text("looking at this computer…", "正在查看本机……")
ADVICE = Text("{0} ({1}), {2}, licence {3}", "{0}（{1}），{2}，许可 {3}")
TIME = Text(
    "The download takes about {0} min at 10 MB/s, {1} min at 1 MB/s; it can be stopped and goes on"
    " later.",
    "下载约需 {0} 分钟（10 MB/s）或 {1} 分钟（1 MB/s）；可随时停止，以后继续。",
)
PULL = Text("Pull {0} ({1}) and use it", "下载并使用 {0}（{1}）")
USE = Text("Use {0}, which is on this disk", "使用本机已有的 {0}")
OFFLINE = Text("Pull {0}: not now, the network must not be used", "下载 {0}：离线，暂不可用")
MICRO = Text("Try micro, a toy model that needs no download", "试用 micro：无需下载的演示模型")
NONE = Text("No model now: the exact solver alone", "暂不使用模型：仅用精确求解")
ON = Text("Go on to the chat", "进入对话")
ON_MEANWHILE = Text("Go on to the chat meanwhile", "先进入对话")
LATER = Text("{0} shows all models at any time.", "随时可按 {0} 查看全部模型。")
MICRO_ID = "micro"


class FirstRunScreen(AppScreen[str]):
    """Two pages; one key leaves it for good.  The result is what was typed and not solved."""

    app: AssistantApp
    AUTO_FOCUS = "#asked"
    CSS_PATH: ClassVar[list[str]] = [  # type: ignore[assignment]
        "../styles/solve.tcss",
        "../styles/models.tcss",
        "../styles/first_run.tcss",
    ]
    WAY_ON = "first.next"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("first.solve", "go", show=True, priority=True),
        bound("first.next", "next", show=True, priority=True),
        bound("first.stop", "stop", show=True, priority=True),
        bound("first.skip", "skip", show=True, priority=True),
        bound("first.later", "another(1)", show=True, priority=True),
        bound("first.earlier", "another(-1)", priority=True),
        bound("first.page_up", "page(-1)", priority=True),
        bound("first.page_down", "page(1)", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        self._row: Row | None = None
        self._seen: Overview | None = None
        self._job: Job | None = None
        self._reader = Reader()
        self._deaf: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """The problem, and behind it the model."""
        lang = self.app.lang
        self.solver = Solver(self.app.desk.means, self._reader, self.post_message)
        self._deeds = Deeds(self.app, self.post_message)
        keys = (self._key("first.solve"), self._key("first.earlier"), self._key("first.later"))
        with ContentSwitcher(initial="problem-page", id="step"):
            with Vertical(id="problem-page"):
                yield Sentence(WELCOME, lang, classes="title")
                yield Sentence(TYPE.of(*keys), lang, classes="hint")
                yield Field(id="asked", placeholder=PROBLEMS[lang][0], compact=True)
                yield SolutionView(lang, self._key)
            with VerticalScroll(id="model-page"):
                yield Sentence(MODEL, lang, classes="title")
                yield Sentence(LOOKING, lang, id="advice")
                yield RowList(id="choice", compact=True)
                yield JobLine(lang)
                yield MemoryBar(lang)
                yield Sentence(None, lang, id="room")
                yield Sentence(LATER.of(self._key("app.models")), lang, classes="hint")
        yield KeyBar(lang)

    def on_mount(self) -> None:
        """Look at the machine meanwhile."""
        self._deaf = self.app.jobs.listen(self.post_message)
        self._deeds.look()

    def use_language(self, lang: Lang) -> None:
        """Offer problems, and what can be chosen, in this one."""
        self.query_one("#asked", Input).placeholder = PROBLEMS[lang][self._at]
        if self.query_one("#choice", OptionList).option_count:
            self._offer()

    def on_unmount(self) -> None:
        """What was begun for it is given up; a download goes on."""
        self._deaf()
        self.solver.stop()
        threading.Thread(target=self._reader.close, name="close reader", daemon=True).start()

    def _key(self, name: str) -> str:
        """No method is chosen here, so there is no key for it."""
        return "" if name == "solve.method" else key_of(self.app, name)

    @property
    def _on_model(self) -> bool:
        return self.query_one(ContentSwitcher).current == "model-page"

    # --- the problem ---------------------------------------------------------------------------

    def offers(self, action: str) -> bool:
        """Only what can be done now."""
        asked = self.query_one("#asked", Input)
        field = self.focused is asked
        match action:
            case "go":
                return field or self.focused is self.query_one("#choice")
            case "another":  # what the user has typed is not thrown away
                return field and asked.value in ("", *PROBLEMS[self.app.lang])
            case "page":
                return not self._on_model
            case "stop":
                return self._pulling
            case "skip":
                return not self._pulling
        return True

    @property
    def _pulling(self) -> bool:
        """Is there something to be stopped?  Once it is told to, the same key leads on."""
        job = self.app.jobs.running
        return job is not None and not job.cancel.is_set()

    def action_another(self, by: int) -> None:
        """Offer another problem."""
        problems = PROBLEMS[self.app.lang]
        self._at = (self._at + by) % len(problems)
        field = self.query_one("#asked", Input)
        field.placeholder = problems[self._at]
        field.value = ""

    def action_go(self) -> None:
        """Solve the problem that is typed, or offered; on the other page, take the choice."""
        if self._on_model:
            choice = self.query_one("#choice", OptionList)
            choice.call_later(choice.action_select)  # behind the keys that went to it
            return
        self.query_one("#asked", Input).call_later(self._solve)  # behind what was typed

    async def _solve(self) -> None:
        field = self.query_one("#asked", Input)
        text = field.value.strip() or field.placeholder
        field.value = text
        view = self.query_one(SolutionView)
        await view.show_nothing(Sentence(SOLVING, self.app.lang, classes="hint"))
        self.solver.start(Order(text, None, "", FIRST_SECONDS))

    async def on_solved(self, message: Solved) -> None:
        """Show it."""
        message.stop()
        if not self.solver.ended(message.attempt):
            return
        view = self.query_one(SolutionView)
        result, text = message.result, message.attempt.order.text
        if isinstance(result, Work):
            await view.show(result)
            told = SOLVED.of(self._key("first.next"))
            await view.mount(Sentence(told, self.app.lang, classes="hint"))
            if not self._on_model:
                view.focus()
        else:
            trouble = result

            def lines(width: int) -> Content:
                return Content("\n".join(trouble_lines(text, trouble, self.app.lang, width)))

            await view.show_nothing(Drawn(lines, classes="trouble"))
        self.refresh_bindings()

    def on_solution_view_graph_wanted(self) -> None:
        """Draw it in another process."""
        work = self.query_one(SolutionView).work
        if work is not None:
            self.solver.draw(work)

    async def on_picture_made(self, message: PictureMade) -> None:
        """Show it."""
        message.stop()
        await self.query_one(SolutionView).show_picture(message)

    def action_page(self, direction: int) -> None:
        """Scroll the solution."""
        view = self.query_one(SolutionView)
        if direction < 0:
            view.scroll_page_up(animate=False)
        else:
            view.scroll_page_down(animate=False)

    # --- the model -----------------------------------------------------------------------------

    def on_models_seen(self, message: ModelsSeen) -> None:
        """Offer the model that fits."""
        if message.failure is not None or message.seen is None:
            if message.failure is not None:
                self._deeds.complain(message.failure)
            self._offer()
            return
        seen = self._seen = message.seen
        row = self._row = seen.advice.row
        lines = [machine_line(seen.machine), seen.advice.why]
        if row is not None:
            entry = row.entry
            licence = entry.licence.name if entry.licence is not None else "?"
            lines.insert(1, ADVICE.of(entry.title, entry.id, bytes_text(row.size), licence))
            forecaster = Forecaster(seen.machine, self._tell_forecast)
            forecaster.ask(Question(entry.spec(row.variant), Wish()))
            if not row.here:
                minutes = [math.ceil(row.size / speed / 60) for speed in (10e6, 1e6)]
                self.query_one("#room", Sentence).say(TIME.of(*minutes))
        self.query_one("#advice", Sentence).say(joined(*lines))
        self._offer()

    def _tell_forecast(self, answer: Answer) -> None:
        self.post_message(Forecast(answer))

    def on_forecast(self, message: Forecast) -> None:
        """The memory bar of the model."""
        if self._seen is not None:
            self.query_one(MemoryBar).show(message.answer.plan, self._seen.machine)

    def _offer(self) -> None:
        """What can be chosen now."""
        lang, row = self.app.lang, self._row
        found: list[tuple[Text, Callable[[], None]]] = []
        running = self.app.jobs.running is not None
        done = self._job is not None and self._job.said is not None
        if running or done:
            found.append((ON_MEANWHILE if running else ON, self._leave))
        elif row is not None:
            name = row.entry.id
            if row.here:
                found.append((USE.of(name), lambda: self._use(name, lasting=True)))
            elif self._deeds.offline:
                found.append((OFFLINE.of(name), self._stay))
            else:
                told = PULL.of(name, bytes_text(row.size))
                found.append((told, lambda: self._pull(name)))
        if not (running or done):
            found.append((MICRO, lambda: self._use(MICRO_ID, lasting=False)))
            found.append((NONE, self._leave))
        choice = self.query_one("#choice", OptionList)
        choice.set_options([Line(Content(say(text, lang)), choose) for text, choose in found])
        choice.highlighted = 0
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        event.stop()
        if isinstance(event.option, Line):
            event.option.what()

    def _stay(self) -> None:
        """It cannot be done now."""

    def _pull(self, name: str) -> None:
        self._deeds.pull_first(name)

    def _use(self, name: str, *, lasting: bool) -> None:
        self._deeds.take(name, lasting=lasting)
        self._leave()

    def on_job_moved(self, message: JobMoved) -> None:
        """Draw how far the download is."""
        if message.job.over:
            return
        new, self._job = message.job is not self._job, message.job
        self.query_one(JobLine).show(message.job)
        if new:
            self._offer()

    def on_job_ended(self, message: JobEnded) -> None:
        """Draw what came of it; the memory bar is that of the real file now."""
        self._job = message.job
        self.query_one(JobLine).show(message.job)
        self.query_one("#room", Sentence).say(None)
        self._deeds.look()

    def action_stop(self) -> None:
        """Stop the download."""
        self.app.jobs.stop()

    # --- on and away ---------------------------------------------------------------------------

    def action_next(self) -> None:
        """To the model, and then to the chat."""
        if self._on_model:
            self._leave()
            return
        self.query_one(ContentSwitcher).current = "model-page"
        self.query_one("#choice").focus()
        self.refresh_bindings()

    def action_skip(self) -> None:
        """To the chat."""
        self._leave()

    def _leave(self) -> None:
        """For good."""
        threading.Thread(target=remember, name="remember", daemon=True).start()
        typed, work = self.query_one("#asked", Input).value, self.query_one(SolutionView).work
        done = work is not None and work.problem.source.strip() == typed.strip()
        self.leave("" if done or typed in PROBLEMS[self.app.lang] else typed)
