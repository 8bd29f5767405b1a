"""Counting: choices, arrangements in a row or a circle, words with repeated letters."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.requests.productions import Slots, order
from assistant.maths.types import Request, Task

WAYS = r"(?:in )?(?:how many|the number of|number of) (?:different |distinct |possible )*ways (?:can (?:you|we|one|i) |are there (?:for us )?to |to |there are to |of |can )?"
THINGS = r"(?:(?: (?!(?:and|or|if|with|without|such|so|includ|exclud|contain|who|which|that|where|when|always|never|not|must|each|at|least|most|same|identical|alike|together|apart|altern|next|adjacent|between|but|in|on|to|for|by|of|as))[a-z-]+){0,3})"
HAN = r"(?:不同|(?![排任各组分必不至恰甲乙丙丁一二两三四五六七八九十项送给担正副班当做含相])[\u4e00-\u9fff]){0,8}"
"""Chinese nouns; not the words that would make the order matter or add a condition."""
MANY = r"[,，]?(?:则)?(?:一共|共)?有?(?:多少|几)种(?:不同的?)?(?:的)?"
LONGEST_WORD = 30


def _count(s: Slots, topic: str, n: int, k: int) -> Request:
    if not 0 <= k <= n:
        raise s.scan.error(s.scan.whole(), "more are taken than there are", "取出的多于总数")
    return Request(task=Task.NUMBER, topic=topic, operands=(t.integer(n), t.integer(k)))


@order(
    rf"{WAYS}(?:choose|select|choosing|selecting|pick|form)(?: a (?:team|committee|group|set) of)? <k>{THINGS} (?:from|out of|among)(?: a (?:group|class|set|team) of)? <n>{THINGS}",
    rf"{WAYS}(?:an? (?:team|committee|group|set) of )?<k>{THINGS} be (?:chosen|selected|picked) (?:from|out of|among)(?: a (?:group|class|set) of)? <n>{THINGS}",
    rf"(?:how many )(?:different )?(?:committees|teams|groups|subsets|combinations) of <k>{THINGS} can be (?:chosen|formed|made|selected) (?:from|out of)(?: a (?:group|class|set) of)? <n>{THINGS}",
    rf"(?:现)?有<n>{HAN}[,，]从中(?:任意|随机)?(?:选出?|挑选出?|抽取|取出?|任选|任取|选取|抽出?)<k>{HAN}{MANY}(?:选法|取法|方法|选择|抽法|情况)",
    rf"从<n>{HAN}中?(?:任意|随机)?(?:选出?|挑选出?|抽取|取出?|任选|任取|选取|抽出?)<k>{HAN}{MANY}(?:选法|取法|方法|选择|抽法|情况)",
    rf"从<n>{HAN}中?(?:任意|随机)?(?:选出?|挑选出?|抽取|取出?|任选|任取|选取|抽出?)<k>{HAN}的(?:选法|取法|方法)(?:种数|总数|数)?",
)  # fmt: skip
def chosen(s: Slots) -> Request:
    return _count(s, topics.COMBINATIONS, s.count("n"), s.count("k"))


@order(
    rf"{WAYS}(?:arrange|arranging|order|line up|seat|permute) <k>{THINGS} (?:from|out of|chosen from) <n>{THINGS}",
    rf"从<n>{HAN}中?(?:任意|随机)?(?:选出?|挑选出?|抽取|取出?|任选|任取|选取)<k>{HAN}(?:排成|站成)一?[列排队行](?:照相|拍照|合影)?{MANY}(?:排法|站法|方法|排列)(?:方法)?",
)
def arranged_from(s: Slots) -> Request:
    return _count(s, topics.PERMUTATIONS, s.count("n"), s.count("k"))


@order(
    rf"{WAYS}<n>{THINGS} (?:stand|sit|line up|be arranged|be seated|be lined up|be placed|queue)(?: up)?(?: (?:in|on|along) (?:a|one) (?:line|row|queue|shelf|bench))?",
    rf"{WAYS}(?:arrange|arranging|order|line up|seat) <n>{THINGS} (?:in|on|along) (?:a|one) (?:line|row|queue|shelf|bench)",
    rf"<n>{HAN}(?:排成|站成|坐成|排)一?[列排队行](?:照相|拍照|合影)?{MANY}(?:排法|站法|坐法|方法|排列)(?:方法)?",
)
def in_a_row(s: Slots) -> Request:
    n = s.count("n")
    return _count(s, topics.PERMUTATIONS, n, n)


@order(
    rf"{WAYS}<n>{THINGS} (?:sit|stand|be seated|be arranged|be placed) (?:around|round|at|in) a (?:round table|circular table|circle|ring)",
    rf"{WAYS}(?:arrange|seat) <n>{THINGS} (?:around|round|at|in) a (?:round table|circular table|circle|ring)",
    rf"<n>{HAN}围?(?:坐成|站成|围成|围着)一?(?:圈|圆桌|圆圈){HAN}{MANY}(?:坐法|排法|站法|方法)",
)
def in_a_circle(s: Slots) -> Request:
    n = s.count("n") - 1
    return _count(s, topics.PERMUTATIONS, n, n)


LETTERS = r"(?:the )?(?:letters |characters )?(?:of |in |from )?(?:the )?(?:letters (?:of|in) )?(?:the )?(?:word )?"


@order(
    rf"(?:how many )(?:different |distinct |unique )*(?:arrangements|permutations|anagrams|rearrangements)(?: are there)?(?: of| for| can be made (?:of|from|with)) {LETTERS}<w>",
    rf"(?:the )?number of (?:different |distinct |unique )*(?:arrangements|permutations|anagrams) of {LETTERS}<w>",
    rf"{WAYS}(?:arrange|arranging|permute|order) {LETTERS}<w>",
    rf"{WAYS}{LETTERS}<w> be (?:arranged|ordered|permuted|rearranged)",
    r"(?:用)?(?:单词)?<w>(?:的|中的?)(?:所有|全部)?字母(?:能|可以?)?(?:组成|排成|有)?(?:多少|几)种?(?:个)?(?:不同的?)?(?:的)?(?:排列|排法|单词)",
)
def letters_arranged(s: Slots) -> Request:
    word = s.span("w").text.strip("\"'“”‘’ ")
    if (
        not (word.isascii() and word.isalpha() and word.isupper())
        or not 1 < len(word) <= LONGEST_WORD
    ):
        raise s.scan.error(s.span("w"), "a word in capital letters is expected", "此处应为大写单词")
    counts = tuple(str(word.count(c)) for c in dict.fromkeys(word))
    return Request(task=Task.NUMBER, topic=topics.ARRANGEMENTS, operands=(t.integer(len(word)),),
                   words=counts)  # fmt: skip
