"""From a formula to its shape: the conventions of mathematical writing.

A product has no sign where none is needed (``2x``, ``x(x + 1)``) and a dot where two
numbers would run together (``2·3``); brackets stand only where the structure would
otherwise be read differently; powers of trigonometric functions are written ``sin² x``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.maths import terms as t
from assistant.maths.showing import layout as lay
from assistant.maths.showing import words
from assistant.maths.showing.layout import Layout
from assistant.maths.showing.notation_calls import call_shape
from assistant.maths.showing.plain import decimal
from assistant.maths.showing.words import clean
from assistant.maths.types import Lang, Text

STATEMENT, SUM, PRODUCT, POWER, ATOM = range(5)
"""How strongly a shape holds together; a weaker one within a stronger gets brackets."""

SIGNS = {
    t.Comparison.EQ: "=",
    t.Comparison.NE: "≠",
    t.Comparison.LT: "<",
    t.Comparison.LE: "≤",
    t.Comparison.GT: ">",
    t.Comparison.GE: "≥",
}
GREEK = dict(
    zip(
        """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho
        sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi
        Omega""".split(),
        "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        strict=True,
    )
)
CONSTANTS = {
    t.ConstantName.PI: "π",
    t.ConstantName.E: "e",
    t.ConstantName.I: "i",
    t.ConstantName.EULER_GAMMA: "γ",
    t.ConstantName.INFINITY: "∞",
    t.ConstantName.REALS: "ℝ",
    t.ConstantName.INTEGERS: "ℤ",
    t.ConstantName.NATURALS: "ℕ",
    t.ConstantName.RATIONALS: "ℚ",
    t.ConstantName.COMPLEXES: "ℂ",
    t.ConstantName.EMPTY: "∅",
}
BRACKETS = {
    t.Bracket.LIST: ("[", "]"),
    t.Bracket.TUPLE: ("(", ")"),
    t.Bracket.SET: ("{", "}"),
}
_NAME = re.compile(r"([^\W\d_]+)(?:_\{?([^{}]+)\}?|(\d+))?", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Notation:
    """Shapes for one language (a formula can hold the words *or* and *otherwise*)."""

    lang: Lang = Lang.EN

    def __call__(self, expr: t.Expr) -> Layout:
        """The shape of a formula."""
        match expr:
            case t.Junction(t.Connective.AND, args) if len(args) > 1 and not chain(args):
                if all(isinstance(a, t.Relation) for a in args):
                    return lay.Grid(tuple((self(a),) for a in _paired(args)), "{", "")
        return self.shape(expr)[0]

    def within(self, expr: t.Expr, strength: int) -> Layout:
        """The shape, in brackets where it holds together less strongly than asked."""
        shape, own = self.shape(expr)
        return shape if own >= strength else lay.Fence("(", shape, ")")

    def word(self, text: Text) -> Layout:
        """A phrase of the language."""
        return lay.words(text.template(self.lang))

    def shape(self, expr: t.Expr) -> tuple[Layout, int]:
        """The shape and its strength."""
        match expr:
            case t.Number():
                return _number(expr)
            case t.Symbol(name):
                return symbol(name), ATOM
            case t.Constant(t.ConstantName.UNDEFINED):
                return self.word(words.UNDEFINED), ATOM
            case t.Constant(name):
                return lay.letter(CONSTANTS[name]), ATOM
            case t.Truth(value):
                return self.word(words.TRUE if value else words.FALSE), ATOM
            case t.Add(terms):
                return self._sum(terms), SUM
            case t.Mul(factors):
                return self._product(factors), PRODUCT
            case t.Neg(arg):
                return lay.row(lay.Sign("-", lay.Role.PREFIX), self.within(arg, PRODUCT)), SUM
            case t.Div(num, den):
                return lay.Fraction(self(num), self(den)), PRODUCT
            case t.Pow(base, exp):
                return self._power(base, exp), POWER
            case t.Call():
                return call_shape(self, expr)
            case _:
                return self._structure(expr)

    def _structure(self, expr: t.Expr) -> tuple[Layout, int]:
        match expr:
            case t.Relation(op, left, right):
                return lay.row(
                    self.within(left, SUM), lay.relation(SIGNS[op]), self.within(right, SUM)
                ), STATEMENT
            case t.Junction(op, args):
                return self._junction(op, args), STATEMENT
            case t.Matrix(rows):
                return lay.Grid(tuple(tuple(map(self, r)) for r in rows), "(", ")"), ATOM
            case t.Collection(kind, items):
                opening, closing = BRACKETS[kind]
                return lay.Fence(opening, self.commas(items), closing), ATOM
            case t.Interval(low, high, low_open, high_open):
                return lay.Fence(
                    "(" if low_open else "[",
                    self.commas((low, high)),
                    ")" if high_open else "]",
                ), ATOM
            case _:
                raise TypeError(type(expr).__name__)

    def commas(self, items: tuple[t.Expr, ...]) -> Layout:
        """Shapes parted by commas."""
        out: list[Layout] = []
        for item in items:
            out += [lay.COMMA] * bool(out) + [self.shape(item)[0]]
        return lay.row(*out) if out else lay.Row(())

    def _sum(self, terms: tuple[t.Expr, ...]) -> Layout:
        out = [self.within(terms[0], SUM)] if terms else []
        for term in terms[1:]:
            match term:
                case t.Neg(arg):
                    out += [lay.binary("-"), self.within(arg, PRODUCT)]
                case t.Call("plusminus", (arg,)):
                    out += [lay.binary("±"), self.within(arg, PRODUCT)]
                case _:
                    out += [lay.binary("+"), self.within(term, PRODUCT)]
        return lay.row(*out)

    def _product(self, factors: tuple[t.Expr, ...]) -> Layout:
        out: list[Layout] = []
        for n, factor in enumerate(factors):
            last = n + 1 == len(factors)
            shape = self._factor(factor, None if last else factors[n + 1])
            if out:
                out.append(_joint(factors[n - 1], factor))
            out.append(shape)
        return lay.row(*out)

    def _factor(self, factor: t.Expr, following: t.Expr | None) -> Layout:
        """A factor; a derivative or ``sin x`` before another factor closes its argument."""
        bare = following is None or _applied(following)
        match factor:
            case t.Call(name) if name in OPERATORS:
                return call_shape(self, factor, bare=following is None)[0]
            case t.Call():
                shape, strength = call_shape(self, factor, bare=bare)
                return shape if strength >= PRODUCT else lay.Fence("(", shape, ")")
            case t.Div():
                return self.shape(factor)[0]
            case t.Pow(base, exp):
                return self._power(base, exp, bare=bare)
        return self.within(factor, POWER)

    def _power(self, base: t.Expr, exp: t.Expr, *, bare: bool = True) -> Layout:
        if isinstance(base, t.Call) and _small(exp) and base.name in NAMED:
            return call_shape(self, base, bare=bare, power=self(exp))[0]
        below = self.within(base, ATOM)
        if isinstance(below, lay.Scripts) and below.sup is None:
            return lay.Scripts(below.base, below.sub, self(exp))
        return lay.Scripts(below, sup=self(exp))

    def _junction(self, op: t.Connective, args: tuple[t.Expr, ...]) -> Layout:
        if op is t.Connective.AND and (links := chain(args)):
            a, first, b, second, c = links
            return lay.row(
                self.within(a, SUM),
                lay.relation(SIGNS[first]),
                self.within(b, SUM),
                lay.relation(SIGNS[second]),
                self.within(c, SUM),
            )
        word = words.AND if op is t.Connective.AND else words.OR
        out: list[Layout] = []
        for arg in args:
            if out:
                out.append(lay.Sign(word.template(self.lang), lay.Role.JOIN))
            mixed = isinstance(arg, t.Junction) and not chain(arg.args)
            shape = self.shape(arg)[0]
            out.append(lay.Fence("(", shape, ")") if mixed else shape)
        return lay.row(*out) if out else lay.Row(())


def symbol(name: str) -> Layout:
    """A variable with its subscript: ``x_1``, ``alpha``, ``v_{max}``."""
    found = _NAME.fullmatch(name)
    if not found:
        return lay.name(clean(name))
    base, long, short = found.groups()
    glyph = GREEK.get(base, clean(base))
    stem = lay.letter(glyph) if len(glyph) == 1 else lay.name(glyph)
    below = clean(long or short or "")
    if not below:
        return stem
    under = lay.digits(below) if below.isdigit() else lay.letter(GREEK.get(below, below))
    return lay.Scripts(stem, sub=under)


def chain(
    args: tuple[t.Expr, ...],
) -> tuple[t.Expr, t.Comparison, t.Expr, t.Comparison, t.Expr] | None:
    """``a < b and b < c`` as the parts of ``a < b < c``."""
    below = {t.Comparison.LT, t.Comparison.LE}
    match args:
        case (t.Relation(first, a, b), t.Relation(second, c, d)) if b == c and (
            {first, second} <= below
        ):
            return a, first, b, second, d
    return None


def _paired(args: tuple[t.Expr, ...]) -> list[t.Expr]:
    """Statements of a system, two neighbours that make a chain ``a < b < c`` as one."""
    out: list[t.Expr] = []
    for arg in args:
        if out and chain((out[-1], arg)):
            out[-1] = t.Junction(t.Connective.AND, (out[-1], arg))
        else:
            out.append(arg)
    return out


def _number(number: t.Number) -> tuple[Layout, int]:
    written = decimal(number)
    sign, bare = ("-", written[1:]) if written.startswith("-") else ("", written)
    num, slash, den = bare.partition("/")
    shape: Layout = lay.digits(num)
    if slash:
        shape = lay.Fraction(shape, lay.digits(den))
    if sign:
        return lay.row(lay.Sign("-", lay.Role.PREFIX), shape), SUM
    return shape, PRODUCT if slash else ATOM


def _small(exp: t.Expr) -> bool:
    return isinstance(exp, t.Number) and exp.value.denominator == 1 and 2 <= exp.value < 100


def _applied(expr: t.Expr) -> bool:
    """Whether a factor starts with the name of a function, so that no bracket is needed."""
    if isinstance(expr, t.Pow):
        return isinstance(expr.base, t.Call) and expr.base.name in NAMED
    return isinstance(expr, t.Call) and expr.name in NAMED


NAMED = frozenset(
    """sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch asinh
    acosh atanh ln log""".split()
)


OPERATORS = frozenset("diff integrate limit limit_left limit_right sum product".split())
"""Signs that take all that stands behind them, the sine of another factor too."""


def _joint(left: t.Expr, right: t.Expr) -> Layout:
    """What stands between two factors."""
    if isinstance(right, t.Neg) or _digits_first(right):
        return lay.binary("·")
    if isinstance(right, t.Div):
        return lay.binary("·")
    if _long(left) or _long(right):
        return lay.binary("·")
    if isinstance(left, t.Symbol) and left.name in ("f", "g", "h") and _sum_like(right):
        return lay.binary("·")
    if isinstance(left, t.Call) and left.name in ("sqrt", "root"):
        return lay.GUARDED_TIMES
    spaced = _applied(right) or _applied(left) or isinstance(right, t.Call)
    return lay.SPACED_TIMES if spaced and not _framed(right) else lay.TIMES


def _framed(expr: t.Expr) -> bool:
    """Whether a factor starts with a sign that no letter runs into: ``2√3``, ``2|x|``."""
    framed = ("sqrt", "root", "abs", "floor", "ceiling", "exp", "binomial", "det")
    return isinstance(expr, t.Call) and expr.name in framed


def _sum_like(expr: t.Expr) -> bool:
    """Whether a factor stands in brackets."""
    return isinstance(expr, t.Add | t.Neg)


def _digits_first(expr: t.Expr) -> bool:
    """Whether the shape of a factor starts with a digit."""
    match expr:
        case t.Number():
            return expr.value >= 0
        case t.Pow(base, _) | t.Call("factorial" | "percent" | "degrees", (base, *_)):
            return _digits_first(base)
        case t.Call("mixed"):
            return True
        case t.Mul((first, *_)):
            return _digits_first(first)
        case t.Div(t.Number(), t.Number()):
            return True
    return False


def _long(expr: t.Expr) -> bool:
    """Whether a factor is a name of several letters, which would run into its neighbour."""
    if isinstance(expr, t.Pow):
        return _long(expr.base)
    if not isinstance(expr, t.Symbol):
        return False
    found = _NAME.fullmatch(expr.name)
    return not found or (len(found[1]) > 1 and found[1] not in GREEK)
