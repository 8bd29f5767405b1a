"""Terminals, pipes, files: where the output goes and what happens when it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import PROGRAM, assistant, on_terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


def rows(count: int) -> str:
    return "".join(json.dumps({"id": n, "input": f"{n + 1}x = 1"}) + "\n" for n in range(count))


@pytest.mark.slow
def test_a_terminal_gets_colours_and_its_width_is_kept() -> None:
    code, text = on_terminal(["solve", "2x + 3 = 11"], columns=40)
    assert code == 0
    assert "\x1b[32m✓" in text
    piped = on_terminal(["solve", "2x + 3 = 11", "--plain"], columns=40)[1]
    assert max(map(len, piped.splitlines())) <= 40


@pytest.mark.parametrize("off", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colours_where_nobody_wants_them(off: dict[str, str]) -> None:
    assert "\x1b" not in on_terminal(["solve", "x = 1"], env=off)[1]


@pytest.mark.slow
def test_the_bar_counts_on_the_terminal_and_leaves_the_records_alone(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(rows(25) + "\n\n", encoding="utf-8")
    with target.open("wb") as file:
        code, text = on_terminal(["solve", "--batch", str(source)], stdout=file.fileno())
    assert code == 0
    assert "25/25" in text
    records = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [r["id"] for r in records] == list(range(25))


@pytest.mark.slow
def test_there_is_no_bar_without_a_terminal(tmp_path: Path) -> None:
    done = assistant("solve", "--batch", "-", stdin=rows(2))
    assert done.stderr == ""
    assert done.stdout.count("\n") == 2


@pytest.mark.parametrize("words", [["x = factorial(10^9)"], ["--batch", "-"]])
def test_ctrl_c_ends_with_130_and_one_line(words: list[str]) -> None:
    code, text = on_terminal(["solve", *words], typed=[(1.5, b"\x03")])
    assert code == 130
    assert text.endswith("assistant: interrupted\n")
    assert "Traceback" not in text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", ["solve 'x = 1'", "solve --batch -", "equal 1 1"])
def test_a_full_disk_is_said(words: str) -> None:
    done = subprocess.run(
        f"{' '.join(PROGRAM)} {words} > /dev/full",
        shell=True, input=rows(3), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("assistant: cannot write the output")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("closed", "code"), [("0<&-", 2), ("1>&-", 0), ("2>&-", 0)])
def test_a_stream_may_be_closed(closed: str, code: int) -> None:
    words = "solve -" if code else "solve 'x = 1'"
    done = subprocess.run(
        f"{' '.join(PROGRAM)} {words} {closed}",
        shell=True, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_text_comes_in_an_encoding_that_is_sure_or_is_refused(tmp_path: Path) -> None:
    assert "x = 2" in assistant("solve", "-", stdin=b"\xef\xbb\xbfx + 1 = 3").stdout
    lines = "解方程：2(x-3) = 10\r\n2x - 6 = 10\r\n所以 x = 8\r\n"
    for number, encoding in enumerate(("gb18030", "utf-16")):
        work = tmp_path / f"{number}.txt"
        work.write_bytes(lines.encode(encoding))
        done = assistant("check", str(work))
        assert (done.returncode, done.stdout.count("[已证明]")) == (0, 2)
    for command in ("solve", "check"):
        done = assistant(command, "-", stdin=b"x = \x81\x8d1")
        assert done.returncode == 2
        assert "UTF-8" in done.stderr


def test_input_has_a_limit() -> None:
    for command in (["solve", "--file"], ["check"]):
        done = assistant(*command, "/dev/zero")
        assert done.returncode == 2
        assert "too long" in done.stderr


def test_an_old_encoding_gets_formulas_in_its_own_signs() -> None:
    done = assistant("solve", "sqrt(x+2)=x", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "?" not in done.stdout
    assert "x + 2 = x^2" in done.stdout
    assert "sqrt(x + 2) = x\n" in done.stdout
