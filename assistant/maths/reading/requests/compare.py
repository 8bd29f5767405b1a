"""Comparing, sorting, true or false, sequences."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.requests.productions import Slots, noun, order, value
from assistant.maths.types import Request, Task

BIG = r"(?:biggest|largest|greatest|highest|maximum|max)"
SMALL = r"(?:smallest|least|lowest|minimum|min)"

# comparing -----------------------------------------------------------------------------


def _compare(s: Slots, topic: str, items: tuple[Span, ...], order: int | None = None,
             first: tuple[t.Expr, ...] = ()) -> Request:  # fmt: skip
    if len(items) < 2:
        raise s.scan.error(s.scan.whole(), "at least two values are needed", "至少需要两个数")
    values = tuple(value(s.scan, i) for i in items)
    for item, each in zip(items, values, strict=True):
        if isinstance(each, t.Relation | t.Junction) or getattr(each, "name", "") == "in":
            raise s.scan.error(item, "a value is expected here", "此处应为数")
    return Request(
        task=Task.COMPARE,
        topic=topic,
        operands=(*first, *values),
        words=tuple(i.text for i in items),
        order=order,
    )


def _among(s: Slots, topic: str, order: int | None = None,
           first: tuple[t.Expr, ...] = ()) -> Request:  # fmt: skip
    """The values are a list in the sentence, or the options below it."""
    if "items" in s.taken:
        return _compare(s, topic, s.scan.items(s.span("items")), order, first)
    options = s.scan.options
    if not options:
        raise s.scan.error(s.scan.whole(), "there is nothing to choose from", "没有可供选择的数")
    request = _compare(s, topic, tuple(options.values()), order, first)
    s.scan.options = {}
    return Request(
        task=request.task, topic=topic, operands=request.operands, words=tuple(options), order=order
    )


@order(
    "which is (?:bigger|greater|larger|more)[:,]? <a> or <b>",
    "which (?:number )?is (?:the )?(?:bigger|greater|larger)[:,]? <a> or <b>",
)
def bigger(s: Slots) -> Request:
    return _compare(s, topics.BIGGEST, (s.span("a"), s.span("b")), 1)


@order("which (?:number )?is (?:the )?(?:smaller|less|lesser)[:,]? <a> or <b>")
def smaller(s: Slots) -> Request:
    return _compare(s, topics.SMALLEST, (s.span("a"), s.span("b")), 1)


@order(
    rf"(?:what|which) (?:value |number |one )?is the <k> {BIG}(?: value| number| one)?(?: of| in| among| from)[:,]? <items>",
    rf"(?:what|which) (?:value |number |one )?is the <k> {BIG}(?: value| number| one)?(?: of the following)?",
)
@noun(rf"<k> {BIG} (?:value |number )?(?:of|in|among) <items>")
def kth_biggest(s: Slots) -> Request:
    return _among(s, topics.BIGGEST, _rank(s))


@order(
    rf"(?:what|which) (?:value |number |one )?is the <k> {SMALL}(?: value| number| one)?(?: of| in| among| from)[:,]? <items>",
    rf"(?:what|which) (?:value |number |one )?is the <k> {SMALL}(?: value| number| one)?(?: of the following)?",
)
@noun(rf"<k> {SMALL} (?:value |number )?(?:of|in|among) <items>")
def kth_smallest(s: Slots) -> Request:
    return _among(s, topics.SMALLEST, _rank(s))


def _rank(s: Slots) -> int:
    rank = numerals.ordinal(s.text("k"))
    if not rank:
        raise s.scan.error(s.span("k"), "second, third, … is expected here", "此处应为第几")
    return rank


ZH_SET = r"(?:(?:下列|以下|在下列|在以下)?(?:各|[一二三四五六]个|的)*(?:实数|有理数|数|选项)中?[,，]?(?:其中)?)"


@order(
    rf"(?:what|which) (?:value |number |one )?is the {BIG}(?: value| number| one)?(?: of| in| among| from)[:,]? <items>",
    rf"(?:what|which) (?:value |number |one |of the following )?is the {BIG}(?: value| number| one)?(?: of the following)?",
    "(?:在)?<items>(?:中|这.个数中)[,，]?最大的(?:数)?",
    rf"{ZH_SET}最大的(?:数|一个数|实数)?",
)
@noun(rf"{BIG} (?:value |number )?(?:of|in|among) <items>")
def biggest(s: Slots) -> Request:
    return _among(s, topics.BIGGEST, 1)


@order(
    rf"(?:what|which) (?:value |number |one )?is the {SMALL}(?: value| number| one)?(?: of| in| among| from)[:,]? <items>",
    rf"(?:what|which) (?:value |number |one |of the following )?is the {SMALL}(?: value| number| one)?(?: of the following)?",
    "(?:在)?<items>(?:中|这.个数中)[,，]?最小的(?:数)?",
    rf"{ZH_SET}最小的(?:数|一个数|实数)?",
)
@noun(rf"{SMALL} (?:value |number )?(?:of|in|among) <items>")
def smallest(s: Slots) -> Request:
    return _among(s, topics.SMALLEST, 1)


CLOSE = "(?:nearest|closest)"


@order(
    rf"(?:what|which) (?:value |number |one )?is (?:the )?{CLOSE} to <a> (?:in|of|among|from|out of)[:,]? <items>",
    rf"(?:what|which) (?:value |number |one |of the following )?is (?:the )?{CLOSE} to <a>",
    "<items>中[,，]?(?:与|和)<a>最接近的(?:数)?",
    rf"{ZH_SET}(?:与|和)<a>最接近的(?:数)?",
)
def nearest(s: Slots) -> Request:
    return _among(s, topics.NEAREST, first=(s.expr("a"),))


@order(
    "(?:sort|put|order|arrange|rank|list) <items> (?:in|into) (?:descending|decreasing) order",
    "(?:sort|order|arrange|rank) <items> from (?:largest|biggest|greatest|highest) to (?:smallest|least|lowest)",
    "(?:将|把)?<items>(?:按)?(?:从大到小|由大到小|降序)(?:的顺序)?(?:排列|排序|排)(?:起来)?",
)
def descending(s: Slots) -> Request:
    return _among(s, topics.DESCENDING)


@order(
    "(?:sort|put|order|arrange|rank|list) <items> (?:in|into) (?:ascending|increasing) order",
    "(?:sort|order|arrange|rank) <items> from (?:smallest|least|lowest) to (?:largest|biggest|greatest|highest)",
    "(?:将|把)?<items>(?:按)?(?:从小到大|由小到大|升序)(?:的顺序)?(?:排列|排序|排)(?:起来)?",
    "(?:sort|order) <items>",
)
def ascending(s: Slots) -> Request:
    return _among(s, topics.ASCENDING)


# truths --------------------------------------------------------------------------------

WORDED = {
    t.Comparison.LT: ("is <a> (?:less|smaller|lower) than <b>",),
    t.Comparison.LE: ("is <a> (?:less|smaller) than or equal to <b>", "is <a> at most <b>",
                      "is <a> at most as (?:big|large|great) as <b>"),
    t.Comparison.GT: ("is <a> (?:greater|bigger|larger|more|higher) than <b>",),
    t.Comparison.GE: ("is <a> (?:greater|bigger|larger) than or equal to <b>",
                      "is <a> at least <b>", "is <a> at least as (?:big|large|great) as <b>"),
    t.Comparison.EQ: ("is <a> equal to <b>", "are <a> and <b> (?:equal|the same)",
                      "does <a> equal <b>", "do <a> and <b> have the same value"),
    t.Comparison.NE: ("is <a> not equal to <b>", "are <a> and <b> (?:unequal|non-?equal|different)",
                      "do <a> and <b> have different values", "does <a> not equal <b>"),
}  # fmt: skip


def _truth(op: t.Comparison) -> None:
    def build(s: Slots) -> Request:
        return Request(
            task=Task.COMPARE,
            topic=topics.IS_TRUE,
            operands=(t.Relation(op, s.expr("a"), s.expr("b")),),
        )

    order(*WORDED[op])(build)


for _op in (t.Comparison.LE, t.Comparison.GE, t.Comparison.LT, t.Comparison.GT,
            t.Comparison.NE, t.Comparison.EQ):  # fmt: skip
    _truth(_op)


@order(
    "(?:试|请)?比较(?:实数|两数|下列各?组?数)?[:：]? ?<a> ?(?:与|和|跟|同) ?<b> ?(?:的|之间的)?大小(?:关系)?",
    "(?:试|请)?比较(?:实数|下列各?组?数)?[:：]? ?<items> ?(?:的|之间的)?大小(?:关系)?",
    "compare(?: the (?:numbers|values|sizes?)(?: of)?)?[:]? <a> (?:and|with|to) <b>",
    "compare(?: the (?:numbers|values|sizes?)(?: of)?)?[:]? <items>",
)
def by_size(s: Slots) -> Request:
    """Which is larger, or whether they are the same: told from the smallest on."""
    pair = (s.span("a"), s.span("b")) if "a" in s.taken else s.scan.items(s.span("items"))
    return replace(_compare(s, topics.ASCENDING, pair), direction="<")


@order("(?:is|does) <a>", "is it true that <a>")
def is_true(s: Slots) -> Request:
    statement = s.scan.formula(s.span("a"))
    if not isinstance(statement, t.Relation | t.Junction):
        raise s.scan.error(s.span("a"), "a statement is expected here", "此处应为等式或不等式")
    known = set(s.scan.names) - s.scan.unknowns
    if set(t.symbols(statement)) <= known:
        return Request(task=Task.COMPARE, topic=topics.IS_TRUE, operands=(statement,))
    return Request(task=Task.PROVE, operands=(statement,), variables=t.symbols(statement))


# sequences -----------------------------------------------------------------------------


@noun(
    "next(?: term| number)? (?:in|of)(?: the (?:sequence|series|list))?:? <items>",
    "<items>的下一项",
)
@order(
    "what (?:is|comes) next(?: in)?(?: the (?:sequence|series|list))?:? <items>",
    "(?:find )?the next term:? <items>",
)
def next_term(s: Slots) -> Request:
    return Request(task=Task.SEQUENCE, topic=topics.NEXT, operands=s.exprs("items"))


@noun(
    r"<v>(?:'th|’th|-th|th) term (?:of|in)(?: the (?:sequence|series))?:? <items>",
    "(?:general|formula for the general|formula for the nth) term of(?: the sequence)?:? <items>",
    "(?:数列)?<items>(?:,?…|,?\\.\\.\\.)?的(?:通项公式|通项|第n项)",
)
def nth_term(s: Slots) -> Request:
    name = s.name("v") if "v" in s.taken else "n"
    return Request(
        task=Task.SEQUENCE, topic=topics.NTH, operands=s.exprs("items"), variables=(name,)
    )


SERIES_FIRST = "(?:with |has |having )?(?:a )?first term (?:is |= ?|of )?<a>"


@noun(
    rf"<n> term of (?:the |an )?arithmetic (?:sequence|progression|series) {SERIES_FIRST},? (?:and )?(?:a )?(?:common )?difference (?:is |= ?|of )?<d>",
    "首项(?:为|是)<a>[,，]?公差(?:为|是)<d>的等差数列的第<n>项",
)
def arithmetic_term(s: Slots) -> Request:
    return _progression(s, topics.ARITHMETIC_TERM, "d")


@noun(
    rf"<n> term of (?:the |a )?geometric (?:sequence|progression|series) {SERIES_FIRST},? (?:and )?(?:a )?(?:common )?ratio (?:is |= ?|of )?<r>",
    "首项(?:为|是)<a>[,，]?公比(?:为|是)<r>的等比数列的第<n>项",
)
def geometric_term(s: Slots) -> Request:
    return _progression(s, topics.GEOMETRIC_TERM, "r")


@noun(
    rf"sum of (?:the )?first <n> terms of (?:the |an )?arithmetic (?:sequence|progression|series) {SERIES_FIRST},? (?:and )?(?:a )?(?:common )?difference (?:is |= ?|of )?<d>",
    "首项(?:为|是)<a>[,，]?公差(?:为|是)<d>的等差数列的?前<n>项(?:的)?和",
)
def arithmetic_sum(s: Slots) -> Request:
    return _progression(s, topics.ARITHMETIC_SUM, "d")


@noun(
    rf"sum of (?:the )?first <n> terms of (?:the |a )?geometric (?:sequence|progression|series) {SERIES_FIRST},? (?:and )?(?:a )?(?:common )?ratio (?:is |= ?|of )?<r>",
    "首项(?:为|是)<a>[,，]?公比(?:为|是)<r>的等比数列的?前<n>项(?:的)?和",
)
def geometric_sum(s: Slots) -> Request:
    return _progression(s, topics.GEOMETRIC_SUM, "r")


def _progression(s: Slots, topic: str, step: str) -> Request:
    rank = numerals.ordinal(s.text("n"))
    count = t.integer(rank) if rank else s.expr("n")
    return Request(task=Task.SEQUENCE, topic=topic, operands=(s.expr("a"), s.expr(step), count))
