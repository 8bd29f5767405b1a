"""Inequalities, and systems of them, in one real unknown: the answer is a union of intervals.

Linear ones are solved as equations are, with the sign turned where both sides are
multiplied by a negative number; all others by a sign chart (zeros and ends of the domain,
one test point an interval).
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.equations.absolute import cut, sample
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.domains import conditions, domain_line, first_broken, holds
from assistant.maths.solving.equations.found import Found, last_line, real, step
from assistant.maths.solving.equations.linear import TURNED, is_linear, isolate, linear_work
from assistant.maths.solving.equations.one_unknown import bounds_of, window_of
from assistant.maths.solving.equations.sign_chart import assemble, chart
from assistant.maths.solving.equations.solution_sets import (
    LINE,
    Piece,
    decimal_tree,
    has_decimals,
    ordered,
    pieces_statement,
    pieces_tree,
    points,
    value_tree,
)
from assistant.maths.solving.equations.unknowns import choose_unknowns, statements
from assistant.maths.types import Link, Request, Rule, Step, Text

DOMAIN = Rule("inequality.domain", "Where both sides are defined", "求定义域")
ZEROS = Rule("inequality.zeros", "Where both sides are equal", "求零点")
TEST = Rule("inequality.test_point", "Test one point of the interval", "取点检验")
CHART = Rule("inequality.sign_chart", "Read the solution off the sign chart", "由符号表写出解集")
EACH = Rule("inequality.solve_each", "Solve each condition", "分别解每个不等式")
INTERSECT = Rule("inequality.intersection", "Take what all solutions share", "求公共解集")
UNITE = Rule("inequality.union", "Join the solutions", "求并集")
BARS = Rule("inequality.remove_bars", "Remove the absolute value", "去绝对值")

INEQUALITIES = (
    t.Comparison.LT,
    t.Comparison.LE,
    t.Comparison.GT,
    t.Comparison.GE,
    t.Comparison.NE,
)


def one_unknown(request: Request) -> Draft | None:
    """``-2x + 3 < 7``, ``(x-1)/(x+2) >= 0``, ``1 < 2x + 3 <= 7``, ``x > 1; x^2 < 9``."""
    given = statements(request)
    names = choose_unknowns(request)
    if len(names) != 1 or not given or not _inequality_in(given):
        return None
    name = names[0]
    if any(set(t.symbols(s)) != {name} for s in given):
        return None
    window = LINE if request.domain is None else window_of(request.domain)
    if window is None:
        return None
    whole: t.Expr = given[0] if len(given) == 1 else t.Junction(t.Connective.AND, tuple(given))
    try:
        solved = solve_statement(whole, name, window)
    except (ArithmeticError, NotConvertible):
        return None
    if solved is None:
        return None
    steps, pieces = solved
    answer = pieces_tree(pieces)
    return Draft(
        answer=decimal_tree(answer) if has_decimals(whole) else answer,
        steps=tuple(steps),
        method="inequality",
        variables=(name,),
        curves=tuple(r for s in given if isinstance(s, t.Relation) for r in (s.left, s.right)),
    )


def _inequality_in(given: Sequence[t.Expr]) -> bool:
    relations = [n for s in given for n in t.walk(s) if isinstance(n, t.Relation)]
    return any(r.op in INEQUALITIES for r in relations) or (
        bool(relations) and any(isinstance(s, t.Junction) for s in given)
    )


Solved = tuple[list[Step], list[Piece]]


def solve_statement(statement: t.Expr, name: str, window: Piece = LINE) -> Solved | None:
    """Steps and solution of a relation, or of several joined by *and* or *or*."""
    match statement:
        case t.Junction(op, parts):
            return _joined(statement, op, parts, name, window)
        case t.Relation():
            return _single(statement, name, window)
    return None


def _joined(
    whole: t.Expr, op: t.Connective, parts: tuple[t.Expr, ...], name: str, window: Piece
) -> Solved | None:
    solved = [solve_statement(p, name, window) for p in parts]
    if any(s is None for s in solved):
        return None
    known = [s for s in solved if s is not None]
    sets = [s[1] for s in known]
    inside = all if op is t.Connective.AND else any
    places = [e for s in sets for p in s for e in (p.low, p.high) if abs(e) != sp.oo]
    pieces = assemble(
        ordered(places), window, lambda v: inside(any(_in(p, v) for p in s) for s in sets)
    )
    lines = t.Junction(op, tuple(pieces_statement(name, s) for s in sets))
    steps: list[Step] = []
    if lines != whole:
        why = Text("Solve each one by itself.", "分别求解。")
        first = Trail(whole, Link.EQUIVALENT, name)
        first.to(lines, EACH, why, substeps=[s for k in known for s in k[0]])
        steps += first.steps
    after = pieces_statement(name, pieces)
    if after != lines:
        both = op is t.Connective.AND
        why = (
            Text("A solution must satisfy all the conditions.", "解必须同时满足所有条件。")
            if both
            else Text("A solution may satisfy any of the conditions.", "满足其中任一条件即可。")
        )
        steps.append(step(lines, after, INTERSECT if both else UNITE, why, name=name))
    return steps, pieces


def _in(piece: Piece, value: sp.Expr) -> bool:
    from assistant.maths.solving.equations.absolute import within

    return within(piece, value)


def _single(relation: t.Relation, name: str, window: Piece) -> Solved | None:
    if is_linear(relation, name) and window == LINE and relation.op is not t.Comparison.EQ:
        return _linear(relation, name)
    bars = _bars(relation, name) if window == LINE else None
    charted = chart([relation], name, window)
    if charted is None:
        return None
    places, pieces = charted
    if bars is not None:
        return bars[0], pieces
    return _chart_steps(relation, name, window, (places, pieces)), pieces


def _linear(relation: t.Relation, name: str) -> Solved | None:
    work = linear_work(relation, name)
    value = isolate(work)
    if isinstance(value, bool):
        return list(work.trail.steps), [LINE] if value else []
    line = work.trail.line
    assert isinstance(line, t.Relation)
    value = value.subs(sp.Symbol(name), sp.Symbol(name, real=True))
    pieces = {
        t.Comparison.LT: [Piece(-sp.oo, value)],
        t.Comparison.LE: [Piece(-sp.oo, value, high_open=False)],
        t.Comparison.GT: [Piece(value, sp.oo)],
        t.Comparison.GE: [Piece(value, sp.oo, low_open=False)],
        t.Comparison.NE: [Piece(-sp.oo, value), Piece(value, sp.oo)],
    }[line.op]
    return list(work.trail.steps), pieces


def _bars(relation: t.Relation, name: str) -> Solved | None:
    """``|h| < c`` is ``-c < h < c``; ``|h| > c`` is ``h < -c or h > c`` (for positive c)."""
    match relation:
        case t.Relation(op, t.Call("abs", (h,)), c) if not t.symbols(c):
            pass
        case t.Relation(op, c, t.Call("abs", (h,))) if not t.symbols(c):
            op = TURNED.get(op, op)
        case _:
            return None
    value = real(c)
    if op not in TURNED or not value.is_positive:
        return None
    minus = value_tree(-value)
    if op in (t.Comparison.LT, t.Comparison.LE):
        line = t.Junction(t.Connective.AND, (t.Relation(op, minus, h), t.Relation(op, h, c)))
        why = Text(
            "The inside lies between {0} and {1}.", "绝对值内的式子在 {0} 与 {1} 之间。", (minus, c)
        )
    else:
        low = t.Relation(TURNED[op], h, minus)
        line = t.Junction(t.Connective.OR, (low, t.Relation(op, h, c)))
        why = Text(
            "The inside is below {0} or above {1}.",
            "绝对值内的式子小于 {0} 或大于 {1}。",
            (minus, c),
        )
    rest = solve_statement(line, name)
    if rest is None:
        return None
    return [step(relation, line, BARS, why, name=name), *rest[0]], rest[1]


def _chart_steps(
    relation: t.Relation, name: str, window: Piece, charted: tuple[list[sp.Expr], list[Piece]]
) -> list[Step]:
    places, pieces = charted
    steps: list[Step] = []
    wanted = conditions(relation, name)
    if wanted:
        line, why = domain_line(wanted, name)
        steps.append(step(relation, line, DOMAIN, why, name=name, link=Link.IMPLIES))
    steps += _zero_steps(relation, name, window)
    after = pieces_statement(name, pieces)
    before: t.Expr = relation
    if window != LINE:
        before = t.Junction(t.Connective.AND, (relation, *bounds_of(name, window)))
    why = Text(
        "Between neighbouring places {0} nothing changes; one test point decides each interval.",
        "在相邻的分界点 {0} 之间符号不变，每个区间取一点检验。",
        (points(places),),
    )
    tests = _tests(relation, name, window, places)
    chart_step = Step(
        rule=CHART,
        why=why,
        before=before,
        after=after,
        link=Link.EQUIVALENT,
        variable=name,
        substeps=tuple(tests),
    )
    return [*steps, chart_step]


def _zero_steps(relation: t.Relation, name: str, window: Piece) -> list[Step]:
    equation = t.equation(relation.left, relation.right)
    found = find(equation, name)
    if found is None or not found.steps or (found.pieces and conditions(equation, name)):
        return []
    truths = [r for r in found.roots if _is_zero(equation, name, r)]
    kept = Found(roots=tuple(truths), families=found.families, pieces=found.pieces)
    after, link = last_line(kept, name)
    if found.families and window == LINE:
        return []
    why = Text("The sign can change where both sides are equal.", "两边相等处符号可能改变。")
    return [
        Step(
            rule=ZEROS,
            why=why,
            before=equation,
            after=after,
            link=link,
            variable=name,
            substeps=found.steps,
        )
    ]


def _is_zero(equation: t.Relation, name: str, root: sp.Expr) -> bool:
    if first_broken(conditions(equation, name), name, root) is not None:
        return False
    return bool(holds(equation, name, root))


def _tests(relation: t.Relation, name: str, window: Piece, places: list[sp.Expr]) -> list[Step]:
    tests: list[Step] = []
    wanted = conditions(relation, name)
    for part in cut(window, places):
        place = sample(Piece(part.low, part.high))
        if first_broken(wanted, name, place) is not None:
            continue
        truth = bool(holds(relation, name, place))
        inserted = t.substitute(relation, name, value_tree(place))
        where = pieces_statement(name, [Piece(part.low, part.high)])
        why = Text(
            "At {0}, in {1}: " + ("true." if truth else "false."),
            "在 {1} 内取 {0}：" + ("成立。" if truth else "不成立。"),
            (t.equation(t.Symbol(name), value_tree(place)), where),
        )
        tests.append(step(inserted, t.Truth(truth), TEST, why, name=name))
    return tests
