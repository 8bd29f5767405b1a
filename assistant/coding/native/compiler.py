"""What a compiler or a sanitizer says, and on which line of the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.coding.native.sources import HIDDEN_MAIN
from assistant.coding.types import Code, Finding, FindingKind, Frame
from runtimes.texts import Text

MOST_SAID = 5
MOST_FRAMES = 8
LONGEST = 200
SAID = Text("the compiler warns: {0}", "编译器警告：{0}")
SEEN = Text("undefined behaviour on line {0} ({1}): {2}", "第 {0} 行有未定义行为（{1}）：{2}")
_SAID = re.compile(
    r"^[\w.+ -]{1,100}: In (?:member )?function ['‘`](?P<within>[^\n]*)['’]:$"
    r"|^(?P<file>[\w.+ -]{1,100}):(?P<line>\d+):(?:(?P<column>\d+):)?"
    r" (?P<kind>warning|error|fatal error): (?P<text>.*)$",
    re.MULTILINE,
)
_RUNTIME = re.compile(r"^([\w.+ -]{1,100}):(\d+):\d+: runtime error: (.*)$", re.MULTILINE)
_ADDRESS = re.compile(r"^==\d+==ERROR: AddressSanitizer: ([\w-]+)", re.MULTILINE)
_FRAME = re.compile(
    r"^\s+#\d+ 0x[0-9a-f]+ in (\S+?)(?:\(.*?\))? (?:\S*/)?([\w.+ -]+?):(\d+)(?::\d+)?$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the compiler's."""

    file: str
    line: int
    column: int
    error: bool
    text: str
    within: str
    """The function."""


def said_by(stderr: str) -> list[Said]:
    """What the compiler says, in its order."""
    found, within = [], ""
    for said in _SAID.finditer(stderr):
        if said["file"] is None:
            within = said["within"]
            continue
        at = (int(said["line"]), int(said["column"] or 0))
        error = "error" in said["kind"]
        found.append(Said(said["file"], *at, error, said["text"][:LONGEST], within))
    return found


def first_error(stderr: str) -> str:
    """The line on which something was found to be wrong, of the compiler's or the linker's."""
    for said in said_by(stderr):
        if said.error:
            return f"{said.file}:{said.line}: {said.text}"
    lines = stderr.strip().split("\n")
    told = next((line for line in lines if "undefined reference" in line), lines[-1])
    return told.rpartition(": ")[2][:LONGEST] if "undefined" in told else told[:LONGEST]


def warnings_in(stderr: str, code: Code) -> tuple[Finding, ...]:
    """Its warnings about the code; none about what stands around it."""
    names = {file.name for file in code.files}
    return tuple(
        Finding(FindingKind.LINT, said.file, said.line, said.column, SAID.of(said.text))
        for said in said_by(stderr)
        if not said.error and said.file in names and HIDDEN_MAIN not in said.text + said.within
    )[:MOST_SAID]


def undefined_in(stderr: str, code: Code) -> Iterator[Text]:
    """What the sanitizers have seen, each kind on each line once."""
    names = {file.name for file in code.files}
    told: set[tuple[int, str]] = set()
    for file, line, text in _RUNTIME.findall(stderr):
        if file in names and (int(line), text) not in told and len(told) < MOST_SAID:
            told.add((int(line), text))
            yield SEEN.of(_place(code, file, int(line)), "UBSan", text[:LONGEST])
    for found in _ADDRESS.finditer(stderr):
        frames = frames_in(stderr[found.end() :], code)
        if frames and found[1] != "ABRT":  # it has ended itself, by an assertion or an exception
            yield SEEN.of(_place(code, frames[0].file, frames[0].line), "ASan", found[1])


def frames_in(stderr: str, code: Code) -> tuple[Frame, ...]:
    """The lines of the code in the first stack that a sanitizer shows, the innermost first."""
    names = {file.name for file in code.files}
    frames = []
    for function, name, line in _FRAME.findall(stderr.partition("\n\n")[0]):
        if name in names:
            frames.append(frame_at(code, name, int(line), function))
    return tuple(frames[:MOST_FRAMES])


def frame_at(code: Code, name: str, line: int, function: str = "") -> Frame:
    """A line of the code."""
    text = next(file.text for file in code.files if file.name == name).split("\n")
    source = text[line - 1].strip() if 0 < line <= len(text) else ""
    answer = code.answer_line(line) if name == code.program.name else 0
    return Frame(name, line, function, source[:LONGEST], answer)


def _place(code: Code, name: str, line: int) -> str:
    return str(line) if name == code.program.name else f"{name}:{line}"
