"""Which kinds of formula a task can be asked about."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.types import Failure, Request, Task, Text, Trouble

OF_VALUES = frozenset((
    Task.FACTOR, Task.EXPAND, Task.SERIES, Task.LIMIT, Task.SUM, Task.PRODUCT, Task.INTEGRATE,
))  # fmt: skip
"""Tasks whose operands are numbers or functions with numbers for values."""
STATES = frozenset(("in", "approx"))
NO_VALUE = Text(
    "this can be asked about an expression, but {0} is a statement",
    "此要求只适用于算式，而 {0} 是一个命题",
)
NO_NUMBER = Text(
    "this can be asked about one number or function, but {0} is several",
    "此要求只适用于单个数或函数，而 {0} 含有多个对象",
)

NO_EQUATION = Text(
    "an equation is solved for numbers, but {0} is a set",
    "只能解关于数的方程，而 {0} 是集合",
)

NO_LIST = Text(
    "an equation of matrices is not solved for a list; write {0} as a system of equations",
    "矩阵方程不能对数列求解；请把 {0} 写成方程组",
)
OF_PARTS = Text(
    "equations with {0} are not solved here: they leave other parts of the number open",
    "此处不解含 {0} 的方程：它不能确定该复数的其他部分",
)
TOO_STEEP = Text(
    "the values of {0} soon have more digits than anybody could work out",
    "{0} 的值很快就会大到无法计算",
)
LEVELS = 2
FAR = 1000
"""No exponent of a claim is larger."""
PARTS = frozenset(("re", "im", "arg", "conjugate"))


def refused(request: Request) -> Trouble | None:
    """Why the task cannot be asked about its operands; ``None`` if it can."""
    if request.task is Task.SOLVE:
        sides = (
            s for o in request.operands if isinstance(o, t.Relation) for s in (o.left, o.right)
        )
        found = next(filter(_is_set, sides), None)
        if found is not None:
            return Trouble(Failure.UNSUPPORTED, _about(NO_EQUATION, found))
        return next(filter(None, (_unequal(o, request.variables) for o in request.operands)), None)
    if request.task is Task.PROVE and (steep := next(filter(_steep, request.operands), None)):
        return Trouble(Failure.UNSUPPORTED, _about(TOO_STEEP, steep))
    if request.task not in OF_VALUES:
        return None
    for operand in request.operands:
        if is_statement(operand):
            return Trouble(Failure.UNSUPPORTED, _about(NO_VALUE, operand))
        if isinstance(operand, t.Collection | t.Interval | t.Matrix) or (
            isinstance(operand, t.Call) and operand.name in SETS
        ):
            return Trouble(Failure.UNSUPPORTED, _about(NO_NUMBER, operand))
    return None


SETS = frozenset(("union", "intersection", "complement", "imageset", "conditionset"))


def _unequal(operand: t.Expr, names: tuple[str, ...]) -> Trouble | None:
    """Why an equation cannot be solved for numbers: it is one of a matrix and a list, or of a
    part of a complex number, which leaves the other part open."""
    match operand:
        case t.Relation(_, left, right):
            matrices = [t.Matrix in {type(n) for n in t.walk(side)} for side in (left, right)]
            lists = [isinstance(side, t.Collection) for side in (left, right)]
            if any(matrices) and any(lists):
                return Trouble(Failure.UNSUPPORTED, _about(NO_LIST, right if lists[1] else left))
    for node in t.walk(operand):
        if isinstance(node, t.Call) and node.name in PARTS and {*t.symbols(node)} & {*names}:
            return Trouble(Failure.UNSUPPORTED, _about(OF_PARTS, node))
    return None


def _steep(expr: t.Expr) -> bool:
    """Whether powers or factorials of letters are heaped up too high to be tried out."""
    return _height(expr) > LEVELS


def _height(expr: t.Expr) -> int:
    """How many powers stand in exponents of others; what grows faster counts for more."""
    below = max(map(_height, t.children(expr)), default=0)
    match expr:
        case t.Pow(base, exp) if t.symbols(exp):
            above = _height(exp)
            heaped = 1 if above and t.symbols(base) else 0
            return max(_height(base), 1 + above + heaped)
        case t.Pow(base, t.Number(value)) if t.symbols(base) and abs(value) > FAR:
            return LEVELS + 1
        case t.Call("factorial", (arg,)) if t.symbols(arg):
            steep = {t.Pow, t.Call} & {type(n) for n in t.walk(arg)}
            return LEVELS + 1 if steep and below else 1
    return below


def _is_set(expr: t.Expr) -> bool:
    match expr:
        case t.Interval() | t.Collection(t.Bracket.SET):
            return True
        case t.Call(name):
            return name in SETS
    return False


def is_statement(expr: t.Expr) -> bool:
    """Whether a formula says something that may hold or not."""
    match expr:
        case t.Relation() | t.Junction() | t.Truth():
            return True
        case t.Call(name):
            return name in STATES
    return False


def _about(text: Text, operand: t.Expr) -> Text:
    return Text(text.en, text.zh, (operand,))
