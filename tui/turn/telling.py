"""The events of a turn as lines of words, and the record of what was said that they build."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import assert_never

from assistant.events import (
    Account,
    AnswerChecked,
    CodeChecked,
    Gist,
    Notice,
    NoticeKind,
    Rewound,
    Route,
    Routed,
    Solved,
    StepChecked,
    StepProposed,
    ToolRan,
    TurnEnd,
    TurnEvent,
    TurnFinished,
    VoteCounted,
)
from assistant.maths.showing.look import Badge, badge
from assistant.maths.types import Verdict
from runtimes.errors import EngineFailed, RuntimeFailure, remedies
from runtimes.texts import Count, Lang, Text
from runtimes.types import PromptProgress, ReasoningDelta, TextDelta, ToolCall
from tui.remedies import in_app
from tui.rendering.plain import aloud, lead, seam, sign_of
from tui.turn.ran import ran
from tui.turn.said import Exact, Item, Line, Ran, Row, Said, Thought, Tone
from tui.words import TRY, harmless, one_line, say

ROUTES = {
    Route.EXACT: Text("the exact solver", "精确求解"),
    Route.MATHS: Text("the model, as mathematics", "模型（数学）"),
    Route.CODE: Text("the model, as code", "模型（代码）"),
    Route.TUTOR: Text("the model, as a tutor", "模型（讲解）"),
    Route.TALK: Text("the model", "模型"),
}
STOPPED = Text("stopped; what was written is kept", "已停止；已写内容保留")
AGAIN = Text("step {0} is taken back and written again: {1}", "第 {0} 步已撤回并重写：{1}")
ANSWER = Text("the answer {0}: {1}", "答案 {0}：{1}")
STEPS = Text(
    "steps: {0} proved, {1} supported, {2} undecided, {3} refuted",
    "步骤：{0} 步已证明，{1} 步数值支持，{2} 步未判定，{3} 步被否定",
)
VOTES = Text("{0}: {1} of {2} samples agree", "{0}：{2} 个样本中 {1} 个一致")
NO_VOTES = Text("no sample of {0} has an answer that counts", "{0} 个样本中没有有效答案")
OFFERED = Text("the exact solver's own solution", "精确求解器给出的解答")
_ZH_LINE = "{1} · {0} 个词元，其中思考 {2} 个 · 首个词元 {3} 秒{4}{5}{6}"
LINE = Count(
    Text("{1} · {0} token, {2} of them thinking · first after {3} s{4}{5}{6}", _ZH_LINE),
    Text("{1} · {0} tokens, {2} of them thinking · first after {3} s{4}{5}{6}", _ZH_LINE),
)
UNCOUNTED = Text("{0}{1}{2}", "{0}{1}{2}")
SPEED = Text("{0} tokens/s", "{0} 词元/秒")
SEED = Text("seed {0}", "种子 {0}")
EXACT_LINE = Text("solved exactly, without a model · {0} s", "精确求解，未用模型 · {0} 秒")
EMPTY = Text("the model ended without a word of an answer", "模型没有给出任何回答就结束了")
UNSOLVED = Text("no answer was found", "没有得到答案")
FAULT = Text("something went wrong in the program itself: {0}", "程序自身出错：{0}")
REPORT = Text(
    "your question is back in the field; please report this", "问题已放回输入框；请报告此错误"
)
ONCE_MORE = Text(
    "ask again; if it fails again, assistant doctor looks for the cause",
    "请再问一次；若仍失败，可用 assistant doctor 查找原因",
)
TOOL, RESULT = Text("tool:", "工具："), Text("result:", "结果：")
_TONES = {
    Badge.PROVED: Tone.GOOD,
    Badge.SUPPORTED: Tone.DOUBT,
    Badge.UNDECIDED: Tone.DOUBT,
    Badge.NEUTRAL: Tone.QUIET,
    Badge.REFUTED: Tone.WRONG,
}


WORDLESS = (
    ReasoningDelta, TextDelta, Gist, StepProposed, StepChecked, PromptProgress, VoteCounted
)  # fmt: skip
"""Of these no line is made."""


class Teller:
    """Puts events into a record.

    ``tell`` gives the items that are new or changed; what is to be drawn is in them.
    """

    def __init__(self, said: Said, lang: Lang, key: Callable[[str], str] | None = None) -> None:
        """``key`` tells how the key of an action is written (see ``in_app``)."""
        self.said = said
        self._lang = lang
        self._key = key
        self._begun = time.monotonic()
        self._told: list[TurnEvent] = []
        self._error: Exception | None = None
        if said.retold is None:
            said.retold = self._again

    def use_language(self, lang: Lang) -> None:
        """What is told from now on is in this one."""
        self._lang = lang

    def _again(self, lang: Lang) -> list[Item]:
        """The same lines in another language."""
        other = Teller(Said(self.said.asked), lang, self._key)
        for event in self._told:
            other.tell(event)
        if self._error is not None:
            other.failed(self._error)
        return other.said.items

    def tell(self, event: TurnEvent) -> list[Item]:
        """One event."""
        said = self.said
        if not isinstance(event, WORDLESS):
            self._told.append(event)
        match event:
            case ReasoningDelta(text):
                thought = said.thought()
                thought.parts.append(text)
                thought.seconds = time.monotonic() - self._begun
                thought.over = False  # after a step was taken back it thinks again
                return [thought]
            case Gist(text):
                thought = said.thought()
                thought.gist = text
                return [thought]
            case TextDelta(text):
                return [*self._thought_over(), self._write(text)]
            case StepProposed(step):
                rows = said.rows()
                rows.rows[step.index] = Row(step.index, step.text)
                return [rows]
            case StepChecked(index, mark):
                rows = said.rows()
                if index in rows.rows:
                    rows.rows[index].mark = mark
                return [rows]
            case Rewound():
                return self._rewound(event)
            case Solved(problem, solution, offered):
                head = [self._line(Tone.QUIET, say(OFFERED, self._lang))] if offered else []
                exact = Exact(problem, solution, offered)
                said.items.append(exact)
                return [*head, exact]
            case PromptProgress():
                return []
            case CodeChecked():
                item = ran(event, self._lang)
                said.items.append(item)
                return [item]
            case VoteCounted():
                return []  # counted in the status; the result comes with the end
            case TurnFinished():
                return [*self._thought_over(), *self._finished(event)]
            case Routed() | Notice() | ToolCall() | ToolRan() | AnswerChecked():
                return [self._lined(event)]
            case _:
                assert_never(event)

    def failed(self, error: Exception) -> list[Item]:
        """The turn broke off without its end."""
        self._error = error
        if isinstance(error, RuntimeFailure):
            return [*self._thought_over(), self._failure(error)]
        told = say(FAULT.of(f"{type(error).__name__}: {error}"), self._lang)
        line = Line(Tone.FAILED, told, remedy=say(REPORT, self._lang))
        self.said.items.append(line)
        return [*self._thought_over(), line]

    def _write(self, text: str) -> Item:
        spoken = self.said.spoken()
        spoken.text += text
        return spoken

    def _thought_over(self) -> list[Item]:
        if not self.said.has(Thought) or self.said.thought().over:
            return []
        thought = self.said.thought()
        thought.over = True
        return [thought]

    def _rewound(self, event: Rewound) -> list[Item]:
        said = self.said
        spoken, rows = said.spoken(), said.rows()
        spoken.text = spoken.text[: event.offset]
        rows.cut(event.step)
        said.items = [
            one for one in said.items if not (isinstance(one, Ran) and one.end > event.offset)
        ]
        if any(isinstance(one, Notice) and one.text == event.why for one in self._told[-2:]):
            return [spoken, rows]  # it was told already, and is no step's fault
        why = AGAIN.of(event.step + 1, say(event.why, self._lang))
        return [spoken, rows, self._line(Tone.AGAIN, lead("↺") + say(why, self._lang))]

    def _lined(self, event: Routed | Notice | ToolCall | ToolRan | AnswerChecked) -> Line:
        lang = self._lang
        match event:
            case Routed(route, why):
                way = ROUTES[route].template(lang)
                return self._line(Tone.QUIET, f"{lead('→')}{way}{seam()}{say(why, lang)}")
            case Notice(kind, text, detail):
                tone = Tone.QUIET if kind is NoticeKind.CITED else Tone.NOTICE
                return self._line(tone, lead("·") + say(self._here(text), lang), detail)
            case ToolCall(_, name, arguments):
                return self._line(
                    Tone.QUIET,
                    f"{lead('⚙', TOOL.template(lang))}{one_line(name, 60)} {one_line(arguments)}",
                )
            case ToolRan(_, result, failed):
                tone = Tone.WRONG if failed else Tone.QUIET
                long = harmless(result)
                return self._line(
                    tone,
                    f"{lead('=', RESULT.template(lang))}{one_line(result)}",
                    long if len(long) > 200 else "",
                )
            case AnswerChecked(answer, verdict, why):
                line = answer_line(answer, verdict, say(why, lang), lang)
                self.said.items.append(line)
                return line
        assert_never(event)

    def _finished(self, event: TurnFinished) -> list[Item]:
        account, lang = event.account, self._lang
        items: list[Item] = []
        if event.failure is not None:
            items.append(self._failure(event.failure))
        if event.end is TurnEnd.CANCELLED:
            items.append(self._line(Tone.NOTICE, lead("■") + say(STOPPED, lang)))
        if event.end is TurnEnd.ANSWERED and account.model and not event.answer.strip():
            items.append(self._line(Tone.NOTICE, lead("·") + say(EMPTY, lang)))
        if event.end is TurnEnd.UNSOLVED:
            items.append(self._line(Tone.NOTICE, lead("·") + say(UNSOLVED, lang)))
        if account.votes is not None:
            items.append(self._line(Tone.QUIET, votes_line(account.votes, lang)))
        if (told := account_line(account, event.end, lang)) != "":
            items.append(self._line(Tone.ACCOUNT, told))
        return items

    def _failure(self, failure: RuntimeFailure) -> Line:
        ways = remedies(failure) or ((ONCE_MORE,) if isinstance(failure, EngineFailed) else ())
        told = (say(self._here(way), self._lang) for way in ways)
        remedy = "\n".join(say(TRY.of(way), self._lang) for way in told)
        line = Line(Tone.FAILED, say(failure.message, self._lang), remedy=remedy)
        self.said.items.append(line)
        return line

    def _here(self, text: Text) -> Text:
        return text if self._key is None else in_app(text, self._key)

    def _line(self, tone: Tone, text: str, detail: str = "") -> Line:
        line = Line(tone, text, detail=detail)
        self.said.items.append(line)
        return line


def answer_line(answer: str, verdict: Verdict, why: str, lang: Lang) -> Line:
    """How an answer was judged; its words are from outside."""
    mark = badge(verdict)
    told = say(ANSWER.of(one_line(answer), harmless(why)), lang)
    return Line(_TONES[mark], f"{sign_of(mark, lang)} {told}")


def votes_line(event: VoteCounted, lang: Lang) -> str:
    """How the samples stand."""
    if not event.ballots:
        return say(NO_VOTES.of(event.samples), lang)
    lines = [say(VOTES.of(one_line(b.answer), b.votes, event.samples), lang) for b in event.ballots]
    return seam().join(lines)


def account_line(account: Account, end: TurnEnd, lang: Lang) -> str:
    """The honest line: enough to judge the answer and to run it again."""
    lines: list[str] = []
    steps = account.steps
    counts = (steps.proved, steps.supported, steps.undecided, steps.refuted)
    if any(counts):
        lines.append(say(STEPS.of(*counts), lang))
    if account.model:
        speed, seed = account.tokens_per_second, account.seed
        tokens = account.reasoning_tokens + account.answer_tokens
        setting = (
            "" if account.temperature is None else f"{seam()}T {account.temperature:g}",
            "" if seed is None else seam() + say(SEED.of(seed), lang),
        )
        told = LINE.of(
            tokens,
            account.model,
            account.reasoning_tokens,
            f"{account.first_token_seconds:.2f}",
            "" if not speed else seam() + say(SPEED.of(f"{speed:.1f}"), lang),
            *setting,
        )
        if not tokens:  # nobody has counted any
            told = UNCOUNTED.of(account.model, *setting)
        lines.append(say(aloud(told), lang))
    elif end is TurnEnd.ANSWERED:
        lines.append(say(aloud(EXACT_LINE).of(f"{account.seconds:.1f}"), lang))
    return "\n".join(lines)
