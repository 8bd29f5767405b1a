"""The models: which there are, whether they fit, and all that is done to them; the engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.widgets import ContentSwitcher, OptionList

from assistant.overview import Overview, machine_line
from runtimes.texts import Lang, Text
from tui.keyboard.keys import bound
from tui.messages import (
    ContextChosen,
    EnginesSeen,
    Forecast,
    JobEnded,
    JobMoved,
    Loading,
    ModelsSeen,
)
from tui.models.chosen import Choices, Chosen
from tui.models.deeds import Deeds
from tui.models.jobs import Job, Task
from tui.models.work import Answer, Forecaster, Question
from tui.screens.base import AppScreen
from tui.widgets.enginerows import EngineRows
from tui.widgets.joblines import JobLine
from tui.widgets.modelfacts import KV_TYPES, ModelFacts
from tui.widgets.modelrows import Marks, ModelRows, items
from tui.widgets.roombar import bars
from tui.widgets.sentence import Sentence
from tui.widgets.tabs import Tab
from tui.words import COPIED

if TYPE_CHECKING:
    from assistant.doctor.findings import Finding
    from tui.app import AssistantApp

MODELS, ENGINES = Text("Models", "模型"), Text("Engines", "引擎")
LEGEND = Text(
    "● on this disk  ★ default  ▶ answers in the chat", "● 本机已有  ★ 默认  ▶ 对话使用中"
)


class ModelsScreen(AppScreen[None]):
    """A list, the model that the cursor is on, the job that runs."""

    app: AssistantApp
    AUTO_FOCUS = "#models"
    CSS_PATH = "../styles/models.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual has it
        (0, "-narrow"),
        (60, "-usual"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]  # noqa: RUF012 - as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("models.stop", "stop", show=True),
        bound("models.back", "back", show=True),
        bound("models.pull", "pull", show=True),
        bound("models.chat", "chat", show=True),
        bound("models.copy", "copy", show=True),
        bound("models.examine", "examine", show=True),
        bound("models.more", "context(1)", show=True, priority=True),
        bound("models.less", "context(-1)", priority=True),
        bound("models.kv", "kv", show=True),
        bound("models.engines", "engines", show=True),
        bound("models.add", "add", show=True),
        bound("models.remove", "remove", show=True),
        bound("models.load", "load", show=True),
        bound("models.unload", "unload", show=True),
        bound("models.default", "default", show=True),
        bound("models.verify", "verify", show=True),
        bound("models.form", "form", show=True),
        bound("models.all", "all", show=True),
        bound("models.usual", "usual"),
        bound("models.refresh", "refresh"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._seen: Overview | None = None
        self._everything = False
        self._choices = Choices()
        self._forecaster: Forecaster | None = None
        self._job: Job | None = None
        self._findings: list[Finding] = []
        self._deaf: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """From the top: the tabs, the models or the engines, the job, the keys."""
        lang = self.app.lang
        with Horizontal(id="top"):
            yield Tab(MODELS, lang, "models", chosen=True)
            yield Tab(ENGINES, lang, "engines")
            yield Sentence(None, lang, id="machine")
        with ContentSwitcher(initial="shelf", id="pages"):
            with Container(id="shelf"):
                yield ModelRows(lang)
                yield ModelFacts(lang)
            yield EngineRows(lang)
        legend = None if self.app.has_class("-plain") else LEGEND  # the rows say it
        yield Sentence(legend, lang, id="marks")
        yield JobLine(lang)
        yield from bars(lang)

    def on_mount(self) -> None:
        """Look what there is."""
        jobs = self.app.jobs
        self._deeds = Deeds(self.app, self.post_message)
        self._deaf = jobs.listen(self.post_message)
        self._job = jobs.running
        self.query_one(JobLine).show(self._job)
        self._deeds.look()

    def use_language(self, lang: Lang) -> None:  # noqa: ARG002 - the parts know it soon
        """What is told of the model in this one."""
        self.call_later(self._draw_facts)

    def on_unmount(self) -> None:
        """Nobody is to be told any more."""
        self._deaf()

    def on_screen_resume(self) -> None:
        """Another model may have been chosen meanwhile."""
        if self._seen is not None:
            self._draw_rows()

    # --- what there is -------------------------------------------------------------------------

    @property
    def rows(self) -> ModelRows:
        """The list."""
        return self.query_one(ModelRows)

    @property
    def facts(self) -> ModelFacts:
        """The model that the cursor is on."""
        return self.query_one(ModelFacts)

    @property
    def chosen(self) -> Chosen | None:
        """The same, with what was chosen for it."""
        item = self.rows.item
        if item is None or self._seen is None:
            return None
        return self._choices.of(item, self._seen.catalog)

    def on_models_seen(self, message: ModelsSeen) -> None:
        """Draw the list."""
        if message.done and self._job is not None and self._job.over:
            self._show_job(None)  # what came of it need not be true any more
        if message.failure is not None:
            self.rows.fail(message.failure)
            self._deeds.complain(message.failure)
            return
        seen = self._seen = message.seen
        assert seen is not None
        self._forecaster = Forecaster(
            seen.machine, lambda answer: self.post_message(Forecast(answer))
        )
        self.query_one("#machine", Sentence).say(machine_line(seen.machine))
        self._draw_rows(message.at)
        self._draw_facts()

    def _tell_forecast(self, answer: Answer) -> None:
        self.post_message(Forecast(answer))

    def _draw_rows(self, at: str = "") -> None:
        seen = self._seen
        assert seen is not None
        desk, row = self.app.desk, seen.advice.row
        marks = Marks(
            default=seen.default,
            in_use=desk.model_name,
            advised=row.entry.id if row is not None else "",
        )
        self.rows.show(items(seen, everything=self._everything), marks, at)
        self.refresh_bindings()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another model."""
        event.stop()
        if event.option_list is self.rows:
            self._draw_facts()

    def _draw_facts(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            row = self._seen.advice.row if self._seen is not None else None
            advised = row is not None and row.entry == chosen.item.entry
            self.facts.show(chosen.item, chosen.spec, chosen.form, advised=advised)
            self._ask()

    def _ask(self) -> None:
        chosen = self.chosen
        if chosen is not None and chosen.spec is not None and self._forecaster is not None:
            self._forecaster.ask(Question(chosen.spec, chosen.wish))
        self.refresh_bindings()  # what is loaded may be loaded anew in another memory

    def on_forecast(self, message: Forecast) -> None:
        """Draw it, if it is about what is shown."""
        chosen, seen = self.chosen, self._seen
        if chosen is None or seen is None or chosen.spec is None:
            return
        if message.answer.question == Question(chosen.spec, chosen.wish):
            wish = (chosen.wish.context, chosen.wish.kv_type)
            self.facts.forecast(chosen.item, message.answer, seen.machine, wish)

    def on_context_chosen(self, message: ContextChosen) -> None:
        """Another window."""
        message.stop()
        if (chosen := self.chosen) is not None:
            self._choices.take_context(chosen.item, message.tokens)
            self._ask()

    # --- the actions ---------------------------------------------------------------------------

    def offers(self, action: str) -> bool:
        """Only what can be done now is offered."""
        if action == "stop":
            return self.app.jobs.running is not None
        if action in ("engines", "refresh"):
            return True
        engines = any(pages.current == "engines" for pages in self.query(ContentSwitcher))
        if action in ("copy", "examine"):
            return engines
        if action == "back":
            return engines and not self.offers("stop")
        if action in ("add", "all"):
            return not engines
        chosen = self.chosen
        if engines or chosen is None:
            return not hasattr(self, f"action_{action}")
        return self._choices.allows(action, chosen, self.app.desk)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter: use it, or bring it first."""
        event.stop()
        chosen = self.chosen
        if event.option_list is not self.rows:
            self.action_copy()
        elif chosen is not None and chosen.ready:
            self.action_chat()
        else:
            self.action_pull()

    def action_context(self, by: int) -> None:
        """Move the slider."""
        self.facts.slider.move(by)

    def action_usual(self) -> None:
        """Leave the window to the planner."""
        self.facts.slider.usual()

    def action_kv(self) -> None:
        """The next type of the KV cache."""
        if (chosen := self.chosen) is not None:
            at = KV_TYPES.index(chosen.wish.kv_type)
            self._choices.take_kv(chosen.item, KV_TYPES[(at + 1) % len(KV_TYPES)])
            self._ask()

    def action_form(self) -> None:
        """The next form."""
        if (chosen := self.chosen) is not None:
            self._choices.next_form(chosen.item)
            self._draw_facts()

    def action_all(self) -> None:
        """Show, or hide, what does not fit."""
        self._everything = not self._everything
        if self._seen is not None:
            self._draw_rows()

    def action_refresh(self) -> None:
        """Look again."""
        self._deeds.look()
        if self.query_one(ContentSwitcher).current == "engines":
            self._deeds.look_at_engines()

    def action_pull(self) -> None:
        """Bring it."""
        if (chosen := self.chosen) is not None:
            self._deeds.pull(chosen.name)

    def action_verify(self) -> None:
        """Read its files again."""
        if (chosen := self.chosen) is not None:
            self._deeds.verify(chosen.name)

    def action_load(self) -> None:
        """Load it, in the memory that was chosen."""
        if (chosen := self.chosen) is not None:
            self._deeds.load(chosen.name, chosen.wish)

    def action_unload(self) -> None:
        """Give the memory back."""
        self._deeds.unload()

    def action_chat(self) -> None:
        """Let it answer from now on."""
        if (chosen := self.chosen) is not None:
            self._deeds.use(chosen)

    def action_default(self) -> None:
        """Mean it where no model is named."""
        if (chosen := self.chosen) is not None:
            self._deeds.make_default(chosen.name)

    def action_add(self) -> None:
        """Add one of the user's own."""
        self._deeds.add()

    def action_remove(self) -> None:
        """Ask, and remove it."""
        if (chosen := self.chosen) is not None:
            self._deeds.remove(chosen)

    # --- the engines ---------------------------------------------------------------------------

    def action_engines(self) -> None:
        """The other page."""
        pages = self.query_one(ContentSwitcher)
        engines = pages.current != "engines"
        pages.current = "engines" if engines else "shelf"
        self.query_one("#marks").display = not engines
        for tab in self.query(Tab):
            tab.choose((tab.page == "engines") == engines)
        (self.engines if engines else self.rows).focus()
        if engines and not self.engines.known:
            self._deeds.look_at_engines()
        self.refresh_bindings()

    def action_back(self) -> None:
        """To the models again."""
        self.action_engines()

    @property
    def engines(self) -> EngineRows:
        """The other page."""
        return self.query_one(EngineRows)

    def on_engines_seen(self, message: EnginesSeen) -> None:
        """Draw them."""
        self.engines.show(message.states)

    def action_copy(self) -> None:
        """The remedy into the clipboard."""
        if remedy := self.engines.remedy:
            self.app.copy_to_clipboard(remedy)
            self._deeds.tell(COPIED)

    def action_examine(self) -> None:
        """What the doctor finds."""
        self._findings.clear()
        self._deeds.examine(self._findings)

    # --- the jobs ------------------------------------------------------------------------------

    def _show_job(self, job: Job | None) -> None:
        new, self._job = job is not self._job or job is None or job.over, job
        self.query_one(JobLine).show(job)
        if job is not None and job.task is Task.EXAMINE and self._findings:
            self.engines.found(tuple(self._findings))
        if new:
            self.refresh_bindings()

    def on_job_moved(self, message: JobMoved) -> None:
        """Draw how far it is."""
        if not message.job.over:
            self._show_job(message.job)

    def on_job_ended(self, message: JobEnded) -> None:
        """Draw what came of it."""
        job = message.job
        self._show_job(job)
        self._deeds.look()
        if self.is_current:
            return
        if job.failure is not None:
            self._deeds.complain(job.failure)
        elif job.said is not None:
            self._deeds.tell(job.said)

    def on_loading(self, message: Loading) -> None:
        """The model that is being loaded is further."""
        job = self._job
        if job is not None and job.task is Task.LOAD and not job.over:
            job.fraction = message.fraction
            self._show_job(job)

    def action_stop(self) -> None:
        """Stop it and keep what came."""
        self.app.jobs.stop()
        if self._job is not None:
            self._show_job(self._job)
