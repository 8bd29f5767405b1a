"""The development sets beside the project, where they are there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(
    os.environ.get("ASSISTANT_TEST_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")
)


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a set; the test that asks is skipped where the set is absent."""
    path = FOLDER / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip(f"the development set {name} is not here ({path})")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
