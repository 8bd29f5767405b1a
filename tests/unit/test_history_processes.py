"""Several processes at one history; and processes that die in the middle of a word."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.history import NAME, MessageId, State, open_history

WRITER = """
import sys, time
from pathlib import Path
from assistant.history import open_history
history = open_history(Path(sys.argv[1]))
number = history.begin()
parent = None
for turn in range(1000):
    writer = history.answer(history.ask(number, parent, f"question {turn}"), "micro")
    print("answer", writer.id, time.monotonic(), flush=True)
    for n in range(int(sys.argv[2])):
        (writer.reasoning if n % 3 else writer.text)(f"<{n}>")
        print("piece", n, time.monotonic(), flush=True)
        time.sleep(0.002)
    writer.close("answered")
    print("closed", writer.id, time.monotonic(), flush=True)
    parent = writer.id
"""
LOST = 1.0
"""Seconds before its death of which a writer may leave nothing."""


def killed(path: Path, draw: random.Random) -> tuple[float, list[str]]:
    """When a writer was killed, and what it had said before."""
    pieces = draw.choice((40, 200, 2000))
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(pieces)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(draw.uniform(0, 2.5))
    moment = time.monotonic()
    os.kill(process.pid, signal.SIGKILL)
    lines = [first, *process.stdout.read().splitlines()]
    process.stdout.close()
    process.wait(10)
    return moment, lines


def check(path: Path, moment: float, lines: list[str]) -> None:
    """Everything that was written a second before the end is there."""
    answers: dict[int, list[int]] = {}
    closed: set[int] = set()
    current = 0
    for line in lines:
        found = re.fullmatch(r"(answer|piece|closed) (\d+) ([\d.]+)\n?", line)
        if not found or float(found[3]) > moment:
            continue  # the line that the end has cut off
        kind, number, then = found[1], int(found[2]), float(found[3])
        if kind == "answer":
            current = number
            answers[current] = []
        elif kind == "closed":
            closed.add(number)
        elif then < moment - LOST:
            answers[current].append(number)
    with open_history(path) as history:
        for number, pieces in answers.items():
            message = history.message(MessageId(number))
            stored = message.text + message.reasoning
            missing = [n for n in pieces if f"<{n}>" not in stored]
            assert not missing, (number, missing[:5], stored[-20:])
            if number in closed:
                assert message.state is State.CLOSED
                assert message.outcome == "answered"
        last = history.message(MessageId(max(answers)))
        assert last.state in (State.CRASHED, State.CLOSED)


def kill_many(path: Path, times: int, at_once: int) -> None:
    def one(seed: int) -> None:
        check(path, *killed(path, random.Random(seed)))

    with ThreadPoolExecutor(at_once) as several:
        list(several.map(one, range(times)))
    for sign in path.parent.glob("*.writing"):  # of those that were between two answers
        os.utime(sign, (0, 0))
    with open_history(path) as history, history._database.raw() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        assert (
            connection.execute("SELECT count(*) FROM message WHERE state = 'open'").fetchone()[0]
            == 0
        )
    assert not list(path.parent.glob("*.writing"))
    assert not list(path.parent.glob("*damaged*"))


@pytest.mark.slow
def test_a_killed_writer_loses_the_last_second_at_most(tmp_path: Path) -> None:
    kill_many(tmp_path / NAME, 8, 4)


@pytest.mark.slow
def test_two_hundred_killed_writers_lose_the_last_second_at_most(tmp_path: Path) -> None:
    kill_many(tmp_path / NAME, 200, 2)


MANY = """
import sys
from pathlib import Path
from assistant.history import open_history
with open_history(Path(sys.argv[1])) as history:
    for n in range(15):
        number = history.begin()
        with history.answer(history.ask(number, None, f"{sys.argv[2]} asks {n}")) as writer:
            writer.text("word " * 50)
        history.search("word")
        assert history.turns(number)[0].answer.text
"""


def test_processes_that_begin_at_once_share_one_history(tmp_path: Path) -> None:
    path = tmp_path / NAME
    writers = [
        subprocess.Popen([sys.executable, "-c", MANY, str(path), f"no{n}"], stderr=subprocess.PIPE)
        for n in range(5)
    ]
    for writer in writers:
        _, told = writer.communicate(timeout=60)
        assert (writer.returncode, told) == (0, b"")
    with open_history(path) as history:
        assert history.notices == ()
        assert len(history.list(1000)) == 75
        assert len(history.search("asks no3", 1000)) == 15


def test_a_living_writer_is_not_taken_for_dead(tmp_path: Path) -> None:
    path = tmp_path / NAME
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), "100000"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    number = MessageId(int(process.stdout.readline().split()[1]))
    try:
        for _ in range(2):
            with open_history(path) as history:
                assert history.message(number).state is State.OPEN
    finally:
        process.kill()
        process.stdout.close()
        process.wait(10)
    with open_history(path) as history:
        assert history.message(number).state is State.CRASHED


def test_a_history_that_is_closed_without_its_writer_shows_the_answer_as_cut(
    tmp_path: Path,
) -> None:
    with open_history(tmp_path / NAME) as history:
        writer = history.answer(history.ask(history.begin(), None, "q"))
        writer.text("half")
        time.sleep(1)
    with open_history(tmp_path / NAME) as history:
        message = history.message(writer.id)
        assert (message.state, message.text) == (State.CRASHED, "half")
        assert history.search("half")
