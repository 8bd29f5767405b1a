"""Coins, dice, balls in a bag, the binomial distribution: probabilities asked in sentences.

Each kind has a sentence that sets the scene and a phrase for the event.  What is left of the
text when both are taken away must be words that carry nothing; any other word means that
something was said that is not understood, and the text is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task

LONGEST = 600
FILL = late(
    r"(?:[\s,.;:?!$，。；：？！、]|(?:what is|what's|what are|find|calculate|determine|compute|the|probability|chances?|that|of|if|suppose|let|a|an|and|then|is|given"
    r"|getting|rolling|obtaining|drawing|throwing|picking|selecting|having|there|you|we|will|would|be|value|random variable|X(?= follows)|follows|binomial|distribution|with|has|show|shows|for|in|experiment|fair|at random)(?![a-z])"
    r"|随机变量|服从|二项分布|设|已知|若|求|则|那么|下列|概率|的|是|为|等于|多少|事件|出现|朝上|向上|一面|其|从中|随机|任意|得到|现|恰好|分布|结果|如果|同时|[（(]\s*[)）]|_+)*",
    re.IGNORECASE,
)
NUM = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|an?|both|once|twice|[一二两三四五六七八九十]+)"
QUANTITY = {
    "exactly": "=", "only": "=", "just": "=", "恰好有": "=", "恰有": "=", "恰好": "=", "正好": "=", "": "=", "有": "=",
    "at least": ">=", "no fewer than": ">=", "no less than": ">=", "not less than": ">=", "至少有": ">=", "至少": ">=", "不少于": ">=", "不小于": ">=",
    "at most": "<=", "no more than": "<=", "not more than": "<=", "至多有": "<=", "至多": "<=", "最多有": "<=", "最多": "<=", "不多于": "<=", "不大于": "<=", "不超过": "<=",
    "more than": ">", "greater than": ">", "多于": ">", "大于": ">", "超过": ">",
    "fewer than": "<", "less than": "<", "少于": "<", "小于": "<",
}  # fmt: skip
HOW = "|".join(sorted((q for q in QUANTITY if q), key=len, reverse=True))
HOW_MANY = rf"(?:(?P<how>{HOW})\s*)?(?:出现)?(?P<k>{NUM})"


def read_chance(_scan: Scan, whole: Span) -> Request | None:
    """The request of such a text; ``None`` if it is none."""
    text = re.sub(r"\s*[(（]\s*[)）]\s*$", "", whole.text)
    if len(text) > LONGEST or not re.search(
        r"coin|di[ce]e?\b|ball|marble|bag|probab|P\s*\(\s*[A-Z]|硬币|骰子|球|概率", text
    ):
        return None
    for read in (_binomial, _coins, _dice, _bag):
        try:
            found = read(text)
        except ReadingError:
            found = None
        if found is not None:
            return found
    return None


def _number(word: str) -> int:
    """A small count in digits or words."""
    special = {"a": 1, "an": 1, "both": 2, "once": 1, "twice": 2}
    low = word.lower()
    if low in special:
        return special[low]
    found = numerals.cardinal(low)
    found = numerals.chinese_integer(word) if found is None else found
    return -1 if found is None else found


def _rest(text: str, *hits: re.Match[str]) -> bool:
    """Whether only words without a meaning of their own are left."""
    for hit in sorted(hits, key=lambda h: h.start(), reverse=True):
        text = f"{text[: hit.start()]} {text[hit.end() :]}"
    return FILL.fullmatch(text) is not None


def _bounds(how: str, k: int, most: int) -> tuple[int, int]:
    sign = QUANTITY[how.lower()]
    return {"=": (k, k), ">=": (k, most), ">": (k + 1, most), "<=": (0, k), "<": (0, k - 1)}[sign]


# binomial ------------------------------------------------------------------------------

LAW = late(
    r"\$?\s*[A-Zξ]\s*(?:~|∼|\\sim)\s*B(?:in)?\s*\(\s*(?P<n>\d+)\s*[,，]\s*(?P<p>[^()]*?|\\frac\{\d+\}\{\d+\})\s*\)\s*\$?"
)
GIVEN_N = late(r"(?<![A-Za-z])n\s*=\s*(?P<n>\d+)")
GIVEN_P = late(r"(?<![A-Za-z])p\s*=\s*(?P<p>\d+\s*/\s*\d+|\d*\.\d+)")
SIGN = r"(?P<{0}>=|<=|>=|<|>|≤|≥|\\leq?|\\geq?|＝|＜|＞)"
WANTED = late(
    rf"\$?\s*P\s*\(\s*(?:(?P<low>\d+)\s*{SIGN.format('s1')}\s*)?[Xξ]\s*{SIGN.format('s2')}\s*(?P<k>\d+)\s*\)\s*=?\s*\$?"
)  # fmt: skip
SIGNS = {
    "≤": "<=",
    "≥": ">=",
    "\\le": "<=",
    "\\leq": "<=",
    "\\ge": ">=",
    "\\geq": ">=",
    "＝": "=",
    "＜": "<",
    "＞": ">",
}


def _binomial(text: str) -> Request | None:
    law, wanted = LAW.search(text), WANTED.search(text)
    if wanted is None:
        return None
    if law is not None:
        hits: tuple[re.Match[str], ...] = (law, wanted)
        n, p = int(law["n"]), law["p"]
    else:
        count, chance = GIVEN_N.search(text), GIVEN_P.search(text)
        if count is None or chance is None:
            return None
        hits, n, p = (count, chance, wanted), int(count["n"]), chance["p"]
    if not _rest(text, *hits):
        return None
    sign = SIGNS.get(wanted["s2"], wanted["s2"])
    k = int(wanted["k"])
    low, high = {"=": (k, k), "<=": (0, k), "<": (0, k - 1), ">=": (k, n), ">": (k + 1, n)}[sign]
    if wanted["low"] is not None:
        first = SIGNS.get(wanted["s1"], wanted["s1"])
        if sign not in ("<", "<=") or first not in ("<", "<="):
            return None
        low = int(wanted["low"]) + (first == "<")
    return _trials(n, read_formula(p), low, high)


def _trials(n: int, p: t.Expr, low: int, high: int) -> Request:
    operands = (t.integer(n), p, t.integer(low), t.integer(high))
    return Request(task=Task.PROBABILITY, topic=topics.BINOMIAL, operands=operands)


# coins ---------------------------------------------------------------------------------

TOSSED = r"(?:tossed|flipped|thrown)"
COINS = (
    late(
        rf"(?:an? |one |when |if )*(?:fair |unbiased )*coins? is {TOSSED}(?: (?P<n>{NUM})(?: times?)?)",
        re.IGNORECASE,
    ),
    late(
        rf"(?P<n>{NUM}) (?:fair |unbiased )*coins? (?:are|is) {TOSSED}(?: once| together)?",
        re.IGNORECASE,
    ),
    late(rf"in (?P<n>{NUM}) (?:tosses|flips) of a (?:fair )?coin", re.IGNORECASE),
    late(rf"(?:连续|先后)?(?:抛|掷|投)掷?一枚(?:质地)?(?:均匀)?的?硬币(?P<n>{NUM})次"),
    late(rf"(?:同时)?(?:抛|掷|投)掷?(?P<n>{NUM})枚(?:质地)?(?:均匀)?的?硬币(?:一次)?"),
)
FACES = (
    late(
        rf"(?:(?:getting|obtaining) )?{HOW_MANY} (?:heads?|tails?)(?: (?:is|are) obtained| come up)?",
        re.IGNORECASE,
    ),
    late(rf"{HOW_MANY}[次枚个](?:是)?(?:硬币)?(?:正面|反面)(?:朝上|向上)?"),
    late(
        r"(?:[两三四五]枚(?:硬币)?)?(?P<all>all|全(?:部|都)?(?:是|为)?|都(?:是|为)?|均(?:是|为)?)\s*(?:heads|tails|正面|反面)(?:朝上|向上)?",
        re.IGNORECASE,
    ),
    late(r"(?P<none>no|没有) ?(?:heads?|tails?|正面|反面)(?:朝上|向上)?", re.IGNORECASE),
)


def _coins(text: str) -> Request | None:
    scene = next((h for c in COINS if (h := c.search(text))), None)
    if scene is None:
        return None
    n = _number(scene["n"])
    for pattern in FACES:
        event = pattern.search(text, scene.end()) or pattern.search(text, 0, scene.start())
        if event is None or not _rest(text, scene, event):
            continue
        groups = event.groupdict()
        low, high = (n, n) if groups.get("all") else (0, 0)
        if groups.get("k"):
            low, high = _bounds(groups.get("how") or "", _number(groups["k"]), n)
        return _trials(n, t.Div(t.integer(1), t.integer(2)), low, high) if n > 0 else None
    return None


# dice ----------------------------------------------------------------------------------

THROWN = r"(?:rolled|thrown|tossed|cast)"
DICE = (
    late(
        rf"(?:when |if )?(?:a|one) (?:fair |unbiased |standard |ordinary |six-sided |6-sided )*die is {THROWN} (?P<n>twice|{NUM}(?= times))(?: times)?",
        re.IGNORECASE,
    ),
    late(
        rf"(?:连续|先后|随机)*(?:抛|掷|投)掷?一[枚个颗](?:质地)?(?:均匀)?的?(?:正方体)?(?:普通)?骰子(?P<n>{NUM})次"
    ),
    late(
        rf"(?:when |if )?(?P<n>{NUM}|a pair of) (?:fair |unbiased |standard |ordinary |six-sided |6-sided )*(?:dice|die) (?:is|are) {THROWN}(?: once| together| simultaneously| at the same time)?",
        re.IGNORECASE,
    ),
    late(
        rf"(?:when|if) (?:you |we )?(?:roll|rolling|throw|throwing)(?:ing)? (?P<n>{NUM}|a pair of) (?:fair |standard |six-sided )*(?:dice|die)",
        re.IGNORECASE,
    ),
    late(
        rf"(?:by |when |in )?(?:rolling|throwing) (?P<n>{NUM}|a pair of) (?:fair |standard |six-sided )*(?:dice|die)",
        re.IGNORECASE,
    ),
    late(
        rf"(?:with|on|using) (?P<n>{NUM}) (?:fair |standard |six-sided )*(?:dice|die)",
        re.IGNORECASE,
    ),
    late(
        rf"(?:随机|同时|任意)*(?:抛|掷|投)掷?(?P<n>{NUM})[枚个颗](?:质地)?(?:均匀)?的?(?:正方体)?(?:普通)?骰子(?:一次|1次)?"
    ),
)
VALUE = rf"(?:(?P<how>{HOW}|equal to|等于|为|是)\s*(?:or equal to )?)?(?P<k>\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[一二三四五六七八九十]+(?!个))(?P<or> or (?:more|greater|higher|less|fewer)| and above)?"
KIND = r"(?P<kind>(?:an? )?(?:even|odd|prime)(?: number)?|偶数|奇数|质数|素数)|(?:an? )?(?P<mult>multiple of|divisible by) (?P<m>\d+)|(?P<zm>\d+)的倍数"
SUM = r"(?:(?:the )?(?P<what>sum|total|product|difference)(?: of)?(?: the)?(?: two| three)?(?: numbers?| dots| faces| scores| values| dice| points| outcomes)?(?: shown| rolled| showing| on the (?:two )?(?:faces|dice))? ?(?:is|are|of|being|equals|equal to)?|(?:两|三)?(?:个|枚|次)?(?:骰子)?(?:朝上|向上)?(?:一面)?(?:的)?点数(?:之|的)?(?P<zwhat>和|积|差)(?:是|为|恰好为)?)\s*"
ROLLS = (
    late(rf"(?:getting |rolling |obtaining )?(?:a )?{SUM}(?:{KIND}|{VALUE})", re.IGNORECASE),
    late(
        r"(?:at least one|至少有?一[个枚]) ?(?:of them |die |dice |骰子)?(?:shows |is |rolls |lands on |的?点数?[为是])?(?:an? )?(?P<some>\d|six|one|two|three|four|five)(?:点)?",
        re.IGNORECASE,
    ),
    late(
        r"(?P<same>(?:both (?:dice )?|the two dice |the dice |they )(?:show|are|have|showing)(?: up)? the same(?: number| value)?|getting (?:a )?doubles?|rolling (?:a )?doubles?|a double|doubles|(?:两[枚个]骰子)?(?:的)?点数相同)",
        re.IGNORECASE,
    ),
)
ROLL_ONE = late(
    rf"(?:getting |rolling |obtaining |it (?:shows|lands on) |the (?:number|result|outcome|score) (?:shown )?(?:is|being) )?(?:a |an )?(?:number |点)?(?:(?:朝上|向上)?(?:一面)?的?点数(?:是|为)?)?(?:{KIND}|{VALUE})(?:点)?",
    re.IGNORECASE,
)
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23)
WHAT = {
    "sum": "sum",
    "total": "sum",
    "product": "product",
    "difference": "difference",
    "和": "sum",
    "积": "product",
    "差": "difference",
}


def _dice(text: str) -> Request | None:
    scene = next((h for c in DICE if (h := c.search(text))), None)
    if scene is None:
        return None
    n = 2 if scene["n"].lower() in ("a pair of", "twice") else _number(scene["n"])
    for pattern in (ROLL_ONE,) if n == 1 else ROLLS:
        for event in pattern.finditer(text):
            if event.start() < scene.end() and scene.start() < event.end():
                continue
            words = _roll(event) if _rest(text, scene, event) else None
            if words is not None:
                return Request(task=Task.PROBABILITY, topic=topics.DICE, words=(str(n), *words))
    return None


def _roll(event: re.Match[str]) -> tuple[str, ...] | None:
    found = event.groupdict()
    if found.get("some"):
        return ("some", "=", str(_number(found["some"])))
    if found.get("same"):
        return ("same", "=", "0")
    what = WHAT[(found.get("what") or found.get("zwhat") or "sum").lower()]
    if multiple := (found.get("m") or found.get("zm")):
        return (what, "multiple", multiple) if int(multiple) > 0 else None
    if kind := (found.get("kind") or "").lower():
        if "even" in kind or kind == "偶数":
            return (what, "multiple", "2")
        wanted = PRIMES if "prime" in kind or kind in ("质数", "素数") else range(1, 36, 2)
        return tuple(w for p in wanted for w in ("or", what, "=", str(p)))[1:]
    how = (found.get("how") or "").lower()
    how = "" if how in ("equal to", "等于", "为", "是") else how
    sign = QUANTITY[how]
    if " or equal to" in event[0].lower():
        sign = {">": ">=", "<": "<="}.get(sign, sign)
    if tail := (found.get("or") or ""):
        sign = "<=" if "less" in tail or "fewer" in tail else ">="
    return (what, sign, str(_number(found["k"])))


# a bag ---------------------------------------------------------------------------------

COLOURS = r"red|blue|green|white|black|yellow|orange|purple|pink|brown|gr[ea]y|红|白|黑|蓝|绿|黄"
BALLS = r"(?:balls?|marbles?|beads?|counters?|chips?|sweets?|candies|discs?|socks?|cards?|pens?|apples?|tokens?)"
ITEM = rf"(?:\d+|[a-z]+|[一二两三四五六七八九十]+)\s*(?:个)?(?:{COLOURS})(?:色)?(?:的)?(?:\s*{BALLS}|球)?"
JOIN = r"(?:\s*(?:,|，|、|和|与|and|,\s*and)\s*)"
HOLDS = (
    late(
        rf"(?:an?|the) (?:bag|box|urn|jar|basket|container|drawer|hat|bowl) (?:contains|has|holds|is filled with)(?: exactly)? (?P<items>{ITEM}(?:{JOIN}{ITEM})*)(?: only)?",
        re.IGNORECASE,
    ),
    late(
        rf"(?:there are )?(?P<items>{ITEM}(?:{JOIN}{ITEM})*) (?:are )?in (?:an?|the) (?:bag|box|urn|jar|basket|container|drawer|hat|bowl)",
        re.IGNORECASE,
    ),
    late(
        rf"(?:一个)?(?:不透明的?)?(?:口袋|布袋|袋子|盒子|袋|箱子|盒)(?:中|里|内)?(?:面)?(?:装|放|共)?有(?:除颜色外(?:都|完全)?相同的)?(?P<items>{ITEM}(?:{JOIN}{ITEM})*)(?:[,，]\s*(?:它们|这些球)?除颜色外(?:都|完全)?(?:相同|没有(?:任何)?(?:其他)?区别))?"
    ),
)
TAKEN = (
    late(
        rf"(?:if )?(?P<k>{NUM}) (?:{BALLS} )?(?:is|are) (?:randomly )?(?:drawn|picked|chosen|selected|taken|removed)(?: out)?(?: at random| randomly)?(?: from (?:the|it)(?: bag| box| urn| jar)?)?(?P<back>,? (?:with|without) replacement)?(?: at random)?",
        re.IGNORECASE,
    ),
    late(
        rf"(?:你|小明)?(?:从(?:中|袋中|袋子中|盒中|盒子中|口袋中))?(?:随机|任意|一次|同时|依次)*地?(?:摸出?|取出?|抽取|任取|拿出|任意?摸出)(?P<k>{NUM})个?球?(?P<back>[,，]?\s*(?:不放回|有?放回))?"
    ),
)
OF = rf"(?:{COLOURS})"
EVENTS = (
    late(rf"(?P<all>(?:that )?(?:both|all|all three|all of them|they|both balls)(?: are| being)?(?: both| all)?|it is|it's|the {BALLS} (?:is|drawn is)|都是|全是|均为|都为|两个?(?:球)?都是)\s*(?:an? )?(?P<c>{OF})(?:色)?(?: {BALLS}|的?球)?", re.IGNORECASE),
    late(rf"(?:getting |drawing |picking |selecting |choosing |摸到|取到|摸出|抽到|取出)?{HOW_MANY}(?:个)? ?(?:of (?:them|the {BALLS}) )?(?:is |are |是)?(?P<c>{OF})(?:色)?(?: {BALLS}|球)?", re.IGNORECASE),
    late(rf"(?P<one>摸到|取到|摸出|抽到|取出|摸出的(?:球)?是|它是|这个球是|getting|drawing|picking)的?(?:是)?\s*(?P<c>{OF})(?:色)?(?: {BALLS}|的?球)?", re.IGNORECASE),
    late(rf"(?:they|both|the (?:two )?{BALLS}|both {BALLS}) (?:are|have)(?: of)? (?P<same>the same|different) colou?rs?|(?:两个?球?的?)?颜色(?P<zsame>相同|不同)", re.IGNORECASE),
    late(rf"(?P<each>one of each colou?r)|one (?:is )?(?P<c>{OF})(?: {BALLS})? and (?:one|the other) (?:is )?(?P<c2>{OF})(?: {BALLS})?", re.IGNORECASE),
    late(rf"(?P<none>none (?:is|are|of them (?:is|are))|no|没有) ?(?P<c>{OF})(?: {BALLS}|色?球)?", re.IGNORECASE),
)  # fmt: skip


def _bag(text: str) -> Request | None:
    holds = next((h for c in HOLDS if (h := c.search(text))), None)
    if holds is None:
        return None
    bag = _contents(holds["items"])
    draw = next((h for c in TAKEN if (h := c.search(text, holds.end()))), None)
    if not bag or draw is None:
        return None
    k = _number(draw["k"])
    back = (draw["back"] or "").strip(" ,，")
    if k > 1 and not back and re.search("依次|先后", draw[0]):
        return None
    if draw["k"].lower() == "both" or k < 1:
        return None
    return_ = "with" if back.startswith(("with ", "放回", "有放回")) else "without"
    readers: tuple[Callable[[dict[str, str | None]], tuple[str, ...] | None], ...] = (
        lambda found: _wanted(found, k, bag),
    )
    for pattern in EVENTS:
        for event in pattern.finditer(text, draw.end()):
            if not _rest(text, holds, draw, event):
                continue
            for read in readers:
                if words := read(event.groupdict()):
                    contents = tuple(w for c, n in bag.items() for w in (c, str(n)))
                    return Request(task=Task.PROBABILITY, topic=topics.DRAW_EVENT,
                                   words=(str(k), return_, *words, "|", *contents))  # fmt: skip
    return None


def _contents(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for hit in re.finditer(
        rf"(\d+|[a-z]+|[一二两三四五六七八九十]+)\s*个?({COLOURS})", text, re.IGNORECASE
    ):
        n = _number(hit[1])
        if n < 1 or hit[2].lower() in found:
            return {}
        found[hit[2].lower()] = n
    return found


def _wanted(found: dict[str, str | None], k: int, bag: dict[str, int]) -> tuple[str, ...] | None:
    if same := (found.get("same") or found.get("zsame")):
        return ("same", "1" if same in ("the same", "相同") else "0", "0")
    if found.get("each"):
        return ("each", "0", "0") if len(bag) == k else None
    colour, other = (found.get("c") or "").lower(), (found.get("c2") or "").lower()
    if colour not in bag or (other and other not in bag):
        return None
    if other:
        return ("count", "1", "1", colour) if k == len(bag) == 2 else None
    if found.get("none"):
        return ("count", "0", "0", colour)
    if found.get("all"):
        return ("count", str(k), str(k), colour)
    if found.get("one"):
        return ("count", "1", "1", colour) if k == 1 else None
    low, high = _bounds(found.get("how") or "", _number(found["k"] or ""), k)
    return ("count", str(low), str(high), colour) if 0 <= low <= high <= k else None
