"""The sentences of the code screen."""

from __future__ import annotations

from runtimes.texts import Text

EMPTY = Text(
    "{0} lets the model write the code and mends it until its tests pass. {1} runs what stands in "
    "the field. Everything runs in the sandbox, and nothing before you have said so.",
    "按 {0} 让模型编写代码，并反复修改直到测试通过。按 {1} 运行栏中的代码。代码只在沙盒中运行，"
    "未经你同意不会运行。",
)
NOTHING = Text("there is no code yet", "还没有代码")
NO_TASK = Text("write a task first, or some code to be mended", "请先写任务，或待修改的代码")
NO_MODEL = Text(
    "no model writes here yet; {0} opens the models. Your own code can be run: {1}",
    "还没有可用的模型；按 {0} 打开模型页。你自己的代码可以运行：{1}",
)
BUSY = Text("something runs already; {0} stops it", "正在运行；按 {0} 停止")
OWN_TESTS = Text("tests of the model's own stand in the field; they count for less than yours",
                 "模型自己写的测试已放入测试栏，分量低于你的测试")  # fmt: skip
YOUR_TESTS = Text("your tests stay in the field; the model has written some of its own",
                  "保留你刚输入的测试；模型另写了自己的测试")  # fmt: skip
STOPPED = Text("stopped", "已停止")
NO_CODE = Text("there is no code in the answer", "回答中没有代码")
NO_BETTER = Text(
    "no attempt is better than your code, which stays as it is; {0} shows them",
    "没有比你的代码更好的版本，代码保持原样；按 {0} 查看各次尝试",
)
VERSIONS = Text("Versions", "版本")
VERSION = Text("attempt {0}: {1}", "第 {0} 次尝试：{1}")
GIVEN = Text("your code: {0}", "你的代码：{0}")
YOURS = Text("your run {0}: {1}", "第 {0} 次运行：{1}")
LANGUAGE = Text("Language", "语言")
BY_TASK = Text("by the task", "按任务判断")
CALL = Text("call to trace (empty: the whole program):", "要跟踪的调用（留空则跟踪整个程序）：")
OPEN = Text("file to open:", "要打开的文件：")
UNSAVED = Text(
    "The code in the field stands in no file yet, and would be lost. Open another file all the "
    "same?",
    "栏中的代码尚未保存到文件，打开其他文件会丢失它。仍要打开吗？",
)
REPLACE = Text("Write the code to {0}? The old text is kept beside it.",
               "将代码写入 {0}？原内容会保存在旁边的备份中。")  # fmt: skip
NO_NAME = Text("no model", "无模型")
WRITTEN = Text("written: {0}", "已写入：{0}")


def version(number: int, told: str) -> Text:
    """The title of a version: of the user's own (0), or of an attempt of the model's."""
    return VERSION.of(number, told) if number else GIVEN.of(told)
