"""How quick a history of 10,000 turns is: ``python tests/bench/history_speed.py [TURNS]``.

The turns are about 5,000 characters each, most of them thinking, in English with Chinese between;
1,000 of them are in one conversation.  Every word of the made-up language is in every text, which
is harder for a search than any language.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from histories import fill

from assistant.history import NAME, History, open_history

QUERIES = (
    "zebra", "罕见", "龘", "积分", "方程的解", "求导数", "the", "x", "triangle angle",
    "x^3+77", "x^8+1234", "9999", "therefore zebra", "integral derivative limit sum root value",
    "hmm actually maybe", "单调递增求导数得到极值点", "ze", '"angle probability"',
)  # fmt: skip
ROUNDS = 15


def timed(work: Callable[[], object]) -> list[float]:
    """Milliseconds of some rounds."""
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return took


def told(name: str, took: list[float]) -> None:
    print(f"{name:52} median {median(took):8.2f} ms   worst {max(took):8.2f} ms")


def opened(path: Path) -> None:
    with open_history(path) as history:
        latest = history.latest()
        assert latest is not None
        assert history.turns(latest)


def written(history: History) -> None:
    with history.answer(history.ask(history.begin(), None, "question")) as writer:
        writer.reasoning("thinking " * 500)
        writer.text("answer " * 100)


def main(turns: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        long = fill(path, turns, in_one=min(turns, 1000))
        print(f"{turns} turns, {path.stat().st_size / 1e6:.0f} MB")
        told("open the file and the latest conversation", timed(lambda: opened(path)))
        with open_history(path) as history:
            number = history.begin()
            history.ask(number, None, "one zebra, 罕见, 龘")
            told("a conversation of 1,000 turns", timed(lambda: history.turns(long)))
            told("its last 20 turns", timed(lambda: history.turns(long, last=20)))
            told("the list", timed(history.list))
            worst = 0.0
            for query in QUERIES:
                hits = len(history.search(query))
                took = timed(partial(history.search, query))
                worst = max(worst, median(took))
                told(f"search {query} ({hits})", took)
            print(f"slowest median of a search: {worst:.1f} ms")
            told("question and answer stored and indexed", timed(lambda: written(history)))
            start = time.perf_counter()
            history.delete(number)
            print(f"a conversation deleted without a trace: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
