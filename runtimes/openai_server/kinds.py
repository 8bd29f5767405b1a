"""The servers that speak this protocol, and where their dialects differ.

What a server does not know it either refuses (TensorRT-LLM, OpenAI) or drops without a word
(most others), so nothing is sent that the kind is not known to understand.  And most have
defaults of their own for the samplers (llama-server: top-k 40, min-p 0.05; vLLM and SGLang: the
checkpoint's ``generation_config.json``), so what they do understand is always sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from runtimes.types import Capability


class Kind(StrEnum):
    """Who is there, by the name that users know."""

    VLLM = "vLLM"
    SGLANG = "SGLang"
    LLAMA_SERVER = "llama-server"
    TGI = "TGI"
    LM_STUDIO = "LM Studio"
    OLLAMA = "Ollama"
    LLAMA_CPP_PYTHON = "llama-cpp-python"
    TENSORRT_LLM = "TensorRT-LLM"
    UNKNOWN = "server"


class GrammarField(StrEnum):
    """The field for a grammar in GBNF."""

    PLAIN = "grammar"
    STRUCTURED = "structured_outputs"
    GUIDED = "guided_grammar"
    EBNF = "ebnf"
    NONE = ""


class Continues(StrEnum):
    """How a kind of server is told to go on with the assistant's message that comes last.

    Text only: none of them documents how a thinking that was begun is given back, and what they
    do differs by version and template (an R1 template cuts it away, llama-server refuses it).
    """

    NO = ""
    BY_FLAG = "continue_final_message"
    """vLLM 0.6.4 and later: needs ``add_generation_prompt`` off as well."""
    BY_FLAG_ALONE = "continue_final_message alone"
    """SGLang 0.4.4 and later; it knows no other field."""
    BY_ROLE = "role"
    """llama-server does so by itself, unless it was started with ``--no-prefill-assistant``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What a kind of server understands besides OpenAI's own fields.

    ``schema``: it keeps to a JSON schema in ``response_format`` (llama-cpp-python's converter
    leaves out the bounds of numbers, so that does not count).
    ``top_k``, ``min_p``, ``repeat`` are names of fields, empty where there is none;
    ``top_k_off`` is the value that switches it off.  ``samples``: one request may ask for
    several, with seeds that count up.  ``template_switch``: ``chat_template_kwargs`` reach the
    template.  ``running_usage``: usage can come with each piece.  ``progress``: tells how far
    the prompt is read.  ``top_p_below_one``: refuses a top-p that switches the filter off.
    ``continues``: goes on with an answer that was begun.
    """

    top_k: str = ""
    top_k_off: int = 0
    min_p: str = ""
    repeat: str = ""
    schema: bool = False
    grammar: GrammarField = GrammarField.NONE
    samples: bool = False
    template_switch: bool = False
    running_usage: bool = False
    progress: bool = False
    top_p_below_one: bool = False
    continues: Continues = Continues.NO
    extra: frozenset[Capability] = frozenset()


_FULL = frozenset({Capability.SEED, Capability.LOGPROBS, Capability.TOOLS})

DIALECTS: dict[Kind, Dialect] = {
    Kind.VLLM: Dialect(
        top_k="top_k",
        top_k_off=-1,  # understood by old versions as well as new ones
        min_p="min_p",
        repeat="repetition_penalty",
        schema=True,
        grammar=GrammarField.STRUCTURED,
        samples=True,
        template_switch=True,
        running_usage=True,
        continues=Continues.BY_FLAG,
        extra=_FULL | {Capability.SAMPLES},
    ),
    Kind.SGLANG: Dialect(
        top_k="top_k",
        top_k_off=-1,
        min_p="min_p",
        repeat="repetition_penalty",
        schema=True,
        grammar=GrammarField.EBNF,
        template_switch=True,
        continues=Continues.BY_FLAG_ALONE,
        extra=_FULL,
    ),
    Kind.LLAMA_SERVER: Dialect(
        top_k="top_k",
        min_p="min_p",
        repeat="repeat_penalty",
        schema=True,
        grammar=GrammarField.PLAIN,
        template_switch=True,
        progress=True,
        continues=Continues.BY_ROLE,
        extra=_FULL,
    ),
    Kind.TGI: Dialect(schema=True, top_p_below_one=True, extra=_FULL),
    Kind.LM_STUDIO: Dialect(
        top_k="top_k",
        repeat="repeat_penalty",
        schema=True,
        extra=frozenset({Capability.SEED, Capability.TOOLS}),
    ),
    Kind.OLLAMA: Dialect(schema=True, extra=frozenset({Capability.SEED, Capability.TOOLS})),
    Kind.LLAMA_CPP_PYTHON: Dialect(
        top_k="top_k",
        min_p="min_p",
        repeat="repeat_penalty",
        grammar=GrammarField.PLAIN,
        extra=frozenset({Capability.SEED}),
    ),
    Kind.TENSORRT_LLM: Dialect(
        top_k="top_k",
        min_p="min_p",
        repeat="repetition_penalty",
        schema=True,
        extra=frozenset({Capability.SEED, Capability.TOOLS}),
    ),
    Kind.UNKNOWN: Dialect(extra=frozenset({Capability.TOOLS})),
}

OWNERS: dict[str, Kind] = {
    "vllm": Kind.VLLM,
    "sglang": Kind.SGLANG,
    "llamacpp": Kind.LLAMA_SERVER,
    "organization_owner": Kind.LM_STUDIO,
    "library": Kind.OLLAMA,
    "me": Kind.LLAMA_CPP_PYTHON,
    "tensorrt_llm": Kind.TENSORRT_LLM,
}
"""What each writes into ``owned_by`` in its list of models.  TGI writes the model's own name, and
a gateway may write anything: those are asked for a page that only they have."""
