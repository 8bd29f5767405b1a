"""A question as the model has read it that reads the notes; the notes never leave this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from assistant import loader
from assistant.notes.meaning import Question, read_whole
from assistant.notes.types import Progress
from runtimes.errors import Offline
from runtimes.httpclient import staying_here
from runtimes.texts import Text

if TYPE_CHECKING:
    from assistant.notes.notes import Notes, OnProgress
    from runtimes.base import Cancel
    from runtimes.embedding import Embedder

AT_HOME = Text(
    "the notes never leave this machine: name a model that runs on it",
    "笔记绝不离开本机：请使用在本机运行的模型",
)


@contextmanager
def opened(name: str, shown: OnProgress, cancel: Cancel) -> Iterator[Embedder]:
    """The model, which must run on this machine: the notes go into it.  Raises
    ``RuntimeFailure``."""
    try:
        with staying_here():
            embedder = loader.open_embedder(
                name, lambda now: shown(Progress(int(100 * now.fraction), 100, name)), cancel
            )
    except Offline as refused:
        raise Offline(refused.message, AT_HOME) from refused
    with closing(embedder):
        yield embedder


def meant(notes: Notes, name: str, text: str, shown: OnProgress, cancel: Cancel) -> Question | None:
    """What the model makes of a question; ``None`` where it has read none of the notes.  Raises
    ``RuntimeFailure``."""
    key = loader.embedder_key(name)
    if not text.strip() or not notes.coverage(key).done:
        return None
    with opened(name, shown, cancel) as embedder:
        (vector,) = read_whole(embedder, (text,), cancel)
    return Question(key, vector) if vector else None
