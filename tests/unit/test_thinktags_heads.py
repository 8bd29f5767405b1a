"""Heads, which say on which channel a model speaks, where they do not end as they should."""

from __future__ import annotations

from runtimes.textstream import Piece
from runtimes.thinktags import KINDS, TokenStream

HARMONY = next(kind for kind in KINDS if kind.opens.startswith("<|channel|>"))
GEMMA = next(kind for kind in KINDS if kind.opens.startswith("<|channel>"))


def test_a_head_that_never_ends_is_told_without_a_sign_of_its_parts() -> None:
    stream = TokenStream(HARMONY, thinking=False)
    for mark in ("<|end|>", "<|start|>", "<|start|>"):
        assert not stream.take(mark, b"")
    told = "".join(piece.text for _ in range(80) for piece in stream.take("", b"word "))
    assert told == "word " * 80


def test_a_head_of_tokens_without_letters_has_an_end_too() -> None:
    stream = TokenStream(HARMONY, thinking=False)
    stream.take("<|end|>", b"")
    for _ in range(300):
        stream.take("", b"")
    assert not stream.headed


def test_a_character_cut_behind_the_line_of_a_channel_is_whole() -> None:
    stream = TokenStream(GEMMA, thinking=False)
    pieces = stream.take("<|channel>", b"")
    for piece in (b"thought", b"\n\xe4", b"\xb8\xad"):
        pieces += stream.take("", piece)
    assert pieces == [Piece(thinking=True, text="中")]
