"""Examples of several steps: lines of Python that make something, use it, and say what each use
gives, and the lists of a class's methods and arguments that some tasks have in their place.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from itertools import islice

from assistant.coding.blocks import blocks_of
from assistant.coding.examples import doubts
from assistant.coding.examples.pairs import COMMENTED, REMARK
from assistant.coding.examples.scanning import MOST_TRIED, expression, is_value, literal_at
from assistant.coding.naming import parsed

MOST_STEPS = 100
LONGEST = 20_000
"""Characters of lines that are read."""
Step = tuple[str, str, str]
"""A line, what it shows and what it raises.  What is asked for its value stands in brackets."""
Told = tuple[tuple[Step, ...], int, int]
"""The steps, and where they stand."""
_SAID = re.compile(
    r"#\s*(?:(?:(?:it\s)?(?:should\s|must\s|will\s)?(?:returns?|prints?|outputs?|gives?|expect(?:ed)?|is)"
    r"|应?该?(?:返回|输出|打印|得到)|结果为?)\s*(?:is\s)?[:：]?\s*|(?:=>|->|→|==>|⇒)\s*)?",
    re.IGNORECASE,
)
RETURNS = re.compile(
    r"#\s*(?:(?:it\s)?(?:should\s|must\s|will\s)?(?:returns?|prints?|outputs?)\b"
    r"|应?该?(?:返回|输出|打印)|=>|->|→|==>|⇒)",
    re.IGNORECASE,
)
"""What says that a value is what comes out, and not what has become of the thing."""
POINTS = re.compile(r"#\s*(?:=>|->|→|==>|⇒)")
"""What says so only of a call that gives something back."""
_ASKING = re.compile(r"(?:is|has|can)(?:_|(?=[A-Z]))")
"""The name of what tells yes or no."""
_READERS = frozenset(
    "len sum min max abs sorted list tuple set dict str repr int float bool round any all"
    " isinstance".split()
)
"""Builtins that one calls for nothing but what they give."""
ON_LINES = re.compile(
    r"\bcomments?\b(?![(.])|\b(?:lines?|steps?|rows?|numbers?|calls?)\s{0,2}[#(]?\d|注释"
    r"|第\s{0,2}[\d一二三四五六七八九十]{1,3}\s{0,2}[行步条句]",
    re.IGNORECASE,
)
"""Words on the comments themselves, or on lines by their numbers."""
FAILS = re.compile(r"rais|throw|error|exception|异常|错误|抛|报错", re.IGNORECASE)
RAISED = re.compile(
    r"#\s*(?:=>|->|→|==>|⇒)?\s*(?P<word>(?:it\s)?(?:should\s|must\s|will\s)?(?:raises?|throws?)\s(?:an?\s)?"
    r"|应?该?会?(?:抛出|引发|触发)\s?(?:一个)?)?`?(?P<kind>[A-Z]\w{0,60}(?:Error|Exception)|StopIteration)`?"
    r"(?:\s?异常|\sexception)?(?(word)(?:\s?[:：(（].{0,200})?)\s*[.。]?",
    re.IGNORECASE,
)
"""What says that a line ends by an exception."""
_LISTS = re.compile(
    r"(?:input|输入)\s{0,3}[:：]?\**\s{0,4}`{0,3}\s{0,4}(?=\[\s{0,3}[\"'][A-Z])", re.IGNORECASE
)
_THEN = re.compile(r"\s{0,4}`{0,3}[\s,，]{0,8}`{0,3}\s{0,4}(?=\[)")
_OUTPUT = re.compile(
    r"\s{0,4}`{0,3}\s{0,8}\**(?:output|输出)\s{0,3}[:：]?\**\s{0,8}`{0,3}\s{0,4}(?=\[)",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"^[A-Za-z_][^\n=]*=[^\n]*\n(?:[^\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
_STEADY = frozenset(sys.stdlib_module_names) - frozenset(
    "time timeit datetime random secrets uuid os sys threading asyncio tracemalloc".split()
)
"""Modules that give the same each time."""
_NAME = "made_here"


def dialogues_in(text: str) -> Iterator[Told]:
    """All of a question that nothing around them takes back; without steps, where its comments may
    tell of other things than what its lines give."""
    trusted = ON_LINES.search(text) is None
    for source, start, end in _sources(text):
        steps = _steps(source, trusted=trusted)
        if steps is None:
            continue
        plain = doubts.introduced(text, start, end) and not doubts.shown_as_it_is(text, start)
        if plain:
            yield steps, start, end
    for found in _LISTS.finditer(text):
        told = _listed(text, found.end())
        if told and doubts.introduced(text, found.start(), told[1]):
            yield told[0], found.start(), told[1]


# lines of Python


def _sources(text: str) -> Iterator[tuple[str, int, int]]:
    """What may be lines of Python: blocks, and paragraphs between them."""
    at = 0
    for block in (*blocks_of(text), None):
        between = text[at : block.start if block else len(text)]
        for found in islice(_PARAGRAPH.finditer(between), MOST_TRIED):
            yield found[0], at + found.start(), at + found.end()
        if block is not None:
            at = block.end
            word = block.info.split(maxsplit=1)[:1]
            if not word or word[0].lower().startswith("py"):
                yield block.text, block.start, block.end


def _steps(text: str, *, trusted: bool) -> tuple[Step, ...] | None:
    """The lines of a block that makes something and asks it; ``None`` where it does not, or where a
    line tells what is not understood here.  ``trusted``: a bare value behind a line may be what it
    gives."""
    tree = parsed(text) if len(text) < LONGEST else None
    if tree is None:
        return None
    comments = comments_in(text)
    made = any(isinstance(node, ast.Assign) for node in tree.body)
    if not made or len(tree.body) > MOST_STEPS:
        return None
    lines = [(node, comments.get(node.end_lineno or 0, "")) for node in tree.body]
    trusted = trusted and not numbered([comment for _, comment in lines])
    steps = []
    for node, comment in lines:
        found = _step(node, comment, trusted=trusted)
        if found is None:
            return None
        steps.append(found)
    if any(shown or raised or source.startswith("assert ") for source, shown, raised in steps):
        return tuple(steps)
    return () if any(wanted_by(comment) for _, comment in lines) else None


def comments_in(text: str) -> dict[int, str]:
    """The comments of what is Python, by their lines."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}


def numbered(comments: list[str]) -> bool:
    """Are the bare values behind some lines numbers of the lines, for all that one can see?"""
    bare = [wanted_by(comment) for comment in comments if not RETURNS.match(comment)]
    numbers = [value.strip("[]()") for value in bare if value]
    return len(numbers) > 1 and any(
        numbers == [str(first + n) for n in range(len(numbers))] for first in (0, 1)
    )


def _step(node: ast.stmt, comment: str, *, trusted: bool) -> Step | None:
    """One statement; ``None`` where it is of another kind, or its comment tells of an error."""
    raised = RAISED.fullmatch(comment)
    if raised and isinstance(node, ast.Expr):
        return f"({ast.unparse(node.value)})", "", raised["kind"]
    if FAILS.search(comment) or COMMENTED.search(comment):
        return None
    wanted = wanted_by(comment)
    returned = RETURNS.match(comment) is not None
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=[asked], keywords=[])):
            if wanted and (trusted or returned):
                return f"({ast.unparse(asked)})", wanted, ""
            return ast.unparse(node), "", ""
        case ast.Expr(value=asked) if not comment and _claims(asked):
            return f"assert {ast.unparse(asked)}", "", ""
        case ast.Expr(value=asked):
            reads = _only_reads(asked, wanted)
            told = returned or (trusted and reads)
            asked_for = reads or not POINTS.match(comment)
            line = f"({ast.unparse(asked)})" if asked_for else ast.unparse(asked)
            return line, wanted if told else "", ""
        case ast.Assert() | ast.Assign() | ast.AugAssign() | ast.For() | ast.Delete():
            return ast.unparse(node), "", ""
        case ast.Import(names=names) if all(it.name in _STEADY for it in names):
            return ast.unparse(node), "", ""
        case ast.ImportFrom(module=name) if name in _STEADY:
            return ast.unparse(node), "", ""
        case ast.ImportFrom(module=name) if name in sys.stdlib_module_names:
            return None
        case ast.ImportFrom(level=0):
            return "pass", "", ""  # what it brings is the code that is asked for
    return None


def _claims(asked: ast.expr) -> bool:
    """Is it said that something which is asked gives a value?"""
    match asked:
        case ast.Compare(left=left, ops=[ast.Eq() | ast.Is()], comparators=[right]):
            asks = any(isinstance(part, ast.Call | ast.Attribute) for part in ast.walk(left))
            return asks and is_value(ast.unparse(right))
    return False


def _only_reads(asked: ast.expr, wanted: str) -> bool:
    """Is a statement there for nothing but its value?  A call may be there for what it changes, and
    a bare comment then tells of that (``s.push(2)  # [1, 2]``)."""
    match asked:
        case ast.Call(func=ast.Name(id=name), args=given) if name in _READERS:
            # what is called inside may be called for what it changes
            inner = (part for value in given for part in ast.walk(value))
            return not any(isinstance(part, ast.Call) for part in inner)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return wanted in ("True", "False") and _ASKING.match(name) is not None
        case ast.Name() | ast.Attribute() | ast.Subscript() | ast.Compare():
            return True
        case ast.BinOp() | ast.UnaryOp():
            return True
    return False


def wanted_by(comment: str) -> str:
    """The value that a comment tells, and nothing where it tells another thing."""
    bare = REMARK.sub("", _SAID.sub("", comment, count=1)).strip().strip("`")
    return bare if is_value(bare) else ""


# lists of methods and arguments


def _listed(text: str, at: int) -> tuple[tuple[Step, ...], int] | None:
    """The methods of a class, the arguments of each, and what each gives; and where they end."""
    found: list[ast.expr] = []
    for number in range(3):
        value = literal_at(text, at)
        tree = expression(value.text) if value is not None else None
        if value is None or not isinstance(tree, ast.List):
            return None
        found.append(tree)
        end = value.end
        way = (_THEN, _OUTPUT)[number].match(text, end) if number < 2 else None
        if way is None and number < 2:
            return None
        at = way.end() if way is not None else end
    steps = _asked(*(tree.elts for tree in found if isinstance(tree, ast.List)))
    return (steps, end) if steps else None


def _asked(
    names: list[ast.expr], given: list[ast.expr], wanted: list[ast.expr]
) -> tuple[Step, ...]:
    if not 1 < len(names) == len(given) == len(wanted) <= MOST_STEPS:
        return ()
    steps: list[Step] = []
    for name, values, value in zip(names, given, wanted, strict=True):
        match name, values:
            case ast.Constant(value=str(word)), ast.List(elts=items) if word.isidentifier():
                told = ", ".join(map(ast.unparse, items))
            case _:
                return ()
        if not steps:
            steps.append((f"{_NAME} = {word}({told})", "", ""))
        else:
            shown = ast.unparse(value)
            # nothing stands too for what nobody looks at
            steps.append((f"({_NAME}.{word}({told}))", "" if shown == "None" else shown, ""))
    return tuple(steps)
