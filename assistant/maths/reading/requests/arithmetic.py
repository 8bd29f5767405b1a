"""Arithmetic in words: sums, products, powers and roots, parts and percentages."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading import numerals
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.reading.scan import unknown_word
from assistant.maths.types import Request, Task, Text

CALLED_SUM = re.compile(
    r"(?:the )?(?:sum|total|difference|distance) (?:of|between)\b|.*(?:[的之](?:总?和|差))\s*$",
    re.IGNORECASE | re.DOTALL,
)
"""A sum by its name, which holds together like a bracket."""
ZH_TIGHTER = re.compile("[乘除减]")
"""Words that take the sum behind them as a whole: ``3乘4与5的和`` is 3×(4+5)."""
AFTER = r"(?:multiplied by|times|divided by|over|squared|cubed|(?:raised )?to the (?:\w+ )?power)\b"
WITHIN = r"(?:(?!\b(?:is|are|was|were|equals?|gives|exceeds|has|have|sum|difference)\b)[^,;:.?=()])"
TWO_WAYS = (
    re.compile(
        rf"\b(?:sum|total|difference|distance|quotient) (?:of|between) "
        rf"(?P<first>{WITHIN}*?) and (?P<last>{WITHIN}*? (?P<op>{AFTER}))",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:sum|total|average|mean|product) of (?P<first>)(?P<last>[^,;:.?=()]*?(?:[a-z]{3}s|\bto [\d.]+) "
        r"(?P<op>squared|cubed))\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:square root|cube root|square|cube|reciprocal|opposite|absolute value|factorial|sine|cosine"
        r"|tangent)"
        rf" of (?P<first>)(?P<last>[^\s,;:.?=()]+ (?P<op>plus|minus|{AFTER}))(?! the\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:%|\bpercent|\bhalf|\bthirds?|\bquarters?) of (?P<first>)(?P<last>\d[\d.]* (?P<op>plus|minus))\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:average|mean|median|mode|range|maximum|minimum|product|quotient|difference|gcd|lcm"
        r"|greatest common divisor|least common multiple) of (?P<first>[^;:.?=()]*?),? and "
        r"(?P<last>[\d.]+ (?P<op>plus|minus|times|divided by|squared|cubed))\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:sum|total|difference) (?:of|between) (?P<first>\d+/\d+|\d+%|half|a (?:third|quarter)) and "
        r"(?P<last>(?:\d+/\d+|\d+%|half|a (?:third|quarter)) (?P<op>of))\b",
        re.IGNORECASE,
    ),
)
"""``the sum of 3 and 4 times 2``: 14 or 11?  With a comma, or the same word in both, it is clear."""


def refuse_two_ways(whole: Span) -> None:
    """Raise ``ReadingError`` where words do not say how far a sum or root goes."""
    for pattern in TWO_WAYS:
        for found in pattern.finditer(whole.source, whole.start, whole.end):
            if found["op"].lower() not in found["first"].lower():
                raise ReadingError(
                    Text(
                        "this can be read in two ways: does “{0}” belong to all of it?",
                        "这里有两种读法：“{0}”是否作用于前面的整体？",
                        (found["op"],),
                    ),
                    found.start("op"),
                    Text(
                        "write it with brackets, such as (3 + 4) * 2",
                        "请用括号写明，如 (3 + 4) * 2",
                    ),
                )


# arithmetic in words --------------------------------------------------------------------


@noun("<a> plus <b>", "<a>加上?<b>")
def plus(s: Slots) -> t.Expr:
    return t.Add((s.expr("a"), s.expr("b")))


@noun("<a> (?:minus|take away) <b>", "<a>减去?<b>")
def minus(s: Slots) -> t.Expr:
    return t.Add((s.expr("a"), t.Neg(s.expr("b"))))


@noun("<b> less than <a>")
def less(s: Slots) -> t.Expr:
    return t.Add((s.expr("a"), t.Neg(s.expr("b"))))


@noun("(?:sum|total) of <items>", "<items>(?:的和|之和|的总和)")
def total(s: Slots) -> t.Expr:
    """One item is a sum only if it is written as one: the law of a series is none."""
    items = s.exprs("items")
    text = s.span("items").text
    if len(items) > 1:
        first, *others = (part.text for part in s.scan.items(s.span("items")))
        if ZH_TIGHTER.search(first) and not any(map(ZH_TIGHTER.search, others)):
            raise s.scan.error(
                s.span("items"), "two readings are possible: add brackets", "有两种读法，请加括号"
            )
        return t.Add(items)
    said_so = "加" in text or not t.symbols(items[0])
    if isinstance(items[0], t.Add) and said_so and not ZH_TIGHTER.search(text):
        return items[0]
    raise s.scan.error(s.span("items"), "two numbers are expected", "此处应有两个数")


@noun("product of <items>", "<items>(?:的积|之积|的乘积)")
def product(s: Slots) -> t.Expr:
    return t.Mul(s.exprs("items"))


@noun("(?:difference|distance) between <a> and <b>")
def difference(s: Slots) -> t.Expr:
    parts = (s.expr("a"), s.expr("b"))
    if any(isinstance(p, t.Collection) for p in parts):
        raise s.scan.error(s.span("a"), "two numbers are expected", "此处应为两个数")
    return t.Call("abs", (t.Add((parts[0], t.Neg(parts[1]))),))


@noun("<a> to the <k> power")
def ordinal_power(s: Slots) -> t.Expr:
    return _raised(s, t.integer(root_index(s)))


@noun("<a>[与和减]<b>的差", "difference of <a> and <b>")
def gap(s: Slots) -> t.Expr:
    return t.Add((s.expr("a"), t.Neg(s.expr("b"))))


@noun("<a> (?:times|multiplied by) <b>", "<a>乘以?<b>")
def times(s: Slots) -> t.Expr:
    """A sum without brackets gives the term beside the word: ``2 times 3 + 1`` is 7."""
    a, b = s.expr("a"), s.expr("b")
    before, after = loose_terms(s, "a", a), loose_terms(s, "b", b)
    product = t.Mul(((before or (a,))[-1], (after or (b,))[0]))
    if not before and not after:
        return product
    return said(s, t.Add((*before[:-1], product, *after[1:])))


def loose_terms(s: Slots, place: str, value: t.Expr) -> tuple[t.Expr, ...]:
    """The terms of a sum that was written without brackets; nothing for anything else.

    What is called a sum or difference in words is one thing: twice the sum of 3 and 4 is 14.
    """
    text = s.span(place).text
    whole = text[0] in "([" and text[-1] in ")]" and not re.search(r"\)[^()]*\(", text)
    if not isinstance(value, t.Add) or whole:
        return ()
    if CALLED_SUM.match(text):
        if isinstance(value.terms[-1], t.Add) and not isinstance(value.terms[0], t.Add):
            raise s.scan.error(
                s.span(place), "two readings are possible: add brackets", "有两种读法，请加括号"
            )
        return ()
    return value.terms


def said(s: Slots, value: t.Expr) -> t.Expr:
    """A value, with a note on how it was read."""
    s.scan.notes.append(Text("read as {0}", "读作 {0}", (value,)))
    return value


MULTIPLE = re.compile(
    r"(?:twice|double|half|thrice|triple)\b|.*(?:%|cent|half|thirds?|quarters?|[a-z]ths?) of\b",
    re.IGNORECASE,
)
"""``twice x squared`` is 2x^2: what is so often of it does not belong to the base."""


def _raised(s: Slots, exponent: t.Expr) -> t.Expr:
    """A power said behind a formula belongs to its last factor: ``3x squared`` is 3x^2."""
    base = s.expr("a")
    text = s.span("a").text
    if MULTIPLE.match(text):
        raise s.scan.error(
            s.span("a"), "two readings are possible: add brackets", "有两种读法，请加括号"
        )
    if re.search(r"[A-Za-z]{2}|[\u4e00-\u9fff]", text) or (text[0] in "([" and text[-1] in ")]"):
        return t.Pow(base, exponent)  # words, or brackets, hold together
    value = _last_raised(base, exponent)
    return value if value == t.Pow(base, exponent) else said(s, value)


def _last_raised(base: t.Expr, exponent: t.Expr) -> t.Expr:
    match base:
        case t.Add(terms):
            return t.Add((*terms[:-1], _last_raised(terms[-1], exponent)))
        case t.Mul(factors):
            return t.Mul((*factors[:-1], _last_raised(factors[-1], exponent)))
        case t.Neg(arg):
            return t.Neg(_last_raised(arg, exponent))
    return t.Pow(base, exponent)


SPOKEN_FUNCTION = re.compile(
    r"(?<![a-z])(?:sine?|cos(?:ine)?|tan(?:gent)?|cot|sec|csc|log(?:arithm)?|ln|root|arc\w+)\s+of\s[^()]*$",
    re.IGNORECASE,
)
"""``sin of pi over 6``: of pi, or of pi over 6?"""


@noun("<a> (?:divided by|over) <b>", "quotient of <a> and <b>", "<a>除以<b>", "<a>[与和]<b>的商")
def divided(s: Slots) -> t.Expr:
    if SPOKEN_FUNCTION.search(s.span("a").text):
        raise s.scan.error(
            s.span("a"),
            "use brackets to say what the function is taken of",
            "请用括号标明函数的自变量",
        )
    a, b = s.expr("a"), s.expr("b")
    value = t.Div(a, b)
    loose = loose_terms(s, "a", a) or loose_terms(s, "b", b)
    if loose and not t.symbols(value):  # with letters they are polynomials, with numbers a sum
        raise s.scan.error(
            s.span("a"), "two readings are possible: add brackets", "有两种读法，请加括号"
        )
    return said(s, value) if loose else value


@noun(
    "<a> (?:raised )?to the power(?: of)? <b>", "<a> raised to <b>", "<a>的<b>次方", "<a>的<b>次幂"
)
def power(s: Slots) -> t.Expr:
    return _raised(s, s.expr("b"))


@noun("square of <a>")
def square_of(s: Slots) -> t.Expr:
    return t.Pow(_clear(s), t.integer(2))


@noun("cube of <a>")
def cube_of(s: Slots) -> t.Expr:
    return t.Pow(_clear(s), t.integer(3))


@noun("<a> squared", "<a>的平方")
def square(s: Slots) -> t.Expr:
    return _raised(s, t.integer(2))


@noun("<a> cubed", "<a>的立方")
def cube(s: Slots) -> t.Expr:
    return _raised(s, t.integer(3))


@noun("square root of <a>", "<a>的算术平方根")
def square_root(s: Slots) -> t.Expr:
    return t.Call("sqrt", (_clear(s),))


@noun("<a>的平方根")
def both_roots(s: Slots) -> Request:
    square = t.Pow(t.Symbol("x"), t.integer(2))
    return Request(task=Task.SOLVE, operands=(t.equation(square, _clear(s)),), variables=("x",))


@noun("<k> root of <a>", "<a>的立方根")
def any_root(s: Slots) -> t.Expr:
    return t.Call("root", (_clear(s), t.integer(root_index(s))))


def root_index(s: Slots) -> int:
    """Which root is meant: ``cube``, ``third``."""
    if "k" not in s.taken:
        return 3
    word = s.text("k").removeprefix("the ").strip()
    index = {"square": 2, "cube": 3}.get(word) or numerals.ordinal(word)
    if not index or index < 2:
        raise s.scan.error(s.span("k"), "which root is meant?", "不清楚是几次方根")
    return index


@noun("(?:reciprocal|inverse) of the number <a>", "reciprocal of <a>", "<a>的倒数")
def reciprocal(s: Slots) -> t.Expr:
    return t.Div(t.integer(1), _clear(s))


@noun("(?:opposite|additive inverse) of <a>", "<a>的相反数")
def opposite(s: Slots) -> t.Expr:
    return t.Neg(_clear(s))


@noun("(?:absolute value|modulus) of <a>", "<a>的绝对值")
def absolute(s: Slots) -> t.Expr:
    return t.Call("abs", (_clear(s),))


@noun("factorial of <a>", "<a>的阶乘")
def factorial(s: Slots) -> t.Expr:
    return t.Call("factorial", (_clear(s),))


@noun(r"<p>(?:%|\\%| percent| per cent) of <a>")
def percent_of(s: Slots) -> t.Expr:
    """Percents belong to the number before them: ``5 + 20% of 30`` is 11."""
    whole, base = s.expr("p"), s.expr("a")
    *before, share = loose_terms(s, "p", whole) or (whole,)
    first, *behind = loose_terms(s, "a", base) or (base,)
    if not all(map(_is_share, behind)):
        one_thing(s, base)
    part: t.Expr
    match share:
        case t.Neg(arg):
            part = t.Neg(t.Mul((t.Call("percent", (arg,)), first)))
        case _:
            part = t.Mul((t.Call("percent", (share,)), first))
    terms = (*before, part, *behind)
    return said(s, t.Add(terms)) if len(terms) > 1 else part


def _is_share(term: t.Expr) -> bool:
    """``20% of 30``, added or taken away: it cannot belong to the share before it."""
    match term:
        case t.Neg(arg):
            return _is_share(arg)
        case t.Mul((t.Call("percent"), *_)):
            return True
    return False


@noun(r"<a>的<p>(?:%|\\%)")
def percent_of_zh(s: Slots) -> t.Expr:
    share = s.expr("p")
    if loose_terms(s, "p", share):
        raise unknown_word(s.span("p"), 0)
    return t.Mul((t.Call("percent", (share,)), one_thing(s, s.expr("a"))))


def _clear(s: Slots) -> t.Expr:
    """The operand; ``square root of 16 + 9`` may be 13 or 5, but ``3 + 4i`` is one number.

    Raises ``ReadingError``.
    """
    whole = s.expr("a")
    complex_number = any(n == t.Constant(t.ConstantName.I) for n in t.walk(whole))
    return whole if t.symbols(whole) or complex_number else one_thing(s, whole)


def one_thing(s: Slots, whole: t.Expr) -> t.Expr:
    """``25% of 80 + 3`` may be 23 or a quarter of 83.  Raises ``ReadingError``."""
    if loose_terms(s, "a", whole):
        raise s.scan.error(
            s.span("a"), "two readings are possible: add brackets", "有两种读法，请加括号"
        )
    return whole


@noun("<p> of <a>", "<a>的<p>")
def part_of(s: Slots) -> t.Expr:
    share = s.scan.spoken(s.span("p"))
    if share is None and re.fullmatch(r"\d+/\d+", s.text("p")):
        share = Fraction(s.text("p")) if not s.text("p").endswith("/0") else None
    if share is None or share.denominator == 1:
        raise unknown_word(s.scan.whole(), 0)
    return t.Mul((t.rational(share), one_thing(s, s.expr("a"))))


@order("(?:add|sum|put) (?:together )?<items>", "(?:total) <items>", "(?:add) <a> to <b>")
def add_up(s: Slots) -> t.Expr:
    if "a" in s.taken:
        return t.Add((s.expr("b"), s.expr("a")))
    items = s.exprs("items")
    if len(items) < 2:
        raise s.scan.error(s.span("items"), "two numbers are expected", "此处应有两个数")
    return t.Add(items)


@order("subtract <b> from <a>", "从<a>中?减去<b>")
def subtract(s: Slots) -> t.Expr:
    return t.Add((s.expr("a"), t.Neg(s.expr("b"))))


@order("multiply <a> (?:and|by|with) <b>")
def multiply(s: Slots) -> t.Expr:
    return t.Mul((s.expr("a"), s.expr("b")))


@order("divide <a> by <b>")
def divide(s: Slots) -> t.Expr:
    return t.Div(s.expr("a"), s.expr("b"))
