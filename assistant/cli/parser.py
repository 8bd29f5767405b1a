"""``argparse`` as a person would want it: in their language, with short errors that show the
way to the help, and with problems that begin with a minus sign."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

from assistant.cli import diagnostics
from runtimes.texts import Lang, Text

Say = Callable[[str, str], str]
"""Picks the English or the Chinese of two sentences."""

MESSAGES = (
    (r"^argument (\S+): expected one argument$", r"\1 needs a value", r"\1 需要一个值"),
    (
        r"^argument (\S+): not allowed with argument (\S+)$",
        r"\1 and \2 exclude each other",
        r"\1 与 \2 不能同时使用",
    ),
    (
        r"^argument (\S+): ignored explicit argument .*$",
        r"\1 takes no value",
        r"\1 不需要值",
    ),
    (r"^unrecognized arguments: (.*)$", r"not understood: \1", r"不认识的参数：\1"),
    (r"^the following arguments are required: (.*)$", r"\1 is needed", r"缺少 \1"),
    (r"^argument [^-:][^:]*: (.*)$", r"\1", r"\1"),
    (r"^argument ([^:]+): (.*)$", r"\1: \2", r"\1：\2"),
)
"""What ``argparse`` says, and how we say it."""
_SHORT = re.compile(r"\[[^][|]{1,30}\]")
"""Of a usage, what is not broken."""
SHIFTS = {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}
LEAST_MEMORY = 256 << 20
"""Bytes; less cannot hold the engine."""


def chooser(lang: Lang) -> Say:
    """The choice between two sentences for a language."""

    def say(en: str, zh: str) -> str:
        return zh if lang is Lang.ZH else en

    return say


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help without ``usage:`` in English where the rest is Chinese, no line of it wider than the
    terminal: ``argparse`` counts characters, and of text that is laid out it cuts nothing."""

    prefix = "usage: "

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """The usage line with our own first word."""
        from assistant.maths.showing.boxes import columns
        from assistant.maths.showing.fitting import HARD, wrapped

        first = prefix or self.prefix
        if usage is not None:
            kept = _SHORT.sub(lambda found: found[0].replace(" ", HARD), usage)
            lines = wrapped(f"{first}{kept}", self._width, columns(first))
            usage = "\n".join(lines).removeprefix(first)
        super().add_usage(usage, actions, groups, first)

    def _split_lines(self, text: str, width: int) -> list[str]:
        from assistant.maths.showing.fitting import wrapped

        return list(wrapped(" ".join(text.split()), width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        from assistant.maths.showing.boxes import columns
        from assistant.maths.showing.fitting import wrapped

        lines = [
            part
            for line in text.splitlines()
            for part in ([line] if columns(line) <= width else wrapped(line, width))
        ]
        return "\n".join(f"{indent}{line}" for line in lines)


class _ChineseHelp(_Help):
    prefix = "用法："

    def format_help(self) -> str:
        """With the colons of Chinese after its headings."""
        return re.sub(r"^(.*[^\x00-\x7f]):$", r"\1：", super().format_help(), flags=re.MULTILINE)


class Parser(argparse.ArgumentParser):
    """The parser of one command."""

    def __init__(self, program: str, usage: str, description: str, lang: Lang) -> None:
        super().__init__(
            prog=program,
            usage=f"{program} {usage}",
            description=description,
            formatter_class=_ChineseHelp if lang is Lang.ZH else _Help,
            add_help=False,
            allow_abbrev=False,
        )
        self.lang = lang
        self.say = chooser(lang)
        self._optionals.title = self.say("options", "选项")
        self._positionals.title = self.say("what is given", "参数")

    def add_help_option(self, version: str = "") -> None:
        """``--help`` and perhaps ``--version``, in a group of their own."""
        group = self.add_argument_group(self.say("more", "其他"))
        group.add_argument(
            "-h", "--help", action="help", help=self.say("show this help", "显示本帮助")
        )
        if version:
            shown = self.say("show the version", "显示版本号")
            group.add_argument("--version", action="version", version=version, help=shown)

    def read(
        self, words: Sequence[str], values: argparse.Namespace, joined: str = ""
    ) -> argparse.Namespace:
        """Parse; ``-x + 3 = 5`` is a problem and no option.  Ends the program on an error.

        ``joined`` names the argument that takes further words too, where somebody has left
        away the quotation marks: ``assistant solve 2x + 3 = 11``.
        """
        end = words.index("--") if "--" in words else len(words)
        given = [self._shielded(word) for word in words[:end]]
        given += words[end : end + 1]
        given += [f" {word}" if word.startswith("-") else word for word in words[end + 1 :]]
        # options may stand between the words, as in `notes add --json FILE…`
        places = self._get_positional_actions()
        several = len(places) > 1 or any(action.nargs == "*" for action in places)
        parse = self.parse_known_intermixed_args if several else self.parse_known_args
        values, more = parse(given, values)
        if more:
            if not joined or any(word.startswith("--") for word in more):
                self.error(f"unrecognized arguments: {' '.join(more)}")
            setattr(values, joined, " ".join([getattr(values, joined) or "", *more]))
        for name, value in vars(values).items():
            setattr(values, name, _bare(value))
        return values

    def _shielded(self, word: str) -> str:
        """A word that only looks like an option gets a space before it, which tells the parser
        so."""
        looks = word.startswith("-") and not word.startswith("--") and word != "-"
        return f" {word}" if looks and word not in self._option_string_actions else word

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help is, and exit with 2."""
        for pattern, en, zh in MESSAGES:
            if re.search(pattern, message, re.DOTALL):
                message = re.sub(pattern, self.say(en, zh), message, flags=re.DOTALL)
                break
        told = Text("{0} (see {1} --help)", "{0}（参见 {1} --help）", (message, self.prog))
        diagnostics.complain(told, self.lang)
        self.exit(diagnostics.Exit.USAGE)


def _bare(value: object) -> object:
    """What was given, without the space of a shielded word."""
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return value[1:] if isinstance(value, str) and value.startswith(" -") else value


def number_within(
    kind: type[int] | type[float], low: float, high: float, say: Say
) -> Callable[[str], float]:
    """A number of a kind, from ``low`` to ``high``."""
    least, most = (int(bound) if bound == int(bound) else bound for bound in (low, high))

    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(
                say("a whole number is needed", "应为整数")
                if kind is int
                else say("a number is needed", "应为数字")
            ) from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(
                say(f"must be from {least} to {most}", f"应在 {least} 到 {most} 之间")
            )
        return value

    return read


def byte_count(say: Say, least: int = LEAST_MEMORY) -> Callable[[str], int]:
    """``512M``, ``1.5G`` or a plain number of bytes, from ``least`` (bytes) on."""

    def read(text: str) -> int:
        found = re.fullmatch(
            r"\s*(\d{1,18}(?:\.\d{1,9})?)\s*([KMGT]?)(?:i?B)?\s*", text, re.IGNORECASE
        )
        if not found:
            raise argparse.ArgumentTypeError(
                say("write it as 512M or 2G", "请写成 512M 或 2G 的形式")
            )
        whole, _, part = found[1].partition(".")
        value = (int(whole + part) << SHIFTS[found[2].upper()]) // int(10 ** len(part))
        if not least <= value <= 1 << 50:
            low = f"{least >> 20}M" if least else "0"
            raise argparse.ArgumentTypeError(
                say(f"must be from {low} to 1024T", f"应在 {low} 到 1024T 之间")
            )
        return value

    return read


def whole(low: int, high: int, say: Say) -> Callable[[str], int]:
    """A whole number from ``low`` to ``high``."""
    read = number_within(int, low, high, say)
    return lambda text: int(read(text))


def one_of(names: Sequence[str], say: Say) -> Callable[[str], str]:
    """One of some words."""

    def read(text: str) -> str:
        if text not in names:
            listed = ", ".join(names)
            raise argparse.ArgumentTypeError(
                say(f"“{text}” must be one of {listed}", f"“{text}”应为以下之一：{listed}")
            )
        return text

    return read
