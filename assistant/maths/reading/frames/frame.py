"""Problems that name a figure, say how large some of its quantities are, and ask for others.

"A cone has radius 3 and height 4. Find its volume", 圆的面积是 9π，求半径: such a text is
cut into words for the figure, words for quantities, values, words of asking and words that
carry nothing.  Any other word, and any value that no quantity claims, and the text is not
of this kind: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.patterns import Late, late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import Expr
from assistant.maths.types import Request, Text

LONGEST = 600
"""Characters; the words are looked for at every place."""
Kind = Literal["figure", "quantity", "value", "ask", "is", "link", "stop", "dots"]
NUMBER = r"(?:\\(?:frac|dfrac|sqrt|pi|circ)\b|\\?sqrt\s*\(|√|π|pi(?![a-z])|∞|\d|\.(?=\d)|[-+](?=\s*[\d√π\\])|[*/^{}()°²³½⅓⅔¼¾·×]|degrees?\b|度)"
VALUE = re.compile(rf"\$?\s*(?:{NUMBER})(?:\s*(?:{NUMBER}))*\s*\$?", re.IGNORECASE)
UNIT = re.compile(
    r"\s*(?:(?:sq(?:uare)?|cubic)\.?\s*|平方|立方)?(?P<u>millimet(?:re|er)s?|centimet(?:re|er)s?|met(?:re|er)s?|kilomet(?:re|er)s?|inch(?:es)?|feet|foot|units?"
    r"|mm|cm|dm|km|m|in|ft|毫米|厘米|分米|千米|公里|米|cm)\s*(?:\^?\{?[23]\}?|²|³)?(?![A-Za-z])",
    re.IGNORECASE,
)
ASK = re.compile(
    r"(?:what(?:'s| is| are)|how (?:long|large|big|many|much)(?: is| are)?|find|calculate|compute|determine|work out|evaluate|give|state)(?![a-z])"
    r"|试?求出?|计算|是多少度?|为多少度?|多少度?|多大|多长|是几|等于多少|则|那么|问",
    re.IGNORECASE,
)
IS = re.compile(r"(?:is|are|was|equals?|measures?)(?![a-z])|=|＝|是|为|等于|[:：]", re.IGNORECASE)
LINK = re.compile(
    r"\s+|(?:an?|the|its?|of|with|has|have|having|and|whose|given|that|if|in|this|each|for|whole|suppose|let|where|which|respectively"
    r"|does|do|there|be|exactly|know(?:n|ing)|we|a certain)(?![a-z])"
    r"|已知|设|记|若|如果|一个|某个?|这个|它|其|该|的|有|且|长|分别|每个|每|条|个|边上|与|和|及|、|一|中|在|如图",
    re.IGNORECASE,
)
DOTS = re.compile(r"\.\.\.+|…+|⋯+|\\[cl]?dots|\\ldots")
"""The terms before them begin a sequence."""
FACTOR = re.compile(r"[A-Za-z\\∠_(*/+]|\s+[*/+×-]")
"""Behind a value it means that the value is only a part of one."""
STOP = re.compile(r"[.,;，。；、?？!()（）_＿$]|\s+")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; ``name`` is the figure or quantity, ``value`` a number."""

    kind: Kind
    name: str = ""
    value: Expr | None = None


Build = Callable[[Scan, dict[str, Expr], str], Request | None]
"""What is asked about one wanted quantity, given the values of others."""
MOST_WANTED = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """A figure: its words, the words of its quantities, and what is made of the facts.

    A quantity's name may list several, ``base1 base2``, for words that stand for all.
    """

    figure: Late
    quantities: tuple[tuple[Late, str], ...]
    build: Build
    implied: tuple[str, ...] = ()
    """The quantities of bare values, ``a cuboid 3 by 4 by 5``."""


@dataclass
class Facts:
    """What the tokens said."""

    values: dict[str, Expr] = field(default_factory=dict)
    wanted: list[str] = field(default_factory=list)


FRAMES: list[Frame] = []


def frame(figure: str, quantities: dict[str, str], build: Build, implied: str = "") -> None:
    """Register a figure; ``quantities`` maps names to patterns of words."""
    known = tuple(
        (late(rf"(?:{words})(?![a-z])", re.IGNORECASE), name) for name, words in quantities.items()
    )
    FRAMES.append(
        Frame(late(rf"(?:{figure})(?![a-z])", re.IGNORECASE), known, build,
              tuple(implied.split()))
    )  # fmt: skip


def read_frame(scan: Scan, whole: Span) -> list[Request] | None:
    """What a text about one figure asks; ``None`` if it is no such text."""
    if len(whole.text) > LONGEST:
        return None
    for shape in FRAMES:
        if shape.figure.search(whole.text) is None:
            continue
        notes = len(scan.notes)
        tokens = _tokens(scan, shape, whole)
        facts = None if tokens is None else _facts(tokens, shape)
        if facts is not None and len(facts.wanted) <= MOST_WANTED:
            found = [shape.build(scan, facts.values, name) for name in facts.wanted]
            requests = [request for request in found if request is not None]
            if len(requests) == len(found):
                return requests
        del scan.notes[notes:]
    return None


def _tokens(scan: Scan, shape: Frame, whole: Span) -> list[Token] | None:
    found: list[Token] = []
    units: set[str] = set()
    at = whole.start
    while at < whole.end:
        step = _token(scan, shape, Span(whole.source, at, whole.end), found)
        if step is None:
            return None
        token, length = step
        at += length
        if token.kind == "value" and (unit := UNIT.match(whole.source, at, whole.end)):
            units.add(unit["u"].lower())
            at = unit.end()
        if token.kind == "value" and FACTOR.match(whole.source, at, whole.end):
            return None
        found.append(token)
    if len(units) > 1 or _chained(found):
        return None
    for name in units:
        scan.notes.append(Text("lengths in {0}", "长度单位：{0}", (name,)))
    return found


def _token(scan: Scan, shape: Frame, rest: Span, before: list[Token]) -> tuple[Token, int] | None:
    """The longest word that stands here."""
    source, at = rest.source, rest.start
    words: list[tuple[int, Token]] = []
    for pattern, name in shape.quantities:
        if hit := pattern.compiled.match(source, at, rest.end):
            words.append((hit.end() - at, Token("quantity", hit.expand(name))))
    rules: tuple[tuple[re.Pattern[str], Kind], ...] = (
        (shape.figure.compiled, "figure"), (ASK, "ask"), (IS, "is"), (LINK, "link"), (STOP, "stop"), (DOTS, "dots"),
    )  # fmt: skip
    for rule, kind in rules:
        if (hit := rule.match(source, at, rest.end)) and hit.end() > at:
            words.append((hit.end() - at, Token(kind)))
    if words:
        length, token = max(words, key=lambda w: w[0])
        return token, length
    if hit := VALUE.match(source, at, rest.end):
        return _value(scan, Span(source, at, at + _balanced(hit[0])))
    if any(t.kind == "value" for t in before) and source.startswith(("by ", "×"), at):
        return Token("link"), 3 if source.startswith("by", at) else 1
    return None


def _chained(tokens: list[Token]) -> bool:
    """``a = b = 3``, ``a : b``: what is said of two quantities at once."""
    said = [t for t in tokens if t.kind != "link"]
    for first, sign, second in zip(said, said[1:], said[2:], strict=False):
        if sign.kind == "is" and first.kind == "value":
            return True
        both = first.kind == second.kind == "quantity"
        if sign.kind == "is" and both and first.name != second.name:
            return True
    return False


def _balanced(text: str) -> int:
    """The length of a value without a closing bracket that opens nowhere in it."""
    depth = 0
    for n, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return n
    return len(text.rstrip(" .")) or len(text)


def _value(scan: Scan, span: Span) -> tuple[Token, int] | None:
    text = span.text
    length = len(text)
    trimmed = span.strip("$. ")
    try:
        value = scan.expression(_with_degrees(trimmed))
    except ReadingError:
        return None
    return Token("value", value=value), length


def _with_degrees(span: Span) -> Span:
    if hit := re.search(r"\s*(?:degrees?|度)$", span.text, re.IGNORECASE):
        text = span.text[: hit.start()] + "°"
        return Span(text, 0, len(text))
    return span


def _facts(tokens: list[Token], shape: Frame) -> Facts | None:
    """Names before values claim them; names without values are asked for."""
    facts, names, values = Facts(), list[str](), list[Expr]()
    for n, token in enumerate(tokens):
        match token.kind:
            case "quantity":
                if values and not _claim(facts, names, values, shape):
                    return None
                names.append(token.name)
            case "value":
                assert token.value is not None
                values.append(token.value)
            case "dots":
                names_of_terms = tuple(f"term:{k}" for k in range(1, len(values) + 1))
                if set(names_of_terms) & set(facts.values) or len(values) < 2:
                    return None
                facts.values.update(zip(names_of_terms, values, strict=True))
                facts.wanted += names
                names.clear()
                values.clear()
                if _next_kind(tokens[n + 1 :]) == "value":
                    names.append("last")
            case "figure" | "ask":
                if values and not _claim(facts, names, values, shape):
                    return None
                if not _value_follows(tokens[n + 1 :]):
                    facts.wanted += names
                    names.clear()
            case _:
                pass
    if values and not _claim(facts, names, values, shape):
        return None
    facts.wanted += names
    wanted = [w for w in dict.fromkeys(facts.wanted) if w not in facts.values]
    facts.wanted = wanted
    return facts if wanted else None


def _value_follows(tokens: list[Token]) -> bool:
    """Whether the next thing said is a value, as in ``the area of a circle is 9``."""
    rest = [t for t in tokens if t.kind not in ("link", "stop")]
    if rest and rest[0].kind == "is":
        return len(rest) > 1 and rest[1].kind == "value"
    return bool(rest) and rest[0].kind == "value" and not _stopped(tokens)


def _next_kind(tokens: list[Token]) -> str:
    """What is said next."""
    return next((t.kind for t in tokens if t.kind not in ("link", "stop")), "")


def _stopped(tokens: list[Token]) -> bool:
    """Whether a stop comes before the next word that carries something."""
    kinds = [t.kind for t in tokens if t.kind != "link"]
    return bool(kinds) and kinds[0] == "stop"


def _claim(facts: Facts, names: list[str], values: list[Expr], shape: Frame) -> bool:
    """Give the collected values to the collected names, one each, the last names first."""
    claimed: list[str] = []
    while names and len(claimed) < len(values):
        claimed = [*names.pop().split(), *claimed]
    if len(claimed) != len(values) == len(shape.implied):
        names, claimed[:] = [*names, *claimed], shape.implied
    if len(claimed) != len(values) or set(claimed) & set(facts.values):
        return False
    facts.wanted += names
    facts.values.update(zip(claimed, values, strict=True))
    names.clear()
    values.clear()
    return True
