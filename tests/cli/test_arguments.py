"""What the command line understands, and how it says what it does not."""

from __future__ import annotations

import re
from argparse import Namespace
from importlib import import_module
from pathlib import Path

import pytest
from command import assistant

from assistant.cli.main import COMMANDS, _command_at
from assistant.cli.parser import Parser, byte_count
from assistant.maths.showing.boxes import columns
from runtimes.texts import Lang


def without_han(text: str) -> bool:
    return not re.search("[\u4e00-\u9fff]", text)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_all_in_one_language(command: str) -> None:
    words = [command] if command else []
    english = assistant(*words, "--help", "--lang", "en")
    chinese = assistant(*words, "--help", "--lang", "zh")
    assert english.returncode == chinese.returncode == 0
    assert without_han(english.stdout.replace("解方程", ""))
    assert not re.search(r"usage|options:|positional|\(default|show (?!ID)", chinese.stdout)
    assert english.stdout.startswith("usage: assistant")
    assert chinese.stdout.startswith("用法：assistant")
    for done in (english, chinese):
        assert max(map(columns, done.stdout.splitlines())) <= 80


def test_the_locale_chooses_the_language_of_the_help() -> None:
    assert "用法" in assistant("--help", LC_ALL="zh_CN.UTF-8").stdout
    assert "usage" in assistant("--help", LC_ALL="de_DE.UTF-8").stdout


@pytest.mark.parametrize("words", [(), ("solve",), ("--lang", "zh", "history")])
def test_help_is_a_command_too(words: tuple[str, ...]) -> None:
    done = (
        assistant("help", *words)
        if words[:1] != ("--lang",)
        else assistant(*words[:2], "help", *words[2:])
    )
    assert done.returncode == 0
    assert done.stdout == assistant(*words, "--help").stdout


def test_nothing_at_all_shows_the_help() -> None:
    done = assistant()
    assert done.returncode == 0
    assert "assistant solve" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["slove", "x"], "did you mean: assistant solve"),
        (["2x+3=11"], "assistant solve"),
        (["--bogus"], "--bogus"),
        (["solve"], "no problem"),
        (["solve", "x", "--bogus"], "--bogus"),
        (["solve", "x", "--timeout", "abc"], "a number is needed"),
        (["solve", "x", "--timeout", "0"], "from 0.1"),
        (["solve", "x", "--timeout", "nan"], "from 0.1"),
        (["solve", "x", "--timeout"], "needs a value"),
        (["solve", "x", "--memory", "12X"], "512M"),
        (["solve", "x", "--memory", "1K"], "from 256M"),
        (["solve", "x", "--memory", "0.2G"], "from 256M"),
        (["solve", "x", "--memory", "1.G"], "512M"),
        (["solve", "x", "--jobs", "2.5"], "whole number"),
        (["solve", "x", "--task", "dance"], "must be one of solve, simplify"),
        (["solve", "x", "--lang", "fr"], "must be one of zh, en"),
        (["solve", "x", "--json", "--latex"], "exclude each other"),
        (["solve", "x", "--brief=1"], "takes no value"),
        (["solve", "x = 1", "--html", "/no/such/folder/x.html"], "cannot write the page"),
        (["solve", "--file", "/"], "a folder"),
        (["solve", "--batch", "/no/such/file"], "no such file"),
        (["equal", "1"], "two answers"),
        (["equal", "1", "(("], "cannot be read"),
        (["check", "/no/such/file"], "no such file"),
        (["check", "-"], "no lines"),
    ],
)
def test_a_wrong_call_is_told_in_one_line_and_ends_with_2(words: list[str], said: str) -> None:
    done = assistant(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


@pytest.mark.parametrize(
    "words",
    [
        ["solve", "x", "--timeout", "abc"],
        ["solve", "x", "--task", "dance"],
        ["solve", "--file", "/no/such/file"],
        ["slove"],
        ["equal", "1"],
        ["solve", "x", "--bogus"],
        ["solve", "x", "--json", "--latex"],
    ],
)
def test_errors_are_in_chinese_where_that_is_asked_for(words: list[str]) -> None:
    said = assistant("--lang", "zh", *words).stderr
    assert not re.search(r"[A-Za-z]{3,} [a-z]{3,} [a-z]{3,}", said.replace("assistant solve", ""))
    assert not without_han(said)


@pytest.mark.parametrize(
    "words",
    [
        ["-2x + 3 = 11"],
        ["-2x=8"],
        ["-", "2x", "=", "8"],
        ["2x", "=", "-8"],
        ["--brief", "-2x=8", "--plain"],
        ["--timeout", "5", "-2x=8"],
    ],
)
def test_a_problem_may_begin_with_a_minus_or_stand_without_quotes(words: list[str]) -> None:
    done = assistant("solve", "--brief", *words)
    assert done.returncode == 0
    assert "x = -4" in done.stdout


@pytest.mark.parametrize(
    "words", [["--", "--x", "x"], ["--json", "--", "x", "--x"], ["-x", "--", "-x"]]
)
def test_behind_two_minus_signs_nothing_is_an_option(words: list[str]) -> None:
    parser = Parser("assistant equal", "A B", "", Lang.EN)
    import_module("assistant.cli.equal").configure(parser)
    read = parser.read(words, Namespace())
    texts = [word for word in words if word not in ("--", "--json")]
    assert [value for value in vars(read).values() if value in texts] == texts
    assert read.json is ("--json" in words)


def test_a_file_may_have_a_name_that_looks_like_an_option() -> None:
    parser = Parser("assistant check", "FILE", "", Lang.EN)
    import_module("assistant.cli.check").configure(parser)
    for words in (["-x.txt"], ["--", "--x.txt"]):
        assert words[-1] in vars(parser.read(words, Namespace())).values()


@pytest.mark.slow
def test_escapes_in_arguments_reach_no_terminal(tmp_path: Path) -> None:
    evil = "\x1b[31m\u202e"
    for words in (
        [evil],
        ["solve", "x", f"--{evil}"],
        ["solve", "--file", str(tmp_path / evil)],
        ["solve", "x = 1", "--html", str(tmp_path / evil / "x")],
        ["solve", "x = 1", "--method", evil],
        ["solve", "x = 1", "--variable", evil],
        ["equal", evil, "1"],
        ["check", "-", "--problem", evil],
    ):
        done = assistant(*words, stdin=f"x = 1\n{evil}\n")
        assert not {"\x1b", "\u202e"} & set(done.stdout + done.stderr)
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "size"),
    [("512M", 1 << 29), ("1.5G", 3 << 29), ("0.25 GiB", 1 << 28), ("268435457", (1 << 28) + 1)],
)
def test_sizes_are_read_as_people_write_them(text: str, size: int) -> None:
    assert byte_count(lambda en, _: en)(text) == size


WORDS = {
    "models": ["show", "micro"],
    "engines": ["install", "llamacpp"],
    "equal": ["1/2", "0.5"],
    "history": ["rename", "3", "hello"],
    "notes": ["search", "foo"],
    "solve": ["2x = 4"],
    "fit": ["micro"],
    "rm": ["micro"],
    "run": ["prog.py", "a"],
}


def _configured(command: str) -> Parser:
    module = import_module(f"assistant.cli.{command}")
    parser = Parser(f"assistant {command}", module.USAGE, "", Lang.EN)
    module.configure(parser)
    return parser


@pytest.mark.parametrize("command", COMMANDS)
def test_what_holds_for_all_commands_may_stand_anywhere(command: str) -> None:
    """In each place the same is read."""
    parser, words = _configured(command), WORDS.get(command, [])
    assert {"--lang", "--offline"} <= parser._option_string_actions.keys()
    usual = vars(parser.read([*words, "--lang", "zh", "--offline"], Namespace()))
    for place in range(len(words) + 1):
        given = [*words[:place], "--offline", "--lang", "zh", *words[place:]]
        assert vars(parser.read(given, Namespace())) == usual, given


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("solve x", "solve"),
        ("--lang zh --offline models show micro", "models"),
        ("--timeout 5 solve x", "solve"),
        ("--seed 3 -m micro ask hi", "ask"),
        ("--timeout 5 help solve", "help"),
        ("-m solve", None),
        ("slove solve", "slove"),
        ("--plain slove x", "slove"),
        ("--web", None),
    ],
)
def test_the_command_is_found_among_options(line: str, command: str | None) -> None:
    words = line.split()
    at = _command_at(words)
    assert (None if at is None else words[at]) == command
