"""Asymptotes: lines to which a curve comes as near as one likes."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.functions.shape import solved
from assistant.maths.types import Link, Proved, Request, Rule, Solution, Step, Task, Text

POLES = Rule("asymptotes.poles", "Where the function may become infinite", "求可能的铅直渐近线")
VERTICAL = Rule("asymptotes.vertical", "Vertical asymptote", "铅直渐近线")
HOLE = Rule("asymptotes.hole", "No asymptote but a hole", "可去间断点，不是渐近线")
DIVIDE = Rule("asymptotes.divide", "Divide the polynomials", "多项式除法")
LEVEL = Rule("asymptotes.horizontal", "Horizontal asymptote", "水平渐近线")
OBLIQUE = Rule("asymptotes.oblique", "Oblique asymptote", "斜渐近线")
INFINITY = t.Constant(t.ConstantName.INFINITY)
ENDS = (INFINITY, t.Neg(INFINITY))
Lines = list[t.Relation]


def asymptotes(request: Request) -> Draft | None:
    """All asymptotes; only those of the kind in ``Request.words`` where one is named."""
    if request.topic != topics.ASYMPTOTES or len(request.operands) != 1 or request.domain:
        return None
    expr = request.operands[0]
    expr = expr.right if isinstance(expr, t.Relation) else expr
    names = request.variables or t.symbols(expr)
    if len(names) != 1 or set(t.symbols(expr)) != set(names):
        return None
    steps: list[Step] = []
    lines = _vertical(expr, names[0], steps)
    level = _at_the_ends(expr, names[0], steps)
    if lines is None or level is None:
        return None
    kept = [
        line for line in (*lines, *level) if kind_of(line, names[0]) in (request.words or KINDS)
    ]
    answer: t.Expr = t.Collection(t.Bracket.SET, tuple(kept))
    if not kept:
        answer = t.Constant(t.ConstantName.EMPTY)
    return Draft(answer=answer, steps=tuple(steps), method="asymptotes", variables=(names[0],),
                 curves=(expr,))  # fmt: skip


KINDS = ("vertical", "horizontal", "oblique")


def kind_of(line: t.Relation, name: str) -> str:
    """Which way an asymptote runs."""
    if line.left == t.Symbol(name):
        return "vertical"
    return "oblique" if name in t.symbols(line.right) else "horizontal"


def _limit(expr: t.Expr, name: str, at: t.Expr, side: str) -> t.Expr | None:
    """A proved limit."""
    from assistant.maths.solving.engine import solve_request

    asked = Request(task=Task.LIMIT, operands=(expr, at), variables=(name,), direction=side)
    found = solve_request(asked)
    if isinstance(found, Solution) and isinstance(found.verdict, Proved):
        return found.answer.value
    return None


def _infinite(value: t.Expr | None) -> bool:
    return value in ENDS


def _vertical(expr: t.Expr, name: str, steps: list[Step]) -> Lines | None:
    """At zeros of denominators and borders of logarithms, where a one-sided limit is infinite."""
    found: Lines = []
    for edge in _edges(expr, name):
        roots = solved(Task.SOLVE, name, t.equation(edge, t.integer(0)))
        if roots is None or not isinstance(roots.verdict, Proved) or roots.answer.value is None:
            return None
        where = to_sympy(roots.answer.value)
        if where is sp.S.EmptySet:
            continue
        if not isinstance(where, sp.FiniteSet):
            return None
        steps += roots.steps
        for point in sorted(where, key=sp.N):
            at = from_sympy(point)
            line = t.equation(t.Symbol(name), at)
            sides = [_limit(expr, name, at, side) for side in ("+", "-")]
            defined = [s for s in sides if s is not None]
            if any(map(_infinite, defined)):
                why = Text(
                    "The function grows beyond all bounds at {0}.",
                    "函数在 {0} 处趋于无穷。",
                    (line,),
                )
                steps.append(_says(VERTICAL, why, expr, line))
                found += [line] if line not in found else []
            elif len(defined) < 2:
                return None
            else:
                why = Text("At {0} the limit is finite.", "在 {0} 处极限有限。", (line,))
                steps.append(_says(HOLE, why, expr, defined[0]))
    return found


def _edges(expr: t.Expr, name: str) -> list[t.Expr]:
    """Expressions that are 0 where the function may become infinite."""
    edges: dict[t.Expr, None] = {}
    for node in t.walk(expr):
        match node:
            case t.Div(_, den) if name in t.symbols(den):
                edges[den] = None
            case t.Pow(base, t.Neg()) if name in t.symbols(base):
                edges[base] = None
            case t.Call("ln" | "log", (x, *_)) if name in t.symbols(x):
                edges[x] = None
            case t.Call("tan" | "sec", (x,)) if name in t.symbols(x):
                edges[t.Call("cos", (x,))] = None
            case t.Call("cot" | "csc", (x,)) if name in t.symbols(x):
                edges[t.Call("sin", (x,))] = None
    return list(edges)


def _says(rule: Rule, why: Text, before: t.Expr, after: t.Expr) -> Step:
    return Step(rule=rule, why=why, before=before, after=after, link=Link.FORMULA)


def _at_the_ends(expr: t.Expr, name: str, steps: list[Step]) -> Lines | None:
    """By dividing where it is a fraction of polynomials, else by limits."""
    x = sp.Symbol(name)
    f = sp.cancel(to_sympy(expr))
    if f.is_rational_function(x):
        return _divided(f, x, expr, steps)
    if not _reaches(expr, name):
        return None
    found: Lines = []
    for end in ENDS:
        value = _limit(expr, name, end, "")
        if value is None:
            if _stops_before(expr, name, end):
                continue
            return None
        if _infinite(value):
            slanted = _slanted(expr, name, end)
            if slanted is None:
                continue
            value, rule = slanted, OBLIQUE
        else:
            rule = LEVEL
        line = t.equation(t.Symbol("y"), value)
        why = Text("As {0} → {1}.", "当 {0} → {1} 时。", (t.Symbol(name), end))
        steps.append(_says(rule, why, expr, line))
        if line not in found:
            found.append(line)
    return found


def _reaches(expr: t.Expr, name: str) -> bool:
    """Periodic functions do not settle; their ends are left alone."""
    return not any(
        isinstance(n, t.Call) and n.name in ("tan", "cot", "sec", "csc") and name in t.symbols(n)
        for n in t.walk(expr)
    )


def _domain(expr: t.Expr, name: str) -> sp.Set | None:
    from assistant.maths.solving.engine import solve_request

    asked = Request(task=Task.FUNCTION, topic=topics.DOMAIN, operands=(expr,), variables=(name,))
    found = solve_request(asked)
    if isinstance(found, Solution) and isinstance(found.verdict, Proved) and found.answer.value:
        return to_sympy(found.answer.value)
    return None


def _stops_before(expr: t.Expr, name: str, end: t.Expr) -> bool:
    """Whether the domain does not reach an end of the line."""
    domain = _domain(expr, name)
    if domain is None:
        return False
    return bool(domain.sup.is_finite if end == INFINITY else domain.inf.is_finite)


def _slanted(expr: t.Expr, name: str, end: t.Expr) -> t.Expr | None:
    """``kx + b`` with ``k = lim f/x`` and ``b = lim (f - kx)``."""
    x = t.Symbol(name)
    slope = _limit(t.Div(expr, x), name, end, "")
    if slope is None or _infinite(slope) or slope == t.integer(0):
        return None
    offset = _limit(t.sub(expr, t.mul(slope, x)), name, end, "")
    if offset is None or _infinite(offset):
        return None
    return from_sympy(to_sympy(slope) * sp.Symbol(name) + to_sympy(offset))


def _divided(f: sp.Expr, x: sp.Symbol, expr: t.Expr, steps: list[Step]) -> Lines:
    num, den = sp.fraction(f)
    whole, rest = sp.div(num, den, x)
    if rest == 0 or sp.degree(whole, x) > 1:
        return []
    line = t.equation(t.Symbol("y"), from_sympy(whole))
    if whole != 0:
        parts = t.add(from_sympy(whole), from_sympy(sp.factor(rest / den)))
        why = Text("What is left over tends to 0.", "余下的部分趋于 0。")
        steps.append(Step(rule=DIVIDE, why=why, before=expr, after=parts))
    rule = OBLIQUE if whole.has(x) else LEVEL
    told = Text("For large |{0}| the curve comes near this line.", "|{0}| 很大时曲线趋近此直线。",
                (t.Symbol(x.name),))  # fmt: skip
    steps.append(_says(rule, told, expr, line))
    return [line]
