"""Probabilities of two events by those of others, and the mean of a binomial variable.

"A and B are independent, P(A) = 0.3, P(B) = 0.5: P(A or B)", 甲、乙独立射击: the value asked for is
written by the given numbers; a text that says anything else, or numbers that no events have, is
left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task, Text

LONGEST = 400
NUMBER = r"(?:\d+\s*/\s*\d+|\\d?frac\s*\{\s*\d+\s*\}\s*\{\s*\d+\s*\}|\d*\.?\d+)"
BAR = (
    r"(?:\\(?:bar|overline)\s*\{?\s*[AB]\s*\}?|[AB]\s*(?:'|′|\u0305|\^c(?![a-z])|\^\{c\})"
    r"|(?:not|非)\s*[AB])"
)
ONE = rf"(?:{BAR}|[AB])"
JOINED = r"(?:\s*(?:∪|∩|\\cup|\\cap|\||∣|\\mid|or|and|given|或|且|\+)\s*|\s*)"
EVENT = rf"{ONE}(?:{JOINED}{ONE})?"
FACT = late(rf"\$?\s*P\s*\(\s*(?P<event>{EVENT})\s*\)\s*(?:=|is|为|是)\s*(?P<value>{NUMBER})\s*\$?")
ASKED = late(rf"\$?\s*P\s*\(\s*(?P<wanted>{EVENT})\s*\)\s*=?\s*\$?")
FREE = late(r"(?:(?:mutually\s+)?independent(?:\s+events)?|相互独立|互相独立|独立)", re.IGNORECASE)
APART = late(r"(?:mutually\s+exclusive|disjoint)(?:\s+events)?|互斥|互不相容", re.IGNORECASE)
FILL = late(
    r"(?:[\s,.;:?!$，。；：？！、]|(?:given|that|if|suppose|let|two|events?|are|be|and|with|find|calculate|what|is|the|A|B|of|then|where|value|probability)(?![a-z])"
    r"|已知|设|若|如果|事件|与|和|两个?|的|是|为|求|则|那么|概率|值|[（(]\s*[)）])*",
    re.IGNORECASE,
)
LAW = late(
    rf"\$?\s*(?P<x>[A-Zξ])\s*(?:~|∼|\\sim)\s*B\s*\(\s*(?P<n>\d+)\s*[,，]\s*(?P<p>{NUMBER})\s*\)\s*\$?"
)
MOMENT = late(r"\$?\s*(?P<kind>E|D|Var|V)\s*\(\s*[A-Zξ]\s*\)\s*\$?|(?P<zh>数学期望|期望|均值|方差)")
NO = r"(?:(?![不没未])[\u4e00-\u9fff])"
SHOTS = late(
    rf"\s*(?:已知)?甲[、和与,，]?乙(?:两人|二人)?{NO}{{0,6}}独立地?{NO}{{0,10}}[,，。]\s*{NO}{{0,14}}(?:概率|命中率)分别(?:为|是)\s*\$?(?P<p>{NUMBER})\$?\s*(?:和|与|、|,|，)\s*\$?(?P<q>{NUMBER})\$?\s*[,，。;；]\s*"
    rf"(?:求|则|问)?(?:{NO}{{0,6}}?)(?P<how>至少有?一[人个]|恰有一[人个]|两人都不|都不|两人都没有?|都没有?|两人都|两人同时|都)(?:能)?{NO}{{0,8}}的?概率(?:是|为)?(?:多少)?\s*[.。?？]?\s*"
)
UNITE = Text("P(A ∪ B) = P(A) + P(B) - P(AB)", "P(A∪B) = P(A) + P(B) - P(AB)")
TIMES = Text("for independent events P(AB) = P(A)·P(B)", "相互独立时 P(AB) = P(A)·P(B)")
GIVEN = Text("P(A | B) = P(AB)/P(B)", "P(A|B) = P(AB)/P(B)")
MEAN = Text(
    "of a binomial variable E(X) = np, D(X) = np(1 - p)", "二项分布：E(X) = np，D(X) = np(1 - p)"
)
ONE_ = t.integer(1)


@dataclass
class Pair:
    """What is known of two events: each by itself, and both together."""

    known: dict[str, t.Expr] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)

    def fill(self, *, free: bool, apart: bool, said: dict[str, t.Expr]) -> bool:
        """Work out P(A), P(B), P(AB) from what was said; whether numbers of events came out."""
        for event, value in said.items():
            if event in ("A", "B", "AB"):
                self.known[event] = value
            elif event in ("a", "b"):
                self.known[event.upper()] = t.sub(ONE_, value)
        for _ in range(3):
            self._both(free=free, apart=apart, said=said)
        sizes = {n: _size(self.known[n]) for n in self.known}
        a, b, both = sizes.get("A"), sizes.get("B"), sizes.get("AB")
        if any(v is None or not 0 <= v <= 1 for v in sizes.values()):
            return False
        if a is None or b is None or both is None:
            return True
        kept = list(self.notes)
        again = [self.value(event) for event in said]
        self.notes = kept
        told = zip(again, said.values(), strict=True)
        if any(one is not None and _size(one) != _size(other) for one, other in told):
            return False  # what is said does not fit together
        bounds = a + b - 1 <= both <= a and both <= b
        return bounds and not (free and both != a * b)

    def _both(self, *, free: bool, apart: bool, said: dict[str, t.Expr]) -> None:
        a, b, both = (self.known.get(n) for n in ("A", "B", "AB"))
        if both is None and apart:
            self.known["AB"] = t.integer(0)
        elif both is None and free and a is not None and b is not None:
            self.known["AB"] = t.mul(a, b)
            self.notes.append(TIMES)
        elif both is None and free and "A+B" in said and (a is None) != (b is None):
            one = a if a is not None else b
            assert one is not None
            other = t.Div(t.sub(said["A+B"], one), t.sub(ONE_, one))
            self.known["B" if b is None else "A"] = other  # u = a + b - ab
            self.notes += [UNITE, TIMES]
        elif both is None and "A|B" in said and b is not None:
            self.known["AB"] = t.mul(said["A|B"], b)
        elif both is None and "B|A" in said and a is not None:
            self.known["AB"] = t.mul(said["B|A"], a)
        elif both is None and "A+B" in said and a is not None and b is not None:
            self.known["AB"] = t.sub(t.add(a, b), said["A+B"])
            self.notes.append(UNITE)

    def value(self, event: str) -> t.Expr | None:
        """The probability of an event by what is known."""
        a, b, both = (self.known.get(n) for n in ("A", "B", "AB"))
        match event:
            case "A" | "B" | "AB":
                return self.known.get(event)
            case "a" | "b" if (one := self.known.get(event.upper())) is not None:
                return t.sub(ONE_, one)
            case "A+B" if a is not None and b is not None and both is not None:
                self.notes.append(UNITE)
                return t.add(a, b, t.Neg(both))
            case "ab" if a is not None and b is not None and both is not None:
                self.notes.append(UNITE)
                return t.sub(ONE_, t.add(a, b, t.Neg(both)))
            case "A|B" | "B|A" if both is not None:
                below = b if event == "A|B" else a
                self.notes.append(GIVEN)
                return t.Div(both, below) if below is not None and rational_value(below) else None
        return None


def _size(value: t.Expr) -> Fraction | None:
    """The value of sums, products and quotients of numbers."""
    if (plain := rational_value(value)) is not None:
        return plain
    parts = [_size(p) for p in t.children(value)]
    if not parts or None in parts:
        return None
    known = [p for p in parts if p is not None]
    match value:
        case t.Add():
            return sum(known, Fraction(0))
        case t.Mul():
            return prod(known, start=Fraction(1))
        case t.Neg():
            return -known[0]
        case t.Div() if known[1]:
            return known[0] / known[1]
    return None


def read_events(scan: Scan, whole: Span) -> Request | list[Request] | None:
    """What such a text asks; ``None`` if it is none."""
    text = whole.text
    if len(text) > LONGEST:
        return None
    try:
        return _pair(scan, text) or _moments(scan, text) or _shots(text)
    except (ReadingError, KeyError):
        return None


def _pair(scan: Scan, text: str) -> Request | None:
    facts = list(FACT.finditer(text))
    wanted = next((h for h in ASKED.finditer(text) if all(
        h.end() <= f.start() or f.end() <= h.start() for f in facts)), None)  # fmt: skip
    if not facts or wanted is None:
        return None
    free, apart = FREE.search(text), APART.search(text)
    hits = [*facts, wanted, *(h for h in (free, apart) if h)]
    for hit in sorted(hits, key=lambda h: h.start(), reverse=True):
        text = f"{text[: hit.start()]} {text[hit.end() :]}"
    said = {_event(f["event"]): read_formula(f["value"]) for f in facts}
    pair = Pair()
    if FILL.fullmatch(text) is None or len(said) < len(facts) or "" in said:
        return None
    if not pair.fill(free=free is not None, apart=apart is not None, said=said):
        return None
    value = pair.value(_event(wanted["wanted"]))
    if value is None or t.symbols(value):
        return None
    scan.notes += dict.fromkeys(pair.notes)
    return Request(task=Task.EVALUATE, operands=(value,))


def _event(text: str) -> str:
    """``A+B`` for a union, ``AB`` for both, ``A|B``, small letters for what does not happen."""
    parts = [m[0] for m in re.finditer(ONE, text)]
    names = [re.sub(r"[^AB]", "", p) for p in parts]
    names = [n.lower() if re.fullmatch(BAR, p) else n for n, p in zip(names, parts, strict=True)]
    between = re.sub(ONE, " ", text)
    if len(names) == 1:
        return names[0]
    if set(map(str.upper, names)) != {"A", "B"}:
        return ""
    if re.search(r"∪|cup|or|或|\+", between):
        return "A+B" if names in (["A", "B"], ["B", "A"]) else ""
    if re.search(r"\||∣|mid|given", between):
        return "|".join(names) if "".join(names).isupper() else ""
    both = "".join(sorted(names, key=str.upper))
    return both if both in ("AB", "ab") else ""


def _moments(scan: Scan, text: str) -> list[Request] | None:
    law = LAW.search(text)
    if law is None:
        return None
    asked = [h for h in MOMENT.finditer(text) if h.start() >= law.end()]
    rest = text
    for hit in sorted([law, *asked], key=lambda h: h.start(), reverse=True):
        rest = f"{rest[: hit.start()]} {rest[hit.end() :]}"
    rest = re.sub(r"随机变量|random variable|mean|variance|服从|[A-Zξ](?![A-Za-z])", " ", rest)
    if not asked or FILL.fullmatch(rest) is None:
        return None
    n, p = t.integer(int(law["n"])), read_formula(law["p"])
    if not 0 <= (rational_value(p) or -1) <= 1:
        return None
    scan.notes.append(MEAN)
    mean = t.mul(n, p)
    spread = t.mul(n, p, t.sub(ONE_, p))
    kinds = [h["kind"] or h["zh"] for h in asked]
    values = [mean if k in ("E", "数学期望", "期望", "均值") else spread for k in kinds]
    return [Request(task=Task.EVALUATE, operands=(value,)) for value in values]


def _shots(text: str) -> Request | None:
    """甲、乙两人独立射击，命中的概率分别为 p 和 q."""
    hit = SHOTS.fullmatch(text)
    if hit is None:
        return None
    p, q = read_formula(hit["p"]), read_formula(hit["q"])
    if any(not 0 <= (rational_value(v) or -1) <= 1 for v in (p, q)):
        return None
    miss = t.mul(t.sub(ONE_, p), t.sub(ONE_, q))
    how = hit["how"]
    if how.startswith("至少"):
        value = t.sub(ONE_, miss)
    elif how.startswith("恰"):
        value = t.add(t.mul(p, t.sub(ONE_, q)), t.mul(t.sub(ONE_, p), q))
    else:
        value = miss if re.search("[不没]", how) else t.mul(p, q)
    return Request(task=Task.EVALUATE, operands=(value,))
