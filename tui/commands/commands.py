"""What may be typed behind ``/``: every action of the keys, and a few that take words."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from runtimes.errors import RuntimeFailure
from runtimes.texts import Count, Text
from tui.keyboard.keys import KEYS, ONLY_TYPING
from tui.messages import Asked, Submitted, Told
from tui.remedies import with_remedy

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tui.screens.chat import ChatScreen

MOST_THINKING, MOST_VOTES = 131_072, 64
UNKNOWN = Text(
    "there is no command /{0}; /help shows them all", "没有命令 /{0}；输入 /help 查看全部"
)
NOT_HERE = Text("/{0} cannot be done now", "现在不能执行 /{0}")
BUSY = Text("stop the answer first", "请先停止当前回答")
THINK = Text("write: /think N (tokens from 0 to {0}), or /think off to have no limit",
             "请写：/think N（0 到 {0} 个词元），或 /think off 取消限制")  # fmt: skip
VOTE = Text("write: /vote N, from 1 to {0}", "请写：/vote N（1 到 {0}）")
TOOLS = Text("write: /tools on, or /tools off", "请写：/tools on 或 /tools off")
NOT_BOTH = Text("a vote and tools do not go together: {0}", "投票与工具不能并用：{0}")
NO_TOOLS = Text("tools are off now", "已关闭工具")
NO_VOTE = Text("there is no vote now", "已取消投票")
THINKS = Count(
    Text("thinking: up to {0} token", "思考：最多 {0} 个词元"),
    Text("thinking: up to {0} tokens", "思考：最多 {0} 个词元"),
)
THINKS_ON = Text("thinking: as long as the window allows", "思考：以窗口为限")
VOTES = Text("{0} answers vote", "{0} 个回答投票")
TOOLS_ON, TOOLS_OFF = Text("tools: on", "工具：开"), Text("tools: off", "工具：关")
MODEL = Text("{0} answers from now on", "从现在起由 {0} 回答")
NO_PATH = Text("write: /attach FILE", "请写：/attach 文件")
NOTHING = Text("nothing was asked yet", "还没有提问")
WRITTEN = Text("written: {0}", "已写入：{0}")
THERE = Text("{0} is there already; choose another name", "{0} 已存在，请换一个名称")


@dataclass(frozen=True, slots=True)
class Command:
    """``words`` says what may follow the name."""

    does: Text
    words: str = ""


TAKING: dict[str, Command] = {
    "model": Command(Text("another model answers", "更换模型"), "NAME"),
    "think": Command(Text("most tokens of thinking", "思考词元上限"), "N|off"),
    "vote": Command(Text("how many answers vote", "参与投票的回答数"), "N"),
    "tools": Command(Text("may the model use tools?", "是否允许模型使用工具"), "on|off"),
    "attach": Command(Text("attach a file", "附加文件"), "FILE"),
    "export": Command(Text("export this conversation", "导出本次对话"), "FILE"),
    "solve": Command(Text("solve exactly, without a model", "不用模型，精确求解"), "PROBLEM"),
}


def _keyed() -> dict[str, str]:
    """Names of commands that are actions with keys, and the ids of those."""
    parts = ((one, one.partition(".")) for one in KEYS if one != "app.palette")
    return {
        name.replace("_", "-"): one
        for one, (place, _, name) in parts
        if place in ("app", "chat") and name not in ONLY_TYPING
    }


def commands() -> dict[str, Command]:
    """All of them by name; those that take words first."""
    keyed = {name: Command(KEYS[one].does) for name, one in _keyed().items()}
    return {**TAKING, **{name: one for name, one in keyed.items() if name not in TAKING}}


async def perform(chat: ChatScreen, name: str, words: str) -> bool:
    """Do it; ``False``, where the user was told why it is not done."""
    takes = _TAKERS.get(name)
    try:
        if takes is not None and (words or name not in _keyed()):
            return await takes(chat, words)
        return await _act(chat, name)
    except RuntimeFailure as failure:
        _tell(chat, with_remedy(failure, chat.app), wrong=True)
        return False


async def _act(chat: ChatScreen, name: str) -> bool:
    wanted = _keyed().get(name)
    if wanted is None:
        return _refuse(chat, UNKNOWN.of(name))
    for node, binding, enabled, _ in chat.active_bindings.values():
        if binding.id == wanted and enabled:
            await chat.app.run_action(binding.action, node)
            return True
    return _refuse(chat, NOT_HERE.of(name))


async def _model(chat: ChatScreen, words: str) -> bool:
    if not words:
        return await _act(chat, "models")
    if chat.turns.busy:
        return _refuse(chat, BUSY)
    from assistant.loader import find_spec

    await asyncio.to_thread(find_spec, words)
    await asyncio.to_thread(chat.app.desk.use_model, words)
    chat.tell_model()
    return _tell(chat, MODEL.of(words))


async def _think(chat: ChatScreen, words: str) -> bool:
    desk = chat.app.desk
    if words == "off":
        desk.options = replace(desk.options, think=None)
        return _tell(chat, THINKS_ON)
    if (number := _whole(words, 0, MOST_THINKING)) is None:
        return _refuse(chat, THINK.of(MOST_THINKING))
    desk.options = replace(desk.options, think=number)
    return _tell(chat, THINKS.of(number))


async def _vote(chat: ChatScreen, words: str) -> bool:
    desk = chat.app.desk
    if (number := _whole(words, 1, MOST_VOTES)) is None:
        return _refuse(chat, VOTE.of(MOST_VOTES))
    if number > 1 and desk.options.tools:
        desk.options = replace(desk.options, tools=False)
        _tell(chat, _joined(NOT_BOTH, NO_TOOLS))
    desk.options = replace(desk.options, samples=number)
    return _tell(chat, VOTES.of(number) if number > 1 else NO_VOTE)


async def _tools(chat: ChatScreen, words: str) -> bool:
    desk = chat.app.desk
    if words not in ("on", "off"):
        return _refuse(chat, TOOLS)
    if words == "on" and desk.options.samples > 1:
        desk.options = replace(desk.options, samples=1)
        _tell(chat, _joined(NOT_BOTH, NO_VOTE))
    desk.options = replace(desk.options, tools=words == "on")
    return _tell(chat, TOOLS_ON if words == "on" else TOOLS_OFF)


async def _attach(chat: ChatScreen, words: str) -> bool:
    if not words:
        return _refuse(chat, NO_PATH)
    return await chat.composer.attach(words.strip('"'))


async def _export(chat: ChatScreen, words: str) -> bool:
    from tui.conversations.exporting import Exists, export, usual_name

    desk, lang = chat.app.desk, chat.app.lang
    number = desk.conversation
    if number is None:
        return _refuse(chat, NOTHING)

    def write() -> str:
        history = desk.history()
        name = words.strip('"') or usual_name(history.find(number).title)
        return str(export(history, number, name, lang, replace=False))

    try:
        return _tell(chat, WRITTEN.of(await asyncio.to_thread(write)))
    except Exists as there:
        return _refuse(chat, THERE.of(str(there.path)))


async def ask_for_file(chat: ChatScreen) -> None:
    """Export the conversation to a file that is asked for."""
    from tui.conversations.exporting import export, usual_name
    from tui.widgets.saving import SaveAs

    desk, lang = chat.app.desk, chat.app.lang
    if (number := desk.conversation) is None:
        _tell(chat, NOTHING, wrong=True)
        return
    try:
        title = await asyncio.to_thread(lambda: desk.history().find(number).title)
    except RuntimeFailure as failure:
        _tell(chat, with_remedy(failure, chat.app), wrong=True)
        return

    def write(path: Path, replace: bool) -> None:  # noqa: FBT001 - as it is called
        export(desk.history(), number, str(path), lang, replace=replace)

    def written(path: Path | None) -> None:
        if path is not None:
            _tell(chat, WRITTEN.of(str(path)))

    chat.app.push_screen(SaveAs(write, Path.cwd() / usual_name(title), lang), written)


async def _solve(chat: ChatScreen, words: str) -> bool:
    if not words:
        return await _act(chat, "solve")
    chat.post_message(Submitted(Asked(words, exact=True)))
    return False  # the field is emptied when the question is taken


_TAKERS: dict[str, Callable[[ChatScreen, str], Awaitable[bool]]] = {
    "model": _model,
    "think": _think,
    "vote": _vote,
    "tools": _tools,
    "attach": _attach,
    "export": _export,
    "solve": _solve,
}


def _whole(words: str, least: int, most: int) -> int | None:
    if not (words.isascii() and words.isdigit() and len(words) < 10):
        return None
    return int(words) if least <= int(words) <= most else None


def _joined(head: Text, rest: Text) -> Text:
    return Text(head.en.replace("{0}", rest.en), head.zh.replace("{0}", rest.zh))


def _tell(chat: ChatScreen, text: Text, *, wrong: bool = False) -> bool:
    chat.app.post_message(Told(text, wrong=wrong))
    return True


def _refuse(chat: ChatScreen, text: Text) -> bool:
    _tell(chat, text, wrong=True)
    return False
