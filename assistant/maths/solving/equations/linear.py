"""Linear equations in one unknown, at the grain at which a teacher writes them.

Each side is simplified, denominators are cleared by their least common multiple, the
unknown is brought to one side, the rest to the other, and both sides are divided.  Other
letters are kept; a coefficient that contains one is left to ``parameters``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.equations.linear_sides import (
    COMBINE,
    DISTRIBUTE,
    linear_tree,
    multiplied,
    simplify_side,
    written_denominators,
)
from assistant.maths.solving.equations.solution_sets import (
    EMPTY,
    REALS,
    decimal_tree,
    has_decimals,
)
from assistant.maths.solving.equations.unknowns import single_equation
from assistant.maths.types import Link, Request, Rule, Text

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


@dataclass
class LinearWork:
    """One linear equation on its way; ``left`` and ``right`` mirror the line exactly."""

    trail: Trail
    name: str
    decimals: bool

    @property
    def sides(self) -> tuple[t.Expr, t.Expr]:
        """Left and right of the line."""
        line = self.trail.line
        assert isinstance(line, t.Relation)
        return line.left, line.right

    @property
    def values(self) -> tuple[sp.Expr, sp.Expr]:
        """The sides expanded."""
        left, right = self.sides
        return sp.expand(to_sympy(left)), sp.expand(to_sympy(right))

    def tree(self, value: sp.Expr) -> t.Expr:
        """A value as a sum with the unknown first."""
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
        first, second = (build.tree(s, operand) for s in self.sides)
        written = self.relation(first, second, by=(build, value))
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


def _clear_written(work: LinearWork) -> None:
    """``(x + 1)/3 = 4`` is multiplied by 3 before anything is opened."""
    left, right = work.sides
    found = [written_denominators(s) for s in (left, right)]
    if found[0] is None or found[1] is None or work.decimals:
        return
    brackets = any(
        isinstance(n, t.Div) and isinstance(n.num, t.Add) for n in t.walk(work.trail.line)
    )
    common = lcm(*found[0], *found[1])
    if common == 1 or not brackets:
        return
    _clear(work, common, work.relation(multiplied(common, left), multiplied(common, right)))


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
