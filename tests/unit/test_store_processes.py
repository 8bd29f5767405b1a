"""Several processes at one store: they wait for each other, die, and leave nothing broken."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hub import Accident, Hub
from storing import FILE, REPO, Watch, gguf, leftovers, noise, pull, quick_store, sealed_hub

from runtimes.base import Cancel
from runtimes.errors import DownloadFailed
from runtimes.store import PullProgress, Stage, Stopped, Store

SIZE = 2_000_000
DATA = noise(SIZE)
SCRIPT = f"""
import sys
from pathlib import Path
from runtimes.base import Cancel
from runtimes.store import Store
from runtimes.types import HubSource, ModelSpec, RemoteFile
source = HubSource({REPO!r}, "main", (RemoteFile({FILE!r}),))
spec = ModelSpec(id="m", title="m", runtime="llamacpp", source=source)
seen = []
def tell(progress):
    if not seen or seen[-1] != progress.stage:
        seen.append(progress.stage)
        print(progress.stage.value, flush=True)
print(Store(Path(sys.argv[1])).pull(spec, tell, Cancel()))
"""


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as hub:
        hub.add(REPO, {FILE: DATA})
        yield hub


@pytest.fixture
def store(hub: Hub, tmp_path: Path) -> Store:
    return quick_store(tmp_path)


def start(store: Store) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SCRIPT, str(store.folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env=dict(os.environ),
    )


def partial_size(store: Store) -> int:
    return sum(path.stat().st_size for path in store.folder.rglob("partial/*"))


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def test_two_pulls_at_once_fetch_one_copy(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(times=-1, pace=1_000_000))
    first = start(store)
    until(lambda: partial_size(store) > 0)
    second = start(store)
    told = [process.communicate(timeout=60) for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], told
    assert {out.splitlines()[-1] for out, _ in told} == {str(store.locate(gguf()))}
    assert told[1][0].splitlines()[0] == Stage.QUEUED.value
    assert len(hub.fetched(FILE)) == 1
    assert leftovers(store) == []


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_killed_pull_holds_nobody_up_and_is_continued(
    hub: Hub, store: Store, share: float
) -> None:
    hub.plan(FILE, Accident(cut_at=int(SIZE * share), hold=60))
    process = start(store)
    until(lambda: partial_size(store) >= SIZE * share * 0.9)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    kept = partial_size(store)
    assert 0 < kept < SIZE
    assert store.locate(gguf()) is None
    watch = Watch()
    assert pull(store, gguf(), watch).read_bytes() == DATA
    assert Stage.QUEUED not in {progress.stage for progress in watch.seen}
    assert hub.fetched(FILE)[-1].start == kept
    assert leftovers(store) == []


def test_a_pull_that_waits_can_be_stopped(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(cut_at=SIZE // 2, hold=60))
    process = start(store)
    try:
        until(lambda: partial_size(store) > 0)
        cancel = Cancel()

        def stop(progress: PullProgress) -> None:
            if progress.stage is Stage.QUEUED:
                cancel.set()

        begin = time.monotonic()
        with pytest.raises(Stopped):
            store.pull(gguf(), Watch(stop), cancel)
        assert time.monotonic() - begin < 5
    finally:
        process.kill()
        process.communicate()


def test_pulls_of_two_repositories_do_not_wait_for_each_other(hub: Hub, store: Store) -> None:
    hub.add("org/other", {"other.gguf": noise(1000)})
    hub.plan(FILE, Accident(cut_at=SIZE // 2, hold=60))
    process = start(store)
    try:
        until(lambda: partial_size(store) > 0)
        assert pull(store, gguf("other.gguf", repo="org/other")).exists()
    finally:
        process.kill()
        process.communicate()


def test_a_store_makes_nothing_before_it_is_asked_to(hub: Hub, store: Store) -> None:
    assert store.locate(gguf()) is None
    assert store.installed() == ()
    assert store.disk_use().free > 0
    assert not store.folder.exists()


def test_a_disk_without_locks_is_refused(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    import filelock

    def none(*_args: object, **_options: object) -> None:
        raise NotImplementedError("FileSystem does not appear to support flock")

    monkeypatch.setattr(filelock.FileLock, "acquire", none)
    with pytest.raises(DownloadFailed, match="no locks"):
        pull(store, gguf())
