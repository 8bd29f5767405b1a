"""The phrases of English stories about amounts, which must cover every word of a story."""

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
    Pair,
    Per,
    Portion,
    Rest,
    Same,
    Sense,
    Shared,
)
from assistant.maths.reading.stories.accounts.words_en import (
    ACTS,
    BOXES,
    GAINS,
    HAS,
    ITEM,
    LOSES,
    MEASURE,
    NOUN,
    SPANS,
    STOP,
    WHO,
    WORD,
    base_form,
    sense_of,
    share_of,
    singular,
)
from assistant.maths.reading.stories.telling import NUMBER, Hit, Tongues, exact, literal

N = rf"(?P<n>{NUMBER})"
VERB = rf"(?P<verb>{HAS}|{GAINS}|{LOSES}|{ACTS})"
WHAT = (
    rf"(?: (?P<u>{MEASURE})(?![a-z])(?: (?:long|old|of {NOUN}))?| (?P<t>{BOXES} of {WORD}|{NOUN}))"
)
"""``of`` stops a name, so that what is in boxes is told only here."""
IN_ALL = r"(?: in all| in total| altogether| all together| together| combined| collectively| between them)"
EACH = rf"(?:each|every|a|an|one) (?P<b>{SPANS}|{NOUN})"
TOGETHER = r"(?:they|both of them|the two of them|they both|(?:the )?(?:two|three|four) (?:of them|children|friends|girls|boys|brothers|sisters|siblings|men|women|people)|all (?:two|three|four) of them)"
PLACE = r"(?: (?:in|on|at|to) (?:the|a|an|his|her|its) [a-z]+(?: [a-z]+)?)"
WHEN = r"(?: on (?P<w>(?:mon|tues|wednes|thurs|fri|satur|sun)day)| in the (?P<w>morning|afternoon|evening)| (?P<w>yesterday|today))"
OF_THEM = rf"(?P<of>of) (?:them|these|(?:the|his|her) (?P<t>{NOUN}))"
THING = rf"(?: (?P<t>{NOUN}))?"
PIECE = r"(?:halves|half|thirds?|fourths?|quarters?|fifths?|sixths?|eighths?|tenths?)"
SHARE = rf"(?P<share>\d+/\d+|{NUMBER} ?(?:%|percent)|(?:a|one|two|three|four|five)[ -]{PIECE}|half)(?:rds?|ths?|th)?(?: of)?"
"""A part of something: ``1/3``, ``20%``, ``two-thirds``, ``half``."""
FACTOR = rf"(?:{NUMBER} times|twice|double|triple|half|(?:a|one|two|three)[ -](?:third|fourth|quarter|fifth|half)s?)"
DID = r"have|own|collect|pick|make|bake|read|buy|catch|sell|plant|eat|find|score|write|earn|save|climb|run|walk|swim|ride|drive|win|get|draw|paint|produce|solve|answer|sew|knit|cook|watch|deliver"
PHRASES = Tongues(
    r"\bhow (?:many|much|far|old)\b|\bwhat is the (?:price|cost) of\b|\btotal number of\b",
    (),
    (
        ("share", rf"(?:(?P<o>{WHO}) )?(?:then )?(?P<verb>{LOSES}|gives|gave) {SHARE} (?:(?P<rest>the remaining|the rest|what (?:is|was) left)|of them|them|(?:his|her|the|their|its)(?= [a-z]))(?: of (?:the|his|her|their))?{THING}(?: (?:to|away to) (?:{WHO}|an? {NOUN}))?(?: away)?"),
        ("amount", rf"(?P<o>{WHO}) {VERB} {N}{WHAT}?{WHEN}?(?:{PLACE})?"),
        ("filled", rf"(?:(?P<o>{WHO}) {VERB}|(?P<there>there (?:are|were))) {N} (?P<b>{WORD}) (?:of|with|containing|that (?:have|contain|hold)) (?P<m>{NUMBER}) (?P<t>{NOUN}) (?:each|in (?:each|every)(?: one|(?: of them)| (?P<c>{WORD}))?|per (?P<c>{WORD}))"),
        ("daily", rf"(?P<o>{WHO}) {VERB} {N}{WHAT} (?:each|every|per|a|an) (?P<b>{SPANS}) for (?P<m>{NUMBER}) (?P<c>{SPANS})"),
        ("for_each", rf"(?:(?P<o>{WHO}) )?(?:then )?(?P<verb>gives|gave|{GAINS}|{ACTS}) {N}(?: (?P<t>{NOUN}))? (?P<to>to|for) each of (?:his|her|their|the) (?P<m>{NUMBER}) (?P<c>{NOUN})"),
        ("for_each", rf"(?:(?P<o>{WHO}) )?(?:then )?(?P<verb>gives|gave) (?P<to>each) of (?:his|her|their|the) (?P<m>{NUMBER}) (?P<c>{WORD}) {N} (?P<t>{NOUN})"),
        ("lasting", rf"(?P<o>{WHO}) (?P<verb>{ACTS}) for {N} (?P<u>{SPANS})|(?P<o>{WHO}) (?:does|did) (?:this|it|so) for {N} (?P<u>{SPANS})"),
        ("amount", rf"{VERB} {N}{WHAT}?{WHEN}?(?:{PLACE})?"),
        ("amount", rf"(?P<o>{WHO}) {VERB} {N}(?: (?P<more>more))?{WHAT}?{WHEN}?"),
        ("amount", rf"(?:then )?{VERB} {N}(?: (?P<more>more)| {OF_THEM})?{WHAT}?{WHEN}?"),
        ("amount", rf"(?P<o>{WHO}) {VERB} {N} {OF_THEM}"),
        ("two", rf"(?:(?P<o>{WHO}) (?P<verb>{HAS}|{GAINS})|(?P<there>there (?:are|were))) {N} (?P<t>{NOUN}) and (?P<m>{NUMBER}) (?P<s>{NOUN})(?:{PLACE})?"),
        ("amount", rf"there (?:are|were|is) {N}{WHAT}(?:{PLACE})?"),
        ("amount", rf"(?P<o>{WHO}) (?:is|was) {N} (?P<u>years) old"),
        ("amount", rf"(?P<o>{WHO}) (?:weighs|weighed) {N} (?P<u>{MEASURE})"),
        ("give", rf"(?:(?P<o>{WHO}) )?(?:gives|gave) {N}(?: {OF_THEM})?{THING} to (?P<to>{WHO})"),
        ("give", rf"(?:(?P<o>{WHO}) )?(?:gives|gave) (?P<to>{WHO}|him|her|them) {N}(?: (?P<more>more))?{THING}"),
        ("whole", rf"(?P<o>{WHO}) and (?P<o>{WHO}) (?:together )?(?:have|had|own|collected|picked|made|baked|read){IN_ALL}? {N}{THING}{IN_ALL}?"),
        ("left", rf"(?P<o>{WHO}) (?:has|had) {N}{THING} left|there (?:are|were) {N}{THING} left|{N}{THING} (?:are|were) left"),
        ("part", rf"{N}(?: of (?:them|the (?P<f>{NOUN})|these))? (?:are|were) (?P<t>{NOUN})"),
        ("portion", rf"{SHARE} (?:(?P<them>them)|the (?P<f>{NOUN})) (?:are|were) (?P<t>{NOUN})"),
        ("some", rf"(?P<o>{WHO}) (?:had|has|bought|found|picked) (?:some|a few|several) (?P<t>{NOUN})(?: at first)?"),
        ("rest", rf"the (?:rest|others) (?:are|were) (?P<t>{NOUN})"),
        ("compare", rf"(?P<a>{WHO}) (?P<verb>{HAS}|{GAINS}|{LOSES}|{ACTS}) {N} (?P<way>more|fewer|less)(?: (?P<u>{MEASURE})(?![a-z])| (?P<t>{NOUN}))? than (?P<b>{WHO})(?: does| did| has)?"),
        ("compare", rf"(?:thats|that is|that was|which is|this is) {N} (?P<way>more|fewer|less)(?: (?P<t>{NOUN}))? than (?P<b>{WHO}) (?P<verb>{HAS}|{GAINS}|{ACTS})"),
        ("compare", rf"(?P<a>{WHO}) (?:is|was) {N} (?P<u>{MEASURE}) (?P<way>older|younger|taller|shorter|longer|heavier|lighter) than (?P<b>{WHO})"),
        ("compare", rf"(?P<a>{WHO}) costs {N} (?P<u>dollars?|euros?|cents?) (?P<way>more|less) than (?P<b>{WHO})"),
        ("times", rf"(?P<a>{WHO}) (?P<verb>{HAS}|{GAINS}|{LOSES}|{ACTS}) (?:(?P<more>{NUMBER}) (?P<way>more|fewer|less) than )?(?P<x>{FACTOR}) as (?:many|much)(?: (?P<u>{MEASURE})(?![a-z])| (?P<t>{NOUN}))? as (?P<b>{WHO})(?: does| did| has)?"),
        ("times", rf"(?P<a>{WHO}) (?:is|was) {N} (?P<u>years) (?P<way>older|younger) than (?P<x>{FACTOR}) the age of (?P<b>{WHO})"),
        ("times", rf"(?P<a>{WHO}) (?P<verb>{HAS}|{GAINS}|{LOSES}|{ACTS}) (?:(?P<more>{NUMBER}) (?P<way>more|fewer|less) than )?(?P<x>{FACTOR}) the (?:number|amount) of (?P<t>{NOUN})(?: (?:that|as))? (?P<b>{WHO})(?: (?:does|did|has|have|had))?"),
        ("times", rf"(?P<a>{WHO}) (?:is|was) (?P<x>{NUMBER} times|twice|half) as (?:old|tall|long|heavy) as (?P<b>{WHO})"),
        ("per", rf"{EACH} (?:of them )?(?:has|holds|contains|gets|weighs|costs|needs|eats|seats|carries|takes|makes|uses|sells for) {N}{WHAT}"),
        ("per", rf"(?:there (?:are|were) )?(?:with )?{N} (?P<t>{NOUN}) in (?:each|every) (?P<b>{NOUN})"),
        ("per", rf"(?:(?P<o>{WHO}) )?(?:(?P<verb>{ACTS}|{GAINS}|{LOSES})|costs)? ?(?:at )?{N}{WHAT} (?:per|each|every|an|a) (?P<b>{SPANS}|{NOUN})"),
        ("percent", rf"(?P<a>{WHO}) (?P<verb>{HAS}|{GAINS}|{LOSES}|{ACTS}) {N} ?(?:%|percent) (?P<way>more|fewer|less)(?: (?P<t>{NOUN}))? than (?P<b>{WHO})(?: does| did| has)?"),
        ("cost_each", rf"(?:a|the) (?:store|shop|market) sells (?P<b>{NOUN}) for {N} (?P<u>dollars?|euros?|cents?) (?:each|apiece)|(?P<b>{NOUN}) are {N} (?P<u>dollars?|euros?|cents?) (?:each|apiece)|(?P<b>{NOUN}) cost {N} (?P<u>dollars?|euros?|cents?) (?:each|apiece)|(?P<b>{NOUN}) cost {N} (?P<u>dollars?|euros?|cents?) per (?P<b>{NOUN})"),
        ("pair", rf"{N} (?P<t>{NOUN}) (?:costs?|weigh|make|hold|pick|paint|eat|produce) (?P<m>{NUMBER})(?: (?P<v>{MEASURE})(?![a-z])| (?P<s>{NOUN}))"),
        ("pair", rf"(?P<o>{WHO}) (?P<verb>{ACTS}|types|prints|makes|produces|uses) {N}{WHAT} in (?P<m>{NUMBER}) (?P<v>{SPANS})"),
        ("same", r"at (?:the|this) same (?:rate|pace|speed|price)|at this (?:rate|pace|speed|price)"),
        ("shared", rf"(?:they|these|the {NOUN}) are (?:shared|divided|split|packed) (?:equally|evenly) (?:among|between|into|in) {N} (?:equal )?(?P<t>{NOUN})"),
        ("shared", rf"(?:he|she|they|(?P<o>{WHO})) (?:shares|shared|divides|divided|splits|split) (?:them|the {NOUN}) (?:equally|evenly) (?:among|between|into) {N} (?P<t>{NOUN})"),
        ("shared", rf"are (?:shared|divided|split|packed) (?:equally|evenly) (?:among|between|into|in) {N} (?:equal )?(?P<t>{NOUN})"),
        ("ask_total", rf"how many (?P<t>{NOUN}) (?:do|did) (?:(?P<they>{TOGETHER})|(?P<o>{WHO}) and (?P<o>{WHO})) (?P<verb>{DID}){IN_ALL}"),
        ("ask_total", rf"how many (?P<t>{NOUN}) (?:are|were) there{IN_ALL}"),
        ("ask_total", rf"(?:calculate|find|what is|what was) the total number of (?P<t>{NOUN})(?: (?:that )?(?:they|(?P<o>{WHO}) and (?P<o>{WHO})) (?:{HAS}))?"),
        ("ask_left", rf"how many (?P<t>{NOUN}) (?:remain|are left|were left|are remaining|are still left)(?: in the [a-z]+)?|how many (?:remain|are remaining)"),
        ("ask_total", rf"how (?:many (?P<u>{MEASURE})|far) (?:did|does|do|will) (?P<o>{WHO}) (?:run|walk|ride|drive|travel|swim|cycle|go)(?:{IN_ALL})?"),
        ("ask_total", rf"how many (?P<t>{NOUN}) (?:did|does|do|will) (?P<o>{WHO}) (?P<verb>{DID}){IN_ALL}"),
        ("ask_money", rf"how (?:much(?: money)?|many dollars) (?:does|did|do|will|would) (?P<o>{WHO}) (?P<verb>earn|make|spend|pay|save)(?P<all>{IN_ALL})?(?: in {N} (?P<v>{SPANS}))?"),
        ("ask_money", rf"how much (?:does|did|do|will|would) (?:they|it|all of them) cost(?P<all>{IN_ALL})?"),
        ("ask_left", rf"how many (?P<t>{NOUN}) (?:does|do|did) (?P<o>{WHO}) (?:now )?have (?:left|now|then)"),
        ("ask_left", rf"how many (?P<t>{NOUN}) (?:has|have|had) (?P<o>{WHO}) (?:got )?(?:left|now)"),
        ("ask_left", rf"how many (?P<t>{NOUN}) (?:does|do) (?P<o>{WHO}) now have|how many (?P<t>{NOUN}) (?:are|were) (?:left|there now)|how many (?:are|were) left"),
        ("ask_left", rf"how (?:much money|many (?P<u>dollars)) (?:does|did) (?P<o>{WHO}) have (?:left|now)"),
        ("ask_before", rf"how many (?P<t>{NOUN}) did (?P<o>{WHO}) have (?:at first|to start with|originally|at the start|in the beginning|to begin with|before)"),
        ("ask_value", rf"how many (?P<t>{NOUN}) (?:does|do|did) (?P<o>{WHO}) (?P<verb>{DID})"),
        ("ask_value", rf"how many (?P<t>{NOUN}) are there|how many are (?P<t>{NOUN})|how old is (?P<o>{WHO})(?: now)?"),
        ("ask_value", rf"how much does (?P<o>{WHO}) (?:cost|weigh)"),
        ("ask_more", rf"how many (?P<way>more|fewer|less)(?: (?P<t>{NOUN}))? (?:does|do|did) (?P<a>{WHO}) (?P<verb>{DID})(?: than (?P<b>{WHO}))?"),
        ("ask_more", rf"how many (?P<u>years) (?P<way>older|younger) is (?P<a>{WHO}) than (?P<b>{WHO})"),
        ("ask_times", rf"how many times as many (?P<t>{NOUN}) (?:does|do|did) (?P<a>{WHO}) (?P<verb>have) as (?P<b>{WHO})|how many times as old is (?P<a>{WHO}) as (?P<b>{WHO})"),
        ("ask_each", rf"how many (?P<t>{NOUN}) (?:does|will|did) each (?P<b>{NOUN}) (?:get|receive|have|hold)|how many (?P<t>{NOUN}) are (?:there )?in each (?P<b>{NOUN})|how many (?P<t>{NOUN}) are there per (?P<b>{NOUN})"),
        ("ask_each", rf"how much (?:does (?:each|one|a|an) (?P<b>{NOUN}) cost|is (?:each|one) (?P<b>{NOUN}))|what is the (?:price|cost) of (?:each|one|a) (?P<b>{NOUN})"),
        ("ask_rate", rf"how much (?:do|would|will) {N} (?P<b>{NOUN}) cost(?:{IN_ALL})?|what is the (?:price|cost) of {N} (?P<b>{NOUN})"),
        ("ask_rate", rf"how many (?P<t>{NOUN}) (?:are (?:there )?in|do|can|will) {N} (?P<b>{NOUN})(?: (?:have|hold|contain|need|eat|make|paint|pick|produce|carry|seat)){IN_ALL}?|how many (?P<t>{NOUN}) are (?:there )?in {N} (?P<b>{NOUN})"),
        ("ask_rate", rf"how (?:far|many (?P<u>{MEASURE}))(?: (?:does|do|can|will|did) (?P<o>{WHO}) (?P<verb>travel|go|run|walk|drive|ride|fly|swim|cycle))? in {N} (?P<v>{SPANS})"),
        ("ask_rate", rf"how many (?P<t>{NOUN}) (?:does|do|can|will|did) (?P<o>{WHO}) (?P<verb>type|print|make|produce|read|pick|pack|write|eat|use|bake|paint) in {N} (?P<v>{SPANS})"),
        ("ask_need", rf"how many (?P<t>{NOUN}) (?:are needed|does (?P<o>{WHO}) need|do they need|can (?P<o>{WHO}) (?:buy|make|fill))|how many (?P<u>{SPANS}) (?:does|will|did) it take"),
    ),
    STOP,
)  # fmt: skip


def read_phrase(hit: Hit) -> list[Fact] | None:
    """What a phrase says, a question that tells of an amount being two facts; ``None`` where it
    cannot be told."""
    says = hit.says
    if says.startswith("ask"):
        return _asks(hit)
    if says == "two":
        return _two(hit)
    if says == "lasting":
        return _lasting(hit)
    fact = FACTS[says](hit)
    return None if fact is None else [fact]


def _two(hit: Hit) -> list[Fact] | None:
    """Two amounts in one breath."""
    verb = hit.one("verb").lower() or "have"
    values = literal(hit.one("n")), literal(hit.one("m"))
    things = singular(hit.one("t")), singular(hit.one("s"))
    if None in values or any(re.fullmatch(MEASURE, thing) for thing in things):
        return None
    acts = base_form(verb), sense_of(verb)
    return [
        Amount(Kind(ITEM, thing), value, _owners(hit), *acts)
        for thing, value in zip(things, values, strict=True)
    ]


def _lasting(hit: Hit) -> list[Fact] | None:
    """How long one goes on with it."""
    value, verb = literal(hit.one("n")), base_form(hit.one("verb"))
    if value is None:
        return None
    return [Amount(kind_of(hit.one("u"), ""), value, _owners(hit), verb, Sense.DO)]


def _many_times(hit: Hit) -> Fact | None:
    """So many, of so many each, are an amount of what is in each."""
    many, each, verb = literal(hit.one("m")), literal(hit.one("n")), hit.one("verb").lower()
    containers = {singular(name) for name in (*hit.every("b"), *hit.every("c"))}
    if many is None or each is None or (hit.says != "for_each" and len(containers) != 1):
        return None
    kind, owners = _kind(hit), _owners(hit)
    acts = base_form(verb or "have"), sense_of(verb or "have")
    if kind.thing in containers or not (kind.thing or kind.unit != ITEM or hit.says == "for_each"):
        return None
    value = t.Mul((each, many))
    if hit.says != "for_each":
        return Amount(kind, value, owners, *acts)
    if verb in ("gives", "gave"):
        return Amount(kind, value, owners, "给", Sense.OUT, singular(hit.one("c")))
    if hit.one("to").lower() != "for":
        return None
    return Amount(kind, value, owners, *acts)


def kind_of(unit: str, thing: str) -> Kind:
    """A unit of measure, or things by their name."""
    if unit:
        return Kind(singular(unit))
    word = singular(thing) if thing else ""
    if word and re.fullmatch(MEASURE, word):
        return Kind(word)
    return Kind(ITEM, word)


def who(name: str) -> str:
    """A name without its article."""
    return re.sub(r"^(?:the|a|an) ", "", name.lower())


def _kind(hit: Hit) -> Kind:
    return kind_of(hit.one("u"), hit.one("t"))


def _owners(hit: Hit) -> tuple[str, ...]:
    return tuple(who(name) for name in hit.every("o"))


def _owner(hit: Hit) -> str:
    return who(hit.one("o"))


def _amount(hit: Hit) -> Fact | None:
    marks = {"more", "further"} if hit.one("more") else set()
    if hit.says == "whole":
        marks.add("whole")
    if hit.says == "left":
        marks.add("left")
    if hit.says == "part":
        marks.add("part")
    verb = hit.one("verb").lower()
    sense = sense_of(verb) if verb else Sense.HAVE
    value = literal(hit.one("n"))
    if value is None and hit.says != "some":
        return None
    part = exact(value) if value is not None and hit.one("of") else None
    if part is not None and part.denominator > 1:
        return None  # a part of them, not so many of them
    if "more" in marks and (sense is Sense.HAVE or hit.one("w")):
        return None  # than before, or than another?
    kind = kind_of("", hit.one("f")) if hit.says == "part" else _kind(hit)
    owners = (who(hit.one("t")),) if hit.says == "part" else _owners(hit)
    owners = tuple(singular(o) for o in owners) if hit.says == "part" else owners
    to, when = who(hit.one("to")), hit.one("w").lower()
    if re.search(r"\bwas\b.* years old$", hit.text, re.IGNORECASE):
        when = "then"
    if re.match("there ", hit.text, re.IGNORECASE):
        verb = "have"  # they are there, whatever is done by others
    if hit.says == "give":
        verb, sense = "给", Sense.OUT
    if re.search(r"\b(?:weigh(?:s|ed)|is|was) ", hit.text, re.IGNORECASE) and hit.one("u"):
        verb = "be"
    return Amount(
        kind, value, owners, verb if verb == "给" else base_form(verb), sense, to, when, frozenset(marks)
    )  # fmt: skip


def _compare(hit: Hit) -> Fact | None:
    if re.search(r"\bwas\b.* (?:older|younger|old) ", hit.text, re.IGNORECASE):
        return None  # of another time than the question, which is of today
    more = hit.one("way").lower() not in ("fewer", "less", "younger", "shorter", "lighter")
    times = hit.one("x").lower()
    factor = (
        None if not times
        else t.integer(2) if times in ("twice", "double")
        else t.integer(3) if times == "triple"
        else share_of(times) if re.search("half|third|fourth|quarter|fifth", times)
        else literal(times.removesuffix("times").strip())
    )  # fmt: skip
    value = literal(hit.one("more") or hit.one("n")) if hit.one("more") or hit.one("n") else None
    if value is None and factor is None:
        return None
    kind = _kind(hit) if hit.one("u") or hit.one("t") else None
    verb = base_form(hit.one("verb"))
    return Compare(who(hit.one("a")), who(hit.one("b")), kind, value, more, factor, verb)


def _share(hit: Hit) -> Fact | None:
    """A part of what is there, or of what is left of it."""
    share, verb = share_of(hit.one("share")), hit.one("verb").lower()
    value = None if share is None else exact(share)
    if share is None or value is None or value >= 1:
        return None
    mark = "of rest" if hit.one("rest") else "of first"
    kind = Kind(ITEM, singular(hit.one("t"))) if hit.one("t") else Kind("")
    return Amount(kind, share, _owners(hit), base_form(verb), Sense.OUT, marks=frozenset({mark}))


def _portion(hit: Hit) -> Fact | None:
    """A part of all that there are."""
    share = share_of(hit.one("share"))
    of = "them" if hit.one("them") else singular(hit.one("f"))
    return None if share is None else Portion(singular(hit.one("t")), share, of)


def _percent(hit: Hit) -> Fact | None:
    part = literal(hit.one("n"))
    if part is None:
        return None
    share = t.Call("percent", (part,))
    rise = hit.one("way").lower() == "more"
    times = t.add(t.integer(1), share if rise else t.Neg(share))
    kind = _kind(hit) if hit.one("t") else None
    names = who(hit.one("a")), who(hit.one("b"))
    return Compare(*names, kind, None, times=times, verb=base_form(hit.one("verb")))


def _per(hit: Hit) -> Fact | None:
    value = literal(hit.one("n"))
    base, kind = kind_of("", hit.one("b")), _kind(hit)
    verb = base_form(hit.one("verb"))
    if value is None or base == kind:
        return None
    return Per(base, kind, value, owner=_owner(hit), verb=verb)


def _pair(hit: Hit) -> Fact | None:
    one, two = literal(hit.one("n")), literal(hit.one("m"))
    if one is None or two is None:
        return None
    return Pair(
        Amount(_kind(hit), one),
        Amount(kind_of(hit.one("v"), hit.one("s")), two),
        _owner(hit),
        base_form(hit.one("verb")),
    )


def _shared(hit: Hit) -> Fact | None:
    value = literal(hit.one("n"))
    return None if value is None else Shared(Amount(_kind(hit), value))


FACTS = {
    "amount": _amount, "give": _amount, "whole": _amount, "left": _amount, "part": _amount,
    "some": _amount, "filled": _many_times, "daily": _many_times, "for_each": _many_times,
    "rest": lambda hit: Rest(singular(hit.one("t"))), "compare": _compare, "times": _compare,
    "percent": _percent, "portion": _portion, "share": _share,
    "per": _per, "cost_each": _per, "pair": _pair, "same": lambda _: Same(), "shared": _shared,
}  # fmt: skip
WHATS = {
    "ask_total": Asked.TOTAL, "ask_left": Asked.LEFT, "ask_before": Asked.BEFORE,
    "ask_value": Asked.VALUE, "ask_need": Asked.VALUE, "ask_rate": Asked.VALUE,
    "ask_money": Asked.VALUE, "ask_more": Asked.DIFFERENCE, "ask_times": Asked.RATIO, "ask_each": Asked.RATIO,
}  # fmt: skip


def _ask_money(hit: Hit) -> list[Fact]:
    """How much money goes or comes in all, or in so much time."""
    value = literal(hit.one("n")) if hit.one("n") else None
    owners = tuple(n for n in _owners(hit) if n != "they")
    marks = frozenset({"whole", "much"})
    ask = Ask(Asked.VALUE, Kind("dollar"), owners, base_form(hit.one("verb")), marks=marks)
    return [ask] if value is None else [Amount(kind_of(hit.one("v"), ""), value), ask]


def _asks(hit: Hit) -> list[Fact] | None:
    says, what = hit.says, WHATS[hit.says]
    money = re.match(r"how much|what is the (?:price|cost)", hit.text, re.IGNORECASE)
    weight = hit.text.lower().endswith("weigh")
    unit = hit.one("u") or ("dollar" if money and not weight else "")
    unit = "year" if re.match("how old", hit.text, re.IGNORECASE) else unit
    far = re.match("how far", hit.text, re.IGNORECASE)
    marks = frozenset({"heavy"} if weight else {"far"} if far else {"much"} if money else set())
    kind = None if weight or far else kind_of(unit, hit.one("t"))
    if says == "ask_times" and re.match("how many times as old", hit.text, re.IGNORECASE):
        kind = Kind("year")
    if says in ("ask_more", "ask_times"):
        names = (who(hit.one("a")), who(hit.one("b")))
        more = hit.one("way").lower() not in ("fewer", "less", "younger")
        marks = frozenset() if names[1] else frozenset({"other"})
        return [Ask(what, kind, names, base_form(hit.one("verb")), more=more, marks=marks)]
    if says == "ask_money":
        return _ask_money(hit)
    if says == "ask_each":
        return [Ask(what, kind, base=kind_of("", hit.one("b")), marks=marks)]
    if says == "ask_rate":
        value = literal(hit.one("n"))
        base, verb = kind_of(hit.one("v"), hit.one("b")), base_form(hit.one("verb"))
        return (
            None
            if value is None
            else [Amount(base, value), Ask(what, kind, _owners(hit), verb, marks=marks)]
        )
    if hit.one("they"):
        marks |= {"they"}
    if says == "ask_need" and re.search(r"\bcan\b", hit.text, re.IGNORECASE):
        marks |= {"can"}
    verb = base_form(hit.one("verb"))
    return [Ask(what, kind, tuple(n for n in _owners(hit) if n != "they"), verb, marks=marks)]
