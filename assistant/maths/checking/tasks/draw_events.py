"""Probabilities of draws checked along the tree of draws, label by label.

The method counts equally likely outcomes; here every branch of the tree has its own
probability, a product of shares, and the sure event must come out as 1.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from assistant.maths.checking.tasks.quantities import UNKNOWN, settled, value_of
from assistant.maths.solving.common import Draft
from assistant.maths.types import Request, Verdict

MAX_BRANCHES = 50_000


def check_outcomes(request: Request, draft: Draft) -> Verdict:
    """The sum of the branches on which the event happens."""
    answer = value_of(draft.answer)
    words = request.words
    if answer is None or "|" not in words:
        return UNKNOWN
    cut = words.index("|")
    back, size, event = words[0] == "with", int(words[1]), words[2:cut]
    tree: dict[tuple[str, ...], Fraction] = {(): Fraction(1)}
    bag = Counter(words[cut + 1 :])
    for _ in range(size):
        tree = _grown(tree, bag, back=back)
        if len(tree) > MAX_BRANCHES:
            return UNKNOWN
    if sum(tree.values()) != 1:
        return UNKNOWN
    total = Fraction(0)
    for branch, share in tree.items():
        holds = _holds(event, Counter(branch), branch)
        if holds is None:
            return UNKNOWN
        total += share if holds else 0
    return settled(total == answer, "tree of draws")


def _grown(
    tree: dict[tuple[str, ...], Fraction], bag: Counter[str], *, back: bool
) -> dict[tuple[str, ...], Fraction]:
    grown: dict[tuple[str, ...], Fraction] = {}
    for branch, share in tree.items():
        left = bag if back else bag - Counter(branch)
        size = left.total()
        for label, n in left.items():
            grown[(*branch, label)] = share * Fraction(n, size)
    return grown


def _holds(event: tuple[str, ...], counts: Counter[str], branch: tuple[str, ...]) -> bool | None:
    head, rest = event[0], event[1:]
    most = max(counts.values())
    labels = {
        "all": lambda: counts[rest[0]] == len(branch),
        "same": lambda: most == len(branch),
        "different": lambda: most == 1,
        "set": lambda: counts == Counter(rest),
        "least": lambda: counts[rest[0]] >= int(rest[1]),
    }
    if head in labels:
        return labels[head]()
    numbers = [int(b) for b in branch]
    value = 1 if head == "product" else 0
    for n in numbers:
        value = value * n if head == "product" else value + n
    return _passes(value, rest)


def _passes(value: int, test: tuple[str, ...]) -> bool | None:
    if test[0] in ("odd", "even"):
        return bool(value & 1) == (test[0] == "odd")
    bound = int(test[1])
    if test[0] == "multiple":
        return value % bound == 0
    sign = (value > bound) - (value < bound)
    signs = {">": (1,), "<": (-1,), "=": (0,), ">=": (0, 1), "<=": (-1, 0)}.get(test[0])
    return None if signs is None else sign in signs
