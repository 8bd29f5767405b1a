"""Chinese clauses that compare amounts, or tell one as a part of another."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import (
    Amount,
    Ask,
    Asked,
    Compare,
    Fact,
    Kind,
    Portion,
    Sense,
)
from assistant.maths.reading.stories.accounts.parts_zh import Groups, kind_of, names_of, value_of
from assistant.maths.reading.stories.accounts.patterns_zh import ASK, LESS, SOME_SHARE
from assistant.maths.reading.stories.accounts.things import act
from assistant.maths.reading.stories.accounts.words_zh import VERBS
from assistant.maths.reading.stories.telling import literal


def _one_verb(groups: Groups, *names: str) -> str | None:
    """The verb by which two amounts are compared; ``None`` where what the one does is not what the
    other does: what comes is not what goes."""
    verbs = [verb for name in names if (verb := groups[name] or "")]
    senses = {VERBS.get(verb) for verb in verbs}
    if len({act(verb) for verb in verbs}) > 1 or {Sense.IN, Sense.OUT} <= senses:
        return None
    return max(verbs, key=len, default="")


def like(groups: Groups) -> Fact | None:
    """As many as another, at once or with so many more."""
    left, right = groups["left"] or groups["left2"] or "", groups["right"] or groups["right2"] or ""
    verb, n = _one_verb(groups, "verb", "verb2", "verb3", "verb4"), groups["n"] or ""
    if verb is None:
        return None
    if not n:
        return Compare(left, right, None, None, times=t.integer(1), verb=verb)
    kind = kind_of(groups["u"], groups["thing"])
    if re.fullmatch(ASK, n):
        return Ask(Asked.DIFFERENCE, kind, (right, left), verb=verb)
    value = value_of(n)
    return None if value is None else Compare(left, right, kind, value, more=False, verb=verb)


def compare(groups: Groups) -> Fact | None:
    """``小明比小红多3个``."""
    unit = groups["u"]
    kind = kind_of(unit, groups["thing"]) if unit else None
    more = groups["more"] not in LESS
    verb = _one_verb(groups, "verb0", "verb", "verb2", "verb3")
    if verb is None:
        return None
    left, right = groups["left"] or "", groups["right"] or ""
    if re.fullmatch(ASK, groups["n"] or ""):
        if groups["times"]:
            return None
        return Ask(Asked.DIFFERENCE, kind, (left, right), verb=verb, more=more)
    value, times = value_of(groups["n"]), value_of(groups["times"])
    if value is None or (groups["times"] and times is None) or kind is None:
        return None
    return Compare(left, right, kind, value, more, times, verb=verb)


def times_as_many(groups: Groups) -> Fact | None:
    """``小明是小红的3倍``."""
    left, right = groups["left"] or "", groups["right"] or ""
    if groups["ask"]:
        marks = frozenset({"percent"} if groups["ask"] == "百分之几" else ())
        return Ask(Asked.RATIO, None, (left, right), marks=marks)
    times = _share(groups["share"]) if groups["share"] else value_of(groups["times"])
    value = value_of(groups["n"])
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


def by_share(groups: Groups) -> Fact | None:
    """``小明比小红多20%``."""
    left, right = groups["left"] or "", groups["right"] or ""
    verb = _one_verb(groups, "verb", "verb2", "verb3")
    if verb is None:
        return None
    more, said = bool(groups["rise"]), groups["share"] or ""
    if re.fullmatch(SOME_SHARE, said):
        marks = {"share", "percent"} if said == "百分之几" else {"share"}
        return Ask(Asked.DIFFERENCE, None, (left, right), verb, more=more, marks=frozenset(marks))  # fmt: skip
    share = _share(said)
    if share is None:
        return None
    times = t.add(t.integer(1), share if more else t.Neg(share))
    return Compare(left, right, None, None, times=times, verb=verb)


def of_it(groups: Groups) -> Fact | None:
    """``看了全书的1/3``."""
    share, verb = _share(groups["share"]), groups["verb"] or ""
    if share is None:
        return None
    of = groups["of"] or ""
    mark = "of rest" if re.match("剩|余|其", of) else "of all"
    when = (groups["when"] or "") + (groups["when2"] or "")
    return Amount(Kind(""), share, names_of(groups["owner"]), verb, VERBS[verb], when=when, marks=frozenset({mark}))  # fmt: skip


def apart(groups: Groups) -> Fact | None:
    """How far two amounts are apart."""
    names = (groups["left"] or "", groups["right"] or "")
    return Ask(Asked.DIFFERENCE, kind_of(groups["u"], ""), names, marks=frozenset({"either"}))


def portion(groups: Groups) -> Fact | None:
    """``女生占全班的45%``."""
    share = _share(groups["share"])
    return None if share is None else Portion(groups["name"] or "", share, groups["of"] or "")


def ratio_of(groups: Groups) -> Fact | None:
    """``男生与女生人数的比是7:8``; ``男、女生`` are boys and girls."""
    one, two = value_of(groups["n"]), value_of(groups["m"])
    left, right = groups["left"] or "", groups["right"] or ""
    if one is None or two is None or "0" in (groups["n"], groups["m"]):
        return None
    left += right[1:] if len(left) == 1 and left + right[:1] in ("男女", "女男") else ""
    return Compare(left, right, None, None, times=t.Div(one, two))


def whole_share(groups: Groups) -> Fact | None:
    """``还剩几分之几没修``."""
    left, verb = bool(groups["left"] or groups["not"]), groups["verb"] or groups["not"] or ""
    what = Asked.LEFT if left else Asked.TOTAL
    return Ask(what, None, verb=verb, marks=frozenset({"of the whole"}))
