"""A text with words: sentences of definitions and requests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant.maths import topics
from assistant.maths.reading.asking import (
    ASK,
    CONTENT_FREE,
    FILLER,
    SETTING,
    STORY_END,
    TAIL,
    ZH_TAIL,
)
from assistant.maths.reading.chance import read_chance
from assistant.maths.reading.coordination import coordinated
from assistant.maths.reading.defaults import by_itself
from assistant.maths.reading.definitions import OPENING, define
from assistant.maths.reading.dotted import read_dotted
from assistant.maths.reading.events import read_events
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.frames.frame import read_frame
from assistant.maths.reading.modifiers import Modifiers, strip_modifiers
from assistant.maths.reading.named_points import read_named_points
from assistant.maths.reading.normal import read_normal
from assistant.maths.reading.operations import read_operation
from assistant.maths.reading.partial_sums import read_partial_sums
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.recurrences import read_recurrence
from assistant.maths.reading.requests import arithmetic, every  # noqa: F401 - all productions
from assistant.maths.reading.requests.productions import ORDERS, Meaning, noun_phrase, read_with
from assistant.maths.reading.requests.vectors import read_vectors
from assistant.maths.reading.scan import HAN, Scan, unknown_word
from assistant.maths.reading.sentences import (
    has_words,
    options,
    sentences,
    split_request,
    split_trailing,
    unmarked,
)
from assistant.maths.reading.trig_known import read_trig_known
from assistant.maths.reading.vector_lengths import read_vector_lengths
from assistant.maths.terms import Collection, Expr, Matrix, symbols
from assistant.maths.types import Definition, Request, Task

SIMPLIFY = re.compile(r"simplif|化简", re.IGNORECASE)


@dataclass
class Draft:
    """What has been understood so far."""

    scan: Scan
    requests: list[Request] = field(default_factory=list)
    modifiers: Modifiers = field(default_factory=Modifiers)


def read_prose(scan: Scan, whole: Span) -> list[Request]:
    """What a text asks; its definitions go into the scan.  Raises ``ReadingError``."""
    draft = Draft(scan)
    arithmetic.refuse_two_ways(whole)
    if (operation := read_operation(scan)) is not None:
        return [operation]
    stem, choices = options(whole)
    for read in (
        read_normal,
        read_chance,
        read_events,
        read_dotted,
        read_frame,
        read_vectors,
        read_vector_lengths,
        read_recurrence,
        read_partial_sums,
        read_trig_known,
        read_named_points,
    ):
        if (found := read(scan, stem)) is not None:
            draft.requests += found if isinstance(found, list) else [found]
            scan.options = choices
            if choices:
                _choose(draft)
            return draft.requests
    state = _mark(draft)
    try:
        _read_text(draft, whole)
    except ReadingError:
        _reset(draft, state)
        with scan.loading():
            from assistant.maths.reading.stories import read_story  # costly, and rarely needed

        story = read_story(scan, whole)
        if story is None:
            raise
        draft.requests.extend(story)
        scan.told = True
        if scan.options:
            _choose(draft)
    return draft.requests


# sentences -----------------------------------------------------------------------------


def _read_text(draft: Draft, whole: Span) -> None:
    scan = draft.scan
    stem, scan.options = options(whole)
    try:
        request = _request(draft, stem)  # a whole text may be one order: "Three letters …. Give …"
    except ReadingError:
        found = _without_story(sentences(stem))
        for sentence in found:
            if CONTENT_FREE.fullmatch(sentence.text):
                continue
            if sentence is not found[-1] and not has_words(sentence) and "=" in sentence.text:
                define(scan, sentence)  # "x = 3. What is x + 2?"
            else:
                _read_sentence(draft, sentence)
        _take_as_told(draft)
    else:
        draft.requests.append(request)
    if scan.options:
        _choose(draft)


def _take_as_told(draft: Draft) -> None:
    """``The sum of x and 7 is 15. Find 2x.``: the letter keeps its value in what is asked next."""
    if len(draft.requests) < 2 or SIMPLIFY.search(draft.scan.source):
        return
    *told, asked = draft.requests
    letters = {name for operand in asked.operands for name in symbols(operand)}
    bare = asked.task in (Task.SIMPLIFY, Task.EVALUATE) and not asked.topic
    solved = all(r.task is Task.SOLVE and not r.topic and r.domain is None for r in told)
    fixed = {name for r in told for o in r.operands for name in symbols(o)}
    if bare and solved and letters and letters <= fixed:
        draft.scan.definitions += [Definition("", (), o) for r in told for o in r.operands]
        draft.requests[:] = [replace(asked, task=Task.EVALUATE, variables=())]


def _without_story(found: tuple[Span, ...]) -> tuple[Span, ...]:
    """A last sentence that asks about one given number needs nothing that stands before it."""
    if found and (asked := STORY_END.search(found[-1].text)):
        last = found[-1]
        return (last.cut(last.start + asked.start(), last.end),)
    return found


def _read_sentence(draft: Draft, sentence: Span) -> None:
    """A clause of definitions, a request, or both."""
    while setting := SETTING.match(sentence.source, sentence.start, sentence.end):
        sentence = sentence.cut(setting.end(), sentence.end)
    state = _mark(draft)
    opened = OPENING.match(sentence.source, sentence.start, sentence.end)
    attempts = (
        (_define_all, _ask, _define_then_ask)
        if opened
        else (_ask, _define_then_ask, _ask_then_define, _define_all)
    )
    furthest: ReadingError | None = None
    for attempt in attempts:
        try:
            attempt(draft, sentence)
        except ReadingError as wrong:
            _reset(draft, state)
            if furthest is None or wrong.at > furthest.at:
                furthest = wrong
        else:
            return
    assert furthest is not None
    raise furthest


Marked = tuple[int, int, set[str], set[str], int, dict[str, Expr]]


def _mark(draft: Draft) -> Marked:
    scan = draft.scan
    return (
        len(scan.definitions),
        len(scan.notes),
        set(scan.names),
        set(scan.unknowns),
        len(draft.requests),
        dict(scan.said),
    )


def _reset(draft: Draft, state: Marked) -> None:
    scan = draft.scan
    del scan.definitions[state[0] :], scan.notes[state[1] :], draft.requests[state[4] :]
    scan.names, scan.unknowns, scan.said = set(state[2]), set(state[3]), dict(state[5])


def _define_all(draft: Draft, span: Span) -> None:
    define(draft.scan, span)


def _ask(draft: Draft, span: Span) -> None:
    if span.text.startswith(
        ("先化简，再求值", "先化简,再求值", "先化简, 再求值", "化简求值", "先化简，后求值")
    ):
        _simplify_then_evaluate(draft, span)
        return
    draft.requests.extend(_requests(draft, span))


def _define_then_ask(draft: Draft, span: Span) -> None:
    parts = split_request(span)
    if parts is None:
        raise unknown_word(span, 0)
    _read_sentence_part(draft, parts[0])
    _read_sentence(draft, parts[1])


def _read_sentence_part(draft: Draft, span: Span) -> None:
    try:
        define(draft.scan, span)
    except ReadingError:
        parts = split_trailing(span)
        if parts is None:
            raise
        define(draft.scan, parts[0])
        define(draft.scan, parts[1])


def _ask_then_define(draft: Draft, span: Span) -> None:
    parts = split_trailing(span)
    if parts is None:
        raise unknown_word(span, 0)
    define(draft.scan, parts[1])
    _read_sentence(draft, parts[0])


def _simplify_then_evaluate(draft: Draft, span: Span) -> None:
    """先化简，再求值：…，其中 a = 2."""
    parts = split_trailing(span)
    if parts is None:
        raise unknown_word(span, 0)
    found = re.match(r"[^:：,，]*[,，]?\s*[^:：]{0,3}[:：,，]\s*", parts[0].text)
    body = parts[0].cut(parts[0].start + (found.end() if found else 0), parts[0].end)
    expr = draft.scan.expression(body)
    draft.requests.append(
        Request(
            task=Task.SIMPLIFY,
            topic=topics.AS_GIVEN,
            operands=(expr,),
            variables=symbols(expr),
        )
    )
    define(draft.scan, parts[1])
    draft.requests.append(Request(task=Task.EVALUATE, operands=(expr,)))


# requests ------------------------------------------------------------------------------


def _requests(draft: Draft, span: Span) -> list[Request]:
    """One request, or several values asked for with commas or "and" between them."""
    try:
        return [_request(draft, span)]
    except ReadingError as wrong:
        if (several := coordinated(span)) is not None:
            return [_request(draft, one) for one in several]
        asked = ASK.match(span.source, span.start, span.end)
        if asked is None:
            raise
        parts = draft.scan.parts(_tail_off(span.cut(asked.end(), span.end)))
        if len(parts) < 2:
            raise
        try:
            return [_as_request(draft.scan, draft.scan.expression(p)) for p in parts]
        except ReadingError:
            raise wrong from None


def _request(draft: Draft, span: Span) -> Request:
    """The request of a clause, its modifiers applied.  Raises ``ReadingError``."""
    span = _tail_off(span)
    furthest: ReadingError | None = None
    for candidate, modifiers in strip_modifiers(draft.scan, span):
        try:
            return modifiers.apply(draft.scan, _bare(draft.scan, candidate))
        except ReadingError as wrong:
            if furthest is None or wrong.at > furthest.at:
                furthest = wrong
    assert furthest is not None
    raise furthest


def _bare(scan: Scan, span: Span) -> Request:
    """An order, a noun asked for, or a formula."""
    errors: list[ReadingError] = []
    spans = [span]
    while filler := FILLER.match(span.source, spans[-1].start, spans[-1].end):
        spans.append(span.cut(filler.end(), span.end))
    for candidate in spans:
        try:
            return _as_request(scan, read_with(ORDERS, scan, candidate))
        except ReadingError as wrong:
            errors.append(wrong)
    last = spans[-1]
    asked = ASK.match(last.source, last.start, last.end)
    core = last.cut(asked.end(), last.end) if asked else last
    for candidate in dict.fromkeys((core, _tail_off(core), *spans)):
        for read in (_noun_request, _formula_request):
            try:
                return read(scan, candidate, asked=asked is not None)
            except ReadingError as wrong:
                errors.append(wrong)
    raise max(errors, key=lambda e: e.at)


def _noun_request(scan: Scan, span: Span, *, asked: bool) -> Request:
    del asked
    return _as_request(scan, noun_phrase(scan, span))


def _formula_request(scan: Scan, span: Span, *, asked: bool) -> Request:
    formulas = (scan.formula(span),) if asked else _formulas(scan, span)
    if len(formulas) == 1 and not isinstance(formulas[0], Matrix | Collection):
        return _as_request(scan, formulas[0])
    return by_itself(scan, formulas)


def _formulas(scan: Scan, span: Span) -> tuple[Expr, ...]:
    try:
        return (scan.formula(span),)
    except ReadingError:
        parts = scan.parts(span)
        if len(parts) < 2:
            raise
        return scan.statements(span)


def _as_request(scan: Scan, meaning: Meaning) -> Request:
    """A value that is asked for: with unknown letters it is to be simplified."""
    if isinstance(meaning, Request):
        if meaning.task is Task.EVALUATE and meaning.operands and not meaning.topic:
            return _as_request(scan, meaning.operands[0])
        return meaning
    plain = by_itself(scan, (meaning,))
    if plain.task not in (Task.SIMPLIFY, Task.EVALUATE):
        return plain
    known = bool(set(symbols(meaning)) & scan.names) or _applies(scan, meaning)
    return replace(plain, task=Task.EVALUATE) if known else plain


def _applies(scan: Scan, meaning: Expr) -> bool:
    from assistant.maths.terms import Call, walk

    defined = {d.name for d in scan.definitions if d.parameters}
    return any(isinstance(n, Call) and n.name in defined for n in walk(meaning))


def _tail_off(span: Span) -> Span:
    """Without the marks and words of asking at its end."""
    pattern = ZH_TAIL if HAN.search(span.source) else TAIL
    span = unmarked(span)
    while found := pattern.search(span.text):
        span = unmarked(span.cut(span.start, span.start + found.start()))
    return span


def _choose(draft: Draft) -> None:
    """The answer is one of the options."""
    scan = draft.scan
    if len(draft.requests) != 1:
        raise scan.error(scan.whole(), "this choice is not understood", "无法理解该选择题")
    asked = draft.requests.pop()
    letters = tuple(scan.options)
    values = tuple(scan.formula(o) for o in scan.options.values())
    name = scan.fresh(asked)
    assert isinstance(scan.definitions[-1], Definition)
    draft.requests.append(
        Request(task=Task.COMPARE, topic=topics.MATCH, operands=(name, *values), words=letters)
    )
