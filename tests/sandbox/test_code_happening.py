"""Steps of a question that tell what happens, or what chance gave, claim nothing."""

from __future__ import annotations

import pytest
from judging import verdict

from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Language
from assistant.coding.types import Undecided

PYTHON = Language.PYTHON

PLUS = "def f(n):\n    return n + 3\n"
SHOWN = "```python\nx = f(1)\nprint(x)  # 3\n```"


@pytest.mark.parametrize(
    "question",
    [
        f"Why does this print 3?\n{SHOWN}",
        f"为什么这段代码输出 3？\n{SHOWN}",
        f"Before the change:\n{SHOWN}",
        f"Here's what happens now:\n{SHOWN}\nI want 4.",
        f"{SHOWN}\nBut it should be 4",
        "The following raises an error:\n```python\nx = f(1)\nassert x == 3\n```",
        "```python\nx = f(1)\nprint(x)  # prints 3, but should print 4\n```",
        "```python\nimport time\nt = time.time()\nf(1)\nprint(time.time() - t)  # 0.5\n```",
    ],
)
def test_steps_that_tell_what_happens_decide_nothing(question: str, policy: Policy) -> None:
    assert isinstance(verdict(policy, PYTHON, PLUS, question), Undecided)


def test_a_step_of_chance_fails_nothing(policy: Policy) -> None:
    question = "Make a random name.\n```python\nx = made()\nprint(x)  # 'a3f9'\n```"
    program = "import random\n\ndef made():\n    return f'{random.random()}'\n"
    assert isinstance(verdict(policy, PYTHON, program, question), Undecided)
