"""Model files: from the hub to this disk, verified, found again, removed."""

from runtimes.store.store import Store
from runtimes.store.types import (
    CheckedFile,
    DiskUse,
    FileState,
    InstalledRevision,
    PullProgress,
    Stage,
    Stopped,
    StoredFile,
)

__all__ = [
    "CheckedFile",
    "DiskUse",
    "FileState",
    "InstalledRevision",
    "PullProgress",
    "Stage",
    "Stopped",
    "Store",
    "StoredFile",
]
