"""Linear congruences by an inverse, several of them one into the other, others by trying."""

from __future__ import annotations

from math import gcd

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.tasks.congruences import Congruence, congruences
from assistant.maths.solving.common import Draft
from assistant.maths.solving.equations.solution_sets import EMPTY, INTEGERS, K, union
from assistant.maths.solving.equations.unknowns import choose_unknowns, statements
from assistant.maths.types import Link, Request, Rule, Step, Text

DIVIDE = Rule("congruence.divide", "Divide by the common divisor", "约去公因数")
INVERSE = Rule("congruence.inverse", "Multiply by the inverse", "乘以逆元")
NONE = Rule("congruence.none", "No solution", "无解")
TRY = Rule("congruence.try_all", "Try every remainder", "逐个检验余数")
JOIN = Rule("congruence.join", "Put one congruence into the other", "将一个同余式代入另一个")
LEAST = Rule("congruence.least", "Take the least", "取最小者")
WRITE = Rule("congruence.write", "Write all solutions", "写出全部解")
Class = tuple[int, int]
"""``start`` and ``modulus`` of a class of remainders."""
MOST = 2000
"""So many remainders are tried one by one."""
NOTE = Text("Whole numbers are meant; {0} is any integer.", "所求为整数，{0} 为任意整数。",
            (t.Symbol(K.name),))  # fmt: skip


def congruence(request: Request) -> Draft | None:
    """``3x ≡ 4 (mod 7)``; ``x ≡ 2 (mod 3), x ≡ 3 (mod 5)``."""
    names = choose_unknowns(request)
    if len(names) != 1 or request.domain not in (None, INTEGERS):
        return None
    solved = _classes(names[0], statements(request))
    if solved is None:
        return None
    answer, _, steps = solved
    return Draft(answer=answer, steps=steps, method="congruences", variables=names,
                 notes=(NOTE,) if answer != EMPTY else ())  # fmt: skip


def least(request: Request) -> Draft | None:
    """The least number, from an allowed one on, that fulfils congruences."""
    if request.topic != topics.LEAST or len(request.variables) != 1:
        return None
    solved = _classes(request.variables[0], request.operands)
    if solved is None:
        return None
    family, classes, steps = solved
    if not classes:
        return Draft(answer=EMPTY, steps=steps, method="congruences")
    low = int(request.words[0])
    answer = t.integer(min(low + (start - low) % size for start, size in classes))
    why = Text("The least of these numbers from {0} on.", "其中不小于 {0} 的最小者。",
               (t.integer(low),))  # fmt: skip
    last = Step(rule=LEAST, why=why, before=family, after=answer, link=Link.FORMULA)
    return Draft(answer=answer, steps=(*steps, last), method="congruences")


def _classes(
    name: str, given: tuple[t.Expr, ...]
) -> tuple[t.Expr, list[Class], tuple[Step, ...]] | None:
    """All solutions as a set and as classes, with the steps."""
    whole: t.Expr = given[0] if len(given) == 1 else t.Junction(t.Connective.AND, given)
    found = congruences(whole, name)
    if found is None:
        return None
    steps: list[Step] = []
    simple = []
    for one, statement in zip(found, given, strict=True):
        roots = _roots(one, statement, name, steps)
        if roots is None:
            return None
        simple.append(roots)
    classes = simple[0]
    for other in simple[1:]:
        classes = _joined(classes, other, name, steps)
        if len(classes) > MOST:
            return None
    every = bool(classes) and len(classes) == classes[0][1]
    answer = INTEGERS if every else union([_family(*one) for one in sorted(classes)])
    last = Step(
        rule=WRITE if classes else NONE,
        why=Text("All whole numbers with such a remainder.", "具有该余数的所有整数。")
        if classes
        else Text("No whole number has these remainders.", "没有整数满足这些余数。"),
        before=whole, after=answer, link=Link.SOLUTION, variable=name,
    )  # fmt: skip
    return answer, classes, (*steps, last)


def _family(start: int, step: int) -> t.Expr:
    if step == 1:
        return INTEGERS
    index = t.Symbol(K.name)
    body = t.mul(t.integer(step), index)
    return t.Call("imageset", (t.add(body, t.integer(start)) if start else body, index))


def _line(factor: int, name: str, rest: int, modulus: int) -> t.Expr:
    """``factor*x ≡ rest (mod modulus)``."""
    x = t.Symbol(name)
    left = x if factor == 1 else t.mul(t.integer(factor), x)
    sides = [t.Call("mod", (side, t.integer(modulus))) for side in (left, t.integer(rest))]
    return t.equation(*sides)


def _roots(one: Congruence, statement: t.Expr, name: str, steps: list[Step]) -> list[Class] | None:
    """The classes of solutions of one congruence."""
    if len(one.coefficients) == 2 and 0 <= one.remainder < one.modulus:
        return _linear(one, statement, name, steps)
    if one.modulus > MOST:
        return None
    found = [n for n in range(one.modulus) if one.holds(n)]
    line = _either([_line(1, name, n, one.modulus) for n in found])
    why = Text(
        "The truth depends on the remainder modulo {0} alone: try all of them.",
        "是否成立只取决于模 {0} 的余数，逐个检验。",
        (t.integer(one.modulus),),
    )
    steps.append(_step(TRY, why, statement, line, name))
    return [(n, one.modulus) for n in found]


def _either(lines: list[t.Expr]) -> t.Expr:
    if not lines:
        return t.Truth(value=False)
    return lines[0] if len(lines) == 1 else t.Junction(t.Connective.OR, tuple(lines))


def _step(rule: Rule, why: Text, before: t.Expr, after: t.Expr, name: str) -> Step:
    return Step(rule=rule, why=why, before=before, after=after, link=Link.EQUIVALENT, variable=name)


def _linear(one: Congruence, statement: t.Expr, name: str, steps: list[Step]) -> list[Class] | None:
    a, b, m = one.coefficients[0], one.remainder - one.coefficients[1], one.modulus
    common = gcd(a, m)
    if b % common:
        why = Text(
            "{0} divides {1} and {2}, but not {3}.",
            "{0} 整除 {1} 和 {2}，但不整除 {3}。",
            tuple(map(t.integer, (common, a, m, b % m))),
        )
        steps.append(_step(NONE, why, statement, t.Truth(value=False), name))
        return []
    a, b, m = a // common, b // common, m // common
    line = statement
    if common > 1:
        divided = _line(a % m or m, name, b % m, m) if m > 1 else t.Truth(value=True)
        why = Text("Divide by {0}, the modulus too.", "两边与模同除以 {0}。", (t.integer(common),))
        steps.append(_step(DIVIDE, why, line, divided, name))
        line = divided
    if m == 1:
        return [(0, 1)]
    inverse = pow(a, -1, m)
    after = _line(1, name, b * inverse % m, m)
    if after != line:
        why = Text(
            "{0}·{1} leaves the remainder 1 modulo {2}: multiply by {1}.",
            "{0}·{1} 模 {2} 余 1，两边同乘 {1}。",
            tuple(map(t.integer, (a % m, inverse, m))),
        )
        steps.append(_step(INVERSE, why, line, after, name))
    return [(b * inverse % m, m)]


def _joined(
    one: list[Class], other: list[Class], name: str, steps: list[Step]
) -> list[Class]:  # fmt: skip
    """The classes that lie in one of each: x = r + m k is put into the other congruence."""
    found: list[Class] = []
    for (r, m), (s, n) in ((a, b) for a in one for b in other):
        common = gcd(m, n)
        if (s - r) % common:
            continue
        modulus = m // common * n
        k = (s - r) // common * pow(m // common, -1, n // common) % (n // common)
        found.append(((r + m * k) % modulus, modulus))
    lines = [_either([_line(1, name, r, m) for r, m in part]) for part in (one, other, found)]
    why = Text(
        "Of the numbers that fit the first, take those that fit the second.",
        "在满足前一式的数中取满足后一式的数。",
    )
    both = t.Junction(t.Connective.AND, (lines[0], lines[1]))
    steps.append(_step(JOIN, why, both, lines[2], name))
    return found
