"""The words of a line that say how its claims are meant."""

from __future__ import annotations

import re


def _words(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE | re.VERBOSE)


DOING = (
    r"(?:(?:now|then|first|next|just|also)\s+)?(?:add|subtract|multiply|divide|expand|simplify|combine|factor|move"
    r"|isolate|rearrange|solve|square|distribute|collect|gather|cancel|cross|clear|get|bring|rewrite|apply|undo|group)\b"
)
"""What somebody says to be about to do to the line before: nothing is supposed with it."""
SUPPOSED = _words(
    rf"\b(?:if|suppose|supposing|assume|assuming|assumption|case|cases|when|whenever|try|tries|trying|would|could|might|guess|say"
    rf"|test|example|instance|either|possible(?!\s+(?:outcome|way|combination|arrangement|choice|pair)s?\b)|possibly|unless|until|wonder|(?:want|need)(?!\s+to\s+{DOING})|let['’]s(?!\s+{DOING})|candidates?|potential\w*|rational\s+roots?)\b"
    r"|如果|假设|若|假如|例如|比如|试|当|情况|情形"
)
NEGATED = _words(
    r"\b(?:wrong(?:ly)?|incorrect(?:ly)?|false(?:ly)?|untrue|mistak(?:es?|enly)|errors?|erroneous\w*|flaw\w*|contradict\w*|impossible|absurd\w*|nonsense|fallacy"
    r"|never|not(?!\s+only\b)|no(?!\s+matter\b)|cannot|nobody|no\s+one|none|nothing|neither|nor|without(?!\s+loss\b)|hardly|scarcely"
    r"|rule[sd]?\s+out|exclud\w*|reject\w*|discard\w*|ignor\w*|omit\w*|drop(?:s|ped|ping)?|throw(?:s|n|ing)?\s+(?:away|out)"
    r"|spurious|extraneous|bogus|fake|invalid|inadmissible|unacceptable|inconsistent|misread\w*|doubt\w*"
    r"|deny|denies|denied|refut\w*|disprov\w*|disagree\w*|fails?|failed|failing|instead\s+of|rather\s+than|far\s+from|except|unlike)\b"
    r"|n['’]t\b"
    r"|矛盾|错误|错[的了解误在]|有错|有误|常见的?错|算错|写错|弄错|不成立|不等于|不可能|不是|不对|不行|不正确|不合|不存在|不能|不会|不应|不可(?!约)|不满足|不符|不必"
    r"|并非|绝非|非原|并不|从不|从未|没有|未必|无[解根意效法]|荒谬|荒唐|谬|虚假|假的|误以为|误认为|误[解作写]|笔误|否定|否认|反驳"
    r"|排除|剔|除外|去掉|删[去除掉]|划去|丢弃|抛弃|弃|略去|舍|增根|失根"
)
"""What stands in the line is denied."""
OF_OTHERS = _words(
    r"\bnot\s+(?:also\s+)?(?:an?\s+)?(?:perfect|prime|divisible|integers?|whole|multiples?|squares?|coprime|enough|negative|positive)\b"
    r"|\bno\s+(?:integers?|more|other|digits?)\b|(?<!that\s)\bdid\s+not\b(?!\s+(?:hold|equal|work|give|get|make))|\bdo(?:es)?\s+not\s+have\b"
    r"|\b\d+\s+(?:more\s+)?(?:mistakes?|errors?)\b|\b(?:drops?|dropped|omit\w*)\s+(?:off|out|by|to|of)\b|\bno\s+\d+\b"
)
"""What is denied is something else than an equality of numbers."""
DENIED = _words(
    rf"{NEGATED.pattern}|\b(?:mod|modulo|base|binary|octal|hexadecimal|boolean|bitwise|xor|clock|o['’]clock|digits?|remainder"
    r"|pattern|map|scale)\b|余|模|钟面|时钟|进制|比例尺|地图|相当于|[?？]|≠|\\neq?\b|!=|\\equiv|≡"
)
"""It is denied, asked, or the signs do not mean what they usually do."""
DECIMAL_COMMA = re.compile(r"(?<![\d,.])\d+,\d{1,2}(?![\d,])")
"""A comma that is a decimal point in much of Europe, or parts two numbers."""
REPEATING = re.compile(
    r"(?<![\d.])\d+\.(?:\d{0,12}\(\d{1,12}\)|\d{0,12}\\(?:overline|bar|dot)\s*\{?\s*\d|\d{1,12}\u0307"
    r"|\d{0,24}?(\d{1,12})\1{1,24}\s*(?:\.{2,}|…|⋯|\\[lc]?dots))"
)
"""A decimal whose last digits are perhaps repeated without end: which number is meant is open."""
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
    r"|both\s+sides|each\s+side|collecting|cross[\s-]multipl\w+)\b|解得|化简|移项|移到|合并|两边|去括号|去分母|展开|因式分解|配方|同[乘除]|系数化"
)
OPENS = _words(
    r"\b(?:let(?!['’]s|\s+(?:me|us)\b)|define|denote|call|set|named?|stands?|represents?|where)\b|设|令|记|其中"
)
LEAD = 80
"""Characters before a claim that say how it follows."""
PUT_IN = re.compile(
    r"(?:\b(?:substitut\w+|plug\w*|put(?:ting)?|when|for|at|if|let|set(?:ting)?|where|using|take|taking"
    r"|with)(?: (?:in|back|the values?(?: of)?))*|代入|把|将|当|令|设|若|取) ?$",
    re.IGNORECASE,
)
"""Words before a value that is only put into something."""
TESTED = _words(
    r"\b(?:substitut\w*|plug\w*|put(?:s|ting)?\s+in\w*|check\w*|verif\w*|try|tries|trying|test\w*|if|when|suppos\w*|assum\w*)\b"
    r"|代入|代回|检验|验证|试|如果|假设|假如|若|当|令|取"
)
"""A value is put in to see whether what it gives is true."""
NARROWED = _words(
    r"\b(?:positive|negative|non-?negative|natural|integers?|whole|acute|obtuse|quadrant|larger|smaller|greater|greatest|least|domain|interval|lengths?|distances?|ages?)\b"
    r"|正|负|自然数|整数|锐角|钝角|象限|区间|较大|较小|大于|小于|定义域|长度|距离|年龄"
)
"""Words of a line that leave out some solutions for all lines that follow."""
