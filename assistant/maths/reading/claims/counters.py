"""``x = π/6 + 2kπ, where k is an integer``: words that say of the letter that counts whole turns
what is meant without them, too."""

from __future__ import annotations

import re

# what is taken is never given back (``*+``): runs of spaces would cost their cube
_GAP = r"(?:\s|\\q?quad(?![a-z])|\\[,;: ])*+"
_WHOLE = (
    r"(?:(?:\\text\s*+\{\s*+)?(?:is|be|being|are)\s++(?:an?\s++|any\s++|some\s++)?(?:arbitrary\s++)?"
    r"integers?(?:\s*+\})?"
    r"|(?:∈|\\in(?![a-z])|in)\s*+(?:the\s++integers|integers|(?-i:ℤ|Z|\\mathbb\s*+\{?\s*+Z\s*+\}?))"
    r"|[为是取]?(?:任意|任何|一切)?的?整数)"
)
_OPENED = (
    r"(?:(?:\\text\s*+\{\s*+)?(?:where|with|here|and|for(?:\s++(?:all|any|every|each|some))?)(?:\s*+\})?"
    r"|其中|这里|且)?"
)
_NAMED = (
    r"(?:\\text\s*+\{\s*+)?for\s++(?:all|any|every|each|some)\s++integers?\s++"
    r"(?:values?\s++of\s++)?(?:\})?"
)
_LETTER = r"(?:\$|\\\()?\s*+(?P<{0}>[kKnml])(?![A-Za-z_\d])\s*+(?:\$|\\\))?\s*+"
_SAID = re.compile(
    rf"(?P<open>{_GAP}[(（\[]|{_GAP}[,，;；]|\s|\\q?quad(?![a-z])){_GAP}(?:"
    rf"{_OPENED}{_GAP}{_LETTER.format('one')}{_WHOLE}"
    rf"|{_NAMED}{_GAP}{_LETTER.format('two')})"
    r"\s*+(?:\$|\\\))?\s*+(?P<close>[)）\]])?\s*+[.。]?\s*+$",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"(?P<open>\s*(?:\\\[|\$\$|\\\(|\$))(?P<inside>(?:(?!\\[\[\]()]|\$).)*)"
    r"(?P<close>(?:\\\]|\$\$|\\\)|\$)\s*[.。]?\s*)",
    re.DOTALL,
)
"""A line that is one piece of LaTeX."""
_LAST = 400
"""Signs at the end of a line, where such words stand."""
_TURN = re.compile(r"π|(?<![A-Za-z])\\?pi(?![A-Za-z])|360|180|°|\\circ")


def without_counter(text: str) -> str:
    """A line without such words at its end."""
    if (block := _BLOCK.fullmatch(text)) is not None:
        return block["open"] + without_counter(block["inside"]) + block["close"]
    hit = _SAID.search(text, max(0, len(text) - _LAST))
    if hit is None:
        return text
    before, letter = text[: hit.start()], hit["one"] or hit["two"]
    closed = (hit["open"].strip()[-1:] in ("(", "（", "[")) == bool(hit["close"])
    counts = re.search(rf"(?<![A-Za-z\\_]){letter}(?!['_(])", re.sub(r"\\?pi|\\circ", "π", before))
    return before.rstrip(" ,，;；\\") if closed and counts and _TURN.search(before) else text
