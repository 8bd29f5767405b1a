"""The entry point of the command ``assistant``."""

from __future__ import annotations

import sys


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
        sys.exit(run(argv, early))
    finally:
        if early is not None:
            early.end()


if __name__ == "__main__":
    main()
