"""Help: how the marks are to be read, and every key of every screen; typing searches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from assistant.maths.showing.fitting import wrapped
from assistant.maths.showing.look import Badge
from runtimes.texts import Lang, Text
from tui.keyboard.keys import KEYS, bound, bound_keys, key_of, keys_of
from tui.keyboard.ownkeys import FILE
from tui.rendering.plain import aloud, lead
from tui.rendering.verdicts import STYLES
from tui.rooms import ROOMS
from tui.screens.base import Overlay
from tui.widgets.field import Field
from tui.widgets.sentence import Sentence
from tui.words import say

if TYPE_CHECKING:
    from tui.app import AssistantApp

TITLE = Text("Help", "帮助")
SEARCH = Text("Search: a word, or a key", "搜索：文字或按键")
NONE = Text("nothing here has these words", "没有符合的内容")
HINT = Text("{0} closes · {1} {2} scroll", "{0} 关闭 · {1} {2} 滚动")
MARKS = Text("How marks are to be read", "标记的含义")
MEANINGS = {
    Badge.PROVED: Text(
        "an exact engine has proved the step; nothing else wears this mark",
        "已由精确引擎证明；除此之外不会出现此标记",
    ),
    Badge.SUPPORTED: Text(
        "numbers agree at many points; that is no proof", "在多个取值处数值吻合，但不是证明"
    ),
    Badge.UNDECIDED: Text(
        "nothing could decide it: it may be right or wrong", "无法判定：可能正确，也可能错误"
    ),
    Badge.REFUTED: Text("it is wrong, and a counterexample shows it", "该步骤错误，并附有反例"),
    Badge.NEUTRAL: Text(
        "a law, a choice or a given line: nothing to check", "公式、选择或已知条件：无须检查"
    ),
}
CODE = Text(
    "Code was run where it says so; what was not run has no mark.",
    "注明“已运行”的代码确已运行；未运行的代码没有标记。",
)
OWN = Text(
    'Own keys: a line "chat.stop" = "Ctrl-X" in the file {0} of the settings folder.',
    '自定义按键：在设置文件夹的 {0} 中写一行，如 "chat.stop" = "Ctrl-X"。',
)
EVERYWHERE = Text("Everywhere", "任何界面")
PARTS = {
    "app": EVERYWHERE,
    "problem": Text("Field for a problem", "题目输入框"),
    "code": Text("Code", "代码"),
    "box": Text("Lists, and the field for a path", "列表与路径输入框"),
    "add": Text("Field for a new model", "新模型输入框"),
    "ask": Text("Questions of the app", "程序的询问"),
    "help": Text("Help", "帮助"),
    "first": Text("First start", "首次启动"),
    **{room.name: room.title for room in ROOMS},
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the help: the sign or keys, what it means, under which heading; ``also`` is
    what a search finds it by, in both languages."""

    part: str
    sign: str
    means: str
    also: str
    style: str = ""


def entries(app: AssistantApp) -> Iterator[Entry]:
    """All of it, in the user's language, with the user's own keys."""
    lang = app.lang
    heading = MARKS.template(lang)
    for mark, meaning in MEANINGS.items():
        told = f"{mark.word.template(lang)}: {meaning.template(lang)}"
        if lang is Lang.ZH:
            told = told.replace(": ", "：", 1)
        also = f"{mark.word.en} {mark.word.zh} {meaning.en} {meaning.zh} {MARKS.en} {MARKS.zh}"
        yield Entry(heading, lead(mark.sign).strip(), told, also, STYLES[mark])
    yield Entry(heading, "", CODE.template(lang), f"{CODE.en} {CODE.zh} {MARKS.en} {MARKS.zh}")
    for name, key in KEYS.items():
        part = PARTS.get(name.partition(".")[0], Text(name.partition(".")[0].capitalize(), "其他"))
        keys = bound_keys(app, name)
        signs = keys_of(app, name)
        also = f"{key.does.en} {key.does.zh} {keys} {part.en} {part.zh} {name}"
        yield Entry(part.template(lang), signs, key.does.template(lang), also)
    own = say(OWN.of(FILE), lang)
    yield Entry(EVERYWHERE.template(lang), "", own, f"{OWN.en} {OWN.zh} {FILE}")


def found(all_of_it: list[Entry], query: str) -> list[Entry]:
    """Those that have all the words, in any language, sorted under their headings."""
    words = query.casefold().split()
    hits = [
        entry
        for entry in all_of_it
        if all(word in f"{entry.also} {entry.sign}".casefold() for word in words)
    ]
    order = list(dict.fromkeys(entry.part for entry in all_of_it))
    return sorted(hits, key=lambda entry: order.index(entry.part))


class HelpScreen(Overlay[None]):
    """Over the screen that was shown."""

    app: AssistantApp
    AUTO_FOCUS = "Input"
    CSS_PATH = "../styles/help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("help.close", "close", show=True, priority=True),
        bound("help.up", "scroll(-1)", priority=True),
        bound("help.down", "scroll(1)", priority=True),
        bound("help.page_up", "page(-1)", priority=True),
        bound("help.page_down", "page(1)", priority=True),
    ]

    def compose(self) -> ComposeResult:
        """A field, the lines, how to leave."""
        lang = self.app.lang
        self._all = list(entries(self.app))
        with Vertical() as box:
            box.border_title = Content(TITLE.template(lang))
            yield Field(placeholder=SEARCH.template(lang), compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(id="help-lines", markup=False)
            keys = (key_of(self.app, f"help.{name}") for name in ("close", "up", "down"))
            yield Sentence(aloud(HINT).of(*keys), lang, id="help-hint")

    def on_mount(self) -> None:
        """Show all."""
        self._draw()

    def use_language(self, lang: Lang) -> None:
        """All of it in this one; what is searched for stays."""
        self._all = list(entries(self.app))
        self.query_one(Vertical).border_title = Content(TITLE.template(lang))
        self.query_one(Input).placeholder = SEARCH.template(lang)
        self._draw()

    def on_resize(self) -> None:
        """The keys stand before what they do, or above it."""
        self._draw()

    def on_input_changed(self) -> None:
        """Show what has these words."""
        self._draw()
        self._lines.scroll_home(animate=False)

    @property
    def _lines(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)

    def _draw(self) -> None:
        hits = found(self._all, self.query_one(Input).value)
        width = self._lines.scrollable_content_region.width
        indent = 0 if width < 56 or self.app.has_class("-plain") else 20
        lines: list[Content] = []
        part = ""
        for entry in hits:
            if entry.part != part:
                part = entry.part
                lines += [Content("")] * bool(lines) + [Content.styled(part, "bold $text-primary")]
            lines.append(_line(entry, indent, width))
        if not hits:
            lines.append(Content(NONE.template(self.app.lang)))
        self.query_one("#help-lines", Static).update(Content("\n").join(lines))

    def action_scroll(self, lines: int) -> None:
        """A line up or down."""
        self._lines.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """A page up or down."""
        self._lines.scroll_relative(y=pages * (self._lines.size.height - 1), animate=False)

    def action_close(self) -> None:
        """Back to where one was."""
        self.leave()


def _line(entry: Entry, indent: int, width: int) -> Content:
    """Sign and meaning; what does not fit goes on below the meaning."""
    sign = Content.styled(entry.sign, entry.style or "bold")
    at = max(indent, sign.cell_length + 2 if entry.sign else 0)
    pad = " " * (indent or 3)
    told = wrapped(entry.means, max(width - at, 12))
    first = Content.assemble(sign, " " * (at - sign.cell_length), told[0])
    return Content("\n").join([first, *(Content.assemble(pad, line) for line in told[1:])])
