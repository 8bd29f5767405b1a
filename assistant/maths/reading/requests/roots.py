"""Questions about the roots of an equation that do not ask for them."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.number_sets import number_set
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.types import Request, Task

KIND = "(?:the )?(?:quadratic |cubic |polynomial |given )*(?:equation|polynomial|function|expression|quadratic|trinomial)?"
ZH_KIND = "(?:一元二次|二次)?(?:方程|多项式|函数|三项式)?"
ROOTS = "(?:all )?(?:of )?(?:the )?(?:two |both |all )?(?:roots|solutions|zeros|zeroes)"
ZH_ROOTS = "(?:的)?(?:两个?|所有|全部|各)?(?:根|解)"


def _asked(s: Slots, topic: str, domain: t.Expr | None = None) -> Request:
    """The equation in ``<e>``; an expression stands for its zeros."""
    whole = s.scan.formula(s.span("e"))
    match whole:
        case t.Relation(op, left, t.Call("in", (right, t.Interval() as span))) if domain is None:
            whole, domain = t.Relation(op, left, right), span  # ``sin x = 1/2 in [0, 2*pi]``
    match whole:
        case t.Relation(t.Comparison.EQ, named, body) if (
            _is_name(named) and "y" not in t.symbols(body) and t.symbols(body)
        ):
            whole = t.equation(body, t.integer(0))
        case t.Relation() | t.Junction():
            pass
        case _:
            whole = t.equation(whole, t.integer(0))
    name = s.variable(whole)
    return Request(
        task=Task.NUMBER, topic=topic, operands=(whole,), variables=(name,), domain=domain
    )


def _is_name(side: t.Expr) -> bool:
    """``y`` or ``f(x)``, which name a function: ``sin(x)`` is a side of an equation."""
    match side:
        case t.Symbol("y"):
            return True
        case t.Call(name, (t.Symbol(),)):
            return len(name) == 1
    return False


@noun(f"discriminant (?:of|for) {KIND} ?<e>", f"{ZH_KIND} ?<e>的(?:根的)?判别式(?:的值)?")
def discriminant(s: Slots) -> Request:
    return _asked(s, topics.DISCRIMINANT)


@noun(f"sum of {ROOTS} (?:of|to) {KIND} ?<e>", f"{ZH_KIND} ?<e>{ZH_ROOTS}(?:的|之)?(?:总)?和")
def root_sum(s: Slots) -> Request:
    return _asked(s, topics.ROOT_SUM)


@noun(f"product of {ROOTS} (?:of|to) {KIND} ?<e>", f"{ZH_KIND} ?<e>{ZH_ROOTS}(?:的|之)?(?:乘)?积")
def root_product(s: Slots) -> Request:
    return _asked(s, topics.ROOT_PRODUCT)


MANY = "(?:distinct |different |unique )*(?:real )?(?:distinct |different )?(?:roots|solutions|zeros|zeroes)"


@noun(
    f"number of {MANY} (?:of|to|for) {KIND} ?<e>", f"{ZH_KIND} ?<e>的(?:实数?)?(?:根|解|零点)的个数"
)
@order(f"how many {MANY} (?:does|do|has) {KIND} ?<e> ?(?:have)?",
       f"how many {MANY} (?:are there|exist) (?:of|to|for) {KIND} ?<e>",
       f"{ZH_KIND} ?<e> ?(?:有|的)(?:几|多少) ?个(?:不相?等的|不同的?|相异的)?(?:实数?)?(?:根|解|零点)",
       f"(?:判断)?{ZH_KIND} ?<e>的?(?:实数?)?根的情况")  # fmt: skip
def root_count(s: Slots) -> Request:
    return _asked(s, topics.ROOT_COUNT)


@noun(
    "number of (?:integers|integer solutions|integer values) ?(?:of|to|for|that satisfy|satisfying)? ?<e>"
)
@order("how many integers (?:x |n )?(?:satisfy|are there (?:with|such that)) <e>",
       "how many integer (?:solutions|values) (?:does|do) <e> have", "满足<e>的整数 ?[a-z]? ?(?:有|共有)(?:几|多少) ?个",
       f"{ZH_KIND} ?<e> ?(?:有|的)(?:几|多少) ?个整数解", "<e>的整数解的个数")  # fmt: skip
def whole_count(s: Slots) -> Request:
    return _asked(s, topics.ROOT_COUNT, number_set("", "integer"))


@noun("number of positive integers ?(?:that satisfy|satisfying)? ?<e>")
@order("how many positive integers (?:x |n )?(?:satisfy|are there (?:with|such that)) <e>",
       f"{ZH_KIND} ?<e> ?(?:有|的)(?:几|多少) ?个正整数解")  # fmt: skip
def positive_count(s: Slots) -> Request:
    return _asked(s, topics.ROOT_COUNT, number_set("positive", "integer"))


TWO_ROOTS = "(?:的)?(?:两个?|两个不相?等的?|两个不同的?)?(?:实数?)?(?:根|解|零点)"
ZH_VALUE = "(?:的值)?(?:为|是|等于|=|＝)?(?:多少|什么)?"


@order(
    f"(?:if|given(?: that)?|let|suppose(?: that)?|where)? ?<r> (?:are|be) {ROOTS} of {KIND} ?<e>[,;.]? "
    "(?:then )?(?:find|what is|calculate|evaluate|determine|compute)(?: the value of)? <f>",
    f"(?:find|what is|calculate|evaluate)(?: the value of)? <f>,? (?:if|where|given that|when) <r> are {ROOTS} of {KIND} ?<e>",
    f"(?:已知|设|若|如果)? ?<r> ?(?:是|为)(?:关于 ?[a-z] ?的)?{ZH_KIND} ?<e> ?{TWO_ROOTS}[,，;；.。]? ?(?:则|求|那么)+ ?<f> ?{ZH_VALUE}",
    f"(?:已知|设|若|如果)?(?:关于 ?[a-z] ?的)?{ZH_KIND} ?<e> ?{TWO_ROOTS}(?:分别)?(?:为|是|记为) ?<r>[,，;；.。]? ?(?:则|求|那么)+ ?<f> ?{ZH_VALUE}",
)
def symmetric(s: Slots) -> Request:
    """An expression in the two roots of a quadratic, which have names."""
    letters = s.scan.names_in(s.span("r"))
    asked = _asked(s, topics.SYMMETRIC)
    value = s.scan.expression(s.span("f"))
    if len(set(letters)) != 2 or set(letters) & set(t.symbols(asked.operands[0])):
        raise s.scan.error(s.span("r"), "names of the two roots are expected", "此处应为两根的名称")
    if not set(letters) & set(t.symbols(value)):
        raise s.scan.error(
            s.span("f"), "an expression in the roots is expected", "此处应为含两根的式子"
        )
    return replace(asked, operands=(*asked.operands, value), words=letters)
