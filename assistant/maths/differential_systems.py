"""Several differential equations for as many functions of one variable, by their form.

A prime does not say by what is derived: in ``x' = y, y' = -x`` both are functions of the t that
neither of them is.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.maths import terms as t


@dataclass(frozen=True, slots=True)
class Functions:
    """Equations and conditions, each function written with the one variable."""

    names: tuple[str, ...]
    by: str
    equations: tuple[t.Relation, ...]
    conditions: tuple[t.Relation, ...]


def in_one_variable(statements: tuple[t.Expr, ...]) -> Functions | None:
    """The system that statements are; ``None`` for a single equation or anything else."""
    relations = [s for s in statements if isinstance(s, t.Relation) and s.op is t.Comparison.EQ]
    if len(relations) != len(statements):
        return None
    equations = [r for r in relations if _derived(r) and not _is_condition(r)]
    conditions = [r for r in relations if r not in equations]
    pairs = [pair for e in equations for pair in _derived(e)]
    names = tuple(dict.fromkeys(name for name, _ in pairs))
    letters = [by for _, by in pairs if by not in names]
    by = next(iter(letters), "t" if "t" not in names else "")
    if len(equations) < 2 or len(names) != len(equations) or not by or {*letters} - {by}:
        return None
    if not all(_is_condition(c) for c in conditions):
        return None
    written, found = ([_written(r, names, by) for r in part] for part in (equations, conditions))
    return Functions(names, by, tuple(written), tuple(found))


def _derived(expr: t.Expr) -> list[tuple[str, str]]:
    """The functions that are derived, and by what."""
    found = []
    for node in t.walk(expr):
        match node:
            case t.Call("diff", (t.Call(name, _) | t.Symbol(name), t.Symbol(by), *_)):
                found.append((name, by))
    return found


def _is_condition(relation: t.Relation) -> bool:
    """``x(0) = 1`` or ``x'(0) = 1``."""
    match relation.left:
        case t.Call("diff", (t.Call(_, (point,)), *_)) | t.Call(_, (point,)):
            return not t.symbols(point) and not t.symbols(relation.right)
    return False


def _written(relation: t.Relation, names: tuple[str, ...], by: str) -> t.Relation:
    sides = (_in_one(side, names, by) for side in (relation.left, relation.right))
    return t.equation(*sides)


def _in_one(expr: t.Expr, names: tuple[str, ...], by: str) -> t.Expr:
    """Every function with the one variable, however it was written."""
    match expr:
        case t.Symbol(name) if name in names:
            return t.Call(name, (t.Symbol(by),))
        case t.Call("diff", (t.Call(name, (point,)), _, *order)) if name in names:
            place = t.Symbol(by) if t.symbols(point) else point
            return t.Call("diff", (t.Call(name, (place,)), t.Symbol(by), *order))
        case t.Call("diff", (t.Symbol(name), _, *order)) if name in names:
            return t.Call("diff", (t.Call(name, (t.Symbol(by),)), t.Symbol(by), *order))
        case t.Call(name, (point,)) if name in names:
            return t.Call(name, (t.Symbol(by) if t.symbols(point) else point,))
    return t.rebuild(expr, tuple(_in_one(p, names, by) for p in t.children(expr)))
