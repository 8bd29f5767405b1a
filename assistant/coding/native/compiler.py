"""What a compiler says, and on which line of the code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.coding.native.sources import HIDDEN_MAIN
from assistant.coding.types import Code, Finding, FindingKind, Frame
from runtimes.texts import Text

MOST_SAID = 5
LONGEST = 200
SAID = Text("the compiler warns: {0}", "编译器警告：{0}")
_SAID = re.compile(
    r"^[\w.+ -]{1,100}: In (?:member )?function ['‘`](?P<within>[^\n]*)['’]:$"
    r"|^(?P<file>[\w.+ -]{1,100}):(?P<line>\d+):(?:(?P<column>\d+):)?"
    r" (?P<kind>warning|error|fatal error): (?P<text>.*)$",
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


def frame_at(code: Code, name: str, line: int, function: str = "") -> Frame:
    """A line of the code."""
    text = next(file.text for file in code.files if file.name == name).split("\n")
    source = text[line - 1].strip() if 0 < line <= len(text) else ""
    answer = code.answer_line(line) if name == code.program.name else 0
    return Frame(name, line, function, source[:LONGEST], answer)
