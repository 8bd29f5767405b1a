"""Things in a row at equal distances, and cuts through a rod: one more or one fewer than the gaps."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.quantities import NUMBER_LENGTH, NUMBER_TIME, TIME_OF_SPEED
from assistant.maths.reading.stories.telling import COUNT, Hit, Tongues, exact, literal, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request

# Chinese ---------------------------------------------------------------------------------

ROAD = r"(?:小路|马路|公路|道路|路|街道|大街|河堤|走廊|跑道|大道|小河|堤岸)"
POND = r"(?:圆形)?(?:花坛|滑冰场|溜冰场|池塘|湖|水池|跑道|操场|人工湖|鱼塘|花圃|广场|湖泊)"
PLANT = r"(?:栽|种|植|安装|安|装|放|插|摆|立|竖)"
UNIT = r"(?:棵|盏|根|面|盆|株|个)"
THING = r"(?P<thing>杨树|柳树|松树|桃树|梧桐树|树苗|树木?|路灯|灯|电线杆|彩旗|红旗|小旗|花|菊花)"
SIDE = r"(?P<side>[一两])(?:旁|侧|边)"
LONG = rf"(?:全)?长(?:度)?(?:是|为)?\s*{NUMBER_LENGTH}"
ASKS = rf"(?:一共|共|总共)?(?:需要?|要|可以?|能|应该?)?(?:准备|{PLANT})?(?:了)?(?:多少|几){UNIT}{THING}?"
CHINESE = (
    ("line", rf"(?:园林工人|工人叔叔|同学们|少先队员|学校)?(?:要|计划)?在(?:一条)?{LONG}的{ROAD}(?:的)?(?:{SIDE})?(?:上)?"),
    ("line", rf"(?:有)?(?:一条){ROAD}{LONG}"),
    ("between", rf"在?(?:相距\s*{NUMBER_LENGTH}的)?两(?:栋|座|幢)(?:教学|大)?楼(?:房)?之间(?:相距\s*{NUMBER_LENGTH})?"),
    ("ring", rf"在?(?:一个)?(?:周长(?:是|为)?\s*)?{NUMBER_LENGTH}的(?:圆形|环形){POND}(?:的)?(?:周围|四周|边上|一周)?"),
    ("ring", rf"在?(?:一个)?周长(?:是|为)?\s*{NUMBER_LENGTH}的{POND}(?:的)?(?:周围|四周|边上|一周)?"),
    ("ring", rf"(?:有)?(?:一个)?(?:圆形|环形){POND}(?:的)?周长(?:是|为)?\s*{NUMBER_LENGTH}"),
    ("ring", rf"(?:圆形|环形){POND}(?:一周)?(?:的)?(?:全|周)?长\s*{NUMBER_LENGTH}"),
    ("line_of", rf"(?:园林工人)?(?:沿|在)一条笔直的{ROAD}(?:的)?{SIDE}{PLANT}{THING}"),
    ("ask_span", r"从第(?:1|一)棵(?:树)?到最后(?:1|一)棵(?:树)?的?(?:距离|长度)(?:有多远|是多少米|有多少米|是多少)"),
    ("around", r"沿着?(?:这|它的)?一?[圈周]"),
    ("sides", rf"(?:现)?(?:要)?在(?:[这一]条)?{ROAD}?(?:的)?{SIDE}"),
    ("around", r"在(?:它|池塘|湖|花坛)?(?:的)?(?:周围|四周)"),
    ("plant", rf"{PLANT}{THING}(?=\s*[,.;(])"),
    ("every", rf"(?:(?:从头到尾)(?P<ends>))?每(?:隔|间隔)?\s*{NUMBER_LENGTH}(?:处)?{PLANT}\s*(?:一|1){UNIT}{THING}?"),
    ("every", rf"相邻两{UNIT}(?:{THING})?(?:之)?间?(?:的)?(?:距离|间隔)?(?:相距|是|为|都是)+\s*{NUMBER_LENGTH}"),
    ("both", rf"{ROAD}?(?:的)?(?:两端|两头|起点和终点)(?:都|也)(?:要)?{PLANT}|从头到尾|\((?:路的?)?两端(?:都|也)要?{PLANT}\)"),
    ("none", rf"(?:两端|两头)(?:都)?不{PLANT}|\(两端(?:都)?不{PLANT}\)"),
    ("one_end", rf"(?:只有)?一端{PLANT},?另一端不{PLANT}|只有一端{PLANT}"),
    ("count", rf"(?:一共|共|总共){PLANT}了?\s*(?P<n>{COUNT}){UNIT}{THING}?"),
    ("ask", ASKS),
    ("ask_length", rf"这条{ROAD}(?:全)?长(?:多少|几)米"),
    ("ask_gap", rf"(?:每)?(?:相邻)?两{UNIT}{THING}?(?:之)?间(?:的)?(?:距离|间隔|相距|相隔)+(?:是|为)?(?:多少|几)(?:米)"),
)  # fmt: skip
ROD = r"(?:木头|木料|钢管|绳子|木棍|圆木|铁丝|钢筋|竹竿)"
SAW = r"(?:锯|剪|截)"
SAWING = (
    ("rod", rf"(?:工人)?(?:把|将)?一根{ROD}(?={SAW}|要|,)"),
    ("pieces", rf"(?:要)?{SAW}成\s*(?P<n>{COUNT})\s*段"),
    ("each", rf"(?:如果|若)?每{SAW}(?:一|1)次(?:需要?|要|用|花)\s*{NUMBER_TIME}"),
    ("took", rf"(?:一共|共)?(?:需要?|要|用|花)了?\s*{NUMBER_TIME}"),
    ("again", rf"(?:照这样(?:计算)?|照这样的速度),?(?:如果|若)?(?:把(?:它|这根{ROD}))?(?:要)?{SAW}成\s*(?P<n>{COUNT})\s*段"),
    ("ask", rf"(?:{SAW}完)?(?:一共|共)?(?:需要?|要|用)(?:多少|几){TIME_OF_SPEED}"),
)  # fmt: skip

# English ---------------------------------------------------------------------------------

ITEM = r"(?P<thing>tree|lamp|lamppost|lamp post|street ?light|post|pole|flag)"
WAY = r"(?:straight )?(?:road|street|path|avenue|driveway|fence|track)"
RING = r"(?:circular|round) (?:pond|lake|track|garden|park|field|pool)"
SET = r"(?:planted|placed|put|set|installed|erected)"
ENGLISH = (
    ("every", rf"(?:{ITEM}s? (?:are|were|will be|are to be) )?{SET}(?: at intervals of)?(?: every)? {NUMBER_LENGTH}(?: apart)?"),
    ("every", rf"(?:every {NUMBER_LENGTH}|at intervals of {NUMBER_LENGTH}|{NUMBER_LENGTH} apart)"),
    ("set", rf"{ITEM}s? (?:are|were|will be|are to be) {SET}"),
    ("line", rf"along (?:(?P<side>one side|both sides|each side) of )?a {WAY}(?: that is| of length)? {NUMBER_LENGTH}(?: long| in length)?"),
    ("line", rf"along (?:(?P<side>one side|both sides|each side) of )?a {NUMBER_LENGTH}(?:[- ]long)? {WAY}"),
    ("ring", rf"around (?:the edge of )?a {RING} (?:with a (?:circumference|perimeter) of|whose (?:circumference|perimeter) is) {NUMBER_LENGTH}"),
    ("both", rf"with (?:a|one) {ITEM} at (?:each end|both ends)|(?:including|with) (?:a {ITEM} at )?both ends|starting and ending with a {ITEM}|there is a {ITEM} at (?:each end|both ends)"),
    ("none", rf"(?:with|but) no {ITEM}s? at (?:the|either) ends?"),
    ("ask", rf"how many {ITEM}s (?:are (?:there|needed|planted|required)|will be (?:needed|planted)|are there (?:in all|altogether))"),
)  # fmt: skip
PHRASES = Tongues(r"每隔|相邻|间隔|\bevery\b|apart|intervals", CHINESE, ENGLISH)
CUTS = Tongues(r"[锯剪截]成", SAWING)


@dataclass
class Row:
    """What is told of a row."""

    length: t.Expr | None = None
    gap: t.Expr | None = None
    count: t.Expr | None = None
    more: int | None = None
    """How many more things than gaps there are on one side."""
    ring: bool = False
    sides: int = 0
    kilometres: bool = False
    units: set[str] = field(default_factory=set)
    things: set[str] = field(default_factory=set)


def read_rows(tale: Tale) -> list[Request] | None:
    """How many trees stand along a road, how far apart, or how long it is."""
    found = told(tale, PHRASES)
    if found is None:
        return None
    row = Row()
    for hit in found[:-1]:
        row.units |= {"metre" if u in METRES else u.lower().rstrip("s") for u in hit.every("l")}
        row.kilometres = row.kilometres or any(METRES.get(u, 1) > 1 for u in hit.every("l"))
        if not _told(row, hit):
            return None
    row.things |= _things(found[-1])
    if row.kilometres and found[-1].says != "ask":
        return None
    if len(row.units) != 1 or len(row.things) > 1:
        return None
    wanted = _wanted(row, found[-1].says)
    value = None if wanted is None else exact(wanted)
    if (
        wanted is None
        or value is None
        or value <= 0
        or (found[-1].says == "ask" and value.denominator > 1)
    ):
        return None
    tale.text = ""
    return [value_of(wanted)]


METRES = {"千米": 1000, "公里": 1000, "km": 1000, "米": 1, "m": 1}


def _metres(hit: Hit) -> list[t.Expr | None]:
    """The lengths of a phrase, in metres where they are told in kilometres."""
    values = [literal(said) for said in hit.every("d")]
    sizes = [METRES.get(unit, 1) for unit in hit.every("l")]
    return [
        t.Mul((value, t.integer(size))) if value is not None and size > 1 else value
        for value, size in zip(values, sizes, strict=True)
    ]


def _things(hit: Hit) -> set[str]:
    """The things in a row; a tree is one of any kind."""
    return {"树" if "树" in name else name.lower() for name in hit.every("thing")}


def _told(row: Row, hit: Hit) -> bool:
    row.things |= _things(hit)
    lengths = _metres(hit)
    side = hit.one("side").lower()
    if side:
        many = 2 if side in ("两", "both sides", "each side") else 1
        if row.sides not in (0, many):
            return False
        row.sides = many
    match hit.says:
        case "line" | "between" | "ring":
            fresh = row.length is None and len(lengths) == 1
            row.length, row.ring = lengths[0] if lengths else None, hit.says == "ring"
            return fresh
        case "every":
            fresh = row.gap is None and len(lengths) == 1
            row.gap = lengths[0] if lengths else None
            return fresh and ("从头到尾" not in hit.text or _ends(row, 1))
        case "both" | "none" | "one_end":
            return _ends(row, {"both": 1, "none": -1, "one_end": 0}[hit.says])
        case "count":
            fresh, row.count = row.count is None, literal(hit.one("n"))
            return fresh
        case "around":
            return row.ring
    return hit.says in ("sides", "plant", "set", "line_of")


def _ends(row: Row, more: int) -> bool:
    """Whether things stand at the ends; told once."""
    fits = row.more in (None, more)
    row.more = more
    return fits


def _wanted(row: Row, says: str) -> t.Expr | None:
    if (row.ring == (row.more is not None) and says != "ask_span") or (row.ring and row.sides):
        return None
    more, sides = t.integer(row.more or 0), row.sides or 1
    if says == "ask":
        if row.length is None or row.gap is None or row.count is not None:
            return None
        between: t.Expr = t.Div(row.length, row.gap)
        value = exact(between)
        if value is None or value.denominator > 1:
            return None
        one: t.Expr = t.Add((between, more)) if row.more else between
        return t.Mul((one, t.integer(sides))) if sides > 1 else one
    if says == "ask_span":  # from the first to the last, whatever is beyond
        alone = row.length is None and not row.ring and sides == 1
        if row.count is None or row.gap is None or not alone:
            return None
        return t.Mul((row.gap, t.sub(row.count, t.integer(1))))
    if row.count is None or (row.length is None) == (row.gap is None):
        return None
    each: t.Expr = t.Div(row.count, t.integer(sides)) if sides > 1 else row.count
    gaps = t.sub(each, more) if row.more else each
    if says == "ask_length" and row.gap is not None:
        return t.Mul((row.gap, gaps))
    return t.Div(row.length, gaps) if says == "ask_gap" and row.length is not None else None


def read_cuts(tale: Tale) -> list[Request] | None:
    """How long it takes to saw a rod into pieces: one cut fewer than there are pieces."""
    found = told(tale, CUTS)
    if found is None:
        return None
    says = [hit.says for hit in found]
    pieces = [literal(hit.one("n")) for hit in found if hit.one("n")]
    times = [literal(said) for hit in found for said in hit.every("k")]
    units = {u for hit in found for u in (*hit.every("p"), *hit.every("vp"))}
    cuts = [t.sub(p, t.integer(1)) for p in pieces if p is not None]
    if len(units) != 1 or len(times) != 1 or times[0] is None or len(cuts) < len(pieces):
        return None
    if says in (["rod", "pieces", "each", "ask"], ["rod", "each", "pieces", "ask"]):
        wanted = t.Mul((cuts[0], times[0]))
    elif says == ["rod", "pieces", "took", "again", "ask"] and exact(cuts[0]):
        wanted = t.Mul((t.Div(times[0], cuts[0]), cuts[1]))
    else:
        return None
    tale.text = ""
    return [value_of(wanted)]
