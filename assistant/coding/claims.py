"""What the comments of a program say that it prints (``print(f(2))  # 4``), and the same program
with marks around what each of these statements prints.

The marks are statements on the same lines, so that the program does what it did and its lines keep
their numbers.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from dataclasses import dataclass, replace

from assistant.coding.examples.pairs import COMMENTED, REMARK
from assistant.coding.examples.scanning import balanced, is_value
from assistant.coding.naming import parsed
from assistant.coding.sandbox.types import Language

MOST = 100
"""Claims of one program."""
LONGEST = 50_000
"""Characters of a program that is read for them."""
_HEAD = r"(?:(?:expected|sample)\s)?(?:outputs?|prints?|returns?|results?)"
_TOLD = re.compile(
    r"\s*(?:(?:it\s)?(?:will\s|should\s)?"
    rf"(?:{_HEAD}\s?:|prints?\b|outputs?\b|returns?\b|(?:应该?|会)?"
    r"(?:(?:输出|打印|返回|运行|执行)?结果|输出|打印|返回)为?\s?[:：]?)"
    r"|==?>|->|→|⇒)\s*",
    re.IGNORECASE,
)
"""What says that the words behind it come out."""
_UNSURE = re.compile(
    r"\b(?:may|might|could|maybe|perhaps|probably|usually|often|sometimes|depend\w*|var(?:y|ies)"
    r"|implementation|platform|random\w*|approx\w*|about|e\.g|for example|something like)\b"
    r"|[~≈?？]|可能|也许|大约|约|取决|不一定|不同|例如|类似|随机",
    re.IGNORECASE,
)
"""Words that leave open what comes out."""
_OF_PRINTS = re.compile(
    r"\s*(?:it\s)?(?:will\s|should\s)?[^:：]{0,20}?(?:output|print|输出|打印)", re.IGNORECASE
)
"""What speaks of the output, and not of what a call gives back."""
_ELSEWHERE = re.compile(
    r"\b(?:id|hash|getsizeof|sizeof|getpid|getcwd|platform|version|environ|__file__|argv|os|sys"
    r"|process|uname|locale|toLocale\w*|timeit|perf_counter|performance|globals|locals|dir)\b"
)
"""What is another thing on each machine."""
_CALLS = {
    Language.JAVASCRIPT: r"console\.log(?=\()",
    Language.C: r"(?:printf|puts)(?=\s?\()",
    Language.CPP: r"(?:(?:std::)?printf|puts)(?=\s?\()",
}
_STREAMED = re.compile(
    r"(?P<indent>[ \t]*)(?P<out>(?:std::)?cout)\s?<<"
    r"(?P<rest>(?:[^;\"'\n]|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])')+);"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement on ``line`` (from 1), and what is said that it prints.  ``told``: in words that
    leave no doubt of that.  ``asked`` is what it shows, as source text."""

    line: int
    asked: str
    said: str
    told: bool


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement of its own that may print: where it begins and ends in the program, and the line
    (from 1) on which it ends.  ``out`` is the stream of C++ that it writes to.  ``shows``: it is
    there for what it prints; else a comment may tell what it gives back."""

    start: int
    end: int
    last: int
    asked: str
    out: str = ""
    shows: bool = True


_At = tuple[_Statement, Claim]
Comments = dict[int, str]
"""By their lines, without the sign that begins them."""


def claims_in(program: str, language: Language) -> tuple[Claim, ...]:
    """What is claimed of single statements, in the order of their lines."""
    return tuple(claim for _, claim in _found(program, language))


def told_at_end(program: str, language: Language) -> str:
    """What the comments at the end of a program say that all of it prints (``# Output:`` and lines
    below it); empty where they say nothing of that, or tell of the statement before them alone."""
    if len(program) > LONGEST:
        return ""
    read = _python(program) if language is Language.PYTHON else _lines(program, language)
    statements, _, alone = read
    first = last = program.rstrip().count("\n") + 1
    while first - 1 in alone:
        first -= 1
    if last not in alone or first == 1 or program.split("\n")[first - 1][:1].isspace():
        return ""
    text = "\n".join(_run(alone, first))
    head = _TOLD.match(text)
    if head is None or not _OF_PRINTS.match(head[0]) or _UNSURE.search(text):
        return ""
    rows = program.split("\n")
    deep = len(rows[first - 2]) - len(rows[first - 2].lstrip())
    if not deep and first - 1 in {at.last for at in statements}:
        return ""
    return "\n".join(_bare(line, "#") for line in text[head.end() :].split("\n")).strip()


def marked(program: str, language: Language, mark: str) -> str:
    """The program with a mark, the number of the claim and ``<`` or ``>`` around what each of the
    statements prints."""
    text = program
    for number, (at, _) in reversed(list(enumerate(_found(program, language)))):
        before, after = (writes(f"{mark}{number}{sign}", language, at.out) for sign in "<>")
        inner = text[at.start : at.end]
        if language is Language.PYTHON:
            body = f"{before}; {inner}; {after}"
        else:
            body = f"{{{before}; {inner.rstrip(';')}; {after};}}"
        text = text[: at.start] + body + text[at.end :]
    return text


def writes(text: str, language: Language, out: str = "") -> str:
    """A statement that prints a text; in C++ to this stream, if to one."""
    match language:
        case Language.PYTHON:
            return f'__import__("sys").stdout.write("{text}")'
        case Language.JAVASCRIPT:
            return f'process.stdout.write("{text}")'
        case _:
            return f'{out} << "{text}"' if out else f'printf("{text}")'


def _found(program: str, language: Language) -> list[_At]:
    if len(program) > LONGEST:
        return []
    read = _python(program) if language is Language.PYTHON else _lines(program, language)
    statements, behind, alone = read
    told = [line for line in alone if _TOLD.match(alone[line])]
    under = bool(told) and min(told) - 1 in {at.last for at in statements}
    sign = "#" if language is Language.PYTHON else "//"
    below = _values_below(program, alone)
    alone = alone if under else {line: text for line, text in alone.items() if line in below}
    found = [(at, _claim(at, behind, alone, below, sign)) for at in statements]
    kept = [(at, claim) for at, claim in found if claim is not None]
    bare = [claim.said for _, claim in kept if not claim.told]
    every = [behind[line].strip() for line in sorted(behind)]
    if _counts(bare) or _counts([text for text in every if text.isdecimal()]):
        kept = [(at, claim) for at, claim in kept if claim.told]  # they number the lines
    return kept[:MOST]


def _counts(texts: list[str]) -> bool:
    """Are they 1, 2, 3 and so on, or from 0?"""
    return len(texts) > 1 and any(
        texts == [str(n + first) for n in range(len(texts))] for first in (0, 1)
    )


def _values_below(program: str, alone: Comments) -> set[int]:
    """The comments that are lists and the like, on a line of their own that nothing follows: they
    speak of what stands above them."""
    rows = [*program.split("\n"), ""]
    return {
        line
        for line, text in alone.items()
        if line - 1 not in alone and not rows[line].strip()
        if text.strip()[:1] in ("[", "(", "{") and is_value(text.strip())
    }


def _claim(
    at: _Statement, behind: Comments, alone: Comments, below: set[int], sign: str
) -> Claim | None:
    """What the comment behind a statement says; or those on the lines below, which must say that
    it is what comes out, or be nothing else."""
    own = at.last in behind
    text = behind[at.last] if own else "\n".join(_run(alone, at.last + 1))
    head = _TOLD.match(text)
    rest = (text[head.end() :] if head else text).strip()
    said = [_bare(line, sign) for line in rest.split("\n")]
    if head is None and not (own or at.last + 1 in below):
        return None
    if not any(said) or (own and len(said) > 1):
        return None
    if not at.shows and (head is None or not _OF_PRINTS.match(head[0])):
        return None
    if _UNSURE.search(text) or COMMENTED.search(rest) or _ELSEWHERE.search(at.asked):
        return None
    return Claim(at.last, at.asked, "\n".join(said), told=head is not None)


def _bare(said: str, sign: str) -> str:
    """Without a remark behind it, or the end of a sentence.  ``sign`` begins a comment."""
    text = said.strip().strip("`").rstrip("。")
    short = text.removesuffix(".")
    if is_value(short):
        return short
    if sign == "#" and "//" in text:
        return text  # it divides
    return REMARK.sub("", text).strip().strip("`")


def _run(comments: Comments, line: int) -> list[str]:
    """The comments on the lines from this one on, as long as there are some."""
    found = []
    while line in comments:
        found.append(comments[line])
        line += 1
    return found


def _starts(program: str) -> list[int]:
    starts = [0]
    for line in program.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


Read = tuple[list[_Statement], Comments, Comments]
"""The statements, the comments behind statements, and those on lines of their own."""


def _python(program: str) -> Read:
    tree = parsed(program)
    if tree is None:
        return [], {}, {}
    behind: Comments = {}
    alone: Comments = {}
    for token in tokenize.generate_tokens(io.StringIO(program).readline):
        if token.type == tokenize.COMMENT:
            own = not token.line[: token.start[1]].strip()
            (alone if own else behind)[token.start[0]] = token.string.lstrip("#")
    starts = _starts(program)
    found: dict[int, _Statement] = {}
    printing: Counter[int] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            if any(isinstance(part, ast.Await) for part in ast.walk(node)):
                continue  # others may print meanwhile
            last = node.end_lineno or node.lineno
            end = _place(program, starts[last - 1], node.end_col_offset or 0)
            at = _Statement(
                _place(program, starts[node.lineno - 1], node.col_offset),
                end, last, _shown(node.value), shows=_prints(node.value),
            )  # fmt: skip
            printing[last] += at.shows
            if last not in found or found[last].end < end:
                found[last] = at
    several = {last for last, count in printing.items() if count > 1}  # of which one is meant?
    return [found[last] for last in sorted(found) if last not in several], behind, alone


def _prints(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "print"


def _shown(call: ast.expr) -> str:
    """What a ``print`` of one thing shows; else the call."""
    match call:
        case ast.Call(func=ast.Name(id="print"), args=[ast.expr() as one], keywords=[]):
            return ast.unparse(one)
    return ast.unparse(call)


def _place(program: str, start: int, offset: int) -> int:
    """A place of a line that begins at ``start``, from one that is told in bytes."""
    line = program[start : start + offset].encode("utf-8", "replace")[:offset]
    return start + len(line.decode("utf-8", "replace"))


def _lines(program: str, language: Language) -> Read:
    """Of JavaScript, C and C++: the statements that are a line, but for a comment."""
    found: list[_Statement] = []
    behind: Comments = {}
    alone: Comments = {}
    if language not in _CALLS:
        return found, behind, alone
    call = re.compile(rf"[ \t]*(?:{_CALLS[language]})")
    for n, (line, start) in enumerate(zip(program.split("\n"), _starts(program), strict=False), 1):
        if line.lstrip().startswith("//"):
            alone[n] = line.lstrip()[2:]
            continue
        at = _line(line, call, language)
        rest = line[at.end :].strip() if at is not None else ""
        if at is None or "await " in line or not (not rest or rest.startswith("//")):
            continue
        found.append(replace(at, start=start + at.start, end=start + at.end, last=n))
        if rest:
            behind[n] = rest[2:]
    return found, behind, alone


def _line(line: str, call: re.Pattern[str], language: Language) -> _Statement | None:
    """The statement that a line begins with; its places are those in the line."""
    begun = call.match(line)
    if begun is not None:
        start = len(line) - len(line.lstrip())
        opened = line.index("(", begun.end())
        end = balanced(line, opened)
        if end is None:
            return None
        inner = line[opened + 1 : end - 1].strip()
        asked = inner if language is Language.JAVASCRIPT else line[start:end]
        return _Statement(start, end + line.startswith(";", end), 0, asked)
    found = _STREAMED.match(line) if language is Language.CPP else None
    if found is None:
        return None
    asked = found["rest"].split("<<")[0].strip()
    return _Statement(len(found["indent"]), found.end(), 0, asked, found["out"])
