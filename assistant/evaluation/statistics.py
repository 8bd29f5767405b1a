"""How sure a share is, and whether one way of answering is better than another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from assistant.evaluation.results import Outcome, Result

Z95 = 1.959963984540054
"""Half the width of the middle 95 % of a normal distribution, in standard deviations."""
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the interval that holds the true share with 95 % confidence."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval (Wilson 1927), which is sound for few questions too."""
        if not self.of:
            return 0.0, 1.0
        n, p, z = self.of, self.value, Z95
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


def share(results: Sequence[Result]) -> Share:
    """How many are right; an answer that was not decided is not counted as right."""
    return Share(sum(r.outcome is Outcome.RIGHT for r in results), len(results))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two ways over the questions that both were asked: how many only one of them has right."""

    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def p_value(self) -> float:
        """McNemar's exact test (McNemar 1947): how likely a difference as large, or larger, is if
        both are equally good.  Two-sided, by the binomial distribution of the questions that only
        one has right."""
        n, least = self.only_first + self.only_second, min(self.only_first, self.only_second)
        tail = ways = 1
        for k in range(least):  # binomial coefficients, each from the one before
            ways = ways * (n - k) // (k + 1)
            tail += ways
        return min(1.0, tail / 2 ** (n - 1)) if n else 1.0

    @property
    def significant(self) -> bool:
        """Is it less likely than one in twenty?"""
        return self.p_value < LEVEL


def compare(first: Sequence[Result], second: Sequence[Result]) -> Comparison:
    """Question by question."""
    cells = Counter(
        (one.outcome is Outcome.RIGHT, other.outcome is Outcome.RIGHT)
        for one, other in pairs(first, second)
    )
    return Comparison(
        both=cells[True, True],
        only_first=cells[True, False],
        only_second=cells[False, True],
        neither=cells[False, False],
    )


def pairs(first: Sequence[Result], second: Sequence[Result]) -> list[tuple[Result, Result]]:
    """What became of each question that both were asked.  The id alone does not tell: where a set
    has none, it is the number of the line."""
    other = {(result.id, result.question): result for result in second}
    keys = ((one, (one.id, one.question)) for one in first)
    return [(one, other[key]) for one, key in keys if key in other]
