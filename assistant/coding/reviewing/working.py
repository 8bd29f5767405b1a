"""A review from its facts to a model's remarks, as one stream of events for every front end.

``work`` yields what our tools found first.  A model, where there is one, is told that, and its
review comes after; each of its remarks is then held against the lines of the diff.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from assistant.coding.repair import CodeEnd, Writer, Written
from assistant.coding.reviewing import telling
from assistant.coding.reviewing.portions import Portion, Shown, Span, named
from assistant.coding.reviewing.remarks import remarks_of
from assistant.coding.reviewing.reviewing import ReviewTask, review
from assistant.coding.reviewing.types import FileReview, Remark, TestsReview
from assistant.coding.sandbox.policy import Policy
from assistant.coding.trial import Verdict
from assistant.events import Notice, NoticeKind, TurnEnd, TurnEvent
from assistant.prompts.code import review_request
from assistant.records import say
from runtimes.base import Cancel
from runtimes.errors import Overflow, RuntimeFailure
from runtimes.texts import Lang, Text

SIZES = (16_000, 8_000, 4_000, 2_000, 1_000)
"""Characters of the diff that a model is given at once; fewer where its window does not hold
them."""
MOST_PORTIONS = 12
MOST_FACTS = 6_000
REVIEW = Text("Please review this change.", "请审阅这次修改。")
PORTION = Text("This is part {0} of {1} of a long change.", "这是一次较长修改的第 {0}/{1} 部分。")
NOT_SHOWN = Text(
    "the diff is long; these lines of it were not shown to the model: {0}",
    "差异较长；以下各行没有给模型看：{0}",
)
CUT_SHORT = Text(
    "these lines of the diff are too long, and only their beginnings were shown to the model: {0}",
    "差异中以下各行过长，模型只看到开头部分：{0}",
)
MORE_FACTS = "…"


@dataclass(frozen=True, slots=True)
class Asking:
    """The model is asked now, after the facts: about portion ``number`` (from 1) of ``most`` of the
    diff, which holds the lines ``shown``."""

    number: int
    most: int
    shown: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Remarked:
    """What the remarks of the model's review point at."""

    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFinished:
    """The last event.  ``end`` is ``FAILED`` where the change breaks something (it cannot be run
    any more, or a test fails after it), ``UNDECIDED`` where something could not be found out,
    else ``PASSED``, which is no praise; ``CANCELLED`` and ``BROKEN`` as of other work.
    ``answer`` holds what the model wrote of all portions."""

    end: CodeEnd
    files: tuple[FileReview, ...]
    tests: TestsReview | None = None
    answer: str = ""
    unseen: tuple[Span, ...] = ()
    """Lines of the diff that the model was not shown, or not all of."""
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
    answers: list[str] = []
    unseen: tuple[Span, ...] = ()
    failure: RuntimeFailure | None = None
    if writer is not None and not cancel.is_set():
        reviewer = _Reviewer(task, files, tests, words, writer)
        try:
            yield from reviewer.run()
        except RuntimeFailure as wrong:
            failure = wrong
        answers, unseen = reviewer.answers, reviewer.unseen
    end = CodeEnd.BROKEN if failure is not None else _end(files, tests)
    if cancel.is_set():
        end, failure = CodeEnd.CANCELLED, None
    yield ReviewFinished(
        end=end,
        files=tuple(files),
        tests=tests,
        answer="\n\n".join(answers),
        unseen=unseen,
        failure=failure,
    )


@dataclass(slots=True)
class _Reviewer:
    """A model that is shown a diff, portion by portion."""

    task: ReviewTask
    files: Sequence[FileReview]
    tests: TestsReview | None
    words: tuple[str, Lang]
    writer: Writer
    answers: list[str] = field(default_factory=list)
    unseen: tuple[Span, ...] = ()
    """What it was not shown, or not all of."""

    def run(self) -> Generator[ReviewEvent, None, None]:
        """Its reviews, and what their remarks point at.  Raises ``RuntimeFailure``."""
        shown = Shown(self.task.patches)
        cut: list[Span] = []
        sizes, number = list(SIZES), 0
        try:
            while number < MOST_PORTIONS and not (shown.over and number):
                portion = shown.next(sizes[0])
                most = min(MOST_PORTIONS, number + max(1, shown.portions(sizes[0])))
                try:
                    end = yield from self._asked(portion, (number + 1, most), sizes[0])
                except Overflow:
                    if len(sizes) == 1:
                        raise
                    del sizes[0]
                    continue
                if end is TurnEnd.CANCELLED:
                    return
                shown.taken(sizes[0])
                number += 1
                cut += portion.cut
        finally:
            self.unseen = (*shown.left, *cut)
        if cut:
            yield Notice(NoticeKind.WINDOW, CUT_SHORT.of(named(cut)))
        if shown.left:
            yield Notice(NoticeKind.WINDOW, NOT_SHOWN.of(named(shown.left)))

    def _asked(
        self, portion: Portion, place: tuple[int, int], most: int
    ) -> Generator[ReviewEvent, None, TurnEnd]:
        """One portion.  Raises ``Overflow`` where the window does not hold it, before any event."""
        task, lang = self.words
        number, of = place
        text = task or REVIEW.template(lang)
        if of > 1:
            text = f"{text}\n{say(PORTION.of(number, of), lang)}"
        facts = self._facts(portion, min(most, MOST_FACTS))
        request = review_request(text, portion.text, facts, self.writer.spec, lang)
        writing = self.writer.write(request)
        try:
            first = next(writing)
        except StopIteration as ended:
            yield Asking(number, of, portion.spans)
            written: Written = ended.value
        else:
            yield Asking(number, of, portion.spans)
            yield first
            written = yield from writing
        if written.text.strip():
            self.answers.append(written.text)
            yield Remarked(remarks_of(written.text, self.task.patches))
        return written.end

    def _facts(self, portion: Portion, most: int) -> str:
        """What is known of the files of a portion, as many lines as there is room for."""
        names = {span.file for span in portion.spans}
        some = [file for file in self.files if not names or file.patch.name in names]
        lines, size = [], 0
        for line in telling.for_model(some, self.tests, self.words[1]).split("\n"):
            size += len(line) + 1
            if size > most:
                lines.append(MORE_FACTS)
                break
            lines.append(line)
        return "\n".join(lines)


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
