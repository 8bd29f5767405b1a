"""A diff looked through without a model: what our exact tools can say of what it changes.

Nothing on the disk is changed.  Code is run in the sandbox alone.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from assistant.coding import static
from assistant.coding.importing import imported_as
from assistant.coding.naming import default_name, parsed
from assistant.coding.reviewing.comparing import compare
from assistant.coding.reviewing.outline import Outline, Touch, around, outlined
from assistant.coding.reviewing.patches import FilePatch
from assistant.coding.reviewing.sides import Sides, beside, sides_of
from assistant.coding.reviewing.types import Comparison, FileReview, TestsReview
from assistant.coding.sandbox.languages import is_plain, language_of
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, NotRun, SourceFile
from assistant.coding.trial import TestOutcome, TestReport, TestResult, run_tests
from assistant.coding.types import Code, Effort, Finding, FindingKind
from assistant.coding.wording import worded
from runtimes.base import Cancel
from runtimes.texts import Text

MOST_EXAMINED = 20
"""Files that tools are started for; of the others only the lines are told."""
MOST_COMPARED = 12
"""Functions of one file that are run on both sides."""
MOST_PLACES = 4
"""Definitions that are named for one hunk."""
MOST_BESIDE = 10
"""Modules beside a file that are handed to the sandbox with it."""
TOO_MANY = Text(
    "only the first {0} files of a diff are looked at closely",
    "差异中只详细检查前 {0} 个文件",
)
STILL = Text(
    "before the change as after it, the file cannot be run: {0}",
    "修改前后文件都无法运行：{0}",
)
UNREAD = Text("not looked at: {0}", "没有检查：{0}")
NOT_BOTH = Text("not run, as you asked", "已按要求不运行")
NO_SUBJECT = Text(
    "the tests import none of the changed Python files that are known before and after",
    "测试没有导入任何已知修改前后内容的 Python 文件",
)
_LINE = re.compile(r"\bline \d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTask:
    """What is to be reviewed: the files of a diff, whose paths start from ``folder``.

    ``tests`` are Python tests of the user's, run before and after; ``run`` false: nothing is run.
    """

    patches: tuple[FilePatch, ...]
    folder: Path
    tests: str = ""
    run: bool = True
    effort: Effort


def review(
    task: ReviewTask, policy: Policy, cancel: Cancel | None = None
) -> Iterator[FileReview | TestsReview]:
    """The facts, file by file, and then what the tests say where there are some."""
    yield from _Reviewing(task, policy, cancel or Cancel()).events()


class _Reviewing:
    def __init__(self, task: ReviewTask, policy: Policy, cancel: Cancel) -> None:
        self._task = task
        self._policy = policy
        self._cancel = cancel
        self._sides: dict[int, Sides] = {}
        """By the number of the file in the diff."""
        self._named: tuple[dict[str, Sides], dict[str, Sides]] = ({}, {})
        """By the path before the change, and by that after it."""

    def events(self) -> Iterator[FileReview | TestsReview]:
        task = self._task
        for number, patch in enumerate(task.patches[:MOST_EXAMINED]):
            if patch.hunks and not patch.binary:
                sides = sides_of(patch, task.folder)
                self._sides[number] = sides
                for names, name in zip(self._named, (patch.old, patch.new), strict=True):
                    if name:
                        names[name] = sides
        for number, patch in enumerate(task.patches):
            if self._cancel.is_set():
                return
            if number < MOST_EXAMINED:
                yield self._file(patch, self._sides.get(number))
            else:
                yield FileReview(patch=patch, why=TOO_MANY.of(MOST_EXAMINED))
        if task.tests and not self._cancel.is_set():
            yield self._tests()

    # one file

    def _file(self, patch: FilePatch, sides: Sides | None) -> FileReview:
        if sides is None:
            return FileReview(patch=patch)
        if sides.why is not None:
            return FileReview(patch=patch, why=sides.why)
        found = FileReview(patch=patch, note=sides.note)
        language = language_of(patch.name)
        if language is None:
            return found
        if language is Language.PYTHON:
            sided = (static.unread(text or "") for text in (sides.before, sides.after))
            why = next(filter(None, sided), None)
            if why is not None:
                return replace(found, why=worded(UNREAD, why))
        try:
            found = self._seen(found, sides, language)
            if language is not Language.PYTHON or found.outline is None or found.outline.same:
                return found
            return self._compared(found, sides)
        except RecursionError:  # trees that can be made and not walked
            return FileReview(patch=patch, why=worded(UNREAD, static.TOO_DEEP))

    def _seen(self, found: FileReview, sides: Sides, language: Language) -> FileReview:
        """What can be told without running anything."""
        before, after = sides.before, sides.after
        effort = replace(self._task.effort, types=True, lint=True)
        name = _plain_name(found.patch, language)
        looked = [
            static.Looked(())
            if text is None
            else static.look(Code(language, (SourceFile(name, text),)), effort)
            for text in (before, after)
        ]
        old, new = looked
        unlooked = old.unlooked | new.unlooked
        findings = [
            finding
            for finding in _brought(old.findings, new.findings, found.patch)
            if finding.kind not in unlooked
        ]
        broken = any(finding.fatal for finding in findings)
        if broken or any(finding.fatal for finding in old.findings):
            findings = [finding for finding in findings if finding.fatal]
        told = [replace(finding, file=found.patch.name) for finding in findings]
        stuck = next((f for f in new.findings if f.fatal), None) if not broken else None
        outline = None
        if language is Language.PYTHON and not broken:
            outline = outlined(before or "", after or "")
        return replace(
            found,
            note=found.note if stuck is None else worded(STILL, stuck.text),
            places=_places(found.patch, sides) if language is Language.PYTHON else (),
            findings=tuple(told),
            unlooked=tuple(sorted(unlooked)),
            broken=broken,
            outline=outline,
        )

    def _compared(self, found: FileReview, sides: Sides) -> FileReview:
        """What can be told by running both versions."""
        assert found.outline is not None
        names = found.outline.comparable()
        if not names or sides.before is None or sides.after is None or not self._task.run:
            return found
        jobs = self._jobs(found.patch, sides)
        result = compare(
            *jobs, names[:MOST_COMPARED], self._policy,
            examples=self._task.tests, cancel=self._cancel,
        )  # fmt: skip
        if isinstance(result, NotRun):
            result = tuple(Comparison(function=name, why=result.why) for name in names)
        reached = _reached(found.outline)
        told = tuple(replace(item, reached=item.function in reached) for item in result)
        return replace(found, comparisons=told, uncompared=max(0, len(names) - MOST_COMPARED))

    def _jobs(self, patch: FilePatch, sides: Sides) -> tuple[Job, Job]:
        """The file before and after, each with the modules that lie beside it then."""
        limits = self._task.effort.limits
        name = _plain_name(patch, Language.PYTHON)

        def job(side: int) -> Job:
            text = (sides.before, sides.after)[side] or ""
            files = (SourceFile(name, text), *self._beside(patch, sides.path, side, text))
            return Job(language=Language.PYTHON, files=files, limits=limits)

        return job(0), job(1)

    def _beside(
        self, patch: FilePatch, path: Path | None, side: int, text: str
    ) -> Iterator[SourceFile]:
        """The modules of the user's that it imports from its own folder, as they are on that
        side of the change."""
        here = PurePosixPath((patch.old, patch.new)[side] or patch.name)
        done = {here.stem}
        waiting = list(_imports(text))
        while waiting and len(done) <= MOST_BESIDE:
            stem = waiting.pop(0)
            if stem in done or not is_plain(f"{stem}.py"):
                continue
            done.add(stem)
            content = self._module(str(here.with_name(f"{stem}.py")), side)
            if content is None and path is not None:
                content = beside(path, self._task.folder, stem)
            if content:
                yield SourceFile(f"{stem}.py", content)
                waiting += _imports(content)

    def _module(self, name: str, side: int) -> str | None:
        """A file that the diff changes too, as it is on that side: empty where it is not there,
        ``None`` where the diff does not touch it."""
        sides = self._named[side].get(name)
        if sides is not None and sides.why is None:
            return (sides.before, sides.after)[side] or ""
        return "" if name in self._named[1 - side] else None

    # the tests

    def _tests(self) -> TestsReview:
        if not self._task.run:
            return TestsReview(why=NOT_BOTH)
        subject = self._subject()
        if subject is None:
            return TestsReview(why=NO_SUBJECT)
        patch, sides = subject
        reports: list[TestReport | None] = []
        for text, job in zip((sides.before, sides.after), self._jobs(patch, sides), strict=True):
            if text is None:
                reports.append(None)
                continue
            named = _named_for(self._task.tests, job)
            result = run_tests(named, self._task.tests, self._policy, self._cancel)
            if isinstance(result, NotRun):
                return TestsReview(file=patch.name, why=result.why, isolation=result.isolation)
            reports.append(result)
        before, after = reports
        return TestsReview(file=patch.name, before=before, after=after, newly=_newly(before, after))

    def _subject(self) -> tuple[FilePatch, Sides] | None:
        """The file that the tests are for: the one that they import, or the only one."""
        found = [
            (patch, sides)
            for number, sides in self._sides.items()
            if (patch := self._task.patches[number])
            and language_of(patch.name) is Language.PYTHON
            and sides.why is None
            and sides.after
        ]
        asked = set(_imports(self._task.tests))
        named = [(p, s) for p, s in found if PurePosixPath(p.name).stem in asked]
        for group in (named, found):
            if len(group) == 1:
                return group[0]
        return None


def _named_for(tests: str, job: Job) -> Job:
    """The job under the name by which the tests import it."""
    stem = imported_as(tests, Code(job.language, job.files))
    first, *others = job.files
    return replace(job, files=(SourceFile(f"{stem}.py", first.text), *others)) if stem else job


def _newly(before: TestReport | None, after: TestReport | None) -> tuple[TestResult, ...]:
    """Tests that fail after the change, and did not before."""
    if after is None:
        return ()
    results = before.results if before is not None else ()
    failed = {result.name for result in results if result.outcome is TestOutcome.FAILED}
    failing = (result for result in after.results if result.outcome is TestOutcome.FAILED)
    return tuple(result for result in failing if result.name not in failed)


def _plain_name(patch: FilePatch, language: Language) -> str:
    """The file's own name, where it may lie in the sandbox so."""
    name = PurePosixPath(patch.name).name
    return name if is_plain(name) else default_name(language)


def _places(patch: FilePatch, sides: Sides) -> tuple[str, ...]:
    """For each hunk the definitions in which its changed lines stand."""
    old, new = around(sides.before or ""), around(sides.after or "")
    found = []
    for hunk in patch.hunks:
        names = [
            new.get(line.new, "") if line.sign == "+" else old.get(line.old, "")
            for line in hunk.lines
            if line.sign != " " and line.text.strip()
        ]
        there = list(dict.fromkeys(name for name in names if name))
        more = ", …" if len(there) > MOST_PLACES else ""
        found.append(", ".join(there[:MOST_PLACES]) + more)
    return tuple(found)


def _reached(outline: Outline) -> set[str]:
    return {item.name for item in outline.definitions if item.touch is Touch.REACHED}


def _stands(patch: FilePatch, line: int) -> int:
    """Where a line before the change is after it; 0 where it is gone."""
    shift = 0
    for hunk in patch.hunks:
        gone, come = len(hunk.side("-")), len(hunk.side("+"))
        first = hunk.old if gone else hunk.old + 1
        if line < first:
            break
        if line < first + gone:
            return next((it.new for it in hunk.lines if it.old == line), 0)
        shift += come - gone
    return line + shift


def _brought(old: Sequence[Finding], new: Sequence[Finding], patch: FilePatch) -> Iterator[Finding]:
    """The findings that the change brings in: there are more that say the same than before.

    Of those that say the same, the ones on lines that stay are the old ones.
    """
    counts = Counter(_meaning(finding) for finding in old)
    stay = Counter((_meaning(finding), _stands(patch, finding.line)) for finding in old)
    left: list[Finding] = []
    for finding in new:
        key = (_meaning(finding), finding.line)
        if stay[key]:
            stay[key] -= 1
            counts[key[0]] -= 1
        else:
            left.append(finding)
    for finding in left:
        if counts[_meaning(finding)] > 0:
            counts[_meaning(finding)] -= 1
        else:
            yield finding


def _meaning(finding: Finding) -> tuple[FindingKind, str, str]:
    """What it says, but for the numbers of other lines in it."""
    return finding.kind, finding.text.en, _LINE.sub("line", repr(finding.text.args))


def _imports(text: str) -> Iterator[str]:
    """The plain names of modules that a text imports."""
    tree = parsed(text)
    for node in ast.walk(tree) if tree else ():
        match node:
            case ast.Import(names=names):
                yield from (item.name.partition(".")[0] for item in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]
            case _:
                pass
