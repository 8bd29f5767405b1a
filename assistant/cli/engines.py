"""``assistant engines``: which engines work here, and the installing of one."""

from __future__ import annotations

import argparse
import platform
from collections.abc import Mapping

from assistant.cli import diagnostics, render
from assistant.cli.columns import hanging, terminal_width
from assistant.cli.diagnostics import Exit
from assistant.cli.options import add_output, lang_of
from assistant.cli.parser import Parser, one_of
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from assistant.probing import TITLES
from runtimes.installer.facts import Backend
from runtimes.texts import Text
from runtimes.types import Availability

USAGE = "[install NAME [--yes] [--backend B] [--source] [--dry-run]]"
INSTALLABLE = ("llamacpp", "checkpoint")
ACTIONS = ("list", "install")

READY = Text("ready", "可用")
NOT_READY = Text("not here", "不可用")
OLLAMA = {
    "Linux": "curl -fsSL https://ollama.com/install.sh | sh",
    "Darwin": "brew install ollama && brew services start ollama",
    "Windows": "winget install Ollama.Ollama",
}
OLLAMA_HOW = Text(
    "Ollama is a program of its own, which this one does not install; run:\n"
    "  {0}\n"
    "or see https://ollama.com/download.  Then its server must run (ollama serve), and\n"
    "  assistant ask -m ollama:NAME …\n"
    "uses its models.  A server elsewhere is named by OLLAMA_HOST=http://HOST:11434.",
    "Ollama 是独立的程序，本程序不代为安装；请运行：\n"
    "  {0}\n"
    "或参见 https://ollama.com/download。然后启动其服务（ollama serve），即可用\n"
    "  assistant ask -m ollama:NAME …\n"
    "使用其中的模型。若服务器在别处，请设置 OLLAMA_HOST=http://主机:11434。",
)
OLLAMA_CARRY = Text(
    "Without a network: on a connected machine fetch the archive for {0} from\n"
    "https://github.com/ollama/ollama/releases and pull the models there (ollama pull NAME);\n"
    "carry over the archive and the folder ~/.ollama/models.",
    "若无网络：在已联网的机器上从 https://github.com/ollama/ollama/releases 下载 {0} 的安装包，\n"
    "并在那里拉取模型（ollama pull NAME），然后把安装包和文件夹 ~/.ollama/models 一并带来。",
)
NOTHING_TO_INSTALL = Text(
    "{0} needs no installation; see assistant engines", "{0} 无需安装；参见 assistant engines"
)
TOO_MUCH = Text("“{0}” goes with install only", "“{0}”只能与 install 一起使用")
TRIED = Text("assistant doctor tries each of them", "assistant doctor 会逐一试运行")
WHICH = Text(
    "which engine? assistant engines install {0}", "要安装哪个引擎？assistant engines install {0}"
)


def configure(parser: Parser) -> None:
    """The options of the command."""
    say = parser.say
    group = parser.add_argument_group(say("what to do", "操作"))
    group.add_argument(
        "action",
        nargs="?",
        default="list",
        type=one_of(ACTIONS, say),
        metavar="install",
        help=say("install or rebuild an engine (default: list them)", "安装引擎（默认：列出）"),
    )
    group.add_argument(
        "name",
        nargs="?",
        default="",
        metavar="NAME",
        help=say("llamacpp, checkpoint or ollama", "llamacpp、checkpoint 或 ollama"),
    )
    _add_install(parser)
    add_output(parser)
    parser.add_help_option()
    parser.epilog = say(
        "exit codes: 0 done, 2 nothing was run, 3 not installed, 4 out of memory or disk space",
        "退出码：0 完成，2 未执行，3 未安装，4 内存或磁盘空间不足",
    )


def _add_install(parser: Parser) -> None:
    say = parser.say
    group = parser.add_argument_group(say("installing", "安装"))
    group.add_argument("--yes", action="store_true", help=say("do not ask", "不再询问"))
    group.add_argument(
        "--dry-run",
        action="store_true",
        help=say("only print the commands", "只打印命令"),
    )
    group.add_argument(
        "--backend",
        default="auto",
        type=one_of(("auto", *(backend.value for backend in Backend)), say),
        metavar="B",
        help=say(
            "auto, cuda, metal, vulkan or cpu (default auto: the best for this machine)",
            "auto、cuda、metal、vulkan 或 cpu（默认 auto：最适合本机的）",
        ),
    )
    group.add_argument(
        "--source",
        action="store_true",
        help=say(
            "build llama.cpp here even where a ready-made file exists",
            "即使有预编译文件也在本机编译 llama.cpp",
        ),
    )
    group.add_argument(
        "--index",
        metavar="URL",
        help=say(
            "take the engine's ready-made files from this index (a mirror)",
            "从此索引（镜像）获取预编译文件",
        ),
    )
    group.add_argument(
        "--from",
        dest="folder",
        metavar="FOLDER",
        help=say(
            "take all files from FOLDER, without a network (see --offline)",
            "只从 FOLDER 取文件，不联网（参见 --offline）",
        ),
    )
    group.add_argument(
        "--offline",
        action="store_true",
        help=say(
            "open no connection; for install: print what to carry over",
            "不联网；用于 install 时打印需要带来的文件",
        ),
    )


def run(options: argparse.Namespace) -> int:
    """List the engines or install one; the result is the exit code."""
    lang = lang_of(options, "")
    if options.action == "list":
        if options.name:
            diagnostics.complain(Text(TOO_MUCH.en, TOO_MUCH.zh, (options.name,)), lang)
            return Exit.USAGE
        return _list(options, lang)
    if options.name == "ollama":
        return _ollama(options, lang)
    if options.name not in INSTALLABLE:
        return _not_installable(options.name, lang)
    from assistant.cli.installing import Tools, install
    from assistant.probing import try_engine
    from runtimes.installer.detect import detect
    from runtimes.installer.run import run as run_command
    from runtimes.machine import probe_machine

    return install(options, lang, Tools(detect(probe_machine()), run_command, try_engine))


def _not_installable(name: str, lang: Lang) -> int:
    if name in TITLES:
        diagnostics.complain(Text(NOTHING_TO_INSTALL.en, NOTHING_TO_INSTALL.zh, (name,)), lang)
        return Exit.OK
    names = "|".join((*INSTALLABLE, "ollama"))
    diagnostics.complain(Text(WHICH.en, WHICH.zh, (names,)), lang)
    return Exit.USAGE


# --- the list --------------------------------------------------------------------------------


def _list(options: argparse.Namespace, lang: Lang) -> int:
    from assistant.probing import probed

    states = probed()
    if options.json:
        records = [_record(name, state, lang) for name, state in states.items()]
        render.write_json({"engines": records})
    else:
        _draw(states, lang)
        render.write_line(TRIED.template(lang))
    return Exit.OK


def _record(name: str, state: Availability, lang: Lang) -> dict[str, object]:
    return {
        "name": name,
        "title": TITLES[name].template(lang),
        "ready": state.ready,
        "version": state.version,
        "detail": state.detail and filled(state.detail, lang, str),
        "remedy": state.remedy and filled(state.remedy, lang, str),
    }


def _draw(states: Mapping[str, Availability], lang: Lang) -> None:
    """One line an engine in columns, and below it what there is to say.

    A remedy stays in one piece: there may be a command in it, to be copied.
    """
    from rich.cells import cell_len

    room = terminal_width()
    words = {True: READY.template(lang), False: NOT_READY.template(lang)}
    widths = (
        max(map(len, states)),
        max(cell_len(words[state.ready]) for state in states.values()),
        max(len(state.version) for state in states.values()),
    )
    indent = widths[0] + 2
    beside = sum(widths) + 6
    longest = max(cell_len(TITLES[name].template(lang)) for name in states)
    narrow = room is not None and beside + longest > room
    for name, state in states.items():
        cells = (name, words[state.ready], state.version)
        padded = [
            cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)
        ]
        title = TITLES[name].template(lang)
        lines = ["  ".join(padded) if narrow else "  ".join((*padded, title))]
        below = [title] if narrow else []
        below += [filled(state.detail, lang, str)] if state.detail is not None else []
        lines += [line for text in below for line in hanging(text, indent, room)]
        if state.remedy is not None:
            lines.append(" " * indent + filled(state.remedy, lang, str))
        for line in lines:
            render.write_line(line.rstrip())


# --- Ollama ----------------------------------------------------------------------------------


def _ollama(options: argparse.Namespace, lang: Lang) -> int:
    """Is it there?  If not, how to get it: it is a program of its own."""
    from assistant import paths
    from assistant.probing import probed

    state = probed(("ollama",))["ollama"]
    system = platform.system()
    how = Text(OLLAMA_HOW.en, OLLAMA_HOW.zh, (OLLAMA.get(system, OLLAMA["Linux"]),))
    carry = Text(OLLAMA_CARRY.en, OLLAMA_CARRY.zh, (f"{system} {platform.machine()}",))
    if options.json:
        render.write_json({**_record("ollama", state, lang), "how": OLLAMA.get(system, "")})
    elif state.ready:
        _draw({"ollama": state}, lang)
    else:
        # the sentences have lines of their own, which cleaning would join
        for text in (how, carry) if paths.offline(options.offline) else (how,):
            for line in text.template(lang).split("\n"):
                render.write_line(filled(Text(line, line, text.args), lang, str))
    return Exit.OK if state.ready else Exit.UNAVAILABLE
