"""A file as a text that goes with a question."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.coding.wording import worded
from runtimes.errors import RuntimeFailure
from runtimes.reasons import because_of
from runtimes.texts import Text

if TYPE_CHECKING:
    from runtimes.base import Cancel

NOT_ATTACHED = Text("{0} is not attached: {1}", "未附加 {0}：{1}")
A_FOLDER = Text("it is a folder; choose a file in it", "这是文件夹，请选择其中的文件")


class NotAttached(Exception):  # noqa: N818 - it says what happened
    """``why`` is a sentence for the user."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def read_text(path: Path, cancel: Cancel) -> tuple[str, Text | None]:
    """The words of a file that the notes can read, and what of it could not be read.

    It waits for the disk, and for the reader of the file.  Raises ``NotAttached``.
    """
    from assistant.notes.attached import Attachments
    from assistant.notes.types import Unreadable

    name = os.fspath(path)
    try:
        if path.is_dir():
            raise NotAttached(worded(NOT_ATTACHED, name, A_FOLDER))
        attached = Attachments()
        note = attached.add_file(path, cancel)
    except Unreadable as wrong:
        raise NotAttached(worded(NOT_ATTACHED, name, wrong.why)) from wrong
    except RuntimeFailure as wrong:
        raise NotAttached(worded(NOT_ATTACHED, name, wrong.message)) from wrong
    except (OSError, ValueError) as wrong:
        raise NotAttached(because_of(wrong, NOT_ATTACHED, name)) from wrong
    return "\n\n".join(text for _, text in attached.texts()), note
