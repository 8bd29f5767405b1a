"""Code read out of answers: blocks, languages, names, diffs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coding.answers import code_in
from assistant.coding.blocks import Block, BlockReader, blocks_of
from assistant.coding.diffs import DiffError, apply_diff, difference
from assistant.coding.naming import block_language, file_name, guess_language, safe_name
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import Code, Refused

ANSWER = """Two ways.

```python
def f(x):
    return x
```
1. in a list:
   ~~~py title="b.py"
   import f
   ~~~
```` text
``` not a fence ```
````
"""
PIECES = st.lists(
    st.sampled_from(
        [
            "```",
            "````",
            "~~~",
            "python",
            "\n",
            "\r\n",
            " ",
            "x = 1",
            "- ",
            "`",
            "文",
            "\n```\n",
            "~~~~",
        ]
    ),
    max_size=30,
)


def one(info: str, text: str = "x\n") -> Block:
    return Block(info, text, 0, 0, 1)


def test_blocks_with_their_places() -> None:
    found = blocks_of(ANSWER)
    assert [(b.info, b.text, b.line) for b in found] == [
        ("python", "def f(x):\n    return x\n", 4),
        ('py title="b.py"', "import f\n", 9),
        ("text", "``` not a fence ```\n", 12),
    ]
    lines = ANSWER.split("\n")
    assert all(lines[b.line - 1].strip() == b.text.split("\n")[0] for b in found)
    assert ANSWER[found[0].start : found[0].end].startswith("```python\n")
    assert ANSWER[found[0].start : found[0].end].endswith("\n```")


def test_a_block_that_is_not_closed_goes_to_the_end() -> None:
    (block,) = blocks_of("```py\na\n\nb")
    assert (block.text, block.closed) == ("a\n\nb\n", False)


@given(PIECES, st.lists(st.integers(0, 200), max_size=6))
def test_any_cut_gives_the_same_blocks(pieces: list[str], cuts: list[int]) -> None:
    text = "".join(pieces)
    reader, found, last = BlockReader(), [], 0
    for cut in sorted({min(cut, len(text)) for cut in cuts} | {len(text)}):
        found += reader.feed(text[last:cut])
        last = cut
    assert (*found, *reader.flush()) == blocks_of(text)


@given(PIECES)
def test_a_block_stands_where_it_says(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for block in blocks_of(text):
        assert end <= block.start < block.end <= len(text)
        end = block.end


@pytest.mark.parametrize(
    ("info", "text", "language"),
    [
        ("python", "anything", Language.PYTHON),
        ("Py", "", Language.PYTHON),
        ("{.python .number}", "", Language.PYTHON),
        ("js", "", Language.JAVASCRIPT),
        ("cpp", "", Language.CPP),
        ("app.js", "", Language.JAVASCRIPT),
        ("", "def f(x):\n    return x\n", Language.PYTHON),
        ("", "const a = 1;\nconsole.log(a)", Language.JAVASCRIPT),
        ("", "#include <stdio.h>\nint main() {}", Language.C),
        ("", "#include <iostream>\nint main() {}", Language.CPP),
        ("", "#!/bin/bash\nls", Language.SHELL),
        ("", "SELECT * FROM t;", Language.SQL),
        ("", "The answer is 42.", None),
        ("text", "def f(): pass", None),
        ("", ">>> f(2)\n3\n", None),
        ("json", '{"a": 1}', None),
        ("diff", "--- a\n+++ b\n", None),
    ],
)
def test_the_language_of_a_block(info: str, text: str, language: Language | None) -> None:
    assert block_language(one(info, text)) is language


def test_a_text_that_is_no_python_is_no_python() -> None:
    assert guess_language("import the following\nprint(everything nice)") is None


@pytest.mark.parametrize(
    ("info", "text", "name"),
    [
        ("python", "# file: tools.py\nx", "tools.py"),
        ("python", "# tools.py\nx", "tools.py"),
        ("python title=a/b/tools.py", "", "tools.py"),
        ('python title="tools.py"', "", "tools.py"),
        ("python:tools.py", "", "tools.py"),
        ("python", "# 文件：tools.py\nx", "tools.py"),
        ("python title=../../etc/passwd.py", "", "solution.py"),
        ("python title=/etc/tools.py", "", "solution.py"),
        ("python title=C:\\x\\tools.py", "", "solution.py"),
        ("python", "# file: ~/tools.py\n", "solution.py"),
        ("python", "# file: -c.py\n", "solution.py"),
        ("python", "# see tools.txt\n", "solution.py"),
        ("python", "# tools.js\n", "solution.py"),
        ("python title=statistics.py", "", "solution.py"),
        ("python title=pytest.py", "", "solution.py"),
        ("python title=__main__.py", "", "solution.py"),
        ("python title=hypothesis.py", "", "solution.py"),
    ],
)
def test_a_name_never_leaves_the_folder(info: str, text: str, name: str) -> None:
    assert file_name(one(info, text), Language.PYTHON) == name


@given(st.text(max_size=60))
def test_no_name_is_a_path(name: str) -> None:
    found = safe_name(name)
    assert not set(found) & set("/\\:\0\n")
    assert found not in (".", "..")


def code(answer: str, language: Language | None = None, before: SourceFile | None = None) -> Code:
    found = code_in(answer, language, before)
    assert isinstance(found, Code), found
    return found


def test_the_last_definition_is_the_program_with_what_it_needs() -> None:
    answer = (
        "```python\nimport math\nK = 2\n```\nslow:\n```python\ndef f(x):\n    return 1\n```\n"
        "fast:\n```python\ndef f(x):\n    return math.sqrt(x) * K\n```\n"
        "use:\n```python\nprint(f(2))\n```\n"
    )
    found = code(answer)
    assert found.program.text.startswith("import math\nK = 2\ndef f(x):\n    return math")
    lines = answer.split("\n")
    for number, line in enumerate(found.program.text.rstrip().split("\n"), 1):
        assert lines[found.answer_line(number) - 1] == line


def test_several_files() -> None:
    found = code("```python title=main.py\nimport a\n```\n```python title=a.py\nx = 1\n```")
    assert [file.name for file in found.files] == ["main.py", "a.py"]


def test_a_bare_block_is_taken_where_a_language_was_asked_for() -> None:
    assert code("```\nx = 1\n```", Language.PYTHON).program.text == "x = 1\n"


@pytest.mark.parametrize(
    "answer",
    ["no code", "```text\nhello\n```", "```python\ndef f(:\n"],
    ids=["none", "text", "cut"],
)
def test_an_answer_without_code_says_so(answer: str) -> None:
    assert isinstance(code_in(answer), Refused)


OLD = "a\nb\nc\nd\nb\ne\n"


def test_a_diff_is_applied_where_it_fits() -> None:
    before = SourceFile("own.py", OLD)
    found = code(
        "```diff\n--- a/own.py\n+++ b/own.py\n@@ -3,2 +3,2 @@\n c\n-d\n+D\n```", None, before
    )
    assert (found.program.name, found.program.text) == ("own.py", "a\nb\nc\nD\nb\ne\n")
    assert apply_diff(OLD, "@@ -90,9 +1,1 @@\n c\n-d\n+D\n") == "a\nb\nc\nD\nb\ne\n"


@pytest.mark.parametrize(
    "diff",
    [
        "",
        "nothing",
        "@@ -1,1 +1,1 @@\n-z\n+y\n",
        "@@ -9,1 +9,1 @@\n-b\n+y\n",
        "@@ -1,1 +1,1 @@\n a\n",
        "@@ -1,1 +1,1 @@\n*what\n",
        "--- a\n+++ a\n@@ -1,1 +1,1 @@\n-a\n+x\n--- b\n+++ b\n@@ -1,1 +1,1 @@\n-b\n+x\n",
    ],
)
def test_a_diff_that_does_not_fit_changes_nothing(diff: str) -> None:
    with pytest.raises(DiffError):
        apply_diff(OLD, diff)


@given(
    st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12)
)
def test_a_diff_of_ours_leads_from_one_to_the_other(old: list[str], new: list[str]) -> None:
    before, after = "".join(f"{x}\n" for x in old), "".join(f"{x}\n" for x in new)
    diff = difference("x.py", before, after)
    assert (apply_diff(before, diff) if diff else before) == after


RIGHT = "```python\ndef sq(n):\n    return n * n\n```\n"
WRONG = "```python\ndef sq(n):\n    return n + n\n```\n"


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        (f"{RIGHT}A wrong version that people write:\n{WRONG}", "n * n"),
        (f"{RIGHT}常见的错误写法：\n{WRONG}", "n * n"),
        (f"First:\n{WRONG}That was wrong. Corrected:\n{RIGHT}", "n * n"),
        (f"{RIGHT}Your version was wrong; now it is:\n{WRONG}", "n + n"),
        (f"{RIGHT}错误已修正：\n{WRONG}", "n + n"),
        (f"A wrong version:\n{WRONG}", "n + n"),
        (f"{RIGHT}带错误处理的实现：\n{WRONG}", "n + n"),
        (f"{RIGHT}There is nothing wrong with this:\n{WRONG}", "n + n"),
        (f"{WRONG}This is wrong for 1. Let me correct it:\n{RIGHT}", "n * n"),
        (f"{RIGHT}And here is the buggy version:\n{WRONG}", "n * n"),
        (f"{RIGHT}Yours was wrong, here's mine:\n{WRONG}", "n + n"),
    ],
)
def test_a_block_that_is_shown_as_wrong_is_not_taken(answer: str, taken: str) -> None:
    found = code_in(answer)
    assert isinstance(found, Code)
    assert taken in found.program.text


def test_code_in_a_language_that_does_not_run_here_is_named() -> None:
    found = code_in("```typescript\nlet a: number = 1\n```\n```text\n1\n```")
    assert isinstance(found, Refused)
    assert found.why.args == ("typescript",)
