"""What a letter ranges over, said beside an operator: limits, sums, products and integrals with
the bounds before or behind the formula, in the loose order of notes (``sum 1/n^2, n=1 to oo``)."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.requests.calculus import (
    INTEGRAL,
    TENDS,
    between,
    bound_of,
    derivative_at,
    derivative_of,
    derivative_value,
    limit_at,
    rank_of,
    series_at,
)
from assistant.maths.reading.requests.differential import SERIES as SERIES_OF
from assistant.maths.reading.requests.productions import Builder, Slots, noun, order
from assistant.maths.types import Request, Task

BESIDE = r"(?:[,，;；]|\s)\s*(?:(?:as|when|where|for|if|with|let) )?"
"""Between a formula and the letter that ranges."""
IS = r"(?: ?= ?| from | goes from | going from | runs from | running from | between )"
TO = r"(?: to | up to | through | and | ?\.{2,} ?| ?… ?)"
ZH_BESIDE = r"(?:[,，;；]|\s)\s*(?:其中|当|对)?"
ZH_TENDS = "(?:趋于|趋近于|趋向于|趋近|趋向|→|->)"
ZH_IS = r"(?: ?= ?(?:从)?| ?从 ?| ?由 ?)"
ZH_TO = r"(?: ?到 ?| ?至 ?| ?\.{2,} ?| ?… ?| ?[~～] ?)"
LIM = "lim(?:it)?(?: of)?(?: the)?(?: function| sequence)?"
ENDS = f"<a>{TO}<b>"
ZH_ENDS = f"<a>{ZH_TO}<b>"
MOST_WORDS = 12
"""Of a bound and the formula behind it, where only a blank parts them."""


def _both(build: Builder, *patterns: str) -> None:
    """Phrases for a value that are a whole question too, with no *find* before them."""
    noun(*patterns)(build)
    order(*patterns)(build)


# limits --------------------------------------------------------------------------------


def limit(s: Slots) -> Request:
    """The limit at the point ``<a>``."""
    return limit_at(s, s.span("a"))


def left_limit(s: Slots) -> Request:
    """The limit from the left at the point ``<a>``."""
    return limit_at(s, s.span("a"), "-")


def right_limit(s: Slots) -> Request:
    """The limit from the right at the point ``<a>``."""
    return limit_at(s, s.span("a"), "+")


_both(
    limit,
    f"{LIM} <f>{BESIDE}<v> ?{TENDS} ?<a>",
    f"{LIM} <f> at <v> ?= ?<a>",
    rf"{LIM} <f> ?[(（]<v> ?{TENDS} ?<a>[)）]",
    f"{LIM} (?:as |when )?<v> ?{TENDS} ?<a> of <f>",
    rf"(?:求)?极限[:：]? ?<v> ?{ZH_TENDS} ?<a> ?时?[,，] ?<f>",
    rf"(?:求)?极限[:：]? ?<f>{ZH_BESIDE}<v> ?{ZH_TENDS} ?<a>",
    rf"<f> ?[,，]? ?(?:在|当) ?<v> ?{ZH_TENDS} ?<a> ?(?:时|处)? ?的?极限(?:值)?",
    rf"(?:在|当)? ?<v> ?{ZH_TENDS} ?<a> ?时?[,，]? ?<f> ?的极限(?:值)?",
)
for one_sided, side, zh in ((left_limit, "left", "左"), (right_limit, "right", "右")):
    _both(
        one_sided,
        f"{side}[- ]?hand(?:ed)? limit of <f>{BESIDE}<v> ?{TENDS} ?<a>",
        f"{side}[- ]?hand(?:ed)? limit of <f> at <v> ?= ?<a>",
        f"<f> ?在 ?<v> ?= ?<a> ?(?:处|时)?的{zh}极限",
        f"<f> ?(?:在|当) ?<v> ?{ZH_TENDS} ?<a> ?时?的{zh}极限",
    )


# sums and products -----------------------------------------------------------------------


def _repeated(task: Task, s: Slots) -> Request:
    """A sum or product over ``<v>``, or over the one letter there is, from ``<a>`` to ``<b>``."""
    (first, low), (second, high) = (bound_of(s, s.span(place)) for place in "ab")
    named = {n for n in (s.name("v") if "v" in s.taken else "", first, second) if n}
    body = s.expr("f" if "f" in s.taken else "v")
    if not named and len(t.symbols(body)) == 1:
        named = set(t.symbols(body))
    if len(named) != 1 or set(t.symbols(low) + t.symbols(high)) & named:
        raise s.scan.error(s.span("a"), "it is not said what is counted", "没有说明对哪个字母求和")
    return Request(task=task, operands=(body, low, high), variables=tuple(named))


def total(s: Slots) -> Request:
    """``sum of k^2, k = 1 to n``."""
    return _repeated(Task.SUM, s)


def product(s: Slots) -> Request:
    """``product of k, k = 1 to n``."""
    return _repeated(Task.PRODUCT, s)


def _split(s: Slots, builder: Builder) -> Request:
    """A bound and the formula behind it with only a blank between: ``to oo 1/n^2``.

    Of several places where the bound may end, as in ``to 2 pi sin x``, none is guessed.
    """
    rest = s.span("rest")
    if "v" in s.taken:
        s.name("v")
    found: list[Request] = []
    blanks = [m.end() for m in re.finditer(r"\s+", rest.text)]
    for at in blanks[:MOST_WORDS]:
        middle = rest.start + at
        parts = {"b": rest.cut(rest.start, middle), "f": rest.cut(middle, rest.end)}
        inner = Slots(s.scan, {n: p for n, p in s.taken.items() if n != "rest"} | parts)
        try:
            meaning = builder(inner)
        except ReadingError:
            continue
        assert isinstance(meaning, Request)
        if not set(t.symbols(meaning.operands[-1])) & set(meaning.variables):
            found.append(meaning)
    if len(found) != 1 or len(blanks) > MOST_WORDS:
        raise s.scan.error(
            rest, "write “of” between the bound and the formula", "请在上限与式子之间写“of”"
        )
    return found[0]


ABOUT: tuple[tuple[str, str, Builder], ...] = (
    ("(?:sum(?:mation)?|∑)", "和", total),
    ("product", "积", product),
)
for word, zh, repeated in ABOUT:
    _both(
        repeated,
        f"{word}(?: of)? <f>{BESIDE}<v>{IS}{ENDS}",
        f"{word}(?: of)? <f> (?:from|over) <v> ?= ?{ENDS}",
        f"{word} (?:from |for |over )?<v>{IS}{ENDS} of <f>",
        f"{word} of <f> (?:from|between) {ENDS}",
        f"{word} (?:from|between) {ENDS} of <f>",
        f"(?:求)?{zh}[:：]? ?<f>{ZH_BESIDE}<v>{ZH_IS}{ZH_ENDS}",
        f"<f> ?(?:对|关于|当|在) ?<v>{ZH_IS}{ZH_ENDS} ?(?:时)?(?:求|的){zh}",
        f"(?:级数)? ?<f> ?[,，]? ?(?:从|由) ?<v> ?= ?{ZH_ENDS} ?(?:求|的){zh}",
        f"<v> ?(?:从|由) ?{ZH_ENDS} ?时?[,，]? ?<f> ?的{zh}",
        f"<v> ?(?:从|由) ?{ZH_ENDS} ?的{zh}",
    )


@order(f"sum(?:mation)? (?:from |for )?<v>{IS}<a>{TO}<rest>")
@noun(f"sum(?:mation)? (?:from |for )?<v>{IS}<a>{TO}<rest>")
def loose_sum(s: Slots) -> Request:
    """``sum n=1 to oo 1/n^2``."""
    return _split(s, total)


@order(f"product (?:from |for )?<v>{IS}<a>{TO}<rest>")
@noun(f"product (?:from |for )?<v>{IS}<a>{TO}<rest>")
def loose_product(s: Slots) -> Request:
    """``product k=1 to 5 k``."""
    return _split(s, product)


SUMMED = rf"<f>(?:[,，]|\s)\s*(?:(?:for|from|where|as|over) )?<v>{IS}{ENDS}"


@order(
    f"(?:does|do) {SERIES_OF}{SUMMED} (?:converge|diverge)(?: or (?:converge|diverge))?",
    f"is {SERIES_OF}{SUMMED} (?:convergent|divergent)(?: or (?:convergent|divergent))?",
    f"(?:determine|decide|check|test)(?: whether| if)? {SERIES_OF}{SUMMED} (?:converges?|diverges?|is convergent)(?: or (?:diverges?|converges?|not))?",
    *(
        f"(?:判断|判定|讨论)?(?:级数)? ?<f>{ZH_BESIDE}<v>{ZH_IS}{ZH_ENDS} ?的?{asked}"
        for asked in ("敛散性", "收敛性", "是否收敛")  # a word that every text must have is fast
    ),
)
def converges(s: Slots) -> Request:
    """Whether a series with its bounds converges."""
    found = total(s)
    if found.operands[-1] != t.Constant(t.ConstantName.INFINITY):
        raise s.scan.error(s.span("b"), "the series is finite", "这是有限项的和")
    return replace(found, topic=topics.CONVERGENCE)


# integrals -------------------------------------------------------------------------------

INTEGRATED = f"(?:{INTEGRAL}(?: of)?|integrate)"


def area(s: Slots) -> Request:
    """The integral over ``<v>`` from ``<a>`` to ``<b>``."""
    return between(s)


_both(
    area,
    f"{INTEGRATED} <f>{BESIDE}<v>{IS}{ENDS}",
    f"{INTEGRATED} <f> (?:from|between) {ENDS}",
    f"{INTEGRATED} (?:from|between) {ENDS} of <f>",
    rf"{INTEGRATED} <f> (?:over|on|in)(?: the)?(?: closed)?(?: interval)? ?\[<a>[,，]<b>\]",
    rf"{INTEGRATED} <f>(?:,? (?:for|where|with|over|on) |[,，] ?)<v> ?(?:in|∈|\\in) ?\[<a>[,，]<b>\]",
    rf"(?:求)?(?:定)?积分[:：]? ?<f>{ZH_BESIDE}<v>{ZH_IS}{ZH_ENDS}",
    rf"(?:求)?(?:定)?积分[:：]? ?<f>(?:[,，]|\s)\s*(?:从|由) ?{ZH_ENDS}",
    rf"<f> ?(?:在|从|由|对) ?<v>{ZH_IS}{ZH_ENDS} ?(?:上|时)?的(?:定)?积分",
    rf"<f> ?在 ?{ZH_ENDS} ?(?:上|之间)?的(?:定)?积分",
    rf"<v> ?(?:从|由) ?{ZH_ENDS} ?时?[,，] ?<f> ?的(?:定)?积分",
)


@order(f"{INTEGRATED} from <a>{TO}<rest>")
@noun(f"{INTEGRAL} from <a>{TO}<rest>")
def loose_integral(s: Slots) -> Request:
    """``integral from 0 to 1 x^2 dx``."""
    return _split(s, between)


# derivatives and series ------------------------------------------------------------------

noun(
    "(?:value of (?:the )?)?derivative of <f> at the point <a>",
    "value of (?:the )?derivative of <f> at <a>",
    "(?:函数)? ?<f> ?在 ?<a> ?(?:处|点|时)?的(?:一阶)?导数(?:值)?",
    "<f> ?的(?:一阶)?导数在 ?<a> ?(?:处|点|时)(?:的值)?",
)(derivative_at)


@noun("<k> derivative of <f> (?:at|when|for) (?:the point )?<a>",
      "<f> ?在 ?<a> ?(?:处|点|时)?的<k>阶导数(?:值)?",
      "<f> ?的<k>阶导数在 ?<a> ?(?:处|点|时)(?:的值)?")  # fmt: skip
def higher_at(s: Slots) -> t.Expr:
    """A higher derivative, worked out at a point."""
    return derivative_value(s, rank_of(s))


@order("differentiate <f> twice")
def twice(s: Slots) -> Request:
    """The second derivative."""
    return derivative_of(s, "", 2)


@order("differentiate <f>\\s<n> times")
def many_times(s: Slots) -> Request:
    """A higher derivative."""
    times = s.count("n")
    if not 1 <= times <= 100:
        raise s.scan.error(s.span("n"), "first, second, … is expected here", "此处应为阶数")
    return derivative_of(s, "", times)


SERIES = "(?:(?:power|taylor|maclaurin) )?(?:series expansion|series|polynomial|expansion)"
AT = "(?:at|about|around|near|centered at|centred at)"


@noun(f"{SERIES}(?: of| for)? <f>,? {AT} <a>,? (?:to|up to|through|until)(?: the)? <v>\\^<n>",
      f"{SERIES} of (?:order|degree) <n> (?:of|for) <f>,? {AT} <a>",
      f"{SERIES}(?: of| for)? <f>[,，] ?<a>",
      "<f> ?在 ?<a> ?(?:处|点)?的<n>[阶次]泰勒(?:展开式|展开|多项式|公式)")  # fmt: skip
def taylor(s: Slots) -> Request:
    """The series at ``<a>``, up to a power."""
    name, point = bound_of(s, s.span("a"))
    return _of_letter(s, series_at(s, point), name)


@noun(
    "maclaurin (?:series|polynomial|expansion)(?: of| for)? <f>,? (?:to|up to|through|until)(?: the)? <v>\\^<n>"
)
def maclaurin(s: Slots) -> Request:
    """The series at zero, up to a power."""
    return _of_letter(s, series_at(s, t.integer(0)), "")


def _of_letter(s: Slots, found: Request, name: str) -> Request:
    """The series, if every letter that is named is its own."""
    if {name or found.variables[0], s.name("v") if "v" in s.taken else found.variables[0]} != set(
        found.variables
    ):
        raise s.scan.error(s.span("a"), "this letter does not occur", "题中没有这个字母")
    return found
