"""A review in words, in both languages: for a person, and for the model that reviews after it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.coding.reviewing.outline import Definition, Touch
from assistant.coding.reviewing.patches import Change, FilePatch, Hunk
from assistant.coding.reviewing.types import (
    Aspect,
    Comparison,
    FileReview,
    Place,
    Remark,
    TestsReview,
)
from assistant.coding.telling import finding_text
from assistant.coding.trial import TestOutcome, TestReport, Verdict
from assistant.coding.types import FindingKind
from assistant.coding.wording import worded
from runtimes.texts import Lang, Text

MOST_HUNKS = 12
MOST_NAMED = 20
MOST_FINDINGS = 12
MOST_FAILING = 5
KINDS = {
    Change.CHANGED: Text("{0} (+{1} −{2})", "{0}（+{1} −{2}）"),
    Change.NEW: Text("{0}: new (+{1})", "{0}：新文件（+{1}）"),
    Change.DELETED: Text("{0}: deleted (−{2})", "{0}：已删除（−{2}）"),
    Change.RENAMED: Text("{3} → {0}: renamed (+{1} −{2})", "{3} → {0}：重命名（+{1} −{2}）"),
    Change.COPIED: Text("{3} → {0}: copied (+{1} −{2})", "{3} → {0}：复制（+{1} −{2}）"),
}
BINARY = Text("it is no text; nothing can be said of it", "不是文本，无法说明其内容")
MODES = Text("its mode changes: {0} → {1}", "文件模式改变：{0} → {1}")
ENDS = Text("ends of lines change too", "换行符也有改变")
ONLY_ENDS = Text("nothing but ends of lines changes", "只有换行符改变")
SAME_PROGRAM = Text(
    "to Python it is the same program: only comments or layout change",
    "对 Python 来说是同一个程序：只改了注释或排版",
)
IN_LINES = Text("lines {0}: +{1} −{2}", "第 {0} 行：+{1} −{2}")
IN_LINE = Text("line {0}: +{1} −{2}", "第 {0} 行：+{1} −{2}")
NAMED = Text("{0} · {1}", "{0} · {1}")
MORE_HUNKS = Text("… and {0} changes more", "……另有 {0} 处修改")
TOUCHES = {
    Touch.ADDED: Text("new: {0}", "新增：{0}"),
    Touch.REMOVED: Text("gone: {0}", "删除：{0}"),
    Touch.SIGNATURE: Text("called differently: {0}, before {1}", "调用方式改变：{0}，原为 {1}"),
    Touch.WORDS: Text("only its docstring changes: {0}", "只改了文档字符串：{0}"),
}
REST = Text("statements outside of definitions change", "定义之外的语句有改变")
BROUGHT = Text("new with this change: {0}", "此修改引入：{0}")
BROKEN = Text("it cannot be run after this change: {0}", "修改后无法运行：{0}")
MORE_FINDINGS = Text("… and {0} findings more", "……另有 {0} 条")
UNLOOKED = {
    FindingKind.LINT: Text(
        "lint was not compared: ruff is not installed, or did not answer",
        "没有比较 lint 结果：ruff 未安装或没有响应",
    ),
    FindingKind.TYPE: Text(
        "types were not compared: mypy is not installed, or did not answer",
        "没有比较类型：mypy 未安装或没有响应",
    ),
}
DIFFERS = {
    Aspect.RESULT: Text(
        "{0} behaves differently: {1} gave {2}, and now gives {3}",
        "{0} 的行为改变：{1} 原来得到 {2}，现在得到 {3}",
    ),
    Aspect.ARGUMENTS: Text(
        "{0} behaves differently: {1} made its arguments {2}, and now makes them {3}",
        "{0} 的行为改变：{1} 原来把参数变为 {2}，现在变为 {3}",
    ),
    Aspect.PRINTED: Text(
        "{0} behaves differently: {1} printed {2}, and now prints {3}",
        "{0} 的行为改变：{1} 原来输出 {2}，现在输出 {3}",
    ),
}
RAISES = Text(
    "{0} behaves differently: {1} gave {2}, and now raises {3}",
    "{0} 的行为改变：{1} 原来得到 {2}，现在引发 {3}",
)
RAISED = Text(
    "{0} behaves differently: {1} raised {2}, and now gives {3}",
    "{0} 的行为改变：{1} 原来引发 {2}，现在得到 {3}",
)
BOTH_RAISE = Text(
    "{0} behaves differently: {1} raised {2}, and now raises {3}",
    "{0} 的行为改变：{1} 原来引发 {2}，现在引发 {3}",
)
NO_DIFFERENCE = Text(
    "{0}: no difference found on {1} inputs ({2}); that is no proof",
    "{0}：在 {1} 组输入（{2}）上没有发现差异；这不是证明",
)
SOME_RAISE = Text(
    "{0}: no difference found on {1} inputs ({2}), on {3} of which both raise; that is no proof",
    "{0}：在 {1} 组输入（{2}）上没有发现差异，其中 {3} 组两个版本都引发异常；这不是证明",
)
NOT_COMPARED = Text("{0} was not compared: {1}", "{0} 没有比较：{1}")
GUESSED = Text("{0} (what it takes was guessed from names)", "{0}（参数类型由名字猜测）")
ITSELF = Text("{0} (not changed itself; it uses what was)", "{0}（本身未改，但用到了改动的部分）")
UNCOMPARED = Text("{0} functions more were not compared", "另有 {0} 个函数没有比较")
TESTS_TOLD = Text("tests of {0}: {1} before, {2} after", "{0} 的测试：修改前{1}，修改后{2}")
TESTS_NEW = Text("tests of {0}: {1} after the change", "{0} 的测试：修改后{1}")
PASSED = Text("passed {0} of {1}", "通过 {0}/{1}")
FAILED = Text("{2} failed and {0} of {1} passed", "{2} 项未通过，通过 {0}/{1}")
ENDED = Text("failed ({2}), passed {0} of {1}", "未通过（{2}），通过 {0}/{1}")
UNDECIDED = Text("passed {0} of {1}, not decided: {2}", "通过 {0}/{1}，无法判定：{2}")
FAILS_NOW = Text("fails now: {0}", "现在未通过：{0}")
NO_TESTS = Text("the tests were not run: {0}", "没有运行测试：{0}")
PLACE = Text("{0}:{1} ({2}) {3}", "{0}:{1}（{2}）{3}")
SIGNS = {"+": Text("new", "新增"), "-": Text("gone", "删除"), " ": Text("kept", "未改")}
STRANGE = Text("names what is not in the diff: {0}", "提到了差异中没有的内容：{0}")
LOOSE = Text("points at no line of the diff", "没有指向差异中的任何一行")
LONGEST_REMARK = 100


def head_text(review: FileReview) -> Text:
    """The file, and what becomes of it."""
    patch = review.patch
    return KINDS[patch.change].of(patch.name, patch.added, patch.removed, patch.old)


def file_lines(review: FileReview) -> Iterator[Text]:
    """What is known of a file, besides its name: first where it changes, then what that means."""
    patch = review.patch
    yield from _outside(patch)
    if not _only_ends(patch):
        for number, hunk in enumerate(patch.hunks[:MOST_HUNKS]):
            name = review.places[number] if number < len(review.places) else ""
            yield _hunk(hunk, name)
        if len(patch.hunks) > MOST_HUNKS:
            yield MORE_HUNKS.of(len(patch.hunks) - MOST_HUNKS)
    yield from (text for text in (review.why, review.note) if text is not None)
    yield from _outlined(review)
    yield from (
        worded(BROUGHT, finding_text(finding))
        for finding in review.findings[:MOST_FINDINGS]
        if not finding.fatal
    )
    if len(review.findings) > MOST_FINDINGS:
        yield MORE_FINDINGS.of(len(review.findings) - MOST_FINDINGS)
    for comparison in review.comparisons:
        yield comparison_text(comparison)
    if review.uncompared:
        yield UNCOMPARED.of(review.uncompared)


def broken_lines(review: FileReview) -> Iterator[Text]:
    """Why the file cannot be run after the change, where that is so."""
    return (worded(BROKEN, finding_text(item)) for item in review.findings if item.fatal)


def unlooked_lines(review: FileReview) -> Iterator[Text]:
    """What could not be looked for."""
    return (UNLOOKED[kind] for kind in review.unlooked)


def _outside(patch: FilePatch) -> Iterator[Text]:
    """What changes besides the lines."""
    if patch.binary:
        yield BINARY
    if all(patch.modes) and patch.modes[0] != patch.modes[1]:
        yield MODES.of(*patch.modes)
    if patch.ends and patch.change not in (Change.NEW, Change.DELETED):
        yield ONLY_ENDS if _only_ends(patch) else ENDS


def _only_ends(patch: FilePatch) -> bool:
    return bool(patch.hunks) and patch.ends and all(h.side("-") == h.side("+") for h in patch.hunks)


def _hunk(hunk: Hunk, name: str) -> Text:
    changed = [line.new or line.old for line in hunk.lines if line.sign != " "]
    first, last = min(changed, default=hunk.new), max(changed, default=hunk.new)
    span, text = (first, IN_LINE) if first == last else (f"{first}–{last}", IN_LINES)
    told = text.of(span, hunk.count("+"), hunk.count("-"))
    return worded(NAMED, told, name) if name else told


def _outlined(review: FileReview) -> Iterator[Text]:
    outline = review.outline
    if outline is None or review.patch.change is Change.DELETED:
        return
    if outline.same:
        if not _only_ends(review.patch):
            yield SAME_PROGRAM
        return
    told = [item for item in outline.definitions if item.touch in TOUCHES]
    for item in told[:MOST_NAMED]:
        yield _touched(item)
    if outline.rest and review.patch.change is not Change.NEW:
        yield REST


def _touched(item: Definition) -> Text:
    words = (item.after, item.before) if item.after else (item.before, "")
    return TOUCHES[item.touch].of(*words)


def comparison_text(comparison: Comparison) -> Text:
    """What came of a function on both sides."""
    name, found = comparison.function, comparison.difference
    if comparison.why is not None:
        return worded(NOT_COMPARED, name, comparison.why)
    if found is not None:
        before, after = (text.removeprefix("raised ") for text in (found.before, found.after))
        raises = (found.before != before, found.after != after)
        said = {(False, True): RAISES, (True, False): RAISED, (True, True): BOTH_RAISE}
        exception = found.aspect is Aspect.EXCEPTION
        text = said.get(raises, RAISES) if exception else DIFFERS[found.aspect]
        told = text.of(name, found.call, before, after)
    else:
        counts = (name, comparison.tried, ", ".join(comparison.shapes))
        told = (
            SOME_RAISE.of(*counts, comparison.raised)
            if comparison.raised
            else NO_DIFFERENCE.of(*counts)
        )
    if comparison.guessed:
        told = worded(GUESSED, told)
    return worded(ITSELF, told) if comparison.reached else told


def tests_lines(tests: TestsReview) -> Iterator[Text]:
    """The tests before and after, and those that fail now."""
    if tests.why is not None:
        yield worded(NO_TESTS, tests.why)
        return
    after = _report(tests.after)
    if tests.before is None:
        yield worded(TESTS_NEW, tests.file, after)
    else:
        yield worded(TESTS_TOLD, tests.file, _report(tests.before), after)
    for result in tests.newly[:MOST_FAILING]:
        calls = "\n".join((result.name, *result.calls[-1:], result.detail.strip().split("\n")[-1]))
        yield FAILS_NOW.of(calls)


def _report(report: TestReport | None) -> Text:
    if report is None:
        return Text("–", "–")
    failed = sum(result.outcome is TestOutcome.FAILED for result in report.results)
    total = len(report.results)
    if failed:
        return FAILED.of(report.passed, total, failed)
    if report.why is not None:
        text = ENDED if report.verdict is Verdict.FAILED else UNDECIDED
        return worded(text, report.passed, total, report.why)
    return PASSED.of(report.passed, total)


def remark_lines(remark: Remark) -> Iterator[Text]:
    """Where a remark points, and what it names that is not there."""
    text = " ".join(remark.text.split())
    short = text if len(text) <= LONGEST_REMARK else f"{text[:LONGEST_REMARK]}…"
    yield Text("{0}", "{0}", (short,))
    for place in remark.places:
        yield worded(Text("→ {0}", "→ {0}"), place_text(place))
    if remark.strange:
        yield STRANGE.of(", ".join(remark.strange))
    if not remark.places and not remark.strange:
        yield LOOSE


def place_text(place: Place) -> Text:
    """A line of the diff with its file and number."""
    return worded(PLACE, place.file, place.line, SIGNS[place.sign], place.text.strip())


def for_model(reviews: list[FileReview], tests: TestsReview | None, lang: Lang) -> str:
    """The facts in plain lines, for a prompt."""
    from assistant.records import say

    lines = []
    for review in reviews:
        lines.append(say(head_text(review), lang))
        facts = (*broken_lines(review), *file_lines(review))
        lines += [f"- {say(text, lang)}" for text in facts]
    lines += [say(text, lang) for text in (tests_lines(tests) if tests else ())]
    return "\n".join(lines)
