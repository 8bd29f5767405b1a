"""What is sent to Ollama, and what is not because it would be dropped without a word."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from runtimes.errors import Unsupported
from runtimes.prompting import fold_system
from runtimes.remote import Ask
from runtimes.schemas import read_schema
from runtimes.texts import Text
from runtimes.types import (
    Capability,
    GenerationParams,
    Grammar,
    JsonSchema,
    Message,
    ModelSpec,
    OllamaSource,
    Role,
    Thinking,
    Tool,
    ToolCall,
)


@dataclass(frozen=True, slots=True)
class Session:
    """What stays the same in every request to a loaded model.

    ``keep_alive`` in seconds; ``None`` leaves it to the server's own setting.
    """

    spec: ModelSpec
    context: int
    keep_alive: float | None

    @property
    def name(self) -> str:
        """The model's name there."""
        assert isinstance(self.spec.source, OllamaSource)
        return self.spec.source.name


def check(spec: ModelSpec, params: GenerationParams) -> None:
    """Raises ``Unsupported`` for what this server or model cannot do."""
    have = spec.capabilities
    wanted: list[tuple[bool, Text]] = [
        (isinstance(params.constraint, Grammar), Text("a grammar", "语法约束")),
        (
            bool(params.logprobs) and Capability.LOGPROBS not in have,
            Text("log-probabilities", "对数概率"),
        ),
        (bool(params.tools) and Capability.TOOLS not in have, Text("tools", "工具调用")),
        (
            params.thinking_tokens is not None and not _thinking_can_be(spec, params),
            Text("a budget for the thinking", "思考预算"),
        ),
    ]
    if isinstance(params.constraint, JsonSchema):
        read_schema(params.constraint.schema)
    for tool in params.tools:
        read_schema(tool.schema)
    for missing, what in wanted:
        if missing:
            raise Unsupported(
                Text(
                    f"{{0}} cannot do this in Ollama: {what.en}",
                    f"{{0}} 在 Ollama 中不支持：{what.zh}",
                    (spec.id,),
                ),
                Text("leave it out, or use another model", "请去掉该选项，或换用其他模型"),
            )


def _thinking_can_be(spec: ModelSpec, params: GenerationParams) -> bool:
    """Only "none at all" can be had, of a model that can do without."""
    if params.thinking_tokens != 0 or spec.defaults.thinking is Thinking.ALWAYS:
        return False
    return Capability.THINKING in spec.capabilities or spec.defaults.thinking is Thinking.NEVER


def loading(session: Session) -> dict[str, object]:
    """A request that loads the model, with the very settings of those that follow: another
    window, or another ``shift``, makes the server load it again."""
    return {**_common(session), "messages": [], "options": {"num_ctx": session.context}}


def unloading(session: Session) -> dict[str, object]:
    """A request that gives the model's memory back."""
    return {"model": session.name, "messages": [], "stream": True, "keep_alive": 0}


def asking(session: Session, ask: Ask) -> dict[str, object]:
    """A request for an answer.

    ``truncate`` and ``shift`` off (Ollama 0.12.6 and later): what does not fit is refused, and
    an answer that reaches the end of the window ends there.  Older servers do not know them and
    cut in silence; ``num_keep`` -1 makes them keep the question, and makes the cut show in the
    count.
    """
    spec, params = session.spec, ask.params
    turns = ask.messages if spec.defaults.system_prompt else fold_system(ask.messages)
    body: dict[str, object] = {
        **_common(session),
        "messages": _messages(turns),
        "options": _options(session, params),
    }
    if Capability.THINKING in spec.capabilities:
        body["think"] = params.thinking_tokens != 0
    if params.tools:
        body["tools"] = [_tool(tool) for tool in params.tools]
    if isinstance(params.constraint, JsonSchema):
        body["format"] = read_schema(params.constraint.schema)
    if params.logprobs:
        body |= {"logprobs": True, "top_logprobs": params.logprobs}
    return body


def _common(session: Session) -> dict[str, object]:
    body = {"model": session.name, "stream": True, "truncate": False, "shift": False}
    return body if session.keep_alive is None else {**body, "keep_alive": session.keep_alive}


def _options(session: Session, params: GenerationParams) -> dict[str, object]:
    options: dict[str, object] = {
        "num_ctx": session.context,
        "num_keep": -1,
        "num_predict": session.context if params.max_tokens is None else params.max_tokens,
        "temperature": params.temperature,
        "top_p": params.top_p,
        "top_k": params.top_k,
        "min_p": params.min_p,
        "repeat_penalty": params.repeat_penalty,
    }
    if params.seed is not None:
        options["seed"] = params.seed
    if params.stop and not thinks(session.spec):
        options["stop"] = list(params.stop)  # else they would end the thinking, too
    return options


def thinks(spec: ModelSpec) -> bool:
    """May there be thinking before the answer?"""
    return spec.defaults.thinking is not Thinking.NEVER or Capability.THINKING in spec.capabilities


def _messages(turns: Sequence[Message]) -> list[dict[str, object]]:
    names = {call.id: call.name for turn in turns for call in turn.calls}
    return [_message(turn, names.get(turn.answers, turn.answers)) for turn in turns]


def _message(turn: Message, tool: str) -> dict[str, object]:
    said: dict[str, object] = {"role": turn.role.value, "content": turn.text}
    if turn.role is Role.TOOL:
        said["tool_name"] = tool
    if turn.calls:
        said["tool_calls"] = [_call(call) for call in turn.calls]
    return said


def _call(call: ToolCall) -> dict[str, object]:
    """Ollama wants arguments as an object; what a model wrote may be none."""
    try:
        arguments = json.loads(call.arguments)
    except (ValueError, RecursionError):
        arguments = None
    if not isinstance(arguments, dict):
        arguments = {"arguments": call.arguments}
    return {"function": {"name": call.name, "arguments": arguments}}


def _tool(tool: Tool) -> dict[str, object]:
    function = {
        "name": tool.name,
        "description": tool.description,
        "parameters": read_schema(tool.schema),
    }
    return {"type": "function", "function": function}
