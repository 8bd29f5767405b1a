"""The list of models: one line each, in columns, with a small memory bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets.option_list import Option

from assistant.modellist import Row, Stray
from assistant.overview import Overview, fit_text, worth_showing
from runtimes.catalog import Entry, Origin
from runtimes.errors import RuntimeFailure
from runtimes.store.types import bytes_text
from runtimes.texts import Lang, Text
from runtimes.types import Fit
from tui.remedies import with_remedy
from tui.rendering.plain import aloud, joined
from tui.widgets.memorybar import bar
from tui.widgets.rowlist import RowList
from tui.words import one_line, say

LOOKING = Text("looking at this computer…", "正在查看本机……")
TAKE = Text("← recommended here: {0}", "← 推荐：{0}")
ADVISED = Text("← recommended", "← 推荐")
FILES = Text("files of no entry", "目录之外的文件")
DEFAULT, HERE, IN_USE = "★", "●", "▶"
SAID = {
    HERE: Text("on this disk", "本机已有"),
    DEFAULT: Text("default", "默认"),
    IN_USE: Text("answers in the chat", "对话使用中"),
}
"""The same in words, for a screen reader."""
LEAST = 24
"""Cells of what is told of a model; where there are fewer it is left out."""
MINI = 10
"""Cells of the bar in a row."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line: a model of the catalogue (``row``), or files that belong to none."""

    name: str
    row: Row | None = None
    stray: Stray | None = None

    @property
    def entry(self) -> Entry | None:
        """Its entry."""
        return self.row.entry if self.row is not None else None

    @property
    def here(self) -> bool:
        """Is some form of it on the disk?"""
        return self.stray is not None or (self.row is not None and bool(self.row.here))

    @property
    def own(self) -> bool:
        """Has the user added it?"""
        return self.entry is not None and self.entry.origin is Origin.OWN


def items(seen: Overview, *, everything: bool) -> list[Item]:
    """What is listed; ``everything``: those too that do not fit."""
    found = [
        Item(_name(row), row)
        for row in seen.rows
        if everything or worth_showing(row) or seen.default.partition(":")[0] == row.entry.id
    ]
    found.sort(key=lambda item: not item.here)
    return [*found, *(Item(stray.name, stray=stray) for stray in seen.strays)]


def _name(row: Row) -> str:
    entry = row.entry
    return entry.id if row.variant.name == entry.default else f"{entry.id}:{row.variant.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Names with a meaning: the default model, the one that answers, the one to take."""

    default: str = ""
    in_use: str = ""
    advised: str = ""


class ModelRows(RowList):
    """Draws ``Item``s."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(id="models", compact=True)
        self._lang = lang
        self._items: Sequence[Item] = ()
        self._marks = Marks()
        self._instead = LOOKING

    def on_mount(self) -> None:
        """Until they are known."""
        self.add_option(Option(self._unknown(), disabled=True))

    def _unknown(self) -> Content:
        return Content(say(self._instead, self._lang))

    def fail(self, failure: RuntimeFailure) -> None:
        """Why they are not known; those that are listed stay."""
        self._instead = with_remedy(failure, self.app, en=". ", zh="。")
        if not self._items and self.option_count:
            self.replace_option_prompt_at_index(0, self._unknown())

    @property
    def item(self) -> Item | None:
        """The one that the cursor is on."""
        at = self.highlighted
        return self._items[at] if at is not None and at < len(self._items) else None

    def show(self, shown: Sequence[Item], marks: Marks, new: str = "") -> None:
        """List these; the cursor goes to a new one, stays on its model, or goes to the one to
        take."""
        old = self.item
        same = [item.name for item in self._items] == [item.name for item in shown]
        self._items, self._marks = shown, marks
        if same and self.option_count == len(shown):
            self._redraw()
            return
        names = [item.name for item in shown]
        wanted = (new, old.name if old else "", marks.in_use, marks.default, marks.advised)
        forms = [one for name in wanted for one in (name, name.partition(":")[0])]
        at = next((names.index(name) for name in forms if name in names), 0)
        self.set_options([Option(prompt) for prompt in self._prompts()])
        self.highlighted = at if names else None

    def use_language(self, lang: Lang) -> None:
        """Draw them in this one."""
        self._lang = lang
        if not self._items and self.option_count:
            self.replace_option_prompt_at_index(0, self._unknown())
        self._redraw()

    def on_resize(self) -> None:
        """Draw them for the width."""
        self._redraw()

    def _redraw(self) -> None:
        for at, prompt in enumerate(self._prompts()[: self.option_count]):
            self.replace_option_prompt_at_index(at, prompt)

    def _prompts(self) -> list[Content]:
        width = (self.scrollable_content_region.width or self.app.size.width) - 2
        table = [self._cells(item) for item in self._items]
        if not table:
            return []
        widths = [max(cell_len(cells[n]) for cells in table) for n in range(3)]
        widths[0] = min(widths[0], max(width - 10, 12), 40)
        return [
            self._line(item, cells, widths, width)
            for item, cells in zip(self._items, table, strict=True)
        ]

    def _cells(self, item: Item) -> tuple[str, str, str, str]:
        lang, row = self._lang, item.row
        name = one_line(item.name, 60)
        if row is None:
            size = item.stray.size if item.stray is not None else 0
            return name, bytes_text(size), "", FILES.template(lang)
        entry = row.entry
        told = say(entry.good_for, lang) if entry.good_for else one_line(entry.title, 60)
        if entry.id == self._marks.advised:
            told = say(aloud(TAKE).of(told), lang)
        return name, bytes_text(row.size) if row.size else "", say(fit_text(row), lang), told

    def _line(
        self, item: Item, cells: tuple[str, str, str, str], widths: list[int], width: int
    ) -> Content:
        marks, name = self._marks, item.name
        base = name.partition(":")[0] if item.row is not None else name
        in_use, default = (_head(mark, item) for mark in (marks.in_use, marks.default))
        signs = (
            (IN_USE if in_use in (name, base) else " ")
            + (DEFAULT if default in (name, base) else " ")
            + (HERE if item.here else " ")
        )
        if self.app.has_class("-plain"):
            words = [SAID[sign].template(self._lang) for sign in signs if sign in SAID]
            return Content(joined((cells[0], *words, *cells[1:])))
        parts: list[str | tuple[str, str] | Content] = [
            (f"{signs} ", "$text-accent"),
            set_cell_size(cells[0], widths[0]),
        ]
        room = width - 4 - widths[0]
        for text, wide in ((cells[1], widths[1]), (cells[2], widths[2])):
            if room >= wide + 2:
                parts.append(f"  {set_cell_size(text, wide)}")
                room -= wide + 2
        if room >= MINI + 2:
            parts += ["  ", _mini(item.row)]
            room -= MINI + 2
        told = cells[3]
        if room - 2 < min(cell_len(told), LEAST):  # a few letters of it say nothing
            advised = item.entry is not None and item.entry.id == marks.advised
            told = ADVISED.template(self._lang) if advised else ""
        if told and room >= 12:
            parts.append(f"  {_cut(told, room - 2)}")
        return Content.assemble(*parts)


def _head(mark: str, item: Item) -> str:
    """The line of the catalogue that a name means, whatever form it names."""
    return mark if item.row is None else mark.partition(":")[0]


def _mini(row: Row | None) -> Content:
    """The bar of the fullest device."""
    plan = row.plan if row is not None else None
    if plan is None or not plan.placements or plan.fit is Fit.REMOTE:
        return Content(" " * MINI)
    return bar(max(plan.placements, key=lambda one: one.total / max(one.free, 1)), MINI)


def _cut(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"
