"""Functions and their arguments: ``sin^2 x``, ``log_2 8``, ``√``, and the calls of SymPy.

What a function without a bracket takes is the matter of ``bare_arguments``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assistant.maths.reading.formulas import brackets, calculus
from assistant.maths.reading.formulas.bare_arguments import bare_argument, is_differential
from assistant.maths.reading.formulas.cursor import DIFFERENTIAL, Cursor
from assistant.maths.reading.formulas.tokens import Kind, ReadingError, Token
from assistant.maths.terms import (
    Add,
    Bracket,
    Call,
    Collection,
    Comparison,
    Div,
    Expr,
    Interval,
    Matrix,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    integer,
)
from assistant.maths.types import Text

if TYPE_CHECKING:
    from assistant.maths.reading.formulas.grammar import FormulaReader

TWO = Fraction(2)
ALIASES = {
    "Abs": "abs", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arccot": "acot",
    "arcsec": "asec", "arccsc": "acsc", "arcsinh": "asinh", "arccosh": "acosh",
    "arctanh": "atanh", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "tg": "tan",
    "ctg": "cot", "arctg": "atan", "cosec": "csc", "sgn": "sign", "ceil": "ceiling",
    "nthRoot": "root", "real_root": "root", "Max": "max", "Min": "min", "GCD": "gcd",
    "LCM": "lcm", "Mod": "mod", "ConditionSet": "conditionset", "ImageSet": "imageset",
    "Union": "union", "Intersection": "intersection", "Piecewise": "piecewise",
    "Integral": "integrate", "Derivative": "diff", "Limit": "limit", "lim": "limit",
    "Sum": "sum", "summation": "sum", "Product": "product", "prod": "product",
    "int": "integrate", "Re": "re", "Im": "im",
}  # fmt: skip
INVERSES = {name: "a" + name for name in "sin cos tan cot sec csc sinh cosh tanh".split()}
UNARY = (
    frozenset(INVERSES)
    | frozenset(INVERSES.values())
    | frozenset(
        """abs exp ln lg sign floor ceiling factorial erf erfc gamma re im arg conjugate det
        transpose""".split()
    )
)
RELATIONS = {
    "Eq": Comparison.EQ, "Ne": Comparison.NE, "Lt": Comparison.LT, "Le": Comparison.LE,
    "Gt": Comparison.GT, "Ge": Comparison.GE,
}  # fmt: skip
OF_MATRICES = frozenset("det transpose inverse rank trace".split())


def function(r: FormulaReader) -> Expr:
    """A known function with its base, power and argument."""
    token = r.take()
    if token.text == "gamma" and not r.sees("("):
        return Symbol("gamma")  # the Greek letter, as an angle
    name = ALIASES.get(token.text, token.text)
    if name in calculus.READERS and (value := calculus.READERS[name](r, token)) is not None:
        return value
    base = None
    if name in ("log", "ln") and r.accept("_"):
        base = _base(r)
    exponent = _exponent(r)
    if r.sees("("):
        args = brackets.arguments(r)
    elif r.sees("[") and name not in OF_MATRICES:
        args = (brackets.bracket(r),) if name in ("Matrix", "max", "min") else brackets.arguments(r)
    else:
        args = (bare_argument(r, token, name),)
    if base is not None:
        args = (*args, base)
    if exponent == Neg(integer(1)) and name in INVERSES:
        value = Call(INVERSES[name], args)
        r.note("read as the inverse function: {0}", "读作反函数：{0}", value)
        return value
    value = apply(r, token, name, args)
    if name in ("sin", "cos", "tan") and _looks_like_degrees(args):
        r.note(
            "{0} is in radians; degrees are written {0}°", "{0} 以弧度计；角度请写成 {0}°", args[0]
        )
    return value if exponent is None else Pow(value, exponent)


def _looks_like_degrees(args: tuple[Expr, ...]) -> bool:
    """Whether a whole number such as 30 stands where an angle is usual."""
    match args:
        case (Number(value, None),):
            return value >= 15
    return False


def _base(r: FormulaReader) -> Expr:
    """The base of a logarithm; in LaTeX ``\\log_28`` has the base 2."""
    if r.sees("{"):
        return r.group()
    token = r.now
    if token.kind is Kind.NUMBER and r.latex and len(token.text) > 1 and not _operand(r.peek()):
        from assistant.maths.reading.formulas import layout

        layout.split_number(r)
    return r.single()


def _operand(token: Token) -> bool:
    return token.kind in (Kind.NUMBER, Kind.NAME, Kind.WORD, Kind.COMMAND) or token.text in (
        "(",
        "{",
        "|",
        "^",
    )


def _exponent(r: FormulaReader) -> Expr | None:
    """The power between a function's name and its argument."""
    if not r.sees("^"):
        return None
    r.take()
    if r.sees("{"):
        return r.group()
    return Neg(r.single()) if r.accept("-") else r.single()


def apply(r: FormulaReader, token: Token, name: str, args: tuple[Expr, ...]) -> Expr:
    """A function applied, in the words of ``terms``."""
    if name in RELATIONS and len(args) == 2:
        return Relation(RELATIONS[name], *args)
    match name, args:
        case "cbrt", (x,):
            return root(x, integer(3))
        case "lg", (x,):
            return Call("log", (x, integer(10)))
        case "lg", (x, base):
            return Call("log", (x, base))
        case "log", (x,):
            r.note(
                "a logarithm without a base is the natural one", "未写底数的 log 读作自然对数 ln"
            )
            return Call("ln", (x,))
        case "ln", (x, base):
            return Call("log", (x, base))
        case "root", (x,):
            return root(x, integer(2))
        case "root", (x, n):
            return Call("root", (x, n))
        case (("max" | "min" | "gcd" | "lcm"), (Collection(_, items),)):
            return Call(name, items)
        case "Rational", (num, den):
            return Div(num, den)
        case (("Rational" | "Integer"), (x,)):
            return x
        case "Matrix", (Matrix() as matrix,):
            return matrix
        case "Matrix", (Collection(Bracket.LIST, items),):
            return Matrix(tuple((i,) for i in items))
        case "Interval", (low, high, *_):
            return Interval(low, high, low_open=False, high_open=False)
        case "FiniteSet", _:
            return Collection(Bracket.SET, args)
        case "piecewise", _ if all(isinstance(a, Collection) for a in args):
            return Call(name, tuple(i for a in args if isinstance(a, Collection) for i in a.items))
        case (("union" | "intersection" | "complement"), _):
            return Call(name, tuple(map(brackets.as_set, args)))
    if not args or (len(args) > 1 and name in UNARY):
        raise ReadingError(
            Text(
                "“{0}” takes one value, not {1}",
                "函数“{0}”需要一个自变量，而不是 {1} 个",
                (token.text, str(len(args))),
            ),
            token.start,
        )
    return Call(name, args)


def root(body: Expr, index: Expr) -> Expr:
    """The root of an index."""
    return Call("sqrt", (body,)) if index == integer(2) else Call("root", (body, index))


def sign(r: FormulaReader) -> Expr:
    """What begins with a sign: a root, an integral, a sum, ∂, or ``³√``."""
    token = r.now
    if token.text == "∂":
        if (found := calculus.leibniz(r)) is not None:
            return found
        raise r.value_expected()
    if token.text == "^":
        return _root_index(r)
    r.take()
    match token.text:
        case "√" | "∛" | "∜":
            body = _radicand(r)
            return root(body, integer("√∛∜".index(token.text) + 2))
        case "Σ":
            return calculus.big(r, token, "sum")
        case "Π":
            return calculus.big(r, token, "product")
        case _:
            return calculus.integral(r, "∫∬∭".index(token.text) + 1)


def _radicand(r: FormulaReader) -> Expr:
    """One factor behind a root sign."""
    body = r.power()
    if isinstance(body, Number | Symbol | Pow) and r.now.kind is Kind.NAME and not r.now.spaced:
        r.note("the root is of {0} only", "根号只作用于 {0}", body)
    return body


def _root_index(r: FormulaReader) -> Expr:
    """``³√8``: a small figure before a root sign."""
    place = r.position
    r.take()
    if r.sees("("):
        index = brackets.bracket(r)
        if r.accept("√"):
            return root(_radicand(r), index)
    r.position = place
    raise r.value_expected()


def angle(r: FormulaReader, value: Expr) -> Expr:
    """``45°`` and ``45°30'``, behind the degree sign."""
    parts: list[Expr] = [value]
    for size in (60, 3600):
        minutes = r.now.kind is Kind.NUMBER and not r.now.spaced and r.peek().text == "'"
        if minutes:
            parts.append(Div(r.number(), integer(size)))
            while r.accept("'"):
                pass
    return Call("degrees", (parts[0] if len(parts) == 1 else Add(tuple(parts)),))


# derivatives written with letters ------------------------------------------------


def derivative_or_differential(r: FormulaReader) -> Expr | None:
    """``d/dx …``, ``dy/dx``, or the ``dx`` of an integral; nothing if there is none."""
    if r.now.text != "d":
        return None
    if (found := calculus.leibniz(r)) is not None:
        return found
    if is_differential(r):
        r.take()
        r.differential = r.take().text
        return DIFFERENTIAL
    if r.forms and r.peek().text in r.forms:
        return _form(r, *r.forms)
    return None


def _form(r: FormulaReader, above: str, below: str) -> Expr:
    """``dy`` as ``y' dx``, with every ``dx`` divided away."""
    r.take()
    if r.take().text == below:
        return DIFFERENTIAL
    derivative = Call("diff", (Call(above, (Symbol(below),)), Symbol(below), integer(1)))
    r.note("divided by d{0}", "两边同除以 d{0}", Symbol(below))
    return derivative


def derivative_fraction(r: FormulaReader) -> Expr | None:
    """``\\frac{d}{dx}`` and ``\\frac{dy}{dx}`` before the first brace."""
    if r.peek().text not in ("d", "∂"):
        return None
    return calculus.leibniz(r)


def primed(r: FormulaReader) -> bool:
    """Whether a prime stands here: ``'``, ``^{\\prime}`` or ``^\\prime``."""
    if r.sees("'"):
        return True
    return r.sees("^") and (
        r.peek().text == "'" or (r.peek().text == "{" and r.peek(2).text == "'")
    )


def _count_primes(r: FormulaReader) -> int:
    count = 0
    while primed(r):
        braced = r.accept("^") is not None and r.accept("{") is not None
        while r.accept("'"):
            count += 1
        if braced:
            r.expect("}")
    return count


def primed_function(r: FormulaReader, name: str) -> Expr:
    """``y'``, ``f''(x)``; ``f'(3)``, the derivative's value at 3, is ``diff(f(3), x, 1)``."""
    order = integer(_count_primes(r))
    variable = r.dependent.get(name, Symbol("x"))
    if not r.sees("(") or r.now.spaced:
        return Call("diff", (Call(name, (variable,)), variable, order))
    args = brackets.arguments(r)
    if len(args) != 1:
        raise r.error(Text("one value is expected in this bracket", "括号中应只有一个数"))
    if isinstance(args[0], Symbol) and name not in r.dependent:
        variable = args[0]
    return Call("diff", (Call(name, args), variable, order))


def is_minutes(r: Cursor) -> bool:
    """Whether a prime behind a number is that of an angle: not in ``(5)' = 0``."""
    return r.peek(-2).kind is Kind.NUMBER and r.now.kind is not Kind.NUMBER


def primes(r: FormulaReader, value: Expr) -> Expr:
    """``(x^2)'``: the derivative of what stands in the bracket."""
    order = integer(_count_primes(r))
    variable = Symbol(calculus.usual_variable(value))
    found = Call("diff", (value, variable, order))
    r.note("the prime is the derivative by {0}", "撇号表示对 {0} 求导", variable)
    return found


def constant_letter(r: FormulaReader, token: Token) -> None:
    """Say what e or i is read as, where it could also be an unknown."""
    letters = any(t.kind is Kind.NAME and t.text not in "eEiI" for t in r.tokens)
    if token.text in "eE":
        if not r.sees("^") and letters and not r.latex:
            r.note("e is read as Euler's number", "e 读作自然对数的底")
    elif letters and not r.sees("^"):
        r.note("i is read as the imaginary unit", "i 读作虚数单位")


def signed_remainder(r: FormulaReader, term: Expr) -> Expr:
    """``-7 mod 3`` is the remainder of -7."""
    match term:
        case Neg(Call("mod", (left, modulus)) as inner) if (
            inner is r.remainder and r.tokens[r.position - 1].text != ")"
        ):
            term = Call("mod", (Neg(left), modulus))
            r.note("read as the remainder of {0}", "读作 {0} 的余数", Neg(left))
    return term


def remainder(r: FormulaReader, left: Expr) -> Expr:
    """``17 mod 5`` and ``17 % 5`` behind their left side."""
    if r.take().text == "%":
        r.note("“%” between two numbers is the remainder", "两数之间的“%”读作取余")
    r.remainder = Call("mod", (left, r.unary()))
    return r.remainder
