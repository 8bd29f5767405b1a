"""The messages of a turn: who is told what, in the user's language.

Only the question of this turn carries an instruction; the earlier ones stand as they were asked,
and no message holds any thinking.  A model that takes no system prompt (DeepSeek-R1) is told in
the user's turn; one that follows no instructions gets the question alone.  A system prompt stays
what it was when the conversation began, while that is cheaper: with another one at its head an
engine would read all of it anew, which takes a minute without a GPU.  What a later question needs
beside it stands with that question.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from assistant.events import Route
from assistant.prompts.files import Template, read_template
from assistant.prompts.filling import fill, without_line
from assistant.session.conversation import Conversation, Opening, Turn
from runtimes.errors import Damaged
from runtimes.texts import Lang, Text
from runtimes.types import Message, ModelSpec, Role, Tool

TEMPLATES: dict[Route, Template] = {
    Route.EXACT: Template.MATHS,  # what the exact solver could not do after all
    Route.MATHS: Template.MATHS,
    Route.CODE: Template.CODE,
    Route.TUTOR: Template.TUTOR,
    Route.TALK: Template.TALK,
}
QUESTION = Text("Question: {0}", "问：{0}")
ANSWER = Text("Answer: {0}", "答：{0}")
UNANSWERED = Text("(no answer)", "（没有回答）")
"""Chat templates want an answer to each question, also to one that was stopped."""


def write_messages(
    route: Route,
    conversation: Conversation,
    question: str,
    spec: ModelSpec,
    lang: Lang,
    tools: Sequence[Tool] = (),
) -> tuple[Message, ...]:
    """What is sent for a question.

    ``tools`` are told in words: only for an engine that has no form of its own for them.
    Raises ``Damaged`` for a user's template that cannot be used.
    """
    if not spec.defaults.instructions:
        return (*_earlier(conversation.turns, lang), Message(Role.USER, question))
    template = read_template(TEMPLATES[route], lang)
    told = _told(tools, lang)
    system = _system(template, told) if spec.defaults.system_prompt else None
    standing = _standing(conversation, told, spec, lang)
    if system is not None and system == (standing or system):
        asked, standing = question, system
    else:
        asked = _joined(fill(template, {"question": question}), told)
    return _opened(standing, _with_summary(conversation, Message(Role.USER, asked), lang))


def explain_request(
    conversation: Conversation, question: str, solution: str, spec: ModelSpec, lang: Lang
) -> tuple[Message, ...]:
    """What is sent for a question that the exact solver has answered: tell ``solution`` in words.

    Raises ``Damaged`` like ``write_messages``.
    """
    if not spec.defaults.instructions:
        return (*_earlier(conversation.turns, lang), Message(Role.USER, question))
    template = read_template(Template.EXPLAIN, lang)
    asked = fill(template, {"question": question, "solution": solution})
    standing = _standing(conversation, "", spec, lang)
    return _opened(standing, _with_summary(conversation, Message(Role.USER, asked), lang))


def opening_of(messages: Sequence[Message]) -> Opening | None:
    """The system prompt at the head of messages."""
    head = messages[0]
    return Opening(head.text) if head.role is Role.SYSTEM else None


def repair_request(
    messages: Sequence[Message], written: str, step: str, reason: str, lang: Lang
) -> tuple[Message, ...]:
    """``messages`` again, the answer as far as it holds, and what was wrong with the next step.

    ``written`` is the answer up to the last good step.  Where nothing was good the last question
    is asked anew with the warning behind it.  Raises ``Damaged`` like ``write_messages``.
    """
    template = read_template(Template.REPAIR, lang)
    asked = fill(template, {"step": step, "reason": reason})
    if written.strip():
        so_far = Message(Role.ASSISTANT, written.rstrip())
        return (*messages, so_far, Message(Role.USER, asked))
    *before, last = messages
    return (*before, replace(last, text=_joined(last.text, asked)))


def answer_request(messages: Sequence[Message], reasoning: str, lang: Lang) -> tuple[Message, ...]:
    """``messages`` again, with what was thought so far: the answer is to follow at once.

    Without any thinking they stay as they are.  Raises ``Damaged`` like ``write_messages``.
    """
    if not reasoning.strip():
        return tuple(messages)
    asked = fill(read_template(Template.ANSWER, lang), {"reasoning": reasoning.strip()})
    *before, last = messages
    return (*before, replace(last, text=_joined(last.text, asked)))


def summary_request(turns: Sequence[Turn], summary: str, lang: Lang) -> tuple[Message, ...]:
    """What is sent to have old turns told in short; ``summary`` is that of still older ones.

    Raises ``Damaged`` like ``write_messages``.
    """
    parts = [fill(read_template(Template.EARLIER, lang), {"summary": summary})] if summary else []
    for turn in turns:
        parts.append(QUESTION.template(lang).format(turn.question))
        parts.append(ANSWER.template(lang).format(turn.answer or UNANSWERED.template(lang)))
    asked = fill(read_template(Template.SUMMARY, lang), {"turns": "\n\n".join(parts)})
    return (Message(Role.USER, asked),)


def _earlier(turns: Sequence[Turn], lang: Lang) -> tuple[Message, ...]:
    """Questions and answers as they were, without thinking."""
    said: list[Message] = []
    for turn in turns:
        answer = turn.answer if turn.answer.strip() else UNANSWERED.template(lang)
        said += [Message(Role.USER, turn.question), Message(Role.ASSISTANT, answer)]
    return tuple(said)


def _with_summary(conversation: Conversation, asked: Message, lang: Lang) -> tuple[Message, ...]:
    """The conversation up to ``asked``, the summary of folded turns at the head of the first
    question: it holds a user's and a model's words, which no system prompt should."""
    messages = (*_earlier(conversation.turns, lang), asked)
    if not conversation.summary.strip():
        return messages
    label = fill(read_template(Template.EARLIER, lang), {"summary": conversation.summary})
    first, *rest = messages
    return (replace(first, text=_joined(label, first.text)), *rest)


def _system(template: str, told: str) -> str | None:
    """What a system prompt says; ``None`` where the question is woven into the template."""
    apart = without_line(template, "question")
    return None if apart is None else _joined(apart, told)


def _standing(conversation: Conversation, told: str, spec: ModelSpec, lang: Lang) -> str:
    """The system prompt that stays; empty where there is none, or where no question would have it
    now: it asks for another language, tells of tools that are no longer there, or its template
    was changed."""
    opening = conversation.standing
    if opening is None or not spec.defaults.system_prompt:
        return ""
    for template in dict.fromkeys(TEMPLATES.values()):
        with suppress(Damaged):  # it is not the one that is asked for
            if opening.text == _system(read_template(template, lang), told):
                return opening.text
    return ""


def _opened(system: str, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    return (Message(Role.SYSTEM, system), *messages) if system else messages


def _told(tools: Sequence[Tool], lang: Lang) -> str:
    if not tools:
        return ""
    listed = "\n".join(f"- {tool.name}: {tool.description}\n  {tool.schema}" for tool in tools)
    return fill(read_template(Template.TOOLS, lang), {"tools": listed})


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part.strip())
