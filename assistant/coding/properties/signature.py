"""What a function takes, read from its text and from calls of it; nothing is run."""

from __future__ import annotations

import ast
import doctest
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.coding.inside import shapes

MOST_TEXT = 1 << 20
MOST_EXAMPLES = 40
USUAL_CLASS = "Solution"
"""The class in which exercises on the web want their answers."""
GUESSES = (
    (r"(?:arr|array|nums?|numbers|lst|list|items|values|data|seq|xs|a|ints)\d?", "list[int]"),
    (r"(?:s|t|text|string|word|sentence|line|phrase)\d?", "str"),
    (r"(?:words|strings|strs|names)", "list[str]"),
    (r"(?:matrix|grid|board|mat)\d?", "list[list[int]]"),
    (r"(?:n|k|m|x|target|key|number|num|limit|count|value|i)\d?", "int"),
)
"""What a name means where nothing else tells; only its first line that fits counts."""
ORDERED_NAME = re.compile(
    r"(?:binary|bisect|interpolation|jump|exponential)_?search|bisect", re.IGNORECASE
)
ORDERED_TEXT = re.compile(
    r"\b(?:in|from|given|of|two|over)\s+(?:an?\s+|the\s+)?(?:already\s+)?(?:sorted|ascending)\s+"
    r"(?:list|array|sequence|arrays|lists)|(?:在|给定|两个)(?:一个)?(?:有序|升序|已排序的?)"
    r"(?:数组|列表|序列)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """``shape`` is an annotation of plain types (``list[int]``), empty where nothing tells.
    ``guessed``: only its name told."""

    name: str
    shape: str
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters that must be given by position, and arguments of calls that were seen, as
    they are written.  ``callable`` where no more than these are wanted, ``generator`` where it
    yields."""

    name: str
    line: int
    parameters: tuple[Parameter, ...]
    examples: tuple[str, ...] = ()
    callable: bool = True
    generator: bool = False


def signature_of(code: str, function: str, examples: str = "") -> Signature | None:
    """The function of that name at the top of ``code``, or the method (``Solution.two_sum``, of
    ``Solution`` also without it) of a class there; its shapes by annotation, else by the doctests
    and the calls in ``examples``, else by the usual meaning of the names.

    ``None`` where there is no such function.  Raises ``ValueError`` where the code is no Python.
    """
    tree = _tree(code)
    node = _function(tree, function)
    if node is None and "." not in function:
        function = f"{USUAL_CLASS}.{function}"
        node = _function(tree, function)
    if node is None:
        return None
    calls = list(_calls(node, examples))[:MOST_EXAMPLES]
    args = node.args
    places = [*args.posonlyargs, *args.args]
    wanted = places[: len(places) - len(args.defaults)]
    if "." in function and not _is_static(node):
        wanted = wanted[1:]
    ordered = _ordered(node)
    found = []
    for place, arg in enumerate(wanted):
        values = _values(calls, place, arg.arg)
        found.append(_parameter(arg, values, ordered=ordered or "sorted" in arg.arg))
    lacking = any(default is None for default in args.kw_defaults)
    written = [_written(call, wanted) for call in calls]
    return Signature(
        name=function,
        line=node.lineno,
        parameters=tuple(found),
        examples=tuple(dict.fromkeys(text for text in written if text)),
        callable=not lacking,
        generator=any(_yields(item) for item in node.body),
    )


def functions_in(code: str) -> tuple[str, ...]:
    """The functions at the top of a text of Python, and the methods of its classes."""
    found = []
    for node in _tree(code).body:
        match node:
            case ast.FunctionDef(name=name):
                found.append(name)
            case ast.ClassDef(name=owner, body=body):
                methods = [item.name for item in body if isinstance(item, ast.FunctionDef)]
                found += [f"{owner}.{word}" for word in methods if not word.startswith("__")]
            case _:
                pass
    return tuple(dict.fromkeys(found))


def defines(text: str, name: str) -> bool:
    """Does a text of Python define a function of that name at its top?"""
    try:
        return _function(_tree(text), name) is not None
    except ValueError:
        return False


def _tree(code: str) -> ast.Module:
    if len(code) > MOST_TEXT:
        raise ValueError("the code is too long")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (SyntaxError, RecursionError, MemoryError, ValueError) as wrong:
        raise ValueError(str(wrong) or type(wrong).__name__) from wrong


def _function(tree: ast.Module, name: str) -> ast.FunctionDef | None:
    """The last one of that name counts, as in Python."""
    body: list[ast.stmt] = tree.body
    owner, _, word = name.rpartition(".")
    if owner:
        classes = [node for node in body if isinstance(node, ast.ClassDef) and node.name == owner]
        body = classes[-1].body if classes else []
    found = [node for node in body if isinstance(node, ast.FunctionDef) and node.name == word]
    return found[-1] if found else None


def _yields(node: ast.AST) -> bool:
    """Does it yield, itself and not a function within?"""
    if isinstance(node, ast.Yield | ast.YieldFrom):
        return True
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
        return False
    return any(_yields(item) for item in ast.iter_child_nodes(node))


def _is_static(node: ast.FunctionDef) -> bool:
    return any(isinstance(it, ast.Name) and it.id == "staticmethod" for it in node.decorator_list)


def _calls(node: ast.FunctionDef, examples: str) -> Iterator[ast.Call]:
    """Calls of the function with written-out values: in its doctests, and in a text."""
    texts = [example.source for example in _doctests(ast.get_docstring(node) or "")]
    texts += [example.source for example in _doctests(examples)] if ">>>" in examples else []
    trees = []
    for text in (*texts, examples):
        try:
            trees.append(_tree(text))
        except ValueError:
            continue
    for tree in trees:
        for part in ast.walk(tree):
            match part:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                    if name == node.name and not any(k.arg is None for k in part.keywords):
                        yield part
                case _:
                    pass


def _doctests(text: str) -> list[doctest.Example]:
    try:
        return doctest.DocTestParser().get_examples(text)
    except ValueError:
        return []


def _values(calls: list[ast.Call], place: int, name: str) -> list[object]:
    """What was given to one parameter, as far as it is written out."""
    found = []
    for call in calls:
        node = call.args[place] if place < len(call.args) else None
        node = node or next((k.value for k in call.keywords if k.arg == name), None)
        if node is None or isinstance(node, ast.Starred):
            continue
        try:
            found.append(ast.literal_eval(node))
        except (ValueError, TypeError, RecursionError, MemoryError, SyntaxError):
            continue
    return found


def _written(call: ast.Call, wanted: list[ast.arg]) -> str:
    """The arguments as one tuple; empty where they are not all written out by position."""
    if call.keywords or len(call.args) != len(wanted):
        return ""
    try:
        values = tuple(ast.literal_eval(arg) for arg in call.args)
        for value in values:
            shapes.of_value(value)
    except (ValueError, TypeError, RecursionError, MemoryError, SyntaxError):
        return ""
    return repr(values)


def _parameter(arg: ast.arg, values: list[object], *, ordered: bool) -> Parameter:
    shape: shapes.Shape | None = None
    if arg.annotation is not None:
        try:
            shape = shapes.from_tree(arg.annotation)
        except (ValueError, TypeError):
            if not values:
                return Parameter(arg.arg, "")
    guessed = False
    if shape is None and values:
        try:
            shape = shapes.either(shapes.of_value(value) for value in values)
        except ValueError:
            shape = None
    if shape is None and arg.annotation is None:
        shape, guessed = _guessed(arg.arg), True
    if shape is None:
        return Parameter(arg.arg, "")
    return Parameter(arg.arg, str(_narrowed(shape, values, ordered=ordered)), guessed)


def _guessed(name: str) -> shapes.Shape | None:
    for pattern, shape in GUESSES:
        if re.fullmatch(pattern, name, re.IGNORECASE):
            return shapes.read(shape)
    return None


def _narrowed(shape: shapes.Shape, values: list[object], *, ordered: bool) -> shapes.Shape:
    """As narrow as the examples are: numbers that are never negative, lists that never fall."""
    match shape:
        case shapes.Plain("int"):
            whole = [value for value in values if type(value) is int]
            if len(whole) >= 2 and min(whole) >= 0:
                return shapes.Plain("int", natural=True)
        case shapes.Many("list" | "tuple", item) if ordered:
            rows = [value for value in values if isinstance(value, list | tuple)]
            if all(_rises(row) for row in rows):
                return shapes.Many(shape.kind, item, ordered=True)
        case _:
            pass
    return shape


def _rises(row: list[object] | tuple[object, ...]) -> bool:
    try:
        return list(row) == sorted(row)  # type: ignore[type-var]
    except TypeError:
        return False


def _ordered(node: ast.FunctionDef) -> bool:
    """Does the function say that what it takes is sorted already?"""
    text = ast.get_docstring(node) or ""
    return bool(ORDERED_NAME.search(node.name) or ORDERED_TEXT.search(text))
