"""Examples that are an input and an output, as tests of the function of Python that they mean."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.coding.examples.pairs import DESCRIBED, Pair, values_of
from assistant.coding.examples.scanning import NUMBER, is_value
from assistant.coding.linked import LINKED
from assistant.coding.naming import parsed

EMPTIED = "_emptied("
_DECIMALS = re.compile(r"\d\.(\d{1,12})(?![\deE])")
_BARE = re.compile(r"[^\W\d_][^\"'`\[\](){}<>=:：,，、;；]{0,200}")
"""What begins like a word, and is written like no list of values."""
_READS = re.compile(r"\binput\s*\(|\bstdin\b|\bopen\(0|\bfileinput\b")
_TEXT = re.compile(
    r"\bstrings?\b|\btexts?\b|\bwords?\b|\bsentences?\b|字符串|文本|单词|句子", re.IGNORECASE
)
_NUMBERS = re.compile(r"\bint(?:eger)?s?\b|\bnumbers?\b|整数|数字|数值", re.IGNORECASE)


def places_of(wanted: str) -> int | None:
    """Decimals as written: the fewest, where several numbers are."""
    found = [len(digits) for digits in _DECIMALS.findall(wanted)]
    return min(found) if found else None


@dataclass(frozen=True, slots=True)
class Target:
    """The function that an example without a name means.  ``call`` is how it is reached, which
    for a method of a ``Solution`` is more than its name."""

    name: str
    parameters: tuple[str, ...]
    call: str
    texts: bool = False
    """The question speaks of texts, and not of numbers."""
    waits: bool = False
    """The program reads its input too, which may be what an example means."""


def target(program: str, question: str) -> Target | None:
    """The only public function of a program, or the only one that the question names."""
    found = list(_functions(program))
    if len(found) > 1:
        words = set(re.findall(r"\w+", question))
        found = [t for t in found if t.name in words]
    texts = _TEXT.search(question) is not None and _NUMBERS.search(question) is None
    return replace(found[0], texts=texts, waits=reads(program)) if len(found) == 1 else None


def _functions(program: str) -> Iterator[Target]:
    """The public functions; where there are none, the public methods of a class ``Solution``."""
    tree = parsed(program)
    body = tree.body if tree else []
    found = [Target(node.name, names, node.name) for node, names in _public(body)]
    yield from found
    for node in body if not found else ():
        if isinstance(node, ast.ClassDef) and node.name == "Solution":
            for method, names in _public(node.body):
                if names[:1] == ("self",) and not method.decorator_list:
                    yield Target(method.name, names[1:], f"Solution().{method.name}")


def _public(body: list[ast.stmt]) -> Iterator[tuple[ast.FunctionDef, tuple[str, ...]]]:
    """Functions with parameters that are known, and these."""
    for node in body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith(("_", "test", "main")):
            arguments = node.args
            if not (arguments.kwonlyargs or arguments.vararg or arguments.kwarg):
                names = (*arguments.posonlyargs, *arguments.args)
                yield node, tuple(name.arg for name in names)


def reads(program: str) -> bool:
    """Is input spoken of anywhere in a program?"""
    return _READS.search(program) is not None


def reads_at_once(program: str) -> bool:
    """Does a program read its input when it is loaded, so that nothing else can be asked of it?"""
    tree = parsed(program) if reads(program) else None
    return any(_acts(node) for node in tree.body) if tree is not None else False


def _acts(node: ast.stmt) -> bool:
    """Does a statement of a module call anything, be it not kept for a run as a program?"""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return False
    if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
        return False
    calls = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
    return any(not ast.unparse(call.func).startswith("sys.set") for call in calls)


def pair_test(pair: Pair, meant: Target, order: str) -> tuple[str, str] | None:
    """The test of a pair, and the call that it makes; ``None`` where it asks no such function."""
    wanted = pair.wanted.strip()
    values = values_of(pair, meant.parameters)
    call = meant.call
    if values is None or len(values) != len(meant.parameters) or not is_value(wanted):
        return None if pair.exact else _text_test(pair, meant)
    if call.startswith(LINKED) and wanted == "[]":
        call = f"lambda *given: {EMPTIED}{call}(*given))"
    more = f"{wanted}, {places_of(wanted)}, {order!r}"
    if len(values) == 1 and not pair.spoken and NUMBER.fullmatch(pair.given.strip()):
        more += f", {(pair.given.strip(), wanted)!r}, {meant.texts}"
    body = f"assert _pairs({call}, [{', '.join(values)}], {more})"
    return body, f"{meant.name}({', '.join(values)})"


def _text_test(pair: Pair, meant: Target) -> tuple[str, str] | None:
    """The same where the input may be a text without quotation marks.  It may describe the input
    as well, so that the test can pass, or decide nothing."""
    given, wanted = pair.given.strip(), pair.wanted.strip()
    plain = _BARE.fullmatch(given) and "\n" not in wanted and not DESCRIBED.fullmatch(given)
    if (
        meant.waits
        or len(meant.parameters) != 1
        or meant.call.startswith(LINKED)
        or not plain
        or given == wanted
    ):
        return None
    value = wanted if is_value(wanted) else "None"
    body = f"assert _reads({meant.call}, {given!r}, {wanted!r}, {value}, {places_of(wanted)})"
    return body, f"{meant.name}({given!r})"
