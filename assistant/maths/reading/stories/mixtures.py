"""Solutions that are mixed: each brings its mass, and its share of what is dissolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.scan import HAN
from assistant.maths.reading.stories.quantities import Quantities
from assistant.maths.reading.stories.telling import NUMBER, Hit, Tongues, exact, literal, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Task, Text

MASS = rf"(?P<m>{NUMBER})\s*(?P<u>千克|公斤|克|毫升|升|吨|kilograms?|kg|grams?|g|lit(?:er|re)s?|L|ml|millilit(?:er|re)s?|gallons?|ounces?|pounds?|quarts?|cc)(?![A-Za-z])"
WHICH = r"(?P<u>千克|公斤|克|毫升|升|吨|kilograms?|kg|grams?|lit(?:er|re)s?|ml|millilit(?:er|re)s?|gallons?|ounces?|pounds?|quarts?)(?![A-Za-z])"
PERCENT = rf"(?P<c>{NUMBER})\s*%"
# Chinese ---------------------------------------------------------------------------------

DRINK = r"(?P<kind>盐水|糖水|酒精溶液|酒精|食盐水|盐溶液|硫酸溶液|药水|溶液)"
SALT = r"(?P<solid>食盐|盐|白糖|糖|纯酒精|药粉)"
STRENGTH = r"(?:浓度|含盐率|含糖率|含盐量|质量分数)"
IS = r"(?:是|为)?\s*"
OF = rf"(?:{STRENGTH}{IS}{PERCENT}的|含[盐糖]{IS}{PERCENT}的|{PERCENT}的){DRINK}"
SOME = r"(?:现有|已?有|用|将|把|取|容器(?:里|中|内)?有|一杯|一瓶|一种|和|与|跟)"
NEED = r"(?:需要?|应|要|还需要?|还要|应该)"
TURN = r"(?:要(?:使|把|将)?|使|想)?(?:它|其|盐水|糖水)?(?:配制?|变|稀释|配成|调制|混合|浓缩|得到|制)?(?:的)?(?:成|为|得到|得|到)"
CHINESE = (
    ("part", rf"{SOME}?{OF}\s*{MASS}"),
    ("part", rf"(?:{SOME}|在)?\s*{MASS}{OF}(?:中|里)?"),
    ("part", rf"(?:现有|有|在)?\s*{MASS}(?P<pure>水)(?:中|里)?"),
    ("part", rf"(?:加入?|放入?|溶解|倒入)?了?\s*{MASS}{SALT}(?:之?后)?"),
    ("part", rf"(?:再)?(?:加入|倒入|加)了?\s*{MASS}(?P<pure>水)(?:之?后)?"),
    ("part", rf"把\s*{MASS}{SALT}(?:放|溶|溶解|倒)(?:入|在|到)\s*{MASS}(?P<pure>水)(?:中|里)"),
    ("mixed", r"(?:混合(?:在一起)?|放在一起|倒在一起|搅匀|充分溶解|(?:完全)?溶解)(?:之?后|成)?"),
    ("kinds", rf"(?:用)?(?:(?:{STRENGTH}{IS})?{PERCENT}(?:和|与|、){PERCENT}的|{STRENGTH}分别{IS}{PERCENT}(?:和|与|、){PERCENT}的)(?:两种)?{DRINK}"),
    ("result", rf"{TURN}{OF}\s*{MASS}"),
    ("result", rf"{TURN}\s*{MASS}{OF}"),
    ("result", rf"{TURN}{OF}"),
    ("result", rf"(?:要)?使?(?:得|其|它|{DRINK})?(?:的)?{STRENGTH}(?:降低?|提高|变|降到|升)?(?:为|到|成|至|是)\s*{PERCENT}"),
    ("ask_add", rf"{NEED}?(?:再)?(?:加入?|倒入|放入?){NEED}?(?:多少|几){WHICH}(?:的)?(?:{SALT}|(?P<pure>水))"),
    ("ask_add", rf"{NEED}?(?:再)?加(?:入)?(?:{SALT}|(?P<pure>水))(?:多少|几){WHICH}"),
    ("ask_add", rf"{NEED}?(?:再)?(?:加入?|混合|取|倒入)(?:多少|几){WHICH}(?:的)?{OF}|{NEED}?(?:再)?(?:加入?|混合|取|倒入){OF}(?:多少|几){WHICH}"),
    ("ask_strength", rf"(?:得到的|混合后的?|所得到?的?|这时|此时|这种|这杯|现在|所得)*(?:{DRINK})?(?:的)?{STRENGTH}{IS}(?:多少|百分之几|百分之多少)"),
    ("ask_kinds", rf"(?:这)?两种{DRINK}(?:各|分别)(?:{NEED}|取|用)*(?:多少|几){WHICH}"),
)  # fmt: skip

# English ---------------------------------------------------------------------------------

STUFF = r"(?:(?P<kind>salt|acid|alcohol|sugar|saline|antifreeze|brine|bleach|hydrochloric acid|sulfuric acid)(?: (?:solution|water|mixture))?|solution)"
EN_OF = rf"(?:an? )?(?:{PERCENT} {STUFF}|{STUFF} (?:that is|which is|of strength|with a concentration of) {PERCENT}(?: (?P<kind>salt|acid|alcohol|sugar))?)"
A_PART = rf"{MASS} of (?:{EN_OF}|(?:pure )?(?P<pure>water)|pure (?P<solid>salt|acid|alcohol|sugar|antifreeze)|(?P<solid>salt|sugar))"
WHO = r"(?:a (?:chemist|student|nurse|pharmacist|scientist|lab technician)|he|she)"
MIX = r"(?:mixes|mixed|combines|combined|adds|added|has|pours)"
GET = r"(?:to (?:get|make|obtain|produce|form|give|create|yield|have)|in order to (?:get|make|obtain))"
ADDED = r"(?:(?:must|should|need(?:s)? to|have to|has to|can) (?:be )?(?:added|add|mixed|mix|combined|combine)|(?:are|is) (?:added|mixed)|(?:must|should|does|do) (?:he|she|you|we|a chemist|the chemist)(?: need to)? (?:add|mix))"
HOW_MUCH = rf"(?:how (?:many {WHICH} of|much)|what (?:amount|quantity) of)"
ENGLISH = (
    ("part", rf"(?:{WHO} {MIX} )?{A_PART}"),
    ("mixed", r"(?:is|are) (?:mixed|combined|added)(?: together)?"),
    ("kinds", rf"an? {PERCENT} {STUFF} is mixed with an? {PERCENT} {STUFF}"),
    ("result", rf"to make {MASS} of {EN_OF}"),
    ("ask_kinds", rf"how (?:many {WHICH}|much) of each(?: solution)? (?:are|is|should be|must be) (?:needed|used|mixed)"),
    ("part", rf"(?:is|are)? ?(?:mixed |combined |added )?(?:with|to) {A_PART}"),
    ("ask_add", rf"{HOW_MUCH} (?:{EN_OF}|(?:pure )?(?P<pure>water)|pure (?P<solid>salt|acid|alcohol|sugar|antifreeze)|(?P<solid>salt|sugar)) {ADDED}"),
    ("result", rf"{GET} (?:{MASS} of )?{EN_OF}"),
    ("ask_strength", r"(?:what is|find) the (?:(?:percent(?:age)?|concentration)(?: of (?P<kind>salt|acid|alcohol|sugar|antifreeze))?|strength) (?:of|in) (?:the )?(?:mixture|new solution|resulting (?:solution|mixture)|final (?:solution|mixture)|solution)|what is the (?:percent )?concentration of the (?:mixture|new solution|resulting (?:solution|mixture)|final (?:solution|mixture))"),
)  # fmt: skip
PHRASES = Tongues(r"浓度|含盐|含糖|溶液|%的|\bsolution|\bmix", CHINESE, ENGLISH)
UNITS = {
    "公斤": "千克",
    "kg": "kilogram",
    "g": "gram",
    "litre": "liter",
    "l": "liter",
    "ml": "milliliter",
}
SOLVED = {**dict.fromkeys("盐水 食盐水 盐溶液 食盐 盐 salt saline brine".split(), "salt"),
          **dict.fromkeys("糖水 白糖 糖 sugar".split(), "sugar"),
          **dict.fromkeys("酒精溶液 酒精 纯酒精 alcohol".split(), "alcohol"),
          **dict.fromkeys("药水 药粉".split(), "drug")}  # fmt: skip
"""What is dissolved, by the names of it and of its solutions."""


CALLED = {
    f"mass {n}": Text(f"how much of the part named in place {n}", f"第 {n} 种的量")
    for n in (1, 2, 3)
}


@dataclass
class Mixture:
    """The parts, each by its mass and strength, and the whole."""

    book: Quantities
    parts: list[t.Expr] = field(default_factory=list)
    """The strengths of the parts, in their order."""
    strength: t.Expr | None = None
    mixed: bool = False
    units: set[str] = field(default_factory=set)
    dissolved: set[str] = field(default_factory=set)
    wanted: list[str] = field(default_factory=list)

    def adds(self, strength: t.Expr | None, mass: str) -> bool:
        """One part more, of a mass that is told or not."""
        if strength is None or len(self.parts) == 3:
            return False
        self.parts.append(strength)
        return not mass or self.book.tell(f"mass {len(self.parts)}", literal(mass))

    def becomes(self, hit: Hit) -> bool:
        """What the whole shall be."""
        known, self.strength = self.strength, _percent(hit.one("c"))
        mass = hit.one("m")
        return known is None and (not mass or self.book.tell("whole", literal(mass)))

    def masses(self) -> list[t.Expr]:
        """The mass of each part."""
        return [self.book.of(f"mass {n}") for n in range(1, len(self.parts) + 1)]


def _percent(said: str) -> t.Expr | None:
    value = literal(said) if said else None
    number = None if value is None else exact(value)
    fits = value is not None and number is not None and 0 <= number <= 100
    return t.Call("percent", (value,)) if fits and value is not None else None


def _strengths(hit: Hit) -> list[t.Expr | None]:
    """The strength of each part in a phrase: what is pure has none, or is all of it."""
    found: list[t.Expr | None] = [_percent(said) for said in hit.every("c")]
    found += [t.integer(1) for _ in hit.every("solid")]
    return found + [t.integer(0) for _ in hit.every("pure")]


def read_mixtures(tale: Tale) -> list[Request] | None:
    """How much of a solution is needed, or how strong a mixture is."""
    found = told(tale, PHRASES, last=bool(HAN.search(tale.text)))
    if found is None:
        return None
    mixture = Mixture(Quantities(tale, CALLED))
    for hit in found:
        mixture.units |= {_unit(u) for u in hit.every("u")}
        kinds = [k.lower() for k in (*hit.every("kind"), *hit.every("solid"))]
        mixture.dissolved |= {SOLVED.get(k, k) for k in kinds if k != "溶液"}
        if not _told(mixture, hit):
            return None
    if len(mixture.units) != 1 or len(mixture.dissolved) > 1 or not 2 <= len(mixture.parts) <= 3:
        return None
    return _requests(tale, mixture)


def _unit(name: str) -> str:
    name = name.lower().rstrip("s")
    return UNITS.get(name, name)


def _told(mixture: Mixture, hit: Hit) -> bool:
    match hit.says:
        case "part":
            pairs = list(zip(_strengths(hit), hit.every("m"), strict=False))
            asked = mixture.wanted and HAN.search(hit.text)
            return not asked and all(mixture.adds(*pair) for pair in pairs)
        case "kinds":
            return not mixture.parts and all(mixture.adds(c, "") for c in _strengths(hit))
        case "mixed":
            return bool(mixture.parts)
        case "result":
            return bool(mixture.parts) and mixture.becomes(hit)
        case "ask_add":
            mixture.wanted.append(f"mass {len(mixture.parts) + 1}")
            return len(mixture.wanted) == 1 and mixture.adds(_strengths(hit)[0], "")
        case "ask_kinds":
            mixture.wanted += [f"mass {n}" for n in range(1, len(mixture.parts) + 1)]
            return len(mixture.wanted) == 2
        case "ask_strength":
            mixture.wanted.append("strength")
            return len(mixture.wanted) == 1
    return False


def _brought(masses: list[t.Expr], strengths: list[t.Expr]) -> t.Expr:
    """How much of what is dissolved the parts bring: pure water brings none."""
    terms: list[t.Expr] = []
    for mass, strength in zip(masses, strengths, strict=True):
        share = exact(strength)
        if share:
            terms.append(mass if share == 1 else t.Mul((mass, strength)))
    return t.add(*terms)


def _requests(tale: Tale, mixture: Mixture) -> list[Request] | None:
    masses = mixture.masses()
    brought = _brought(masses, mixture.parts)
    if mixture.wanted == ["strength"]:
        ratio = t.Div(brought, t.Add(tuple(masses)))
        if mixture.strength is not None or exact(ratio) is None:
            return None
        tale.text = ""
        return [Request(task=Task.NUMBER, topic=topics.TO_PERCENT, operands=(ratio,))]
    if mixture.strength is None:
        return None
    whole = mixture.book.told.get("whole")
    total = t.Add(tuple(masses)) if whole is None else whole
    said: list[t.Expr] = [t.equation(brought, t.Mul((mixture.strength, total)))]
    if whole is not None:
        said.insert(0, t.equation(t.Add(tuple(masses)), whole))
    why = Text(
        "What is dissolved in the parts is what is dissolved in the whole.",
        "混合前后溶质的总量不变，由题意得",
    )
    return mixture.book.requests(why, said, mixture.wanted)
