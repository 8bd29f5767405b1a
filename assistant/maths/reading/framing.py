"""What stands around a problem and is no part of it: courtesy, numbers of questions, and what every
reader of formulas knows (``where i is the imaginary unit``).

Nothing is cut out of the text itself, so that errors keep their places: a frame is a
smaller span, and one of several numbered questions is a copy of the text in which the
others are blank.
"""

from __future__ import annotations

import re

from assistant.maths.reading.patterns import Late, late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.sentences import VALUED

GREETING = late(
    r"""\s*(?:
      (?:please|kindly|hi|hello|hey|dear\s+\w+|good\s+(?:morning|evening|afternoon)|ok(?:ay)?|so|well
        |(?:can|could|would|will)\s+(?:you|someone|anyone)(?:\s+please)?(?:\s+help(?:\s+me)?(?:\s+to|\s+with)?)?
        |i\s+(?:need|want|have|would\s+like|am\s+trying|tried)(?:\s+(?:you|help))?(?:\s+to|\s+with)?
        |i'd\s+like(?:\s+you)?\s+to|help(?:\s+me)?(?:\s+to|\s+with)?|let\s+us|let's
        |how\s+(?:do|can|would|should|could)\s+(?:i|you|we|one)|how\s+to|try\s+to|my\s+homework\s+is)
      (?![A-Za-z])[,，:：!.]*
    |(?:你好|您好|老师好?|同学们?|麻烦你?|拜托|请你|请问|请帮我|帮我|帮忙|我想|我要|我需要|能不能|能否|可以|可否|如何|怎么|怎样)[,，:：!！]?\s*(?:请|帮我|帮忙|一下)*
    )\s*(?=\S)""",
    re.IGNORECASE | re.VERBOSE,
)
THANKS = late(
    rf"""(?<![\s,，.。;；?？(（-])(?<!(?!{VALUED})[!！])(?:[\s,，.。;；?？(（-]|(?!{VALUED})[!！])*(?:
      (?<![A-Za-z])(?:please|pls|thanks?(?:\s+(?:you|a\s+lot|so\s+much|very\s+much|in\s+advance|for\s+(?:your|the)\s+help))*|cheers
        |step[\s-]+by[\s-]+step|(?:with|and|show(?:ing)?)\s+(?:me\s+)?(?:all\s+)?(?:the\s+|your\s+|full\s+)?(?:steps|work(?:ing)?)
        |and\s+explain|in\s+detail|for\s+me|right\s+now)
    |谢谢(?:你|您|老师|大家)?|多谢|感谢|非常感谢|(?:并|请)?(?:写出|给出|要?有)(?:详细|必要)?的?(?:解题|解答)?(?:步骤|过程)|要过程|急|好吗|可以吗|行吗
    |[,，]?(?:并|且)?(?:把|将)?(?:它的|其)?(?:解集)?在数轴上表示(?:出来|出)?(?:它的|其)?(?:解集)?
    )[\s.。!！?？~)）]*$""",
    re.IGNORECASE | re.VERBOSE,
)
LABEL = late(
    r"""\s*(?:
      [【\[]?\s*(?:例题?|习题|练习|问题|题目?|第)\s*[\d一二三四五六七八九十]{0,3}(?:[.-]\d+)?\s*[小大]?题?\s*[】\]]?
        \s*(?:[(（]\s*\d{1,2}\s*[)）])?\s*(?:[.．、:：)）]\s*|\s+)
    |(?:question|problem|exercise|example|task|q|ex|no)\s*[.#]?\s*\d{1,3}(?:\.\d+)*\s*(?:\(?[a-h]\)|\([ivx]+\))?\s*(?:[.:：、)-]\s*|\s+)(?=[\w\\$(\[{|√∫∑\u4e00-\u9fff-])(?![-+*/^=])
    |(?:question|problem|exercise|task)\s*[:：]\s*
    |\d{1,2}\s*[.．]\s+(?=\S)(?![+*/^=×÷]|-\s)|\d{1,2}\s*[.．]\s*(?=[\u4e00-\u9fff])|\d{1,3}\s*、\s*(?=[\u4e00-\u9fffA-Za-z]{2})|\d{1,2}\)\s+|[a-h]\)\s+
    |[(（]\s*\d{1,2}\s*[)）]\s*(?=[\u4e00-\u9fff]|[A-Za-z]{3})|[(（]\s*\d{1,2}\s*[)）]\s+(?![-+*/^=×÷(])
    |[①-⑳]\s*
    )""",
    re.IGNORECASE | re.VERBOSE,
)
MARKS = (
    late(r"(?<![\w)）\]}^*/+=-])[(（]\s*(\d)\s*[)）](?!\s*[-+*/^=×÷])"),
    late(r"([①-⑨])"),
    late(r"(?:(?<=[\n;；:：。])|(?<=[\n;；:：。.]\s)|^)\s*(\d)\s*[.．、)）](?=\s|[\u4e00-\u9fff])"),
)
LETTERED = (
    late(r"(?<![\w)）\]}^*/+=-])[(（]\s*([a-h])\s*[)）]\s"),
    late(r"(?<![\w(（])([a-h])[)）]\s"),
    late(r"(?<![\w)）\]}^*/+=-])[(（]\s*(i{1,3}|iv|v)\s*[)）]\s"),
)
CONSTANT = late(
    r"""(?P<comma>[,，]\s*)?(?P<open>[(（]\s*)?
      (?:(?:设|已知|其中|这里|若|记)\s*|(?:(?:let|where|here|if|given(?:\s+that)?|suppose(?:\s+that)?)\s+))?
      (?<![A-Za-z\d_^\\)])\$?(?:
        i\$?\s*(?:[是为]|表示)\s*虚数单位|i\$?\s+(?:is|be|denotes)\s+the\s+imaginary\s+unit
       |e\$?\s*(?:[=≈]\s*2\.718\d*(?:[…⋯]+|\.{3,})?\s*)?(?:[是为]|表示)\s*自然对数的底数?
       |e\$?\s+(?:is|be|denotes)\s+(?:euler['’]s\s+number|the\s+base\s+of\s+(?:the\s+)?natural\s+logarithms?)
       |(?:π|\\?pi)\$?\s*(?:[是为]|表示)\s*圆周率
      )\s*(?(open)[)）])(?=\s*(?P<behind>[,，;；.。]?))""",
    re.IGNORECASE | re.VERBOSE,
)
"""The constant's own meaning: nothing is told by it."""
ROMAN = ("i", "ii", "iii", "iv", "v")


def without_constants(span: Span) -> Span:
    """The text without the sentences that tell what i, e and π are anyway."""
    source = span.source
    for found in CONSTANT.finditer(source, span.start, span.end):
        opens = not found["open"] and not found["comma"]  # the mark behind it belongs to it
        end = found.end("behind") if opens else found.end()
        source = f"{source[: found.start()]}{' ' * (end - found.start())}{source[end:]}"
    return Span(source, span.start, span.end)


def unframed(span: Span) -> Span:
    """The problem without its number, greetings and thanks."""
    if found := LABEL.match(span.source, span.start, span.end):
        span = span.cut(found.end(), span.end) or span
    for _ in range(6):
        found = GREETING.match(span.source, span.start, span.end)
        if found is None or found.end() >= span.end:
            break
        span = span.cut(found.end(), span.end)
    for _ in range(6):
        found = THANKS.search(span.text)
        if found is None or found.start() == 0:
            break
        span = span.cut(span.start, span.start + found.start())
    return span


def numbered(span: Span) -> tuple[Span, tuple[Span, ...]] | None:
    """The text before the first of several questions marked (1), (2) …, and the questions."""
    return _marked(span, MARKS)


def lettered(span: Span) -> tuple[Span, tuple[Span, ...]] | None:
    """The same for (a), (b) … and (i), (ii) …, which may also be options of a choice."""
    return _marked(span, LETTERED)


def _marked(span: Span, styles: tuple[Late, ...]) -> tuple[Span, tuple[Span, ...]] | None:
    for style in styles:
        run: list[re.Match[str]] = []
        for mark in style.finditer(span.source, span.start, span.end):
            if _index(mark[1]) == len(run) + 1:
                run.append(mark)
        if len(run) < 2:
            continue
        ends = [m.start() for m in run[1:]] + [span.end]
        edge = ";；,，、.。和"
        items = tuple(span.cut(m.end(), end).strip(edge) for m, end in zip(run, ends, strict=True))
        if all(items):
            return span.cut(span.start, run[0].start()), items
    return None


def _index(mark: str) -> int:
    """1 for the first mark of a style."""
    if mark in ROMAN:
        return ROMAN.index(mark) + 1
    if mark.isdigit() and mark.isascii():
        return int(mark)
    return ord(mark) - ord("①" if ord(mark) > 127 else "a") + 1


def together(*parts: Span) -> Span:
    """The parts as one text, with everything between them blank."""
    source = list(" " * len(parts[0].source))
    for part in parts:
        source[part.start : part.end] = part.text
    return Span("".join(source), parts[0].start, parts[-1].end)
