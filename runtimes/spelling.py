"""The same text in other tokens: what an engine has read and written need not be read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def as_known(
    wanted: Sequence[int], known: Sequence[int], words: Callable[[int], bytes]
) -> list[int]:
    """The text of ``wanted``, in the tokens of ``known`` as far as both say the same.

    A model does not always spell as the tokenizer would: it may write two tokens where there is
    one for both, and a tag that an engine forces breaks a token in two.  Where its text comes
    back as a prompt, one such place would make all that follows be read again.

    ``words`` are the bytes that a token stands for; none of one that steers, which counts only
    where the same token stands at the same place of both, so that no text becomes a tag.
    """
    i = j = 0
    ours = theirs = b""  # what is not yet found in the other
    place = (0, 0)
    while True:
        if not ours and not theirs:
            place = (i, j)
            if i < len(wanted) and j < len(known) and wanted[i] == known[j]:
                i, j = i + 1, j + 1
                continue
        if not ours:
            ours, i = (words(wanted[i]), i + 1) if i < len(wanted) else (b"", i)
        if not theirs:
            theirs, j = (words(known[j]), j + 1) if j < len(known) else (b"", j)
        both = min(len(ours), len(theirs))
        if not both or ours[:both] != theirs[:both]:
            break
        ours, theirs = ours[both:], theirs[both:]
    i, j = place
    return [*known[:j], *wanted[i:]]
