"""``assistant eval``: accuracy of a model on a data set, and whether another way is better."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from assistant.cli import eval_show, render
from assistant.cli.ask import add_turn, add_writing
from assistant.cli.asking import interruptible, means_for, options_of
from assistant.cli.counting import counted
from assistant.cli.diagnostics import Exit, because, complain
from assistant.cli.loading import add_loading
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser, number_within
from assistant.cli.sources import Unreadable, read_source
from assistant.evaluation.results import BadResults, Result, read_results, without_rest
from assistant.evaluation.sets import BadSet, Item, read_set
from assistant.evaluation.statistics import pairs
from assistant.events import Route
from assistant.maths.types import Lang, Text
from runtimes.base import Cancel

if TYPE_CHECKING:
    from assistant.events import TurnFinished
    from assistant.session.means import Means
    from assistant.session.options import TurnOptions

USAGE = "SET -m MODEL [--save FILE] | --compare A B"
NO_SET = Text(
    "a set is needed, a JSON line a question: assistant eval set.jsonl -m MODEL --save a.jsonl",
    "请指定数据集（每行一个 JSON）：assistant eval set.jsonl -m 模型 --save a.jsonl",
)
NOT_EXACT = Text(
    "--route exact asks no model, and it is a model that is measured here: assistant solve --batch "
    "solves many problems",
    "--route exact 不用模型，而这里评测的是模型；成批求解请用 assistant solve --batch",
)
NOT_READ = Text("cannot read the set", "无法读取数据集")
NO_RESULTS = Text("cannot read the results", "无法读取评测结果")
NOT_SAVED = Text("cannot write the results", "无法写入评测结果")
GOES_ON = Text(
    "{0} of {1} questions are answered in {2} already; the others are asked",
    "{2} 中已有 {1} 题中的 {0} 题，继续评测其余题目",
)
OTHER_SETTINGS = Text(
    "{0} holds results of {1}, and these would be of {2}: name another file",
    "{0} 中是“{1}”的结果，而本次为“{2}”：请换一个文件",
)
OTHER_QUESTIONS = Text(
    "{0} holds the result of another question by the id {1}: name another file",
    "{0} 中编号 {1} 的结果属于另一道题：请换一个文件",
)
NO_PAIRS = Text("the two files have no question in common", "两个文件没有相同的题目")
EXAMPLE = Text(
    "a line of the set: {0}\n"
    "What is saved is gone on with when the command is given again.  Two ways are compared\n"
    "question by question:\n"
    "  assistant eval set.jsonl -m r1-qwen-1.5b --save a.jsonl\n"
    "  assistant eval set.jsonl -m r1-qwen-7b --think 2000 --save b.jsonl\n"
    "  assistant eval --compare a.jsonl b.jsonl --html report.html",
    "数据集的一行：{0}\n"
    "再次运行同一命令时，会接着已保存的结果继续。两种方式可逐题比较：\n"
    "  assistant eval set.jsonl -m r1-qwen-1.5b --save a.jsonl\n"
    "  assistant eval set.jsonl -m r1-qwen-7b --think 2000 --save b.jsonl\n"
    "  assistant eval --compare a.jsonl b.jsonl --html report.html",
)
USUAL: dict[str, object] = {
    "--context": None,
    "--kv": None,
    "--lora": [],
    "--route": None,
    "--vote": 1,
    "--tools": False,
    "--repairs": 2,
    "--no-check": False,
    "--think": None,
    "--max-tokens": None,
    "--temperature": None,
    "--cool-down": None,
    "--top-p": None,
    "--min-p": None,
    "--repeat-penalty": None,
    "--top-k": None,
    "--seed": None,
    "--lang": None,
}
"""Options on which an answer may depend, and what they are where they are not given."""
LINE = '{"id": "1", "question": "What is 2 + 3?", "answer": "5"}'


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the evaluation", "评测"))
    group.add_argument(
        "set",
        nargs="?",
        metavar="SET",
        help=say("questions with answers, JSON lines", "题目与答案，每行一个 JSON"),
    )
    group.add_argument(
        "--limit",
        type=number_within(int, 1, 10**6, say),
        metavar="N",
        help=say("only the first N questions", "只用前 N 题"),
    )
    group.add_argument(
        "--save",
        metavar="FILE",
        help=say(
            "write each result; what is there is not asked again", "写出每题结果；已有的不再提问"
        ),
    )
    group.add_argument(
        "--compare",
        nargs=2,
        metavar=("A", "B"),
        help=say("two files of results, question by question", "逐题比较两个结果文件"),
    )
    group.add_argument(
        "--html", metavar="FILE", help=say("write a page with every question", "写出含每题的网页")
    )
    add_loading(parser)
    add_turn(parser)
    add_writing(parser)
    add_output(parser)
    parser.add_help_option()
    parser.epilog = say(EXAMPLE.en, EXAMPLE.zh).replace("{0}", LINE)


def run(options: argparse.Namespace) -> int:
    """Ask a set, or compare; the result is the exit code."""
    lang = lang_of(options, "")
    try:
        if options.compare:
            return _compared(options, lang)
        if options.set is None or options.route == Route.EXACT:
            complain(NO_SET if options.set is None else NOT_EXACT, lang)
            return Exit.USAGE
        items = read_set(read_source(options.set, NOT_READ))[: options.limit]
        return _evaluated(options, items, lang)
    except Unreadable as wrong:
        complain(wrong.message, lang)
    except (BadSet, BadResults) as wrong:
        complain(wrong.why, lang)
    except BrokenPipeError:  # that is the output's
        raise
    except OSError as wrong:
        complain(because(NOT_SAVED, wrong), lang)
    return Exit.USAGE


def _compared(options: argparse.Namespace, lang: Lang) -> int:
    first, second = (read_results(read_source(name, NO_RESULTS), name) for name in options.compare)
    if not pairs(first, second):
        complain(NO_PAIRS, lang)
        return Exit.USAGE
    written = options.html is None or render.write_file(
        options.html, eval_show.comparison_page(first, second, lang), lang
    )
    if options.json:
        render.write_json(eval_show.comparison_record(first, second))
    else:
        eval_show.show_comparison(first, second, lang)
    return Exit.OK if written else Exit.USAGE


def _evaluated(options: argparse.Namespace, items: Sequence[Item], lang: Lang) -> int:
    from assistant.evaluation.running import evaluate

    settings = _settings(options)
    before = _before(options, settings, items, lang)
    done = {result.id for result in before}
    left = [item for item in items if item.id not in done]
    results = [*before]
    options.explain, options.no_fold, options.schema = False, False, None
    wanted = replace(options_of(options, lang), exact_first=False)  # it is the model's share
    cancel = Cancel()
    with (
        interruptible(cancel) as signals,
        means_for(options, lang, signals, options.vote) as means,
        _saving(options.save) as save,
        counted(plain=options.plain) as on_done,
    ):
        ask = _asking(options, wanted, means, cancel)
        for result in evaluate(left, ask, means, settings):
            results.append(result)
            if save is not None:
                save.write(result.line())
                save.flush()
            on_done(len(results), len(items))
    if not results:  # it was ended before the first answer
        return Exit.INTERRUPTED
    written = options.html is None or render.write_file(
        options.html, eval_show.page(results, lang), lang
    )
    if options.json:
        render.write_json(eval_show.record(results))
    else:
        eval_show.show(results, lang)
    if cancel.is_set():
        return Exit.INTERRUPTED
    return Exit.OK if written else Exit.USAGE


def _asking(
    options: argparse.Namespace, wanted: TurnOptions, means: Means, cancel: Cancel
) -> Callable[[str], TurnFinished]:
    """Each question has a conversation of its own, in its own language."""
    from assistant.events import TurnFinished
    from assistant.session.session import Session

    def ask(question: str) -> TurnFinished:
        asked = replace(wanted, lang=lang_of(options, question))
        last = None
        for event in Session(means, asked).ask(question, cancel):
            last = event
        assert isinstance(last, TurnFinished)
        return last

    return ask


def _settings(options: argparse.Namespace) -> str:
    """The model and what was asked of it, as results are told apart."""
    from assistant import paths
    from assistant.settings import read_settings

    model = options.model or read_settings(paths.settings_file()).default_model or ""
    told = [model]
    for name, usual in USUAL.items():
        value = getattr(options, name.removeprefix("--").replace("-", "_"))
        if value != usual:
            values = value if isinstance(value, list) else [value]
            told += [name if one is True else f"{name} {one}" for one in values]
    return " ".join(told)


def _before(
    options: argparse.Namespace, settings: str, items: Sequence[Item], lang: Lang
) -> tuple[Result, ...]:
    """What an earlier run has saved.  Raises ``BadResults`` and ``OSError``."""
    if options.save is None or not Path(options.save).is_file():
        return ()
    body = without_rest(Path(options.save).read_bytes())
    wanted = {item.id: item for item in items}
    text = body.decode("utf-8-sig", "replace")
    found = tuple(result for result in read_results(text, options.save) if result.id in wanted)
    for result in found:
        item = wanted[result.id]
        if (result.question, result.gold) != (item.question, item.gold):
            raise BadResults(OTHER_QUESTIONS.of(options.save, result.id))
        if result.settings != settings:
            raise BadResults(OTHER_SETTINGS.of(options.save, result.settings, settings))
    if found:
        complain(GOES_ON.of(str(len(found)), str(len(items)), options.save), lang)
    return found


@contextmanager
def _saving(name: str | None) -> Iterator[BinaryIO | None]:
    """A file at whose end results are written, at once; a line that was cut off there goes."""
    if name is None:
        yield None
        return
    path = Path(name)
    if path.is_file():
        with path.open("r+b") as before:
            body = before.read()
            left = without_rest(body)
            before.truncate(len(left))
            if left and not left.endswith(b"\n"):
                before.write(b"\n")
    with path.open("ab") as file:
        yield file
