"""Whether an infinite series converges, by the tests of a first course, each named.

Sources: Stewart, *Calculus*, chapter 11; 同济《高等数学》下册第十二章.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.solving.calculus.limit_values import candidate
from assistant.maths.solving.calculus.tidy import INFINITY
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Proved, Request, Rule, Solution, Step, Task, Text

TERMS = Rule("series.terms", "Limit of the terms", "通项的极限")
GEOMETRIC = Rule("series.geometric", "Geometric series", "等比级数")
P_SERIES = Rule("series.p", "p-series", "p 级数")
RATIO = Rule("series.ratio", "Ratio test", "比值审敛法")
ROOT = Rule("series.root", "Root test", "根值审敛法")
COMPARISON = Rule("series.comparison", "Limit comparison test", "比较审敛法的极限形式")
BOUNDED = Rule("series.bounded", "Comparison test", "比较审敛法")
INTEGRAL = Rule("series.integral", "Integral test", "积分审敛法")
LEIBNIZ = Rule("series.alternating", "Alternating series test", "莱布尼茨定理")
ABSOLUTE = Rule("series.absolute", "Look at the absolute values", "考察绝对值级数")
SAID = {
    "converges": Text("converges", "收敛"),
    "diverges": Text("diverges", "发散"),
    "converges absolutely": Text("converges absolutely", "绝对收敛"),
    "converges conditionally": Text("converges conditionally", "条件收敛"),
}


@dataclass
class Series:
    """The terms as a function of the index, and the steps up to now."""

    terms: t.Expr
    name: str
    low: t.Expr
    steps: list[Step] = field(default_factory=list)

    @property
    def n(self) -> sp.Symbol:
        """The index."""
        return sp.Symbol(self.name, integer=True, positive=True)

    @property
    def term(self) -> sp.Expr:
        """The general term."""
        return to_sympy(self.terms).xreplace({sp.Symbol(self.name): self.n})

    def limit(self, body: t.Expr, rule: Rule, why: Text) -> t.Expr | None:
        """The limit of a sequence, with its step."""
        value = candidate(body, (self.name, INFINITY, ""))
        if value is not None:
            line = t.Call("limit", (body, t.Symbol(self.name), INFINITY))
            self.steps.append(Step(rule=rule, why=why, before=line, after=value))
        return value

    def of(self, terms: sp.Expr) -> Series:
        """A series of other terms that writes into the same steps."""
        return Series(from_sympy(terms), self.name, self.low, self.steps)

    def tell(self, rule: Rule, why: Text, *, converges: bool) -> bool:
        """The conclusion of a test: the sum is finite, or it is not."""
        line = t.Call("sum", (self.terms, t.Symbol(self.name), self.low, INFINITY))
        after: t.Expr = line
        if converges:
            after = t.Relation(t.Comparison.LT, line, INFINITY)
        elif self.term.is_positive:
            after = t.equation(line, INFINITY)
        self.steps.append(Step(rule=rule, why=why, before=line, after=after, link=Link.FORMULA))
        return converges


def convergence(request: Request) -> Draft | None:
    """``Σ a(n)`` converges, absolutely or conditionally, or diverges."""
    match request:
        case Request(topic=topics.CONVERGENCE, operands=(body, low, high), variables=(name,)):
            if high != INFINITY or t.symbols(body) != (name,):
                return None
        case _:
            return None
    series = Series(body, name, low)
    try:
        with time_limit(6.0):
            found = _absolute_or_not(series)
    except (NotConvertible, OutOfTime, NotImplementedError, ValueError, TypeError):
        return None
    if found is None:
        return None
    return Draft(
        answer=t.Truth(found != "diverges"),
        text=found,
        steps=tuple(series.steps),
        method="convergence test",
        said=(SAID[found],),
        variables=(name,),
    )


def _absolute_or_not(series: Series) -> str | None:
    n = series.n
    alternating, size = _alternating(series.term, n)
    if not alternating:
        waves, rest = _waves(series.term, n)
        if waves is not None:
            return _bounded(series, rest)
        verdict = _positive(series)
        return None if verdict is None else ("converges" if verdict else "diverges")
    why = Text("First the series of the absolute values.", "先考察各项绝对值组成的级数。")
    absolute = series.of(size)
    line = t.Call("abs", (series.terms,))
    shown = t.equation(line, absolute.terms)
    series.steps.append(Step(rule=ABSOLUTE, why=why, before=line, after=shown, link=Link.FORMULA))
    verdict = _positive(absolute)
    if verdict:
        return "converges absolutely"
    limit = absolute.limit(absolute.terms, LEIBNIZ, Text("The terms' size.", "通项绝对值的极限。"))
    if limit is None or verdict is None:
        return None
    if limit != t.integer(0):
        why = Text("The terms do not tend to 0.", "通项不趋于 0。")
        return None if series.tell(TERMS, why, converges=False) else "diverges"
    why = Text(
        "The signs alternate, {0} decreases from some place on and tends to 0: the series "
        "converges, but not absolutely.",
        "正负交错，{0} 自某项起单调递减且趋于 0，故级数条件收敛。",
        (absolute.terms,),
    )
    x = sp.Symbol("x", positive=True)
    falls = sp.limit(x * sp.diff(sp.log(size.subs(n, x)), x), x, sp.oo)
    if not falls.is_negative and falls != -sp.oo:
        return None
    series.tell(LEIBNIZ, why, converges=True)
    return "converges conditionally"


def _alternating(term: sp.Expr, n: sp.Symbol) -> tuple[bool, sp.Expr]:
    """Whether a factor ``(-1)^n`` stands in the term, and the term's size without it."""
    term = sp.powsimp(term)
    signs = [
        f
        for f in sp.Mul.make_args(term)
        if f.is_Pow and f.exp.has(n) and f.base.is_number and f.base.is_negative
    ]
    if len(signs) != 1:
        return False, term
    power = signs[0]
    return True, sp.powsimp((-power.base) ** power.exp * term / power)


def _waves(term: sp.Expr, n: sp.Symbol) -> tuple[sp.Expr | None, sp.Expr]:
    """A factor that stays between -1 and 1, and the size of the rest."""
    waves = [
        f
        for f in sp.Mul.make_args(term)
        if isinstance(f.as_base_exp()[0], sp.sin | sp.cos)
        and sp.limit(f.as_base_exp()[0].args[0], n, sp.oo) in (sp.oo, -sp.oo)
        and f.as_base_exp()[1].is_positive
    ]
    if not waves:
        return None, term
    return sp.Mul(*waves), term / sp.Mul(*waves)


def _bounded(series: Series, rest: sp.Expr) -> str | None:
    above = series.of(rest)
    if not _positive(above):
        return None
    why = Text(
        "The terms are at most {0} in size, and that series converges.",
        "各项绝对值不超过 {0}，而该级数收敛。",
        (above.terms,),
    )
    series.tell(BOUNDED, why, converges=True)
    return "converges absolutely"


def _positive(series: Series) -> bool | None:
    """The verdict on a series whose terms keep one sign."""
    ways: tuple[Callable[[Series], bool | None], ...] = (
        _geometric, _p_series, _terms, _ratio, _root, _compared, _integral,
    )  # fmt: skip
    for way in ways:
        kept = len(series.steps)
        found = way(series)
        if found is not None:
            return found
        del series.steps[kept:]
    return None


def _geometric(series: Series) -> bool | None:
    n = series.n
    ratio = sp.simplify(series.term.subs(n, n + 1) / series.term)
    if ratio.has(n):
        return None
    below = bool(abs(ratio) < 1)
    why = Text(
        "Geometric with ratio {0}: it converges exactly where |r| < 1.",
        "公比为 {0} 的等比级数：当且仅当 |r| < 1 时收敛。",
        (from_sympy(ratio),),
    )
    return series.tell(GEOMETRIC, why, converges=below)


def _p_series(series: Series) -> bool | None:
    n = series.n
    power = sp.powsimp(series.term).as_independent(n, as_Add=False)[1]
    base, exponent = power.as_base_exp()
    if base != n or not exponent.is_number or not exponent.is_negative:
        return None
    why = Text(
        "A p-series with p = {0}: it converges exactly where p > 1.",
        "p = {0} 的 p 级数：当且仅当 p > 1 时收敛。",
        (from_sympy(-exponent),),
    )
    return series.tell(P_SERIES, why, converges=bool(-exponent > 1))


def _terms(series: Series) -> bool | None:
    why = Text("The terms of a convergent series tend to 0.", "收敛级数的通项必趋于 0。")
    limit = series.limit(series.terms, TERMS, why)
    if limit is None or to_sympy(limit) == 0:
        return None
    why = Text("They do not tend to 0 here.", "此处通项不趋于 0。")
    return series.tell(TERMS, why, converges=False)


def _ratio(series: Series) -> bool | None:
    n = series.n
    if not series.term.has(sp.factorial, sp.gamma, sp.binomial) and not _powers(series.term, n):
        return None
    quotient = sp.simplify(sp.combsimp(series.term.subs(n, n + 1) / series.term))
    why = Text("The quotient of neighbouring terms, a(n+1)/a(n).", "相邻两项之比 a(n+1)/a(n)。")
    limit = series.limit(from_sympy(quotient), RATIO, why)
    return _below_one(series, RATIO, limit)


def _powers(term: sp.Expr, n: sp.Symbol) -> bool:
    return any(p.exp.has(n) for p in term.atoms(sp.Pow))


def _below_one(series: Series, rule: Rule, limit: t.Expr | None) -> bool | None:
    if limit is None or to_sympy(limit) == 1:
        return None
    below = bool(to_sympy(limit) < 1)
    why = Text("The limit is below 1.", "极限小于 1。")
    if not below:
        why = Text("The limit is above 1.", "极限大于 1。")
    return series.tell(rule, why, converges=below)


def _root(series: Series) -> bool | None:
    n = series.n
    if not _powers(series.term, n):
        return None
    x = sp.Symbol("x", positive=True)
    root = sp.simplify(sp.powdenest(series.term.subs(n, x) ** (1 / x), force=True)).subs(x, n)
    why = Text("The n-th root of the n-th term.", "通项的 n 次方根。")
    return _below_one(series, ROOT, series.limit(from_sympy(root), ROOT, why))


def _compared(series: Series) -> bool | None:
    """With 1/n^p of the terms' own order, else (where logarithms stand) with one between
    that and 1/n, or with 1/n."""
    n = series.n
    x = sp.Symbol("x", positive=True)
    term = series.term.subs(n, x)
    p = -sp.limit(x * sp.diff(term, x) / term, x, sp.oo)
    if not p.is_number or not p.is_nonnegative or not p.is_finite:
        return None
    limit = _against(series, p)
    if limit is not None and limit.is_finite and limit != 0:
        why = Text(
            "The limit is neither 0 nor infinite: both series converge or both diverge, and "
            "the p-series with p = {0} {1}.",
            "极限为非零有限数，两级数敛散性相同；p = {0} 的 p 级数当 p > 1 时收敛，否则发散。",
            (from_sympy(p), "converges" if p > 1 else "diverges"),
        )
        return series.tell(COMPARISON, why, converges=bool(p > 1))
    del series.steps[-1:]
    between = (p + 1) / 2 if p > 1 else sp.S.One
    limit = _against(series, between) if p != 1 else None
    if limit is None or limit != (0 if p > 1 else sp.oo):
        return None
    why = Text(
        "The limit is 0, so the terms are in the end below those of a convergent p-series.",
        "极限为 0，通项最终小于收敛的 p 级数的通项。",
    )
    if p < 1:
        why = Text(
            "The limit is infinite: in the end the terms are above those of the harmonic series.",
            "极限为无穷大，通项最终大于调和级数的通项。",
        )
    return series.tell(COMPARISON, why, converges=bool(p > 1))


def _against(series: Series, p: sp.Expr) -> sp.Expr | None:
    """The limit of the terms' quotient by 1/n^p."""
    quotient = sp.simplify(series.term * series.n**p)
    why = Text(
        "Divided by the terms 1/n^p, p = {0}.", "与 1/n^p（p = {0}）之比。", (from_sympy(p),)
    )
    limit = series.limit(from_sympy(quotient), COMPARISON, why)
    return None if limit is None else to_sympy(limit)


def _integral(series: Series) -> bool | None:
    from assistant.maths.solving.engine import solve_request

    solved = solve_request(
        Request(
            task=Task.INTEGRATE,
            operands=(series.terms, series.low, INFINITY),
            variables=(series.name,),
        )
    )
    if not isinstance(solved, Solution) or not isinstance(solved.verdict, Proved):
        return None
    value = solved.answer.value or INFINITY  # terms of one sign: the integral has no end
    converges = bool(to_sympy(value).is_finite)
    line = t.Call("integrate", (series.terms, t.Symbol(series.name), series.low, INFINITY))
    why = Text(
        "The terms are positive and decrease; the series does what the integral does.",
        "通项为正且单调递减，级数与该反常积分敛散性相同。",
    )
    series.steps.append(
        Step(rule=INTEGRAL, why=why, before=line, after=value,
             substeps=solved.steps, link=Link.FORMULA)
    )  # fmt: skip
    told = Text("So the series does.", "故级数与之同敛散。")
    return series.tell(INTEGRAL, told, converges=converges)
