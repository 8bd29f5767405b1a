"""``assistant equal``: are two answers the same thing?"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assistant.cli.diagnostics import Exit, complain
from assistant.cli.options import add_common, lang_of
from assistant.cli.parser import Parser
from assistant.cli.troubles import EXIT_OF
from assistant.maths.pool import Limits, Pool
from assistant.maths.types import EqualResult, Lang, Text, Trouble

if TYPE_CHECKING:
    from assistant.cli.batch import Json

WORDS = {
    True: Text("equal ({0})", "相同（{0}）"),
    False: Text("different ({0})", "不同（{0}）"),
    None: Text("undecided ({0})", "无法判定（{0}）"),
}
NOT_READ = Text("one of the answers cannot be read as mathematics", "至少有一个答案无法读懂")
EXITS = {True: Exit.OK, False: Exit.REFUTED, None: Exit.UNDECIDED}
"""Undecided is never 0: a script that asks must not take it for "equal"."""


USAGE = "A B [--json]"


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the answers", "答案"))
    group.add_argument(
        "gold", nargs="?", type=str.strip, metavar="A", help=say("the one", "第一个答案")
    )
    group.add_argument(
        "answer", nargs="?", type=str.strip, metavar="B", help=say("the other", "第二个答案")
    )
    add_common(parser)
    parser.epilog = say(
        "exit codes: 0 equal, 1 different, 5 undecided", "退出码：0 相同，1 不同，5 无法判定"
    )


def run(options: argparse.Namespace) -> int:
    """Compare two answers or a batch of pairs; the result is the exit code."""
    from assistant.cli import render

    lang = lang_of(options, f"{options.gold or ''}{options.answer or ''}")
    if options.batch:
        from assistant.cli.batch import batch_command

        return batch_command(
            options,
            lambda pool, record: _record(pool, record, lang),
            lambda trouble: _undecided(trouble, lang),
            lang,
        )
    if options.gold is None or options.answer is None:
        complain(
            Text(
                "two answers are needed: assistant equal A B", "需要两个答案：assistant equal A B"
            ),
            lang,
        )
        return Exit.USAGE
    with Pool(Limits(options.timeout, options.memory), early=options.early) as pool:
        result = pool.run("equal", (options.gold, options.answer))
    if isinstance(result, Trouble):
        complain(result.message, lang)
        return EXIT_OF[result.code]
    assert isinstance(result, EqualResult)
    if result.method == "unreadable" and not options.json:
        complain(NOT_READ, lang)
        return Exit.USAGE
    if options.json:
        render.write_json({"id": None, "equal": result.equal, "method": result.method})
    else:
        from assistant.maths.showing.checks import way
        from assistant.maths.showing.words import filled

        told = WORDS[result.equal].of(way(result.method, lang))
        render.write_line(filled(told, lang, str))
    return EXITS[result.equal]


def _record(pool: Pool, record: Json, lang: Lang) -> Json:
    """One record of the batch contract; out of time or memory is undecided."""
    from assistant.cli.batch import text_field

    result = pool.run("equal", (text_field(record, "gold"), text_field(record, "answer")))
    if isinstance(result, Trouble):
        return _undecided(result, lang)
    assert isinstance(result, EqualResult)
    return {"equal": result.equal, "method": result.method}


def _undecided(trouble: Trouble, lang: Lang) -> Json:
    from assistant.maths.showing.record import trouble_record

    error = trouble_record(trouble, lang)["error"]
    return {"equal": None, "method": trouble.code.value, "error": error}
