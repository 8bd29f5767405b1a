"""Maps: a length on the map, the real one, and the scale between them."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.stories.lengths import METRES
from assistant.maths.reading.stories.quantities import Quantities
from assistant.maths.reading.stories.telling import NUMBER, Hit, Tongues, exact, literal, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Text

SIZES = {name: 100 * size for name, size in METRES.items()}
"""Units of length in centimetres."""
SMALL, LARGE = r"(?P<su>毫米|厘米|分米|mm|cm)", r"(?P<lu>千米|公里|米|km|m)"
ENDS = r"(?:(?:甲|乙|A|B|AB|[\u4e00-\u9fff]{2}?)(?:、|和|与|到|,)?(?:甲|乙|A|B|[\u4e00-\u9fff]{2}?)?(?:两地|两城|两市|两港|两点|地|城|市)(?:之间|间)?(?:的)?)"
SHEET = r"(?:地图|平面图|图纸|图)"
SCALE = r"1\s*[:/]\s*(?P<s>\d[\d,]*)"
CHINESE = (
    ("scale", rf"(?:在)?(?:一幅|一张|这幅|这张)?(?:{SHEET}的)?比例尺(?:是|为)?\s*{SCALE}(?:的(?:一幅|一张)?{SHEET}(?:上|中)?)?"),
    ("scene", rf"(?:在)?(?:这|那|一|同一)?(?:幅|张)?{SHEET}上"),
    ("map", rf"(?:在{SHEET}上|在图上)?(?:量得|测得)?{ENDS}?(?:的)?(?:图上)?(?:距离|长度|长|相距)?(?:是|为)?\s*(?P<d>{NUMBER})\s*{SMALL}"),
    ("real", rf"{ENDS}?(?:的)?(?:实际)?(?:距离|长度|长|相距)(?:是|为)?\s*(?P<d>{NUMBER})\s*{LARGE}"),
    ("ask_real", rf"{ENDS}?(?:的)?(?:实际)(?:的)?(?:距离|长度|长|相距)(?:是|为|有)?(?:多少|几){LARGE}"),
    ("ask_map", rf"(?:在{SHEET}上|在图上)?{ENDS}?(?:的)?图上(?:的)?(?:距离|长度|长)(?:是|为|应?画|有)?(?:多少|几){SMALL}"),
    ("ask_scale", rf"(?:求)?(?:这幅|这张)?(?:{SHEET}的)?比例尺(?:是|为)?(?:多少)?"),
)  # fmt: skip
CENTI, KILO = (
    r"(?P<su>mm|cm|millimet(?:er|re)s?|centimet(?:er|re)s?)(?![a-z])",
    r"(?P<lu>km|m|kilomet(?:er|re)s?|met(?:er|re)s?)(?![a-z])",
)
PLACES = r"(?:two|the(?: two)?) (?:towns|cities|villages|points|places)"
ENGLISH = (
    ("scale", rf"(?:on |the )?(?:a |the )?(?:map )?(?:(?:with|has|at) )?(?:a |the )?scale (?:of (?:a |the )?map )?(?:of|is) {SCALE}"),
    ("scale", rf"(?:on )?(?:a|the) map (?:with|has|drawn to) (?:a|the) scale (?:of )?{SCALE}"),
    ("map", rf"{PLACES} are (?P<d>{NUMBER}) ?{CENTI} apart(?: on (?:the|a) map)?"),
    ("map", rf"(?:on the map,? )?the distance (?:between {PLACES} )?(?:on the map )?is (?P<d>{NUMBER}) ?{CENTI}"),
    ("real", rf"{PLACES} are (?P<d>{NUMBER}) ?{KILO} apart(?: in reality)?"),
    ("real", rf"the (?:actual|real) distance (?:between {PLACES} )?is (?P<d>{NUMBER}) ?{KILO}"),
    ("ask_real", rf"what is the (?:actual|real) distance(?: between (?:them|{PLACES}))?,? in {KILO}|how many {KILO} apart are (?:they|{PLACES}) (?:in reality|really)"),
    ("ask_map", rf"what is the distance on the map,? in {CENTI}|how many {CENTI} apart are (?:they|{PLACES}) on the map"),
    ("ask_scale", r"what is the scale(?: of the map)?|find the scale(?: of the map)?"),
)  # fmt: skip
PHRASES = Tongues(r"比例尺|\bscale\b", CHINESE, ENGLISH)
CALLED = {
    "real": Text("the real distance", "实际距离"), "map": Text("the distance on the map", "图上距离"),
    "scale": Text("the scale", "比例尺"),
}  # fmt: skip
WHY = Text(
    "The distance on the map is the scale times the real distance, both in the same unit.",
    "图上距离 = 比例尺 × 实际距离（单位统一为厘米），由题意得",
)


def read_maps(tale: Tale) -> list[Request] | None:
    """The real distance, the one on the map, or the scale."""
    found = told(tale, PHRASES)
    if found is None:
        return None
    book = Quantities(tale, CALLED)
    asked = [hit for hit in found if hit.says.startswith("ask")]
    if len(asked) != 1 or not all(_tell(book, hit) for hit in found):
        return None
    wanted = asked[0].says.removeprefix("ask_")
    if wanted in book.told or len(book.told) != 2:
        return None
    units = {"map": _unit(asked[0], "su"), "real": _unit(asked[0], "lu")}
    scale = book.of("scale", "k")

    def length(name: str) -> t.Expr:
        size = SIZES[units[name]] if name == wanted else Fraction(1)
        value = book.of(name, "x")
        return value if size == 1 else t.Mul((t.rational(size), value))

    return book.requests(WHY, [t.equation(length("map"), t.Mul((scale, length("real"))))], [wanted])


def _unit(hit: Hit, group: str) -> str:
    unit = hit.one(group).lower()
    return unit if unit in SIZES else unit.rstrip("s") if unit else "cm"


def _tell(book: Quantities, hit: Hit) -> bool:
    match hit.says:
        case "scale":
            size = int(hit.one("s").replace(",", ""))
            return size > 0 and book.tell("scale", t.Div(t.integer(1), t.integer(size)))
        case "map" | "real":
            number = literal(hit.one("d"))
            value = None if number is None else exact(number)
            unit = _unit(hit, "su" if hit.says == "map" else "lu")
            return value is not None and book.tell(hit.says, t.rational(value * SIZES[unit]))
    return True
