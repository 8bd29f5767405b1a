"""The app of one page of the browser: ``python -m tui.web.child SETUP [LIFELINE]``."""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import TYPE_CHECKING

from runtimes.texts import Lang
from tui.__main__ import app_for
from tui.settled import Wanted

if TYPE_CHECKING:
    from tui.app import AssistantApp

GRACE = 5.0
"""Seconds that the app has to close its history, once its server is gone."""


def main() -> int:
    """Run the app until its page is closed."""
    given = json.loads(sys.argv[1])
    app = app_for(Wanted(**{**given, "lang": Lang(given["lang"])}))
    if len(sys.argv) > 2:
        threading.Thread(target=_hold, args=(app, int(sys.argv[2])), daemon=True).start()
    app.run()
    return app.return_code or 0


def _hold(app: AssistantApp, lifeline: int) -> None:
    """End with the server, however it ended."""
    os.read(lifeline, 1)
    threading.Timer(GRACE, os._exit, (1,)).start()
    app.call_from_thread(app.exit)


if __name__ == "__main__":
    sys.exit(main())
