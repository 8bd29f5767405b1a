"""For which parameter a quadratic equation has equal, different, real or no roots."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.requests.productions import Slots, order
from assistant.maths.types import Request, Task

ROOTS = "(?:roots?|solutions?|zeros?)"
KINDS = {
    "equal": (
        f"(?:has|have) (?:(?:two |real )*(?:equal|coincident|repeated|double)(?: real)? {ROOTS}|an? (?:double|repeated) {ROOTS})",
        "有(?:两|2)?个?相等的?(?:实数?)?(?:根|解)",
    ),
    "two": (
        f"(?:has|have) two (?:distinct |different |unequal )+(?:real )?{ROOTS}|(?:has|have) two real (?:distinct |different |unequal )?{ROOTS}",
        "有(?:两|2)?个?(?:不(?:相)?等|不同|相异)的?(?:实数?)?(?:根|解)",
    ),
    "one": (
        f"(?:has|have) (?:exactly |only )?one (?:real |distinct )?{ROOTS}",
        "(?:只|仅)?有(?:且(?:只|仅)有)?(?:一|1)个(?:实数?)?(?:根|解)",
    ),
    "none": (
        f"(?:has|have) no (?:real )?{ROOTS}|does not have (?:any )?(?:real )?{ROOTS}",
        "(?:没有|无)实数?(?:根|解)",
    ),
    "three": (
        f"(?:has|have) three (?:distinct |different |real )*{ROOTS}",
        "有三个?(?:不同|不(?:相)?等|相异)?的?(?:实数?)?(?:根|解)",
    ),
    "real": (f"(?:has|have) real {ROOTS}", "有实数?(?:根|解)"),
    "pair": (
        f"(?:has|have) two {ROOTS},? (?:which may be|possibly) equal",
        "有(?:两|2)个实数?(?:根|解)",
    ),
}
FIND = "(?:find|determine|calculate|what (?:is|are)|work out|give)"
VALUES = "(?:all |the )*(?:possible |real )?(?:values?|numbers?|range(?: of values)?)? ?(?:of )?(?:the )?(?:constant |parameter |real number )?"
ZH_EQUATION = "(?:关于 ?[a-z] ?的)?(?:一元二次)?方程"
EQUATION = "(?:the )?(?:quadratic )?(?:equation )?"


def _condition(kind: str, en: str, zh: str) -> None:
    def build(s: Slots) -> Request:
        equation, *more = s.statements("e")
        if more or not isinstance(equation, t.Relation) or equation.op is not t.Comparison.EQ:
            raise s.scan.error(s.span("e"), "one equation is expected here", "此处应为一个方程")
        letter = s.name("k")
        others = [n for n in t.symbols(equation) if n != letter]
        if letter not in t.symbols(equation) or len(others) != 1:
            raise s.scan.error(s.span("e"), "one unknown and one parameter are expected",
                               "此处应有一个未知数和一个参数")  # fmt: skip
        said = "quadratic" in s.scan.source.lower() or "一元二次" in s.scan.source
        words = (kind, "quadratic") if said else (kind,)
        if kind == "pair":  # two roots, which may be the same: it is quadratic
            words = ("real", "quadratic")
        return Request(task=Task.NUMBER, topic=topics.ROOT_CONDITION, operands=(equation,),
                       variables=(others[0], letter), words=words)  # fmt: skip

    order(
        f"{FIND} {VALUES}<k>,? (?:if|such that|given that|for which|so that|when|where) {EQUATION}<e> (?:{en})",
        f"for (?:what|which) {VALUES}<k> (?:does|do|will|would)? ?{EQUATION}<e> (?:{en})",
        f"(?:if|given(?: that)?|suppose(?: that)?)? ?{EQUATION}<e> (?:{en})[,.;]? {FIND} {VALUES}<k>",
        f"(?:若|已知|如果|设|当)?{ZH_EQUATION} ?<e> ?{zh}[,，]? ?(?:则|求|试求)(?:实数|常数|字母)? ?<k> ?(?:的值|的取值范围|的范围)?(?:是|为)?",
        f"<k> ?(?:取何值|为何值|是什么值)时[,，]? ?{ZH_EQUATION} ?<e> ?{zh}",
    )(build)


for _kind, (_en, _zh) in KINDS.items():
    _condition(_kind, _en, _zh)
