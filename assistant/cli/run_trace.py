"""``assistant run --trace``: the lines of a run with their values, and an exception explained."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from assistant.cli.diagnostics import Exit, complain, write
from assistant.coding.tracing import Change, Ended, Folded, Raised, Trace, TraceStep, explain
from assistant.visible import visible
from runtimes.texts import Lang, Text

WIDEST_SOURCE = 48
"""Cells of the column with the source, on a terminal."""
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


def show(options: argparse.Namespace, trace: Trace, lang: Lang) -> None:
    """The table, what the call gave or what went wrong, and what the program printed."""
    from assistant.cli import render
    from assistant.cli.columns import columns, fitted, terminal_width

    width = terminal_width()
    rows = [tuple(title.template(lang) for title in TITLES)]
    rows += [_row(step, lang, width) for step in trace.steps]
    if trace.steps:
        for line in columns(rows, width):
            render.write_line(line)
    else:
        render.write_line(_said(NOTHING, lang))
    if trace.value is not None:
        render.write_line(_said(GAVE.of(options.call, trace.value), lang))
    if trace.raised is not None:
        render.write_line("")
        for line in explained(trace.raised, lang):
            render.write_line(fitted(line, None))
    if trace.outcome.stdout:
        render.write_line("")
        render.write_line(_said(PRINTED, lang))
        render.write(visible(trace.outcome.stdout))
    sys.stdout.flush()
    if trace.cut is not None:
        complain(trace.cut, lang)
    if trace.raised is None:
        write(visible(trace.outcome.stderr))
    complain(BY_ITSELF, lang)


def explained(raised: Raised, lang: Lang) -> Iterator[str]:
    """An exception in a few lines."""
    words = explain(raised)
    for text in (words.where, words.meaning, words.here):
        if text is not None:
            yield _said(text, lang)


def _said(text: Text, lang: Lang) -> str:
    from assistant.maths.showing.words import filled

    return visible(filled(text, lang, str))


def _row(step: TraceStep | Folded, lang: Lang, width: int | None) -> tuple[str, str, str]:
    from assistant.cli.columns import fitted

    nested = "│ " * step.depth
    if isinstance(step, Folded):
        return (str(step.line), f"{nested}{_said(ROUNDS.of(step.rounds), lang)}", "")
    source = visible(f"{nested}{step.source.expandtabs(4).rstrip()}")
    source = fitted(source, WIDEST_SOURCE if width is not None else None)
    return (str(step.line), source, visible(_values(step, lang)))


def _values(step: TraceStep, lang: Lang) -> str:
    """What the line was given, what it changed, and how it was left."""
    parts = [_said(GIVEN.of(_list(step.given)), lang)] if step.given else []
    if step.changes:
        parts.append(_list(step.changes))
    ends = {
        Ended.RETURNED: RETURNED.of(step.value),
        Ended.YIELDED: YIELDED.of(step.value),
        Ended.RAISED: RAISED.of(step.value),
        Ended.RUNNING: RUNNING,
    }
    if step.ended in ends:
        parts.append(_said(ends[step.ended], lang))
    return " · ".join(parts)


def _list(changes: tuple[Change, ...]) -> str:
    return ", ".join(f"{change.name} = {change.value}" for change in changes)


def record(options: argparse.Namespace, trace: Trace, lang: Lang) -> dict[str, object]:
    """The trace in JSON."""
    return {
        "call": options.call or None,
        "value": trace.value,
        "steps": [_step(step) for step in trace.steps],
        "raised": _raised(trace.raised, lang) if trace.raised else None,
        "cut": _said(trace.cut, lang) if trace.cut else None,
    }


def _step(step: TraceStep | Folded) -> dict[str, object]:
    if isinstance(step, Folded):
        return {"line": step.line, "depth": step.depth, "folded_rounds": step.rounds}
    return {
        "line": step.line,
        "source": step.source,
        "function": step.function,
        "depth": step.depth,
        "given": {change.name: change.value for change in step.given},
        "changes": {change.name: change.value for change in step.changes},
        "end": step.ended.value,
        "value": step.value,
    }


def _raised(raised: Raised, lang: Lang) -> dict[str, object]:
    words = explain(raised)
    frames = [
        {
            "line": frame.line,
            "source": frame.source,
            "function": frame.function,
            "variables": {change.name: change.value for change in frame.variables},
        }
        for frame in raised.frames
    ]
    return {
        "kind": raised.kind,
        "text": raised.text,
        "frames": frames,
        "meaning": _said(words.meaning, lang),
        "here": _said(words.here, lang) if words.here else None,
    }


def exit_code(trace: Trace) -> Exit:
    """As of a run that was not traced."""
    return Exit.OK if trace.outcome.succeeded else Exit.REFUTED


__all__ = ["exit_code", "explained", "record", "show"]
