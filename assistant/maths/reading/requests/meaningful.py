"""Where an expression has a meaning, or the value 0: 有意义, 值为 0, "is defined"."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.requests.productions import Slots, order
from assistant.maths.types import Request, Task

KIND = "(?:下列|以下)?(?:分式|二次根式|根式|式子|代数式|函数)?"
MEANS = "(?:在实数范围内)?有意义"
WHEN = "(?:取何值|取什么值|为何值|是什么数|满足什么条件|取怎样的数|在什么范围内?(?:取值)?)"
ASK = "(?:则|那么|求|此时)*(?:实数|字母)? ?<x> ?(?:的取值范围|应满足的条件|的取值|必须满足)?(?:是|为|应|须)*(?:什么|多少)?"
EN_IS = "(?:is|are) (?:defined|meaningful|real)"


@order(
    f"(?:当)? ?<x> ?{WHEN}时?[,，]? ?{KIND} ?<e> ?{MEANS}",
    f"(?:若|如果|已知|要使|使|为使)(?:得)?{KIND} ?<e> ?{MEANS}[,，]? ?{ASK}",
    f"{KIND} ?<e> ?{MEANS}的条件是",
    f"{KIND} ?<e> ?{MEANS}[,，] ?{ASK}",
    "for (?:what|which) (?:real )?(?:values? of )?<x> is (?:the expression |the function )?<e> defined",
    f"(?:find|determine) (?:all )?(?:the )?(?:real )?(?:values? of )?<x> for which (?:the expression |the function )?<e> {EN_IS}",
)
def has_a_meaning(s: Slots) -> Request:
    """The domain of the expression."""
    body = s.function("e")
    name = s.name("x") if "x" in s.taken else s.variable(body)
    if t.symbols(body) != (name,):
        raise s.scan.error(s.span("e"), "an expression in this letter is expected",
                           "此处应为含该字母的式子")  # fmt: skip
    return Request(task=Task.FUNCTION, topic=topics.DOMAIN, operands=(body,), variables=(name,))


@order(
    f"(?:当)? ?<x> ?{WHEN}时?[,，]? ?{KIND} ?<e> ?的值(?:为|等于|是) ?<v>",
    f"(?:若|如果|已知|要使|使)?{KIND} ?<e> ?的值(?:为|等于|是) ?<v> ?[,，] ?(?:则|那么|求)* ?<x> ?(?:的值)?(?:是|为|=|应为)?(?:多少)?",
)
def has_the_value(s: Slots) -> Request:
    """The equation that says so."""
    body, name = s.scan.expression(s.span("e")), s.name("x")
    if t.symbols(body) != (name,):
        raise s.scan.error(s.span("e"), "an expression in this letter is expected",
                           "此处应为含该字母的式子")  # fmt: skip
    value = s.expr("v")
    return Request(task=Task.SOLVE, operands=(t.equation(body, value),), variables=(name,))
