"""Long lists of calls with colons are read in a time that grows with their length alone."""

from __future__ import annotations

import time

import pytest

from assistant.coding.examples.asked import left_out
from assistant.coding.examples.headings import results_in

COUNT = 20_000


@pytest.mark.parametrize("row", ["f(3): 1, ", "f(3):", "f(3): 1\n", "f(3)：1；", "- f(3): 1\n\n"])
def test_a_long_list_is_gone_through_once(row: str) -> None:
    text = row * COUNT
    starts = [n * len(row) + row.index("f") for n in range(COUNT)]
    begin = time.process_time()
    found = results_in(text, [(start, start + len("f(3)")) for start in starts])
    assert found == set(starts)
    assert time.process_time() - begin < 3


@pytest.mark.slow
@pytest.mark.parametrize("text", ["f(3): 1, " * 4000, "f(3):" * 5000, "- " * 9000 + "f(3): 1"])
def test_a_long_line_is_read_in_time(text: str) -> None:
    begin = time.process_time()
    left_out(text)
    assert time.process_time() - begin < 5
