"""The clauses of Chinese stories about amounts: each must be one of these from end to end."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.reading.patterns import Late
from assistant.maths.reading.stories.accounts.comparisons_zh import (
    apart,
    by_share,
    compare,
    like,
    of_it,
    portion,
    ratio_of,
    times_as_many,
    whole_share,
)
from assistant.maths.reading.stories.accounts.facts import (
    NOT,
    Amount,
    Ask,
    Asked,
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
from assistant.maths.reading.stories.accounts.parts_zh import Groups, kind_of, names_of, value_of
from assistant.maths.reading.stories.accounts.patterns_zh import (
    AMOUNT,
    APART,
    ASK,
    AT_AGE,
    BACK,
    BOUGHT,
    BY_SHARE,
    CHANGE,
    COMPARE,
    DONE_IN,
    GROUPED,
    LATER,
    LIKE,
    LISTED,
    MEMBERS,
    MOVED,
    OF_IT,
    PAID,
    PAIR,
    PER,
    PORTION,
    RATIO_OF,
    REST,
    SAME,
    SHARED,
    SPENT,
    TIMES,
    UNTIL_AGE,
    WHOLE_SHARE,
)
from assistant.maths.reading.stories.accounts.things import IS_PLACE, NUMERALS, ONE, act, together
from assistant.maths.reading.stories.accounts.words_zh import (
    CARRIES,
    FULL,
    MAKES,
    MEASURES,
    MONEY,
    PEOPLE,
    TRIPS,
    VERB,
    VERBS,
    WHOLE_TIMES,
)


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
                if VERBS.get(fact.verb) is Sense.OUT and owner:
                    found.append(Amount(fact.kind, fact.value, (owner,), fact.verb, Sense.OUT))
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


LINES = frozenset("行 排 列 队".split())
ACTING = re.compile(rf"(?:{'|'.join(sorted(PEOPLE, key=len, reverse=True))}){VERB}")
"""People and what they do."""


def _marks(groups: Groups) -> frozenset[str]:
    adverbs, tail, verb = groups["adv"] or "", groups["tail"] or "", groups["verb"] or ""
    least, most = bool(re.search("[至最]少", adverbs)), "最多" in adverbs
    need = bool(re.search("[要需应]", adverbs)) or verb in CARRIES
    cut = act(verb) in MAKES and groups["u"] not in WHOLE_TIMES
    can = bool(re.search("[能可]", adverbs))
    trips, all_of_it = groups["u"] in TRIPS, bool(re.search("[完走]$", tail))
    marks = {
        "whole": "共" in adverbs,
        "part": bool(groups["part"]),
        "more": bool(re.search("[又再也]", adverbs)),
        "left": bool(re.search("剩|余|差", adverbs)) or "没" in tail,
        "remains": "剩" in adverbs,
        "short": "差" in adverbs,
        "still": "还" in adverbs,
        "before": bool(re.search("原|本来", adverbs) or groups.get("was")),
        "todo": bool(re.search("要|计划|准备|打算|想|必须|应", adverbs)),
        "done": bool(re.search("已", adverbs)),
        "up": least or (most and not can and (need or trips)) or (trips and all_of_it),
        "down": most or verb.endswith(FULL) or (least and (can or cut or not need)),
        "can": can,
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
    whole = groups["u"] in MEASURES and IS_PLACE.search(groups["this"] or "")
    thing = groups["thing"] or groups["front"] or ("" if whole else groups["this"])
    kind = kind_of(groups["u"], thing)
    if groups["this"]:
        groups = {**groups, "owner": f"这{groups['this']}"}
    owners, sense = names_of(groups["all"] or groups["owner"]), VERBS.get(verb, Sense.HAVE)
    if kind == Kind("个") and owners and all(owner in PEOPLE for owner in owners):
        kind = Kind("人")
    if groups["from"]:
        if sense is not Sense.OUT:
            return None  # where does it go to?
        owners = (groups["from"],)  # it is theirs that goes, whoever takes it
        marks |= {"from"}
    n = groups["n"] or groups["some"] or ""
    given = bool(groups["give"])
    if given and groups["owner"] and not groups["to"] and kind.unit == "人":
        return None  # to them, not they
    if marks & {"up", "down"} and not re.fullmatch(ASK, n):
        return None
    if re.fullmatch(ASK, n):
        return None if given else _asked(groups, kind, owners, marks)
    value = None if n == "一些" else value_of(n)
    if value is None and n != "一些":
        return None
    when = (groups["when"] or "") + (groups["when2"] or "")
    if given:
        sense, verb = Sense.OUT, "给"
    if kind.unit in MONEY and verb.startswith("买"):
        return None  # so much for what was bought, not so much that came
    return Amount(kind, value, owners, verb, sense, groups["to"] or "", when, marks)


def _moved(groups: Groups) -> Fact | None:
    """What is taken from one is there with the other."""
    value, kind = value_of(groups["n"]), kind_of(groups["u"], groups["thing"])
    if value is None or groups["source"] == groups["to"]:
        return None
    return Amount(kind, value, (groups["source"] or "",), "给", Sense.OUT, groups["to"] or "")


def _done_in(groups: Groups) -> Fact | None:
    """``20天看完``: all of it, in so much time."""
    value, verb = value_of(groups["n"]), groups["verb"] or ""
    if value is None:
        return None
    marks = frozenset({"supposed"} if groups["if"] else ())
    owners = names_of(groups["owner"])
    return Amount(kind_of(groups["u"], ""), value, owners, verb, VERBS[verb], marks=marks)


def _spent(groups: Groups) -> Fact | None:
    """Money that went for something, by which it is then called."""
    value, when = value_of(groups["n"]), "买" + (groups["thing"] or "")
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
    if groups["front"] and groups["thing"]:
        return None
    thing = groups["thing"] or groups["front"]
    base, kind = kind_of(groups["u1"], groups["t1"]), kind_of(groups["u"], thing)
    if base == kind:
        return None
    if re.fullmatch(ASK, groups["n"] or ""):
        if groups["most"]:
            return None
        marks = {"even"} if groups["even"] else set()
        names = names_of(groups["owner"])
        verb = _done(groups, "n")
        return Ask(Asked.RATIO, kind, names, verb, base=base, marks=frozenset(marks))
    value = value_of(groups["n"])
    if value is None:
        return None
    return Per(base, kind, value, _manner(groups), groups["owner"] or "", _done(groups, "n"))


def _done(groups: Groups, number: str) -> str:
    """What is done with so much."""
    done = re.search(rf"({VERB})[了着上]?{re.escape(groups[number] or '')}", groups[""] or "")
    return done[1] if done else ""


def _grouped(groups: Groups) -> Fact | None:
    value = value_of(groups["n"])
    base, kind = kind_of(groups["u1"], groups["t1"]), kind_of(groups["u"], groups["thing"])
    marks = _manner(groups) | {"grouped"}
    return None if value is None or base == kind else Per(base, kind, value, marks)


def _manner(groups: Groups) -> frozenset[str]:
    marks = {
        "rest": groups["rest"],
        "supposed": groups["if"],
        "planned": groups.get("plan") or groups.get("plan2"),
        "each": groups.get("one") == "每",
        "most": groups.get("most"),
    }
    return frozenset(name for name, there in marks.items() if there)


def _pair(groups: Groups) -> Fact | None:
    first = Amount(kind_of(groups["u1"], groups["t1"]), value_of(groups["n1"]))
    second = Amount(kind_of(groups["u2"], groups["t2"]), value_of(groups["n2"]))
    if first.value is None or second.value is None or first.kind == second.kind:
        return None
    return Pair(first, second, groups["owner"] or "", _done(groups, "n2"))


def _shared(groups: Groups) -> Fact | None:
    rest = bool(groups["rest"])
    if not (groups["even"] or groups["into"]):
        return None
    if not groups["n"]:
        return None if groups["u"] or groups["thing"] or not groups["even"] else Shared(None, rest)
    value = value_of(groups["n"])
    if value is None or not groups["u"]:
        return None
    lined_up = re.search("[排站]成", groups[""] or "") and groups["u"] in LINES
    even = bool(groups["even"] or lined_up)  # lines are alike
    return Shared(Amount(kind_of(groups["u"], groups["thing"]), value), rest, even)


def _listed(groups: Groups) -> Fact | None:
    value = value_of(groups["n"] or groups["n2"])
    kind = kind_of(groups["u"] or groups["u2"], "")
    owners = names_of(groups["owner"] or groups["owner2"])
    return None if value is None else Amount(kind, value, owners, marks=frozenset({"whole"}))


def _later(groups: Groups) -> Fact | None:
    """A question about another year: only ages change with it."""
    years, asked = value_of(groups["n"]), read_clause(groups["rest"] or "")
    asks = [fact for fact in asked if isinstance(fact, Ask) and fact.later is None]
    if years is None or not asks or asks[0].kind != Kind("岁"):
        return None
    forth = (groups["way"] or "").endswith("后")
    return replace(asks[0], later=years if forth else t.Neg(years))


def _until(groups: Groups) -> Fact | None:
    """In how many years one is so old."""
    age, who = value_of(groups["n"]), groups["who"] or ""
    names = (who,) if who else ()
    return None if age is None else Ask(Asked.VALUE, Kind("年"), names, later=age)


def _at_age(groups: Groups) -> Fact | None:
    """How old one is at another time."""
    age, owner = value_of(groups["n"]), groups["owner"] or ""
    marks = frozenset({"then"})
    return None if age is None else Amount(Kind("岁"), age, (owner,), marks=marks)


def _paid(groups: Groups) -> Fact | None:
    value = value_of(groups["n"])
    return None if value is None else Paid(value, owner=groups["owner"] or "")


BUILDERS: tuple[tuple[Late, Callable[[Groups], Fact | None]], ...] = (
    (MOVED, _moved),
    (DONE_IN, _done_in),
    (LIKE, like),
    (MEMBERS, lambda groups: Members(NUMERALS[groups["n"] or ""])),
    (SPENT, _spent),
    (PAID, _paid),
    (
        BACK,
        lambda groups: Paid(value, back=True) if (value := value_of(groups["n"])) else None,
    ),
    (UNTIL_AGE, _until),
    (AT_AGE, _at_age),
    (CHANGE, lambda _: Ask(Asked.LEFT, Kind("元"), marks=frozenset({"change"}))),
    (LISTED, _listed),
    (BOUGHT, lambda g: Ask(Asked.TOTAL, Kind("元"), (g["a"] or "", g["b"] or ""))),
    (LATER, _later),
    (SHARED, _shared),
    (SAME, lambda _: Same()),
    (REST, lambda groups: Rest(groups["name"] or "")),
    (PORTION, portion),
    (RATIO_OF, ratio_of),
    (WHOLE_SHARE, whole_share),
    (BY_SHARE, by_share),
    (OF_IT, of_it),
    (COMPARE, compare),
    (TIMES, times_as_many),
    (APART, apart),
    (GROUPED, _grouped),
    (PER, _per),
    (PAIR, _pair),
    (AMOUNT, _amount),
)
