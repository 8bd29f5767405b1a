"""Running code that is not trusted.

``policy.examine()`` says what this machine can enforce; ``run(job, policy, cancel)`` runs a
program under it, and runs nothing where that is too little, unless ``policy.unsafe()`` was asked
for by the user, for that one run.
"""

from assistant.coding.sandbox.policy import Policy, examine
from assistant.coding.sandbox.runner import run
from assistant.coding.sandbox.types import (
    Job,
    Language,
    Layer,
    Limit,
    Limits,
    NotRun,
    Outcome,
    SourceFile,
)

__all__ = [
    "Job",
    "Language",
    "Layer",
    "Limit",
    "Limits",
    "NotRun",
    "Outcome",
    "Policy",
    "SourceFile",
    "examine",
    "run",
]
