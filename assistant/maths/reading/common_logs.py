"""``log`` without a base: natural in higher mathematics, to base 10 in many schools."""

from __future__ import annotations

import re

BARE_LOG = re.compile(r"(?<![A-Za-z])log(?![A-Za-z_₀-₉]|\s*_|\d+\s*\()")


def has_bare_log(*texts: str) -> bool:
    """Whether a logarithm without a base stands in one of the texts."""
    return any(map(BARE_LOG.search, texts))


def in_base_ten(text: str) -> str:
    """The text with every logarithm without a base as one to base 10: ``lg``."""
    return BARE_LOG.sub("lg", text)
