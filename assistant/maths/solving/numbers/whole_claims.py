"""Claims about all whole numbers: tables of remainders, or the smallest counterexample."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.common import Draft, TooLarge
from assistant.maths.solving.expressions.factoring import factor_steps
from assistant.maths.solving.numbers.joint_claims import joint_remainders
from assistant.maths.types import Link, Request, Rule, Step, Text
from assistant.maths.whole_claims import Claim, claimed, is_claim

SPLIT = Rule("whole.split", "Split the modulus into prime powers", "把模分解为素数幂")
DENOMINATOR = Rule("whole.denominator", "Multiply by the denominator", "两边同乘分母")
TABLE = Rule("whole.table", "Try every remainder", "逐个检验余数")
EXAMPLE = Rule("whole.counterexample", "A counterexample", "反例")
PUT_IN = Rule("whole.put_in", "Put the number in", "代入数值")
NEAR = 40
MOST = 5000
"""So many remainders are tried modulo one prime power."""
LARGEST = 10**7
SHOWN = 24
"""So many remainders are written down."""
BITS = 2000
UNKNOWN = Text(
    "understood, but no method here decides this claim about whole numbers",
    "题目已读懂，但没有能判定这一整数命题的方法",
)
ALL = Text("{0} stands for whole numbers", "{0} 取整数")
NEARLY = Text("false for {0}, but true for every {1}", "当 {0} 时不成立，但对一切 {1} 成立")
FROM_ZERO = Text("{0} stands for 0, 1, 2, …", "{0} 取 0, 1, 2, …")

Form = dict[tuple[int, int], Fraction]
"""The coefficients of ``n^k b^n`` by ``k`` and ``b``."""


def remainders(request: Request) -> Draft | None:
    """``n^3 - n`` is divisible by 6; ``11^n - 4^n`` is a multiple of 7.

    Raises ``TooLarge`` at such a claim that is not decided here: no other method does.
    """
    if not is_claim(request):
        return None
    claim = claimed(request)
    found = joint_remainders(request) if claim is None else _decided(request, claim)
    if found is None:
        raise TooLarge(UNKNOWN)
    return found


def _decided(request: Request, claim: Claim) -> Draft | None:
    form = _form(claim.value, claim.letter)
    if form is None:
        return None
    notes: tuple[Text, ...] = ()
    if request.domain is None or isinstance(request.domain, t.Interval):
        told = FROM_ZERO if claim.powers and request.domain is None else ALL
        notes = (replace(told, args=(t.Symbol(claim.letter),)),)
    statement = request.operands[0]
    wrong = _counterexample(claim, form)
    if wrong is not None:
        return _false(claim, form, wrong, notes)
    steps = _proof(claim, form, statement)
    if steps is None:
        return None
    return Draft(answer=t.Truth(value=True), steps=tuple(steps), method="remainders", notes=notes)


# the form -------------------------------------------------------------------------------


def _form(expr: t.Expr, name: str) -> Form | None:
    """The value as a sum of ``c n^k b^n``; ``None`` if it is none."""
    match expr:
        case t.Number(value):
            return {(0, 1): value}
        case t.Symbol(letter):
            return {(1, 1): Fraction(1)} if letter == name else None
        case t.Neg(arg):
            inner = _form(arg, name)
            return None if inner is None else {k: -c for k, c in inner.items()}
        case t.Add(parts):
            return _sum([_form(p, name) for p in parts])
        case t.Mul(parts):
            return _product([_form(p, name) for p in parts])
        case t.Div(num, den):
            below = _form(den, name)
            if below is None or set(below) != {(0, 1)} or not below[0, 1]:
                return None
            return _product([_form(num, name), {(0, 1): 1 / below[0, 1]}])
        case t.Pow(base, exponent):
            return _power(_form(base, name), _form(exponent, name))
    return None


def _sum(parts: list[Form | None]) -> Form | None:
    total: Form = {}
    for part in parts:
        if part is None:
            return None
        for key, c in part.items():
            total[key] = total.get(key, Fraction(0)) + c
    return _tidy(total)


def _product(parts: list[Form | None]) -> Form | None:
    total: Form = {(0, 1): Fraction(1)}
    for part in parts:
        if part is None or len(part) * len(total) > 400:
            return None
        made: Form = {}
        for (k, b), c in total.items():
            for (j, a), d in part.items():
                key = (k + j, b * a)
                made[key] = made.get(key, Fraction(0)) + c * d
        if any(
            b.bit_length() > BITS or c.numerator.bit_length() > BITS for (_, b), c in made.items()
        ):
            return None
        total = made
    return _tidy(total)


def _tidy(form: Form) -> Form:
    return {k: c for k, c in form.items() if c} or {(0, 1): Fraction(0)}


def _power(base: Form | None, exponent: Form | None) -> Form | None:
    if base is None or exponent is None:
        return None
    if set(exponent) == {(0, 1)}:
        times = exponent[0, 1]
        if times.denominator != 1 or not 1 <= times <= 60:
            return _of_number(base, Fraction(0), times)
        return _product([base] * int(times))
    if not set(exponent) <= {(0, 1), (1, 1)}:
        return None
    return _of_number(base, exponent[1, 1], exponent.get((0, 1), Fraction(0)))


def _of_number(base: Form, rate: Fraction, start: Fraction) -> Form | None:
    """``b^(rate n + start)`` for a whole number b that is not 0."""
    number = base.get((0, 1), Fraction(0))
    if set(base) != {(0, 1)} or number.denominator != 1 or not number:
        return None
    if rate.denominator != 1 or start.denominator != 1 or rate < 0:
        return None
    b, size = int(number), int(number).bit_length()
    if size * rate > BITS or size * abs(start) > BITS:
        return None
    return {(0, b ** int(rate)): Fraction(b) ** int(start)}


def _value(form: Form, n: int) -> Fraction:
    return sum((c * n**k * Fraction(b) ** n for (k, b), c in form.items()), Fraction(0))


# false ----------------------------------------------------------------------------------


def _counterexample(claim: Claim, form: Form) -> int | None:
    for n in claim.order(NEAR):
        value = _value(form, n)
        fits = value.denominator == 1 and (
            (int(value) % claim.modulus == claim.remainder) != claim.never
        )
        if not fits:
            return n
    return None


def _false(claim: Claim, form: Form, n: int, notes: tuple[Text, ...]) -> Draft:
    """The value at a number that breaks the claim, and from where on it holds nevertheless."""
    value = t.rational(_value(form, n))
    where = t.equation(t.Symbol(claim.letter), t.integer(n))
    put = t.substitute(claim.value, claim.letter, t.integer(n))
    told = Text("For {0} the value is {1}.", "当 {0} 时，值为 {1}。", (where, value))
    steps = []
    if put != value:
        why = Text("Put in {0}.", "代入 {0}。", (where,))
        steps.append(Step(rule=PUT_IN, why=why, before=put, after=value))
    steps.append(
        Step(
            rule=EXAMPLE,
            why=told,
            before=claim.statement(value),
            after=t.Truth(value=False),
            link=Link.FORMULA,
        )
    )
    said: tuple[Text, ...] = ()
    rest = claim.nearly(n)
    if rest is not None and _counterexample(rest, form) is None:
        proof = _proof(rest, form, rest.statement(rest.value))
        if proof is not None:
            steps += proof
            bound = t.Relation(t.Comparison.GE, t.Symbol(rest.letter), t.integer(rest.low or 0))
            said = (replace(NEARLY, args=(where, bound)),)
    return Draft(
        answer=t.Truth(value=False),
        steps=tuple(steps),
        method="counterexample",
        notes=(told, *notes),
        said=said,
    )


# true -----------------------------------------------------------------------------------


def _proof(claim: Claim, form: Form, statement: t.Expr) -> list[Step] | None:
    """The tables that show a claim; ``None`` if they are too long, or no claim is shown by them."""
    below = lcm(*(c.denominator for c in form.values()))
    modulus = claim.modulus * below
    if modulus > LARGEST or (claim.never and below > 1):
        return None
    if claim.low is None and any(abs(b) > 1 for _, b in form):
        return None
    steps = _factored(claim)
    whole = {k: int(c * below) for k, c in form.items()}
    if below > 1:
        value = from_sympy(_written(whole, claim.letter))
        claim = replace(claim, value=value, modulus=modulus, remainder=claim.remainder * below)
        why = Text(
            "Multiply by {0}, the modulus too: so it also says that the value is whole.",
            "数与模同乘 {0}，这同时表明原值为整数。",
            (t.integer(below),),
        )
        after = claim.statement(value)
        steps.append(_formula(DENOMINATOR, why, statement, after))
        statement = after
    parts = [modulus] if claim.never else [p**e for p, e in sp.factorint(modulus).items()] or [1]
    smaller = [replace(claim, modulus=q, remainder=claim.remainder % q) for q in parts]
    lines = tuple(one.statement(one.value) for one in smaller)
    if len(parts) > 1:
        why = Text(
            "These have no common factor, so that each may be looked at by itself.",
            "这些数两两互素，可以分别检验。",
        )
        steps.append(_formula(SPLIT, why, statement, t.Junction(t.Connective.AND, lines)))
    for one in smaller:
        table = _table(one, whole, one.modulus)
        if table is None or any((r == one.remainder) == one.never for r in table.found):
            return None
        steps.append(_shown(one, table))
    return steps


def _formula(rule: Rule, why: Text, before: t.Expr, after: t.Expr) -> Step:
    return Step(rule=rule, why=why, before=before, after=after, link=Link.FORMULA)


def _factored(claim: Claim) -> list[Step]:
    """The value as a product, where it is one: a person sees the reason there."""
    steps: list[Step] = []
    if not claim.powers and isinstance(claim.value, t.Add):
        line = factor_steps(claim.value, steps)
        if line is None or not isinstance(line, t.Mul):
            return []
    return steps


def _written(whole: dict[tuple[int, int], int], name: str) -> sp.Expr:
    n = sp.Symbol(name)
    return sp.Add(*(c * n**k * sp.Integer(b) ** n for (k, b), c in whole.items()))


@dataclass(frozen=True, slots=True)
class _Table:
    modulus: int
    first: int
    found: tuple[int, ...]
    """The remainders at ``first`` and behind it, until they repeat."""
    before: int
    """So many of them stand before the part that repeats."""
    swaps: tuple[tuple[int, int], ...]
    """Bases of powers with their remainders, where these are other numbers."""


def _table(claim: Claim, whole: dict[tuple[int, int], int], q: int) -> _Table | None:
    small: dict[tuple[int, int], int] = {}
    for (k, b), c in whole.items():
        key = (k, b if abs(b) == 1 else b % q)
        small[key] = (small.get(key, 0) + c) % q
    used = {k: c for k, c in small.items() if c}
    before, period = 0, q if any(k for k, _ in used) else 1
    for _, b in used:
        if b != 1:
            start, turn = _cycle(b, q)
            before, period = max(before, start), lcm(period, turn)
    if period + before > MOST:
        return None
    if claim.low is not None:
        first = claim.low
    else:
        first = 0 if claim.high is None else claim.high - period - before + 1
    # the remainders before a first number above 0 are left away, not those behind it
    powers_first = first if first >= 0 or all(abs(b) <= 1 for _, b in used) else None
    if powers_first is None:
        return None
    found = tuple(_at(used, n, q) for n in range(first, first + before + period))
    swaps = {b: b % q for _, b in whole if abs(b) > 1 and b % q != b}
    return _Table(q, first, found, before, tuple(swaps.items()))


def _put(swaps: tuple[tuple[int, int], ...], words: str, comma: str) -> str:
    """Which bases are replaced."""
    return "".join(comma + words.format(*pair) for pair in swaps)


def _cycle(b: int, q: int) -> tuple[int, int]:
    """From which exponent on the powers of b repeat modulo q, and after how many."""
    seen: dict[int, int] = {}
    power, e = 1 % q, 0
    while power not in seen and e <= MOST:
        seen[power] = e
        power, e = power * b % q, e + 1
    return (seen[power], e - seen[power]) if power in seen else (0, MOST + 1)


def _at(used: dict[tuple[int, int], int], n: int, q: int) -> int:
    def power(b: int) -> int:
        return b ** (n % 2) if abs(b) == 1 else pow(b, n, q)

    return sum(c * pow(n, k, q) * power(b) for (k, b), c in used.items()) % q


def _shown(claim: Claim, table: _Table) -> Step:
    statement = claim.statement(claim.value)
    q, n = t.integer(table.modulus), t.Symbol(claim.letter)
    period = len(table.found) - table.before
    link = Link.FORMULA if claim.powers or claim.never else Link.EQUIVALENT
    if period == 1 and not table.before:
        why = Text(
            "Modulo {0}{1}: for every {2} the remainder is {3}.",
            "模 {0}{4}：对一切 {2}，余数都是 {3}。",
            (q, _put(table.swaps, "one may write {1} for {0}", ", "), n,
             t.integer(table.found[0]), _put(table.swaps, "可用 {1} 代替 {0}", "，")),
        )  # fmt: skip
    elif len(table.found) <= SHOWN:
        places = ", ".join(str(table.first + i) for i in range(len(table.found)))
        values = ", ".join(map(str, table.found))
        why = Text(
            "Modulo {0} the remainders repeat after {1} numbers. For {2} = {3} they are {4}.",
            "模 {0} 时，余数每 {1} 个数重复一次。{2} = {3} 时，余数依次为 {4}。",
            (q, t.integer(period), n, places, values),
        )
    else:
        why = Text(
            "Modulo {0} the remainders repeat after {1} numbers; all of them were tried: {2}.",
            "模 {0} 时，余数每 {1} 个数重复一次；全部检验过：{2}。",
            (q, t.integer(period), ", ".join(map(str, sorted(set(table.found))))),
        )
    after = statement if link is Link.FORMULA else t.Truth(value=True)
    return Step(rule=TABLE, why=why, before=statement, after=after, link=link,
                variable=claim.letter)  # fmt: skip
