"""Who says it: what somebody else is told to have said, what is quoted, what is only supposed.

A wrong formula in such words is no mistake of whoever writes the line.
"""

from __future__ import annotations

import re

_ATTRIBUTED = re.compile(
    r"\btempt\w*|\bna[iï]ve\w*|\bmisconception\w*|\bmisle(?:ad|d)\w*|\bcareless\w*|\bhast(?:y|ily)\b"
    r"|\b(?:beginner|novice|learner)s?\b|\bcalculators?\s+(?:may|might|can|will|would|shows?|says?|gives?)\b"
    r"|\b(?:students?|pupils?|classmates?|people|somebody|someone|many|some|others)\s+(?:\w+\s+){0,2}?(?:write|writes"
    r"|wrote|answer|answers|answered|argue|argues|argued|assume|expect)\b"
    r"|\b(?:students?|pupils?)\s+(?-i:[A-Z1-9])\b|\b(?:student|pupil|friend|classmate)s?['’]s?\s+(?:\w+\s+)?(?:answer|method"
    r"|work|solution|way|result|claim)\b"
    r"|(?<!\bI )\b(?:thinks?|thought|believes?|believed|claims?|claimed|says|said|wrote"
    r"|argues?|alleges?)\b"
    r"|\b(?:you|we|one|they|he|she)(?:['’]d|\s+(?:would|might|could|may))\s+(?:\w+\s+)?(?:get|obtain|write|end\s+up|think"
    r"|say|expect|guess|conclude|believe|try)\b"
    r"|\bhad\s+(?:we|you|one)\b|\bwere\s+(?:we|you|one|it|this|that)\s+to\b"
    r"|\b(?:check|verify|see|test|decide|determine|asks?|asked|wonder)\s+(?:if|whether)\b"
    r"|\b(?:statement|assertion|idea|belief)\s+that\b|\bthe\s+(?:statement|assertion)\b"
    r"|切忌|切勿|切不可|千万(?:别|不)|(?<!分)别(?:写|算|当)成|勿|易错|误[以认写算作当]|[错误][写算]"
    r"|容易[^，。]{0,6}[错误混]|容易(?:写成|算成|当成)|(?<![可所])以为|认为|觉得|声称|宣称|据说|有人(?:说|会|认|写|算成)"
    r"|违背|相悖|(?<![主需])要是|倘若|同学们?(?:会|说|写成)|学生(?:会|说|写成)"
    r"|(?:同学|学生|小[\u4e00-\u9fff])的(?:做法|答案|算法|解法)|小[\u4e00-\u9fff](?:说|写成)|计算器(?:显示|算)|是否|能否",
    re.IGNORECASE,
)
"""It is what somebody might write, said or believes."""
_QUOTED = re.compile(
    r"[\"“「『][^\"“”「」『』\n]{0,200}?[=<>≈≤≥≠][^\"“”「」『』\n]{0,200}?[\"”」』]"
)
_CROSSED = re.compile(r"[✗✘❌🚫☒]|[(（]\s*[×✕xX]\s*[)）]\s*[.。]?\s*$")
_APPLIED = re.compile(
    r"(?:(?<![A-Za-z])[A-Za-z]['′]*"
    r"|(?<![A-Za-z])(?:arc|a)?(?:sin|cos|tan|cot|sec|csc)h?(?:\^\{?-?\w+\}?|[⁻⁰¹²³⁴-⁹]+)?\s*"
    r"|(?<![A-Za-z])(?:ln|log|lg|exp|sqrt|abs)\s*|√)$"
)
"""What a function is called by: the ``(x)`` behind it is its argument."""
_SUPPOSES = re.compile(
    r"(?:\b(?:if|suppose|supposing|assume|assuming|imagine|whether|supposed)(?:\s+(?:that|also|now|instead))*"
    r"|如果|假设|假如|假定|若|倘若|(?<![主需])要是|假使)[\s,，:：$]*$",
    re.IGNORECASE,
)
CONTRARY = re.compile(
    r"\b(?:suppose|assume)\s+(?:not|otherwise|the\s+(?:contrary|opposite))\b|\bto\s+the\s+contrary\b"
    r"|\bby\s+contradiction\b|\bfor\s+(?:a\s+|the\s+sake\s+of\s+(?:a\s+)?)?contradiction\b"
    r"|反证|反设|假设[^，。]{0,8}(?:不成立|不然|相反|不对)|假定[^，。]{0,8}相反",
    re.IGNORECASE,
)
"""What follows is meant to come to something false."""
ABSURD = re.compile(
    r"\bcontradict\w*|\babsurd\w*|\bimpossible\b|\bfalse\b|\bwrong\b|\bnot\s+(?:true|possible|equal)\b|矛盾|荒谬|不可能|不成立|错误",
    re.IGNORECASE,
)
"""It has come to that."""


def of_others(text: str) -> bool:
    """Whether a line says what somebody else says, or might."""
    return _ATTRIBUTED.search(text) is not None or _QUOTED.search(text) is not None


def is_crossed_out(text: str) -> bool:
    """Whether a sign stands beside the formula that calls it wrong."""
    found = _CROSSED.search(text)
    if found is None or "x" not in found[0].lower():
        return found is not None
    return _APPLIED.search(text[: found.start()]) is None


def supposes(lead: str) -> bool:
    """Whether the words before a formula suppose just this formula."""
    return _SUPPOSES.search(lead[-80:]) is not None
