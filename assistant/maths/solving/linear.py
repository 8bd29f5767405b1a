"""Linear equations in one unknown, at the grain at which a teacher writes them.

Each side is simplified, denominators are cleared by their least common multiple, the
unknown is brought to one side, the rest to the other, and both sides are divided.  Other
letters are kept; a coefficient that contains one is left to ``parameters``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.solution_sets import (
    EMPTY,
    REALS,
    decimal_tree,
    has_decimals,
    terminating,
)
from assistant.maths.solving.unknowns import single_equation
from assistant.maths.types import Link, Request, Rule, Step, Text

DISTRIBUTE = Rule("linear.distribute", "Open the brackets", "去括号")
COMBINE = Rule("linear.combine", "Collect like terms", "合并同类项")
SIMPLIFY_SIDE = Rule("linear.simplify_side", "Simplify the sides", "化简等式两边")
CLEAR = Rule("linear.clear_denominators", "Clear the denominators", "去分母")
ADD_BOTH = Rule("linear.add_both", "Add the same to both sides", "两边同加")
SUBTRACT_BOTH = Rule(
    "linear.subtract_both", "Subtract the same from both sides", "移项（两边同减）"
)
DIVIDE = Rule("linear.divide_both", "Divide both sides", "系数化为 1")
MULTIPLY = Rule("linear.multiply_both", "Multiply both sides", "两边同乘")
SWAP = Rule("linear.swap", "Swap the sides", "交换两边")
TRUE = Rule("equation.always_true", "True for every value", "恒成立")
FALSE = Rule("equation.never_true", "Never true", "不成立")

TURNED = {
    t.Comparison.LT: t.Comparison.GT,
    t.Comparison.GT: t.Comparison.LT,
    t.Comparison.LE: t.Comparison.GE,
    t.Comparison.GE: t.Comparison.LE,
}

WHY_DISTRIBUTE = Text(
    "Multiply every term in the brackets by the factor in front.",
    "用括号外的因数乘括号内的每一项。",
)
WHY_COMBINE = Text(
    "Add the coefficients of like terms and calculate the numbers.", "合并同类项，计算常数。"
)


def simplify_side(side: t.Expr, name: str = "x", *, decimals: bool = False) -> list[Step]:
    """The steps from a side as it was written to a sum of unlike terms."""
    trail = Trail(side)
    opened = _open_brackets(side)
    if opened != side and not same_terms(opened, side):
        trail.to(opened, DISTRIBUTE, WHY_DISTRIBUTE)
    final = linear_tree(sp.expand(to_sympy(side)), name, decimals=decimals)
    if final is not None and not same_terms(trail.line, final):
        trail.to(final, COMBINE, WHY_COMBINE)
    return trail.steps


def same_terms(left: t.Expr, right: t.Expr) -> bool:
    """Whether two sums have the same terms, whatever their order."""

    def parts(e: t.Expr) -> list[str]:
        return sorted(map(repr, e.terms if isinstance(e, t.Add) else (e,)))

    return parts(left) == parts(right)


def _open_brackets(expr: t.Expr) -> t.Expr:
    """Products of sums multiplied out, without collecting: ``2(x - 3) + 1`` -> ``2x - 6 + 1``."""
    terms = expr.terms if isinstance(expr, t.Add) else (expr,)
    opened: list[t.Expr] = []
    for term in terms:
        if any(isinstance(n, t.Add) for n in t.walk(term)):
            opened.append(from_sympy(sp.expand(to_sympy(term))))
        else:
            opened.append(term)
    return t.add(*opened)


def term_tree(coefficient: Fraction, part: t.Expr | None, *, decimals: bool) -> t.Expr:
    """``3x``, ``-x``, ``2x/3``, ``0.5x``, or a number where ``part`` is ``None``."""
    size = abs(coefficient)
    places = terminating(size) if decimals else None
    number: t.Expr
    if places is not None and 0 < places <= 12:
        number = t.Number(size, places)
    elif part is not None and size.denominator != 1:
        top = part if size.numerator == 1 else t.mul(t.integer(size.numerator), part)
        quotient: t.Expr = t.Div(top, t.integer(size.denominator))
        return t.Neg(quotient) if coefficient < 0 else quotient
    else:
        number = t.rational(size)
    if part is not None:
        number = part if size == 1 else t.mul(number, part)
    return t.Neg(number) if coefficient < 0 else number


def linear_tree(value: sp.Expr, name: str, *, decimals: bool = False) -> t.Expr | None:
    """A sum with the unknown first, other letters next, the number last."""
    by_part = value.as_coefficients_dict()
    x = sp.Symbol(name)

    def place(part: sp.Expr) -> tuple[int, int, str]:
        return (0 if part.has(x) else 2 if part == 1 else 1, -sp.total_degree(part), str(part))

    terms: list[t.Expr] = []
    for part in sorted((p for p, c in by_part.items() if c != 0), key=place):
        c = by_part[part]
        if not c.is_Rational:
            return None
        written = None if part == 1 else from_sympy(part)
        terms.append(term_tree(Fraction(int(c.p), int(c.q)), written, decimals=decimals))
    return t.add(*terms)


@dataclass
class LinearWork:
    """One linear equation on its way; ``left`` and ``right`` mirror the line exactly."""

    trail: Trail
    name: str
    decimals: bool

    @property
    def sides(self) -> tuple[t.Expr, t.Expr]:
        line = self.trail.line
        assert isinstance(line, t.Relation)
        return line.left, line.right

    @property
    def values(self) -> tuple[sp.Expr, sp.Expr]:
        left, right = self.sides
        return sp.expand(to_sympy(left)), sp.expand(to_sympy(right))

    def tree(self, value: sp.Expr) -> t.Expr:
        written = linear_tree(value, self.name, decimals=self.decimals)
        return from_sympy(value) if written is None else written

    def relation(
        self, left: t.Expr, right: t.Expr, by: tuple[_Operation, sp.Expr] | None = None
    ) -> t.Relation:
        """The line with other sides; the sign turns when a negative factor did it."""
        line = self.trail.line
        assert isinstance(line, t.Relation)
        negative = by is not None and by[0].sign in "*/" and by[1].could_extract_minus_sign()
        return t.Relation(TURNED.get(line.op, line.op) if negative else line.op, left, right)

    def turned(self, why: Text) -> Text:
        """Says of an inequality that its sign turns."""
        line = self.trail.line
        if not isinstance(line, t.Relation) or line.op not in TURNED:
            return why
        return Text(
            why.en + " The factor is negative, so the inequality sign turns.",
            why.zh + "乘（除以）负数，不等号方向改变。",
            why.args,
        )

    def simplify(self) -> None:
        """Open brackets and collect like terms on both sides."""
        left, right = self.sides
        steps = [simplify_side(s, self.name, decimals=self.decimals) for s in (left, right)]
        after = self.relation(
            steps[0][-1].after if steps[0] else left, steps[1][-1].after if steps[1] else right
        )
        inner = steps[0] + steps[1]
        if len(inner) == 1:
            self.trail.to(after, inner[0].rule, inner[0].why)
        elif inner:
            rules = {s.rule for s in inner}
            rule = inner[0].rule if len(rules) == 1 else SIMPLIFY_SIDE
            why = Text("Simplify each side.", "分别化简等式两边。")
            self.trail.to(after, rule, inner[0].why if len(rules) == 1 else why, substeps=inner)

    def both(self, build: _Operation, value: sp.Expr, rule: Rule, why: Text) -> None:
        """The same done to both sides: the line as it is first written, then simplified."""
        left, right = self.values
        operand = self.tree(value)
        if build.sign in "*/" and value.could_extract_minus_sign():
            why = self.turned(why)
        written = self.relation(*(build.tree(s, operand) for s in self.sides), by=(build, value))
        after = self.relation(
            self.tree(sp.expand(build.value(left, value))),
            self.tree(sp.expand(build.value(right, value))),
            by=(build, value),
        )
        inner = Trail(self.trail.line, Link.EQUIVALENT, self.name)
        inner.to(written, rule, why)
        half = t.Relation(after.op, after.left, written.right)
        if half not in (written, after):
            inner.to(half, COMBINE, Text("Simplify the left side.", "化简左边。"))
        inner.to(after, COMBINE, Text("Simplify.", "化简。"))
        self.trail.to(after, rule, why, substeps=inner.steps)


@dataclass(frozen=True)
class _Operation:
    sign: str

    def tree(self, side: t.Expr, operand: t.Expr) -> t.Expr:
        match self.sign:
            case "+":
                return t.add(side, operand)
            case "-":
                return t.sub(side, operand)
            case "*":
                return t.mul(operand, side)
            case _:
                return t.Div(side, operand)

    def value(self, side: sp.Expr, operand: sp.Expr) -> sp.Expr:
        match self.sign:
            case "+":
                return side + operand
            case "-":
                return side - operand
            case "*":
                return side * operand
            case _:
                return side / operand


PLUS, MINUS, TIMES, OVER = (_Operation(s) for s in "+-*/")


def _written_denominators(expr: t.Expr) -> list[int] | None:
    """Denominators of the terms of a side; ``None`` where a fraction sits inside a bracket."""
    found: list[int] = []
    for term in expr.terms if isinstance(expr, t.Add) else (expr,):
        core = term.arg if isinstance(term, t.Neg) else term
        match core:
            case t.Div(num, t.Number(value, None)) if value.denominator == 1:
                if any(isinstance(n, t.Div) for n in t.walk(num)):
                    return None
                found.append(int(value))
            case _ if any(isinstance(n, t.Div) for n in t.walk(core)):
                return None
    return found


def _times(number: int, side: t.Expr) -> t.Expr:
    """Each term multiplied by a number that its denominator divides."""
    terms: list[t.Expr] = []
    for term in side.terms if isinstance(side, t.Add) else (side,):
        negative = isinstance(term, t.Neg)
        core = term.arg if isinstance(term, t.Neg) else term
        factor = number
        if isinstance(core, t.Div) and isinstance(core.den, t.Number):
            factor, core = number // int(core.den.value), core.num
        if isinstance(core, t.Number):
            core = t.rational(core.value * factor)
        elif factor != 1 and any(isinstance(n, t.Add) for n in t.walk(core)):
            core = t.mul(t.integer(factor), core)
        elif factor != 1:
            core = from_sympy(sp.expand(factor * to_sympy(core)))
        terms.append(t.Neg(core) if negative else core)
    return t.add(*terms)


def _clear_written(work: LinearWork) -> None:
    """``(x + 1)/3 = 4`` is multiplied by 3 before anything is opened."""
    left, right = work.sides
    found = [_written_denominators(s) for s in (left, right)]
    if found[0] is None or found[1] is None or work.decimals:
        return
    brackets = any(
        isinstance(n, t.Div) and isinstance(n.num, t.Add) for n in t.walk(work.trail.line)
    )
    common = lcm(*found[0], *found[1])
    if common == 1 or not brackets:
        return
    _clear(work, common, work.relation(_times(common, left), _times(common, right)))


def _clear(work: LinearWork, common: int, after: t.Relation) -> None:
    left, right = work.sides
    factor = t.integer(common)
    why = Text(
        "Multiply both sides by {0}, the least common multiple of the denominators.",
        "两边同乘各分母的最小公倍数 {0}。",
        (factor,),
    )
    inner = Trail(work.trail.line, Link.EQUIVALENT, work.name)
    inner.to(work.relation(t.mul(factor, left), t.mul(factor, right)), MULTIPLY, why)
    inner.to(after, DISTRIBUTE, Text("Multiply every term.", "每一项都要乘。"))
    work.trail.to(after, CLEAR, why, substeps=inner.steps)


def _clear_coefficients(work: LinearWork) -> None:
    left, right = work.values
    coefficients = [c for v in (left, right) for c in v.as_coefficients_dict().values()]
    common = lcm(*(int(c.q) for c in coefficients))
    if common == 1 or work.decimals:
        return
    if all(c.q == 1 for v, c in left.as_coefficients_dict().items() if v != 1) and all(
        c.q == 1 for v, c in right.as_coefficients_dict().items() if v != 1
    ):
        return  # only numbers are fractions: nothing is gained
    _clear(
        work,
        common,
        work.relation(work.tree(sp.expand(common * left)), work.tree(sp.expand(common * right))),
    )


def _move(work: LinearWork, value: sp.Expr, reason: Text) -> None:
    """Take a sum away from both sides, term by term as the sign of each asks."""
    for term in sp.Add.make_args(value):
        if term == 0:
            continue
        if term.could_extract_minus_sign():
            why = Text(
                "Add {0} to both sides. " + reason.en,
                "两边同加 {0}。" + reason.zh,
                (work.tree(-term),),
            )
            work.both(PLUS, -term, ADD_BOTH, why)
        else:
            why = Text(
                "Subtract {0} from both sides. " + reason.en,
                "两边同减 {0}。" + reason.zh,
                (work.tree(term),),
            )
            work.both(MINUS, term, SUBTRACT_BOTH, why)


def isolate(work: LinearWork) -> sp.Expr | bool:
    """Carry the equation to ``x = value``; a truth value where the unknown drops out."""
    x = sp.Symbol(work.name)
    _clear_written(work)
    work.simplify()
    _clear_coefficients(work)
    left, right = work.values
    if not left.has(x) and right.has(x):
        line = work.trail.line
        assert isinstance(line, t.Relation)
        work.trail.to(
            t.Relation(TURNED.get(line.op, line.op), line.right, line.left),
            SWAP,
            Text("Write the unknown on the left.", "把未知数写在左边。"),
        )
    left, right = work.values
    if right.has(x):
        _move(
            work, right.coeff(x, 1) * x, Text("The unknown goes to the left.", "未知数移到左边。")
        )
    left, right = work.values
    a = left.coeff(x, 1)
    if a == 0:
        return _no_unknown(work)
    _move(work, sp.expand(left - a * x), Text("The rest goes to the right.", "其余各项移到右边。"))
    divide(work, a)
    return sp.expand(work.values[1])


def divide(work: LinearWork, a: sp.Expr) -> None:
    """Make the coefficient of the unknown 1; an inequality turns for a negative one."""
    line = work.trail.line
    assert isinstance(line, t.Relation)
    if a == 1:
        return
    written = work.tree(a)
    why = Text("Divide both sides by {0}.", "两边同除以 {0}。", (written,))
    if a == -1:
        why = Text("Multiply both sides by −1.", "两边同乘 −1。")
        work.both(TIMES, sp.Integer(-1), MULTIPLY, why)
    elif a.is_Rational and a.p in (1, -1) and a.q != 1:
        inverse = 1 / a
        why = Text("Multiply both sides by {0}.", "两边同乘 {0}。", (work.tree(inverse),))
        work.both(TIMES, inverse, MULTIPLY, why)
    else:
        work.both(OVER, a, DIVIDE, why)


def _no_unknown(work: LinearWork) -> bool:
    left, right = work.values
    line = work.trail.line
    assert isinstance(line, t.Relation)
    truth = compare_numbers(line.op, sp.expand(left - right))
    why = (
        Text("This holds whatever {0} is.", "无论 {0} 取何值都成立。", (t.Symbol(work.name),))
        if truth
        else Text(
            "This holds for no value of {0}.", "{0} 取任何值都不成立。", (t.Symbol(work.name),)
        )
    )
    work.trail.to(t.Truth(truth), TRUE if truth else FALSE, why)
    return truth


def compare_numbers(op: t.Comparison, difference: sp.Expr) -> bool:
    """Whether left and right with this difference are in a relation."""
    match op:
        case t.Comparison.EQ:
            return bool(difference == 0)
        case t.Comparison.NE:
            return bool(difference != 0)
        case t.Comparison.LT:
            return bool(difference < 0)
        case t.Comparison.LE:
            return bool(difference <= 0)
        case t.Comparison.GT:
            return bool(difference > 0)
        case _:
            return bool(difference >= 0)


def is_linear(given: t.Relation, name: str) -> bool:
    """Whether the unknown occurs linearly, with a number as coefficient, over no denominator."""
    for node in t.walk(given):
        match node:
            case t.Div(_, den) if name in t.symbols(den):
                return False
            case t.Pow(_, exp) if t.symbols(exp) or not isinstance(exp, t.Number):
                return False
            case t.Call(called) if called not in ("mixed", "percent", "sqrt"):
                return False
            case t.Call("sqrt", (arg,)) if t.symbols(arg):
                return False
    x = sp.Symbol(name)
    try:
        whole = sp.expand(to_sympy(given.left) - to_sympy(given.right))
    except NotConvertible:
        return False
    if not whole.is_polynomial(*whole.free_symbols):
        return False
    if whole == 0 or not whole.has(x):
        return bool(whole.is_Rational)
    if sp.degree(whole, x) != 1 or not whole.coeff(x, 1).is_Rational:
        return False
    return all(c.is_Rational for c in whole.as_coefficients_dict().values())


def linear_work(given: t.Relation, name: str) -> LinearWork:
    """The work on one linear relation, at its start."""
    return LinearWork(Trail(given, Link.EQUIVALENT, name), name, has_decimals(given))


def one_unknown(request: Request) -> Draft | None:
    """``2x + 3 = 11``, ``2(x - 3) = x/2 + 1``, ``y - x = 2`` for ``y``."""
    found = single_equation(request)
    if found is None or request.domain is not None or not is_linear(*found):
        return None
    given, name = found
    work = linear_work(given, name)
    result = isolate(work)
    answer: t.Expr
    if isinstance(result, bool):
        answer = REALS if result else EMPTY
    else:
        final = work.sides[1]
        answer = t.Collection(t.Bracket.SET, (decimal_tree(final) if work.decimals else final,))
    return Draft(answer=answer, steps=tuple(work.trail.steps), method="linear", variables=(name,))
