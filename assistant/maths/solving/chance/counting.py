"""Arrangements with repeated letters, and the binomial distribution."""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial, prod

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.numbers.quantities import has_decimals, integers, rational, written
from assistant.maths.types import Link, Request, Rule, Step, Text

REPEATED = Rule("counting.repeated", "Divide out the order of equal letters", "除去相同字母的排列")
TERM = Rule("binomial.term", "Formula of the binomial distribution", "二项分布公式")
CASES = Rule("binomial.cases", "Add the cases", "各情况相加")
COMPLEMENT = Rule("binomial.complement", "Take the opposite event", "求对立事件")
WORK_OUT = Rule("counting.work_out", "Work it out", "计算")
MOST_TRIALS = 200
MOST_TERMS = 12


def arrangements(request: Request) -> Draft | None:
    """``n! / (k₁! k₂! …)``: letters that occur k times may change places unseen."""
    if request.topic != topics.ARRANGEMENTS or not request.words:
        return None
    counts = [int(w) for w in request.words]
    top = t.Call("factorial", (t.integer(sum(counts)),))
    repeated = [t.Call("factorial", (t.integer(c),)) for c in counts if c > 1]
    line = t.Div(top, t.mul(*repeated)) if repeated else top
    value = t.integer(factorial(sum(counts)) // prod(map(factorial, counts)))
    why = Text(
        "{0} letters in all; equal letters may change places unseen.",
        "共 {0} 个字母；相同字母互换位置不产生新的排列。",
        (t.integer(sum(counts)),),
    )
    trail = Trail(line)
    trail.to(value, REPEATED, why)
    return Draft(answer=value, steps=tuple(trail.steps), method="counting")


def binomial(request: Request) -> Draft | None:
    """The probability of between ``low`` and ``high`` successes; the shorter way round."""
    if request.topic != topics.BINOMIAL or len(request.operands) != 4:
        return None
    chance, whole = request.operands[1], integers((request.operands[0], *request.operands[2:]))
    p = rational(chance)
    if whole is None or p is None or not 0 <= p <= 1:
        return None
    n, low, high = whole
    low, high = max(low, 0), min(high, n)
    if not 0 < n <= MOST_TRIALS or low > high:
        return None
    other = [k for k in range(n + 1) if not low <= k <= high]
    opposite = 0 < len(other) < high - low + 1
    cases = other if opposite else list(range(low, high + 1))
    if len(cases) > MOST_TERMS:
        return None
    terms = [_term(n, k, chance, p) for k in cases]
    line = t.add(*terms)
    if opposite:
        line = t.add(t.integer(1), *(t.Neg(x) for x in terms))
    total = sum((Fraction(comb(n, k)) * p**k * (1 - p) ** (n - k) for k in range(low, high + 1)),
                Fraction(0))  # fmt: skip
    law = t.mul(
        t.Call("binomial", (t.Symbol("n"), t.Symbol("k"))), t.Pow(t.Symbol("p"), t.Symbol("k")),
        t.Pow(t.sub(t.integer(1), t.Symbol("p")), t.sub(t.Symbol("n"), t.Symbol("k"))),
    )  # fmt: skip
    why = Text(
        "The probability of k successes in n trials.", "n 次独立重复试验中恰好成功 k 次的概率。"
    )
    start = Step(rule=TERM, why=why, before=law, after=law, link=Link.FORMULA)
    rule, told = (
        (COMPLEMENT, Text("One minus the other cases.", "用 1 减去其余情况。"))
        if opposite
        else (CASES, Text("The cases k = {0} to {1}.", "k = {0} 到 {1} 的情况。",
                          (t.integer(low), t.integer(high))))
    )  # fmt: skip
    choose = Step(rule=rule, why=told, before=law, after=line, link=Link.FORMULA)
    trail = Trail(line)
    trail.to(written(total, decimal=has_decimals(chance)), WORK_OUT, Text("Calculate.", "计算。"))
    return Draft(
        answer=trail.line, steps=(start, choose, *trail.steps), method="binomial distribution"
    )


def _term(n: int, k: int, chance: t.Expr, p: Fraction) -> t.Expr:
    miss = written(1 - p, decimal=has_decimals(chance))
    return t.mul(t.Call("binomial", (t.integer(n), t.integer(k))),
                 t.Pow(chance, t.integer(k)), t.Pow(miss, t.integer(n - k)))  # fmt: skip
