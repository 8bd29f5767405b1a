"""Examples that show a terminal: ``$ echo "3 4" | ./add.sh`` and what it prints.

Nothing of a command is run but the program of the answer: its input and its arguments are read
from the line, and a line with anything else in it is no example.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.coding.blocks import Block, blocks_of
from assistant.coding.examples import doubts

LONGEST = 500
_PROMPT = re.compile(r"[ \t]{0,4}(?:\w+@[\w.-]+:?[~\w/]*)?\$ (?=\S)")
_EMPTY = re.compile(r"[ \t]{0,4}(?:\w+@[\w.-]+:?[~\w/]*)?\$[ \t]*")
"""A prompt at which nothing was typed yet; so mostly at the end."""
_LEFT_OUT = re.compile(r"\s*(?:\.{2,}|…+|⋮|\[\.{3}\]|\[…\])\s*")
"""A line that stands for others, which are not shown."""
_STARTERS = frozenset({"bash", "sh", "dash", "node"})
_STRANGE = re.compile(r"[`;&(){}\[\]~!]|\$|(?<!<)<(?!<<)|>|\*|\?|\|.*\|")
"""What makes more of a line than a program with its input: variables, files, more programs."""
_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\"}
_INFO = frozenset("console shell-session terminal text txt output bash sh shell".split())


@dataclass(frozen=True, slots=True)
class Run:
    """A program with its arguments and its input, and what it prints.  ``line`` is as it was
    typed."""

    line: str
    program: str
    arguments: tuple[str, ...]
    stdin: str
    wanted: str


def runs_in(question: str) -> tuple[Run, ...]:
    """The runs of one program that a question shows; none where it shows several programs."""
    found = [
        run
        for block in blocks_of(question)
        if _shows(block) and doubts.introduced(question, block.start, block.end)
        for run in _runs(block.text)
    ]
    return tuple(found) if len({run.program for run in found}) == 1 else ()


def _shows(block: Block) -> bool:
    info = block.info.split()[0].lower() if block.info else "text"
    return info in _INFO and any(_PROMPT.match(line) for line in block.text.split("\n"))


def _runs(text: str) -> Iterator[Run]:
    """What stands between two prompts is what the first line prints."""
    typed, printed = "", list[str]()
    for line in [*text.rstrip("\n").split("\n"), "$ end"]:
        prompt = _PROMPT.match(line)
        if prompt is None:
            if not _EMPTY.fullmatch(line):
                printed.append(line)
            continue
        run = _run(typed, printed) if typed else None
        if run is not None:
            yield run
        typed, printed = line[prompt.end() :].strip(), []


def _run(line: str, printed: list[str]) -> Run | None:
    if len(line) > LONGEST:
        return None
    if any(doubts.contrary(word) or _LEFT_OUT.fullmatch(word) for word in printed):
        return None
    try:
        bare = re.sub(r"'[^']*'|\"[^\"$`\\]*\"", "''", line)
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|<")
        lexer.whitespace_split, lexer.commenters = True, ""
        words = list(lexer)
    except ValueError:
        return None
    if _STRANGE.search(bare):
        return None
    stdin = ""
    if "|" in words:
        at = words.index("|")
        given = _said(words[:at])
        if given is None:
            return None
        stdin, words = given, words[at + 1 :]
    elif "<<<" in words:
        at = words.index("<<<")
        if len(words) != at + 2:
            return None
        stdin, words = f"{words[at + 1]}\n", words[:at]
    if words and words[0] in _STARTERS:
        words = words[1:]
    elif not words or not words[0].startswith("./"):
        return None
    if not words or words[0].startswith("-"):
        return None
    program = words[0].rpartition("/")[2]
    return Run(line, program, tuple(words[1:]), stdin, "\n".join(printed))


def _said(words: list[str]) -> str | None:
    """What ``echo`` or ``printf`` prints, where that is plain."""
    match words:
        case ["echo", "-n", *said] if said:
            return " ".join(said) if "\\" not in "".join(said) else None
        case ["echo", *said] if not any(word.startswith("-") for word in said[:1]):
            return f"{' '.join(said)}\n" if "\\" not in "".join(said) else None
        case ["printf", said] if "%" not in said:
            return re.sub(r"\\[nt\\]", lambda found: _ESCAPES[found[0]], said)
        case _:
            return None
