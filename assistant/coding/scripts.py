"""Calls of a JavaScript function, as an example asks for them.

The program is run with one call behind it, and prints what that gives as JSON; it is compared
outside, so that what is expected never reaches the program.
"""

from __future__ import annotations

import ast
import json
import re

from assistant.coding import failures, sandbox
from assistant.coding.examples import Example, QuestionExample
from assistant.coding.inside import alike
from assistant.coding.programs import AT_LIMIT
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Limit, Limits, NotRun, SourceFile, ended_at
from assistant.coding.scanning import expression
from assistant.coding.testfiles import places_of
from assistant.coding.trial import TestOutcome
from assistant.coding.types import Code, Failure, JudgedTest, Origin
from runtimes.base import Cancel

MARK = "=> "
MOST = 20
_ERROR = re.compile(r"^(?:Uncaught )?(\w*Error(?:: .*)?)$", re.MULTILINE)
_ELSEWHERE = re.compile(
    r"Cannot find (?:module|package) '(?!\.)"
    r"|ReferenceError: (?:document|window|alert|prompt|localStorage|navigator|fetch) is not defined"
)
"""It needs a package, or a browser, and says nothing of itself here."""
TOLD = """function told(v, deep) {
  deep = deep || 0;
  const kind = typeof v;
  if (v === null || v === undefined) return "null";
  if (kind === "boolean") return String(v);
  if (kind === "string") return JSON.stringify(v);
  if (kind === "number") return Number.isFinite(v) ? JSON.stringify(v) : '{"?": "' + v + '"}';
  if (kind === "bigint") return String(v);
  if (kind === "function" || kind === "symbol") return '{"?": "' + kind + '"}';
  if (deep > 60) return '{"!": "nested"}';
  if (Array.isArray(v)) return "[" + Array.from(v, (x) => told(x, deep + 1)).join(",") + "]";
  const of = Object.getPrototypeOf(v);
  if (of !== Object.prototype && of !== null) return '{"!": "object"}';
  return '{"=": {' + Object.entries(v).map(
    ([k, x]) => JSON.stringify(k) + ":" + told(x, deep + 1)).join(",") + "}}";
}"""
"""What a call gave as JSON, every kind of value apart: ``=`` a plain object, ``?`` what is no
value of JSON, ``!`` what cannot be looked into from outside (a ``Map``, a promise)."""
_MODULE = re.compile(r"^\s{0,8}(?:export\b|import\b[^(])", re.MULTILINE)


def run_calls(
    code: Code,
    examples: tuple[QuestionExample, ...],
    policy: Policy,
    limits: Limits,
    cancel: Cancel,
    order: str = "",
) -> list[tuple[JudgedTest, Failure | None]]:
    """Each example that JavaScript has words for; a run of its own for each.  ``order``: as for
    ``alike.compared``."""
    found: list[tuple[JudgedTest, Failure | None]] = []
    first, *others = code.files
    own = first.name if not _MODULE.search(first.text) else f"{first.name.rpartition('.')[0]}.mjs"
    for example in examples[:MOST]:
        call = _call(example) if isinstance(example, Example) and not example.raises else None
        wanted = _value(example.wanted) if isinstance(example, Example) else None
        if call is None or wanted is None:
            continue
        assert isinstance(example, Example)
        text = f"{first.text}\n;console.log({json.dumps(MARK)} + ({TOLD})({call}));\n"
        files = (SourceFile(own, text), *others)
        job = Job(language=code.language, files=files, limits=limits)
        result = sandbox.run(job, policy, cancel)
        name = f"{example.call} → {example.wanted}"
        if isinstance(result, NotRun) or Limit.CANCELLED in result.limits:
            found.append((JudgedTest(name, Origin.QUESTION, TestOutcome.UNJUDGED), None))
            continue
        said = [s[len(MARK) :] for s in result.stdout.split("\n") if s.startswith(MARK)]
        gave = said[-1] if said else ""
        agrees = _agrees(gave, wanted[0], example, order) if gave else False
        if example.printed and not agrees and result.succeeded:
            agrees = None  # what it prints is not looked at
        if agrees and result.succeeded:
            found.append((JudgedTest(name, Origin.QUESTION, TestOutcome.PASSED), None))
            continue
        if agrees is not False or (not gave and _ELSEWHERE.search(result.stderr)):
            found.append((JudgedTest(name, Origin.QUESTION, TestOutcome.UNJUDGED), None))
            continue
        error = _ERROR.search(result.stderr)
        failure = Failure(
            test=name,
            call=example.call,
            gave=failures.short(_shown(gave)),
            expected=example.wanted,
            error=failures.short(error[1]) if error else "",
            why=ended_at(AT_LIMIT, result.limits) if result.limits else None,
        )
        found.append((JudgedTest(name, Origin.QUESTION, TestOutcome.FAILED), failure))
    return found


def _call(example: Example) -> str | None:
    """The call in JavaScript; ``None`` where it has other arguments than values."""
    tree = expression(example.call)
    if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name) or tree.keywords:
        return None
    values = [_value(ast.unparse(item)) for item in tree.args]
    if any(value is None for value in values):
        return None
    words = [json.dumps(value[0]) for value in values if value is not None]
    return f"{tree.func.id}({', '.join(words)})"


def _value(text: str) -> tuple[object] | None:
    """A literal that JSON has too, in a tuple of its own; else ``None``."""
    try:
        value = ast.literal_eval(text.strip())
        return (json.loads(json.dumps(value, allow_nan=False)),)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


class _OpaqueError(Exception):
    """An object that cannot be looked into."""


def _agrees(gave: str, wanted: object, example: Example, order: str) -> bool | None:
    """Is it what was wanted?  ``None`` where that cannot be told."""
    places = places_of(example.wanted) if example.loose else None
    try:
        return alike.compared(_plain(json.loads(gave)), _truths(wanted), places, order)
    except AssertionError as wrong:
        return None if str(wrong) in (alike.NEAR, alike.ORDER) else False
    except _OpaqueError:
        return None
    except (ValueError, RecursionError):
        return False


def _plain(told: object) -> object:
    """The value that was told; ``ValueError`` for what is none."""
    match told:
        case {"=": dict(items)}:
            return {key: _plain(item) for key, item in items.items()}
        case {"!": _}:
            raise _OpaqueError
        case dict():
            raise ValueError("no value")
        case list():
            return [_plain(item) for item in told]
        case _:
            return _truths(told)


def _truths(value: object) -> object:
    """With truth values as signs of their own: in Python they are numbers too."""
    match value:
        case bool():
            return f"\0{value}"
        case list():
            return [_truths(item) for item in value]
        case dict():
            return {key: _truths(item) for key, item in value.items()}
        case _:
            return value


def _shown(gave: str) -> str:
    """As JavaScript writes it, nearly."""
    try:
        return _written(json.loads(gave))
    except (ValueError, RecursionError):
        return gave


def _written(told: object) -> str:
    match told:
        case {"=": dict(items)}:
            parts = [f"{json.dumps(key)}: {_written(item)}" for key, item in items.items()]
            return "{" + ", ".join(parts) + "}"
        case {"?": str(word)} | {"!": str(word)}:
            return word
        case list():
            return "[" + ", ".join(_written(item) for item in told) + "]"
        case _:
            return json.dumps(told, ensure_ascii=False)
