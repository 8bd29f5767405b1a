"""The user's own part of the catalogue: models are added to it and taken from it, as text.

What the user has written there by hand, comments too, stays.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from assistant.tomlfile import faithful, load, write_toml
from runtimes.catalog import Catalog, Entry, Origin, catalog_with
from runtimes.catalog.names import owner
from runtimes.catalog.reading import ID, RESERVED
from runtimes.errors import NotFound, Unsupported
from runtimes.texts import Text
from runtimes.types import (
    FileSource,
    HubSource,
    ModelSpec,
    OllamaSource,
    ScriptSource,
    ServerSource,
)

_HEADER = re.compile(r"^[ \t]*\[.*$", re.MULTILINE)


def add_model(path: Path, catalog: Catalog, spec: ModelSpec, name: str = "") -> Entry:
    """Write a model into the overlay; ``name`` is its id (else one is made of its title).

    Raises ``Unsupported`` where the id is taken or cannot be one, or the model is no source
    that lasts, ``Damaged`` for a damaged overlay.
    """
    name = name or suggested_id(spec)
    if not ID.fullmatch(name) or name in RESERVED:
        raise Unsupported(
            Text("“{0}” cannot be an id", "“{0}”不能作标识", (name,)),
            Text(
                "use small letters, digits, “.”, “_” and “-”: --id NAME",
                "请用小写字母、数字、“.”、“_”、“-”：--id 名称",
            ),
        )
    if catalog.get(name) is not None:
        raise Unsupported(
            Text("there is a model “{0}” already", "已有模型“{0}”", (name,)),
            Text("give it another id: --id NAME", "请另取标识：--id 名称"),
        )
    if isinstance(spec.source, FileSource) and not spec.source.path.isprintable():
        raise Unsupported(
            Text(
                "the path {0} has signs that cannot be shown",
                "路径 {0} 含有无法显示的字符",
                (spec.source.path,),
            ),
            Text("rename the file", "请重命名文件"),
        )
    text, values = load(path)
    table = _table(name, spec, owner(spec.source, catalog.entries))
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    added = tomllib.loads(table)["model"][name]
    models = values.setdefault("model", {})
    assert isinstance(models, dict)
    models[name] = added
    entry = catalog_with(values, path).get(name)
    assert entry is not None
    write_toml(path, faithful(text + gap + table, values))
    return entry


def remove_model(path: Path, catalog: Catalog, name: str) -> Origin:
    """Take a model, or what was changed of a shipped one, out of the overlay.

    The result is what it was.  Raises ``NotFound`` for an unknown id, ``Unsupported`` for a
    shipped one that nobody has changed.
    """
    entry = catalog.get(name)
    if entry is None:
        catalog.find(name)  # raises with what is near
        raise NotFound(Text("{0} is no entry of the catalogue", "{0} 不是目录中的条目", (name,)))
    if entry.origin is Origin.SHIPPED:
        raise Unsupported(
            Text("{0} ships with the program", "{0} 是程序自带的条目", (entry.id,)),
            Text(
                "its files are removed by: assistant rm {0}",
                "删除其文件请用：assistant rm {0}",
                (entry.id,),
            )
            if entry.repository
            else None,
        )
    text, values = load(path)
    models = values["model"]
    assert isinstance(models, dict)
    del models[entry.id]
    if not models:
        del values["model"]
    catalog_with(values, path)
    write_toml(path, faithful(_without(text, entry.id), values))
    return entry.origin


def suggested_id(spec: ModelSpec) -> str:
    """An id made of a model's title: ``Qwen/Qwen2.5-7B.gguf`` becomes ``qwen2.5-7b``."""
    title = spec.title.rpartition("/")[2].casefold().removesuffix(".gguf")
    title = re.sub(r"-\d{5}-of-\d{5}$", "", title)
    return re.sub(r"[^a-z0-9._-]+", "-", title).strip("-._")[:64]


def _table(name: str, spec: ModelSpec, like: Entry | None) -> str:
    """The TOML of an entry with one variant."""
    lines = [f"[model.{_quoted(name)}]", f"title = {_quoted(spec.title)}"]
    if like is not None and like.origin is not Origin.OWN:
        lines.append(f"like = {_quoted(like.id)}")
    keys = {"runtime": spec.runtime}
    if spec.quantisation:
        keys["quantisation"] = spec.quantisation
    form = re.sub(r"[^a-z0-9_-]+", "-", spec.quantisation.casefold()).strip("-_") or spec.runtime
    written = [f"{key} = {_quoted(value)}" for key, value in keys.items()]
    lines.append(f"variants.{form} = {{ {', '.join([*written, *_source(spec)])} }}")
    return "\n".join(lines) + "\n"


def _source(spec: ModelSpec) -> list[str]:
    match spec.source:
        case HubSource(repo, revision, files):
            names = ", ".join(_quoted(file.name) for file in files)
            pinned = [f"revision = {_quoted(revision)}"] if revision != "main" else []
            listed = [f"files = [{names}]"] if files else []
            return [f"repo = {_quoted(repo)}", *pinned, *listed]
        case FileSource(path):
            return [f"path = {_quoted(path)}"]
        case OllamaSource(name):
            return [f"ollama = {_quoted(name)}"]
        case ServerSource(url, name):
            return [f"server = {_quoted(f'{url}#{name}')}"]
        case ScriptSource():
            raise Unsupported(
                Text("a script is not kept in the catalogue", "脚本不能加入目录"),
                Text("use it as it is: -m {0}", "请直接使用：-m {0}", (spec.id,)),
            )


def _quoted(text: str) -> str:
    """A basic string of TOML; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _without(text: str, name: str) -> str:
    """The text without the tables of an id, as far as they have headers of their own.

    Comments right above a header belong to its table.
    """
    own = re.compile(
        rf"""[ \t]*\[[ \t]*model[ \t]*\.[ \t]*["']?{re.escape(name)}["']?[ \t]*[.\]]"""
    )
    starts = [header.start() for header in _HEADER.finditer(text)]
    pieces, at = [], 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if own.match(text, start):
            pieces.append(text[at : _comments_above(text, start)])
            at = _comments_above(text, end) if end < len(text) else end
    pieces.append(text[at:])
    return "".join(pieces)


def _comments_above(text: str, at: int) -> int:
    """Where the run of comment lines that ends at ``at`` begins."""
    while at:
        start = text.rfind("\n", 0, at - 1) + 1
        if not text[start:at].lstrip().startswith("#"):
            break
        at = start
    return at
