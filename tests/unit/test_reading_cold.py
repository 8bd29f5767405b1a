"""The clock of a reading stands still while what reads is loaded."""

from __future__ import annotations

import subprocess
import sys

COLD = """\
from assistant.maths.reading import scan
scan.MAX_SECONDS = 0.4
from assistant.maths.reading.problem import read_problem
print(read_problem("Tom has 3 apples and buys 4 more. How many apples does he have?").request.task)
"""


def test_what_is_loaded_is_no_work_on_a_text() -> None:
    done = subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
