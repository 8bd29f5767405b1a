"""A conversation as JSON: every branch, nothing lost."""

from __future__ import annotations

import json
from typing import TypeVar

from assistant.history.clean import storable
from assistant.history.portable import Portable, checked, refused
from assistant.history.types import Attachment, ConversationId, Message, MessageId, Role, State
from runtimes.texts import Text

FORMAT, VERSION = "assistant-conversation", 1

Kind = TypeVar("Kind")


def to_json(conversation: Portable) -> str:
    """The text of a file; ``parent`` and ``leaf`` count messages from 0."""
    record = {
        "format": FORMAT,
        "version": VERSION,
        "title": conversation.title,
        "made": conversation.made,
        "leaf": conversation.leaf,
        "messages": [_record(message) for message in conversation.messages],
    }
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _record(message: Message) -> dict[str, object]:
    return {
        "parent": message.parent,
        "role": message.role.value,
        "text": message.text,
        "reasoning": message.reasoning,
        "attachments": [{"name": a.name, "text": a.text} for a in message.attachments],
        "label": message.label,
        "state": message.state.value,
        "outcome": message.outcome,
        "record": message.record,
        "summary": message.summary,
        "made": message.made,
        "changed": message.changed,
    }


def from_json(text: str) -> Portable:
    """What ``to_json`` wrote, or anybody.  Raises ``Unreadable``."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise refused(Text("it is no JSON", "不是 JSON")) from wrong
    top = _Fields(value, Text("the file", "文件"))
    if top.text("format") != FORMAT:
        raise refused(Text("it says nothing of being one", "没有对话格式标记"))
    if top.whole("version") != VERSION:
        raise refused(Text("a later version wrote it", "由更新版本写出"))
    leaf = top.take("leaf")
    return checked(
        Portable(
            title=top.text("title"),
            made=top.moment("made"),
            messages=tuple(
                _message(at, item) for at, item in enumerate(top.typed("messages", list))
            ),
            leaf=None if leaf is None else top.whole("leaf"),
        )
    )


def _message(at: int, value: object) -> Message:
    fields = _Fields(value, Text("message {0}", "消息 {0}", (at,)))
    parent = fields.take("parent")
    attachments = [
        _Fields(item, Text("an attachment of message {0}", "消息 {0} 的附件", (at,)))
        for item in fields.typed("attachments", list)
    ]
    try:
        role, state = Role(fields.text("role")), State(fields.text("state"))
    except ValueError as wrong:
        raise refused(Text("message {0} is of no kind", "消息 {0} 的类型有误", (at,))) from wrong
    return Message(
        id=MessageId(at),
        conversation=ConversationId(0),
        parent=None if parent is None else MessageId(fields.whole("parent")),
        role=role,
        state=state,
        text=fields.text("text"),
        reasoning=fields.text("reasoning"),
        attachments=tuple(Attachment(a.text("name"), a.text("text")) for a in attachments),
        label=fields.text("label"),
        outcome=fields.text("outcome"),
        record=fields.text("record"),
        summary=fields.text("summary"),
        made=fields.moment("made"),
        changed=fields.moment("changed"),
    )


class _Fields:
    """An object of JSON whose values have the types that we write."""

    def __init__(self, value: object, place: Text) -> None:
        self._place = place
        if not isinstance(value, dict):
            raise refused(Text(f"{place.en} is no object", f"{place.zh}不是对象", place.args))
        self._values = value

    def take(self, key: str) -> object:
        """Any value; ``None`` where there is none."""
        return self._values.get(key)

    def typed(self, key: str, kind: type[Kind]) -> Kind:
        """A value of exactly this type."""
        value = self._values.get(key)
        if type(value) is not kind:
            self._refuse(key)
        assert isinstance(value, kind)
        return value

    def text(self, key: str) -> str:
        """A text, as it can be stored."""
        return storable(self.typed(key, str))

    def whole(self, key: str) -> int:
        """A whole number of a size that a database can hold."""
        value = self.typed(key, int)
        if abs(value) > 1 << 53:
            self._refuse(key)
        return value

    def moment(self, key: str) -> float:
        """A time; whether it is one is checked later."""
        value = self._values.get(key)
        return float(self.whole(key)) if type(value) is int else self.typed(key, float)

    def _refuse(self, key: str) -> None:
        place, number = self._place, len(self._place.args)
        raise refused(
            Text(
                f"{place.en} has a wrong “{{{number}}}”",
                f"{place.zh}的“{{{number}}}”有误",
                (*place.args, key),
            )
        )
