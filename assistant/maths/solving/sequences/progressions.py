"""Arithmetic and geometric sequences from some of their terms, sums, or the step.

Every quantity is written in the first term and the step; what is given are equations for
the two (or for the count of terms); what is wanted is then worked out.
"""

from __future__ import annotations

import itertools

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.problems.known import put_in
from assistant.maths.solving.several_unknowns.projection import points_of
from assistant.maths.types import Link, Proved, Request, Rule, Solution, Step, Task, Text

LAW = Rule("progression.formula", "Formula of the sequence", "数列的公式")
GIVEN = Rule(
    "progression.given",
    "What is given, in the first term and the step",
    "用首项和公差（公比）表示已知条件",
)
WORK_OUT = Rule("progression.work_out", "Work it out", "计算")
FIRST, N = t.Symbol("a_1"), t.Symbol("n")
ONE, TWO = t.integer(1), t.integer(2)
Values = dict[str, t.Expr]


def progression_parts(request: Request) -> Draft | None:
    """The wanted term, sum, step, count or formula."""
    if request.topic != topics.PROGRESSION or len(request.words) != len(request.operands) + 2:
        return None
    wanted, kind, *names = request.words
    step = t.Symbol("d" if kind == "arithmetic" else "q")
    given = dict(zip(names, request.operands, strict=True))
    known: Values = {}
    if not _consistent(given, kind):
        return None
    if "term:1" in given:
        known["a_1"] = given.pop("term:1")
    if "step" in given:
        known[step.name] = given.pop("step")
    if "count" in given:
        known["n"] = given.pop("count")
    steps: list[Step] = []
    points = _solved(given, kind, (step, wanted), known, steps)
    if not points:
        return None
    return _worked_out(points, kind, wanted, step, steps)


def _consistent(given: Values, kind: str) -> bool:
    """Whether listed first terms have one difference or ratio; those past the second are
    then left away."""
    listed = [given[f"term:{k}"] for k in (1, 2, 3, 4) if f"term:{k}" in given]
    if len(listed) < 3:
        return True
    values = [to_sympy(v) for v in listed]
    pairs = list(itertools.pairwise(values))
    steps = {b - a for a, b in pairs} if kind == "arithmetic" else {b / a for a, b in pairs}
    for k in range(3, len(given) + 1):
        given.pop(f"term:{k}", None)
    return len(steps) == 1


def _formula(name: str, kind: str, step: t.Symbol) -> t.Expr | None:
    """A quantity in the first term and the step."""
    head, _, index = name.partition(":")
    count: t.Expr = N if index in ("", "n") else t.integer(int(index))
    before = t.Add((N, t.Neg(ONE))) if count == N else t.integer(int(index) - 1)
    arithmetic = kind == "arithmetic"
    if name == "term:1":
        return FIRST
    if head in ("term", "general", "last"):
        grown: t.Expr = t.Add((FIRST, t.Mul((before, step))))
        return grown if arithmetic else t.Mul((FIRST, t.Pow(step, before)))
    if name == "total":
        return _formula("sum:n", kind, step)
    if head == "sum" and arithmetic:
        inner = t.Add((t.Mul((TWO, FIRST)), t.Mul((before, step))))
        return t.Div(t.Mul((count, inner)), TWO)
    if head == "sum":
        top = t.Mul((FIRST, t.Add((ONE, t.Neg(t.Pow(step, count))))))
        return t.Div(top, t.Add((ONE, t.Neg(step))))
    if head == "infinite" and not arithmetic:
        return t.Div(FIRST, t.Add((ONE, t.Neg(step))))
    return {"step": step, "count": N}.get(name)


def _name(name: str) -> t.Symbol:
    head, _, index = name.partition(":")
    letters = {"general": "a_n", "last": "a_n", "infinite": "S", "total": "S_n"}
    return t.Symbol(letters.get(name, f"{'a' if head == 'term' else 'S'}_{index}"))


def _solved(
    given: Values, kind: str, about: tuple[t.Symbol, str], known: Values, steps: list[Step]
) -> list[Values]:
    """First term and step (and count), from the equations that are given."""
    step, wanted = about
    equations: list[t.Relation] = []
    for name, value in given.items():
        formula = _formula(name, kind, step)
        if formula is None or (name == "sum:n" and "n" not in known and wanted != "count"):
            return []
        general = t.equation(_name(name), formula)
        why = Text("Every term and sum is given by the first term and the step.",
                   "每一项与和都由首项和公差（公比）确定。")  # fmt: skip
        filled = t.equation(put_in(formula, known), value)
        steps.append(Step(rule=GIVEN, why=why, before=general, after=filled, link=Link.FORMULA))
        equations.append(filled)
    names = tuple(dict.fromkeys(n for e in equations for n in t.symbols(e)))
    if not names:
        consistent = all(to_sympy(e.left) == to_sympy(e.right) for e in equations)
        return [known] if consistent else []
    return _of_equations(tuple(equations), names, known, wanted, steps)


def _of_equations(
    equations: tuple[t.Relation, ...],
    names: tuple[str, ...],
    known: Values,
    wanted: str,
    steps: list[Step],
) -> list[Values]:
    from assistant.maths.solving.engine import solve_request

    if len(equations) == 2 and (ratio := _divided(equations)) is not None:
        return _by_ratio(ratio, equations, known, wanted, steps)
    found = solve_request(Request(task=Task.SOLVE, operands=equations, variables=names))
    if not isinstance(found, Solution) or not isinstance(found.verdict, Proved):
        return []
    steps += found.steps
    points = [{**known, **p} for p in points_of(found, names)]
    if "n" in names or wanted in ("count", "total"):
        points = [p for p in points if _counts(p.get("n"))]
    return points


def _divided(equations: tuple[t.Relation, ...]) -> t.Relation | None:
    """Two terms of a geometric sequence, the later divided by the earlier: a power of q."""
    powers: list[tuple[int, t.Expr]] = []
    for equation in equations:
        match equation.left:
            case t.Mul((t.Symbol("a_1"), t.Pow(t.Symbol("q"), t.Number(exponent)))):
                powers.append((int(exponent), equation.right))
            case _:
                return None
    (low, first), (high, second) = sorted(powers, key=lambda pair: pair[0])
    if low == high or to_sympy(first) == 0:
        return None
    return t.equation(t.Pow(t.Symbol("q"), t.integer(high - low)), t.Div(second, first))


def _by_ratio(
    ratio: t.Relation,
    equations: tuple[t.Relation, ...],
    known: Values,
    wanted: str,
    steps: list[Step],
) -> list[Values]:
    """Every real ratio, and the first term that goes with it."""
    from assistant.maths.solving.engine import solve_request

    why = Text("Divide one equation by the other.", "两式相除。")
    steps.append(Step(rule=GIVEN, why=why, before=equations[0], after=ratio, link=Link.FORMULA))
    found = solve_request(Request(task=Task.SOLVE, operands=(ratio,), variables=("q",)))
    if not isinstance(found, Solution) or not isinstance(found.verdict, Proved):
        return []
    steps += found.steps
    points: list[Values] = []
    for point in points_of(found, ("q",)):
        first = t.substitute(equations[0], "q", point["q"])
        start = solve_request(Request(task=Task.SOLVE, operands=(first,), variables=("a_1",)))
        if not isinstance(start, Solution) or len(found_points := points_of(start, ("a_1",))) != 1:
            return []
        steps += start.steps if wanted != "step" else ()
        points.append({**known, **point, **found_points[0]})
    return points


def _counts(value: t.Expr | None) -> bool:
    number = to_sympy(value) if value is not None else None
    return bool(number is not None and number.is_Integer and number > 0)


def _worked_out(
    points: list[Values], kind: str, wanted: str, step: t.Symbol, steps: list[Step]
) -> Draft | None:
    formula = _formula(wanted, kind, step)
    if formula is None:
        return None
    answers: list[t.Expr] = []
    for point in points:
        free = {n: v for n, v in point.items() if n != "n" or wanted not in ("general", "sum:n")}
        line = put_in(formula, free)
        if set(t.symbols(line)) - ({"n"} if wanted in ("general", "sum:n") else set()):
            return None
        ratio = point.get(step.name)
        if (
            wanted.startswith(("sum", "infinite", "total"))
            and kind == "geometric"
            and not _sums(wanted, ratio)
        ):
            return None
        answer = _simple(line)
        if wanted not in ("step", "count", "term:1"):
            why = Text("The formula of the sequence.", "数列的公式。")
            law = t.equation(_name(wanted), formula)
            steps.append(Step(rule=LAW, why=why, before=law.left, after=law, link=Link.FORMULA))
        if answer != line:
            told = Text("Put in what is known and calculate.", "代入并计算。")
            steps.append(Step(rule=WORK_OUT, why=told, before=line, after=answer))
        if answer not in answers:
            answers.append(answer)
    value = answers[0] if len(answers) == 1 else t.Collection(t.Bracket.SET, tuple(answers))
    return Draft(answer=value, steps=tuple(steps), method="formulas of the sequence")


def _sums(wanted: str, ratio: t.Expr | None) -> bool:
    """Whether the formula of a geometric sum holds for the ratio."""
    q = to_sympy(ratio) if ratio is not None else None
    if q is None or not q.is_number or q == 1:
        return False
    return wanted != "infinite" or bool(abs(q) < 1)


def _simple(line: t.Expr) -> t.Expr:
    from assistant.maths.solving.engine import solve_request

    if not t.symbols(line):
        import sympy as sp

        return from_sympy(sp.nsimplify(sp.simplify(to_sympy(line))))
    found = solve_request(Request(task=Task.SIMPLIFY, operands=(line,), variables=("n",)))
    if isinstance(found, Solution) and isinstance(found.verdict, Proved) and found.answer.value:
        return found.answer.value
    return line
