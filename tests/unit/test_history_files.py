"""The file of the history: private, migrated with a backup, salvaged, never spoiled."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from assistant.history import NAME, ConversationId, History, State, open_history, schema
from assistant.history.database import Database, damage_mark
from assistant.history.failures import (
    HistoryDamaged,
    HistoryFailure,
    HistoryFull,
    HistoryTooNew,
)
from runtimes.errors import DiskFull


def turn(history: History, number: ConversationId, words: str, size: int = 20) -> None:
    with history.answer(history.ask(number, None, f"ask {words}")) as writer:
        writer.text(f"say {words} " * size)


@cache
def sound(count: int) -> bytes:
    """A history of some conversations, whole in one file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        with open_history(path) as history:
            for n in range(count):
                turn(history, history.begin(), f"word{n:03}", 40)
        return path.read_bytes()


def filled(path: Path, count: int = 30) -> None:
    path.write_bytes(sound(count))


def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / NAME
    mask = os.umask(0)
    try:
        with open_history(path) as history:
            number = history.begin()
            question = history.ask(number, None, "q")
            writer = history.answer(question)
            writer.text("a")
            files = list(path.parent.iterdir())
            assert {file.name for file in files} >= {NAME, f"{NAME}-wal", f"{NAME}-shm"}
            assert [f.name for f in files if f.stat().st_mode & 0o077] == []
            assert path.parent.stat().st_mode & 0o077 == 0
            writer.close("answered")
    finally:
        os.umask(mask)
    path.chmod(0o644)
    with open_history(path):
        assert path.stat().st_mode & 0o077 == 0


# --- versions --------------------------------------------------------------------------------


def newer(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE message ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'")


def test_an_older_version_is_migrated_and_the_old_file_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / NAME
    filled(path)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, newer))
    with open_history(path) as history:
        (notice,) = history.notices
        assert len(history.list(99)) == 30
    (backup,) = tmp_path.glob("history.v1-*.db")
    assert notice.args == (str(backup),)
    assert backup.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(backup)) as old, closing(sqlite3.connect(path)) as new:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
        assert old.execute("SELECT count(*) FROM message").fetchone() == (60,)
        assert new.execute("PRAGMA user_version").fetchone() == (2,)
        assert new.execute("SELECT DISTINCT mood FROM message").fetchall() == [("calm",)]
    with open_history(path) as history:
        assert history.notices == ()


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM message")
        connection.execute("SELECT nonsense")

    path = tmp_path / NAME
    filled(path)
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, newer, failing))
        with pytest.raises(HistoryFailure):
            open_history(path)
    with open_history(path) as history:
        assert len(history.list(99)) == 30
        assert history.search("word003")


def test_a_newer_version_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / NAME
    filled(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA user_version = 99")
    before, names = path.read_bytes(), sorted(tmp_path.iterdir())
    with pytest.raises(HistoryTooNew) as caught:
        open_history(path)
    assert caught.value.remedy is not None
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == (before, names)


@pytest.mark.parametrize("application", [0, 0x12345678])
def test_a_database_of_another_program_is_not_touched(tmp_path: Path, application: int) -> None:
    path = tmp_path / NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(HistoryTooNew):
        open_history(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]


# --- damage ----------------------------------------------------------------------------------


def kept_aside(folder: Path) -> Path:
    (kept,) = folder.glob("history.damaged-*.db")
    return kept


def test_a_file_that_is_no_database_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(b"not a database at all, but somebody's words " * 100)
    before = path.read_bytes()
    with open_history(path) as history:
        (notice,) = history.notices
        turn(history, history.begin(), "new")
        assert history.search("new")
    kept = kept_aside(tmp_path)
    assert kept.read_bytes() == before
    assert str(kept) in notice.args
    with open_history(path) as history:
        assert history.notices == ()
        assert len(history.list()) == 1


def test_a_file_without_one_of_its_tables_is_salvaged(tmp_path: Path) -> None:
    path = tmp_path / NAME
    filled(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE conversation")
    with open_history(path) as history:
        assert history.notices
        assert len(history.list(99)) == 30
        assert history.list()[0].title.startswith("ask word")


def test_an_empty_file_is_a_new_history(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()
    with open_history(tmp_path / NAME) as history:
        assert history.notices == ()
        turn(history, history.begin(), "new")


def test_a_file_that_was_cut_off_gives_back_what_is_left(tmp_path: Path) -> None:
    path = tmp_path / NAME
    filled(path, 60)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3 // 4096 * 4096])
    cut = path.read_bytes()
    with open_history(path) as history:
        assert history.notices
        found = history.list(99)
        assert 10 < len(found) <= 60
        for one in found:
            for pair in history.turns(one.id):
                assert pair.question.text == "" or pair.question.text.startswith("ask word")
        assert history.search("word")
    assert kept_aside(tmp_path).read_bytes() == cut


@pytest.mark.parametrize("length", [100, 4096])
def test_a_file_without_its_beginning_gives_everything_back(tmp_path: Path, length: int) -> None:
    path = tmp_path / NAME
    filled(path)
    raw = path.read_bytes()
    path.write_bytes(b"\xa5" * length + raw[length:])
    with open_history(path) as history:
        assert history.notices
        assert len(history.list(99)) == 30
        assert history.search("word003")
    assert kept_aside(tmp_path).read_bytes() == b"\xa5" * length + raw[length:]
    assert {file.name for file in tmp_path.iterdir()} == {
        NAME, f"{NAME}-opening", kept_aside(tmp_path).name,
    }  # fmt: skip


@pytest.mark.parametrize(
    "seed", [44, 71, *range(3), *(pytest.param(n, marks=pytest.mark.slow) for n in range(3, 120))]
)
def test_random_damage_never_stops_the_opening_and_loses_no_file(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    path = tmp_path / NAME
    filled(path)
    raw = bytearray(path.read_bytes())
    for _ in range(1 + seed):
        at = draw.randrange(0 if seed % 3 else 4096, len(raw) - 600)
        raw[at : at + 500] = draw.randbytes(500)
    path.write_bytes(raw)
    for _ in range(3):  # damage may show only at work; the next opening salvages
        try:
            history = open_history(path)
        except HistoryDamaged:
            continue
        with history:
            try:
                for one in history.list(99):
                    history.turns(one.id)
                history.search("word")
                turn(history, history.begin(), "after")
                history.delete(history.latest() or ConversationId(0))
                break
            except HistoryDamaged:
                assert damage_mark(path).exists()
    else:
        pytest.fail("still damaged after salvage")
    kept = list(tmp_path.glob("history.damaged-*.db"))
    if kept:
        assert any(bytes(raw[:64]) == file.read_bytes()[:64] for file in kept) or seed % 3


def test_a_lost_question_leaves_its_answer_readable(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with open_history(path) as history:
        number = history.begin()
        with history.answer(history.ask(number, None, "the question")) as writer:
            writer.text("the answer")
        second = history.ask(number, writer.id, "and then?")
        with history.answer(second) as writer:
            writer.text("the end")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER message_unmade")
        connection.execute("DELETE FROM message WHERE text = 'the question'")
        connection.execute("DELETE FROM message WHERE text = 'the end'")
        connection.execute("DELETE FROM conversation")
        connection.commit()
    damage_mark(path).touch()
    with open_history(path) as history:
        (one,) = history.list()
        assert [(t.question.text, t.answer and t.answer.text) for t in history.turns(one.id)] == [
            ("", "the answer"),
            ("and then?", None),
        ]
    assert not damage_mark(path).exists()


# --- no room, no permission ------------------------------------------------------------------


def test_a_full_disk_is_told_and_the_history_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / NAME
    filled(path, 5)
    with open_history(path) as history:
        with history._database.raw() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        number = history.begin()
        writer = history.answer(history.ask(number, None, "q"))
        writer.text("x" * 200_000)
        with pytest.raises(HistoryFull) as caught:
            writer.close("answered")
        assert isinstance(caught.value, DiskFull)
        assert caught.value.remedy is not None
        writer.close("answered")
        assert len(history.list()) == 6
    with open_history(path) as history:
        answer = history.turns(number)[0].answer
        assert answer is not None
        assert answer.state is State.CRASHED
        assert history.search("word003")


def test_a_failure_in_the_middle_is_told_by_the_next_piece(tmp_path: Path) -> None:
    with open_history(tmp_path / NAME) as history:
        writer = history.answer(history.ask(history.begin(), None, "q"))
        with history._database.raw() as connection:
            connection.execute("PRAGMA query_only = ON")
        writer.text("first")
        writer._keeper.join(5)  # type: ignore[union-attr]
        with pytest.raises(HistoryFailure):
            writer.text("second")
        with history._database.raw() as connection:
            connection.execute("PRAGMA query_only = OFF")
        writer.text("third")
        writer.close("answered")
        assert history.message(writer.id).text in ("firstthird", "firstsecondthird")


def write_much(history: History) -> None:
    for n in range(100):
        turn(history, history.begin(), f"word{n:03}", 4000)


def test_a_small_real_disk_that_is_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)],
        capture_output=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("no disk of its own may be mounted here")
    try:
        path = disk / NAME
        with open_history(path) as history:
            with pytest.raises(HistoryFull):
                write_much(history)
            assert history.list()
        with open_history(path) as history:
            assert history.search("word000")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


READ_ONLY = """
import sys
from pathlib import Path
from assistant.history import open_history
from assistant.history.failures import HistoryFailure
try:
    open_history(Path(sys.argv[1])).begin()
except HistoryFailure as failure:
    print(type(failure).__name__, failure.message.zh, failure.remedy is not None)
"""


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HistoryFailure) as caught:
        open_history(tmp_path / "file" / NAME)
    assert caught.value.remedy is not None


@pytest.mark.parametrize("there", [False, True])
def test_a_read_only_home_is_told(tmp_path: Path, there: bool) -> None:
    home = tmp_path / "home"
    home.mkdir()
    if there:
        filled(home / NAME, 2)
    home.chmod(0o555)
    (home / NAME).chmod(0o444) if there else None
    command = [sys.executable, "-c", READ_ONLY, str(home / NAME)]
    if os.geteuid() == 0:  # nothing is read-only for root, so be somebody else
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("cannot become another user here")
        for folder in (tmp_path, *tmp_path.parents[:3]):
            folder.chmod(folder.stat().st_mode | 0o055)
        command = [setpriv, "--reuid=65534", "--clear-groups", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    if "Permission denied" in done.stderr and "assistant" not in done.stderr:
        pytest.skip("another user cannot run this interpreter")
    assert done.stdout.startswith("HistoryFailure 无法写入历史"), done.stderr
    assert done.stdout.rstrip().endswith("True")


def test_a_lock_that_nobody_gives_up_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.history.database.PATIENCE", 0.1)
    with open_history(tmp_path / NAME) as history:
        other = Database(tmp_path / NAME)
        with other.writing(), pytest.raises(HistoryFailure, match="locked"):
            history.begin()
        other.close()
        history.begin()
