"""Terms of sequences that the problem defines: ``a_10 = 32`` where it says ``a_n = 3n + 2``."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.checking.lines.arithmetic import numeric
from assistant.maths.checking.lines.course import Course
from assistant.maths.checking.lines.marks import Finding, linked, on, proved, worst
from assistant.maths.checking.lines.named import DOUBTED, NOT_SO, VALUE
from assistant.maths.reading.claims.line import Claim, Line
from assistant.maths.reading.claims.parted import chain_of
from assistant.maths.types import Link, Proved, Refuted, Text


def of_sequence(course: Course, claim: Claim, line: Line) -> Finding | None:
    """The finding on terms of the problem's sequences: proved where all sides of each chain are
    the same with their values put in, refuted where they differ."""
    chains = _chains(claim) if course.sequences else []
    found = [_of_chain(course, sides, claim, line) for sides in chains]
    known = [one for one in found if one is not None]
    return worst(known) if known and len(known) == len(found) else None


def _chains(claim: Claim) -> list[list[t.Expr]]:
    """What is said to be equal: ``a_3 = 7, a_4 = 15`` are two chains, with whatever sign between
    them; nothing where something else is said."""
    if isinstance(claim.formula, t.Junction):
        parts = [part for part in claim.formula.args if isinstance(part, t.Relation | t.Junction)]
        read = [chain_of(p.args if isinstance(p, t.Junction) else (p,)) for p in parts]
        whole = len(parts) == len(claim.formula.args)
        equal = [list(r[0]) for r in read if r is not None and set(r[1]) == {"="}]
        return equal if whole and len(equal) == len(parts) else []
    if None in claim.sides or claim.signs[:1] != ("=",):
        return []
    end = claim.equals
    sides = [side for side in claim.sides if side is not None]
    return [sides[: end + 1]] if all(map(numeric, sides[end + 1 :])) else []


def _of_chain(course: Course, sides: list[t.Expr], claim: Claim, line: Line) -> Finding | None:
    names = sorted({name for side in sides for name in t.symbols(side)})
    terms = [(name, _term(course, name)) for name in names]
    for name, term in terms:
        if term is None:
            return None
        sides = [t.substitute(side, name, term) for side in sides]
    if not names:
        return None
    ground = [course.sequences[stem].told for stem in sorted({n.split("_")[0] for n in names})]
    verdicts = [linked(sides[0], other, Link.EQUAL) for other in sides[1:]]
    if all(isinstance(v, Proved) for v in verdicts):
        return on(proved("substitution", *VALUE, ground[0]), *ground)
    wrong = next((v for v in verdicts if isinstance(v, Refuted)), None)
    rounded = any(isinstance(n, t.Number) and n.decimals for s in sides for n in t.walk(s))
    if wrong is None or rounded or line.rounded or "undefined" in (wrong.left, wrong.right):
        return None
    sure = claim.sure and not (line.supposed or line.denied or line.negated)
    if sure and all(map(course.is_firm, ground)):
        why = Text(NOT_SO.en, NOT_SO.zh, (ground[0], wrong.left))
        return on(Finding(wrong, why), *ground)
    return Finding(DOUBTED.verdict, Text(DOUBTED.why.en, DOUBTED.why.zh, (ground[0],)))


def _term(course: Course, name: str) -> t.Expr | None:
    """The value of ``a_10``."""
    stem, _, number = name.partition("_")
    law = course.sequences.get(stem)
    return law.term(int(number)) if law is not None and number.isdigit() else None
