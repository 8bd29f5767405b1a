"""Examples that show a terminal."""

from __future__ import annotations

import pytest

from assistant.coding.examples.terminal import runs_in


@pytest.mark.parametrize(
    ("typed", "arguments", "stdin"),
    [
        ("echo '3 4' | ./add.sh", (), "3 4\n"),
        ("echo 3 4 | bash add.sh -v", ("-v",), "3 4\n"),
        ("echo -n x | ./add.sh", (), "x"),
        ("printf 'a\\nb\\n' | sh ./add.sh", (), "a\nb\n"),
        ("./add.sh 3 'four five'", ("3", "four five"), ""),
        ('./add.sh <<< "3 4"', (), "3 4\n"),
        ("node add.js 3", ("3",), ""),
    ],
)
def test_a_line_is_a_program_with_its_input(
    typed: str, arguments: tuple[str, ...], stdin: str
) -> None:
    (run,) = runs_in(f"Write it:\n```\n$ {typed}\n7\n8\n```\n")
    assert (run.arguments, run.stdin, run.wanted) == (arguments, stdin, "7\n8")


@pytest.mark.parametrize(
    "typed",
    [
        "cat file | ./add.sh", "echo $HOME | ./add.sh", "echo 3 | ./add.sh | sort",
        "./add.sh > out",
        "./add.sh < in.txt", "echo 3 | ./add.sh; ls", "ls", "rm -rf x", "bash -c 'echo 1'",
        "echo `date` | ./add.sh", "./add.sh *", "echo 'open | ./add.sh",
        "printf '%d\\n' 3 | ./add.sh",
        "echo -e 'a\\nb' | ./add.sh", "(./add.sh)", "./add.sh &", "./add.sh {1..4}", "./add.sh ~/x",
        "./add.sh a[bc]", "x" * 600,
    ],
)  # fmt: skip
def test_a_line_with_more_in_it_is_no_example(typed: str) -> None:
    assert runs_in(f"Write it:\n```\n$ {typed}\n7\n```\n") == ()


@pytest.mark.parametrize(
    "question",
    [
        "Write it.\n```\n$ ./a.sh\n1\n$ ./b.sh\n2\n```",
        "My script currently prints:\n```\n$ ./a.sh\n1\n```",
        "Write it.\n```\n$ ./a.sh\n1\n```\nbut that is wrong",
        "```python\n$ ./a.sh\n1\n```",
        "$ ./a.sh\n1",
        "Write it.\n```\n$ ./a.sh 9\n1\n2\n...\n9\n```",
    ],
)
def test_what_is_not_plainly_wanted_is_no_example(question: str) -> None:
    assert runs_in(question) == ()


def test_several_runs_of_one_program_are_examples_each() -> None:
    found = runs_in("Do:\n```console\nme@host:~$ echo 1 | ./a.sh\n2\n\n$ ./a.sh 5\n6\n```\n")
    assert [(run.stdin, run.arguments, run.wanted) for run in found] == [
        ("1\n", (), "2\n"),
        ("", ("5",), "6"),
    ]


def test_a_prompt_at_which_nothing_is_typed_yet_is_no_output() -> None:
    (run,) = runs_in("Write it:\n```\n$ ./a.sh 2\n4\n$ \n```\n")
    assert run.wanted == "4"


def test_each_run_that_is_shown_is_one() -> None:
    lines = "".join(f"$ ./a.sh {n}\n{n}\n" for n in range(30))
    assert len(runs_in(f"Write it:\n```\n{lines}```\n")) == 30
