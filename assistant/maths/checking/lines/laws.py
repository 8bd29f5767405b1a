"""The laws of sequences that a problem defines: ``a_n = 3n + 2``, or ``a_1 = 2`` and
``a_{n+1} = 3a_n - 1``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.checking.numerics.numeric import NoValue, evaluate
from assistant.maths.reading.claims.harmless import is_harmless
from assistant.maths.reading.formulas.formula import read_sure
from assistant.maths.reading.formulas.tokens import ReadingError

_TOLD = re.compile(
    r"(?<![A-Za-z\\_])([A-Za-z])_(?:\{([^{}]{1,5})\}|([n\d]\d{0,2}))\s*=\s*"
    r"(\S[^=,，;；。$\u4e00-\u9fff]{0,79}?)"
    r"(?=\s*(?:$|[,，;；。$\u4e00-\u9fff]|[.?]\s|[.?]$|\b(?:and|for|where|find|with|what|compute|determine)\b))",
    re.IGNORECASE,
)
"""``a_{n+1} = 3a_n - 1`` among words."""
_CONDITIONS = re.compile(
    r"\b(?:if|when|whenever|otherwise|odd|even|unless|except|not|instead|period\w*|or)\b"
    r"|[奇偶当若]|如果|否则|周期|不|或|[<>≤≥]|\\[lg](?:eq?|t)(?![a-z])"
    r"|\b(?:from|to|between|until|up)\b|至|到",
    re.IGNORECASE,
)
"""What may keep a law from some of the terms."""
_BOUND = r"[(（]?\bn\s*(?:(?:>=|≥|\\geq?(?![a-z]))\s*{0}|>\s*{1})(?!\d)[)）]?"
_ALL = re.compile(_BOUND.format("[01]", "0"))
_SECOND = re.compile(_BOUND.format("2", "1"))
"""A bound that leaves out nothing where ``a_1`` is told, and ``a_n`` by the term before it."""
_FIRST = re.compile(r"\bfirst\s+(?!n\b)|前\s*(?!n)")
_WORDS = re.compile(
    r"\b(?:sequences?|terms?|defined|recursively|recursion|recurrence|satisf\w+|find|compute|given|consider|suppose|what|for|all|sum|of)\b"
    r"|数列|满足|通项公式?|前|项和?|已知|各|求|计算|等差|等比|正整数|\bn\b|\b\d+(?:st|nd|rd|th)\b|[{}\\]",
    re.IGNORECASE,
)
MOST = 300
"""Terms that are worked out one after another."""


@dataclass(frozen=True, slots=True)
class Law:
    """How the terms of a sequence follow: by their number, or each from the one before it and
    the number of that; ``told`` is the formula of the problem."""

    told: t.Relation
    body: t.Expr
    before: str = ""
    """The letter of the term before, where it is needed."""
    first: tuple[int, Fraction] | None = None

    def term(self, number: int) -> t.Expr | None:
        """The term of this number as a formula."""
        if not self.before:
            return t.substitute(self.body, "n", t.integer(number))
        if self.first is None or not self.first[0] <= number <= self.first[0] + MOST:
            return None
        at, value = self.first
        while at < number:
            try:
                found = evaluate(self.body, {"n": Fraction(at), self.before: value})
            except NoValue:
                return None
            if not isinstance(found, Fraction):
                return None
            at, value = at + 1, found
        return t.rational(value)


def laws(problem: str) -> dict[str, Law]:
    """The sequences that the problem defines once and for all numbers."""
    text = _ALL.sub("", problem)
    from_second = _SECOND.search(text) is not None
    text = _SECOND.sub("", text)
    start = _TOLD.search(text)
    if start is None or _CONDITIONS.search(text) or _FIRST.search(text, 0, start.start()):
        return {}
    found: dict[str, Law] = {}
    first: dict[str, tuple[int, Fraction]] = {}
    for name, index, short, formula in _TOLD.findall(text):
        place = (index or short).replace(" ", "")
        try:
            body = read_sure(formula.strip())
        except (ReadingError, RecursionError):
            return {}
        if place.isdigit() and isinstance(body, t.Number):
            if name in first:
                return {}  # more than one term to begin with
            first[name] = int(place), body.value
        elif (law := _law(name, place, body)) is not None and name not in found:
            found[name] = law
        else:
            return {}
    fit = all(_fits(law, first.get(name), from_second=from_second) for name, law in found.items())
    return {
        name: Law(law.told, law.body, law.before, first.get(name))
        for name, law in found.items()
        if fit
    }


def _fits(law: Law, first: tuple[int, Fraction] | None, *, from_second: bool) -> bool:
    """Whether a law holds from the first term that is told."""
    if from_second:
        stepwise = law.before.endswith("{n-1}")
        return stepwise and first is not None and first[0] == 1
    if law.before or first is None:
        return True
    try:
        return bool(evaluate(law.body, {"n": Fraction(first[0])}) == first[1])
    except NoValue:
        return False


def _law(name: str, place: str, body: t.Expr) -> Law | None:
    told = t.equation(t.Symbol(f"{name}_{place}" if place == "n" else f"{name}_{{{place}}}"), body)
    names = set(t.symbols(body))
    if place == "n" and names <= {"n"}:
        return Law(told, body)
    if place == "n+1" and names <= {"n", f"{name}_n"}:
        return Law(told, body, f"{name}_n")
    before = f"{name}_{{n-1}}"
    if place == "n" and names <= {"n", before}:
        shifted = t.substitute(body, "n", t.add(t.Symbol("n"), t.integer(1)))
        return Law(told, shifted, before)
    return None


def is_plain(problem: str) -> bool:
    """Whether all words of a problem are known to leave its sequences as they are."""
    return is_harmless(_WORDS.sub(" ", _TOLD.sub(" ", problem)))
