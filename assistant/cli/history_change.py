"""Conversations that are renamed, switched to another branch, deleted, or kept for a time."""

from __future__ import annotations

import argparse
from dataclasses import replace

from assistant import paths
from assistant.cli import diagnostics, render
from assistant.cli.confirm import confirmed
from assistant.cli.diagnostics import Exit
from assistant.cli.history_show import conversation_of, number_of
from assistant.history import History, MessageId
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from assistant.settings import MOST_DAYS, change_settings, read_settings
from runtimes.texts import Count, Text

RENAMED = Text("{0} is called “{1}” now", "{0} 现名为“{1}”")
SWITCHED = Text("{0} stands on message {1} now", "{0} 现在位于消息 {1}")
DELETED = Text("deleted: {0}", "已删除：{0}")
ALL_DELETED = Text("everything is deleted", "已全部删除")
ASK_SOME = Text("Delete {0}? [y/N] ", "删除 {0}？[y/N] ")
ASK_ALL = Text("Delete all conversations? [y/N] ", "删除全部对话？[y/N] ")
KEPT = Text("nothing was deleted", "未删除任何内容")
NEED_YES = Text("nothing was deleted; add --yes to delete", "未删除任何内容；加上 --yes 以删除")
ASK_OLD = Count(
    Text(
        "Conversations older than a day: {1}. Delete them now? [y/N] ",
        "有 {1} 个对话早于 1 天。现在删除？[y/N] ",
    ),
    Text(
        "Conversations older than {0} days: {1}. Delete them now? [y/N] ",
        "有 {1} 个对话早于 {0} 天。现在删除？[y/N] ",
    ),
)
UNCHANGED = Text("nothing was changed", "未作更改")
OLD_NEED_YES = Text(
    "nothing was changed: conversations that are older and would be deleted: {0}; add --yes",
    "未作更改：有 {0} 个更早的对话将被删除；请加上 --yes",
)
FOR_EVER = Text("conversations are kept until you delete them", "对话会一直保留，直到你删除")
FOR_DAYS = Count(
    Text("conversations are deleted a day after they were used last", "对话在最后使用 1 天后删除"),
    Text(
        "conversations are deleted {0} days after they were used last",
        "对话在最后使用 {0} 天后删除",
    ),
)
NO_DAYS = Text("days must be from 1 to {0}, or off", "天数应在 1 到 {0} 之间，或为 off")


def rename(history: History, options: argparse.Namespace, lang: Lang) -> int:
    """Another title."""
    number = conversation_of(options.words[0])
    history.rename(number, " ".join(options.words[1:]))
    title = history.find(number).title
    if options.json:
        render.write_json({"id": number, "title": title})
    else:
        _say(RENAMED, lang, number, title)
    return Exit.OK


def switch(history: History, options: argparse.Namespace, lang: Lang) -> int:
    """Stand on another branch."""
    number = conversation_of(options.words[0])
    leaf = history.switch(number, MessageId(number_of(options.words[1])))
    if options.json:
        render.write_json({"id": number, "leaf": leaf})
    else:
        _say(SWITCHED, lang, number, leaf)
    return Exit.OK


def delete(history: History, options: argparse.Namespace, lang: Lang) -> int:
    """Delete some or all, after asking."""
    chosen = [history.find(conversation_of(word)) for word in dict.fromkeys(options.words)]
    names = ", ".join(f"{one.id} “{one.title}”" for one in chosen)
    question = ASK_ALL if options.all else Text(ASK_SOME.en, ASK_SOME.zh, (names,))
    if not options.yes and not confirmed(question, KEPT, NEED_YES, lang):
        return Exit.USAGE
    if options.all:
        notice = history.delete_all()
    else:
        notice = history.delete(*dict.fromkeys(one.id for one in chosen))
    if options.json:
        told = None if notice is None else filled(notice, lang, str)
        ids = [one.id for one in chosen]
        render.write_json({"deleted": "all" if options.all else ids, "notice": told})
        return Exit.OK
    _say(ALL_DELETED if options.all else DELETED, lang, names)
    if notice is not None:
        diagnostics.complain(notice, lang)
    return Exit.OK


def retention(history: History, options: argparse.Namespace, lang: Lang) -> int:
    """Tell or settle for how long conversations are kept."""
    path = paths.settings_file()
    settings = read_settings(path)
    days = settings.history_days
    if options.words:
        word = options.words[0]
        good = word.isascii() and word.isdigit() and len(word) < 10 and 1 <= int(word) <= MOST_DAYS
        if word != "off" and not good:
            diagnostics.complain(Text(NO_DAYS.en, NO_DAYS.zh, (MOST_DAYS,)), lang)
            return Exit.USAGE
        days = None if word == "off" else int(word)
        if not _may_expire(history, options, days, lang):
            return Exit.USAGE
        change_settings(path, replace(settings, history_days=days))
    if days is not None:
        history.expire(days)
    if options.json:
        render.write_json({"days": days})
    elif days is None:
        _say(FOR_EVER, lang)
    else:
        _say(FOR_DAYS.of(days), lang)
    return Exit.OK


def _may_expire(
    history: History, options: argparse.Namespace, days: int | None, lang: Lang
) -> bool:
    old = 0 if days is None else history.older(days)
    if days is None or not old or options.yes:
        return True
    question = ASK_OLD.of(days, old)
    return confirmed(question, UNCHANGED, Text(OLD_NEED_YES.en, OLD_NEED_YES.zh, (old,)), lang)


def _say(text: Text, lang: Lang, *args: object) -> None:
    render.write_line(filled(text.of(*args) if args else text, lang, str))
