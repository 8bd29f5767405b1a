"""What is sent: a request in the dialect of the server that gets it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from runtimes.continuing import begun
from runtimes.errors import Unsupported
from runtimes.openai_server.discover import Served
from runtimes.openai_server.grammars import after_thinking
from runtimes.openai_server.kinds import Continues, GrammarField, Kind
from runtimes.prompting import fold_system, joined
from runtimes.remote import Ask
from runtimes.schemas import read_schema
from runtimes.texts import Text
from runtimes.textstream import Seam
from runtimes.types import (
    Capability,
    Constraint,
    Defaults,
    GenerationParams,
    Grammar,
    JsonSchema,
    Message,
    ModelSpec,
    Role,
    Thinking,
    Tool,
)

_ALTERNATE = re.compile(r"roles? must alternate|alternat\w+ between user", re.IGNORECASE)
_NO_SYSTEM = re.compile(
    r"(system|developer) (role|message|prompt|instruction)s? (is |are )?not "
    r"|not support .system\b|only .?user\b.{0,40}\brole",
    re.IGNORECASE,
)
"""What the templates of Mistral, Gemma, Llama 2 and their like say when they refuse."""
_NEEDLESS = {
    "stream_options": re.compile(r"stream_options"),
    "max_tokens": re.compile(r"max_completion_tokens"),  # that is what is to be said instead
    "top_p": re.compile(r"\btop_p\b"),  # the first of the two where only both are too much
    "temperature": re.compile(r"\btemperature\b"),
}
"""Fields that some servers refuse (newer models of OpenAI's take no sampling at all), and how they
are named then."""
_CONTINUING: dict[Continues, dict[str, object]] = {
    Continues.NO: {},
    Continues.BY_FLAG: {"continue_final_message": True, "add_generation_prompt": False},
    Continues.BY_FLAG_ALONE: {"continue_final_message": True},
    Continues.BY_ROLE: {},
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a server must be asked, as its refusals have shown.

    ``folds``: its template takes no instructions, they go into the user's turn.  ``joins``: nor
    two turns of one role.  ``without``: fields that it does not take.
    """

    folds: bool = False
    joins: bool = False
    without: frozenset[str] = frozenset()

    def turns(self, messages: Sequence[Message]) -> Sequence[Message]:
        """The conversation in the form that the server takes."""
        turns = fold_system(messages) if self.folds else messages
        return joined(turns) if self.joins else turns

    def after(self, refusal: str) -> Manner | None:
        """What may be taken after these words of the server; ``None`` where they are of something
        else, or all was tried."""
        for name, named in _NEEDLESS.items():
            if name not in self.without and named.search(refusal):
                return replace(self, without=self.without | {name})
        alternate, system = _ALTERNATE.search(refusal), _NO_SYSTEM.search(refusal)
        if alternate and not self.joins:
            return replace(self, joins=True)
        if (alternate or system) and not self.folds:
            return replace(self, folds=True)
        return None

    def taken(self, body: Mapping[str, object], usual: Defaults) -> dict[str, object]:
        """The fields that the server takes.  A sampling other than the usual one was asked for: it
        stays, and is refused rather than ignored."""
        kept = {
            name: value
            for name, value in body.items()
            if name not in self.without or value != getattr(usual, name, value)
        }
        if "max_tokens" in self.without and "max_tokens" in body:
            kept["max_completion_tokens"] = body["max_tokens"]
        return kept


def check(spec: ModelSpec, served: Served, params: GenerationParams) -> None:
    """Raises ``Unsupported`` for what this server or model would refuse or drop in silence."""
    dialect, have = served.dialect, spec.capabilities
    wanted: list[tuple[bool, Text]] = [
        (bool(params.top_k) and not dialect.top_k, Text("top-k", "top-k 采样")),
        (bool(params.min_p) and not dialect.min_p, Text("min-p", "min-p 采样")),
        (params.repeat_penalty != 1 and not dialect.repeat, Text("a repeat penalty", "重复惩罚")),
        (
            isinstance(params.constraint, JsonSchema) and Capability.JSON_SCHEMA not in have,
            Text("a JSON schema", "JSON 模式约束"),
        ),
        (
            isinstance(params.constraint, Grammar) and Capability.GRAMMAR not in have,
            Text("a grammar", "语法约束"),
        ),
        (
            bool(params.logprobs) and Capability.LOGPROBS not in have,
            Text("log-probabilities", "对数概率"),
        ),
        (bool(params.tools) and Capability.TOOLS not in have, Text("tools", "工具调用")),
        (
            params.thinking_tokens is not None and not _thinking_can_be(spec, served, params),
            Text("a budget for the thinking", "思考预算"),
        ),
    ]
    _check_schemas(params)
    for missing, what in wanted:
        if missing:
            raise Unsupported(
                Text(
                    f"{{0}} does not understand: {what.en}",
                    f"{{0}} 不支持：{what.zh}",
                    (served.kind.value,),
                ),
                Text("leave it out, or use a local model", "请去掉该选项，或改用本地模型"),
            )


def _check_schemas(params: GenerationParams) -> None:
    if isinstance(params.constraint, JsonSchema):
        read_schema(params.constraint.schema)
    for tool in params.tools:
        read_schema(tool.schema)


def _thinking_can_be(spec: ModelSpec, served: Served, params: GenerationParams) -> bool:
    """Only "none at all" can be had, of a model whose template has a switch for it."""
    if params.thinking_tokens != 0:
        return False
    match spec.defaults.thinking:
        case Thinking.NEVER:
            return True
        case Thinking.OPTIONAL:
            return served.dialect.template_switch
        case Thinking.ALWAYS:
            return False


def prompt_fields(
    spec: ModelSpec,
    served: Served,
    messages: Sequence[Message],
    params: GenerationParams,
    manner: Manner | None = None,
) -> Mapping[str, object]:
    """The fields of a request that the prompt is made of."""
    turns = messages if spec.defaults.system_prompt else fold_system(messages)
    turns = turns if manner is None else manner.turns(turns)
    fields: dict[str, object] = {}
    if begun(turns, thinks=False) is not None and served.dialect.continues:
        fields |= _CONTINUING[served.dialect.continues]
        turns = (*turns[:-1], replace(turns[-1], text=Seam.bare(turns[-1].text).shown))
    fields["messages"] = [_message(turn) for turn in turns]
    if params.tools:
        fields["tools"] = [_tool(tool) for tool in params.tools]
    if spec.defaults.thinking is Thinking.OPTIONAL and served.dialect.template_switch:
        fields["chat_template_kwargs"] = {"enable_thinking": params.thinking_tokens != 0}
    return fields


def encoded(spec: ModelSpec, served: Served, ask: Ask, manner: Manner) -> bytes:
    """The body of a request."""
    params, dialect = ask.params, served.dialect
    body: dict[str, object] = {
        "model": served.name,
        **prompt_fields(spec, served, ask.messages, params, manner),
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": params.temperature,
    }
    if params.top_p < 1 or not dialect.top_p_below_one:
        body["top_p"] = params.top_p
    if dialect.running_usage:
        body["stream_options"] = {"include_usage": True, "continuous_usage_stats": True}
    if dialect.progress:
        body["return_progress"] = True
    if params.max_tokens is not None:
        body["max_tokens"] = params.max_tokens
    if params.seed is not None:
        body["seed"] = params.seed
        if served.kind is Kind.LLAMA_SERVER:
            body["cache_prompt"] = False  # what is read in other batches rounds differently
    if params.stop and not thinks(spec):
        # Servers look for them in the thinking too, where they must not end anything.
        body["stop"] = list(params.stop)
    if ask.samples > 1:
        body["n"] = ask.samples
    if params.logprobs:
        body |= {"logprobs": True, "top_logprobs": params.logprobs}
    body |= _samplers(served, params) | _constraint(served, ask)
    return json.dumps(manner.taken(body, spec.defaults)).encode()


def thinks(spec: ModelSpec) -> bool:
    """May there be thinking before the answer?"""
    return spec.defaults.thinking is not Thinking.NEVER or Capability.THINKING in spec.capabilities


def _samplers(served: Served, params: GenerationParams) -> dict[str, object]:
    dialect = served.dialect
    fields: dict[str, object] = {
        dialect.top_k: params.top_k or dialect.top_k_off,
        dialect.min_p: params.min_p,
        dialect.repeat: params.repeat_penalty,
    }
    fields.pop("", None)
    return fields


def _constraint(served: Served, ask: Ask) -> dict[str, object]:
    constraint: Constraint | None = ask.params.constraint
    match constraint:
        case None:
            return {}
        case JsonSchema(schema):
            inner: dict[str, object] = {"name": "answer", "schema": read_schema(schema)}
            if served.kind is Kind.TENSORRT_LLM:
                inner["strict"] = True
            return {"response_format": {"type": "json_schema", "json_schema": inner}}
        case Grammar(gbnf):
            if served.grammar is GrammarField.STRUCTURED:
                return {"structured_outputs": {"grammar": gbnf}}
            if served.grammar is GrammarField.PLAIN and ask.opens_thinking:
                gbnf = after_thinking(gbnf)
            return {served.grammar.value: gbnf}


def _message(turn: Message) -> dict[str, object]:
    said: dict[str, object] = {"role": turn.role.value, "content": turn.text}
    if turn.role is Role.TOOL:
        said["tool_call_id"] = turn.answers
    if turn.calls:
        said["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": call.arguments},
            }
            for call in turn.calls
        ]
    return said


def _tool(tool: Tool) -> dict[str, object]:
    function = {
        "name": tool.name,
        "description": tool.description,
        "parameters": read_schema(tool.schema),
    }
    return {"type": "function", "function": function}
