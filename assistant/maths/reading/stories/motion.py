"""Two that move: towards each other, one after the other, apart, or round a track."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.motion_phrases import PHRASES
from assistant.maths.reading.stories.telling import Hit, exact, literal, told
from assistant.maths.reading.stories.text import Tale, positive
from assistant.maths.types import Request, Text

UNITS = {
    "小时": "h", "时": "h", "h": "h", "hour": "h", "hours": "h", "hr": "h", "分钟": "min", "分": "min",
    "minute": "min", "minutes": "min", "min": "min", "秒": "s", "s": "s", "second": "s", "seconds": "s",
    "千米": "km", "公里": "km", "km": "km", "kilometers": "km", "kilometres": "km", "kilometer": "km",
    "米": "m", "m": "m", "meters": "m", "metres": "m", "meter": "m", "miles": "mile", "mile": "mile",
    "mi": "mile", "feet": "ft", "ft": "ft",
}  # fmt: skip


@dataclass
class Race:
    """What is told of the two."""

    spoken_zh: bool
    speeds: dict[str, t.Expr] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    """The two in the order in which they are named."""
    units: set[str] = field(default_factory=set)
    way: str = ""
    gap: t.Expr | None = None
    ring: bool = False
    places: list[str] = field(default_factory=list)
    """Where they start, as far as that is told."""
    one_place: bool = False
    together: bool = False
    """Whether it is said that they start at the same time."""
    lead: tuple[str, str, t.Expr] | None = None
    """How one is ahead of the other (``early``, ``ahead``), who that is, and by how much."""
    chaser: str = ""
    met: tuple[str, t.Expr] | None = None
    """How their way ends, and after which time."""
    wanted: tuple[str, list[str], list[t.Expr]] = ("", [], [])

    def named(self, who: str) -> str:
        """The key of one of the two; a new one is the next of them.  Empty for a third."""
        if who in self.order:
            return who
        if who in ("1", "2") and len(self.order) >= int(who):
            return self.order[int(who) - 1]
        if len(self.order) == 2 or who in ("it", "they"):
            return ""
        self.order.append(who)
        return who

    def other(self, who: str) -> str:
        """The one beside ``who``; empty where nobody else is named."""
        return next((name for name in self.order if name != who), "")

    def goes(self, way: str) -> bool:
        """Their directions."""
        fits = self.way in ("", way)
        self.way = way
        return fits

    def lies(self, length: t.Expr, *, ring: bool) -> bool:
        """How far they are from each other, or how long the track is."""
        fits = self.gap is None
        self.gap, self.ring = length, ring
        return fits

    def goes_at(self, who: str, speed: t.Expr) -> bool:
        """The speed of one."""
        key = self.named(who)
        if not key or key in self.speeds:
            return False
        self.speeds[key] = speed
        return True

    def leaves(self, who: str, speed: list[t.Expr]) -> bool:
        """One starts, perhaps with a speed."""
        return self.goes_at(who, speed[0]) if speed else bool(self.named(who))

    def leads(self, how: str, who: list[str], values: list[t.Expr], side: str) -> bool:
        """Who is ahead, by time or by distance, or who goes after whom."""
        keys = [self.named(name) for name in who]
        if "" in keys or len(set(keys)) != len(keys):
            return False
        if how in ("later", "chase"):
            self.chaser = keys[0]
        if how == "chase":
            return True
        if self.lead is not None:
            return False
        first = keys[0]
        if side.startswith("后") or how == "later":
            first = keys[1] if len(keys) > 1 else self.other(keys[0])
        if how == "later" and len(values) > 1 and not self.goes_at(keys[0], values[1]):
            return False
        self.lead = "early" if how == "later" else how, first, values[0]
        return bool(first)

    def meets(self, how: str, who: list[str], time: t.Expr) -> bool:
        """They meet, or the one catches the other, after a time."""
        if self.met is not None:
            return False
        self.met = how, time
        return self.catches(who) if how == "caught" else True

    def catches(self, who: list[str]) -> bool:
        """Whether it can be that the first named catches the second."""
        keys = [self.named(name) for name in who]
        if "" in keys or len(set(keys)) != len(keys):
            return False
        if keys and self.chaser not in ("", keys[0]):
            return False
        self.chaser = keys[0] if keys else self.chaser
        return True


def read_motion(tale: Tale) -> list[Request] | None:
    """A time, a distance or a speed of two that move."""
    found = told(tale, PHRASES)
    if found is None:
        return None
    race = Race(spoken_zh=bool(re.search("[\u4e00-\u9fff]", tale.text)))
    for hit in found:
        if hit.says.startswith("ask") != (hit is found[-1]) or not _told(race, hit):
            return None
    lengths = {u for u in race.units if u in ("km", "m", "mile", "ft")}
    if len(lengths) > 1 or len(race.units - lengths) > 1:
        return None
    return _asked(tale, race)


def _key(name: str) -> str:
    """One name for one who moves: the first, the other, or what it is called."""
    name = name.lower().strip()
    if re.search(r"\b(?:second|other|another)\b|^另", name):
        return "2"
    if re.search(r"\b(?:first|one)\b", name):
        return "1"
    name = re.sub(r"^(?:an?|the) |^一[辆列]", "", name)
    return re.sub(r"(?<=[甲乙])(?:车|船|队|同学|汽车)$", "", name)


SPOKEN = {"mph": ("mile", "h"), "kph": ("km", "h"), "kmh": ("km", "h"), "m/s": ("m", "s")}


def _told(race: Race, hit: Hit) -> bool:
    """What a phrase adds; whether it goes with what was told before."""
    for unit in (*hit.every("l"), *hit.every("p")):
        race.units.add(UNITS[unit.lower()])
    for short in hit.every("s"):
        race.units.update(SPOKEN[short.lower()])
    race.places += hit.every("at")
    who = [_key(name) for name in hit.every("who")]
    numbers = [literal(said) for said in hit.every("n")]
    values = [number for number in numbers if number is not None]
    if len(values) < len(numbers):
        return False
    race.together = race.together or bool(re.search("同时|at the same time", hit.text))
    says = hit.says
    match says:
        case "place":
            race.one_place = True
        case "simul":
            race.together = True
        case "towards" | "same" | "apart":
            return race.goes(says)
        case "gap" | "ring":
            return race.lies(values[0], ring=says == "ring")
        case "speeds":
            return race.goes_at("1", values[0]) and race.goes_at("2", values[1])
        case "speed":
            return race.goes_at(who[0], values[0])
        case "leaves":
            return race.leaves(who[0], values)
        case "from":
            return bool(race.named(who[0]))
        case "speed_too":
            return bool(race.order) and race.goes_at(race.order[-1], values[0])
        case "later2":
            return race.leads("later", who, values, "")
        case "early" | "later" | "ahead" | "chase":
            return race.leads(says, who, values, hit.one("side"))
        case "met" | "caught":
            return race.meets(says, who, values[0])
    if says.startswith("ask"):
        race.wanted = says, who, values
    return True


def _asked(tale: Tale, race: Race) -> list[Request] | None:
    """The equation of the story, and what is asked."""
    if len(race.speeds) > 2 or len(race.order) > 2:
        return None
    says, who, values = race.wanted
    match says:
        case "ask_met":
            return _time(tale, race) if race.met is None else None
        case "ask_caught":
            fits = race.met is None and race.catches(who[:2])
            return _time(tale, race, caught=True) if fits else None
        case "ask_parted":
            fits = race.way == "apart" and race.gap is None and race.lies(values[0], ring=False)
            return _time(tale, race) if fits and race.met is None else None
        case "ask_apart":
            return _apart(tale, race, values[0])
        case "ask_gap" if race.met and race.met[0] == "met" and not race.gap:
            return _sum(tale, race, race.met[1]) if race.way == "towards" else None
        case "ask_speed":
            return _speed(tale, race, race.named(who[0]))
    return None


def _even(race: Race) -> bool:
    """Whether they start at the same time, one not before the other."""
    return race.lead is None and (race.together or not race.spoken_zh)


def _sum(tale: Tale, race: Race, time: t.Expr) -> list[Request] | None:
    """How far two go together who go in opposite ways."""
    if len(race.speeds) != 2 or not _even(race) or race.ring:
        return None
    tale.text = ""
    return [value_of(t.Mul((t.Add(tuple(race.speeds.values())), time)))]


def _apart(tale: Tale, race: Race, time: t.Expr) -> list[Request] | None:
    """How far from each other two are who start at one place."""
    if race.gap is not None or race.ring or race.met is not None:
        return None
    if race.way == "apart":
        return _sum(tale, race, time)
    faster = _faster(race)
    if race.way != "same" or not race.one_place or not _even(race) or not faster:
        return None
    speeds = race.speeds[faster], race.speeds[race.other(faster)]
    tale.text = ""
    return [value_of(t.Mul((t.sub(*speeds), time)))]


def _law(race: Race, time: t.Expr, *, caught: bool) -> t.Relation | None:
    """How the ways of the two belong together; ``None`` where that is not told."""
    if len(race.speeds) != 2:
        return None
    if not caught and (race.way in ("towards", "apart")):
        if (
            race.gap is None
            or not _even(race)
            or race.ring != (race.way == "apart" and race.wanted[0] != "ask_parted")
        ):
            return None
        ways = tuple(t.Mul((speed, time)) for speed in race.speeds.values())
        return t.equation(t.Add(ways), race.gap)
    if caught:
        clear = race.way == "same" or (not race.way and race.lead is not None)
    else:
        clear = race.way == "same" and race.ring
    return _chase(race, time) if clear else None


def _chase(race: Race, time: t.Expr) -> t.Relation | None:
    """The faster goes as far as the slower and the lead."""
    chaser = race.chaser or (race.other(race.lead[1]) if race.lead else "") or _faster(race)
    slower = race.other(chaser)
    if chaser not in race.speeds or slower not in race.speeds:
        return None
    fast, slow = race.speeds[chaser], race.speeds[slower]
    speeds = exact(fast), exact(slow)
    if None not in speeds and (speeds[0] or 0) <= (speeds[1] or 0):
        return None
    if race.lead is None:
        if race.gap is None or not _even(race):
            return None
        return t.equation(t.Mul((fast, time)), t.Add((t.Mul((slow, time)), race.gap)))
    how, first, lead = race.lead
    if len({*race.places} - {"同"}) > 1:
        return None
    if first != slower or race.gap is not None or (how == "early" and race.together):
        return None
    behind = (
        t.Mul((slow, t.Add((time, lead)))) if how == "early" else t.Add((t.Mul((slow, time)), lead))
    )
    return t.equation(t.Mul((fast, time)), behind)


def _faster(race: Race) -> str:
    known = {who: exact(speed) for who, speed in race.speeds.items()}
    if len(known) != 2 or None in known.values() or len(set(known.values())) == 1:
        return ""
    return max(known, key=lambda who: known[who] or 0)


def _time(tale: Tale, race: Race, *, caught: bool = False) -> list[Request] | None:
    letter = tale.letter("t", "x")
    time = t.Symbol(letter)
    law = _law(race, time, caught=caught)
    if law is None:
        return None
    why = Text(
        "Let {0} be the time since both are under way.",
        "设两者都出发后经过的时间为 {0}，由题意得",
        (time,),
    )
    tale.says(why, law, keep=(positive(letter),))
    tale.text = ""
    return [value_of(time)]


def _speed(tale: Tale, race: Race, who: str) -> list[Request] | None:
    if race.met is None or not who or who in race.speeds:
        return None
    letter = tale.letter("v", "x")
    race.speeds[who] = t.Symbol(letter)
    law = _law(race, race.met[1], caught=race.met[0] == "caught")
    if law is None:
        return None
    why = Text(
        "Let {0} be the speed that is not known.",
        "设所求的速度为 {0}，由题意得",
        (t.Symbol(letter),),
    )
    tale.says(why, law, keep=(positive(letter),))
    tale.text = ""
    return [value_of(t.Symbol(letter))]
