"""Small documents of every kind that the notes read, made as the tests need them."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Sequence

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, styles: str = "", head: str = "") -> bytes:
    """A Word document with this XML within its body."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        main = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        file.writestr("word/document.xml", f'<?xml version="1.0"?>{head}{main}')
        if styles:
            file.writestr("word/styles.xml", f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>')
    return archive.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of a Word document."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def notebook(*cells: tuple[str, str]) -> bytes:
    """A notebook of (type, source) cells."""
    made = [{"cell_type": kind, "source": text.splitlines(keepends=True)} for kind, text in cells]
    return json.dumps({"nbformat": 4, "cells": made}).encode()


def pdf(pages: Sequence[str], *, compress: bool = False) -> bytes:
    """A PDF with a page a text; a line of it a line there."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, text in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * n)
        )
        lines = "".join(f"({line}) Tj T* " for line in text.split("\n")) if text else ""
        drawn = f"BT /F1 12 Tf 14 TL 50 700 Td {lines}ET".encode("latin-1")
        objects.append(stream(drawn, compress=compress))
    return assembled(objects)


def stream(body: bytes, *, compress: bool = False) -> bytes:
    """A stream object of a PDF."""
    how = b" /Filter /FlateDecode" if compress else b""
    packed = zlib.compress(body) if compress else body
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(packed), how, packed)


def assembled(objects: Sequence[bytes]) -> bytes:
    """The file of these objects, the first one its catalogue."""
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n" % (len(objects) + 1, start)
    return bytes(made + b"%%EOF\n")
