"""``⌊x⌋ = 3`` says that ``3 ≤ x < 4``: equations of one floor or ceiling by their definition."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.types import Request, Task, Text

MEANT = {
    "floor": Text("⌊u⌋ = n means n ≤ u < n + 1", "⌊u⌋ = n 即 n ≤ u < n + 1"),
    "ceiling": Text("⌈u⌉ = n means n - 1 < u ≤ n", "⌈u⌉ = n 即 n - 1 < u ≤ n"),
}
LE, LT = t.Comparison.LE, t.Comparison.LT


def by_definition(request: Request) -> tuple[Request, Text | None]:
    """The request about the bounds, with what is to be said of that."""
    match request:
        case Request(
            task=Task.SOLVE,
            operands=(
                t.Relation(t.Comparison.EQ, t.Call(("floor" | "ceiling") as name, (arg,)), value),
            ),
        ):
            pass
        case _:
            return request, None
    whole = rational_value(value)
    if whole is None or whole.denominator != 1 or not t.symbols(arg):
        return request, None
    if any(isinstance(n, t.Call) and n.name in MEANT for n in t.walk(arg)):
        return request, None
    if name == "floor":
        both = t.Relation(LE, value, arg), t.Relation(LT, arg, t.rational(whole + 1))
    else:
        both = t.Relation(LT, t.rational(whole - 1), arg), t.Relation(LE, arg, value)
    return replace(request, operands=(t.Junction(t.Connective.AND, both),)), MEANT[name]
