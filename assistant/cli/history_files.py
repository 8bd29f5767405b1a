"""Conversations written to files, and read from them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assistant.cli import diagnostics, render
from assistant.cli.diagnostics import Exit
from assistant.cli.history_show import conversation_of
from assistant.history import Form, History
from assistant.history.portable import MAX_BYTES, refused
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from assistant.visible import visible
from runtimes.files import on_disk, replace_file
from runtimes.texts import Text

FORMS = {".md": Form.MARKDOWN, ".markdown": Form.MARKDOWN, ".json": Form.JSON, ".html": Form.HTML}
EXISTS = Text("{0} is there already; add --force to replace it", "{0} 已存在；加上 --force 以覆盖")
NOT_WRITTEN = Text("cannot write the file", "无法写入文件")
NOT_READ = Text("cannot read the file", "无法读取文件")
WRITTEN = Text("written: {0}", "已写入：{0}")
BROUGHT = Text("imported as {0}: {1}", "已导入为 {0}：{1}")
TWO_FORMS = Text(
    "--json and --format {0} exclude each other", "--json 与 --format {0} 不能同时使用"
)


def export(history: History, options: argparse.Namespace, lang: Lang) -> int:
    """A conversation to a file that is not there yet, or to stdout."""
    if options.json and not options.out and options.format not in (None, "json"):
        diagnostics.complain(Text(TWO_FORMS.en, TWO_FORMS.zh, (options.format,)), lang)
        return Exit.USAGE
    number = conversation_of(options.words[0])
    form = _form(options)
    text = history.export(number, form, lang)
    if not options.out or options.out == "-":
        # A pipe gets every character, a terminal none that it would obey.
        render.write(visible(text) if sys.stdout.isatty() else text)
        return Exit.OK
    path = on_disk(options.out)
    try:
        _write(path, text, force=options.force)
    except FileExistsError:
        diagnostics.complain(Text(EXISTS.en, EXISTS.zh, (str(path),)), lang)
        return Exit.USAGE
    except OSError as wrong:
        diagnostics.complain(diagnostics.because(NOT_WRITTEN, wrong), lang)
        return Exit.USAGE
    if options.json:
        render.write_json({"id": number, "file": str(path), "format": form.value})
    else:
        render.write_line(filled(Text(WRITTEN.en, WRITTEN.zh, (str(path),)), lang, str))
    return Exit.OK


def bring(history: History, options: argparse.Namespace, lang: Lang) -> int:
    """A file that ``export`` wrote, as a new conversation; ``-`` is stdin."""
    try:
        raw = _read(options.words[0])
    except OSError as wrong:
        diagnostics.complain(diagnostics.because(NOT_READ, wrong), lang)
        return Exit.USAGE
    if len(raw) > MAX_BYTES:
        raise refused(Text("it is longer than {0} MiB", "超过 {0} MiB", (MAX_BYTES >> 20,)))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise refused(Text("it is not UTF-8 text", "不是 UTF-8 文本")) from wrong
    one = history.find(history.bring(text))
    if options.json:
        render.write_json({"id": one.id, "title": one.title, "turns": one.turns})
    else:
        said = Text(BROUGHT.en, BROUGHT.zh, (one.id, one.title))
        render.write_line(filled(said, lang, str))
    return Exit.OK


def _form(options: argparse.Namespace) -> Form:
    if options.format:
        return Form(options.format)
    if options.out and options.out != "-":
        return FORMS.get(Path(options.out).suffix.lower(), Form.MARKDOWN)
    return Form.JSON if options.json else Form.MARKDOWN


def _write(path: Path, text: str, *, force: bool) -> None:
    if force:
        replace_file(path, text)
        return
    with path.open("x", encoding="utf-8", newline="") as file:
        file.write(text)


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with on_disk(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)
