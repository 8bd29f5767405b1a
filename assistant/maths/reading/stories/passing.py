"""A train that passes something: it goes as far as it and that thing are long."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.maths import terms as t
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

ACTOR = r"(?P<actor>火车|列车|客车|货车|动车|高铁)"
ZT = rf"(?:(?:这|该|此)?(?:列)?{ACTOR}|车身|全车|它)"
A_TRAIN = rf"(?:(?:有)?(?P<article>[一某])(?:列|辆)?{ACTOR})"
ANY_TRAIN = frozenset(("火车", "列车"))
THING = r"(?P<thing>铁路桥|大桥|铁桥|桥梁|桥|隧道|山洞|站台|涵洞)"
POLE = r"(?:一(?:根|盏|个|名|位|棵))?(?:(?:竖在|站在|立在)?(?:铁路旁|路旁|路边|铁路边|站台上)的?)?(?:电线杆|路灯|信号灯|树|(?:静止(?:不动)?的|站着不动的)人)(?:身边|旁边?)?"
CROSSES = r"(?:完全|匀速|全部)*(?:驶过|开过|通过|穿过|经过|过)了?"
ONE = r"(?P<one>一|另一)(?:座|条|个)"
THIS = r"(?:(?:这|该|此)(?:座|条|个)?)?"
USED = r"(?:(?:一共|总共|共)?(?:用了?|需要?|用时|花了?|要))"
FROM_TO = r"从车头(?:开始|开)?(?:上|进入?)(?P<thing>桥|隧道|山洞)(?:开始)?到(?:最后一节)?车尾(?:完全)?(?:离开?|下|出)(?:桥|隧道|山洞)"
AS_LONG = rf"长(?:度)?(?:是|为)?\s*{NUMBER_LENGTH}"
CHINESE = (
    ("length", rf"(?:{A_TRAIN}|{ZT})(?:的)?(?:车身|全)?{AS_LONG}"),
    ("length", rf"(?:有)?(?P<article>一)列(?:车身|全)?(?:{AS_LONG}|{NUMBER_LENGTH}长)的{ACTOR}"),
    ("scene", rf"{A_TRAIN}|{ZT}"),
    ("speed", rf"(?:{A_TRAIN}|{ZT})?(?:的)?(?:(?:行驶)?速度(?:是|为)?|每)?(?:(?<=每){TIME_OF_SPEED}行驶?\s*|){SPEED}"),
    ("speed", rf"(?:{A_TRAIN}|{ZT})?以{SPEED}的速度(?:匀速)?(?:行驶|前进)?"),
    ("same", r"(?:用|以|按)(?:同样|相同|这样|这个|同一)的?速度(?:行驶)?"),
    ("pass", rf"(?:{A_TRAIN}|{ZT})?{CROSSES}{ONE}(?:铁路)?(?:{AS_LONG}|{NUMBER_LENGTH}长?)的{THING}"),
    ("pass", rf"(?:{A_TRAIN}|{ZT})?{CROSSES}(?:{AS_LONG}|{NUMBER_LENGTH}长?)的{THING}"),
    ("pass", rf"(?:{A_TRAIN}|{ZT})?{CROSSES}(?:{ONE}|{THIS}){THING}"),
    ("pass", FROM_TO),
    ("pole", rf"(?:{A_TRAIN}|{ZT})?(?:从)?{CROSSES}{POLE}"),
    ("thing", rf"(?:{THIS}|有?{ONE}){THING}(?:的)?(?:全)?{AS_LONG}"),
    ("took", rf"{USED}(?:的?时间(?:是|为)?)?\s*{NUMBER_TIME}(?:的?时间)?"),
    ("ask_time", rf"{USED}(?:多少|几){TIME_OF_SPEED}(?:的?时间)?|{USED}多长时间"),
    ("ask_time", rf"(?:多少|几){TIME_OF_SPEED}(?:后)?(?:才?能|可以?)?{CROSSES}{THIS}{THING}"),
    ("ask_speed_length", rf"{ZT}的?(?:速度和(?:车身)?长度?|(?:车身)?长度?和速度)(?:各是多少)?"),
    ("ask_speed", rf"(?:{ZT})?(?:的)?(?:速度(?:是|为)?)?(?:每{TIME_OF_SPEED}行?驶?(?:多少|几){LENGTH_OF_SPEED}|(?<=速度是)多少|(?<=的速度))"),
    ("ask_length", rf"(?:{ZT}|车)的?(?:车身|全)?长(?:度)?(?:是|为)?(?:多少|几)(?P<l>米|千米)?|{ZT}的(?:车身)?长度?"),
    ("ask_thing", rf"{THIS}{THING}(?:的)?(?:全)?长(?:度)?(?:是|为)?(?:多少|几)(?P<l>米|千米)?|{THIS}{THING}的长度?"),
)  # fmt: skip

# English ---------------------------------------------------------------------------------

TRAIN = r"(?:(?:(?P<article>an?)|the|this) (?P<actor>(?:(?:passenger|freight|goods|express|moving) )?train)|it)"
WHAT = r"(?P<thing>bridge|tunnel|platform)"
POST = r"(?:a|the) (?:(?:telegraph|telephone|signal|lamp|light|electric|power) )?(?:pole|post|signal|tree|lamppost|milestone)|a (?:man|person|woman|boy) (?:standing|who (?:is|was) standing|who stands)(?: still)?(?: (?:on (?:a|the) platform|(?:by|beside|near) the (?:track|tracks|railway line|line)))?"
CROSS = r"(?:completely |fully )?(?:pass|cross|clear|go|travel|run|move|get)(?:es|s|ed|ing)?(?: completely| entirely)?(?: through| over| across| by| past)?(?: completely| entirely)?"
OF_LENGTH = rf"(?:(?:that|which) is {NUMBER_LENGTH}(?: long| in length)?|{NUMBER_LENGTH} (?:long|in length)|(?:of length|with a length of|whose length is) {NUMBER_LENGTH}|of {NUMBER_LENGTH} length)"
OVER = rf"(?:(?P<one>a|another|the|this) {NUMBER_LENGTH}(?:[- ]long)? {WHAT}|(?P<one>a|another|the) {WHAT},? {OF_LENGTH},?|(?P<one>a|another|the|this|the same) {WHAT})"
FULLY = r"(?: completely| entirely)?"
RUNS = r"(?:,? ?(?:(?:is|was) )?(?:travel+ing|moving|running|going|travels|moves|runs|goes|travel+ed))?"
ENGLISH = (
    ("length", rf"{TRAIN},? (?:is |was )?{OF_LENGTH},?"),
    ("length", rf"(?P<article>an?) {NUMBER_LENGTH}(?:[- ]long)? (?P<actor>(?:(?:passenger|freight|goods|express) )?train)"),
    ("length", rf"the length of {TRAIN} is {NUMBER_LENGTH}"),
    ("scene", TRAIN),
    ("speed", rf"(?:{TRAIN})?{RUNS} ?(?:at |with )?(?:(?:a |an )?(?:constant |uniform |steady |average )*(?:speed|rate) of )?{SPEED}"),
    ("speed", rf"the speed of {TRAIN} is {SPEED}"),
    ("same", r"at the same speed"),
    ("pass", rf"(?:{TRAIN} )?{CROSS} {OVER}{FULLY}"),
    ("pass", rf"(?:{TRAIN} )?(?:enters|is going to cross) {OVER}"),
    ("pole", rf"(?:{TRAIN} )?{CROSS} (?:{POST})"),
    ("took", rf"in {NUMBER_TIME}(?: while)?"),
    ("pass_took", rf"(?:{TRAIN} takes|it takes(?: {TRAIN})?) {NUMBER_TIME} to {CROSS} (?:{OVER}|(?P<pole>{POST})){FULLY}"),
    ("pass_took", rf"(?:{TRAIN} takes|it takes(?: {TRAIN})?) {NUMBER_TIME} to {CROSS} (?P<pole>{POST})"),
    ("took", rf"(?:and )?(?:takes|took) {NUMBER_TIME}(?: to do so)?"),
    ("thing", rf"the {WHAT} is {NUMBER_LENGTH}(?: long| in length)?|the length of the {WHAT} is {NUMBER_LENGTH}"),
    ("ask_pass", rf"(?:how (?:long|many {TIME_OF_SPEED})|in how many {TIME_OF_SPEED}|in what time|(?:find|what is) the time) (?:does it take|will it take|would it take|(?:will|does|would) {TRAIN} take|taken by {TRAIN}|will {TRAIN})(?: for)?(?: {TRAIN})?(?: to)? {CROSS} (?:{OVER}|(?P<pole>{POST})){FULLY}"),
    ("ask_time_first", rf"how (?:long|many {TIME_OF_SPEED}) (?:does|will|would)(?= (?:a|an|the) )"),
    ("ask_pass", rf"(?:to )?take to {CROSS} (?:{OVER}|(?P<pole>{POST})){FULLY}"),
    ("ask_speed_length", rf"(?:find|what (?:is|are)) (?:the length and (?:the )?speed|the speed and (?:the )?length) of {TRAIN}"),
    ("ask_speed", rf"(?:find|what (?:is|was)|calculate|determine) (?:the speed of {TRAIN}|its speed)(?: in {LENGTH_OF_SPEED} ?(?:/|per) ?{TIME_OF_SPEED})?|how fast is {TRAIN} (?:travel+ing|moving|going)"),
    ("ask_length", rf"(?:find|what (?:is|was)|calculate|determine) (?:the length of {TRAIN}|its length)(?: in (?P<l>met(?:er|re)s|km))?|how long is {TRAIN}"),
    ("ask_thing", rf"(?:find|what (?:is|was)|calculate|determine) the length of the {WHAT}(?: in (?P<l>met(?:er|re)s))?|how long is the {WHAT}"),
)  # fmt: skip
PHRASES = Tongues(r"车.*(?:过|车头)|train.*\b(?:pass|cross|clear|through|over)", CHINESE, ENGLISH)


TIME = Text("the time", "所用的时间")
CALLED = {
    "speed": Text("the speed of the train", "火车的速度"),
    "length": Text("the length of the train", "火车的长度"),
    "time 1": TIME,
    "time 2": TIME,
    **{
        f"{thing} {n}": Text(f"the length of the {en}", f"{zh}的长度")
        for thing, en, zh in (
            ("桥", "bridge", "桥"), ("隧道", "tunnel", "隧道"), ("山洞", "tunnel", "山洞"), ("站台", "platform", "站台"),
            ("bridge", "bridge", "桥"), ("tunnel", "tunnel", "隧道"), ("platform", "platform", "站台"),
        )
        for n in (1, 2)
    },
}  # fmt: skip


@dataclass
class Passing:
    """What is told of the train, and of that which it passes, each time."""

    book: Quantities
    scale: Scale
    passed: list[str] = field(default_factory=list)
    """What is passed each time: the name of its length."""
    wanted: list[str] = field(default_factory=list)
    many: int = 0

    def passes(self, hit: Hit) -> bool:
        """It passes something: a new thing, or the one that was just told of."""
        lengths = self.scale.lengths(hit)
        if hit.says == "pole" or hit.one("pole"):
            return self._next("0")
        thing = _thing(hit)
        known = [name for name in (*self.passed, *self.book.told) if _is(name, thing)]
        fresh = hit.one("one").lower() in ("一", "另一", "a", "another")
        if not lengths and known and not (fresh and _is(known[-1], thing) and len(known) > 1):
            if hit.one("one").lower() in ("另一", "another"):
                return False
            return self._next(known[-1])
        self.many += 1
        name = f"{thing} {self.many}"
        return self._next(name) and (not lengths or self.book.tell(name, lengths[0]))

    def _next(self, name: str) -> bool:
        """Another time, unless it is the one that goes on."""
        if self.passed and self.passed[-1] == name and self.time not in self.book.told:
            return True
        self.passed.append(name)
        return len(self.passed) <= 2

    @property
    def time(self) -> str:
        """The name of the time that the last passage takes."""
        return f"time {len(self.passed)}"

    def is_long(self, hit: Hit) -> bool:
        """How long a thing is that was named, or will be."""
        thing, lengths = _thing(hit), self.scale.lengths(hit)
        names = [name for name in self.passed if _is(name, thing)]
        if len(set(names)) > 1 or not lengths:
            return False
        if not names:
            self.many += 1
        return self.book.tell(names[0] if names else f"{thing} {self.many}", lengths[0])

    def asks_thing(self, hit: Hit) -> bool:
        """How long a thing is, is asked."""
        names = {name for name in self.passed if _is(name, _thing(hit))}
        self.wanted += names
        return len(names) == 1


def _thing(hit: Hit) -> str:
    name = hit.one("thing").lower()
    return "桥" if name.endswith(("桥", "桥梁")) else name


def _is(name: str, thing: str) -> bool:
    return name.rpartition(" ")[0] == thing


def read_passing(tale: Tale) -> list[Request] | None:
    """How long a train takes to pass a bridge, how long one of them is, or how fast it goes."""
    found = told(tale, PHRASES)
    scale = Scale.of(found) if found else None
    if found is None or scale is None or not of_one(found, ANY_TRAIN):
        return None
    passing = Passing(Quantities(tale, CALLED), scale)
    for hit in found:
        if passing.wanted and not hit.says.startswith("ask"):
            return None
        if not _told(passing, hit):
            return None
    return _requests(passing)


def _told(passing: Passing, hit: Hit) -> bool:
    book, scale = passing.book, passing.scale
    match hit.says:
        case "length":
            return book.tell("length", next(iter(scale.lengths(hit)), None))
        case "speed":
            return book.tell("speed", scale.speed(hit))
        case "same":
            return bool(passing.passed)
        case "pass" | "pole":
            return passing.passes(hit)
        case "took":
            return bool(passing.passed) and book.tell(passing.time, scale.time(hit))
        case "pass_took":
            return passing.passes(hit) and book.tell(passing.time, scale.time(hit))
        case "thing":
            return passing.is_long(hit)
        case "ask_pass" if not passing.passes(hit):
            return False
        case "ask_time" | "ask_pass":
            passing.wanted.append(passing.time)
            return bool(passing.passed)
        case "ask_thing":
            return passing.asks_thing(hit)
        case "ask_speed_length":
            swapped = re.search("length.*speed|长.*速度", hit.text)
            passing.wanted += ["length", "speed"] if swapped else ["speed", "length"]
        case "ask_speed" | "ask_length":
            passing.wanted.append(hit.says.removeprefix("ask_"))
    return hit.says == "scene" or hit.says.startswith("ask")


def _requests(passing: Passing) -> list[Request] | None:
    book = passing.book
    book.told["0"] = t.integer(0)
    speed, length = book.of("speed", "v", "x"), book.of("length", "l", "y")
    equations = []
    for number, thing in enumerate(passing.passed, 1):
        way = length if thing == "0" else t.Add((length, book.of(thing, "b", "z")))
        equations.append(t.equation(product(speed, book.of(f"time {number}", "t", "u")), way))
    metres, seconds = passing.scale.shown()
    why = Text(
        "From its head reaching the thing to its tail leaving it, the train goes its own length "
        f"and that of the thing. Lengths in {metres.en}, times in {seconds.en}.",
        "从车头到达至车尾离开，火车行驶的路程 = 车长 + 所过之物的长。"
        f"长度单位：{metres.zh}，时间单位：{seconds.zh}。",
    )
    return book.requests(why, equations, passing.wanted)
