"""One question and all that came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, assert_never

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.events import Rewound, StepChecked, TurnEvent
from runtimes.texts import Lang
from runtimes.types import TextDelta
from tui.said import Exact, Item, Line, Rows, Said, Spoken, Thought
from tui.telling import Teller
from tui.widgets.answer import AnswerText
from tui.widgets.exact import ExactSolution
from tui.widgets.steps import StepList
from tui.widgets.thinking import Thinking
from tui.words import harmless


class LineView(Static):
    """A line of its own; where there is more to read, Enter or a click shows it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "unfold", show=False)]

    def __init__(self, line: Line) -> None:
        super().__init__(classes=f"line -{line.tone.value}", markup=False)
        self._line = line
        self._open = False
        self.can_focus = bool(line.detail)

    def on_mount(self) -> None:
        """Draw it."""
        self._draw()

    def action_unfold(self) -> None:
        """Show or hide the rest."""
        if self._line.detail:
            self._open = not self._open
            self._draw()

    def on_click(self) -> None:
        """The same."""
        self.action_unfold()

    def _draw(self) -> None:
        line = self._line
        more = ""
        if line.detail:
            more = f"\n{harmless(line.detail)}" if self._open else "  ▸"
        remedy = f"\n{line.remedy}" if line.remedy else ""
        self.update(Content.assemble(line.text, (remedy, "bold"), more))


class Exchange(Vertical):
    """Draws a ``Said``: all that is in it when it is mounted, then event by event."""

    def __init__(self, said: Said, lang: Lang) -> None:
        super().__init__(classes="exchange")
        self.said = said
        self._lang = lang
        self._teller = Teller(said, lang)
        self._views: dict[int, Widget] = {}

    def compose(self) -> ComposeResult:
        """The question, and what is there below it."""
        asked = self.said.asked
        chips = "".join(f"\n▤ {harmless(name)}" for name, _ in asked.pasted)
        yield Static(Content(harmless(asked.text) + chips), classes="question", markup=False)
        for item in self.said.items:
            yield self._made(item)

    @property
    def answer(self) -> str:
        """The answer's text."""
        return self.said.answer

    def pace(self, tokens: int) -> None:
        """So many tokens were thought."""
        if tokens:
            self.said.thought().tokens = tokens

    async def draw(self, events: Iterable[TurnEvent]) -> None:
        """More events."""
        marked: set[int] = set()
        for event in events:
            rewound = isinstance(event, Rewound)
            for item in self._teller.tell(event):
                if rewound and isinstance(item, Spoken):
                    await self._cut(item)
                elif isinstance(event, TextDelta) and isinstance(item, Spoken):
                    await self._append(item, event.text)
                elif isinstance(event, StepChecked):
                    marked.add(event.index)
                else:
                    await self._show(item)
        if marked:
            steps = await self._view(self.said.rows())
            assert isinstance(steps, StepList)
            steps.marked(marked)

    async def end(self, error: Exception | None, tokens: int) -> None:
        """No more comes; ``tokens`` were thought."""
        if error is not None:
            for item in self._teller.failed(error):
                await self._show(item)
        if self.said.has(Spoken):
            view = await self._view(self.said.spoken())
            assert isinstance(view, AnswerText)
            await view.finish()
        if self.said.has(Thought):
            thought = self.said.thought()
            thought.tokens, thought.over = tokens or thought.tokens, True
            await self._show(thought)

    async def toggle_thinking(self) -> None:
        """Unfold or fold the thinking."""
        if self.said.has(Thought):
            view = await self._view(self.said.thought())
            assert isinstance(view, Thinking)
            await view.toggle()

    def focus_steps(self) -> bool:
        """Go to the steps, if there are any."""
        view = self._views.get(id(self.said.rows())) if self.said.has(Rows) else None
        if view is not None:
            view.focus()
        return view is not None

    async def _append(self, spoken: Spoken, text: str) -> None:
        known = id(spoken) in self._views
        view = await self._view(spoken)
        assert isinstance(view, AnswerText)
        if known:
            await view.append(text)

    async def _cut(self, spoken: Spoken) -> None:
        view = await self._view(spoken)
        assert isinstance(view, AnswerText)
        await view.cut(len(spoken.text))

    async def _show(self, item: Item) -> None:
        view = await self._view(item)
        match view:
            case Thinking():
                await view.draw()
            case StepList():
                view.draw()
            case _:
                pass

    async def _view(self, item: Item) -> Widget:
        view = self._views.get(id(item))
        if view is None:
            view = self._made(item)
            if isinstance(item, Spoken) and self.said.has(Rows):
                await self.mount(view, before=self._views.get(id(self.said.rows())))
            else:
                await self.mount(view)
        return view

    def _made(self, item: Item) -> Widget:
        view: Widget
        match item:
            case Thought():
                view = Thinking(item, self._lang)
            case Spoken():
                view = AnswerText(item.text)
            case Rows():
                view = StepList(item, self._lang)
            case Exact():
                view = ExactSolution(item, self._lang)
            case Line():
                view = LineView(item)
            case _:
                assert_never(item)
        self._views[id(item)] = view
        return view
