"""Simple interest: a principal, a rate and a time make the interest."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.stories.quantities import Quantities
from assistant.maths.reading.stories.telling import NUMBER, Hit, Tongues, literal, of_one, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Task, Text

MONEY, PERCENT = rf"\s*(?P<m>{NUMBER})\s*元", rf"\s*(?P<r>{NUMBER})\s*%"
ZH_WHO = r"(?P<actor>小[明红华丽刚军强芳亮东林兰方](?:的?(?:妈妈|爸爸|爷爷|奶奶))?|[李王张赵刘陈](?:阿姨|叔叔|老师|大爷|爷爷|奶奶|先生|女士)|妈妈|爸爸|爷爷|奶奶|某人|他|她)"
BANK = r"(?:(?:存入|存进|存到|存在)(?:了)?(?:银行|中国银行|建设银行|工商银行|农业银行)?)"
CHINESE = (
    ("principal", rf"{ZH_WHO}?(?:把|将|在银行)?(?:{BANK}|存了?|存款)?(?:本金(?:是|为)?)?{MONEY}(?:钱)?(?:的?本金)?{BANK}?"),
    ("rate", rf"(?:按|以)?(?P<per>年|月)利率(?:是|为|按)?{PERCENT}(?:计算)?"),
    ("time", rf"(?:定期|整存整取|存期(?:是|为)?|存了?)*\s*(?P<k>{NUMBER})\s*(?P<p>年|个月)(?:定期|整存整取|期)*后?"),
    ("interest", rf"(?:到期(?:时|后)?)?(?:一?共|可以?|能)*(?:得到?|获得|取得)?(?:了)?利息(?:是|为|共)?{MONEY}"),
    ("interest", rf"(?:到期(?:时|后)?)?(?:一?共|可以?|能)*(?:得到?|获得|取得)(?:了)?{MONEY}(?:的)?利息"),
    ("due", rf"到期(?:时|后)?|{ZH_WHO}?(?:把|将)?一笔钱{BANK}"),
    ("ask_interest", rf"{ZH_WHO}?(?:到期(?:时|后)?,?)?(?:{ZH_WHO})?(?:一?共|可以?|能|应|应得)*(?:得到?|获得|取得|拿到?)?(?:的)?(?:多少元?(?:钱)?(?:的)?利息|利息(?:一共)?(?:是|为|有)?多少元?)"),
    ("ask_amount", rf"{ZH_WHO}?(?:到期(?:时|后)?,?)?(?:{ZH_WHO})?(?:一?共|可以?|能|应)*(?:(?:取回|取出|得到?|拿到?|获得)?(?:本金和利息|本息)(?:和)?(?:一?共)?(?:是|为)?|(?:取回|取出))(?:一?共)?多少元?(?:钱)?"),
    ("ask_principal", rf"(?:{ZH_WHO})?(?:存入(?:银行)?(?:的)?)?(?:本金(?:是|为|有)?|存了?|存入了?)多少元?(?:钱)?"),
    ("ask_rate", r"(?P<per>年|月)利率(?:是|为)?(?:多少|百分之几)"),
    ("ask_time", r"(?:存了?|存期(?:是)?)(?:多少|几)(?P<p>年|个月)"),
)  # fmt: skip
EN_MONEY = rf"\$?\s?(?P<m>{NUMBER})(?: ?(?:dollars|euros|pounds|yuan))?"
EN_WHO = r"(?P<actor>(?-i:[A-Z][a-z]+)|he|she|a (?:man|woman|bank|person)|you|i)"
EACH_YEAR = r"(?:,? (?:per|a|each|every) (?P<per>year|month)|,? per (?P<per>annum)|,? (?P<per>annually|yearly))"
SIMPLE = r"(?:,? (?:of |in |with )?simple interest)?"
ENGLISH = (
    ("principal", rf"{EN_WHO} (?:deposit(?:s|ed)?|invest(?:s|ed)?|borrow(?:s|ed)?|puts?|lends?|lent|saves?|saved) {EN_MONEY}(?: (?:in|into) (?:a|an|the)(?: savings)? (?:bank|account|bank account))?"),
    ("principal", rf"(?:the |a )?principal (?:is|of) {EN_MONEY}"),
    ("rate", rf"(?:(?:and|that|which) )?(?:it )?(?:pays|paying|earns|earning|at|with|of)? ?(?:a |an |the )?(?P<r>{NUMBER}) ?(?:%|percent)(?: simple)?(?: interest)?(?: rate)?{EACH_YEAR}{SIMPLE}"),
    ("rate", rf"(?:at |with )?(?:a |an |the )?(?:simple )?(?P<per>annual|yearly|monthly)(?: simple)?(?: interest)? rate (?:of|is) (?P<r>{NUMBER}) ?(?:%|percent){SIMPLE}"),
    ("time", rf"(?:for|after|in|over)(?: a (?:time|period) of)? (?P<k>{NUMBER}) (?P<p>year|month)s?"),
    ("interest", rf"(?:{EN_WHO} |it )?(?:earns?|earned|gets?|got|pays?|paid)? ?(?:the )?(?:simple )?interest (?:earned )?(?:is|of) {EN_MONEY}"),
    ("interest", rf"(?:{EN_WHO} |it )?(?:earns?|earned|gets?|got|pays?|paid) {EN_MONEY} (?:in|of|as)(?: simple)? interest"),
    ("ask_interest", rf"(?:how much(?: simple)? interest (?:does|did|will|would) (?:{EN_WHO}|it|the account) (?:earn|pay|get|owe)|(?:what is|find|calculate) the (?:simple )?interest(?: earned)?)(?: (?:after|for|in|over) (?P<k>{NUMBER}) (?P<p>year|month)s)?"),
    ("ask_amount", rf"(?:what is|find|calculate) the total amount(?: in the account)?|how much (?:money )?(?:is|will be) (?:there )?in the account|how much (?:does|will|must) {EN_WHO} (?:have|owe|repay|pay back) (?:in total|altogether)"),
    ("ask_principal", rf"(?:what (?:is|was)|find|calculate) the principal|how much (?:did|does) {EN_WHO} (?:deposit|invest|borrow)"),
    ("ask_rate", r"(?:what (?:is|was)|find|calculate) the (?P<per>annual|yearly|monthly) (?:interest )?rate"),
    ("ask_time", r"(?:for )?how many (?P<p>year|month)s(?: (?:does|did|will) it take)?"),
)  # fmt: skip
PHRASES = Tongues(r"利息|本息|利率|\binterest\b", CHINESE, ENGLISH)
CALLED = {
    "interest": Text("the interest", "利息"), "amount": Text("the total amount", "本息和"),
    "principal": Text("the principal", "本金"), "rate": Text("the rate", "利率"),
    "time": Text("the time", "存期"),
}  # fmt: skip
WHY = Text(
    "The interest is the principal times the rate times the time (simple interest).",
    "利息 = 本金 × 利率 × 存期（按单利计算），由题意得",
)
PERIODS = {"月": "month", "个月": "month", "month": "month", "monthly": "month"}
"""All others are years."""


def read_interest(tale: Tale) -> list[Request] | None:
    """What a story of simple interest asks for."""
    found = told(tale, PHRASES)
    if not found or not of_one(found) or not re.search("[\u4e00-\u9fff]|simple", tale.text):
        return None
    periods = {
        PERIODS.get(p.lower(), "year")
        for hit in found
        for p in (*hit.every("per"), *hit.every("p"))
    }
    asked = [hit.says.removeprefix("ask_") for hit in found if hit.says.startswith("ask")]
    book = Quantities(tale, CALLED)
    if len(asked) != 1 or len(periods) != 1 or not all(_tell(book, hit) for hit in found):
        return None
    if asked[0] in book.told:
        return None
    principal, rate, time = book.of("principal", "P"), book.of("rate", "r"), book.of("time", "n")
    equations = [t.equation(book.of("interest", "x"), t.Mul((principal, rate, time)))]
    if "amount" in (*asked, *book.told):
        equations.append(
            t.equation(book.of("amount", "y"), t.add(principal, book.of("interest", "x")))
        )
    requests = book.requests(WHY, equations, asked)
    if requests and asked[0] == "rate":
        return [Request(task=Task.NUMBER, topic=topics.TO_PERCENT, operands=(rate,))]
    return requests


def _tell(book: Quantities, hit: Hit) -> bool:
    match hit.says:
        case "principal" | "interest":
            return book.tell(hit.says, literal(hit.one("m")))
        case "rate":
            rate = literal(hit.one("r"))
            return rate is not None and book.tell("rate", t.Call("percent", (rate,)))
        case "time":
            return book.tell("time", literal(hit.one("k")))
        case _ if hit.one("k"):
            return book.tell("time", literal(hit.one("k")))
    return True
