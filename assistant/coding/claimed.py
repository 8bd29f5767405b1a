"""Is what a program prints what its comments, or the answer that it stands in, say?

The program is run once as it is; what it prints is compared outside.  That shows whether the words
are true, and nothing of whether the program is what was asked for.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import replace

from assistant.coding import failures, sandbox
from assistant.coding.claims import Claim, claims_in, marked, told_at_end, writes
from assistant.coding.examples.chance import hangs_on_others
from assistant.coding.examples.dialogues import comments_in
from assistant.coding.examples.layout import set_out_alike, spaced_alike
from assistant.coding.examples.unnamed import COMPILED
from assistant.coding.holding import is_other, is_true, shows, unordered
from assistant.coding.others import closer_of
from assistant.coding.programs import holds, reads_input
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limits, Outcome, SourceFile
from assistant.coding.trial import WHOLE, TestOutcome
from assistant.coding.types import (
    Asking,
    Code,
    CodeReport,
    Failed,
    Failure,
    Frame,
    Judged,
    JudgedTest,
    Origin,
    Passed,
)
from runtimes.base import Cancel
from runtimes.texts import Text

FALSE = Text(
    "a comment on line {0} says that {1} prints {2}, and it prints {3}",
    "第 {0} 行的注释说 {1} 输出 {2}，实际输出 {3}",
)
_ELIDED = re.compile(r"\.\.\.|…")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")
_NO_BREAK = re.compile(
    r"(?:SystemExit|KeyboardInterrupt|AssertionError|NameError|ImportError|NotImplementedError"
    r"|(?:\w+\.)*\w*(?:OS|IO|Memory|Permission|Connection|Timeout|NotFound)\w*Error|\w+\.error"
    r"|AttributeError: module)\b"
)
"""Exceptions by which a part of a program may break off that is not wrong, that tests tell, or
that come of what code does not have here."""
_TROUBLE = re.compile(
    r"error|exception|StopIteration|\brais|\bthrow|\bfail|crash|\bbug|wrong|invalid|traceback|incorrect|problem"
    r"|报错|异常|错误|抛出|失败|出错|崩溃|问题|不正确",
    re.IGNORECASE,
)
_UNMATCHED = frozenset({Language.SQL, Language.SHELL})
"""Tables are set out in many ways; what a shell prints is for the most part of the machine."""


def run_claims(
    code: Code, policy: Policy, limits: Limits, cancel: Cancel, since: int = 0
) -> list[Judged]:
    """The comments that are plainly true or false; none of a program that reads an input, or does
    not come to its end.  Those ``since`` a line are looked at; others are told elsewhere."""
    program, language = code.program, code.language
    claims = claims_in(program.text, language)
    mine = any(claim.line > since for claim in claims)
    whole = told_at_end(program.text, language)
    if not (mine or whole) or reads_input(code) or hangs_on_others(program.text):
        return []
    mark = f"<{secrets.token_hex(8)} "
    text = marked(program.text, language, mark)
    shown = replace(code, files=(SourceFile(program.name, text), *code.files[1:]))
    ran = _run(shown, Asking(policy, limits, cancel))
    if not isinstance(ran, Outcome):
        return [_unmarked(ran, program)] if ran is not None else []
    if f'"{mark}' in ran.stdout:
        return []  # a text of the program's has them in it
    found = []
    for number, claim in enumerate(claims):
        parts = re.findall(rf"{mark}{number}<(.*?){mark}{number}>", ran.stdout, re.DOTALL)
        printed = re.sub(rf"{mark}\d+[<>]", "", parts[0]) if len(parts) == 1 else ""
        true = is_true(claim, printed.strip("\n"), code) if printed.strip() else None
        if true is not None and claim.line > since:
            found.append(_judged(claim, printed.strip(), code, true=true))
    if whole:
        printed = re.sub(rf"{mark}\d+[<>]", "", ran.stdout).rstrip()
        last = "\n".join(printed.split("\n")[-len(whole.split("\n")) :])
        bare = replace(ran, stdout=last if last.split() == whole.split() else printed)
        judged = _printed(bare, whole, code, joint=since > 0)
        plain = judged is not None and (judged[1] is None or shows(whole, bare.stdout))
        found += [judged] if judged is not None and plain else []
    return found


def _unmarked(judged: Judged, program: SourceFile) -> Judged:
    """With the lines of the program as they were written."""
    test, failure = judged
    if failure is None:
        return judged
    rows = program.text.split("\n")
    frames = tuple(
        replace(frame, source=rows[frame.line - 1].strip()[: failures.LONGEST])
        if frame.file == program.name and 0 < frame.line <= len(rows)
        else frame
        for frame in failure.frames
    )
    return test, replace(failure, frames=frames)


def run_output(
    code: Code, wanted: str, how: Asking, *, joint: bool = False, since: int = 0
) -> Judged | None:
    """The program against all that the answer says it prints ``since`` a line; ``None`` where
    that is not plain.  ``joint``: other programs may have printed a part of it."""
    if code.language in _UNMATCHED or not wanted.strip():
        return None
    if reads_input(code) or hangs_on_others(code.program.text):
        return None
    mark = f"<{secrets.token_hex(8)}>"
    ran = _run(_begun_at(since, code, mark) if since else code, how)
    if not isinstance(ran, Outcome):
        return None if tells_trouble(wanted) else ran
    own = ran.stdout.partition(mark)[2] if mark in ran.stdout else ran.stdout
    return _printed(replace(ran, stdout=own), wanted, code, joint=joint)


def _begun_at(since: int, code: Code, mark: str) -> Code:
    """A program with a mark before what a line behind this one is the first to print."""
    if code.language not in (Language.PYTHON, Language.JAVASCRIPT):
        return code
    rows = code.program.text.split("\n")
    rows.insert(since, writes(mark, code.language))
    file = SourceFile(code.program.name, "\n".join(rows))
    return Code(
        code.language, (file, *code.files[1:]), (*code.lines[:since], 0, *code.lines[since:])
    )


def _printed(ran: Outcome, wanted: str, code: Code, *, joint: bool) -> Judged | None:
    printed = ran.stdout
    if _ELIDED.search(wanted) or not printed.strip():
        return None
    same = printed.split() == wanted.split() and set_out_alike(printed, wanted)
    if same and not spaced_alike(printed, wanted):
        return None
    doubtful = ran.stderr.strip() or unordered(code) or (joint and holds(wanted, printed))
    if not same and (doubtful or not is_other(printed, wanted)):
        return None
    return _told("", wanted.strip(), printed.strip(), (), true=same)


def _run(code: Code, how: Asking) -> Outcome | Judged | None:
    """A run that came to its end.  What a program of C prints after undefined behaviour says
    nothing of it: then that is what is told."""
    job = Job(language=code.language, files=code.files, limits=how.limits)
    result = sandbox.run(job, how.policy, how.cancel)
    if not isinstance(result, Outcome) or how.cancel.is_set():
        return None
    if not result.succeeded:
        return _broken_off(code, result)
    if _ADDRESS.search(result.stdout):
        return None  # another one each time
    closer = closer_of(code, how) if code.language in COMPILED else None
    doubt = closer(job, result) if closer is not None else None
    if doubt is None:
        return result
    if not doubt.sure:
        return None
    failure = Failure(test=WHOLE, why=doubt.why, frames=doubt.frames)
    return JudgedTest(WHOLE, Origin.CLAIMED, TestOutcome.FAILED), failure


def _broken_off(code: Code, result: Outcome) -> Judged | None:
    """A program of Python that says what it prints, and breaks off by an exception of which it
    does not speak, nor raises it: not for want of what may stand elsewhere, or is not here."""
    if code.language is not Language.PYTHON or result.limits or result.exit is None:
        return None
    failure = failures.traced(result.stderr, code)
    if failure is None or failures.excuse(result.stderr, code) or _NO_BREAK.match(failure.error):
        return None
    places = re.findall(r'^  File "([^"\n]*)", line (\d+)', result.stderr, re.MULTILINE)
    last = failure.frames[-1] if failure.frames else None
    if last is None or not places or int(places[-1][1]) != last.line:
        return None  # it comes from a library, and another version of that may not raise it
    if last.source.startswith("raise ") or tells_trouble(
        "\n".join(comments_in(code.program.text).values())
    ):
        return None
    test = JudgedTest(WHOLE, Origin.CLAIMED, TestOutcome.FAILED, failure.error)
    return test, failure


def tells_trouble(text: str) -> bool:
    """Do words speak of errors or exceptions, so that one may be meant to be shown?"""
    return _TROUBLE.search(text) is not None


def breaks_off(report: CodeReport) -> bool:
    """Is it that the program breaks off where something was said of its output?"""
    match report.verdict:
        case Failed(by=Origin.CLAIMED, failure=failure):
            return bool(failure.error) and failure.why is None
    return False


def report_of(code: Code, judged: list[Judged]) -> CodeReport | None:
    """What was said of a block, and nothing else of it; ``None`` where nothing was."""
    if not judged:
        return None
    passed = sum(test.outcome is TestOutcome.PASSED for test, _ in judged)
    failure = next((failure for _, failure in judged if failure is not None), None)
    verdict = (
        Passed(passed, Origin.CLAIMED)
        if failure is None
        else Failed(passed, len(judged), Origin.CLAIMED, failure)
    )
    return CodeReport(code=code, verdict=verdict, tests=tuple(test for test, _ in judged))


def notes_of(judged: list[Judged]) -> Iterator[Text]:
    """The false ones, in words."""
    for _, failure in judged:
        if failure is not None and not (failure.why or failure.error) and failure.frames:
            line = failure.frames[0].line
            yield FALSE.of(line, failure.call, failure.expected, failure.gave)


def _judged(claim: Claim, printed: str, code: Code, *, true: bool) -> Judged:
    lines = code.program.text.split("\n")
    source, at = lines[claim.line - 1].strip(), code.answer_line(claim.line)
    frame = Frame(code.program.name, claim.line, "", source[: failures.LONGEST], at)
    return _told(claim.asked, claim.said, printed, (frame,), true=true)


def _told(asked: str, said: str, printed: str, frames: tuple[Frame, ...], *, true: bool) -> Judged:
    name = f"{failures.short(asked) or WHOLE} → {failures.short(said)}"
    outcome = TestOutcome.PASSED if true else TestOutcome.FAILED
    test = JudgedTest(name, Origin.CLAIMED, outcome)
    if true:
        return test, None
    failure = Failure(
        test=name,
        call=failures.short(asked),
        gave=failures.short(printed),
        expected=failures.short(said),
        frames=frames,
    )
    return test, failure


__all__ = ["breaks_off", "notes_of", "report_of", "run_claims", "run_output", "tells_trouble"]
