"""How much of a long job is done, counted on stderr where a person looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.cli.diagnostics import live

OnDone = Callable[[int, int], object]
"""Told how many of how many are done."""


@contextmanager
def counted(*, plain: bool) -> Iterator[OnDone]:
    """A bar that goes when the job is done."""
    if not live(plain=plain):
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
