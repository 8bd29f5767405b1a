"""``SHA256SUMS``, as ``sha256sum`` writes it: what files beside it, or below it, should be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

NAME = "SHA256SUMS"
_LARGEST = 1 << 20
_LINE = re.compile(r"([0-9a-f]{64}) [ *](?:\./)?([^\\\r\n]+)")


def promised(folder: Path) -> Mapping[str, str]:
    """The digests of files in a folder by their names, out of the list in it or in the folder
    above; none where there is no list."""
    for place, prefix in ((folder, ""), (folder.parent, f"{folder.name}/")):
        try:
            with (place / NAME).open("rb") as stream:
                text = stream.read(_LARGEST).decode("utf-8")
        except (OSError, UnicodeError):
            continue
        lines = filter(None, map(_LINE.fullmatch, text.splitlines()))
        return {
            name: digest
            for digest, path in (line.groups() for line in lines)
            if path.startswith(prefix) and "/" not in (name := path.removeprefix(prefix))
        }
    return {}
