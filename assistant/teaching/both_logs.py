"""``log`` without a base in a lesson: we read it as the natural logarithm, a class may not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.maths import terms as t
from assistant.maths.pool import Runner
from assistant.maths.reading.common_logs import has_bare_log, in_base_ten
from assistant.maths.showing.plain import plain
from assistant.maths.types import (
    AnswerClaim,
    AnswerMark,
    Doubt,
    Mark,
    Proved,
    Refuted,
    Supported,
    Text,
    Undecided,
    Verdict,
)
from assistant.teaching.types import Lesson, Standing, Written

IN_BASE_TEN = Text(
    "Right for logarithms to base 10. Here log is read as the natural logarithm; to mean base 10, "
    "begin again with lg.",
    "以 10 为底时正确。这里的 log 读作自然对数；若指以 10 为底，请改用 lg 重新开始。",
)
PERHAPS = Text(
    "Not judged: log is read as the natural logarithm here, and this may be right to base 10.",
    "未作判断：这里的 log 读作自然对数，以 10 为底时可能正确。",
)


@dataclass(frozen=True, slots=True)
class BothLogs:
    """Asks the checker of answers about the other logarithm."""

    runner: Runner

    def judged(self, lesson: Lesson, line: Written) -> Written:
        """A line that was not taken, where it may be meant of logarithms to base 10: it is open,
        unless it is a wrong answer with these as well."""
        taken = line.standing in (Standing.FIRM, Standing.ASIDE)
        if taken or not has_bare_log(lesson.source, line.text):
            return line
        texts = [in_base_ten(line.text)]
        if line.formula is not None and not t.symbols(line.formula):
            texts.append(plain(line.formula))  # the end of a chain
        verdicts = [self._answered(lesson, text) for text in texts]
        right = any(isinstance(v, Proved | Supported) for v in verdicts)
        if not right and any(isinstance(v, Refuted) for v in verdicts):
            return line
        told = IN_BASE_TEN if right else PERHAPS
        mark = Mark(Undecided(Doubt.NO_METHOD), line.mark.claims, told)
        return replace(
            line, mark=mark, standing=Standing.OPEN, state=lesson.state, told=told, slip=None,
            counter=None,
        )  # fmt: skip

    def _answered(self, lesson: Lesson, text: str) -> Verdict | None:
        claim = AnswerClaim(in_base_ten(lesson.source), text)
        found = self.runner.run("answer", claim)
        return found.verdict if isinstance(found, AnswerMark) else None
