"""A review from its facts to a model's remarks, as one stream of events for every front end.

``work`` yields what our tools found first.  A model, where there is one, is told that, and its
review comes after; each of its remarks is then held against the lines of the diff.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from assistant.coding.repair import CodeEnd, Writer
from assistant.coding.reviewing import telling
from assistant.coding.reviewing.patches import FilePatch
from assistant.coding.reviewing.remarks import remarks_of
from assistant.coding.reviewing.reviewing import ReviewTask, review
from assistant.coding.reviewing.types import FileReview, Remark, TestsReview
from assistant.coding.sandbox.policy import Policy
from assistant.coding.trial import Verdict
from assistant.events import Notice, NoticeKind, TurnEvent
from assistant.prompts.code import review_request
from runtimes.base import Cancel
from runtimes.errors import Overflow, RuntimeFailure
from runtimes.texts import Lang, Text

SHOWN = (16_000, 8_000, 4_000, 2_000)
"""Characters of the diff that a model is given; fewer where its window does not hold them."""
MOST_FACTS = 6_000
REVIEW = Text("Please review this change.", "请审阅这次修改。")
NOT_ALL = Text(
    "the model was shown the first {0} of {1} changes only: the diff is long",
    "差异较长，模型只看到前 {0} 处修改（共 {1} 处）",
)


@dataclass(frozen=True, slots=True)
class Asking:
    """The model is asked now, after the facts."""


@dataclass(frozen=True, slots=True)
class Remarked:
    """What the remarks of the model's review point at."""

    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFinished:
    """The last event.  ``end`` is ``FAILED`` where the change breaks something (it cannot be run
    any more, or a test fails after it), ``UNDECIDED`` where something could not be found out,
    else ``PASSED``, which is no praise; ``CANCELLED`` and ``BROKEN`` as of other work."""

    end: CodeEnd
    files: tuple[FileReview, ...]
    tests: TestsReview | None = None
    answer: str = ""
    failure: RuntimeFailure | None = None


ReviewEvent = FileReview | TestsReview | Asking | TurnEvent | Remarked | ReviewFinished


def work(
    task: ReviewTask,
    words: tuple[str, Lang],
    writer: Writer | None,
    policy: Policy,
    cancel: Cancel | None = None,
) -> Generator[ReviewEvent, None, None]:
    """Review to the end; the last event is ``ReviewFinished``.

    ``words`` are what the user asks for besides, and the language of the answer.  Failures of the
    engine are in the last event, and nothing else is raised.
    """
    cancel = cancel or Cancel()
    files: list[FileReview] = []
    tests: TestsReview | None = None
    for found in review(task, policy, cancel):
        if isinstance(found, FileReview):
            files.append(found)
        else:
            tests = found
        yield found
    answer, failure = "", None
    if writer is not None and not cancel.is_set():
        try:
            facts = telling.for_model(files, tests, words[1])[:MOST_FACTS]
            answer = yield from _asked(task.patches, facts, words, writer)
        except RuntimeFailure as wrong:
            failure = wrong
    end = CodeEnd.BROKEN if failure is not None else _end(files, tests)
    if cancel.is_set():
        end, failure = CodeEnd.CANCELLED, None
    yield ReviewFinished(end=end, files=tuple(files), tests=tests, answer=answer, failure=failure)


def _asked(
    patches: Sequence[FilePatch], facts: str, words: tuple[str, Lang], writer: Writer
) -> Generator[ReviewEvent, None, str]:
    """The model's review, and what its remarks point at.  Raises ``RuntimeFailure``."""
    task, lang = words
    yield Asking()
    for most in SHOWN:
        shown = _Shown(patches, most)
        request = (task or REVIEW.template(lang), shown.text, facts)
        try:
            written = yield from writer.write(review_request(*request, writer.spec, lang))
        except Overflow:
            if most == SHOWN[-1]:
                raise
            continue
        break
    if shown.count < shown.total:
        yield Notice(NoticeKind.WINDOW, NOT_ALL.of(shown.count, shown.total))
    if not written.text.strip():
        return ""
    yield Remarked(remarks_of(written.text, patches))
    return written.text


@dataclass(slots=True)
class _Shown:
    """The beginning of a diff as a model is shown it; ``count`` of ``total`` hunks are in it."""

    patches: Sequence[FilePatch]
    most: int
    text: str = field(init=False)
    count: int = field(init=False, default=0)
    total: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        parts: list[str] = []
        left = self.most
        for patch in self.patches:
            self.total += len(patch.hunks)
            named = False
            for hunk in patch.hunks:
                head = "" if named else f"\n{patch.name}\n"
                lines = [f"{it.sign} {it.new or it.old:>5}  {it.text}\n" for it in hunk.lines]
                size = len(head) + sum(map(len, lines))
                if size > left:
                    left = 0
                    continue
                left -= size
                parts += [head, *lines, "\n"]
                named = True
                self.count += 1
        self.text = "".join(parts).strip("\n")


def _end(files: Sequence[FileReview], tests: TestsReview | None) -> CodeEnd:
    """What the facts come to."""
    after = tests.after if tests is not None else None
    if any(file.broken for file in files) or (after and after.verdict is Verdict.FAILED):
        return CodeEnd.FAILED
    unsure = any(
        file.why is not None
        or file.unlooked
        or file.uncompared
        or any(comparison.why is not None for comparison in file.comparisons)
        for file in files
    )
    if tests is not None and (after is None or after.verdict is not Verdict.PASSED):
        unsure = True
    return CodeEnd.UNDECIDED if unsure else CodeEnd.PASSED
