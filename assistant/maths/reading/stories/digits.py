"""A number of two digits, by what is told of the digits and of the number turned round."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.telling import NUMBER, Hit, Tongues, literal, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Text

N = rf"(?P<n>{NUMBER})\s*"
# Chinese ---------------------------------------------------------------------------------

ON = r"(?:位?上?的?(?:数字|数)|位)"
TENS, ONES = rf"(?:它的)?(?P<t>十){ON}", rf"(?:它的)?(?P<o>个){ON}"
ONE, OTHER = rf"(?:它的)?(?P<a>[十个]){ON}", rf"(?P<b>[十个]){ON}"
BOTH = rf"(?:{TENS}(?:与|和|跟|、){ONES}|{ONES}(?:与|和|跟|、){TENS}|它的(?:两个|各位|个位、?十位|十位、?个位)(?:上的)?数字|(?:它的|这)?(?:两个|各位)(?:上的)?数字|十位与个位(?:上的)?(?:两个)?数字|个位与十位(?:上的)?(?:两个)?数字)"
OLD = r"(?:原来?的?(?:这个)?(?:两位)?数|这个两位数|原数)"
NEW = r"(?:(?:所得|得到|组成)的?)*(?:新的?|所得)?(?:的)?(?:这个)?(?:两位)?数"
SWAP = rf"(?:把|将)?(?:(?:这个两位数的?)?{BOTH})?(?:互换|对调|交换|调换)(?:位置)?(?:之?后)?"
CHINESE = (
    ("scene", r"有?一个两位数的?|它"),
    ("sum", rf"{BOTH}(?:的|之)?和(?:是|为|等于)\s*{N}"),
    ("gap", rf"{ONE}比{OTHER}(?P<way>大|小|多|少)\s*{N}"),
    ("times", rf"{ONE}(?:正好|恰好)?(?:是|等于|为){OTHER}的\s*{N}倍"),
    ("times_more", rf"{ONE}比{OTHER}的\s*(?P<k>{NUMBER})倍(?P<way>大|小|多|少)\s*{N}"),
    ("is", rf"{ONE}是\s*{N}"),
    ("swap", rf"{SWAP},?(?:得到|组成|所得到?|就得到)(?:了)?(?:一个)?(?:新的?)?(?:两位)?数(?=\s*[,.;])"),
    ("swap", SWAP),
    ("new_more", rf"(?:那么|则|得到的?|所得|得)*(?:的)?{NEW}(?:就)?比{OLD}(?P<way>大|小|多|少)\s*{N}"),
    ("new_times", rf"(?:那么|则|得到的?|所得|得)*(?:的)?{NEW}(?:就)?是{OLD}的\s*{N}倍"),
    ("new_sum", rf"(?:那么|则|得到的?|所得|得)*(?:的)?{NEW}(?:与|和){OLD}的?和(?:是|为|等于)\s*{N}"),
    ("ask", rf"(?:求)?(?:{OLD}|这个数)(?:是多少|是几|是)?"),
)  # fmt: skip

# English ---------------------------------------------------------------------------------

TENS_DIGIT = r"(?:the |its |a )?(?P<{}>tens|ten's|ones|one's|units|unit's|unit) digit"
FIRST, SECOND = TENS_DIGIT.format("a"), TENS_DIGIT.format("b")
NUMBER_OF_TWO = (
    r"(?:a|the|this) (?:certain )?(?:two|2)-?[ -]?digit (?:positive )?(?:number|integer)"
)
ORIGINAL = r"(?:the original(?: number| one| two-digit number)?|the (?:given )?number)"
RESULT = r"(?:the (?:new|resulting|reversed) (?:two-digit )?(?:number|integer)|the result|it)"
REVERSED = r"(?:(?:if|when) )?(?:(?:the |its )?(?:order of )?(?:the |its )?(?:two )?digits(?: of the number)? are (?:reversed|interchanged|swapped|switched)|(?:the )?digits are reversed|reversing (?:the|its) digits|interchanging (?:the|its) digits)"
MULTIPLE = rf"(?P<k>twice|double|thrice|triple|{NUMBER} times)"
ENGLISH = (
    ("sum", rf"the sum of the (?:two )?digits (?:of|in) {NUMBER_OF_TWO} is {N}"),
    ("sum", rf"the sum of (?:the|its) (?:two )?digits is {N}|(?:the|its) digits (?:have a sum of|add up to|sum to) {N}|the digits of {NUMBER_OF_TWO} (?:have a sum of|add up to|sum to) {N}"),
    ("scene", rf"{NUMBER_OF_TWO}(?: has(?= a)| is such that)?|in {NUMBER_OF_TWO}"),
    ("gap", rf"{FIRST}(?: of {NUMBER_OF_TWO})? is {N}(?P<way>more|less|greater|larger|smaller) than {SECOND}"),
    ("times", rf"{FIRST}(?: of {NUMBER_OF_TWO})?(?: that)? is {MULTIPLE} {SECOND}"),
    ("times_more", rf"{FIRST}(?: of {NUMBER_OF_TWO})? is {N}(?P<way>more|less|greater|larger|smaller) than {MULTIPLE} {SECOND}"),
    ("is", rf"{FIRST} is {N}"),
    ("swap", rf"{REVERSED}(?: to (?:form|make) a new number)?"),
    ("new_more", rf"{RESULT} is {N}(?P<way>more|less|greater|larger|smaller) than {ORIGINAL}"),
    ("new_more", rf"(?:the number|it) (?:is )?(?P<way>increased|decreased|increases|decreases) by {N}"),
    ("turn_more", rf"(?:reversing|interchanging) (?:the|its) digits (?P<way>increases|decreases) (?:the|this) number by {N}"),
    ("new_times", rf"{RESULT} is {MULTIPLE} {ORIGINAL}"),
    ("new_sum", rf"the sum of {RESULT} and {ORIGINAL} is {N}|the sum of {ORIGINAL} and {RESULT} is {N}"),
    ("ask", rf"(?:find|what (?:is|was)|determine) (?:{ORIGINAL}|{NUMBER_OF_TWO}|this number|it)"),
)  # fmt: skip
PHRASES = Tongues(r"两位数|(?:two|2)-? ?digit", CHINESE, ENGLISH)
LESS = frozenset("小 少 less smaller decreased decreases".split())
MULTIPLES = {"twice": 2, "double": 2, "thrice": 3, "triple": 3}


@dataclass
class Digits:
    """The digits, and what is told of them and of the number with its digits in the other order."""

    tens: t.Expr
    ones: t.Expr
    said: list[t.Expr] = field(default_factory=list)
    turned: bool = False

    def of(self, name: str) -> t.Expr:
        """The digit of a place."""
        return self.tens if name.lower().startswith(("十", "ten")) else self.ones

    @property
    def number(self) -> t.Expr:
        """The number itself."""
        return t.Add((t.Mul((t.integer(10), self.tens)), self.ones))

    @property
    def new(self) -> t.Expr:
        """The number turned round."""
        return t.Add((t.Mul((t.integer(10), self.ones)), self.tens))


def read_digits(tale: Tale) -> list[Request] | None:
    """``十位数字与个位数字的和是8，把它们对调后，新数比原数大18``: the number."""
    found = told(tale, PHRASES)
    if found is None:
        return None
    a, b = tale.letter("a", "x"), tale.letter("b", "y")
    digits = Digits(t.Symbol(a), t.Symbol(b))
    asked = [hit for hit in found if hit.says == "ask"]
    if len(asked) != 1 or not all(_told(digits, hit) for hit in found[:-1]):
        return None
    if len(digits.said) != 2:
        return None
    why = Text(
        "Let {0} be the tens digit and {1} the ones digit: the number is 10·{0} + {1}.",
        "设十位数字为 {0}，个位数字为 {1}，则这个两位数是 10·{0} + {1}，由题意得",
        (digits.tens, digits.ones),
    )
    keep: list[t.Expr] = []
    for digit, least in ((digits.tens, 1), (digits.ones, 0)):
        keep.append(t.Call("in", (digit, t.Constant(t.ConstantName.INTEGERS))))
        keep.append(t.Relation(t.Comparison.GE, digit, t.integer(least)))
        keep.append(t.Relation(t.Comparison.LE, digit, t.integer(9)))
    tale.says(why, *digits.said, keep=tuple(keep))
    tale.text = ""
    return [value_of(digits.number)]


def _told(digits: Digits, hit: Hit) -> bool:
    digits.turned = digits.turned or hit.says == "turn_more"
    if hit.says in ("scene", "swap"):
        digits.turned = digits.turned or hit.says == "swap"
        return True
    number = literal(hit.one("n")) if hit.one("n") else t.integer(0)
    times = _times(hit.one("k")) if hit.one("k") else t.integer(1)
    if hit.says in ("times", "new_times") and hit.one("n"):
        times, number = number, t.integer(0)
    if number is None or times is None or (hit.says.startswith("new") and not digits.turned):
        return False
    more = t.Neg(number) if hit.one("way") in LESS else number
    if hit.says == "sum":
        digits.said.append(t.equation(t.Add((digits.tens, digits.ones)), number))
    elif hit.says == "new_sum":
        digits.said.append(t.equation(t.Add((digits.number, digits.new)), number))
    else:
        pair = digits.new, digits.number
        if hit.one("a"):
            pair = (
                digits.of(hit.one("a")),
                digits.of(hit.one("b")) if hit.one("b") else t.integer(0),
            )
        if pair[0] == pair[1]:
            return False
        scaled = t.Mul((times, pair[1]))
        digits.said.append(t.equation(pair[0], t.Add((scaled, more))))
    return True


def _times(said: str) -> t.Expr | None:
    said = said.lower()
    return t.integer(MULTIPLES[said]) if said in MULTIPLES else literal(said.removesuffix(" times"))
