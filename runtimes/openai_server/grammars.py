"""A grammar for the answer of a model that thinks first.

llama.cpp's servers hold a grammar from the first token on, so the thinking must be in it.
"""

from __future__ import annotations

import re

_PARTS = re.compile(
    r'"(?:\\.|[^"\\])*"'  # what stands in quotes, in brackets or in a comment stays
    r"|\[(?:\\.|[^\]\\])*\]"
    r"|\#[^\n]*"
    r"|(?<![\w-])root(?![\w-])"
)

_THINKING = (
    'root ::= thinking-text "</think>" [ \\n]* answer-root\n'
    'thinking-text ::= ([^<] | "<" [^/<] | "</" [^t<])*\n'
)
"""Any text up to the closing tag, which the prompt's open tag asks for."""


def after_thinking(gbnf: str) -> str:
    """The same grammar after a free thinking that the prompt has begun."""
    renamed = _PARTS.sub(lambda part: "answer-root" if part[0] == "root" else part[0], gbnf)
    return _THINKING + renamed
