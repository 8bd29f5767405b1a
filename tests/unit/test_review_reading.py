"""What a change does to definitions, which findings it brings in, and what remarks point at."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.coding.diffs import difference
from assistant.coding.reviewing.outline import Touch, around, outlined
from assistant.coding.reviewing.patches import read_patches
from assistant.coding.reviewing.remarks import remarks_of
from assistant.coding.reviewing.reviewing import ReviewTask, review
from assistant.coding.reviewing.telling import file_lines
from assistant.coding.reviewing.types import FileReview
from assistant.coding.sandbox.policy import Policy, Way
from assistant.coding.types import Effort

BEFORE = '''"""Prices."""
RATE = 2


def mean(items):
    """Mean."""
    return sum(items) / len(items)


def taxed(n):
    return total([n, RATE])


def total(items):
    return sum(items)


class Till:
    def open(self, key):
        return key == 1

    def close(self):
        """Shut it."""


def gone(x):
    return x
'''
AFTER = '''"""Prices."""
RATE = 3


def mean(items):
    """Mean of items."""
    return sum(items) / len(items)  # as it was


def taxed(n):
    return total([n, RATE])


def total(items, start=0):
    return sum(items, start)


class Till:
    def open(self, key):
        return key == 2

    def close(self):
        """Shut it."""


def come(x):
    return taxed(x)
'''
NOWHERE = Policy(Way.LOOSE, ())


def test_definitions_are_told_by_what_becomes_of_them() -> None:
    found = outlined(BEFORE, AFTER)
    assert found is not None
    assert found.rest
    assert {item.name: item.touch for item in found.definitions} == {
        "mean": Touch.WORDS,
        "taxed": Touch.REACHED,
        "total": Touch.SIGNATURE,
        "Till.open": Touch.CHANGED,
        "gone": Touch.REMOVED,
        "come": Touch.ADDED,
    }
    assert found.comparable() == ("total", "Till.open", "taxed")
    signature = next(item for item in found.definitions if item.name == "total")
    assert (signature.before, signature.after) == ("total(items)", "total(items, start=0)")


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("def f(x):\n    return (x)\n", "def f( x ) :\n  # why\n  return x\n", True),
        ("x = 'a'\n", 'x = "a"\n', True),
        ("x = 1\ny = 2\n", "y = 2\nx = 1\n", False),
        ("def f(): return 1\n", "def f(): return 1.0\n", False),
    ],
)
def test_the_same_program_is_known_by_its_tree(before: str, after: str, same: bool) -> None:
    found = outlined(before, after)
    assert found is not None
    assert found.same is same


def test_statements_that_change_places_are_a_change() -> None:
    found = outlined("x = 1\ny = 2\n", "y = 2\nx = 1\n")
    assert found is not None
    assert found.rest


def test_what_is_no_python_has_no_outline() -> None:
    assert outlined("def f(:\n", "x = 1\n") is None
    assert around("def f(:\n") == {}


def seen(folder: Path, before: str, after: str) -> FileReview:
    """The facts about a change of one file, without running anything."""
    (folder / "f.py").write_text(after, encoding="utf-8")
    task = ReviewTask(
        patches=read_patches(difference("f.py", before, after)),
        folder=folder,
        run=False,
        effort=Effort(),
    )
    (found,) = review(task, NOWHERE)
    assert isinstance(found, FileReview)
    return found


def test_only_findings_that_the_change_brings_in_are_told(tmp_path: Path) -> None:
    before = "def f():\n    unused = 1\n    return nowhere\n"
    after = "import os\n\n\ndef f():\n    unused = 1\n    return nowhere + elsewhere\n"
    found = seen(tmp_path, before, after)
    told = {(item.line, item.text.args[0]) for item in found.findings}
    assert (6, "elsewhere") in told
    assert not [line for line, word in told if word == "nowhere" or line == 5]
    if not found.unlooked:
        assert 1 in {line for line, _ in told}  # an import that nobody uses


def test_a_second_finding_of_the_same_words_is_new(tmp_path: Path) -> None:
    one = "def f():\n    unused = 1\n"
    found = seen(tmp_path, one, "def g():\n    unused = 1\n\n\n" + one)
    if not found.unlooked:
        assert [item.line for item in found.findings] == [2]


def test_a_change_that_breaks_the_syntax_is_told(tmp_path: Path) -> None:
    found = seen(tmp_path, "x = 1\n", "x = (1\n")
    assert found.broken
    assert [(item.line, item.fatal) for item in found.findings] == [(1, True)]
    still = seen(tmp_path, "x = (1\n", "x = (2\n")
    assert not still.broken
    assert still.note is not None
    assert "before the change as after it" in still.note.en
    mended = seen(tmp_path, "x = (1\n", "x = 1\nimport os\n")
    assert not mended.broken
    assert not mended.findings


@pytest.mark.parametrize(
    ("part", "count", "why"),
    [
        ("\n#" + 999 * "y", 1_100, "too long"),
        (".a", 9_000, "too deeply"),
        (" + 1", 4_500, "too deeply"),
    ],
    ids=("long", "names", "sums"),
)
def test_what_is_beyond_our_limits_is_not_looked_at_and_not_broken(
    tmp_path: Path, part: str, count: int, why: str
) -> None:
    found = seen(tmp_path, "x = y\n", f"x = y{part * count}\n")
    assert not found.broken
    assert not found.findings
    assert found.why is not None
    assert why in str(found.why)


@pytest.mark.parametrize(("before", "told"), [("", False), ("a = 1\n", True)])
def test_ends_of_lines_differ_only_where_there_are_two_sides(before: str, told: bool) -> None:
    old = f"-{before}" if before else ""
    start, count = ("a/a.py", "1") if before else ("/dev/null", "0,0")
    head = f"--- {start}\n+++ b/a.py\n@@ -{count} +1 @@\n"
    (patch,) = read_patches(f"{head}{old}+a = 1\n\\ No newline at end of file\n")
    lines = [text.en for text in file_lines(FileReview(patch=patch))]
    assert any("ends of lines" in line for line in lines) is told


# remarks

DIFF = difference("shop/prices.py", BEFORE, AFTER) + difference("a.py", "x = 1\n", "x = 2\n")
REVIEW = """The change raises the rate.

- `shop/prices.py:2`: the rate `RATE = 3` should be named.
- prices.py:14 takes a start, see `return sum(items, start)`
- 第 9999 行：这里会出错。
- In prices.py line 77777 something is wrong.
- other.py:2 is not good.
- I like it.
- the key was
  ```python
  return key == 1
  ```
"""


def test_remarks_are_tied_to_the_lines_that_they_name_or_quote() -> None:
    found = remarks_of(REVIEW, read_patches(DIFF))
    whole, rate, start, chinese, far, other, liked, block = found
    assert not whole.places
    assert not whole.strange
    assert [(at.file, at.line, at.sign) for at in rate.places] == [("shop/prices.py", 2, "+")]
    assert [(at.line, at.sign) for at in start.places] == [(14, "+"), (15, "+")]
    assert chinese.strange == ("第 9999 行",)
    assert far.strange == ("prices.py line 77777",)
    assert other.strange == ("other.py:2",)
    assert (liked.places, liked.strange) == ((), ())
    assert [(at.line, at.sign) for at in block.places] == [(20, "-")]


def test_a_line_that_several_files_have_is_not_guessed() -> None:
    (found,) = remarks_of(
        "Look at line 2.", read_patches(DIFF + difference("b.py", "1\n2", "1\n3"))
    )
    assert (found.places, found.strange) == ((), ())


def test_a_quotation_that_stands_everywhere_points_nowhere() -> None:
    text = "".join(f"value = {n}\n" for n in range(9))
    many = difference("f.py", "", text.replace("value", "pass\nvalue"))
    (found,) = remarks_of("Why `pass`?", read_patches(many))
    assert not found.places
