"""Files that want to harm their reader: each is told apart, and the next one is read."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from documents import assembled, docx, notebook, paragraph, pdf, stream

from assistant.notes import reading
from assistant.notes.kinds import Kind
from assistant.notes.reading import Reader, open_file
from assistant.notes.types import Unreadable
from runtimes.base import Cancel


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader() as made:
        yield made


def refused(reader: Reader, name: str, body: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        reader.read(name, body, Cancel())
    good = reader.read("good.ipynb", notebook(("code", "x = 1")), Cancel())
    assert good.rows[0].text == "x = 1"  # the next file is read as ever
    return str(caught.value)


BILLION_LAUGHS = """<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"""


def test_a_bomb_of_entities(reader: Reader) -> None:
    assert "entities" in refused(reader, "a.docx", docx(paragraph("&c;"), head=BILLION_LAUGHS))


@pytest.mark.slow
def test_a_zip_bomb(reader: Reader) -> None:
    bomb = docx("<w:p>" + f"<w:r><w:t>{'a' * 3000}</w:t></w:r>" * 25_000)
    assert len(bomb) < 1 << 20
    assert "too much" in refused(reader, "a.docx", bomb)


def test_what_is_no_word_document(reader: Reader) -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as file:
        file.writestr("x", "y")
    assert "no Word" in refused(reader, "a.docx", empty.getvalue())
    assert "damaged" in refused(reader, "a.docx", b"PK\x03\x04 nonsense")
    assert "damaged" in refused(reader, "a.docx", docx(paragraph("x"))[:-30])
    assert "password" in refused(reader, "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "damaged" in refused(reader, "a.docx", docx("<w:p><w:t>open"))


def test_a_word_document_nested_without_end(reader: Reader) -> None:
    deep = docx("<w:p>" * 50_000 + "</w:p>" * 50_000)
    assert reader.read("a.docx", deep, Cancel()).rows == ()


def test_a_notebook_nested_without_end(reader: Reader) -> None:
    assert "deeply" in refused(reader, "a.ipynb", b"[" * 500_000 + b"]" * 500_000)
    assert "JSON" in refused(reader, "a.ipynb", b"{")
    assert "notebook" in refused(reader, "a.ipynb", b"[1]")
    odd = json.dumps({"cells": [1, {"source": 3}, {"source": ["\ud800x"], "cell_type": "code"}]})
    assert reader.read("a.ipynb", odd.encode(), Cancel()).rows[0].text == "?x"


def test_a_web_page_nested_without_end(reader: Reader) -> None:
    page = b"<div>" * 30_000 + b"deep" + b"</div>" * 30_000 + b"<p>" + b"<" * 1000
    found = reader.read("a.html", page, Cancel())
    assert next(row.text for row in found.rows if row.text) == "deep"


def test_a_pdf_bomb(reader: Reader) -> None:
    packed = zlib.compress(zlib.compress(b"(x) Tj " * 12_000_000, 1))
    body = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        body,
    ]
    assert refused(reader, "a.pdf", assembled(objects))


def test_a_pdf_that_is_a_loop_or_damaged(reader: Reader) -> None:
    loop = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>",
    ]
    assert refused(reader, "a.pdf", assembled(loop))
    assert refused(reader, "a.pdf", b"%PDF-1.7 nothing")
    assert refused(reader, "a.pdf", pdf(["text"])[:200])
    assert stream(b"x")  # the maker of streams itself


@pytest.mark.slow
def test_a_pdf_of_a_million_pages(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(reading.SECONDS, Kind.PDF, 5.0)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 1000000 >>" % (b"3 0 R " * 1000),
        b"<< /Type /Pages /Parent 2 0 R /Kids [%s] /Count 1000 >>" % (b"4 0 R " * 1000),
        b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] >>",
    ]
    told = refused(reader, "a.pdf", assembled(objects))
    assert "limit" in told or "longer" in told


def test_a_reader_that_is_late_is_killed(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "USUAL_SECONDS", 0.05)
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="longer than"):
        reader.read("a.html", b"<p>" * 3_000_000, Cancel())
    assert time.monotonic() - begun < 5


def test_a_reading_can_be_cancelled(reader: Reader) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Unreadable, match="stopped"):
        reader.read("a.html", b"<p>" * 3_000_000, cancel)


@pytest.mark.parametrize(
    "harm",
    [
        "__import__('socket').socket()",
        "__import__('subprocess').run(['true'])",
        "__import__('os').system('true')",
        "open('/tmp/reader-was-here', 'w')",
        "__import__('os').remove('/tmp/nothing')",
        "__import__('os').open('/tmp/reader-was-here', 0o101)",
    ],
)
def test_the_reader_may_do_nothing_but_read(harm: str) -> None:
    code = (
        "import sys\nfrom assistant.notes import child\nsys.addaudithook(child._guard)\n"
        f"try:\n    {harm}\nexcept PermissionError as wrong:\n    print('refused', wrong)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("refused")


# --- files that are none ------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero"), tmp_path):
        with pytest.raises(Unreadable, match="no ordinary file"):
            open_file(path)


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="larger than"):
        open_file(path)
    assert time.monotonic() - begun < 1


def test_a_text_of_nothing_but_line_ends(reader: Reader) -> None:
    assert "lines" in refused(reader, "a.txt", b"\n" * (8 << 20))


def test_a_text_that_is_too_large_is_refused(reader: Reader) -> None:
    assert "larger than 16 MB" in refused(reader, "a.txt", b"x" * (17 << 20))
