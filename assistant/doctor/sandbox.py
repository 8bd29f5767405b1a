"""The sandbox: may code be run here, and what holds it?"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.coding.sandbox import languages
from assistant.coding.sandbox.policy import try_out
from assistant.coding.sandbox.types import Language, Layer
from assistant.doctor.findings import Finding, Level
from runtimes.texts import Text

TOPIC = "sandbox"
HELD = Text("code is held by: {0}", "代码隔离方式：{0}")
NO_LANDLOCK = Text(
    "the kernel has no Landlock (Linux 5.13): files are guarded by one layer less",
    "内核没有 Landlock（需 Linux 5.13）：文件少一层保护",
)
NOT_HELD = Text("code is not run here: {0}", "本机不运行代码：{0}")
REMEDY = Text(
    "install bubblewrap, or allow user namespaces; for one run without isolation: "
    "assistant run --unsafe FILE",
    "请安装 bubblewrap，或允许用户命名空间；仅此一次不隔离运行：assistant run --unsafe FILE",
)
RUNS = Text("it runs: {0}", "可运行：{0}")


def check() -> Iterator[Finding]:
    """What this machine enforces, tried for real, and the languages whose tools are here."""
    policy = try_out()
    names = ", ".join(layer.value for layer in policy.layers)
    if policy.isolated:
        yield Finding(TOPIC, Level.OK, Text(HELD.en, HELD.zh, (names,)))
        if Layer.LANDLOCK not in policy.layers:
            yield Finding(TOPIC, Level.NOTE, NO_LANDLOCK)
    else:
        lacking = policy.lacking or Text("", "")
        en, zh = NOT_HELD.en.replace("{0}", lacking.en), NOT_HELD.zh.replace("{0}", lacking.zh)
        yield Finding(TOPIC, Level.WARNING, Text(en, zh, lacking.args), REMEDY)
    there = [language.value for language in Language if languages.tool_of(language)]
    yield Finding(TOPIC, Level.OK, Text(RUNS.en, RUNS.zh, (", ".join(there),)))
