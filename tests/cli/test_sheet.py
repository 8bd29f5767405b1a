"""``assistant sheet`` as a teacher runs it, in a process of its own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from command import assistant

from assistant.cli.printing import PLACES

PATTERN = "Solve {a}x + {b} = {c} where a = 2..9, b = -9..9, c = -20..20 [whole] (2 points)"


@pytest.mark.slow
def test_a_pattern_gives_a_sheet_and_its_key() -> None:
    done = assistant("sheet", PATTERN, "--count", "3", "--seed", "7")
    assert done.returncode == 0, done.stderr
    assert len(re.findall(r"^\d\. Solve for \$`x`\$: ", done.stdout, re.MULTILINE)) == 3
    assert len(re.findall(r"^\d\. \$`x = -?\d+`\$$", done.stdout, re.MULTILINE)) == 3
    assert done.stdout == assistant("sheet", PATTERN, "--count", "3", "--seed", "7").stdout
    assert not done.stderr


def test_without_a_seed_one_is_told() -> None:
    done = assistant("sheet", "Solve {a}x = 8 where a = 2..9", "--count", "1")
    assert re.search(r"--seed \d+ gives the same", done.stderr)


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("md", marks=pytest.mark.slow),
        pytest.param("tex", marks=pytest.mark.slow),
        "html",
    ],
)
def test_files_are_written_and_the_key_is_one_to_grade_by(tmp_path: Path, form: str) -> None:
    spec, out = tmp_path / "spec.txt", tmp_path / "out"
    spec.write_text("# 练习\n解方程 {a}x = {b} 其中 a = 2到9, b = 1到30\n", encoding="utf-8")
    done = assistant(
        "sheet", str(spec), "--count", "2", "--variants", "2", "--format", form, "--out", str(out)
    )
    assert done.returncode == 0, done.stderr
    names = {path.name for path in out.iterdir()}
    assert names == {f"{kind}-{v}.{e}" for v in "AB" for kind, e in (
        ("sheet", form), ("key", form), ("key", "txt"))}  # fmt: skip
    assert "练习 A" in (out / f"sheet-A.{form}").read_text(encoding="utf-8")
    work = tmp_path / "ann.txt"
    work.write_text("1. x = 1/7\n", encoding="utf-8")
    graded = assistant("grade", str(work), "--key", str(out / "key-A.txt"))
    assert graded.returncode == 0, graded.stderr
    assert "0 / 2" in graded.stdout


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium is here")
@pytest.mark.slow
def test_a_pdf_is_printed(tmp_path: Path) -> None:
    done = assistant(
        "sheet", "Solve {a}x = 8 where a = 2..4", "--count", "1", "--format", "pdf",
        "--out", str(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "sheet-A.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        ([], 2, "a pattern is needed"),
        (["nowhere.txt"], 2, "cannot read the patterns"),
        (["Solve {q}x = 3"], 2, "the letter q has no range"),
        (["Solve {a}x = 3 where a = 1..3", "--format", "pdf"], 2, "--format pdf --out FOLDER"),
        (["Solve {a}x = 3 where a = 1..3", "--count", "0"], 2, "--count"),
        (["Solve {a}x = 3 where a = 1..3", "--count", "9"], 2, "it was drawn before"),
        (["Solve {a}x = 3 where a = 1..3", "--count", "1", "--out", "/proc/no"], 2, "cannot write"),
    ],
)
def test_bad_input_says_what_to_do(args: list[str], code: int, told: str) -> None:
    done = assistant("sheet", *args, "--lang", "en")
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(any(map(shutil.which, PLACES)), reason="a browser is in its usual place")
def test_pdf_without_a_browser_says_what_to_do(tmp_path: Path) -> None:
    done = assistant(
        "sheet", "Solve {a}x = 8 where a = 2..4", "--count", "1", "--format", "pdf",
        "--out", str(tmp_path), "--lang", "en", PATH="",
    )  # fmt: skip
    assert done.returncode == 3
    assert "print it" in done.stderr
