"""Prints a command of the README: ``python packaging/readme_command.py install|test``.

The README marks its commands with ``<!-- command: NAME -->`` before a fenced block, so
that what people copy is what is tested.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"


def command(name: str) -> str:
    """The text of the block after the mark.  Raises ``SystemExit`` if there is none."""
    pattern = rf"<!-- command: {re.escape(name)} -->\n```\w*\n(.*?)```"
    found = re.search(pattern, README.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise SystemExit(f"README.md has no command named {name}")
    return found.group(1)


if __name__ == "__main__":
    sys.stdout.write(command(sys.argv[1]))
