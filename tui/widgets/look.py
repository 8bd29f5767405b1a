"""A look into the conversation that is highlighted: answers are drawn as the chat draws them."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.history import Role, Where
from assistant.history.labels import label_said
from assistant.history.marks import wrong
from assistant.history.searching import places
from assistant.maths.showing.look import Badge
from runtimes.texts import Lang, Text
from tui.conversations.remembered import Excerpt, Seen
from tui.rendering.lines import step_line
from tui.rendering.plain import answer_aloud, joined, sign_of
from tui.widgets.answer import Prose
from tui.widgets.conversations import (
    BRANCHES,
    FOUND,
    ROLES,
    TURNS,
    WHERE,
    marked,
    moment,
)
from tui.widgets.lined import Lined
from tui.words import harmless, one_line, say

EMPTY = Text("(no answer)", "（没有回答）")
AROUND = 60
"""Characters on either side of what was found, where the drawing does not show it."""


class Look(Vertical):
    """The newest turns of a conversation, or what was found in it."""

    DEFAULT_CSS = """
    Look {
        height: auto;
        & > Static { height: auto; }
        & > .head { margin-bottom: 1; }
        & > .who { color: $text-accent; }
        & > .words { margin-bottom: 1; }
        & > .wrong { color: $text-error; margin-bottom: 1; }
        & > Prose { height: auto; margin: 0 0 1 0; padding: 0; }
    }
    """

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang = lang
        self._wanted: Seen | None = None

    def show(self, seen: Seen | None) -> None:
        """This one; ``None`` for nothing.

        It is drawn in this widget's own time: who asks for it may be called off meanwhile, and
        widgets of which half is mounted are never whole again.
        """
        self._wanted = seen
        self.call_next(self._draw, seen)

    def use_language(self, lang: Lang) -> None:
        """Draw it in this one, where one is."""
        self._lang = lang
        self.call_next(self._draw, self._wanted, stays=True)

    async def _draw(self, seen: Seen | None, *, stays: bool = False) -> None:
        if seen is not self._wanted:  # another one is wanted already
            return
        with self.app.batch_update():
            await self.remove_children()
            if seen is not None:
                await self.mount(self._head(seen))
                for part in seen.excerpts:
                    await self._show(part, seen.query)
        if not stays:
            self.scroll_visible(animate=False, top=True)

    def _head(self, seen: Seen) -> Static:
        lang, one = self._lang, seen.listed
        told = [moment(one.made), say(TURNS.of(one.turns), lang)]
        if seen.branches > 1:
            told.append(say(BRANCHES.of(seen.branches), lang))
        head = Content.assemble((step_line(one.title), "bold"), "\n", (joined(told), "dim"))
        return Static(head, classes="head", markup=False)

    async def _show(self, part: Excerpt, query: str) -> None:
        lang, message = self._lang, part.message
        name = WHERE[Where.REASONING] if part.thought else ROLES[message.role]
        told = [name.template(lang)]
        if message.label:
            told.append(one_line(label_said(message.label, lang), 40))
        await self.mount(Static(joined(told), classes="who", markup=False))
        if not part.text.strip():
            await self.mount(Static(EMPTY.template(lang), classes="words", markup=False))
        elif message.role is Role.ANSWER and not part.thought:
            await self._show_answer(part, query)
        else:
            words = marked(part.text.strip("\n"), part.marked)
            await self.mount(Static(words, classes="words", markup=False))
        await self.mount_all(self._wrong(part))

    async def _show_answer(self, part: Excerpt, query: str) -> None:
        prose = Prose()
        await self.mount(prose)
        await prose.update(harmless(part.opening + answer_aloud(part.message, part.text)))
        if part.marked and not mark(prose, query):
            first, last = part.marked[0]
            start = max(first - AROUND, 0)
            words = part.text[start : last + AROUND].replace("\n", " ")
            near = marked(words, [(first - start, last - start)])
            await self.mount(Static(near, classes="words", markup=False), before=prose)

    def _wrong(self, part: Excerpt) -> Iterator[Widget]:
        if part.message.role is not Role.ANSWER:
            return
        for one in wrong(part.message, self._lang):
            words = " — ".join(one_line(part) for part in (one.text, one.why) if part)
            yield Static(
                f"{sign_of(Badge.REFUTED, self._lang)} {words}", classes="wrong", markup=False
            )


def mark(drawn: Widget, query: str) -> bool:
    """Let the words of a query stand out in what is drawn; is any of them there?"""

    def standing_out(content: Content) -> Content:
        for start, end in places(query, content.plain):
            content = content.stylize(FOUND, start, end)
        return content

    found = False
    for one in drawn.query(Static):
        if isinstance(one, Lined):
            found |= one.restyle(standing_out)
        elif isinstance(content := one.content, Content):
            shown = standing_out(content)
            if shown is not content:
                found = True
                one.update(shown)
    return found
