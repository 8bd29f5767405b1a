"""``assistant grade`` as a teacher runs it, in a process of its own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command import assistant

KEY = """1. Solve x^2 - 5x + 6 = 0 (3 points)
2. answer: 3/4
3. Factor x^2 - 9
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A key, two texts, a table."""
    made = tmp_path / "class"
    made.mkdir()
    (made / "key.txt").write_text(KEY, encoding="utf-8")
    (made / "ann.txt").write_text(
        "1. (x-2)(x-3) = 0\nx = 2 or x = 3\n2. 0.75\n3. (x-3)(x+3)\n", encoding="utf-8"
    )
    (made / "小明.md").write_bytes("第1题 x=2\n第2题：4/3\n".encode("gb18030"))
    (made / "more.csv").write_text(
        'name,Q1,Q2\n=cmd|x,"x=3, x=2",=1+1\n<b>Bo</b>,x=1,\n', encoding="utf-8"
    )
    (made / ".hidden.txt").write_text("1. x", encoding="utf-8")
    (made / "picture.png").write_bytes(b"\x89PNG")
    return made


def test_a_class_is_marked_in_every_form(folder: Path, tmp_path: Path) -> None:
    table, page = tmp_path / "out.csv", tmp_path / "out.html"
    done = assistant("grade", str(folder), "--csv", str(table), "--html", str(page), "--lang", "en")
    assert done.returncode == 0, done.stderr
    lines = {line.split()[0]: line for line in done.stdout.splitlines() if line.strip()}
    assert lines["ann"].split() == ["ann", "5", "/", "5", "✓", "✓", "✓"]
    assert lines["小明"].split() == ["小明", "0–3", "/", "5", "…", "✗", "–"]
    assert "1 of 2 solutions found" in done.stdout
    assert "\x1b" not in done.stdout
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert rows[0][:6] == ["student", "1", "2", "3", "points", "open"]
    assert ["'=cmd|x", "3", "", "0", "3", "1"] in [row[:6] for row in rows]
    # nothing that a student writes becomes a formula of the spreadsheet, or markup of the page
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row)
    html = page.read_text(encoding="utf-8")
    assert "<b>Bo</b>" not in html
    assert "&lt;b&gt;Bo&lt;/b&gt;" in html
    assert "<script" not in html
    assert "default-src 'none'" in html


def test_the_record_holds_every_mark(folder: Path) -> None:
    done = assistant("grade", str(folder), "--json", "--lang", "en")
    record = json.loads(done.stdout)
    by_name = {paper["student"]: paper for paper in record["papers"]}
    assert record["of"] == 5
    assert by_name["ann"]["points"] == 5
    outcomes = [mark["outcome"] for mark in by_name["小明"]["marks"]]
    assert outcomes == ["unfinished", "wrong", "missing"]


def test_a_wrong_key_is_told_and_marks_nobody(folder: Path) -> None:
    (folder / "key.txt").write_text("1. Solve 2x = 8\nanswer: x = 5\n", encoding="utf-8")
    (folder / "ann.txt").write_text("1. x = 5\n", encoding="utf-8")
    done = assistant("grade", str(folder / "ann.txt"), "--lang", "en")
    assert done.returncode == 1
    assert "the key says “x = 5”, the exact solution does not" in done.stdout
    assert "0–1 / 1" in done.stdout


def test_chinese_is_told_in_chinese(folder: Path) -> None:
    (folder / "key.txt").write_text("1. 解方程 2x = 8（2分）\n", encoding="utf-8")
    (folder / "ann.txt").write_text("1. x = 4\n", encoding="utf-8")
    done = assistant("grade", str(folder))
    assert "学生" in done.stdout
    assert "2 / 2" in done.stdout


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ([], "a folder with the students' answers is needed"),
        (["{0}/nowhere"], "there is no folder or file"),
        (["x" * 5000], "there is no folder or file"),
        (["{0}/empty"], "there is no key"),
        (["{0}/empty", "--key", "{0}/class/key.txt"], "there are no answers"),
        (["{0}/class", "--key", "{0}/class/picture.png"], "cannot read the key"),
        (["{0}/class", "--key", "{0}/class"], "cannot read the key"),
        (["{0}/class", "--key", "{0}/bad.txt"], "question 1 is there twice"),
        (["{0}/class", "--csv", "{0}/nowhere/x.csv"], "cannot write the file"),
    ],
)
def test_bad_input_says_what_to_do(folder: Path, args: list[str], told: str) -> None:
    (folder.parent / "empty").mkdir()
    (folder.parent / "bad.txt").write_text("1. x\n1. y\n", encoding="utf-8")
    done = assistant("grade", *(arg.format(folder.parent) for arg in args), "--lang", "en")
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_what_cannot_be_read_is_left_out_and_told(folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02\xff\xfe" * 50)
    (folder / "no.csv").write_text("name,age\nann,3\n", encoding="utf-8")
    done = assistant("grade", str(folder), "--lang", "en")
    assert done.returncode == 0
    assert "left out: no.csv" in done.stderr
    assert "ann" in done.stdout


def test_a_link_shows_no_other_file(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("1. secret\n", encoding="utf-8")
    (folder / "zoe.txt").symlink_to(folder.parent / "secret.txt")
    assert "secret" not in assistant("grade", str(folder), "--json").stdout


def test_what_this_program_wrote_is_no_paper(folder: Path) -> None:
    (folder / "sheet-A.md").write_text("1. x = 2\n", encoding="utf-8")
    (folder / "答案.txt").write_text("1. x = 2\n", encoding="utf-8")
    for _ in range(2):
        done = assistant("grade", str(folder), "--csv", str(folder / "marks.csv"), "--json")
    students = [paper["student"] for paper in json.loads(done.stdout)["papers"]]
    assert students == ["ann", "=cmd|x", "<b>Bo</b>", "小明"]


@pytest.mark.parametrize("text", ["1. x = 2\n", "2. so many\n"])
def test_strict_tells_a_script_that_something_is_open(folder: Path, text: str) -> None:
    (folder / "ann.txt").write_text(text, encoding="utf-8")
    done = assistant("grade", str(folder / "ann.txt"), "--strict", "--lang", "en")
    assert done.returncode == 5
