"""Earlier conversations: found, looked into, opened, renamed, exported, deleted."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, OptionList
from textual.worker import Worker

from assistant.history import Branch, HistoryFailure, Hit
from assistant.history.failures import NoSuchMessage
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang, Text
from tui.conversations import remembered
from tui.conversations.bin import SECONDS
from tui.conversations.exporting import Exists, export, usual_name
from tui.conversations.remembered import PAGE, Row
from tui.keyboard.keys import bound, key_of
from tui.messages import Told
from tui.remedies import with_remedy
from tui.screens.base import AppScreen
from tui.widgets.conversations import Conversations
from tui.widgets.finder import Finder
from tui.widgets.look import Look
from tui.widgets.prompt import Prompt
from tui.widgets.roombar import bars
from tui.widgets.sentence import Sentence
from tui.words import one_line

if TYPE_CHECKING:
    from assistant.history import ConversationId, History
    from tui.app import AssistantApp
    from tui.screens.chat import ChatScreen

T = TypeVar("T")
Work = Callable[[], Awaitable[None]]
TYPING = 0.2
"""Seconds after a key until it is searched, and until what is highlighted is looked into."""
LOOK_EVERY = 2.0
"""Seconds from one look for what another program has written to the next."""
SEARCH = Text(
    "Search questions, answers and thinking", "搜索问题、回答和思考过程"
)  # fmt: skip
NONE_YET = Text("there is no conversation yet", "还没有对话")
NOT_FOUND = Text("nothing found", "没有找到")
SEARCHING = Text("searching…", "正在搜索……")
INCOGNITO = Text("incognito: nothing of this is kept", "无痕模式：以下内容不会保留")
OF = Text("branches of {0}", "{0} 的分支")
HITS = Text("messages found: {0}", "找到 {0} 条消息")
MANY_HITS = Text("the newest {0} messages that were found", "以下为最新的 {0} 条")
CALLED = Text("new title:", "新标题：")
NO_TITLE = Text("a title needs words:", "标题不能为空：")
TO_FILE = Text("to the file (.md .json .html):", "导出到文件（.md .json .html）：")
REPLACE = Text("it is there already; Enter replaces it:", "文件已存在，按 Enter 覆盖：")
WRITTEN = Text("written: {0}", "已写入：{0}")
DELETED = Text(
    "deleted: {0} — {1} takes it back for {2} seconds", "已删除：{0}，{2} 秒内可按 {1} 撤销"
)
TAKEN_BACK = Text("it is back", "已恢复")
NOTHING = Text("there is nothing to take back", "没有可撤销的删除")


class HistoryScreen(AppScreen[None]):
    """A field to search, the list, and beside it a look into what is highlighted."""

    app: AssistantApp
    AUTO_FOCUS = "#find"
    CSS_PATH = "../styles/history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("history.open", "open", show=True, priority=True),
        bound("history.branches", "branches", show=True, priority=True),
        bound("history.rename", "rename", show=True, priority=True),
        bound("history.export", "export", show=True, priority=True),
        bound("history.delete", "delete", show=True, priority=True),
        bound("history.undo", "undo", show=True, priority=True),
        bound("history.back", "back", show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._query = self._shown = ""
        self._branches_of: ConversationId | None = None
        self._wanted: ConversationId | None = None
        """What is to be highlighted once the list is read again."""
        self._whole = False
        self._version: int | None = None
        self._asked = 0
        self._path = ""

    def compose(self) -> ComposeResult:
        """The field, the list, the look, a line of words, a question, the keys."""
        lang = self.app.lang
        self.field = Finder(id="find", placeholder=SEARCH.template(lang), compact=True)
        self.found, self.look = Conversations(lang), Look(lang)
        self.line, self.prompt = Sentence(None, lang, id="told"), Prompt(lang)
        yield self.field
        with Horizontal(id="columns"):
            yield self.found
            with VerticalScroll(id="look", can_focus=False):
                yield self.look
        yield self.line
        yield self.prompt
        yield from bars(lang)

    def on_mount(self) -> None:
        """Look from time to time whether another program has written."""
        self.set_interval(LOOK_EVERY, lambda: self._run(self._look_again, "again"))

    def use_language(self, lang: Lang) -> None:
        """Ask in this one; all else here sees to itself."""
        self.field.placeholder = SEARCH.template(lang)

    def on_screen_resume(self) -> None:
        """There may be more now."""
        self._reload()

    def on_screen_suspend(self) -> None:
        """Whoever leaves has done with what was thrown away."""
        threading.Thread(target=self.app.desk.bin.empty, name="delete").start()

    def on_resize(self, event: events.Resize) -> None:
        """A narrow screen has no room for a look."""
        self.query_one("#look").display = event.size.width >= 90

    # --- reading -----------------------------------------------------------------------------

    def _reload(self) -> None:
        self._run(self._read, "read")

    async def _read(self) -> None:
        """The list anew: the conversations, what is searched, or the branches."""
        query, of, wanted = self._query, self._branches_of, self._wanted
        most = max(PAGE, len(self.found.rows))  # who has come far down stays there
        if query and of is None:
            self._say(SEARCHING)

        def read(history: History) -> list[Row]:
            if of is not None:
                return remembered.branches(history, of)
            if query:
                return remembered.hits(history, query)
            return remembered.page(history, None, most)

        try:
            rows = await self._in_thread(read)
        except NoSuchMessage:  # another program has deleted it
            self._branches_of = None
            rows = await self._in_thread(lambda history: remembered.page(history, None, most))
        self._shown = query
        self._whole = len(rows) < most or bool(query) or of is not None
        self.found.current = self.app.desk.conversation
        self.found.show(self._kept(rows), wanted)
        self._wanted = None
        self._tell_count(self.found.rows)
        self.refresh_bindings()
        self._look_soon()

    def _tell_count(self, rows: list[Row]) -> None:
        if self._branches_of is not None and rows:
            self._say(OF.of(self._title))
        elif self._query:
            many = MANY_HITS if len(rows) >= remembered.MOST_HITS else HITS
            self._say(many.of(len(rows)) if rows else NOT_FOUND)
        elif self.app.desk.setup.incognito:
            self._say(INCOGNITO)
        else:
            self._say(None if rows else NONE_YET)

    def on_conversations_wanted(self) -> None:
        """The next page."""
        if not self._whole and self.found.rows:
            last = self.found.rows[-1].conversation
            self._run(lambda: self._next_page(last), "page")

    async def _next_page(self, last: ConversationId) -> None:
        try:
            rows = await self._in_thread(lambda history: remembered.page(history, last))
        except NoSuchMessage:
            await self._read()
            return
        if self.found.rows and self.found.rows[-1].conversation == last and not self._whole:
            self._whole = len(rows) < PAGE
            self.found.more(self._kept(rows))

    def _kept(self, rows: list[Row]) -> list[Row]:
        return [row for row in rows if not self.app.desk.bin.holds(row.conversation)]

    async def _look_again(self) -> None:
        if not self.is_current:
            return
        version = await self._in_thread(lambda history: history.changed())
        changed = self._version is not None and version != self._version
        self._version = version
        if changed:
            await self._read()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for it, when no other key follows at once."""
        self._query, self._branches_of = event.value.strip(), None
        self._run(lambda: self._after_typing(self._read), "read")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Look into it, unless another one is highlighted at once."""
        event.stop()
        self._look_soon()

    def _look_soon(self) -> None:
        self._run(lambda: self._after_typing(self._look), "look")

    async def _after_typing(self, then: Work) -> None:
        await asyncio.sleep(TYPING)
        await then()

    async def _look(self) -> None:
        row, query = self.found.row, self._query
        if row is None:
            self.look.show(None)
            return
        try:
            seen = await self._in_thread(lambda history: remembered.seen(history, row, query))
        except NoSuchMessage:
            seen = None
        if self.found.row is row:
            self.look.show(seen)

    # --- actions -----------------------------------------------------------------------------

    def offers(self, action: str) -> bool:
        """While something is asked, the keys belong to the answer."""
        if action in ("open", "rename", "export", "delete", "branches", "undo"):
            if self.prompt.asking:
                return False
            if action == "undo":
                return bool(self.app.desk.bin.thrown)
            return self.found.row is not None
        return True

    def action_move(self, how: str) -> None:
        """Another row."""
        getattr(self.found, f"action_{how}")()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click opens it."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Go on with it in the chat; with the newest that is found, where that was just typed."""
        self.field.call_later(self._run, self._open_found, "open")

    async def _open_found(self) -> None:
        typed = self.field.value.strip()
        if typed != self._shown:
            self._query = typed
            await self._read()
        if (row := self.found.row) is not None:
            await self._open(row)

    async def _open(self, row: Row) -> None:
        leaf = sought = None
        if isinstance(row.what, Branch | Hit):
            message = row.what.leaf if isinstance(row.what, Branch) else row.what.message
            sought = message if isinstance(row.what, Hit) else None
            leaf = await self._in_thread(lambda one: one.switch(row.conversation, message))
        await self.app.action_room("chat")
        chat: ChatScreen = self.app.room("chat")  # type: ignore[assignment]
        await chat.open(row.conversation, leaf, sought)

    def action_branches(self) -> None:
        """The ends of the conversation, to choose from; and back."""
        row = self.found.row
        if self._branches_of is not None:
            self._branches_of = None
        elif row is not None:
            self._branches_of = row.conversation
        self._reload()

    def action_rename(self) -> None:
        """Ask for another title."""
        if (row := self.found.row) is not None:
            self.prompt.ask(CALLED, self._title, lambda t: self._rename(row, t))

    async def _rename(self, row: Row, title: str) -> Text | None:
        if not title.strip():
            return NO_TITLE
        try:
            await self._in_thread(lambda history: history.rename(row.conversation, title))
        except HistoryFailure as failure:
            self._tell(with_remedy(failure, self.app), wrong=True)
        self._reload()
        return None

    def action_export(self) -> None:
        """Ask for the name of a file."""
        if (row := self.found.row) is not None:
            self._path = ""
            name = usual_name(self._title)
            self.prompt.ask(TO_FILE, name, lambda n: self._export(row, n))

    async def _export(self, row: Row, name: str) -> Text | None:
        lang, replace = self.app.lang, bool(name) and name == self._path
        try:
            path = await self._in_thread(
                lambda one: export(one, row.conversation, name, lang, replace=replace)
            )
        except Exists:
            self._path = name
            return REPLACE
        except RuntimeFailure as failure:
            self._tell(with_remedy(failure, self.app), wrong=True)
            return TO_FILE
        self._tell(WRITTEN.of(str(path)))
        return None

    def action_delete(self) -> None:
        """Throw it away; for some seconds it can be taken back."""
        row = self.found.row
        if row is None or self._branches_of is not None:
            return
        title = self._title
        self.app.desk.bin.throw(row.conversation)
        self.found.show(self._kept(self.found.rows))
        self._tell_count(self.found.rows)
        self._tell(DELETED.of(title, key_of(self.app, "history.undo"), int(SECONDS)))
        self.refresh_bindings()
        self._look_soon()

    def action_undo(self) -> None:
        """The last one that was thrown away is back."""
        taken = self.app.desk.bin.take_back()
        self._tell(NOTHING if taken is None else TAKEN_BACK)
        self._wanted = taken
        self._reload()

    async def action_back(self) -> None:
        """Out of the branches, of the search, of the screen."""
        if self._branches_of is not None:
            self._branches_of = None
            self._reload()
        elif self.field.value:
            self.field.value = ""
        else:
            await self.app.action_room("chat")

    # --- small things ------------------------------------------------------------------------

    @property
    def _title(self) -> str:
        row = self.found.row
        if row is None:
            return ""
        what = row.what
        return one_line(what.start if isinstance(what, Branch) else what.title)

    async def _in_thread(self, read: Callable[[History], T]) -> T:
        desk = self.app.desk
        return await asyncio.to_thread(lambda: read(desk.history()))

    def _run(self, work: Work, group: str) -> None:
        """One of a group at a time: a newer one takes the place of an older one."""
        told = partial(self._told, work)  # no coroutine is left over where a newer one comes first
        _: Worker[None] = self.run_worker(told, group=group, exclusive=True)

    async def _told(self, work: Work) -> None:
        try:
            await work()
        except RuntimeFailure as failure:
            self._tell(with_remedy(failure, self.app), wrong=True)

    def _say(self, text: Text | None) -> None:
        self.line.say(text)
        self.line.display = text is not None

    def _tell(self, text: Text, *, wrong: bool = False) -> None:
        self.app.post_message(Told(text, wrong=wrong))
