"""Loading a checkpoint into this process, which is the engine's own (``runtimes.child``)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from runtimes.base import Cancel, OnProgress
from runtimes.checkpoint import adapters, constraints, devices, quiet, weights
from runtimes.checkpoint.constraints import Guides
from runtimes.checkpoint.failures import Cancelled, loading_errors
from runtimes.checkpoint.folder import Folder, examine
from runtimes.checkpoint.kvcache import KvCache, check_cache
from runtimes.checkpoint.model import CheckpointModel, Parts
from runtimes.checkpoint.network import Network
from runtimes.checkpoint.precision import Precision, choose
from runtimes.checkpoint.tokens import Tokens
from runtimes.errors import EngineFailed, Unsupported
from runtimes.texts import Text
from runtimes.types import (
    Capability,
    FileSource,
    LoadOptions,
    LoadProgress,
    MemoryPlan,
    ModelSpec,
    Thinking,
)

IMPORTED, TOKENIZED, WEIGHED = 0.1, 0.15, 0.95
"""How far a load is, by its stages; between the last two each tensor counts."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be loaded, and how."""

    spec: ModelSpec
    plan: MemoryPlan
    options: LoadOptions
    folder: Folder


def load(
    spec: ModelSpec,
    plan: MemoryPlan,
    options: LoadOptions,
    on_progress: OnProgress,
    cancel: Cancel,
) -> CheckpointModel:
    """``Runtime.load`` in a process of the engine's own, whose environment is set for good."""
    quiet.prepare_environment()
    return load_here(spec, plan, options, on_progress, cancel)


def load_here(
    spec: ModelSpec,
    plan: MemoryPlan,
    options: LoadOptions,
    on_progress: OnProgress,
    cancel: Cancel,
) -> CheckpointModel:
    """The same in a process that is not ours: torch's threads and the loggers are set."""
    folder = examine(path_of(spec))
    try:
        with loading_errors(str(folder.path)):
            on_progress(LoadProgress(0.0))
            import_engine()
            if cancel.is_set():
                raise Cancelled
            on_progress(LoadProgress(IMPORTED))
            return _load(Order(spec, plan, options, folder), on_progress, cancel)
    except Cancelled as stopped:
        raise EngineFailed(Text("loading was stopped", "加载已停止")) from stopped


def path_of(spec: ModelSpec) -> Path:
    """The folder of a checkpoint that is here.  Raises ``Unsupported``."""
    if not isinstance(spec.source, FileSource):
        raise Unsupported(
            Text("{0} is not on this disk", "{0} 不在本机磁盘上", (spec.title,)),
            Text("pull it first: assistant pull {0}", "请先下载：assistant pull {0}", (spec.id,)),
        )
    return Path(spec.source.path)


def import_engine() -> None:
    """The slow part of a cold start."""
    import torch  # noqa: F401
    import transformers  # noqa: F401

    quiet.silence()


def _load(order: Order, on_progress: OnProgress, cancel: Cancel) -> CheckpointModel:
    spec, plan, folder = order.spec, order.plan, order.folder
    devices.set_threads(order.options)
    config = weights.configuration(folder)
    numbers = choose(spec.quantisation, weights.stored(config), folder.method, devices.kind(plan))
    check_cache(config, plan.kv_type)
    tokens = Tokens(weights.tokenizer(folder), spec.defaults)
    if not tokens.template:
        raise Unsupported(
            Text("{0} has no chat template", "{0} 没有对话模板", (folder.path,)),
            Text("take a model that is made for chats (Instruct)", "请选用对话模型（Instruct）"),
        )
    on_progress(LoadProgress(TOKENIZED))

    def progress(done: float) -> None:
        if cancel.is_set():
            raise Cancelled
        on_progress(LoadProgress(TOKENIZED + (WEIGHED - TOKENIZED) * done))

    module = weights.load(weights.Weights(folder, config, numbers, plan, order.options), progress)
    module = adapters.attach(module, order.options.lora, merge=not (numbers.bits or folder.method))
    context = min(plan.context, weights.trained_context(config) or plan.context)
    network = Network(module)
    network.warm_up(plan.batch, context, cancel)
    ends = folder.ends | tokens.ends
    on_progress(LoadProgress(1.0))
    return CheckpointModel(
        Parts(
            spec=_as_loaded(spec, numbers, tokens),
            network=network,
            tokens=tokens,
            kv=KvCache(config, plan.kv_type, context),
            context=context,
            parallel=max(plan.parallel, 1),
            ends=ends,
            guides=Guides(tokens, network.vocabulary, ends),
        )
    )


def _as_loaded(spec: ModelSpec, numbers: Precision, tokens: Tokens) -> ModelSpec:
    can = {
        Capability.LOGPROBS,
        Capability.SEED,
        Capability.SAMPLES,
        Capability.LORA,
        Capability.CONTINUE,
    }
    if tokens.thinks or spec.defaults.thinking is not Thinking.NEVER:
        can |= {Capability.THINKING, Capability.THINKING_BUDGET}
    if constraints.available():
        can |= {Capability.JSON_SCHEMA, Capability.GRAMMAR}
    return replace(spec, quantisation=numbers.name, capabilities=frozenset(can))
