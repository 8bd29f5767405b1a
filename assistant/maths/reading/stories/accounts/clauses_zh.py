"""The clauses of Chinese stories about amounts: each must be one of these from end to end."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.reading.patterns import Late
from assistant.maths.reading.stories.accounts.facts import (
    NOT,
    Amount,
    Ask,
    Asked,
    Compare,
    Fact,
    Kind,
    Members,
    Paid,
    Pair,
    Per,
    Rest,
    Same,
    Sense,
    Shared,
)
from assistant.maths.reading.stories.accounts.patterns_zh import (
    AMOUNT,
    APART,
    ASK,
    BOUGHT,
    BY_SHARE,
    CHANGE,
    COMPARE,
    GROUPED,
    HALVES,
    HOW_MUCH,
    LATER,
    LESS,
    LISTED,
    MEMBERS,
    OF_IT,
    PAID,
    PAIR,
    PARTS,
    PER,
    REST,
    SAME,
    SHARED,
    SOME_SHARE,
    SPENT,
    TIMES,
    TOGETHER,
    N,
)
from assistant.maths.reading.stories.accounts.things import NUMERALS, ONE, act, together
from assistant.maths.reading.stories.accounts.words_zh import (
    CARRIES,
    MAKES,
    MONEY,
    NAME,
    PEOPLE,
    SAME_UNIT,
    TRIPS,
    UNIT,
    VERB,
    VERBS,
    WHOLE_TIMES,
)
from assistant.maths.reading.stories.telling import literal


def read_clause(clause: str) -> list[Fact]:
    """All the things that a clause may say; none where it is not understood."""
    found: list[Fact] = []
    for pattern, build in BUILDERS:
        hit = pattern.fullmatch(clause)
        if hit is None or _swallowed(hit):
            continue
        if (fact := build({**hit.groupdict(), "": clause})) is not None:
            found.append(fact)
            if isinstance(fact, Per) and pattern is PER and hit["one"] != "每":
                owner = hit["t1"] or ""
                one = frozenset({"single"})
                if "most" in fact.marks:
                    continue
                found.append(Amount(fact.kind, fact.value, (owner,) if owner else (), marks=one))
    some = AMOUNT.fullmatch(clause)
    if some and some["n"] == "几" and some["asp"] and some["verb"]:
        groups = {**some.groupdict(), "n": "一些", "": clause}
        found += [fact for fact in (_amount(groups),) if fact is not None]
    return found


def _swallowed(hit: re.Match[str]) -> bool:
    """Whether what should name things has a verb in it."""
    names = ("t1", "t2", "thing", "front", "this")
    things = [text for name, text in hit.groupdict().items() if text and name in names]
    if any(ACTING.match(thing) for thing in things):
        return True
    return any(verb in thing for thing in things for verb in VERBS if len(verb) > 1)


ACTING = re.compile(rf"(?:{'|'.join(sorted(PEOPLE, key=len, reverse=True))}){VERB}")
"""People and what they do."""


MAX_CLAUSE = 60
"""Characters; no clause of a school book is longer, and patterns cost time."""
Groups = dict[str, str | None]


def kind_of(unit: str | None, thing: str | None) -> Kind:
    """A unit with its things; people are counted in one unit, whatever they are called."""
    unit = SAME_UNIT.get(unit or "", unit or "")
    thing = re.sub(r"^的|(?:呢|了|里|上|里面|中)$", "", thing or "")
    if len(thing) > 2:
        thing = thing.removesuffix("子")
    if unit == "元" and thing in ("钱", "人民币"):
        thing = ""
    if thing in PEOPLE and unit in ("个", "人"):
        return Kind("人", PEOPLE[thing])
    return Kind(unit, thing)


def _value(text: str | None) -> t.Expr | None:
    return literal(text) if text and not re.fullmatch(ASK, text) else None


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in re.split("[、和与]", text or "") if part)


def _marks(groups: Groups) -> frozenset[str]:
    adverbs, tail, verb = groups["adv"] or "", groups["tail"] or "", groups["verb"] or ""
    least, most = bool(re.search("[至最]少", adverbs)), "最多" in adverbs
    need = bool(re.search("[要需应]", adverbs)) or verb in CARRIES
    cut = act(verb) in MAKES and groups["u"] not in WHOLE_TIMES
    can = bool(re.search("[能可]", adverbs))
    marks = {
        "whole": "共" in adverbs,
        "part": bool(groups["part"]),
        "more": bool(re.search("[又再也]", adverbs)),
        "left": bool(re.search("剩|余|差", adverbs)) or "没" in tail,
        "short": "差" in adverbs,
        "still": "还" in adverbs,
        "before": bool(re.search("原|本来", adverbs)),
        "todo": bool(re.search("要|计划|准备|打算|想|必须|应", adverbs)),
        "done": bool(re.search("已", adverbs)),
        "up": least or (most and not can and (need or groups["u"] in TRIPS)),
        "down": most or "装满" in verb or (least and (can or cut or not need)),
        "doing": bool(re.match("去|来|在|到|参加|一起|排练", tail)),
        "now": "现" in adverbs or "现在" in (groups[""] or ""),
    }
    denied = re.search(rf"没有?({VERB})", tail)
    names = {name for name, there in marks.items() if there}
    return frozenset(names | ({NOT + act(denied[1])} if denied else set()))


def _amount(groups: Groups) -> Fact | None:
    marks, verb = _marks(groups), groups["verb"] or ""
    if groups["after"]:
        if verb not in ("", "有"):
            return None
        verb = groups["after"]
    if groups["front"] and groups["thing"]:
        return None
    thing = groups["thing"] or groups["front"] or groups["this"]
    kind = kind_of(groups["u"], thing)
    if groups["this"]:
        groups = {**groups, "owner": f"这{groups['this']}"}
    owners, sense = _names(groups["all"] or groups["owner"]), VERBS.get(verb, Sense.HAVE)
    if groups["from"] and sense is Sense.OUT:
        owners = (groups["from"],)  # it is theirs that goes, whoever takes it
    n = groups["n"] or groups["some"] or ""
    given = bool(groups["give"])
    if given and groups["owner"] and not groups["to"] and kind.unit == "人":
        return None  # to them, not they
    if marks & {"up", "down"} and not re.fullmatch(ASK, n):
        return None
    if re.fullmatch(ASK, n):
        return None if given else _asked(groups, kind, owners, marks)
    value = None if n == "一些" else _value(n)
    if value is None and n != "一些":
        return None
    when = (groups["when"] or "") + (groups["when2"] or "")
    if given:
        sense, verb = Sense.OUT, "给"
    if kind.unit in MONEY and verb.startswith("买"):
        return None  # so much for what was bought, not so much that came
    return Amount(kind, value, owners, verb, sense, groups["to"] or "", when, marks)


def _spent(groups: Groups) -> Fact | None:
    """Money that went for something, by which it is then called."""
    value, when = _value(groups["n"]), "买" + (groups["thing"] or "")
    owner = groups["owner"] or ""
    if value is None:
        return None
    return Amount(Kind("元"), value, (owner,) if owner else (), "花", Sense.OUT, when=when)


def _asked(groups: Groups, kind: Kind, owners: tuple[str, ...], marks: frozenset[str]) -> Fact:
    what = (
        Asked.LEFT if marks & {"left", "still"}
        else Asked.BEFORE if "before" in marks
        else Asked.TOTAL if "whole" in marks or len(owners) > 1 or any(together(n) is not None and n not in ONE for n in owners)
        else Asked.VALUE
    )  # fmt: skip
    when = (groups["when"] or "") + (groups["when2"] or "")
    if what is Asked.VALUE and not owners and when:
        owners = (when,)
    return Ask(what, kind, owners, groups["verb"] or "", marks=marks, when=when)


def _per(groups: Groups) -> Fact | None:
    base, kind = kind_of(groups["u1"], groups["t1"]), kind_of(groups["u"], groups["thing"])
    if base == kind:
        return None
    if re.fullmatch(ASK, groups["n"] or ""):
        if groups["most"]:
            return None
        marks = {"even"} if groups["even"] else set()
        names = _names(groups["owner"])
        return Ask(Asked.RATIO, kind, names, base=base, marks=frozenset(marks))
    value = _value(groups["n"])
    if value is None:
        return None
    done = re.search(rf"({VERB})[了着上]?{re.escape(groups['n'] or '')}", groups[""] or "")
    verb = done[1] if done else ""
    return Per(base, kind, value, _manner(groups), groups["owner"] or "", verb)


def _grouped(groups: Groups) -> Fact | None:
    value = _value(groups["n"])
    base, kind = kind_of(groups["u1"], groups["t1"]), kind_of(groups["u"], groups["thing"])
    return None if value is None or base == kind else Per(base, kind, value, _manner(groups))


def _manner(groups: Groups) -> frozenset[str]:
    marks = {
        "rest": groups["rest"],
        "supposed": groups["if"],
        "each": groups.get("one") == "每",
        "most": groups.get("most"),
    }
    return frozenset(name for name, there in marks.items() if there)


def _pair(groups: Groups) -> Fact | None:
    first = Amount(kind_of(groups["u1"], groups["t1"]), _value(groups["n1"]))
    second = Amount(kind_of(groups["u2"], groups["t2"]), _value(groups["n2"]))
    if first.value is None or second.value is None or first.kind == second.kind:
        return None
    return Pair(first, second, groups["owner"] or "")


def _compare(groups: Groups) -> Fact | None:
    unit = groups["u"]
    kind = kind_of(unit, groups["thing"]) if unit else None
    more = groups["more"] not in LESS
    verbs = {act(groups[name] or "") for name in ("verb", "verb2", "verb3")} - {""}
    if len(verbs) > 1:
        return None
    verb = "".join(verbs)
    left, right = groups["left"] or "", groups["right"] or ""
    if re.fullmatch(ASK, groups["n"] or ""):
        if kind is None or groups["times"]:
            return None
        return Ask(Asked.DIFFERENCE, kind, (left, right), verb=verb, more=more)
    value, times = _value(groups["n"]), _value(groups["times"])
    if value is None or (groups["times"] and times is None) or kind is None:
        return None
    return Compare(left, right, kind, value, more, times, verb=verb)


def _times(groups: Groups) -> Fact | None:
    left, right = groups["left"] or "", groups["right"] or ""
    if groups["ask"]:
        marks = frozenset({"percent"} if groups["ask"] == "百分之几" else ())
        return Ask(Asked.RATIO, None, (left, right), marks=marks)
    times = _share(groups["share"]) if groups["share"] else _value(groups["times"])
    value = _value(groups["n"])
    if times is None:
        return None
    kind = kind_of(groups["u"], "") if groups["u"] else None
    return Compare(
        left, right, kind, value, groups["more"] == "多", times, verb=groups["verb"] or ""
    )


def _share(text: str | None) -> t.Expr | None:
    """A part of something: ``20%``, ``1/3``, ``三分之一``."""
    text = (text or "").strip("()")
    if text == "一半":
        return t.Div(t.integer(1), t.integer(2))
    part = literal(text.removesuffix("%"))
    return t.Call("percent", (part,)) if text.endswith("%") and part is not None else part


def _by_share(groups: Groups) -> Fact | None:
    left, right = groups["left"] or "", groups["right"] or ""
    verbs = {act(groups[name] or "") for name in ("verb", "verb2", "verb3")} - {""}
    if len(verbs) > 1:
        return None
    more, said = bool(groups["rise"]), groups["share"] or ""
    if re.fullmatch(SOME_SHARE, said):
        marks = {"share", "percent"} if said == "百分之几" else {"share"}
        return Ask(Asked.DIFFERENCE, None, (left, right), "".join(verbs), more=more, marks=frozenset(marks))  # fmt: skip
    share = _share(said)
    if share is None:
        return None
    times = t.add(t.integer(1), share if more else t.Neg(share))
    return Compare(left, right, None, None, times=times, verb="".join(verbs))


def _of_it(groups: Groups) -> Fact | None:
    share, verb = _share(groups["share"]), groups["verb"] or ""
    if share is None:
        return None
    of = groups["of"] or ""
    mark = "of rest" if re.match("剩|余|其", of) else "of all"
    when = (groups["when"] or "") + (groups["when2"] or "")
    return Amount(Kind(""), share, _names(groups["owner"]), verb, VERBS[verb], when=when, marks=frozenset({mark}))  # fmt: skip


def _apart(groups: Groups) -> Fact | None:
    names = (groups["left"] or "", groups["right"] or "")
    return Ask(Asked.DIFFERENCE, kind_of(groups["u"], ""), names, marks=frozenset({"either"}))


def _shared(groups: Groups) -> Fact | None:
    rest = bool(groups["rest"])
    if not (groups["even"] or groups["into"]):
        return None
    if not groups["n"]:
        return None if groups["u"] or groups["thing"] or not groups["even"] else Shared(None, rest)
    value = _value(groups["n"])
    if value is None or not groups["u"]:
        return None
    even = bool(groups["even"])
    return Shared(Amount(kind_of(groups["u"], groups["thing"]), value), rest, even)


def _listed(groups: Groups) -> Fact | None:
    value = _value(groups["n"] or groups["n2"])
    kind = kind_of(groups["u"] or groups["u2"], "")
    owners = _names(groups["owner"] or groups["owner2"])
    return None if value is None else Amount(kind, value, owners, marks=frozenset({"whole"}))


def _later(groups: Groups) -> Fact | None:
    """A question about another year: only ages change with it."""
    years, asked = _value(groups["n"]), read_clause(groups["rest"] or "")
    asks = [fact for fact in asked if isinstance(fact, Ask) and fact.later is None]
    if years is None or not asks or asks[0].kind != Kind("岁"):
        return None
    forth = (groups["way"] or "").endswith("后")
    return replace(asks[0], later=years if forth else t.Neg(years))


BUILDERS: tuple[tuple[Late, Callable[[Groups], Fact | None]], ...] = (
    (MEMBERS, lambda groups: Members(NUMERALS[groups["n"] or ""])),
    (SPENT, _spent),
    (PAID, lambda groups: Paid(value) if (value := _value(groups["n"])) is not None else None),
    (CHANGE, lambda _: Ask(Asked.LEFT, Kind("元"), marks=frozenset({"change"}))),
    (LISTED, _listed),
    (BOUGHT, lambda g: Ask(Asked.TOTAL, Kind("元"), (g["a"] or "", g["b"] or ""))),
    (LATER, _later),
    (SHARED, _shared),
    (SAME, lambda _: Same()),
    (REST, lambda groups: Rest(groups["name"] or "")),
    (BY_SHARE, _by_share),
    (OF_IT, _of_it),
    (COMPARE, _compare),
    (TIMES, _times),
    (APART, _apart),
    (GROUPED, _grouped),
    (PER, _per),
    (PAIR, _pair),
    (AMOUNT, _amount),
)


def split(text: str) -> list[str]:
    """The clauses of a story."""
    text = re.sub(r"\s+", "", text).replace("·", "")
    text = re.sub(r"(?:以|之)?后(?=,|自己?还|还|剩|又|[^,.\d]{1,4}还剩)", ",", text)
    text = re.sub(rf"({N}{UNIT}{NAME})和(?={N}{UNIT})", r"\1,", text)
    text = re.sub(r"到站,|到站后?(?=[上下])", "", text)
    text = HOW_MUCH.sub("多少元", text)
    text = re.sub(r"(?<=[\d元])元?钱", "元", text).replace("元元", "元")
    text = re.sub(rf"(每[^,.;:?]*?{N}{UNIT})则?(?=能|可以)", r"\1,", text)
    found = []
    for part in PARTS.split(text):
        two = HALVES.fullmatch(part) if len(part) <= MAX_CLAUSE else None
        found += list(two.groups()) if two and not re.fullmatch(TOGETHER, two[1]) else [part]
    return [part.strip() for part in found if part.strip()]
