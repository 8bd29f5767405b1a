"""Cows on a meadow where the grass goes on growing: 牛吃草."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.reading.stories.quantities import Quantities
from assistant.maths.reading.stories.telling import COUNT, Tongues, literal, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Text

N, K = rf"\s*(?P<n>{COUNT})\s*", rf"\s*(?P<k>{COUNT})\s*"
MEADOW = r"(?:有?(?:一|这)(?:片|块|个)(?:牧场|草地|草场|牧草|青草|草)(?:上)?(?:的)?|牧场上?|草地上?|草场上?)"
BEASTS = r"(?:头牛|只羊|匹马)"
CHINESE = (
    ("grows", rf"{MEADOW}?(?:的)?(?:长满(?:了)?(?:青草|牧草|草))?,?(?:牧草|青草|草)?(?:每天|每周)?(?:都)?(?:在)?(?:匀速|均匀(?:地)?|以(?:同样|相同|固定|一样)的速度)(?:地)?(?:生长|长草)(?:着)?(?:的)?(?:牧草|草)?"),
    ("grows", r"(?:牧草|青草|草)(?:每天|每周)(?:生长|长)(?:得一样快|的速度(?:相同|一样))"),
    ("meadow", rf"{MEADOW}"),
    ("eats", rf"(?:如果|若)?{MEADOW}?(?:可以?|能)?供?{N}(?P<b>{BEASTS})(?:可以?|能)?吃{K}(?P<p>天|周)"),
    ("ask_time", rf"{MEADOW}?(?:可以?|能)?供?{N}(?P<b>{BEASTS})(?:可以?|能)?吃(?:多少|几)(?P<p>天|周)"),
    ("ask_herd", rf"{MEADOW}?(?:可以?|能)?供?(?:多少|几)(?P<b>{BEASTS})(?:可以?|能)?吃{K}(?P<p>天|周)"),
)  # fmt: skip
HERD = r"(?P<b>cows|sheep|horses)"
ENGLISH = (
    ("grows", r"(?:the )?grass (?:on a (?:meadow|pasture|field) |in a (?:meadow|pasture|field) )?(?:grows|keeps growing) (?:at a (?:constant|steady) rate|uniformly|evenly)"),
    ("eats", rf"(?:if )?{N}{HERD} (?:can )?(?:eat|graze) (?:all (?:of )?the grass|the (?:meadow|pasture|field)(?: bare)?|it(?: bare)?|it all) in{K}(?P<p>day|week)s"),
    ("eats", rf"{N}{HERD} (?:can )?(?:do so |do it )?in{K}(?P<p>day|week)s"),
    ("ask_time", rf"(?:in )?how many (?P<p>day|week)s (?:will|can|do|does it take|would)(?: it take)?{N}{HERD} (?:to )?(?:eat|graze) (?:all (?:of )?the grass|it all|it|the (?:meadow|pasture|field)(?: bare)?)"),
    ("ask_herd", rf"how many {HERD} (?:can )?(?:eat|graze) (?:all (?:of )?the grass|it all|it|the (?:meadow|pasture|field)(?: bare)?) in{K}(?P<p>day|week)s"),
)  # fmt: skip
PHRASES = Tongues(r"生长|长草|\bgrass\b", CHINESE, ENGLISH)
CALLED = {
    "grass": Text("the grass at first", "原有草量"), "growth": Text("the growth in a day or week", "每天（周）新长的草量"),
    "time": Text("the time", "所求的时间"), "herd": Text("the number of animals", "所求的头数"),
}  # fmt: skip
WHY = Text(
    "What one animal eats in a day or week is 1; the grass at first and what has grown are eaten.",
    "设每头每天（周）吃的草量为 1，原有草量 + 新长草量 = 吃掉的草量，由题意得",
)


def read_grazing(tale: Tale) -> list[Request] | None:
    """How long the grass lasts, or for how many animals."""
    found = told(tale, PHRASES)
    if found is None or not any(hit.says == "grows" for hit in found):
        return None
    eats = [hit for hit in found if hit.says == "eats"]
    asked = [hit for hit in found if hit.says.startswith("ask")]
    beasts = {b.lower() for hit in found for b in hit.every("b")}
    periods = {p.lower() for hit in found for p in hit.every("p")}
    if len(eats) != 2 or len(asked) != 1 or len(beasts) != 1 or len(periods) != 1:
        return None
    book = Quantities(tale, CALLED)
    wanted = asked[0].says.removeprefix("ask_")
    known = literal(asked[0].one("n" if wanted == "time" else "k"))
    pairs = [(literal(hit.one("n")), literal(hit.one("k"))) for hit in eats]
    if known is None or any(n is None or k is None for n, k in pairs):
        return None
    grass, growth = book.of("grass", "g"), book.of("growth", "r")
    unknown = book.of(wanted, "x")
    pairs.append((known, unknown) if wanted == "time" else (unknown, known))
    said = [
        t.equation(t.add(grass, t.Mul((k, growth))), t.Mul((n, k)))
        for n, k in pairs
        if n is not None and k is not None
    ]
    return book.requests(WHY, said, [wanted])
