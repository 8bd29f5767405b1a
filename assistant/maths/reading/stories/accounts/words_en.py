"""The words of English stories about amounts: nouns, units, and what is done with things."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Sense
from assistant.maths.reading.stories.telling import literal

STOP = (
    "more|less|fewer|times|time|of|and|each|per|every|percents?|dozens?|scores?|hundreds?|thousands?|millions?|pairs?"
    "|couples?|half|halves|thirds?|quarters?|tenths?|twice|thrice|others?|another|the|an?|is|are|was|were|be|has|had"
    "|have|having|does|do|did|plus|minus|not|no|never|none|nobody|at|least|most|about|nearly|almost|over|under|only|than|as"
    "|many|much|how|what|if|when|while|unless|or|but|for|from|to|in|on|with|without|into|by|left|total|altogether"
    "|together|all|some|any|both|either|neither|until|before|after|again|already|first|next|last|same|remaining"
    "|rest|equal|equally|evenly|who|which|that|those|these|this|there|then|now|so|also|still|it|he|she|they|him"
    "|her|his|their|them|its|away|back|out|up|off|approximately|around|exactly|up|maximum|minimum|except"
    "|yesterday|today|tomorrow|daily|weekly|ago|older|younger|old|costs?|apiece|broken|lost|returned|between|among"
    "|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred"
)
WORD = r"(?:(?-i:[a-z])[a-z-]*)"
"""A word that none of these stop: those begin with a capital in the text that is matched."""
NOUN = rf"(?:{WORD}(?: {WORD})?)"
WHO = rf"(?:(?:the|a|an|his|her|my|their) {WORD}(?: {WORD})?|{WORD}|he|she|it|they)"
LENGTHS = "miles?|kilomet(?:er|re)s?|met(?:er|re)s?|feet|foot|inches|inch|yards?|cm|km|mm|m"
WEIGHTS = "kilograms?|grams?|pounds?|ounces?|tons?|kg|g|lbs?|oz"
SPANS = "hours?|minutes?|seconds?|days?|weeks?|months?|years?"
OTHER = "dollars?|euros?|cents?|lit(?:er|re)s?|gallons?|points?|degrees?"
MEASURE = rf"(?:{LENGTHS}|{WEIGHTS}|{SPANS}|{OTHER})"
BOXES = "(?:box(?:es)?|bags?|packs?|packets?|baskets?|cartons?|crates?|jars?|trays?|bunch(?:es)?|cases?|rows?|bottles?|sets?|piles?|buckets?)"
IRREGULAR = {
    "feet": "foot", "inches": "inch", "children": "child", "people": "person", "men": "man",
    "women": "woman", "mice": "mouse", "geese": "goose", "teeth": "tooth", "metres": "meter",
    "metre": "meter", "kilometre": "kilometer", "kilometres": "kilometer", "km": "kilometer", "m": "meter",
    "kg": "kilogram", "lb": "pound", "lbs": "pound", "g": "gram", "litre": "liter", "litres": "liter",
    "knives": "knife", "loaves": "loaf", "leaves": "leaf", "shelves": "shelf", "wolves": "wolf", "halves": "half",
    "bus": "bus", "buses": "bus", "lenses": "lens", "gases": "gas", "glass": "glass", "glasses": "glass", "class": "class", "classes": "class",
}  # fmt: skip
ITEM = "things"
"""The unit of what is counted by its own name."""

GAINS = (
    "buys|bought|gets|got|finds|found|receives|received|picks|picked|collects|collected|wins|won|is given|was given|adds|added"
    "|takes in|took in|adopts|adopted|inherits|inherited|purchases|purchased|orders|ordered|gathers|gathered|gains|gained|borrows|borrowed|catches|caught|earns|earned|saves|saved|grows|grew"
)
LOSES = (
    "eats|ate|loses|lost|sells|sold|uses|used|throws away|threw away|breaks|broke|spends|spent|drops|dropped"
    "|throws out|threw out|gives out|gave out|gives up|gave up|consumes|consumed|misplaces|misplaced|discards|discarded|pays|paid|releases|released|removes|removed|gifts|gifted|lends|lent|trades away|traded away|donates|donated|mails|mailed|drinks|drank|burns|burned|returns|returned|gives away|gave away"
)
ACTS = (
    "makes|made|bakes|baked|reads|read|runs|ran|walks|walked|rides|rode|drives|drove|travels|travell?ed|plants|planted|writes|wrote"
    "|paints|painted|draws|drew|folds|folded|sees|saw|swims|swam|jumps|jumped|washes|washed|builds|built|types|typed|prints|printed"
    "|scores|scored|climbs|climbed|answers|answered|delivers|delivered|sews|sewed|knits|knitted|cooks|cooked|prepares|prepared|hikes|hiked|watches|watched|practices|practiced|studies|studied|works|worked|sleeps|slept|produces|produced|records|recorded|bikes|biked|jogs|jogged|decorates|decorated|repairs|repaired|grades|graded|goes|went|flies|flew|cycles|cycled|packs|packed|harvests|harvested|visits|visited|solves|solved"
)
HAS = "has|had|have|owns|owned"
BASE = {
    "be": "be", "use": "use", "uses": "use", "used": "use",
    "has": "have", "had": "have", "have": "have", "owns": "have", "own": "have", "owned": "have",
    "bought": "buy", "got": "get", "found": "find", "won": "win", "caught": "catch", "grew": "grow", "ate": "eat",
    "lost": "lose", "sold": "sell", "threw": "throw", "broke": "break", "spent": "spend", "drank": "drink",
    "gave": "give", "made": "make", "ran": "run", "rode": "ride", "drove": "drive", "wrote": "write", "drew": "draw",
    "saw": "see", "swam": "swim", "built": "build", "went": "go", "goes": "go", "flew": "fly", "flies": "fly",
}  # fmt: skip


ONE_O = frozenset("shoes horseshoes snowshoes toes tiptoes canoes hoes foes oboes".split())
"""Of a word in ``-oe``, not in ``-o``."""


def singular(noun: str) -> str:
    """A noun in the singular, the last of its words."""
    box, of, inside = noun.partition(" of ")
    if of:
        return f"{singular(box)} of {singular(inside)}"
    head, space, last = noun.lower().strip().rpartition(" ")
    if last in IRREGULAR:
        last = IRREGULAR[last]
    elif last.endswith("ies") and len(last) > 4:
        last = last[:-3] + "y"
    elif re.search(r"(?:ss|x|ch|sh)es$", last) or (last.endswith("oes") and last not in ONE_O):
        last = last[:-2]
    elif re.search(r"[^s]s$", last) and len(last) > 3:
        last = last[:-1]
    return head + space + last


def plural(noun: str) -> str:
    """A noun in the plural, the first of its words where it is of something."""
    box, of, inside = noun.partition(" of ")
    head, space, last = box.rpartition(" ")
    many = {one: form for form, one in reversed(IRREGULAR.items())}
    if last in many:
        last = many[last]
    elif re.search(r"[^aeiou]y$", last):
        last = last[:-1] + "ies"
    else:
        last += "es" if re.search(r"(?:s|x|ch|sh)$", last) else "s"
    return f"{head}{space}{last}{of}{inside}"


def base_form(verb: str) -> str:
    """A verb without its ending, so that ``picked`` and ``picks`` are one."""
    first = verb.lower().split()[0] if verb else ""
    if first in BASE:
        return BASE[first]
    stem = re.sub(r"(?:ed|es|s|e)$", "", first)
    return f"{stem}e" if f"{stem}e" in BASE.values() else stem


GENERAL = frozenset("have be do work go travel cost".split())
"""What is done at any rate: who works for 5 hours earns for 5 hours."""


def sense_of(verb: str) -> Sense:
    """What a verb does to the stock of its subject."""
    for words, sense in ((GAINS, Sense.IN), (LOSES, Sense.OUT), (HAS, Sense.HAVE)):
        if re.fullmatch(words, verb, re.IGNORECASE):
            return sense
    return Sense.DO


PARTS = {"hal": 2, "thi": 3, "fou": 4, "qua": 4, "fif": 5, "six": 6, "eig": 8, "ten": 10}
ABOVE = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


def share_of(said: str) -> t.Expr | None:
    """A part in words or figures."""
    said = re.sub(r"\s*of$", "", said.lower().strip())
    if said == "half":
        return t.Div(t.integer(1), t.integer(2))
    if found := re.fullmatch(r"(\w+)[ -](\w+)", said):
        below, above = PARTS.get(found[2][:3]), ABOVE.get(found[1])
        if below and above:
            return t.Div(t.integer(above), t.integer(below))
    percent = re.fullmatch(r"(.+?) ?(?:%|percent)", said)
    part = literal(percent[1] if percent else said)
    return t.Call("percent", (part,)) if percent and part is not None else part
