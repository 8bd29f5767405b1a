"""Progress of a pull by the server, told as that of our own pulls."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from runtimes.base import Cancel
from runtimes.errors import DownloadFailed, NotHere, RuntimeFailure
from runtimes.httpclient import Patience, pumped
from runtimes.ollama.host import Host
from runtimes.store.meter import Speed
from runtimes.store.types import PullProgress, Stage, Stopped
from runtimes.texts import Text

if TYPE_CHECKING:
    import ollama

_LARGEST = 1 << 50
_LAYERS = 4096


class Layers:
    """Sums up what the server says of each layer.

    It tells of a layer's size only when that layer begins, so the total grows; a layer that is
    begun again, or goes back, does not take back what was shown.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._layers: dict[str, tuple[int, int]] = {}
        self._shown = 0
        self._speed = Speed()

    def feed(self, said: ollama.ProgressResponse) -> PullProgress:
        """How far the whole is now."""
        stage = Stage.CHECKING if (said.status or "").startswith("verifying") else Stage.FETCHING
        digest, total, come = said.digest or "", said.total or 0, said.completed or 0
        if not digest or not 0 < total < _LARGEST:
            stage = stage if self._layers else Stage.ASKING
        elif digest in self._layers or len(self._layers) < _LAYERS:
            self._layers[digest] = (min(max(come, 0), total), total)
        done = sum(layer[0] for layer in self._layers.values())
        if done > self._shown:
            self._speed.add(done - self._shown)
            self._shown = done
        whole = sum(layer[1] for layer in self._layers.values())
        return PullProgress(stage, self._name, self._shown, whole, self._speed.value)


def pulled(
    server: Host,
    name: str,
    patience: Patience,
    on_progress: Callable[[PullProgress], None],
    cancel: Cancel,
) -> None:
    """Have ``name`` fetched; see ``Ollama.pull``."""
    layers, last = Layers(name), ""
    try:
        for said in pumped(
            lambda wire: server.pull(name, wire),
            cancel,
            first=patience.first,
            between=patience.between,
        ):
            last = said.status or ""
            on_progress(layers.feed(said))
    except RuntimeFailure as failure:
        raise _meant(name, failure) from failure
    if cancel.is_set():
        raise Stopped(
            Text("the pull was stopped", "下载已停止"),
            Text("what came is kept; pull again to go on", "已下载的部分会保留，再次下载可继续"),
        )
    if last != "success":
        raise DownloadFailed(
            Text("the Ollama server broke off the pull", "Ollama 服务器中断了下载"),
            Text("try again: what came is kept", "请重试：已下载的部分会保留"),
        )


def _meant(name: str, failure: RuntimeFailure) -> RuntimeFailure:
    said = str(failure)
    if "file does not exist" in said or "manifest unknown" in said:
        return NotHere(
            Text("Ollama's library has no model “{0}”", "Ollama 模型库没有“{0}”", (name,)),
            Text(
                "see https://ollama.com/library for the names",
                "名称见 https://ollama.com/library",
            ),
        )
    return failure
