"""What a problem has defined up to a point, and how it is put into formulas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from assistant.maths import terms as t
from assistant.maths.checking.tasks.defined import missing_at
from assistant.maths.types import (
    Doubt,
    Failure,
    Link,
    Proved,
    Request,
    Rule,
    Solution,
    Step,
    Supported,
    Task,
    Text,
    Trouble,
    Undecided,
    Verdict,
)

VALUE = Rule("definition.value", "Work out the value", "求值")
FUNCTION = Rule("definition.function", "Write down the function", "写出函数")
SOLVE_FOR = Rule("definition.solve", "Solve for the names", "解出各量")
INSERT = Rule("definition.insert", "Put in what is known", "代入已知条件")
PICK = Rule("definition.pick", "Read off what is asked", "得出所求")
MAX_ROUNDS = 40
MAX_CASES = 12

Solver = Callable[[Request], "Solution | Trouble"]
UNCLEAR = Trouble(
    Failure.UNSUPPORTED,
    Text("what is given does not fix what is asked", "已知条件不能确定所求的量"),
)


@dataclass
class Known:
    """What has been defined up to now."""

    solve: Solver
    told: bool = False
    """Whether a story tells it, whose numbers may have to fulfil more than its equations."""
    values: dict[str, t.Expr] = field(default_factory=dict)
    functions: dict[str, tuple[tuple[str, ...], t.Expr]] = field(default_factory=dict)
    pending: list[t.Expr] = field(default_factory=list)
    cases: list[dict[str, t.Expr]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    conditions: list[Text] = field(default_factory=list)
    rewritten: dict[t.Expr, t.Expr] = field(default_factory=dict)
    derived: dict[str, tuple[tuple[str, ...], t.Expr, int]] = field(default_factory=dict)
    """For each name of a derivative, its parameters, what was derived, and how often: a
    derivative has no value where that has none."""
    ties: dict[str, set[str]] = field(default_factory=dict)
    """For each name, the names that its definitions mention."""

    def resolve(self, expr: t.Expr, hidden: tuple[str, ...] = ()) -> t.Expr:
        """The expression with all that is known put in; ``hidden`` names stay."""
        for _ in range(MAX_ROUNDS):
            changed = t.transform(self._derived(expr), lambda node: self._known(node, hidden))
            if changed == expr:
                break
            expr = changed
        return expr

    def opened(self, asked: Request) -> tuple[Request, tuple[str, ...]]:
        """For "the derivative of f", "the zeros of f" the request about f's expression, and f's
        parameters."""
        bare = {n for o in asked.operands for n in t.symbols(o)} & {*self.functions}
        if not bare or bare & {*self.values} or len({len(self.functions[n][0]) for n in bare}) > 1:
            return asked, ()
        parameters = self.functions[min(bare)][0]
        letters = tuple(map(t.Symbol, parameters))
        bodies = {
            n: put_in(body, dict(zip(own, letters, strict=True)))
            for n, (own, body) in self.functions.items()
            if n in bare
        }
        operands = tuple(put_in(o, bodies) for o in asked.operands)
        rewritten = asked.task in (Task.EVALUATE, Task.SIMPLIFY, Task.EXPAND)
        if rewritten and any(_multiplied(o, bare) for o in asked.operands):
            return asked, ()
        named = bare & {*asked.variables} or any(asked.operands[0] == t.Symbol(n) for n in bare)
        variables = parameters if named else asked.variables
        return replace(asked, operands=operands, variables=variables), parameters

    def strangers(self, expr: t.Expr) -> bool:
        """Whether a function is applied that nobody has defined, or a defined one is left: with
        other arguments than it has, ``f^2(3)``."""
        for node in t.walk(expr):
            match node:
                case t.Call(name) if len(name) == 1:
                    return True
                case t.Symbol(name) if name in self.functions and name not in self.values:
                    return True
        return False

    def _put(self, node: t.Expr, hidden: tuple[str, ...]) -> t.Expr:
        """One round from the leaves up, but ``f'(3)`` whole: it is derived before it is put in."""
        match node:
            case t.Call("diff", (t.Call(name, (argument,)), *rest)) if name in self.functions:
                return self._derivative(name, self._put(argument, hidden), tuple(rest), node)
        parts = tuple(self._put(p, hidden) for p in t.children(node))
        return self._known(t.rebuild(node, parts), hidden)

    def _known(self, node: t.Expr, hidden: tuple[str, ...]) -> t.Expr:
        match node:
            case t.Symbol(name) if name in self.values and name not in hidden:
                return self.values[name]
            case t.Call(name, args) if name in self.functions:
                parameters, body = self.functions[name]
                if len(parameters) != len(args):
                    return node
                return put_in(body, dict(zip(parameters, args, strict=True)))
        return node

    def _derived(self, expr: t.Expr) -> t.Expr:
        """Derivatives of known functions worked out, outermost first: once ``f(2)`` is a
        number, its derivative would be 0."""
        match expr:
            case t.Call("diff", (t.Call(name, (argument,)), *rest)) if name in self.functions:
                return self._derivative(name, argument, tuple(rest), expr)
        return t.rebuild(expr, tuple(map(self._derived, t.children(expr))))

    def _derivative(
        self, name: str, argument: t.Expr, rest: tuple[t.Expr, ...], node: t.Expr
    ) -> t.Expr:
        """``f'(3)``: derive first, then put in."""
        parameters, body = self.functions[name]
        order = int(rest[1].value) if len(rest) > 1 and isinstance(rest[1], t.Number) else 1
        if len(parameters) != 1 or missing_at(body, {parameters[0]: argument}):
            return node
        request = Request(
            task=Task.DIFFERENTIATE, operands=(body,), variables=parameters, order=order
        )
        derived = self.solve(request)
        if isinstance(derived, Trouble) or derived.answer.value is None:
            return node
        self.verdicts.append(derived.verdict)
        self.steps.append(
            Step(
                rule=FUNCTION,
                why=Text("Derive {0} first.", "先求 {0} 的导数。", (name,)),
                before=body,
                after=derived.answer.value,
                link=Link.DERIVATIVE if order == 1 else Link.FORMULA,
                variable=parameters[0],
                substeps=derived.steps,
                verdict=derived.verdict,
            )
        )
        return put_in(derived.answer.value, {parameters[0]: argument})


def _multiplied(expr: t.Expr, names: set[str]) -> bool:
    """Whether a bare name is a factor or a power: ``f^2(3)`` may be a value of f, squared."""
    return any(
        isinstance(node, t.Mul | t.Pow) and names & {*t.symbols(node)} for node in t.walk(expr)
    )


def evaluation(body: t.Expr) -> Request:
    """The request for a value."""
    return Request(task=Task.EVALUATE, operands=(body,))


def put_in(body: t.Expr, values: dict[str, t.Expr]) -> t.Expr:
    """All names replaced at once."""
    return t.transform(body, lambda n: values.get(n.name, n) if isinstance(n, t.Symbol) else n)


INSERTED = Text("Put in what is known.", "代入已知条件。")


def line_of(rule: Rule, why: Text, before: t.Expr, after: t.Expr) -> Step:
    """A line that only rewrites a definition: nothing is claimed."""
    said = Undecided(Doubt.NOT_A_CLAIM)
    return Step(rule=rule, why=why, before=before, after=after, link=Link.FORMULA, verdict=said)


RANK = (Proved, Supported, Undecided)


def worst(verdicts: list[Verdict]) -> Verdict:
    """The weakest verdict: a chain holds no better than its weakest link."""
    return max(verdicts, key=lambda v: RANK.index(type(v)) if type(v) in RANK else len(RANK))
