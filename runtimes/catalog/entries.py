"""What the catalogue says of a model: an ``Entry``, and a ``Variant`` for each of its forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from runtimes.texts import Text
from runtimes.types import (
    Capability,
    Defaults,
    Licence,
    ModelSpec,
    Shape,
    Source,
    Thinking,
)

LLAMACPP, CHECKPOINT, OLLAMA, SERVER, SCRIPTED = (
    "llamacpp",
    "checkpoint",
    "ollama",
    "server",
    "scripted",
)
"""The words in ``ModelSpec.runtime``."""

_CAN: dict[str, frozenset[Capability]] = {
    LLAMACPP: frozenset(
        {
            Capability.JSON_SCHEMA,
            Capability.GRAMMAR,
            Capability.LOGPROBS,
            Capability.SEED,
            Capability.SAMPLES,
            Capability.LORA,
            Capability.CONTINUE,
        }
    ),
    CHECKPOINT: frozenset(  # and constraints where llguidance is installed
        {
            Capability.LOGPROBS,
            Capability.SEED,
            Capability.SAMPLES,
            Capability.LORA,
            Capability.CONTINUE,
        }
    ),
    OLLAMA: frozenset({Capability.JSON_SCHEMA, Capability.SEED}),
    SERVER: frozenset({Capability.JSON_SCHEMA, Capability.LOGPROBS, Capability.SEED}),
    SCRIPTED: frozenset(
        {Capability.THINKING, Capability.SEED, Capability.TOOLS, Capability.CONTINUE}
    ),
}
_BUDGET = frozenset({LLAMACPP, CHECKPOINT})
"""Runtimes that can end the thinking themselves."""


def capabilities(runtime: str, thinking: Thinking) -> frozenset[Capability]:
    """What a model may be expected to do in a runtime; once loaded, it says so itself."""
    can = _CAN[runtime]
    if thinking is Thinking.NEVER:
        return can
    budget = {Capability.THINKING_BUDGET} if runtime in _BUDGET else set()
    return can | {Capability.THINKING} | budget


class Origin(StrEnum):
    """Who wrote an entry."""

    SHIPPED = "shipped"
    CHANGED = "changed"
    """Shipped, and the user's own file says some of it otherwise."""
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a model.

    ``name`` stands after the colon of an id (``q4_k_m``); ``quantisation`` is for showing.
    """

    name: str
    runtime: str
    quantisation: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One model of the catalogue.

    ``repository`` is its publisher's on the model hub; ``template`` the family of its chat
    template; ``languages`` are ISO 639 codes.  ``needs`` says which hardware and runtime it
    takes where one graphics card of a consumer is too small.  ``math500`` is the publisher's score
    on MATH-500 (per cent, first try).  ``default`` is the variant that the bare id means.
    """

    id: str
    title: str
    variants: tuple[Variant, ...]
    default: str
    publisher: str = ""
    repository: str = ""
    licence: Licence | None = None
    shape: Shape | None = None
    template: str = ""
    languages: tuple[str, ...] = ()
    defaults: Defaults = field(default_factory=Defaults)
    good_for: Text | None = None
    needs: Text | None = None
    math500: float | None = None
    origin: Origin = Origin.SHIPPED

    def variant(self, name: str = "") -> Variant | None:
        """A form by its name, the case and ``-`` or ``_`` not minded; by default the usual one."""
        wanted = _folded(name or self.default)
        return next((form for form in self.variants if _folded(form.name) == wanted), None)

    def spec(self, variant: Variant) -> ModelSpec:
        """What a runtime loads."""
        return ModelSpec(
            id=f"{self.id}:{variant.name}",
            title=self.title,
            runtime=variant.runtime,
            source=variant.source,
            quantisation=variant.quantisation,
            shape=self.shape,
            capabilities=capabilities(variant.runtime, self.defaults.thinking),
            defaults=self.defaults,
            licence=self.licence,
        )


def _folded(name: str) -> str:
    return name.casefold().replace("-", "_")
