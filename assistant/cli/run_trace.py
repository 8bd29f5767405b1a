"""``assistant run --trace``: the lines of a run with their values, and an exception explained."""

from __future__ import annotations

import argparse
import sys

from assistant.cli.diagnostics import Exit, complain, write
from assistant.coding.tracing import Folded, Raised, Trace, TraceStep, explain
from assistant.coding.tracing.telling import (
    BY_ITSELF,
    GAVE,
    NOTHING,
    PRINTED,
    TITLES,
    explained,
    row,
)
from assistant.visible import visible
from runtimes.texts import Lang, Text

NOT_LOADED = Text(
    "the file breaks off while it is loaded, before the call",
    "文件在加载时就中断，没有执行到该调用",
)
WIDEST_SOURCE = 48
"""Cells of the column with the source, on a terminal."""


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
        loading = options.call and trace.raised is not None and trace.raised.frames
        render.write_line(_said(NOT_LOADED if loading else NOTHING, lang))
    if trace.value is not None:
        render.write_line(_said(GAVE.of(options.call, trace.value), lang))
    if trace.raised is not None:
        render.write_line("")
        for line in explained(trace.raised, lang):
            render.write_line(fitted(visible(line), None))
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


def _said(text: Text, lang: Lang) -> str:
    from assistant.maths.showing.words import filled

    return visible(filled(text, lang, str))


def _row(step: TraceStep | Folded, lang: Lang, width: int | None) -> tuple[str, str, str]:
    from assistant.cli.columns import fitted

    line, source, values = (visible(part) for part in row(step, lang))
    return line, fitted(source, WIDEST_SOURCE if width is not None else None), values


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
