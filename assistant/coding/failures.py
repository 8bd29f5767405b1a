"""The smallest failing example out of a report of tests, with the lines that it went through."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator, Mapping

from assistant.coding.examples.pairs import of_nodes
from assistant.coding.examples.scanning import expression
from assistant.coding.examples.testfiles import Case, case_of
from assistant.coding.examples.testhead import AS_TEXT, BECOMES
from assistant.coding.inside.alike import NEAR, ORDER, TRUTH
from assistant.coding.linked import LED_BACK, ONE_WAY
from assistant.coding.sandbox.types import Limit, ended_at
from assistant.coding.trial import WHOLE, TestOutcome, TestReport, TestResult
from assistant.coding.types import Code, Failure, Frame
from assistant.coding.unjudging import NEEDS, NO_MODULE
from runtimes.texts import Text

TRACE = "Traceback (most recent call last):"
LONGEST = 300
MOST_FRAMES = 8
READS = Text(
    "it reads input while it is loaded, so that its functions cannot be asked",
    "代码在加载时读取输入，因此无法调用其中的函数",
)
LIMITED = "limit: "
NO_END = Text(
    "it did not come to its end, and was stopped at a limit",
    "它没有运行结束，在达到限制时被终止",
)
OUTSIDE = Text(
    "it wants files, a network or a screen that code does not have here: {0}",
    "代码需要文件、网络或屏幕，而运行环境不提供：{0}",
)
OBJECTS = Text(
    "the code answers with objects that the tests cannot look into; compare plain values",
    "代码返回的对象无法由测试查看；请比较普通的值",
)
NEAR_TO = Text(
    "{0} gives a number that is near to the one in the example, but not the same; whether that "
    "is rounding cannot be told",
    "{0} 的结果与示例中的数接近但不相同，无法判断是否只是四舍五入",
)
REORDERED = Text(
    "{0} gives the items of the example in another order; whether that is allowed is not clear",
    "{0} 的结果与示例只有顺序不同，无法确定题目是否允许",
)
NO_NODES = Text(
    "it takes nodes ({0}), and how they are made of what the example writes is not plain",
    "代码需要节点（{0}），而如何由示例中的写法构造节点并不清楚",
)
MAY_BE_TEXT = Text(
    "it is not plain what the input of the example is: a number, a text without quotation marks, "
    "or words that describe it",
    "无法确定示例的输入是数、不带引号的文本，还是对输入的描述",
)
MAY_BECOME = Text(
    "a call gives nothing back; whether the example tells what it returns, or what it prints or "
    "changes, is not plain",
    "有一次调用没有返回值；无法确定示例说的是返回值，还是它输出或修改的内容",
)
A_NUMBER = Text(
    "{0} gives a number where the example has a truth value, or the other way round; Python takes "
    "them for equal, and they do not look alike",
    "{0} 的结果是数而示例中是布尔值（或相反）；Python 视二者相等，但显示并不相同",
)
_UNSURE = {
    TRUTH: A_NUMBER,
    NEAR: NEAR_TO,
    ORDER: REORDERED,
    AS_TEXT: MAY_BE_TEXT,
    BECOMES: MAY_BECOME,
    ONE_WAY: LED_BACK,
}
_SHOWS = re.compile(r"\AAssertionError: it shows (.+), not .*\Z", re.DOTALL)
_GIVES = re.compile(r"\AAssertionError: it gives (.+), not .*\Z", re.DOTALL)
_EXCEPTION = re.compile(r"[A-Za-z_][\w.]*(?::\s|$)")
_OBJECT = re.compile(r"an? [A-Za-z_]\w*")
_CALLED = re.compile(r"(.*\)) (gave|raised) (.*)", re.DOTALL)
_FRAME = re.compile(r'File "([^"\n]*)", line (\d+)(?:, in ([^\n]*))?(?:\n[ ]+([^\n]*))?')
_TEST_LINE = re.compile(r"line \d+: (?:def test\w*\([^)]*\):\s*)?(.*)")
_READS = re.compile(r"\binput\s*\(|\bstdin\b|\bfileinput\b")
_LOADING = re.compile(r'"[^"\n]*", line \d+, in _load\n')
"""In a traceback: the module was being loaded, and no test asked anything."""
_OF_ITSELF = re.compile(r"(?:NameError|ImportError|SyntaxError|AttributeError: module)\b")
_LACKS = re.compile(r"\b(?:NameError|ImportError|ReferenceError)\b|command not found")
_NO_NODE = re.compile(
    r"AttributeError: '(?:list|tuple|int|float|str|bool)' object has no attribute "
    r"'(?:next|left|right|children|val|value|data|key)'"
)
"""A value where the code takes a node."""
_NO_ENTRY = re.compile(
    r"^(?:PermissionError|FileNotFoundError|ConnectionRefusedError|OSError): "
    r"\[Errno (?:1|2|13|30|97|101|111)\].*"
    r"|^(?:socket\.gaierror|urllib\.error\.URLError)\b.*"
    r"|^(?:_tkinter\.TclError: no display|pygame\.error: No available video|_curses\.error"
    r"|termios\.error)\b.*",
    re.MULTILINE,
)


def smallest(report: TestReport, cases: Mapping[str, Case], code: Code) -> Failure:
    """The failing example with the shortest call; the report is one that failed."""
    failed = [r for r in report.results if r.outcome is TestOutcome.FAILED]
    found = [_failure(result, cases, code) for result in failed]
    if not found:
        return Failure(test=WHOLE, why=report.why)
    return min(found, key=lambda f: (not f.call, len(f.call), len(f.error)))


def _failure(result: TestResult, cases: Mapping[str, Case], code: Code) -> Failure:
    head, _, trace = result.detail.partition(TRACE)
    lines = [line for line in head.strip().split("\n") if line]
    shown = [found[1] for line in lines if (found := _TEST_LINE.match(line))]
    reason = "\n".join(line for line in lines if not _TEST_LINE.match(line))
    call, gave = _last_call(result)
    case = cases.get(result.name)
    wanted = ""
    if case is not None:
        case = next((case.steps[line] for line in reversed(shown) if line in case.steps), case)
        call, wanted = case.call, case.wanted
        gave = _shown(reason) or (gave if _names(result, call) else _given(reason) or gave)
    elif shown and shown[-1].startswith("assert "):
        told = case_of(shown[-1])
        wanted = told.wanted if _speaks(told.wanted) else ""
        reason = reason if not reason.startswith("AssertionError") else shown[-1]
    frames = tuple(_frames(trace, code))
    if case is not None and reason.startswith("AssertionError"):
        reason = ""
    limits = [limit for limit in Limit if limit.value in reason.removeprefix(LIMITED).split(", ")]
    if reason.startswith(LIMITED) and limits:
        why = ended_at(NO_END, tuple(limits))
        return Failure(test=result.name, call=short(call), why=why)
    return Failure(
        test=result.name,
        call=short(call),
        gave=short(gave),
        expected=short(wanted),
        error=short(_last_line(trace) or reason or ""),
        frames=frames[-MOST_FRAMES:],
    )


def _shown(reason: str) -> str:
    """What a step of a session showed, where the test says it; empty where it does not."""
    found = _SHOWS.search(reason)
    try:
        return str(ast.literal_eval(found[1])).strip() if found else ""
    except (ValueError, SyntaxError):
        return ""


def _speaks(wanted: str) -> bool:
    """Does it say by itself what was wanted, and not by names of the test?"""
    tree = expression(wanted)
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)] if tree else []
    return all(hasattr(builtins, name) for name in names)


def _names(result: TestResult, call: str) -> bool:
    """Is it of this call, and of none within it (``list(f(2))``), that the last word speaks?"""
    return bool(result.calls) and result.calls[-1].partition("(")[0] == call.partition("(")[0]


def _given(reason: str) -> str:
    """What was compared, where the test says it."""
    found = _GIVES.search(reason)
    return found[1] if found else ""


def _last_call(result: TestResult) -> tuple[str, str]:
    found = _CALLED.fullmatch(result.calls[-1]) if result.calls else None
    if found is None:
        return "", ""
    return found[1], found[3] if found[2] == "gave" else f"{found[2]} {found[3]}"


def _last_line(trace: str) -> str:
    """The exception that ended it: what stands behind the last line of the code."""
    lines = trace.rstrip().split("\n")
    for at in range(len(lines) - 1, -1, -1):
        after = at == 0 or lines[at - 1].startswith("  ")
        if after and _EXCEPTION.match(lines[at]):
            return "\n".join(lines[at:]).strip()
    return next((line for line in reversed(lines) if _EXCEPTION.match(line)), "")


def _frames(trace: str, code: Code) -> Iterator[Frame]:
    names = {file.name for file in code.files}
    for path, line, function, source in _FRAME.findall(trace):
        name = path.replace("\\", "/").rpartition("/")[2]
        if name in names:
            at = code.answer_line(int(line)) if name == code.program.name else 0
            yield Frame(name, int(line), function, source.strip(), at)


def traced(stderr: str, code: Code) -> Failure | None:
    """A program that ended by an exception; ``None`` where it ended otherwise."""
    if TRACE not in stderr:
        return None
    trace = stderr.rpartition(TRACE)[2]
    frames = tuple(_frames(trace, code))
    return Failure(test=WHOLE, error=short(_last_line(trace)), frames=frames[-MOST_FRAMES:])


def stranger(result: TestResult) -> Text | None:
    """Did the tests fail on an object of the code that they cannot look into (an array of a
    library, which their own copy of the library does not take)?"""
    if TRACE in result.detail:
        return None  # the code itself has failed
    gave = [call.rpartition(" gave ")[2] for call in result.calls]
    if "AssertionError" in result.detail:
        return OBJECTS if gave[-1:] == ["a Theirs"] else None
    return OBJECTS if any(_OBJECT.fullmatch(word) for word in gave) else None


def unsure(result: TestResult) -> Text | None:
    """Why a comparison with an example decides nothing, where that is so."""
    if TRACE in result.detail:
        return None  # the code itself has failed
    call = _last_call(result)[0] or result.name
    return next((t.of(short(call)) for mark, t in _UNSURE.items() if mark in result.detail), None)


def other_value(result: TestResult) -> bool:
    """Has a test failed by what the code gave, and not by an exception of the code's?"""
    told = ("AssertionError: it gives ", "AssertionError: it shows ")
    return TRACE not in result.detail and any(words in result.detail for words in told)


def excuse(detail: str, code: Code) -> Text | None:
    """Why a failure says nothing of the code: it lacks something that is not to be had here."""
    missing = NO_MODULE.search(detail)
    if missing is not None:
        name = missing[1].partition(".")[0]
        if f"{name}.py" not in {file.name for file in code.files}:
            return NEEDS.of(name)
    if _READS.search(code.program.text) and (
        "EOFError" in detail or (_LOADING.search(detail) and not of_itself(_last_line(detail)))
    ):
        return READS
    wanted = _NO_NODE.search(detail)
    if wanted is not None and of_nodes(code.program.text):
        return NO_NODES.of(wanted[0])
    entry = max((found[0] for found in _NO_ENTRY.finditer(detail)), key=len, default="")
    return OUTSIDE.of(short(entry)) if entry else None


def of_itself(error: str) -> bool:
    """Would this exception have come with any input?"""
    return _OF_ITSELF.match(error) is not None


def lacks(error: str) -> bool:
    """Does a program break off for want of a name that it does not have?"""
    return _LACKS.search(error) is not None


def short(text: str) -> str:
    """The beginning of what may be long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
