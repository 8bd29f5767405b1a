"""One piece of work done by several: each alone, together, one after the other; pipes and a tank."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.maths import terms as t
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.telling import NUMBER, Hit, Tongues, exact, literal, told
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request

ONE = t.integer(1)
N = rf"(?P<n>{NUMBER})\s*"
UNIT = r"(?P<u>小时|时|天|分钟|日|hours?|days?|minutes?|weeks?|months?)"
# Chinese
ZH_WHO = r"(?P<who>[甲乙丙]|师傅|徒弟|小[\u4e00-\u9fff]|爸爸|妈妈)"
ZH_TEAM = r"(?:工程队|施工队|车间|水管|进水管|管|队|机器|型机|同学)?"
ZH_ALL = r"(?P<all>(?:[甲乙丙][、和与]?){2,3}(?:两|二|三)?(?:队|人|管|工程队)?|师徒(?:两人|二人)?|两(?:队|人|管)|二人|他们|三(?:人|队|管))"
SOLO = r"(?:单独|独自|独做|独|一人)(?:完成|做|修|打|开|注水|工作|施工|挖|抄|加工|铺)?(?:这项工程|此项工程|全部工程)?(?:需要?|要|用)?"
DONE = r"(?:才?(?:能|可以?)?(?:完成|做完|修完|打完|注满|灌满|挖完)?)"
OUT = r"(?:放完|排空|放空|排完)"
TOGETHER = r"(?:一起|合作|合做|合修|合打|合挖|合抄|合铺|齐开|共同|同时)(?:完成|做|工作|修|打开|开|施工|注水|打字)?(?:这项工程|此项工程|全部工程|需要?|要)*"

JOB = (
    r"(?:(?:a|an|the|this|that|one|same)\s+)(?:(?:certain|entire|whole|same|given|piece of|swimming|empty|full|water)\s+)*"
    r"(?P<job>job|work|task|room|house|fence|tank|pool|lawn|wall|car|report|project|cistern|reservoir|garden|field|batch|order)|it"
)
DO = r"(?:do|does|finish|complete|paint|fill|mow|build|wash|type|dig|clean|repair|write|produce|make|print|harvest)(?:es|s)?"
EN_NAME = r"(?:(?-i:[A-Z](?![a-z])|(?!How\b|It\b|In\b|The\b|If\b|They\b|What\b|Both\b|Find\b|Working\b|Together\b)[A-Z][a-z]+)|the (?:first|second|third|other|larger|smaller|inlet|outlet|drain) (?:pipe|worker|machine|tap|printer|man)|(?:an?|the) (?:inlet|outlet|drain|filling|waste|emptying) pipe|(?:one|a) (?:pipe|worker|machine|tap)|another(?: (?:pipe|worker|machine|tap))?)"
EN_WHO = rf"(?:(?:pipe|worker|machine|tap|printer) )?(?P<who>{EN_NAME})"
EN_ALL = rf"(?P<all>they|them|both(?: of them| pipes| taps| machines)?|the (?:two|three)(?: pipes| of them| workers| machines)?|(?:(?:pipes|pipe|workers|machines) )?{EN_NAME}(?:(?:, |,? and ){EN_NAME})+|all three)"
ALONE = r"(?: (?:alone|(?:working|by) (?:alone|himself|herself|itself)))?"
EN_TOGETHER = r"(?:,? ?(?:if (?P<all>they|both|all(?: three)?)(?: of them| pipes| taps)? (?:work|worked|are open|are opened|are used|run)|when (?:they work|(?P<all>both|all three) (?:pipes |taps )?are open(?:ed)?)|working|by working|opened))? ?(?:together|at the same time|simultaneously)"
OPEN_BOTH = r"(?: with (?P<all>both|all three|all) (?:pipes |taps )?(?:open|running|on)|,? (?:if|when) (?P<all>both|all three|all)(?: pipes| taps)? are (?:open|opened)(?: (?:together|at the same time|simultaneously))?)"
HOW_LONG = rf"(?:how (?:long|many {UNIT})|in how many {UNIT})"
PHRASES = Tongues(r"单独|独做|合作|合做|水管|管|together|alone|pipe|open", (
    ("scene", r"(?:某工程队)?(?:要|计划|承包)?(?:修建?|打|挖|加工|抄写?|完成|铺|有)?(?:一|某|这)(?:项|件|个|条|段|份|批)(?P<job>工程|工作|任务|水池|游泳池|公路|铁路|路|隧道|稿件|书稿|文件|水渠|零件)(?:上)?(?=\s*[,.;由甲乙师小单])"),
    ("scene", r"(?:一个|某)(?:水池|蓄水池|水箱)(?:装|设|安装)?有(?:(?:甲、?乙)?两[个根条]?进水管(?:和|与|及)(?:一[个根条])?丙?(?:排|出)水管|一[个根条]进水管(?:和|与|及)一[个根条](?:排|出)水管)"),
    ("scene", r"(?:一个|某)(?:水池|蓄水池|水箱)(?=\s*,)"),
    ("alone", rf"(?:单开|只开|单独打开|打开)?(?P<who>进)水管,?(?:需要?|要)?\s*{N}{UNIT}(?:可以?|能)?(?:把空池|将空池)?(?:注满|灌满)(?:水池|空池|全池|水)?"),
    ("drain", rf"(?:单开|只开|单独打开|打开)?(?P<who>[排出])水管,?(?:需要?|要)?\s*{N}{UNIT}(?:可以?|能)?(?:(?:将|把)满池水)?{OUT}(?:满池水|水池|一池水|满池的水)?"),
    ("drain", rf"(?:单开|只开|单独打开|打开)?{ZH_WHO}(?:[排出]水)?管,?(?:需要?|要)?\s*{N}{UNIT}(?:可以?|能)?(?:(?:将|把)满池水)?{OUT}"),
    ("scene", r"(?:一个|某)(?:水池|蓄水池)(?:装)?有甲、?乙两[个根条]?(?:进)?水管"),
    ("alone", rf"(?:由)?{ZH_WHO}{ZH_TEAM}{SOLO}\s*{N}{UNIT}{DONE}(?:这项工程)?"),
    ("alone", rf"(?:单开|(?:单独)?(?:开放?|打开)?){ZH_WHO}(?:进?水)?管(?:单独)?(?:开放?|打开)?,?(?:需要?|要)?\s*{N}{UNIT}(?:可以?|能)?(?:注满|灌满)(?:水池|空池|全池)?"),
    ("alone", rf"{ZH_WHO}管(?:单独)?(?:注满|灌满)(?:水池|全池|空池|水)?(?:需要?|要|用)\s*{N}{UNIT}"),
    ("drain", rf"(?:单独)?(?:开放?|打开)?{ZH_WHO}(?:排?出?水)?管(?:单独)?(?:开放?|打开)?,?(?:需要?|要)?\s*{N}{UNIT}(?:可以?|能)?{OUT}(?:满池水|水池|一池水|满池的水)?"),
    ("both", rf"(?:由)?{ZH_ALL}{TOGETHER}\s*{N}{UNIT}{DONE}(?:这项工程)?"),
    ("first", rf"(?:先由?|由){ZH_WHO}{ZH_TEAM}(?:先)?(?:单独)?(?:做|工作|干|修|施工|开)了?\s*{N}{UNIT}(?:后)?|{ZH_WHO}{ZH_TEAM}先(?:单独)?(?:做|工作|干|修|施工|开)了?\s*{N}{UNIT}(?:后)?"),
    ("first_both", rf"(?:先由?)?{ZH_ALL}(?:先)?(?:合作|合做|一起做|共同做)(?:了\s*{N}{UNIT}(?:后)?|\s*{N}{UNIT}(?:之后|以后|后))"),
    ("left", rf"{ZH_WHO}{ZH_TEAM}(?:因故|有事)?(?:离开|调走|退出|走)了?"),
    ("ask_both", rf"(?:剩下的?(?:工程|工作|任务)?|余下的?(?:工程|工作|任务)?)?(?:再)?(?:由)?{ZH_ALL}{TOGETHER},?(?:还)?(?:需要?|要|用)?(?:几|多少)\s*个?{UNIT}(?:可以?|能)?{DONE}(?:这项工程|水池)?"),
    ("ask_one", rf"(?:剩下的?(?:工程|工作|任务)?|余下的?(?:工程|工作|任务)?)(?:再)?(?:由)?{ZH_WHO}{ZH_TEAM}(?:单独)?(?:做|完成|来做|单独完成)?,?(?:还)?(?:需要?|要|用)?(?:几|多少)\s*个?{UNIT}{DONE}"),
    ("ask_alone", rf"(?:由)?{ZH_WHO}{ZH_TEAM}{SOLO}(?:几|多少)\s*个?{UNIT}{DONE}(?:这项工程)?"),
), (
    ("alone", rf"{EN_WHO}{ALONE} (?:can |could )?{DO} (?:{JOB}){ALONE} in {N}{UNIT}{ALONE}"),
    ("alone", rf"{EN_WHO} (?:can )?in {N}{UNIT}"),
    ("alone", rf"{EN_WHO}{ALONE} takes {N}{UNIT}(?: to {DO} (?:{JOB})(?: alone)?)?"),
    ("alone", rf"it takes {EN_WHO}{ALONE} {N}{UNIT}(?: to {DO} (?:{JOB}){ALONE})?"),
    ("drain", rf"{EN_WHO} (?:can |could )?(?:empty|empties|drain|drains) (?:{JOB}) in {N}{UNIT}"),
    ("each", rf"two (?:pipes|taps|workers|men|machines|painters) (?:working alone )?can {DO} (?:{JOB}) in {N}{UNIT} and {N}{UNIT}(?:,? respectively)"),
    ("both", rf"(?:together,? {EN_ALL}|{EN_ALL} together|working together,? {EN_ALL}) (?:can |could )?(?:{DO} (?:{JOB}) in|take) {N}{UNIT}"),
    ("ask_both", rf"{HOW_LONG} (?:will|does|would|do|can|could|must) (?:it take (?:for )?(?:{EN_ALL})?(?: ?to {DO} (?:{JOB}))?(?:{EN_TOGETHER}|{OPEN_BOTH})|{EN_ALL} (?:take(?: to {DO} (?:{JOB}))?|{DO} (?:{JOB})){EN_TOGETHER})"),
    ("ask_both", rf"(?:working |if they work )?together,? {HOW_LONG} (?:will|does|would) (?:it take {EN_ALL}|{EN_ALL} take)(?: to {DO} (?:{JOB}))?"),
    ("ask_both", rf"(?:(?:if|when) )?(?:{EN_ALL} work together|(?P<all>both|all three|all) (?:(?:of )?(?:the )?(?:pipes|taps) )?are open(?:ed)?(?: together| at the same time)?),? {HOW_LONG} (?:will|does|would) it take(?: them)?(?: to {DO} (?:{JOB}))?"),
    ("ask_alone", rf"{HOW_LONG} (?:will|does|would|can|could) (?:it take {EN_WHO} (?:alone )?to {DO} (?:{JOB})|{EN_WHO}(?: alone)? (?:take(?: to {DO} (?:{JOB}))?|{DO} (?:{JOB})))(?: alone| by himself| by herself| by itself)"),
))  # fmt: skip
EVERYBODY = re.compile(
    r"(?:师徒|两|二人|他们|三|they|them|both|the two|the three|all)", re.IGNORECASE
)


@dataclass
class Work:
    """Who does how much of the work in a unit of time."""

    tale: Tale
    rates: dict[str, t.Expr] = field(default_factory=dict)
    times: dict[str, t.Expr] = field(default_factory=dict)
    units: set[str] = field(default_factory=set)
    done: list[t.Expr] = field(default_factory=list)
    together: tuple[str, t.Expr] | None = None
    jobs: set[str] = field(default_factory=set)
    """What is done, by its name: one thing only."""
    left: set[str] = field(default_factory=set)
    """Who stops working."""

    def alone(self, who: str, time: t.Expr | None, *, fills: bool) -> bool:
        """How long one takes."""
        if time is None or who in self.rates:
            return False
        self.times[who] = time
        rate = t.Div(ONE, time)
        self.rates[who] = rate if fills else t.Neg(rate)
        return True

    def meant(self, all_: str) -> list[str] | None:
        """The workers of a group: by their names, or all of whom the story tells."""
        if EVERYBODY.match(all_):
            size = 3 if re.search(r"三|three", all_) else 2
            free = re.match(r"(?:他们|they|them|all)$", all_, re.IGNORECASE)
            return list(self.rates) if free or len(self.rates) == size else None
        if re.match(r"[甲乙丙]", all_):
            names = re.findall("[甲乙丙]", all_)
        else:
            bare = re.sub(r"^(?:pipes?|workers|machines) ", "", all_, flags=re.IGNORECASE)
            names = [_name(n) for n in re.split(r",? and |, ", bare)]
        told_of = re.search("[两二三]", all_)
        if told_of and len(names) != (3 if told_of[0] == "三" else 2):
            return None
        return names if len(set(names)) == len(names) else None


def _name(who: str) -> str:
    who = re.sub(r"^(?:an?|the) (?=\w+ pipe$)", "", who.strip(), flags=re.IGNORECASE)
    return re.sub(
        r"^(?:pipe|worker|machine|tap|printer) ", "", who.strip(), flags=re.IGNORECASE
    ).lower()


def read_work(tale: Tale) -> list[Request] | None:
    """How long several take together, or one of them."""
    found = told(tale, PHRASES)
    if found is None or len(found) < 3 - (found[0].says == "each"):
        return None
    work = Work(tale)
    if not all(_told(work, hit) for hit in found[:-1]):
        return None
    work.units.update(map(_unit, found[-1].every("u")))
    work.jobs |= {job.lower() for hit in found for job in hit.every("job")}
    if len(work.units) > 1 or len(work.jobs) > 1:
        return None
    wanted = _wanted(work, found[-1])
    if wanted is None:
        return None
    tale.text = ""
    return [value_of(wanted)]


def _unit(word: str) -> str:
    return {"日": "天", "时": "小时"}.get(word, word.lower().rstrip("s"))


def _told(work: Work, hit: Hit) -> bool:
    if hit.says == "scene":
        return True
    if hit.says.startswith("ask"):
        return False
    if hit.says == "left":
        work.left.add(_name(hit.one("who")))
        return bool(work.done)
    work.units.update(map(_unit, hit.every("u")))
    time, who = literal(hit.one("n")), _name(hit.one("who"))
    if time is None or len(work.units) > 1:
        return False
    if hit.says == "each":
        times = [literal(said) for said in hit.every("n")]
        return not work.rates and all(
            work.alone(f"#{n}", time, fills=True) for n, time in enumerate(times)
        )
    if hit.says in ("alone", "drain"):
        return not work.done and work.alone(who, time, fills=hit.says == "alone")
    if hit.says == "both":
        if work.done or work.together is not None:
            return False
        work.together = (hit.one("all"), time)
        return True
    names = [who] if hit.says == "first" else work.meant(hit.one("all"))
    if not names or any(n not in work.rates for n in names) or work.together is not None:
        return False
    work.done += [t.Mul((time, work.rates[n])) for n in names]
    return True


def _wanted(work: Work, hit: Hit) -> t.Expr | None:
    if hit.says == "ask_alone":
        return _other(work, _name(hit.one("who")))
    if work.together is not None:
        return None
    if hit.says == "ask_one":
        names: list[str] | None = [_name(hit.one("who"))]
    else:
        names = work.meant(hit.one("all") or "they")
    if (
        not names
        or any(n not in work.rates for n in names)
        or (len(names) < 2 and hit.says == "ask_both")
    ):
        return None
    if (hit.says == "ask_one" and not work.done) or work.left & set(names):
        return None
    if set(names) != set(work.rates) and not work.done:
        return None
    left = t.sub(ONE, t.Add(tuple(work.done))) if work.done else ONE
    pace = t.Add(tuple(work.rates[n] for n in names)) if len(names) > 1 else work.rates[names[0]]
    time = t.Div(left, pace)
    value = exact(time)
    return time if value is not None and value > 0 else None


def _other(work: Work, who: str) -> t.Expr | None:
    """How long one takes alone, of whom only the work with others is known."""
    if work.together is None or work.done or who in work.rates:
        return None
    all_, time = work.together
    work.rates[who] = ONE
    names = work.meant(all_)
    if names is None or set(names) != set(work.rates):
        return None
    others = tuple(t.Neg(work.rates[n]) for n in names if n != who)
    alone = t.Div(ONE, t.Add((t.Div(ONE, time), *others)))
    value = exact(alone)
    return alone if value is not None and value > 0 else None
