"""The methods for ``integrate``: indefinite integrals by rules, then by computer algebra."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.integration import tools
from assistant.maths.solving.integration.engine import Integrator
from assistant.maths.solving.integration.plan import Plan, Writer
from assistant.maths.types import Link, Request, Rule, Step, Text

CONSTANT = Rule("integral.constant_of_integration", "Add the constant of integration", "加积分常数")
MACHINE = Rule("integral.computer_algebra", "Found by computer algebra", "由计算机代数系统求得")
ANY_CONSTANT = Text("All antiderivatives: {0} + C.", "全体原函数：{0} + C。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An antiderivative with its plan; ``assumed`` names parameters taken to be positive."""

    plan: Plan
    assumed: tuple[str, ...] = ()


def variable_of(request: Request) -> str | None:
    """The variable of integration: the one named, else the only one there is."""
    if request.variables:
        return request.variables[0]
    names = t.symbols(request.operands[0])
    if len(names) == 1:
        return names[0]
    return "x" if "x" in names or not names else None


def integrand(expr: t.Expr, name: str) -> tuple[sp.Expr, sp.Symbol] | None:
    """The integrand over the reals; ``x`` is positive where roots or logarithms of it ask so."""
    try:
        f = to_sympy(expr, real=True)
    except NotConvertible:
        return None
    if not isinstance(f, sp.Expr) or f.has(sp.Integral, sp.Derivative, sp.I, sp.nan, sp.zoo):
        return None
    x = sp.Symbol(name, real=True)
    if needs_positive(f, x):
        y = sp.Symbol(name, positive=True)
        return f.xreplace({x: y}), y
    return f, x


def needs_positive(f: sp.Expr, x: sp.Symbol) -> bool:
    """Whether ``f`` is real for positive ``x`` only: it has ``ln x`` or a broken power of it."""
    return any(
        p.base == x and p.exp.is_Rational and not p.exp.is_Integer for p in f.atoms(sp.Pow)
    ) or any(g.args[0] == x for g in f.atoms(sp.log))


def find(f: sp.Expr, x: sp.Symbol, seconds: float = 4.0) -> Found | None:
    """A plan; where signs of parameters matter, one for positive parameters."""
    names = frozenset(s.name for s in f.free_symbols) | {x.name, "C"}
    plan = Integrator(names, seconds=seconds).solve(f, x)
    if plan is not None and plan.value is not None:
        return Found(plan=plan)
    others = sorted(f.free_symbols - {x}, key=str)
    if not others:
        return None
    swap = {s: sp.Symbol(s.name, positive=True) for s in others}
    plan = Integrator(names, seconds=seconds).solve(f.xreplace(swap), x)
    if plan is None or plan.value is None:
        return None
    return Found(plan=plan, assumed=tuple(s.name for s in others))


def conditions(found: Found) -> tuple[Text, ...]:
    """What was assumed of parameters: signs, and that nothing divides by zero."""
    zero = t.integer(0)
    facts = [t.Relation(t.Comparison.GT, t.Symbol(n), zero) for n in found.assumed]
    x, value = found.plan.x, found.plan.value
    assert value is not None
    for p in sorted(value.atoms(sp.Pow), key=sp.default_sort_key):
        loose = not p.has(x) and p.base.free_symbols and p.exp.is_negative
        if loose and not _given(p, found):
            facts.append(t.Relation(t.Comparison.NE, from_sympy(_bare(p.base)), zero))
    return tuple(Text("for {0}", "当 {0} 时", (fact,)) for fact in dict.fromkeys(facts))


def _bare(g: sp.Expr) -> sp.Expr:
    """``g`` without numbers before it and bars around it."""
    g = g.as_coeff_Mul()[1]
    return g.args[0] if isinstance(g, sp.Abs) else g


def _given(p: sp.Expr, found: Found) -> bool:
    """Whether the integrand already divides by it, or it cannot be zero."""
    return bool(p.base.is_nonzero) or any(
        q.exp.is_negative and q.base == p.base for q in found.plan.f.atoms(sp.Pow)
    )


def _asked(request: Request) -> tuple[t.Expr, str, tuple[sp.Expr, sp.Symbol]] | None:
    """The integrand as written, its variable's name, and both as SymPy's."""
    if len(request.operands) != 1 or (name := variable_of(request)) is None:
        return None
    (operand,) = request.operands
    read = integrand(operand, name)
    return None if read is None else (operand, name, read)


def indefinite(request: Request) -> Draft | None:
    """``∫ f dx`` by rules."""
    if (asked := _asked(request)) is None:
        return None
    operand, name, read = asked
    found = find(*read)
    return None if found is None else drafted(operand, name, found)


def drafted(operand: t.Expr, name: str, found: Found) -> Draft:
    """The plan as a draft; the first line is as it was typed, the last has the constant."""
    steps = written(operand, name, found.plan)
    value = found.plan.value
    short = tools.shortened(value, found.plan.x)
    answer = steps[-1].after if short == value else from_sympy(short)
    start = t.Call("integrate", (operand, t.Symbol(name)))
    steps.append(constant_step(start, answer, name))
    return Draft(
        answer=answer,
        steps=tuple(steps),
        method="rules of integration",
        variables=(name,),
        conditions=conditions(found),
        notes=(Text(ANY_CONSTANT.en, ANY_CONSTANT.zh, (answer,)),),
        curves=(operand, answer) if t.symbols(operand) == (name,) else (),
    )


def written(operand: t.Expr, name: str, plan: Plan) -> list[Step]:
    """The steps of a plan, from the integral as it was typed."""
    writer = Writer(name)
    writer.write(plan)
    return list(_from(t.Call("integrate", (operand, t.Symbol(name))), writer.steps))


def _from(start: t.Expr, steps: list[Step]) -> Iterator[Step]:
    for n, step in enumerate(steps):
        yield replace(step, before=start) if n == 0 else step


def constant_step(start: t.Expr, answer: t.Expr, name: str) -> Step:
    """``∫ f dx = F + C``."""
    constant = "C" if "C" not in t.symbols(answer) else "C_1"
    return Step(
        rule=CONSTANT,
        why=Text(
            "On an interval two antiderivatives differ by a constant; constant terms go into C.",
            "同一区间上任意两个原函数只相差一个常数，常数项并入 C。",
        ),
        before=start,
        after=t.add(answer, t.Symbol(constant)),
        link=Link.EQUAL,
        variable=name,
    )


def by_computer_algebra(request: Request) -> Draft | None:
    """SymPy's own integrator, the last resort; only what differentiates back is used."""
    if (asked := _asked(request)) is None:
        return None
    operand, name, (f, x) = asked
    value = sp.integrate(f, x)
    if value.has(sp.Integral, sp.I, sp.meijerg, sp.Piecewise, sp.hyper, sp.RootSum):
        return None
    value = value.replace(lambda n: isinstance(n, sp.log) and not n.args[0].is_positive, _with_bars)
    try:
        answer = from_sympy(value)
    except NotConvertible:
        return None
    why = Text(
        "No method taught at school was found; differentiate the result to check it.",
        "未找到常规解法；可对结果求导验证。",
    )
    start = t.Call("integrate", (operand, t.Symbol(name)))
    step = Step(rule=MACHINE, why=why, before=start, after=answer, link=Link.EQUAL, variable=name)
    return Draft(
        answer=answer,
        steps=(step, constant_step(start, answer, name)),
        method="computer algebra",
        variables=(name,),
        notes=(why,),
    )


def _with_bars(n: sp.Expr) -> sp.Expr:
    return n if isinstance(n.args[0], sp.Abs) else sp.log(sp.Abs(n.args[0], evaluate=False))
