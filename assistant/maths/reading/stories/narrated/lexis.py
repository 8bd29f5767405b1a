"""The words of English stories: what is done, by whom, and for how long."""

from __future__ import annotations

import re
from enum import Enum

from assistant.maths.reading.stories.accounts.words_en import STOP


class Does(Enum):
    """What an act does to what its subject has of the thing."""

    HAVE = "have"
    GET = "get"
    MAKE = "make"
    """It was not there before."""
    LOSE = "lose"
    GIVE = "give"
    """It goes to another."""
    TAKE = "take"
    """It comes from where it was."""
    BUY = "buy"
    SELL = "sell"
    EARN = "earn"
    SPEND = "spend"
    COST = "cost"
    HOLD = "hold"
    """Of what is in each."""
    ACT = "act"
    """Neither."""
    GO = "go"
    NEED = "need"


REGULAR: dict[Does, str] = {
    Does.GET: "receive collect gain inherit adopt borrow gather add order",
    Does.MAKE: "bake plant produce cook prepare pick harvest lay",
    Does.LOSE: "use drop consume discard release remove donate mail burn",
    Does.BUY: "purchase",
    Does.EARN: "earn save",
    Does.ACT: "walk travel paint fold jump wash type print score climb answer deliver hike watch practice "
    "study work record bike jog decorate repair grade cycle pack visit solve play help cover finish complete place",
    Does.HOLD: "contain",
    Does.NEED: "need require want",
}
IRREGULAR: dict[Does, str] = {
    Does.HAVE: "have/has/had/had/having own/owns/owned/owned/owning",
    Does.GET: "get/gets/got/gotten/getting find/finds/found/found/finding win/wins/won/won/winning "
    "catch/catches/caught/caught/catching",
    Does.MAKE: "make/makes/made/made/making grow/grows/grew/grown/growing knit/knits/knitted/knitted/knitting "
    "sew/sews/sewed/sewn/sewing draw/draws/drew/drawn/drawing build/builds/built/built/building",
    Does.LOSE: "eat/eats/ate/eaten/eating lose/loses/lost/lost/losing drink/drinks/drank/drunk/drinking",
    Does.GIVE: "give/gives/gave/given/giving send/sends/sent/sent/sending lend/lends/lent/lent/lending "
    "hand/hands/handed/handed/handing donate/donates/donated/donated/donating",
    Does.TAKE: "take/takes/took/taken/taking",
    Does.BUY: "buy/buys/bought/bought/buying",
    Does.SELL: "sell/sells/sold/sold/selling",
    Does.SPEND: "spend/spends/spent/spent/spending pay/pays/paid/paid/paying",
    Does.COST: "cost/costs/cost/cost/costing",
    Does.HOLD: "hold/holds/held/held/holding",
    Does.ACT: "read/reads/read/read/reading run/runs/ran/run/running ride/rides/rode/ridden/riding "
    "drive/drives/drove/driven/driving write/writes/wrote/written/writing swim/swims/swam/swum/swimming "
    "see/sees/saw/seen/seeing put/puts/put/put/putting sleep/sleeps/slept/slept/sleeping fly/flies/flew/flown/flying do/does/did/done/doing",
    Does.GO: "go/goes/went/gone/going come/comes/came/come/coming",
}  # fmt: skip


def _forms(base: str) -> tuple[str, ...]:
    """A regular verb: base, third person, past, participle, with -ing."""
    if base.endswith("e"):
        return base, base + "s", base + "d", base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base, base[:-1] + "ies", base[:-1] + "ied", base[:-1] + "ied", base + "ing"
    ends = "es" if base.endswith(("s", "x", "ch", "sh")) else "s"
    twice = {"drop": "dropp", "jog": "jogg"}.get(base, base)
    return base, base + ends, twice + "ed", twice + "ed", twice + "ing"


VERBS: dict[str, tuple[str, Does]] = {}
"""By their forms, the base and what they do."""
PARTICIPLES: dict[str, tuple[str, Does]] = {}
for _does, _words in REGULAR.items():
    for _base in _words.split():
        for _form in _forms(_base)[:3]:
            VERBS.setdefault(_form, (_base, _does))
        PARTICIPLES.setdefault(_forms(_base)[3], (_base, _does))
for _does, _words in IRREGULAR.items():
    for _line in _words.split():
        _all = _line.split("/")
        for _form in _all[:3]:
            VERBS[_form] = (_all[0], _does)
        PARTICIPLES[_all[3]] = (_all[0], _does)
SAME = {"purchase": "buy", "own": "have", "require": "need", "bike": "cycle"}
"""Verbs of one meaning."""
PAIRS = frozenset(("pair", "pairs"))
GERUNDS: frozenset[str] = frozenset(
    form[4]
    for form in (
        *(_forms(base) for words in REGULAR.values() for base in words.split()),
        *(
            line.split("/")
            for words in IRREGULAR.values()
            for line in words.split()
            if line.count("/") == 4
        ),
    )
)
LEAVES = frozenset(
    "die died dies burst bursts broke break breaks wilted wilt leave leaves leak leaks leaked escape escaped disappeared melted fell spilled "
    "sold eaten used lost given borrowed stolen broken taken removed thrown donated".split()
) | frozenset(("flew", "fly", "ran", "run", "went", "got"))
"""What happens to things that are then no longer there; ``ran away``, ``got off``."""
COMES_IN = frozenset(
    "arrive arrived arrives join joined joins came come comes added returned born bought delivered".split()
)
"""What happens to things that are then there."""
STOPS = frozenset(
    form for word in STOP.split("|") for form in (word.replace("?", ""), re.sub(r".\?", "", word))
) | frozenset(
    "an percent dozen score hundred thousand million pair couple half third quarter tenth time other cost costs each "
    "i you we me us your our my yesterday today will would can could should must may might during because since "
    "though although instead where why whose whom tonight later current currently usual usually often always "
    "sometimes once twice double triple thrice extra additional just even too very enough whole entire plus "
    "weekday weekdays weekend weekends holiday holidays free discount tax tip off collectively combined sale refund return returned profit average combined per via like such "
    "third thirds fourth fourths fifth fifths half halves quarters".split()
) - PAIRS  # fmt: skip
PERIODS = {
    "second": "second", "minute": "minute", "hour": "hour", "day": "day", "week": "week", "month": "month", "year": "year",
    "night": "day", "morning": "day", "evening": "day", "afternoon": "day",
}  # fmt: skip
"""Of a night, a morning there is one a day."""
LONGER = {
    ("minute", "second"): 60, ("hour", "minute"): 60,  ("week", "day"): 7, ("year", "month"): 12,
}  # fmt: skip
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
FEMALE = frozenset(
    "mother mom mum sister aunt grandmother grandma daughter wife girl woman niece queen lady".split()
)
MALE = frozenset(
    "father dad brother uncle grandfather grandpa son husband boy man nephew king".split()
)
KIN = (
    FEMALE
    | MALE
    | frozenset("friend cousin neighbor neighbour teacher classmate parent child baby boss".split())
)
FEMALE_NAMES = frozenset(
    "mary ann anna anne annie alice amy angela barbara betty brenda carol carla catherine cathy christine cindy claire "
    "deborah diana diane donna dora doris elena eliza elizabeth ella ellen emily emma erica eva fiona gina grace hannah "
    "helen isabel jane janet jasmine jen jenna jennifer jenny jessica jill joan joanne josephine judy julia julie karen kate "
    "katherine kathy katie kelly kim laura lena lily linda lisa lola lucy maggie maria marie martha megan melissa mia "
    "michelle molly nancy natalie natasha nicole nina nora olivia pam pamela patricia paula rachel rebecca rita rosa rose "
    "ruth sally sandra sara sarah sheila shirley sofia sophia sophie stella stephanie susan sue tina tracy valerie vanessa "
    "victoria violet wendy zoe".split()
)
MALE_NAMES = frozenset(
    "john james tom thomas adam alan albert andrew andy anthony ben benjamin bill bob brad brandon brian bryan carl charles "
    "charlie chris christopher dan daniel dave david dennis derek donald doug ed edward eric ethan frank fred gary george "
    "greg harry henry howard ian isaac ivan jack jacob jake jason jeff jeffrey jerry jim jimmy joe joey joseph josh joshua "
    "justin keith ken kenneth kevin kyle larry leo liam louis luke marcus mark martin matt matthew max michael mike nathan "
    "nick noah oliver oscar patrick paul pete peter phil philip ralph ray raymond richard rick rob robert roger ron ronald "
    "ross roy ryan scott sean simon stephen steve steven stuart ted terry tim timothy toby todd tony tyler victor vincent "
    "walter will william zach".split()
)
"""First names that are mostly those of women, or of men."""
