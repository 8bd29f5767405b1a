"""Draws a turn while it happens: the answer on stdout, everything else on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import assert_never

from assistant.cli import diagnostics, render
from assistant.cli.beside import Beside
from assistant.events import (
    Account,
    AnswerChecked,
    CodeChecked,
    Gist,
    Notice,
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
from assistant.maths.showing.look import COLOURS, Badge, Look, badge
from assistant.maths.types import Mark, Refuted
from assistant.records import event_record, say
from assistant.visible import visible
from runtimes.texts import Lang, Text
from runtimes.types import PromptProgress, ReasoningDelta, TextDelta, ToolCall

DIM, PLAIN = "\x1b[2m", "\x1b[0m"

ROUTES = {
    Route.EXACT: Text("the exact solver", "精确求解"),
    Route.MATHS: Text("the model, as mathematics", "模型（数学）"),
    Route.CODE: Text("the model, as code", "模型（代码）"),
    Route.TUTOR: Text("the model, as a tutor", "模型（讲解）"),
    Route.TALK: Text("the model", "模型"),
}
OFFERED = Text("the exact solver's own solution:", "精确求解器给出的解答：")
READING = Text("reading {0} of {1}", "读取 {0}/{1}")
STOPPED = Text("stopped", "已停止")
AGAIN = Text("asked again from here: {0}", "从此处重新生成：{0}")
CALL = Text("[{0} {1}]", "[{0} {1}]")
RESULT = Text("result: {0}", "结果：{0}")
ANSWER_RIGHT = Text("the answer {0}: {1}", "答案 {0}：{1}")
STEPS = Text(
    "steps: {0} proved, {1} supported, {2} undecided, {3} refuted",
    "步骤：{0} 步已证明，{1} 步数值支持，{2} 步未判定，{3} 步被否定",
)
VOTES = Text("{0}: {1} of {2} samples agree", "{0}：{2} 个样本中 {1} 个一致")
NO_VOTES = Text("no sample of {0} has an answer that counts", "{0} 个样本中没有有效答案")
LINE = Text(
    "{0} · {1} tokens, {2} of them thinking · first after {3} s · {4} tokens/s{5}{6} · seed {7}",
    "{0} · {1} 个词元，其中思考 {2} 个 · 首个词元 {3} 秒 · {4} 词元/秒{5}{6} · 种子 {7}",
)


class Drawing:
    """Draws events for a person, on two streams.

    On a terminal the marks stand beside the lines of the answer.  Where stdout goes into a file
    or a pipe it is the answer alone, and the marks come on stderr.
    """

    def __init__(
        self, look: Look, *, live: bool, seen: bool | None = None, silent: bool = False
    ) -> None:
        """``live``: stderr can be drawn on; ``seen``: stdout is a terminal, where the marks
        stand in the answer (``None``: as there are colours); ``silent``: no answer is drawn."""
        self._silent = silent
        self._seen = look.colour if seen is None else seen
        self._look = look
        self._lang = look.lang
        self._live = live
        self._thought = False
        self._status = ""
        self._newline = True
        self._text: list[str] = []
        self._steps: dict[int, str] = {}
        self._beside = Beside(self._put, self._marks if self._seen else None)

    def draw(self, event: TurnEvent) -> None:
        """One event, at once."""
        match event:
            case PromptProgress(done, total):
                self._note(say(READING.of(done, total), self._lang), going=done < total)
            case Gist(text):
                self._note(say(text, self._lang), going=not self._thought)
            case ReasoningDelta(text):
                self._think(text)
            case TextDelta(text):
                self._write(text)
            case StepProposed(step):
                self._steps[step.index] = step.text
                self._beside.proposed(step)
            case StepChecked(index, mark):
                self._checked(index, mark)
            case Rewound():
                self._rewound(event)
            case Solved(problem, solution, offered):
                if offered:
                    self._beside.finish()
                    self._say(f"→ {OFFERED.template(self._lang)}")
                self.break_line()
                from assistant.maths.showing.terminal import terminal_text

                render.write(terminal_text(problem, solution, self._look))
            case Routed(route):
                self._say(f"→ {ROUTES[route].template(self._lang)}")
            case Notice(_, text):
                self._say(f"· {say(text, self._lang)}")
            case ToolCall(_, name, arguments):
                self._say(say(CALL.of(name, arguments), self._lang))
            case ToolRan(_, result):
                self._say(say(RESULT.of(result), self._lang))
            case VoteCounted():
                self._note(_votes(event, self._lang), going=event.open > 0)
            case CodeChecked():
                self._code(event)
            case AnswerChecked():
                self._answer(event)
            case TurnFinished():
                self._end(event)
            case _:
                assert_never(event)

    # the answer and the thinking

    def _think(self, text: str) -> None:
        self._clear()
        self._thought = True
        self._err(visible(text))
        self._newline = text.endswith("\n")
        sys.stderr.flush()

    def _write(self, text: str) -> None:
        if self._silent:
            return
        self._clear()
        self._seam()
        self._text.append(text)
        self._beside.text(text)
        sys.stdout.flush()

    def _put(self, text: str) -> None:
        if text:
            render.write(visible(text))
            self._newline = text.endswith("\n")

    def _marks(self, marks: list[Mark]) -> None:
        """At the end of a line of the answer."""
        seals = [(mark, badge(mark.verdict)) for mark in marks]
        telling = [(mark, seal) for mark, seal in seals if seal is not Badge.NEUTRAL]
        if telling:
            render.write("  " + " ".join(self._sign(seal) for _, seal in telling))
        for mark, seal in telling:
            if seal is Badge.REFUTED:
                render.write(f"\n    {self._toned(say(mark.why, self._lang), seal)}")

    def _sign(self, seal: Badge) -> str:
        """A mark; in words where it has no colour to be told by."""
        if self._look.colour:
            return self._toned(seal.sign, seal)
        return f"[{seal.word.template(self._lang)}]"

    def _toned(self, text: str, seal: Badge) -> str:
        return f"\x1b[{COLOURS[seal]}m{text}\x1b[0m" if self._look.colour else text

    def _checked(self, index: int, mark: Mark) -> None:
        self._beside.checked(index, mark)
        sys.stdout.flush()
        if self._seen:
            return
        seal = badge(mark.verdict)
        if seal is Badge.NEUTRAL:
            return
        word = seal.word.template(self._lang)
        reason = say(mark.why, self._lang)
        self._say(f"{seal.sign} [{word}] {visible(self._steps.get(index, ''))}")
        if seal is Badge.REFUTED and reason:
            self._say(f"    {reason}")

    def _rewound(self, event: Rewound) -> None:
        if self._seen:
            self._beside.finish()
        kept = "".join(self._text)[: event.offset]
        self._text = [kept]
        self._say(f"↺ {say(AGAIN.of(say(event.why, self._lang)), self._lang)}")
        self._beside.rewound(kept)

    def _seam(self) -> None:
        """A blank line between the thinking and the answer, where a person sees both."""
        if self._thought:
            self._thought = False
            diagnostics.write("\n" if self._newline else "\n\n")
            sys.stderr.flush()

    # lines of their own

    def _say(self, line: str) -> None:
        self.break_line()
        self._err(line)
        diagnostics.write("\n")
        sys.stderr.flush()

    def _err(self, text: str) -> None:
        shade = (DIM, PLAIN) if self._live else ("", "")
        diagnostics.write(f"{shade[0]}{text}{shade[1]}")

    def _note(self, text: str, *, going: bool) -> None:
        """What is being done, on a line that goes away."""
        if self._live and going and self._newline:
            self._clear()
            if 2 * len(text) >= self._look.width:  # a line that wraps could not be wiped away
                from assistant.cli.columns import fitted

                text = fitted(text, self._look.width - 1)
            self._status = text
            diagnostics.write(f"\r{DIM}{text}{PLAIN}")
            sys.stderr.flush()

    def _clear(self) -> None:
        if self._status:
            diagnostics.write("\r\x1b[2K")
            self._status = ""

    def break_line(self) -> None:
        """End the line that is being written, before something else is said."""
        self._clear()
        if self._newline:
            return
        self._newline = True
        if self._thought:
            diagnostics.write("\n")
        else:
            render.write("\n")
            sys.stdout.flush()

    # the end

    def _answer(self, event: AnswerChecked) -> None:
        self._beside.finish()
        seal = badge(event.verdict)
        told = ANSWER_RIGHT.of(visible(event.answer), say(event.why, self._lang))
        self._say(f"{seal.sign} {say(told, self._lang)}")

    def _code(self, event: CodeChecked) -> None:
        """Under its block on a terminal; else beside the answer, as the marks are."""
        from assistant.cli.code_show import report_lines, sign

        self._beside.finish()
        seal = sign(event.report.verdict)
        first, *others = report_lines(event.report, self._lang)
        if not self._seen:
            self._say("\n".join((f"{seal.sign} {first}", *others)))
            return
        self.break_line()
        render.write("\n".join((self._toned(f"{seal.sign} {first}", seal), *others)) + "\n")
        sys.stdout.flush()

    def _end(self, event: TurnFinished) -> None:
        self._beside.finish()
        self.break_line()
        account = event.account
        if event.end is TurnEnd.CANCELLED:
            diagnostics.complain(STOPPED, self._lang)
        if account.votes is not None:
            self._say(_votes(account.votes, self._lang))
        steps = account.steps
        if steps.proved or steps.supported or steps.undecided or steps.refuted:
            counts = (steps.proved, steps.supported, steps.undecided, steps.refuted)
            self._say(say(STEPS.of(*counts), self._lang))
        if account.model:
            from assistant.cli.columns import hanging

            width = self._look.width if self._live else None
            for line in hanging(say(account_line(account), self._lang), 0, width):
                self._say(line)


def _votes(event: VoteCounted, lang: Lang) -> str:
    if not event.ballots:
        return say(NO_VOTES.of(event.samples), lang)
    lines = [say(VOTES.of(visible(b.answer), b.votes, event.samples), lang) for b in event.ballots]
    return " · ".join(lines)


def account_line(account: Account) -> Text:
    """Enough to judge it and to run it again."""
    quantisation = account.quantisation
    known = quantisation.casefold() in account.model
    name = account.model if known else f"{account.model} {quantisation}"
    tokens = account.reasoning_tokens + account.answer_tokens
    speed = account.tokens_per_second
    return LINE.of(
        name.strip(),
        tokens,
        account.reasoning_tokens,
        f"{account.first_token_seconds:.2f}",
        "–" if speed is None else f"{speed:.1f}",
        "" if account.joules is None else f" · {account.joules:.0f} J",
        "" if account.temperature is None else f" · T {account.temperature:g}",
        "–" if account.seed is None else account.seed,
    )


def draw_all(events: Iterable[TurnEvent], drawing: Drawing) -> TurnFinished:
    """Draw a whole turn; the result is its last event."""
    last: TurnEvent | None = None
    try:
        for event in events:
            drawing.draw(event)
            last = event
    finally:
        drawing.break_line()
    assert isinstance(last, TurnFinished)
    return last


def write_all(events: Iterable[TurnEvent], lang: Lang) -> TurnFinished:
    """The same as one JSON event a line."""
    last: TurnEvent | None = None
    for event in events:
        if isinstance(event, TurnFinished) and event.failure is not None:
            from assistant.records import failure_record

            render.write_json(failure_record(event.failure, lang))
        render.write_json(event_record(event, lang))
        last = event
    assert isinstance(last, TurnFinished)
    return last


def is_refuted(finished: TurnFinished) -> bool:
    """Is a step, the answer or a block of code wrong as it stands?"""
    account = finished.account
    wrong = account.steps.refuted > 0 or isinstance(account.answer_verdict, Refuted)
    return wrong or account.code.failed > 0
