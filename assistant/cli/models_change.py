"""Models that the user adds, removes, or takes as the default."""

from __future__ import annotations

import argparse

from assistant import modelchoice, paths
from assistant.cli import diagnostics, render
from assistant.cli.diagnostics import Exit
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from runtimes.catalog import Origin
from runtimes.store import Store
from runtimes.texts import Text
from runtimes.types import HubSource

ADDED = Text("added as {0}: assistant ask -m {0} …", "已添加为 {0}：assistant ask -m {0} …")
TO_PULL = Text("download it first: assistant pull {0}", "请先下载：assistant pull {0}")
NOW = Text("the default model is {0}", "默认模型是 {0}")
NO_DEFAULT = Text(
    "there is no default model; set one: assistant models default ID",
    "没有默认模型；请设置：assistant models default ID",
)
REMOVED = {
    Origin.OWN: Text("{0} is no longer in the catalogue", "已从目录中移除 {0}"),
    Origin.CHANGED: Text("{0} is as it ships again", "{0} 已恢复为自带条目"),
}
WAS_DEFAULT = Text(
    "it was the default model; there is none now", "它曾是默认模型；现在没有默认模型"
)


def add(options: argparse.Namespace, lang: Lang) -> int:
    """Write a model into the user's catalogue.  Raises ``RuntimeFailure``."""
    entry, spec = modelchoice.add(options.model, options.id or "")
    if options.json:
        render.write_json({"added": entry.id, "file": str(paths.overlay_file())})
        return Exit.OK
    _say(ADDED, lang, entry.id)
    there = Store(paths.models_folder(), offline=True)
    if isinstance(spec.source, HubSource) and there.locate(spec) is None:
        _say(TO_PULL, lang, entry.id)
    return Exit.OK


def default(options: argparse.Namespace, lang: Lang) -> int:
    """Set, clear or tell the model that is meant where none is named."""
    if options.model or options.clear:
        name = modelchoice.set_default(options.model or None)
    else:
        name = modelchoice.default_model()
    if options.json:
        render.write_json({"default": name})
    elif name is None:
        _say(NO_DEFAULT, lang)
    else:
        _say(NOW, lang, name)
    return Exit.OK


def remove(options: argparse.Namespace, lang: Lang) -> int:
    """Take a model out of the user's catalogue.  Raises ``RuntimeFailure``."""
    taken = modelchoice.take_out(options.model)
    if options.json:
        render.write_json({"removed": taken.name, "was": taken.origin.value})
        return Exit.OK
    _say(REMOVED[taken.origin], lang, taken.name)
    if taken.was_default:
        diagnostics.complain(WAS_DEFAULT, lang)
    return Exit.OK


def _say(text: Text, lang: Lang, *args: str) -> None:
    render.write_line(filled(Text(text.en, text.zh, args), lang, str))
