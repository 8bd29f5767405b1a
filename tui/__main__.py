"""The entry point of the command ``assistant``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from runtimes.texts import Lang
    from tui.app import AssistantApp
    from tui.settled import Wanted

EXACT = (["solve"], ["check"], ["equal"], ["tutor"])
"""Commands that compute from the start."""


def main() -> None:
    """Run the command line."""
    try:
        _run()
    except KeyboardInterrupt:  # so early that nobody else has caught it
        sys.exit(130)


def _run() -> None:
    """The same, with a head start for the process that computes."""
    from assistant.cli.streams import ensure_streams

    ensure_streams()
    argv = sys.argv[1:]
    early = None
    if argv[:1] in EXACT and not {"-h", "--help"} & set(argv):
        from assistant.maths.launch import Process

        early = Process()
    from assistant.cli.main import run

    try:
        sys.exit(run(argv, early, open_app))
    finally:
        if early is not None:
            early.end()


def open_app(options: argparse.Namespace, lang: Lang) -> int:
    """The terminal app, or the app in a browser, until it is left; the result is the exit code.

    ``lang`` is the language of the locale where none was asked for.
    """
    from tui.settled import Wanted

    wanted = Wanted(
        lang=lang,
        asked=options.lang is not None,
        model=options.model,
        theme=options.theme,
        incognito=options.incognito,
        fresh=options.new,
        offline=options.offline,
        screen_reader=options.screen_reader,
        port=options.port or 0,
    )
    if options.web:
        from tui.web.opening import serve

        return serve(wanted)
    app = app_for(wanted, ask_terminal=True)
    app.run()
    if app.faulty:
        from assistant.cli.diagnostics import complain
        from tui.ending import FAULT, KEPT

        for text in (FAULT,) if wanted.incognito else (FAULT, KEPT):
            complain(text, app.lang)
    return app.return_code or 0


def app_for(wanted: Wanted, *, ask_terminal: bool = False) -> AssistantApp:
    """The app as it is asked for, and for the rest as it was settled once for all.

    ``ask_terminal``: there is one, and it is asked whether it draws pictures, where they are
    wanted.
    """
    from tui import garbage

    garbage.starting()
    from tui.app import AssistantApp
    from tui.settled import setup_for

    setup = setup_for(wanted)
    if not ask_terminal or (setup.pictures and not setup.screen_reader):
        from dataclasses import replace

        from tui.pictures.terminal import IN_BROWSER, look

        setup = replace(setup, graphics=look() if ask_terminal else IN_BROWSER)
    return AssistantApp(setup)


if __name__ == "__main__":
    main()
