"""The user's own editor, for a question that is long."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from runtimes.errors import RuntimeFailure
from runtimes.reasons import because_of
from runtimes.texts import Text
from tui.messages import Told
from tui.remedies import with_remedy

if TYPE_CHECKING:
    from tui.app import AssistantApp

USUAL = ("nano", "vim", "vi") if sys.platform != "win32" else ("notepad",)
MOST_BYTES = 16 << 20
NONE = Text("no editor was found", "找不到编辑器")
SET_ONE = Text(
    "name one in the environment: VISUAL or EDITOR", "请在环境变量 VISUAL 或 EDITOR 中指定"
)
FAILED = Text("the editor {0} failed: {1}", "编辑器 {0} 出错：{1}")
KEPT = Text("your text in the field is as it was", "输入框中的文字保持不变")
NO_SUSPEND = Text("another program cannot take over the terminal here", "此处无法切换到其他程序")
TOO_LONG = Text("the text is too long", "文本过长")


def command() -> list[str]:
    """The words of the editor's command.  Raises ``RuntimeFailure``."""
    for name in ("VISUAL", "EDITOR"):
        if (set_by_user := os.environ.get(name, "").strip()) != "":
            try:
                words = shlex.split(set_by_user, posix=sys.platform != "win32")
            except ValueError as wrong:
                raise RuntimeFailure(FAILED.of(set_by_user, str(wrong)), SET_ONE) from wrong
            if words:
                return words
    for usual in USUAL:
        if (found := shutil.which(usual)) is not None:
            return [found]
    raise RuntimeFailure(NONE, SET_ONE)


def edited(text: str, words: list[str]) -> str:
    """The text after the user has edited it; the terminal is the editor's until then.

    No shell sees it: the editor gets the path of a private file as its last word.  Raises
    ``RuntimeFailure``.
    """
    number, name = tempfile.mkstemp(prefix="question-", suffix=".md")
    path = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(f"{text}\n")
        done = subprocess.run([*words, name], check=False)  # noqa: S603 - the user's own command
        if done.returncode:
            raise RuntimeFailure(FAILED.of(words[0], f"exit {done.returncode}"), KEPT)
        if path.stat().st_size > MOST_BYTES:
            raise RuntimeFailure(TOO_LONG, KEPT)
        return path.read_text(encoding="utf-8-sig", errors="replace").removesuffix("\n")
    except OSError as wrong:
        raise RuntimeFailure(because_of(wrong, FAILED, words[0]), SET_ONE) from wrong
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C and Ctrl-\\ are the editor's, and not the end of the app which waits for it.  The
    editor does not inherit this, as it would a signal that is ignored."""
    names = [name for name in ("SIGINT", "SIGQUIT") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), lambda *_: None) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def write(app: AssistantApp, text: str) -> str | None:
    """The same while the app makes way; ``None`` where the user was told why it cannot be."""
    wrong: RuntimeFailure | None = None
    try:
        words = command()
        with app.suspend(), _deaf():
            try:
                return edited(text, words)
            except RuntimeFailure as failure:  # Textual must come to the end of its block
                wrong = failure
    except SuspendNotSupported:
        app.tell(NO_SUSPEND)
    except RuntimeFailure as failure:
        wrong = failure
    if wrong is not None:
        app.post_message(Told(with_remedy(wrong, app), wrong=True))
    return None
