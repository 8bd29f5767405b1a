"""A story as text from which the understood parts are cut, until only scenery is left.

A reader of stories takes away what it understands, pattern by pattern.  What is left may
tell where things happen and who acts, but nothing that an answer could depend on: no
number, no comparison, no condition.  Else the story was not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.maths.reading import numerals
from assistant.maths.reading.patterns import Late, late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import HAN, Scan
from assistant.maths.terms import Comparison, Connective, Expr, Junction, Number, Relation, Symbol
from assistant.maths.terms import integer as whole_number
from assistant.maths.types import Definition, Text

ZH = "零一二两三四五六七八九十百千"
NUM = rf"(?:\d+(?:\.\d+)?|[{ZH}]+)"
"""A number in digits or Chinese characters."""
WIDE = str.maketrans(
    "，．：；（）？！＝＋－０１２３４５６７８９％～“”‘’「」",
    ',.:;()?!=+-0123456789%~""\'\'""',
)
LATEX = (
    (re.compile(r"\\(?:mathrm|text|rm|mathbf)\s*\{\s*~?\s*([^{}]*?)\s*\}"), r"\1"),
    (re.compile(r"\^\s*\{?\s*\\circ\s*\}?|\\degree"), "°"),
    (re.compile(r"\s*\\?%"), "%"),
    (re.compile(r"\\[,;!]|\\quad|\\left(?=[(])|\\right(?=[)])|\$|\u200b"), " "),
    (re.compile(r"\\times"), "×"),
    (re.compile(r"[\"']"), ""),
    (re.compile(r"拋"), "抛"),
    (re.compile(r"坚直"), "竖直"),
    (re.compile(r"图像"), "图象"),
    (re.compile(r"。"), "."),
)
GAPS = re.compile(r"(?<=[\u4e00-\u9fff、])\s+(?=\S)|(?<=\S)\s+(?=[\u4e00-\u9fff、])")
BLANK = re.compile(r"_{2,}|\(\s*\)|(?<![A-Za-z0-9])_(?![A-Za-z0-9{])")
DATE = re.compile(r"\d{4}年(?:\d{1,2}月份?)?(?:\d{1,2}日)?(?!级)|\d{1,2}月(?:份|\d{1,2}日)")
BACKGROUND = re.compile(
    r"[^,.;]*占(?:全国|全省|全市|全球|世界)[^,.;]*?\d+(?:\.\d+)?%(?:以上|左右|以下)"
)
"""A share of the whole country that is not even exact: no equation can use it."""
CLAUSES = re.compile(r"[,.;:?!]|\n")
NAMED = "明红刚华丽亮军强李王张赵芳东林颖兰敏宇夏"
HARMLESS = re.compile(
    rf"小[{NAMED}](?!的)|小(?:临|球|组|店|区|麦|学|镇|朋友)|大(?:家|赛|自然|学|棚|型)"
    r"|同学|同伴|共同|比赛|除(?:了)?[^,.;]{0,8}外,?[^,.;除外]{0,4}(?:都|均|完全)?(?:相同|(?:没有|无)(?:其他|其它|任何)?(?:区别|差别))"
    r"|(?:形状|大小|质地|材质|质量|背面|规格)[^,.;]{0,12}(?:都|均|完全)*相同|如图(?:所示|\d)?|(?:甲[、,]?乙)?两人(?=$|[,.;\n])|一(?:个|种|家|名|位|款|只|次|批|所)"
    r"|请?解答下列问题|为了?|不透明|充分|市场|分析|少年|多彩|多媒体|一些|更多|市场调查(?:反映|发现)?|整理|楼前|《[^》]*》|超市|门前|前往|前来|零件|零售|零食|百货|百姓|第一|五一|六一|(?:以下|下列)?问题"
)
WEIGHTY = "零二两三四五六七八九十百千万亿半几倍比多少共剩余增减降涨跌折每各均除非不没至超约或且另再又还才仅只全同等前先后第缺差满空距若当打整总坏"
SAFE = rf"[^,.;:?!\n0-9A-Za-z%°=<>+*/^×÷{WEIGHTY}]"
"""One character of words that carry no condition."""
LOADED = re.compile(
    rf"[0-9A-Za-z%°=<>+*/^×÷{WEIGHTY}]|一(?!样)|相|如果|大于|小于|放回|分之|平方|利润|其中|其余|以上|以下"
    rf"|部分|有些|有的|其[他它]|另|[去前明]年|实际|原计划|[男女丙丁]|小[{NAMED}]的"
)
"""What an answer could depend on: numbers, comparisons, conditions, and whose or which part of
something is meant."""
LONELY = frozenset(["若", "如果", "且", "当", "共"])
TELLING = re.compile(
    r"[0-9%°=<>+*/^×÷]|[零二两三四五六七八九十百千万亿]+(?:个|只|支|本|元|种|人|名|位|件|张|次|条|辆|台|分|成|天|年|岁|倍|块|箱|米|千克)|倍|一?半|放回|分之|折|比(?!如|赛|较)|等于|相[同等]|其中|除|同样|一样|不(?!透明)|没|如果|若"
)
"""What an answer could depend on in the sentences before the story proper."""


@dataclass
class Tale:
    """A story that is being read: the text that is not yet understood, what was found."""

    scan: Scan
    text: str
    options: dict[str, Span]
    found: list[Definition] = field(default_factory=list)
    first: int | None = None
    """Where the first understood part began: before it there is only an introduction."""

    def take(self, pattern: str | Late) -> re.Match[str] | None:
        """The first match, which is then cut out of the text."""
        known = late(pattern) if isinstance(pattern, str) else pattern
        found = known.search(self.text)
        if found is not None:
            self.first = min(found.start(), self.first if self.first is not None else 10**6)
            gap = "\n" * max(1, found.end() - found.start())
            self.text = self.text[: found.start()] + gap + self.text[found.end() :]
        return found

    def take_all(self, pattern: str | Late) -> list[re.Match[str]]:
        """Every match, cut out of the text."""
        found = []
        while hit := self.take(pattern):
            found.append(hit)
        return found

    def rest(self) -> tuple[str, ...]:
        """The clauses that are left and say something."""
        first = self.first if self.first is not None else 0
        head = _plain(self.text[:first])
        cut = max(head.rfind(c) for c in ".?!\n") + 1 if head else 0
        intro = [c for c in CLAUSES.split(head[:cut]) if TELLING.search(c)]
        told = head[cut:] + _plain(self.text[first:])
        return (
            *intro,
            *(
                c.strip()
                for c in CLAUSES.split(told)
                if LOADED.search(c) and c.strip() not in LONELY
            ),
        )

    def understood(self) -> bool:
        """Whether only scenery is left."""
        return not self.rest()

    def clipped(self) -> bool:
        """Whether a clause of which a part was understood has words beside that part: they may
        say whose quantity it is."""
        return bool(re.search(r"[\u4e00-\u9fffA-Za-z] *\n|\n *[\u4e00-\u9fffA-Za-z]", self.text))

    def letter(self, *wanted: str) -> str:
        """A new name for an unknown.  Raises ``ReadingError`` where all letters are taken."""
        used: set[str] = set(re.findall(r"[A-Za-z]", self.scan.source)) | self.scan.names
        letters: tuple[str, ...] = (*wanted, *"xyzuvwpqrstabcdfghjklm")
        name = next((c for c in letters if c not in used), "")
        if not name:
            raise self.scan.error(self.scan.whole(), "no letter is left", "没有可用的字母")
        self.scan.names.add(name)
        return name

    def says(self, why: Text, *equations: Expr, keep: tuple[Expr, ...] = ()) -> None:
        """A relation that the story states."""
        whole = equations[0] if len(equations) == 1 else Junction(Connective.AND, equations)
        self.scan.definitions.append(Definition("", (), whole, why, keep))

    def formula(self, text: str) -> Expr:
        """A formula in the story.  Raises ``ReadingError``."""
        return self.scan.formula(Span(text, 0, len(text)).strip())


def _plain(text: str) -> str:
    """Without dates, the country's statistics and words that carry no condition."""
    for pattern in (BACKGROUND, DATE, BLANK, HARMLESS):
        text = pattern.sub("", text)
    return text


def normal(text: str) -> str:
    """One spelling for punctuation, degrees, percent signs and spaces."""
    text = text.translate(WIDE)
    for pattern, by in LATEX:
        text = pattern.sub(by, text)
    return re.sub(r"[ \t\u3000]+", " ", GAPS.sub("", text)).strip()


def with_dollars(text: str, source: str) -> str:
    """The text, in which dollars are a word: their sign is lost in the text of a tale."""
    if HAN.search(source) or "$" not in source:
        return text
    return normal(re.sub(r"\$\s?(\d+(?:,\d{3})*(?:\.\d+)?)", r"\1 dollars", source))


def number(text: str) -> Expr:
    """``3``, ``0.25``, ``三``, ``两``."""
    if "." in text:
        return Number(Fraction(text), len(text.partition(".")[2]))
    value = numerals.chinese(text)
    assert value is not None
    return whole_number(int(value))


def count(text: str) -> int:
    """A whole number; 0 where it is none."""
    value = numerals.chinese(text)
    return int(value) if value is not None and value.denominator == 1 else 0


def positive(name: str) -> Relation:
    """``name > 0``."""
    return Relation(Comparison.GT, Symbol(name), whole_number(0))
