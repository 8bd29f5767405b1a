"""What holds for all tests."""

from __future__ import annotations

import gc

import pytest


def pytest_collection_finish(session: pytest.Session) -> None:
    """Twenty thousand collected tests are a million objects: no search for garbage in a test walks
    over them."""
    gc.collect()
    gc.freeze()
