"""Would a model fit?  The best that can be known of it without a download, and its plan."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from assistant import paths
from runtimes import registry
from runtimes.base import Cancel
from runtimes.errors import Denied, DownloadFailed, NotFound, Offline, Unreachable, Unsupported
from runtimes.ggufs import Gguf
from runtimes.memory import Measurement, plan
from runtimes.memory.pieces import memory_text
from runtimes.memory.planning import IN_PROCESS
from runtimes.memory.safetensors import Checkpoint
from runtimes.store import Store
from runtimes.texts import Text
from runtimes.types import FileSource, Fit, HubSource, Machine, MemoryPlan, ModelSpec, Wish

VERDICTS = {
    Fit.GPU: Text("fits, all of it on the GPU", "放得下，全部在显卡上"),
    Fit.SPLIT: Text("fits, in part on the GPU", "放得下，部分在显卡上"),
    Fit.HOST: Text("fits, on the processor", "放得下，在处理器上运行"),
    Fit.REMOTE: Text("runs on a server", "在服务器上运行"),
    Fit.NO: Text("does not fit", "放不下"),
}

MEASURED = Text(
    "measured on {0}, context {1}, KV cache {2}: {3} forecast, {4} used ({5} %)",
    "{0} 实测，上下文 {1}，KV 缓存 {2}：预测 {3}，实用 {4}（{5} %）",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a model: its place on the disk, or its headers, or only its shape."""

    spec: ModelSpec
    files: Gguf | Checkpoint | None = None
    note: Text | None = None


def known(spec: ModelSpec, *, offline: bool) -> Known:
    """The best that can be known without a download; ``offline``: without a socket.

    Raises ``RuntimeFailure`` where the hub cannot be asked and nothing else is known.
    """
    source = spec.source
    if not isinstance(source, HubSource):
        return Known(spec)
    path = Store(paths.models_folder(), offline=True).locate(spec)
    if path is not None:
        return Known(replace(spec, source=FileSource(str(path))))
    if offline:
        return Known(spec)
    try:
        return Known(spec, _remote(spec, source))
    except (Offline, Unreachable, Denied, NotFound, Unsupported, DownloadFailed) as failure:
        if spec.shape is None:
            raise
        why = failure.message
        note = Text(
            f"the hub cannot be asked ({why.en}); reckoned from the model's dimensions instead",
            f"无法询问模型站（{why.zh}）；改按模型维度估算",
            why.args,
        )
        return Known(spec, note=note)


def _remote(spec: ModelSpec, source: HubSource) -> Gguf | Checkpoint:
    from runtimes.memory.remote import BRIEF, remote_checkpoint, remote_gguf

    store = Store(paths.models_folder(), tuning=BRIEF)
    if spec.runtime == "checkpoint":
        return remote_checkpoint(store, source, Cancel())
    return remote_gguf(store, source, Cancel())


def planned(found: Known, machine: Machine, wish: Wish) -> MemoryPlan:
    """Where each part would go.  Raises ``RuntimeFailure``."""
    if found.spec.runtime in IN_PROCESS:
        return plan(found.spec, machine, wish, files=found.files)
    return registry.runtime(found.spec.runtime).plan(found.spec, machine, wish)


def window_text(context: int, parallel: int) -> str:
    """Tokens of the window, of each of them where several answers have one: ``8 × 16384``."""
    return str(context) if parallel <= 1 else f"{parallel} × {context}"


def measured_text(note: Measurement) -> Text:
    """What a model took when it was loaded last, beside what was forecast."""
    used = note.host_used + note.device_used
    values = (
        time.strftime("%Y-%m-%d", time.localtime(note.when)),
        window_text(note.context, note.parallel),
        note.kv_type.value,
        memory_text(note.host_forecast + note.device_forecast),
        memory_text(used),
        f"{100 * note.error:+.1f}",
    )
    return Text(MEASURED.en, MEASURED.zh, values)
