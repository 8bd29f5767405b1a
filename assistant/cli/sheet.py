"""``assistant sheet``: worksheets of problems drawn at random, each with a proved key."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli import render
from assistant.cli.counting import counted
from assistant.cli.diagnostics import Exit, because, complain, write
from assistant.cli.options import add_limits, lang_of
from assistant.cli.parser import Parser, number_within, one_of
from assistant.cli.sources import Unreadable, read_source
from assistant.maths.pool import Limits, Pool
from assistant.maths.types import Lang, Text
from assistant.teaching.worksheets.patterns import BadPattern, Patterns, read_patterns

if TYPE_CHECKING:
    from assistant.teaching.worksheets.making import Sheet

USAGE = "SPEC [--count N] [--variants N] [--out FOLDER]"
MOST = 200
NO_SPEC = Text(
    "a pattern is needed; try: assistant sheet 'Solve {0}x + {1} = {2} where a = 2..9, b = 1..9, "
    "c = 1..30 [whole]'",
    "请给出题目模板；例如：assistant sheet '解方程 {0}x + {1} = {2} 其中 a = 2..9, b = 1..9, "
    "c = 1..30 [整数]'",
    ("{a}", "{b}", "{c}"),
)
NOT_READ = Text("cannot read the patterns", "无法读取题目模板")
NO_FOLDER = Text(
    "PDF goes into a folder: --format pdf --out FOLDER",
    "PDF 须写入文件夹：--format pdf --out 文件夹",
)
NOT_WRITTEN = Text("cannot write the sheets", "无法写入练习")
SEED = Text("--seed {0} gives the same sheets again", "用 --seed {0} 可得到相同的练习")
EXAMPLE = Text(
    "a pattern is a problem with places in braces, and the ranges of their letters:\n"
    "  Solve {a}x + {b} = {c} where a = 2..9, b = -9..9, c = -20..20 [whole] (2 points)\n"
    "  Factor x^2 - {p+q}x + {p*q} where p = 1..9, q = 1..9\n"
    "SPEC is one pattern, or a file with one a line (“# …” is the title); - is stdin.\n"
    "Zero is drawn only where a range begins or ends with it; [whole] takes whole answers only.\n"
    "A problem whose answer is not proved is drawn anew.  The key as text is what\n"
    "“assistant grade” marks by.  A PDF is printed by a Chromium, Chrome or Edge that is here.",
    "模板是一道题，花括号中写字母或式子，其后写出各字母的取值范围：\n"
    "  解方程 {a}x + {b} = {c} 其中 a = 2..9, b = -9..9, c = -20..20 [整数]（2分）\n"
    "  因式分解 x^2 - {p+q}x + {p*q} 其中 p = 1..9, q = 1..9\n"
    "SPEC 为一个模板，或每行一个模板的文件（“# …”为标题）；- 为标准输入。\n"
    "只有取值范围以零开头或结尾时才会抽到零；[整数] 表示答案须为整数。\n"
    "答案未被证明的题目会重新抽取。文本形式的答案可供“assistant grade”批改使用。\n"
    "PDF 由本机的 Chromium、Chrome 或 Edge 生成。",
)


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("the sheets", "练习"))
    group.add_argument(
        "spec",
        nargs="?",
        metavar="SPEC",
        help=say("a pattern, or a file of them; - is stdin", "模板，或模板文件；- 为标准输入"),
    )
    whole = number_within(int, 1, MOST, say)
    group.add_argument(
        "--count",
        type=whole,
        metavar="N",
        help=say(
            "problems on a sheet (default: one a pattern, or 10)",
            "每份的题数（默认每个模板一题，单个模板为 10）",
        ),
    )
    group.add_argument(
        "--variants",
        type=whole,
        default=1,
        metavar="N",
        help=say("different sheets (default 1)", "不同的份数（默认 1）"),
    )
    group.add_argument(
        "--seed",
        type=number_within(int, 0, 2**63, say),
        metavar="N",
        help=say("the same number gives the same sheets", "相同的数得到相同的练习"),
    )
    group.add_argument(
        "--format",
        type=one_of(("md", "tex", "html", "pdf"), say),
        default="md",
        metavar="FORM",
        help=say(
            "md, tex, html, or pdf with --out (default md)",
            "md、tex、html，或与 --out 合用的 pdf（默认 md）",
        ),
    )
    group.add_argument(
        "--out",
        metavar="FOLDER",
        help=say(
            "write sheet-A, key-A, … there (default: all to stdout)",
            "把 sheet-A、key-A 等写入该文件夹（默认输出到标准输出）",
        ),
    )
    _add_others(parser)
    parser.add_help_option()
    parser.epilog = say(EXAMPLE.en, EXAMPLE.zh)


def _add_others(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("how to show it", "输出方式"))
    group.add_argument(
        "--lang",
        metavar="zh|en",
        type=one_of(("zh", "en"), say),
        help=say("language (default: that of the patterns)", "语言（默认与模板相同）"),
    )
    group.add_argument(
        "--plain", action="store_true", help=say("no colours, no progress", "不用颜色，不显示进度")
    )
    add_limits(parser)


def run(options: argparse.Namespace) -> int:
    """Make the sheets; the result is the exit code."""
    lang = lang_of(options, options.spec or "")
    if not (options.spec or "").strip():
        complain(NO_SPEC, lang)
        return Exit.USAGE
    if options.format == "pdf" and options.out is None:
        complain(NO_FOLDER, lang)
        return Exit.USAGE
    try:
        text = _spec(options.spec)
        lang = lang_of(options, text)
        patterns = read_patterns(text)
        sheets = _made(options, patterns, lang)
    except Unreadable as wrong:
        complain(wrong.message, lang)
        return Exit.USAGE
    except BadPattern as wrong:
        complain(wrong.why, lang)
        if wrong.reason is not None:
            from assistant.maths.showing.plain import plain
            from assistant.maths.showing.words import filled

            write(f"  {filled(wrong.reason, lang, plain)}\n")
        return Exit.USAGE
    return _written(options, sheets, lang)


def _spec(spec: str) -> str:
    """The patterns themselves, or those of a file.  Raises ``Unreadable``."""
    if spec != "-" and ("{" in spec or "\n" in spec):
        return spec
    return read_source(spec, NOT_READ)


def _made(options: argparse.Namespace, patterns: Patterns, lang: Lang) -> tuple[Sheet, ...]:
    from assistant.teaching.worksheets.making import Wanted, make_sheets

    seed = options.seed if options.seed is not None else secrets.randbelow(10**6)
    usual = len(patterns.listed) if len(patterns.listed) > 1 else 10
    wanted = Wanted(count=options.count or usual, variants=options.variants, seed=seed)
    limits = Limits(options.timeout, options.memory)
    with Pool(limits, early=options.early) as pool, counted(plain=options.plain) as on_made:
        sheets = make_sheets(pool, patterns, wanted, on_made)
    if options.seed is None:
        complain(SEED.of(str(seed)), lang)
    return sheets


def _written(options: argparse.Namespace, sheets: tuple[Sheet, ...], lang: Lang) -> int:
    from assistant.teaching.worksheets.writing import Form, written

    if options.out is not None:
        return _in_folder(options, sheets, lang)
    for key in (False, True):
        for sheet in sheets:
            render.write(written(sheet, Form(options.format), lang, key=key) + "\n")
    return Exit.OK


def _in_folder(options: argparse.Namespace, sheets: tuple[Sheet, ...], lang: Lang) -> int:
    from assistant.cli.printing import NotPrinted, print_page
    from assistant.teaching.worksheets.writing import Form, key_text, written

    folder, form = Path(options.out), options.format
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for sheet in sheets:
            for kind, key in (("sheet", False), ("key", True)):
                target = folder / f"{kind}-{sheet.name}.{form}"
                if form == "pdf":
                    print_page(written(sheet, Form.PAGE, lang, key=key), target)
                else:
                    target.write_text(written(sheet, Form(form), lang, key=key), encoding="utf-8")
                complain(render.WRITTEN.of(str(target)), lang)
            target = folder / f"key-{sheet.name}.txt"
            target.write_text(key_text(sheet, lang), encoding="utf-8")
            complain(render.WRITTEN.of(str(target)), lang)
    except (OSError, ValueError) as wrong:
        complain(because(NOT_WRITTEN, wrong), lang)
        return Exit.USAGE
    except NotPrinted as wrong:
        complain(wrong.why, lang)
        return Exit.UNAVAILABLE
    return Exit.OK
