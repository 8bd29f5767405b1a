"""All that is known of one model: licence, sampling, sources, needs, and how it would fit."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from assistant import paths
from assistant.cli import render
from assistant.cli.columns import columns, terminal_width
from assistant.cli.diagnostics import Exit
from assistant.cli.models_list import row_record
from assistant.maths.showing.words import clean, filled
from assistant.maths.types import Lang
from assistant.modellist import Row, Shelves, row
from assistant.overview import fit_text
from runtimes.catalog import Catalog, Entry, Origin, load_catalog
from runtimes.errors import NotFound
from runtimes.machine import probe_machine
from runtimes.memory.pieces import memory_text
from runtimes.store import Store
from runtimes.texts import Text
from runtimes.types import (
    Defaults,
    FileSource,
    HubSource,
    OllamaSource,
    ScriptSource,
    ServerSource,
    Shape,
    Source,
    Thinking,
)

ORIGINS = {
    Origin.SHIPPED: Text("ships with the program", "程序自带"),
    Origin.CHANGED: Text("ships with the program, changed by you", "程序自带，经你修改"),
    Origin.OWN: Text("added by you", "由你添加"),
}
THINKING = {
    Thinking.NEVER: Text("does not think before it answers", "直接回答，不作思考"),
    Thinking.ALWAYS: Text("thinks before it answers", "先思考再回答"),
    Thinking.OPTIONAL: Text("can think before it answers", "可以先思考再回答"),
}
NO_SYSTEM = Text(
    "no system prompt: instructions go into the question", "不用系统提示：要求写入问题本身"
)
FORCED = Text("the answer is made to begin with thinking", "回答从思考开始")
BARE = Text("follows no instructions: it gets the question alone", "不遵循指令：只给它问题本身")
LABELS = {
    "title": Text("model", "模型"),
    "publisher": Text("publisher", "发布者"),
    "repository": Text("repository", "仓库"),
    "good_for": Text("good for", "适合"),
    "languages": Text("languages", "语言"),
    "licence": Text("licence", "许可"),
    "conditions": Text("conditions", "许可条件"),
    "shape": Text("shape", "结构"),
    "context": Text("trained context", "训练上下文"),
    "template": Text("template", "对话模板"),
    "sampling": Text("sampling", "采样"),
    "thinking": Text("thinking", "思考"),
    "score": Text("MATH-500", "MATH-500"),
    "needs": Text("needs", "需要"),
    "origin": Text("entry", "条目"),
    "fit": Text("here", "本机"),
    "nearest": Text("instead", "可改用"),
    "memory": Text("memory", "内存"),
}
FORMS = Text("forms:", "格式：")
EXPERTS = Text(
    "{0}, {1} layers of {2}, {3} experts of which {4} work",
    "{0}，{1} 层 × {2}，{3} 个专家（用 {4} 个）",
)
DENSE = Text("{0}, {1} layers of {2}", "{0}，{1} 层 × {2}")
PLANNED = Text(
    "weights {0}, KV cache {1} ({2}), computing {3}, reserve {4}",
    "权重 {0}，KV 缓存 {1}（{2}），计算 {3}，预留 {4}",
)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Show one model; the result is the exit code.  Raises ``RuntimeFailure``."""
    catalog = load_catalog(paths.overlay_file())
    entry, form = _entry(catalog, options.model)
    shelves = Shelves(Store(paths.models_folder(), offline=True))
    found = row(entry, probe_machine(), shelves, form)
    if options.json:
        render.write_json(_record(found, lang))
        return Exit.OK
    for line in columns(list(_labelled(found, lang))):
        render.write_line(line)
    render.write_line(FORMS.template(lang))
    for line in columns(list(_forms(found)), terminal_width()):
        render.write_line(line)
    return Exit.OK


def _labelled(found: Row, lang: Lang) -> Iterator[tuple[str, str]]:
    """Each fact beside its label, which stands once over several of a kind."""
    last = ""
    for key, text in _facts(found):
        label = LABELS[key].template(lang) if key != last else ""
        yield label, filled(text, lang, str)
        last = key


def _entry(catalog: Catalog, name: str) -> tuple[Entry, str]:
    """An entry and the form of it that was named.  Raises ``NotFound``."""
    spec = catalog.find(name)
    head, _, form = spec.id.partition(":")
    entry = catalog.get(head)
    if entry is None or entry.variant(form) is None:
        raise NotFound(
            Text("{0} is no entry of the catalogue", "{0} 不是目录中的条目", (spec.id,)),
            Text(
                "add it: assistant models add {0}; or see assistant fit {0}",
                "可添加：assistant models add {0}；或查看 assistant fit {0}",
                (spec.id,),
            ),
        )
    return entry, form if ":" in name else ""


def _facts(found: Row) -> Iterator[tuple[str, Text]]:
    entry = found.entry
    yield "title", _plain(f"{entry.title} ({entry.id})")
    for key in ("publisher", "repository"):
        if value := getattr(entry, key):
            yield key, _plain(value)
    if entry.good_for is not None:
        yield "good_for", entry.good_for
    if entry.math500 is not None:
        yield "score", _plain(f"{entry.math500} %")
    if entry.languages:
        yield "languages", _plain(", ".join(entry.languages))
    if entry.licence is not None:
        yield "licence", _plain(f"{entry.licence.name} {entry.licence.url}".strip())
        if entry.licence.conditions is not None:
            yield "conditions", entry.licence.conditions
    if entry.shape is not None:
        yield "shape", _shape(entry.shape)
        yield "context", _plain(str(entry.shape.context))
    if entry.template:
        yield "template", _plain(entry.template)
    yield "sampling", _plain(_sampling(entry.defaults))
    yield from (("thinking", text) for text in _thinking(entry))
    if entry.needs is not None:
        yield "needs", entry.needs
    yield from _fit(found)
    yield "origin", ORIGINS[entry.origin]


def _plain(text: str) -> Text:
    return Text("{0}", "{0}", (text,))


def _shape(shape: Shape) -> Text:
    count = shape.parameters
    size = f"{count / 1e9:.3g} B" if count >= 1e8 else f"{count / 1e6:.3g} M"
    if shape.experts:
        args = (size, shape.layers, shape.hidden, shape.experts, shape.experts_used)
        return Text(EXPERTS.en, EXPERTS.zh, args)
    return Text(DENSE.en, DENSE.zh, (size, shape.layers, shape.hidden))


def _sampling(defaults: Defaults) -> str:
    """The filters that do something."""
    parts = [f"temperature {defaults.temperature:g}", f"top-p {defaults.top_p:g}"]
    if defaults.top_k:
        parts.append(f"top-k {defaults.top_k}")
    if defaults.min_p:
        parts.append(f"min-p {defaults.min_p:g}")
    if defaults.repeat_penalty != 1:
        parts.append(f"repeat penalty {defaults.repeat_penalty:g}")
    return ", ".join(parts)


def _thinking(entry: Entry) -> Iterator[Text]:
    """Of a model that the user brought it is not known that it does not think."""
    defaults = entry.defaults
    if entry.origin is not Origin.OWN or defaults.thinking is not Thinking.NEVER:
        yield THINKING[defaults.thinking]
    if not defaults.system_prompt:
        yield NO_SYSTEM
    if defaults.force_thinking:
        yield FORCED
    if not defaults.instructions:
        yield BARE


def _fit(found: Row) -> Iterator[tuple[str, Text]]:
    plan = found.plan
    if plan is None:
        yield "fit", found.trouble or fit_text(found)
        return
    yield "fit", fit_text(found)
    yield from (("fit", because) for because in plan.because)
    if plan.weight_bytes:
        kv = (memory_text(plan.kv_bytes), plan.kv_type.value)
        rest = (memory_text(plan.compute_bytes), memory_text(plan.reserve_bytes))
        args = (memory_text(plan.weight_bytes), *kv, *rest)
        yield "memory", Text(PLANNED.en, PLANNED.zh, args)
    yield from (("nearest", nearest) for nearest in plan.nearest)


def _forms(found: Row) -> Iterator[tuple[str, ...]]:
    entry = found.entry
    for variant in entry.variants:
        mark = "●" if variant.name in found.here else " "
        usual = "★" if variant.name == entry.default else " "
        name = f"{entry.id}:{variant.name}"
        yield usual + mark, name, variant.runtime, clean(source_text(variant.source))


def source_text(source: Source) -> str:
    """Where a model comes from, on one line."""
    match source:
        case HubSource(repo, revision, files):
            at = "" if revision == "main" else f"@{revision}"
            return " ".join([f"{repo}{at}", *(file.name for file in files)])
        case FileSource(path) | ScriptSource(path):
            return path
        case OllamaSource(name):
            return name
        case ServerSource(url, name):
            return f"{url} {name}"


def _record(found: Row, lang: Lang) -> dict[str, object]:
    entry, plan, defaults = found.entry, found.plan, found.entry.defaults
    licence = entry.licence
    return {
        **row_record(found, lang),
        "publisher": entry.publisher,
        "repository": entry.repository,
        "licence_url": licence and licence.url,
        "conditions": licence and licence.conditions and filled(licence.conditions, lang, str),
        "template": entry.template,
        "math500": entry.math500,
        "needs": entry.needs and filled(entry.needs, lang, str),
        "parameters": entry.shape and entry.shape.parameters,
        "trained_context": entry.shape and entry.shape.context,
        "sampling": {
            "temperature": defaults.temperature,
            "top_p": defaults.top_p,
            "top_k": defaults.top_k,
            "min_p": defaults.min_p,
            "repeat_penalty": defaults.repeat_penalty,
            "system_prompt": defaults.system_prompt,
            "thinking": defaults.thinking.value,
            "force_thinking": defaults.force_thinking,
            "instructions": defaults.instructions,
        },
        "because": [filled(text, lang, str) for text in (plan.because if plan else ())],
        "nearest": [filled(text, lang, str) for text in (plan.nearest if plan else ())],
        "forms": [
            {
                "id": f"{entry.id}:{variant.name}",
                "runtime": variant.runtime,
                "quantisation": variant.quantisation,
                "source": source_text(variant.source),
                "on_disk": variant.name in found.here,
            }
            for variant in entry.variants
        ],
    }
