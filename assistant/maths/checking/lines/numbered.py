"""Solutions that are told apart by a number: ``x_1`` and ``x_2`` of the equation in ``x``.

One of them alone is a case of the unknown.  Several in one statement are different numbers, so
that nothing may be said of them as if they were one: ``x_1 + x_2 = 5`` is no equation in ``x``.
So it is with ``x = 1 is a root``: there may be others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.lines.course import Course, told_value
from assistant.maths.checking.lines.marks import UNKNOWN, Finding, on, proved, undecided
from assistant.maths.checking.lines.rounding import apart, value_of
from assistant.maths.checking.logic.values import show_solution, true_at
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.numeric import mpf
from assistant.maths.reading.claims.line import Claim, Line
from assistant.maths.types import Proved, Refuted, Text

OF_ROOTS = re.compile(r"\broots?\b|\bzeros?\b|\bsolutions?\b|vi[eè]t[ae]|根|解|韦达", re.IGNORECASE)
"""Words that say of numbered letters that they are the solutions."""
VIETA = ("true of the two solutions of {0}", "对 {0} 的两个根成立")
NOT_SO = Text("false for the two solutions of {0}", "对 {0} 的两个根不成立")
FULFILS = ("{0} fulfils the equation", "{0} 满足方程")
FAILS = Text("{0} does not fulfil the equation", "{0} 不满足方程")
IS_ROOT = re.compile(
    r"=[^=,;，；]{1,40}?(?:\b(?:is|are)\s+(?:(?:indeed|also|thus|therefore|really)\s+)?(?:a|one|another|the\s+other)\s+"
    r"(?:of\s+the\s+)?(?:\w+\s+)?(?:root|solution|zero)s?\b|[就也确实]{0,2}是[^，。,;；\d]{0,8}[根解](?![集数]))",
    re.IGNORECASE,
)
"""Words behind a value: it is one of the solutions."""
ONE_IS = re.compile(
    r"(?:\b(?:an?|one|another|the\s+(?:other|first|second|third))(?:\s+one)?"
    r"(?:\s+(?:possible\s+|real\s+)?(?:root|solution|zero)(?:\s+of\s+(?:the|this)\s+equation)?)?"
    r"\s+(?:is|:)|(?:另|其中)?(?:一个?|第[一二三]个)(?:实数?)?[根解][为是：:]?)\s*$",
    re.IGNORECASE,
)
"""The same before it."""
OTHER = re.compile(r"\bother|另", re.IGNORECASE)
NAMED = undecided("this solution was named before", "这个解前面已经说过")
SECONDS = 0.3


def several_roots(course: Course, statement: t.Expr, line: Line) -> Finding | None:
    """The finding on a statement about several numbered solutions of one unknown; ``None``
    where it is none."""
    stems = _stems(course, statement)
    names = next((names for names in stems.values() if len(names) > 1), None)
    if names is None:
        return None
    if len(stems) > 1 or set(t.symbols(statement)) != set(names) or len(names) > 2:
        return UNKNOWN
    if course.wordy and not OF_ROOTS.search(line.text):
        return UNKNOWN  # of a story: other numbers may be meant
    (stem,) = stems
    found = [_of_roots(statement, names, one) for one in _equations(course, stem)]
    alike = found and all(type(f.verdict) is type(found[0].verdict) for f in found)
    return found[0] if alike else UNKNOWN


def one_root(course: Course, claim: Claim, line: Line) -> Finding | None:
    """The finding on ``x = 1 is a root``, which says nothing of other roots; ``None`` where it is
    something else."""
    told = told_value(claim.statement) if claim.statement is not None else None
    if told is None or line.denied or line.supposed:
        return None
    before = all(ONE_IS.search(c.lead) for c in line.claims) and OF_ROOTS.search(line.text)
    if not before and (len(line.claims) != 1 or not IS_ROOT.search(line.text)):
        return None
    first = next(iter(course.statements), None)
    if course.wordy or first is None or set(t.symbols(first)) != {told[0]}:
        return UNKNOWN
    verdict = true_at(first, (told,), (), Deadline(SECONDS))
    value = show_solution((told,))
    again = told in course.roots and OTHER.search(line.text) is not None
    course.roots.add(told)
    if isinstance(verdict, Proved):
        if again:
            return NAMED
        return on(proved("substitution", *FULFILS, value), first)
    if isinstance(verdict, Refuted) and claim.sure:
        return Finding(Refuted(value, "false", "true"), Text(FAILS.en, FAILS.zh, (value,)))
    return UNKNOWN


def numbered(course: Course, statement: t.Expr) -> str:
    """The numbered letter that a statement is about, where it is a case of an unknown."""
    names = [name for names in _stems(course, statement).values() for name in names]
    return names[0] if len(names) == 1 else ""


def _stems(course: Course, statement: t.Expr) -> dict[str, list[str]]:
    """Numbered letters that are new, by the letter that they are cases of."""
    own = course.names()
    known = own.union(*map(t.symbols, course.firm()))
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(t.symbols(statement)):
        stem, _, number = name.partition("_")
        if number.isdigit() and name not in own and stem in known:
            found.setdefault(stem, []).append(name)
    return found


def _equations(course: Course, stem: str) -> list[t.Expr]:
    """Equations in the unknown alone, of which nothing is known to be wrong."""
    said = dict.fromkeys((*course.sound, *course.firm()))
    return [s for s in said if set(t.symbols(s)) == {stem} and _roots(s, stem)]


def _roots(equation: t.Expr, stem: str) -> tuple[t.Expr, t.Expr] | None:
    """Both solutions of a quadratic equation, which may be the same or no real numbers."""
    if not isinstance(equation, t.Relation) or equation.op is not t.Comparison.EQ:
        return None
    try:
        gap = sp.Poly(to_sympy(t.sub(equation.left, equation.right)), sp.Symbol(stem))
    except (NotConvertible, sp.PolynomialError, ValueError):
        return None
    if gap.degree() != 2 or not all(c.is_Rational for c in gap.all_coeffs()):
        return None
    a, b, c = (Fraction(int(x.p), int(x.q)) for x in gap.all_coeffs())
    root = t.Call("sqrt", (t.rational(b * b - 4 * a * c),))
    middle, width = t.rational(-b / (2 * a)), t.rational(1 / (2 * a))
    return t.add(middle, t.mul(width, root)), t.sub(middle, t.mul(width, root))


def _of_roots(statement: t.Expr, names: Sequence[str], equation: t.Expr) -> Finding:
    """Whether it holds of both solutions, whichever is the first; else it is not decided."""
    roots = _roots(equation, names[0].partition("_")[0])
    if roots is None or not isinstance(statement, t.Relation | t.Junction):
        return UNKNOWN
    points = [tuple(zip(names, values, strict=True)) for values in (roots, roots[::-1])]
    deadline = Deadline(SECONDS)
    verdicts = [true_at(statement, point, (), deadline) for point in points]
    if all(isinstance(v, Proved) for v in verdicts):
        return on(proved("substitution", *VIETA, equation), equation)
    if all(isinstance(v, Refuted) for v in verdicts):
        if any(_is_rounded(statement, point) for point in points):
            return UNKNOWN
        return Finding(Refuted(show_solution(points[0]), "true", "false"), _filled(equation))
    return UNKNOWN


def _filled(equation: t.Expr) -> Text:
    return Text(NOT_SO.en, NOT_SO.zh, (equation,))


def _is_rounded(statement: t.Expr, point: Sequence[tuple[str, t.Expr]]) -> bool:
    """Whether each part of it holds within the last place that its decimals show: solutions that
    are listed are read as cases, and all are meant."""
    if isinstance(statement, t.Junction):
        return all(_is_rounded(arg, point) for arg in statement.args)
    places = [n.decimals for n in t.walk(statement) if isinstance(n, t.Number) and n.decimals]
    if not isinstance(statement, t.Relation) or not places:
        return isinstance(true_at(statement, tuple(point), (), Deadline(SECONDS)), Proved)
    sides = [statement.left, statement.right]
    for name, root in point:
        sides = [t.substitute(side, name, root) for side in sides]
    low, high = (value_of(side) for side in sides)
    if low is None or high is None:
        return True
    return bool(mpf(apart(low, high)) <= mpf(Fraction(1, 10 ** min(places))))
