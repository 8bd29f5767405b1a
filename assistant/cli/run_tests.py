"""A file of tests against a program, in whichever language both are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.cli.diagnostics import complain
from assistant.maths.types import Lang

if TYPE_CHECKING:
    from assistant.coding.sandbox.policy import Policy
    from assistant.coding.sandbox.types import Job, NotRun
    from assistant.coding.trial import TestReport


def tested(job: Job, tests: str, policy: Policy, lang: Lang) -> TestReport | NotRun:
    """Run them; what a compiler and its sanitizers say beside is a note."""
    from assistant.coding import others, trial
    from assistant.coding.sandbox.types import Language, NotRun
    from assistant.coding.telling import finding_text
    from assistant.coding.types import Code
    from runtimes.base import Cancel

    if job.language is Language.PYTHON:
        return trial.run_tests(job, tests, policy)
    filed = others.run_file(Code(job.language, job.files), job, tests, policy, Cancel())
    if isinstance(filed, NotRun):
        return filed
    for note in (*map(finding_text, filed.findings), *filed.notes):
        complain(note, lang)
    return filed.report
