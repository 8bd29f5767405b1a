"""The list of models: one line each, and which to take here."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from assistant.cli import render
from assistant.cli.columns import columns, terminal_width, without
from assistant.cli.diagnostics import Exit
from assistant.maths.showing.words import clean, filled
from assistant.maths.types import Lang
from assistant.modellist import Row, Stray
from assistant.overview import fit_text, machine_line, overview, worth_showing
from assistant.recommend import Recommendation
from runtimes.store.types import bytes_text
from runtimes.texts import Text

HEAD = (
    Text("", ""),
    Text("model", "模型"),
    Text("size", "大小"),
    Text("form", "格式"),
    Text("fits", "放置"),
    Text("licence", "许可"),
    Text("good for", "适合"),
)
SPARE = (5, 3)
"""Columns that a narrow terminal goes without: the licence, then the form."""
TAKE = Text("take {0}: {1}", "推荐 {0}：{1}")
PULL = Text("download it: assistant pull {0}", "下载：assistant pull {0}")
LEGEND = Text(
    "● is on this disk, ★ the default; details: assistant models show ID",
    "● 本机已有，★ 默认；详情：assistant models show ID",
)
HIDDEN = Text(
    "{0} more do not fit into this machine: assistant models --all",
    "另有 {0} 个模型本机放不下：assistant models --all",
)
STRAYS = Text("also on this disk:", "本机还有：")


def run(options: argparse.Namespace, lang: Lang) -> int:
    """The list; the result is the exit code.  Raises ``RuntimeFailure``."""
    seen = overview()
    found, strays, default, advice = seen.rows, seen.strays, seen.default, seen.advice
    if options.json:
        shown = [row for row in found if row.here or not options.installed]
        render.write_json(_record(shown, strays, advice, default, lang))
        return Exit.OK
    shown = [row for row in found if row.here or (not options.installed and worth_showing(row))]
    if options.all:
        shown = list(found)
    _say(machine_line(seen.machine), lang)
    for line in without(_table(shown, default, lang), SPARE, terminal_width()):
        render.write_line(line)
    _draw_strays(strays, lang)
    if not options.installed:
        if hidden := len(found) - len(shown):
            _say(Text(HIDDEN.en, HIDDEN.zh, (hidden,)), lang)
        _advise(advice, lang)
    _say(LEGEND, lang)
    return Exit.OK


def _table(shown: Sequence[Row], default: str, lang: Lang) -> list[tuple[str, ...]]:
    head = tuple(title.template(lang) for title in HEAD)
    return [head, *(_cells(row, default, lang) for row in shown)]


def _cells(row: Row, default: str, lang: Lang) -> tuple[str, ...]:
    entry = row.entry
    usual = default.partition(":")[0] == entry.id
    return (
        ("★" if usual else " ") + ("●" if row.here else " "),
        entry.id,
        bytes_text(row.size) if row.size else "",
        row.variant.quantisation or row.variant.runtime,
        filled(fit_text(row), lang, str),
        entry.licence.name if entry.licence else "",
        filled(entry.good_for, lang, str) if entry.good_for else clean(entry.title),
    )


def _draw_strays(strays: Sequence[Stray], lang: Lang) -> None:
    if strays:
        _say(STRAYS, lang)
        cells = [("●", clean(stray.name), bytes_text(stray.size)) for stray in strays]
        for line in columns(cells, terminal_width()):
            render.write_line(line)


def _advise(advice: Recommendation, lang: Lang) -> None:
    row = advice.row
    if row is None:
        _say(advice.why, lang)
        return
    _say(Text(TAKE.en, TAKE.zh, (row.entry.id, filled(advice.why, lang, str))), lang)
    if not row.here:
        _say(Text(PULL.en, PULL.zh, (row.entry.id,)), lang)


def _say(text: Text, lang: Lang) -> None:
    render.write_line(filled(text, lang, str))


# --- as JSON ---------------------------------------------------------------------------------


def _record(
    shown: Sequence[Row],
    strays: Sequence[Stray],
    advice: Recommendation,
    default: str,
    lang: Lang,
) -> dict[str, object]:
    taken = advice.row
    return {
        "models": [row_record(row, lang) for row in shown],
        "others": [{"name": stray.name, "size": stray.size} for stray in strays],
        "default": default or None,
        "recommended": {
            "id": taken and taken.entry.id,
            "why": filled(advice.why, lang, str),
        },
    }


def row_record(row: Row, lang: Lang) -> dict[str, object]:
    """What the list says of a model, as data."""
    entry, plan = row.entry, row.plan
    return {
        "id": entry.id,
        "title": entry.title,
        "variant": row.variant.name,
        "runtime": row.variant.runtime,
        "quantisation": row.variant.quantisation,
        "size": row.size or None,
        "on_disk": list(row.here),
        "fit": plan and plan.fit.value,
        "context": plan.context or None if plan else None,
        "layers_on_gpu": plan and plan.layers_on,
        "licence": entry.licence and entry.licence.name,
        "good_for": entry.good_for and filled(entry.good_for, lang, str),
        "languages": list(entry.languages),
        "origin": entry.origin.value,
        "trouble": row.trouble and filled(row.trouble, lang, str),
    }
