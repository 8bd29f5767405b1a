"""The code in an answer: which of its blocks it is, in which files, on which lines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.coding.blocks import Block, blocks_of
from assistant.coding.context import defined, program_of
from assistant.coding.diffs import DiffError, apply_diff
from assistant.coding.grammars import bodies_in
from assistant.coding.naming import (
    SESSIONS,
    block_language,
    default_name,
    file_name,
    is_diff,
    is_test_file,
    parsed,
)
from assistant.coding.sandbox.languages import is_plain, language_of
from assistant.coding.sandbox.types import Language, SourceFile
from assistant.coding.types import Code, Refused
from assistant.coding.wording import worded
from runtimes.texts import Text

MOST_FILES = 20
NO_CODE = Text("there is no code in the answer", "回答中没有代码")
NO_SUCH = Text("there is no code in {0} in the answer", "回答中没有 {0} 代码")
OTHER = Text(
    "the code of the answer is in {0}, which cannot be run here",
    "回答中的代码是 {0}，这里无法运行",
)
CUT = Text("the answer breaks off within the code", "回答在代码中间中断")
NOT_APPLIED = Text("the diff was not applied: {0}", "差异未能应用：{0}")
OTHERS = frozenset(
    "java kotlin scala groovy typescript ts tsx jsx go golang rust rs swift csharp cs c# f# php"
    " ruby rb perl lua r julia matlab octave haskell hs ocaml erlang elixir dart pascal fortran ada"
    " assembly asm powershell vb zig nim prolog lisp scheme clojure html css".split()
)


_WRONG = re.compile(
    r"\b(?:(?<!nothing )wrong|incorrect|buggy|broken|naive|bad|mistaken?|pitfalls?|anti-?pattern)\b"
    r"|错误(?!处理|检查|信息|提示|消息|码)|有误|不正确|反例|不要这样|有问题",
    re.IGNORECASE,
)
_MENDED = re.compile(
    r"\b(?:fix\w*|corrected|correctly|right|instead|mended|now|improved|better|avoids?|repaired"
    r"|without|(?:let(?:['’]s| me| us)|to|will|['’]ll)\s+correct|correct(?:ing|ion))\b"
    r"|修正|改正|正确的|改为|改成|避免|修复|改进",
    re.IGNORECASE,
)
_HERE = re.compile(r"\bhere(?:['’]s| is)\b|这里是|这是", re.IGNORECASE)
"""What leads to another block, where it stands behind words on a wrong one."""


_OUTPUT = re.compile(
    r"[#*\s]{0,8}(?:(?:the\s|this\s|its\s)?(?:(?:expected|sample|program|above)\s|program['’]s\s)?"
    r"(?:code\s|script\s|program\s)?(?:outputs?|prints?|will\s(?:print|output)|results?)(?:\sis|\swill\sbe)?"
    r"|(?:running|executing|when\syou\srun)\s(?:this|it|the\s(?:code|program|script))\s?,?\s?(?:it\s)?"
    r"(?:will\s)?(?:prints?|outputs?|gives?|produces?|shows?)"
    r"|(?:这段|上面的|上述)?(?:代码|程序|脚本)?(?:的?(?:运行|执行|预期|期望))?(?:后)?(?:的)?(?:会|将)?(?:输出|打印|结果)(?:结果)?(?:为|是|如下)?)"
    r"[*\s]{0,4}[:：]?[*\s]{0,6}",
    re.IGNORECASE,
)
"""A line that says that what follows is printed by the block before it."""
LONGEST_LEAD = 100


def code_in(
    answer: str, language: Language | None = None, before: SourceFile | None = None
) -> Code | Refused:
    """The code of a finished answer.

    ``language`` is what was asked for.  ``before`` is the file that a diff in the answer changes,
    and whose name the code keeps.
    """
    blocks = blocks_of(answer)
    for block in blocks:
        if before is not None and block.closed and is_diff(block):
            return _changed(before, block, language)
    known = [(block, block_language(block)) for block in blocks if not is_diff(block)]
    wanted = language or _main_language(known)
    mine = [block for block, spoken in known if spoken is wanted and wanted is not None]
    if not mine and language is not None:  # one block without a name is what was asked for
        mine = [block for block in blocks if not block.info and block_language(block) is None][:1]
    if not mine or wanted is None:
        if language is None and (other := next(filter(None, map(_other, blocks)), "")):
            return Refused(OTHER.of(other))
        return Refused(NO_SUCH.of(language.value) if language and blocks else NO_CODE)
    if wanted is Language.PYTHON:
        mine = _without_wrong(answer, mine)
    code = _joined(mine, wanted, before.name if before is not None else "")
    if not mine[-1].closed and (wanted is not Language.PYTHON or parsed(code.program.text) is None):
        return Refused(CUT)
    return _named(code, before)


def _other(block: Block) -> str:
    """The language that a block says it is in, where it is none of ours; empty for no code."""
    words = block.info.lower().split()
    return words[0] if words and words[0] in OTHERS else ""


def _main_language(known: Sequence[tuple[Block, Language | None]]) -> Language | None:
    """That of the most text."""
    sizes: dict[Language, int] = {}
    for block, language in known:
        if language is not None:
            sizes[language] = sizes.get(language, 0) + len(block.text)
    return max(sizes, key=lambda language: sizes[language]) if sizes else None


def _changed(before: SourceFile, block: Block, language: Language | None) -> Code | Refused:
    spoken = language or language_of(before.name) or Language.PYTHON
    try:
        text = apply_diff(before.text, block.text)
    except DiffError as wrong:
        return Refused(worded(NOT_APPLIED, wrong.why))
    return Code(spoken, (SourceFile(before.name, text),))


def _named(code: Code, before: SourceFile | None) -> Code:
    if before is None or not is_plain(before.name):
        return code
    first, *others = code.files
    kept = [file for file in others if file.name != before.name]
    return Code(code.language, (SourceFile(before.name, first.text), *kept), code.lines)


def needs(code: Code) -> tuple[str, ...]:
    """The names of the other files that the program asks for itself."""
    text, others = code.program.text, code.files[1:]
    if code.language is not Language.PYTHON:
        stems = [(file.name, re.escape(file.name.rpartition(".")[0])) for file in others]
        return tuple(name for name, stem in stems if re.search(rf"[\"'/<]{stem}\b", text))
    tree = parsed(text)
    asked: set[str] = set()
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import):
            asked |= {item.name.partition(".")[0] for item in node.names}
        elif isinstance(node, ast.ImportFrom):
            asked |= {(node.module or "").partition(".")[0], *(item.name for item in node.names)}
    return tuple(file.name for file in others if file.name.rpartition(".")[0] in asked)


def _joined(blocks: Sequence[Block], language: Language, mended: str = "") -> Code:
    """Named blocks are files of their own, and the one with the name of the file that is
    ``mended`` is the program; else it is the last block without a name that defines something,
    with what it needs of those before it."""
    files: dict[str, Block] = {}
    bare: list[Block] = []
    for block in blocks:
        name = file_name(block, language)
        if name in (default_name(language), mended):
            bare.append(block)
        else:
            files[name] = block
    if any(file_name(block, language) == mended for block in bare):
        bare = [block for block in bare if file_name(block, language) == mended]
    if not bare:
        names = list(files)
        codes = [name for name in names if not is_test_file(name)] or names
        first = next((name for name in codes if name.startswith(("main", "solution"))), codes[-1])
        bare, name = [files.pop(first)], first
    else:
        name = default_name(language)
    text, lines = program_of(bare, language)
    others = tuple(SourceFile(name, block.text) for name, block in files.items())
    return Code(language, (SourceFile(name, text), *others[: MOST_FILES - 1]), lines)


def prose_of(answer: str, blocks: Sequence[Block]) -> str:
    """What an answer says outside of its blocks."""
    ends = [0, *(block.end for block in blocks)]
    starts = [*(block.start for block in blocks), len(answer)]
    return "\n".join(answer[at:end] for at, end in zip(ends, starts, strict=True))


def shown_as_output(answer: str, before: Block, block: Block) -> bool:
    """Do the words between two blocks say that the first prints the second, and no other thing?"""
    lead = answer[before.end : block.start].strip()
    named = block.info.lower() in SESSIONS or not block.info
    return named and len(lead) < LONGEST_LEAD and _OUTPUT.fullmatch(lead) is not None


def shown_as_wrong(answer: str, block: Block) -> bool:
    """Does the line before a block say that it is one not to be taken?"""
    lead = answer[: block.start].rstrip().rpartition("\n")[2]
    *_, behind = _WRONG.split(lead)
    return behind != lead and not (_MENDED.search(lead) or _HERE.search(behind))


def is_begun(text: str, language: Language, question: str, failed: Iterable[str] = ()) -> bool:
    """Is a function that a question asks for still to be written in a block, and fails it no test
    (``failed``, by their names) of one that is there?"""
    python = language is Language.PYTHON
    found = list(_bodies(text) if python else bodies_in(text, language))
    written = {name for name, nothing in found if not nothing}
    missing = {name for name, _ in found} - written
    asked = bool(missing & _words(question))
    if not (asked or (missing and not written)):
        return False
    return not any(written & words and not missing & words for words in map(_words, failed))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _bodies(text: str) -> Iterator[tuple[str, bool]]:
    """The functions of Python by their names, and whether nothing is done in them."""
    tree = parsed(text)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, all(map(_says_nothing, node.body))


def _says_nothing(node: ast.stmt) -> bool:
    match node:
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.Name(id=name) | ast.Call(func=ast.Name(id=name))):
            return name == "NotImplementedError"
    return False


def _without_wrong(answer: str, blocks: list[Block]) -> list[Block]:
    """Without the blocks that an answer shows as wrong, where what they define stands elsewhere."""
    good = [block for block in blocks if not shown_as_wrong(answer, block)]
    there = {name for block in good for name in defined(block.text)}
    return [b for b in blocks if b in good or not (names := defined(b.text)) or names - there]
