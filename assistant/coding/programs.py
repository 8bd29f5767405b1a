"""Whole programs: run with an input, their output compared outside of their world.

That goes for every language; what an example expects never reaches the program.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from assistant.coding import failures, sandbox
from assistant.coding.examples.asked import QuestionExample
from assistant.coding.examples.layout import SET_OUT, SPACED, set_out_alike, spaced_alike
from assistant.coding.examples.pairs import DESCRIBED, REMARK, Pair
from assistant.coding.examples.terminal import Run
from assistant.coding.sandbox.types import (
    Job,
    Language,
    Limit,
    NotRun,
    Outcome,
    ended_at,
)
from assistant.coding.trial import WHOLE, TestOutcome
from assistant.coding.types import (
    Asking,
    Code,
    Doubt,
    Failure,
    Judged,
    JudgedTest,
    Origin,
)
from runtimes.texts import Text

MOST_RUN = 40
"""Examples that are run, each by itself; of the others it is said that they were not."""
NOT_RUN = Text(
    "only the first {0} examples were run; {1} more were not",
    "只运行了前 {0} 个示例，另有 {1} 个没有运行",
)
LACKS_MAIN = re.compile(r"undefined (?:reference to|symbol:?) [`'‘\"]?_?main\b")
COMPILING = Text("it does not compile: {0}", "编译失败：{0}")
MORE = Text(
    "it prints what the example expects, and more besides: {0}",
    "输出中有示例所要求的内容，但还有其他内容：{0}",
)
"""A prompt or a label; whether that is wrong is not for us to say."""
STATUS_TOO = Text(
    "it prints what the example expects, and ends with status {0}",
    "输出与示例一致，但以状态 {0} 结束",
)
TO_ERRORS = Text(
    "it prints what the example shows, in part where errors go, as a terminal shows both",
    "输出与示例一致，但其中一部分写到了标准错误；终端会同时显示两者",
)
TYPED = Text(
    "it reads what somebody types, which the terminal shows among what it prints",
    "程序读取用户键入的内容，而终端把它与输出显示在一起",
)
TYPED_HOW = Text(
    "it is not plain how this input is typed: with commas, as several, or on several lines",
    "无法确定这个输入应如何键入：带逗号、分成几个，还是分成几行",
)
MAY_DESCRIBE = Text(
    "it is not plain whether this input is given, or described",
    "无法确定这是输入本身，还是对输入的描述",
)
REMARKED = Text(
    "it prints what the example shows, but for what may be a remark there",
    "输出与示例一致，只缺少示例中可能是注释的部分",
)
PRINTS = Text("what it prints is not compared", "没有比较它的输出内容")
AT_LIMIT = Text("the code was ended at a limit", "代码因达到限制而被终止")


_APART, _LONGER = re.compile(r"[^0-9A-Za-z_.+-]"), re.compile(r"[0-9A-Za-z_]|\.\d")
"""What may stand before a number or word, and what makes another one of it behind it."""


def at_limit(failure: Failure) -> bool:
    """Was a program ended at a limit of ours?"""
    return failure.why is not None and failure.why.en.startswith(AT_LIMIT.en)


def uncompiled(result: Outcome) -> Failure:
    """What the compiler says first."""
    said = next((line for line in result.stderr.splitlines() if "error" in line), result.stderr)
    return Failure(test=WHOLE, why=COMPILING.of(failures.short(said)))


READS = {
    Language.PYTHON: re.compile(r"\binput\s*\(|\bstdin\b|\bopen\(0|\bfileinput\b"),
    Language.JAVASCRIPT: re.compile(r"\bstdin\b|readFileSync\(\s*0|readline"),
    Language.C: re.compile(
        r"\b(?:scanf|getchar|gets|fgets|getline|getc|fscanf|f?read)\s*\(|\bstdin\b"
    ),
    Language.CPP: re.compile(
        r"\bcin\b|\b(?:scanf|getchar|gets|getline|fgets|fscanf|f?read)\s*\(|\bstdin\b"
    ),
    Language.SHELL: re.compile(
        r"\b(?:read|mapfile|readarray|cat|tac|awk|sed|grep|sort|uniq|wc|tr|cut|head|tail|bc|xargs|tee"
        r"|nl|rev|paste|fold|column|shuf|jq)\b|/dev/stdin"
    ),
}
"""By what a program is seen to read its standard input."""


_TYPED = re.compile(
    r"\b(?:input|scanf|getchar|fgets|getline|getc|fscanf)\s*\(|\bcin\b|\bstdin\b|\breadline\b"
    r"|readFileSync\(\s*0|\bopen\(0|^\s*read\b|[;&|({]\s*read\b"
    r"|\b(?:while|until|if|do|then|IFS=\S*)\s+(?:IFS=\S*\s+)?read\b|\b(?:mapfile|readarray)\b",
    re.MULTILINE,
)
"""It asks the one who sits there: what is typed stands among what is printed."""


def reads_input(code: Code) -> bool:
    """Does the program read its standard input?"""
    sign = READS.get(code.language)
    return sign is not None and sign.search(code.program.text) is not None


def run_pairs(code: Code, examples: tuple[QuestionExample, ...], how: Asking) -> list[Judged]:
    """The program with each input; what comes out is compared word by word.  What differs by its
    order alone decides nothing where the question speaks of any."""
    found = []
    read = [e for e in examples if isinstance(e, Pair) and not e.exact]
    every = (_as_text(e) if e.spoken else e for e in read)
    pairs = [pair for pair in every if pair is not None and _is_data(pair)]
    for example in pairs[:MOST_RUN]:
        stdin = example.given if example.given.endswith("\n") else f"{example.given}\n"
        job = Job(language=code.language, files=code.files, stdin=stdin, limits=how.limits)
        found.append(_run(code, example, job, how))
    return [*found, *unasked(len(pairs), MOST_RUN)]


def unasked(count: int, most: int) -> list[Judged]:
    """That not all of so many examples were run, where it is so: nobody knows what they give."""
    if count <= most:
        return []
    why = NOT_RUN.of(most, count - most)
    name = f"{most + 1}–{count}"
    return [(JudgedTest(name, Origin.QUESTION, TestOutcome.UNJUDGED, why=why), None)]


def run_shown(code: Code, runs: tuple[Run, ...], how: Asking) -> list[Judged]:
    """The program as a terminal shows it: with arguments and an input."""
    found = []
    for run in runs[:MOST_RUN]:
        job = Job(
            language=code.language,
            files=code.files,
            stdin=run.stdin,
            arguments=run.arguments,
            limits=how.limits,
        )
        judged, failure = _run(code, Pair(run.line, run.wanted), job, how)
        if failure is not None and not run.stdin and _TYPED.search(code.program.text):
            judged = replace(judged, outcome=TestOutcome.UNJUDGED, detail="", why=TYPED)
            failure = None
        found.append((judged, failure))
    return [*found, *unasked(len(runs), MOST_RUN)]


def _run(code: Code, example: Pair, job: Job, how: Asking) -> Judged:
    result = sandbox.run(job, how.policy, how.cancel)
    judged, failure = _compared(code, example, result)
    if judged.outcome is TestOutcome.PASSED and how.closer and isinstance(result, Outcome):
        return _closer(judged, example, how.closer(job, result))
    doubt = _doubt(example, result) if failure is not None else None
    if failure is not None and doubt is None and _apart(code, example, job, how):
        doubt = TYPED_HOW
    if doubt is not None:
        return replace(judged, outcome=TestOutcome.UNJUDGED, detail="", why=doubt), None
    if how.order and failure is not None and _reordered(result, example):
        return replace(judged, outcome=TestOutcome.UNJUDGED, detail=""), None
    return judged, failure


def _closer(judged: JudgedTest, example: Pair, doubt: Doubt | None) -> Judged:
    """A program that printed what was wanted, looked at once more."""
    if doubt is None:
        return judged, None
    if not doubt.sure:
        return replace(judged, outcome=TestOutcome.UNJUDGED, why=doubt.why), None
    failure = Failure(
        test=judged.name, call=failures.short(example.given), why=doubt.why, frames=doubt.frames
    )
    return replace(judged, outcome=TestOutcome.FAILED), failure


def _apart(code: Code, example: Pair, job: Job, how: Asking) -> bool:
    """Does it give what was wanted where the values of one line are typed on lines of their own?"""
    words = example.given.split()
    if not example.inline or len(words) < 2 or "\n" in example.given.strip():
        return False
    result = sandbox.run(replace(job, stdin="\n".join(words) + "\n"), how.policy, how.cancel)
    return _compared(code, example, result)[0].outcome is not TestOutcome.FAILED


def _doubt(example: Pair, result: Outcome | NotRun) -> Text | None:
    """Why an example that a program fails may not be what it seems."""
    if isinstance(result, NotRun) or result.compiling or result.limits:
        return None
    if result.exit not in (0, None) and example.inline and "," in example.given:
        return TYPED_HOW
    if DESCRIBED.fullmatch(example.given.strip()):
        return MAY_DESCRIBE
    bare = "\n".join(REMARK.sub("", line) for line in example.wanted.split("\n")).split()
    remarked = bare != example.wanted.split() and bare == result.stdout.split()
    return REMARKED if bare and remarked else None


_NUMBERS = re.compile(r"[-+\d.,\s]+|\S+")
_SHORT = re.compile(r"\S+(?:\s+\S+){0,2}|[-+\d.,\s]+")


_ASSIGNED = re.compile(r"[A-Za-z_]\w*\s*=")
"""What names a value, which nobody types."""


def _as_text(pair: Pair) -> Pair | None:
    """The one value that goes in and the one that comes out, as a program reads and prints them;
    ``None`` where there are more, or others than numbers and texts."""
    try:
        values = [ast.literal_eval(text) for text in (pair.given, pair.wanted)]
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return None
    if not all(type(value) in (int, float, str) for value in values):
        return None
    texts = [
        value if isinstance(value, str) else text
        for value, text in zip(values, (pair.given, pair.wanted), strict=True)
    ]
    return Pair(texts[0], texts[1])


def _is_data(pair: Pair) -> bool:
    """Within a line, only numbers and single words are plainly what goes in and comes out."""
    if not pair.inline:
        return True
    if DESCRIBED.fullmatch(pair.given) or _ASSIGNED.match(pair.given):
        return False
    if REMARK.search(pair.wanted):
        return False
    return bool(_NUMBERS.fullmatch(pair.given) and _SHORT.fullmatch(pair.wanted))


def _only_status(code: Code, result: Outcome) -> bool:
    """Does nothing but its status say that it failed?  A test at its end, or a ``main`` without a
    ``return``, leaves one that nobody meant."""
    ended = result.exit is not None and not result.limits and not result.compiling
    return ended and code.language is not Language.PYTHON


def _together(result: Outcome, wanted: str) -> bool:
    """Is it what both outputs hold, in whichever order they came?"""
    if result.exit is None or result.limits or result.compiling or not result.stderr.strip():
        return False
    both = [result.stdout.split(), result.stderr.split()]
    return wanted.split() in (both[0] + both[1], both[1] + both[0])


def holds(printed: str, wanted: str) -> bool:
    """Is what was wanted there, with other words around it?  They may stand right beside it, as
    in Chinese."""
    text, sought = " ".join(printed.split()), " ".join(wanted.split())
    at = text.find(sought) if sought else -1
    while at >= 0:
        apart = at == 0 or _APART.match(text, at - 1)
        if apart and not _LONGER.match(text, at + len(sought)):
            return True
        begin = _APART.search(text, at)  # the next place where it may begin
        at = text.find(sought, begin.end()) if begin else -1
    return False


def _excused(code: Code, example: Pair, result: Outcome) -> bool:
    """Does a program of Python lack what is not to be had here?  An input that stands on lines of
    its own is all that there is to read."""
    why = failures.excuse(result.stderr, code)
    short = why is failures.READS and not example.inline
    return why is not None and not (short and not holds(result.stdout, example.wanted))


def _other_picture(name: str, example: Pair, result: Outcome) -> Failure:
    """Told with its blanks and the ends of its lines, as nothing else differs."""
    return Failure(
        test=name,
        call=failures.short(example.given.strip()),
        fed=True,
        gave=failures.short(repr(result.stdout.rstrip())),
        expected=failures.short(repr(example.wanted.rstrip())),
        why=SET_OUT,
    )


def _reordered(result: Outcome | NotRun, example: Pair) -> bool:
    if isinstance(result, NotRun) or not result.succeeded:
        return False
    signs = [re.findall(r"[^\s,;\[\]()]+", text) for text in (result.stdout, example.wanted)]
    return sorted(signs[0]) == sorted(signs[1])


def _compared(code: Code, example: Pair, result: Outcome | NotRun) -> Judged:
    given, wanted = example.given.strip(), example.wanted.strip()
    name = f"{failures.short(given)} → {failures.short(wanted)}"

    def judged(outcome: TestOutcome, detail: str = "", why: Text | None = None) -> JudgedTest:
        return JudgedTest(name, Origin.QUESTION, outcome, detail, why)

    if isinstance(result, NotRun) or Limit.CANCELLED in result.limits:
        return judged(TestOutcome.UNJUDGED), None
    if result.succeeded and result.stdout.split() == wanted.split():
        if set_out_alike(result.stdout, example.wanted):
            if spaced_alike(result.stdout, example.wanted):
                return judged(TestOutcome.PASSED), None
            return judged(TestOutcome.UNJUDGED, why=SPACED), None
        if example.inline or "\n" not in wanted:
            return judged(TestOutcome.UNJUDGED, why=SET_OUT), None
        return judged(TestOutcome.FAILED), _other_picture(name, example, result)
    if code.language is Language.PYTHON and _excused(code, example, result):
        return judged(TestOutcome.UNJUDGED), None
    if _together(result, wanted):
        return judged(TestOutcome.UNJUDGED, why=TO_ERRORS), None
    if _only_status(code, result) and result.stdout.split() == wanted.split():
        return judged(TestOutcome.UNJUDGED, why=STATUS_TOO.of(result.exit)), None
    if result.succeeded and holds(result.stdout, wanted):
        printed = failures.short(result.stdout.strip())
        return judged(TestOutcome.UNJUDGED, printed, MORE.of(printed)), None
    if result.compiling and LACKS_MAIN.search(result.stderr):
        return judged(TestOutcome.UNJUDGED), None
    if result.compiling:
        return judged(TestOutcome.FAILED), uncompiled(result)
    why = ended_at(AT_LIMIT, result.limits) if result.limits else None
    traced = failures.traced(result.stderr, code)
    failure = Failure(
        test=name,
        call=failures.short(given),
        fed=True,
        gave=failures.short(result.stdout.strip()),
        expected=failures.short(wanted),
        error=traced.error if traced else failures.short(result.stderr.strip()),
        frames=traced.frames if traced else (),
        why=why,
    )
    return judged(TestOutcome.FAILED, failure.error), failure
