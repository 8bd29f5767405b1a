"""From tables to entries: what each key of ``models.toml`` means is said at the file's top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import runtimes
from runtimes.catalog import places
from runtimes.catalog.entries import CHECKPOINT, LLAMACPP, OLLAMA, SERVER, Entry, Origin, Variant
from runtimes.files import on_disk
from runtimes.tables import MAX_WHOLE, Table
from runtimes.texts import Text
from runtimes.types import (
    Defaults,
    FileSource,
    HubSource,
    Licence,
    OllamaSource,
    RemoteFile,
    Shape,
    Source,
    Thinking,
)

ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
RESERVED = frozenset({"file", "hf", "ollama", "server", "scripted"})
"""Words that begin another form of a model's name."""
SHA256 = re.compile(r"[0-9a-f]{64}")
QUANTISED = ("awq", "gptq-int4", "gptq-int8", "fp8")
LOADS = ("bf16", "nf4", "int8")
"""How the publisher's checkpoint can be loaded; the files are the same."""
USUAL = "q4_k_m"
PACKAGED = Path(runtimes.__file__).parent / "micro"
"""Models that ship with the program."""


def read_licence(table: Table) -> Licence:
    """One ``[licence.NAME]``."""
    licence = Licence(
        name=table.text("name"), url=table.text("url", ""), conditions=table.both("conditions")
    )
    table.done()
    return licence


def read_entry(
    name: str, table: Table, licences: Mapping[str, Licence], origin: Origin = Origin.SHIPPED
) -> Entry:
    """One ``[model."ID"]``.  Raises ``Damaged`` with the place of what is wrong."""
    if not ID.fullmatch(name) or name in RESERVED:
        table.refuse(
            Text(
                "an id is small letters, digits, “.”, “_” and “-”, 64 at most, and none of {0}",
                "标识应由小写字母、数字、“.”、“_”、“-”组成，不超过 64 个字符，且不能是 {0}",
                (", ".join(sorted(RESERVED)),),
            )
        )
    table.text("like", "")  # has been followed already
    title = table.text("title")
    variants = tuple(_variants(table))
    _check_variants(table, variants)
    licence = table.one_of("licence", tuple(licences)) if "licence" in table else None
    sampling = table.table("sampling")
    shape = table.table("shape")
    entry = Entry(
        id=name,
        title=title,
        variants=variants,
        default=_default(table, variants),
        publisher=table.text("publisher", ""),
        repository=_repository(table, "repository") if "repository" in table else "",
        licence=None if licence is None else licences[licence],
        shape=None if shape is None else _shape(shape),
        template=table.text("template", ""),
        languages=table.words("languages"),
        defaults=Defaults() if sampling is None else _defaults(sampling),
        good_for=table.both("good_for"),
        needs=table.both("needs"),
        math500=table.number("math500", 0, 100) if "math500" in table else None,
        origin=origin,
    )
    table.done()
    return entry


def _check_variants(table: Table, variants: tuple[Variant, ...]) -> None:
    if not variants:
        table.refuse(
            Text(
                "no variant: one of gguf, checkpoint, quantised, ollama, variants is needed",
                "没有任何变体：需要 gguf、checkpoint、quantised、ollama、variants 之一",
            )
        )
    seen: set[str] = set()
    for variant in variants:
        if not ID.fullmatch(variant.name):
            table.refuse(
                Text("“{0}” is no name of a variant", "“{0}”不能作变体名", (variant.name,))
            )
        if variant.name in seen:
            table.refuse(Text("two variants are “{0}”", "变体“{0}”重复", (variant.name,)))
        seen.add(variant.name)


def _default(table: Table, variants: tuple[Variant, ...]) -> str:
    """The variant that is asked for, else the usual quantisation, else the first."""
    names = [variant.name for variant in variants]
    return table.one_of("default", names, USUAL if USUAL in names else names[0])


def _variants(table: Table) -> Iterator[Variant]:
    if (gguf := table.table("gguf")) is not None:
        yield from _ggufs(gguf)
    if (checkpoint := table.table("checkpoint")) is not None:
        yield from _loads(checkpoint)
    if (quantised := table.table("quantised")) is not None:
        for name in QUANTISED:
            if name in quantised:
                source = HubSource(_repository(quantised, name), "main")
                yield Variant(name, CHECKPOINT, name, source)
        quantised.done()
    if "ollama" in table:
        yield Variant("ollama", OLLAMA, "", OllamaSource(table.text("ollama")))
    if (others := table.table("variants")) is not None:
        for name, other in others.tables():
            yield _variant(name, other)


def _ggufs(table: Table) -> Iterator[Variant]:
    """Several quantisations in one repository whose names follow a rule."""
    repo, revision = _repository(table, "repo"), _revision(table)
    name = table.text("name")
    for quant in table.words("quants"):
        file = name.replace("<QUANT>", quant.upper()).replace("<quant>", quant.lower())
        source = HubSource(repo, revision, (RemoteFile(_file(table, file)),))
        yield Variant(quant.lower(), LLAMACPP, quant.upper(), source)
    table.done()


def _loads(table: Table) -> Iterator[Variant]:
    """One checkpoint in several precisions."""
    source = HubSource(_repository(table, "repo"), _revision(table), _files(table))
    for name in table.words("as") or LOADS:
        if name not in LOADS:
            table.refuse(Text("“as” holds of {0} only", "“as”只能取 {0}", (", ".join(LOADS),)))
        yield Variant(name, CHECKPOINT, name, source)
    table.done()


def _variant(name: str, table: Table) -> Variant:
    """One form with all of its keys."""
    runtime = table.one_of("runtime", (LLAMACPP, CHECKPOINT, OLLAMA, SERVER))
    named = runtime == LLAMACPP and name != runtime
    quantisation = table.text("quantisation", name.upper() if named else "")
    variant = Variant(name, runtime, quantisation, _source(table, runtime))
    table.done()
    return variant


def _source(table: Table, runtime: str) -> Source:
    match runtime:
        case "ollama":
            return OllamaSource(table.text("ollama"))
        case "server":
            try:
                return places.server(table.text("server"))
            except ValueError:
                table.refuse(places.SERVER_FORM)
        case _:
            pass
    if "packaged" in table:
        return FileSource(str(PACKAGED / _file(table, table.text("packaged"))))
    if "path" in table:
        return FileSource(str(on_disk(table.text("path"))))
    files = _files(table)
    if runtime == LLAMACPP and not files:
        table.refuse(Text("“files” must name the GGUF file", "“files”应指明 GGUF 文件"))
    return HubSource(_repository(table, "repo"), _revision(table), files)


def _repository(table: Table, key: str) -> str:
    repo = table.text(key)
    if not places.is_repository(repo):
        table.refuse(
            Text("“{0}” is no repository (org/name)", "“{0}”不是仓库名（组织/名称）", (repo,))
        )
    return repo


def _revision(table: Table) -> str:
    revision = table.text("revision", "main")
    if not places.is_revision(revision):
        table.refuse(Text("“{0}” is no revision", "“{0}”不是版本名", (revision,)))
    return revision


def _file(table: Table, name: str) -> str:
    if not places.is_inside(name):
        table.refuse(Text("“{0}” is no relative file name", "“{0}”不是相对的文件名", (name,)))
    return str(PurePosixPath(name))


def _files(table: Table) -> tuple[RemoteFile, ...]:
    out = []
    for item in table.items("files"):
        if isinstance(item, str):
            out.append(RemoteFile(_file(table, item)))
            continue
        name = _file(item, item.text("name"))
        size = item.whole("size", 1, MAX_WHOLE) if "size" in item else None
        sha256 = item.text("sha256").lower() if "sha256" in item else None
        if sha256 is not None and not SHA256.fullmatch(sha256):
            item.refuse(
                Text("“sha256” must be 64 hexadecimal digits", "“sha256”应为 64 位十六进制数")
            )
        item.done()
        out.append(RemoteFile(name, size, sha256))
    return tuple(out)


def _defaults(table: Table) -> Defaults:
    usual = Defaults()
    out = Defaults(
        temperature=table.number("temperature", 0, 5, usual.temperature),
        top_p=table.number("top_p", 0, 1, usual.top_p),
        top_k=table.whole("top_k", 0, 1_000_000, usual.top_k),
        min_p=table.number("min_p", 0, 1, usual.min_p),
        repeat_penalty=table.number("repeat_penalty", 0.1, 10, usual.repeat_penalty),
        system_prompt=table.flag("system_prompt", default=usual.system_prompt),
        thinking=table.one_of("thinking", tuple(Thinking), usual.thinking),
        force_thinking=table.flag("force_thinking", default=usual.force_thinking),
        instructions=table.flag("instructions", default=usual.instructions),
    )
    table.done()
    return out


def _shape(table: Table) -> Shape:
    """The dimensions; ``key_length`` and ``value_length`` follow from the others by default."""
    heads, hidden = table.whole("heads", 1, 1 << 16), table.whole("hidden", 1, 1 << 20)
    head = table.whole("head_length", 1, 1 << 16, max(hidden // heads, 1))
    out = Shape(
        architecture=table.text("architecture"),
        parameters=table.whole("parameters", 1, MAX_WHOLE),
        layers=table.whole("layers", 1, 1 << 16),
        hidden=hidden,
        heads=heads,
        kv_heads=table.whole("kv_heads", 1, 1 << 16, heads),
        key_length=table.whole("key_length", 1, 1 << 16, head),
        value_length=table.whole("value_length", 1, 1 << 16, head),
        feed_forward=table.whole("feed_forward", 1, 1 << 24),
        vocabulary=table.whole("vocabulary", 1, 1 << 28),
        context=table.whole("context", 1, 1 << 32),
        experts=table.whole("experts", 0, 1 << 16, 0),
        experts_used=table.whole("experts_used", 0, 1 << 16, 0),
        window=table.whole("window", 0, 1 << 32, 0),
    )
    table.done()
    return out
