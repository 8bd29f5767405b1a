"""What a list of calls tells, each with a colon and a value behind it (``f(2): 4``).

Points, weights, lengths and numbers of tests are written in the same way, so the words that lead to
the list must say that it tells results, or say nothing of it at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.coding.examples import doubts

_COLON = re.compile(r"[`*]{0,3}\)?\s{0,8}[:：]")
_SIGN = re.compile(
    r"[`*]{0,3}\)?\s{0,8}(?:[:：]\s{0,8}[`*]{0,3}[-+\d\[({'\"TFN]|\#|==|-+>|=>|[→⟶⇒➞➜➔⟹⇨⟼＝≈]|=)"
)
_COUNTED = re.compile(
    r"\b(?:calls|steps|operations?|time|times|seconds|ms|memory|complexity|cost|O\()|次|步|秒|耗时|复杂度",
    re.IGNORECASE,
)
"""What is told of a call, and is not what it gives."""
_MEASURES = re.compile(
    r"\b(?:points?|scores?|marks?|weights?|ids?|numbers?|counts?|lengths?|sizes?|priorit(?:y|ies)"
    r"|levels?|difficult(?:y|ies)|ranks?|bytes|characters|chars|lines?|pages?|versions?"
    r"|run\s?times?|timings?|latenc(?:y|ies)|memory|complexit(?:y|ies)|benchmarks?)\b(?!\()"
    r"|分|权重|编号|序号|长度|大小|难度|级|优先|字节|字符|行号|[运执]行时间|耗时|用时|内存|复杂度|性能",
    re.IGNORECASE,
)
"""The same, of what a sentence speaks that leads to a list, or a line of it."""
_COSTS = re.compile(
    r"(?:(?:the|its)\s)?(?:run\s?times?|timings?|latenc(?:y|ies)|memory(?:\suse|\susage)?"
    r"|(?:time\s)?complexity|benchmarks?)(?:\sin\s\w+)?|[运执]行时间|耗时|用时|内存占用|时间复杂度|性能",
    re.IGNORECASE,
)
"""All that a heading says of a call behind it on the same line: with other words it may tell what
the function does (``Reverse a number: f(12) = 21``)."""
_ASKS = re.compile(
    r"\b(?:write|implement|create|define|make|build|design|develop|complete|returns?)\b"
    r"|写|编|实现|定义|设计|完成|返回",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    r"\b(?:examples?|samples?|e\.g|expect\w*|results?|outputs?)\b|例|期望|预期|结果|输出",
    re.IGNORECASE,
)
"""What leads to results, whatever else it speaks of."""
_WORDS = frozenset(
    "a an the some more few several these this that it here are is of for as and with in following"
    " follows below above such instance please write implement create define make function method"
    " program python code called named should must will would shall be have example examples sample"
    " samples eg usage use test tests case cases expected expect return returns returned result"
    " results output outputs give gives value values answer answers".split()
)
"""Of which a heading is made that tells of results alone."""
_WORDS_ZH = re.compile(
    r"示例|样例|例子|例如|比如|举例|例|测试|用例|调用|结果|返回|输出|预期|期望|答案|函数|方法|程序|编写|实现"
    r"|定义|如下|以下|下面|几个|一些|一个|应该?|请|写|个|值|的|是|为|有|会|与|和|及"
)
_CODE = re.compile(r"`[^`]{0,80}`|\b[A-Za-z_]\w{0,60}\([^()]{0,200}\)")
_BRIEF = re.compile(r"\be\.\s?g\b\.?|\bi\.\s?e\b\.?", re.IGNORECASE)
_AROUND = re.compile(r"[A-Za-z.]{1,12}\(\Z")
_LETTERS = re.compile(r"[A-Za-z_]\w*|[^\W\d_]")
_STOP = re.compile(r"[.!?](?=\s)|[。！？]")
_MARKS = " \t\r*_#>~`=|-"


def results_in(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Which of the calls at ``spans`` of a text a colon behind them gives a result, by where they
    start.  The text is gone through once."""
    names = {text[start:end].partition("(")[0].strip().lower() for start, end in spans}
    found: set[int] = set()
    led, counted = True, False
    for line, begin, inside in _lines(text, spans):
        bare = line.strip(_MARKS)
        counted = bool(bare) and (counted or _COUNTED.search(line) is not None)
        told = [span for span in inside if _COLON.match(text, span[1])]
        if not told:
            if bare and not _is_row(text, begin, inside):
                led = leads_to_results(line, names)
            continue
        measured = counted or _MEASURES.search(line) is not None
        last = begin
        for start, end in told:
            lead = _AROUND.sub("", text[max(last, start - doubts.FAR) : start]).strip(_MARKS)
            if lead.endswith((":", "：")):
                led = leads_to_results(lead, names)
            if led and not measured:
                found.add(start)
            last = end
        if bare.endswith((":", "：")):
            led = leads_to_results(line[last - begin :], names)
    return frozenset(found)


def measured_in(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Which of the calls at ``spans`` of a text stand in a list whose heading speaks of points,
    weights, run times or the like, or behind one that tells what they cost, by where they start."""
    found: set[int] = set()
    measured = False
    for line, begin, inside in _lines(text, spans):
        if _is_row(text, begin, inside):
            found |= {start for start, _ in inside if measured}
        elif line.strip(_MARKS):
            measured = _heads_measures(line)
            head = _STOP.split(text[begin : inside[0][0]].strip(_MARKS))[-1] if inside else ""
            if head.endswith((":", "：")) and _COSTS.fullmatch(head[:-1].strip(_MARKS)):
                found |= {start for start, _ in inside}
    return frozenset(found)


def _heads_measures(line: str) -> bool:
    """Is it a heading of what is measured, and not of what a function gives?"""
    bare = line.strip(_MARKS)
    words = _CODE.sub(" ", _STOP.split(bare)[-1])
    plain = not (_ASKS.search(words) or _SHOWS.search(words))
    return bare.endswith((":", "：")) and plain and bool(_MEASURES.search(words))


def _lines(
    text: str, spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, int, Sequence[tuple[int, int]]]]:
    """Each line of a text, where it begins, and the calls in it."""
    at, next_ = 0, 0
    for line in text.split("\n"):
        begin, at = at, at + len(line) + 1
        first = next_
        while next_ < len(spans) and spans[next_][0] < at:
            next_ += 1
        yield line, begin, spans[first:next_]


def _is_row(text: str, begin: int, inside: Sequence[tuple[int, int]]) -> bool:
    """Does a line belong to a list of calls, and is no heading?"""
    if not inside or not doubts.BULLET.match(text[begin : inside[0][0]][-doubts.FAR :]):
        return False
    return _SIGN.match(text, inside[0][1]) is not None


def leads_to_results(line: str, names: Collection[str] = ()) -> bool:
    """May what follows these words be results?  A heading must say so in each of its words; a
    sentence that asks for the code, or says what it returns, is no heading."""
    words = _BRIEF.sub("eg ", line[-doubts.FAR :]).strip(_MARKS)
    ended = words.endswith((".", "。", "!", "！"))
    sentence = _STOP.split(words.rstrip(".。!！:："))[-1]
    if ended:
        plain = not (_COUNTED.search(sentence) or _MEASURES.search(sentence))
        return plain and _ASKS.search(sentence) is not None
    rest = _WORDS_ZH.sub(" ", _CODE.sub(" ", sentence))
    return all(word.lower() in _WORDS or word.lower() in names for word in _LETTERS.findall(rest))
