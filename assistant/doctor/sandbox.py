"""The sandbox: may code be run here, and what holds it?"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

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
ONCE = Text(
    "for one run without isolation: assistant run --unsafe FILE",
    "仅此一次不隔离运行：assistant run --unsafe FILE",
)
OPTIONS = " ".join(f"--security-opt {part}=unconfined" for part in ("seccomp", "systempaths"))
CONTAINER = Text(
    f"start the container with {OPTIONS} (and, where the host has AppArmor, apparmor=unconfined)",
    f"启动容器时加上 {OPTIONS}（主机启用 AppArmor 时再加 apparmor=unconfined）",
)
BUBBLEWRAP = Text("install bubblewrap", "请安装 bubblewrap")
SYSCTL = Text("allow user namespaces: sudo sysctl {0}", "允许用户命名空间：sudo sysctl {0}")
NAMESPACES = Text("allow user namespaces", "允许用户命名空间")
SWITCHES = (
    ("kernel.unprivileged_userns_clone", "0", "1"),
    ("kernel.apparmor_restrict_unprivileged_userns", "1", "0"),
    ("user.max_user_namespaces", "0", "16384"),
)
"""Settings of the kernel with the value that forbids, and one that allows."""
CONTAINERS = (".dockerenv", "run/.containerenv")
"""What Docker and Podman put into the root of a container."""
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
        yield Finding(TOPIC, Level.WARNING, Text(en, zh, lacking.args), remedy())
    there = [language.value for language in Language if languages.tool_of(language)]
    yield Finding(TOPIC, Level.OK, Text(RUNS.en, RUNS.zh, (", ".join(there),)))


def remedy(root: Path = Path("/")) -> Text:
    """What to do where no namespaces are to be had, as the files below ``root`` tell."""
    told = []
    if sys.platform == "linux":
        switches = [
            f"{name}={allows}"
            for name, forbids, allows in SWITCHES
            if _read(root / "proc" / "sys" / name.replace(".", "/")) == forbids
        ]
        inside = any((root / mark).exists() for mark in CONTAINERS)
        if inside:
            told.append(CONTAINER)
        elif shutil.which("bwrap") is None:
            told.append(BUBBLEWRAP)
        if switches:
            words = " ".join(switches)
            told.append(Text(SYSCTL.en.format(words), SYSCTL.zh.format(words)))
        elif not inside:
            told.append(NAMESPACES)
    told.append(ONCE)
    return Text("; ".join(part.en for part in told), "；".join(part.zh for part in told))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except OSError:
        return ""
