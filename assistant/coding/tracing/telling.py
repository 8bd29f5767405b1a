"""A trace in words: a row for each line that was run, and an exception explained."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.coding.tracing.meanings import explain
from assistant.coding.tracing.types import Change, Ended, Folded, Raised, TraceStep
from assistant.records import say
from runtimes.texts import Lang, Text

DEEPEST = 12
"""Calls within calls that are shown each by a bar of its own."""
TITLES = (Text("line", "行"), Text("source", "源代码"), Text("values", "值"))
RETURNED = Text("returns {0}", "返回 {0}")
YIELDED = Text("yields {0}", "产出 {0}")
RAISED = Text("raises {0}", "抛出 {0}")
GIVEN = Text("given {0}", "参数 {0}")
RUNNING = Text("the record ends here", "记录到此为止")
ROUNDS = Text("… {0} more rounds", "… 另有 {0} 轮")
GAVE = Text("{0} gave {1}", "{0} 得到 {1}")
PRINTED = Text("it printed:", "程序输出：")
NOTHING = Text("no line of the file was run", "文件中没有任何一行被执行")
BY_ITSELF = Text(
    "the code's own run tells this; code that wants to deceive could tell anything",
    "以上由代码自身的运行给出；存心欺骗的代码可以给出任何内容",
)


def row(step: TraceStep | Folded, lang: Lang) -> tuple[str, str, str]:
    """The number of the line, its source below the calls that led to it, the values.

    Source and values are from outside: clean them before showing.
    """
    nested = "│ " * step.depth if step.depth <= DEEPEST else f"│ × {step.depth} "
    if isinstance(step, Folded):
        return str(step.line), f"{nested}{say(ROUNDS.of(step.rounds), lang)}", ""
    return str(step.line), f"{nested}{step.source.expandtabs(4).rstrip()}", _values(step, lang)


def _values(step: TraceStep, lang: Lang) -> str:
    """What the line was given, what it changed, and how it was left."""
    parts = [say(GIVEN.of(_list(step.given)), lang)] if step.given else []
    if step.changes:
        parts.append(_list(step.changes))
    ends = {
        Ended.RETURNED: RETURNED.of(step.value),
        Ended.YIELDED: YIELDED.of(step.value),
        Ended.RAISED: RAISED.of(step.value),
        Ended.RUNNING: RUNNING,
    }
    if step.ended in ends:
        parts.append(say(ends[step.ended], lang))
    return " · ".join(parts)


def _list(changes: tuple[Change, ...]) -> str:
    return ", ".join(f"{change.name} = {change.value}" for change in changes)


def explained(raised: Raised, lang: Lang) -> Iterator[str]:
    """An exception in a few lines; they hold text from outside."""
    words = explain(raised)
    for text in (words.where, words.meaning, words.here):
        if text is not None:
            yield say(text, lang)
