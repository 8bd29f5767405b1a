"""Passages cover their document, line for line."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.notes.chunking import MOST, chunks, fitted, text_of
from assistant.notes.kinds import Kind
from assistant.notes.readers.plain import document
from assistant.notes.types import Row, Unit

LINES = st.lists(
    st.one_of(
        st.sampled_from(["", "  ", "# One", "## Two", "```", "def f(x):", "第三章 积分", "===="]),
        st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=300),
        st.integers(1, 4000).map(lambda n: "长" * n),
        st.integers(1, 6000).map(lambda n: "word " * (n // 5)),
    ),
    min_size=1,
    max_size=60,
)
KINDS = st.sampled_from([Kind.TEXT, Kind.MARKDOWN, Kind.CODE, Kind.TEX])


@settings(max_examples=150)
@given(LINES, KINDS, st.sampled_from([300, MOST]), st.sampled_from(Unit))
def test_every_line_is_in_a_passage_and_only_short_paragraphs_are_in_two(
    lines: list[str], kind: Kind, most: int, unit: Unit
) -> None:
    rows = fitted(document("\n".join(lines), kind).rows, most)
    found = chunks(rows, unit, most)
    assert found[0].start == 0
    assert found[-1].end == len(rows)
    for one, other in pairwise(found):
        assert one.start < other.start <= one.end < other.end
        again = text_of(rows[other.start : one.end])
        assert len(again.encode()) * 6 <= most
    for one in found:
        size = len(text_of(rows[one.start : one.end]).encode())
        assert size <= most + most // 6 + 1
        if unit is Unit.PAGE:
            assert rows[one.start].number == rows[one.end - 1].number


@settings(max_examples=100)
@given(LINES, KINDS, st.integers(8, 2000))
def test_a_fitted_document_is_the_same_document(lines: list[str], kind: Kind, most: int) -> None:
    rows = document("\n".join(lines), kind).rows
    pieces = fitted(rows, most)
    assert all(len(row.text.encode()) <= most for row in pieces)
    assert text_of(pieces) == text_of(rows) == "\n".join(row.text for row in rows)
    assert sorted({row.number for row in pieces}) == [row.number for row in rows]


def test_a_passage_ends_where_a_section_begins() -> None:
    text = "# Algebra\n" + "groups and rings\n" * 40 + "\n# Analysis\n" + "limits\n" * 60
    rows = document(text, Kind.MARKDOWN).rows
    found = chunks(rows)
    assert [(c.heading, rows[c.start].number) for c in found] == [("Algebra", 1), ("Analysis", 43)]


def test_small_sections_stay_together_and_headings_make_a_path() -> None:
    text = "# Book\n## One\na\n\n## Two\nb\n"
    (found,) = chunks(document(text, Kind.MARKDOWN).rows)
    assert found.heading == "Book"
    long = "# Book\n## One\n" + "first part\n" * 60 + "### Deep\n" + "second part\n" * 60
    assert [c.heading for c in chunks(document(long, Kind.MARKDOWN).rows)] == [
        "Book",
        "Book › One › Deep",
    ]


def test_the_last_paragraph_before_a_cut_is_told_again() -> None:
    paragraphs = [f"paragraph {n} " + "x" * 180 for n in range(20)]
    rows = document("\n\n".join(paragraphs)).rows
    found = chunks(rows)
    assert len(found) > 2
    assert all(one.end - other.start == 2 for one, other in pairwise(found))  # it and a blank line


def test_a_function_takes_its_comment_and_its_decorator_along() -> None:
    body = "    return 1\n" * 60
    text = f"import os\n\ndef first():\n{body}\n# about second\n@cached\ndef second(x):\n{body}"
    rows = document(text, Kind.CODE).rows
    second = next(c for c in chunks(rows) if "second" in c.heading)
    assert rows[second.start].text == "# about second"


def test_a_megabyte_without_a_line_end_is_cut_at_its_words() -> None:
    rows = fitted([Row(1, "lorem ipsum " * 90_000)])
    assert all(row.number == 1 and row.text.endswith(" ") for row in rows)
    assert len(chunks(rows)) == len(rows) > 600
