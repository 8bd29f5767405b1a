"""The code screen with code in other languages than Python."""

from __future__ import annotations

import shutil

import pytest
from code_screens import coding, isolated
from screens import run


@isolated
@pytest.mark.slow
def test_a_c_function_is_called_by_the_examples_of_the_task() -> None:
    if shutil.which("gcc") is None:
        pytest.skip("gcc is not installed here")

    async def journey() -> None:
        async with coding() as one:
            one.put(
                task="Write a C function int add(int a, int b). For example add(2, 3) == 5.",
                code="int add(int a, int b) {\n    int unused;\n    return a - b;\n}\n",
            )
            await one.press("f12")
            await one.ended()
            await one.until_shown("add(2, 3) gave -1, and 5 was expected")
            await one.until_shown("unused variable")

    run(journey)
