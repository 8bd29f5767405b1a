"""``assistant run --growth``, ``--try`` and ``--mutate``: what can be measured of code that runs.

None of it is a proof, and the words say so.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from assistant.cli import render
from assistant.cli.diagnostics import Exit, complain
from assistant.cli.ticker import Ticker
from assistant.coding.growth import Agreement, Growth, Kind, Order, Series, measure, read_order
from assistant.coding.mutation import Fault, MutationReport, check_mutations
from assistant.coding.properties import (
    Counterexample,
    Law,
    Oracle,
    PropertyReport,
    Reference,
    RoundTrip,
    check_property,
)
from assistant.coding.properties.checking import NO_ORACLE
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, NotRun
from assistant.coding.trial import Verdict
from assistant.coding.wording import worded
from assistant.visible import visible
from runtimes.installer.progress import Progress
from runtimes.texts import Count, Lang, Text

MEASURING = Text("measuring, for {0} s at most", "正在测量，最多 {0} 秒")
FAULTS_TRIED = Text("trying small faults", "正在植入小错误")
EXITS = {
    Verdict.PASSED: Exit.OK,
    Verdict.FAILED: Exit.REFUTED,
    Verdict.NOT_RUN: Exit.UNDECIDED,
}
LAWS = {
    "idempotent": Law.IDEMPOTENT,
    "same-items": Law.SAME_ITEMS,
    "same-length": Law.SAME_LENGTH,
    "sorted-result": Law.SORTED,
    "no-error": Law.NO_ERROR,
}
BACK = "back:"
ORACLES = Text(
    "--against takes a function of Python (sorted, statistics.mean) or of the file of tests, "
    "back:FUNCTION, or one of: {0}",
    "--against 可以是 Python 的函数（sorted、statistics.mean）、测试文件中的函数、back:函数，"
    "或以下之一：{0}",
)
GROWS = Text("measured: {0} grows like {1} with {2} inputs",
             "实测：在{2}输入下，{0} 的耗时按 {1} 增长")  # fmt: skip
OR = Text(" or ", " 或 ")
NOT_TOLD = Text(
    "measured: it cannot be said how {0} grows: {1}", "实测：无法判断 {0} 如何增长：{1}"
)
ASKED = {
    Agreement.AGREES: Text("that agrees with {0}; it is no proof", "与 {0} 相符；这不是证明"),
    Agreement.DISAGREES: Text("that does not agree with {0}", "与 {0} 不符"),
    Agreement.UNDECIDED: Text("whether it is {0} is not decided: {1}", "是否为 {0} 无法判定：{1}"),
}
KINDS = {
    Kind.RANDOM: Text("random", "随机"),
    Kind.SORTED: Text("sorted", "已排序的"),
    Kind.REVERSED: Text("reversed", "逆序的"),
    Kind.EQUAL: Text("equal", "全部相同的"),
    Kind.ABSENT: Text("sorted (and the target absent)", "已排序（且目标不存在）的"),
    Kind.SIZE: Text("growing", "逐渐增大的"),
    Kind.PRIME: Text("prime", "素数"),
}
HEAD = (Text("size", "规模"), Text("CPU time", "CPU 时间"), Text("ratio", "倍率"))
OTHERS = Text("other inputs: {0}", "其他输入：{0}")
NO_PROOF = Text("that is no proof", "这不是证明")
TRIED = Count(
    Text("{0} example tried, it did not fail", "试了 {0} 个示例，没有失败的"),
    Text("{0} examples tried, none failed", "试了 {0} 个示例，没有失败的"),
)
DISCARDED = Text(" ({0} more did not apply)", "（另有 {0} 个不适用）")
INPUTS = Text("inputs: {0}", "输入：{0}")
WRONG = Text("{0} gave {1}, and {2} was expected", "{0} 得到 {1}，应为 {2}")
RAISED = Text("{0} raised {1}, and {2} was expected", "{0} 引发异常（{1}），应为 {2}")
LAW_BROKEN = Text("{0} gave {1}; what should hold: {2}", "{0} 得到 {1}；应满足：{2}")
LAW_RAISED = Text("{0} raised {1}; what should hold: {2}", "{0} 引发异常（{1}）；应满足：{2}")
SMALLEST = Text("smallest failing example of {0} tried:", "试了 {0} 个示例，最小的失败示例：")
LAW_WORDS = {
    Law.IDEMPOTENT: Text("the same when called again", "再次调用结果不变"),
    Law.SAME_ITEMS: Text("the same items", "元素相同"),
    Law.SAME_LENGTH: Text("the same length", "长度相同"),
    Law.SORTED: Text("a sorted result", "结果有序"),
    Law.NO_ERROR: Text("no error", "不抛出异常"),
}
UNDECIDED = Text("not decided: {0}", "无法判定：{0}")
NOTICED = Count(
    Text(
        "the tests notice {1} of {0} small fault put into the code",
        "在代码中植入 {0} 处小错误，测试发现了 {1} 处",
    ),
    Text(
        "the tests notice {1} of {0} small faults put into the code",
        "在代码中植入 {0} 处小错误，测试发现了 {1} 处",
    ),
)
TIMED_OUT = Text("{0} of them by running out of time", "其中 {0} 处是因为超时")
NOT_ALL = Text("{0} more could not be tried in the time", "另有 {0} 处因时间不足未尝试")
LEFT_OUT = Text("{0} could not be judged", "{0} 处无法判定")
SURVIVED = Text(
    "not noticed (some may mean the same as the code):", "未被发现（其中有些可能与原代码等价）："
)
FAULTS = {
    Fault.COMPARISON: Text("comparison", "比较"),
    Fault.ARITHMETIC: Text("arithmetic", "运算"),
    Fault.BOUNDARY: Text("off by one", "差一"),
    Fault.CONSTANT: Text("constant", "常量"),
    Fault.LOGIC: Text("logic", "逻辑"),
    Fault.RETURN: Text("return", "返回值"),
    Fault.REMOVAL: Text("removed statement", "删除语句"),
    Fault.LOOP: Text("loop", "循环"),
}


def _say(text: Text, lang: Lang) -> str:
    from assistant.maths.showing.words import filled

    return visible(filled(text, lang, str))


def _line(text: Text, lang: Lang) -> None:
    render.write_line(_say(text, lang))


def measured(
    options: argparse.Namespace, job: Job, tests: str, policy: Policy, lang: Lang
) -> int | NotRun:
    """Measure what the options ask for, and show it; the result is the exit code."""
    if options.growth:
        asked = read_order(options.expect) if options.expect else None
        with _waiting(options, lang):
            grown = measure(job, options.growth, policy, asked=asked, examples=tests)
        if isinstance(grown, NotRun):
            return grown
        if options.json:
            render.write_json(growth_record(grown, lang))
        else:
            show_growth(grown, lang)
        return growth_exit(grown)
    if options.tried:
        against = options.against or "no-error"
        oracle = oracle_of(against, tests)
        with _waiting(options, lang):
            tried = check_property(job, options.tried, oracle, policy, examples=tests)
        if isinstance(tried, NotRun):
            if tried.why.en == NO_ORACLE.en:
                why = worded(Text("{0}; {1}", "{0}；{1}"), tried.why, ORACLES.of(", ".join(LAWS)))
                return replace(tried, why=why)
            return tried
        if options.json:
            render.write_json(property_record(tried, against, lang))
        else:
            show_property(tried, lang)
        return EXITS[tried.verdict]
    return _mutated(options, job, tests, policy, lang)


def _mutated(
    options: argparse.Namespace, job: Job, tests: str, policy: Policy, lang: Lang
) -> int | NotRun:
    with _waiting(options, lang) as ticker:

        def tell(tried: int, possible: int) -> None:
            if ticker.live:
                ticker.show(Progress(FAULTS_TRIED, tried / possible))

        faults = check_mutations(job, tests, policy, budget=options.time, on_progress=tell)
    if isinstance(faults, NotRun):
        return faults
    if options.json:
        verdict = "not run" if faults.why else "passed"
        render.write_json({"verdict": verdict, "mutation": mutation_record(faults, lang)})
    else:
        show_mutation(faults, job.files[0].name, lang)
    return Exit.UNDECIDED if faults.why else Exit.OK


@contextmanager
def _waiting(options: argparse.Namespace, lang: Lang) -> Iterator[Ticker]:
    """Says on a terminal how long it may take."""
    with Ticker(lang) as ticker:
        if ticker.live:
            ticker.show(Progress(MEASURING.of(f"{options.time:g}")))
        yield ticker


def oracle_of(word: str, text: str) -> Oracle:
    """What ``--against`` names: a law, ``back:FUNCTION``, or a function to agree with."""
    if word in LAWS:
        return LAWS[word]
    if word.startswith(BACK):
        return RoundTrip(word.removeprefix(BACK))
    return Reference(word, text)


def show_growth(growth: Growth, lang: Lang) -> None:
    """The ratio table of the worst inputs, and what fits it."""
    from assistant.cli.columns import columns

    if growth.worst is not None:
        rows = [tuple(title.template(lang) for title in HEAD), *_ratios(growth.worst)]
        for line in columns(rows):
            render.write_line(line)
    if growth.order is None:
        why = growth.why or Text("?", "？")
        _line(worded(NOT_TOLD, growth.function, why), lang)
    elif growth.worst is not None:
        classes = OR.template(lang).join(order.value for order in growth.plausible)
        _line(worded(GROWS, growth.function, classes, KINDS[growth.worst.kind]), lang)
    asked = f"O({growth.asked.value})" if growth.asked else ""
    if growth.order is not None and growth.agreement in ASKED:
        _line(worded(ASKED[growth.agreement], asked, growth.why or Text("?", "？")), lang)
    others = [series for series in growth.series if series != growth.worst and series.ended]
    for series in others:
        assert series.ended is not None
        end = worded(Text("{0}: {1}", "{0}：{1}"), KINDS[series.kind], series.ended)
        complain(worded(OTHERS, end), lang)


def _ratios(series: Series) -> list[tuple[str, str, str]]:
    rows = []
    before = None
    for point in series.points:
        ratio = f"× {point.seconds / before.seconds:.2f}" if before else ""
        rows.append((str(point.size), _time(point.seconds), ratio))
        before = point
    return rows


def _time(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def growth_record(growth: Growth, lang: Lang) -> dict[str, object]:
    """The measurements in JSON; seconds of the processor for one call."""
    return {
        "verdict": growth.agreement.value,
        "growth": {
            "function": growth.function,
            "order": _order(growth.order),
            "plausible": [_order(order) for order in growth.plausible],
            "asked": _order(growth.asked),
            "worst": growth.worst.kind.value if growth.worst else None,
            "series": [
                {
                    "inputs": series.kind.value,
                    "points": [{"size": p.size, "seconds": p.seconds} for p in series.points],
                    "ended": _say(series.ended, lang) if series.ended else None,
                }
                for series in growth.series
            ],
            "why": _say(growth.why, lang) if growth.why else None,
        },
    }


def _order(order: Order | None) -> str | None:
    return f"O({order.value})" if order else None


def growth_exit(growth: Growth) -> Exit:
    """1 where it grows faster than was asked for, 5 where that is not known."""
    if growth.agreement is Agreement.DISAGREES:
        return Exit.REFUTED
    known = growth.order is not None and growth.agreement is not Agreement.UNDECIDED
    return Exit.OK if known else Exit.UNDECIDED


def show_property(report: PropertyReport, lang: Lang) -> None:
    """How many examples were tried, or the smallest that fails."""
    _line(INPUTS.of("; ".join(report.shapes)), lang)
    failing = report.failing
    if failing is not None and report.verdict is Verdict.FAILED:
        _line(SMALLEST.of(report.tried), lang)
        _line(_failing(failing, report.oracle), lang)
    elif report.verdict is Verdict.PASSED:
        more = DISCARDED.of(report.discarded) if report.discarded else Text("", "")
        _line(
            worded(Text("{0}{1}; {2}", "{0}{1}；{2}"), TRIED.of(report.tried), more, NO_PROOF), lang
        )
    else:
        _line(worded(UNDECIDED, report.why or Text("?", "？")), lang)


def _failing(found: Counterexample, oracle: Oracle) -> Text:
    """The example in a sentence; a law in words, a value as it is."""
    raised = found.gave.startswith("raised ")
    gave = found.gave.removeprefix("raised ")
    if isinstance(oracle, Law):
        text = LAW_RAISED if raised else LAW_BROKEN
        return worded(text, found.call, gave, LAW_WORDS[oracle])
    return (RAISED if raised else WRONG).of(found.call, gave, found.expected)


def property_record(report: PropertyReport, against: str, lang: Lang) -> dict[str, object]:
    """The trial in JSON."""
    failing = report.failing
    return {
        "verdict": report.verdict.value,
        "property": {
            "function": report.function,
            "against": against,
            "inputs": list(report.shapes),
            "tried": report.tried,
            "discarded": report.discarded,
            "failing": None
            if failing is None
            else {
                "call": failing.call,
                "gave": failing.gave,
                "expected": failing.expected,
                "shrunk": failing.shrunk,
            },
            "why": _say(report.why, lang) if report.why else None,
        },
    }


def show_mutation(report: MutationReport, name: str, lang: Lang) -> None:
    """How many faults were noticed, and those that were not."""
    if report.why is not None:
        _line(worded(UNDECIDED, report.why), lang)
        return
    _line(NOTICED.of(report.tried, report.noticed), lang)
    left = report.possible - report.tried - report.undecided
    notes: Sequence[tuple[int, Text]] = (
        (report.timed_out, TIMED_OUT), (report.undecided, LEFT_OUT), (left, NOT_ALL),
    )  # fmt: skip
    for count, text in notes:
        if count:
            complain(text.of(count), lang)
    if report.survivors:
        _line(SURVIVED, lang)
    for mutant in report.survivors:
        render.write_line(f"{name}:{mutant.line} ({_say(FAULTS[mutant.fault], lang)})")
        for sign, lines in (("-", mutant.before), ("+", mutant.after)):
            for line in lines.splitlines():
                render.write_line(visible(f"{sign} {line}"))


def mutation_record(report: MutationReport, lang: Lang) -> dict[str, object]:
    """The faults in JSON."""
    return {
        "possible": report.possible,
        "tried": report.tried,
        "noticed": report.noticed,
        "timed_out": report.timed_out,
        "undecided": report.undecided,
        "seconds": round(report.seconds, 3),
        "survivors": [
            {"fault": m.fault.value, "line": m.line, "before": m.before, "after": m.after}
            for m in report.survivors
        ],
        "why": _say(report.why, lang) if report.why else None,
    }
