"""Are two answers the same thing?  ``None`` where that is not known."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.answers.clean import (
    Cleaned,
    clean,
    double_root,
    in_radians,
    one_money,
    plain_words,
)
from assistant.maths.answers.clock import same_moment
from assistant.maths.answers.extract import answer_text
from assistant.maths.answers.opposites import bare_word, is_word, told_apart
from assistant.maths.answers.spelling import options, respelled
from assistant.maths.checking.answer_measures import in_parts, same_measures
from assistant.maths.checking.answer_parts import (
    are_numbered,
    assignments,
    is_named,
    is_rounding,
    items,
    joined_otherwise,
    last_of_chain,
    read,
    value_of,
)
from assistant.maths.checking.answer_results import (
    different_by,
    equal_by,
    result_of,
    unknown_by,
)
from assistant.maths.checking.answer_sets import as_set, vector_of
from assistant.maths.checking.answer_units import conversion
from assistant.maths.checking.claims import check_equality, is_statement
from assistant.maths.checking.equal_constants import with_constants
from assistant.maths.checking.equal_doubts import doubt
from assistant.maths.checking.equal_families import (
    counted_freely,
    is_turning,
    same_families,
    uncounted,
)
from assistant.maths.checking.lines.arithmetic import common_log, in_degrees
from assistant.maths.checking.logic.domains import guards
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.numerics.budget import Deadline, OutOfTime, alarm
from assistant.maths.checking.numerics.numeric import NoValue
from assistant.maths.checking.numerics.sampling import certainly_different
from assistant.maths.reading.common_logs import has_bare_log, in_base_ten
from assistant.maths.types import (
    EqualResult,
    Link,
    Proved,
    Refuted,
    Supported,
    Undecided,
)

SECONDS = 2.0
NUMBERED_OTHERWISE = "the same values, numbered in another order"
ORDERED = re.compile(r"[^=≈∈{}或和]*")
"""Values alone, which may stand in the order of the unknowns."""
JOINED = re.compile(r"(?<!\d) | (?!\d)")
"""Spaces that part nothing: ``1 1/2`` is not ``11/2``."""


def equal_answers(gold: str, answer: str) -> EqualResult:
    """Compare two answers, each a formula or a text with the answer in it."""
    texts = (answer_text(uncounted(x)) for x in (gold, answer))
    one, other = (bare_word(one_money(respelled(text))) for text in texts)
    one, other = double_root(one, other), double_root(other, one)
    words = [JOINED.sub("", plain_words(text).strip("{}")) for text in (one, other)]
    if words[0] and words[0] == words[1]:
        return equal_by("the same text")
    if (chosen := options(one)) is not None and chosen == options(other):
        return equal_by("the same options")
    try:
        with alarm(2 * SECONDS):
            if (measured := in_parts(one, other)) is not None:
                return measured
            families = same_families(one, other)
            if families is not None:
                return result_of(families)
            found = compare(clean(one), clean(other))
            if found.equal and has_bare_log(one, other):
                based = [clean(in_base_ten(text)) for text in (one, other)]
                if not compare(*based).equal:
                    return unknown_by("the same for natural logarithms")
            measured = same_measures(one, other) if found.method == "unreadable" else None
            found = measured or found
            why = doubt(one, other) if found.equal is False else ""
            return unknown_by(why) if why else found
    except OutOfTime:
        return unknown_by("time")


def compare(gold: Cleaned, answer: Cleaned) -> EqualResult:
    """Compare two cleaned answers: units, special words, then formulas."""
    if gold.text and gold.text.casefold() == answer.text.casefold() and is_word(gold.text):
        return equal_by("the same word")
    if is_word(gold.text) and is_word(answer.text):
        alike, method = told_apart(gold.text, answer.text)
        if alike is not None:
            return EqualResult(alike, method)
    if (moment := same_moment(gold.text, answer.text)) is not None:
        return EqualResult(*moment)
    if gold.unit and answer.unit:
        return _quantities(gold, answer)
    if joined_otherwise(gold.text, answer.text):
        return unknown_by("together, or one of them")
    gold, answer = in_radians(gold, answer), in_radians(answer, gold)
    found = _by_name(gold.text, answer.text)
    if found is None and (ends := _endings(gold.text, answer.text)):
        return ends
    found = found or _formulas(gold, answer)
    if found.equal is False and (meant := _meant_otherwise(gold.text, answer.text)):
        return unknown_by(meant)
    if found.equal is False and counted_freely(gold.text, answer.text):
        return unknown_by("families of angles")
    return found


def _formulas(gold: Cleaned, answer: Cleaned) -> EqualResult:
    """Compare two answers as statements, as sets, as lists of values."""
    wholes = [tree and last_of_chain(tree) for tree in (read(x.text) for x in (gold, answer))]
    if wholes[0] is not None and wholes[1] is not None and all(map(_asserts, wholes)):
        direct = _statements(wholes[0], wholes[1])
        if direct.equal is not None:
            return direct
    if (unlike := _brackets(wholes[0], wholes[1])) is not None:
        return unlike
    first, second = items(gold), items(answer)
    if first is None or second is None:
        if is_word(gold.text) and is_word(answer.text):
            return EqualResult(*told_apart(gold.text, answer.text))
        return unknown_by("unreadable")
    found = _lists(first, second)
    numbered = [are_numbered(text) for text in (gold.text, answer.text)]
    if found.equal and sorted(numbered) == [False, True] and len(first) == len(second):
        plain = answer.text if numbered[0] else gold.text
        if ORDERED.fullmatch(plain) and not _in_order(first, second).equal:
            return unknown_by(NUMBERED_OTHERWISE)
    return found


def _meant_otherwise(gold: str, answer: str) -> str:
    """In which other sense of a function two answers are the same; nothing where in none."""
    one, other = read(gold), read(answer)
    if one is None or other is None:
        return ""
    for change, method in (
        (common_log, "the same for logarithms to base 10"),
        (in_degrees, "the same for angles in degrees"),
    ):
        if change is common_log and not has_bare_log(gold, answer):
            continue
        changed = [t.transform(side, change) for side in (one, other)]
        if changed != [one, other] and single(changed[0], changed[1]).equal:
            return method
    return ""


def _by_name(gold: str, answer: str) -> EqualResult | None:
    """``x=1, y=2`` beside ``y=2, x=1``: the values of each name."""
    values = [assignments(text) for text in (gold, answer)]
    if values[0] is None or values[1] is None or values[0].keys() != values[1].keys():
        return None
    found = _in_order(*([v[n] for n in sorted(v)] for v in values if v))
    listed = (list(v.values()) for v in values if v)
    if found.equal is False and are_numbered(gold) and _lists(*listed).equal:
        return unknown_by(NUMBERED_OTHERWISE)
    return found


def _brackets(gold: t.Expr | None, answer: t.Expr | None) -> EqualResult | None:
    """Two sets, whose repetitions count once; a set beside a list or tuple."""
    match gold, answer:
        case t.Collection(one, first), t.Collection(other, second) if first and second:
            sets = [kind is t.Bracket.SET for kind in (one, other)]
        case _:
            return None
    if any(isinstance(i, t.Collection) or is_statement(i) for i in (*first, *second)):
        return None
    if sets == [True, True] and len(first) != len(second):
        both = [t.Collection(t.Bracket.SET, part) for part in (first, second)]
        return result_of(check_link(both[0], both[1], Link.EQUIVALENT, ("x",), Deadline(SECONDS)))
    if any(sets) and not all(sets) and len(first) > 1:
        listed = t.Bracket.LIST in (one, other)
        return EqualResult(None if listed else False, "ordered and unordered")
    return None


def _asserts(expr: t.Expr | None) -> bool:
    """Whether it is a statement about an unknown that is not the whole of a list."""
    return isinstance(expr, t.Relation | t.Junction)


def _endings(gold: str, answer: str) -> EqualResult | None:
    """Constants of integration and whole-number parameters."""
    if (found := with_constants(gold, answer)) is not None:
        return found
    verdict = same_families(gold, answer)
    return None if verdict is None else result_of(verdict)


def _quantities(gold: Cleaned, answer: Cleaned) -> EqualResult:
    factor = conversion((gold.unit, gold.power), (answer.unit, answer.power))
    if factor is None:
        return different_by("units of different kinds")
    one, other = read(gold.text), read(answer.text)
    if one is None or other is None:
        return unknown_by("unreadable")
    scaled = t.Mul((one, t.rational(factor)))
    result = result_of(check_equality(scaled, other, (), Deadline(SECONDS)))
    return EqualResult(result.equal, f"in the same unit; {result.method}")


def _unlike(values: list[t.Expr], reason: str) -> EqualResult:
    """Lists that do not match are different, but for families of angles: kπ is 2kπ and π + 2kπ."""
    several = any(is_turning(value_of(value)) for value in values)
    return unknown_by("families of angles") if several else different_by(reason)


def _lists(gold: list[t.Expr], answer: list[t.Expr]) -> EqualResult:
    if len(gold) == len(answer) == 1:
        return single(gold[0], answer[0])
    if _is_row(gold, answer) or _is_row(answer, gold):
        gold, answer = list(_row(gold).items), list(_row(answer).items)
        if len(gold) == len(answer):
            return _in_order(gold, answer)
    if len(gold) != len(answer):
        return _unlike(gold + answer, "a different number of values")
    unused = list(answer)
    unknown = False
    for value in gold:
        results = [single(value_of(value), value_of(other)) for other in unused]
        if hit := next((n for n, r in enumerate(results) if r.equal), None):
            unused.pop(hit)
        elif results and results[0].equal:
            unused.pop(0)
        elif any(r.equal is None for r in results):
            unknown = True
        else:
            return _unlike(gold + answer, "a value has no partner")
    return EqualResult(None if unknown else True, "value by value")


def _in_order(gold: list[t.Expr], answer: list[t.Expr]) -> EqualResult:
    results = [single(a, b).equal for a, b in zip(gold, answer, strict=True)]
    found = None if None in results and False not in results else all(results)
    return EqualResult(found, "value by value, in order")


def _is_row(values: list[t.Expr], other: list[t.Expr]) -> bool:
    """Whether one tuple stands beside several bare values."""
    return len(values) == 1 < len(other) and (
        isinstance(values[0], t.Collection) and values[0].kind is not t.Bracket.SET
    )


def _row(values: list[t.Expr]) -> t.Collection:
    if len(values) == 1 and isinstance(values[0], t.Collection):
        return values[0]
    return t.Collection(t.Bracket.TUPLE, tuple(values))


def single(gold: t.Expr, answer: t.Expr) -> EqualResult:
    """Two formulas."""
    if gold == answer:
        return equal_by("the same formula")
    infinite = t.Constant(t.ConstantName.INFINITY)
    ends = (infinite, t.Neg(infinite))
    if gold in ends or answer in ends:
        other = answer if gold in ends else gold
        known = other in ends or not t.symbols(other)
        return EqualResult(False if known else None, "infinity")
    gold, answer = as_set(gold, answer), as_set(answer, gold)
    if is_statement(gold) != is_statement(answer):
        plain = value_of(gold), value_of(answer)
        if plain == (gold, answer) or is_statement(plain[0]) != is_statement(plain[1]):
            return different_by("a statement and a value")
        gold, answer = plain
    if isinstance(gold, t.Matrix) != isinstance(answer, t.Matrix) and _has_matrices(gold, answer):
        return _values(gold, answer)
    if isinstance(gold, t.Collection | t.Matrix) or isinstance(answer, t.Collection | t.Matrix):
        return _entries(gold, answer)
    if is_statement(gold):
        return _statements(gold, answer)
    return _values(gold, answer)


def _has_matrices(*exprs: t.Expr) -> bool:
    return all(any(isinstance(n, t.Matrix) for n in t.walk(e)) for e in exprs)


def _entries(gold: t.Expr, answer: t.Expr) -> EqualResult:
    if isinstance(gold, t.Matrix) and isinstance(answer, t.Matrix):
        if [len(r) for r in gold.rows] != [len(r) for r in answer.rows]:
            return different_by("matrices of different shape")
    elif not isinstance(gold, t.Collection) or not isinstance(answer, t.Collection):
        same = {vector_of(gold), vector_of(answer)}
        alike = len(same) == 1 and None not in same
        return (unknown_by if alike else different_by)("a list and a value")
    pairs = list(zip(t.children(gold), t.children(answer), strict=False))
    if len(t.children(gold)) != len(t.children(answer)):
        return different_by("a different number of entries")
    if isinstance(gold, t.Collection) and isinstance(answer, t.Collection):  # noqa: SIM102
        if (gold.kind is t.Bracket.SET) != (answer.kind is t.Bracket.SET):
            return different_by("ordered and unordered")
    results = [single(a, b).equal for a, b in pairs]
    kinds = {e.kind for e in (gold, answer) if isinstance(e, t.Collection)}
    if all(results) and len(kinds) == 2 and len(results) == 2:
        return unknown_by("a list, or an open and a closed interval")
    if all(results):
        return equal_by("entry by entry")
    rounded = [
        r or (r is False and is_rounding(a, b)) for r, (a, b) in zip(results, pairs, strict=True)
    ]
    unknown = None in results or all(rounded)
    return EqualResult(None if unknown else False, "entry by entry")


def _statements(gold: t.Expr, answer: t.Expr) -> EqualResult:
    names = t.symbols(gold) or t.symbols(answer)
    others = t.symbols(answer) or names
    if isinstance(gold, t.Relation) and isinstance(answer, t.Relation):
        sides = [
            (a, b) for a, b in ((gold.left, answer.left), (gold.right, answer.right)) if a != b
        ]
        if gold.op is answer.op and len(sides) == 1 and is_named(gold):
            return _values(*sides[0])
    if len(names) == len(others) == 1 and names != others:
        answer = t.substitute(answer, others[0], t.Symbol(names[0]))
    gold, answer, names = _one_letter(gold, answer, names)
    about = (min(names),) if "x" not in names else ("x",)
    verdict = check_link(gold, answer, Link.EQUIVALENT, about, Deadline(SECONDS))
    return result_of(verdict)


def _one_letter(
    gold: t.Expr, answer: t.Expr, names: tuple[str, ...]
) -> tuple[t.Expr, t.Expr, tuple[str, ...]]:
    """``0 < f(x) < 1`` speaks of one value, the one that the interval is about."""
    applied = {
        n for e in (gold, answer) for n in t.walk(e) if isinstance(n, t.Call) and len(n.name) == 1
    }
    if len(applied) != 1:
        return gold, answer, names or ("x",)
    call = next(iter(applied))
    letter = t.Symbol("x")
    sides = [t.transform(e, lambda n: letter if n == call else n) for e in (gold, answer)]
    return sides[0], sides[1], ("x",)


def _values(gold: t.Expr, answer: t.Expr) -> EqualResult:
    gold, answer = (t.transform(e, _letter) for e in (gold, answer))
    verdict = check_equality(gold, answer, (), Deadline(SECONDS))
    if isinstance(verdict, Refuted) and verdict.right == "undefined":
        verdict = check_equality(answer, gold, (), Deadline(SECONDS))
        if isinstance(verdict, Refuted) and verdict.right == "undefined":
            common = (*guards(gold), *guards(answer))
            verdict = check_equality(gold, answer, common, Deadline(SECONDS))
            if isinstance(verdict, Undecided):
                return different_by("nowhere both defined")
        if isinstance(verdict, Proved | Supported):
            return unknown_by("one has a value where the other has none")
    result = result_of(verdict)
    if result.equal is None and not t.symbols(t.sub(gold, answer)):
        return _complex_numbers(gold, answer)
    return result


def _letter(node: t.Expr) -> t.Expr:
    """A function that nobody defined stands for any value; so does its derivative."""
    match node:
        case t.Call("diff", (t.Symbol(name), *_)) if "(" in name:
            return t.Symbol(f"{name}'")
        case t.Call(name, _) if len(name) == 1:
            return t.Symbol(f"{name}({node})")
    return node


def _complex_numbers(gold: t.Expr, answer: t.Expr) -> EqualResult:
    """Numbers that are not real are still different when they are far apart."""
    try:
        different, *_ = certainly_different(gold, answer, {}, complex_values=True)
    except NoValue:
        return unknown_by("no value")
    return EqualResult(False if different else None, "complex values")
