"""The words of a line that say how its claims are meant."""

from __future__ import annotations

import re


def _words(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE | re.VERBOSE)


SUPPOSED = _words(
    r"\b(?:if|suppose|supposing|assume|assuming|assumption|case|cases|when|whenever|try|tries|trying|would|could|might|guess|say"
    r"|test|example|instance|either|possible|possibly|unless|until|wonder|want|need|let's|candidates?|potential\w*|rational\s+roots?)\b"
    r"|如果|假设|若|假如|例如|比如|试|当"
)
DENIED = _words(
    r"\b(?:wrong|incorrect|false|mistakes?|contradict\w*|impossible|never|mod|modulo|base|binary|digits?|remainder|pattern|map|scale|not(?!\s+only\b)"
    r"|neither|nor|rule[sd]?\s+out|exclud\w*|reject\w*|discard\w*|extraneous|instead\s+of|fails?)\b|n['’]t\b"
    r"|矛盾|错误|不成立|不等于|不可能|不是|不对|不满足|不符合?|不合|并非|排除|舍|增根|余|模|进制|比例尺|地图|相当于|[?？]|≠|\\neq?\b|!=|\\equiv|≡"
)
TAKEN_BACK = _words(
    r"\b(?:(?:is|are|was|were|does|do|can)?\s*not|neither|never|wrong|incorrect|false)\b"
    r"(?!\s+(?:exist|defined|real|possible|solvable|a\s+real|continuous|differentiable))"
    r"|n['’]t\b(?!\s+exist)|不是|并非|不对|不等于|不满足|不符|不成立|错误"
)
"""An answer that says what the answer is not; *does not exist* is an answer."""
ROUNDED = _words(
    r"\b(?:about|approx\w*|round\w*|roughly|nearest|around|estimat\w*|nearly|almost|whole\s+number)\b|≈|\\approx"
    r"|约|近似|左右|四舍五入|保留|进一|去尾|整数|至少|最多"
)
RESTRICTED = _words(
    r"\b(?:positive|negative|since|because|must|cannot|can['’]?t|discard\w*|reject\w*|ignor\w*|extraneous|only|valid|invalid"
    r"|one|another|other|root|roots|length|distance|age)\b|舍|增根|不合|因为|由于|正数|负数|正整数|大于|经检验|长度"
)
DERIVED = _words(
    r"\b(?:simplif\w*|solv(?:e|es|ing)|divid(?:e|es|ing)|subtract(?:s|ing)?|adding|multiply(?:ing)?|combin(?:e|es|ing)"
    r"|rearrang\w*|isolat\w*|expand(?:s|ing)?|factor(?:s|ing)?\s+(?:as|to|into|out|gives)"
    r"|both\s+sides|each\s+side|collecting|cross[\s-]multipl\w+)\b|解得|化简|移项|合并|两边|去括号|系数化"
)
OPENS = _words(r"\b(?:let|define|denote|call|set|named?|stands?|represents?|where)\b|设|令|记|其中")
