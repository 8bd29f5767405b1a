"""What only the words of a line tell: ``15 × 4 = 60, so he has 70 apples``, ``so it is prime``.

Nobody reads what such words say.  Where they come to a value that none of the formulas beside
them has, or to something that is no value, the formulas are not all that the line claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeGuard

from assistant.maths import terms as t
from assistant.maths.reading.claims.marks import value
from assistant.maths.reading.claims.sides import Reading
from assistant.maths.reading.claims.spoken import in_digits
from assistant.maths.reading.claims.tokens import plain_signs
from assistant.maths.reading.formulas.formula import read_sure
from assistant.maths.reading.formulas.tokens import ReadingError

MOST = 1000
"""Characters of a line that is looked through; who knows what a longer one tells."""
COUNTS = 10
"""Lesser numbers that are spelled count mostly what a sentence is about: two equations."""
_GAP, _UNREAD = "\x00", "\x01"
"""Stand for a formula that is read, and for one that relates figures."""
_FIGURES = re.compile(r"[⊥∥≅∽]|\\(?:perp|parallel|cong|sim)(?![a-z])")
_CLOCK = re.compile(r"\d:\d\d\s*[-+−–]\s*\d{1,2}:\d\d")
"""A sum of times of day, which is not worked out."""
_PLAIN = r"[-−–]?\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?/\s?\d+)?%?"
_NUMBER = rf"(?:⟦\d+⟧|(?<![A-Za-z0-9_.^/]){_PLAIN}(?![A-Za-z0-9_/^]))"
_LIST = rf"{_NUMBER}(?:\s*(?:,|、|;|和|或|及|\band\b|\bor\b)(?:\s*(?:and|or)\b)?\s*{_NUMBER})*"
_BETWEEN = (
    r"(?:(?!(?:for|in|to|from|on|at|by|after|with|per|than|within|during|before|every|each|of|steps?"
    r"|equations?|cases?|parts?|lines?|if|when|not|divisible|multiple)\b)[A-Za-z'’]+\s+)"
)
_WITH_ANSWER = r"(?:answer|solutions?|roots?|zeros|zeroes|results?|total|sum)"
_TELLS = re.compile(
    rf"\b(?:is|are|was|were|be|becomes?|equals?|has|have|had|gets?|got|makes?|costs?|leaves|needs?|earns?"
    rf"|pays?|so|thus|therefore|hence|{_WITH_ANSWER})\b\s*[:,]?\s*"
    rf"{_BETWEEN}{{0,4}}(?:total\s+of\s+|equal\s+to\s+)?[$£€¥]?(?P<en>{_LIST})"
    r"|(?:是|为|有|得|共|等于|剩下?|需要?|花了?|答案?|所以|因此|故|[解根])"
    rf"[^\d⟦\x00，。；,;除乘加减比第-]{{0,8}}(?P<zh>{_LIST})",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    rf"\b{_WITH_ANSWER}\b|答案|结果|答|[解根](?=[为是有])|一共|总共|共有", re.IGNORECASE
)
_SIGNS = r"(?:[^A-Za-z\u4e00-\u9fff]|(?<![A-Za-z])[A-Za-z](?![A-Za-z]))*"
_FORMULAS = re.compile(rf"{_SIGNS}[=≈<>≤≥≠~](?:.*[=≈<>≤≥≠~])?{_SIGNS}", re.DOTALL)
"""From the first formula of a chain among words to the last."""
_FOLLOWS = re.compile(
    r"(?:\b(?:so|thus|therefore|hence|that\s+is|giving|gives|leaving|leaves|making|means|yields?|yielding|get|gets)\b"
    r"|所以|因此|因而|从而|也就是|即|→|⇒|⟹)",
    re.IGNORECASE,
)
"""All numbers behind it are told as something that follows."""
_ASIDE = re.compile(
    rf"(?:\b(?:by|steps?|eq(?:uation|n)?s?\.?|lines?|parts?|cases?|problem|question|exercise|theorem|method|day|week|month|year|mod(?:ulo)?|base"
    rf"|(?:multiple|factor|power|divisor)s?\s+of)|第|除以|乘以?|加上?|减去?)\s*\(?{_NUMBER}",
    re.IGNORECASE,
)
"""A number of which nothing is said."""
_ADJUNCT = re.compile(
    rf"\b(?:in|for|after|within|per|every|each|during|by|from|at|on|over|before|than|with|add(?:ing)?|subtract(?:ing)?"
    rf"|multiply(?:ing)?|divid(?:e|ing)|mov(?:e|ing)|bring(?:ing)?|transpos(?:e|ing)|cancel(?:l?ing)?|substitut(?:e|ing)|plug(?:ging)?|out\s+of|first|last|next|if|when|between|rounded\s+(?:up\s+|down\s+)?to)\s+"
    rf"(?:(?!total|all|sum|answer|result|is\b)[A-Za-z'’]+\s+){{0,2}}{_LIST}"
    rf"|(?:每|在|经过|过了|前|后|把|将)\s*{_NUMBER}|{_NUMBER}[^\W\d]{{1,3}}[之以]?[后前内里]",
    re.IGNORECASE,
)
"""A number that only says when, how often or from what."""
_IS = re.compile(
    r"(?:\b(?:is|are|was|were|be|becomes?|equals?|equal\s+to)|[是为得]|等于)\s*$", re.IGNORECASE
)
_STANDS_OUT = re.compile(rf"\s*(?:#+|\*+|_+)\s*(?P<told>{_NUMBER})[\s*_]*")
"""A number alone that is set off as the answer: ``#### 70``, ``**70**``."""
_JUDGES = re.compile(
    r"(?:\b(?:so|thus|therefore|hence|means|which)\b[^\x00]*?\b(?:prime|composite|(?:larg|small|bigg|great|long|short|fast|slow|old|young|cheap|high|low)er(?!\s+than)"
    r"|(?:larg|small|bigg|great|long|short|fast|slow|old|young|cheap|high|low)est|more(?!\s+than)|less(?!\s+than)|true|correct|possible|converges?"
    r"|convergent|diverges?|divergent|increas\w+|decreas\w+|even|odd|(?:ir)?rational|perpendicular|parallel"
    r"|similar|congruent|isosceles|equilateral|(?:one|two|three|four|no)\s+(?:\w+\s+){0,2}(?:solution|root)s?)\b"
    r"|(?:所以|因此|因而|从而|故|可知)[^\x00]*?(?:[质素合偶奇]数|[较最][大小长短快慢多少高低贵]|收敛|发散|递[增减]|单调|平行|垂直|相似|全等"
    r"|无?有理数|无理数|[一两二三四]个[^，。]{0,6}[根解])"
    r"|更[大小长短快慢多少高低贵])",
    re.IGNORECASE,
)
"""A conclusion that is no value."""
_ENDS = re.compile(r"[.;。；](?!\d)")
_REASON = re.compile(
    r"(?:\b(?:because|since|as|given\s+that|seeing\s+that)\W*|(?:因为|由于)\W*|[:：]\W*|[(（\[]\s*)$",
    re.IGNORECASE,
)
"""What stands before it is told with the formula behind it as its reason."""
_SOURCE = re.compile(r"(?:\b(?:from|by|via|using|through)|由|用|通过)\W*$", re.IGNORECASE)
_MARKER = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)、])\s+")
_BOXED = re.compile(r"\\boxed\s*\{(.*)\}")
_LABEL = re.compile(r"\\(?:text|mathrm|textbf|mbox|textrm)\s*\{[^{}]*\}|\\[,;! ]|\\(?=%)")
_NAME = re.compile(r"\\?[A-Za-z]+(?:_\w|_\{\w+\})?'*")
"""A block that only names something: ``$x$``, ``$ABC$``."""
Values = set[Fraction | t.Expr | None]
_RELATED = re.compile(r"[=≈<>≤≥≠]|\\(?:leq?|geq?|approx|neq?|equiv|in|to)(?![a-z])")


class Said(Protocol):
    """What is read of a claim."""

    @property
    def text(self) -> str:
        """All of it as it stands."""

    @property
    def sides(self) -> tuple[t.Expr | None, ...]:
        """What its signs stand between."""

    @property
    def formula(self) -> t.Expr | None:
        """The whole, where it is no chain."""

    @property
    def readings(self) -> tuple[Reading | None, ...]:
        """How its sides were found among words; none of a formula in TeX."""


def tells_other(text: str, claims: Sequence[Said], blocks: re.Pattern[str]) -> bool:
    """Whether words conclude what the claims do not say; ``blocks`` finds the formulas between
    signs of TeX."""
    if len(text) > MOST or not claims:
        return bool(claims)
    values: list[str] = []
    plain = plain_signs(text).replace("i.e.", "that is")
    rest = blocks.sub(lambda block: _block(block[0], values), plain)
    for claim in claims:
        rest = rest.replace(plain_signs(claim.text), _words(claim), 1)
    if _GAP not in rest:
        return False
    if any(c.readings and _CLOCK.search(c.text) for c in claims):
        return True
    head, *tails = rest.split(_GAP)
    known, ends = _known([s for c in claims for s in (*c.sides, c.formula) if s is not None])
    for claim in claims:
        if any(r is not None and "?" in r.formula for r in claim.readings):  # 2 h 46 min
            known |= {_value(one, values) for one in re.findall(_NUMBER, claim.text)}
    told = _Told(values, known, ends)
    last = _MARKER.sub("", _ENDS.split(head)[-1])
    if (reason := _REASON.search(head)) is not None:
        because = reason[0].strip()[-1:].isalpha()  # what it is the reason of is told for sure
        if told.other(last) or (because and told.strays(_ASIDE.sub(" ", in_digits(last)))):
            return True
    if _SOURCE.search(head) and told.values_apart(in_digits(last), known):
        return True
    return any(told.other(clause) for tail in tails for clause in _ENDS.split(tail))


@dataclass(frozen=True, slots=True)
class _Told:
    """What clauses tell beside formulas: ``known`` are all values in these, ``ends`` those at
    which one of them arrives."""

    values: list[str]
    known: Values
    ends: Values

    def other(self, clause: str) -> bool:
        """Whether it tells a value that no formula has, or what is no value."""
        if _UNREAD in clause or _JUDGES.search(clause):
            return True
        if self.strays(_ADJUNCT.sub(" ", _ASIDE.sub(" ", in_digits(clause, COUNTS)))):
            return True
        clause = in_digits(clause)
        follows = _FOLLOWS.search(clause)
        if follows and self.strays(_ASIDE.sub(" ", clause[follows.end() :])):
            return True
        alone = _STANDS_OUT.fullmatch(clause)
        if alone and _value(alone["told"], self.values) not in self.ends:
            return True
        return self.values_apart(clause, self.ends)

    def values_apart(self, clause: str, ends: Values) -> bool:
        """Whether a verb or a name tells a value that no formula has; ``ends``: those that
        something may be said to be."""
        for found in _TELLS.finditer(clause):
            before = clause[: found.start(found.lastgroup or 0)]
            right = ends if _ANSWER.search(before) or _IS.search(before) else self.known
            told = self.numbers(found[found.lastgroup or 0])
            if len(set(told)) < len(told) or not right.issuperset(told):
                return True
        return False

    def numbers(self, text: str) -> list[Fraction | t.Expr | None]:
        """The values of all numbers in a text."""
        return [_value(one, self.values) for one in re.findall(_NUMBER, text)]

    def strays(self, text: str) -> bool:
        """Whether a number in it is in none of the formulas."""
        return any(isinstance(n, Fraction) and n not in self.known for n in self.numbers(text))


def _words(claim: Said) -> str:
    """What stands for a claim: a gap, and the words around its formulas."""
    return _FORMULAS.sub(f" {_GAP} ", claim.text, count=1) if claim.readings else _GAP


def _block(block: str, values: list[str]) -> str:
    """What stands for a formula in signs of TeX: a gap where it relates something, its number
    among the ``values`` where it is one alone."""
    if _FIGURES.search(block):
        return _UNREAD
    if _RELATED.search(block):
        return _GAP
    inner = block.strip("$").strip()
    if inner[:2] in (r"\(", r"\["):
        inner = inner[2:-2]
    inner = _LABEL.sub("", _BOXED.sub(r"\1", inner)).strip(" .,;")
    if _NAME.fullmatch(inner):
        return f" {inner.strip(chr(92))} "
    values.append(inner)
    return f" ⟦{len(values) - 1}⟧ "


def _value(told: str, values: list[str]) -> Fraction | t.Expr | None:
    """The number that is told, or the formula where it is none."""
    text = values[int(told[1:-1])] if told[0] == "⟦" else told
    text = (
        text.strip().replace("−", "-").replace("–", "-").replace(",", "" if told[0] != "⟦" else ",")
    )
    share = text.endswith("%")
    try:
        tree = read_sure(text.rstrip("%"))
    except (ReadingError, RecursionError):
        return None
    number = _number(tree)
    if number is None:
        return tree
    return number / 100 if share else number


def _number(tree: t.Expr) -> Fraction | None:
    try:
        return value(tree)
    except (ArithmeticError, OverflowError):
        return None


def _known(formulas: list[t.Expr]) -> tuple[Values, Values]:
    """All values in formulas, and those at which one of them arrives."""
    known: Values = set()
    ends: Values = set()
    for formula in formulas:
        for signed in (t.transform(formula, _plus), t.transform(formula, _minus)):
            _walk(signed, known)
            _arrive(signed, ends)
    return known, ends


def _plus(node: t.Expr) -> t.Expr:
    return node.args[0] if _has_two_signs(node) else node


def _minus(node: t.Expr) -> t.Expr:
    return t.Neg(node.args[0]) if _has_two_signs(node) else node


def _has_two_signs(node: t.Expr) -> TypeGuard[t.Call]:
    return isinstance(node, t.Call) and node.name == "plusminus"


def _walk(node: t.Expr, known: Values) -> None:
    number = _number(node)
    known.add(node if number is None else number)
    if number is not None and isinstance(node, t.Neg):
        return  # of -3 nobody says 3
    for part in t.children(node):
        if isinstance(node, t.Add) and isinstance(part, t.Neg):
            _walk(part.arg, known)
        _walk(part, known)


def _arrive(node: t.Expr, ends: Values) -> None:
    match node:
        case t.Relation() | t.Junction() | t.Collection() | t.Call("approx" | "in"):
            for part in t.children(node):
                _arrive(part, ends)
        case _:
            number = _number(node)
            ends.add(node if number is None else number)
