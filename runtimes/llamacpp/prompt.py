"""From messages to the tokens of a prompt, by the template of the model's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runtimes.chat_template import ChatTemplate
from runtimes.continuing import begun
from runtimes.errors import Unsupported
from runtimes.prompting import (
    Segment,
    begin_thinking,
    conversation,
    opens_thinking,
    pieces,
)
from runtimes.texts import Text
from runtimes.textstream import Seam
from runtimes.thinktags import thinks
from runtimes.types import Message, Role, Thinking

if TYPE_CHECKING:
    from runtimes.llamacpp.vocabulary import Vocabulary
    from runtimes.types import Defaults


CHATML = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
"""For files that bring the tags of ChatML, but no template."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """``thinking``: the answer begins inside the thinking.  The first ``system`` tokens are the
    instructions, which other conversations share.  ``seam``: a turn goes on here."""

    tokens: tuple[int, ...]
    thinking: bool
    system: int
    seam: Seam | None = None


class Prompter:
    """Writes prompts for one model."""

    def __init__(self, vocabulary: Vocabulary, defaults: Defaults) -> None:
        self._vocabulary = vocabulary
        self._defaults = defaults
        source = vocabulary.template
        if not source and "<|im_start|>" in vocabulary.tags:
            source = CHATML
        self._template = ChatTemplate(source, *vocabulary.ends_of_text()) if source else None

    @property
    def thinks(self) -> bool:
        """Does the model think aloud, as far as its file and its publisher tell?"""
        named = self._template is not None and thinks(self._template.source)
        return named or self._defaults.thinking is not Thinking.NEVER

    @property
    def has_switch(self) -> bool:
        """Can its template be asked to leave the thinking out?"""
        return self._template is not None and "enable_thinking" in self._template.source

    def write(
        self, messages: Sequence[Message], *, thinking: bool = True, held: bool = False
    ) -> Prompt:
        """The prompt for an answer, or for the rest of one where the last message is its
        beginning.  ``thinking`` False asks models that can do without; ``held``: the answer
        obeys a constraint.

        Raises ``Unsupported`` where there is no template, or it refuses.
        """
        turn = begun(messages, thinks=self.thinks, think=thinking, held=held)
        if turn is None:
            prompt = self._head(messages, thinking=thinking)
            opens = opens_thinking(prompt)
        else:
            messages = messages[:-1]
            head = self._head(messages, thinking=turn.think)
            opens, prompt = turn.thinking_at(head), turn.behind(head, self._vocabulary.think.lead)
        tokens = self._tokens(prompt)
        shared = self._shared(messages, prompt, tokens)
        return Prompt(tokens, opens, shared, turn.seam if turn else None)

    def _head(self, messages: Sequence[Message], *, thinking: bool) -> tuple[Segment, ...]:
        """Up to where the assistant's turn begins."""
        prompt = self._segments(messages, thinking=thinking)
        if self._defaults.force_thinking and thinking:
            prompt = begin_thinking(prompt)
        return prompt

    def _segments(self, messages: Sequence[Message], *, thinking: bool) -> tuple[Segment, ...]:
        if self._template is None:
            raise Unsupported(
                Text("the model file has no chat template", "模型文件没有对话模板"),
                Text("choose a chat model (Instruct, Chat)", "请选择对话模型（Instruct、Chat）"),
            )
        template = self._template
        made = conversation(
            messages,
            lambda turns: template.render(turns, thinking=thinking),
            instructions=self._defaults.system_prompt,
        )
        return self._vocabulary.think.known(made)

    def _tokens(self, prompt: Sequence[Segment]) -> tuple[int, ...]:
        own = self._vocabulary.think.own(prompt)
        return tuple(self._vocabulary.prompt(pieces(own, self._vocabulary.tags)))

    def _shared(
        self, messages: Sequence[Message], prompt: Sequence[Segment], tokens: Sequence[int]
    ) -> int:
        """How many tokens at the head belong to the instructions.

        The head is cut where the first words of somebody else begin, tokenised by itself, and
        counted as far as its tokens are those of the whole.
        """
        instructions = [m.text.strip() for m in messages if m.role is Role.SYSTEM]
        if not any(instructions):
            return 0
        head: list[Segment] = []
        for segment in prompt:
            if segment.content and segment.text not in instructions:
                common = "\n\n".join(
                    filter(None, (m.text for m in messages if m.role is Role.SYSTEM))
                )
                if segment.text.startswith(common.lstrip()):
                    head.append(Segment(common.strip(), content=True))
                break
            head.append(segment)
        alone = self._tokens(head)
        return common_length(alone, tokens)


def common_length(left: Sequence[int], right: Sequence[int]) -> int:
    """How many tokens two sequences begin with in common."""
    pairs = zip(left, right, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
