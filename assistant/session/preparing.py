"""What goes to the model: the conversation within its window, the attachments, the tokens."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.events import Gist, Notice, NoticeKind, Route, TurnEvent
from assistant.prompts import explain_request, opening_of, write_messages
from assistant.session.budget import NoRoom, Wishes, approximate_tokens, plan_budget
from assistant.session.conversation import Conversation, Turn
from assistant.session.folding import written_summary
from assistant.session.leaning import may_stand_under, means_otherwise
from assistant.session.means import Means
from assistant.session.options import TurnOptions
from assistant.session.orders import Order, can, has_room, sampling, unthinking, window_of
from assistant.session.window import PromptParts, fold_text, plan_window
from assistant.tools.toolbox import Toolbox
from runtimes.base import Cancel, Model
from runtimes.errors import Overflow
from runtimes.texts import Text
from runtimes.types import Capability, Message

if TYPE_CHECKING:
    from assistant.notes.attached import Attachments
    from assistant.notes.types import Passage

ASSUMED = 8_192
"""Tokens of a window that nobody knows, where something must be chosen to fit into it."""
USUAL_ROOM = 5_120
"""Tokens that a turn is given for writing before old turns are folded: a short train of thought
and an answer."""
LETTERS = 3
"""Characters of an attachment that are tried for each free token; the count decides."""
TRIES = 6

FOLDING = Text("summing up earlier turns", "正在概括之前的对话")
FOLDED = Text(
    "{0} earlier turns were folded into a summary to fit the window",
    "为适应上下文窗口，已将之前的 {0} 轮对话折叠为摘要",
)
FULL = Text(
    "the question with what belongs to it has {0} tokens: the window of {1} has no room for an "
    "answer",
    "问题及其附带内容有 {0} 个词元：{1} 个词元的窗口容不下回答",
)
SMALL = Text("the window of {0} tokens has no room for an answer", "{0} 个词元的窗口容不下回答")
LESS = Text(
    "shorten the question, or load the model with a larger --context",
    "请缩短问题，或用更大的 --context 加载模型",
)
GROWN = Text(
    "the conversation has outgrown the window: {0} of {1} tokens",
    "对话已超出上下文窗口：{0}/{1} 个词元",
)
ALLOW = Text(
    "leave out --no-fold to have old turns summed up, or begin a new conversation",
    "去掉 --no-fold 以折叠旧轮次，或开始新的对话",
)
SHORTENED = Text(
    "there is room for {0} tokens of thinking and {1} of the answer",
    "窗口只够 {0} 个思考词元和 {1} 个回答词元",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """``order`` is the first stream; ``watched`` is the thinking budget that the engine does not
    hold itself; ``passages`` are those that the answer may cite."""

    order: Order
    toolbox: Toolbox | None = None
    watched: int | None = None
    passages: tuple[Passage, ...] = ()


class Preparing:
    """Prepares one turn; afterwards ``folded`` turns of the conversation are in ``summary``."""

    def __init__(
        self,
        means: Means,
        options: TurnOptions,
        conversation: Conversation,
        attachments: Attachments | None,
    ) -> None:
        self._means = means
        self._options = options
        self._conversation = conversation
        self._attachments = attachments
        self._question = ""
        self._head, self._beside = conversation.opening, False
        self.folded = 0
        self.summary = ""

    @property
    def context(self) -> bool:
        """Does the question stand under something: what was said before, or is attached?"""
        said = self._conversation
        return bool(said.turns or said.summary) or self._attachments is not None

    def may_assume(self, question: str) -> bool:
        """May something that the question stands under say more of its letters than it does?"""
        attached = self._attachments.texts() if self._attachments is not None else ()
        return may_stand_under(question, self._conversation, [text for _, text in attached])

    def means_otherwise(self, question: str) -> bool:
        """May it say that numbers and names stand for something else than usual?"""
        attached = self._attachments.texts() if self._attachments is not None else ()
        return means_otherwise(question, self._conversation, [text for _, text in attached])

    def question(
        self, model: Model, route: Route, question: str, cancel: Cancel
    ) -> Generator[TurnEvent, None, Prepared]:
        """The first order of a turn.  Raises ``Overflow`` where the window is too small."""
        toolbox = Toolbox(self._means.tools()) if self._options.tools else None
        native = toolbox is not None and can(model, Capability.TOOLS)
        told = () if toolbox is None or native else toolbox.tools
        options, spec = self._options, model.spec
        write = _Writer(
            model, lambda said, asked: write_messages(route, said, asked, spec, options.lang, told)
        )
        passages: tuple[Passage, ...] = ()
        if self._attachments is not None:
            question, passages = yield from self._attached(write, question)
        self._question = question
        yield from self._fold(write, question, cancel)
        prepared = yield from self._ordered(model, write.messages(self._conversation, question))
        if native and toolbox is not None:
            params = replace(prepared.order.params, tools=toolbox.tools)
            prepared = replace(prepared, order=replace(prepared.order, params=params))
        return replace(prepared, toolbox=toolbox, passages=passages)

    def explanation(
        self, model: Model, question: str, solution: str, cancel: Cancel
    ) -> Generator[TurnEvent, None, Prepared]:
        """The order that has an exact solution told in words.  Raises ``Overflow``."""
        self._question = question
        lang, spec = self._options.lang, model.spec
        write = _Writer(
            model, lambda said, asked: explain_request(said, asked, solution, spec, lang)
        )
        yield from self._fold(write, question, cancel)
        return (yield from self._ordered(model, write.messages(self._conversation, question)))

    def given(
        self, model: Model, messages: tuple[Message, ...]
    ) -> Generator[TurnEvent, None, Prepared]:
        """The order of messages that stand for themselves.  Raises ``Overflow``."""
        return (yield from self._ordered(model, messages))

    def remembered(self, question: str, answer: str, reasoning: str) -> Conversation:
        """The conversation after this turn; a turn without an answer is not in it."""
        if not answer.strip():
            return self._conversation
        turn = Turn(self._question or question, answer, reasoning)
        return self._conversation.later(turn, self._head, beside=self._beside)

    def _ordered(
        self, model: Model, messages: tuple[Message, ...]
    ) -> Generator[TurnEvent, None, Prepared]:
        options, spec = self._options, model.spec
        self._head = opening_of(messages)
        self._beside = messages[-1].text != self._question
        tokens = model.count_tokens(messages)
        wishes = Wishes(
            think=options.think,
            max_tokens=options.max_tokens,
            thinks=can(model, Capability.THINKING),
        )
        budget = plan_budget(window_of(model), tokens, wishes)
        if isinstance(budget, NoRoom):
            counted = FULL.of(budget.prompt, budget.context)
            raise Overflow(SMALL.of(budget.context) if tokens is None else counted, LESS)
        if budget.shortened:
            rooms = (budget.thinking_tokens or 0, budget.answer_room)
            yield Notice(NoticeKind.WINDOW, Text(SHORTENED.en, SHORTENED.zh, rooms))
        params = sampling(spec, options)
        if tokens is not None or options.max_tokens is not None:
            params = replace(params, max_tokens=budget.max_tokens)
        if can(model, Capability.THINKING_BUDGET):
            return Prepared(
                Order(messages, replace(params, thinking_tokens=budget.thinking_tokens))
            )
        if options.think == 0:
            params = unthinking(spec, params)
        return Prepared(Order(messages, params), watched=budget.thinking_tokens)

    def _attached(
        self, write: _Writer, question: str
    ) -> Generator[TurnEvent, None, tuple[str, tuple[Passage, ...]]]:
        """The question with what is attached; what does not fit is searched, and that is said."""
        from assistant.notes.quoting import quoted

        assert self._attachments is not None
        bare = replace(self._conversation, turns=self._conversation.turns[-1:])
        window = window_of(write.model) or ASSUMED
        room = window - write.count(bare, question) - self._room(write.model)
        size = max(room, 0) * LETTERS
        for _ in range(TRIES):
            selection = self._attachments.select(question, size)
            joined = "\n\n".join(part for part in (question, quoted(selection.passages)) if part)
            if write.count(bare, joined) + self._room(write.model) <= window:
                break
            size = size * 2 // 3
        else:
            joined, selection = question, self._attachments.select(question, 0)
        for notice in selection.notices():
            yield Notice(NoticeKind.ATTACHED, notice)
        return joined, selection.passages

    def _room(self, model: Model) -> int:
        """Tokens that are wanted for writing."""
        asked = self._options.max_tokens
        most = USUAL_ROOM if asked is None else asked
        return min(most, (window_of(model) or ASSUMED) // 2)

    def _fold(
        self, write: _Writer, question: str, cancel: Cancel
    ) -> Generator[TurnEvent, None, None]:
        """Make room by folding old turns, where there is too little."""
        model = write.model
        before, room = self._conversation, self._room(model)
        if not before.turns:
            return
        whole = write.count(before, question)
        if has_room(model, whole + room):
            return
        if not self._options.fold:
            raise Overflow(GROWN.of(whole, model.context), ALLOW)
        alone = write.count(Conversation(), question)
        parts = PromptParts(
            fixed=alone,
            summary=approximate_tokens(before.summary),
            turns=tuple(
                max(write.count(Conversation((turn,)), question) - alone, 0)
                for turn in before.turns
            ),
        )
        plan = plan_window(before, parts, model.context, room)
        if not plan.fold:
            return
        yield Gist(FOLDING)
        lang = self._options.lang
        summary = written_summary(model, plan.fold, before.summary, lang, cancel)
        self._conversation = Conversation(plan.keep, summary)  # it is read anew in any case
        self._note_fold(before.turns, plan.fold, summary)
        told = FOLDED.of(len(plan.fold))
        yield Notice(NoticeKind.FOLDED, told, summary)

    def _note_fold(self, turns: Sequence[Turn], fold: Sequence[Turn], summary: str) -> None:
        """For the history a summary stands for a whole beginning: turns that were kept before
        the last folded one are told in it too."""
        self.folded = max(n for n, turn in enumerate(turns, 1) if any(turn is f for f in fold))
        kept = [t for t in turns[: self.folded] if not any(t is f for f in fold)]
        told = fold_text(kept, self._options.lang) if kept else ""
        self.summary = "\n".join(part for part in (told, summary) if part)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes and counts prompts that differ in their conversation and question."""

    model: Model
    messages: Callable[[Conversation, str], tuple[Message, ...]]

    def count(self, conversation: Conversation, question: str) -> int:
        """Tokens of the prompt; about so many where nobody can count."""
        messages = self.messages(conversation, question)
        tokens = self.model.count_tokens(messages)
        return sum(approximate_tokens(m.text) for m in messages) if tokens is None else tokens
