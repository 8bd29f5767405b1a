"""Earlier conversations, drawn: the list, what a search found, one of them, its branches."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator

from assistant.cli import diagnostics, render
from assistant.cli.answering import DIM, PLAIN
from assistant.cli.columns import columns, fitted, terminal_width
from assistant.cli.diagnostics import Exit
from assistant.history import (
    Branch,
    ConversationId,
    History,
    Hit,
    Listed,
    Message,
    MessageId,
    Role,
    State,
    Where,
)
from assistant.history.failures import NoSuchMessage
from assistant.history.labels import EXACT, label_said
from assistant.history.marks import answer_text, wrong
from assistant.maths.showing.look import Badge
from assistant.maths.showing.words import clean, filled
from assistant.maths.types import Lang
from assistant.visible import visible
from runtimes.texts import Text

USUAL = 20
BOLD = "\x1b[1m"
NOTHING = Text("there is no conversation yet", "还没有对话")
NOT_FOUND = Text("nothing found", "没有找到")
MORE = Text("more: assistant history --before {0}", "更多：assistant history --before {0}")
MORE_HITS = Text(
    "these are the newest {0}; there are more: --limit N", "以上为最新 {0} 条；更多请用 --limit N"
)
NO_NUMBER = Text("“{0}” is no number of the history", "“{0}”不是历史中的编号")
TO_LIST = Text("list what is there: assistant history", "查看已有内容：assistant history")
TURNS = Text("{0} turns", "{0} 轮")
ONE_TURN = Text("1 turn", "1 轮")
WHERE = {
    Where.QUESTION: Text("question", "问题"),
    Where.ANSWER: Text("answer", "回答"),
    Where.SUMMARY: Text("summary", "摘要"),
    Where.REASONING: Text("thinking", "思考"),
}
ROLES = {Role.QUESTION: WHERE[Where.QUESTION], Role.ANSWER: WHERE[Where.ANSWER]}
STATES = {
    State.OPEN: Text("is being written", "正在生成"),
    State.CRASHED: Text("cut off when the program ended", "因程序中断而不完整"),
}
OUTCOMES: dict[str, Text] = {
    "length": Text("cut: the tokens were used up", "词元用完，被截断"),
    "cancelled": Text("stopped", "已停止"),
    "failed": Text("the engine failed", "引擎出错"),
    "unsolved": Text("not solved", "未解出"),
}
"""How an answer ended (``TurnEnd``), where it is worth a word."""
VERSION = Text("version {0} of {1}", "第 {0}/{1} 版")
IMPORTED = Text("imported", "导入")
THINKING = Text("thinking:", "思考过程：")
ATTACHED = Text("attached: {0}", "附件：{0}")
SUMMARY = Text("summary of everything to here: {0}", "至此内容的摘要：{0}")
EMPTY = Text("(no answer)", "（没有回答）")


def number_of(word: str) -> int:
    """A number of the history.  Raises ``NoSuchMessage``."""
    if not (word.isascii() and word.isdigit() and len(word) < 17):
        raise NoSuchMessage(Text(NO_NUMBER.en, NO_NUMBER.zh, (word[:60],)), TO_LIST)
    return int(word)


def conversation_of(word: str) -> ConversationId:
    """The number of a conversation.  Raises ``NoSuchMessage``."""
    return ConversationId(number_of(word))


def moment(when: float) -> str:
    """Day and minute of this place."""
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(when))
    except (OverflowError, ValueError, OSError):
        return "–"


def listing(history: History, options: argparse.Namespace, lang: Lang) -> int:
    """The conversations, the one touched last first."""
    limit = options.limit or USUAL
    before = None if options.before is None else ConversationId(options.before)
    found = history.list(limit + 1, before)
    rows, more = found[:limit], len(found) > limit
    if options.json:
        render.write_json({"conversations": [listed_record(row) for row in rows], "more": more})
        return Exit.OK
    if not rows:
        diagnostics.complain(NOTHING, lang)
    cells = [(str(r.id), moment(r.touched), _count(r.turns, lang), clean(r.title)) for r in rows]
    for line in columns(cells, terminal_width()):
        render.write_line(line)
    if more:
        diagnostics.complain(Text(MORE.en, MORE.zh, (rows[-1].id,)), lang)
    return Exit.OK


def search(history: History, options: argparse.Namespace, lang: Lang) -> int:
    """What holds all the words, newest first."""
    limit = options.limit or USUAL
    found = history.search(" ".join(options.words), limit + 1)
    hits, more = found[:limit], len(found) > limit
    if options.json:
        render.write_json({"hits": [_hit_record(hit) for hit in hits], "more": more})
        return Exit.OK
    if not hits:
        diagnostics.complain(NOT_FOUND, lang)
    bold = diagnostics.live(plain=options.plain, stream=sys.stdout)
    for hit in hits:
        head = (str(hit.conversation), moment(hit.made), WHERE[hit.where].template(lang))
        render.write_line(fitted("  ".join((*head, clean(hit.title))), terminal_width()))
        render.write_line("    " + _marked(hit, bold=bold))
    if more:
        diagnostics.complain(Text(MORE_HITS.en, MORE_HITS.zh, (limit,)), lang)
    return Exit.OK


def show(history: History, options: argparse.Namespace, lang: Lang) -> int:
    """One conversation as it stands, or another branch of it."""
    number = conversation_of(options.words[0])
    one = history.find(number)
    leaf = None if options.branch is None else MessageId(options.branch)
    turns = history.turns(number, leaf)
    if options.json:
        pairs = [
            {
                "question": _message_record(turn.question),
                "answer": turn.answer and _message_record(turn.answer),
            }
            for turn in turns
        ]
        render.write_json({**listed_record(one), "branch": pairs})
        return Exit.OK
    render.write_line(f"{one.id} · {clean(one.title)}")
    for turn in turns:
        _draw(history, turn.question, options, lang)
        if turn.answer is None:
            render.write_line(EMPTY.template(lang))
        else:
            _draw(history, turn.answer, options, lang)
    return Exit.OK


def branches(history: History, options: argparse.Namespace, lang: Lang) -> int:
    """Every end of a conversation, and where it left the others."""
    found = history.branches(conversation_of(options.words[0]))
    if options.json:
        render.write_json({"branches": [_branch_record(branch) for branch in found]})
        return Exit.OK
    cells = [
        (
            "★" if b.current else " ",
            str(b.leaf),
            moment(b.made),
            ROLES[b.role].template(lang),
            clean(b.start),
        )
        for b in found
    ]
    for line in columns(cells, terminal_width()):
        render.write_line(line)
    return Exit.OK


def _draw(history: History, message: Message, options: argparse.Namespace, lang: Lang) -> None:
    live = diagnostics.live(plain=options.plain, stream=sys.stdout)
    bold, dim, plain = (BOLD, DIM, PLAIN) if live else ("", "", "")
    head = " · ".join(_head(history, message, lang))
    render.write_line(f"\n{bold}{head}{plain}")
    for attachment in message.attachments:
        _say(Text(ATTACHED.en, ATTACHED.zh, (attachment.name,)), lang)
    if message.reasoning and options.thinking:
        thought = f"{THINKING.template(lang)}\n{visible(message.reasoning).rstrip()}"
        render.write_line(f"{dim}{thought}{plain}\n")
    text = answer_text(message, lang)
    if live and message.label == EXACT and not message.imported:
        from assistant.cli.history_markdown import drawn

        render.write_line("\n".join(drawn(text, terminal_width(), bold=True)))
    else:
        render.write_line(visible(text).rstrip("\n"))
    for line in _refuted(message, lang):
        render.write_line(line)
    if message.summary:
        _say(Text(SUMMARY.en, SUMMARY.zh, (message.summary,)), lang)


def _refuted(message: Message, lang: Lang) -> Iterator[str]:
    """What of an answer was found wrong when it was written."""
    for one in wrong(message, lang):
        text, why = clean(one.text), clean(one.why)
        yield f"{Badge.REFUTED.sign} [{Badge.REFUTED.word.template(lang)}] {text}"
        if why:
            yield f"    {why}"


def _head(history: History, message: Message, lang: Lang) -> Iterator[str]:
    yield f"{ROLES[message.role].template(lang)} {message.id}"
    if message.label:
        yield clean(label_said(message.label, lang))
    yield moment(message.made)
    if message.state in STATES:
        yield STATES[message.state].template(lang)
    elif outcome := OUTCOMES.get(message.outcome):
        yield outcome.template(lang)
    if message.imported:
        yield IMPORTED.template(lang)
    sisters = [branch.message for branch in history.siblings(message.id)]
    if len(sisters) > 1:
        at = (sisters.index(message.id) + 1, len(sisters))
        yield filled(Text(VERSION.en, VERSION.zh, at), lang, str)


def _count(turns: int, lang: Lang) -> str:
    text = ONE_TURN if turns == 1 else Text(TURNS.en, TURNS.zh, (turns,))
    return filled(text, lang, str)


def _marked(hit: Hit, *, bold: bool) -> str:
    """The line around the words, which stand out where a person looks."""
    width = terminal_width()
    out, at = [], 0
    line = hit.snippet if width is None else fitted(hit.snippet, max(width - 4, 8))
    for start, end in hit.spans if bold else ():
        if at <= start and end <= len(line):
            out += [visible(line[at:start]), BOLD, visible(line[start:end]), PLAIN]
            at = end
    return "".join([*out, visible(line[at:])])


def _say(text: Text, lang: Lang) -> None:
    render.write_line(filled(text, lang, str))


# --- as JSON ---------------------------------------------------------------------------------


def listed_record(one: Listed) -> dict[str, object]:
    """A line of the list as data."""
    return {
        "id": one.id,
        "title": one.title,
        "made": one.made,
        "touched": one.touched,
        "turns": one.turns,
    }


def _hit_record(hit: Hit) -> dict[str, object]:
    return {
        "conversation": hit.conversation,
        "title": hit.title,
        "message": hit.message,
        "where": hit.where.value,
        "snippet": hit.snippet,
        "spans": [list(span) for span in hit.spans],
        "made": hit.made,
    }


def _message_record(message: Message) -> dict[str, object]:
    return {
        "id": message.id,
        "parent": message.parent,
        "text": message.text,
        "reasoning": message.reasoning,
        "attachments": [{"name": a.name, "text": a.text} for a in message.attachments],
        "model": message.label,
        "state": message.state.value,
        "outcome": message.outcome,
        "record": _parsed(message.record),
        "summary": message.summary,
        "imported": message.imported,
        "made": message.made,
    }


def _branch_record(branch: Branch) -> dict[str, object]:
    return {
        "leaf": branch.leaf,
        "from": branch.message,
        "role": branch.role.value,
        "start": branch.start,
        "made": branch.made,
        "current": branch.current,
    }


def _parsed(record: str) -> object:
    """The record as data; as text where it is none that can be written again."""
    if not record:
        return None
    try:
        value: object = json.loads(record)
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        return record
    return value
