"""The words of asking that stand around a request and carry no meaning of their own."""

from __future__ import annotations

import re

from assistant.maths.reading.patterns import late

ASK = late(
    r"""\s*(?:
      (?:please\s+|can\s+you\s+|could\s+you\s+|then\s+|and\s+|now\s+|hence\s+)?
      (?:what(?:'s|’s|s|\s+is|\s+are)|how\s+much\s+(?:is|are)|calculate|compute|evaluate|find(?:\s+out)?|determine|give(?:\s+me)?|work\s+out|tell\s+me
        |state|show\s+me|write\s+down|list|get|name|obtain)
      (?:\s+the)?(?:\s+(?:exact\s+)?value\s+of|\s+(?:exact\s+)?(?:value|result|answer|sum|product|difference|quotient)(?=\s*:))?(?:\s*:)?(?=[\s\\$(\[{|\d-])
    |(?:请|试|则|那么|问|直接)*\s*(?:求出|计算出|计算|求解|求值|求|写出|算出|找出|确定|则|那么)(?:下列|以下)?(?:各式|式子|代数式)?(?:的值)?\s*[:：，,]?
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
FILLER = late(
    r"\s*(?:please|hi|hello|hey|can you|could you|i need to|i want to|help me(?: to)?|now|then|also|and|next|请你?|试|帮我|帮忙|请问|那么|则)[,，:：]?\s+|\s*(?:请你?|试|帮我|请问|那么|则|问)[,，:：]?\s*(?=[\u4e00-\u9fffA-Za-z\d(\\])",
    re.IGNORECASE,
)
ZH_TAIL = late(
    r"\s*(?:的值|的结果|等于|是多少|是几|为多少|多少|是什么|是|为|[=＝:：]|[_＿]+|\(\s*\)|（\s*）|_+|吗)\s*$"
)
TAIL = late(r"\s*(?:=\s*\??|[_＿]{2,}|\?|please)\s*$", re.IGNORECASE)
SETTING = late(
    r"\s*(?:如图\d*|在?平面直角坐标系 ?(?:xOy)? ?(?:内|中)|in the (?:coordinate|cartesian) plane)[,，]?\s*"
)
"""Where a problem takes place: nothing depends on it."""
VERB = late(
    r"expand\b|(?:add|sum|put|let|total|limit|product|integrate|rank|inverse|transpose|trace|det|max|min|find"
    r"|factorial|gcd|lcm|range|mode|mean)\s+(?!\()",
    re.IGNORECASE,
)
"""First words that are no formula though they could be read as one."""
CONTENT_FREE = late(
    r"\s*(?:simplify your answer|show (?:all )?(?:your )?(?:work|steps|working)|(?:give|explain) (?:the )?(?:reasons?|steps)"
    r"|写出(?:详细)?(?:解答)?(?:步骤|过程)|请?(?:写出|给出)(?:必要的)?(?:文字说明|步骤|过程).*|结果保留根号|\(?选择题\)?|\(?填空题\)?|thanks?(?: you)?|谢谢)\s*$",
    re.IGNORECASE,
)
STORY_END = late(r"(?:将)?(?:数据|数字?)\s*[“\"]?\s*[\d.]+[^，,。]{0,7}用科学[记计]数法")
"""A question about one given number, behind a story."""
