"""Words by which a thinking tells what it is doing, in English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.session.signs import Sign
from runtimes.texts import Text


@dataclass(frozen=True, slots=True)
class Cue:
    """``words`` tell what is done; it is said with a formula (``shown``) or without (``said``)."""

    words: Sign
    said: Text
    shown: Text | None = None


def _cue(words: str, en: str, zh: str, *, formula: bool = False) -> Cue:
    shown = Text(f"{en}: {{0}}", f"{zh}：{{0}}") if formula else None
    return Cue(Sign(words, re.IGNORECASE), Text(en, zh), shown)


CUES = (
    _cue(
        r"\\?boxed|\b(?:final answer|the answer (?:is|should be|must be)|in conclusion"
        r"|to summarize)\b|答案(?:是|为|应)|综上|最终(?:答案|结果)",
        "coming to the answer",
        "得出答案",
        formula=True,
    ),
    _cue(
        r"\b(?:substitut\w*|plug(?:ging|ged)?|put(?:ting)? (?:\S+ ){1,4}back)\b|代入|代回",
        "checking by substitution",
        "代入检验",
        formula=True,
    ),
    _cue(
        r"\b(?:double[- ]check|check(?:ing|ed)?|verify|verif\w+|make sure|confirm|is (?:that"
        r"|this|it) (?:right|correct))\b|检查|验证|检验|核对|验算|对吗|对不对|确认",
        "checking the result",
        "检查结果",
        formula=True,
    ),
    _cue(
        r"\b(?:alternatively|another (?:way|approach|method|idea)|a different (?:way|approach"
        r"|method|angle)|differently|other approach)\b"
        r"|换(?:个|一种|一个)|另一种|另外一种|别的(?:方法|办法)",
        "trying another way",
        "换一种方法",
    ),
    _cue(
        r"\b(?:induction|contradiction|contrapositive|prove|proof|proving)\b|证明|归纳|反证",
        "looking for a proof",
        "寻找证明",
    ),
    _cue(
        r"\b(?:edge cases?|test cases?|corner cases?|empty (?:list|string|input))\b|边界(?:情况"
        r"|条件)|测试用例",
        "thinking of edge cases",
        "考虑边界情况",
    ),
    _cue(
        r"```|\b(?:def \w|return \w|for loop|while loop|the (?:code|function should|script"
        r"|program)|python|javascript|list comprehension|variables? named|recursi\w+)\b|代码|编程"
        r"|循环语句|程序",
        "working on the code",
        "编写代码",
    ),
    _cue(
        r"\b(?:cases? \d|(?:two|three|four|several|possible|different|each|all|by) cases?"
        r"|case analysis)\b|分(?:情况|类)|第[一二三四五六\d]种情况|情况[一二三四五六\d]",
        "going through the cases",
        "分情况讨论",
    ),
    _cue(
        r"\b(?:how many ways|number of ways|count(?:ing)?|permutations?|combinations?"
        r"|choose \d|\d choose)\b|排列|组合|计数|多少种",
        "counting the cases",
        "计数",
    ),
    _cue(
        r"\b(?:probabilit\w+|chances?|likely)\b|概率|可能性",
        "working out a probability",
        "计算概率",
    ),
    _cue(
        r"\b(?:set(?:ting)? up|let(?:'s| me| us)? (?:call|denote|define)|let \w be|denote"
        r"|(?:write|form) (?:\w+ ){0,2}equations?)\b"
        r"|(?<![假建])设(?![计置备施])|列(?:出)?(?:方程|式)"
        r"|方程(?:为|是)|记作",
        "setting up the equations",
        "列方程",
        formula=True,
    ),
    _cue(
        r"\b(?:differentiat\w+|derivatives?|chain rule|product rule|quotient rule)\b|求导|导数",
        "differentiating",
        "求导",
    ),
    _cue(
        r"\b(?:integrat\w+|integrals?|antiderivatives?|integration by parts)\b|积分",
        "integrating",
        "积分",
    ),
    _cue(
        r"\b(?:factor\w*)\b|因式分解|分解因式|提取公因式",
        "factoring",
        "因式分解",
        formula=True,
    ),
    _cue(
        r"\b(?:expand\w*|distribut\w+)\b|展开",
        "expanding",
        "展开",
        formula=True,
    ),
    _cue(
        r"\b(?:simplif\w+|combin(?:e|ing) like terms|cancel\w*|reduc(?:e|es|ing))\b|化简|合并同类项"
        r"|约分|消去",
        "simplifying",
        "化简",
        formula=True,
    ),
    _cue(
        r"\b(?:triangles?|angles?|circles?|rectangles?|perpendicular|parallel|diagram|figure"
        r"|coordinates?)\b|三角形|角度|圆心|垂直|平行|画图|图形|坐标",
        "looking at the figure",
        "观察图形",
    ),
    _cue(
        r"\b(?:recall|remember|formula for|theorem|identity|the rule|known that|definition)\b"
        r"|公式|定理|回忆|记得|定义|法则",
        "recalling a rule",
        "回想公式或定理",
    ),
    _cue(
        r"\b(?:solv(?:e|ing)|subtract(?:ing)?|divid(?:e|ing)|multiply(?:ing)?|isolat\w+"
        r"|both sides|rearrang\w+|add(?:ing)? \S+ to)\b"
        r"|解得|移项|两边|解方程|解出|同时(?:加|减|乘|除)",
        "solving",
        "求解",
        formula=True,
    ),
    _cue(
        r"\b(?:approximat\w+|estimat\w+|roughly|about equal)\b|估计|估算|约等于|大约",
        "estimating",
        "估算",
        formula=True,
    ),
    _cue(
        r"\b(?:for example|for instance|an example|e\.g)\b|例如|比如|举例|举个例子",
        "looking at an example",
        "看一个例子",
    ),
    _cue(
        r"\b(?:the (?:problem|question|task)|(?:need|want|have|asked|trying) to (?:find|solve"
        r"|figure|determine|compute|show|calculate)|user (?:asks|wants|is asking)|we(?:'re"
        r"| are) given|given that)\b|题目|题意|已知|要求的是|需要求|问题(?:是|要)|用户",
        "reading the problem",
        "理解题意",
    ),
    _cue(
        r"^\W*(?:wait|hmm+|hold on|actually|no,|oops)\b|\b(?:mistake|that(?:'s| is)(?: not"
        r"|n't) right|wrong)\b|等等|不对|好像错|搞错|弄错|重新",
        "having second thoughts",
        "重新考虑",
    ),
    _cue(
        r"\b(?:first(?:ly)?|step by step|my plan|the plan|strategy|break (?:it|this) down"
        r"|approach)\b|首先|第一步|思路|步骤|分几步",
        "making a plan",
        "制定思路",
    ),
    _cue(
        r"\b(?:explain|in simple terms|intuiti\w+|analogy)\b|解释|讲解|通俗|直观|比喻",
        "finding how to explain it",
        "组织讲解",
    ),
)
"""The first that fits tells; those that say more stand before those that say less."""
