"""One question and all that came of it, as blocks of the conversation's column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, assert_never

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.events import Rewound, StepChecked, TurnEvent
from runtimes.texts import Lang, Text
from runtimes.types import TextDelta
from tui.keyboard.keys import key_of
from tui.rendering.plain import lead
from tui.rendering.solution import Work
from tui.turn.said import Exact, Item, Line, Ran, Rows, Said, Spoken, Thought
from tui.turn.telling import Teller
from tui.widgets.answer import AnswerText
from tui.widgets.blocks import Block, BlockScroll
from tui.widgets.exact import ExactSolution
from tui.widgets.steprows import Worked
from tui.widgets.steps import NEWEST, StepList, groups
from tui.widgets.thinking import Thinking
from tui.words import harmless, one_line

ATTACHED, VERSION = Text("attached:", "附件："), Text("version", "版本")
MORE = Text("(more)", "（可展开）")


class Question(Static, can_focus=True):
    """What was asked; and, where there are several versions of it, or of its answer, which this
    is."""

    def __init__(self, said: Said, lang: Lang) -> None:
        super().__init__(classes="question", markup=False)
        self._said = said
        self._lang = lang

    def use_language(self, lang: Lang) -> None:
        """Its few words in this one."""
        self._lang = lang
        self.draw()

    def on_mount(self) -> None:
        """Draw it."""
        self.draw()

    def draw(self) -> None:
        """It stands among others now."""
        asked, versions, lang = self._said.asked, self._said.versions, self._lang
        sign = lead("▤", ATTACHED.template(lang))
        chips = "".join(f"\n{sign}{one_line(name)}" for name, _ in asked.pasted)
        which = ""
        if versions is not None:
            which = f"\n{lead('⎇', VERSION.template(lang))}{versions[0]}/{versions[1]}"
        self.update(Content.assemble(harmless(asked.text), chips, (which, "dim")))


class LineView(Static):
    """A line of its own; where there is more to read, Enter or a click shows it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "unfold", show=False)]

    def __init__(self, line: Line, lang: Lang) -> None:
        super().__init__(classes=f"line -{line.tone.value}", markup=False)
        self._line = line
        self._lang = lang
        self._open = False
        self.can_focus = bool(line.detail)

    def say(self, line: Line, lang: Lang) -> None:
        """This one in its place: the same in another language."""
        self._line, self._lang = line, lang
        self._draw()

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
            more = (
                f"\n{harmless(line.detail)}"
                if self._open
                else f"  {lead('▸', MORE.template(self._lang))}".rstrip()
            )
        remedy = f"\n{line.remedy}" if line.remedy else ""
        self.update(Content.assemble(line.text, (remedy, "bold"), more))


def _line_of(item: Line | Ran) -> Line:
    """What is drawn of it."""
    return item if isinstance(item, Line) else Line(item.tone, item.text, detail=item.detail)


class Exchange:
    """Draws a ``Said`` into a column: all that is in it, then event by event."""

    def __init__(self, said: Said, column: BlockScroll, lang: Lang) -> None:
        self.said = said
        self._column = column
        self._lang = lang
        self._teller = Teller(said, lang, lambda name: key_of(column.app, name))
        self._blocks: dict[int, Block] = {}
        self._steps: dict[int, Block] = {}
        self._runs: dict[int, Ran] = {}
        self._live = False
        self._answer = AnswerText(column, self._answer_place)
        self._question = Block(lambda: Question(said, self._lang), 2)

    def all_blocks(self) -> list[Block]:
        """What is there already, for the column."""
        blocks: list[Block] = [self._question]
        for item in self.said.items:
            if isinstance(item, Spoken):
                blocks += self._answer.split(item.text)
                for one in self.said.items:
                    if isinstance(one, Ran):
                        part = self._answer.part_at(one.end)
                        at = len(blocks) if part is None else blocks.index(part) + 1
                        blocks.insert(at, self._block(one))
            elif isinstance(item, Ran):
                continue
            elif isinstance(item, Rows):
                blocks += [self._step_block(item, group) for group in groups(item)]
            else:
                blocks.append(self._block(item))
        return blocks

    @property
    def blocks(self) -> list[Block]:
        """All its blocks."""
        told = [*self._blocks.values(), *self._steps.values()]
        return [self._question, *told, *self._answer.parts]

    @property
    def answer(self) -> str:
        """The answer's text; the exact solver's as Markdown, where there is no other."""
        exact = next((item for item in self.said.items if isinstance(item, Exact)), None)
        if self.said.answer or exact is None:
            return self.said.answer
        from assistant.maths.showing.markdown import solution_markdown

        return solution_markdown(exact.problem, exact.solution, self._lang)

    def use_language(self, lang: Lang) -> None:
        """Say the lines in this one."""
        self._lang = lang
        self._teller.use_language(lang)
        before = self.said.items
        self.said.say_in(lang)
        for old, new in zip(before, self.said.items, strict=True):
            if new is not old and isinstance(new, Line | Ran):
                self._say_again(old, new)

    def _say_again(self, old: Item, new: Line | Ran) -> None:
        block = self._blocks.pop(id(old), None)
        if block is None:
            return
        self._blocks[id(new)] = block
        if isinstance(new, Ran):
            del self._runs[id(old)]
            self._runs[id(new)] = new
        line = _line_of(new)
        block.make = lambda: LineView(line, self._lang)
        if isinstance(block.widget, LineView):
            block.widget.say(line, self._lang)

    def show_versions(self) -> None:
        """There are more of them."""
        if isinstance(self._question.widget, Question):
            self._question.widget.draw()

    def pace(self, tokens: int) -> None:
        """So many tokens were thought."""
        if tokens:
            self.said.thought().tokens = tokens

    async def draw(self, events: Iterable[TurnEvent]) -> None:
        """More events."""
        self._live = True
        marked: set[int] = set()
        for event in events:
            for item in self._teller.tell(event):
                match item:
                    case Spoken() if isinstance(event, Rewound):
                        await self._forget_runs()
                        await self._answer.cut(len(item.text))
                    case Spoken() if isinstance(event, TextDelta):
                        await self._answer.append(event.text)
                    case Rows() if isinstance(event, StepChecked):
                        marked.add(event.index)
                    case _:
                        await self._show(item)
        if marked:
            for steps in self._step_lists():
                steps.marked(marked)

    async def end(self, error: Exception | None, tokens: int) -> None:
        """No more comes; ``tokens`` were thought."""
        if error is not None:
            for item in self._teller.failed(error):
                await self._show(item)
        await self._answer.finish()
        self._live = False
        if self.said.has(Rows):
            rows = self.said.rows()
            rows.over = True
            await self._show_steps(rows)
            for steps in self._step_lists():
                steps.end()
        if self.said.has(Thought):
            thought = self.said.thought()
            thought.tokens, thought.over = tokens or thought.tokens, True
            await self._show(thought)

    async def toggle_thinking(self) -> None:
        """Unfold or fold the thinking."""
        view = self._widget(self.said.thought()) if self.said.has(Thought) else None
        if isinstance(view, Thinking):
            await view.toggle()

    @property
    def has_steps(self) -> bool:
        """Is there something that ``focus_steps`` can go to?"""
        return bool(self._steps) or any(isinstance(item, Exact) for item in self.said.items)

    async def focus_steps(self) -> bool:
        """Go to the steps, if there are some."""
        exact = (self._blocks[id(item)] for item in self.said.items if isinstance(item, Exact))
        for block in reversed([*exact, *(block for _, block in sorted(self._steps.items()))]):
            await self._column.reach(block)
            if block.widget is not None and block.widget.can_focus:
                block.widget.focus()
                return True
        return False

    def _step_lists(self) -> list[StepList]:
        """Those that are widgets now."""
        widgets = (block.widget for _, block in sorted(self._steps.items()))
        return [widget for widget in widgets if isinstance(widget, StepList)]

    async def _show_steps(self, rows: Rows) -> None:
        blocks = self._column.blocks
        wanted = [NEWEST] if self._live and rows.rows else groups(rows)
        for steps in self._step_lists():
            steps.draw()
        for group in wanted:
            if group not in self._steps:
                before = [self._steps[one] for one in sorted(self._steps) if one < group]
                place = blocks.index(before[-1]) + 1 if before else None
                await self._column.insert([self._step_block(rows, group)], place)
        for group in [group for group in self._steps if group not in wanted]:
            held = self._steps[group].held
            await self._column.remove_block(self._steps.pop(group))
            if held:
                await self.focus_steps()

    def _step_block(self, rows: Rows, group: int) -> Block:
        block = self._steps[group] = Block(lambda: StepList(rows, group, self._lang))
        return block

    async def _forget_runs(self) -> None:
        """Code that was taken back was run for nothing."""
        kept = {id(item) for item in self.said.items}
        for number in [number for number in self._runs if number not in kept]:
            self._runs.pop(number)
            await self._column.remove_block(self._blocks.pop(number))

    async def _show(self, item: Item) -> None:
        if isinstance(item, Rows):
            await self._show_steps(item)
            return
        if id(item) not in self._blocks:
            part = self._answer.part_at(item.end) if isinstance(item, Ran) else None
            place = None if part is None else self._column.blocks.index(part) + 1
            await self._column.insert([self._block(item)], place)
            return
        match self._widget(item):
            case Thinking() as thinking:
                thinking.draw()
            case _:
                pass

    def _widget(self, item: Item) -> Widget | None:
        block = self._blocks.get(id(item))
        return None if block is None else block.widget

    def _block(self, item: Item) -> Block:
        make: Callable[[], Widget]
        match item:
            case Thought():
                make = lambda: Thinking(item, self._lang)  # noqa: E731 - the language may change
            case Exact():
                worked = Worked(Work(item.problem, item.solution))
                make = lambda: ExactSolution(worked, self._lang)  # noqa: E731 - the same
            case Line():
                make = lambda: LineView(item, self._lang)  # noqa: E731 - the same
            case Ran():
                make = lambda: LineView(_line_of(item), self._lang)  # noqa: E731 - the same
                self._runs[id(item)] = item
            case Spoken() | Rows():
                raise AssertionError("these have several blocks")
            case _:
                assert_never(item)
        block = self._blocks[id(item)] = Block(make)
        return block

    def _answer_place(self) -> int | None:
        """Behind the answer's last part; for the first, before what was told after it."""
        blocks = self._column.blocks
        if self._answer.parts:
            place = blocks.index(self._answer.parts[-1]) + 1
            runs = [self._blocks[number] for number in self._runs]
            while place < len(blocks) and blocks[place] in runs:
                place += 1
            return place
        items = iter(self.said.items)
        for item in items:
            if isinstance(item, Spoken):
                break
        following = (self._first_block(item) for item in items)
        return next((blocks.index(block) for block in following if block is not None), None)

    def _first_block(self, item: Item) -> Block | None:
        if isinstance(item, Rows):
            return self._steps[min(self._steps)] if self._steps else None
        return self._blocks.get(id(item))
