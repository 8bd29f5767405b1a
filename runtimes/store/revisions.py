"""Which commit of a repository a source means: the one it was pulled at, or one that has it."""

from __future__ import annotations

from collections.abc import Callable

from runtimes.errors import NotHere, Offline, RuntimeFailure, Unsupported
from runtimes.store import choice
from runtimes.store.manifest import Manifest
from runtimes.store.types import Listing
from runtimes.types import HubSource


def settled(source: HubSource, known: Manifest) -> tuple[str, tuple[str, ...]] | None:
    """The commit and the files of a model that is here as far as is remembered, the one that
    was pulled last; ``None`` where it is not complete."""
    for commit in known.commits(source.revision):
        revision = known.revisions.get(commit)
        if revision is not None and (names := choice.stored_files(source, revision)):
            return commit, names
    return None


def listed(source: HubSource, known: Manifest, ask: Callable[[str], Listing]) -> Listing:
    """The files at the commit that the source means; ``ask`` gets them of a revision.

    A branch means the commit that is pinned here.  Where that one has not what is asked for, it
    is asked what the branch means by now: a file that is added later can be pulled, and a first
    pull that named a wrong file pins nothing.

    Raises what ``choice.check_has`` and ``ask`` raise.
    """
    there = settled(source, known)
    first = there[:1] if there else ()
    missing: RuntimeFailure | None = None
    for revision in dict.fromkeys((*first, *known.commits(source.revision), source.revision)):
        try:
            listing = ask(revision)
            choice.check_has(source, listing)
        except (NotHere, Unsupported, Offline, choice.Disagrees) as wrong:
            missing = wrong
        else:
            return listing
    assert missing is not None  # the source's own revision was asked at least
    raise missing
