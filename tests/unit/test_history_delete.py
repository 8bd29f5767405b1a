"""What is deleted is gone from every byte on the disk."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from assistant.history import NAME, ConversationId, History, erasing, open_history
from assistant.history.database import Database

SECRETS = ("SECRETwordOne", "机密的龘靐齉文字", "Zq7#vault")
TRACES = [s.encode() for s in SECRETS] + ["龘靐齉".encode(), b"q7#va", b"wordOne", "靐".encode()]


SEED, COUNT = 2, 100


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def turn(history: History, number: ConversationId, words: str, size: int = 20) -> None:
    with history.answer(history.ask(number, None, f"ask {words}")) as writer:
        writer.reasoning(f"think {words} " * size)
        writer.text(f"say {words} " * size)
    history.fold(writer.id, f"sum {words}")


def secret_among_others(history: History) -> ConversationId:
    draw = random.Random(5)
    secret = history.begin()
    for n in range(30):
        turn(history, history.begin(), f"plain {n} {draw.random()}", draw.randrange(1, 100))
        if n % 3 == 0:
            turn(history, secret, " ".join(SECRETS), draw.randrange(1, 100))
    return secret


def test_a_deleted_conversation_leaves_no_trace(tmp_path: Path) -> None:
    with open_history(tmp_path / NAME) as history:
        secret = secret_among_others(history)
        assert all(trace in everything(tmp_path) for trace in TRACES)
        assert history.delete(secret) is None
        assert [trace for trace in TRACES if trace in everything(tmp_path)] == []
        assert not history.search(SECRETS[0])
        assert len(history.search("plain", 1000)) == 60
    assert [trace for trace in TRACES if trace in everything(tmp_path)] == []


def test_copies_in_rearranged_pages_go_too(tmp_path: Path) -> None:
    """Rows that grow and shrink move between pages, where zeros for the last copy are not
    enough: without writing the file anew some of these words stay."""
    draw = random.Random(SEED)
    with open_history(tmp_path / NAME) as history:
        open_ones = []
        for n in range(COUNT):
            number = history.begin()
            words = f"SECRET{n:04} "
            question = history.ask(number, None, words * draw.randrange(1, 90))
            writer = history.answer(question)
            writer.text(words * draw.randrange(1, 90))
            open_ones.append((number, words, writer))
        draw.shuffle(open_ones)
        for _, words, writer in open_ones:
            writer.close("answered")
            history.fold(writer.id, words * draw.randrange(1, 200))
        for _, words, writer in open_ones:
            history.fold(writer.id, words * draw.randrange(1, 50))
        gone = open_ones[: COUNT * 2 // 3]
        history.delete(*(number for number, _, _ in gone))
        left = everything(tmp_path)
        assert [words for _, words, _ in gone if words.strip().encode() in left] == []
        assert all(words.strip().encode() in left for _, words, _ in open_ones[len(gone) :])


def test_deleting_everything_takes_the_copies_too(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with open_history(path) as history:
        secret_among_others(history)
    for kept in ("history.v0-20260101-000000.db", "history.damaged-20260101-000000.db"):
        (tmp_path / kept).write_bytes(path.read_bytes())
    with open_history(path) as history:
        assert history.delete_all() is None
        assert history.list() == ()
    assert [trace for trace in TRACES if trace in everything(tmp_path)] == []
    assert not list(tmp_path.glob("history.*-2026*"))


def test_a_damaged_file_that_is_kept_aside_is_told_of(tmp_path: Path) -> None:
    kept = tmp_path / "history.damaged-20260101-000000.db"
    kept.write_bytes(b"x")
    with open_history(tmp_path / NAME) as history:
        number = history.begin()
        turn(history, number, "x")
        notice = history.delete(number)
        assert notice is not None
        assert str(kept) in notice.args
    assert kept.exists()


def test_a_reader_delays_the_erasing_and_the_next_opening_does_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.history.database.PATIENCE", 0.1)
    path = tmp_path / NAME
    with open_history(path) as history:
        secret = secret_among_others(history)
        other = Database(path)
        with other.reading() as connection:
            connection.execute("SELECT count(*) FROM message").fetchone()
            assert history.delete(secret) is erasing.TRACES
        other.close()
    with open_history(path):
        pass
    assert [trace for trace in TRACES if trace in everything(tmp_path)] == []


def test_an_answer_that_is_deleted_while_it_is_written_stays_deleted(tmp_path: Path) -> None:
    with open_history(tmp_path / NAME) as history, open_history(tmp_path / NAME) as other:
        number = history.begin()
        writer = history.answer(history.ask(number, None, SECRETS[0]))
        writer.text(SECRETS[1])
        assert other.delete(number) is None
        writer.text(SECRETS[2])
        time.sleep(1)
        writer.close("answered")
        assert history.list() == ()
    assert [trace for trace in TRACES if trace in everything(tmp_path)] == []


def test_what_is_older_than_the_setting_goes_when_the_history_is_opened(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with open_history(path) as history:
        old, new = history.begin(), history.begin()
        turn(history, old, " ".join(SECRETS))
        turn(history, new, "plain")
        with history._database.writing() as connection:
            connection.execute(
                "UPDATE conversation SET touched = touched - 8 * 86400 WHERE id = ?", (old,)
            )
        assert history.older(9) == 0
        assert history.older(7) == 1
    with open_history(path, days=9) as history:
        assert len(history.list()) == 2
    with open_history(path, days=7) as history:
        assert [one.id for one in history.list()] == [new]
    assert [trace for trace in TRACES if trace in everything(tmp_path)] == []


def test_incognito_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_history(None) as history:
        assert history.incognito
        number = secret_among_others(history)
        assert history.search(SECRETS[0])
        history.delete(number)
        assert not history.search(SECRETS[0])
    assert list(tmp_path.iterdir()) == []
