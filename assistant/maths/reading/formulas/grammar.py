"""The grammar of formulas: statements, sums, products, powers, by precedence climbing
(Pratt 1973).  The rules for what is left out are told in ``formula``."""

from __future__ import annotations

from assistant.maths.reading.formulas import (
    brackets,
    calculus,
    layout,
    literals,
    operators,
    refusals,
)
from assistant.maths.reading.formulas.cursor import CLOSING, DIFFERENTIAL, MAX_DEPTH, Cursor
from assistant.maths.reading.formulas.tokens import Kind, ReadingError, Token
from assistant.maths.terms import (
    Add,
    Call,
    Comparison,
    Connective,
    Div,
    Expr,
    Junction,
    Matrix,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    Truth,
    integer,
    symbols,
)
from assistant.maths.types import Text

COMPARISONS = {c.value: c for c in Comparison}
TRUTHS = {"true": True, "True": True, "false": False, "False": False}
OPENING = frozenset(CLOSING) - {"|"}
SIGN_ATOMS = frozenset("∫∬∭ΣΠ√∛∜∂")
Statement = Relation | Junction | Truth


class FormulaReader(Cursor):
    """One pass over the tokens of one text."""

    # statements -----------------------------------------------------------------

    def junction(self) -> Expr:
        """Statements joined by *or*, and more strongly by *and*."""
        groups = [[self.relation()]]
        while self.sees("and", "or"):
            place, level = self.position, self.level
            sign = self.take().text
            try:
                part = self.relation()
            except ReadingError:
                if not self.prefix or self.depth:
                    raise
                self.position, self.level = place, level
                break
            before = groups[-1][-1]
            if isinstance(before, Relation) and not isinstance(part, Statement | Call):
                part = Relation(before.op, before.left, part)  # x = 1 or 2
            if sign == "or":
                groups.append([part])
            else:
                groups[-1].append(part)
        joined = [g[0] if len(g) == 1 else Junction(Connective.AND, tuple(g)) for g in groups]
        return joined[0] if len(joined) == 1 else Junction(Connective.OR, tuple(joined))

    def relation(self) -> Expr:
        """One expression, or several with comparison signs between them."""
        sides: list[Expr] = [self.set_operations()]
        ops: list[Comparison] = []
        start = self.now.start
        while self.now.kind is Kind.SIGN:
            sign = self.now.text
            if sign in COMPARISONS:
                gap = next((g for g in self.gaps if ops and g.start > start), None)
                if gap is not None:
                    raise refusals.two_statements(gap)
                start = self.take().start
                ops.append(COMPARISONS[sign])
                sides.append(self.set_operations())
            elif sign in ("∈", "in", "~", "≡"):
                self.take()
                sides[-1] = brackets.related(self, sign, sides[-1], self.set_operations())
            else:
                break
        if not ops:
            return sides[0]
        links = tuple(Relation(op, sides[n], sides[n + 1]) for n, op in enumerate(ops))
        return links[0] if len(links) == 1 else Junction(Connective.AND, links)

    def set_operations(self) -> Expr:
        """Sums, and sets joined by ∪, ∩ and ∖."""
        left = self.sum()
        while self.sees("∪", "∩", "∖") or (self.now.text == "U" and brackets.is_set(left)):
            sign = self.take().text
            left = brackets.joined_sets(sign, left, self.sum())
        return left

    # expressions ----------------------------------------------------------------

    def sum(self) -> Expr:
        """Terms with their signs."""
        start = self.now
        terms = [operators.signed_remainder(self, self._term(self.accept("+", "-", "±")))]
        while self.sees("+", "-", "±") and not self.differential:
            if self.limits and self.peek().text == "lim":
                break  # the limit of the next term is a limit of its own
            terms.append(self._term(self.take()))
        if len(terms) > 1:
            refusals.refuse_statement(terms, start)
        return terms[0] if len(terms) == 1 else Add(tuple(terms))

    def _term(self, sign: Token | None) -> Expr:
        term = self.product()
        match sign.text if sign else "+":
            case "-":
                return Neg(term)
            case "±":
                return Call("plusminus", (term,))
            case _:
                return term

    def product(self) -> Expr:
        """Factors multiplied, divided, or put side by side, from left to right."""
        start = self.now
        factors = [self.unary()]
        bare = None  # a quotient that nothing holds together but its bar
        while True:
            if len(factors) > 1 or bare is not None:
                refusals.refuse_statement(factors[-2:], start)
            if self.accept("*", "of"):
                factors.append(self.unary())
            elif self._is_ratio():
                return self._ratio(_product(factors))
            elif sign := self.accept("/", "÷"):
                bare = Div(_product(factors), _product([self._divisor(sign)]))
                factors = [bare]
            elif self.sees("mod", "%"):
                factors = [operators.remainder(self, _product(factors))]
            elif self._starts_factor(factors[-1]):
                self._beside(factors)
                if factors[0] is bare and len(factors) == 2 and factors[1] is not DIFFERENTIAL:
                    self.note(
                        "“/” takes the next factor only: read as {0}",
                        "“/”只作用于紧跟的一个因数：读作 {0}",
                        _product(factors),
                    )
            else:
                return _product(factors)

    def _divisor(self, sign: Token) -> Expr:
        """What is divided by: behind ``÷`` a fraction of two numbers holds together."""
        value, bar = self.unary(), self.now
        tight = bar.text == "/" and not bar.spaced and self.peek().kind is Kind.NUMBER
        if sign.text == "÷" and tight and isinstance(value, Number) and not self.peek().spaced:
            self.take()
            value = Div(value, self.number())
            self.note("“÷” is followed by the fraction {0}", "“÷”后面是分数 {0}", value)
        return value

    def _is_ratio(self) -> bool:
        """Whether a colon stands here with a value behind it."""
        after = self.peek()
        return (
            self.sees(":")
            and not self.set_builder
            and (after.kind in (Kind.NUMBER, Kind.NAME, Kind.COMMAND) or after.text == "(")
            and after.spaced == self.now.spaced
        )

    def _ratio(self, left: Expr) -> Expr:
        """``2/3 : 4/9``, a quotient that binds less than the fraction bar."""
        self.take()
        value = Div(left, self.product())
        if isinstance(value.den, Div) and self.tokens[self.position - 2].text == ":":
            raise self.error(Text("a ratio of three numbers is no value", "连比不是一个数"))
        return value

    def _starts_factor(self, left: Expr) -> bool:
        """Whether a factor without a sign before it begins here."""
        token = self.now
        if self.differential:
            return False
        match token.kind:
            case Kind.NUMBER | Kind.WORD | Kind.COMMAND:
                return token.text != "pmod" and not token.text.startswith("end ")
            case Kind.NAME:
                return not (token.text == "U" and brackets.is_set(left))
            case Kind.SIGN:
                if token.text == "(" and self.peek().text == "mod":
                    return False
                return (
                    token.text in OPENING
                    or token.text in SIGN_ATOMS
                    or (token.text == "|" and self.bars == 0)
                )
            case _:
                return False

    def _beside(self, factors: list[Expr]) -> None:
        """A factor put beside: a product, or the fraction of a mixed number."""
        token, left = self.now, factors[-1]
        if token.spaced and not isinstance(left, Call):
            if token.kind is Kind.NUMBER and isinstance(left, Symbol) and not self.latex:
                raise refusals.side_by_side(token)
            self.gaps.append(token)
        right = self.power()
        if isinstance(left, Number) and token.kind is Kind.NUMBER:
            factors[-1] = self._mixed(left, right, token)
            return
        match left, right:
            case Number(_, None), Div(Number(_, None) as num, Number(_, None) as den) if (
                token.text == "frac"
            ):
                factors[-1] = Call("mixed", (left, num, den))
                self.note("read {0} as a mixed number", "将 {0} 读作带分数", factors[-1])
                return
        factors.append(right)

    def _mixed(self, whole: Number, num: Expr, token: Token) -> Expr:
        """``2 1/3`` after its whole part and ``1``."""
        slash, den = self.now, self.peek()
        if slash.text == "/" and den.kind is Kind.NUMBER and not slash.spaced and not den.spaced:
            self.take()
            return Call("mixed", (whole, num, self.number()))
        raise refusals.side_by_side(token)

    def unary(self) -> Expr:
        """A signed factor, as after ``*`` or in an exponent."""
        signs = []
        while sign := self.accept("-", "+", "±"):
            signs.append(sign.text)
        value = self.power()
        if len(signs) > MAX_DEPTH:
            raise self.error(Text("too many signs", "符号过多"))
        for sign_text in reversed(signs):
            if sign_text != "+":
                value = Neg(value) if sign_text == "-" else Call("plusminus", (value,))
        return value

    def power(self) -> Expr:
        """A postfixed atom and its exponent, which binds to the right."""
        self.nested()
        start = self.now
        base = self.postfix(self.atom())
        while self.sees("^"):
            refusals.refuse_statement([base], start)
            self.take()
            base = self.postfix(self.raised(base))
        self.level -= 1
        return base

    def raised(self, base: Expr) -> Expr:
        """A base with the exponent that is read here; ``^°`` and ``^T`` are no powers."""
        if self.accept("°"):
            value = operators.angle(self, base)
        elif self.sees("{") and self.peek().text == "°":
            self.position += 2
            self.expect("}")
            value = operators.angle(self, base)
        elif isinstance(base, Matrix) and self.now.text == "T":
            self.take()
            value = Call("transpose", (base,))
        else:
            value = Pow(base, self.group() if self.sees("{") else self.unary())
            if isinstance(value.exp, Pow) and self.tokens[self.position - 2].text == "^":
                self.note("powers are read from the right: the exponent of {0} is {1}",
                          "连续的乘方从右往左读：{0} 的指数是 {1}", base, value.exp)  # fmt: skip
        return value

    def group(self) -> Expr:
        """``{…}`` of LaTeX, an expression."""
        opening = self.take()
        self.depth += 1
        bars, self.bars = self.bars, 0
        value = self.junction()
        self.close(opening, "}")
        self.depth, self.bars = self.depth - 1, bars
        return value

    def postfix(self, value: Expr) -> Expr:
        """``5!``, ``25%``, ``30°``, ``(x^2)'``."""
        while self.sees("!", "%", "°", "'"):
            if self.sees("%") and self._is_remainder():
                break
            token = self.take()
            match token.text:
                case "!" if self.sees("!") and not self.now.spaced:
                    raise self.error(Text("the double factorial is not known", "不支持双阶乘"))
                case "!":
                    value = Call("factorial", (value,))
                case "%":
                    value = Call("percent", (value,))
                case "°":
                    value = operators.angle(self, value)
                case "'" if isinstance(value, Number) and operators.is_minutes(self):
                    value = Call("degrees", (Div(value, integer(60)),))
                case _:
                    self.position -= 1
                    value = operators.primes(self, value)
        return value

    def _is_remainder(self) -> bool:
        after = self.peek()
        return after.kind is Kind.NUMBER and self.now.spaced == after.spaced

    def atom(self) -> Expr:
        """A number, name, function, or bracket."""
        token = self.now
        match token.kind:
            case Kind.NUMBER:
                return self.number()
            case Kind.NAME:
                return self.name()
            case Kind.WORD:
                return self.word()
            case Kind.COMMAND:
                return layout.command(self)
            case Kind.SIGN if token.text in OPENING or token.text == "|":
                return brackets.bracket(self)
            case Kind.SIGN if token.text in SIGN_ATOMS or token.text == "^":
                return operators.sign(self)
            case _:
                raise self.value_expected()

    def single(self) -> Expr:
        """An atom without what may follow it, for an index, a bound or a base."""
        self.nested()
        value = self.atom()
        self.level -= 1
        return value

    def number(self) -> Number:
        """A literal, with the decimals that were written."""
        return literals.number(self)

    def word(self) -> Expr:
        """A named constant, or a known function applied."""
        token = self.now
        if token.text in TRUTHS:
            self.take()
            return Truth(TRUTHS[token.text])
        if token.text in literals.CONSTANTS:
            self.take()
            return literals.CONSTANTS[token.text]
        return operators.function(self)

    def name(self) -> Expr:
        """A variable, or a function applied; ``e`` and ``i`` are constants."""
        if (found := operators.derivative_or_differential(self)) is not None:
            return found
        token = self.take()
        name = token.text
        refusals.refuse_inverse(self, token)
        refusals.refuse_chance(self, token)
        if (counted := brackets.counted(self, token)) is not None:
            return counted
        if name in self.functions and self.sees("("):
            return Call(name, brackets.arguments(self))
        if operators.primed(self):
            return operators.primed_function(self, name)
        if name in self.dependent:
            return self._dependent(name)
        if name in literals.LETTER_CONSTANTS and name not in self.names:
            operators.constant_letter(self, token)
            return literals.CONSTANTS[name]
        if self.sees("(") and not self.now.spaced and calculus.has_comma(self):
            if name == "C" and name not in self.names:
                return brackets.combinations(self)
            return Call(name, brackets.arguments(self))
        return Symbol(name)

    def _dependent(self, name: str) -> Expr:
        """``y`` is ``y(x)``; ``y(0)`` is its value at 0, and ``y(1 - y)`` a product."""
        variable = self.dependent[name]
        whole = Call(name, (variable,))
        if not self.sees("(") or self.now.spaced:
            return whole
        place = self.position
        args = brackets.arguments(self)
        inside = {n for a in args for n in symbols(a)}
        if len(args) == 1 and (args[0] == variable or variable.name not in inside):
            return Call(name, args)
        self.position = place
        return whole


def _product(factors: list[Expr]) -> Expr:
    """The product, without the place that ``dx`` has taken in an integrand."""
    left = [f for f in factors if f is not DIFFERENTIAL]
    if not left:
        return integer(1)
    return left[0] if len(left) == 1 else Mul(tuple(left))
