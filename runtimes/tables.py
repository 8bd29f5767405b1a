"""Tables of TOML, read key by key with their types; a wrong or unknown key is told by its place.

Files of this kind are edited by hand and may come from anybody, so they are bounded before the
parser sees them, and an error names the file, the table and the key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn, TypeVar

from runtimes.errors import Damaged
from runtimes.texts import Text

MAX_BYTES = 512 << 10
"""A catalogue of a few hundred models is far smaller."""
MAX_LINE, MAX_DOTS = 4096, 64
"""Of one line: a key ``a.a.a.…`` costs the parser the square of its length."""
MAX_TEXT = 1000
"""Characters of one value."""
MAX_WHOLE = 1 << 53

Values = Mapping[str, object]
Word = TypeVar("Word", bound=str)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value must be, in words."""

    en: str
    zh: str


TEXT = Kind("text on one line", "一行文本")
SENTENCE = Kind("text on one line, without braces", "一行文本（不含花括号）")
WHOLE = Kind("a whole number from {0} to {1}", "{0} 到 {1} 的整数")
NUMBER = Kind("a number from {0} to {1}", "{0} 到 {1} 的数")
FLAG = Kind("true or false", "true 或 false")
WORDS = Kind("a list of texts", "文本列表")
TABLE = Kind("a table", "表")
ONE_OF = Kind("one of {0}", "以下之一：{0}")


def read_toml(path: Path) -> dict[str, object]:
    """The tables of a file.

    Raises ``Damaged`` for what is too long, no UTF-8 or no TOML, and ``OSError`` for what
    cannot be opened.
    """
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        _broken(path, Text("it is longer than {0} KiB", "超过 {0} KiB", (MAX_BYTES >> 10,)))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        _broken(path, Text("it is not UTF-8 text", "不是 UTF-8 文本"))
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE or line.count(".") > MAX_DOTS:
            _broken(
                path, Text("line {0} is too long or too deep", "第 {0} 行过长或层次过深", (number,))
            )
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as wrong:
        _broken(path, Text("{0}", "{0}", (_first_line(wrong),)), wrong)


def _first_line(wrong: Exception) -> str:
    return (str(wrong).splitlines() or [type(wrong).__name__])[0][:200]


def _broken(path: Path, why: Text, cause: Exception | None = None) -> NoReturn:
    places = tuple(f"{{{n + 1}}}" for n in range(len(why.args)))
    raise Damaged(
        Text(
            f"{{0}} cannot be read: {why.en.format(*places)}",
            f"无法读取 {{0}}：{why.zh.format(*places)}",
            (str(path), *why.args),
        ),
        Text(
            "correct the file, or move it away to begin anew", "请修正该文件；或将其移走以重新开始"
        ),
    ) from cause


class Table:
    """One table of a file: each key is taken once, ``done`` refuses what is left."""

    def __init__(self, values: Values, file: str, place: str) -> None:
        self.values = values
        self._file = file
        self._place = place
        self._known: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str, default: str | None = None) -> str:
        """One line of printable text; with no default the key must be there."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not _is_text(value):
            self._refuse(key, value, TEXT)
        return str(value)

    def one_of(self, key: str, words: Collection[Word], default: Word | None = None) -> Word:
        """One of some words."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        found = next((word for word in words if value == str(word)), None)
        if found is None:
            self._refuse(key, value, ONE_OF, ", ".join(words))
        return found

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number within bounds."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self._refuse(key, value, WHOLE, low, high)
        return value

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number within bounds; ``nan`` is within none."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if (
            not isinstance(value, int | float)
            or isinstance(value, bool)
            or not low <= value <= high
        ):
            self._refuse(key, value, NUMBER, low, high)
        return float(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._refuse(key, value, FLAG)
        return value

    def words(self, key: str, limit: int = 64) -> tuple[str, ...]:
        """A list of texts, empty where the key is missing."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > limit or not all(map(_is_text, value)):
            self._refuse(key, value, WORDS)
        return tuple(value)

    def items(self, key: str, limit: int = 256) -> tuple[str | Table, ...]:
        """A list of texts and tables, empty where the key is missing."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > limit:
            self._refuse(key, value, WORDS)
        place = self._below(key)
        out: list[str | Table] = []
        for item in value:
            if isinstance(item, dict):
                out.append(Table(item, self._file, place))
            elif _is_text(item):
                out.append(item)
            else:
                self._refuse(key, item, WORDS)
        return tuple(out)

    def both(self, key: str) -> Text | None:
        """A sentence in both languages: ``{ en = "…", zh = "…" }``.

        It becomes a template, so it has no braces.
        """
        table = self.table(key)
        if table is None:
            return None
        text = Text(table._sentence("en"), table._sentence("zh"))  # noqa: SLF001 - our own
        table.done()
        return text

    def _sentence(self, key: str) -> str:
        text = self.text(key)
        if "{" in text or "}" in text:
            self._refuse(key, text, SENTENCE)
        return text

    def table(self, key: str) -> Table | None:
        """The table below a key."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._refuse(key, value, TABLE)
        return Table(value, self._file, self._below(key))

    def tables(self) -> Iterator[tuple[str, Table]]:
        """All keys of this table, each a table."""
        for key in self.values:
            table = self.table(key)
            assert table is not None
            yield key, table

    def done(self) -> None:
        """Refuse a key that nobody asked for."""
        for key in self.values:
            if key in self._known:
                continue
            near = get_close_matches(key[:64], self._known, 1)
            self._refuse_unknown(key[:64], near[0] if near else "")

    def _refuse_unknown(self, key: str, near: str) -> NoReturn:
        if not near:
            self.refuse(Text("there is no key “{0}”", "没有键“{0}”", (key,)))
        self.refuse(
            Text(
                "there is no key “{0}”; did you mean “{1}”?",
                "没有键“{0}”；是否想写“{1}”？",
                (key, near),
            )
        )

    def refuse(self, why: Text) -> NoReturn:
        """Raise ``Damaged`` for this table; ``why`` is the end of the sentence."""
        places = tuple(f"{{{n + 2}}}" for n in range(len(why.args)))
        en, zh = why.en.format(*places), why.zh.format(*places)
        table = ("{0}, [{1}]", "{0}，[{1}]") if self._place else ("{0}", "{0}")
        raise Damaged(
            Text(
                f"{table[0]}: {en}",
                f"{table[1]}：{zh}",
                (self._file, self._place, *why.args),
            ),
            Text("correct the file", "请修正该文件"),
        )

    def _take(self, key: str) -> object:
        self._known.add(key)
        return self.values.get(key)

    def _below(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def _refuse(self, key: str, value: object, kind: Kind, *bounds: object) -> NoReturn:
        en, zh = kind.en.format(*bounds), kind.zh.format(*bounds)
        if value is None:
            near = get_close_matches(key, [k[:64] for k in self.values if k not in self._known], 1)
            if near:
                self._refuse_unknown(near[0], key)
            self.refuse(
                Text("“{0}” is missing; it must be {1}", "缺少“{0}”，应为{2}", (key, en, zh))
            )
        self.refuse(
            Text(
                "“{0}” must be {1}, not {3}",
                "“{0}”应为{2}，而不是 {3}",
                (key, en, zh, _shown(value)),
            )
        )


def _shown(value: object) -> str:
    """A value in an error, short however deep it is."""
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    return repr(value)[:60]


def _is_text(value: object) -> bool:
    """Text that can be shown: one line, not empty, nothing that a terminal would obey."""
    return isinstance(value, str) and 0 < len(value) <= MAX_TEXT and value.isprintable()


def merged(below: Values, above: Values, depth: int) -> dict[str, object]:
    """``below`` with what ``above`` says otherwise, key by key down to ``depth`` tables."""
    out = dict(below)
    for key, value in above.items():
        old = out.get(key)
        if depth and isinstance(value, dict) and isinstance(old, dict):
            out[key] = merged(old, value, depth - 1)
        else:
            out[key] = value
    return out
