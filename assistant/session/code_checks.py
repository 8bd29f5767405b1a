"""Runs the code blocks of an answer where each of them ends.

Only what something can test is run: examples in the question, in Python assertions and doctests
within the block, and what the answer says that it prints.  It runs in the sandbox, apart from the
tests that judge it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
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
        self._step: tuple[Block, CodeChecked] | None = None
        """The last query, where it does not give what the question expects: it is a step where the
        answer goes on to another."""

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
        """The answer has ended: a block that the last line closes, and one that waited for what
        follows it."""
        if self._reader is None:
            return
        found = [block for block in self._reader.flush() if block.closed]
        self._blocks += found
        yield from found
        if self._step is not None:
            yield self._step[0]

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
        self._step = None
        for _ in self.feed(text):
            pass

    def check(self, block: Block) -> CodeChecked | None:
        """Run a block; ``None`` where nothing tests it, or the answer shows it as a wrong one."""
        from assistant.coding.answers import shown_as_wrong
        from assistant.coding.naming import block_language

        if self._step is not None and self._step[0] is block:  # no other has followed
            self._checked.append(self._step[1])
            return self._step[1]
        if self._ran >= MOST_BLOCKS or self._cancel.is_set():
            return None
        index, said = self._blocks.index(block), "".join(self._said)
        if shown_as_wrong(said, block):
            return None
        if _SHOWS_USE.match(block.text):
            report = self._used(index)
        elif block_language(block) is not None:
            report = self._tested(index)
        else:
            report = self._printed(index, said)
        if report is None or self._cancel.is_set():
            return None
        checked = CodeChecked(index, block.start, block.end, report)
        if self._is_step(block, checked):
            return None
        self._checked.append(checked)
        return checked

    def _is_step(self, block: Block, checked: CodeChecked) -> bool:
        """May a query that does not give what is expected be one on the way to another, or behind
        it?  Mere looks at the data are, and of the others all but the last."""
        from assistant.coding.naming import block_language
        from assistant.coding.queries.asked import is_look
        from assistant.coding.sandbox.types import Language

        if block_language(block) is not Language.SQL:
            return False
        if is_look(block.text) and not passes(checked.report):
            return True
        if not fails_the_question(checked.report):
            self._step = None
            return False
        queries = [c for c in self._checked if c.report.code.language is Language.SQL]
        if not any(passes(c.report) for c in queries):
            self._step = block, checked
        return True

    def _code(self, index: int) -> Code | None:
        """A block as a program, with what it needs of those before it."""
        from assistant.coding.answers import program_of, with_context
        from assistant.coding.naming import block_language, default_name
        from assistant.coding.sandbox.types import Language, SourceFile
        from assistant.coding.types import Code

        block = self._blocks[index]
        if (language := block_language(block)) is None:
            return None
        text, lines = program_of((block,), language)
        if language is Language.PYTHON:
            earlier = [b for b in self._blocks[:index] if block_language(b) is language]
            text, lines = with_context(earlier, block)
        return Code(language, (SourceFile(default_name(language), text),), lines)

    def _tested(self, index: int) -> CodeReport | None:
        """A block against the question's examples, its own tests, or else its own comments."""
        from assistant.coding import sandbox
        from assistant.coding.alone import asserts, run_alone
        from assistant.coding.claimed import report_of, run_claims
        from assistant.coding.claims import claims_in
        from assistant.coding.judging import judge, testable
        from assistant.coding.others import asks_program
        from assistant.coding.types import QUICK, Brief, CodeReport, Failed, Origin

        if (code := self._code(index)) is None:
            return None
        brief = Brief(question=self._question, language=code.language, whole=False)
        if testable(code, brief):
            self._ran += 1
            return judge(code, brief, sandbox.examine(), QUICK, self._cancel)
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
        if not claims_in(code.program.text, code.language):
            return None
        self._ran += 1
        claims = run_claims(code, sandbox.examine(), QUICK.limits, self._cancel)
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
        from assistant.coding.types import QUICK

        before = self._blocks[index - 1] if index else None
        if before is None or not shown_as_output(said, before, self._blocks[index]):
            return None
        if shown_as_wrong(said, before):
            return None
        if (code := self._code(index - 1)) is None:
            return None
        self._ran += 1
        wanted = self._blocks[index].text
        joint = any(block_language(earlier) for earlier in self._blocks[: index - 1])
        judged = run_output(
            code, wanted, sandbox.examine(), QUICK.limits, self._cancel, joint=joint
        )
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
