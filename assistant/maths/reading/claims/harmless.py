"""Words that leave what a formula says as it stands.

No list of denials is ever whole, so a mark of proof goes by the opposite list: where a word
stands beside a formula that is not known to be harmless, nothing is said to be proved.
"""

from __future__ import annotations

import re

_PHRASES = re.compile(
    r"\b(?:like\s+terms|factor(?:s|ed|ing)?\s+out|(?:greater|less|more|larger|smaller|bigger)\s+than|not\s+only"
    r"|(?:left|right)(?:[\s-]+hand)?(?:\s+and\s+(?:left|right))?(?:[\s-]+hand)?\s+sides?|on\s+the\s+(?:left|right)"
    r"|get(?:ting)?\s+rid\s+of(?=\s+the\s+(?:fraction|denominator|bracket|parenthes|root|decimal))"
    r"|cross[\s-]multipl\w+|tak(?:e|es|ing)\s+away|undo(?:es|ing)?|zero[\s-]product|(?:one|two)\s+variables?|for\s+all|without\s+loss\s+of\s+generality"
    r"|the\s+other(?=\s+(?:one|root|solution|zero|is)\b))\b"
    r"|(?:^|[.,;:])\s*but\b|['’](?:ll|ve|re|s)\b",
    re.IGNORECASE,
)
_WORDS = frozenset(
    # what joins a line to the one before
    " so hence thus therefore then now and or also since because as that which this these it its"
    " we us i you me our your let if when where with for from to of in on at by into is are be"
    " has have had the a an first second third next finally again both each one two three same"
    " okay ok alright hmm will now just again"
    " here there how such using use used uses consequently accordingly similarly likewise well"
    " indeed fact case cases either only must can step steps"
    # what follows
    " get gets got getting give gives giving given obtain obtains obtained obtaining yield"
    " yields yielding become becomes mean means imply implies implying lead leads leading leaves"
    " find finds found finding have follow follows conclude deduce see know known shows show"
    " showing tells makes make reduces turns"
    # what was done
    " add adds added adding subtract subtracts subtracted subtracting divide divides divided"
    " dividing multiply multiplies multiplied multiplying simplify simplifies simplified"
    " simplifying expand expands expanded expanding factor factors factored factoring factorise"
    " factorises factorising factorize factorizes factorizing combine combines combined"
    " combining collect collects collecting move moves moving isolate isolates isolating"
    " rearrange rearranges rearranged rearranging rewrite rewrites rewritten rewriting write"
    " writes written solve solves solved solving substitute substitutes substituted substituting"
    " substitution plug plugs plugged plugging put puts putting insert inserting take takes"
    " taking taken square squares squared squaring apply applies applying applied set sets"
    " setting compute computes computing calculate calculates calculating evaluate evaluating"
    " distribute distributes distributing distributive differentiate differentiating integrate"
    " integrating complete completes completing clear clears clearing cancel cancels cancelling"
    " canceling undo invert inverting equate equating compare comparing consider separate start"
    " starting grouping group eliminate eliminates eliminating raise raising reduce reducing"
    " convert converting transpose transposing check checking verify verifying need confirm"
    " confirms"
    # what it was done to
    " sign signs flip flips flipping reverse reverses reversing form forms standard common back"
    " new order lowest highest simplest notation decimal decimals percent opposite resulting"
    " following single general initial inner outer chain ratio proportion"
    " side sides equation equations inequality inequalities expression expressions term terms"
    " constant constants variable variables unknown unknowns coefficient coefficients number"
    " numbers value values solution solutions root roots answer result results zero zeros zeroes"
    " power powers exponent exponents base fraction fractions numerator denominator denominators"
    " product products sum sums difference quotient bracket brackets parenthesis parentheses"
    " formula formulas identity identities rule rules property theorem law quadratic linear"
    " cubic real positive negative integer integers even odd left right above below line lines"
    " point points slope function functions derivative integral system problem absolute"
    " reciprocal inverse multiple multiples factorization perfect logarithm logarithms log"
    " exponential sine cosine tangent discriminant vertex intercept intercepts coordinate"
    " coordinates axis triangle circle area perimeter radius length width height angle angles"
    " degree degrees equal equals equivalent satisfies satisfy true half twice times plus minus"
    " according all want per total final original required desired fourth another some they them"
    " four five six ten"
    " consecutive smallest largest critical prime divisible polynomial polynomials monomial"
    " binomial trinomial radical interval imaginary part parts complex differences gcd simpler"
    " notice example lattice digit price prices cost costs speed time age ages unique distinct"
    " valid possible correct indeed exactly simply directly immediately alternatively vieta"
    " viète logs lcd lcm hcf".split()
)
_HAN = re.compile(
    "完全平方|平方差|立方[和差]|两根|写成|看成|左右|左|右|不等号|方向|改变|通分|约分|变号|同乘以?|同除以|同加上?|同减去?|所以|因此|因而|从而|于是|故|即|则|那么|得到|解得|可得|求得|算得|整理得|"
    "化简得|可知|易知|得出|得|知|根据|由于|因为|由此?|根为|有|为|是|的|可以|"
    "可|我们?|它|这|该|此|个|就|也|又|再|且|并且?|和|与|或者?|及|以及|其中|"
    "其|当|时|若|如果|设|令|记|取|把|将|对|从|在|中|上|下|另外?|首先|其次|然后|"
    "接着|最后|最终|先|第|步|一|二|两|三|次|解|求|算|计算|化简|化为|化成|化|"
    "变为|变成|变形|变|整理|移项|移到|移|合并|同类项|去括号|去分母|去根号|系数|"
    "两边|左边|右边|两侧|边|同时|都|同|除以|乘以|乘|加上|加|减去|减|平方|立方|"
    "开方|开平方|配方|展开|因式分解|分解|提取|公因式|代入|代回|方程组?|不等式|"
    "等式|原方程|原式|式子?|项|常数|未知数|数|值|结果|答案?|根|实数|整数|"
    "正数?|负数?|零|函数|公式|定理|法则|性质|求导|导数|积分|联立|消元|消去|"
    "相加|相减|相乘|相除|相等|等于|等价于|满足|成立|经?检验|经?验证|分别|唯一|左右|后|"
    "前|式|元|次|一元|二元|判别式|顶点|对称轴|斜率|面积|周长|半径|长|宽|高|角|"
    "度|点|线|好的?|让|接下来|接着|下面|现在|继续|需要|注意到|根据题意|由题意|题意|题目|直接|到|出|使用|利用|运用|用|方法|法"
)
_RUNS = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?|[\u3400-\u9fff]")
_MATHS = re.compile(
    r"\\[A-Za-z]+|(?<![A-Za-z])(?:sin|cos|tan|cot|sec|csc|arcsin|arccos|arctan|ln|lg|exp|sqrt|abs|lim|gcd|lcm|max|min|pi)(?![a-z])"
)
SAYS_VALUE = re.compile(
    r"\b(?:is|are|was|be|equals?|becomes?)\s+(?:(?:just|simply|exactly|then|equal\s+to)\s+)?"
    r"(?:\$[^$=<>≤≥≠≈]{1,40}\$|\\\([^=<>≤≥≠≈]{1,40}\\\))"
    r"|(?:是|为|等于)\s*\$[^$=<>≤≥≠≈]{1,40}\$"
)
"""``the GCD of $246$ and $9$ is $9$``: words that claim a value, which nobody reads."""
_ANOTHER = re.compile(
    r"\b(?:another|new|similarly|likewise|examples?|if|when)\b|另|其[他它]|[若当]", re.IGNORECASE
)
"""Harmless words that may be about something else than the problem, or a case of it."""
_ONE_OF_SEVERAL = re.compile(
    r"\b(?:other|eqs?|equations|system|cases?)\b|equation\s*\(?\d"
    r"|\bthe\s+(?:first|second|third|fourth|last|previous)(?!\s+(?:terms?|sides?|factors?|brackets?|steps?|fractions?)\b)"
    r"|[①-⑨]|第[一二三]个|方程组|情[况形]|代入",
    re.IGNORECASE,
)
"""The same of words that may be about another equation of the problem than the line before."""
LABELS = re.compile(r"\\(?:text|mathrm|textbf|mbox|textrm|textit|operatorname)\s*\{([^{}]*)\}")


def is_harmless(words: str) -> bool:
    """Whether all words of a text are known to deny, suppose and restrict nothing."""
    rest = _HAN.sub(" ", _MATHS.sub(" ", _PHRASES.sub(" ", words)))
    return all(run.lower() in _WORDS for run in _RUNS.findall(rest))


def keeps_to(outside: str, text: str = "") -> tuple[bool, bool]:
    """Whether all words of a sentence are known to be about the problem, and whether also about
    the line before: not about a similar problem, or what somebody else wrote."""
    words = _labelled(outside, text)
    problem = is_harmless(words) and _ANOTHER.search(words) is None
    return problem, problem and _ONE_OF_SEVERAL.search(words) is None


def leaves_alone(outside: str, text: str) -> bool:
    """Whether all words of a sentence are harmless, with the labels in its formulas, and none of
    them claims a value; ``outside`` is the text without its formulas."""
    return is_harmless(_labelled(outside, text)) and SAYS_VALUE.search(text) is None


def _labelled(outside: str, text: str) -> str:
    return " ".join((outside, *LABELS.findall(text)))
