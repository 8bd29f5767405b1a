"""The messages around a task for code: tests first, then the code, then what failed.

Each stands alone: a small model writes better from the task, its best code and one failure than
from a long conversation.  A model that follows no instructions gets the task alone.
"""

from __future__ import annotations

from assistant.prompts.files import Template, read_template
from assistant.prompts.filling import fill
from runtimes.texts import Lang
from runtimes.types import Message, ModelSpec, Role


def tests_request(task: str, language: str, spec: ModelSpec, lang: Lang) -> tuple[Message, ...]:
    """Have tests written before there is any code.  Raises ``Damaged`` like ``read_template``."""
    return _asked(Template.CODE_TESTS, {"task": task, "language": language}, task, (spec, lang))


def task_request(
    task: str, tests: str, language: str, spec: ModelSpec, lang: Lang
) -> tuple[Message, ...]:
    """Have the code written.  ``tests`` are those that it will be judged by."""
    values = {"task": task, "tests": tests, "language": language}
    return _asked(Template.CODE_TASK, values, task, (spec, lang))


def fix_request(
    task: str, code: str, failure: str, spec: ModelSpec, lang: Lang
) -> tuple[Message, ...]:
    """Have code mended that fails: the model's own, or a file of the user's."""
    values = {"task": task, "code": code, "failure": failure}
    return _asked(Template.CODE_FIX, values, f"{task}\n\n{code}\n\n{failure}", (spec, lang))


def review_request(
    task: str, diff: str, facts: str, spec: ModelSpec, lang: Lang
) -> tuple[Message, ...]:
    """Have a change reviewed.  ``facts`` are what was found out about it by running it."""
    values = {"task": task, "diff": diff, "facts": facts}
    return _asked(Template.CODE_REVIEW, values, f"{task}\n\n{diff}\n\n{facts}", (spec, lang))


def _asked(
    template: Template, values: dict[str, str], bare: str, whom: tuple[ModelSpec, Lang]
) -> tuple[Message, ...]:
    spec, lang = whom
    if not spec.defaults.instructions:
        return (Message(Role.USER, bare),)
    return (Message(Role.USER, fill(read_template(template, lang), values)),)
