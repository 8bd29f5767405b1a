"""A whole input: formulas with the words around them.

The grammar of sentences (``prose``) is loaded only for an input with words in it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.maths import topics
from assistant.maths.ordering import rational_value
from assistant.maths.reading.bounds import bounded, in_degrees_unsaid
from assistant.maths.reading.defaults import by_itself, by_task
from assistant.maths.reading.formulas.doubtful import DoubtfulError, refuse_decimal_commas
from assistant.maths.reading.formulas.recurring import kept
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.naming import functions_of, letters_of
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.plain_sums import read_plain_sum
from assistant.maths.reading.repeating import read_repeating
from assistant.maths.reading.scan import (
    HAN,
    Scan,
    TooSlow,
    separators,
    unknown_word,
)
from assistant.maths.reading.unfolding import unfolded
from assistant.maths.terms import (
    Call,
    Comparison,
    Expr,
    Interval,
    Junction,
    Relation,
    Symbol,
    symbols,
)
from assistant.maths.types import Definition, Lang, Problem, Request, Task, Text

MAX_CHARACTERS = 20_000
MAX_WORDS = 2500
"""Characters of a text with words; formulas alone may be longer."""
SHORT_BLANK = 24
"""So many blanks in a row say all that more of them would; the patterns of sentences allow blanks
in many places, and are slow where there are hundreds."""
LONG_BLANK = re.compile(rf"\s{{{SHORT_BLANK + 1},}}")
MAX_QUESTIONS = 9
COMMAND = re.compile(
    r"\s*(?:[a-z]+\.)?[A-Za-z_]\w*\s*\(.*\)$|.*\]\s*\)\s*\.\s*[A-Za-z]+\s*(?:\(\))?$", re.DOTALL
)
BOUND = re.compile(
    r"=.*[(（][^()（）=]*[A-Za-z]\s*(?:[<>≤≥∈]|\\(?:in|le|ge|lt|gt))[^()（）]*[)）]\s*$"
)
"""``x^2 = 4 (x > 0)``: a statement and, in brackets, its domain."""
WORDY = re.compile(
    r"[A-Za-z]{2}|[\u4e00-\u9fff①-⑳]|[(（]\s*[\da-z]\s*[)）]|(?<![\d.])\d{1,3}\s*[.．、)](?!\d)|[a-h][)）]\s"
)
"""What may be a word or the number of a question; other texts need no look at those."""
SQUARE = re.compile(r"[A-Z][A-Za-z]*(?=\[.*\]$)", re.DOTALL)
"""``Solve[x^2 == 4, x]``, as one other program writes its calls."""
STOP = re.compile(r"[.。](?=\s)")
GOES_ON = re.compile(r"[,，、]\s*(?:\.{3}|[…⋯]+|\\[lc]?dots|[?？]|_{2,}|[(（]\s*[)）])\s*[.。]?$")
DOTTED = re.compile(r"[+,，]\s*(?:\.{3,}|…+|⋯+|\\[cl]?dots)")
"""A sum or list that goes on: it has a law, but no value of its own."""
DIVIDES = re.compile(r"\s*\$?\s*\d+\s*(?:[|∣∤]|\\n?mid(?![A-Za-z]))[^|∣∤]*$")
"""``6 | n^3 - n``: one bar behind a number, which says that it divides."""
ASKED = re.compile(r"(?<!\s)\s*[=＝]\s*[?？]?$")


def read_problem(text: str, task: Task | None = None, variable: str = "") -> Problem:
    """What is asked.  ``task`` and ``variable`` come from the batch contract and win over
    what the text suggests.  Raises ``ReadingError``."""
    if len(text) > MAX_CHARACTERS:
        raise ReadingError(Text("the input is too long", "输入过长"), MAX_CHARACTERS)
    tight = LONG_BLANK.sub(_shortened, text)
    try:
        return replace(_problem(tight, task, variable), source=text)
    except ReadingError as wrong:
        if tight == text:
            raise
        at = _place_in(text, wrong.at)
        raise ReadingError(wrong.message, at, wrong.suggestion) from wrong
    except RecursionError as wrong:
        raise ReadingError(Text("this is nested too deeply", "嵌套过深"), 0) from wrong
    except TooSlow as wrong:
        slow = Text("this text takes too long to read", "读取这段文字用时过长")
        raise ReadingError(slow, 0) from wrong


def _shortened(blank: re.Match[str]) -> str:
    """The first of many blanks; that there is a line's end among them still counts."""
    kept = blank[0][:SHORT_BLANK]
    return kept if "\n" in kept or "\n" not in blank[0] else f"{kept[:-1]}\n"


def _place_in(text: str, at: int) -> int:
    """The place in a text that stands at ``at`` once its long blanks are short."""
    for blank in LONG_BLANK.finditer(text):
        if at < blank.start() + SHORT_BLANK:
            break
        at += len(blank[0]) - SHORT_BLANK
    return at


def _problem(text: str, task: Task | None, variable: str) -> Problem:
    text = kept(text)
    scan = Scan(text, zh=bool(HAN.search(text)), taken=set(re.findall(r"[A-Za-z]", text)))
    scan.functions = functions_of(text)
    whole, named, asked, pi = scan.whole(), text, None, None
    if WORDY.search(text):
        with scan.loading():
            from assistant.maths.reading import framing, pi_value

        whole, pi = pi_value.without_pi(framing.without_constants(whole))
        named = text if pi is None else whole.source
        asked = framing.numbered(whole)
        whole = framing.unframed(whole)
        scan.source = framing.together(whole).source
    scan.own = letters_of(named)
    if not whole.strip("。.?？;；"):
        raise scan.error(whole, "there is nothing to read", "没有输入内容")
    refuse_decimal_commas(whole, separators(whole))
    requests = (
        _questions(scan, *asked, task, variable) if asked else _read(scan, whole, task, variable)
    )
    if any(r.task is Task.SOLVE and in_degrees_unsaid(r.operands, r.domain) for r in requests):
        raise scan.error(
            whole,
            "are the angles in degrees or in radians? write 360° or 2π",
            "角的单位是度还是弧度？请写成 360° 或 2π",
        )
    if any(_reversed(r.domain) for r in requests):
        raise scan.error(whole, "the interval ends before it begins", "区间的左端点大于右端点")
    return Problem(
        request=requests[0],
        more=tuple(requests[1:]),
        definitions=tuple(scan.definitions),
        notes=tuple(dict.fromkeys(scan.notes)),
        lang=Lang.ZH if scan.zh else Lang.EN,
        told=scan.told,
        pi=pi,
    )


def _reversed(domain: Expr | None) -> bool:
    """Whether an interval was told with its larger end first."""
    if not isinstance(domain, Interval):
        return False
    low, high = rational_value(domain.low), rational_value(domain.high)
    return low is not None and high is not None and low > high


def _read(scan: Scan, whole: Span, task: Task | None, variable: str) -> list[Request]:
    """The requests of a text without numbered questions."""
    if (terms := _sequence(scan, whole)) is not None:
        return [terms]
    for read in (read_plain_sum, read_repeating):
        if (found := read(scan, whole)) is not None:
            return [found]
    plain = _as_formulas(scan, whole)
    if plain is not None:
        request = _given(scan, plain) if task is None else None
        if request is not None:
            (request,) = unfolded(scan, [request])
        if request is None:
            request = by_task(scan, plain, task, variable) if task else by_itself(scan, plain)
        return [_with_variable(request, variable)]
    if len(whole.text) > MAX_WORDS:
        raise ReadingError(Text("this text is too long to be one problem", "文字过长"), MAX_WORDS)
    if (called := _as_command(scan, whole)) is not None:
        return [_for_task(scan, called, task, variable)]
    with scan.loading():  # a formula does not pay for them
        from assistant.maths.reading import framing, number_sets, prose, whole_pairs

    try:
        found_here = bounded(scan, prose.read_prose(scan, whole))
        requests = unfolded(scan, number_sets.limited(scan, found_here))
        requests = [whole_pairs.paired(r, scan) for r in requests]
    except ReadingError as wrong:
        if (asked := framing.lettered(whole)) is None:
            raise
        try:
            return _questions(scan, *asked, task, variable)
        except ReadingError:
            raise wrong from None
    if not requests:
        raise unknown_word(whole, 0) if not scan.definitions else _nothing_asked(scan, whole)
    return [_for_task(scan, r, task, variable) for r in requests]


def _questions(
    scan: Scan, head: Span, items: tuple[Span, ...], task: Task | None, variable: str
) -> list[Request]:
    """Several questions behind one head: an instruction for each, or what is given."""
    from assistant.maths.reading import framing

    if len(items) > MAX_QUESTIONS:
        raise scan.error(items[-1], "these are too many questions at once", "一次提出的问题过多")
    bare = not head.strip(":：,，.。;；")
    found: list[Request] = []
    given: list[Definition] = []
    for item in items:
        scan.forget()
        text = item if bare else framing.together(head, item)
        scan.source = framing.together(text).source
        found.extend(_read(scan, text, task, variable))
        given.extend(d for d in scan.definitions if d not in given)
    scan.definitions = given
    return found


def _sequence(scan: Scan, whole: Span) -> Request | None:
    """``2, 4, 8, …`` and ``2, 4, 8, ?``: the next term is wanted."""
    if (found := GOES_ON.search(whole.text)) is None:
        return None
    parts = scan.parts(whole.cut(whole.start, whole.start + found.start()))
    try:
        terms = tuple(scan.expression(p) for p in parts)
    except ReadingError:
        return None
    if len(terms) < 3 or any(symbols(term) for term in terms):
        return None
    scan.notes.append(Text("read as: find the next term", "读作：求下一项"))
    return Request(task=Task.SEQUENCE, topic=topics.NEXT, operands=terms)


def _as_command(scan: Scan, whole: Span) -> Request | None:
    if not COMMAND.match(whole.text):
        return None
    from assistant.maths.reading.commands import read_command

    return read_command(scan, whole)


def _as_formulas(scan: Scan, whole: Span) -> tuple[Expr, ...] | None:
    """The formulas of a text that has nothing else; ``None`` if there are words in it."""
    if DOTTED.search(whole.text) or (WORDY.search(whole.text) and _begins_with_verb(whole)):
        return None
    if BOUND.search(whole.text) or DIVIDES.match(whole.text):
        return None
    if found := SQUARE.match(whole.text):
        raise scan.error(
            whole.cut(whole.start + found.end(), whole.end),
            "write round brackets around what this is about",
            "请用圆括号括起参数",
        )  # fmt: skip
    whole = whole.strip("。.?？;；")
    if found := ASKED.search(whole.text):
        whole = whole.cut(whole.start, whole.start + found.start())
    try:
        return (scan.formula(whole),)
    except DoubtfulError:
        raise
    except ReadingError as wrong:
        first = wrong
    if HAN.search(whole.text):
        return None
    try:
        found_parts = tuple(
            scan.formula(part) for line in _stops(whole) for part in scan.parts(line)
        )
    except ReadingError as wrong:
        if not re.search(r"[A-Za-z]{2,}", re.sub(r"\\[A-Za-z]+", "", whole.text)):
            raise (wrong if len(scan.parts(whole)) > 1 else first) from wrong
        return None
    return found_parts or None


def _begins_with_verb(whole: Span) -> bool:
    from assistant.maths.reading.asking import VERB

    return VERB.match(whole.source, whole.start) is not None


def _stops(whole: Span) -> list[Span]:
    """Formulas with full stops between them."""
    ends = [m.start() for m in STOP.finditer(whole.source, whole.start, whole.end)]
    starts = [whole.start, *(e + 1 for e in ends)]
    return [whole.cut(a, b) for a, b in zip(starts, [*ends, whole.end], strict=True)]


def _given(scan: Scan, formulas: tuple[Expr, ...]) -> Request | None:
    """``f(x) = x^2, f(3)``: equations that fix names, and then a value asked for."""
    wanted = [f for f in formulas if not is_statement(f)]
    given = [f for f in formulas if isinstance(f, Relation)]
    if len(wanted) != 1 or not given or len(given) + 1 != len(formulas):
        return None
    asked = wanted[0]
    for statement in given:
        match statement:
            case Relation(Comparison.EQ, Call(name, args), body) if name in scan.functions:
                names = tuple(a.name for a in args if isinstance(a, Symbol))
                scan.definitions.append(Definition(name, names, body))
            case Relation(Comparison.EQ, Symbol(name), body):
                scan.definitions.append(Definition(name, (), body))
            case _:
                scan.definitions.append(Definition("", (), statement))
    found = by_itself(scan, (asked,))
    return replace(found, task=Task.EVALUATE) if found.task is Task.SIMPLIFY else found


def is_statement(value: Expr) -> bool:
    """Whether a formula says something that may hold or not."""
    return isinstance(value, Relation | Junction) or (
        isinstance(value, Call) and value.name in ("in", "approx")
    )


def _with_variable(request: Request, variable: str) -> Request:
    names = tuple(n.strip() for n in variable.split(",") if n.strip())
    if not names or request.task in (Task.DSOLVE, Task.MATRIX, Task.SERIES):
        return request
    return replace(request, variables=names)


def _for_task(scan: Scan, request: Request, task: Task | None, variable: str) -> Request:
    if task is not None and request.task is not task and request.task is not Task.COMPARE:
        return by_task(scan, request.operands, task, variable)
    return _with_variable(request, variable) if variable else request


def _nothing_asked(scan: Scan, whole: Span) -> ReadingError:
    return scan.error(
        whole.cut(whole.end, whole.end), "it is not said what is asked", "没有说明要求什么"
    )
