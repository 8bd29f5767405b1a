"""The conversation with the assistant."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key
from textual.widgets import TextArea

from runtimes.texts import Text
from tui import garbage
from tui.conversations.branches import NOT_NOW, Branches
from tui.keeping import Keeping
from tui.keyboard.keys import bound
from tui.messages import (
    Commanded,
    DraftChanged,
    Loading,
    Submitted,
    TurnEnded,
    TurnProgress,
    TurnStarted,
)
from tui.screens.base import AppScreen
from tui.turn.measuring import Gauges
from tui.turn.pacing import QUIET, Gate, Pacer
from tui.turn.turns import Fate, Turns
from tui.widgets.composer import Composer
from tui.widgets.roombar import bars
from tui.widgets.status import Status, StatusBar
from tui.widgets.transcript import Transcript
from tui.words import COPIED

if TYPE_CHECKING:
    from assistant.history import ConversationId, MessageId
    from tui.app import AssistantApp
    from tui.turn.mailbox import Running
    from tui.widgets.exchange import Exchange

OF_ANSWER = "answer_now", "thinking", "steps"
READY_AFTER = 0.3
"""Seconds after the screen is made."""
STORED_AFTER = 0.5
"""Seconds after which the history has a question, whatever comes of it."""
MEASURE_EVERY = 2.0
"""Seconds from one look at the engine's memory to the next."""
ONE_WAITS = Text("one question is waiting already", "已有一个问题在排队")
NOTHING_TO_COPY = Text("there is no answer to copy yet", "还没有可复制的回答")
NO_STEPS = Text("there are no steps yet", "还没有步骤")


class ChatScreen(AppScreen[None]):
    """Questions, answers, steps."""

    app: AssistantApp
    AUTO_FOCUS = "#draft"
    CSS_PATH = "../styles/chat.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("chat.stop", "stop", show=True),
        bound("chat.give_up", "give_up", show=True),
        bound("chat.interrupt", "interrupt", priority=True),
        bound("chat.answer_now", "answer_now", show=True, priority=True),
        bound("chat.bottom", "bottom", show=True, priority=True),
        bound("chat.thinking", "thinking", show=True, priority=True),
        bound("chat.steps", "steps", show=True, priority=True),
        bound("chat.copy", "copy", priority=True),
        bound("chat.new", "new", show=True, priority=True),
        bound("chat.version_before", "version(-1)", show=True, priority=True),
        bound("chat.edit", "edit", show=True, priority=True),
        bound("chat.again", "again", show=True, priority=True),
        bound("chat.version_after", "version(1)", priority=True),
        bound("chat.editor", "editor", priority=True),
        bound("chat.export", "export", show=True, priority=True),
        bound("chat.attachments", "drop_attachments", priority=True),
        bound("chat.page_up", "page(-1)", priority=True),
        bound("chat.page_down", "page(1)", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._exchange: Exchange | None = None
        self._pacer = Pacer()
        self._gate = Gate(self._pacer, self.set_timer)
        self._branches = Branches(self)

    def compose(self) -> ComposeResult:
        """The conversation, the field below it, one line of status, the keys."""
        app = self.app
        self.turns = Turns(app.desk.session, self.post_message)
        self.keeping = Keeping(self)
        yield Transcript(app.lang)
        yield Composer(app.lang)
        model = app.desk.model_name
        bar = StatusBar(app.lang, Status(model=model, offline=app.desk.setup.offline))
        self._gauges = Gauges(app.desk, bar)
        yield bar
        yield from bars(app.lang)

    def on_mount(self) -> None:
        """After the first frame, get ready for the first question."""
        self.set_timer(READY_AFTER, self._get_ready)
        self.set_interval(MEASURE_EVERY, self._measure)
        self.set_interval(QUIET, self._tidy)

    def _get_ready(self) -> None:
        from tui.returning import come_back

        self.run_worker(come_back(self))

    def on_unmount(self) -> None:
        """What runs is stopped and stored; what was only asked is kept for the next start."""
        self.turns.close()
        self.keeping.all_of_the_turn()

    def on_screen_resume(self) -> None:
        """Another model may have been chosen meanwhile, or the conversation deleted."""
        self.tell_model()
        self.run_worker(self._forget_deleted())

    async def _forget_deleted(self) -> None:
        desk = self.app.desk
        if desk.bin.holds(desk.conversation) and not self.turns.busy:
            await self.action_new()

    def tell_model(self) -> None:
        """Which one answers."""
        self._gauges.model()

    def _measure(self) -> None:
        if self.is_current:
            self.run_worker(self._gauges.memory(), group="memory", exclusive=True)

    def _tidy(self) -> None:
        if self._pacer.quiet:
            garbage.tidy(busy=self.turns.busy)

    @property
    def transcript(self) -> Transcript:
        """The conversation."""
        return self.query_one(Transcript)

    @property
    def composer(self) -> Composer:
        """The field."""
        return self.query_one(Composer)

    @property
    def status(self) -> StatusBar:
        """The line of status."""
        return self.query_one(StatusBar)

    # --- questions ---------------------------------------------------------------------------

    async def on_key(self, event: Key) -> None:
        """What is typed beside the field is meant for it, and the key that leads out of everything
        leads back to it."""
        await self.composer.take(event)

    def on_submitted(self, message: Submitted) -> None:
        """A question: it begins, waits, or stays in the field."""
        message.stop()
        if (fate := self.turns.ask(message.asked)) is Fate.REFUSED:
            self.app.tell(ONE_WAITS)
            return
        self.keeping.asked()
        self.composer.accept(message.asked)
        self.status.change(queued=fate is Fate.QUEUED)

    async def on_commanded(self, message: Commanded) -> None:
        """A command; what is not done stays in the field."""
        from tui.commands.commands import perform

        message.stop()
        if await perform(self, message.name, message.words):
            self.composer.forget_command()

    def on_draft_changed(self, message: DraftChanged) -> None:
        """What is typed is shown before what is answered, and kept."""
        self._gate.typed()
        self.keeping.draft()
        if message.beside:
            self.refresh_bindings()

    # --- the turn ----------------------------------------------------------------------------

    async def on_turn_started(self, message: TurnStarted) -> None:
        """Draw the question."""
        from tui.turn.said import Said

        queued = self.turns.waiting is not None
        self.status.change(queued=queued, reading=None, voting=None, left=None)
        await self._branches.started(message.turn.asked)
        self._exchange = await self.transcript.add(Said(message.turn.asked))
        self.set_timer(STORED_AFTER, self.keeping.all_of_the_turn)
        self.refresh_bindings()

    async def on_turn_progress(self, message: TurnProgress) -> None:
        """Draw what has come; look again a little later."""
        turn = message.turn
        await self._draw(turn)
        self.keeping.all_of_the_turn()
        self._gate.drawn(turn.mailbox.again)

    async def on_turn_ended(self, message: TurnEnded) -> None:
        """Draw the last, and let the next question begin."""
        turn = message.turn
        await self._draw(turn)
        if turn.mailbox.more:
            self._gate.drawn(lambda: self.post_message(TurnEnded(turn, message.error)), last=True)
            return
        if self._exchange is not None:
            await self._exchange.end(message.error, turn.mailbox.pace.thought)
            await self._branches.ended(turn, self._exchange)
        if message.error is not None:
            self.composer.restore(turn.asked)
        self.status.change(loading=None, reading=None, voting=None, left=None, stopping=False)
        self.tell_model()
        self.turns.ended(turn, back=message.error is not None)
        self.keeping.all_of_the_turn()
        self.refresh_bindings()
        await self._forget_deleted()

    async def _draw(self, turn: Running) -> None:
        events = turn.mailbox.take()
        pace = turn.mailbox.pace
        self._gauges.turn(events, pace)
        if self._exchange is not None and events:
            offered = [self.offers(name) for name in OF_ANSWER]
            self._exchange.pace(pace.thought)
            await self._exchange.draw(events)
            if offered != [self.offers(name) for name in OF_ANSWER]:
                self.refresh_bindings()

    def on_loading(self, message: Loading) -> None:
        """The model is being loaded."""
        fraction = message.fraction
        self.status.change(loading=fraction if fraction < 1 else None)
        if fraction >= 1:
            self._gauges.model()

    # --- actions -----------------------------------------------------------------------------

    def offers(self, action: str) -> bool:
        """Nothing is offered that there is nothing for."""
        if action == "stop":
            return self.turns.busy
        if action == "answer_now":
            return self.turns.busy and (self._exchange is None or self._exchange.said.thinks)
        if action == "bottom":
            return not self.transcript.at_bottom
        if action == "version":
            return any(one.said.versions for one in self.transcript.exchanges)
        if action == "give_up":
            return self.composer.fork is not None and not self.turns.busy
        last = self.transcript.last
        if action == "thinking":
            return last is not None and last.said.thoughtful
        if action == "steps" and self.focused is self.composer.draft:  # else back from them
            return last is not None and last.has_steps
        return last is not None or action not in ("edit", "again", "export")

    def action_stop(self) -> None:
        """Stop the answer; the second time at once.  A question that waits comes back."""
        self._gate.typed()
        if (waiting := self.turns.unqueue()) is not None:
            self.composer.restore(waiting)
        self.turns.stop()
        self.keeping.asked()
        self.status.change(stopping=self.turns.busy, queued=False)

    def action_interrupt(self) -> None:
        """Copy what is selected; else stop the answer; else say how to leave."""
        focused = self.focused
        selected = self.get_selected_text() or (
            focused.selected_text if isinstance(focused, TextArea) else ""
        )
        if selected:
            self.app.copy_to_clipboard(selected)
            self.app.tell(COPIED)
        elif self.turns.busy:
            self.action_stop()
        else:
            self.app.action_help_quit()

    def action_answer_now(self) -> None:
        """End the thinking."""
        self.turns.answer_now()

    async def action_thinking(self) -> None:
        """Unfold or fold the thinking of the newest answer."""
        if (last := self.transcript.last) is not None:
            await last.toggle_thinking()

    async def action_steps(self) -> None:
        """To the steps of the newest answer, and back."""
        last = self.transcript.last
        if self.focused is not self.composer.draft:
            self.composer.draft.focus()
        elif last is None or not await last.focus_steps():
            self.app.tell(NO_STEPS)

    def action_copy(self) -> None:
        """The newest answer into the clipboard, as it was written."""
        answer = "" if self.transcript.last is None else self.transcript.last.answer
        if answer:
            self.app.copy_to_clipboard(answer)
        self.app.tell(COPIED if answer else NOTHING_TO_COPY)

    async def action_new(self) -> None:
        """A new conversation; the old one is in the history."""
        if self.turns.busy:
            self.app.tell(NOT_NOW)
            return
        self.app.desk.new_session()
        self._exchange = None
        self.composer.give_up()
        await self.transcript.show(())
        self.refresh_bindings()
        self.keeping.place()
        self.composer.draft.focus()

    async def open(
        self,
        conversation: ConversationId,
        leaf: MessageId | None = None,
        sought: MessageId | None = None,
    ) -> bool:
        """Show a conversation of the history and go on with it; ``False`` while a turn runs.

        ``sought`` is a message to look at, if it is not too far from the end.

        Raises ``HistoryFailure``.
        """
        from tui.conversations.pages import Pages

        if self.turns.busy:
            self.app.tell(NOT_NOW)
            return False
        desk = self.app.desk
        pages = Pages(desk.history, conversation, leaf, self.app.lang)
        turns, found = await pages.back_to(sought)
        if self.turns.busy:  # a question was quicker
            self.app.tell(NOT_NOW)
            return False
        desk.resume(conversation, leaf)
        self._exchange = None
        self.composer.give_up()
        recall = self.composer.draft.recall
        recall.replace((*recall.sent, *(said.asked.text for said in turns)))
        await self.transcript.show(turns, pages, found)
        self.refresh_bindings()
        self.keeping.place()
        self.composer.draft.focus()
        return True

    def action_edit(self) -> None:
        """An earlier question in other words."""
        self._branches.edit()

    def action_give_up(self) -> None:
        """The question in the field is a new one."""
        self.composer.give_up()

    async def action_export(self) -> None:
        """The conversation to a file."""
        from tui.commands.commands import ask_for_file

        await ask_for_file(self)

    def action_again(self) -> None:
        """Another answer."""
        self._branches.again()

    async def action_version(self, step: int) -> None:
        """Another version of a question or its answer."""
        await self._branches.other(step)

    def action_editor(self) -> None:
        """Write the question in the user's own editor."""
        from tui import editor

        if (edited := editor.write(self.app, self.composer.text)) is not None:
            self.composer.draft.put(edited)

    def action_drop_attachments(self) -> None:
        """Nothing goes with the question any more."""
        self.composer.drop_pasted()

    def action_page(self, direction: int) -> None:
        """A page up or down."""
        column = self.transcript
        scroll = column.scroll_page_up if direction < 0 else column.scroll_page_down
        scroll(animate=False)

    def action_bottom(self) -> None:
        """To the newest, and stay there."""
        self.transcript.scroll_end(animate=False)
        self.transcript.anchor()
