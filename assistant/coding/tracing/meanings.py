"""What an exception means, in plain words and with the values that were there."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from assistant.coding.sandbox.types import SourceFile
from assistant.coding.tracing.types import Frame, Raised
from runtimes.texts import Text

MOST_NAMED = 6
"""Variables that are named for one line."""
WORDS = {
    "ArithmeticError": Text("a calculation has no result", "计算没有结果"),
    "AssertionError": Text(
        "an `assert` was not true: something that the code takes for granted does not hold",
        "`assert` 的条件不成立：代码认为一定成立的事情实际不成立",
    ),
    "AttributeError": Text(
        "the object has no attribute or method of that name", "该对象没有这个名字的属性或方法"
    ),
    "EOFError": Text("there was no more input to read", "没有更多输入可读"),
    "FileNotFoundError": Text("there is no file of that name", "没有这个名字的文件"),
    "ImportError": Text("something could not be imported", "无法导入所需内容"),
    "IndexError": Text(
        "a position was asked for that the sequence does not have; positions go from 0 to the "
        "length less one",
        "所取的位置超出了序列的范围；位置从 0 到长度减一",
    ),
    "KeyError": Text("the dictionary has no such key", "字典中没有这个键"),
    "KeyboardInterrupt": Text("it was interrupted from the keyboard", "被键盘中断"),
    "LookupError": Text("what was looked up is not there", "要查找的内容不存在"),
    "MemoryError": Text("it asked for more memory than it may have", "所需内存超过了限制"),
    "ModuleNotFoundError": Text(
        "there is no module of that name here; the sandbox has only Python's own library",
        "这里没有这个模块；沙盒中只有 Python 标准库",
    ),
    "NameError": Text("a name is used that was never given a value", "使用了一个从未赋值的名字"),
    "NotImplementedError": Text("this part is not written yet", "这一部分尚未实现"),
    "OSError": Text(
        "the system refused a file or another resource", "系统拒绝了文件或其他资源的访问"
    ),
    "OverflowError": Text("a number became too large for its kind", "数值过大，超出了该类型的范围"),
    "PermissionError": Text("it was not allowed to do that", "没有权限这样做"),
    "RecursionError": Text(
        "a function called itself too often: the case in which it stops is missing, or is never "
        "reached",
        "函数调用自身的次数过多：缺少终止条件，或永远到不了终止条件",
    ),
    "StopIteration": Text("an iterator had nothing more to give", "迭代器中已没有更多元素"),
    "SyntaxError": Text("this is not written as Python wants it", "写法不符合 Python 语法"),
    "TypeError": Text(
        "a value is of a kind with which this cannot be done", "值的类型不支持这种操作"
    ),
    "UnboundLocalError": Text(
        "the function gives this name a value somewhere, so that it is its own; it was read before",
        "函数内某处给这个名字赋了值，因此它是局部变量；但在赋值之前就被读取了",
    ),
    "UnicodeError": Text("a text could not be read in its encoding", "文本无法按其编码读取"),
    "ValueError": Text(
        "the kind of value is right, but not the value itself", "值的类型正确，但值本身不合适"
    ),
    "ZeroDivisionError": Text("something was divided by zero", "除数为零"),
}
ITSELF = Text("the code raises this itself, by a `raise`", "这是代码自己用 `raise` 引发的")
OWN = Text("an error that the code itself defines", "代码自定义的错误")
UNKNOWN = Text("an error that ended the program", "使程序终止的错误")
WHERE = Text("{0} in line {1}: {2}", "第 {1} 行出现 {0}：{2}")
NO_LINE = Text("{0}, in no line of the file", "{0}，不在本文件的任何一行")
VALUES = Text("there, {0}", "当时 {0}")
LENGTH = Text(
    "`{0}` has {1} elements, and position {2} was asked for", "`{0}` 有 {1} 个元素，却取了位置 {2}"
)
EMPTY = Text("`{0}` is empty", "`{0}` 是空的")
DIVISOR = Text("the divisor `{0}` is 0", "除数 `{0}` 为 0")
NOTHING = Text("`{0}` is None: nothing was put into it, or a function gave nothing back",
               "`{0}` 是 None：没有给它赋值，或某个函数没有返回值")  # fmt: skip
KEYS = Text("`{0}` has no key {1}; it is {2}", "`{0}` 中没有键 {1}；它是 {2}")
SIMILAR = Text("did you mean `{0}`?", "是否想写 `{0}`？")
T = TypeVar("T", bound=ast.AST)
UNREAD = ("SyntaxError:", "IndentationError:", "TabError:")
_HEAD = "Traceback (most recent call last):"
_FRAME = re.compile(r' {2}File "([^"\n]{0,300})", line (\d{1,7})(?:, in (.{0,200}))?')
_LAST = re.compile(r"([A-Za-z_][\w.]{0,200})(?:: (.*))?")
_RAISE = re.compile(r"\s*(?:(?:if|elif|while)\b.*:\s*|else\s*:\s*|.*;\s*)?raise\b")
_LONG = re.compile(r"… \((\d+)\)[\])]?$")


@dataclass(frozen=True, slots=True)
class Explanation:
    """``where`` names the line, ``meaning`` says what the exception means in general, ``here``
    what it means with these values, where that is known."""

    where: Text
    meaning: Text
    here: Text | None = None


def explain(raised: Raised) -> Explanation:
    """An exception of a traced run, or one that was ``located``, in words."""
    told = f"{raised.kind}: {raised.text}" if raised.text else raised.kind
    if not raised.frames:
        return Explanation(NO_LINE.of(told), _meaning(raised))
    frame = raised.frames[-1]
    where = WHERE.of(told, frame.line, frame.source.strip())
    if _RAISE.match(frame.source):  # what the code says of it is its own affair
        return Explanation(where, ITSELF, _values(frame))
    here = _special(raised, frame) or _values(frame)
    return Explanation(where, _meaning(raised), here)


def _meaning(raised: Raised) -> Text:
    for name in (raised.kind, raised.builtin):
        kind = vars(builtins).get(name)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            if name == raised.builtin != raised.kind and name == "Exception":
                return OWN
            found = next((WORDS[k.__name__] for k in kind.__mro__ if k.__name__ in WORDS), None)
            if found is not None:
                return found
    return UNKNOWN if not raised.builtin else OWN


def _values(frame: Frame) -> Text | None:
    """The variables that the line names, as they were."""
    names = list(dict.fromkeys(node.id for node in _nodes(frame.source, ast.Name)))
    known = {change.name: change.value for change in frame.variables}
    told = [f"{name} = {known[name]}" for name in names if name in known][:MOST_NAMED]
    return VALUES.of(", ".join(told)) if told else None


def _special(raised: Raised, frame: Frame) -> Text | None:
    known = {change.name: change.value for change in frame.variables}
    match raised.builtin or raised.kind:
        case "IndexError":
            return _position(frame, known)
        case "KeyError":
            return _key(raised, frame, known)
        case "ZeroDivisionError":
            return _divisor(frame, known)
        case "AttributeError" | "TypeError" if "NoneType" in raised.text:
            names = [n.id for n in _nodes(frame.source, ast.Name) if known.get(n.id) == "None"]
            return NOTHING.of(names[0]) if len(set(names)) == 1 else None
        case "NameError":
            return _similar(raised, frame, known)
        case _:
            return None


def _position(frame: Frame, known: dict[str, str]) -> Text | None:
    """The one subscript of the line that can be seen to lie outside."""
    found = []
    for node in _nodes(frame.source, ast.Subscript):
        name = ast.unparse(node.value)
        length = _length(known.get(name, ""))
        at = _whole(node.slice, known)
        if length is not None and at is not None and not -length <= at < length:
            found.append(LENGTH.of(name, length, at))
    for call in _nodes(frame.source, ast.Call):
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="pop")):
                if _length(known.get(name, "")) == 0:
                    found.append(EMPTY.of(name))
            case _:
                pass
    return found[0] if len(found) == 1 else None


def _key(raised: Raised, frame: Frame, known: dict[str, str]) -> Text | None:
    found = []
    for node in _nodes(frame.source, ast.Subscript):
        name = ast.unparse(node.value)
        value = known.get(name, "")
        if value.startswith("{"):
            found.append(KEYS.of(name, raised.text, value))
    return found[0] if len(found) == 1 else None


def _divisor(frame: Frame, known: dict[str, str]) -> Text | None:
    pairs = [(n.op, n.right) for n in _nodes(frame.source, ast.BinOp)]
    pairs += [(n.op, n.value) for n in _nodes(frame.source, ast.AugAssign)]
    found = []
    for op, right in pairs:
        if not isinstance(op, ast.Div | ast.FloorDiv | ast.Mod):
            continue
        if _whole(right, known) == 0:
            found.append(DIVISOR.of(ast.unparse(right)))
        match right:
            case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]):
                if _length(known.get(name, "")) == 0:
                    found.append(EMPTY.of(name))
            case _:
                pass
    return found[0] if len(found) == 1 else None


def _similar(raised: Raised, frame: Frame, known: dict[str, str]) -> Text | None:
    name = re.match(r"name '(\w{1,100})'", raised.text)
    if name is None:
        return None
    names = [*known, *(word for word in vars(builtins) if not word.startswith("_"))]
    near = difflib.get_close_matches(name[1], names, 1, 0.7)
    return SIMILAR.of(near[0]) if near else _values(frame)


def _whole(node: ast.expr, known: dict[str, str]) -> int | None:
    """A whole number that the line writes, or a variable that held one."""
    match node:
        case ast.Constant(value=int(value)):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _whole(operand, known)
            return -inner if inner is not None else None
        case ast.Name(id=name):
            text = known.get(name, "")
            if text in ("0.0", "-0.0"):
                return 0
            return int(text) if re.fullmatch(r"-?\d{1,18}", text) else None
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            a, b = _whole(left, known), _whole(right, known)
            if a is None or b is None:
                return None
            return a + b if isinstance(op, ast.Add) else a - b
        case _:
            return None


def _length(text: str) -> int | None:
    """How many elements a shown list, tuple or text has."""
    if not text.startswith(("[", "(", "'", '"', "b'")):
        return None
    if (long := _LONG.search(text)) is not None:
        return int(long[1])
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None
    return len(value) if isinstance(value, list | tuple | str | bytes) else None


def _nodes(source: str, kind: type[T]) -> Iterator[T]:
    """Parts of one line; of a line that only begins a statement too."""
    line = source.strip()
    for text in (line, f"{line}\n pass", f"if 1:\n pass\n{line}\n pass", f"{line})", f"({line}"):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        yield from (node for node in ast.walk(tree) if isinstance(node, kind))
        return


def located(stderr: str, file: SourceFile) -> Raised | None:
    """The exception at the end of a traceback that Python printed, with its lines in ``file``.

    ``None`` where there is none.  It has no variables: they are known only to a traced run.
    """
    lines = stderr[-100_000:].splitlines()
    if _HEAD in lines:
        lines = lines[len(lines) - lines[::-1].index(_HEAD) :]
    elif not (lines and lines[-1].startswith(UNREAD)):  # what cannot be read has no traceback
        return None
    source = file.text.splitlines()
    frames = []
    last = None
    for line in lines:
        if (found := _FRAME.match(line)) is not None:
            at = int(found[2])
            if found[1].rpartition("/")[2] == file.name and 0 < at <= len(source):
                frames.append(Frame(at, source[at - 1], found[3] or "", ()))
        elif not line.startswith(" ") and (ends := _LAST.fullmatch(line)) is not None:
            last = last or ends
    if last is None:
        return None
    kind = last[1].rpartition(".")[2]
    known = isinstance(vars(builtins).get(kind), type)
    return Raised(kind, last[2] or "", tuple(frames), kind if known else "Exception")
