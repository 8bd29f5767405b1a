"""Every key of the app, in one place: what it does, and how the user binds another one.

An action has an id.  ``keys.toml`` in the folder of settings may give it other keys::

    "chat.stop" = "ctrl+x"
    "chat.send" = "ctrl+enter,enter"
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.binding import Binding

from runtimes.texts import Lang, Text

FILE = "keys.toml"
UNKNOWN = Text("{0}: there is no action {1}", "{0}：没有名为 {1} 的操作")
NO_KEY = Text("{0}: {1} needs a key as text", "{0}：{1} 的值应是按键文本")


@dataclass(frozen=True, slots=True)
class Key:
    """The keys of an action, parted by commas, and what it does.  ``short`` is for the footer."""

    keys: str
    does: Text
    short: Text | None = None

    def label(self, lang: Lang) -> str:
        """A word or two."""
        return (self.short or self.does).template(lang)


KEYS: dict[str, Key] = {
    "app.palette": Key(
        "ctrl+p", Text("search all commands", "搜索所有命令"), Text("commands", "命令")
    ),
    "app.quit": Key("ctrl+q", Text("quit", "退出")),
    "app.help": Key("f1", Text("help", "帮助")),
    "app.chat": Key("f2", Text("chat", "对话")),
    "app.solve": Key("f3", Text("solve a problem exactly", "精确求解"), Text("solve", "求解")),
    "app.tutor": Key("f4", Text("practise with hints", "带提示练习"), Text("tutor", "辅导")),
    "app.code": Key("f5", Text("code that is run", "运行代码"), Text("code", "代码")),
    "app.models": Key("f6", Text("models and memory", "模型与内存"), Text("models", "模型")),
    "app.history": Key("f7", Text("earlier conversations", "历史对话"), Text("history", "历史")),
    "app.settings": Key("f8", Text("settings", "设置")),
    "chat.send": Key("enter", Text("send the question", "发送问题"), Text("send", "发送")),
    "chat.newline": Key("shift+enter,ctrl+j", Text("new line", "换行")),
    "chat.earlier": Key("ctrl+up", Text("earlier question (up on the first line)", "上一个问题")),
    "chat.later": Key("ctrl+down", Text("later question (down on the last line)", "下一个问题")),
    "chat.stop": Key(
        "escape",
        Text("stop the answer and keep it; twice: at once", "停止并保留回答；按两次强制停止"),
        Text("stop", "停止"),
    ),
    "chat.interrupt": Key(
        "ctrl+c", Text("copy what is selected, else stop", "复制所选内容，否则停止回答")
    ),
    "chat.answer_now": Key(
        "ctrl+n",
        Text("end the thinking and answer now", "结束思考，立即回答"),
        Text("answer now", "立即回答"),
    ),
    "chat.thinking": Key(
        "ctrl+r", Text("show or fold the thinking", "展开或折叠思考"), Text("thinking", "思考")
    ),
    "chat.steps": Key("ctrl+t", Text("go to the steps", "转到步骤"), Text("steps", "步骤")),
    "chat.new": Key("ctrl+l", Text("new conversation", "新对话"), Text("new", "新对话")),
    "chat.copy": Key(
        "ctrl+o", Text("copy the last answer", "复制最后的回答"), Text("copy", "复制")
    ),
    "chat.attachments": Key("ctrl+g", Text("remove the attachments", "移除附件")),
    "chat.page_up": Key("pageup", Text("scroll up", "向上滚动")),
    "chat.page_down": Key("pagedown", Text("scroll down", "向下滚动")),
    "chat.bottom": Key("ctrl+end", Text("to the newest", "到最新处")),
    "problem.send": Key("enter", Text("solve the problem", "求解题目"), Text("solve", "求解")),
    "problem.newline": Key("shift+enter,ctrl+j", Text("new line", "换行")),
    "problem.earlier": Key("ctrl+up", Text("earlier problem (up on the first line)", "上一道题")),
    "problem.later": Key("ctrl+down", Text("later problem (down on the last line)", "下一道题")),
}


def bound(name: str, action: str, *, show: bool = False, priority: bool = False) -> Binding:
    """The binding of an action by its id; ``show``: in the footer too."""
    key = KEYS[name]
    return Binding(key.keys, action, key.does.en, show=show, priority=priority, id=name)


def read_keys(path: Path) -> tuple[dict[str, str], tuple[Text, ...]]:
    """The user's own keys by action, and what is wrong in the file.

    Raises ``Damaged`` for a file that cannot be read.
    """
    if not path.exists():
        return {}, ()
    from assistant.tomlfile import load

    found: dict[str, str] = {}
    wrong: list[Text] = []
    for name, keys in load(path)[1].items():
        if name not in KEYS:
            wrong.append(Text(UNKNOWN.en, UNKNOWN.zh, (path.name, name)))
        elif not isinstance(keys, str) or not keys.strip():
            wrong.append(Text(NO_KEY.en, NO_KEY.zh, (path.name, name)))
        else:
            found[name] = keys
    return found, tuple(wrong)
