"""What a model is told: templates as files, which a user may override, and the messages of a turn.

A file of the same name in ``prompts/`` in the folder of settings takes the place of one that
ships.  ``{question}`` and its like stand for what is put in; every other brace is itself.
"""

from __future__ import annotations

from assistant.prompts.files import Placed, Template, stray_files, template_names
from assistant.prompts.messages import (
    answer_request,
    explain_request,
    opening_of,
    repair_request,
    summary_request,
    write_messages,
)

__all__ = [
    "Placed",
    "Template",
    "answer_request",
    "explain_request",
    "opening_of",
    "repair_request",
    "stray_files",
    "summary_request",
    "template_names",
    "write_messages",
]
