"""Changes to TOML files that people also edit by hand: in one step, their comments kept."""

from __future__ import annotations

import errno
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from runtimes.errors import Damaged, DiskFull, RuntimeFailure
from runtimes.files import replace_file
from runtimes.reasons import because_of
from runtimes.tables import read_toml
from runtimes.texts import Text

UNREAD = Text("{0} cannot be read: {1}", "无法读取 {0}：{1}")
UNWRITTEN = Text("{0} cannot be written: {1}", "无法写入 {0}：{1}")


def load(path: Path) -> tuple[str, dict[str, object]]:
    """The text of a file and what it means; nothing where there is no file.

    Raises ``Damaged`` where it cannot be read or is no TOML.
    """
    try:
        values = read_toml(path)
        return path.read_text(encoding="utf-8-sig"), values
    except FileNotFoundError:
        return "", {}
    except OSError as wrong:
        raise Damaged(
            because_of(wrong, UNREAD, str(path)),
            Text("check its permissions", "请检查其权限"),
        ) from wrong


def faithful(text: str, values: Mapping[str, object]) -> str:
    """``text``, an edit that kept the user's comments, if it means exactly ``values``.

    Where it does not (the file is laid out in a way that the edit did not foresee), the values
    are written anew, without comments: no meaning is ever lost.
    """
    with suppress(ValueError, RecursionError):
        if tomllib.loads(text) == values:
            return text
    import tomli_w

    return tomli_w.dumps(values)


def write_toml(path: Path, text: str) -> None:
    """Put a text in the place of a file.  Raises ``RuntimeFailure`` where it cannot be written;
    the old file is then untouched."""
    try:
        replace_file(path, text)
    except OSError as wrong:
        raise _unwritten(path, wrong) from wrong


def _unwritten(path: Path, wrong: OSError) -> RuntimeFailure:
    kind = DiskFull if wrong.errno == errno.ENOSPC else RuntimeFailure
    return kind(
        because_of(wrong, UNWRITTEN, str(path)),
        Text("check the folder's permissions and room", "请检查文件夹权限与磁盘空间"),
    )
