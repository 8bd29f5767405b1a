"""Between our formulas and SymPy's, by an allow-list of functions and no ``eval``.

Symbols are plain unless ``real=True``: the batch contract asks for plain ones, the
methods of school mathematics want real ones.  Operators (integral, derivative, limit,
sum) become SymPy's unevaluated objects; the methods decide when to evaluate.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.ordering import sort_factors, sort_terms


class NotConvertible(Exception):  # noqa: N818 - a value that has no counterpart is no error of the program
    """A formula (or a SymPy value) that the other side has no word for."""


UNARY: dict[str, Callable[..., sp.Basic]] = {
    name: getattr(sp, name)
    for name in (
        "sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch "
        "asinh acosh atanh acoth asech acsch exp sqrt sign floor ceiling factorial binomial erf "
        "erfc gamma Si Ci Ei li re im arg conjugate LambertW zeta Heaviside "
        "erfi besselj bessely besseli besselk airyai airybi airyaiprime airybiprime "
        "fresnels fresnelc"
    ).split()
}
CONSTANTS = {
    t.ConstantName.PI: sp.pi,
    t.ConstantName.E: sp.E,
    t.ConstantName.I: sp.I,
    t.ConstantName.EULER_GAMMA: sp.EulerGamma,
    t.ConstantName.INFINITY: sp.oo,
    t.ConstantName.REALS: sp.S.Reals,
    t.ConstantName.INTEGERS: sp.S.Integers,
    t.ConstantName.NATURALS: sp.S.Naturals,
    t.ConstantName.RATIONALS: sp.S.Rationals,
    t.ConstantName.COMPLEXES: sp.S.Complexes,
    t.ConstantName.EMPTY: sp.S.EmptySet,
    t.ConstantName.UNDEFINED: sp.nan,
}
RELATIONS = {
    t.Comparison.EQ: sp.Eq,
    t.Comparison.NE: sp.Ne,
    t.Comparison.LT: sp.Lt,
    t.Comparison.LE: sp.Le,
    t.Comparison.GT: sp.Gt,
    t.Comparison.GE: sp.Ge,
}


MAX_BITS = 1 << 26
"""Of a number that is written out: what takes a part of a second."""


class ToSympy:
    """One conversion; ``real`` decides the assumptions of every symbol."""

    def __init__(self, *, real: bool = False) -> None:
        self.real = real

    def symbol(self, name: str) -> sp.Symbol:
        """The SymPy symbol of a name."""
        return sp.Symbol(name, real=True) if self.real else sp.Symbol(name)

    def __call__(self, expr: t.Expr) -> sp.Basic:
        """The SymPy value of a formula.  Raises ``NotConvertible``."""
        match expr:
            case t.Number(value):
                return sp.Rational(value.numerator, value.denominator)
            case t.Symbol(name):
                return self.symbol(name)
            case t.Constant(name):
                return CONSTANTS[name]
            case t.Truth(value):
                return sp.true if value else sp.false
            case t.Add(parts):
                return sp.Add(*(_no_set(self(part)) for part in parts))
            case t.Mul(parts):
                return sp.Mul(*map(self, parts))
            case t.Neg(arg):
                return -_no_set(self(arg))
            case t.Div(num, den):
                return self(num) / self(den)
            case t.Pow(_, t.Matrix()):
                raise NotConvertible("a matrix as an exponent")
            case t.Pow(base, exp):
                return _raised(self(base), self(exp))
            case t.Call(name, args):
                return self.call(name, args)
            case _:
                return self.structure(expr)

    def structure(self, expr: t.Expr) -> sp.Basic:
        """Relations, statements, collections."""
        match expr:
            case t.Relation(op, left, right):
                return RELATIONS[op](self(left), self(right))
            case t.Junction(op, args):
                return (sp.And if op is t.Connective.AND else sp.Or)(*map(self, args))
            case t.Matrix(rows):
                return sp.ImmutableMatrix([[self(e) for e in row] for row in rows])
            case t.Collection(kind, items):
                values = [self(i) for i in items]
                return sp.FiniteSet(*values) if kind is t.Bracket.SET else sp.Tuple(*values)
            case t.Interval(low, high, low_open, high_open):
                return sp.Interval(self(low), self(high), low_open, high_open)
            case _:
                raise NotConvertible(type(expr).__name__)

    def call(self, name: str, args: tuple[t.Expr, ...]) -> sp.Basic:
        """A function or operator applied."""
        if name in BINDERS:
            if name != "piecewise" and not any(isinstance(a, t.Symbol) for a in args[:2]):
                raise NotConvertible(name)  # a value was put in for the letter that it binds
            try:
                return BINDERS[name](self, args)
            except (NotImplementedError, ValueError) as wrong:  # a limit at a bound point
                raise NotConvertible(name) from wrong
        values = [self(a) for a in args]
        match name, values:
            case "abs", [x]:
                return sp.Abs(x)
            case "ln", [x]:
                return sp.log(x)
            case "log", [x, base]:
                return sp.log(x) / sp.log(base)
            case "root", [x, n]:
                return _real_root(x, n)
            case "percent", [x]:
                return x / 100
            case "degrees", [x]:
                return x * sp.pi / 180
            case "mixed", [whole, num, den]:
                return whole + num / den
            case "rootof", [poly, index] if len(poly.free_symbols) == 1:
                return sp.rootof(poly, int(index))
            case "mod", [a, b]:
                return sp.Mod(a, b)
            case (("max" | "min"), _):
                return (sp.Max if name == "max" else sp.Min)(*values)
            case (("gcd" | "lcm"), _):
                return (sp.gcd if name == "gcd" else sp.lcm)(values)
            case "union", _:
                return sp.Union(*values)
            case "intersection", _:
                # SymPy evaluates a family with a half line to wrong sets ({0} for one)
                families = any(value.has(sp.ImageSet) for value in values)
                return sp.Intersection(*values, evaluate=not families)
            case "complement", [a, b]:
                return sp.Complement(a, b)
            case "kummer", [a, b, x]:
                return sp.hyper([a], [b], x)
            case "hypergeometric", [a, b, c, x]:
                return sp.hyper([a, b], [c], x)
            case "det", [m]:
                return sp.Determinant(m)
            case "transpose", [m]:
                return sp.Transpose(m)
        if name in UNARY:
            try:
                return UNARY[name](*values)
            except TypeError as wrong:
                raise NotConvertible(name) from wrong
        if len(name.split("_", maxsplit=1)[0]) > 1 or not values:
            raise NotConvertible(name)
        return sp.Function(name)(*values)


def _real_root(x: sp.Basic, n: sp.Basic) -> sp.Basic:
    """The school's root: of a negative number real where the index is odd."""
    if n.is_Integer and n.is_odd and not x.is_nonnegative:
        return sp.sign(x) * sp.Abs(x) ** (1 / n)
    return x ** (1 / n)


def _limits(c: ToSympy, args: tuple[t.Expr, ...]) -> tuple[sp.Basic, ...]:
    return tuple(c(a) for a in args)


def _image(c: ToSympy, args: tuple[t.Expr, ...]) -> sp.Basic:
    """All values for whole k; SymPy has no union of so many intervals."""
    if isinstance(args[0], t.Interval):
        raise NotConvertible("intervals for all integers")
    return sp.ImageSet(sp.Lambda(c(args[1]), c(args[0])), sp.S.Integers)


def _derivative(c: ToSympy, args: tuple[t.Expr, ...]) -> sp.Basic:
    body, by, *order = args
    if any(map(_is_unknown_function, t.walk(body))) and by not in t.walk(body):
        raise NotConvertible("diff")  # f'(2) is the slope there, and no derivative of f(2)
    return sp.Derivative(c(body), (c(by), c(order[0]) if order else 1))


def _is_unknown_function(node: t.Expr) -> bool:
    return isinstance(node, t.Call) and len(node.name.split("_", maxsplit=1)[0]) == 1


BINDERS: dict[str, Callable[[ToSympy, tuple[t.Expr, ...]], sp.Basic]] = {
    "diff": _derivative,
    "integrate": lambda c, a: sp.Integral(c(a[0]), _limits(c, a[1:])),
    "limit": lambda c, a: sp.Limit(c(a[0]), c(a[1]), c(a[2]), "+-"),
    "limit_left": lambda c, a: sp.Limit(c(a[0]), c(a[1]), c(a[2]), "-"),
    "limit_right": lambda c, a: sp.Limit(c(a[0]), c(a[1]), c(a[2]), "+"),
    "sum": lambda c, a: sp.Sum(c(a[0]), _limits(c, a[1:])),
    "product": lambda c, a: sp.Product(c(a[0]), _limits(c, a[1:])),
    "imageset": _image,
    "conditionset": lambda c, a: sp.ConditionSet(c(a[0]), c(a[1]), sp.S.Reals),
    "piecewise": lambda c, a: sp.Piecewise(*((c(a[n]), c(a[n + 1])) for n in range(0, len(a), 2))),
}


def _raised(base: sp.Basic, exp: sp.Basic) -> sp.Basic:
    """A power; SymPy would write all digits of ``9^(9^9)`` down."""
    if isinstance(base, sp.Rational) and isinstance(exp, sp.Integer):
        size = max(abs(base.p), base.q).bit_length() - 1
        if size * abs(int(exp)) > MAX_BITS:
            raise NotConvertible("a power of too many digits")
    return base**exp


def _no_set(value: sp.Basic) -> sp.Basic:
    if isinstance(value, sp.Set | sp.Tuple):
        raise NotConvertible("a set or list in a sum")
    return value


def to_sympy(expr: t.Expr, *, real: bool = False) -> sp.Basic:
    """The SymPy value of a formula.  Raises ``NotConvertible``."""
    return ToSympy(real=real)(expr)


def srepr(expr: t.Expr) -> str:
    """SymPy's ``srepr`` with plain symbols, as the batch contract asks."""
    return str(sp.srepr(to_sympy(expr))).replace("TupleArg(", "Tuple(")  # no public class


def from_sympy(value: sp.Basic) -> t.Expr:
    """Our formula for a SymPy value, written as in school.  Raises ``NotConvertible``."""
    if value.is_Rational:
        return t.rational(Fraction(int(value.p), int(value.q)))
    if value.is_Symbol:
        return t.Symbol(value.name)
    if value.is_Add:
        return t.add(*sort_terms(map(from_sympy, value.args)))
    if value.is_Mul or (value.is_Pow and sp.fraction(value)[1] != 1):
        return _product(value)
    if value.is_Pow:
        return _power(value)
    for name, constant in CONSTANTS.items():
        if value == constant:
            return t.Constant(name)
    if value == -sp.oo:
        return t.Neg(t.Constant(t.ConstantName.INFINITY))
    return _structure_from(value)


def _product(value: sp.Basic) -> t.Expr:
    if value.could_extract_minus_sign() and value.as_coeff_Mul()[0].is_negative:
        return t.Neg(from_sympy(-value))
    num, den = sp.fraction(value)
    if den != 1:
        return t.Div(from_sympy(num), from_sympy(den))
    return t.mul(*sort_factors(map(from_sympy, value.args)))


def _power(value: sp.Basic) -> t.Expr:
    base, exp = value.as_base_exp()
    if value.base == sp.E:
        base, exp = sp.E, value.exp
    if exp == sp.Rational(1, 2):
        return t.Call("sqrt", (from_sympy(base),))
    return t.Pow(from_sympy(base), from_sympy(exp))


NAMES = {"Abs": "abs", "log": "ln", "Max": "max", "Min": "min", "Mod": "mod", "root": "root"}


def _structure_from(value: sp.Basic) -> t.Expr:
    if isinstance(value, sp.exp):
        return t.Pow(t.Constant(t.ConstantName.E), from_sympy(value.args[0]))
    if isinstance(value, sp.core.relational.Relational):
        op = next(o for o, cls in RELATIONS.items() if isinstance(value, cls))
        return t.Relation(op, from_sympy(value.lhs), from_sympy(value.rhs))
    if value in (sp.true, sp.false):
        return t.Truth(bool(value))
    if isinstance(value, sp.And | sp.Or):
        joint = t.Connective.AND if isinstance(value, sp.And) else t.Connective.OR
        return t.Junction(
            joint, tuple(map(from_sympy, sorted(value.args, key=sp.default_sort_key)))
        )
    if isinstance(
        value, sp.FiniteSet | sp.Tuple | sp.Interval | sp.Union | sp.ImageSet | sp.Complement
    ):
        return _set_from(value)
    if isinstance(value, sp.MatrixBase):
        return t.Matrix(
            tuple(
                tuple(from_sympy(value[r, c]) for c in range(value.cols)) for r in range(value.rows)
            )
        )
    if isinstance(value, sp.Piecewise):
        return t.Call("piecewise", tuple(from_sympy(p) for pair in value.args for p in pair))
    if isinstance(value, sp.Integral | sp.Sum | sp.Product | sp.Derivative):
        return _binder_from(value)
    if isinstance(value, sp.CRootOf):
        variable = value.expr.subs(value.poly.gen, sp.Symbol("x"))
        return t.Call("rootof", (from_sympy(variable), t.integer(value.index)))
    if isinstance(value, sp.hyper) and (len(value.ap), len(value.bq)) in ((1, 1), (2, 1)):
        parts = (*value.ap, *value.bq, value.argument)
        name = "kummer" if len(value.ap) == 1 else "hypergeometric"
        return t.Call(name, tuple(map(from_sympy, parts)))
    if isinstance(value, sp.Function):
        name = value.func.__name__
        if name in UNARY or name in NAMES or isinstance(value, sp.core.function.AppliedUndef):
            return t.Call(NAMES.get(name, name), tuple(map(from_sympy, value.args)))
    raise NotConvertible(str(value.func))


def _set_from(value: sp.Basic) -> t.Expr:
    match value:
        case sp.FiniteSet():
            return t.Collection(
                t.Bracket.SET, tuple(map(from_sympy, sorted(value.args, key=sp.default_sort_key)))
            )
        case sp.Tuple():
            return t.Collection(t.Bracket.TUPLE, tuple(map(from_sympy, value.args)))
        case sp.Interval():
            return t.Interval(
                from_sympy(value.start),
                from_sympy(value.end),
                bool(value.left_open),
                bool(value.right_open),
            )
        case sp.Complement():
            return t.Call("complement", tuple(map(from_sympy, value.args)))
        case sp.ImageSet():
            lamda = value.lamda
            return t.Call("imageset", (from_sympy(lamda.expr), from_sympy(lamda.variables[0])))
        case _:
            return t.Call("union", tuple(map(from_sympy, value.args)))


def _binder_from(value: sp.Basic) -> t.Expr:
    names = {sp.Integral: "integrate", sp.Sum: "sum", sp.Product: "product", sp.Derivative: "diff"}
    name = next(n for cls, n in names.items() if isinstance(value, cls))
    body = from_sympy(value.args[0])
    for limits in value.args[1:]:
        body = t.Call(name, (body, *map(from_sympy, limits)))
    return body
