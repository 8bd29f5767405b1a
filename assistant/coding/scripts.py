"""Calls of a JavaScript function, as an example asks for them.

The program is loaded with one call behind it, and what that gives is printed as JSON; it is
compared outside, so that what is expected never reaches the program.
"""

from __future__ import annotations

import ast
import importlib.resources
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant import coding
from assistant.coding import failures, sandbox
from assistant.coding.examples.asked import ANY_ERROR, Example, QuestionExample
from assistant.coding.examples.dialoguesjs import Step
from assistant.coding.examples.foreign import OTHERS_NAME, another_languages, spelled
from assistant.coding.examples.pairtests import places_of
from assistant.coding.examples.scanning import NUMBER, expression, value_of
from assistant.coding.grammars import tree_of
from assistant.coding.inside import alike
from assistant.coding.linkedjs import LISTED, Way, ways_in
from assistant.coding.programs import AT_LIMIT, MOST_RUN, PRINTS, unasked
from assistant.coding.sandbox.types import (
    Job,
    Language,
    Limit,
    NotRun,
    Outcome,
    SourceFile,
    ended_at,
)
from assistant.coding.toldjs import (
    OpaqueError,
    nothings,
    plain,
    shown,
    small_bigints,
    thrown,
    truths,
)
from assistant.coding.trial import CANCELLED, TestOutcome
from assistant.coding.types import Asking, Code, Failure, Judged, JudgedTest, Origin
from runtimes.texts import Text

_ERROR = re.compile(r"^(?:Uncaught )?(\w*Error(?:: .*)?)$", re.MULTILINE)
_ELSEWHERE = re.compile(
    r"Cannot find (?:module|package) '(?!\.)"
    r"|ReferenceError: (?:document|window|alert|prompt|localStorage|navigator|fetch) is not defined"
)
"""It needs a package, or a browser, and says nothing of itself here."""
ASKS = "assistant_asks.cjs"
_LACKS = re.compile(r"^(?:Uncaught )?ReferenceError: ([\w$]*)", re.MULTILINE)
PART = Text("it needs what stands elsewhere in the answer", "它需要回答中其他部分的代码")
UNDEFINED = '{"?": "undefined"}'
IN_PLACE = Text(
    "it gives nothing back, and whether it changes what it is handed was not looked at",
    "它没有返回值，而是否修改了传入的参数没有检验",
)
A_PROMISE = '{"!": "a promise"}'
TWICE = Text("the code writes into what it answers by", "代码向用于返回结果的输出写入了其他内容")
ELSEWHERE = Text("it needs a package or a browser", "它需要某个包或浏览器")
AFTERWARDS = Text(
    "it gave what the example wants, and then did not end well", "结果符合示例，但随后没有正常结束"
)
PROMISE = Text(
    "it gives a promise, and the question does not say that it is awaited",
    "返回的是 Promise，而题目没有说明需要等待其结果",
)
OPAQUE = Text(
    "it gives an object that cannot be looked into, or what is only near",
    "返回的对象无法查看，或结果只是接近",
)
BIGINT = Text(
    "it gives a BigInt, and whether that or a number is wanted is not plain",
    "返回的是 BigInt，而题目要求的是 BigInt 还是普通数字并不清楚",
)
NOTHING = Text(
    "null and undefined are two values, and it is not plain which one is wanted",
    "null 与 undefined 是两个不同的值，无法确定要求的是哪一个",
)
NEVER = Text(
    "it ended before it had answered; a promise of it is never settled",
    "程序结束时仍没有给出结果，其 Promise 一直没有完成",
)
ENDED = Text("it ended before it had answered", "程序在给出结果之前就结束了")
NO_ERROR = Text(
    "it throws what is no error, and the question does not say what it shall be",
    "抛出的不是 Error 对象，而题目没有说明应抛出什么",
)
NOT_ASKED = Text(
    "the program ends, or wants arguments, before its function can be asked",
    "程序在函数被调用之前就结束了，或需要命令行参数",
)
MOST_HANDED = 3
"""Arguments that are looked at for what became of them."""
_ARGUMENTS = re.compile(r"\bprocess\s*\.\s*argv\b|\bargv\b")
_MODULE = re.compile(r"^\s{0,8}(?:export\b|import\b[^(])", re.MULTILINE)


def run_calls(code: Code, examples: tuple[QuestionExample, ...], how: Asking) -> list[Judged]:
    """Each example that JavaScript has words for; a run of its own for each that gives a value."""
    asked = list(_asked(examples, how, ways_in(code.program.text)))
    judged = [_told(_Call(code, how, *one)) for one in asked[:MOST_RUN]]
    return [*judged, *unasked(len(asked), MOST_RUN)]


def run_sessions(code: Code, sessions: list[tuple[Step, ...]], how: Asking) -> list[Judged]:
    """Each line that tells what it gives, in a run of its own of all lines up to it."""
    asked: list[_Call] = []
    for steps in sessions:
        for n, step in enumerate(steps):
            wanted = (None,) if step.raises else _value(step.wanted)
            if not step.wanted or wanted is None:
                continue
            before = "\n".join(earlier.source for earlier in steps[:n])
            later = "async " if "await" in f"{before} {step.asked}" else ""
            call = f"({later}() => {{ {before}\nreturn ({step.asked}); }})()"
            example = Example(step.asked, step.wanted, raises=step.raises, loose=True)
            asked.append(_Call(code, how, example, call, wanted[0], steps[0].find, step.mute))
    judged = [one.judged() for one in asked[:MOST_RUN]]
    return [*judged, *unasked(len(asked), MOST_RUN)]


def _told(asked: _Call) -> Judged:
    """What a call gives; where it fails with a number that has no quotation marks, and would not
    with the same as a text, nobody knows which of both was meant; nor whether an arrow leads to
    what comes back, or to what becomes of an argument."""
    judged, failure = asked.judged()
    name, _, given = asked.call.removesuffix(")").partition("(")
    if failure is not None and asked.example.points and failure.gave == "undefined":
        for n in range(min(given.count("[") + given.count("{"), MOST_HANDED)):
            left = f"((...given) => ({name}(...given), given[{n}]))({given})"
            if replace(asked, call=left).judged()[0].outcome is TestOutcome.PASSED:
                return replace(judged, outcome=TestOutcome.UNJUDGED, why=failures.MAY_BECOME), None
    wanted = asked.example.wanted.strip()
    if failure is None or not asked.example.paired or not NUMBER.fullmatch(given):
        return judged, failure
    text = replace(asked, call=f"{name}({json.dumps(given)})", wanted=wanted)
    if text.judged()[0].outcome is not TestOutcome.PASSED:
        return judged, failure
    return replace(judged, outcome=TestOutcome.UNJUDGED, detail="", why=failures.MAY_BE_TEXT), None


def _asked(
    examples: tuple[QuestionExample, ...], how: Asking, linked: Mapping[str, Way]
) -> Iterator[tuple[Example, str, object]]:
    """Those examples that are calls in JavaScript too: the call, and what it should give."""
    for example in examples:
        if isinstance(example, Example):
            way = linked.get(example.call.partition("(")[0].strip())
            if way is not None and way.takes_nodes(example.call):
                call = _linked(example, way)
            else:
                call = _call(example, how.nothing)
            wanted = (None,) if example.raises else _value(example.wanted)
            if call is not None and wanted is not None:
                yield example, call, wanted[0]


@dataclass(frozen=True, slots=True)
class _Call:
    """A program, how it is asked, and one call of it."""

    code: Code
    how: Asking
    example: Example
    call: str
    wanted: object
    find: str = ""
    """The function of the code that is asked; empty where that is the one which is called."""
    mute: bool = False
    """What is told of it may be what it changes."""

    def judged(self) -> Judged:
        """What it gives, held against what was wanted."""
        mark = f"{secrets.token_hex(8)} "
        example, result = self.example, self._run(mark)
        if isinstance(result, NotRun):
            return self._unjudged(result.why)
        if Limit.CANCELLED in result.limits:
            return self._unjudged(CANCELLED)
        said = [s[len(mark) :] for s in result.stdout.split("\n") if s.startswith(mark)]
        reached = said[:1] == ["asked"]
        said = said[reached:]
        if len(said) > 1:
            return self._unjudged(TWICE)
        gave = said[0] if said else ""
        if gave == "null" and self.wanted == [] and self.call.startswith(LISTED):
            gave = "[]"  # a list without a node
        raised = thrown(gave)
        if example.raises and gave and gave != A_PROMISE:
            return self._by_exception(gave, raised, result)
        gave = gave if raised is None else ""
        agrees = _agrees(gave, self.wanted, example, self.how) if gave else False
        if agrees and result.succeeded:
            return self._test(TestOutcome.PASSED), None
        heard = _heard(result.stdout, mark)
        silent = gave not in ("", UNDEFINED) and not heard
        prints = example.printed or (example.points and gave == UNDEFINED and heard)
        if prints and not agrees and result.succeeded and not silent:
            return self._unjudged(PRINTS)  # what it prints is not looked at
        if not gave and _ELSEWHERE.search(result.stderr):
            return self._unjudged(ELSEWHERE)
        if not reached and self._quits(result):
            return self._unjudged(NOT_ASKED)
        lacks = _LACKS.search(result.stderr) if not gave else None
        if self.find and lacks and re.search(rf"\b{lacks[1]}\b", self.call):
            return self._unjudged(PART)
        if self.mute and gave == UNDEFINED:
            return self._unjudged(failures.MAY_BECOME)
        if not self.how.whole and not gave:
            if result.limits:
                return self._unjudged(ended_at(AT_LIMIT, result.limits))
            if lacks:
                return self._unjudged(PART)
        if agrees:
            return self._unjudged(AFTERWARDS)
        if example.paired and gave == UNDEFINED and "[" in self.call:
            return self._unjudged(IN_PLACE)
        if agrees is None:
            if '{"!"' not in gave and nothings(json.loads(gave)):
                return self._unjudged(NOTHING)
            if small_bigints(gave):
                return self._unjudged(BIGINT)
            return self._unjudged(PROMISE if gave == A_PROMISE else OPAQUE)
        return self._test(TestOutcome.FAILED), self._failure(gave, result)

    def _by_exception(self, gave: str, raised: tuple[str, ...] | None, result: Outcome) -> Judged:
        """An exception was wanted; it came, or a value did."""
        wanted = self.example.wanted
        if raised is not None and _ELSEWHERE.search(result.stderr):
            return self._unjudged(ELSEWHERE)
        if raised is not None and "Error" not in raised:
            return self._unjudged(NO_ERROR)
        if raised is not None and wanted in (*raised, ANY_ERROR):
            return self._test(TestOutcome.PASSED), None
        if another_languages(wanted, self.code):
            return self._unjudged(OTHERS_NAME.of(wanted))
        shown = "" if raised is not None else gave
        return self._test(TestOutcome.FAILED), self._failure(shown, result)

    def _run(self, mark: str) -> Outcome | NotRun:
        first, *others = self.code.files
        module = first.name.endswith(".mjs") or _is_module(first.text)
        name = f"{first.name.rpartition('.')[0]}.mjs" if module else first.name
        key = f"assistant_{secrets.token_hex(8)}"
        load = f"{'import' if module else 'require'}({json.dumps(f'./{name}')})"
        words = {"MARK": json.dumps(mark), "KEY": json.dumps(key), "LOAD": load,
                 "AWAITED": json.dumps(self.how.awaited)}  # fmt: skip
        text = importlib.resources.files(coding).joinpath("harness.cjs").read_text("utf-8")
        harness = re.sub(r"\b(MARK|KEY|LOAD|AWAITED)\b", lambda found: words[found[1]], text)
        find = self.find or self.example.call.partition("(")[0]
        text = f"{first.text}\n;globalThis.{key}(() => {find}, () => {self.call});\n"
        files = (SourceFile(ASKS, harness), SourceFile(name, text), *others)
        job = Job(language=self.code.language, files=files, limits=self.how.limits)
        return sandbox.run(job, self.how.policy, self.how.cancel)

    def _quits(self, result: Outcome) -> bool:
        """Did it end by its own will, or by a want of arguments, and not by a fault?"""
        if result.limits:
            return False
        wants = _ARGUMENTS.search(self.code.program.text) is not None
        return wants or not _ERROR.search(result.stderr)

    def _failure(self, gave: str, result: Outcome) -> Failure:
        error = _ERROR.search(result.stderr)
        why = ended_at(AT_LIMIT, result.limits) if result.limits else None
        if not gave and not error and result.succeeded:
            why = NEVER if self.how.awaited else ENDED
        return Failure(
            test=self._name(),
            call=spelled(self.example.call, self.code.language),
            gave=failures.short(shown(gave)),
            expected=spelled(self.example.wanted, self.code.language),
            error=failures.short(error[1]) if error else "",
            why=why,
        )

    def _name(self) -> str:
        text = f"{self.example.call} → {self.example.wanted}"
        return spelled(text, self.code.language)

    def _test(self, outcome: TestOutcome) -> JudgedTest:
        return JudgedTest(self._name(), Origin.QUESTION, outcome)

    def _unjudged(self, why: Text) -> Judged:
        return replace(self._test(TestOutcome.UNJUDGED), why=why), None


def _heard(printed: str, mark: str) -> bool:
    """Has the program printed anything of its own?"""
    return any(line.strip() and not line.startswith(mark) for line in printed.split("\n"))


def _is_module(text: str) -> bool:
    """Does it import or export as modules do?  A comment or a text may speak of it too."""
    root = tree_of(text, Language.JAVASCRIPT)
    if root is None:
        return _MODULE.search(text) is not None
    return any(node.type in ("import_statement", "export_statement") for node in root.children)


def _linked(example: Example, way: Way) -> str | None:
    """The call of a function that takes nodes, where it is plain how these are made."""
    tree = expression(example.call)
    if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name) or not way.names:
        return None
    values = [_value(ast.unparse(item)) for item in tree.args]
    whole = not tree.keywords and None not in values and len(values) <= len(way.kinds)
    given, wanted = [value[0] for value in values if value is not None], _value(example.wanted)
    fits = whole and way.fits(given, wanted[0] if wanted else None)
    return way.asked(given) if fits else None


def _call(example: Example, nothing: str) -> str | None:
    """The call in JavaScript; ``None`` where it has other arguments than values."""
    tree = expression(example.call)
    return _called(tree, nothing) if isinstance(tree, ast.Call) else None


def _called(tree: ast.expr, nothing: str) -> str | None:
    """A function by its name, or what a call gives, called (``add(1)(2)``)."""
    if isinstance(tree, ast.Name):
        return tree.id
    if not isinstance(tree, ast.Call) or tree.keywords:
        return None
    function = _called(tree.func, nothing)
    texts = [ast.unparse(item) for item in tree.args]
    values = [_value(text) for text in texts]
    if function is None or None in values:
        return None
    words = [json.dumps(value[0]) for value in values if value is not None]
    if any("None" in text for text in texts) and nothing not in ("null", "None"):
        if any("None" in text and text != "None" for text in texts):
            return None
        if "null" in words and not nothing:
            return None  # a default stands in for one of the two, and not for the other
        words = ["undefined" if word == "null" else word for word in words]
    return f"{function}({', '.join(words)})"


def _value(text: str) -> tuple[object] | None:
    """A literal that JSON has too, or a number without bounds, in a tuple of its own; else
    ``None``."""
    try:
        return (json.loads(json.dumps(value_of(text))),)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def _agrees(gave: str, wanted: object, example: Example, how: Asking) -> bool | None:
    """Is it what was wanted?  ``None`` where that cannot be told."""
    places = places_of(example.wanted) if example.loose else None
    try:
        told = json.loads(gave)
        agrees = alike.compared(plain(told), truths(wanted), places, how.order)
        if agrees and how.strict and small_bigints(gave):
            return None
        either = how.nothing == "None"
        return agrees if either or nothings(told) <= {how.nothing} else None
    except AssertionError as wrong:
        return None if str(wrong) in (alike.NEAR, alike.ORDER) else False
    except OpaqueError:
        return None
    except (ValueError, RecursionError):
        return False
