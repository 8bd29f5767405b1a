"""Trigonometric identities used to simplify."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.solving.expressions.shape import (
    ONE,
    TWO,
    Context,
    Product,
    Rewrite,
    from_monomial,
    is_symbolic,
    make_power,
    monomial,
    mul_all,
    power,
    product,
)
from assistant.maths.types import Rule, Text

PYTHAGORAS = Rule("trig.pythagoras", "sin^2 + cos^2 = 1", "平方关系 sin²+cos²=1")
RATIO = Rule("trig.ratio", "tan = sin/cos", "商数关系 tan=sin/cos")
DOUBLE_SINE = Rule("trig.double_sine", "Double angle of the sine", "正弦二倍角公式")
DOUBLE_COSINE = Rule("trig.double_cosine", "Double angle of the cosine", "余弦二倍角公式")

Key = tuple[tuple[t.Expr, ...], tuple[t.Expr, ...]]
PARTS = {
    "tan": (("sin",), ("cos",)),
    "cot": (("cos",), ("sin",)),
    "sec": ((), ("cos",)),
    "csc": ((), ("sin",)),
}


def _square_of(term: t.Expr) -> list[tuple[str, t.Expr, Fraction, Key]]:
    """``c*sin(u)^2*rest`` as (sin, u, c, rest), for each such factor."""
    coefficient, above, below = monomial(term)
    found = []
    for place, factor in enumerate(above):
        match factor:
            case t.Pow(t.Call(name, (arg,)), exp) if rational_value(exp) == 2:
                rest = (*above[:place], *above[place + 1 :])
                found.append((name, arg, coefficient, (rest, below)))
    return found


def pythagoras(node: t.Expr, context: Context) -> Rewrite | None:
    """``sin(u)^2 + cos(u)^2 = 1``, ``1 - sin(u)^2 = cos(u)^2``, ``1 + tan(u)^2 = 1/cos(u)^2``."""
    if not isinstance(node, t.Add):
        return None
    squares = [(n, *s) for n, term in enumerate(node.terms) for s in _square_of(term)]
    for n, name, arg, c, rest in squares:
        for m, other, arg2, c2, rest2 in squares:
            if (
                n < m
                and arg == arg2
                and c == c2
                and rest == rest2
                and {name, other} == {"sin", "cos"}
            ):
                one = from_monomial(c, *rest, context)
                return _replaced(node, (n, m), one, PYTHAGORAS, t.Call(name, (arg,)))
    for n, name, arg, c, rest in squares:
        for m, term in enumerate(node.terms):
            key = monomial(term)
            if m == n or key[1:] != rest:
                continue
            new = _against_one(name, arg, c, key[0])
            if new is not None:
                whole = from_monomial(
                    key[0],
                    *monomial(mul_all([new, from_monomial(Fraction(1), *rest, context)]))[1:],
                    context,
                )
                return _replaced(node, (n, m), whole, PYTHAGORAS, t.Call(name, (arg,)))
    return None


def _against_one(name: str, arg: t.Expr, square: Fraction, one: Fraction) -> t.Expr | None:
    """What ``1 ± square`` becomes, for a coefficient that is the same up to its sign."""
    if square == -one and name in ("sin", "cos"):
        return t.Pow(t.Call("cos" if name == "sin" else "sin", (arg,)), TWO)
    if square == one and name in ("tan", "cot"):
        return t.Div(ONE, t.Pow(t.Call("cos" if name == "tan" else "sin", (arg,)), TWO))
    if square == -one and name in ("sec", "csc"):
        return None
    return None


def _replaced(
    node: t.Add, places: tuple[int, int], new: t.Expr, rule: Rule, about: t.Expr
) -> Rewrite:
    first, second = min(places), max(places)
    terms = [new if n == first else p for n, p in enumerate(node.terms) if n != second]
    arg = about.args[0] if isinstance(about, t.Call) else about
    squares = t.add(*[t.Pow(t.Call(f, (arg,)), TWO) for f in ("sin", "cos")])
    return Rewrite(t.add(*terms), rule, Text("{0} = 1.", "{0} = 1。", (squares,)))


def cancel_ratio(node: t.Expr, context: Context) -> Rewrite | None:
    """``tan(x)*cos(x)``, ``sin(x)/tan(x)``, ``sin(x)/cos(x)``: bring all to sine and cosine."""
    del context
    view = product(node)
    calls = {
        (b.name, b.args)
        for f in [*view.num, *view.den]
        if isinstance(b := power(f)[0], t.Call) and is_symbolic(b)
    }
    for name, args in calls:
        if name in PARTS and any(
            other != name and others == args and other in ("sin", "cos", *PARTS)
            for other, others in calls
        ):
            return _in_sine_and_cosine(view, name, args)
    for factor in view.num:
        base, exp = power(factor)
        match base:
            case t.Call("sin", args) if (
                is_symbolic(base) and make_power(t.Call("cos", args), exp) in view.den
            ):
                return _to_tangent(
                    view,
                    factor,
                    make_power(t.Call("cos", args), exp),
                    make_power(t.Call("tan", args), exp),
                )
    return None


def _to_tangent(view: Product, top: t.Expr, bottom: t.Expr, tangent: t.Expr) -> Rewrite:
    num = [tangent if f == top else f for f in view.num]
    den = [f for f in view.den if f != bottom]
    why = Text("{0} = {1}.", "{0} = {1}。", (t.Div(top, bottom), tangent))
    return Rewrite(Product(view.sign, num, den).build(), RATIO, why)


def _in_sine_and_cosine(view: Product, name: str, args: tuple[t.Expr, ...]) -> Rewrite:
    num: list[t.Expr] = []
    den: list[t.Expr] = []
    above, below = PARTS[name]
    for side, other, factors in ((num, den, view.num), (den, num, view.den)):
        for factor in factors:
            base, exp = power(factor)
            if base != t.Call(name, args):
                side.append(factor)
                continue
            side += [make_power(t.Call(n, args), exp) for n in above]
            other += [make_power(t.Call(n, args), exp) for n in below]
    shown = Product(
        1, [t.Call(n, args) for n in above] or [ONE], [t.Call(n, args) for n in below]
    ).build()
    why = Text("{0} = {1}.", "{0} = {1}。", (t.Call(name, args), shown))
    return Rewrite(
        Product(view.sign, num or [ONE], den).build(),
        RATIO,
        why,
        nonzero=tuple(t.Call(n, args) for n in below),
    )


def double_in_fraction(node: t.Expr, context: Context) -> Rewrite | None:
    """``sin(2x)/cos(x) = 2*sin(x)``: written out where a factor then cancels."""
    return _doubled(node, context, ())


def halve_in_fraction(node: t.Expr, context: Context) -> Rewrite | None:
    """``sin(8x)/sin(x)``: halved again and again until the sine below cancels."""
    return _doubled(node, context, (4, 8, 16))


def _doubled(node: t.Expr, context: Context, parts: tuple[int, ...]) -> Rewrite | None:
    view = product(node)
    below = {power(f)[0] for f in view.den}
    for place, factor in enumerate(view.num):
        match factor:
            case t.Call("sin", (arg,)) if is_symbolic(arg):
                coefficient, above, under = monomial(arg)
                half = from_monomial(coefficient / 2, above, under, context)
            case _:
                continue
        sine, cosine = (t.Call(n, (half,)) for n in ("sin", "cos"))
        later = (from_monomial(coefficient / n, above, under, context) for n in parts)
        if {sine, cosine, *(t.Call("sin", (part,)) for part in later)} & below:
            new = t.Mul((TWO, sine, cosine))
            view.num[place : place + 1] = [TWO, sine, cosine]
            why = Text("{0} = {1}.", "{0} = {1}。", (factor, new))
            return Rewrite(view.build(), DOUBLE_SINE, why)
    return None


def double_sine(node: t.Expr, context: Context) -> Rewrite | None:
    """``2*sin(x)*cos(x) = sin(2x)``."""
    coefficient, above, below = monomial(node)
    if coefficient.numerator % 2:
        return None
    for factor in above:
        match factor:
            case t.Call("sin", (arg,)) if is_symbolic(arg) and t.Call("cos", (arg,)) in above:
                new = t.Call("sin", (_twice(arg, context),))
                rest = [new if f == factor else f for f in above if f != t.Call("cos", (arg,))]
                after = from_monomial(coefficient / 2, rest, below, context)
                shown = t.Mul((TWO, factor, t.Call("cos", (arg,))))
                return Rewrite(after, DOUBLE_SINE, Text("{0} = {1}.", "{0} = {1}。", (shown, new)))
    return None


def _twice(arg: t.Expr, context: Context) -> t.Expr:
    if isinstance(arg, t.Add):
        return t.Add(tuple(_twice(p, context) for p in arg.terms))
    coefficient, above, below = monomial(arg)
    return from_monomial(2 * coefficient, above, below, context)


def double_cosine(node: t.Expr, context: Context) -> Rewrite | None:
    """``cos(x)^2 - sin(x)^2``, ``2*cos(x)^2 - 1``, ``1 - 2*sin(x)^2`` are ``cos(2x)``."""
    if not isinstance(node, t.Add):
        return None
    squares = [(n, *s) for n, term in enumerate(node.terms) for s in _square_of(term)]
    for n, name, arg, c, rest in squares:
        if name not in ("sin", "cos") or any(rest):
            continue
        new = t.Call("cos", (_twice(arg, context),))
        sign = 1 if name == "cos" else -1
        for m, other, arg2, c2, rest2 in squares:
            if other == "sin" and name == "cos" and arg == arg2 and c == -c2 and not any(rest2):
                return _double(node, (n, m), from_monomial(c, [new], [], context))
        for m, term in enumerate(node.terms):
            value = rational_value(term)
            if value is not None and abs(c) == 2 * abs(value) and c * value < 0:
                return _double(node, (n, m), from_monomial(sign * c / 2, [new], [], context))
    return None


def _double(node: t.Add, places: tuple[int, int], new: t.Expr) -> Rewrite:
    first, second = min(places), max(places)
    terms = [new if n == first else p for n, p in enumerate(node.terms) if n != second]
    shown = t.add(*[node.terms[n] for n in sorted(places)])
    return Rewrite(t.add(*terms), DOUBLE_COSINE, Text("{0} = {1}.", "{0} = {1}。", (shown, new)))
