"""What a check found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from runtimes.errors import RuntimeFailure
from runtimes.texts import Text


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    NOTE = "note"
    """Worth knowing; nothing is wrong."""
    WARNING = "warning"
    """It works, but worse than it could."""
    PROBLEM = "problem"
    """Something that a user needs does not work."""


TOPICS = {
    "python": Text("Python", "Python"),
    "packages": Text("packages", "软件包"),
    "memory": Text("memory", "内存"),
    "processor": Text("processor", "处理器"),
    "gpu": Text("GPU", "显卡"),
    "build tools": Text("build tools", "编译工具"),
    "folders": Text("folder", "文件夹"),
    "disk": Text("disk", "磁盘"),
    "models": Text("models", "模型"),
    "catalogue": Text("catalogue", "模型目录"),
    "settings": Text("settings", "设置"),
    "keys": Text("keys", "密钥"),
    "default model": Text("default model", "默认模型"),
    "sandbox": Text("sandbox", "沙盒"),
    "hub": Text("model hub", "模型站"),
    "crashes": Text("crashes", "崩溃记录"),
    "engines": Text("engines", "引擎"),
}
"""Words for the topics; the engines go by their names."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.  ``topic`` is a word of ours, for scripts too."""

    topic: str
    level: Level
    text: Text
    remedy: Text | None = None

    @property
    def about(self) -> Text:
        """The topic in words."""
        return TOPICS.get(self.topic, Text(self.topic, self.topic))


Check = Callable[[], Iterator[Finding]]
"""Looks at one part of the set-up."""


def found(failure: RuntimeFailure, topic: str, level: Level = Level.PROBLEM) -> Finding:
    """A failure as a finding."""
    return Finding(topic, level, failure.message, failure.remedy)
