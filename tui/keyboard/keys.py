"""Every key of the app, in one place, and what it does; ``ownkeys`` reads the user's own."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import App
from textual.binding import Binding
from textual.events import Key as Pressed
from textual.widget import Widget

from runtimes.texts import Lang, Text


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
    "app.palette": Key("ctrl+p", Text("search the commands", "搜索命令"), Text("commands", "命令")),
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
    "chat.export": Key(
        "ctrl+s",
        Text("export the conversation to a file", "将对话导出到文件"),
        Text("export", "导出"),
    ),
    "chat.attachments": Key("ctrl+f", Text("remove the attachments", "移除附件")),
    "chat.edit": Key(
        "ctrl+g,f10",
        Text("ask an earlier question in other words", "修改之前的问题"),
        Text("edit", "修改"),
    ),
    "chat.give_up": Key(
        "escape",
        Text("give the edit up; what is written stays", "放弃修改，保留已写内容"),
        Text("give up the edit", "放弃修改"),
    ),
    "chat.again": Key("f12", Text("answer the question anew", "重新回答"), Text("again", "重答")),
    "chat.version_before": Key(
        "alt+up",
        Text("the version before of a question or answer", "问题或回答的上一个版本"),
        Text("version", "版本"),
    ),
    "chat.version_after": Key("alt+down", Text("the version after", "问题或回答的下一个版本")),
    "chat.editor": Key(
        "f9", Text("write in your own editor", "用外部编辑器编写"), Text("editor", "编辑器")
    ),
    "chat.complete": Key("tab", Text("take the suggestion", "采用建议")),
    "chat.page_up": Key("pageup", Text("scroll up", "向上滚动")),
    "chat.page_down": Key("pagedown", Text("scroll down", "向下滚动")),
    "chat.bottom": Key("ctrl+end", Text("to the newest", "到最新处"), Text("newest", "最新")),
    "history.open": Key("enter", Text("open in the chat", "在对话中打开"), Text("open", "打开")),
    "history.branches": Key(
        "ctrl+r", Text("show the branches", "显示分支"), Text("branches", "分支")
    ),
    "history.rename": Key("ctrl+g", Text("rename", "重命名")),
    "history.export": Key("ctrl+s", Text("export to a file", "导出到文件"), Text("export", "导出")),
    "history.delete": Key(
        "ctrl+d", Text("delete the conversation", "删除对话"), Text("delete", "删除")
    ),
    "history.undo": Key("ctrl+z", Text("take the deletion back", "撤销删除"), Text("undo", "撤销")),
    "history.back": Key("escape", Text("back", "返回")),
    "history.take": Key("enter", Text("take what was typed", "采用所输入的"), Text("take", "确定")),
    "problem.send": Key("enter", Text("solve the problem", "求解题目"), Text("solve", "求解")),
    "problem.newline": Key("shift+enter,ctrl+j", Text("new line", "换行")),
    "problem.earlier": Key("ctrl+up", Text("earlier problem (up on the first line)", "上一道题")),
    "problem.later": Key("ctrl+down", Text("later problem (down on the last line)", "下一道题")),
    "solve.stop": Key(
        "escape", Text("stop, and keep the problem", "停止求解并保留题目"), Text("stop", "停止")
    ),
    "solve.edit": Key("escape", Text("back to the problem", "返回题目"), Text("problem", "题目")),
    "solve.new": Key("ctrl+l", Text("another problem", "换一道题"), Text("new", "新题")),
    "solve.unfold": Key(
        "enter,ctrl+r",
        Text("what is behind a step's mark", "查看步骤的依据与检验"),
        Text("details", "详情"),
    ),
    "solve.next": Key(
        "space,ctrl+t", Text("show the next step", "显示下一步"), Text("next", "下一步")
    ),
    "solve.all": Key("a", Text("show all steps", "显示全部步骤"), Text("all", "全部")),
    "solve.stepwise": Key(
        "o", Text("show the steps one at a time", "逐步显示"), Text("one by one", "逐步")
    ),
    "solve.graph": Key(
        "g", Text("show or hide the graph", "显示或隐藏图像"), Text("graph", "图像")
    ),
    "solve.up": Key("up,k", Text("the step before", "上一步")),
    "solve.down": Key("down,j", Text("the step after", "下一步骤")),
    "solve.task": Key(
        "f9", Text("choose what is to be done", "选择要做什么"), Text("task", "任务")
    ),
    "solve.method": Key("ctrl+g", Text("choose the method", "选择解法"), Text("method", "解法")),
    "solve.copy": Key("ctrl+o", Text("copy the solution", "复制解答"), Text("copy", "复制")),
    "solve.export": Key(
        "ctrl+s", Text("export the solution to a file", "将解答导出到文件"), Text("export", "导出")
    ),
    "solve.recent": Key(
        "alt+up", Text("choose a recent problem", "选择最近的题目"), Text("recent", "最近")
    ),
    "solve.page_up": Key("pageup", Text("scroll up", "向上滚动")),
    "solve.page_down": Key("pagedown", Text("scroll down", "向下滚动")),
    "box.close": Key("escape", Text("close the list", "关闭列表")),
    "tutor.send": Key("enter", Text("check the line", "检查这一行"), Text("check", "检查")),
    "tutor.earlier": Key("ctrl+up", Text("earlier line (up on the first line)", "上一行")),
    "tutor.later": Key("ctrl+down", Text("later line (down on the last line)", "下一行")),
    "tutor.hint": Key(
        "ctrl+t", Text("help: one level more", "提示：再进一级"), Text("hint", "提示")
    ),
    "tutor.why": Key(
        "ctrl+r", Text("show or hide the counterexamples", "显示或隐藏反例"), Text("why", "反例")
    ),
    "tutor.undo": Key(
        "ctrl+z",
        Text(
            "undo the typing, then take the last line back",
            "撤销输入，再撤回最后一行",
        ),
        Text("undo", "撤回"),
    ),
    "tutor.new": Key("ctrl+l", Text("another problem", "换一道题"), Text("new", "新题")),
    "tutor.stop": Key(
        "escape",
        Text("stop; what was typed comes back", "停止检查并保留输入"),
        Text("stop", "停止"),
    ),
    "tutor.back": Key("escape", Text("back to the lesson", "返回练习"), Text("back", "返回")),
    "tutor.page_up": Key("pageup", Text("scroll up", "向上滚动")),
    "tutor.page_down": Key("pagedown", Text("scroll down", "向下滚动")),
    "models.pull": Key(
        "p", Text("pull the model to this disk", "下载此模型"), Text("pull", "下载")
    ),
    "models.stop": Key(
        "escape",
        Text("stop what is being done; what came is kept", "停止（已下载的会保留）"),
        Text("stop", "停止"),
    ),
    "models.back": Key("escape", Text("back to the models", "返回模型列表"), Text("back", "返回")),
    "models.chat": Key(
        "c", Text("let this model answer in the chat", "在对话中使用此模型"), Text("use", "使用")
    ),
    "models.load": Key(
        "l", Text("load it into memory now", "立即加载到内存"), Text("load", "加载")
    ),
    "models.unload": Key("u", Text("give its memory back", "从内存卸载"), Text("unload", "卸载")),
    "models.verify": Key("v", Text("check its files", "校验其文件"), Text("verify", "校验")),
    "models.remove": Key(
        "delete,d,ctrl+d", Text("remove it from this disk", "从本机删除"), Text("remove", "删除")
    ),
    "models.default": Key(
        "s", Text("make it the default", "设为默认"), Text("default", "设为默认")
    ),
    "models.add": Key("a", Text("add a model of your own", "添加自己的模型"), Text("add", "添加")),
    "models.less": Key("left", Text("a smaller context", "减小上下文")),
    "models.more": Key(
        "right",
        Text("a larger context (left: a smaller one)", "增大上下文（左箭头减小）"),
        Text("context", "上下文"),
    ),
    "models.usual": Key("0", Text("the context that is useful", "自动选择上下文")),
    "models.kv": Key("k", Text("another KV cache type", "更换 KV 缓存类型"), Text("KV", "KV")),
    "models.form": Key(
        "f",
        Text("another form of the model (quantisation)", "更换模型格式（量化）"),
        Text("form", "格式"),
    ),
    "models.all": Key(
        "x", Text("show or hide what does not fit", "显示或隐藏放不下的模型"), Text("all", "全部")
    ),
    "models.engines": Key(
        "e", Text("the engines, or the models again", "引擎／模型"), Text("engines", "引擎")
    ),
    "models.refresh": Key("r", Text("look again", "刷新")),
    "models.copy": Key(
        "ctrl+o,y", Text("copy the remedy", "复制补救方法"), Text("copy remedy", "复制方法")
    ),
    "models.examine": Key(
        "t",
        Text("examine this machine and try the engines", "检查本机并试运行引擎"),
        Text("examine", "检查"),
    ),
    "ask.yes": Key("y", Text("yes", "是")),
    "ask.no": Key("n,escape", Text("no", "否")),
    "add.save": Key("enter", Text("add it", "添加")),
    "add.leave": Key("escape", Text("back", "返回")),
    "first.solve": Key(
        "enter", Text("solve the problem, or take the choice", "求解／选择"), Text("go", "确定")
    ),
    "first.next": Key("ctrl+n", Text("go on", "继续"), Text("next", "继续")),
    "first.later": Key("down", Text("another problem", "换一道题")),
    "first.earlier": Key("up", Text("the problem before", "上一道题")),
    "first.stop": Key(
        "escape",
        Text("stop the download; what came is kept", "停止下载（已下载的会保留）"),
        Text("stop", "停止"),
    ),
    "first.skip": Key("escape", Text("skip, to the chat", "跳过，进入对话"), Text("skip", "跳过")),
    "first.page_up": Key("pageup", Text("scroll up", "向上滚动")),
    "first.page_down": Key("pagedown", Text("scroll down", "向下滚动")),
    "code.ask": Key(
        "f9",
        Text("let the model write the code, or mend it", "让模型编写或修改代码"),
        Text("write", "编写"),
    ),
    "code.send": Key(
        "enter",
        Text("the same, from the field of the task", "同上（在任务栏中）"),
        Text("write", "编写"),
    ),
    "code.newline": Key("shift+enter,ctrl+j", Text("new line", "换行")),
    "code.indent": Key("tab", Text("set the selected lines in", "增加所选行的缩进")),
    "code.dedent": Key("shift+tab", Text("set the lines out", "减少缩进")),
    "code.run": Key("f12", Text("run it and its tests", "运行代码及测试"), Text("run", "运行")),
    "code.trace": Key(
        "ctrl+r",
        Text("trace it line by line, with its values", "逐行跟踪，显示变量的值"),
        Text("trace", "跟踪"),
    ),
    "code.loose": Key(
        "ctrl+f",
        Text("run it without isolation, this once", "本次不隔离运行"),
        Text("run without isolation", "不隔离运行"),
    ),
    "code.stop": Key(
        "escape",
        Text("stop what runs; twice: at once", "停止；按两次强制停止"),
        Text("stop", "停止"),
    ),
    "code.answer_now": Key(
        "ctrl+n",
        Text("end the thinking and write the code", "结束思考，立即编写"),
        Text("answer now", "立即回答"),
    ),
    "code.copy": Key("ctrl+o", Text("copy the code", "复制代码"), Text("copy", "复制")),
    "code.part": Key("ctrl+t", Text("to the next part", "转到下一栏"), Text("next part", "下一栏")),
    "code.versions": Key("alt+up", Text("versions so far", "已有版本"), Text("versions", "版本")),
    "code.language": Key(
        "ctrl+l", Text("choose the language", "选择语言"), Text("language", "语言")
    ),
    "code.open": Key("ctrl+g", Text("open a file of yours", "打开文件"), Text("open", "打开")),
    "code.save": Key("ctrl+s", Text("write the code to a file", "保存代码"), Text("save", "保存")),
    "settings.change": Key("enter", Text("change the setting", "更改设置"), Text("change", "更改")),
    "settings.next": Key(
        "right", Text("the next value", "下一个值"), Text("next value", "下一个值")
    ),
    "settings.previous": Key("left", Text("the value before", "上一个值")),
    "settings.reset": Key(
        "delete,backspace", Text("as for a new user", "恢复默认值"), Text("default", "默认值")
    ),
    "settings.back": Key("escape", Text("back to the chat", "返回对话"), Text("back", "返回")),
    "settings.close": Key("escape", Text("close the field", "关闭输入框")),
    "help.close": Key("escape", Text("close the help", "关闭帮助"), Text("close", "关闭")),
    "help.up": Key("up", Text("scroll the help up", "帮助向上滚动")),
    "help.down": Key("down", Text("scroll the help down", "帮助向下滚动")),
    "help.page_up": Key("pageup", Text("a page of the help up", "帮助向上翻页")),
    "help.page_down": Key("pagedown", Text("a page of the help down", "帮助向下翻页")),
}


ONLY_TYPING = frozenset({
    "send", "newline", "earlier", "later", "complete", "interrupt", "up", "down", "page_up",
    "page_down", "bottom", "close", "indent", "dedent", "take",
})  # fmt: skip
"""Ends of the names of actions that do something to the field or to the view alone: no commands."""


def bound(name: str, action: str, *, show: bool = False, priority: bool = False) -> Binding:
    """The binding of an action by its id; ``show``: in the footer too."""
    key = KEYS[name]
    return Binding(key.keys, action, key.does.en, show=show, priority=priority, id=name)


def bound_keys(app: App[None], name: str) -> str:
    """All keys of an action as the user has bound it, in their names."""
    return app._keymap.get(name) or KEYS[name].keys  # noqa: SLF001 - it has no reader


def keys_of(app: App[None], name: str) -> str:
    """All keys of an action as the user has bound it, as they are written."""
    return "  ".join(shown_key(app, one.strip()) for one in bound_keys(app, name).split(","))


def key_of(app: App[None], name: str) -> str:
    """The first key of an action as the user has bound it, as it is written."""
    return keys_of(app, name).partition("  ")[0]


def shown_key(app: App[None], key: str) -> str:
    """A key as it is written everywhere."""
    return app.get_key_display(Binding(key, ""))


async def done_in_turn(field: Widget, event: Pressed, *, late: bool = False) -> None:
    """Do at once what a key means in a field by itself.

    Textual asks for that only when the key has gone up through all that is around the field: where
    keys come in a bunch, over a slow line or while the app is busy, what was typed after the key
    would be there before it, and a backspace would take the wrong letter.  ``late``: the field had
    not the focus when the key was pressed, so that those were not asked for either that come first.
    """
    if event.is_printable:
        return
    chain = dict(field.screen._binding_chain)  # noqa: SLF001 - the user's keys are in it
    if (own := chain.get(field, field._bindings if late else None)) is None:  # noqa: SLF001 - so too
        return
    for binding in own.key_to_bindings.get(event.key, ()):
        if (late or not binding.priority) and await field.app.run_action(binding.action, field):
            event.stop()
            event.prevent_default()
            return
