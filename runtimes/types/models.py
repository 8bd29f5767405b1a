"""Models: where they lie, what they are, what they can do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from runtimes.texts import Text


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
    CONTINUE = "continue"
    """A conversation may end in an assistant's turn, which then goes on."""


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
    ``instructions`` False: it follows none, and knows a question only as it was asked.
    """

    temperature: float = 0.6
    top_p: float = 0.95
    top_k: int = 0
    min_p: float = 0.0
    repeat_penalty: float = 1.0
    system_prompt: bool = True
    thinking: Thinking = Thinking.NEVER
    force_thinking: bool = False
    instructions: bool = True


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
