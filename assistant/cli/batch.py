"""JSON lines in, JSON lines out: in order, flushed, one record for every line.

A line that fails gives a record with ``error`` and the run goes on.  Problems are worked
on ahead of the output, but only by a few lines a worker, so that an endless input takes
no more memory than a short one.
"""

from __future__ import annotations

import argparse
import codecs
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from queue import SimpleQueue
from threading import Semaphore, Thread

from assistant.cli.diagnostics import Exit, because, complain
from assistant.cli.render import write_json
from assistant.cli.troubles import bug
from assistant.maths.pool import Limits, Pool
from assistant.maths.types import Failure, Lang, Text, Trouble

Json = dict[str, object]
Work = Callable[[Pool, Json], Json]
"""Answers one record; ``id`` and ``seconds`` are added here."""

LOOK_AHEAD = 4
MAX_LINE = 4_000_000
"""Characters of one line; more is refused without being parsed."""
NOT_BOTH = Text("“{0}” and --batch exclude each other", "“{0}”与 --batch 不能同时使用")
UNUSABLE = Text("not a usable record", "不是可用的记录")
TOO_LONG = Text("the line has more than {0} characters", "这一行超过 {0} 个字符")
NO_OBJECT = Text("a line must be a JSON object", "每行应为一个 JSON 对象")
NO_JSON = Text("no JSON at character {0}", "第 {0} 个字符处不是 JSON")
TOO_DEEP = Text("it is nested too deeply", "嵌套过深")
NO_NUMBER = Text("a number in it is none that JSON has", "其中的数不是 JSON 的数")


class BadRecord(Exception):  # noqa: N818 - the input's fault, not the program's
    """A line of the batch that is no usable record; ``why`` tells the user."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def text_field(record: Json, name: str, default: str | None = None) -> str:
    """A field that must be text.  Raises ``BadRecord``."""
    value = record.get(name, default)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise BadRecord(Text("the field “{0}” must be text", "字段“{0}”应为文本", (name,)))
    return value


def batch_command(
    options: argparse.Namespace, work: Work, failed: Callable[[Trouble], Json], lang: Lang
) -> int:
    """Answer every line of ``options.batch``; the result is the exit code."""
    if spare := getattr(options, "problem", "") or getattr(options, "gold", ""):
        complain(NOT_BOTH.of(spare), lang)
        return Exit.USAGE
    try:
        source = _open(options.batch)
    except (OSError, ValueError) as wrong:
        complain(because(Text("cannot read the batch", "无法读取批处理文件"), wrong), lang)
        return Exit.USAGE
    jobs = options.jobs or os.cpu_count() or 1
    limits = Limits(options.timeout, options.memory)
    with source as lines, Pool(limits, jobs, options.early) as pool:
        records = _ordered(_bounded(lines), jobs, lambda line: _answer(pool, line, work, failed))
        for record in _progress(records, options.batch):
            write_json(record)
    return Exit.OK


def _open(name: str) -> AbstractContextManager[BufferedReader]:
    if name == "-":
        source = open(sys.stdin.fileno(), "rb", closefd=False)  # noqa: SIM115
        return nullcontext(source)  # closing it would wait for the thread that waits for input
    return Path(name).open("rb")


def _bounded(body: BufferedReader) -> Iterator[str]:
    """The lines of a file in UTF-8, or UTF-16 with its mark, which shells of Windows write; of a
    line that is too long only so much that its length is seen."""
    marked = body.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    file = TextIOWrapper(body, "utf-16" if marked else "utf-8-sig", "replace")
    while line := file.readline(MAX_LINE + 1):
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith("\n"):
            rest = file.readline(MAX_LINE + 1)
        yield line


def _ordered(lines: Iterable[str], jobs: int, answer: Callable[[str], Json]) -> Iterator[Json]:
    """The answers in the order of the lines, ``jobs`` of them being worked on at a time.

    A thread reads ahead, so that an answer goes out while the next line is awaited.
    """
    waiting: SimpleQueue[Future[Json] | None] = SimpleQueue()
    room = Semaphore(jobs * LOOK_AHEAD)
    threads = ThreadPoolExecutor(jobs)

    def read() -> None:
        try:
            for line in lines:
                if line.strip():
                    room.acquire()
                    waiting.put(threads.submit(answer, line))
        except (OSError, RuntimeError, ValueError):
            pass  # the run is over: the file or the threads were closed under us
        finally:
            waiting.put(None)

    Thread(target=read, daemon=True).start()
    try:
        while (future := waiting.get()) is not None:
            yield future.result()
            room.release()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)


def _answer(pool: Pool, line: str, work: Work, failed: Callable[[Trouble], Json]) -> Json:
    start = time.perf_counter()
    name: object = None
    try:
        if len(line) > MAX_LINE:
            raise BadRecord(TOO_LONG.of(str(MAX_LINE)))
        record = json.loads(line)
        if not isinstance(record, dict):
            raise BadRecord(NO_OBJECT)
        name = _name(record.get("id"))
        result = work(pool, record)
    except (BadRecord, ValueError, RecursionError) as wrong:
        why = _why(wrong)
        message = Text(f"{UNUSABLE.en}: {why.en}", f"{UNUSABLE.zh}：{why.zh}", why.args)
        result = failed(Trouble(Failure.UNREADABLE, message))
    except Exception as wrong:  # noqa: BLE001 - one line's bug must not end the run
        result = failed(bug(wrong))
    return {"id": name, **result, "seconds": round(time.perf_counter() - start, 4)}


def _why(wrong: Exception) -> Text:
    """What is wrong with a line, without the words of the JSON reader."""
    match wrong:
        case BadRecord(why=why):
            return why
        case json.JSONDecodeError(pos=place):
            return NO_JSON.of(str(place + 1))
        case RecursionError():
            return TOO_DEEP
    return NO_NUMBER


def _count(name: str) -> int | None:
    """How many records a file has; unknown for what can be read only once."""
    path = Path(name)
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return sum(not line.isspace() for line in file)


def _name(value: object) -> object:
    """The ``id`` as it can be written again.  Raises ``ValueError`` or ``RecursionError``."""
    json.dumps(value, allow_nan=False)  # a number beyond all floats is no JSON any more
    return value


def _progress(records: Iterator[Json], name: str) -> Iterator[Json]:
    """Count on stderr while it is a terminal and the records go elsewhere."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from records
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    # rich would send our own standard output to the bar's terminal
    with Progress(*columns, console=console, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task("", total=None if name == "-" else _count(name))
        for record in records:
            yield record
            bar.advance(task)
