"""Orders about differential equations and about the convergence of series."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.defaults import differential
from assistant.maths.reading.requests.productions import Slots, order
from assistant.maths.types import Request, Task

EQUATION = (
    "(?:the |this |following |given |first[- ]order |second[- ]order |linear |separable |exact "
    "|homogeneous |system of )*"
    "(?:differential equations?|initial[- ]value problems?|boundary[- ]value problems?|IVP|ODEs?|DE)"
)
ASKED = "(?:find|give|determine|obtain|compute)?(?: the| a)?(?: general| particular| explicit)* solutions? (?:of|to|for)"
WITH = "(?:,? ?(?:with|satisfying|that satisfies|which satisfies|subject to|given(?: that)?|such that|where|when|if)(?: the)?(?: initial| boundary)?(?: conditions?| values?)?:?) "
ZH_EQUATION = "(?:下列|以下|一阶|二阶|高阶|三阶|线性|齐次|非齐次|常系数|可分离变量的?|伯努利|欧拉|全)*(?:微分方程组?|初值问题)"
ZH_WITH = "[,，]?(?:满足|在|适合)(?:初始条件|初值条件|条件|初值)?"


@order(
    f"(?:solve )?{EQUATION}[:,]? <e>",
    f"{ASKED} {EQUATION}[:,]? <e>",
    f"{ASKED} <e>",
    f"(?:求|解|求解)?{ZH_EQUATION}[:：，,]?<e>的?(?:通解|解|特解|全部解)?",
    "求<e>的(?:通解|特解)",
)
def differential_equation(s: Slots) -> Request:
    """An equation for a function, with its conditions behind commas."""
    return _asked(s, s.statements("e"))


@order(
    f"(?:solve )?(?:{EQUATION}[:,]? )?<e>{WITH}<c>",
    f"{ASKED} (?:{EQUATION}[:,]? )?<e>{WITH}<c>",
    f"(?:求|解|求解)?{ZH_EQUATION}[:：，,]?<e>{ZH_WITH}[:：]?<c>的?(?:条件)?下?的?(?:特解|解)?",
)
def with_conditions(s: Slots) -> Request:
    return _asked(s, (*s.statements("e"), *s.statements("c")))


def _asked(s: Slots, statements: tuple[t.Expr, ...]) -> Request:
    found = differential(s.scan, statements)
    if found is None:
        raise s.scan.error(s.span("e"), "no derivative stands in this equation", "方程中没有导数")
    return found


# series --------------------------------------------------------------------------------

SERIES = r"(?:the )?(?:infinite )?(?:series )?(?:sum of )?(?:Σ|∑|sum(?!\s*[(_]))?"
BINDING = ("integrate", "limit", "limit_left", "limit_right", "sum", "product")
"""What has a letter of its own, which no terms are counted by."""
ZH_SERIES = "(?:下列|以下|无穷|正项|交错)*(?:级数)?(?:Σ|∑)?"


@order(
    f"(?:does|do) {SERIES}<e> (?:converge|diverge)(?: or (?:converge|diverge))?",
    f"is {SERIES}<e> (?:convergent|divergent)(?: or (?:convergent|divergent))?",
    f"(?:determine|decide|check|test|find out)(?: whether| if)? {SERIES}<e> (?:converges?|is convergent|diverges?)(?: or (?:diverges?|divergent|converges?|not))?",
    f"test {SERIES}<e> for convergence",
    f"(?:test|determine|discuss|investigate)(?: for)? the convergence of {SERIES}<e>",
    f"(?:判断|判定|讨论|研究|判别)?{ZH_SERIES}<e>(?:的)?(?:敛散性|收敛性|是否收敛|收敛还是发散)",
    "(?:判断|判定|讨论|研究|判别)(?:下列|以下)?级数(?:的)?(?:敛散性|收敛性)[:：，,]?<e>",
)
def convergence(s: Slots) -> Request:
    """Whether an infinite series converges; terms alone are summed from 1."""
    body = s.expr("e")
    if isinstance(body, t.Collection | t.Relation | t.Matrix | t.Interval):
        raise s.scan.error(s.span("e"), "the terms of a series are expected", "此处应为级数的通项")
    match body:
        case t.Call("sum", (terms, t.Symbol(name), low, high)):
            operands = (terms, low, high)
        case _ if any(isinstance(n, t.Call) and n.name in BINDING for n in t.walk(body)):
            raise s.scan.error(s.span("e"), "this is no series", "这不是级数")
        case _:
            name = s.variable(body)
            operands = (body, t.integer(1), t.Constant(t.ConstantName.INFINITY))
    return Request(task=Task.SUM, topic=topics.CONVERGENCE, operands=operands, variables=(name,))
