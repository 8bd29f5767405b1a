"""What is said around a claim in a question: is it still plainly claimed?

A claim that was read wrongly calls right code wrong, so any contrary word takes it away.  Claims
themselves are blanked first (``SIGN``), so that only the words around them are looked at.
"""

from __future__ import annotations

import re

SIGN = "\ue000"
"""Stands in place of each character of a claim."""
FAR = 600
"""Characters of a line that are looked at, on either side."""
HEAD_LINES = 12
_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)[.!?](?=[\s`*)\"']|$)|[。！？]")
_STOP = re.compile(rf"{_END.pattern}|[;；]")
_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,}).*$", re.MULTILINE)
_VALUE = re.compile(r"[-+]?\.?\d|[\[({'\"`]|(?:True|False|None|true|false|null)\b")
_MEANS = re.compile(
    r"\b(?:do not|don'?t|does not|doesn'?t|must not|cannot|can'?t|may not|should not|shouldn'?t"
    r"|not allowed to|without) (?:use|using|modify|modifying|change|changing|import|importing)\b"
    r"|(?:请?不要|不能|不可以?|不得|不允许|不准|不)(?:使用|用|借助|修改|改变|导入)",
    re.IGNORECASE,
)
"""Which means are not to be used is nothing contrary."""
_MUST = r"(?:should|must|ought to|has to|needs to|supposed to)\s+(?:be|return|give|equal|have|yield"
_MUST += r"|output|print|get|become|produce)"
_SHOULD = r"应(?:该|当)?(?:为|是|返|得|等|输|给|变)|应该|才对|才是"
_WRONG = r"wrong(?:ly)?|incorrect(?:ly)?|bugs?|buggy|broken|unexpected(?:ly)?|mistaken?|typo"
_FIX = r"fix(?:ed|es)?|repair(?:ed)?|mend|debug(?:ging)?"
_NOW = r"now(?! (?:please|write|make|add|let|give|implement|create|do|can|we|i (?:want|need))\b)"
_NOW_ZH = r"现在(?!请|写|编|实现|给|用|来|要|需)"
_MY = r"my\s+(?:own\s+)?(?:function|code|program|version|solution|implementation|attempt|script)"
_OLD = (
    r"\b(?:old(?:er)?|previous|former|naive|existing|original|legacy|first)\s+"
    r"(?:version|code|implementation|function|program|solution|attempt|output|result|behaviou?r)\b"
    r"|\bcounter-?examples?\b|\bbug\s+report"
    r"|旧(?:版|的|代码|程序|实现)|原(?:版|代码|程序|实现|先|来的)|之前的?(?:代码|程序|版本|结果|实现)|反例|运行结果"
)
_BEFORE = re.compile(
    r"\b(?:if|elif|while|until|unless|when|whenever|as soon as|in case|whether|not|lambda|gets?|got"
    r"|unlike|whereas|contrary|let|suppose|assum\w+"
    rf"|math(?:s|ematics)?|why|how|{_WRONG}|{_FIX}|actual(?:ly)?|currently|{_NOW}|instead|but|fails?"
    r"|failing|error|rather|explain|understand|seems?|never|sometimes|maybe|perhaps|probably"
    r"|thinks?|thought|believed?|claims?|guess|observed|returned"
    rf"|{_MY})\b|n['’]t\b|^\s*return\b|{_OLD}"
    r"|\b(?:it|that|which|this)\s+(?:gives?|returns?|prints?|says?)[\s`]*\Z"
    r"|若|如果|当(?!前)|当前|是否|得到|不|却|错|为什么|为何|怎么|但|实际|而非|没有|目前|失败|原本"
    rf"|{_NOW_ZH}|设(?!计)|[❌✗✘👎]|(?:Error|Exception):"
    r"|令|假设|已知|假如|修复|修正|我的(?:函数|代码|程序)|有问题|问题[是在：:]|以为|认为|可能|也许",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\b(?:not|instead|but|however|although|though|{_WRONG}|{_FIX}|why|actual(?:ly)?|currently"
    rf"|now|fails?|failing|error|rather|{_MUST}|expect(?:s|ed)?|want(?:s|ed)?|wish|hope(?:d|fully)?|hoping"
    r"|supposed|or|maybe|perhaps|approximately|roughly|sometimes|usually|often|times|weird"
    r"|strange|odd|no|never|unless|except|(?:correct(?:ed)?|change) (?:it|this|that))\b"
    r"|n['’]t\b|[?？]"
    rf"|不|却|错|为什么|为何|怎么|但|实际|而非|没有|目前|现在|失败|{_SHOULD}|希望|期望|预期|问题|修"
    r"|改[成为]|或|吗|奇怪|想要|需要的?(?:是|为|返回)|本来|原本|左右|大约",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\A\W{0,4}(?:but|instead|however|yet|no|not|rather|expected|should|actually|why|must|want(?:ed)?"
    r"|correct|desired|that['’]?s|this is)\b"
    rf"|\b(?:{_WRONG}|{_FIX}|expected|supposed|instead|{_MUST}|not (?:right|correct|what|true)"
    r"|(?:i|we) (?:want(?:ed)?|need(?:ed)?|expect(?:ed)?|hoped)\s+(?:it to|for|[-\d\[({'\"`TFN]))\b"
    r"|n['’]t (?:right|correct|what|true)|\b(?:right|correct|true) (?:answer|result|value|output)\b"
    r"|\b(?:is|was|be) (?:right|correct)\b|正确的?(?:答案|结果|值|输出)"
    rf"|\A\W{{0,4}}(?:但|却|而应|不|正确)|{_SHOULD}|错|不对|不正确|期望|预期|希望|有问题|修复|修正"
    r"|改[成为]|为什么|为何|怎么",
    re.IGNORECASE,
)
_TOLD = re.compile(
    rf"\b(?:i|we)\s+(?:get|got|see|saw)\b|\b(?:{_WRONG}|actual(?:ly)?|currently|{_NOW}|observed|fails?|failing|instead"
    rf"|{_MY}|(?:someone|somebody|students?|colleagues?|friends?|classmates?|he|she|they)\s+"
    r"(?:wrote|made|has|have|had|got|gets?|says?|said|claims?))\b"
    rf"|n['’]t work|{_OLD}|有人写|同学写|同事写|朋友写"
    rf"|我得到|实际|目前|{_NOW_ZH}|当前|错误|有错|出错|不对|有问题|失败|我的(?:函数|代码|程序)",
    re.IGNORECASE,
)
"""A sentence that tells what happens now, and not what should."""
_LED = re.compile(
    r"\b(?:it|that|which|this)\s+(?:gets?|gives?|gave|returns|returned|prints)\b"
    rf"|{_TOLD.pattern}",
    re.IGNORECASE,
)
"""The same of the head of a list."""
_HAPPENS = re.compile(
    r"[?？]|\b(?:rais|throw|crash|before\b|after\b|what\b|this (?:code|prints|gives)|outputs? of)"
    r"|报错|抛出?|异常|崩溃|之前|以前|什么|这段",
    re.IGNORECASE,
)
"""What a line says that leads to code which is there already."""
_ASKED_FOR = re.compile(
    r"\b(?:write|create|implement|make|build|design|develop|give me)\b[^.!?;:\n]{0,80}?"
    r"\b(?:that|which)\s+(?=gives?\b|returns\b|prints\b)",
    re.IGNORECASE,
)
"""What something is to do that is asked for; it tells nothing of what is there."""
_REQUEST = re.compile(
    r"\b(?:can|could|would|will) you\b.{0,20}"
    r"\b(?:write|make|give|create|implement|code|build|add)\b"
    r"|(?:能|请|可以|可否|麻烦).{0,8}(?:写|编|实现|给)",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"(?:\be\.g\.|\bi\.e\.|\bfor example|\bfor instance|\bexamples?|例如|比如|举例|示例|例)"
    r"[\s,，:：`*(（]*\Z",
    re.IGNORECASE,
)
"""What stands before says what the function does, be it with an ``if``."""
_SO_THAT = re.compile(r"(?:\b(?:so|such) that|(?:使得?|让|满足))[ \t`]{0,4}\Z", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    rf"\b(?:{_WRONG}|sorry|no longer|scratch that|{_MUST}|(?:not|n['’]t) (?:true|right|correct))\b"
    rf"|[?？]|不对|错|更正|口误|{_SHOULD}",
    re.IGNORECASE,
)
_TELLS_NOW = re.compile(
    r"\b(?:but|yet|instead|and not|rather than)\b"
    r"(?!\s+(?:that|this|which|it['’]?s|it is|should|i think))"
    r"|(?:但|却|而不是|而非|但是)(?!这|应)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\A\W{0,4}(?:sorry|no\b|wait|that['’]?s (?:wrong|not)|this is (?:wrong|not)|更正|不对|说错"
    r"|写错)",
    re.IGNORECASE,
)
_ONLY_ASKED = re.compile(
    r"\b(?:if|whether|why|unless|thinks?|thought|believe[sd]?|claims?|guess|maybe|perhaps)\b"
    r"|(?:not|n['’]t)\s+(?:\w+\s+){0,3}$|若|如果|是否|为什么|为何|以为|认为|可能|也许|不是说?$",
    re.IGNORECASE,
)
_OPERATES = re.compile(
    r"(?:[-+*/%^~<>=&|!@\\$·×÷√≠≤≥]|\d|[\])}]"
    r"|\b(?:plus|minus|times|twice|half|double|negative|than|by|over|modulo|from|or|abs"
    r"|len|length|size|sum|max|min|sqrt|log|exp|sin|cos|tan"
    r"|(?<!result )(?<!value )(?<!output )of)"
    r"|[加减乘除和与及或的负])[ \t`]{0,4}\Z",
    re.IGNORECASE,
)
BULLET = re.compile(r"\A\s*(?:(?:[-*+•>]|\d{1,3}[.)、]|\(\d{1,3}\))\s+)*[`*]{0,3}\s*\Z")
_RUN = re.compile(r"\)[ \t`]{0,4}(?:,|，|、|and|or|和|与|或)[ \t`]{0,4}\Z")
_MADE = re.compile(r"\b(?:float|set|frozenset|list|tuple|dict)\([^()]{0,60}\)")
"""A value that is made by a call."""
_SIGNATURE = re.compile(
    r"\w\((?:\s{0,3}\*{0,2}(?!(?:True|False|None|true|false|null)\b)[^\W\d][\w \t*&\[\]:<>]{0,60}"
    r"(?:,|(?=\)))){1,9}\)"
    r"[ \t`]{0,4}[,，][ \t`]{0,4}\Z"
)
"""``add(a, b), add(1, 2) returns 3``: what is named first is no call."""
_AFTERWARDS = re.compile(
    r"[#\s(*_`-]{0,6}(?:(?:but|instead|however|expected|wanted|desired|correct|should|wrong|actual(?:ly)?"
    r"|why|rather|must|that['’]?s|this is|i (?:want|expect|need)|it (?:should|must|is wrong)"
    r"|which is (?:wrong|not)|not|the (?:right|correct|expected|true))\b"
    r"|但|却|而应|应|期望|预期|希望|错|不对|这不|正确|为什么|实际)",
    re.IGNORECASE,
)
_FREE = (
    r"(?:any|whatever|whichever|an?\s+arbitrary|arbitrary"
    r"|no\s+(?:particular|specific|special|certain|fixed|defined|guaranteed))\s+order\b"
)
_ORDER = re.compile(
    rf"\b{_FREE}"
    r"|\border\b[^.;,\n]{0,30}?\b(?:(?:does\s+not|doesn['’]t)\s+matter"
    r"|is\s+(?:not\s+important|unimportant|irrelevant|arbitrary))\b"
    r"|\b(?:regardless|irrespective)\s+of\s+(?:the\s+)?order\b|\bignoring\s+(?:the\s+)?order\b"
    r"|任[意何一](?:的)?(?:顺序|次序)|(?:顺序|次序)(?:不限|任意|无关|不重要|不作要求|可以?(?:任意|不同))"
    r"|[无没]有?(?:特定|固定|指定)的?(?:顺序|次序)"
    r"|不(?:考虑|计|限|要求)(?:顺序|次序)",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:returns?|answers?|outputs?|results?)\b|返回|答案|输出|结果", re.IGNORECASE
)
_GIVEN = re.compile(r"\b(?:inputs?|given|arguments?|parameters?)\b|输入|给定|参数", re.IGNORECASE)
_SORTS = re.compile(
    r"\bsort|\border(?:ed|ing)\b|scending\b|排序|升序|降序|有序|从小到大|从大到小", re.IGNORECASE
)

_AWAITED = re.compile(
    r"\bawait|\basync|\bpromises?\b|\bcoroutines?\b|\bresolves? (?:to|with)\b|\.then\("
    r"|异步|等待|协程",
    re.IGNORECASE,
)
"""A question that knows of results which come later."""
_NOT_AWAITED = re.compile(
    r"\b(?:no|not|non|never|without|avoid)\b[\w ,/-]{0,30}?\b(?:async|await|promise)"
    r"|n['’]t [\w ,/-]{0,30}?\b(?:async|await|promise)|[不非勿][\w ]{0,8}(?:异步|等待)",
    re.IGNORECASE,
)


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with a sign in place of each character of some spans, and without the words on
    which means are not to be used, and on an order that is free."""
    text = text.replace(SIGN, " ")
    parts, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            parts += [text[at:start], SIGN * (end - start)]
            at = end
    text = "".join([*parts, text[at:]])
    for sign in (_MEANS, _ORDER):
        text = sign.sub(lambda found: "_" * len(found[0]), text)
    return text


def plain(text: str, start: int, end: int, *, firm: bool = False) -> bool:
    """Is the claim at ``start:end`` of a blanked text taken back by nothing around it?

    ``firm``: it says itself what should be, so that words on what happens now are no matter.
    """
    before, after, following = _sentence(text, start, end)
    if SIGN in following and not _NEXT.match(following):
        following = ""  # it speaks of another claim
    if firm or (_SO_THAT.search(before) and not _TOLD.search(before)):
        now = _TELLS_NOW.search(after)
        rest = after[: now.start()] if now else after
        return not (
            _ONLY_ASKED.search(before) or _TAKEN_BACK.search(rest) or _AGAIN.search(following)
        )
    if _REQUEST.search(before):
        after = re.sub(r"[?？]|吗", "", after)
    doubted = _TOLD if _INTRODUCED.search(before) else _BEFORE
    if (
        doubted.search(before)
        or _TOLD.search(before)
        or _AFTER.search(after)
        or _NEXT.search(following)
    ):
        return False
    return not _led(text, start)


def introduced(text: str, start: int, end: int) -> bool:
    """Do the lines around an example of several lines leave it as what is wanted?"""
    before = _FENCE.sub("", text[max(0, start - FAR) : start]).rstrip()
    head = before[before.rfind("\n") + 1 :]
    if head.endswith((":", "：")) and _LED.search(_ASKED_FOR.sub("", head)):
        return False
    if head.endswith((".", "。", "!", "！")) and _TOLD.search(head):
        return False
    return not contrary(text[end : end + FAR])


def shown_as_it_is(text: str, start: int) -> bool:
    """Does the line before some code say that it tells what happens, or ask about that?"""
    before = _FENCE.sub("", text[max(0, start - FAR) : start]).rstrip()
    line = before[before.rfind("\n") + 1 :]
    return _BEFORE.search(line) is not None or _HAPPENS.search(line) is not None


def contrary(after: str) -> bool:
    """Do the next words say that something else was wanted?"""
    line = _FENCE.sub("", after).strip().partition("\n")[0]
    return _AFTERWARDS.match(line) is not None


def alone(text: str, start: int) -> bool:
    """Does the call at ``start`` stand alone, with no operator or other call before it?"""
    line = text[text.rfind("\n", 0, start) + 1 : start][-FAR:]
    if BULLET.match(line):
        return True
    if _SIGNATURE.search(line):
        return True
    line = _MADE.sub("0", line)
    return not (_OPERATES.search(line) or _RUN.search(line))


def ends(text: str, at: int) -> bool:
    """Is a value over at ``at``, and no part of something larger (``1,000``, ``3!``, ``3 or``)?"""
    rest = text[at : at + 120]
    number = text[at - 1 : at].isdigit()
    closed = re.match(r"[`*]{0,3}", rest)
    rest = rest[closed.end() :] if closed else rest
    if number and re.match(r"[!:.,'_]\S|!", rest):
        return False
    gap = len(rest) - len(rest.lstrip(" \t"))
    bare = rest.lstrip(" \t")
    if not bare or bare[0] in "\n\r.。！!;；?？" or bare.startswith("//"):
        return not re.match(r"\.\S", bare) or bare[1:2] in "`*)\"'"
    if bare[0] in ":：":
        return not bare[1:].partition("\n")[0].strip()
    if bare[0] in ",，、":
        return _VALUE.match(bare[1:].lstrip()) is None
    if bare[0] in ")）" and not gap:
        return re.match(r"[)）][ \t]*(?:[-+*/%^<>=&|!]|or\b|或)", bare) is None
    if bare[0] in "#（" or (gap and re.match(r"\([A-Za-z]", bare)):
        return True
    joined = re.match(r"(?:and|while|和|与|且|而|并且)\s*[`*]{0,3}(?=[A-Za-z_]\w*\()", bare)
    told = re.match(
        r"(?:for|because|since|as|but|instead|rather|not)\b|因为|但|而不是|而非|却"
        rf"|in (?:(?:that|this) order\b|{_FREE})",
        bare,
    )
    return bool(joined or told)


def _sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence before and after a span, and the sentence that follows."""
    line = max(text.rfind("\n", 0, start) + 1, start - FAR)
    before = text[line:start]
    stops = [found.end() for found in _STOP.finditer(before)]
    before = before[stops[-1] :] if stops else before
    stop = text.find("\n", end)
    after = text[end : min(stop if stop >= 0 else len(text), end + FAR)]
    found = _END.search(after)
    at = end + (found.end() if found else len(after))
    after = after[: found.end()] if found else after
    rest = _FENCE.sub("", text[at : at + FAR]).strip(" \t\r\n`*)\"'")
    line_ = rest.partition("\n")[0]
    found = _END.search(line_)
    return before, after, line_[: found.end()] if found else line_


def _led(text: str, start: int) -> bool:
    """Does the sentence before, or the head of the list, tell of what happens now?"""
    line = text.rfind("\n", 0, start) + 1
    stops = [found.end() for found in _STOP.finditer(text, max(line, start - FAR), start)]
    if stops:
        inner = text[line : stops[-1]]
        earlier = [found.end() for found in _STOP.finditer(inner[:-1])]
        said = inner[earlier[-1] :] if earlier else inner
        if SIGN not in said and _TOLD.search(said):
            return True
    lines = text[max(0, line - 2000) : line].split("\n")[:-1]
    for above in reversed(lines[-HEAD_LINES:]):
        bare = above.strip().strip("*`").rstrip()
        if not bare or above.lstrip().startswith(("```", "~~~")):
            continue
        if SIGN in bare:
            if bare.strip("-*+•`> \t0123456789.)" + SIGN):
                return False
            continue
        led = _LED if bare.endswith((":", "：")) else _TOLD
        return led.search(_ASKED_FOR.sub("", bare)) is not None
    return False


def any_order(question: str) -> bool:
    """Does a question allow its answer in any order, wherever it says so?"""
    return _ORDER.search(question) is not None


def order_is_free(question: str) -> bool:
    """Is it plain that it is the result whose order is free, and no sorting is asked for?"""
    if _SORTS.search(_ORDER.sub("", question)):
        return False
    for found in _ORDER.finditer(question):
        before, after, _ = _sentence(question, found.start(), found.end())
        said = before + found[0] + after
        if _RESULT.search(said) and not _GIVEN.search(said):
            return True
    return False


def awaited(question: str) -> bool:
    """Does a question speak of results that come later?"""
    return _AWAITED.search(question) is not None and not _NOT_AWAITED.search(question)
