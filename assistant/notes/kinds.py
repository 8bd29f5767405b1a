"""Which file is read in which way, by its name and its first bytes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath


class Kind(StrEnum):
    """A way of reading."""

    TEXT = "text"
    MARKDOWN = "markdown"
    TEX = "tex"
    CODE = "code"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    NOTEBOOK = "notebook"


PLAIN = (Kind.TEXT, Kind.MARKDOWN, Kind.TEX, Kind.CODE)
"""Kinds that are only decoded; the others have an inside that can be made to harm a reader."""

_SUFFIXES = {
    Kind.TEXT: "txt text log srt adoc asciidoc org csv tsv",
    Kind.MARKDOWN: "md markdown mdown mkd mdx qmd rmd rst",
    Kind.TEX: "tex ltx sty cls bib",
    Kind.HTML: "html htm xhtml",
    Kind.PDF: "pdf",
    Kind.DOCX: "docx docm",
    Kind.NOTEBOOK: "ipynb",
    Kind.CODE: "py pyi pyx c h cc cpp cxx hpp hh hxx cu cuh m mm java kt kts scala groovy go rs "
    "swift js jsx mjs cjs ts tsx vue svelte php rb pl pm lua r jl hs ml mli fs fsx clj cljs ex "
    "exs erl elm nim zig d dart cs vb pas f f90 f95 for asm s sh bash zsh fish ps1 bat cmd sql "
    "proto graphql css scss less toml yaml yml ini cfg conf cmake mk gradle tf lean v sv vhd "
    "vhdl lisp el scm rkt nix",
}
_KINDS = {suffix: kind for kind, words in _SUFFIXES.items() for suffix in words.split()}
_NAMES = {
    "readme": Kind.TEXT,
    "license": Kind.TEXT,
    "copying": Kind.TEXT,
    "changelog": Kind.TEXT,
    "authors": Kind.TEXT,
    "makefile": Kind.CODE,
    "dockerfile": Kind.CODE,
}
HEAD = 8192
"""Bytes that tell text from something else."""


def kind_by_name(name: str) -> Kind | None:
    """The kind that a name promises; ``None`` where it promises nothing that is read."""
    path = PurePath(name)
    return _KINDS.get(path.suffix[1:].lower()) or _NAMES.get(path.name.lower())


def kind_of(name: str, body: bytes) -> Kind | None:
    """The kind by name and content; ``None`` for what is no text."""
    if body.startswith(b"%PDF-"):
        return Kind.PDF
    if kind := kind_by_name(name):
        return kind if kind not in PLAIN or _is_text(body[:HEAD]) else None
    return Kind.TEXT if _is_text(body[:HEAD]) else None


def _is_text(head: bytes) -> bool:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_wide(head) is not None
    return wide or b"\0" not in head


def looks_wide(head: bytes) -> str | None:
    """The name of UTF-16 without a mark, which has a zero in every other byte of western text."""
    even, odd = head[0:HEAD:2], head[1:HEAD:2]
    if len(odd) < 8:
        return None
    zeros = even.count(0) / len(even), odd.count(0) / len(odd)
    if zeros[0] < 0.01 and zeros[1] > 0.6:
        return "utf-16-le"
    if zeros[1] < 0.01 and zeros[0] > 0.6:
        return "utf-16-be"
    return None
