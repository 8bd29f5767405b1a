"""Diffs of many files as they are read for a review, and the files that they are about."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.coding.diffs import DiffError
from assistant.coding.reviewing.patches import Change, FilePatch, read_patches
from assistant.coding.reviewing.sides import Sides, sides_of

SEVERAL = """From 1 Mon Sep 17 00:00:00 2001
Subject: many things
--- not a file
diff --git a/notes.txt b/notes.txt
index 111..222 100644
--- a/notes.txt
+++ b/notes.txt
@@ -1,3 +1,3 @@ def heading():
 one
--- two
+++ TWO
 three
@@ -9 +9,2 @@
-nine
+NINE
+ten
\\ No newline at end of file
diff --git a/old name.py b/new name.py
similarity index 90%
rename from old name.py
rename to new name.py
--- a/old name.py\t
+++ b/new name.py\t
@@ -1,2 +1,2 @@
 x = 1

-y = 2
+y = 3
diff --git "a/\\346\\226\\207\\t.py" "b/\\346\\226\\207\\t.py"
new file mode 100644
--- /dev/null
+++ "b/\\346\\226\\207\\t.py"
@@ -0,0 +1 @@
+print(1)
diff --git a/gone.py b/gone.py
deleted file mode 100644
--- a/gone.py
+++ /dev/null
@@ -1 +0,0 @@
-print(0)
diff --git a/run.sh b/run.sh
old mode 100644
new mode 100755
diff --git a/cat.png b/cat.png
index 1..2 100644
Binary files a/cat.png and b/cat.png differ
--
2.39.2
"""
ONE = "--- a/f.py\n+++ b/f.py\n@@ -1,2 +1,2 @@\n def f(x):\n-    return x\n+    return -x\n"


def only(text: str) -> FilePatch:
    """The one file of a diff."""
    (patch,) = read_patches(text)
    return patch


def test_every_kind_of_change_is_read() -> None:
    wrong = SEVERAL.replace(" x = 1\n\n", " x = 1\n")
    notes, renamed, new, gone, mode, binary = read_patches(wrong)
    assert [h.side("+") for h in notes.hunks] == [("one", "++ TWO", "three"), ("NINE", "ten")]
    assert [h.side("-") for h in notes.hunks] == [("one", "-- two", "three"), ("nine",)]
    assert [(it.sign, it.old, it.new) for it in notes.hunks[1].lines] == [
        ("-", 9, 0), ("+", 0, 9), ("+", 0, 10),
    ]  # fmt: skip
    assert notes.ends
    assert (renamed.old, renamed.new, renamed.change) == (
        "old name.py", "new name.py", Change.RENAMED,
    )  # fmt: skip
    assert (new.old, new.new, new.change) == ("", "文\t.py", Change.NEW)
    assert (gone.old, gone.new, gone.change) == ("gone.py", "", Change.DELETED)
    assert (mode.modes, mode.hunks) == (("100644", "100755"), ())
    assert (binary.name, binary.binary) == ("cat.png", True)


def test_a_diff_without_git_is_read() -> None:
    text = "--- old.py\t2026-01-01 10:00\n+++ new.py\t2026-01-02\n@@ -1 +1 @@\n-a\n+b\n"
    patch = only(text)
    assert (patch.old, patch.new, patch.change) == ("old.py", "new.py", Change.CHANGED)


@pytest.mark.parametrize("old", ["a/x.py", "x.py", "src/x.py"])
def test_only_prefixes_of_git_are_taken_off(old: str) -> None:
    new = old.replace("a/", "b/") if old.startswith("a/") else old
    patch = only(f"--- {old}\n+++ {new}\n@@ -1 +1 @@\n-a\n+b\n")
    assert patch.new == old.removeprefix("a/")


def test_a_diff_that_was_saved_on_windows_is_the_same() -> None:
    assert read_patches(ONE.replace("\n", "\r\n")) == read_patches(ONE)


def test_ends_of_lines_of_the_file_are_no_part_of_its_lines() -> None:
    text = ONE.replace("-    return x\n+    return -x\n", "-    return x\r\n+    return x\n")
    patch = only(text)
    assert patch.ends
    assert patch.hunks[0].side("-") == patch.hunks[0].side("+")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("hello\nworld\n", "no unified diff"),
        (ONE.replace("@@ -1,2 +1,2 @@", "@@ -1,9 +1,9 @@"), "cut off"),
        (ONE.replace("-    return x", "*    return x"), "line 5"),
        (ONE + "@@ -5 +5,2 @@\n-x\n+y\n@@ -9 +9 @@\n-x\n+y\n", "cut off"),
        ("@@ -1 +1 @@\n-a\n+b\n", "without a name"),
        ("diff --cc f.py\n@@@ -1,2 -1,2 +1,3 @@@\n  x\n", "merge"),
        ("--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+" + "x" * 30_000, "longer"),
        ("".join(f"diff --git a/{n} b/{n}\nnew mode 1\n" for n in range(501)), "500"),
        ("\n" * 200_001 + ONE, "200000"),
    ],
    ids=["no diff", "short", "sign", "short hunk", "no name", "merge", "wide", "files", "lines"],
)
def test_what_is_no_diff_is_refused_with_its_line(text: str, word: str) -> None:
    with pytest.raises(DiffError) as refused:
        read_patches(text)
    told = refused.value.why.en.format(*refused.value.why.args)
    assert word in told
    assert refused.value.why.zh != refused.value.why.en


def test_an_empty_diff_changes_nothing() -> None:
    assert read_patches(" \n\n") == ()


# the files

BEFORE = "def f(x):\n    return x\n\n\ndef g(x):\n    return 2\n"
AFTER = BEFORE.replace("return x\n", "return -x\n")


def seen(folder: Path, text: str = ONE) -> Sides:
    """The sides of the one file of a diff."""
    return sides_of(only(text), folder)


@pytest.mark.parametrize("there", [BEFORE, AFTER])
def test_the_file_on_the_disk_may_be_either_side(tmp_path: Path, there: str) -> None:
    (tmp_path / "f.py").write_bytes(there.replace("\n", "\r\n").encode())
    found = seen(tmp_path)
    assert (found.before, found.after, found.why) == (BEFORE, AFTER, None)
    assert found.note is None


def test_paths_start_from_the_repository_or_from_here(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    below = tmp_path / "src"
    below.mkdir()
    (tmp_path / "f.py").write_text("something = 1\n")
    (below / "f.py").write_text(BEFORE)
    assert seen(below).after == AFTER


def test_git_says_which_side_it_is_where_both_fit(tmp_path: Path) -> None:
    (tmp_path / "f.py").write_text("x\nx\n")
    text = "--- a/f.py\n+++ b/f.py\n@@ -1,2 +1,3 @@\n x\n x\n+x\n"
    unsure = sides_of(only(text), tmp_path)
    assert unsure.after == "x\nx\nx\n"  # three lines do not stand there, so it is the old one
    (tmp_path / "f.py").write_text("x\nx\nx\n")
    either = sides_of(only(text), tmp_path)
    assert either.note is not None
    blob = "f3eae69"  # git's name for three lines "x"
    named = text.replace(
        "--- a", f"diff --git a/f.py b/f.py\nindex {blob}..1234567 100644\n--- a", 1
    )
    assert sides_of(only(named), tmp_path).note is None


def test_a_new_file_and_one_that_goes_need_no_disk(tmp_path: Path) -> None:
    new = seen(tmp_path, "--- /dev/null\n+++ b/n.py\n@@ -0,0 +1,2 @@\n+a\n+b\n")
    assert (new.before, new.after) == (None, "a\nb\n")
    gone = seen(tmp_path, "--- a/n.py\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n")
    assert (gone.before, gone.after) == ("a\nb\n", None)


def test_without_context_the_lines_still_find_their_places(tmp_path: Path) -> None:
    (tmp_path / "f.py").write_text("1\n1\n2\n2\n3\n")
    text = "--- a/f.py\n+++ b/f.py\n@@ -1,0 +2,2 @@\n+new\n+new\n@@ -4 +6 @@\n-2\n+two\n"
    assert seen(tmp_path, text).after == "1\nnew\nnew\n1\n2\ntwo\n3\n"


@pytest.mark.parametrize(
    "name",
    [
        "../secret.py", "x/../../secret.py", "/etc/passwd", "\\etc\\passwd", "C:\\secret.py",
        "C:secret.py", "~/secret.py", "..\\secret.py", "link.py", "folder/secret.py",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (tmp_path / "secret.py").write_text(BEFORE)
    (here / "link.py").symlink_to(tmp_path / "secret.py")
    (here / "folder").symlink_to(tmp_path)
    found = sides_of(FilePatch(name, name, hunks=only(ONE).hunks), here)
    assert (found.before, found.after, found.path) == (None, None, None)
    assert found.why is not None
    assert "out of this folder" in found.why.en or "not there" in found.why.en


@pytest.mark.parametrize("kind", ["pipe", "folder", "bytes", "large", "other", "missing"])
def test_what_is_no_text_of_either_side_is_not_believed(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "f.py"
    match kind:
        case "pipe":
            os.mkfifo(place)
        case "folder":
            place.mkdir()
        case "bytes":
            place.write_bytes(b"\xff\xfe" + BEFORE.encode())
        case "large":
            place.write_bytes(b" " * ((4 << 20) + 1))
        case "other":
            place.write_text("another = 1\n")
        case _:
            pass
    found = seen(tmp_path)
    assert found.why is not None
    assert (found.before, found.after) == (None, None)
