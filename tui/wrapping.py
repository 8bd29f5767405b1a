"""Where a line of Chinese may break: between any two letters, as nobody sets spaces there.

Rich and Textual break at spaces alone: what follows a foreign word and a space would be one word
up to the next space, and begin a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from rich import _wrap as shown
from textual import _wrap as typed

Parted = Callable[[str], Iterable[tuple[int, int, str]]]
"""Parts a text: the first place, the one after the last, and the part between them."""

_OPEN, _CLOSE = "（【《「『〔〖“‘〈", "、。，．：；！？…—～％）】》」』〕〗”’〉"
_LETTER = "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # fmt: skip # noqa: E501
_WIDE = re.compile(f"[{_LETTER}{_OPEN}{_CLOSE}]")
_PART = re.compile(
    rf"""\s*
    [{_OPEN}(\[{{]*                              # no line ends with what opens
    (?:[{_LETTER}]|[^\s{_LETTER}{_OPEN}{_CLOSE}]+)?
    [{_CLOSE},.;:!?)\]}}%/]*                     # and none begins with what closes
    \s*""",
    re.VERBOSE,
)


def parted_finely(parted: Parted) -> Parted:
    """The same, and each Chinese letter a part of its own."""

    def parts(text: str) -> Iterator[tuple[int, int, str]]:
        for start, end, part in parted(text):
            if _WIDE.search(part) is None:
                yield start, end, part
                continue
            for found in _PART.finditer(part):
                if found[0]:
                    yield start + found.start(), start + found.end(), found[0]

    return parts


_WORDS, _CHUNKS = shown.words, typed.chunks


def break_between_letters() -> None:
    """For all text that is shown or typed from now on."""
    shown.words = parted_finely(_WORDS)  # type: ignore[assignment]
    typed.chunks = parted_finely(_CHUNKS)  # type: ignore[assignment]
