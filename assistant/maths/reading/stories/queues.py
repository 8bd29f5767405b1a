"""Places in a row: who stands where from both ends, and how many there are (排队问题)."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.telling import COUNT, Hit, Tongues, exact, literal, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Text

ONES = r"(?:个?人|个|名|位|只)(?:同学|学生|小朋友|小动物)?"
NAME = r"(?P<who>小[\u4e00-\u9fff]|[\u4e00-\u9fff]{2}?|他|她|我)"
ROW = r"(?:队伍|队|列|排|行|纵队|横队)"
FORM = rf"(?:排|站)(?:成|了)?(?:一|1)?(?:条|个)?{ROW}(?:做操|做广播操|买票|照相|上车|放学|去参观)?"
SIDES = {"前": "后", "后": "前", "左": "右", "右": "左"}
WAY = r"从(?P<side>[前后左右])(?:面|边)?(?:往[前后左右](?:面|边)?|向[前后左右](?:面|边)?)?(?:数起|数|起)?,?"
CHINESE = (
    ("scene", rf"(?:体育课上|做操时)?,?(?:同学们|小朋友们?|学生们|同学|大家|一队同学|全班同学)?(?:们)?{FORM}|(?:同学们|小朋友)?排队(?:做操|买票|上车|放学)?"),
    ("size", rf"(?:有)?(?P<n>{COUNT})\s*{ONES}(?:{FORM})"),
    ("place", rf"{WAY}{NAME}?(?:是|排在?|站在?|在)?第(?P<n>{COUNT})(?:{ONES})?"),
    ("place", rf"{NAME}(?:的位置)?{WAY}(?:是|排在?|站在?|在)?第(?P<n>{COUNT})(?:{ONES})?"),
    ("place", rf"{WAY}第(?P<n>{COUNT})(?:{ONES})?是{NAME}"),
    ("middle", rf"{NAME}排在队伍的(?:正)?中间,?(?:无论|不论|不管)?上?从前(?:往后)?数?,?(?:还是)?从后(?:往前)?数,?都是第(?P<n>{COUNT})(?:{ONES})?"),
    ("beside", rf"{NAME}?的?(?P<side>[前后左右])(?:面|边)(?:还)?有(?P<n>{COUNT}){ONES}"),
    ("equal", r"每[行排列]的?人数(?:同样多|都?相等|都?相同|一样多)|(?:同学们)?排成(?:一个)?方队(?:做操|做广播操)?"),
    ("ask", rf"(?:这一?{ROW}|{ROW}里|他们|做操的(?:同学)?|这个方队)?(?:一共|共|总共)?有?(?:多少|几){ONES}(?:做操|排队)?"),
    ("ask_between", rf"(?P<who>[\u4e00-\u9fff]{{2}})(?:和|与)(?P<who>[\u4e00-\u9fff]{{2}})(?:之间|中间)(?:一共|共)?有(?:多少|几){ONES}"),
)  # fmt: skip
PHRASES = Tongues(r"从[前后左右]|[前后左右][面边]", CHINESE)
WHY = Text(
    "Those before and behind one, and oneself.",
    "一行的人数 = 前面的人数 + 后面的人数 + 1，由题意得",
)
BETWEEN = Text(
    "Both places are counted from the same end.",
    "先把两个位置都从同一端数起，再求中间的人数，由题意得",
)
PRONOUNS = frozenset("他 她 我".split())


def read_queues(tale: Tale) -> list[Request] | None:
    """How many stand in a row, or in the rows of a square, or between two."""
    found = told(tale, PHRASES)
    if found is None:
        return None
    asked = found[-1]
    if any(hit.says.startswith("ask") for hit in found[:-1]):
        return None
    if asked.says == "ask_between":
        return _between(tale, found, asked)
    names = {name for hit in found for name in hit.every("who")} - PRONOUNS
    if len(names) != 1 or any(hit.says == "size" for hit in found):
        return None
    beside = _beside(found)
    if beside is None:
        return None
    rows = [_row(beside, *pair) for pair in ("前后", "左右") if beside.keys() & set(pair)]
    if not rows or None in rows or len(beside) != 2 * len(rows):
        return None
    sizes = [row for row in rows if row is not None]
    if len(sizes) > 1 and not any(hit.says == "equal" for hit in found):
        return None
    x = t.Symbol(tale.letter("x"))
    whole = sizes[0] if len(sizes) == 1 else t.Mul(tuple(sizes))
    tale.says(WHY, t.equation(x, whole))
    tale.text = ""
    return [value_of(x)]


def _number(hit: Hit) -> t.Expr | None:
    value = literal(hit.one("n"))
    size = None if value is None else exact(value)
    return value if size is not None and size.denominator == 1 else None


def _beside(found: list[Hit]) -> dict[str, t.Expr] | None:
    """How many stand on each side of the one who is told of."""
    sides: dict[str, t.Expr] = {}
    for hit in found:
        if hit.says not in ("place", "beside", "middle"):
            continue
        number = _number(hit)
        if number is None:
            return None
        one_less = t.sub(number, t.integer(1))
        told_of = {hit.one("side"): number if hit.says == "beside" else one_less}
        if hit.says == "middle":
            told_of = {"前": one_less, "后": one_less}
        if sides.keys() & told_of.keys() or any((exact(v) or 0) < 0 for v in told_of.values()):
            return None
        sides |= told_of
    return sides


def _row(beside: dict[str, t.Expr], one: str, other: str) -> t.Expr | None:
    if one not in beside or other not in beside:
        return None
    return t.add(beside[one], beside[other], t.integer(1))


def _between(tale: Tale, found: list[Hit], asked: Hit) -> list[Request] | None:
    """How many stand between two, one told from each end of a row of so many."""
    sizes = [hit for hit in found if hit.says == "size"]
    places = [hit for hit in found if hit.says == "place"]
    if len(sizes) != 1 or len(places) != 2 or len(found) != 2 + len(places):
        return None
    names = [hit.one("who") for hit in places]
    if sorted(names) != sorted(asked.every("who")) or len(set(names)) != 2:
        return None
    size, one, other = _number(sizes[0]), _number(places[0]), _number(places[1])
    if size is None or one is None or other is None:
        return None
    if SIDES.get(places[0].one("side")) != places[1].one("side"):
        return None
    mirrored = t.add(t.sub(size, other), t.integer(1))
    values = exact(size), exact(one), exact(mirrored)
    if None in values or not all(0 < (v or 0) <= (values[0] or 0) for v in values[1:]):
        return None
    first, second = (one, mirrored) if (values[1] or 0) > (values[2] or 0) else (mirrored, one)
    between = t.sub(t.sub(first, second), t.integer(1))
    if (exact(between) or 0) < 0 or exact(between) is None:
        return None
    x = t.Symbol(tale.letter("x"))
    tale.says(BETWEEN, t.equation(x, between))
    tale.text = ""
    return [value_of(x)]
