"""``assistant bench``: the speed of a model on this machine, kept and compared."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant import __version__
from assistant.cli import diagnostics, render
from assistant.cli.diagnostics import Exit
from assistant.cli.loading import add_loading, opened
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser, whole
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from runtimes.base import Cancel
from runtimes.texts import Text

if TYPE_CHECKING:
    from assistant.benchmarking import Change, Run

USAGE = "[MODEL] [--tokens N] [--json]"
NOT_KEPT = Text("the result cannot be kept", "无法保存结果")
COMPARED = Text("compared with {0}", "与 {0} 相比")
SAME = Text("nothing else has changed", "其他条件未变")
CHANGED = Text("changed since: {0}", "期间的变化：{0}")
FIRST = Text("the first run of this model here", "本机首次测量该模型")
AUTOMATIC = Text("automatic", "自动")
UNREADABLE = Text("power cannot be read here", "本机无法读取功耗")
ROWS = (
    ("load_seconds", Text("load", "加载"), "s"),
    ("first_token_seconds", Text("first token", "首个词元"), "s"),
    ("prompt_rate", Text("reading", "读取"), "tokens/s"),
    ("write_rate", Text("writing", "生成"), "tokens/s"),
    ("memory_bytes", Text("memory", "内存"), "bytes"),
    ("device_bytes", Text("GPU memory", "显存"), "bytes"),
    ("processor_watts", Text("processor", "处理器功耗"), "W"),
    ("gpu_watts", Text("GPU", "显卡功耗"), "W"),
)
UNITS = {"tokens/s": Text("tokens/s", "词元/秒"), "s": Text("s", "秒"), "W": Text("W", "瓦")}
SETTINGS = {
    "engine_version": Text("engine", "引擎版本"),
    "build": Text("engine installed", "引擎安装时间"),
    "program": Text("program", "程序版本"),
    "processor": Text("processor", "处理器"),
    "threads": Text("threads", "线程数"),
    "context": Text("context", "上下文"),
    "safe_mode": Text("safe mode", "安全模式"),
    "plugged": Text("mains power", "接通电源"),
}


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the measurement", "测量"))
    group.add_argument(
        "name",
        nargs="?",
        metavar="MODEL",
        help=say("which model (default: the default model)", "测量哪个模型（默认：默认模型）"),
    )
    group.add_argument(
        "--tokens",
        type=whole(8, 100_000, say),
        default=128,
        metavar="N",
        help=say("tokens to read, and to write (default 128)", "读取与生成的词元数（默认 128）"),
    )
    add_loading(parser)
    add_output(parser)
    parser.add_help_option()


def run(options: argparse.Namespace) -> int:
    """Measure, keep and compare; the result is the exit code.  Raises ``RuntimeFailure``."""
    from assistant import benchmarking, paths

    lang = lang_of(options, "")
    options.model = options.name or options.model
    folder = paths.state_folder()
    this = _measured(options, lang)
    last = benchmarking.before(benchmarking.read_runs(folder), this.setting)
    try:
        benchmarking.keep(folder, this)
    except OSError as wrong:
        diagnostics.complain(diagnostics.because(NOT_KEPT, wrong), lang)
    if options.json:
        render.write_json(_record(this, last))
    else:
        _draw(this, last, lang)
    return Exit.OK


def _measured(options: argparse.Namespace, lang: Lang) -> Run:
    from assistant import benchmarking
    from assistant.cli.ticker import Ticker
    from runtimes import registry
    from runtimes.installer.progress import Progress

    cancel = Cancel()
    start = time.monotonic()
    with opened(options, lang, cancel) as model:
        load = time.monotonic() - start
        version = registry.runtime(model.spec.runtime).probe().version
        with Ticker(lang) as ticker:
            speed = benchmarking.measure(
                model, load, options.tokens, lambda stage: ticker.show(Progress(stage)), cancel
            )
        setting = benchmarking.setting_of(model, version, __version__, options.threads)
    return benchmarking.now(setting, speed)


def _record(this: Run, last: Run | None) -> dict[str, object]:
    from assistant import benchmarking

    record = asdict(this)
    record["before"] = None if last is None else asdict(last)
    if last is not None:
        record["percent"] = {
            name: benchmarking.percent(getattr(last.speed, name), getattr(this.speed, name))
            for name, _, _ in ROWS
        }
        record["changes"] = [
            asdict(change) for change in benchmarking.changes(last.setting, this.setting)
        ]
    return record


def _draw(this: Run, last: Run | None, lang: Lang) -> None:
    from rich.cells import cell_len, set_cell_size

    from assistant import benchmarking

    setting = this.setting
    head = f"{setting.model} · {setting.engine} {setting.engine_version} · {setting.processor}"
    render.write_line(filled(Text("{0}", "{0}", (head,)), lang, str))
    width = max(cell_len(title.template(lang)) for _, title, _ in ROWS)
    for name, title, unit in ROWS:
        value = getattr(this.speed, name)
        if value is None or (unit == "bytes" and not value):
            continue
        old = None if last is None else getattr(last.speed, name)
        grown = benchmarking.percent(old, value)
        compared = "" if grown is None else f"  ({grown:+.1f} %)"
        shown = _shown(value, unit, lang)
        cells = f"{set_cell_size(title.template(lang), width)}  {shown}"
        render.write_line(f"{set_cell_size(cells, width + 20) if compared else cells}{compared}")
    for note in _notes(this, last):
        render.write_line(filled(note, lang, str))
    sys.stdout.flush()


def _shown(value: float, unit: str, lang: Lang) -> str:
    if unit == "bytes":
        from runtimes.memory.pieces import memory_text

        return memory_text(int(value))
    digits = 2 if value < 10 else 1
    return f"{value:.{digits}f} {UNITS[unit].template(lang)}"


def _notes(this: Run, last: Run | None) -> list[Text]:
    """What was compared, and what else is different."""
    from assistant import benchmarking

    notes = []
    if this.speed.processor_watts is None and this.speed.gpu_watts is None:
        notes.append(UNREADABLE)
    if last is None:
        return [*notes, FIRST]
    day = time.strftime("%Y-%m-%d %H:%M", time.localtime(last.when))
    notes.append(Text(COMPARED.en, COMPARED.zh, (day,)))
    found = benchmarking.changes(last.setting, this.setting)
    if not found:
        return [*notes, SAME]
    return [*notes, *map(_changed, found)]


def _changed(change: Change) -> Text:
    title = SETTINGS.get(change.what, Text(change.what, change.what))
    values = (change.before, change.after)
    automatic = [change.what == "threads" and not value for value in values]
    en, zh = (
        [word if auto else f"{{{n}}}" for n, auto in enumerate(automatic)]
        for word in (AUTOMATIC.en, AUTOMATIC.zh)
    )
    return Text(
        CHANGED.en.replace("{0}", f"{title.en} {en[0]} → {en[1]}"),
        CHANGED.zh.replace("{0}", f"{title.zh} {zh[0]} → {zh[1]}"),
        values,
    )
