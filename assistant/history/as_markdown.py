"""A conversation as Markdown: the branch on which it stands, to be read, and to be imported.

What is imported is what a reader sees: headings of ours part the messages, and what would not
stay between two of them stands in a quotation, which ends by itself whatever is in it.  Times are
minutes of this place.  How a message came to be (its marks, how it ended, the other branches) is
only in the JSON of a conversation.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.history.clean import one_line, storable
from assistant.history.labels import label_read, label_said
from assistant.history.marks import REFUTED, counts, wrong
from assistant.history.older_markdown import from_older_markdown
from assistant.history.portable import Portable, checked, refused
from assistant.history.types import (
    Attachment,
    ConversationId,
    Message,
    MessageId,
    Role,
    StoredTurn,
)
from runtimes.texts import Lang, Text

QUESTION = Text("Question", "问题")
ANSWER = Text("Answer", "回答")
REASONING = Text("Thinking", "思考过程")
SUMMARY = Text("Summary of what came before", "此前内容的摘要")
ATTACHED = Text("Attached: {0}", "附件：{0}")
FOUND = Text("What was checked", "检查结果")
END = "<!-- assistant-conversation 2 -->"
"""The last line, by which a file is known, and known to be whole."""
_ROLES = {text: role for role, text in ((Role.QUESTION, QUESTION), (Role.ANSWER, ANSWER))}
_LONE, _NEXT = re.compile(r"\r(?!$)"), "\r> "
"""What ends a line of Markdown beside the usual, and goes on in the quotation."""
_DAY = "%Y-%m-%d %H:%M"


def _either(*texts: Text) -> str:
    """Any of them, in any language, as a pattern."""
    words = [text.template(lang) for text in texts for lang in Lang]
    return "|".join(re.escape(word).replace(r"\{0\}", "(.*)") for word in words)


_HEAD = re.compile(rf"## ({_either(QUESTION, ANSWER)})(?: · (.*?))?? · (\d{{4,5}}-[-\d]+ [:\d]+)")
_LIKE = re.compile(rf"\s*##\s+(?:{_either(QUESTION, ANSWER)})\s*·")
"""What a reader would take for such a heading, an import or not."""
_PART = re.compile(rf"### (?:{_either(ATTACHED)}|{_either(REASONING, SUMMARY, FOUND)})")
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})(.*)")
_HTML = re.compile(r"[\s>*+\-\d.)]*<[a-zA-Z!?/]")


def to_markdown(title: str, turns: Sequence[StoredTurn], lang: Lang) -> str:
    """The text of a file."""
    out = [f"# {one_line(title)}", ""]
    for turn in turns:
        out += _message(turn.question, lang)
        if turn.answer is not None:
            out += _message(turn.answer, lang)
    return "\n".join([*out, END]) + "\n"


def _message(message: Message, lang: Lang) -> Iterator[str]:
    name = QUESTION if message.role is Role.QUESTION else ANSWER
    day = time.strftime(_DAY, time.localtime(message.made))
    parts = (name.template(lang), one_line(label_said(message.label, lang)), day)
    yield "## " + " · ".join(part for part in parts if part)
    body = message.text.split("\n")
    yield from ("", *(body if _stays(body) else _quoted(body)), "")
    if found := list(_found(message, lang)):
        yield from (f"### {FOUND.template(lang)}", "", *found, "")
    for attachment in message.attachments:
        title = ATTACHED.template(lang).replace("{0}", one_line(attachment.name))
        yield from _part(title, attachment.text)
    if message.reasoning:
        yield from _part(REASONING.template(lang), message.reasoning)
    if message.summary:
        yield from _part(SUMMARY.template(lang), message.summary)


def _part(title: str, text: str) -> Iterator[str]:
    yield from (f"### {title}", "", *_quoted(text.split("\n")), "")


def _quoted(lines: Sequence[str]) -> list[str]:
    return [f"> {_LONE.sub(_NEXT, line)}" for line in lines]


def _unquoted(line: str) -> str:
    return line.removeprefix(">").removeprefix(" ").replace(_NEXT, "\r")


def _stays(lines: Sequence[str]) -> bool:
    """Is a text that stands there as it is read again as it was, and over at its last line for
    whatever draws the page?  In doubt it is not."""
    fence = ""
    for line in lines:
        if _is_ours(line) or _LIKE.match(line) or _LONE.search(line):
            return False
        if not fence and _HTML.match(line):
            return False
        found = _FENCE.match(line)
        if found is None:
            if "```" in line or "~~~" in line:  # in a list, or beside words
                return False
        elif not fence:
            fence = found[1]
        elif found[1].startswith(fence) and not found[2].strip():
            fence = ""
    return not fence and not _is_quotation(lines)


def _is_ours(line: str) -> bool:
    if not line.startswith(("## ", "### ")):
        return False
    line = line.removesuffix("\r")
    return _HEAD.fullmatch(line) is not None or _PART.fullmatch(line) is not None


def _is_quotation(lines: Sequence[str]) -> bool:
    return all(line.startswith(">") for line in lines)


def _found(message: Message, lang: Lang) -> Iterator[str]:
    """What was found out about an answer; an import takes none of it for true."""
    if message.role is not Role.ANSWER:
        return
    told = counts(message, lang)
    if told:
        yield f"*{told}*"
    lines = [f"- {REFUTED} {_code(one.text)}: {_code(one.why)}" for one in wrong(message, lang)]
    if told and lines:
        yield ""
    yield from lines


def _code(text: str) -> str:
    """Words from outside, in which nothing is Markdown."""
    line = one_line(text)
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}" if line.strip() else ""


# --- reading ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Section:
    """A heading of ours, and the lines up to the next one."""

    heading: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands there, without the blank line at either end, out of its quotation."""
        lines = self.lines
        if lines and not lines[0].strip():
            lines = lines[1:]
        if lines and not lines[-1].strip():
            lines = lines[:-1]
        if lines and _is_quotation(lines):
            lines = [_unquoted(line) for line in lines]
        return storable("\n".join(lines))


def from_markdown(text: str) -> Portable:
    """What ``to_markdown`` wrote, here or in an earlier version.  Raises ``Unreadable``."""
    lines = text.rstrip().split("\n")
    if lines[-1] != END:
        return from_older_markdown(text)
    if all(line.endswith("\r") for line in lines[:-1]):  # an editor's ends of line
        lines = [line.removesuffix("\r") for line in lines]
    if not lines[0].startswith("#"):
        raise refused(Text("it has no title", "没有标题"))
    sections = _sections(lines[1:-1])
    messages: list[Message] = []
    for section in sections:
        head = _HEAD.fullmatch(section.heading)
        if head is not None:
            messages.append(_begun(head, section.text, messages))
        elif messages:
            messages[-1] = _with_part(messages[-1], section)
        else:
            raise refused(Text("it begins with no question", "开头不是问题"))
    title = lines[0].removeprefix("#").removeprefix(" ")
    made = messages[0].made if messages else time.time()
    leaf = len(messages) - 1 if messages else None
    return checked(Portable(storable(title), made, tuple(messages), leaf))


def _sections(lines: Sequence[str]) -> list[_Section]:
    """From one heading of ours to the next; nobody's is what stands before the first."""
    found = [_Section("")]
    for line in lines:
        if _is_ours(line):
            found.append(_Section(line.removesuffix("\r")))
        else:
            found[-1].lines.append(line)
    return found[1:]


def _begun(head: re.Match[str], text: str, before: Sequence[Message]) -> Message:
    name, label, day = head.groups()
    made = _moment(day, before)
    return Message(
        id=MessageId(len(before)),
        conversation=ConversationId(0),
        parent=MessageId(len(before) - 1) if before else None,
        role=next(role for words, role in _ROLES.items() if name in (words.en, words.zh)),
        text=text,
        label=label_read(storable(label or "")),
        made=made,
        changed=made,
    )


def _with_part(message: Message, section: _Section) -> Message:
    found = _PART.fullmatch(section.heading)
    assert found is not None
    title = section.heading.removeprefix("### ")
    if title in (REASONING.en, REASONING.zh):
        return replace(message, reasoning=section.text)
    if title in (SUMMARY.en, SUMMARY.zh):
        return replace(message, summary=section.text)
    if title in (FOUND.en, FOUND.zh):
        return message
    one = Attachment(storable(found[1] or found[2] or ""), section.text)
    return replace(message, attachments=(*message.attachments, one))


def _moment(day: str, before: Sequence[Message]) -> float:
    """Seconds; where it is no time, that of the message before it."""
    try:
        return max(time.mktime(time.strptime(day, _DAY)), 0.0)
    except (ValueError, OverflowError):
        return before[-1].made if before else 0.0
