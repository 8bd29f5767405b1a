"""A task, code, tests, and what running them has shown, side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static, TextArea

from assistant.coding.repair import AttemptBegun, CodeEnd, CodeFinished, Judged
from assistant.coding.repair import TestsWritten as OwnTests
from assistant.coding.sandbox.languages import language_of
from assistant.coding.sandbox.types import Language
from assistant.coding.types import CodeReport, Refused
from runtimes.texts import Lang, Text
from tui.coding import texts
from tui.coding.files import Place, opened
from tui.coding.orders import Orders, failing_call, unheld
from tui.coding.work import ALLOW, ALLOW_LOOSE, CodeWork, Order, Traced, Write
from tui.keyboard.keys import bound, key_of
from tui.messages import CodeEnded, CodeHappened, CodeWritten
from tui.remedies import with_remedy
from tui.rendering.codereport import (
    headline,
    progress_content,
    report_content,
    trace_content,
)
from tui.rendering.plain import joined
from tui.screens.base import AppScreen
from tui.widgets.asking import YesNo
from tui.widgets.choosing import Choice
from tui.widgets.code_parts import CodeParts, Texts
from tui.widgets.prompt import Prompt
from tui.widgets.roombar import bars
from tui.words import COPIED, one_line, say

if TYPE_CHECKING:
    from tui.app import AssistantApp
    from tui.coding.work import Working

TICK = 0.5


class CodeScreen(AppScreen[None]):
    """Four parts; what is written in them stays until it is changed."""

    app: AssistantApp
    AUTO_FOCUS = "#task"
    CSS_PATH = "../styles/code.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]  # noqa: RUF012 - as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("code.stop", "stop", show=True, priority=True),
        bound("code.ask", "ask", show=True, priority=True),
        bound("code.run", "run", show=True, priority=True),
        bound("code.trace", "trace", show=True, priority=True),
        bound("code.loose", "loose", show=True, priority=True),
        bound("code.copy", "copy", priority=True),
        bound("code.answer_now", "answer_now", show=True, priority=True),
        bound("code.part", "part", show=True, priority=True),
        bound("code.versions", "versions", show=True, priority=True),
        bound("code.open", "open", show=True, priority=True),
        bound("code.save", "save", show=True, priority=True),
        bound("code.language", "language", show=True, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._allowed = False
        self._loose = False
        self._orders = Orders()
        self._place = Place()
        self._attempt: AttemptBegun | None = None
        self._versions: list[tuple[Callable[[Lang], Text], CodeReport, Texts]] = []
        """Each with what makes its title, and what stood in the fields."""
        self._of: Texts = {}
        """What stood there when what runs was begun, or was put there since by a model."""
        self._runs = 0

    def compose(self) -> ComposeResult:
        """The parts, one line of facts, the keys."""
        lang = self.app.lang
        self.work = CodeWork(self.app.desk, self.post_message)
        yield CodeParts(lang, self.app.desk.kept)
        yield Prompt(lang)
        yield Static(id="code-facts", markup=False)
        yield from bars(lang)

    def on_mount(self) -> None:
        """Say what can be done here."""
        self._ticks = self.set_interval(TICK, self._tick, pause=True)
        for name in ("code", "tests"):
            self.parts.editor(name).speak(Language.PYTHON)
        self._say(texts.EMPTY.of(key_of(self.app, "code.ask"), key_of(self.app, "code.run")))
        self._tell_facts()

    def on_screen_resume(self) -> None:
        """Another model may have been chosen meanwhile."""
        self._tell_facts()

    def use_language(self, lang: Lang) -> None:  # noqa: ARG002 - the app knows it
        """The facts in this one; the parts see to themselves."""
        self._tell_facts()

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self.work.stop()

    @property
    def parts(self) -> CodeParts:
        """The fields and the result."""
        return self.query_one(CodeParts)

    @property
    def language(self) -> Language:
        """As was chosen, else as the task or the code says."""
        return self._orders.language(self.parts)

    # --- what is to be done ------------------------------------------------------------------

    def offers(self, action: str) -> bool:
        """What can be done now."""
        if action in ("open", "trace") and self.query_one(Prompt).asking:
            return False  # what is typed there is not lost
        match action:
            case "stop":  # but a question is left by the same key first
                return self.work.running is not None and not self.query_one(Prompt).asking
            case "answer_now":
                return self.work.running is not None and self.work.running.thinks
            case "ask" | "run" | "trace":
                return self.work.running is None
            case "loose":
                return self._loose and self.work.running is None
            case "open" | "save":
                return not self._writing
            case "versions":
                return bool(self._versions) and not self._writing
            case _:
                return True

    @property
    def _writing(self) -> bool:
        """Does a model write?  Then the field is its own, and belongs to the file it came from."""
        working = self.work.running
        return working is not None and isinstance(working.order, Write)

    def action_ask(self) -> None:
        """Let the model write, or mend what stands in the field."""
        desk, code = self.app.desk, self.parts.text("code")
        if not self.parts.text("task").strip() and not code.strip():
            self.app.tell(texts.NO_TASK)
        elif not desk.model_name:
            self.app.tell(
                texts.NO_MODEL.of(*(key_of(self.app, key) for key in ("app.models", "code.run")))
            )
        elif self._allowed:
            self._ask(run=True)
        else:
            self.app.push_screen(YesNo(ALLOW), self._allow)

    def _allow(self, allowed: bool | None) -> None:  # noqa: FBT001 - it is the answer
        if allowed is not None:
            self._allowed = allowed
            self._ask(run=allowed)

    def _ask(self, *, run: bool) -> None:
        self._versions = []
        self._begin(self._orders.write(self.parts, self.app.lang, run=run))

    def action_run(self) -> None:
        """Run the code of the field, with its tests."""
        self._run(loose=False)

    def action_loose(self) -> None:
        """The same where it cannot be isolated, once, after a plain warning."""
        self.app.push_screen(YesNo(ALLOW_LOOSE), self._run_loose)

    def _run_loose(self, wanted: bool | None) -> None:  # noqa: FBT001 - it is the answer
        if wanted:
            self._run(loose=True)

    def _run(self, *, loose: bool) -> None:
        if self._has_code():
            self._begin(self._orders.run(self.parts, loose=loose))

    def action_trace(self) -> None:
        """Ask what is to be traced: a call, or nothing for the whole program."""
        if self._has_code():
            call = failing_call(self._versions[-1][1]) if self._versions else ""
            self.query_one(Prompt).ask(texts.CALL, call, self._trace)

    async def _trace(self, call: str) -> None:
        self._begin(self._orders.trace(self.parts, call.strip()))

    def _has_code(self) -> bool:
        if not self.parts.text("code").strip():
            self.app.tell(texts.NOTHING)
            return False
        return True

    def _begin(self, order: Order) -> None:
        if self.work.start(order) is None:
            self.app.tell(texts.BUSY.of(key_of(self.app, "code.stop")))
            return
        self._attempt, self._loose = None, False
        self._of = self.parts.texts()
        self.parts.editor("code").read_only = isinstance(order, Write)
        self.parts.turn_to("result")
        self._ticks.resume()
        self._tick()
        self.refresh_bindings()

    def action_stop(self) -> None:
        """Stop what runs; what was found is kept."""
        self.work.stop()

    def action_answer_now(self) -> None:
        """End the thinking."""
        self.work.answer_now()

    # --- what comes of it --------------------------------------------------------------------

    def _tick(self) -> None:
        if (working := self.work.running) is not None:
            self._show_progress(working)

    def on_code_written(self, message: CodeWritten) -> None:
        """More of the answer."""
        message.stop()
        if message.working is self.work.running:
            self._show_progress(message.working)
            self.refresh_bindings()

    def _show_progress(self, working: Working) -> None:
        attempt = self._attempt
        self.parts.report(lambda lang: progress_content(working, attempt, lang))

    def on_code_happened(self, message: CodeHappened) -> None:
        """An attempt begins, or was judged."""
        message.stop()
        if message.working is not self.work.running:
            return
        match message.event:
            case AttemptBegun():
                self._attempt = message.event
                self._show_progress(message.working)
            case OwnTests() if self.parts.text("tests") != self._of["tests"]:
                self.app.tell(texts.YOUR_TESTS)
            case OwnTests(tests, _):
                self.parts.editor("tests").put(tests)
                self._orders.model_tests = self.parts.text("tests")
                self._of = {**self._of, "tests": self._orders.model_tests}
                self.app.tell(texts.OWN_TESTS)
            case Judged(number, CodeReport() as result):
                if number and isinstance(order := message.working.order, Write):
                    self._orders.wrote(order.task, result)
                self._show(result, self._of)
                self._keep(partial(texts.version, number), result)
            case Judged(_, Refused() as refused):
                self.parts.report(partial(report_content, refused))
            case CodeReport() as result:
                self._runs += 1
                self._keep(partial(texts.YOURS.of, self._runs), result)
                self.parts.report(partial(report_content, result), self._of)
                self._loose = unheld(result)
            case Traced() as traced:
                self.parts.report(partial(trace_content, traced), self._of)
            case CodeFinished():
                self._finish(message.event)
            case _:
                pass  # notices of the model's side

    def _keep(self, title: Callable[[str], Text], report: CodeReport) -> None:
        told = lambda lang: title(headline(report, lang)[1])  # noqa: E731 - in any language
        self._versions.append((told, report, self._of))

    def _show(self, report: CodeReport, of: Texts) -> None:
        self.parts.editor("code").put(report.code.program.text)
        self._of = {**of, "code": self.parts.text("code")}
        self.parts.report(partial(report_content, report), self._of)

    def _finish(self, finished: CodeFinished) -> None:
        if finished.failure is not None:
            self._say(with_remedy(finished.failure, self.app))
        elif finished.best is not None:
            self._show(finished.best, self._of)
            self._loose = unheld(finished.best)
            if finished.attempts and not finished.number:
                self.app.tell(texts.NO_BETTER.of(key_of(self.app, "code.versions")))
        else:
            self._say(texts.STOPPED if finished.end is CodeEnd.CANCELLED else texts.NO_CODE)
        if finished.end is CodeEnd.CANCELLED:
            self.app.tell(texts.STOPPED)

    def on_code_ended(self, message: CodeEnded) -> None:
        """Ready for the next."""
        message.stop()
        self.work.ended(message.working)
        self._ticks.pause()
        self.parts.editor("code").read_only = False
        if message.error is not None:
            self._say(message.error)
        self._tell_facts()
        self.refresh_bindings()

    def _tell_facts(self) -> None:
        parts = [
            one_line(self.app.desk.model_name, 40) or say(texts.NO_NAME, self.app.lang),
            self.language.value,
            one_line(self._place.name, 60),
        ]
        self.query_one("#code-facts", Static).update(Content(joined(parts)))

    # --- the parts ---------------------------------------------------------------------------

    def action_part(self) -> None:
        """To the next part."""
        self.parts.next()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Another language may be meant."""
        if event.text_area.id in ("task", "code"):
            self.parts.editor("code").speak(self.language)
            self._tell_facts()

    def action_language(self) -> None:
        """Choose it, whatever the task says."""
        lang = self.app.lang
        items = [("", say(texts.BY_TASK, lang)), *((one.value, one.value) for one in Language)]
        now = self._orders.chosen.value if self._orders.chosen else ""
        self.app.push_screen(
            Choice(say(texts.LANGUAGE, lang), items, now, lang), self._use_language
        )

    def _use_language(self, name: str | None) -> None:
        if name is not None:
            self._orders.chosen = Language(name) if name else None
            self.parts.editor("code").speak(self.language)
            self._tell_facts()

    def action_versions(self) -> None:
        """Put another version into the field."""
        lang = self.app.lang
        titles = [one_line(say(title(lang), lang), 70) for title, *_ in self._versions]
        items = list(enumerate(titles))
        screen = Choice(say(texts.VERSIONS, lang), items, len(items) - 1, lang)
        self.app.push_screen(screen, self._use_version)

    def _use_version(self, number: int | None) -> None:
        if number is not None:
            _, report, of = self._versions[number]
            self._show(report, of)

    def action_copy(self) -> None:
        """The code, all of it."""
        if self._has_code():
            self.app.copy_to_clipboard(self.parts.text("code"))
            self.app.tell(COPIED)

    # --- files -------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Ask for a file; first, what is to become of code that stands in none."""
        code = self.parts.text("code")
        if code.strip() and code != self._place.text:
            self.app.push_screen(YesNo(texts.UNSAVED), self._open)
        else:
            self._open(True)  # noqa: FBT003

    def _open(self, sure: bool | None) -> None:  # noqa: FBT001 - it is the answer
        if sure:
            self.query_one(Prompt).ask(texts.OPEN, self._place.name, self._opened)

    async def _opened(self, name: str) -> Text | None:
        if not name.strip():
            return None
        own = await opened(name.strip())
        if isinstance(own, Text):
            return own
        if self._writing:  # it was begun meanwhile
            return texts.BUSY.of(key_of(self.app, "code.stop"))
        self._place, self._versions = Place(own, own.text), []
        self._orders.opened(language_of(own.name))
        self.parts.editor("code").put(own.text)
        self.parts.turn_to("code")
        self._tell_facts()
        self.refresh_bindings()
        return None

    def action_save(self) -> None:
        """Write to the user's own file, after a question; else ask where to."""
        if self._has_code():
            self._place.save(self.app, self.parts.text("code"), self._orders.name(self.parts))

    def _say(self, text: Text) -> None:
        self.parts.report(lambda lang: Content(say(text, lang)))
