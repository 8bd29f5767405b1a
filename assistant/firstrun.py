"""Is this the first time that somebody uses the program here?"""

from __future__ import annotations

from assistant import paths

MARK = "welcomed"
"""A file in the folder of state: the user has been welcomed."""


def is_fresh() -> bool:
    """Nothing was settled, asked or welcomed here yet."""
    traces = (paths.settings_file(), paths.history_file(), paths.state_folder() / MARK)
    try:
        return not any(trace.exists() for trace in traces)
    except OSError:  # a home that cannot even be looked at is no place for a welcome
        return False


def remember() -> bool:
    """Never again; ``False`` where that cannot be written down."""
    mark = paths.state_folder() / MARK
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    except OSError:
        return False
    return True
