"""Text from a file or from standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.cli.diagnostics import because
from runtimes.texts import Text

MOST_BYTES = 16 << 20


class Unreadable(Exception):  # noqa: N818 - the input's fault, not the program's
    """A source that gives no text; ``message`` tells the user why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


def read_source(name: str, failed: Text) -> str:
    """The text of a file, or of standard input for ``-``, in UTF-8 or an encoding that is sure:
    what an editor in China saves is GB 18030 as often, what a shell of Windows writes UTF-16.

    Raises ``Unreadable``, whose message begins with ``failed``.
    """
    try:
        if name == "-":
            body = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                body = file.read(MOST_BYTES + 1)
    except OSError as wrong:
        raise Unreadable(because(failed, wrong)) from wrong
    except ValueError as wrong:  # a name with a NUL in it
        raise Unreadable(_with(failed, Text("this is no file name", "文件名无效"))) from wrong
    if len(body) > MOST_BYTES:
        raise Unreadable(_with(failed, Text("it is too long", "内容过长")))
    from assistant.notes import decoding, types

    try:
        return decoding.decoded(body)
    except types.Unreadable as wrong:
        raise Unreadable(_with(failed, wrong.why)) from wrong


def _with(failed: Text, why: Text) -> Text:
    return Text(f"{failed.en}: {why.en}", f"{failed.zh}：{why.zh}", why.args)
