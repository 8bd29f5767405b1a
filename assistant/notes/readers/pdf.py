"""PDF: the text layer of each page, by pypdf."""

from __future__ import annotations

import io

from assistant.notes.decoding import even_lines
from assistant.notes.types import Document, Row, Unit, Unreadable
from runtimes.texts import Text

MOST_PAGES = 5000
LOCKED = Text("it is locked with a password", "文件有密码保护")
NO_TEXT = Text(
    "it has no text layer: its pages are pictures, which need text recognition first",
    "没有文字层：页面是图片，需要先做文字识别",
)
LIMIT = Text("it goes beyond a limit of its reader: {0}", "超出读取限制：{0}")
TOO_MANY = Text("it has more than {0} pages", "超过 {0} 页")
FAILED = Text("{0} of {1} pages could not be read", "{1} 页中有 {0} 页无法读取")


def read(body: bytes) -> Document:
    """Rows with the number of their page.  Raises ``Unreadable``."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, LimitReachedError

    try:
        reader = PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(LOCKED)
        count = len(reader.pages)
        title = str((reader.metadata.title if reader.metadata else None) or "")
    except (Unreadable, MemoryError):
        raise
    except DependencyError as wrong:  # a cipher that needs another library
        raise Unreadable(LOCKED) from wrong
    except LimitReachedError as wrong:
        raise Unreadable(Text(LIMIT.en, LIMIT.zh, (str(wrong)[:100],))) from wrong
    except Exception as wrong:
        raise Unreadable(
            Text("it is damaged: {0}", "文件损坏：{0}", (str(wrong)[:100],))
        ) from wrong
    if count > MOST_PAGES:
        raise Unreadable(Text(TOO_MANY.en, TOO_MANY.zh, (MOST_PAGES,)))
    rows: list[Row] = []
    failed = 0
    for number in range(1, count + 1):
        try:
            text = reader.pages[number - 1].extract_text()
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - whatever a broken page makes the library raise
            failed += 1
            continue
        text = even_lines(text.encode("utf-8", "replace").decode())
        rows += [Row(number, line.rstrip()) for line in text.split("\n")] if text.strip() else []
    if not rows:
        raise Unreadable(NO_TEXT)
    note = Text(FAILED.en, FAILED.zh, (failed, count)) if failed else None
    return Document(Unit.PAGE, tuple(rows), title.strip(), note)
