"""Models that the user adds, removes, or takes as the default."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from assistant import overlay, paths
from assistant.cli import diagnostics, render
from assistant.cli.diagnostics import Exit
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from assistant.settings import change_settings, read_settings
from runtimes.catalog import Origin, load_catalog
from runtimes.errors import Unsupported
from runtimes.texts import Text
from runtimes.types import FileSource, HubSource, ModelSpec, ScriptSource

ADDED = Text("added as {0}: assistant ask -m {0} …", "已添加为 {0}：assistant ask -m {0} …")
TO_PULL = Text("download it first: assistant pull {0}", "请先下载：assistant pull {0}")
KNOWN = Text(
    "{0} is in the catalogue already: assistant models show {0}",
    "{0} 已在目录中：assistant models show {0}",
)
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
    path = paths.overlay_file()
    catalog = load_catalog(path)
    spec = catalog.find(options.model)
    if catalog.get(spec.id.partition(":")[0]) is not None:
        raise Unsupported(Text(KNOWN.en, KNOWN.zh, (spec.id.partition(":")[0],)))
    entry = overlay.add_model(path, catalog, spec, options.id or "")
    if options.json:
        render.write_json({"added": entry.id, "file": str(path)})
        return Exit.OK
    _say(ADDED, lang, entry.id)
    if isinstance(spec.source, HubSource):
        _say(TO_PULL, lang, entry.id)
    return Exit.OK


def default(options: argparse.Namespace, lang: Lang) -> int:
    """Set, clear or tell the model that is meant where none is named."""
    path = paths.settings_file()
    settings = read_settings(path)
    name = settings.default_model
    if options.model:
        spec = load_catalog(paths.overlay_file()).find(options.model)
        name = _lasting(options.model.strip(), spec)
        change_settings(path, replace(settings, default_model=name))
    elif options.clear:
        name = None
        change_settings(path, replace(settings, default_model=None))
    if options.json:
        render.write_json({"default": name})
    elif name is None:
        _say(NO_DEFAULT, lang)
    else:
        _say(NOW, lang, name)
    return Exit.OK


def _lasting(name: str, spec: ModelSpec) -> str:
    """The name as it will mean the same from any folder."""
    match spec.source:
        case FileSource(path) if name.casefold().startswith("file:"):
            return f"file:{path}"
        case ScriptSource(path):
            return f"scripted:{Path(path).absolute()}"
        case _:
            return spec.id if ":" in name else name.casefold()


def remove(options: argparse.Namespace, lang: Lang) -> int:
    """Take a model out of the user's catalogue.  Raises ``RuntimeFailure``."""
    path, settings_file = paths.overlay_file(), paths.settings_file()
    settings = read_settings(settings_file)
    was_default = settings.default_model
    name = options.model.strip().casefold()
    origin = overlay.remove_model(path, load_catalog(path), name)
    gone = origin is Origin.OWN and (was_default or "").partition(":")[0] == name
    if gone:
        change_settings(settings_file, replace(settings, default_model=None))
    if options.json:
        render.write_json({"removed": name, "was": origin.value})
        return Exit.OK
    _say(REMOVED[origin], lang, name)
    if gone:
        diagnostics.complain(WAS_DEFAULT, lang)
    return Exit.OK


def _say(text: Text, lang: Lang, *args: str) -> None:
    render.write_line(filled(Text(text.en, text.zh, args), lang, str))
