"""Values of one angle by other values of it: ``sin α = 3/5``, α acute, ``cos α``.

The sine and cosine become two letters whose squares add up to 1; where the angle lies gives
their signs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Definition, Request, Task, Text

FUNCTIONS = frozenset("sin cos tan cot sec csc".split())
ABOUT = late(r"sin|cos|tan|正弦|余弦|正切")
OPENS = r"(?:已知|若|如果|设|given(?: that)?|if|suppose(?: that)?|let)?"
ASKS = r"(?:求|计算|find|calculate|determine|what is|evaluate)(?: the)?(?: exact)?(?: values? of)?"
WHOLE = late(
    rf"\s*{OPENS}\s*(?P<told>.+?)\s*[,，;；.。]?\s*(?:(?:则|那么|then)?\s*{ASKS}|(?:则|那么))"
    r"\s*[:：]?\s*(?P<asked>[^;；。]+?)\s*(?:的值|等于|=|是多少|为)*\s*(?:\(\s*\)|_+)?\s*[.。?？]?\s*",
    re.IGNORECASE | re.DOTALL,
)
LETTER = r"\$?(?P<angle>\\?[A-Za-z]+|[α-ωΑ-Ω])\$?"
QUADRANTS = {
    **dict(zip("一二三四", range(4), strict=True)),
    **dict(zip("1234", range(4), strict=True)),
    **dict(zip(("first", "second", "third", "fourth"), range(4), strict=True)),
    **dict(zip(("i", "ii", "iii", "iv"), range(4), strict=True)),
}
PLACED = late(
    rf"(?:且|and)?\s*(?:角)?\s*{LETTER}\s*(?:"
    r"(?:是|为|在)\s*第(?P<zh>[一二三四])象限(?:的?角|内)?|(?:是|为)(?P<kind>锐|钝)角"
    r"|(?:is|lies)(?: an angle)? in (?:the )?(?P<en>first|second|third|fourth) quadrant"
    r"|(?:is|lies) in quadrant (?P<roman>iv|i{1,3}|[1-4])"
    r"|is (?:an )?(?P<en_kind>acute|obtuse)(?: angle)?)",
    re.IGNORECASE,
)
SIGNS = ((1, 1), (1, -1), (-1, -1), (-1, 1))
"""The signs of sine and cosine in the four quadrants."""
ONE, TWO = t.integer(1), t.integer(2)


@dataclass
class Angle:
    """One angle, by the letters for its sine and cosine."""

    name: str
    sine: t.Symbol
    cosine: t.Symbol
    signs: list[tuple[t.Symbol, int]] = field(default_factory=list)

    def put(self, value: t.Expr) -> t.Expr:
        """A formula with the two letters for its functions of the angle."""
        return t.transform(value, self._node)

    def _node(self, node: t.Expr) -> t.Expr:
        match node:
            case t.Call(name, (arg,)) if name in FUNCTIONS and self.name in t.symbols(arg):
                pair = self._of(arg)
                return node if pair is None else _value(name, *pair)
        return node

    def _of(self, arg: t.Expr) -> tuple[t.Expr, t.Expr] | None:
        """Sine and cosine of an angle that is made of this one."""
        s, c = self.sine, self.cosine
        match arg:
            case t.Symbol(self.name):
                return s, c
            case t.Neg(inner):
                pair = self._of(inner)
                return pair and (t.Neg(pair[0]), pair[1])
            case t.Mul((t.Number(Fraction(numerator=2, denominator=1)), t.Symbol(self.name))):
                square = t.sub(t.Pow(c, TWO), t.Pow(s, TWO))
                return t.Mul((TWO, s, c)), square
            case t.Add((one, other)):
                return self._sum(one, other)
        return None

    def _sum(self, one: t.Expr, other: t.Expr) -> tuple[t.Expr, t.Expr] | None:
        parts = [self._of(p) or _fixed(p) for p in (one, other)]
        if parts[0] is None or parts[1] is None or (t.symbols(one) and t.symbols(other)):
            return None
        (s, c), (s2, c2) = parts[0], parts[1]
        sine = t.Add((t.Mul((s, c2)), t.Mul((c, s2))))
        return sine, t.sub(t.Mul((c, c2)), t.Mul((s, s2)))

    def lies(self, quadrant: int) -> None:
        """The signs that follow from a quadrant."""
        sine, cosine = SIGNS[quadrant]
        self.signs += [(self.sine, sine), (self.cosine, cosine)]

    def between(self, low: Fraction, high: Fraction) -> bool:
        """The signs that follow from an interval, in quarters of a turn; whether it is one turn at
        most."""
        start = low.numerator // low.denominator
        last = -(-high.numerator // high.denominator) - 1
        inside = [SIGNS[q % 4] for q in range(start, last + 1)] if last - start < 4 else []
        for letter, place in ((self.sine, 0), (self.cosine, 1)):
            found = {signs[place] for signs in inside}
            if len(found) == 1:
                self.signs.append((letter, found.pop()))
        return bool(inside)


def _fixed(value: t.Expr) -> tuple[t.Expr, t.Expr] | None:
    """Sine and cosine of an angle without letters."""
    if t.symbols(value):
        return None
    return t.Call("sin", (value,)), t.Call("cos", (value,))


def _value(name: str, s: t.Expr, c: t.Expr) -> t.Expr:
    match name:
        case "sin":
            return s
        case "cos":
            return c
        case "tan":
            return t.Div(s, c)
        case "cot":
            return t.Div(c, s)
        case "sec":
            return t.Div(ONE, c)
    return t.Div(ONE, s)


def read_trig_known(scan: Scan, whole: Span) -> list[Request] | None:
    """The requests of such a text; ``None`` if it is none."""
    hit = WHOLE.fullmatch(whole.text) if ABOUT.search(whole.text) else None
    if hit is None:
        return None
    told = whole.cut(whole.start + hit.start("told"), whole.start + hit.end("told"))
    wanted = whole.cut(whole.start + hit.start("asked"), whole.start + hit.end("asked"))
    state = set(scan.names), list(scan.notes)
    try:
        requests = _requests(scan, told, wanted)
    except ReadingError:
        requests = None
    if requests is None:
        scan.names, scan.notes = state
    return requests


def _requests(scan: Scan, told: Span, wanted: Span) -> list[Request] | None:
    asked = [scan.expression(part) for part in scan.parts(wanted)]
    parts = scan.parts(told)
    placed = [PLACED.fullmatch(part.text) for part in parts]
    formulas = [scan.formula(p) for p, hit in zip(parts, placed, strict=True) if hit is None]
    names = {n for value in (*asked, *formulas) for n in t.symbols(value)}
    if len(names) != 1 or not all(any(map(_is_call, t.walk(one))) for one in asked):
        return None
    name = names.pop()
    angle = Angle(name, *_letters(scan, name))
    for hit in placed:
        if hit is not None and not _place(scan, angle, hit):
            return None
    equations: list[t.Expr] = []
    for value in formulas:
        made = _equation(angle, value)
        if made is None:
            return None
        equations += made
    results = [angle.put(one) for one in asked]
    if not equations or any(angle.name in t.symbols(result) for result in results):
        return None
    _say(scan, angle, equations)
    return [Request(task=Task.EVALUATE, operands=(result,)) for result in results]


def _is_call(node: t.Expr) -> bool:
    return isinstance(node, t.Call) and node.name in FUNCTIONS


def _letters(scan: Scan, *used: str) -> tuple[t.Symbol, t.Symbol]:
    free = [letter for letter in "scuvpq" if letter not in scan.names and letter not in used]
    scan.names.update(free[:2])
    return t.Symbol(free[0]), t.Symbol(free[1])


def _place(scan: Scan, angle: Angle, hit: re.Match[str]) -> bool:
    """Where the angle lies, in words; whether it is this angle."""
    place = hit.start("angle")
    if scan.name(Span(hit.string, place, hit.end("angle"))) != angle.name:
        return False
    if kind := hit["kind"] or hit["en_kind"]:
        angle.lies(0 if kind.lower() in ("锐", "acute") else 1)
    else:
        angle.lies(QUADRANTS[(hit["zh"] or hit["en"] or hit["roman"]).lower()])
    return True


def _equation(angle: Angle, value: t.Expr) -> list[t.Expr] | None:
    """The equations that a statement gives; none for one that says where the angle lies."""
    match value:
        case t.Relation(t.Comparison.EQ):
            made = angle.put(value)
            if angle.name in t.symbols(made) or not t.symbols(made):
                return None
            return [_without_fraction(made)]
        case t.Call("in", (t.Symbol(angle.name), t.Interval(low, high))):
            ends = _quarters(low), _quarters(high)
        case t.Junction(
            t.Connective.AND,
            (
                t.Relation(t.Comparison.LT, low, t.Symbol(angle.name)),
                t.Relation(t.Comparison.LT, t.Symbol(), high),
            ),
        ):
            ends = _quarters(low), _quarters(high)
        case _:
            return None
    if ends[0] is None or ends[1] is None or not angle.between(ends[0], ends[1]):
        return None
    return []


def _without_fraction(value: t.Expr) -> t.Expr:
    """``s/c = 2`` as ``s = 2c``: sine and cosine are never 0 together."""
    match value:
        case t.Relation(t.Comparison.EQ, t.Div(above, t.Symbol() as below), right):
            return t.equation(above, t.Mul((right, below)))
    return value


def _quarters(value: t.Expr) -> Fraction | None:
    """An angle in quarters of a turn; ``None`` where it is no simple part of a turn."""
    match value:
        case t.Number(Fraction(numerator=0)):
            return Fraction(0)
        case t.Neg(inner):
            found = _quarters(inner)
            return None if found is None else -found
        case t.Constant(t.ConstantName.PI):
            return Fraction(2)
        case t.Div(above, t.Number(below)) if below:
            found = _quarters(above)
            return None if found is None else found / below
        case t.Mul((t.Number(times), other)):
            found = _quarters(other)
            return None if found is None else found * times
        case t.Call("degrees", (t.Number(number),)):
            return number / 90
    return None


def _say(scan: Scan, angle: Angle, equations: list[t.Expr]) -> None:
    """What is known, with the law of Pythagoras."""
    s, c = angle.sine, angle.cosine
    law = t.equation(t.Add((t.Pow(s, TWO), t.Pow(c, TWO))), ONE)
    name = t.Symbol(angle.name)
    why = Text(
        "Let {0} be the sine and {1} the cosine of {2}: their squares add up to 1.",
        "设 {0} 为 {2} 的正弦，{1} 为 {2} 的余弦：二者的平方和为 1。",
        (s, c, name),
    )
    zero = t.integer(0)
    keep = tuple(
        t.Relation(t.Comparison.GT if sign > 0 else t.Comparison.LT, letter, zero)
        for letter, sign in dict.fromkeys(angle.signs)
    )
    whole = t.Junction(t.Connective.AND, (*equations, law))
    scan.definitions.append(Definition("", (), whole, why, keep))
