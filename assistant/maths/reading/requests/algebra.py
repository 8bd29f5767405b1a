"""Orders of algebra: solve, simplify, factor, expand, prove, rearrange."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.bounds import as_interval
from assistant.maths.reading.defaults import solving
from assistant.maths.reading.dotted_sums import dotted_identity
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.types import Request, Task, Text

KIND = (
    r"(?:the |this |following |given |simultaneous |system of |linear |quadratic |compound |pair of )*"
    r"(?:equations?|congruences?|inequalit(?:y|ies)|systems?|problem|quadratics?|following)"
)
ZH_KIND = (
    r"(?:下列|以下|关于\s*[a-z](?:\s*[,，、和]\s*[a-z])?\s*的|一元一次|一元二次|二元一次|分式|无理|三元一次|指数|对数|三角|同余|线性同余)*"
    r"(?:方程组|方程|不等式组|不等式|同余式组?)"
)


# solving -------------------------------------------------------------------------------


@order(
    "solve <e> for <v>",
    f"solve {KIND}[:,]? <e> for <v>",
    f"solve {KIND} for <v>[:,]? <e>",
    "solve for <v>[:,]? <e>",
    "solve for <v> in terms of <w>[:,]? <e>",
    "<e>,? solve",
    "solve for <v> (?:in|if|when|given(?: that)?) <e>",
    "<e>[,;]? (?:and )?solve for <v>",
    "(?:find|determine|calculate|get|give|work out)(?: all| the| real| possible| exact)*(?: values?)?(?: of)? <v>,? (?:such that|given that|given|so that|if|when|where|for which) <e>",
    "(?:find|determine|calculate|work out)(?: the values? of)? <v>[:,] <e>",
    "(?:find|determine|calculate|work out)(?: the values? of)? <v> in(?: the equation)? <e>",
    "what is(?: the value of)? <v> (?:in|if|when) <e>",
    "for (?:what|which) values? of <v> (?:is|does) <e>",
    "make <v> the subject of(?: the formula)? <e>",
    "(?:express|write) <v> in terms of <w>(?:,| if| when| where| given)* <e>",
    "(?:isolate) <v> in <e>",
    "find (?:all |the )?(?:real |complex )?(?:solutions?|roots|zeros) <v> of <e>",
    r"解关于<v>的(?:[一二]元[一二]次)?(?:方程组|方程|不等式组|不等式)[:：]?<e>",
    "由<e>(?:解出|求出?|得出?)<v>",
    "<e>(?:解得|求得?|解出)<v>",
    "(?:求|解)出?<v>[:：，,]<e>",
)
def solve_for(s: Slots) -> Request:
    if "v" not in s.taken:
        return solving(s.scan, s.statements("e"))
    names = s.scan.names_in(s.span("v"))
    if "w" in s.taken:
        s.scan.names_in(s.span("w"))
    s.scan.unknowns.update(names)
    return _of_numbers(s, "e", solving(s.scan, s.statements("e"), names))


@order(
    f"solve {KIND}[:,]? <e>",
    "solve[:,]? <e>",
    f"find (?:all |the )?(?:real |complex |exact )*(?:solutions?|roots?|zeros?)(?: set)?(?: of| to)(?: {KIND})?:? <e>",
    f"what (?:is|are) (?:all |the )?(?:real |complex |exact )*(?:solutions?|roots?)(?: set)? (?:of|to)(?: {KIND})?:? <e>",
    rf"(?:求|解)?解?{ZH_KIND}[:：，,]?<e>",
    rf"(?:求|解)?解?{ZH_KIND}[:：，,]?<e>的(?:解集|解|根|实数根|实根)",
    "(?:解|求解|求)[:：]?<e>(?:的(?:解集|解|根|实数根|实根))?",
    "求<e>的(?:解集|解|根|实数根|实根)",
)
def solve_all(s: Slots) -> Request:
    return _of_numbers(s, "e", solving(s.scan, s.statements("e")))


EXISTS = "(?:(?:does|do) there exist|is there|are there)(?: an?| any| some)?"
SUCH = "(?:such that|so that|for which|with|where|satisfying|that satisf(?:y|ies))"
FOUND = Text("such numbers exist where there is a solution", "有解即存在，无解即不存在")


@order(f"{EXISTS}(?: real)?(?: numbers?| values? of)? <v> {SUCH} <e>",
       "(?:是否)?存在实数<v>[,，]?(?:使得?|满足)<e>(?:成立)?")  # fmt: skip
def exists(s: Slots) -> Request:
    """``Does there exist a real x with x^2 = -1?``: all of them are found, or there is none."""
    return _all_such(s)


def _all_such(s: Slots) -> Request:
    names = s.scan.names_in(s.span("v"))
    s.scan.notes.append(FOUND)
    return solving(s.scan, s.statements("e"), names)


@order(f"{EXISTS} (?:integers?|whole numbers?) <v> {SUCH} <e>",
       "(?:是否)?存在整数<v>[,，]?(?:使得?|满足)<e>(?:成立)?")  # fmt: skip
def exists_whole(s: Slots) -> Request:
    """The same for whole numbers."""
    found, whole = _all_such(s), t.Constant(t.ConstantName.INTEGERS)
    domain = whole if found.domain is None else t.Call("intersection", (found.domain, whole))
    return replace(found, domain=domain)


COMPLEX = re.compile(r"(?<![A-Za-z])complex\s", re.IGNORECASE)


def _of_numbers(s: Slots, slot: str, request: Request) -> Request:
    """All complex roots are wanted where the words ahead of the formula say so."""
    ahead = s.scan.source[: s.span(slot).start]
    if request.task is not Task.SOLVE or request.domain or not COMPLEX.search(ahead):
        return request
    return replace(request, domain=t.Constant(t.ConstantName.COMPLEXES))


@order("find (?:all |the )?(?:real |complex )*(?:roots|zeros|zeroes) of <f>",
       "what are the (?:real |complex )*(?:roots|zeros|zeroes) of <f>",
       "求?<f>的零点")  # fmt: skip
def zeros(s: Slots) -> Request:
    body = s.function("f")
    name = s.variable(body)
    whole = Request(task=Task.SOLVE, operands=(t.equation(body, t.integer(0)),), variables=(name,))
    return _of_numbers(s, "f", whole)


@order("(?:express|write) <f> (?:in terms of|using|with) <w>",
       "(?:试|请)?用(?:含)?<w>(?:的(?:式子|代数式))?(?:来)?表示(?:出)?[:：]?<f>")  # fmt: skip
def in_terms_of(s: Slots) -> Request:
    """A number by letters that were given: ``express ln 18 in terms of p and q``; or a letter by
    others of an equation that was given."""
    body = s.expr("f")
    names = s.scan.names_in(s.span("w"))
    match body:
        case t.Symbol(name) if name in s.scan.unknowns and name not in names:
            given = [
                d for d in s.scan.definitions if not d.name and not isinstance(d.body, Request)
            ]
            if len(given) == len(s.scan.definitions) == 1 and isinstance(given[0].body, t.Relation):
                s.scan.definitions.clear()
                return Request(task=Task.SOLVE, operands=(given[0].body,), variables=(name,))
    if t.symbols(body):
        raise s.scan.error(s.span("f"), "a number is expected here", "此处应为一个数")
    return Request(task=Task.EVALUATE, operands=(body,))


# rewriting -----------------------------------------------------------------------------


def _rewrite(task: Task, *patterns: str, topic: str = "") -> None:
    def build(s: Slots) -> Request:
        body = s.expr("f")
        return Request(task=task, topic=topic, operands=(body,), variables=t.symbols(body))

    order(*patterns)(build)


UNKNOWNS = frozenset("xyzuvwt")
"""Letters that are variables by custom; others beside them are parameters."""
WHAT = "(?:the |this |following |expression |algebraic )*(?:expression |polynomial |fraction )?"
_rewrite(
    Task.SIMPLIFY,
    f"(?:simplify|reduce):? {WHAT}:? ?<f>",
    "(?:化简|先化简|化为最简)(?:下列|以下)?(?:各?式子?|代数式|分式|二次根式|根式)?[:：，,]?<f>",
    "(?:将|把)?<f>化简",
)
_rewrite(Task.SIMPLIFY, "(?:collect|combine|gather)(?: the)?(?: like)? terms(?: in| of)?:? <f>",
         "合并同类项[:：]?<f>", topic=topics.COLLECT)  # fmt: skip
_rewrite(
    Task.FACTOR,
    f"factor(?:ize|ise)?(?: completely| fully)?:? {WHAT}<f>(?: completely| fully)?",
    f"factor(?:ize|ise)? {WHAT}:? ?<f>",
    "factor(?:ize|ise)? by (?:grouping|trial|inspection)[:,]? <f>",
    "(?:因式分解|分解因式)[:：，,]?<f>",
    "(?:将|把)?(?:多项式)?<f>(?:因式分解|分解因式|进行因式分解)",
)
_rewrite(
    Task.EXPAND,
    f"(?:expand|multiply out)(?: and simplify)?:? {WHAT}<f>",
    f"(?:expand|multiply out) {WHAT}:? ?<f>",
    "展开[:：，,]?<f>",
    "(?:将|把)?<f>展开",
)
_rewrite(Task.SIMPLIFY, "complete the square(?: in| for| of)?:? <f>",
         "(?:将|把)?<f>(?:配方|配成完全平方(?:式|的形式))", "配方[:：]?<f>",
         topic=topics.COMPLETE_SQUARE)  # fmt: skip
_rewrite(Task.SIMPLIFY, "(?:find the |give the )?partial fractions?(?: decomposition)?(?: of)?:? <f>",
         "(?:decompose|write|express|split) <f> (?:into|as|in) partial fractions?",
         "(?:将|把)?<f>(?:分解|化)(?:为|成)部分分式", topic=topics.PARTIAL_FRACTIONS)  # fmt: skip
_rewrite(Task.SIMPLIFY, "rationali[sz]e(?: the denominator(?: of| in)?)?:? <f>",
         "(?:将|把)?<f>分母有理化", "分母有理化[:：]?<f>", topic=topics.RATIONALIZE)  # fmt: skip


@order(
    "(?:express|rearrange|rewrite|write) <f> (?:in the form|to the form|into the form|as|to) <g> and (?:give|find|state) <v>",
)
def coefficient(s: Slots) -> Request:
    return Request(
        task=Task.NUMBER,
        topic=topics.COEFFICIENT,
        operands=(s.expr("f"), s.scan.expression(s.span("g"))),
        variables=(s.name("v"),),
    )


# statements ----------------------------------------------------------------------------


@order(
    "(?:prove|show|verify|check|confirm)(?: that)?(?: the identity)?:? <e>",
    "is (?:it true that|the statement|the identity|the equation) <e>(?: true| correct| an identity)?",
    "(?:证明|求证|验证)[:：]? ?(?:恒等式|不等式)?[:：]? ?<e>(?:恒成立|成立)?",
    "<e>(?:是否成立|是否恒成立|成立吗|对吗|是否正确)",
)
def prove(s: Slots) -> Request:
    if (dotted := dotted_identity(s.scan, s.span("e"))) is not None:
        return Request(task=Task.PROVE, operands=(dotted.relation,), variables=(dotted.letter,))
    statements = s.statements("e")
    whole = statements[0] if len(statements) == 1 else t.Junction(t.Connective.AND, statements)
    return Request(task=Task.PROVE, operands=(whole,), variables=t.symbols(whole))


@order(
    "(?:prove|show|verify)(?: that)?:? (?:for(?: all| every| any| each)?|if|when(?:ever)?) <d>,? "
    "(?:then|we have|that)?,? <e>",
    "(?:证明|求证|试证|验证)[:：]? ?(?:不等式)? ?(?:当|若|如果|对(?:于)?(?:任意|一切|所有)?的?) ?<d> ?"
    "(?:时|，|,|都有|恒有|则)+ ?(?:有|都有|恒有|不等式)? ?<e>(?:恒?成立)?",
)
def prove_within(s: Slots) -> Request:
    """``prove that for x > 0, ln x <= x - 1``."""
    condition = s.scan.formula(s.span("d"))
    span, statements = as_interval(condition), s.statements("e")
    names = {name for statement in statements for name in t.symbols(statement)}
    if span is None or names != set(t.symbols(condition)) or len(statements) != 1:
        raise s.scan.error(
            s.span("d"), "a range of the letter is expected here", "此处应为字母的取值范围"
        )
    return Request(
        task=Task.PROVE, operands=statements, variables=t.symbols(statements[0]), domain=span
    )


@noun("coefficient of <m> in(?: the expansion of)? <f>", "<f>(?:的)?展开式中<m>(?:项)?的系数")
def coefficient_of(s: Slots) -> Request:
    return Request(task=Task.NUMBER, topic=topics.COEFFICIENT, operands=(s.expr("f"), s.expr("m")))


@noun(
    "constant term (?:in|of)(?: the)?(?: binomial)?(?: expansion of)? <f>",
    "term independent of <v> in(?: the)?(?: binomial)?(?: expansion of)? <f>",
    "(?:二项式)? ?<f> ?的?(?:二项)?(?:展开式)?中?的?常数项",
    "(?:二项式)? ?<f> ?的?(?:二项)?(?:展开式)?中?的?不含 ?<v> ?的项",
)
def constant_term(s: Slots) -> Request:
    body = s.expr("f")
    if "v" in s.taken:
        name = s.name("v")
        if name not in t.symbols(body):
            raise s.scan.error(s.span("v"), "this letter does not occur", "题中没有这个字母")
    elif len({*t.symbols(body)} & UNKNOWNS) > 1:
        raise s.scan.error(
            s.span("f"),
            "there are several letters: ask for the term independent of one of them",
            "字母不止一个：请指明求不含哪个字母的项",
        )
    else:
        name = s.variable(body)
    power = t.Pow(t.Symbol(name), t.integer(0))
    return Request(task=Task.NUMBER, topic=topics.COEFFICIENT, operands=(body, power))
