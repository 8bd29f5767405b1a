"""The tasks simplify, evaluate and expand."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.domains import guards, implied
from assistant.maths.checking.logic.statements import as_statement
from assistant.maths.checking.tasks.defined import bases_apart
from assistant.maths.checking.tasks.forms import is_expanded
from assistant.maths.domains import hull
from assistant.maths.ordering import rational_value
from assistant.maths.solving.common import Draft, TooLarge
from assistant.maths.solving.equations.domains import simplified
from assistant.maths.solving.expressions.division import divided_out
from assistant.maths.solving.expressions.engine import (
    EXPANDING,
    SPLITTING,
    TIERS,
    Derivation,
    derive,
)
from assistant.maths.solving.expressions.exact_angles import root_value
from assistant.maths.solving.expressions.large import TOO_MANY, at_once
from assistant.maths.solving.expressions.logs import log_parts
from assistant.maths.solving.expressions.prime_logs import in_primes
from assistant.maths.solving.expressions.shape import (
    UNDEFINED,
    Context,
    is_symbolic,
    normal,
    power,
    product,
)
from assistant.maths.solving.rewriting import context_of
from assistant.maths.types import Request, Rule, Step, Task, Text

EXACT = Rule("simplify.exact_value", "The exact value", "求出准确值")
COMPLETE = Rule("simplify.complete", "Simplify further", "进一步化简")
UNDEFINED_NOTE = Text("The expression has no value.", "该式没有意义。")

OPERATORS = frozenset(
    "diff integrate limit limit_left limit_right sum product det transpose piecewise plusminus "
    "union intersection complement imageset conditionset".split()
)
INFINITY = t.Constant(t.ConstantName.INFINITY)
LOGS = frozenset(("ln", "log"))
TRIG = frozenset("sin cos tan cot sec csc".split())


def _operand(request: Request) -> t.Expr | None:
    """The expression asked about, if it is one that these methods rewrite."""
    if len(request.operands) != 1:
        return None
    expr = request.operands[0]
    for node in t.walk(expr):
        if isinstance(
            node, t.Relation | t.Junction | t.Truth | t.Matrix | t.Collection | t.Interval
        ):
            return None
        if isinstance(node, t.Call) and node.name in OPERATORS:
            return None
        if node == INFINITY:
            return None  # oo - oo is no number less itself
    return expr


def simplify(request: Request) -> Draft | None:
    """Simplify by the rules, line by line."""
    if request.topic in (topics.PARTIAL_FRACTIONS, topics.COMPLETE_SQUARE):
        return None
    expr = _operand(request)
    if expr is None:
        return None
    context = context_of(expr, positive=positive_letters(request))
    derivation = derive(expr, context, TIERS)
    if not derivation.steps:
        derivation = derive(expr, context, SPLITTING)
    if not derivation.steps and (divided := divided_out(expr)) is not None:
        return divided
    return draft_of(request, expr, derivation, context)


def evaluate(request: Request) -> Draft | None:
    """Work out an expression: for numbers the same lines as simplifying."""
    return None if request.topic == topics.POLAR else simplify(request)


def expand(request: Request) -> Draft | None:
    """Multiply out and collect.  Raises ``TooLarge`` for more terms than anybody could read."""
    expr = _operand(request)
    if expr is None:
        return None
    context = context_of(expr, expand=True)
    draft = draft_of(request, expr, derive(expr, context, EXPANDING), context)
    if draft.answer is None or is_expanded(draft.answer):
        return draft
    if (whole := at_once(expr)) is None and not draft.steps:
        raise TooLarge(TOO_MANY)
    return whole or draft


def positive_letters(request: Request) -> frozenset[str]:
    """Letters that the problem says are positive (``words`` such as ``x>0``, the domain)."""
    named = {w.split(">")[0].strip() for w in request.words if w.replace(" ", "").endswith(">0")}
    match hull(request.domain) or request.domain:
        case t.Interval(low, _) if (bound := rational_value(low)) is not None and bound >= 0:
            named |= set(request.variables)
        case t.Relation(t.Comparison.GT, t.Symbol(name), low) if rational_value(low) == 0:
            named.add(name)
    return frozenset(named)


def draft_of(request: Request, expr: t.Expr, derivation: Derivation, context: Context) -> Draft:
    """What a derivation found, with where it holds."""
    steps = derivation.steps
    if steps and steps[0].before != expr:
        steps[0] = replace(steps[0], before=expr)
    given = tuple(positive_statement(name) for name in sorted(context.positive))
    if given:
        steps = [with_given(step, given) for step in steps]
    line = derivation.line
    if request.task is not Task.EXPAND:
        line = _completed(line, steps)
    told = within(request)  # more exactly than ``positive_letters``: x >= 0 may be 0
    known = told or given
    divided = [e for e in derivation.nonzero if t.symbols(e) and not _never_zero(e, known)]
    notes = [UNDEFINED_NOTE] if line == UNDEFINED else []
    needed = lost(expr, line, given)
    return Draft(
        answer=line,
        steps=tuple(steps),
        method=request.task.value,
        conditions=tuple(told_once(needed, conditions(divided, line, expr))),
        notes=tuple(notes),
    )


def within(request: Request) -> tuple[t.Expr, ...]:
    """What the domain of the problem says of its one letter, condition by condition."""
    span = hull(request.domain)
    if span is None or len(request.variables) != 1:
        return ()
    said = as_statement(span, request.variables)
    return said.args if isinstance(said, t.Junction) else () if said is None else (said,)


def _never_zero(divisor: t.Expr, known: tuple[t.Expr, ...]) -> bool:
    """Whether what is known keeps a divisor from zero: x > 0 does for x, and not for x - 3."""
    return bool(known) and implied(known, t.Relation(t.Comparison.NE, divisor, t.integer(0)))


def positive_statement(name: str) -> t.Expr:
    """``name > 0``."""
    return t.Relation(t.Comparison.GT, t.Symbol(name), t.integer(0))


def with_given(step: Step, given: tuple[t.Expr, ...]) -> Step:
    """The step under the assumptions of the problem, its sub-steps too."""
    inner = tuple(with_given(s, given) for s in step.substeps)
    return replace(step, given=(*step.given, *given), substeps=inner)


def _size(expr: t.Expr) -> int:
    return sum(1 for _ in t.walk(expr))


def _completed(line: t.Expr, steps: list[Step]) -> t.Expr:
    """What the rules could not finish: a much shorter form that SymPy knows."""
    calls = {n.name for n in t.walk(line) if isinstance(n, t.Call)}
    if calls & LOGS and (collected := in_primes(line)) is not None:
        if _size(collected) < _size(line):
            return _further(line, collected, steps)
        return line
    if not calls or _size(line) > 200:
        return line
    if calls & TRIG and (value := root_value(line)) is not None:
        why = Text("Numbers point to {0}, and exact arithmetic proves it.",
                   "由数值看出是 {0}，并由精确运算证明。", (value,))  # fmt: skip
        steps.append(Step(rule=EXACT, why=why, before=line, after=value))
        return value
    if _size(line) < 6:
        return line
    try:
        value = to_sympy(line)
        candidates = [sp.trigsimp(value)] if calls & TRIG else [sp.radsimp(sp.sqrtdenest(value))]
        best = min((normal(from_sympy(c)) for c in candidates), key=_size)
    except (NotConvertible, NotImplementedError, ValueError, TypeError):
        return line
    return line if _size(best) + 3 >= _size(line) else _further(line, best, steps)


def _further(line: t.Expr, best: t.Expr, steps: list[Step]) -> t.Expr:
    why = Text("Simplify further: {0}.", "进一步化简得 {0}。", (best,))
    steps.append(Step(rule=COMPLETE, why=why, before=line, after=best))
    return best


def conditions(nonzero: list[t.Expr], line: t.Expr, start: t.Expr | None = None) -> list[Text]:
    """Where the result holds: what was cancelled must not be zero, unless it still shows.

    A value at which ``start`` itself can be worked out is no exception.
    """
    visible = {f for n in t.walk(line) if isinstance(n, t.Div) for f in product(n).den}
    visible |= {f.base for f in visible if isinstance(f, t.Pow)}
    texts = []
    for expr in dict.fromkeys(f for e in nonzero for f in _divisors(e)):
        if expr in visible:
            continue
        excluded = _zeros(expr)
        if excluded is None:
            texts.append(_differs(expr, t.integer(0)))
        else:
            name = t.symbols(expr)[0]
            texts += [_differs(t.Symbol(name), z) for z in excluded if not _defined(start, name, z)]
    return list(dict.fromkeys(texts))


def lost(before: t.Expr, after: t.Expr, given: tuple[t.Expr, ...] = ()) -> list[t.Relation]:
    """What one form needs and neither the other nor what is given says: ``2·ln(x)`` speaks of
    x > 0 only, ``ln(x^2)`` does not."""
    needed = [*guards(before), *bases_apart(before)]
    known = (*guards(after), *bases_apart(after), *given)
    # one at a time, against what is kept: two of them may each follow from the other and the rest;
    # first what follows from its own neighbours, so that the strictest one is kept
    for others in ((), known):
        for guard in tuple(needed):
            kept = [g for g in needed if g != guard]
            if implied((*others, *kept), guard):
                needed = kept
    return [
        simplified(g, t.symbols(g)[0]) if len(t.symbols(g)) == 1 else g
        for g in needed
        if isinstance(g, t.Relation)
    ]


def valid_for(condition: t.Relation) -> Text:
    """A condition in words."""
    return Text("valid for {0}", "其中 {0}", (condition,))


def told_once(needed: list[t.Relation], excluded: list[Text]) -> list[Text]:
    """Both in words, but no ``x != 0`` beside ``x > 0``."""
    stricter = {
        t.Relation(t.Comparison.NE, n.left, n.right) for n in needed if n.op is t.Comparison.GT
    }
    return [
        *map(valid_for, dict.fromkeys(needed)),
        *(text for text in excluded if text.args[0] not in stricter),
    ]


def _defined(start: t.Expr | None, name: str, value: t.Expr) -> bool:
    """Whether the first line has a value there."""
    if start is None or set(t.symbols(start)) != {name}:
        return False
    line = derive(t.substitute(start, name, value), Context(), TIERS).line
    return line != UNDEFINED and not any(log_parts(n) for n in t.walk(line))


def _divisors(expr: t.Expr) -> list[t.Expr]:
    """The factors that must not be zero for a product or power not to be."""
    view = product(expr)
    bases = [power(f)[0] for f in [*view.num, *view.den]]
    return [b for b in bases if is_symbolic(b)]


def _differs(left: t.Expr, right: t.Expr) -> Text:
    match left, right:
        case t.Add((first, t.Neg(second))), t.Number(value) if value == 0:
            left, right = first, second
        case t.Add((t.Neg(second), first)), t.Number(value) if value == 0:
            left, right = first, second
    relation = t.Relation(t.Comparison.NE, left, right)
    return valid_for(relation)


def _zeros(expr: t.Expr) -> list[t.Expr] | None:
    """The real zeros of a polynomial in one letter, where they are rational or square roots."""
    names = t.symbols(expr)
    if len(names) != 1:
        return None
    try:
        value = to_sympy(expr)
    except NotConvertible:
        return None
    x = sp.Symbol(names[0])
    if not value.is_polynomial(x) or sp.degree(value, x) > 2:
        return None
    return [from_sympy(z) for z in sorted(z for z in sp.roots(value, x) if z.is_real)]
