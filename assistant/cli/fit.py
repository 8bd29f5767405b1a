"""``assistant fit``: would a model fit into this machine's memory, and where would it go?"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from assistant import loader, paths
from assistant.cli import render
from assistant.cli.diagnostics import Exit, complain
from assistant.cli.fit_show import ASCII, BLOCKS, Forecast, forecast_lines, forecast_record
from assistant.cli.loading import add_wish, wish_of
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser, number_within
from assistant.forecast import known, planned
from runtimes.machine import probe_machine
from runtimes.memory import measurements
from runtimes.types import Fit

USAGE = "ID [--context N] [--kv f16|q8_0|q4_0] [--gpu-memory BYTES] [--gpu-layers N] [--json]"


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the model", "模型"))
    group.add_argument(
        "id",
        nargs="?",
        metavar="ID",
        help=say(
            "an id of the catalogue, hf:org/repo[:FILE] or file:PATH (default: your model)",
            "目录中的模型、hf:组织/仓库[:文件] 或 file:路径（默认：你的默认模型）",
        ),
    )
    group.add_argument(
        "--parallel",
        type=number_within(int, 1, 256, say),
        default=1,
        metavar="N",
        help=say("answers that are to be written side by side", "并行生成的回答数"),
    )
    group.add_argument("--offline", action="store_true", help=say("open no socket", "不联网"))
    add_wish(parser)
    add_output(parser)
    parser.add_help_option()
    parser.epilog = say(
        "nothing is downloaded but the header of the file; exit codes: 0 fits, 4 does not fit",
        "只下载文件头；退出码：0 放得下，4 放不下",
    )


def run(options: argparse.Namespace) -> int:
    """Show where a model would go; the result is the exit code."""
    lang = lang_of(options, "")
    spec = loader.find_spec(options.id)
    wish = replace(wish_of(options), parallel=options.parallel)
    machine = probe_machine()
    found = known(spec, offline=paths.offline(options.offline))
    if found.note is not None:
        complain(found.note, lang)
    made = planned(found, machine, wish)
    notes = measurements(paths.state_folder(), spec.id)
    forecast = Forecast(found.spec, machine, made, notes[-1] if notes else None)
    if options.json:
        render.write_json(forecast_record(forecast, lang))
    else:
        for line in forecast_lines(forecast, lang, BLOCKS if _can_show(BLOCKS) else ASCII):
            render.write_line(line)
    return Exit.LIMIT if made.fit is Fit.NO else Exit.OK


def _can_show(signs: str) -> bool:
    try:
        signs.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
