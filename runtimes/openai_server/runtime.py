"""The runtime: any server that speaks OpenAI's chat completions."""

from __future__ import annotations

from dataclasses import replace

from runtimes.base import Cancel, OnProgress
from runtimes.errors import RuntimeFailure, Unsupported
from runtimes.httpclient import Patience, Wire, refuse_offline, waited
from runtimes.keys import Keyhole, Origin
from runtimes.openai_server.discover import Served, discover
from runtimes.openai_server.embedding import OpenAiEmbedder, refused
from runtimes.openai_server.kinds import GrammarField, Kind
from runtimes.openai_server.model import OpenAiModel
from runtimes.openai_server.prompts import Measured, measured
from runtimes.openai_server.request import prompt_fields
from runtimes.openai_server.talk import Server
from runtimes.plans import remote_plan
from runtimes.texts import Text
from runtimes.types import (
    Availability,
    Capability,
    GenerationParams,
    LoadOptions,
    LoadProgress,
    Machine,
    MemoryPlan,
    Message,
    ModelSpec,
    Role,
    ServerSource,
    Thinking,
    Wish,
)


class OpenAiServer:
    """See ``Runtime``.  The name of a model is ``server:URL#NAME``."""

    name = "server"

    def __init__(self, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        self._planned: tuple[str, str, Server, Served] | None = None
        """What the plan has found out, for the load that follows it."""

    def probe(self) -> Availability:
        """Always ready: whether a server answers shows when one is named."""
        return Availability(
            ready=True,
            detail=Text(
                "any OpenAI-compatible server, as server:URL#NAME",
                "任何兼容 OpenAI 的服务器，写作 server:URL#NAME",
            ),
        )

    def plan(self, spec: ModelSpec, machine: Machine, wish: Wish) -> MemoryPlan:
        """Nothing of this machine is needed; the window is the server's."""
        try:
            served = self._looked_up(spec)
        except RuntimeFailure as failure:
            window = spec.shape.context if spec.shape else 0
            return remote_plan(wish, window, (failure.message,))
        because = Text(
            "{0} serves it at {1}", "由 {1} 的 {0} 提供", (served.kind.value, _source(spec).url)
        )
        return remote_plan(wish, served.context, (because,))

    def check(self, spec: ModelSpec) -> bool:
        """Is the model there?  ``False`` where somebody answers who has no list of models to look
        into.  Raises what ``load`` would raise before it loads."""
        return self._looked_up(spec).listed

    def load(
        self,
        spec: ModelSpec,
        plan: MemoryPlan,
        options: LoadOptions,
        on_progress: OnProgress,
        cancel: Cancel,
    ) -> OpenAiModel:
        """Find the model there.  Raises ``Unreachable``, ``Denied``, ``NotHere``, and
        ``Unsupported`` for a window larger than the server's, or for LoRA files of ours."""
        refuse_offline(_source(spec).url)
        if options.lora:
            raise Unsupported(
                Text("a server does not take adapters from here", "服务器不接受本地适配器"),
                Text(
                    "start the server with them, and name the adapter as the model",
                    "请在启动服务器时加载适配器，并以适配器名作为模型名",
                ),
            )
        server, served = self._taken(spec) or self._found(spec, cancel)
        if served.context and plan.context > served.context:
            raise Unsupported(
                Text(
                    "the server's window has {0} tokens, not {1}",
                    "服务器的窗口是 {0} 个词元，而不是 {1}",
                    (served.context, plan.context),
                ),
                Text(
                    "ask for --context {0} or less",
                    "请使用 --context {0} 或更小",
                    (served.context,),
                ),
            )
        on_progress(LoadProgress(0.5))
        fields = prompt_fields(spec, served, (Message(Role.USER, "1"),), GenerationParams())
        seen = waited(
            lambda wire: measured(server, served, fields, wire), cancel, self._patience.reply
        )
        able = able_there(spec, served, seen)
        if Capability.THINKING not in able.capabilities and self._continues(
            server, spec, served, cancel
        ):
            able = replace(able, capabilities=able.capabilities | {Capability.CONTINUE})
        on_progress(LoadProgress(1.0))
        context = plan.context or served.context
        return OpenAiModel(able, server, served, context, measures=seen is not None)

    def load_embedder(
        self,
        spec: ModelSpec,
        plan: MemoryPlan,
        options: LoadOptions,
        on_progress: OnProgress,
        cancel: Cancel,
    ) -> OpenAiEmbedder:
        """Find the model there, and see that it embeds.  Raises as ``load`` does."""
        refuse_offline(_source(spec).url)
        server, served = self._taken(spec) or self._found(spec, cancel)
        on_progress(LoadProgress(0.5))
        embedder = OpenAiEmbedder(spec, server, served)
        try:
            embedder.embed(("1",), cancel)
        except RuntimeFailure as failure:
            raise (failure if cancel.is_set() else refused(failure)) from failure.__cause__
        on_progress(LoadProgress(1.0))
        return embedder

    def _continues(self, server: Server, spec: ModelSpec, served: Served, cancel: Cancel) -> bool:
        """Does it go on with an answer that was begun?  A server may have been told not to, or
        have a template that hides the answer: where it shows its prompts, this shows, too."""
        if not served.dialect.continues:
            return False
        word = "begun"
        turns = (Message(Role.USER, "1"), Message(Role.ASSISTANT, word))
        fields = prompt_fields(spec, served, turns, GenerationParams())
        seen = waited(
            lambda wire: measured(server, served, fields, wire), cancel, self._patience.reply
        )
        if seen is None:
            return served.kind is Kind.SGLANG  # it shows none, and has no switch
        return seen.ending.endswith(word)

    def _looked_up(self, spec: ModelSpec) -> Served:
        refuse_offline(_source(spec).url)
        server, served = self._found(spec, Cancel())
        source = _source(spec)
        self._planned = (source.url, source.name, server, served)
        return served

    def _taken(self, spec: ModelSpec) -> tuple[Server, Served] | None:
        """What was found out about this model a moment ago; it is given once."""
        planned, self._planned = self._planned, None
        source = _source(spec)
        if planned is None or planned[:2] != (source.url, source.name):
            return None
        return planned[2:]

    def _found(self, spec: ModelSpec, cancel: Cancel) -> tuple[Server, Served]:
        server = self._server(spec)
        return server, self._discover(server, spec, cancel)

    def _server(self, spec: ModelSpec) -> Server:
        url = _source(spec).url
        return Server(url, Keyhole(url), self._patience)

    def _discover(self, server: Server, spec: ModelSpec, cancel: Cancel) -> Served:
        name = _source(spec).name

        def ask(wire: Wire) -> Served:
            return discover(server, name, wire)

        return waited(ask, cancel, self._patience.reply)


def _source(spec: ModelSpec) -> ServerSource:
    if not isinstance(spec.source, ServerSource):
        raise Unsupported(
            Text("“{0}” is not a model of a server", "“{0}”不是服务器上的模型", (spec.id,))
        )
    Origin.of(spec.source.url)
    return spec.source


def able_there(spec: ModelSpec, served: Served, seen: Measured | None) -> ModelSpec:
    """The spec with what the model can do there, and what is asked of it there by default.

    Of the publisher's sampling only that is left which the server understands: a user who asks
    for more is refused, who asks for nothing is not.  A thinking that the server does not let us
    switch off is always there.  ``force_thinking`` says whether the prompt ends in ``<think>``:
    seen from the server's own template if it shows that (vLLM, llama-server, TGI), else taken to
    where the model always thinks.
    """
    able, usual, dialect = set(served.dialect.extra), spec.defaults, served.dialect
    if dialect.schema:
        able.add(Capability.JSON_SCHEMA)
    if served.grammar is not GrammarField.NONE:
        able.add(Capability.GRAMMAR)
    if usual.thinking is not Thinking.NEVER or (seen is not None and seen.opens_thinking):
        able.add(Capability.THINKING)
    always = usual.thinking is Thinking.ALWAYS or usual.force_thinking
    fixed = usual.thinking is Thinking.OPTIONAL and not dialect.template_switch
    defaults = replace(
        usual,
        top_k=usual.top_k if dialect.top_k else 0,
        min_p=usual.min_p if dialect.min_p else 0.0,
        repeat_penalty=usual.repeat_penalty if dialect.repeat else 1.0,
        thinking=Thinking.ALWAYS if fixed else usual.thinking,
        force_thinking=always if seen is None else seen.opens_thinking,
    )
    return replace(spec, capabilities=frozenset(able), defaults=defaults)
