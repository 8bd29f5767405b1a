"""What the user has written or chosen: catalogue, settings, default model, keys."""

from __future__ import annotations

import os
from collections.abc import Iterator

from assistant import loader, paths
from assistant.doctor.findings import Finding, Level, found
from assistant.settings import read_settings
from runtimes import registry
from runtimes.catalog import Origin, load_catalog
from runtimes.errors import RuntimeFailure
from runtimes.httpclient import Patience
from runtimes.installer.keyrings import keyring_name
from runtimes.ollama import Ollama
from runtimes.openai_server import OpenAiServer
from runtimes.texts import Text
from runtimes.types import Fit, Machine, ModelSpec, OllamaSource, ServerSource, Wish

PATIENCE = Patience(connect=3.0, reply=8.0)
KEYS = ("ASSISTANT_API_KEY", "OPENAI_API_KEY", "HF_TOKEN")
"""Variables that may hold a secret; only their names are ever shown."""


def check() -> Iterator[Finding]:
    """The two files of the user, and where keys are kept."""
    yield _catalogue()
    yield _settings()
    yield _keys()


def _catalogue() -> Finding:
    file = paths.overlay_file()
    try:
        entries = load_catalog(file).entries
    except RuntimeFailure as failure:
        return found(failure, "catalogue")
    own = sum(entry.origin is not Origin.SHIPPED for entry in entries)
    text = Text(
        "{0} models, {1} of them from your own {2}",
        "{0} 个模型，其中 {1} 个来自你的 {2}",
        (len(entries), own, str(file)),
    )
    return Finding("catalogue", Level.OK, text)


def _settings() -> Finding:
    file = paths.settings_file()
    try:
        read_settings(file)
    except RuntimeFailure as failure:
        return found(failure, "settings")
    there = Text("{0}: readable", "{0}：可读", (str(file),))
    none = Text("none yet: {0}", "尚无：{0}", (str(file),))
    return Finding("settings", Level.OK, there if file.exists() else none)


def _keys() -> Finding:
    name = keyring_name()
    names = [variable for variable in KEYS if os.environ.get(variable)]
    text = Text(
        "keyring: {0}; in the environment: {1}",
        "钥匙串：{0}；环境变量：{1}",
        (name or "–", ", ".join(names) or "–"),
    )
    if name:
        return Finding("keys", Level.OK, text)
    remedy = Text(
        "if a server wants a key, set ASSISTANT_API_KEY, and ASSISTANT_API_URL to the address that"
        " it is for (not needed on this machine): this system has no keyring",
        "若服务器需要密钥，请设置 ASSISTANT_API_KEY，并把 ASSISTANT_API_URL 设为其所属地址"
        "（本机服务器无需设置）：本系统没有钥匙串",
    )
    return Finding("keys", Level.NOTE, text, remedy)


def check_default(machine: Machine) -> Iterator[Finding]:
    """Is there a default model, is it here, and does it fit?"""
    try:
        name = read_settings(paths.settings_file()).default_model
        if name is None:
            none = Text("none is set", "未设置")
            how = Text(
                "assistant models shows which fit here; assistant models default ID sets one",
                "assistant models 列出适合本机的模型；assistant models default ID 设为默认",
            )
            yield Finding("default model", Level.NOTE, none, how)
            return
        spec = loader.located(loader.find_spec(name))
        if isinstance(spec.source, OllamaSource | ServerSource):
            yield _answering(spec)
            return
        plan = registry.runtime(spec.runtime).plan(spec, machine, Wish())
    except RuntimeFailure as failure:
        yield found(failure, "default model", Level.WARNING)
        return
    if plan.fit is Fit.NO:
        text = Text("{0} does not fit into memory now", "{0} 目前装不进内存", (spec.id,))
        how = Text("assistant fit {0}", "assistant fit {0}", (spec.id,))
        yield Finding("default model", Level.WARNING, text, how)
        return
    text = Text(
        "{0}: here, and it fits with a context of {1}",
        "{0}：已就绪，可用上下文 {1}",
        (spec.id, plan.context),
    )
    yield Finding("default model", Level.OK, text)


def _answering(spec: ModelSpec) -> Finding:
    """Does a model's server answer?  Its plan would not say: it has one for a dead server too."""
    if isinstance(spec.source, OllamaSource):
        Ollama(patience=PATIENCE).check(spec)
    elif not OpenAiServer(PATIENCE).check(spec):
        text = Text(
            "{0}: something answers there, but it lists no models",
            "{0}：该处有应答，但没有列出模型",
            (spec.id,),
        )
        remedy = Text("assistant ask -m {0} …", "assistant ask -m {0} …", (spec.id,))
        return Finding("default model", Level.NOTE, text, remedy)
    text = Text("{0}: its server answers and has it", "{0}：服务器可用，模型已就绪", (spec.id,))
    return Finding("default model", Level.OK, text)
