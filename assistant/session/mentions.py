"""Talk that names a letter and says nothing of it: "How do I find x in 2x = 6?".

A question asks, and lays nothing down, so the answer to it explains and lays nothing down for a
task that the user sets afterwards.  No list of ways to lay something down is ever whole, so this
goes by the opposite list: all words of the talk are known to ask or to name.
"""

from __future__ import annotations

import re

from assistant.maths.reading.claims.harmless import is_harmless

MAX_TALK = 600
"""Characters of talk that is only a question; a longer one tells something."""
_SENTENCES = re.compile(r"(?<=[.?!])\s+|(?<=[。？！；;])|\n")
_ASKS = re.compile(
    r"\b(?:how|what|why|which|who|explain\w*|understand|help|confus\w*|stuck|struggl\w*|trouble|teach|tell"
    r"|show\s+me|learn|lost|mean)\b|怎么|怎样|如何|为什么|为何|什么|不懂|不会|不明白|不理解|解释|讲解|讲一讲|讲讲|教我|帮我",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\W*(?:(?:hi|hello|hey|ok|okay|so|and|but|please|sorry|thanks?)\b\W*)*"
    r"(?:how|what|why|which|who|can|could|would|will|do|does|did|explain|help|show|teach|tell|i|i'm|please)\b",
    re.IGNORECASE,
)
"""How an English sentence begins that only asks."""
_LAYS_DOWN = re.compile(
    r"\b(?:let|be|if|when|where|set|take|taking|put|given|with|using|as|both|only|must|should|shall|"
    r"equals?|satisf\w+|not|no|never|like(?<!look like)|want\w*|call\w*|between|either|minus|"
    r"plus|signs?|whole|natural|rational|greater|less|more|larger|smaller|bigger|degrees?|radians?|"
    r"same|both|each|all|any|positive|negative|real|even|odd|integers?|prime|zero|one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|[设令取当若]|如果|其中|假|等于|满足|为(?![什何])|是(?!什么|怎么|如何|为)|有|正|负|零|要|不(?!懂|会|明白|理解|等[号式])"
    r"|叫|做|用|[整实奇偶质虚]数|[大小多少]于|唯一",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"[<>≤≥≠∈∉≈≡≅∼~→←↦⇒⇐:：|∣]=|[<>≤≥≠∈∉≈≡≅∼~→←↦⇒⇐|∣]|[-=]+>"
    r"|\\(?:[gl]e?q?|neq?|in|to|approx|sim|equiv|mapsto|(?:right|left)arrow|(?:[lr]?vert))\b|!="
)
_CLAIMS = re.compile(
    r"\b(?:know\w*|have|has|had|got|get|because|since|so|then|also|now|here)\b|知|因|由于|所以|那么",
    re.IGNORECASE,
)
"""Words with which an equation is told, and not only asked about."""
_NUMBER = re.compile(r"\d|=")
_HAN_NUMBER = re.compile(
    r"[A-Za-z]\s*[一二两三四五六七八九十百]|[一二两三四五六七八九十百]\s*[A-Za-z]"
)
_NO_FORMULA = re.compile(
    r"(?<![\w\\])(?:[A-Za-z]{2,}(?:['’]\w+)?|[aI])(?!\w)|[\u3400-\u9fff，。？！；：、,;:?!]|\.(?!\d)"
)
_EQUATION = re.compile(
    r"[\w+\-*/^(){}\\·×÷.$\s]*\w[)}\s$]*=[\s$]*[\w+\-(\\][\w+\-*/^(){}\\·×÷.$\s]*"
)
"""An equation to ask about: what it says of a letter is to be found, not laid down."""
_TALK = re.compile(
    r"\b(?:hi|hello|hey|ok|okay|sorry|thanks?|please|dear|do|does|did|don['’]t|doesn['’]t|didn['’]t|can['’]?t|cannot|could"
    r"|would|will|why|what|what['’]s|which|who|explain\w*|understand|help|confus\w*|stuck|struggl\w*|trouble|teach|tell"
    r"|learn|lost|mean|meaning|look\s+like|about|idea|think|really|very|bit|little|maths?|algebra"
    r"|mathematics|class|homework|teacher|lesson|letter|letters|symbol|word|questions?|exercises?|way|ways"
    r"|graph\w*|curve|yes|hard|easy|difficult|trying|try|need|question|method|idea"
    r"|start|begin|work|works|other|left|i['’]m|am|squaring|rooting|quickly|again)\b"
    r"|怎么办?|怎样|如何|为什么|为何|什么|不懂|不会|不明白|不理解|解释|讲解|讲一讲|讲讲|讲|教|帮|请|你|您|我|吗|呢|吧|啊|一下|意思|字母|题目?|问题"
    r"|数学|代数|老师|作业|课|图像|图形|曲线|方法|思路|步骤|过程|很|有点|难|简单|想|谢谢|你好|您好|能|能否|明白|理解|学|懂|办|含",
    re.IGNORECASE,
)


def only_asks(text: str, letters: frozenset[str]) -> bool:
    """Does a user's talk ask for words, and lay down nothing of these letters?"""
    if len(text) > MAX_TALK or not _ASKS.search(text):
        return False
    return all(_is_harmless(part, letters) for part in _SENTENCES.split(text) if part.strip())


def _is_harmless(sentence: str, letters: frozenset[str]) -> bool:
    words = _TALK.sub(" ", sentence)
    if _LAYS_DOWN.search(sentence) or _BOUND.search(sentence) or not is_harmless(words):
        return False
    if _tells(sentence, letters) or _has_number(sentence):
        return False
    han = re.search(r"[\u3400-\u9fff]", sentence)
    return bool(han or _OPENS.match(sentence)) or not re.search(r"\b(?:is|are)\b", sentence)


def _has_number(sentence: str) -> bool:
    """Does a number stand anywhere but in an equation that is only asked about?"""
    pieces = [p for p in _NO_FORMULA.sub("\n", sentence).split("\n") if _NUMBER.search(p)]
    if _HAN_NUMBER.search(sentence) or not pieces:
        return bool(_HAN_NUMBER.search(sentence) or _NUMBER.search(sentence))
    told = _CLAIMS.search(sentence) or not _ASKS.search(sentence)
    return bool(told) or not all(_EQUATION.fullmatch(piece) for piece in pieces)


def _tells(sentence: str, letters: frozenset[str]) -> bool:
    """Is one of the letters alone on a side of an equation?"""
    name = "|".join(re.escape(letter) for letter in sorted(letters))
    side = rf"[\s$]*\\?(?:{name})(?:_\w+)?[\s$]*"
    edge = r"(?:[^A-Za-z0-9\s$+\-*/^(·×÷=]|\b[A-Za-z]{2,}\b)"
    return bool(
        re.search(rf"(?:^|{edge}){side}=", sentence) or re.search(rf"={side}(?:$|{edge})", sentence)
    )
