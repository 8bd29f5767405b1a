"""A model is loaded once, however many threads want it, and can be unloaded."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import cast

import pytest
from turns import opener, script

from assistant.session.means import Means
from runtimes.base import Cancel, Model
from runtimes.errors import EngineFailed


def test_two_threads_load_one_model_and_unloading_lets_it_load_again(tmp_path: Path) -> None:
    name = script(tmp_path, [{"text": "hello"}])
    begun, go_on = threading.Event(), threading.Event()
    opened: list[Model] = []

    def load(cancel: Cancel) -> Model:
        begun.set()
        assert go_on.wait(10)
        opened.append(opener(name)(cancel))
        return opened[-1]

    means = Means(load)
    got: list[Model] = []
    threads = [threading.Thread(target=lambda: got.append(means.model(Cancel()))) for _ in range(2)]
    threads[0].start()
    assert begun.wait(10)
    threads[1].start()
    tired = Cancel()
    tired.set()
    with pytest.raises(EngineFailed):
        means.model(tired)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert len(opened) == 1
    assert got == [opened[0], opened[0]]
    means.unload()
    assert means.model(Cancel()) is not opened[0]
    assert len(opened) == 2
    means.close()


class Narrow:
    """A model that writes so many answers side by side, of which nothing else is asked."""

    def __init__(self, parallel: int) -> None:
        self.parallel = parallel
        self.closed = False

    def close(self) -> None:
        self.closed = True


def test_a_model_that_was_loaded_for_one_answer_after_a_vote_is_loaded_for_the_next_vote() -> None:
    opened: list[Narrow] = []

    def load(_cancel: Cancel) -> Model:
        opened.append(Narrow(wanted))
        return cast(Model, opened[-1])

    means, wanted = Means(load), 8
    means.model(Cancel(), samples=wanted)
    means.unload()
    wanted = 1
    means.model(Cancel())
    wanted = 8
    assert means.model(Cancel(), samples=wanted).parallel == 8
    assert len(opened) == 3
    means.close()


def test_a_vote_loads_the_model_for_as_many_answers_once() -> None:
    opened: list[Narrow] = []

    def load(_cancel: Cancel) -> Model:
        opened.append(Narrow(1 if not opened else 4))  # for more there is no memory
        return cast(Model, opened[-1])

    means = Means(load)
    first = means.model(Cancel())
    assert means.model(Cancel()) is first
    wide = means.model(Cancel(), samples=8)
    assert opened[0].closed
    assert wide is not first
    assert means.model(Cancel(), samples=8) is wide
    assert means.model(Cancel()) is wide
    assert means.model(Cancel(), samples=3) is wide
    assert len(opened) == 2
    means.close()
