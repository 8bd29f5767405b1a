"""Model files: from the hub to this disk, verified, found again, removed."""

from runtimes.store.hub import hub_allowed
from runtimes.store.store import Store
from runtimes.store.types import (
    CheckedFile,
    DiskUse,
    FileState,
    InstalledRevision,
    PullProgress,
    Removal,
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
    "Removal",
    "Stage",
    "Stopped",
    "Store",
    "StoredFile",
    "hub_allowed",
]
