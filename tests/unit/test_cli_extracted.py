"""What ``ask`` takes out of an answer: a block of code, and JSON that fits a schema."""

from __future__ import annotations

import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.blocks import code_block
from assistant.cli.structured import misfit
from runtimes.texts import Text


@pytest.mark.parametrize(
    ("answer", "block"),
    [
        ("So:\n```python\nprint(1)\n```\nDone.\n", "print(1)\n"),
        ("```\na\n```\n\n```\nb\n```\n", "a\n"),
        ("~~~\na\n```\nb\n~~~\n", "a\n```\nb\n"),
        ("````md\n```py\nx\n```\n````\n", "```py\nx\n```\n"),
        ("```c\nint main", "int main\n"),
        ("```c\nint main\n", "int main\n"),
        ("```\n```", ""),
        ("1. Do:\n\n    ```sh\n    ls\n      -l\n    ```\n", "ls\n  -l\n"),
        ("- ```sh\n  ls\n  ```\n", "ls\n"),
        ("  ```\n x\n  ```\n", "x\n"),
        ("```\n\n\n```\n", "\n\n"),
        ("```` is no ``` block `here`", None),
        ("```inline```\n", None),
        ("no code", None),
        ("", None),
    ],
)
def test_the_first_block_is_taken_as_it_can_be_run(answer: str, block: str | None) -> None:
    assert code_block(answer) == block


@given(st.text("`~ -1.\n\tx", max_size=80))
def test_any_text_has_a_block_or_none(text: str) -> None:
    block = code_block(text)
    assert block is None or block == "" or block.endswith("\n")


@pytest.mark.parametrize(
    "evil", ["`" * 2_000_000, "`~" * 500_000, " " * 2_000_000, "```\n" * 300_000]
)
def test_a_hostile_answer_is_looked_through_at_once(evil: str) -> None:
    began = time.process_time()
    code_block(evil)
    assert time.process_time() - began < 3


NUMBER = '{"type": "number"}'


@pytest.mark.parametrize(
    ("answer", "schema", "said"),
    [
        ("4", NUMBER, None),
        ('"4"', NUMBER, "does not fit"),
        ("", NUMBER, "ended before"),
        ("[4", '{"type": "array"}', "ended before"),
        ("NaN", NUMBER, "ended before"),
        ("-Infinity", NUMBER, "ended before"),
        ("[" * 100_000, '{"type": "array"}', "ended before"),
        ("4", '{"type": "nosuch"}', "schema is none"),
        ('"a"', '{"pattern": "("}', "schema is none"),
        ("4", '{"minimum": "x"}', "schema is none"),
        ("4", '{"$ref": "#/$defs/x", "$defs": {"x": {"$ref": "#/$defs/x"}}}', "does not fit"),
        ("4", "true", None),
        ("4", "false", "does not fit"),
    ],
)
def test_an_answer_fits_its_schema_or_it_is_said_why(
    answer: str, schema: str, said: str | None
) -> None:
    wrong = misfit(answer, schema)
    if said is None:
        assert wrong is None
    else:
        assert isinstance(wrong, Text)
        assert said in wrong.en


def test_nothing_that_a_schema_points_at_is_fetched() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/schema"
        for schema in (
            f'{{"$ref": "{url}"}}',
            f'{{"$schema": "{url}", "$ref": "file:///etc/hosts"}}',
        ):
            wrong = misfit("4", schema)
            assert wrong is not None
            assert "does not fit" in wrong.en
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.accept()
