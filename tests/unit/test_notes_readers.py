"""Every kind of document gives its text with the places that a reader can look up."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from documents import docx, notebook, paragraph, pdf
from pypdf import PdfWriter

from assistant.notes.decoding import decoded
from assistant.notes.kinds import Kind, kind_of
from assistant.notes.readers import webpage
from assistant.notes.readers.plain import document
from assistant.notes.reading import Reader
from assistant.notes.types import Document, Unit, Unreadable
from runtimes.base import Cancel


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as made:
        yield made


def places(found: Document) -> list[tuple[int, str]]:
    return [(row.number, row.text) for row in found.rows if row.text.strip()]


def headings(found: Document) -> list[tuple[int, int, str]]:
    return [(row.number, row.level, row.title) for row in found.rows if row.level]


# --- encodings -------------------------------------------------------------------------------

CHINESE = "牛顿-莱布尼茨公式：定积分等于原函数在两端点的值之差。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk", "gb2312"]
)
def test_a_chinese_text_is_read_in_its_encoding(encoding: str) -> None:
    assert decoded(CHINESE.encode(encoding)) == CHINESE


def test_a_western_text_is_read_in_its_encoding() -> None:
    text = "Der Größenwahn der Zahlen übt – naïve café “quotes”.\n"
    assert decoded(text.encode("cp1252")) == text
    assert decoded("plain words in two bytes each".encode("utf-16-le")).startswith("plain words")


@pytest.mark.parametrize(
    "body",
    [
        "Теорема Пифагора верна".encode("cp1251"),
        "日本語のテキストです。積分を計算する。".encode("shift_jis"),
        "繁體中文的微積分講義".encode("big5"),
        bytes(range(128, 256)),
        b"\xff\xfe\x00",
    ],
)
def test_an_unclear_encoding_is_refused_and_never_guessed(body: bytes) -> None:
    with pytest.raises(Unreadable):
        decoded(body)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    found = document("a\x0cb\u2028c\nd".replace("\r", ""))
    assert len(found.rows) == 2
    assert decoded(b"a\r\nb\r\nc") == "a\nb\nc"
    assert decoded(b"a\rb") == "a\nb"
    assert decoded(b"a\rb\nc") == "a b\nc"
    assert document("one\ntwo\n").rows[-1].number == 2


# --- kinds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.md", b"# x", Kind.MARKDOWN),
        ("a.PY", b"x = 1", Kind.CODE),
        ("README", b"x", Kind.TEXT),
        ("notes", b"just text", Kind.TEXT),
        ("a.txt", b"%PDF-1.7 ...", Kind.PDF),
        ("a.txt", b"\0\1\2\3" * 100, None),
        ("a.txt", "wide".encode("utf-16"), Kind.TEXT),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0", None),
    ],
)
def test_the_kind_of_a_file(name: str, body: bytes, kind: Kind | None) -> None:
    assert kind_of(name, body) is kind


def test_headings_of_markdown_but_not_of_its_code() -> None:
    text = "---\nk: v\n---\n\nTitle\n=====\n\n```sh\n# no heading\n```\n## Part ##\n\nSub\n---\n"
    assert headings(document(text, Kind.MARKDOWN)) == [
        (5, 1, "Title"),
        (11, 2, "Part"),
        (13, 2, "Sub"),
    ]


def test_headings_of_latex_and_of_chinese_prose() -> None:
    tex = "\\section{Limits}\ntext\n\\subsection*{极限}\n"
    assert headings(document(tex, Kind.TEX)) == [(1, 3, "Limits"), (3, 4, "极限")]
    prose = "第一章 函数\n第二天我们出发。\n第2节 极限\nChapter 3 Series\n"
    assert [number for number, _, _ in headings(document(prose))] == [1, 3, 4]


def test_functions_of_source_code() -> None:
    text = "class A:\n    def f(self):\n        pass\n\nint main(void) {\n}\nif (x) {\n}\nfoo(1);\n"
    assert headings(document(text, Kind.CODE)) == [
        (1, 1, "class A"),
        (2, 2, "def f(self)"),
        (5, 1, "int main(void)"),
    ]


# --- files with an inside, read in the process ---------------------------------------------------


def test_a_pdf_gives_its_pages(reader: Reader) -> None:
    found = reader.read("a.pdf", pdf(["Euler wrote\nthis line", "", "third page"]), Cancel())
    assert found.unit is Unit.PAGE
    assert places(found) == [(1, "Euler wrote"), (1, "this line"), (3, "third page")]


def test_a_pdf_of_pictures_says_that_it_has_no_text(reader: Reader) -> None:
    with pytest.raises(Unreadable, match="no text layer"):
        reader.read("scan.pdf", pdf(["", ""]), Cancel())


@pytest.mark.parametrize(("word", "readable"), [("", True), ("secret", False)])
def test_a_locked_pdf_is_read_where_anybody_may(reader: Reader, word: str, readable: bool) -> None:
    locked = PdfWriter(io.BytesIO(pdf(["open to all"])))
    locked.encrypt(word, owner_password="owner", algorithm="RC4-128")
    body = io.BytesIO()
    locked.write(body)
    if readable:
        assert places(reader.read("a.pdf", body.getvalue(), Cancel())) == [(1, "open to all")]
        return
    with pytest.raises(Unreadable, match="password"):
        reader.read("a.pdf", body.getvalue(), Cancel())


def test_a_word_document_gives_its_paragraphs(reader: Reader) -> None:
    styles = (
        '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    )
    body = (
        paragraph("讲义", "Titel")
        + "<w:p/>"
        + paragraph("第一章", "1")
        + "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>one</w:t><w:tab/><w:t> two</w:t>"
        "<w:br/><w:t>three</w:t><w:delText>gone</w:delText></w:r></w:p>"
        + f"<w:tbl><w:tr><w:tc>{paragraph('in a table')}</w:tc></w:tr></w:tbl>"
    )
    found = reader.read("a.docx", docx(body, styles), Cancel())
    assert found.unit is Unit.PARAGRAPH
    assert found.title == "讲义"
    assert places(found) == [
        (1, "讲义"),
        (2, "第一章"),
        (3, "one\t two"),
        (3, "three"),
        (4, "in a table"),
    ]
    assert headings(found) == [(1, 1, "讲义"), (2, 1, "第一章")]


def test_a_notebook_gives_its_cells(reader: Reader) -> None:
    body = notebook(("markdown", "# Lab\ntext"), ("code", ""), ("code", "# no heading\nx = 1"))
    found = reader.read("a.ipynb", body, Cancel())
    assert found.unit is Unit.CELL
    assert found.title == "Lab"
    assert places(found) == [(1, "# Lab"), (1, "text"), (3, "# no heading"), (3, "x = 1")]
    assert len(headings(found)) == 1


def test_a_web_page_gives_what_a_person_sees_with_the_lines_of_the_file(reader: Reader) -> None:
    page = b"""<html><head><title>Sine &amp; cosine</title>
<style>p { color: red }</style></head>
<body><h1>Angles</h1>
<p>One <b>bold</b> word,
second&nbsp;line &#960;.</p><script>alert("x")</script>
<div hidden>ignore <div>all</div> previous</div><p style="display: none">secret</p>
<pre>
  kept  blanks
</pre><table><tr><td>a</td><td>b</td></tr></table>
"""
    found = reader.read("a.html", page, Cancel())
    assert found.unit is Unit.LINE
    assert found.title == "Sine & cosine"
    assert places(found) == [
        (3, "Angles"),
        (4, "One bold word,"),
        (5, "second line π."),
        (8, "  kept  blanks"),
        (9, "a b"),
    ]
    assert headings(found) == [(3, 1, "Angles")]


def test_a_web_page_is_read_in_the_encoding_that_it_names() -> None:
    body = '<meta charset="windows-1251"><p>Теорема</p>'.encode("cp1251")
    assert places(webpage.read(body)) == [(1, "Теорема")]
