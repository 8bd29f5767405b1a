"""``assistant code``: code help whose answer was run."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from assistant.cli import diagnostics, render
from assistant.cli.code_options import configure
from assistant.cli.diagnostics import Exit, advice, complain
from assistant.cli.sources import Unreadable, read_source
from assistant.maths.types import Lang
from assistant.visible import visible
from runtimes.base import Cancel
from runtimes.texts import Text

if TYPE_CHECKING:
    from collections.abc import Generator

    from assistant.cli.code_files import OwnFile
    from assistant.coding.growth.types import Order
    from assistant.coding.repair import CodeEvent, CodeFinished, CodeTask
    from assistant.coding.sandbox.policy import Policy
    from assistant.events import Account
    from assistant.session.options import TurnOptions

USAGE = "TASK [--tests FILE] [--fix FILE] [--review DIFF] [--lang LANGUAGE] [-m MODEL] …"
NOT_READ = Text("cannot read the task", "无法读取任务")
NO_TESTS = Text("cannot read the tests", "无法读取测试")
NO_TASK = Text(
    'no task was given; try: assistant code -m MODEL "write two_sum(nums, target) in O(n); '
    'two_sum([2, 7], 9) == [0, 1]"',
    '没有任务；例如：assistant code -m MODEL "用 O(n) 写 two_sum(nums, target)；'
    'two_sum([2, 7], 9) 返回 [0, 1]"',
)
NO_MODEL = Text(
    "code is written by a model, and none was named or set as the default",
    "代码由模型编写，但未指定模型，也没有默认模型",
)
WITHOUT = Text(
    "without a model your file is tested, linted and measured; with one (-m MODEL) it would be "
    "mended, and a diff proposed",
    "没有模型时只测试、检查和测量你的文件；指定模型（-m MODEL）后会尝试修复并给出差异",
)
FIXED_ALREADY = Text("there is nothing to mend: its tests pass", "无需修复：测试均已通过")
NO_FAILURE = Text(
    "no test fails, so nobody knows what to mend; give tests with --tests FILE",
    "没有未通过的测试，因此不知道该修复什么；请用 --tests FILE 提供测试",
)
APPLY = Text("apply this change to {0}? [y/N] ", "是否将此修改应用到 {0}？[y/N] ")
DECLINED = Text("nothing was changed", "没有修改任何文件")
NEED_YES = Text("nothing was changed; to apply it: --yes", "没有修改任何文件；如需应用：--yes")
NO_BETTER = Text(
    "no version is better than your file, so none is proposed",
    "没有比你的文件更好的版本，因此不提出修改",
)
NOT_SURE = Text(
    "nothing that was run says that this is better, so it is not applied unasked; without --yes "
    "you are asked",
    "运行结果不足以说明这个版本更好，因此不会直接应用；不加 --yes 时会询问你",
)
WRITTEN = Text("changed: {0}; the old text is in {1}", "已修改：{0}；原内容保存在 {1}")
NO_ORDER = Text(
    "--growth takes an order, as O(n) or O(n log n)", "--growth 应为 O(n)、O(n log n) 等"
)


def run(options: argparse.Namespace) -> int:
    """Work on the task; the result is the exit code."""
    if options.review is not None:
        from assistant.cli import code_review

        return code_review.run(options)
    from assistant.cli.asking import interruptible, means_for
    from assistant.cli.code_files import read_own
    from assistant.cli.options import lang_of

    lang = lang_of(options, options.task)
    try:
        task = _task_text(options)
        lang = lang_of(options, task)
        own = read_own(options.fix) if options.fix else None
        tests = read_source(options.tests, NO_TESTS) if options.tests else ""
        order = _order(options.growth)
    except Unreadable as wrong:
        complain(wrong.message, lang)
        return Exit.USAGE
    if not task and own is None:
        complain(NO_TASK, lang)
        return Exit.USAGE
    asked = _asked(options, task, tests, own, (lang, order))
    cancel = Cancel()
    with interruptible(cancel) as signals, means_for(options, lang, signals) as means:
        if not means.has_model and own is None:
            from assistant.session.means import CHOOSE

            complain(NO_MODEL, lang)
            diagnostics.write(f"{advice(CHOOSE, lang)}\n")
            return Exit.USAGE
        from assistant.coding.repair import work
        from assistant.session.writing import ModelWriter

        options.modelled = means.has_model
        writer = (
            ModelWriter(means, turn_options(options, lang), cancel) if means.has_model else None
        )
        if writer is not None:
            signals.answer_now = writer.answer_now
        finished = _followed(work(asked, writer, policy_for(options, lang), cancel), options, lang)
        if writer is not None:
            _account_for(options, task or options.fix, means.label, finished, writer.account())
    return _ended(options, finished, own, lang)


def _task_text(options: argparse.Namespace) -> str:
    """The words of the command line and what is piped in.  Raises ``Unreadable``."""
    piped = ""
    if not sys.stdin.isatty() and options.tests != "-" and not options.fix:
        piped = read_source("-", NOT_READ).strip()
    return "\n\n".join(part for part in (options.task, piped) if part)


def _order(text: str) -> Order | None:
    if not text:
        return None
    from assistant.coding.growth import read_order

    order = read_order(text)
    if order is None:
        raise Unreadable(NO_ORDER)
    return order


def _asked(
    options: argparse.Namespace,
    task: str,
    tests: str,
    own: OwnFile | None,
    how: tuple[Lang, Order | None],
) -> CodeTask:
    from assistant.coding.naming import default_name, docstrings
    from assistant.coding.repair import CodeTask
    from assistant.coding.sandbox.languages import is_plain, language_of
    from assistant.coding.sandbox.types import Language, SourceFile
    from assistant.coding.types import Brief, Effort

    language = Language(options.code) if options.code else None
    original = None
    question = task
    if own is not None:
        language = language or language_of(own.name)
        plain = own.name if is_plain(own.name) else default_name(language or Language.PYTHON)
        original = SourceFile(plain, own.text)
        question = "\n\n".join((task, docstrings(own.text)))
    return CodeTask(
        text=task,
        brief=Brief(
            question=question,
            language=language,
            user_tests=tests,
            growth=how[1],
            like=options.like,
        ),
        lang=how[0],
        original=original,
        repairs=options.repairs,
        run=not options.no_run,
        ask_tests=not options.no_own_tests,
        effort=Effort(
            seconds=options.time, memory=options.memory, types=True, mutants=options.mutants
        ),
    )


def turn_options(options: argparse.Namespace, lang: Lang) -> TurnOptions:
    """How a model writes here."""
    from assistant.events import Route
    from assistant.session.options import Sampling, TurnOptions

    return TurnOptions(
        lang=lang,
        route=Route.CODE,
        think=options.think,
        max_tokens=options.max_tokens,
        sampling=Sampling(temperature=options.temperature, seed=options.seed),
        check=False,
    )


def policy_for(options: argparse.Namespace, lang: Lang) -> Policy:
    """How code is held here, or that it is not, where the user wants it so."""
    from assistant.cli.run import warn
    from assistant.coding import sandbox

    policy = sandbox.examine()
    if options.unsafe and not policy.isolated and not options.no_run:
        policy = policy.without_isolation()
        warn(policy, lang)
    return policy


def _followed(
    events: Generator[CodeEvent, None, None], options: argparse.Namespace, lang: Lang
) -> CodeFinished:
    """Draw or write the events; the result is the last one."""
    from assistant.cli.code_show import Drawing, code_record
    from assistant.coding.repair import CodeFinished

    drawing = Drawing(
        lang,
        seen=sys.stdout.isatty(),
        colour=diagnostics.live(plain=options.plain, stream=sys.stdout),
        live=diagnostics.live(plain=options.plain),
        fixing=options.fix is not None,
    )
    last: CodeEvent | None = None
    try:
        for event in events:
            if options.json:
                render.write_json(code_record(event, lang))
            else:
                drawing.draw(event)
            last = event
    finally:
        events.close()
    assert isinstance(last, CodeFinished)
    return last


def _account_for(
    options: argparse.Namespace, task: str, label: str, finished: CodeFinished, account: Account
) -> None:
    """The honest line (which model, how much of it, the seed to run it again with), and the
    history."""
    from assistant.cli.code_kept import keep
    from assistant.cli.options import lang_of

    keep(options, task, label, finished, account)
    if account.model and not options.json:
        from assistant.cli.answering import account_line
        from assistant.records import say

        lang = lang_of(options, task)
        diagnostics.write(f"{say(account_line(account), lang)}\n")


def _ended(
    options: argparse.Namespace, finished: CodeFinished, own: OwnFile | None, lang: Lang
) -> int:
    from assistant.coding.repair import CodeEnd
    from assistant.coding.types import Undecided

    if finished.end is CodeEnd.BROKEN and finished.failure is not None:
        if options.json:
            return diagnostics.exit_of(finished.failure)
        return diagnostics.report(finished.failure, lang)
    if own is not None and (options.yes or not options.json):
        code = _settled(options, finished, own, lang)
        if code is not None:
            return code
    match finished.end:
        case CodeEnd.CANCELLED:
            return Exit.INTERRUPTED
        case CodeEnd.FAILED:
            return Exit.REFUTED
        case CodeEnd.NO_CODE:
            return Exit.UNDECIDED
        case CodeEnd.PASSED:
            return Exit.OK
        case _:
            pass
    verdict = finished.best.verdict if finished.best else None
    if isinstance(verdict, Undecided) and verdict.isolation:
        from assistant.cli.run import HOW_UNSAFE

        diagnostics.write(f"{advice(HOW_UNSAFE, lang)}\n")
        return Exit.UNAVAILABLE
    return Exit.UNDECIDED if options.strict else Exit.OK


def _why_untouched(finished: CodeFinished, options: argparse.Namespace) -> Text:
    """Why the user's file was judged, and no model asked."""
    from assistant.coding.repair import CodeEnd

    if finished.end is CodeEnd.PASSED:
        return FIXED_ALREADY
    return NO_FAILURE if options.modelled else WITHOUT


def _settled(
    options: argparse.Namespace, finished: CodeFinished, own: OwnFile, lang: Lang
) -> int | None:
    """What becomes of the user's file; an exit code where it could not be written."""
    from assistant.cli.code_files import write_own
    from assistant.cli.confirm import confirmed
    from assistant.coding.gains import Gain
    from assistant.coding.repair import CodeEnd

    if not finished.attempts:
        if finished.end is not CodeEnd.CANCELLED:
            complain(_why_untouched(finished, options), lang)
        return None
    if not finished.change or finished.best is None:
        if finished.end is not CodeEnd.CANCELLED:
            complain(NO_BETTER, lang)
        return None
    if not options.json:  # its last event holds the change
        render.write(visible(finished.change))
        sys.stdout.flush()
    if options.yes and finished.gain is not Gain.BETTER:
        complain(NOT_SURE, lang)
        return Exit.UNDECIDED
    asked = Text(APPLY.en, APPLY.zh, (own.name,))
    if not options.yes and not confirmed(asked, DECLINED, NEED_YES, lang):
        return None
    try:
        copy = write_own(own, finished.best.code.program.text)
    except Unreadable as wrong:
        complain(wrong.message, lang)
        return Exit.USAGE
    complain(WRITTEN.of(str(own.path), str(copy)), lang)
    return None


__all__ = ["USAGE", "configure", "run"]
