"""Documents added, found again with their place, kept up to date, taken out."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from documents import docx, notebook, paragraph, pdf
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.notes import notes as notes_module
from assistant.notes.notes import Notes, open_notes
from assistant.notes.types import FileReport, Outcome, Progress
from assistant.notes.words import marks, match, snippet, terms
from runtimes.base import Cancel
from runtimes.errors import Damaged, Unsupported


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Notes]:
    with open_notes(tmp_path / "index" / "notes.db") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    return made


def quiet(_: Progress) -> None:
    pass


def add(notes: Notes, *paths: Path) -> tuple[FileReport, ...]:
    return notes.add(paths, quiet, Cancel())


def outcomes(reports: tuple[FileReport, ...]) -> dict[str, Outcome]:
    return {Path(report.path).name: report.outcome for report in reports}


def found(notes: Notes, question: str) -> list[str]:
    return [f"{Path(p.path).name}:{p.place}" for p in notes.search(question)]


def test_every_kind_of_document_is_found_with_its_place(notes: Notes, folder: Path) -> None:
    filler = "nothing of note here\n" * 100
    (folder / "a.md").write_text(f"# Intro\n{filler}\n# Zeta\nthe hedgehog theorem\n")
    (folder / "b.py").write_text(f"{'x = 1' + chr(10)}{filler}\ndef hedgehogCount():\n    pass\n")
    (folder / "c.pdf").write_bytes(pdf(["nothing", "the hedgehog again"]))
    (folder / "d.docx").write_bytes(docx(paragraph("first") + paragraph("a hedgehog")))
    (folder / "e.ipynb").write_bytes(notebook(("code", filler), ("markdown", "hedgehogs")))
    (folder / "f.html").write_text("<title>t</title>\n<p>one</p>\n<p>hedgehog</p>")
    reports = add(notes, folder)
    assert {r.outcome for r in reports} == {Outcome.ADDED}
    assert sorted(found(notes, "hedgehog")) == [
        "a.md:103-104",
        "b.py:103-104",
        "c.pdf:p.2",
        "d.docx:¶1-2",
        "e.ipynb:#2",
        "f.html:2-3",
    ]


def test_chinese_is_found_by_words_of_any_length(notes: Notes, folder: Path) -> None:
    (folder / "积分.md").write_text(
        "# 分部积分\n利用分部积分公式计算定积\n分的例子。\n", encoding="utf-8"
    )
    (folder / "几何.md").write_text("# 几何\n三角形的内角和等于平角。\n", encoding="utf-8")
    add(notes, folder)
    for question in ("定积分", "积分", "分部积分怎么计算？", "“分部积分公式”", "例"):
        assert found(notes, question)[:1] == ["积分.md:1-3"], question
    assert found(notes, "三角形的内角和是多少") == ["几何.md:1-2"]
    assert found(notes, "“积分几何”") == []
    assert found(notes, "导数") == []


def test_words_are_found_in_other_forms_and_inside_names(notes: Notes, folder: Path) -> None:
    (folder / "a.txt").write_text("integrating by parts; the inte-\ngration constant; naïve café")
    (folder / "b.py").write_text("def parseHttpResponse(raw_bytes):\n    return raw_bytes\n")
    add(notes, folder)
    for question in (
        "integrate",
        "What is an integration constant?",
        "naive",
        "CAFÉ",
        "“by parts”",
    ):
        assert found(notes, question) == ["a.txt:1-2"], question
    for question in ("response", "parsehttpresponse", "raw_bytes", "bytes"):
        assert found(notes, question) == ["b.py:1-2"], question
    assert found(notes, "“parts by”") == []


def test_the_best_passage_comes_first(notes: Notes, folder: Path) -> None:
    (folder / "a.md").write_text("# Cats\nOf cats one says much, and of dogs as well.")
    (folder / "b.md").write_text("# Dogs\nOf dogs one says much, and of cats as well.")
    (folder / "c.md").write_text("# Weather\nIt rains cats and dogs, says the dog to the dog.")
    add(notes, folder)
    assert found(notes, "cats")[0] == "a.md:1-2"  # the heading counts more than the text
    assert len(notes.search("dog", limit=2)) == 2
    assert [p.score for p in notes.search("dog")] == sorted(
        (p.score for p in notes.search("dog")), reverse=True
    )


def test_what_has_not_changed_is_not_read_again(notes: Notes, folder: Path) -> None:
    file = folder / "a.md"
    file.write_text("first words")
    assert outcomes(add(notes, file)) == {"a.md": Outcome.ADDED}
    assert outcomes(add(notes, file)) == {"a.md": Outcome.UNCHANGED}
    os.utime(file, ns=(1, 1))
    assert outcomes(add(notes, folder)) == {"a.md": Outcome.UNCHANGED}
    file.write_text("other words")
    assert notes.search("first")[0].changed
    assert outcomes(add(notes, file)) == {"a.md": Outcome.UPDATED}
    assert found(notes, "first") == []
    assert not notes.search("other")[0].changed


def test_a_refresh_notices_what_was_changed_deleted_and_made(notes: Notes, folder: Path) -> None:
    for name in ("same.md", "changed.md", "deleted.md"):
        (folder / name).write_text(f"about {name}")
    add(notes, folder)
    (folder / "changed.md").write_text("entirely different")
    (folder / "deleted.md").unlink()
    (folder / "new.md").write_text("fresh")
    assert outcomes(notes.refresh(quiet, Cancel())) == {
        "same.md": Outcome.UNCHANGED,
        "changed.md": Outcome.UPDATED,
        "deleted.md": Outcome.REMOVED,
        "new.md": Outcome.ADDED,
    }
    assert len(notes.files()) == 3


def test_a_folder_that_is_away_keeps_its_notes(notes: Notes, folder: Path) -> None:
    (folder / "a.md").write_text("kept words")
    add(notes, folder)
    folder.rename(folder.with_name("away"))
    (report,) = notes.refresh(quiet, Cancel())
    assert report.outcome is Outcome.SKIPPED
    assert found(notes, "kept") == ["a.md:1"]


def test_what_was_removed_does_not_come_back_by_itself(notes: Notes, folder: Path) -> None:
    (folder / "a.md").write_text("one")
    (folder / "sub").mkdir()
    (folder / "sub" / "b.md").write_text("two")
    add(notes, folder)
    assert [Path(p).name for p in notes.remove([folder / "sub"])] == ["b.md"]
    assert outcomes(notes.refresh(quiet, Cancel())) == {"a.md": Outcome.UNCHANGED}
    (folder / "sub" / "c.md").write_text("three")  # one of them is wanted, not the others
    assert outcomes(add(notes, folder / "sub" / "c.md")) == {"c.md": Outcome.ADDED}
    assert set(outcomes(notes.refresh(quiet, Cancel()))) == {"a.md", "c.md"}
    notes.remove([folder / "sub" / "c.md"])
    (folder / "sub" / "c.md").unlink()
    assert outcomes(add(notes, folder)) == {"a.md": Outcome.UNCHANGED, "b.md": Outcome.ADDED}
    assert len(notes.remove([folder])) == 2
    assert notes.refresh(quiet, Cancel()) == ()
    assert notes.remove([folder]) == ()


def test_what_was_removed_is_gone_from_the_disk(tmp_path: Path, folder: Path) -> None:
    file = folder / "a.md"
    file.write_text("the xylophone password is quetzalcoatl")
    (folder / "b.md").write_text("something else")
    path = tmp_path / "notes.db"
    with open_notes(path) as notes:
        add(notes, folder)
        notes.remove([file])
    for left in tmp_path.glob("notes.db*"):
        assert b"quetzalcoatl" not in left.read_bytes()
        assert b"xylophon" not in left.read_bytes()


def test_a_folder_is_walked_with_care(notes: Notes, folder: Path, tmp_path: Path) -> None:
    for name in (".git", "node_modules", "deep/er"):
        (folder / name).mkdir(parents=True)
        (folder / name / "a.md").write_text("text")
    (folder / ".hidden.md").write_text("text")
    (folder / "picture.png").write_bytes(b"\x89PNG\0\0")
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    (tmp_path / "secret.md").write_text("outside")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.md")
    reports = add(notes, folder)
    assert outcomes(reports) == {"a.md": Outcome.ADDED, "binary.txt": Outcome.SKIPPED}
    assert not any(report.named for report in reports)


def test_packed_code_is_read_only_where_it_is_named(notes: Notes, folder: Path) -> None:
    (folder / "app.min.js").write_text("function f(x){return x}" * 5000)
    assert outcomes(add(notes, folder)) == {"app.min.js": Outcome.SKIPPED}
    assert outcomes(add(notes, folder / "app.min.js")) == {"app.min.js": Outcome.ADDED}


def test_what_cannot_be_read_is_said(notes: Notes, folder: Path) -> None:
    (folder / "empty.md").write_text("  \n")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 x")
    reports = add(notes, folder / "empty.md", folder / "broken.pdf", folder / "nowhere.md")
    assert {r.outcome for r in reports} == {Outcome.SKIPPED}
    assert all(report.named and report.why for report in reports)
    assert "no such file" in str(reports[2].why)


def test_names_that_no_text_can_hold(notes: Notes, folder: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(folder) + b"/two\nlines \xff \x1b[2J.md"))
    odd.write_text("odd words")
    add(notes, folder)
    (passage,) = notes.search("odd")
    assert passage.path == os.fspath(odd)
    assert notes.remove([odd]) == (os.fspath(odd),)


def test_the_index_is_private_and_looking_makes_none(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "data" / "notes.db"
    with open_notes(path, make=False) as notes:
        assert notes.search("anything") == ()
        assert notes.files() == ()
    assert not path.parent.exists()
    (folder / "a.md").write_text("text")
    with open_notes(path) as notes:
        add(notes, folder)
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_damaged_index_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(Damaged) as caught, open_notes(path):
        pass
    assert caught.value.remedy
    assert path.read_bytes().startswith(b"not a database")


def test_an_index_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(Unsupported, match="newer"), open_notes(path):
        pass


def test_stopping_keeps_what_is_done(tmp_path: Path, folder: Path) -> None:
    for n in range(9):
        (folder / f"{n}.md").write_text(f"number {n}")
    cancel = Cancel()

    def stop(now: Progress) -> None:
        if now.done == 4:
            cancel.set()

    path = tmp_path / "notes.db"
    with open_notes(path) as notes:
        assert len(notes.add([folder], stop, cancel)) == 5
    with open_notes(path) as notes:
        assert len(notes.files()) == 5
        assert len(notes.refresh(quiet, Cancel())) == 9


def test_two_processes_may_add_at_once(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        for n in range(150):
            (tmp_path / name / f"{n}.md").write_text(f"text {name} {n}")
    code = (
        "import sys\nfrom pathlib import Path\nfrom assistant.notes.notes import open_notes\n"
        "from runtimes.base import Cancel\n"
        "with open_notes(Path(sys.argv[1])) as notes:\n"
        "    notes.add([Path(sys.argv[2])], lambda _: None, Cancel())\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(path), str(tmp_path / name)])
        for name in ("a", "b")
    ]
    assert [process.wait(60) for process in started] == [0, 0]
    with open_notes(path) as notes:
        assert len(notes.files()) == 300


def test_a_changed_way_of_reading_reads_again(
    notes: Notes, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.md").write_text("text")
    add(notes, folder)
    monkeypatch.setattr(notes_module, "READERS", "later")
    assert outcomes(add(notes, folder)) == {"a.md": Outcome.UPDATED}


# --- words of questions ----------------------------------------------------------------------


def test_the_words_of_a_question_that_tell_something() -> None:
    assert terms("How do I integrate by parts?") == ["integrate", "parts"]
    assert terms("请问定积分怎么计算？") == ["定积", "积分", "计算"]
    assert terms("what is this") == ["what", "is", "this"]
    assert terms("???") == []


@settings(max_examples=300)
@given(st.text(max_size=80))
def test_no_question_breaks_the_search(question: str) -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='porter unicode61')")
    if wanted := match(question):
        database.execute("SELECT * FROM t WHERE t MATCH ?", (wanted,)).fetchall()
    database.close()


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(max_size=30))
def test_a_snippet_is_a_short_line(text: str, question: str) -> None:
    line = snippet(text, terms(question), width=60)
    assert len(line) <= 62
    assert "\n" not in line
    assert all(0 <= a < b <= len(text) for a, b in marks(text, terms(question)))


def test_a_snippet_shows_where_the_words_stand() -> None:
    text = "filler words " * 60 + "the Cauchy theorem on contour integrals " + "more filler " * 60
    assert "Cauchy theorem on contour integrals" in snippet(text, ["cauchy", "integral"])
    assert [text[a:b] for a, b in marks(text, ["cauchy", "integral"])] == ["Cauchy", "integrals"]
