"""What a question brings along: whole where it fits, else searched, never cut in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import pdf
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.notes.attached import Attachments, passages
from assistant.notes.quoting import quoted
from assistant.notes.types import Unreadable
from runtimes.base import Cancel
from runtimes.errors import Unsupported

CHAPTERS = {
    "Groups": "A group has an inverse for each element.",
    "Rings": "A ring has two operations.",
    "Fields": "In a field every element but zero can be inverted.",
    "Galois": "The Galois correspondence links subgroups and intermediate fields.",
}


def book() -> str:
    return "\n".join(
        f"# {title}\n{text}\n" + f"Nothing more is said of it on line {n}. " * 50
        for n, (title, text) in enumerate(CHAPTERS.items())
    )


def test_what_fits_is_given_whole() -> None:
    text = "one\n\ntwo\n"
    selection = passages(text, "stdin", "anything", 1000)
    assert selection.whole
    assert selection.notices() == ()
    (only,) = selection.passages
    assert (only.path, str(only.place), only.text) == ("stdin", "1-3", "one\n\ntwo")


def test_of_what_does_not_fit_the_best_passages_are_given_in_order() -> None:
    text = book()
    selection = passages(text, "algebra.md", "What links subgroups and fields?", 4000)
    assert not selection.whole
    assert "Galois correspondence" in selection.passages[-1].text
    firsts = [passage.place.first for passage in selection.passages]
    assert firsts == sorted(firsts)
    lines = text.split("\n")
    for passage in selection.passages:  # the lines that it names are the lines that it quotes
        first, last = passage.place.first, passage.place.last
        assert passage.text in "\n".join(lines[first - 1 : last])
    (notice,) = selection.notices()
    assert notice.args[0] == "algebra.md"
    assert 0 < int(str(notice.args[1])) < 100
    assert len(quoted(selection.passages)) <= 4000


def test_without_a_word_in_common_the_begin_is_given() -> None:
    selection = passages(book(), "a.md", "总结一下", 3000)
    assert selection.passages[0].place.first == 1
    assert "inverse" in selection.passages[0].text


def test_several_attachments_share_the_room() -> None:
    both = Attachments()
    both.add_text("a", "alpha words\n\n" * 400)
    both.add_text("b", "beta words\n\n" * 400)
    selection = both.select("summary", 4000)
    assert {passage.path for passage in selection.passages} == {"a", "b"}
    assert len(selection.notices()) == 2
    about = both.select("alpha", 3000)
    assert {passage.path for passage in about.passages} == {"a"}


def test_files_are_attached_like_notes(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(["first page", "second page"]))
    files = Attachments()
    assert files.add_file(tmp_path / "a.pdf", Cancel()) is None
    block = quoted(files.select("?", 1000).passages)
    assert "a.pdf:p.1-2" in block
    with pytest.raises(Unreadable):
        files.add_file(tmp_path / "none.pdf", Cancel())


def test_a_huge_line_is_searched_too() -> None:
    text = "noise " * 100_000 + "the needle is here" + " noise" * 100_000
    selection = passages(text, "x", "where is the needle", 3000)
    assert any("the needle is here" in passage.text for passage in selection.passages)
    assert {str(passage.place) for passage in selection.passages} == {"1"}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=400), max_size=12),
    st.text(max_size=40),
    st.integers(0, 3000),
)
def test_the_block_never_outgrows_its_room(parts: list[str], question: str, budget: int) -> None:
    files = Attachments()
    for n, text in enumerate(parts):
        files.add_text(f"file {n}", text * 3)
    selection = files.select(question, budget)
    assert len(quoted(selection.passages)) <= budget
    told = {str(notice.args[0]) for notice in selection.notices()}
    given_whole = {share.name for share in selection.shares if share.used == share.total}
    assert told | given_whole == {f"file {n}" for n in range(len(parts))}


def test_a_text_of_nothing_but_line_ends_is_refused() -> None:
    with pytest.raises(Unsupported, match="stdin: it has more than 2000000 lines"):
        Attachments().add_text("stdin", "\n" * 3_000_000)


def test_half_characters_do_no_harm() -> None:
    assert "a?b" in quoted(passages("a\ud800b", "x", "?", 500).passages)
