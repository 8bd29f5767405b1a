"""Bytes to text: the encoding is known by its mark or by strict decoding, else by signs that
leave no doubt, and in doubt the file is refused: wrong letters would be quoted as right ones."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from assistant.notes.kinds import HEAD, looks_wide
from assistant.notes.types import Unreadable
from runtimes.texts import Text

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UNKNOWN = Text("its encoding is not clear; save it as UTF-8", "无法确定文件编码，请另存为 UTF-8")
SAMPLE = 1 << 16
COMMON_HAN = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")
"""The 3,755 common characters of GB 2312: nearly all of any Chinese text."""
WIDE_SIGNS = re.compile(rb"[\xa1-\xa3][\xa1-\xfe]")
"""Its punctuation and full-width signs."""
HIGH = re.compile(rb"[\x80-\xff]+")
WESTERN = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœŒ°²³µ·‘’“”–—…€£§«»")
DECLARED = re.compile(
    r"utf-?8|gb2312|gbk|gb18030|big5|shift_jis|euc-jp|euc-kr|koi8-r|iso-8859-\d\d?|windows-125\d",
    re.IGNORECASE,
)


def decoded(body: bytes, declared: str = "") -> str:
    """The text, its lines parted by ``\\n`` alone.  ``declared`` is what the file says itself.

    Raises ``Unreadable`` where the encoding is not clear.
    """
    return even_lines(_text(body, declared))


def even_lines(text: str) -> str:
    """Lines as an editor counts them: a lone ``\\r`` parts lines only where there is no ``\\n``."""
    if "\r" not in text:
        return text
    text = text.replace("\r\n", "\n")
    return text.replace("\r", " " if "\n" in text else "\n")


def _text(body: bytes, declared: str) -> str:
    for mark, name in MARKS:
        if body.startswith(mark):
            return _strict(body[len(mark) :], name)
    for tried in (looks_wide(body[:HEAD]), "utf-8", _known(declared)):
        if tried:
            with suppress(UnicodeDecodeError):
                return body.decode(tried)
    if guessed := _guess(body):
        with suppress(UnicodeDecodeError):
            return body.decode(guessed)
    raise Unreadable(UNKNOWN)


def _strict(body: bytes, name: str) -> str:
    try:
        return body.decode(name)
    except UnicodeDecodeError as wrong:
        raise Unreadable(
            Text("it is damaged: no valid {0}", "文件损坏：不是有效的 {0}", (name.upper(),))
        ) from wrong


def _known(declared: str) -> str | None:
    if not DECLARED.fullmatch(declared.strip()):
        return None
    name = declared.strip().lower()
    return "gb18030" if name in ("gb2312", "gbk") else name


def _guess(body: bytes) -> str | None:
    """GB 18030 where nearly all pairs are common Chinese; Windows-1252 where the letters beyond
    ASCII are western ones and mostly stand alone, as they do in western languages."""
    sample = body[:SAMPLE]
    high = sum(map(len, HIGH.findall(sample)))
    if not high:
        return None
    chinese = 2 * len(COMMON_HAN.findall(sample)) + 2 * len(WIDE_SIGNS.findall(sample))
    if chinese >= 0.9 * high and chinese >= 8:
        return "gb18030"
    runs = HIGH.findall(body)
    lone = sum(len(run) == 1 for run in runs)
    letters = b"".join(runs).decode("cp1252", "replace")
    if lone >= 0.8 * len(runs) and high < 0.3 * len(sample) and WESTERN.issuperset(letters):
        return "cp1252"
    return None
