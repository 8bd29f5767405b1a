"""``assistant --web``: the app in a browser on this computer."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from importlib.util import find_spec
from pathlib import Path

from runtimes.errors import NotInstalled, Unreachable
from runtimes.reasons import because_of
from runtimes.texts import Text
from tui.settled import Wanted, spoken

HOST = "127.0.0.1"
MISSING = Text("the app in a browser needs the package {0}", "在浏览器中打开界面需要软件包 {0}")
NO_PORT = Text("{0} is no port: they go from 0 to 65535", "{0} 不是端口号：应在 0 到 65535 之间")
TAKEN = Text(
    "cannot listen on {0}:{1}: {2}",
    "无法监听 {0}:{1}：{2}",
)
OTHER_PORT = Text("leave --port away, or give another one", "去掉 --port，或换一个端口")
OPEN = Text(
    "The app is at  {0}\nWhoever has this address can use it; it holds until Ctrl-C.",
    "界面地址：{0}\n持有此地址者即可使用；按 Ctrl-C 后失效。",
)


def serve(wanted: Wanted) -> int:
    """Serve the app until Ctrl-C or SIGTERM; the result is the exit code.

    Raises ``NotInstalled`` without the optional packages, ``Unreachable`` where the port cannot
    be had.
    """
    for package in ("textual_serve", "aiohttp"):
        if find_spec(package) is None:
            raise _missing(package.replace("_", "-"))
    from tui.web.server import Door, listen, run

    try:
        listener = listen(HOST, wanted.port)
    except OverflowError as wrong:
        raise Unreachable(NO_PORT.of(str(wanted.port)), OTHER_PORT) from wrong
    except OSError as wrong:
        message = because_of(wrong, TAKEN, HOST, str(wanted.port))
        raise Unreachable(message, OTHER_PORT) from wrong
    door = Door(HOST, listener.getsockname()[1])
    sys.stdout.write(OPEN.template(spoken(wanted)).format(door.address) + "\n")
    sys.stdout.flush()
    with _opened(door.address):
        return run(wanted, door, listener)


def _missing(package: str) -> NotInstalled:
    from runtimes.installer.choose import way_in
    from runtimes.installer.detect import environment
    from runtimes.installer.packages import requirements

    return NotInstalled(MISSING.of(package), way_in(environment(), requirements("web")))


@contextmanager
def _opened(address: str) -> Iterator[None]:
    """The user's browser at the address, where one can be shown.

    It is told by a file that only the user can read: the words of a command are for all to see.
    """
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not (sys.stdout.isatty() and (shown or sys.platform in ("win32", "darwin"))):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="assistant-") as folder:
        page = Path(folder) / "open.html"
        page.write_text(
            f'<!DOCTYPE html><meta http-equiv="refresh" content="0; url={escape(address)}">',
            encoding="utf-8",
        )
        threading.Thread(target=webbrowser.open, args=(page.as_uri(),), daemon=True).start()
        yield
