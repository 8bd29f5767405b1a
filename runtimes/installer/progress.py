"""How far an installation is, read off what pip, uv and the build write."""

from __future__ import annotations

import re
from dataclasses import dataclass

from runtimes.texts import Text

_NINJA = re.compile(r"\s*\[(\d{1,6})/(\d{1,6})\] ")
_RAW = re.compile(r"\s*Progress (\d{1,15}) of (\d{1,15})$")
_DOWNLOAD = re.compile(r"\s*Downloading (\S+?)(?: \(([^)]{1,20})\))?$")
_STAGES: tuple[tuple[re.Pattern[str], Text], ...] = (
    (re.compile(r"Collecting |Looking in "), Text("looking for files", "查找文件")),
    (
        re.compile(r"\s*(Running command )?(pip subprocess to install|Installing) build dep"),
        Text("fetching the build tools", "获取编译工具"),
    ),
    (re.compile(r".*\*\*\* Configuring CMake"), Text("looking at the machine", "检测编译环境")),
    (re.compile(r".*\*\*\* Building project"), Text("compiling", "编译")),
    (re.compile(r".*\*\*\* Installing project"), Text("packing", "打包")),
    (re.compile(r"Installing collected packages"), Text("installing", "安装")),
    (re.compile(r"Successfully installed|Installed \d+ pack"), Text("installed", "已安装")),
    (re.compile(r"Attempting uninstall|Uninstalling "), Text("replacing", "替换旧版本")),
    (re.compile(r"\s*Building (wheels? for )?\S"), Text("building", "构建")),
    (re.compile(r"(Resolved|Prepared) \d+ pack"), Text("preparing", "准备")),
)
START = Text("starting", "启动")
COMPILING = Text("compiling", "编译")


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done, and how much of it is done (0 to 1; ``None`` where nobody can tell)."""

    stage: Text
    fraction: float | None = None
    detail: str = ""


class Reader:
    """Follows the lines of an installation; any line may come, also none that it knows."""

    def __init__(self) -> None:
        self._stage = START
        self.now = Progress(START)

    def feed(self, line: str) -> bool:
        """Take a line; did it change what is shown?"""
        before = self.now
        self._read(line.rstrip().removeprefix("DEBUG "))  # uv's mark of what a build writes
        return self.now != before

    def _read(self, line: str) -> None:
        if step := _NINJA.match(line):
            self._set(COMPILING, _share(step[1], step[2]), f"{step[1]}/{step[2]}")
        elif part := _RAW.match(line):
            share = _share(part[1], part[2])
            self._set(self._stage, share, self.now.detail)
        elif load := _DOWNLOAD.match(line):
            name = load[1].rsplit("/", 1)[-1].partition("#")[0]
            self._set(Text("downloading {0}", "下载 {0}", (name[:80],)), None, load[2] or "")
        else:
            for pattern, stage in _STAGES:
                if pattern.match(line):
                    self._set(stage, None, "")
                    break

    def _set(self, stage: Text, fraction: float | None, detail: str) -> None:
        self._stage = stage
        self.now = Progress(stage, fraction, detail)


def _share(done: str, total: str) -> float | None:
    whole = int(total)
    return min(1.0, int(done) / whole) if whole else None
