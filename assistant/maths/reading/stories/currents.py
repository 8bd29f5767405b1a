"""A boat on a river, or a plane in the wind: with it and against it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading.scan import HAN
from assistant.maths.reading.stories.quantities import (
    LENGTH_OF_SPEED,
    NUMBER_LENGTH,
    NUMBER_TIME,
    SPEED,
    TIME_OF_SPEED,
    Quantities,
    Scale,
    product,
)
from assistant.maths.reading.stories.telling import Hit, Tongues, of_one, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Text

# Chinese ---------------------------------------------------------------------------------

BOAT = (
    r"(?:(?:(?:(?P<article>[一某])|[这该此])(?:艘|条|只|架)?)?"
    r"(?P<actor>轮船|汽艇|快艇|游船|客船|货船|小船|渔船|飞机|船)|它)"
)
WAY = r"(?:(?P<down>顺(?:水|流|风))|(?P<up>逆(?:水|流|风)))"
GOES = r"(?:航行|行驶|飞行|而行|而下|而上|行|返回)?"
PORTS = r"(?:(?:甲、?乙|A、?B)?两(?:地|港|个?码头|城|市)(?:之间|间)?(?:的)?(?:水路|航道|航程)?)"
PORT = r"(?:[甲乙AB](?:地|港|码头|城))"
RUN = rf"(?:(?:{BOAT})?(?:再)?(?:从{PORT}(?:到{PORT})?))?(?:{BOAT})?{WAY}{GOES}(?:完(?:全程)?)?(?:到(?:达)?{PORT})?"
IN_STILL = r"在?静水(?:中)?(?:的)?(?:航行)?"
USED = r"(?:(?:一共|总共|共)?(?:用了?|需要?|用时|花了?|要))"
CURRENT = r"(?:水流|水|风)(?:的)?(?:速度?|流速)"
IS = r"(?:是|为)?\s*"
LEAVES = rf"{BOAT}?从(?:上游|下游)?(?:的)?{PORT}(?:开往|驶往|到|航行到)(?:上游|下游)?(?:的)?{PORT}"
CHINESE = (
    ("scene", rf"{BOAT}(?:在{PORTS}(?:的)?(?:航行|往返|飞行|之间航行))?|往返(?:于)?{PORTS}"),
    ("still", rf"(?:{BOAT}(?:的)?)?(?:{IN_STILL}(?:的)?速度?|船速){IS}{SPEED}"),
    ("still", rf"{BOAT}{IN_STILL}{SPEED}"),
    ("current", rf"{CURRENT}{IS}{SPEED}"),
    ("rate", rf"(?:{BOAT})?{WAY}(?:的)?(?:航行)?(?:的)?(?:速度)?{IS}{SPEED}"),
    ("apart", rf"{PORTS}(?:长|相距|的?(?:距离|路程|航程)(?:是|为)?)\s*{NUMBER_LENGTH}"),
    ("leg", rf"{RUN}(?:了)?(?:{USED}\s*)?{NUMBER_TIME}"),
    ("leg", rf"{RUN}(?:了)?\s*{NUMBER_LENGTH},?(?:{USED}\s*{NUMBER_TIME})?"),
    ("leg", rf"{NUMBER_TIME}{WAY}{GOES}了?\s*{NUMBER_LENGTH}"),
    ("leaves", rf"{LEAVES}(?=\s*,\s*[顺逆])"),
    ("leg", rf"{WAY}\s*{NUMBER_TIME}到达"),
    ("return", rf"从{PORT}(?:返回|回到){PORT}(?=\s*,\s*[顺逆])"),
    ("back", rf"(?:{BOAT})?(?:从{PORT}|沿?原路)?(?:返回|回来)(?:到?{PORT}|时|原地|原处)?(?:逆水|逆流|逆风)?{USED}\s*{NUMBER_TIME}"),
    ("round", rf"(?:{BOAT})?往返(?:一次)?(?:一共|总共|共){USED}\s*{NUMBER_TIME}"),
    ("again", rf"(?:{BOAT})?(?:从{PORT}|沿?原路)?{WAY}返回(?:到?{PORT}|时|原地|原处)?{USED}\s*{NUMBER_TIME}"),
    ("ask_still", rf"(?:{BOAT}(?:的)?)?(?:{IN_STILL}(?:的)?速度|船速){IS}(?:每{TIME_OF_SPEED}(?:行|航行)?多少{LENGTH_OF_SPEED}|多少)?"),
    ("ask_current", rf"{CURRENT}{IS}(?:每{TIME_OF_SPEED}(?:行)?多少{LENGTH_OF_SPEED}|多少)?"),
    ("ask_both", rf"{BOAT}(?:的)?(?:{IN_STILL}(?:的)?速度|船速)(?:和|与|及){CURRENT}(?:各?是多少)?"),
    ("ask_leg", rf"{RUN}(?:\s*{NUMBER_LENGTH})?,?{USED}(?:多少|几)个?{TIME_OF_SPEED}"),
    ("ask_back", rf"(?:{BOAT})?(?:从{PORT}|沿?原路)?(?:返回|回来)(?:到?{PORT}|时|原地|原处)?(?:逆水|逆流|逆风)?{USED}(?:多少|几)个?{TIME_OF_SPEED}"),
    ("ask_apart", rf"(?:{PORTS}|{PORT}(?:和|与|到){PORT})(?:相距|的?(?:距离|路程|航程)(?:是|为)?)(?:多少(?P<l>千米|公里|米)?)?"),
)  # fmt: skip

# English ---------------------------------------------------------------------------------

VESSEL = r"(?:(?:(?P<article>an?)|the) (?P<actor>(?:motor ?|small )?(?:boat|ship|ferry|canoe|kayak|steamer|barge)|(?:small )?(?:airplane|plane|aeroplane)|swimmer|rower|man|crew)|it|he|she)"
ROWERS = frozenset(("rower", "man", "crew", "船"))
"""They may be those of any boat; and 船 is any."""
MOVES = r"(?:goes|travels|can travel|can go|rows|can row|flies|can fly|sails|covers|moves|swims|takes|traveled|travelled|went|flew|rowed|sailed)"
TO_MOVE = r"(?:go|travel|row|fly|sail|cover|swim|move|make the trip)"
EN_WAY = r"(?:(?P<down>downstream|with the (?:current|wind|stream)|down ?river)|(?P<up>upstream|against the (?:current|wind|stream)|up ?river))"
STILL = r"(?:in (?:still|calm) (?:water|air))"
FLOW = r"(?:the (?:current|stream|river|wind)|the river's current)"
THE_FLOW = r"(?:the )?(?:speed|rate) of the (?:current|stream|river|wind|water)|the (?:current|wind|stream)(?: speed)?"
AT = r"(?:at )?(?:(?:a |an )?(?:constant )?(?:speed|rate) of )?"
FIND = r"(?:find|what (?:is|are|was|were)|calculate|determine)"
SAME = r"(?:the same (?:distance|trip)|the (?:return )?(?:trip|journey)|that distance|back|the return trip)"
ENGLISH = (
    ("scene", VESSEL),
    ("still", rf"{VESSEL} {MOVES} {AT}{SPEED} {STILL}"),
    ("still", rf"(?:the )?(?:speed|rate) of {VESSEL} {STILL} is {SPEED}|{VESSEL} has a (?:speed|rate) of {SPEED} {STILL}|{STILL},? {VESSEL} {MOVES} {AT}{SPEED}"),
    ("current", rf"(?:{THE_FLOW}|the current|the stream)(?: is| was| flows at| has a speed of)? {AT}{SPEED}|in a (?:river|stream) (?:flowing|that flows) at {SPEED}"),
    ("rate", rf"{VESSEL} {MOVES} {AT}{SPEED} {EN_WAY}|(?:its|the) (?:speed|rate) {EN_WAY} is {SPEED}"),
    ("leg", rf"(?:{VESSEL} )?{MOVES} {NUMBER_LENGTH} {EN_WAY} in {NUMBER_TIME}"),
    ("leg", rf"(?:{VESSEL} )?(?:{MOVES} )?{NUMBER_LENGTH} {EN_WAY} in {NUMBER_TIME}"),
    ("leg", rf"(?:{VESSEL} )?{MOVES} {NUMBER_LENGTH} in {NUMBER_TIME} {EN_WAY}"),
    ("leg", rf"(?:{VESSEL} )?takes {NUMBER_TIME} to {TO_MOVE} {NUMBER_LENGTH} {EN_WAY}"),
    ("leg", rf"it takes {VESSEL} {NUMBER_TIME} to {TO_MOVE} {NUMBER_LENGTH} {EN_WAY}"),
    ("leg", rf"(?:{VESSEL} )?{MOVES} {NUMBER_LENGTH} {EN_WAY}"),
    ("again", rf"(?:{VESSEL} )?(?:{MOVES} |returns |makes )?{SAME}(?: {EN_WAY})? in {NUMBER_TIME}(?: {EN_WAY})?"),
    ("again", rf"(?:{VESSEL} )?(?:returns|travels back)(?: {EN_WAY})? in {NUMBER_TIME}"),
    ("again", rf"{EN_WAY} in {NUMBER_TIME}"),
    ("again", rf"(?:(?:{VESSEL} )?takes )?{NUMBER_TIME} to (?:{TO_MOVE} )?{SAME}(?: {EN_WAY})?"),
    ("round", rf"(?:{VESSEL} )?(?:returns|comes back)(?: {EN_WAY})?(?: to (?:the|its) starting (?:point|place))?(?: {EN_WAY})? in (?:a total (?:time )?of {NUMBER_TIME}(?: (?:and )?{NUMBER_TIME})?|{NUMBER_TIME}(?: (?:and )?{NUMBER_TIME})? (?:in total|altogether|in all))"),
    ("round", rf"the (?:whole|entire|round) (?:trip|journey) takes {NUMBER_TIME}(?: (?:and )?{NUMBER_TIME})?|the total time(?: for the (?:round )?trip)? is {NUMBER_TIME}(?: (?:and )?{NUMBER_TIME})?"),
    ("ask_still", rf"{FIND} (?:the )?(?:speed|rate) of {VESSEL} {STILL}|how fast does {VESSEL} {TO_MOVE} {STILL}"),
    ("ask_current", rf"{FIND} (?:{THE_FLOW})|how fast is the (?:current|stream|wind)"),
    ("ask_both", rf"{FIND} (?:the )?(?:speed|rate) of {VESSEL} {STILL} and (?:{THE_FLOW})"),
    ("ask_leg", rf"(?:how (?:long|many {TIME_OF_SPEED})) (?:does|will|would) (?:it take(?: (?:for )?{VESSEL})?|{VESSEL} take) to {TO_MOVE} {NUMBER_LENGTH} {EN_WAY}"),
    ("ask_leg", rf"(?:how (?:long|many {TIME_OF_SPEED})) (?:does|will|would) (?:it take(?: (?:for )?{VESSEL})?|{VESSEL} take) to {TO_MOVE} {NUMBER_LENGTH} {EN_WAY} if(?= the (?:speed|rate|current|stream|wind|river))"),
    ("ask_again", rf"(?:how (?:long|many {TIME_OF_SPEED})) (?:does|will|would) (?:it take(?: (?:for )?{VESSEL})?|{VESSEL} take|the (?:return )?(?:trip|journey)) (?:to (?:{TO_MOVE} )?)?(?:{SAME}|return|take)(?: {EN_WAY})?"),
)  # fmt: skip
PHRASES = Tongues(r"[顺逆](?:水|流|风)|stream|current|wind\b", CHINESE, ENGLISH)


ONE_WAY = re.compile(r"两|[甲乙AB](?:地|港|码头|城)|全程|返回|往返|原路")
"""What tells that the ways there and back are the same."""


CALLED = {
    "still": Text("the speed without a current", "静水（无风）中的速度"),
    "current": Text("the speed of the current", "水流（风）的速度"),
    "down time": Text("the time with the current", "顺水（顺风）的时间"),
    "up time": Text("the time against the current", "逆水（逆风）的时间"),
    "way": Text("the distance", "路程"),
}


@dataclass
class Voyage:
    """What is told of the ways with and against the current."""

    book: Quantities
    scale: Scale
    legs: dict[str, str] = field(default_factory=dict)
    """The way that each direction goes: the name of its length."""
    wanted: list[str] = field(default_factory=list)
    rates: set[str] = field(default_factory=set)
    last: str = ""
    total: t.Expr | None = None
    """How long the ways there and back take together."""

    def leg(self, hit: Hit, *, same: bool = False) -> bool:
        """A way in one direction, with its length or its time; the same way as the other one,
        or one of its own."""
        says = "down" if hit.one("down") else "up" if hit.one("up") else ""
        way = says or {"down": "up", "up": "down"}.get(self.last, "")
        if not way or way in self.legs or (same and not self.legs):
            return False
        lengths = self.scale.lengths(hit)
        self.legs[way] = f"{way} way" if lengths else "way"
        if same and self.last:
            self.legs[way] = self.legs[self.last]
        self.last = way
        if lengths and (same or not self.book.tell(self.legs[way], lengths[0])):
            return False
        time = self.scale.time(hit)
        return time is None or self.book.tell(f"{way} time", time)

    def returns(self, hit: Hit) -> bool:
        """There and back in so much time."""
        known, self.total = self.total, self.scale.time(hit)
        if len(self.legs) == 1:
            back = {"down": "up", "up": "down"}[self.last]
            if hit.one(self.last):
                return False
            self.legs[back] = self.legs[self.last]
        return known is None and self.total is not None and len(set(self.legs.values())) == 1

    def equations(self) -> list[t.Expr]:
        """Each way is its speed times its time."""
        still, current = self.book.of("still", "v", "x"), self.book.of("current", "c", "y")
        speeds = {"down": t.Add((still, current)), "up": t.sub(still, current)}
        said: list[t.Expr] = [
            t.equation(product(speeds[way], self.book.of(f"{way} time", "t")), self.book.of(name, "d"))
            for way, name in self.legs.items()
        ]  # fmt: skip
        if self.total is not None:
            times = tuple(self.book.of(f"{way} time") for way in self.legs)
            said.append(t.equation(t.Add(times), self.total))
        return said + [t.equation(speeds[way], self.book.of(f"{way} rate")) for way in self.rates]


def read_currents(tale: Tale) -> list[Request] | None:
    """A speed, a time or a distance with the current or against it."""
    found = told(tale, PHRASES, last=bool(HAN.search(tale.text)))
    scale = Scale.of(found) if found else None
    if found is None or scale is None or not of_one(found, ROWERS):
        return None
    voyage = Voyage(Quantities(tale, CALLED), scale)
    one_way = bool(ONE_WAY.search(tale.text))
    for hit in found:
        late = bool(voyage.wanted) and hit.says not in ("still", "current")
        if (late and not hit.says.startswith("ask")) or not _told(voyage, hit):
            return None
    if "way" in voyage.legs.values() and not one_way:
        return None
    length, period = scale.shown()
    why = Text(
        "With the current the speeds add, against it they are subtracted. "
        f"Lengths in {length.en}, times in {period.en}.",
        f"顺水速度 = 静水速度 + 水流速度，逆水速度 = 静水速度 - 水流速度。长度单位：{length.zh}，时间单位：{period.zh}。",
    )
    equations = voyage.equations()
    return voyage.book.requests(why, equations, voyage.wanted)


def _told(voyage: Voyage, hit: Hit) -> bool:
    book, scale = voyage.book, voyage.scale
    match hit.says:
        case "still" | "current":
            return book.tell(hit.says, scale.speed(hit))
        case "rate":
            way = "down" if hit.one("down") else "up"
            voyage.rates.add(way)
            return book.tell(f"{way} rate", scale.speed(hit))
        case "apart":
            return book.tell("way", next(iter(scale.lengths(hit)), None))
        case "leg":
            return voyage.leg(hit)
        case "again" | "back":
            return voyage.leg(hit, same=True)
        case "round":
            return voyage.returns(hit)
        case "ask_leg" | "ask_again" | "ask_back":
            fits = voyage.leg(hit, same=hit.says != "ask_leg")
            voyage.wanted.append(f"{voyage.last} time")
            return fits
        case "ask_both":
            voyage.wanted += ["still", "current"]
        case "ask_still" | "ask_current":
            voyage.wanted.append(hit.says.removeprefix("ask_"))
        case "ask_apart":
            voyage.wanted.append("way")
    return hit.says in ("scene", "leaves", "return") or hit.says.startswith("ask")
