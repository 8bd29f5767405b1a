"""What is sent to the model for one stream, and how the next stream goes on from the last.

``Capability.CONTINUE`` lets a model go on in the middle of its own turn; one that cannot is asked
in words, and what it then writes is joined to what stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.maths.showing.plain import plain
from assistant.maths.showing.words import filled
from assistant.maths.types import Mark
from assistant.prompts import answer_request, repair_request
from assistant.session.options import TurnOptions
from assistant.tools.calls import OPENS, call_schema
from runtimes.base import Model
from runtimes.texts import Lang, Text
from runtimes.types import (
    Capability,
    GenerationParams,
    JsonSchema,
    Message,
    ModelSpec,
    Role,
    Thinking,
    Tool,
)

CALL = Text("Write the JSON object of that call alone.", "请只写出这次调用的 JSON 对象。")
SHORTEST = 128
"""Tokens of an answer that it is worth asking for."""
REPEAT_PENALTY = 1.15
"""Enough to leave a loop by; more of it and formulas suffer, which repeat by right."""


@dataclass(frozen=True, slots=True)
class Order:
    """One stream: the ``messages`` up to the question, what the model has ``spoken`` of its
    answer already (it goes on from there), and how to write."""

    messages: tuple[Message, ...]
    params: GenerationParams
    spoken: Message | None = None

    @property
    def prompt(self) -> tuple[Message, ...]:
        """What the model reads."""
        return self.messages if self.spoken is None else (*self.messages, self.spoken)


def can(model: Model, capability: Capability) -> bool:
    """Has the loaded model this?"""
    return capability in model.spec.capabilities


def unthinking(spec: ModelSpec, params: GenerationParams) -> GenerationParams:
    """The same without thinking, where the model can be told so."""
    told = (
        Capability.THINKING_BUDGET in spec.capabilities
        or spec.defaults.thinking is Thinking.OPTIONAL
    )
    return replace(params, thinking_tokens=0 if told else None)


def sampling(spec: ModelSpec, options: TurnOptions) -> GenerationParams:
    """The model's own defaults, but for what the user asked for."""
    usual, asked = spec.defaults, options.sampling

    def chosen(wish: float | None, default: float) -> float:
        return default if wish is None else wish

    return GenerationParams(
        temperature=chosen(asked.temperature, usual.temperature),
        top_p=chosen(asked.top_p, usual.top_p),
        min_p=chosen(asked.min_p, usual.min_p),
        top_k=usual.top_k if asked.top_k is None else asked.top_k,
        repeat_penalty=chosen(asked.repeat_penalty, usual.repeat_penalty),
        seed=asked.seed,
        constraint=options.schema,
    )


def spent(order: Order, tokens: int) -> Order:
    """The same with so many tokens fewer to write."""
    left = order.params.max_tokens
    if left is None:
        return order
    return replace(order, params=replace(order.params, max_tokens=max(left - tokens, 1)))


def to_answer(order: Order, model: Model, reasoning: str, lang: Lang) -> Order:
    """The thinking is over: go on with the answer."""
    params = unthinking(model.spec, order.params)
    if can(model, Capability.CONTINUE):
        return Order(order.messages, params, Message(Role.ASSISTANT, "", reasoning))
    return Order(answer_request(order.messages, reasoning, lang), params)


def go_on(order: Order, model: Model, text: str, reasoning: str) -> Order | None:
    """Go on from ``text``, away from what it repeats; ``None`` where the model cannot."""
    if not can(model, Capability.CONTINUE):
        return None
    penalty = max(order.params.repeat_penalty, REPEAT_PENALTY)
    params = replace(order.params, repeat_penalty=penalty)
    return replace(order, params=params, spoken=Message(Role.ASSISTANT, text, reasoning))


@dataclass(frozen=True, slots=True)
class Fault:
    """A step that was refuted: the answer up to it is ``kept``, ``wrong`` is its source."""

    kept: str
    wrong: str
    mark: Mark
    attempt: int


def to_repair(order: Order, model: Model, fault: Fault, lang: Lang) -> Order:
    """Ask again from the last good step, with the counterexample."""
    reason = filled(fault.mark.why, lang, plain)
    messages = repair_request(order.messages, fault.kept, fault.wrong, reason, lang)
    params = unthinking(model.spec, order.params)
    if params.seed is not None:
        params = replace(params, seed=params.seed + fault.attempt)  # the same one errs again
    continues = can(model, Capability.CONTINUE) and fault.kept.strip()
    return Order(messages, params, Message(Role.ASSISTANT, fault.kept) if continues else None)


def fits(order: Order, model: Model) -> bool:
    """Is there room for the prompt and for a short answer?  Where nobody can count: yes."""
    tokens = model.count_tokens(order.prompt)
    return tokens is None or has_room(model, tokens + SHORTEST)


def window_of(model: Model) -> int | None:
    """Tokens of the window; ``None`` where its server does not say."""
    return model.context or None


def has_room(model: Model, tokens: int) -> bool:
    """Has the window so many tokens?  Where nobody knows it, it is for the server to refuse."""
    window = window_of(model)
    return window is None or tokens <= window


def to_call(order: Order, model: Model, text: str, tools: tuple[Tool, ...], lang: Lang) -> Order:
    """Let a grammar hold the call that the model has begun after ``text``.

    Where the turn cannot go on, the call gets one of its own.
    """
    params = replace(order.params, constraint=JsonSchema(call_schema(tools)))
    params = unthinking(model.spec, params)
    said = Message(Role.ASSISTANT, f"{text}{OPENS}\n")
    if can(model, Capability.CONTINUE):
        return Order(order.messages, params, said)
    request = Message(Role.USER, CALL.template(lang))
    return Order((*order.messages, said, request), params)
