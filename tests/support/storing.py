"""A store and a loopback hub for its tests, away from the user's own files and network."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hub import Hub, serving

from runtimes.base import Cancel
from runtimes.store import PullProgress, Store
from runtimes.store.types import Tuning
from runtimes.types import HubSource, ModelSpec, RemoteFile

VARIABLES = (
    "HF_TOKEN",
    "HUGGING_FACE_HUB_TOKEN",
    "HF_HUB_CACHE",
    "HUGGINGFACE_HUB_CACHE",
    "HF_HUB_OFFLINE",
    "TRANSFORMERS_OFFLINE",
    "ASSISTANT_OFFLINE",
)
QUICK = Tuning(first_wait=0.01, longest_wait=0.02, patience=5, read_timeout=5, part=1 << 16)
REPO = "org/model-GGUF"
FILE = "model-Q4_K_M.gguf"


@contextmanager
def sealed_hub(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub that is the only one for the time of a test, and a cache of its own."""
    from huggingface_hub import constants

    with serving() as served:
        for name in VARIABLES:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HF_ENDPOINT", served.url)
        monkeypatch.setenv("HF_HOME", str(folder / "hf"))
        monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(folder / "hf" / "token"))
        yield served


def quick_store(folder: Path) -> Store:
    """A store that is quick to try again."""
    return Store(folder / "models", tuning=QUICK)


def noise(size: int, seed: int = 1) -> bytes:
    """Bytes that no two places share."""
    return random.Random(seed).randbytes(size)


def gguf(
    *files: str | RemoteFile, repo: str = REPO, revision: str = "main", name: str = "m"
) -> ModelSpec:
    """A model in files of the hub."""
    remote = tuple(RemoteFile(f) if isinstance(f, str) else f for f in files or (FILE,))
    source = HubSource(repo, revision, remote)
    return ModelSpec(id=name, title=name, runtime="llamacpp", source=source)


def checkpoint(repo: str = "org/model") -> ModelSpec:
    """A model as a checkpoint of the hub."""
    return ModelSpec(id="c", title="c", runtime="checkpoint", source=HubSource(repo, "main"))


class Watch:
    """Takes the progress of a pull; fails when it goes back, or over the end."""

    def __init__(self, then: Callable[[PullProgress], None] = lambda _: None) -> None:
        self.seen: list[PullProgress] = []
        self._then = then

    def __call__(self, progress: PullProgress) -> None:
        self.seen.append(progress)
        self._then(progress)

    def check(self) -> None:
        """It went on to the end and never back."""
        for before, after in pairwise(self.seen):
            assert after.done >= before.done, (before, after)
            assert after.total >= before.total, (before, after)
        assert all(p.done <= p.total for p in self.seen)
        assert self.seen[-1].done == self.seen[-1].total > 0


def pull(store: Store, spec: ModelSpec, watch: Watch | None = None) -> Path:
    """A pull whose progress is looked at."""
    watch = watch or Watch()
    path = store.pull(spec, watch, Cancel())
    watch.check()
    return path


def leftovers(store: Store) -> list[str]:
    """Names of what is not verified, and of files that only look good."""
    root = store.folder
    known = {file.path for revision in store.installed() for file in revision.files}
    return sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and path not in known
        if path.name != "manifest.json" and ".locks" not in path.parts
    )
