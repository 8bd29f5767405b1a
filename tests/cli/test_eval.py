"""``assistant eval`` as a developer runs it, in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import assistant

SET = [
    {"id": "a", "question": "What is it?", "answer": "x = 4"},
    {"id": "b", "question": "And this?", "answer": 5},
]


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set, and two scripts: one that knows one answer, one that knows both."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    (tmp_path / "set.jsonl").write_text("\n".join(map(json.dumps, SET)), encoding="utf-8")
    for name, answers in (("one", ("x = 4", "<b>6</b>")), ("two", ("4", "5"))):
        lines = "\n".join(
            json.dumps({"text": f"\\boxed{{{a}}}"}) + '\n{"next": true}' for a in answers
        )
        (tmp_path / f"{name}.jsonl").write_text(lines.rsplit("\n", 1)[0], encoding="utf-8")
    return tmp_path


def evaluated(folder: Path, name: str, *more: str) -> str:
    done = assistant(
        "eval", str(folder / "set.jsonl"), "-m", f"scripted:{folder / name}.jsonl",
        "--lang", "en", *more,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_set_is_asked_saved_and_gone_on_with(given: Path) -> None:
    saved = given / "saved.jsonl"
    out = evaluated(given, "one", "--save", str(saved))
    assert "1 of 2 right, 50.0 %" in out
    whole = saved.read_bytes()
    saved.write_bytes(whole[:-9])  # the machine went off
    again = assistant(
        "eval", str(given / "set.jsonl"), "-m", f"scripted:{given / 'one'}.jsonl",
        "--save", str(saved), "--lang", "en",
    )  # fmt: skip
    assert "1 of 2 questions are answered" in again.stderr
    lines = saved.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a", "b"]
    other = assistant(
        "eval", str(given / "set.jsonl"), "-m", "micro", "--save", str(saved), "--lang", "en"
    )
    assert other.returncode == 2
    assert "name another file" in other.stderr


def test_results_of_other_questions_and_other_files_are_left_alone(given: Path) -> None:
    """Without ids of their own the questions of every set go by the numbers of their lines."""
    saved, note = given / "saved.jsonl", given / "note"
    (given / "set.jsonl").write_text('{"question": "What?", "answer": "x = 4"}', encoding="utf-8")
    evaluated(given, "one", "--save", str(saved))
    (given / "set.jsonl").write_text('{"question": "Who?", "answer": "5"}', encoding="utf-8")
    note.write_text("my only copy", encoding="utf-8")
    for file, told in ((saved, "another question by the id 1"), (note, "line 1 is no result")):
        before = file.read_bytes()
        done = assistant(
            "eval", str(given / "set.jsonl"), "-m", f"scripted:{given / 'one'}.jsonl",
            "--save", str(file), "--lang", "en",
        )  # fmt: skip
        assert done.returncode == 2
        assert told in done.stderr
        assert file.read_bytes() == before


@pytest.mark.slow
def test_two_ways_are_compared(given: Path) -> None:
    first, second, page = given / "1.jsonl", given / "2.jsonl", given / "page.html"
    evaluated(given, "one", "--save", str(first))
    evaluated(given, "two", "--save", str(second))
    done = assistant(
        "eval", "--compare", str(first), str(second), "--html", str(page), "--lang", "en"
    )
    assert done.returncode == 0, done.stderr
    assert "both right 1 · only the first 0 · only the second 1 · neither 0" in done.stdout
    assert "no difference is shown (p = 1.000)" in done.stdout
    html = page.read_text(encoding="utf-8")
    assert "<b>6" not in html
    assert "<script" not in html
    record = json.loads(assistant("eval", "--compare", str(first), str(second), "--json").stdout)
    assert (record["only_second"], record["significant"]) == (1, False)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ([], "a set is needed"),
        (["{0}/set.jsonl", "--route", "exact"], "asks no model"),
        (["nowhere.jsonl", "-m", "micro"], "cannot read the set"),
        (["{0}/bad.jsonl", "-m", "micro"], "line 1 is no JSON object"),
        (["--compare", "{0}/set.jsonl", "{0}/set.jsonl"], "line 1 is no result"),
        (["--compare", "{0}/nowhere", "{0}/set.jsonl"], "cannot read the results"),
        (["{0}/set.jsonl", "-m", "micro", "--save", "{0}/no/x.jsonl"], "cannot write the results"),
    ],
)
def test_bad_input_says_what_to_do(given: Path, args: list[str], told: str) -> None:
    (given / "bad.jsonl").write_text("x\n", encoding="utf-8")
    done = assistant("eval", *(arg.format(given) for arg in args), "--lang", "en")
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_the_model_is_asked_where_the_exact_solver_knows_too(given: Path) -> None:
    """It is the model that is measured, the default one as one that is named."""
    sums = [{"question": "2+3=?", "answer": "5"}, {"question": "2+4=?", "answer": "6"}]
    (given / "set.jsonl").write_text("\n".join(map(json.dumps, sums)), encoding="utf-8")
    home = given / "home" / "config"
    home.mkdir(parents=True)
    model = f"scripted:{given / 'one'}.jsonl"
    (home / "settings.toml").write_text(f"default_model = {model!r}\n", encoding="utf-8")
    done = assistant(
        "eval", str(given / "set.jsonl"), "--lang", "en", "--html", str(given / "no" / "page.html")
    )
    assert "0 of 2 right" in done.stdout
    assert model in done.stdout
    assert done.returncode == 2  # for the page
    assert "cannot write the file" in done.stderr


def test_an_unknown_model_is_told(given: Path) -> None:
    done = assistant("eval", str(given / "set.jsonl"), "-m", "nobody", "--lang", "en")
    assert done.returncode in (2, 3)
    assert "nobody" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_question_is_asked_in_its_own_language(given: Path) -> None:
    """Its template is read; one that cannot be used tells which it was."""
    prompts = given / "home" / "config" / "prompts"
    prompts.mkdir(parents=True)
    for route in ("maths", "talk"):
        (prompts / f"{route}.zh.txt").write_text("没有占位符", encoding="utf-8")
    (given / "set.jsonl").write_text('{"question": "它是什么？", "answer": "4"}', encoding="utf-8")
    model = f"scripted:{given / 'one'}.jsonl"
    done = assistant("eval", str(given / "set.jsonl"), "-m", model)
    assert "zh.txt" in done.stderr
    assert done.returncode != 0
    evaluated(given, "one")  # with --lang en
