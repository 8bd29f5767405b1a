"""The entry point of the command ``assistant``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from runtimes.texts import Lang


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
    if argv[:1] in (["solve"], ["check"], ["equal"]) and not {"-h", "--help"} & set(argv):
        from assistant.maths.launch import Process

        early = Process()
    from assistant.cli.main import run

    try:
        sys.exit(run(argv, early, open_app))
    finally:
        if early is not None:
            early.end()


def open_app(options: argparse.Namespace, lang: Lang) -> int:
    """The terminal app, until it is left; the result is the exit code."""
    from tui.app import AssistantApp
    from tui.desk import Setup

    app = AssistantApp(
        Setup(
            lang=lang,
            model=options.model,
            incognito=options.incognito,
            offline=options.offline,
            theme=options.theme,
        )
    )
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    main()
