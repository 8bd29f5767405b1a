"""``--json``: one record whatever happens, and nothing in it that a terminal would obey."""

from __future__ import annotations

import io
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli import render
from assistant.cli.main import run
from assistant.maths.types import Lang

UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class Kept:
    """A stand-in for stdout that keeps what is written."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass


def written(record: dict[str, object], encoding: str = "utf-8") -> str:
    kept = Kept()
    kept.encoding = encoding
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", kept)
        render.write_json(record)
    return kept.text.removesuffix("\n")


HOSTILE = "\x7f\x9b31m\x85\u202e\u2066\u200d\u2028\u2029\ufeff\U000e0041\ud800"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "gb18030"])
def test_what_a_terminal_obeys_is_escaped(encoding: str) -> None:
    line = written({HOSTILE: ["数学 é 😀", HOSTILE]}, encoding)
    assert not [c for c in line if unicodedata.category(c) in UNSAFE]
    assert json.loads(line) == {HOSTILE: ["数学 é 😀", HOSTILE]}
    assert "\\u009b31m" in line
    line.encode(encoding)


def test_other_words_stay_readable() -> None:
    assert written({"text": "数学 é 😀"}) == '{"text": "数学 é 😀"}'


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_it_is_the_same_json(text: str) -> None:
    line = written({"text": text})
    assert json.loads(line) == {"text": text}
    assert not [c for c in line if unicodedata.category(c) in UNSAFE]


@pytest.mark.parametrize(
    "words",
    [
        ("fit", "no-such-model"),
        ("verify", "no-such-model"),
        ("rm", "no-such-model", "--yes"),
        ("bench", "no-such-model"),
        ("models", "show", "no-such-model"),
        ("models", "remove", "no-such-model"),
        ("pull", "no-such-model"),
        ("ask", "1 + 1?", "-m", "no-such-model"),
    ],
)
@pytest.mark.parametrize("lang", list(Lang))
def test_a_failure_is_a_record_too(
    words: tuple[str, ...],
    lang: Lang,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    assert run([*words, "--json", "--lang", lang.value]) == 2
    out, _ = capsys.readouterr()
    events = [json.loads(line) for line in out.splitlines()]
    assert len(events) == 1 or events[-1]["event"] == "finished"  # of a turn, which always ends so
    (record,) = [event for event in events if event["event"] == "error"]
    assert record["kind"] == "NotFound"
    assert "no-such-model" in record["message"]
    assert ("目录" in record["message"]) == (lang is Lang.ZH)
