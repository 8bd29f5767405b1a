"""Each runtime is opened once for all tests of the contract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from contract_cases import CASES, Case

from runtimes.base import Model


@pytest.fixture(scope="session", params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    given: Case = request.param
    given.skip_unless_possible()
    return given


@pytest.fixture(scope="session")
def model(case: Case) -> Iterator[Model]:
    with case.opened() as loaded:
        yield loaded
