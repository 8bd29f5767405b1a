"""For which parameter an inequality holds for all values of its unknown: 恒成立, 解集为 R, 有解."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.bounds import as_interval
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.requests.conditions import FIND, VALUES
from assistant.maths.reading.requests.productions import Slots, order
from assistant.maths.types import Request, Task

INFINITY = t.Constant(t.ConstantName.INFINITY)
SIGNED = {"positive": t.Comparison.GT, "negative": t.Comparison.LT, "above": t.Comparison.GT,
          "below": t.Comparison.LT, "nonnegative": t.Comparison.GE,
          "nonpositive": t.Comparison.LE}  # fmt: skip
DENIED = {t.Comparison.LT: t.Comparison.GE, t.Comparison.LE: t.Comparison.GT,
          t.Comparison.GT: t.Comparison.LE, t.Comparison.GE: t.Comparison.LT}  # fmt: skip
KIND = re.compile(
    r"\s*(?P<sign>(?:strictly )?positive|negative|non-?negative|正|负|非负)?\s*"
    r"(?:all\s+)?(?:the\s+)?(?:interval|区间|reals?|实数|实|数)?\s*(?:numbers?|values?(?:\s+of)?)?\s*(?:的)?\s*",
    re.IGNORECASE,
)
"""Words for numbers before the letter that stands for them."""
REALS = re.compile(r"\$?\s*(?:[Rℝ]|\\math(?:bb|bf)\s*\{?\s*R\s*\}?)\s*\$?")


def _asked(s: Slots, word: str, *, denied: bool = False, ends: str = "") -> Request:
    """The inequality in ``<e>``, the numbers in ``<q>``, the parameter in ``<k>``."""
    given = _inequality(s)
    if denied:
        given = t.Relation(DENIED[given.op], given.left, given.right)
    return _about(s, given, word, ends)


def _about(s: Slots, given: t.Relation, word: str, ends: str = "") -> Request:
    letter = s.name("k")
    others = [n for n in t.symbols(given) if n != letter]
    if letter not in t.symbols(given) or len(others) != 1:
        raise s.scan.error(
            s.span("k"),
            "one unknown and one parameter are expected",
            "此处应有一个未知数和一个参数",
        )
    about, domain = _numbers(s, s.span("q")) if "q" in s.taken else ("", None)
    if about not in ("", others[0]):
        raise s.scan.error(s.span("q"), "this letter does not occur", "题中没有这个字母")
    said = "quadratic" in s.scan.source.lower() or "一元二次" in s.scan.source
    words = (word, *(["quadratic"] if said else []), *([ends] if ends else []))
    return Request(task=Task.NUMBER, topic=topics.ALWAYS, operands=(given,), domain=domain,
                   variables=(others[0], letter), words=words)  # fmt: skip


def _inequality(s: Slots) -> t.Relation:
    """The relation; of ``y = f(x)`` the function that is said to be positive or the like."""
    value = applied(s, s.scan.formula(s.span("e")))
    if "sign" in s.taken:
        match value:
            case t.Relation(t.Comparison.EQ, t.Symbol("y") | t.Call(_, (t.Symbol(),)), body):
                value = body
        if isinstance(value, t.Relation | t.Junction):
            raise s.scan.error(s.span("e"), "an expression is expected here", "此处应为算式")
        return t.Relation(_sign(s), value, t.integer(0))
    if not isinstance(value, t.Relation) or value.op not in DENIED:
        raise s.scan.error(s.span("e"), "an inequality is expected here", "此处应为不等式")
    return value


def applied(s: Slots, value: t.Expr) -> t.Expr:
    """The formula with the functions that the text has defined put in."""
    known = {d.name: d for d in s.scan.definitions if d.parameters}

    def change(node: t.Expr) -> t.Expr:
        match node:
            case t.Call(name, args) if name in known and len(args) == len(known[name].parameters):
                body = known[name].body
                if isinstance(body, Request):
                    return node
                put = dict(zip(known[name].parameters, args, strict=True))
                return t.transform(
                    body, lambda n: put.get(n.name, n) if isinstance(n, t.Symbol) else n
                )
        return node

    return t.transform(value, change)


def _sign(s: Slots) -> t.Comparison:
    return SIGNED[re.sub("[^a-z]", "", s.text("sign"))]


def _numbers(s: Slots, span: Span) -> tuple[str, t.Expr | None]:
    """The letter that is named, if one is, and the interval in which its values lie."""
    said = KIND.match(span.source, span.start, span.end)
    assert said is not None
    sign = (said["sign"] or "").lower().removeprefix("strictly ")
    rest = span.cut(said.end(), span.end)
    domain: t.Expr | None = None
    if sign:
        domain = _signed(sign)
    if not rest or (not sign and REALS.fullmatch(rest.text)):
        return "", domain
    value = s.scan.formula(rest)
    match value:
        case t.Symbol(name):
            return name, domain
        case t.Interval() if not sign:
            return "", value
        case t.Collection(t.Bracket.TUPLE, (low, high)) if not sign:
            return "", t.Interval(low, high, low_open=True, high_open=True)
        case t.Constant(t.ConstantName.REALS) if not sign:
            return "", None
        case t.Call("in", (t.Symbol(name), t.Interval() as domain)) if not sign:
            return name, domain
        case t.Call("in", (t.Symbol(name), t.Constant(t.ConstantName.REALS))):
            return name, domain
        case t.Relation() | t.Junction() if not sign and (found := as_interval(value)) is not None:
            return t.symbols(value)[0], found
    raise s.scan.error(span, "it is not clear for which numbers", "不清楚对哪些数成立")


def _signed(sign: str) -> t.Interval:
    zero = t.integer(0)
    if sign in ("negative", "负"):
        return t.Interval(t.Neg(INFINITY), zero, low_open=True, high_open=True)
    strict = sign in ("positive", "正")
    return t.Interval(zero, INFINITY, low_open=strict, high_open=True)


# phrases -------------------------------------------------------------------------------

ALL = "(?:all|every|any|each)"
ASK = f"{FIND} {VALUES}<k>"
TRUE = "(?:always )?(?:holds?|is (?:always )?(?:true|satisfied|valid)|be (?:true|satisfied))"
THE = "(?:the )?(?:quadratic )?(?:inequality |expression |function |polynomial )?"
WHICH = f"for (?:what|which) {VALUES}<k>"
SUCH = ",? (?:if|such that|given that|for which|so that|when)"
ZH_IF = "(?:若|已知|如果|设|当|要使|使)?(?:关于 ?[a-z] ?的)?(?:一元二次)?(?:不等式|函数)?"
ZH_EACH = "(?:任意|一切|所有|任何|每一?个)"
ZH_ANY = f"(?:(?:对|对于|当)?{ZH_EACH}的?|对于?|当)"
ZH_HOLDS = "(?:都|总|均|恒)*成立"
ZH_HAVE = "[,，]? ?(?:都有|恒有|总有|均有|有|不等式|都使|恒)*"
ZH_ASK = "(?:则|那么|求|试求|求出)+(?:实数|常数|参数)? ?<k> ?的?(?:取值)?(?:范围|集合|值)(?:是|为)?"
ZH_EMPTY = "(?:空集|∅|\\\\varnothing|\\\\emptyset|Ø|φ)"
ZH_ALL = "(?:R|ℝ|\\\\mathbb ?\\{?R\\}?|\\\\mathbf ?\\{?R\\}?|实数集|(?:全体|一切|所有)实数)"


@order(
    f"{ASK}{SUCH} {THE}<e> {TRUE} for {ALL} <q>",
    f"{ASK}{SUCH} {THE}<e> {TRUE}",
    f"{ASK}{SUCH} {THE}<e> for {ALL} <q>",
    f"{WHICH} (?:does|do|will|is) {THE}<e> (?:hold |hold true |true )?for {ALL} <q>",
    f"(?:if|given that|suppose(?: that)?)? ?{THE}<e> {TRUE} for {ALL} <q>[,.;]? {ASK}",
    f"(?:if|given that|suppose(?: that)?)? ?{THE}<e> for {ALL} <q>[,.;] {ASK}",
    f"{ZH_IF} ?<e> ?{ZH_ANY} ?<q> ?{ZH_HOLDS}[,，]? ?{ZH_ASK}",
    f"(?:若|已知|如果|设)?{ZH_ANY} ?<q>{ZH_HAVE} ?<e> ?(?:{ZH_HOLDS})?[,，] ?{ZH_ASK}",
    f"(?:若|已知|如果|设)?当? ?<q> ?时{ZH_HAVE} ?<e> ?{ZH_HOLDS}[,，]? ?{ZH_ASK}",
    f"{ZH_IF} ?<e> ?在(?:区间)? ?<q> ?(?:上|内|时|中)? ?{ZH_HOLDS}[,，]? ?{ZH_ASK}",
    f"{ZH_IF} ?<e> ?恒成立[,，]? ?{ZH_ASK}",
    f"(?:求)?使(?:得)?(?:不等式)? ?<e> ?{ZH_ANY} ?<q> ?{ZH_HOLDS}的(?:实数|常数|参数)? ?<k> ?的?(?:取值)?(?:范围|集合|值)",
    f"{ZH_IF} ?<e> ?的解集(?:为|是|=) ?{ZH_ALL}[,，]? ?{ZH_ASK}",
    f"(?:当)?(?:实数)?<k> ?(?:取何值|为何值|取什么值|在什么范围内)时?[,，] ?(?:关于 ?[a-z] ?的)?(?:一元二次)?(?:不等式)? ?<e> ?{ZH_ANY} ?<q> ?{ZH_HOLDS}",
)
def for_all(s: Slots) -> Request:
    return _asked(s, "all")


@order(
    f"{ASK}{SUCH} {THE}<e> is (?:always )?<sign> for {ALL} <q>",
    f"{ASK}{SUCH} {THE}<e> is always <sign>",
    f"{WHICH} is {THE}<e> (?:always )?<sign> for {ALL} <q>",
    f"{WHICH} is {THE}<e> always <sign>",
    f"(?:if|given that|suppose(?: that)?)? ?{THE}<e> is (?:always )?<sign> for {ALL} <q>[,.;]? {ASK}",
    f"(?:if|given that|suppose(?: that)?)? ?{THE}<e> is always <sign>[,.;]? {ASK}",
)
def of_one_sign(s: Slots) -> Request:
    if re.sub("[^a-z]", "", s.text("sign")) not in SIGNED:
        raise s.scan.error(
            s.span("sign"), "positive or negative is expected here", "此处应为正或负"
        )
    return _asked(s, "all")


@order(
    f"{ASK}{SUCH} {THE}<e> has no (?:real )?solutions?",
    f"{WHICH} (?:does|do|will) {THE}<e> have no (?:real )?solutions?",
    f"(?:if|given that|suppose(?: that)?)? ?{THE}<e> has no (?:real )?solutions?[,.;]? {ASK}",
    f"{ZH_IF} ?<e> ?(?:的解集(?:为|是|=) ?{ZH_EMPTY}|无(?:实数)?解|没有(?:实数)?解)[,，]? ?{ZH_ASK}",
)
def for_none(s: Slots) -> Request:
    return _asked(s, "all", denied=True)


@order(
    f"{ASK}{SUCH} {THE}<e> has (?:a|at least one|real) (?:real )?solutions?",
    f"{ASK}{SUCH} {THE}<e> (?:holds |is true )?for some <q>",
    f"{ASK}{SUCH} there (?:exists?|is) (?:an? )?<q> (?:such that|with|for which|satisfying) <e>",
    f"(?:若|已知|如果|设)?存在(?:实数)? ?<q>[,，]? ?(?:使得?|满足)?(?:不等式)? ?<e> ?(?:能)?(?:成立)?[,，] ?{ZH_ASK}",
    f"{ZH_IF} ?<e> ?在(?:区间)? ?<q> ?(?:上|内|时|中)? ?(?:有(?:实数)?解|能成立)[,，]? ?{ZH_ASK}",
    f"{ZH_IF} ?<e> ?有(?:实数)?解[,，]? ?{ZH_ASK}",
)
def for_some(s: Slots) -> Request:
    return _asked(s, "some")


@order(
    f"{ASK}{SUCH} the domain of {THE}<f> is (?:all real numbers|all reals|the real numbers|R|ℝ)",
    f"(?:if|given that|suppose(?: that)?)? ?the domain of {THE}<f> is (?:all real numbers|all reals|the real numbers|R|ℝ)[,.;]? {ASK}",
    f"(?:若|已知|如果|设)?(?:函数)? ?<f> ?的定义域(?:为|是) ?{ZH_ALL}[,，]? ?{ZH_ASK}",
)
def defined_everywhere(s: Slots) -> Request:
    """A root or logarithm that has a value for every real number."""
    match s.function("f"):
        case t.Call("sqrt", (inner,)):
            op = t.Comparison.GE
        case t.Div(above, t.Call("sqrt", (inner,))) if not t.symbols(above):
            op = t.Comparison.GT
        case t.Call("ln", (inner,)) | t.Call("log", (inner, t.Number())):
            op = t.Comparison.GT
        case t.Div(above, inner) if not t.symbols(above):
            op = t.Comparison.NE
        case _:
            raise s.scan.error(s.span("f"), "a root, a logarithm or a fraction is expected",
                               "此处应为根式、对数或分式")  # fmt: skip
    return _about(s, t.Relation(op, inner, t.integer(0)), "all")


ZH_RISING = (
    "(?:(?:是|为)?单调(?:递)?{0}(?:函数|的)?|(?:是|为){0}函数|(?:是|为)?(?:严格)?递{0}(?:函数|的)?)"
)


def _monotone(en: str, zh: str, op: t.Comparison) -> None:
    rising = ZH_RISING.format(zh)

    @order(
        f"{ASK}{SUCH} {THE}<f> is (?:strictly |monotonically )?{en} (?:on|for|over|in) <q>",
        f"{WHICH} is {THE}<f> (?:strictly |monotonically )?{en} (?:on|for|over|in) <q>",
        f"(?:if|given that|suppose(?: that)?)? ?{THE}<f> is (?:strictly |monotonically )?{en} (?:on|for|over|in) <q>[,.;]? {ASK}",
        f"(?:若|已知|如果|设|要使|使)?(?:函数)? ?<f> ?在(?:区间)? ?<q> ?(?:上|内|中)? ?{rising}[,，]? ?{ZH_ASK}",
    )
    def build(s: Slots) -> Request:
        """The derivative keeps its sign and is zero on no interval."""
        body = applied(s, s.function("f"))
        letter = s.name("k")
        others = [n for n in t.symbols(body) if n != letter]
        if letter not in t.symbols(body) or len(others) != 1:
            raise s.scan.error(s.span("k"), "one unknown and one parameter are expected",
                               "此处应有一个未知数和一个参数")  # fmt: skip
        about, domain = _numbers(s, s.span("q"))
        if about not in ("", others[0]):
            raise s.scan.error(s.span("q"), "this letter does not occur", "题中没有这个字母")
        slope = Request(task=Task.DIFFERENTIATE, operands=(body,), variables=(others[0],))
        given = t.Relation(op, s.scan.fresh(slope), t.integer(0))
        return Request(task=Task.NUMBER, topic=topics.ALWAYS, operands=(given,), domain=domain,
                       variables=(others[0], letter), words=("all", "rising"))  # fmt: skip


_monotone("increasing", "增", t.Comparison.GE)
_monotone("decreasing", "减", t.Comparison.LE)


def _ends(word: str, en: str, zh: str) -> None:
    asked = f"(?:find|determine|what is) (?:the )?{en} (?:possible )?(?:real )?(?:value of|number|constant)? ?(?:the )?(?:constant |parameter )?<k>"
    zh_asked = f"(?:则|那么|求|试求)+(?:实数|常数|参数)? ?<k> ?的{zh}(?:是|为)?"

    @order(
        f"{asked}{SUCH} {THE}<e> {TRUE} for {ALL} <q>",
        f"{asked}{SUCH} {THE}<e> for {ALL} <q>",
        f"(?:if|given that|suppose(?: that)?)? ?{THE}<e> (?:{TRUE} )?for {ALL} <q>[,.;]? {asked}",
        f"{ZH_IF} ?<e> ?{ZH_ANY} ?<q> ?{ZH_HOLDS}[,，]? ?{zh_asked}",
        f"(?:若|已知|如果|设)?{ZH_ANY} ?<q>{ZH_HAVE} ?<e> ?(?:{ZH_HOLDS})?[,，] ?{zh_asked}",
        f"(?:若|已知|如果|设)?当? ?<q> ?时{ZH_HAVE} ?<e> ?{ZH_HOLDS}[,，]? ?{zh_asked}",
        f"{ZH_IF} ?<e> ?在(?:区间)? ?<q> ?(?:上|内|时|中)? ?{ZH_HOLDS}[,，]? ?{zh_asked}",
        f"{ZH_IF} ?<e> ?恒成立[,，]? ?{zh_asked}",
    )
    def build(s: Slots) -> Request:
        return _asked(s, "all", ends=word)


_ends("greatest", "(?:greatest|largest|maximum|biggest)", "最大值")
_ends("least", "(?:least|smallest|minimum)", "最小值")
