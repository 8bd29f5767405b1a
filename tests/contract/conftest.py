"""Each runtime is opened once for all tests of the contract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from contract_cases import CASES, Case

from runtimes.base import Model

PARAMETERS = [
    pytest.param(case, id=case.name, marks=[pytest.mark.slow] if case.slow else [])
    for case in CASES
]


@pytest.fixture(scope="session", params=PARAMETERS)
def case(request: pytest.FixtureRequest) -> Case:
    given: Case = request.param
    given.skip_unless_possible()
    return given


@pytest.fixture(scope="session")
def model(case: Case) -> Iterator[Model]:
    with case.opened() as loaded:
        yield loaded
