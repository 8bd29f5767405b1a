"""Undefined behaviour that the sanitizers have seen: where, and in whose memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.coding.native.compiler import LONGEST, frame_at
from assistant.coding.types import Code, Frame
from runtimes.texts import Text

MOST_SAID = 5
MOST_FRAMES = 8
SEEN = Text("undefined behaviour on line {0} ({1}): {2}", "第 {0} 行有未定义行为（{1}）：{2}")
_RUNTIME = re.compile(r"^([\w.+ -]{1,100}):(\d+):\d+: runtime error: (.*)$", re.MULTILINE)
_ADDRESS = re.compile(r"^==\d+==ERROR: AddressSanitizer: (.*)$", re.MULTILINE)
GIVES = Text("what it gives cannot be read ({0}): {1}", "其返回的内容无法读取（{0}）：{1}")
_KIND = re.compile(r"attempting (?:double-free|free|to call \S+)|[\w-]+")
_FRAME = re.compile(
    r"^\s+#\d+ 0x[0-9a-f]+ in (?P<function>.+?)"
    r" (?:\S*/)?(?P<file>[\w.+ -]+?):(?P<line>\d+)(?::\d+)?$",
    re.MULTILINE,
)
_MADE = re.compile(r"^(?:previously )?allocated by thread .*:$", re.MULTILINE)
_ON_STACK = re.compile(r"^Address .* is located in stack of .*$", re.MULTILINE)
_LIBRARY = re.compile(
    r"^/\S*/include/\S*:\d+: .*: Assertion '(?P<claim>.*)' failed\.$",
    re.MULTILINE,
)
"""A precondition of the library's that does not hold."""
_ENDED = re.compile(r"ABRT|stack-overflow|out-of-memory|[\w-]*-too-big|calloc-overflow")
"""No fault of memory: it has ended itself, or has used all that it has, sooner than it would."""
_DEFINED_HERE = re.compile(
    r"left shift of |null pointer passed as|applying zero offset|bound evaluates to .*value 0$"
)
"""What no standard defines, and compilers do."""
OWN, MADE, GIVEN = "assistant_", "assistant_made", " in assistant_give"
TESTS = "tests."


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that was seen.  ``given``: the function that made the memory, where that is not
    the code's own.  ``slight``: compilers define what it is."""

    said: Text
    frames: tuple[Frame, ...]
    given: str = ""
    slight: bool = False


def faults_in(stderr: str, code: Code) -> tuple[Fault, ...]:
    """What the sanitizers have seen in the code, each kind on each line once."""
    found: dict[Text, Fault] = {}
    for fault in (*_runtime(stderr, code), *_library(stderr, code), *_address(stderr, code)):
        found.setdefault(fault.said, fault)
    return tuple(found.values())


def notes_of(faults: Iterable[Fault]) -> tuple[Text, ...]:
    """The faults in words."""
    return tuple(dict.fromkeys(fault.said for fault in faults))[:MOST_SAID]


def _runtime(stderr: str, code: Code) -> Iterator[Fault]:
    names = _names(code)
    for file, line, text in _RUNTIME.findall(stderr):
        if file in names:
            frame = frame_at(code, file, int(line))
            said = SEEN.of(_place(code, frame), "UBSan", text[:LONGEST])
            yield Fault(said, (frame,), slight=_DEFINED_HERE.search(text) is not None)


def _library(stderr: str, code: Code) -> Iterator[Fault]:
    """An item that is not there, asked of a container."""
    for found in _LIBRARY.finditer(stderr):
        frames = frames_in(stderr[found.end() :], code)
        if frames:
            yield Fault(
                SEEN.of(_place(code, frames[0]), "libstdc++", found["claim"][:LONGEST]), frames
            )


def _address(stderr: str, code: Code) -> Iterator[Fault]:
    for head in _ADDRESS.finditer(stderr):
        kind = _KIND.match(head[1])
        report = stderr[head.end() :].partition("\nSUMMARY:")[0]
        frames = frames_in(report, code)
        if kind is None or _ENDED.fullmatch(kind[0]):
            continue
        if frames:
            said = SEEN.of(_place(code, frames[0]), "ASan", kind[0])
            yield Fault(said, frames, _maker(report, code))
        elif GIVEN in report.partition("\n\n")[0]:  # a pointer that was never set, or freed
            yield Fault(GIVES.of("ASan", kind[0]), (), _maker(report, code))


def _maker(report: str, code: Code) -> str:
    """The function that made the memory which is spoken of; empty where it is one of the code's,
    or nobody knows."""
    place = _MADE.search(report) or _ON_STACK.search(report)
    for found in _FRAME.finditer(report, place.end()) if place else ():
        if found["file"] in _names(code):
            return ""
        function = found["function"].partition("(")[0]
        if found["file"].startswith((OWN, TESTS)) and function != MADE:
            return function
    return ""


def frames_in(stderr: str, code: Code) -> tuple[Frame, ...]:
    """The lines of the code in the first stack that a sanitizer shows, the innermost first."""
    names = _names(code)
    frames = []
    for found in _FRAME.finditer(stderr.partition("\n\n")[0]):
        if found["file"] in names:
            function = found["function"].partition("(")[0]
            frames.append(frame_at(code, found["file"], int(found["line"]), function))
    return tuple(frames[:MOST_FRAMES])


def _names(code: Code) -> set[str]:
    return {file.name for file in code.files}


def _place(code: Code, frame: Frame) -> str:
    own = frame.file == code.program.name
    return str(frame.line) if own else f"{frame.file}:{frame.line}"
