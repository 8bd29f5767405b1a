"""The files of a class: the key, and what the students wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.cli.diagnostics import complain
from assistant.cli.sources import Unreadable, read_source
from assistant.maths.types import Lang, Text
from assistant.teaching.marking.key import BadKey, read_key
from assistant.teaching.marking.papers import BadTable, read_paper, read_table
from assistant.teaching.marking.types import Paper, Question

KEYS = ("key.txt", "key.md", "答案.txt", "标准答案.txt", "参考答案.txt")
"""Names under which a key is found in the folder."""
TEXTS, TABLES = (".txt", ".md", ".tex"), (".csv", ".tsv")
_SHEET = re.compile(r"(?:sheet|key)-[A-Z]{1,3}")
"""A file that ``assistant sheet`` wrote, which no student did."""
MOST_FILES = 2000
NO_KEY = Text(
    "there is no key: put it into the folder as key.txt, or name it with --key FILE",
    "没有标准答案：请将其存为文件夹中的 key.txt，或用 --key FILE 指定",
)
KEY_NOT_READ = Text("cannot read the key", "无法读取标准答案")
NOT_READ = Text("cannot read an answer sheet, it is left out", "无法读取一份答卷，已跳过")
TOO_MANY = Text("only the first {0} files are looked at", "只处理前 {0} 个文件")


def key_file(named: str | None, place: Path) -> Path:
    """The key of a folder, or of the table in it.  Raises ``Unreadable``."""
    if named is not None:
        return Path(named)
    folder = place if place.is_dir() else place.parent
    found = next((folder / name for name in KEYS if (folder / name).is_file()), None)
    if found is None:
        raise Unreadable(NO_KEY)
    return found


def questions_of(key: Path) -> tuple[tuple[Question, ...], str]:
    """The questions of a key, and its text.  Raises ``Unreadable``."""
    text = read_source(str(key), KEY_NOT_READ)
    try:
        return read_key(text), text
    except BadKey as wrong:
        raise Unreadable(_named(str(key), wrong.why)) from wrong


def papers_in(place: Path, key: Path, questions: Sequence[Question], lang: Lang) -> Iterator[Paper]:
    """What the students wrote; a file that cannot be read is told of and left out."""
    names = [question.name for question in questions]
    for path in _files(place, key, lang):
        try:
            text = read_source(str(path), NOT_READ)
            if path.suffix.lower() in TABLES:
                yield from read_table(path.name, text, names)
            else:
                yield read_paper(path.stem, path.name, text, names)
        except Unreadable as wrong:
            complain(wrong.message, lang)
        except BadTable as wrong:
            complain(_behind(NOT_READ, _named(path.name, wrong.why)), lang)


def _named(name: str, why: Text) -> Text:
    """A reason behind the name of the file that it is about."""
    at = f"{{{len(why.args)}}}"
    return Text(f"{at}: {why.en}", f"{at}：{why.zh}", (*why.args, name))


def _behind(head: Text, why: Text) -> Text:
    return Text(f"{head.en}: {why.en}", f"{head.zh}：{why.zh}", why.args)


def _files(place: Path, key: Path, lang: Lang) -> list[Path]:
    if place.is_file():
        return [place]
    found = sorted(
        path
        for path in place.iterdir()
        if path.suffix.lower() in (*TEXTS, *TABLES)
        and not path.name.startswith((".", "~"))
        and path.is_file()
        and path.name not in KEYS
        and not _SHEET.fullmatch(path.stem)
        and path.resolve() != key.resolve()
        and path.resolve().is_relative_to(place.resolve())  # no link that shows other files
    )
    if len(found) > MOST_FILES:
        complain(TOO_MANY.of(str(MOST_FILES)), lang)
    return found[:MOST_FILES]
