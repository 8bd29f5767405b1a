"""What is in the notes, and what in them suits a question."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from assistant import paths
from assistant.cli import diagnostics, notes_meaning, render
from assistant.cli.columns import columns, terminal_width
from assistant.cli.diagnostics import Exit
from assistant.maths.showing.words import clean, filled
from assistant.maths.types import Lang
from assistant.notes.notes import open_notes
from assistant.notes.types import NoteFile, Passage
from assistant.notes.words import marks, terms
from runtimes.store.types import bytes_text
from runtimes.texts import Count, Text

EMPTY = Text(
    "there are no notes; add some: assistant notes add PATH…",
    "还没有笔记；请添加：assistant notes add 路径…",
)
NONE = Text("nothing found for “{0}”", "没有找到“{0}”")
STALE = Text(
    "changed since it was read: assistant notes refresh", "读入后已修改：assistant notes refresh"
)
HEAD = (Text("size", "大小"), Text("passages", "段落"), Text("file", "文件"))
TOTAL = Text("{0}, {1}", "{0}，{1}")
FILES = Count(Text("{0} file", "{0} 个文件"), Text("{0} files", "{0} 个文件"))
PASSAGES = Count(Text("{0} passage", "{0} 个段落"), Text("{0} passages", "{0} 个段落"))
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"
USUAL_LIMIT = 8


def search(options: argparse.Namespace, words: list[str], lang: Lang) -> int:
    """The passages that suit a question.  Raises ``RuntimeFailure``."""
    question = " ".join(words)
    with open_notes(paths.notes_file(), make=False) as notes:
        meant = notes_meaning.question_of(notes, question, options, lang)
        found = notes.search(question, options.limit or USUAL_LIMIT, meant)
        empty = not found and not notes.files()
    if options.json:
        by = "words" if meant is None else "words and meaning"
        render.write_json({"by": by, "passages": [passage_record(one) for one in found]})
        return Exit.OK
    if not found:
        none = EMPTY if empty else Text(NONE.en, NONE.zh, (question,))
        diagnostics.complain(none, lang)
    bold = diagnostics.live(plain=options.plain, stream=sys.stdout)
    for passage in found:
        _draw(passage, terms(question), lang, bold=bold, full=options.full)
    return Exit.OK


def listed(options: argparse.Namespace, _words: list[str], lang: Lang) -> int:
    """The files of the notes.  Raises ``RuntimeFailure``."""
    with open_notes(paths.notes_file(), make=False) as notes:
        files = notes.files()
    if options.json:
        render.write_json({"files": [_file_record(file) for file in files]})
    elif not files:
        diagnostics.complain(EMPTY, lang)
    else:
        head = tuple(text.template(lang) for text in HEAD)
        rows = [head, *(_cells(file) for file in files)]
        for line in columns(rows, terminal_width()):
            render.write_line(line)
        parts = FILES.of(len(files)), PASSAGES.of(sum(file.passages for file in files))
        total = TOTAL.of(*(filled(part, lang, str) for part in parts))
        render.write_line(filled(total, lang, str))
    return Exit.OK


def name_of(path: str) -> str:
    """A path as short as it can be opened from here, fit for one line of a terminal."""
    here = os.getcwd()  # noqa: PTH109 - joined to names that may hold what no text can
    inside = path.startswith(here.rstrip(os.sep) + os.sep)
    return clean(os.path.relpath(path, here) if inside else path)


def _draw(passage: Passage, wanted: Sequence[str], lang: Lang, *, bold: bool, full: bool) -> None:
    place = f"{name_of(passage.path)}:{passage.place}"
    heading = clean(passage.heading)
    render.write_line(f"{place}  {heading}" if heading else place)
    lines = passage.text.strip("\n").split("\n") if full else [passage.snippet]
    for line in lines:
        safe = clean(line.expandtabs(4))
        render.write_line(f"    {_bold(safe, wanted) if bold else safe}".rstrip())
    if passage.changed:
        render.write_line(f"    ({STALE.template(lang)})")
    if full:
        render.write_line("")


def _bold(text: str, wanted: Sequence[str]) -> str:
    parts, at = [], 0
    for start, end in marks(text, wanted):
        parts += [text[at:start], BOLD, text[start:end], PLAIN]
        at = end
    return "".join([*parts, text[at:]])


def _cells(file: NoteFile) -> tuple[str, str, str]:
    return bytes_text(file.size), str(file.passages), name_of(file.path)


def passage_record(passage: Passage) -> dict[str, object]:
    """A passage as data."""
    place = passage.place
    return {
        "path": passage.path,
        "place": str(place),
        "unit": place.unit.value,
        "first": place.first,
        "last": place.last,
        "heading": passage.heading,
        "snippet": passage.snippet,
        "text": passage.text,
        "score": round(passage.score, 4),
        "changed": passage.changed,
    }


def _file_record(file: NoteFile) -> dict[str, object]:
    return {
        "path": file.path,
        "title": file.title,
        "unit": file.unit.value,
        "passages": file.passages,
        "size": file.size,
        "added": round(file.added, 3),
    }
