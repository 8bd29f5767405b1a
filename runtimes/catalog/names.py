"""Names of models outside the catalogue: on the hub, on this disk, on a server, in a script.

Where the catalogue knows the model under that name, its shape, licence and recommended sampling
are taken over: a DeepSeek-R1 wants no system prompt wherever it runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, assert_never

from runtimes.catalog import places
from runtimes.catalog.entries import (
    CHECKPOINT,
    LLAMACPP,
    OLLAMA,
    SCRIPTED,
    SERVER,
    Entry,
    capabilities,
)
from runtimes.errors import Damaged, NotFound
from runtimes.files import on_disk
from runtimes.ggufs.shards import first_shard
from runtimes.reasons import because_of
from runtimes.texts import Text
from runtimes.types import (
    Defaults,
    FileSource,
    HubSource,
    ModelSpec,
    OllamaSource,
    RemoteFile,
    ScriptSource,
    ServerSource,
    Source,
    Thinking,
)

USUAL_FILE = "*Q4_K_M*.gguf"
_QUANT = re.compile(r"(?:UD-)?(?:I?Q[1-8]|T?Q[12]|BF16|F16|F32)[A-Z0-9_]*", re.IGNORECASE)
_OLLAMA = re.compile(r"[A-Za-z0-9][\w.:/-]{0,199}", re.ASCII)
_MAGIC = b"GGUF"
_SHARD = re.compile(r"-(\d{5})-of-(\d{5})\.gguf$")


def outside(name: str, entries: Sequence[Entry]) -> ModelSpec | None:
    """What a name of another form than the catalogue's means; ``None`` for the catalogue's.

    Raises ``NotFound`` for a malformed name or a missing file, ``Damaged`` for a file that is
    no model.
    """
    form, mark, rest = name.partition(":")
    if not mark:
        return None
    match form.casefold():
        case "hf":
            return _hub(rest, entries)
        case "file":
            return _file(rest, entries)
        case "ollama":
            return _ollama(rest, entries)
        case "server":
            return _server(rest, entries)
        case "scripted":
            return _scripted(rest)
        case _:
            return None


def meant(name: str) -> str | None:
    """The right form of a name whose beginning was left away."""
    if name.startswith(("http://", "https://")):
        return f"server:{name}" if "#" in name else f"server:{name}#MODEL"
    repo, _, file = name.partition(":")
    if (not file and name.endswith(".gguf")) or name.startswith(("/", "./", "~/", "../")):
        return f"file:{name}"
    return f"hf:{name}" if places.is_repository(repo) else None


def owner(source: Source, entries: Sequence[Entry]) -> Entry | None:
    """The entry that tells about a model of this source."""
    match source:
        case HubSource(repo):
            return _of(repo, entries)
        case ServerSource(_, name):
            return _of(name, entries) or _called(name, entries)
        case OllamaSource(name):
            return _at_ollama(name, entries)
        case FileSource(path):
            return _named(Path(path), entries)
        case ScriptSource():
            return None
        case _:
            assert_never(source)


def _hub(rest: str, entries: Sequence[Entry]) -> ModelSpec:
    repo, _, file = rest.partition(":")
    if not places.is_repository(repo) or (file and not places.is_inside(file)):
        _malformed(f"hf:{rest}", "hf:ORG/REPOSITORY[:FILE]")
    if not file and repo.casefold().endswith("gguf"):
        file = USUAL_FILE
    elif file and _QUANT.fullmatch(file):
        file = f"*{file}*.gguf"
    if not file:
        return _spec(f"hf:{rest}", repo, CHECKPOINT, HubSource(repo, "main"), entries)
    if not file.casefold().endswith(".gguf"):
        _malformed(f"hf:{rest}", "hf:ORG/REPOSITORY[:FILE.gguf]")
    source = HubSource(repo, "main", (RemoteFile(file),))
    spec = _spec(f"hf:{rest}", repo, LLAMACPP, source, entries)
    return replace(spec, quantisation=quantisation_of(file))


def quantisation_of(file: str) -> str:
    """The quantisation that a GGUF file's name tells, as people write it; empty where none."""
    stem = _SHARD.sub("", file.rpartition("/")[2]).removesuffix(".gguf").strip("*")
    parts = [part for part in re.split(r"[-.]", stem) if _QUANT.fullmatch(part)]
    return parts[-1].upper() if parts else ""


def _file(rest: str, entries: Sequence[Entry]) -> ModelSpec:
    if not rest or "\0" in rest:
        _malformed(f"file:{rest}", "file:PATH")
    path = first_shard(on_disk(rest).absolute())
    runtime = _runtime_of(path)
    spec = _spec(f"file:{rest}", path.name, runtime, FileSource(str(path)), entries)
    # the file itself says its shape, and a model made from another may have another licence
    spec = replace(spec, shape=None, licence=None)
    return replace(spec, quantisation=quantisation_of(path.name) if runtime == LLAMACPP else "")


def _runtime_of(path: Path) -> str:
    """llama.cpp for a GGUF file, transformers for a folder with safetensors."""
    try:
        if path.is_dir():
            if (path / "config.json").is_file() and any(path.glob("*.safetensors")):
                return CHECKPOINT
            raise Damaged(
                Text(
                    "{0} is no checkpoint: config.json and *.safetensors are needed",
                    "{0} 不是模型检查点：需要 config.json 和 *.safetensors",
                    (str(path),),
                ),
                _gguf_inside(path),
            )
        if path.exists() and not path.is_file():  # a pipe would keep us waiting
            raise Damaged(Text("{0} is no file", "{0} 不是普通文件", (str(path),)))
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except FileNotFoundError as wrong:
        raise NotFound(
            Text("there is no file {0}", "文件不存在：{0}", (str(path),)),
            Text("check the path", "请检查路径"),
        ) from wrong
    except (OSError, ValueError) as wrong:
        raise NotFound(
            because_of(wrong, Text("{0} cannot be opened: {1}", "无法打开 {0}：{1}"), str(path)),
            Text("check the path and its permissions", "请检查路径与权限"),
        ) from wrong
    if magic != _MAGIC:
        raise Damaged(
            Text("{0} is no GGUF file", "{0} 不是 GGUF 文件", (str(path),)),
            Text(
                "give a .gguf file, or the folder of a checkpoint",
                "请给出 .gguf 文件，或模型检查点的文件夹",
            ),
        )
    return LLAMACPP


def _gguf_inside(path: Path) -> Text:
    found = next(iter(sorted(path.glob("*.gguf"))), None)
    if found is None:
        return Text("give the folder that holds them", "请给出包含这些文件的文件夹")
    return Text("file:{0}", "file:{0}", (str(found),))


def _ollama(rest: str, entries: Sequence[Entry]) -> ModelSpec:
    if not _OLLAMA.fullmatch(rest):
        _malformed(f"ollama:{rest}", "ollama:NAME[:TAG]")
    return _spec(f"ollama:{rest}", rest, OLLAMA, OllamaSource(rest), entries)


def _server(rest: str, entries: Sequence[Entry]) -> ModelSpec:
    try:
        source = places.server(rest)
    except ValueError:
        if "#" not in rest and rest.startswith(("http://", "https://")):
            raise _nameless(rest) from None
        _malformed("server:…", "server:http://HOST:PORT/v1#MODEL")
    return _spec(f"server:{source.url}#{source.name}", source.name, SERVER, source, entries)


def _nameless(url: str) -> NotFound:
    """A server without the name of a model."""
    open_ = url.isprintable() and len(url) < 120 and not set("@?") & set(url)
    shown = url.strip() if open_ else "URL"  # there may be a secret in it
    return NotFound(
        Text(
            "a server's address needs the name of a model behind it: #MODEL",
            "服务器地址后面需要模型名：#模型名",
        ),
        Text(
            "server:{0}#MODEL; if it serves no such model, you are told which ones it serves",
            "server:{0}#模型名；若没有该模型，会列出服务器提供的模型",
            (shown,),
        ),
    )


def _scripted(rest: str) -> ModelSpec:
    path = on_disk(rest)
    if not rest or not places.is_file(path):
        raise NotFound(
            Text("there is no script {0}", "脚本文件不存在：{0}", (rest,)),
            Text("check the path", "请检查路径"),
        )
    spec = _spec(f"scripted:{rest}", path.name, SCRIPTED, ScriptSource(str(path)), ())
    return replace(spec, defaults=Defaults(thinking=Thinking.OPTIONAL))


def _spec(
    name: str, title: str, runtime: str, source: Source, entries: Sequence[Entry]
) -> ModelSpec:
    known = owner(source, entries)
    defaults = Defaults() if known is None else known.defaults
    return ModelSpec(
        id=name,
        title=title,
        runtime=runtime,
        source=source,
        shape=None if known is None else known.shape,
        capabilities=capabilities(runtime, defaults.thinking),
        defaults=defaults,
        licence=None if known is None else known.licence,
    )


def _of(repo: str, entries: Sequence[Entry]) -> Entry | None:
    """The entry that a repository belongs to."""
    wanted = repo.casefold()
    for entry in entries:
        if wanted in (known.casefold() for known in _repositories(entry)):
            return entry
    return None


def _called(name: str, entries: Sequence[Entry]) -> Entry | None:
    """The entry whose own name a server gives to its model, as ours would."""
    wanted = name.casefold().partition(":")[0]
    return next((entry for entry in entries if entry.id == wanted), None)


def _repositories(entry: Entry) -> Iterator[str]:
    yield entry.repository
    for variant in entry.variants:
        if isinstance(variant.source, HubSource):
            yield variant.source.repo


def _at_ollama(name: str, entries: Sequence[Entry]) -> Entry | None:
    wanted = name.casefold().removesuffix(":latest")
    for entry in entries:
        for form in entry.variants:
            if isinstance(form.source, OllamaSource) and form.source.name.casefold() == wanted:
                return entry
    return None


def _named(path: Path, entries: Sequence[Entry]) -> Entry | None:
    """The entry whose repository's name is in the file's or the folder's; the longest wins.

    In the hub's cache the name is two folders higher: ``models--org--name/snapshots/commit``.
    """
    told = _plain("/".join(path.parts[-3:]))
    found = [
        (len(name), entry)
        for entry in entries
        if (name := _plain(entry.repository.rpartition("/")[2])) and name in told
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _plain(name: str) -> str:
    return re.sub(r"[-_. ]+", "-", name.casefold())


def _malformed(name: str, form: str) -> NoReturn:
    raise NotFound(
        Text("“{0}” is no name of a model", "“{0}”不是有效的模型名", (name[:120],)),
        Text("writing it as {0}", "写作 {0}", (form,)),
    )
