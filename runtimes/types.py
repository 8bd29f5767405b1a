"""The words of the runtimes: messages in, events out, models, machines, memory.

Values only: frozen, comparable, without behaviour that needs an engine, so that they cross the
border of a process (``runtimes.wire``) and are drawn by any front end.  Sizes are in bytes,
times in seconds, lengths of text in tokens, wherever nothing else is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from runtimes.texts import Text

# --- what is asked ---------------------------------------------------------------------------


class Role(StrEnum):
    """Who speaks in a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model asks for a tool: also an event of a stream.

    ``arguments`` is JSON as the model wrote it; whoever runs the tool validates it.
    """

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation.

    ``reasoning`` is what an assistant thought (most templates leave it out of the prompt);
    ``calls`` are the tools that it asked for; ``answers`` is the id of the call that a message
    of a tool answers.
    """

    role: Role
    text: str
    reasoning: str = ""
    calls: tuple[ToolCall, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that the model may ask for; ``schema`` is the JSON Schema of its arguments."""

    name: str
    description: str
    schema: str


@dataclass(frozen=True, slots=True)
class JsonSchema:
    """The answer must be JSON that validates against this schema (itself JSON text)."""

    schema: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The answer must be a sentence of this grammar in llama.cpp's GBNF."""

    gbnf: str


Constraint = JsonSchema | Grammar
"""Holds for the answer; the thinking before it is free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationParams:
    """How to write.  ``None`` means "the runtime's or the model's own default".

    ``max_tokens`` counts thinking and answer together (None: as the window allows);
    ``thinking_tokens`` is the budget after which the thinking is ended and the answer begun.
    ``top_k`` 0 and ``top_p`` 1 and ``min_p`` 0 and ``repeat_penalty`` 1 switch the filter off;
    ``temperature`` 0 is greedy.  ``logprobs`` asks for the log-probability of each token, with
    that many alternatives (0: none).
    """

    max_tokens: int | None = None
    thinking_tokens: int | None = None
    temperature: float = 0.6
    top_p: float = 0.95
    min_p: float = 0.0
    top_k: int = 0
    repeat_penalty: float = 1.0
    seed: int | None = None
    stop: tuple[str, ...] = ()
    constraint: Constraint | None = None
    logprobs: int = 0
    tools: tuple[Tool, ...] = ()


# --- what comes back -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PromptProgress:
    """So many tokens of the prompt are read; ``cached`` of them were known already."""

    done: int
    total: int
    cached: int = 0


@dataclass(frozen=True, slots=True)
class TokenLogprob:
    """A written token with the natural logarithm of its probability, and its rivals."""

    text: str
    logprob: float
    rivals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    """A piece of the thinking, without its tags."""

    text: str
    logprobs: tuple[TokenLogprob, ...] = ()


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A piece of the answer."""

    text: str
    logprobs: tuple[TokenLogprob, ...] = ()


class FinishReason(StrEnum):
    """Why a stream ended."""

    STOP = "stop"
    """The model ended its turn, or wrote a stop string."""
    LENGTH = "length"
    """``max_tokens`` or the window is used up."""
    CANCELLED = "cancelled"
    TOOL = "tool"
    """The model waits for the result of a tool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a stream took.

    ``cached_tokens`` of the ``prompt_tokens`` were not read again.  ``drafted`` tokens were
    guessed ahead, ``accepted`` of them were right.  ``thinking_cut`` says that the budget ended
    the thinking.  ``seed`` is the one that was used, also where none was asked for; ``None``
    where the runtime does not tell.
    """

    prompt_tokens: int = 0
    cached_tokens: int = 0
    reasoning_tokens: int = 0
    answer_tokens: int = 0
    first_token_seconds: float = 0.0
    seconds: float = 0.0
    drafted: int = 0
    accepted: int = 0
    thinking_cut: bool = False
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event of every stream that did not fail."""

    reason: FinishReason
    usage: Usage


StreamEvent = PromptProgress | ReasoningDelta | TextDelta | ToolCall | Finished


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """An event of one of several answers that are written side by side."""

    sample: int
    event: StreamEvent


# --- models ----------------------------------------------------------------------------------


class Capability(StrEnum):
    """What a model in its runtime can do; asking for another raises ``Unsupported``."""

    THINKING = "thinking"
    THINKING_BUDGET = "thinking budget"
    JSON_SCHEMA = "json schema"
    GRAMMAR = "grammar"
    LOGPROBS = "logprobs"
    SEED = "seed"
    """The same seed and parameters give the same text."""
    SAMPLES = "samples"
    """``stream_many`` shares the prompt between the samples."""
    TOOLS = "tools"
    LORA = "lora"


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a repository; size and digest only where they are known for certain."""

    name: str
    size: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class HubSource:
    """Files of a repository on the model hub; ``revision`` is a commit once it is pinned."""

    repo: str
    revision: str
    files: tuple[RemoteFile, ...] = ()
    """Empty: every safetensors, JSON and tokenizer file of the repository."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A GGUF file (the first of its shards), or the folder of a checkpoint, on this disk."""

    path: str


@dataclass(frozen=True, slots=True)
class OllamaSource:
    """A name that the Ollama server knows or can pull."""

    name: str


@dataclass(frozen=True, slots=True)
class ServerSource:
    """A model of an OpenAI-compatible server; ``url`` ends before ``/chat/completions``."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class ScriptSource:
    """A file of events to replay."""

    path: str


Source = HubSource | FileSource | OllamaSource | ServerSource | ScriptSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The dimensions of a transformer that memory depends on.

    ``kv_heads * (key_length + value_length)`` numbers a layer and token go into the KV cache.
    ``experts`` is 0 for a dense model.  ``context`` is the window it was trained for.
    ``window`` is the length of sliding-window attention, 0 where there is none.
    """

    architecture: str
    parameters: int
    layers: int
    hidden: int
    heads: int
    kv_heads: int
    key_length: int
    value_length: int
    feed_forward: int
    vocabulary: int
    context: int
    experts: int = 0
    experts_used: int = 0
    window: int = 0


class Thinking(StrEnum):
    """How a model's template treats thinking."""

    NEVER = "never"
    ALWAYS = "always"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What the publisher recommends.

    ``system_prompt`` False: instructions go into the user's turn (DeepSeek-R1's rule).
    ``force_thinking``: the answer is made to begin inside ``<think>``.
    """

    temperature: float = 0.6
    top_p: float = 0.95
    top_k: int = 0
    min_p: float = 0.0
    repeat_penalty: float = 1.0
    system_prompt: bool = True
    thinking: Thinking = Thinking.NEVER
    force_thinking: bool = False


@dataclass(frozen=True, slots=True)
class Licence:
    """Its SPDX name or title, where to read it, and what it asks of a user."""

    name: str
    url: str = ""
    conditions: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSpec:
    """One model in one form: what a runtime loads.

    ``id`` is the name a user gives (``r1-qwen-1.5b:q4_k_m``), ``runtime`` one of
    ``llamacpp``, ``checkpoint``, ``ollama``, ``server``, ``scripted``; ``quantisation`` is for
    showing (``Q4_K_M``, ``nf4``, ``bf16``).
    """

    id: str
    title: str
    runtime: str
    source: Source
    quantisation: str = ""
    shape: Shape | None = None
    capabilities: frozenset[Capability] = frozenset()
    defaults: Defaults = field(default_factory=Defaults)
    licence: Licence | None = None


# --- machines and memory ---------------------------------------------------------------------


class Device(StrEnum):
    """Kinds of accelerator."""

    CUDA = "cuda"
    ROCM = "rocm"
    METAL = "metal"
    VULKAN = "vulkan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The computer itself.

    ``memory_total`` and ``memory_free`` honour the limit of a container.  ``cores`` are
    physical ones that this process may use; ``flags`` those of the processor that matter to an
    engine (``avx2``, ``avx512f``, ``amx_int8``, …).
    """

    system: str
    processor: str
    cores: int
    memory_total: int
    memory_free: int
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accelerator:
    """One GPU.  ``capability`` is CUDA's (``8.9``); Metal's memory is the host's
    (``shared_memory``), and ``total`` is its recommended working set."""

    device: Device
    index: int
    name: str
    total: int
    free: int
    driver: str = ""
    capability: str = ""
    shared_memory: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a model is to run."""

    host: Host
    accelerators: tuple[Accelerator, ...] = ()


class KvType(StrEnum):
    """The numbers of the KV cache."""

    F16 = "f16"
    Q8_0 = "q8_0"
    Q4_0 = "q4_0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user asked of a plan; ``None`` leaves it to the planner.

    A wish is never changed in silence: where it cannot be had, the plan refuses.
    ``gpu_memory`` is how much of the first accelerator may be used (0: none).
    ``parallel`` is the number of samples that are to share the prompt.
    """

    context: int | None = None
    kv_type: KvType | None = None
    layers_on_gpu: int | None = None
    gpu_memory: int | None = None
    batch: int | None = None
    parallel: int = 1


class Fit(StrEnum):
    """How a model sits on a machine."""

    GPU = "gpu"
    """All of it on accelerators."""
    SPLIT = "split"
    """Some layers on an accelerator, the others on the host."""
    HOST = "host"
    REMOTE = "remote"
    """On a server; nothing of this machine is needed."""
    NO = "no"
    """It does not fit; ``because`` says what is missing, ``nearest`` what would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """What one device holds.  ``accelerator`` is an index into ``Machine.accelerators``;
    ``None`` is the host.  ``free`` is what it had before."""

    accelerator: int | None
    layers: int
    weight_bytes: int
    kv_bytes: int
    compute_bytes: int
    reserve_bytes: int
    free: int

    @property
    def total(self) -> int:
        """All that it takes, the margin included."""
        return self.weight_bytes + self.kv_bytes + self.compute_bytes + self.reserve_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryPlan:
    """Where each part of a model would go, and why.

    The four sizes are sums over ``placements``; ``reserve_bytes`` is engine overhead and the
    margin.  ``layers_on`` is the number of layers on accelerators.  ``nearest`` names what
    would fit where this does not (or would fit better), the best first.
    """

    fit: Fit
    context: int
    kv_type: KvType
    layers_on: int
    weight_bytes: int
    kv_bytes: int
    compute_bytes: int
    reserve_bytes: int
    placements: tuple[Placement, ...] = ()
    batch: int = 512
    parallel: int = 1
    because: tuple[Text, ...] = ()
    nearest: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryReport:
    """What a loaded model really takes, as its engine and the system report it.

    ``host_peak`` is the engine process's peak of resident memory.
    """

    weight_bytes: int
    kv_bytes: int
    compute_bytes: int
    host_peak: int
    device_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """How to start an engine; what a memory plan does not say.

    ``threads`` None: the physical cores that are free.  ``keep_alive`` is after how many idle
    seconds the engine is unloaded (it loads again by itself); None: never.  ``lora`` are
    adapter files.  ``lookup`` is how many tokens are guessed ahead from the prompt (0: off).
    ``safe_mode`` gives up speed for a start that works: no extra buffer types, fewer threads,
    no flash attention.
    """

    threads: int | None = None
    keep_alive: float | None = None
    lora: tuple[str, ...] = ()
    lookup: int = 0
    safe_mode: bool = False
    flash_attention: bool | None = None
    state_folder: str = ""
    """Where saved prompt states and the notes of crashes lie; empty: nowhere."""


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a runtime works here; if not, why, and what to do."""

    ready: bool
    version: str = ""
    detail: Text | None = None
    remedy: Text | None = None


@dataclass(frozen=True, slots=True)
class LoadProgress:
    """How far a model is loaded: from 0 to 1."""

    fraction: float
