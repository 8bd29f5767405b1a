"""One side of an equality in prose: a formula whose numbers may carry units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.maths.reading.claims import units
from assistant.maths.reading.claims.tokens import FUNCTIONS, Sort, Token
from assistant.maths.reading.claims.units import Measured, Unit

MAX_UNIT_WORDS = 3
MOST_NESTED = 60
"""Signs behind which a side begins anew; with more, nobody reads it."""
STOP = frozenset(
    "and or is are was were be been being so then which that who she he it they we you i"
    " has have had will would gives give gave equals equal makes make made get gets got total"
    " totals if when while because since as to more less than left there can could"
    " should must do does did not no per in into with within for from at on after before during"
    " until".split()
)
"""Words that are no unit, and end one."""


STOP_HAN = re.compile(
    r"^(?:代?入?得|代入|所以|即|则|因此|故|解得|可得|有|成立|是|为|或|且|和|与|时)"
)
"""The same in Chinese: no unit begins so."""
BENDING = re.compile(
    r"^(?:squared|cubed|doubled|tripled|halved|to|out|choose|power|factorial)$"
    r"|次方|次幂|倍|倒数|以内|一半|的和|的差|的积|的商|相反数|绝对值|^的?(?:平方|立方)(?![米厘分毫千公])"
)
"""Words behind a number that calculate with it."""
APPLIED = re.compile(
    r"^(?:a(?:rc)?)?(?:sin|cos|tan|cot|sec|csc)h?$|^(?:ln|lg|log|exp|sqrt|abs|times)$"
)
"""Functions: in ``3 sin x`` the word is no unit."""
JOINS = frozenset({"plus", "minus", "squared", "cubed"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A side: its formula without units, the value with them, and what they were."""

    formula: str
    measured: Measured | None
    units: frozenset[str] = frozenset()
    ambiguous: bool = False
    operators: int = 0
    guessed: bool = False
    """Whether a sign may have been a dash, or words stood in the middle."""
    bare: bool = False
    """Whether a number in it has no unit that is known."""
    mixed: bool = False
    """Whether quantities of different kinds are added in it."""
    rated: bool = False
    """Whether a rate is written out in it: ``60 km/h``."""


class NoSide(Exception):  # noqa: N818 - "not a formula" as a value
    """The tokens are no formula."""


@dataclass
class SideReader:
    """Recursive descent over the tokens of one side."""

    tokens: list[Token]
    at: int = 0
    units: set[str] = field(default_factory=set)
    ambiguous: bool = False
    operators: int = 0
    guessed: bool = False
    bare: bool = False
    mixed: bool = False
    rated: bool = False

    @property
    def now(self) -> Token | None:
        """The next token."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def sign(self, *texts: str) -> str:
        """Take one of these signs if it is next."""
        token = self.now
        if token is not None and token.sort is Sort.SIGN and token.text in texts:
            self.at += 1
            return token.text
        return ""

    def reading(self) -> Reading:
        """A whole sum.  Raises ``NoSide``."""
        if sum(token.text in ("(", "[", "√", "-") for token in self.tokens) > MOST_NESTED:
            raise NoSide
        text, value = self.sum()
        found = frozenset(self.units)
        return Reading(
            text, value, found, self.ambiguous, self.operators, self.guessed,
            self.bare, self.mixed, self.rated,
        )  # fmt: skip

    def sum(self) -> tuple[str, Measured | None]:
        """Terms with + and - between them."""
        text, value = self.product()
        while True:
            before = self.tokens[self.at - 1]
            sign = self.sign("+", "-", "±")
            if not sign:
                return text, value
            dash = before.sort is Sort.WORD and units.unit_at_start(before.text) is None
            self.guessed |= sign == "-" and dash
            self.operators += 1
            more, other = self.product()
            text += f" {sign} {more}"
            kinds = {frozenset(dict(v.dimension)) for v in (value, other) if v and v.dimension}
            self.mixed |= len(kinds) > 1
            value = units.plus(value, other, 1 if sign == "+" else -1) if sign != "±" else None

    def product(self) -> tuple[str, Measured | None]:
        """Factors with signs, *of*, or nothing between them."""
        text, value = self.factor()
        while True:
            token = self.now
            if sign := self.sign("*", "/", "÷"):
                self.operators += 1
                here = self.at
                more, other = self.divisor() if sign == "÷" else self.factor()
                self.guessed |= sign == "/" and self.uneven(here)
                text += f"{'*' if sign == '*' else '/'}{more}"
                if sign == "/" and self.is_literal(here):
                    value = self.part_of_unit(value, other, here)
                else:
                    value = units.times(value, other, 1 if sign == "*" else -1)
            elif token is not None and self.multiplies(token):
                self.at += token.sort is Sort.WORD
                self.operators += 1
                more, other = self.power()
                text += f"*{more}" if token.sort is Sort.WORD else more
                value = units.times(value, other, 1)
            else:
                return text, value

    def divisor(self) -> tuple[str, Measured | None]:
        """What stands behind ÷: in ``12 ÷ 3/4`` the fraction."""
        text, value = self.factor()
        here = self.at
        if self.sign("/") and self.is_literal(here + 1):
            more, other = self.factor()
            return f"({text}/{more})", units.times(value, other, -1)
        self.at = here
        return text, value

    def uneven(self, at: int) -> bool:
        """Whether ``50 / 1/2`` may mean a division by the half."""
        bar, bottom = self.tokens[at - 1], self.tokens[at]
        follows = self.at < len(self.tokens) and self.tokens[self.at].text == "/"
        return follows and (bar.spaced or bottom.spaced)

    def is_literal(self, at: int) -> bool:
        """Whether the number at a place is the lower part of a fraction, ``3/4 hour``."""
        if at < 2 or at >= len(self.tokens):
            return False
        top, bar, bottom = self.tokens[at - 2 : at + 1]
        numbers = top.sort is bottom.sort is Sort.NUMBER
        return numbers and not bar.spaced and not bottom.spaced

    def part_of_unit(
        self, top: Measured | None, bottom: Measured | None, at: int
    ) -> Measured | None:  # fmt: skip
        """A fraction whose unit stands behind its lower part."""
        digits = Fraction(self.tokens[at].text.replace(",", ""))
        if top is None or bottom is None or not bottom.value or top.dimension:
            return units.times(top, bottom, -1)
        return Measured(top.value * bottom.value / digits**2, bottom.dimension)

    def multiplies(self, token: Token) -> bool:
        """Whether what follows is a factor: ``60(5)``, ``2x``, ``50% of 80``."""
        after = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        before = self.tokens[self.at - 1]
        if token.sort is Sort.WORD:
            value = after is not None and after.sort in (Sort.NUMBER, Sort.MONEY)
            behind = self.tokens[self.at + 2] if self.at + 2 < len(self.tokens) else None
            if value and behind is not None and BENDING.search(behind.text):
                raise NoSide
            return token.text in ("of", "的") and value and before.sort is not Sort.WORD
        if before.sort is Sort.WORD:
            return False
        if token.sort is Sort.LETTER:
            return not token.spaced or self.tokens[self.at - 1].sort in (Sort.LETTER, Sort.NUMBER)
        return token.sort is Sort.SIGN and token.text in ("(", "[", "√", "π")

    def factor(self) -> tuple[str, Measured | None]:
        """A power with its sign."""
        if self.sign("-"):
            text, value = self.factor()
            zero = value and Measured(Fraction(0), value.dimension)
            return f"(-{text})" if self.at > 1 else f"-{text}", units.plus(zero, value, -1)
        return self.power()

    def power(self) -> tuple[str, Measured | None]:
        """A value with ``^`` and what is written behind it."""
        text, value = self.atom()
        if self.sign("!"):
            text, value = f"{text}!", None
        if self.sign("^"):
            more, other = self.factor()
            text, value = f"{text}^{more}", units.raised(value, other)
            self.operators += 1
        return text, value

    def atom(self) -> tuple[str, Measured | None]:
        """A number with its unit, a letter, a bracket, a root."""
        token = self.now
        if token is None:
            raise NoSide
        self.at += 1
        match token.sort, token.text:
            case Sort.MONEY, mark:
                if self.now is None or self.now.sort is not Sort.NUMBER:
                    raise NoSide
                self.at += 1
                return self.number(self.tokens[self.at - 1].text, units.UNITS.get(mark))
            case Sort.NUMBER, digits:
                return self.number(digits, None)
            case Sort.LETTER, name:
                self.bare = True
                return name, None
            case Sort.SIGN, ("(" | "["):
                text, value = self.sum()
                if not self.sign(")", "]"):
                    raise NoSide
                return f"({text})", self.scaled(value, self.unit())
            case Sort.SIGN, "π":
                return "π", None
            case Sort.SIGN, "√":
                self.operators += 1
                text, _ = self.atom()
                return f"sqrt({text})", None
            case Sort.WORD, name if name in FUNCTIONS and self.sign("("):
                text, _ = self.sum()
                if not self.sign(")"):
                    raise NoSide
                self.operators += 1
                return f"{name}({text})", None
        raise NoSide

    def number(self, digits: str, money: Unit | None) -> tuple[str, Measured | None]:
        """A literal: percent, a multiplier (*million*), mixed number, unit, 2 h 30 min."""
        text = digits.replace(",", "")
        amount = Fraction(text)
        if self.sign("%"):
            self.bare = True
            return f"{text}%", Measured(amount / 100)
        self.sign("°")
        text, amount = self.mixed_number(text, amount)
        text, amount = self.multiplied(text, amount)
        if money is not None:
            self.units.add(money.name)
            self.unit()
            return text, Measured(amount * money.factor, money.dimension)
        unit = self.unit()
        self.bare |= unit is None
        value = self.scaled(Measured(amount), unit)
        while unit is not None and (smaller := self.second_part(unit)) is not None:
            more = self.tokens[self.at].text.replace(",", "")
            self.at += 1
            self.take_unit(smaller)
            value = units.plus(value, self.scaled(Measured(Fraction(more)), smaller), 1)
            text, unit = "?", smaller  # two units: there is no reading without them
        return text, value

    def mixed_number(self, text: str, amount: Fraction) -> tuple[str, Fraction]:
        """``1 2/3``: a whole number and a proper fraction."""
        if not self.is_literal(self.at + 2) or not self.tokens[self.at].spaced:
            return text, amount
        top, bottom = (self.tokens[self.at + n].text for n in (0, 2))
        if not (top + bottom + text).isdigit() or int(top) >= int(bottom):
            return text, amount
        self.at += 3
        return f"({text}+{top}/{bottom})", amount + Fraction(int(top), int(bottom))

    def multiplied(self, text: str, amount: Fraction) -> tuple[str, Fraction]:
        """``3 million``, ``5万``."""
        token = self.now
        if token is None or token.sort is not Sort.WORD:
            return text, amount
        word = token.text.lower()
        key = word if word in units.MULTIPLIERS else token.text[:1]
        if key not in units.MULTIPLIERS:
            return text, amount
        scale = units.MULTIPLIERS[key]
        if key == word:
            self.at += 1
        else:
            rest = token.text[1:]
            self.tokens[self.at] = Token(Sort.WORD, rest, token.start + 1, token.end, spaced=False)
        return f"({text}*{scale})", amount * scale

    def second_part(self, unit: Unit) -> Unit | None:
        """The unit where ``46 minutes`` follows ``2 hours``: a smaller one of the same kind."""
        if self.at + 1 >= len(self.tokens) or self.tokens[self.at].sort is not Sort.NUMBER:
            return None
        after = self.tokens[self.at + 1]
        return units.part_of(unit, after.text) if after.sort is Sort.WORD else None

    def take_unit(self, unit: Unit) -> None:
        """The word of a unit that is known by the one before."""
        word = self.tokens[self.at]
        if units.unit_at_start(word.text) is not None:
            self.unit()
            return
        self.units.add(unit.name)
        if rest := word.text[1:]:
            self.tokens[self.at] = Token(Sort.WORD, rest, word.start + 1, word.end, spaced=False)
        else:
            self.at += 1

    def scaled(self, value: Measured | None, unit: Unit | None) -> Measured | None:
        """A value in a unit."""
        if value is None or unit is None:
            return value
        return units.times(value, Measured(unit.factor, unit.dimension), 1)

    def unit(self) -> Unit | None:
        """The words behind a value; the unit that they begin with, where it is one."""
        first: Unit | None = None
        taken = 0
        while taken < MAX_UNIT_WORDS and (token := self.now) is not None:
            if token.sort is not Sort.WORD or token.text.lower() in STOP or self.is_operator(token):
                break
            if STOP_HAN.match(token.text):
                break
            if BENDING.search(token.text) or self.applies(token):
                raise NoSide
            known = units.unit_at_start(token.text)
            self.ambiguous |= token.text in units.AMBIGUOUS or (
                known is None and token.text[:1] == "分"
            )
            if known is not None and taken == 0:
                first = self.raised_unit(known)
                self.units.add(first.name)
                taken += 1
                continue
            if known is not None or token.text.lower() in ("square", "cubic", "sq"):
                self.ambiguous = True
            self.at += 1
            taken += 1
            self.per()
        return first

    def applies(self, token: Token) -> bool:
        """Whether the formula goes on with a word: ``3 sin x``, ``x^2 minus its third``; the sec of
        ``5 sec`` is a unit."""
        after = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        argument = after is not None and re.match(r"[(√\d]|\w$", after.text) is not None
        return token.text.lower() in JOINS or (APPLIED.match(token.text) is not None and argument)

    def raised_unit(self, unit: Unit) -> Unit:
        """Take a known unit with its power, ``cm^2``, or as a rate, ``km/h``."""
        self.at += 1
        unit = self.with_power(unit)
        if (by := self.divided_by()) is None:
            self.per()
            return unit
        self.at += 2
        self.rated = True
        return units.rate(unit, self.with_power(by))

    def with_power(self, unit: Unit) -> Unit:
        """A unit with the power that is written behind it."""
        here = self.at
        if self.sign("^") and self.now is not None and self.now.text in ("2", "3"):
            self.at += 1
            return units.power(unit, int(self.tokens[self.at - 1].text))
        self.at = here
        return unit

    def divided_by(self) -> Unit | None:
        """The unit of a rate behind ``/`` or *per*: that of time in ``km/h``."""
        if self.now is None or self.now.text not in ("/", "per", "每"):
            return None
        after = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        if after is None or after.sort not in (Sort.WORD, Sort.LETTER):
            return None
        return units.UNITS.get(after.text)

    def is_operator(self, token: Token) -> bool:
        """Whether *of* stands before a number."""
        return token.text in ("of", "的") and self.multiplies(token)

    def per(self) -> None:
        """``dollars/ride``, ``miles per hour``: a rate, whose unit is not followed further."""
        token = self.now
        after = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        if token is None or after is None or after.sort not in (Sort.WORD, Sort.LETTER):
            return
        if token.text in ("/", "per"):
            self.at += 2
            self.ambiguous = True
