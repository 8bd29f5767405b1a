"""The runtime: an Ollama server, here or elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from runtimes.base import Cancel, OnProgress
from runtimes.errors import EngineFailed, NotHere, RuntimeFailure, Unsupported
from runtimes.httpclient import Patience, Wire, pumped, refuse_offline, waited
from runtimes.ollama.cloud import Elsewhere, elsewhere
from runtimes.ollama.embedding import OllamaEmbedder
from runtimes.ollama.host import Host, host, reply
from runtimes.ollama.model import OllamaModel
from runtimes.ollama.request import Session, loading
from runtimes.plans import remote_plan
from runtimes.texts import Text
from runtimes.types import (
    Availability,
    Capability,
    LoadOptions,
    LoadProgress,
    Machine,
    MemoryPlan,
    ModelSpec,
    OllamaSource,
    Thinking,
    Wish,
)

if TYPE_CHECKING:
    import ollama

    from runtimes.store.types import PullProgress

T = TypeVar("T")

USUAL_CONTEXT = 16384
"""Tokens of the window where none is asked for: a reasoning model needs more than Ollama's own
4096, and all that a model was trained for can be more than the memory holds."""

_LOGPROBS = (0, 12, 11)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the server knows of a model.  ``trained`` is 0 where it does not tell; ``elsewhere``
    is who answers in its place."""

    trained: int
    capabilities: frozenset[str]
    elsewhere: Elsewhere | None


class Ollama:
    """See ``Runtime``.  ``url`` None: where ``OLLAMA_HOST`` points to."""

    name = "ollama"

    def __init__(self, url: str | None = None, patience: Patience | None = None) -> None:
        self._url = url
        self._patience = patience or Patience()

    def probe(self) -> Availability:
        """Does a server answer?"""
        try:
            version = self._asked(lambda wire: self._server().version(wire), Cancel())
        except RuntimeFailure as failure:
            return Availability(ready=False, detail=failure.message, remedy=failure.remedy)
        return Availability(ready=True, version=".".join(map(str, version)))

    def plan(self, spec: ModelSpec, machine: Machine, wish: Wish) -> MemoryPlan:
        """The server places the model by itself; only the window is ours to choose."""
        try:
            server, shown = self._looked_up(spec, Cancel())
            trained = shown.trained
            because = Text(
                "the Ollama server at {0} places it by itself",
                "由 {0} 的 Ollama 服务器自行安排",
                (server.url,),
            )
            if shown.elsewhere is not None:
                because = shown.elsewhere.told(server.url)
        except RuntimeFailure as failure:
            trained, because = spec.shape.context if spec.shape else 0, failure.message
        usual = min(trained or USUAL_CONTEXT, USUAL_CONTEXT)
        plan = remote_plan(wish, trained, (because,))
        return plan if wish.context else replace(plan, context=usual)

    def check(self, spec: ModelSpec) -> None:
        """Has the server the model?  Raises what ``load`` would raise before it loads."""
        self._looked_up(spec, Cancel())

    def load(
        self,
        spec: ModelSpec,
        plan: MemoryPlan,
        options: LoadOptions,
        on_progress: OnProgress,
        cancel: Cancel,
    ) -> OllamaModel:
        """Have the server load the model, with this window.

        Raises ``Unreachable``, ``NotHere``, ``EngineOutOfMemory``, ``Offline`` for a model that
        the server asks of another machine where the network must not be used, and ``Unsupported``
        for a window that the model was not trained for: the server would make it smaller in
        silence.
        """
        if options.lora:
            raise Unsupported(
                Text(
                    "Ollama takes adapters only when it makes a model",
                    "Ollama 仅在创建模型时接受适配器",
                ),
                Text(
                    "write a Modelfile with ADAPTER, then: ollama create",
                    "请编写含 ADAPTER 的 Modelfile，然后运行 ollama create",
                ),
            )
        name = _name(spec)
        server, shown = self._looked_up(spec, cancel)
        version = self._asked(server.version, cancel)
        if shown.trained and plan.context > shown.trained:
            raise _too_large(plan.context, shown.trained)
        ours = name not in self._asked(lambda wire: _running(server, wire), cancel)
        session = Session(_able(spec, shown, version), plan.context, options.keep_alive)
        on_progress(LoadProgress(0.0))
        model = OllamaModel(session, server, version, ours=ours)
        try:
            self._load(server, session, cancel)
            got = self._asked(lambda wire: _running(server, wire), cancel).get(name)
            if got and got < plan.context:
                raise _too_large(plan.context, got)
        except BaseException:
            model.close()
            raise
        on_progress(LoadProgress(1.0))
        return model

    def load_embedder(
        self,
        spec: ModelSpec,
        plan: MemoryPlan,
        options: LoadOptions,
        on_progress: OnProgress,
        cancel: Cancel,
    ) -> OllamaEmbedder:
        """Have the server load the model to embed.  Raises as ``load`` does."""
        server, shown = self._looked_up(spec, cancel)
        window = min(plan.context, shown.trained or plan.context)
        on_progress(LoadProgress(0.0))
        embedder = OllamaEmbedder(spec, server, window)
        embedder.embed(("1",), cancel)
        on_progress(LoadProgress(1.0))
        return embedder

    def pull(
        self, spec: ModelSpec, on_progress: Callable[[PullProgress], None], cancel: Cancel
    ) -> None:
        """Have the server fetch a model.  What came is kept, and the next pull goes on from it.

        Raises ``Stopped``, ``NotHere``, ``DownloadFailed``, ``DiskFull``, ``Unreachable``.
        """
        from runtimes.ollama.pulling import pulled

        pulled(self._server(), _name(spec), self._patience, on_progress, cancel)

    def remove(self, spec: ModelSpec) -> None:
        """Have the server delete a model.  Raises ``NotHere``."""
        server = self._server()
        self._asked(lambda wire: server.one(lambda c: c.delete(_name(spec)), wire), Cancel())

    def installed(self) -> tuple[tuple[str, int], ...]:
        """Names and sizes in bytes of the models that the server has."""
        server = self._server()
        listed = self._asked(lambda wire: server.one(lambda c: c.list(), wire), Cancel())
        return tuple((m.model, int(m.size or 0)) for m in listed.models if m.model)

    def _server(self) -> Host:
        url = self._url or host()
        refuse_offline(url)
        return Host(url, self._patience)

    def _looked_up(self, spec: ModelSpec, cancel: Cancel) -> tuple[Host, _Shown]:
        server, name = self._server(), _name(spec)
        shown = self._asked(lambda wire: _shown(server, name, wire), cancel)
        if shown.elsewhere is not None:
            shown.elsewhere.refuse_offline()
        return server, shown

    def _asked(self, ask: Callable[[Wire], T], cancel: Cancel) -> T:
        return waited(ask, cancel, self._patience.reply)

    def _load(self, server: Host, session: Session, cancel: Cancel) -> None:
        body, limit = loading(session), self._patience.first
        for _ in pumped(lambda wire: server.chat(body, wire), cancel, first=limit, between=limit):
            pass
        if cancel.is_set():
            raise EngineFailed(Text("stopped by the user", "已被用户停止"))


def _name(spec: ModelSpec) -> str:
    if not isinstance(spec.source, OllamaSource):
        raise Unsupported(
            Text("“{0}” is not a model of Ollama", "“{0}”不是 Ollama 的模型", (spec.id,))
        )
    return spec.source.name


def _shown(server: Host, name: str, wire: Wire) -> _Shown:
    def ask(client: ollama.Client) -> tuple[ollama.ShowResponse, Elsewhere | None]:
        import ollama

        told = reply(client, "POST", "/api/show", {"model": name})
        return ollama.ShowResponse(**told), elsewhere(client, name, told)

    try:
        shown, other = server.one(ask, wire)
    except NotHere as error:
        raise NotHere(
            Text("Ollama has no model “{0}”", "Ollama 没有模型“{0}”", (name,)),
            Text("assistant pull ollama:{0}", "assistant pull ollama:{0}", (name,)),
        ) from error
    facts = shown.modelinfo or {}
    trained = facts.get(f"{facts.get('general.architecture')}.context_length")
    if not isinstance(trained, int) or not 0 < trained < 1 << 31:
        trained = 0
    return _Shown(trained, frozenset(shown.capabilities or ()), other)


def _running(server: Host, wire: Wire) -> dict[str, int]:
    """The models that are loaded, with their windows (0: it does not say); a name without a tag
    means the latest."""
    running = server.one(lambda client: client.ps(), wire)
    found = {m.model or m.name or "": m.context_length or 0 for m in running.models}
    return found | {name.removesuffix(":latest"): size for name, size in found.items()}


def _able(spec: ModelSpec, shown: _Shown, version: tuple[int, ...]) -> ModelSpec:
    """The spec with what the model can do there."""
    able = {Capability.JSON_SCHEMA, Capability.SEED}
    if not version or version >= _LOGPROBS:
        able.add(Capability.LOGPROBS)
    if "tools" in shown.capabilities:
        able.add(Capability.TOOLS)
    thinking = spec.defaults.thinking
    if "thinking" in shown.capabilities:
        able.add(Capability.THINKING)
        thinking = Thinking.OPTIONAL if thinking is Thinking.NEVER else thinking
    defaults = replace(spec.defaults, thinking=thinking)
    return replace(spec, capabilities=frozenset(able), defaults=defaults)


def _too_large(asked: int, most: int) -> Unsupported:
    return Unsupported(
        Text(
            "the model's window there has {0} tokens, not {1}",
            "该模型在服务器上的窗口是 {0} 个词元，而不是 {1}",
            (most, asked),
        ),
        Text("ask for --context {0} or less", "请使用 --context {0} 或更小", (most,)),
    )
