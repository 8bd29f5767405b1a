"""Where a question is written: several lines, what was asked before, texts beside it, and what
may stand behind ``@`` and ``/``."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from runtimes.texts import Count, Lang, Text
from tui.keyboard.keys import bound_keys, done_in_turn, key_of
from tui.messages import Asked, Commanded, DraftChanged, Fork, Submitted, Told
from tui.rendering.plain import aloud
from tui.widgets.choices import Choices
from tui.widgets.draft import Draft
from tui.words import before, one_line, say, typed_since

if TYPE_CHECKING:
    from runtimes.base import Cancel
    from tui.commands.completing import Choice

PASTED = Text("pasted {0}", "粘贴 {0}")
CHIP = Count(
    Text("▤ {1} · {0} line", "▤ {1} · {0} 行"), Text("▤ {1} · {0} lines", "▤ {1} · {0} 行")
)
READING = Text("▤ {0} · being read…", "▤ {0} · 正在读取……")
REMOVES = Text("{0} removes", "按 {0} 移除")
EDITING = Text(
    "⎇ an edit: this will stand beside the old question · {0} gives it up",
    "⎇ 修改：将作为该问题的新版本 · 按 {0} 放弃",
)
ASK_HERE = Text("Ask something, or type a problem", "输入问题或题目")
READ_THIS = Text("Read the attached text.", "请阅读附件。")
STILL_READING = Text("{0} is still being read", "仍在读取 {0}")
ALL_THE_SAME = Text("{0} sends the question all the same", "再按 {0} 仍会发送此问题")
NAME = 60
"""Characters of the name of a text that goes with a question."""
MOST_TOLD = 3
NOTHING: tuple[str, tuple[tuple[str, str], ...]] = ("", ())
"""No words, and no texts beside them."""


class Composer(Vertical):
    """The draft, and the texts that go with it.

    It is emptied by ``accept`` alone: a question that nobody took is still there.
    """

    def __init__(self, lang: Lang) -> None:
        super().__init__(id="composer")
        self._lang = lang
        self._awaited = False
        self._pasted: list[tuple[str, str]] = []
        self._count = 0
        self._paths: set[Path] = set()
        self._passed: set[str] = set()
        """What stands behind ``@`` and is not to be attached."""
        self._reading: dict[str, Cancel] = {}
        self.choices = Choices()
        """What is offered."""
        self._sending = ""
        """What was sent last."""
        self._aside = NOTHING
        """What was being written before an edit."""
        self.fork: Fork | None = None
        """The question that this one will stand beside."""

    def compose(self) -> ComposeResult:
        """What is offered and the chips, above the draft."""
        yield self.choices
        yield Static(id="chips", markup=False)
        yield Draft(ASK_HERE.template(self._lang), self.choices)

    def use_language(self, lang: Lang) -> None:
        """Offer and ask in this one; what is written stays."""
        self._lang = lang
        self.draft.placeholder = ASK_HERE.template(lang)
        self._show_chips()
        self.on_text_area_changed()

    @property
    def draft(self) -> Draft:
        """The text area."""
        return self.query_one(Draft)

    @property
    def text(self) -> str:
        """What is written."""
        return self.draft.text

    @property
    def pasted(self) -> tuple[tuple[str, str], ...]:
        """The texts beside it, by name."""
        return tuple(self._pasted)

    @property
    def unsent(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """All that was written and not sent, that too which an edit has set aside."""
        text, pasted = self._aside
        return f"{text}\n{self.text}" if text.strip() else self.text, (*pasted, *self._pasted)

    def accept(self, asked: Asked) -> None:
        """The question was taken; what was being written before an edit comes back.  What does not
        come from here leaves alone what is written, and a command what goes with it."""
        if asked.exact:
            self.forget_command()
        elif asked.fork is None or not asked.fork.again:
            self.forget_command()
            since = [one for one in self._pasted if one not in asked.pasted]
            self.drop_pasted()
            self.fork = None
            text, pasted = self._aside
            self._aside = NOTHING
            self.draft.begin_with(before(text, self.text))
            self._pasted = [*pasted, *since]
            self._show_chips()

    async def take(self, event: Key) -> None:
        """A key that was pressed beside the field, or so soon that it had not the focus yet: that
        comes to it behind the keys that are waiting."""
        draft = self.draft
        if event.is_printable and event.character is not None:
            event.stop()
            self._awaited = True
            draft.focus()
            draft.insert(event.character)
        elif self._awaited and event.key in bound_keys(self.app, "chat.send").split(","):
            event.stop()
            draft.send()
        elif self._awaited or draft.has_focus:
            await done_in_turn(draft, event, late=True)
        elif event.key == "escape":
            self._awaited = True
            draft.focus()

    def on_descendant_focus(self) -> None:
        """What is typed from now on comes to the field by itself."""
        self._awaited = False

    def forget_command(self) -> None:
        """A command was done: its words go, what stands beside them stays."""
        self.draft.recall.remember(self._sending)
        self.draft.begin_with(typed_since(self._sending, self.text))

    def restore(self, asked: Asked) -> None:
        """A question comes back, before what was written since."""
        self.draft.begin_with(before(asked.text, self.text))
        self._pasted = [*asked.pasted, *self._pasted]
        self.fork = asked.fork if asked.fork is None or not asked.fork.again else None
        self._show_chips()

    def edit(self, text: str, pasted: tuple[tuple[str, str], ...], fork: Fork) -> None:
        """An earlier question is to be asked in other words; what was being written is set aside
        until that is sent."""
        if self.fork is None:
            self._aside = self.text, self.pasted
            self.draft.recall.remember(self.text.strip())
        self.draft.put(text)
        self._pasted, self.fork = list(pasted), fork
        self._show_chips()
        self.draft.focus()

    def give_up(self) -> None:
        """What is written stands beside no other question; the texts that were to go with another
        one go with it."""
        if self.fork is not None:
            self.fork = None
            self._pasted += self._aside[1]
            self._aside = NOTHING
        self._show_chips()

    def drop_pasted(self) -> None:
        """Nothing goes with the question any more."""
        from tui.commands.completing import named_paths

        self._passed = set(named_paths(self.text))
        self._pasted.clear()
        self._paths.clear()
        for cancel in self._reading.values():
            cancel.set()
        self._reading.clear()
        self._show_chips()

    # --- sending -----------------------------------------------------------------------------

    async def on_draft_sent(self, event: Draft.Sent) -> None:
        """Send what is there, if there is anything; or do what it says."""
        from tui.commands.completing import command_of

        event.stop()
        self._sending = text = event.text.strip()
        if (command := command_of(text)) is not None:
            self.post_message(Commanded(*command))
            return
        if self._reading:
            self._tell(STILL_READING.of(next(iter(self._reading))))
            return
        if not text and not self._pasted:
            return
        if await self._left_out(text):
            return
        asked = text or READ_THIS.template(self._lang)
        self.post_message(Submitted(Asked(asked, self.pasted, self.fork)))

    async def _left_out(self, text: str) -> bool:
        """Attach what a text names and what does not go with it yet; was the user told of any that
        cannot be?  Of each he is told once, so that the next time it is sent without."""
        from runtimes.files import on_disk
        from tui.attaching import NotAttached
        from tui.commands.completing import named_paths

        told: list[Text] = []
        for typed, sure in named_paths(text).items():
            path = on_disk(typed)
            if typed in self._passed or self._goes_along(typed, path):
                continue
            if not (sure or await asyncio.to_thread(_is_there, path)):
                continue
            try:
                await self._read(path, typed)
            except NotAttached as wrong:
                self._passed.add(typed)
                told.append(wrong.why)
        for why in told[:MOST_TOLD]:
            self._tell(why)
        if told:
            self._tell(ALL_THE_SAME.of(key_of(self.app, "chat.send")))
        return bool(told)

    def _goes_along(self, typed: str, path: Path) -> bool:
        """A question that came back brings its texts, but not the paths that they had."""
        names = {name for name, _ in self._pasted}
        return path in self._paths or not names.isdisjoint(map(_short, (typed, path.name)))

    def on_draft_pasted(self, event: Draft.Pasted) -> None:
        """Keep it beside the draft."""
        event.stop()
        self._count += 1
        self._pasted.append((PASTED.template(self._lang).format(self._count), event.text))
        self._show_chips()

    # --- what is offered ---------------------------------------------------------------------

    def on_text_area_changed(self) -> None:
        """Offer what may stand here."""
        self.post_message(DraftChanged())
        before = self.draft.before
        if "/" in before or "@" in before:
            self.run_worker(self._offer(before), group="offer", exclusive=True)
        else:
            self.choices.offer(())

    async def _offer(self, before: str) -> None:
        from tui.commands import completing

        if self.draft.before != before:  # more was typed meanwhile, and comes next
            return
        if (name := completing.begun_command(before)) is not None:
            self.choices.offer(self._commands(name), self.draft.text)
            return
        begun = completing.begun_path(before)
        if begun is None:
            self.choices.offer(())
            if (ended := completing.ended_path(before)) is not None:
                self.run_worker(self._attach_if_there(ended))
            return
        over = Event()
        try:
            found = await asyncio.to_thread(completing.paths, *begun, over)
        finally:
            over.set()  # more was typed: the disk may be slow, and threads are few
        if self.draft.before == before:  # else more was typed meanwhile
            self.choices.offer(found, self.draft.text)

    def _commands(self, begun: str) -> list[Choice]:
        from tui.commands.commands import commands
        from tui.commands.completing import Choice

        found = [
            Choice(f"/{name} {one.words}".rstrip(), f"/{name} " if one.words else f"/{name}", 0,
                   note=one.does.template(self._lang))
            for name, one in commands().items()
            if name.startswith(begun)
        ]  # fmt: skip
        exact = len(found) == 1 and found[0].text == f"/{begun}"
        return [] if exact else found

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """It comes into the field."""
        event.stop()
        choice = event.choice
        self.draft.complete(choice.text, choice.start)
        self.draft.focus()
        if choice.path is not None and not choice.shown.endswith(("/", "\\")):
            self.run_worker(self._take_file(choice.path, choice.shown))

    # --- files -------------------------------------------------------------------------------

    async def attach(self, typed: str) -> bool:
        """Let a file go with the question; ``False`` where the user was told why it does not."""
        from runtimes.files import on_disk

        return await self._take_file(on_disk(typed), typed)

    async def _attach_if_there(self, typed: str) -> None:
        from runtimes.files import on_disk

        path = on_disk(typed)
        if await asyncio.to_thread(_is_file, path):
            await self._take_file(path, typed)

    async def _take_file(self, path: Path, name: str) -> bool:
        from tui.attaching import NotAttached

        try:
            return await self._read(path, name)
        except NotAttached as wrong:
            self._tell(wrong.why)
            return False

    async def _read(self, path: Path, name: str) -> bool:
        """``False`` where it was given up.  Raises ``NotAttached``."""
        from runtimes.base import Cancel
        from tui.attaching import NotAttached, read_text

        if path in self._paths:
            return True
        name, cancel = _short(name), Cancel()
        self._paths.add(path)
        self._reading[name] = cancel
        self._show_chips()
        try:
            text, note = await asyncio.to_thread(read_text, path, cancel)
        except NotAttached:
            self._paths.discard(path)
            if not cancel.is_set():
                raise
        finally:
            self._reading.pop(name, None)
            self._show_chips()
        if cancel.is_set():
            return False
        if note is not None:
            self._tell(note)
        self._pasted.append((name, text))
        self._show_chips()
        return True

    def _tell(self, text: Text) -> None:
        self.app.post_message(Told(text, wrong=True))

    def _show_chips(self) -> None:
        chips = self.query_one("#chips", Static)
        told = [say(aloud(CHIP.of(_lines(text), name)), self._lang) for name, text in self._pasted]
        told += [say(aloud(READING).of(name), self._lang) for name in self._reading]
        if told:
            told.append(say(REMOVES.of(key_of(self.app, "chat.attachments")), self._lang))
        if self.fork is not None:
            key = key_of(self.app, "chat.give_up")
            told.append(say(aloud(EDITING).of(key), self._lang))
        chips.update(Content("  ".join(told)))
        chips.display = bool(told)
        self.post_message(DraftChanged(beside=True))


def _lines(text: str) -> int:
    """As many as one counts: the end of the last begins no other."""
    return text.removesuffix("\n").count("\n") + 1


def _short(name: str) -> str:
    """The end of a path tells it apart."""
    return one_line(name if len(name) <= NAME else f"…{name[1 - NAME :]}")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a NUL in the name
        return False
    except OSError:  # it is not to be looked at, which says nothing of whether it is there
        return True
    return True
