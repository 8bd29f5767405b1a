"""Calls of a JavaScript function, as an example asks for them.

The program is run with one call behind it, and prints what that gives as JSON; it is compared
outside, so that what is expected never reaches the program.
"""

from __future__ import annotations

import ast
import json
import math
import re

from assistant.coding import failures, sandbox
from assistant.coding.examples import Example, QuestionExample
from assistant.coding.programs import AT_LIMIT
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Limit, Limits, NotRun, SourceFile, ended_at
from assistant.coding.scanning import expression
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
_MODULE = re.compile(r"^\s{0,8}(?:export\b|import\b[^(])", re.MULTILINE)
_DECIMALS = re.compile(r"\d\.(\d{1,12})(?!\d)")


def run_calls(
    code: Code,
    examples: tuple[QuestionExample, ...],
    policy: Policy,
    limits: Limits,
    cancel: Cancel,
) -> list[tuple[JudgedTest, Failure | None]]:
    """Each example that JavaScript has words for; a run of its own for each."""
    found: list[tuple[JudgedTest, Failure | None]] = []
    first, *others = code.files
    own = first.name if not _MODULE.search(first.text) else f"{first.name.rpartition('.')[0]}.mjs"
    for example in examples[:MOST]:
        call = _call(example) if isinstance(example, Example) and not example.raises else None
        wanted = _value(example.wanted) if isinstance(example, Example) else None
        if call is None or wanted is None:
            continue
        assert isinstance(example, Example)
        text = f"{first.text}\n;console.log({json.dumps(MARK)} + JSON.stringify({call}));\n"
        files = (SourceFile(own, text), *others)
        job = Job(language=code.language, files=files, limits=limits)
        result = sandbox.run(job, policy, cancel)
        name = f"{example.call} → {example.wanted}"
        if isinstance(result, NotRun) or Limit.CANCELLED in result.limits:
            found.append((JudgedTest(name, Origin.QUESTION, TestOutcome.UNJUDGED), None))
            continue
        gave = next(
            (s[len(MARK) :] for s in reversed(result.stdout.split("\n")) if s.startswith(MARK)), ""
        )
        if result.succeeded and _agrees(gave, wanted[0], example):
            found.append((JudgedTest(name, Origin.QUESTION, TestOutcome.PASSED), None))
            continue
        if _ELSEWHERE.search(result.stderr):
            found.append((JudgedTest(name, Origin.QUESTION, TestOutcome.UNJUDGED), None))
            continue
        said = _ERROR.search(result.stderr)
        failure = Failure(
            test=name,
            call=example.call,
            gave=failures.short(gave),
            expected=example.wanted,
            error=failures.short(said[1]) if said else "",
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


def _agrees(gave: str, wanted: object, example: Example) -> bool:
    try:
        value = json.loads(gave) if gave != "undefined" else None
    except (ValueError, RecursionError):
        return False
    places = [len(digits) for digits in _DECIMALS.findall(example.wanted)] if example.loose else []
    return _same(value, wanted, min(places, default=None))


def _same(gave: object, wanted: object, places: int | None) -> bool:
    if isinstance(gave, bool) or isinstance(wanted, bool):
        return gave is wanted
    if isinstance(wanted, float) and isinstance(gave, int | float):
        if math.isclose(gave, wanted, rel_tol=1e-9, abs_tol=1e-12):
            return True
        return places is not None and abs(gave - wanted) <= 0.5000001 * 10.0**-places
    if isinstance(wanted, list) and isinstance(gave, list):
        pairs = zip(gave, wanted, strict=False)
        return len(gave) == len(wanted) and all(_same(a, b, places) for a, b in pairs)
    if isinstance(wanted, dict) and isinstance(gave, dict):
        return gave.keys() == wanted.keys() and all(
            _same(gave[key], wanted[key], places) for key in wanted
        )
    return gave == wanted
