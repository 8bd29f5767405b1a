"""Runs the code blocks of an answer where each of them ends.

Only what something can test is run: examples in the question, in Python assertions and doctests
within the block, and what the answer says that it prints.  It runs in the sandbox, apart from the
tests that judge it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from assistant.events import CodeChecked, CodeCounts
from runtimes.base import Cancel

if TYPE_CHECKING:
    from assistant.coding.blocks import Block, BlockReader
    from assistant.coding.types import Code, CodeReport

MOST_BLOCKS = 8
"""Of one answer; the further ones are not run."""
FENCES = ("```", "~~~")
_SHOWS_USE = re.compile(r"\s*>>> ")


class CodeChecks:
    """Follows the text of one answer."""

    def __init__(self, question: str, cancel: Cancel) -> None:
        self._question = question
        self._cancel = cancel
        self._reader: BlockReader | None = None
        self._blocks: list[Block] = []
        self._text: list[str] = []
        """What was written before there was a fence."""
        self._said: list[str] = []
        """All that was written."""
        self._tail = ""
        self._at = 0
        self._ran = 0
        self._checked: list[CodeChecked] = []
        self._waiting: dict[int, CodeChecked | None] = {}
        """Blocks that fail, as far as one sees where they end: a query that another may follow,
        Python that lacks a name which may be defined further on; and, not run as yet, what the
        answer calls wrong."""
        self._late: list[int] = []
        """Blocks that need code of the question, unless the answer writes it anew further on."""

    def feed(self, text: str) -> Iterator[tuple[str, Block | None]]:
        """The text in pieces: one up to each block that ends in it, with that block, and the
        rest."""
        begun, self._at = self._at, self._at + len(text)
        self._said.append(text)
        if self._reader is None:
            self._text.append(text)
            seam, self._tail = self._tail + text, (self._tail + text)[-2:]
            if not any(fence in seam for fence in FENCES):
                yield text, None
                return
        done = 0
        for block in self._read(text):
            end = text.find("\n", max(block.end - begun, 0)) + 1
            yield text[done:end], block
            done = end
        if done < len(text):
            yield text[done:], None

    def flush(self) -> Iterator[Block]:
        """The answer has ended: a block that the last line closes, and those that have waited for
        what follows them."""
        if self._reader is None:
            return
        found = [block for block in self._reader.flush() if block.closed]
        self._blocks += found
        yield from found
        yield from [self._blocks[index] for index in self._late]
        yield from [self._blocks[index] for index in self._waiting if self._stands(index)]

    def _stands(self, index: int) -> bool:
        """Is a block that has waited more than a step to another?  A look at the data, or what
        the answer calls wrong, is all that it has where there is no other of the language."""
        from assistant.coding.answers import prose_of
        from assistant.coding.claimed import breaks_off, tells_trouble
        from assistant.coding.naming import block_language
        from assistant.coding.queries.asked import is_look

        waited = self._waiting[index]
        if waited is not None and breaks_off(waited.report):
            prose = prose_of("".join(self._said), self._blocks)
            return not tells_trouble(self._question + prose)
        block = self._blocks[index]
        alike = [b for b in self._blocks if block_language(b) is block_language(block)]
        leads = waited is None or is_look(block.text)
        return len(alike) == 1 or not leads

    def whole(self, text: str) -> Iterator[tuple[str, CodeChecked | None]]:
        """An answer that is there already: pieces of it, each with the verdict on the block that
        ends in it."""
        for piece, block in self.feed(text):
            yield piece, None if block is None else self.check(block)
        for block in self.flush():
            yield "", self.check(block)

    def restart(self, text: str) -> None:
        """The answer was cut back to this."""
        self._reader, self._blocks, self._text = None, [], []
        self._at, self._tail, self._said = 0, "", []
        self._checked = [checked for checked in self._checked if checked.end <= len(text)]
        for _ in self.feed(text):
            pass
        self._waiting = {n: c for n, c in self._waiting.items() if n < len(self._blocks)}
        self._late = [n for n in self._late if n < len(self._blocks)]

    def check(self, block: Block) -> CodeChecked | None:
        """Run a block; ``None`` where nothing tests it, the answer shows it as a wrong one, or it
        is nested too deeply to be looked at."""
        try:
            return self._check(block)
        except RecursionError:
            return None

    def _check(self, block: Block) -> CodeChecked | None:
        from assistant.coding.answers import shown_as_wrong
        from assistant.coding.naming import block_language

        index, said = self._blocks.index(block), "".join(self._said)
        if self._cancel.is_set():
            return None
        again = index in self._waiting
        if (waited := self._waiting.pop(index, None)) is not None:
            return self._found(self._anew(waited))
        if self._ran >= MOST_BLOCKS:
            return None
        if shown_as_wrong(said, block) and not again:
            if block_language(block) is not None and block.text.strip() not in self._question:
                self._waiting[index] = None
            return None
        if _SHOWS_USE.match(block.text):
            report = self._used(index)
        elif block_language(block) is not None:
            late = index in self._late
            if not late and (code := self._code(index)) is not None and 0 in code.lines:
                self._late.append(index)
                return None
            report = self._in_turn(index, later=late)
        else:
            report = self._printed(index, said)
        if report is None or self._cancel.is_set():
            return None
        checked = CodeChecked(index, block.start, block.end, report)
        if again:
            return self._found(checked) if fails_the_question(report) else None
        return None if self._waits(checked, block) else self._found(checked)

    def _found(self, checked: CodeChecked) -> CodeChecked:
        self._checked.append(checked)
        return checked

    def _waits(self, checked: CodeChecked, block: Block) -> bool:
        """Does a block that fails tell nothing before the answer is whole, or not at all?"""
        from assistant.coding.claimed import breaks_off
        from assistant.coding.failures import lacks
        from assistant.coding.naming import block_language
        from assistant.coding.sandbox.types import Language
        from assistant.coding.types import Failed

        if breaks_off(checked.report):
            self._waiting[checked.index] = checked
            return True
        language, verdict = block_language(block), checked.report.verdict
        if language is Language.SQL:
            return self._is_step(checked, block)
        failure = verdict.failure if isinstance(verdict, Failed) else None
        if language is not Language.PYTHON or failure is None or not lacks(failure.error):
            return False
        self._waiting[checked.index] = checked
        return True

    def _is_step(self, checked: CodeChecked, block: Block) -> bool:
        """May a query that does not give what is expected be one on the way to another, or behind
        it?  Mere looks at the data are where there are others, and of these all but the last."""
        from assistant.coding.queries.asked import is_look
        from assistant.coding.sandbox.types import Language

        if is_look(block.text) and not passes(checked.report):
            if fails_the_question(checked.report):
                self._waiting[checked.index] = checked
            return True
        for index, other in tuple(self._waiting.items()):
            if other is not None and other.report.code.language is Language.SQL:
                del self._waiting[index]
        if not fails_the_question(checked.report):
            return False
        queries = [c for c in self._checked if c.report.code.language is Language.SQL]
        if not any(passes(c.report) for c in queries):
            self._waiting[checked.index] = checked
        return True

    def _anew(self, checked: CodeChecked) -> CodeChecked:
        """A block that has waited, with what the answer defines behind it."""
        code = self._code(checked.index, later=True)
        if code is None or code.files == checked.report.code.files:
            return checked
        report = self._in_turn(checked.index, later=True)
        return checked if report is None else replace(checked, report=report)

    def _code(self, index: int, *, later: bool = False, in_turn: bool = True) -> Code | None:
        """A block as a program, with what it needs of those before it, of ``later`` ones, and of
        the question; ``in_turn`` with what others do with that meanwhile."""
        from assistant.coding.answers import shown_as_wrong
        from assistant.coding.blocks import blocks_of
        from assistant.coding.context import with_context
        from assistant.coding.naming import block_language, default_name
        from assistant.coding.sandbox.types import SourceFile
        from assistant.coding.types import Code

        block = self._blocks[index]
        if (language := block_language(block)) is None:
            return None
        said = "".join(self._said)
        behind = self._blocks[index + 1 :] if later else []
        beside = [*behind, *self._blocks[:index]]
        beside.sort(key=lambda b: not shown_as_wrong(said, b))  # those where there is no other
        given = [replace(b, line=0) for b in blocks_of(self._question)]
        others = [b for b in (*given, *beside) if block_language(b) is language]
        text, lines = with_context(others, block, language, in_turn=in_turn)
        return Code(language, (SourceFile(default_name(language), text),), lines)

    def _in_turn(self, index: int, *, later: bool) -> CodeReport | None:
        """A block behind those before it.  One of them may be there to be seen, and not to be run:
        where a block fails so and not by itself, nothing is told of it."""
        from assistant.coding.types import Failed

        report = self._tested(index, later=later)
        if report is None or not isinstance(report.verdict, Failed):
            return report
        code = self._code(index, later=later, in_turn=False)
        if code is None or code.files == report.code.files:
            return report
        alone = self._tested(index, later=later, in_turn=False)
        return report if alone is not None and isinstance(alone.verdict, Failed) else None

    def _tested(
        self, index: int, *, later: bool = False, in_turn: bool = True
    ) -> CodeReport | None:
        """A block against the question's examples, its own tests, or else its own comments."""
        from assistant.coding import sandbox
        from assistant.coding.alone import asserts, run_alone
        from assistant.coding.answers import is_begun
        from assistant.coding.claimed import report_of, run_claims
        from assistant.coding.claims import claims_in, told_at_end
        from assistant.coding.judging import judge, testable
        from assistant.coding.others import asks_program
        from assistant.coding.trial import TestOutcome
        from assistant.coding.types import QUICK, Brief, CodeReport, Failed, Origin

        if (code := self._code(index, later=later, in_turn=in_turn)) is None:
            return None
        begun = partial(is_begun, code.program.text, code.language, self._question)
        brief = Brief(question=self._question, language=code.language, whole=False)
        if testable(code, brief):
            self._ran += 1
            report = judge(code, brief, sandbox.examine(), QUICK, self._cancel)
            failed = [test.name for test in report.tests if test.outcome is TestOutcome.FAILED]
            return None if begun(failed) else report
        if begun():
            return None
        if asks_program(code, self._question):
            self._ran += 1
            whole = replace(brief, whole=True)
            report = judge(code, whole, sandbox.examine(), QUICK, self._cancel)
            if not is_part(report):
                return report
        if asserts(code):
            self._ran += 1
            verdict, printed, layers = run_alone(
                code, sandbox.examine(), QUICK.limits, self._cancel
            )
            if isinstance(verdict, Failed) and verdict.by is Origin.MODEL:
                return CodeReport(code=code, verdict=verdict, printed=printed, layers=layers)
        said = (code.program.text, code.language)
        if not (claims_in(*said) or told_at_end(*said)):
            return None
        self._ran += 1
        since = len(code.lines) - self._blocks[index].text.count("\n")  # what others tell of
        claims = run_claims(code, sandbox.examine(), QUICK.limits, self._cancel, since)
        return report_of(code, claims)

    def _used(self, index: int) -> CodeReport | None:
        """The use of what stands in the blocks before, as one would type it in Python; nothing
        where that gives another thing each time."""
        from assistant.coding import sandbox
        from assistant.coding.examples.chance import hangs_on_others
        from assistant.coding.judging import judge, testable
        from assistant.coding.naming import block_language
        from assistant.coding.sandbox.types import Language
        from assistant.coding.types import QUICK, Brief

        python = [n for n in range(index) if block_language(self._blocks[n]) is Language.PYTHON]
        bare = [n for n in python if not _SHOWS_USE.match(self._blocks[n].text)]
        if not bare or (code := self._code(bare[-1])) is None:
            return None
        shown = self._blocks[index].text
        brief = Brief(language=code.language, shown=shown, whole=False)
        if hangs_on_others(code.program.text + shown) or not testable(code, brief):
            return None
        self._ran += 1
        return judge(code, brief, sandbox.examine(), QUICK, self._cancel)

    def _printed(self, index: int, said: str) -> CodeReport | None:
        """The block before this one against what the answer says here that it prints."""
        from assistant.coding import sandbox
        from assistant.coding.answers import shown_as_output, shown_as_wrong
        from assistant.coding.claimed import report_of, run_output
        from assistant.coding.naming import block_language
        from assistant.coding.types import QUICK, Asking

        before = self._blocks[index - 1] if index else None
        if before is None or not shown_as_output(said, before, self._blocks[index]):
            return None
        if shown_as_wrong(said, before):
            return None
        if (code := self._code(index - 1)) is None:
            return None
        self._ran += 1
        joint = any(block_language(earlier) for earlier in self._blocks[: index - 1])
        how = Asking(sandbox.examine(), QUICK.limits, self._cancel)
        since = len(code.lines) - before.text.count("\n")
        judged = run_output(code, self._blocks[index].text, how, joint=joint, since=since)
        return report_of(code, [judged] if judged is not None else [])

    def counts(self) -> CodeCounts:
        """Of the blocks that stand."""
        if not self._checked:  # nothing is loaded for it
            return CodeCounts()
        from assistant.coding.types import Failed, Passed

        verdicts = [checked.report.verdict for checked in self._checked]
        passed = sum(isinstance(verdict, Passed) for verdict in verdicts)
        failed = sum(isinstance(verdict, Failed) for verdict in verdicts)
        return CodeCounts(passed=passed, failed=failed, undecided=len(verdicts) - passed - failed)

    def _read(self, text: str) -> list[Block]:
        if self._reader is None:
            from assistant.coding.blocks import BlockReader

            self._reader = BlockReader()
            text = "".join(self._text)
        found = self._reader.feed(text)
        self._blocks += found
        return found


def is_part(report: CodeReport) -> bool:
    """Does a block, as a program, tell nothing of the answer?  It was not compared with anything,
    was ended at a limit of ours, or prints nothing or lacks what may stand elsewhere."""
    from assistant.coding.failures import lacks
    from assistant.coding.programs import at_limit
    from assistant.coding.types import Failed, Undecided

    match report.verdict:
        case Failed(failure=failure):
            silent = not (failure.gave or failure.error or failure.why)
            return silent or at_limit(failure) or lacks(failure.error)
        case Undecided():
            return not report.tests
    return False


def fails_the_question(report: CodeReport) -> bool:
    """Does the code fail an example that the question states?  A test of the model's own, or what
    it says that the code prints, says nothing against its answer."""
    from assistant.coding.types import Failed, Origin

    verdict = report.verdict
    return isinstance(verdict, Failed) and verdict.by not in (Origin.MODEL, Origin.CLAIMED)


def passes(report: CodeReport) -> bool:
    """Has it passed all of its tests?  That it prints what is written beside it is none."""
    from assistant.coding.types import Origin, Passed

    return isinstance(report.verdict, Passed) and report.verdict.by is not Origin.CLAIMED


def betters(later: CodeReport, report: CodeReport) -> bool:
    """Does what an answer writes later pass the tests that it failed before?"""
    from assistant.coding.types import Failed, Origin, Passed

    passed, failed = later.verdict, report.verdict
    if not isinstance(passed, Passed) or not isinstance(failed, Failed):
        return False
    alike = later.code.language is report.code.language and passed.by is failed.by
    held = {test.name for test in report.tests} <= {test.name for test in later.tests}
    return alike and held and passed.by is Origin.QUESTION
