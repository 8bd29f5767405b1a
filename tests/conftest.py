"""What holds for all tests."""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # a machine at work is no failure
settings.load_profile("patient")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Twenty thousand collected tests are a million objects: no search for garbage in a test walks
    over them."""
    gc.collect()
    gc.freeze()
