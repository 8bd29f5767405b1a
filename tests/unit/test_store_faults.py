"""A hub that breaks, lies and dawdles: what is promised comes, or nothing that looks good."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hub import Accident, Hub
from storing import FILE, QUICK, REPO, Watch, gguf, leftovers, noise, pull, quick_store, sealed_hub

from runtimes.base import Cancel
from runtimes.errors import DownloadFailed, Unreachable
from runtimes.store import Stage, Stopped, Store

SIZE = 1_000_003
DATA = noise(SIZE)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as hub:
        hub.add(REPO, {FILE: DATA})
        yield hub


@pytest.fixture
def store(hub: Hub, tmp_path: Path) -> Store:
    return quick_store(tmp_path)


@pytest.mark.parametrize("tenth", range(10))
def test_a_cut_at_any_tenth_is_resumed_there(hub: Hub, store: Store, tenth: int) -> None:
    place = SIZE * tenth // 10
    hub.plan(FILE, Accident(cut_at=place))
    assert pull(store, gguf()).read_bytes() == DATA
    assert [request.start for request in hub.fetched(FILE)] == [0, place]


def test_cuts_at_every_tenth_of_one_pull_do_not_tire_it(hub: Hub, store: Store) -> None:
    hub.plan(FILE, *(Accident(cut_at=SIZE * n // 10) for n in range(1, 10)))
    assert pull(store, gguf()).read_bytes() == DATA
    assert len(hub.fetched(FILE)) == 10


def test_a_connection_that_always_breaks_ends_and_keeps_what_came(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(times=-1, cut_at=SIZE // 2))
    with pytest.raises(DownloadFailed, match="broke"):
        store.pull(gguf(), Watch(), Cancel())
    assert store.locate(gguf()) is None
    (partial,) = leftovers(store)
    assert (store.folder / partial).read_bytes() == DATA[: SIZE // 2]
    hub.accidents.clear()
    assert pull(store, gguf()).read_bytes() == DATA
    assert hub.fetched(FILE)[-1].start == SIZE // 2


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_hub_that_is_out_of_breath_is_asked_again(hub: Hub, store: Store, status: int) -> None:
    hub.listing_accidents += [Accident(status=status)] * 2
    hub.plan(FILE, Accident(status=status, times=3))
    assert pull(store, gguf()).read_bytes() == DATA


@pytest.mark.parametrize(
    "header", [("Retry-After", "1"), ("RateLimit", '"resolvers";r=0;t=1')], ids=str
)
def test_the_wait_that_a_hub_asks_for_is_kept(
    hub: Hub, store: Store, header: tuple[str, str]
) -> None:
    hub.plan(FILE, Accident(status=429, headers=(header,)))
    start, watch = time.monotonic(), Watch()
    pull(store, gguf(), watch)
    assert time.monotonic() - start >= 1
    assert Stage.WAITING in {progress.stage for progress in watch.seen}


def test_a_wait_beyond_all_patience_is_refused_at_once(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(status=429, headers=(("Retry-After", "86400"),)))
    start = time.monotonic()
    with pytest.raises(Unreachable, match="429"):
        store.pull(gguf(), Watch(), Cancel())
    assert time.monotonic() - start < 3


def test_a_hub_that_only_fails_is_given_up(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(status=500, times=-1))
    with pytest.raises(Unreachable, match="500"):
        store.pull(gguf(), Watch(), Cancel())
    assert len(hub.fetched(FILE)) == QUICK.tries


@pytest.mark.parametrize("places", [(0,), (SIZE - 1,), (500_000,), (10, 400_000, 999_999)])
def test_wrong_bytes_are_found_and_only_their_part_is_replaced(
    hub: Hub, store: Store, places: tuple[int, ...]
) -> None:
    hub.plan(FILE, Accident(flip=places))
    watch = Watch()
    assert pull(store, gguf(), watch).read_bytes() == DATA
    assert Stage.REPAIRING in {progress.stage for progress in watch.seen}
    assert not leftovers(store)


def test_a_repair_begins_at_the_seam_and_ends_when_all_is_right(hub: Hub, store: Store) -> None:
    """An error page in the stream at the place where it broke: the usual damage."""
    seam = 700_000
    hub.plan(FILE, Accident(cut_at=seam, flip=(seam - 1,)))
    assert pull(store, gguf()).read_bytes() == DATA
    starts = [request.start for request in hub.fetched(FILE)]
    part = QUICK.part
    assert starts[2:] == [seam // part * part, 0]


def test_bytes_that_are_wrong_every_time_leave_nothing_behind(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(times=-1, flip=(123_456,)))
    with pytest.raises(DownloadFailed, match="wrong bytes") as failed:
        store.pull(gguf(), Watch(), Cancel())
    assert failed.value.remedy is not None
    assert store.locate(gguf()) is None
    assert leftovers(store) == []


def test_without_ranges_a_wrong_file_comes_again_as_a_whole(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(no_ranges=True, flip=(5,)), Accident(no_ranges=True))
    assert pull(store, gguf()).read_bytes() == DATA
    hub.plan(FILE, Accident(no_ranges=True, flip=(5,), times=-1))
    store.remove(gguf())
    with pytest.raises(DownloadFailed, match="wrong bytes"):
        store.pull(gguf(), Watch(), Cancel())
    assert leftovers(store) == []


def test_a_hub_without_ranges_begins_anew_after_a_cut(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(cut_at=SIZE // 2), Accident(no_ranges=True))
    assert pull(store, gguf()).read_bytes() == DATA


def test_a_hub_without_ranges_that_always_breaks_is_given_up(hub: Hub, store: Store) -> None:
    hub.plan(FILE, *[Accident(no_ranges=True, cut_at=SIZE * n // 10) for n in (3, 6)] * 20)
    with pytest.raises(DownloadFailed):
        store.pull(gguf(), Watch(), Cancel())


@pytest.mark.parametrize(
    "accident",
    [
        Accident(times=-1, length=-1000),
        Accident(times=-1, length=1000),
        Accident(times=-1, length=1000, no_ranges=True),
        Accident(times=-1, length=-1000, no_ranges=True),
        Accident(times=-1, wrong_range=True, cut_at=SIZE // 2),
        Accident(times=-1, more=50, length=50, no_ranges=True),
    ],
    ids=repr,
)
def test_a_wrong_length_or_range_never_makes_a_file(
    hub: Hub, store: Store, accident: Accident
) -> None:
    hub.plan(FILE, Accident(cut_at=100_000), accident)
    with pytest.raises(DownloadFailed):
        store.pull(gguf(), Watch(), Cancel())
    assert store.locate(gguf()) is None
    hub.accidents.clear()
    assert pull(store, gguf()).read_bytes() == DATA


def test_a_wrong_length_once_is_survived(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(length=77), Accident(wrong_range=True), Accident(cut_at=SIZE - 1))
    assert pull(store, gguf()).read_bytes() == DATA


@pytest.mark.parametrize(
    "accident", [Accident(times=-1, most=300_000), Accident(times=-1, no_total=True)]
)
def test_ranges_may_be_shorter_and_say_less(hub: Hub, store: Store, accident: Accident) -> None:
    hub.plan(FILE, replace(accident, times=1, flip=(7,)), accident)
    assert pull(store, gguf()).read_bytes() == DATA


def test_a_large_file_is_asked_for_in_spans(hub: Hub, tmp_path: Path) -> None:
    store = Store(tmp_path / "spans", tuning=replace(QUICK, span=400_000))
    assert pull(store, gguf()).read_bytes() == DATA
    asked = [request.headers["range"] for request in hub.fetched(FILE)]
    assert asked == ["bytes=0-399999", "bytes=400000-799999", "bytes=800000-1000002"]


@pytest.mark.parametrize("cut", [0, SIZE // 2])
def test_an_end_that_comes_too_early_is_a_cut(hub: Hub, store: Store, cut: int) -> None:
    hub.plan(FILE, Accident(times=-1, cut_at=cut, no_length=True))
    with pytest.raises(DownloadFailed, match="cut"):
        store.pull(gguf(), Watch(), Cancel())
    hub.accidents.clear()
    assert pull(store, gguf()).read_bytes() == DATA


def test_a_slow_hub_is_waited_for_and_its_speed_is_told(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(pace=1_000_000))
    watch = Watch()
    pull(store, gguf(), watch)
    speeds = [progress.speed for progress in watch.seen if progress.speed]
    assert speeds
    assert 300_000 < speeds[-1] < 2_000_000
    left = [p.seconds_left for p in watch.seen if p.seconds_left]
    assert left[0] < 5


@pytest.mark.parametrize(
    "accident", [Accident(cut_at=SIZE // 2, hold=60), Accident(pace=20)], ids=["silence", "drip"]
)
def test_a_connection_without_life_is_left_for_a_new_one(
    hub: Hub, tmp_path: Path, accident: Accident
) -> None:
    hub.plan(FILE, accident)
    store = Store(tmp_path / "silent", tuning=replace(QUICK, read_timeout=0.3))
    start = time.monotonic()
    assert pull(store, gguf()).read_bytes() == DATA
    assert time.monotonic() - start < 5


def test_compressed_bytes_are_refused(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(times=-1, headers=(("Content-Encoding", "gzip"),)))
    with pytest.raises(DownloadFailed, match="gzip"):
        store.pull(gguf(), Watch(), Cancel())


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7])
def test_cancel_stops_at_once_and_the_next_pull_goes_on(
    hub: Hub, store: Store, share: float
) -> None:
    hub.plan(FILE, Accident(pace=2_000_000))
    cancel, since = Cancel(), [0.0]

    def stop(progress: object) -> None:
        done = watch.seen[-1].done
        if watch.seen[-1].stage is Stage.FETCHING and done >= share * SIZE and not since[0]:
            since[0] = time.monotonic()
            cancel.set()

    watch = Watch(stop)
    with pytest.raises(Stopped):
        store.pull(gguf(), watch, cancel)
    assert time.monotonic() - since[0] < 0.3
    assert store.locate(gguf()) is None
    (partial,) = leftovers(store)
    kept = (store.folder / partial).stat().st_size
    assert kept >= share * SIZE
    assert pull(store, gguf()).read_bytes() == DATA
    assert hub.fetched(FILE)[-1].start == kept


def test_cancel_from_another_thread_ends_a_silent_connection(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(cut_at=SIZE // 2, hold=60))
    cancel = Cancel()
    threading.Timer(0.3, cancel.set).start()
    start = time.monotonic()
    with pytest.raises(Stopped):
        store.pull(gguf(), Watch(), cancel)
    assert time.monotonic() - start < 1.5
