"""Python and the packages that the program stands on."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib import metadata

from assistant import __version__
from assistant.doctor.findings import Finding, Level
from runtimes.installer.detect import environment
from runtimes.installer.facts import Home
from runtimes.installer.packages import OURS, base_requirements, fault
from runtimes.texts import Text

AGAIN = Text("install the program again", "请重新安装本程序")
HOMES = {
    Home.VENV: Text("in a virtual environment", "虚拟环境"),
    Home.UV_TOOL: Text("a tool of uv", "uv 工具环境"),
    Home.PIPX: Text("an environment of pipx", "pipx 环境"),
    Home.MANAGED: Text("the operating system's own", "操作系统自带"),
    Home.PLAIN: Text("without a virtual environment", "非虚拟环境"),
}


def check() -> Iterator[Finding]:
    """Python, then the packages."""
    yield _python()
    yield _packages()


def _python() -> Finding:
    home = HOMES[environment().home]
    bits = 64 if sys.maxsize > 1 << 32 else 32
    text = Text(
        f"{{0}} ({{1}} bit), {home.en}; assistant {{2}}",
        f"{{0}}（{{1}} 位），{home.zh}；assistant {{2}}",
        (f"Python {platform.python_version()}", bits, __version__),
    )
    if bits == 32:
        remedy = Text("install a Python with 64 bits", "请安装 64 位 Python")
        return Finding("python", Level.PROBLEM, text, remedy)
    return Finding("python", Level.OK, text)


def _packages() -> Finding:
    try:
        wanted = base_requirements()
    except metadata.PackageNotFoundError:
        missing = Text("the package data of {0} is missing", "缺少 {0} 的软件包信息", (OURS,))
        return Finding("packages", Level.WARNING, missing, AGAIN)
    faults = [wrong for wrong in map(fault, wanted) if wrong]
    if faults:
        text = Text("wrong or missing: {0}", "缺失或版本不符：{0}", ("; ".join(faults),))
        return Finding("packages", Level.PROBLEM, text, AGAIN)
    text = Text("all {0} packages are there", "所需的 {0} 个软件包齐全", (len(wanted),))
    return Finding("packages", Level.OK, text)
