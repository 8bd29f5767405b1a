"""The entry point of the command ``assistant``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; the terminal app is opened from there."""
    from assistant.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
