"""What holds code on this machine is found out once a module."""

from __future__ import annotations

import confined
import pytest

from assistant.coding.sandbox.policy import Policy


@pytest.fixture(scope="module")
def policy() -> Policy:
    return confined.policy()
