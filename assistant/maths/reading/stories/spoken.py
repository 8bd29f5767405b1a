"""Arithmetic with unknown numbers in whole words: ``five more than twice a number``, 一个数的3倍.

A text is read in every way that the forms below allow; where two of them differ, it is not clear
what is meant, and nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from assistant.maths import terms as t
from assistant.maths.reading import numerals
from assistant.maths.reading.phrases import Phrase, Span
from assistant.maths.reading.scan import HAN
from assistant.maths.reading.stories.telling import (
    DIGITS,
    EN_WORDS,
    ZH_DIGITS,
    amount,
    exact,
    literal,
)

TWO = t.integer(2)
Named = Callable[[str], "t.Expr | None"]
Make = Callable[..., "t.Expr | None"]
MAX_LETTERS = 160
"""Longer clauses are no sums in words, and have too many ways to be read."""


def _percent(share: t.Expr, whole: t.Expr) -> t.Expr:
    return t.Mul((t.Call("percent", (share,)), whole))


def _part(share: str, whole: t.Expr) -> t.Expr | None:
    if re.fullmatch(r"\d+ ?/ ?\d+", share):
        value = amount(share)
    else:
        value = numerals.fraction(share) if share.isascii() else numerals.chinese(share)
    if value is None or value.denominator == 1:
        return None
    return t.Mul((t.rational(value), whole))


def _times(a: t.Expr, b: t.Expr) -> t.Expr:
    return t.Mul((a, b))


def _gap(a: t.Expr, b: t.Expr) -> t.Expr:
    return t.Call("abs", (t.sub(a, b),))


def _swapped(a: t.Expr, b: t.Expr) -> t.Expr:
    return t.sub(b, a)


def _more(a: t.Expr, step: t.Expr) -> t.Expr | None:
    """So much more than something; by a bare fraction, it may be a part of that which is meant."""
    return None if _share(step) else t.add(a, step)


def _less(a: t.Expr, step: t.Expr) -> t.Expr | None:
    return None if _share(step) else t.sub(a, step)


def _share(step: t.Expr) -> bool:
    return isinstance(step, t.Div) and exact(step) is not None


def _is(a: t.Expr, other: t.Expr | None) -> t.Expr | None:
    return None if other is None else t.equation(a, other)


def _square(a: t.Expr) -> t.Expr:
    return t.Pow(a, TWO)


@dataclass(frozen=True)
class Form:
    """Words around places: ``<a>`` to ``<c>`` for values that hold together, ``<e>`` and ``<f>``
    for sums, too, ``<n>`` and ``<m>`` for numbers, and ``<w>`` for a fraction in words."""

    phrase: Phrase
    make: Make


def _forms(*pairs: tuple[str, Make]) -> tuple[Form, ...]:
    return tuple(Form(Phrase(pattern), make) for pattern, make in pairs)


EN_ATOMS = _forms(
    ("(?:twice|double) <a>", lambda a: t.Mul((TWO, a))),
    ("(?:thrice|triple) <a>", lambda a: t.Mul((t.integer(3), a))),
    ("<n> times <a>", _times),
    ("(?:one )?half(?: of)? <a>", lambda a: t.Mul((t.rational(Fraction(1, 2)), a))),
    ("<w> of <a>", _part),
    ("<n> ?(?:%|percent) of <a>", _percent),
    ("(?:the )?sum of <a> and <b>", t.add),
    ("(?:the )?difference of <a> and <b>", t.sub),
    ("(?:the )?difference between <a> and <b>", _gap),
    ("(?:the )?product of <a> and <b>", _times),
    ("(?:the )?quotient of <a> and <b>", t.Div),
    ("(?:the )?square of <a>", _square),
)
EN_SUMS = _forms(
    ("<a> (?:plus|increased by) <b>", t.add),
    ("<a> added to <b>", lambda a, b: t.add(b, a)),
    ("<a> (?:minus|decreased by|diminished by|reduced by) <b>", t.sub),
    ("<a> subtracted from <b>", _swapped),
    ("<a> multiplied by <b>", _times),
    ("<a> divided by <b>", t.Div),
    ("<a> (?:more|greater|larger) than <b>", lambda a, b: _more(b, a)),
    ("<a> (?:less|fewer|smaller) than <b>", lambda a, b: _less(b, a)),
)
EN_SAID = _forms(
    ("<e> (?:is equal to|equals|is the same as|gives|results in) <f>", t.equation),
    ("<e> (?:is|are) <f>", t.equation),
    ("(?:if |when )?<a> is increased by <b>,? (?:the result|it) (?:is|becomes) <e>", lambda a, b, c: t.equation(t.add(a, b), c)),
    ("(?:if |when )?<a> is (?:decreased|reduced|diminished) by <b>,? (?:the result|it) (?:is|becomes) <e>", lambda a, b, c: t.equation(t.sub(a, b), c)),
    ("(?:if |when )?<a> is multiplied by <b>,? the (?:result|product) is <e>", lambda a, b, c: t.equation(t.Mul((a, b)), c)),
    ("(?:if |when )?<a> is divided by <b>,? the (?:result|quotient) is <e>", lambda a, b, c: t.equation(t.Div(a, b), c)),
    ("(?:if |when )?<a> is added to <b>,? the (?:result|sum) is <e>", lambda a, b, c: t.equation(t.add(b, a), c)),
    ("(?:if |when )?<a> is subtracted from <b>,? the (?:result|difference) is <e>", lambda a, b, c: t.equation(t.sub(b, a), c)),
    ("<e> exceeds <f> by <a>", lambda a, b, c: t.equation(a, t.add(b, c))),
)  # fmt: skip
ZH_ATOMS = _forms(
    ("<a>的<n>倍", lambda a, b: t.Mul((b, a))),
    ("<a>的<w>", lambda a, w: _part(w, a)),
    ("<a>的一半", lambda a: t.Mul((t.rational(Fraction(1, 2)), a))),
    ("<a>的<n>%", lambda a, b: _percent(b, a)),
    ("<a>的平方", _square),
    ("<a>(?:与|和|加上?)<b>的和", t.add),
    ("<a>(?:与|和|减去?)<b>的差", t.sub),
    ("<a>(?:与|和|乘以?)<b>的积", _times),
    ("<a>(?:与|和|除以)<b>的商", t.Div),
)
ZH_SUMS = _forms(
    ("<a>加上?<b>", t.add),
    ("<a>减去?<b>", t.sub),
    ("<a>乘以?<b>", _times),
    ("<a>除以<b>", t.Div),
    ("比<a>(?:多|大)<n>的数", _more),
    ("比<a>(?:少|小)<n>的数", _less),
)
ZH_SAID = _forms(
    ("<e>(?:等于|正好是|恰好是|是|为|得)<f>", t.equation),
    (
        "<a>(?:与|和)<b>的?比(?:是|为)<n>:<m>",
        lambda a, b, n, m: t.equation(t.Div(a, b), t.Div(n, m)),
    ),
    ("<a>比<b>(?:多|大)<c>", lambda a, b, c: _is(a, _more(b, c))),
    ("<a>比<b>(?:少|小)<c>", lambda a, b, c: _is(a, _less(b, c))),
)
NUMBER = re.compile(rf"{DIGITS}|{EN_WORDS}|[{ZH_DIGITS}]+|\d+ ?/ ?\d+", re.IGNORECASE)


@dataclass
class Words:
    """One reading of clauses: what the names in them mean, and what was read already."""

    named: Named
    seen: dict[tuple[str, bool], list[t.Expr]] = field(default_factory=dict)

    def statement(self, text: str) -> t.Expr | None:
        """The equation that a clause says; ``None`` for none, or for more than one."""
        if len(text) > MAX_LETTERS:
            return None
        found = dict.fromkeys(self._filled(text, ZH_SAID if HAN.search(text) else EN_SAID))
        return next(iter(found)) if len(found) == 1 else None

    def _values(self, text: str, *, sums: bool) -> list[t.Expr]:
        """All that a text may mean."""
        text = text.strip(" ,")
        if (text, sums) not in self.seen:
            self.seen[text, sums] = []  # a text is no part of itself
            zh = bool(HAN.search(text))
            forms = ZH_ATOMS if zh else EN_ATOMS
            if sums:
                forms = (*forms, *(ZH_SUMS if zh else EN_SUMS))
            plain = self.named(text) or _number(text)
            found = [plain] if plain is not None else []
            self.seen[text, sums] = list(dict.fromkeys((*found, *self._filled(text, forms))))
        return self.seen[text, sums]

    def _filled(self, text: str, forms: tuple[Form, ...]) -> Iterator[t.Expr]:
        """What each way to lay a form over a text means."""
        for form in forms:
            for places in form.phrase.matches(Span(text, 0, len(text))):
                options = (self._options(name, part.text) for name, part in places.items())
                for choice in product(*options):
                    if (made := form.make(*choice)) is not None:
                        yield made

    def _options(self, place: str, text: str) -> list[t.Expr] | list[str]:
        if place == "w":
            return [text]
        if place in "nm":
            value = _number(text)
            return [] if value is None else [value]
        return self._values(text, sums=place in "ef")


def _number(text: str) -> t.Expr | None:
    return literal(text) if NUMBER.fullmatch(text) else None
