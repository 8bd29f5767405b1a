"""The lines to be checked in a model's answer, found while it is being written.

``parser`` knows the blocks of Markdown, ``inline`` what stands in a line, ``sentences`` where
a sentence ends, ``displays`` the rows of displayed LaTeX, ``assembly`` what belongs together
in one step, and ``wording`` which text is worth checking.
"""

from assistant.steps.parser import StepParser

__all__ = ["StepParser"]
