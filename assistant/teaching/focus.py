"""Where to look: the part of a line that the next one changes.

Only parts of the line that is there are named, never anything of the next one.
"""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.showing.answers import Line
from assistant.maths.types import Text
from assistant.teaching.shapes import Shape, same_line, shape

PART = Text("Look at {0}.", "看一看 {0}。")
WHOLE = Text("Look at the whole of {0}.", "把 {0} 作为整体来看。")
ON_LEFT = Text("Look at {0} on the left side.", "看左边的 {0}。")
ON_RIGHT = Text("Look at {0} on the right side.", "看右边的 {0}。")
IN_FRONT = Text("Look at the {0} in front of {1}.", "看 {1} 前面的 {0}。")
TOGETHER = Text("Compare the equations with each other: {0}.", "把各个方程放在一起比较：{0}。")
EACH = Text("Look at each case by itself: {0}.", "分别看每一种情形：{0}。")


def focus(before: t.Expr, line: Line) -> Text:
    """The sentence of the first level."""
    if isinstance(line, Text):
        return WHOLE.of(before)
    match before, line:
        case t.Relation(_, left, right), t.Relation(_, new_left, new_right):
            return _sides(before, (left, right), (new_left, new_right))
        case t.Junction(op, parts), _:
            changed = _missing(parts, _parts(line))
            if len(changed) == 1 and len(parts) > 1:
                return PART.of(changed[0])
            return (TOGETHER if op is t.Connective.AND else EACH).of(before)
    found = part(before, line)
    return WHOLE.of(before) if found == before else PART.of(found)


def _parts(line: t.Expr) -> tuple[t.Expr, ...]:
    return line.args if isinstance(line, t.Junction) else (line,)


def _missing(old: tuple[t.Expr, ...], new: tuple[t.Expr, ...]) -> list[t.Expr]:
    """Those of the old that are not among the new."""
    left: list[Shape] = [shape(n) for n in new]
    out: list[t.Expr] = []
    for one in old:
        if shape(one) in left:
            left.remove(shape(one))
        else:
            out.append(one)
    return out


def _sides(before: t.Relation, old: tuple[t.Expr, t.Expr], new: tuple[t.Expr, t.Expr]) -> Text:
    kept = [same_line(a, b) for a, b in zip(old, new, strict=True)]
    if kept == [False, True]:
        return ON_LEFT.of(part(old[0], new[0]))
    if kept == [True, False]:
        return ON_RIGHT.of(part(old[1], new[1]))
    for side, after, told in zip(old, new, (ON_LEFT, ON_RIGHT), strict=True):
        terms = side.terms if isinstance(side, t.Add) else (side,)
        rest = after.terms if isinstance(after, t.Add) else (after,)
        gone = _missing(terms, rest)
        if len(gone) == 1 and len(terms) == len(rest) + 1:
            return told.of(gone[0])
    match old[0], new[0]:
        case t.Mul((t.Number() as number, *others)), after if same_line(t.mul(*others), after):
            return IN_FRONT.of(number, after)
        case t.Neg(t.Mul((t.Number() as number, *others))), after if same_line(
            t.mul(*others), after
        ):
            return IN_FRONT.of(t.Neg(number), after)
    return WHOLE.of(before)


def part(old: t.Expr, new: t.Expr) -> t.Expr:
    """The smallest part of an expression that changes."""
    match old, new:
        case t.Add(terms), t.Add(others):
            return _inside(old, terms, others)
        case t.Mul(terms), t.Mul(others):
            return _inside(old, terms, others)
        case (t.Neg(a), t.Neg(b)):
            return part(a, b)
    ours, theirs = t.children(old), t.children(new)
    if type(old) is not type(new) or len(ours) != len(theirs):
        return old
    if isinstance(old, t.Call) and isinstance(new, t.Call) and old.name != new.name:
        return old
    changed = [(a, b) for a, b in zip(ours, theirs, strict=True) if not same_line(a, b)]
    return part(*changed[0]) if len(changed) == 1 else old


def _inside(old: t.Expr, ours: tuple[t.Expr, ...], theirs: tuple[t.Expr, ...]) -> t.Expr:
    gone, come = _missing(ours, theirs), _missing(theirs, ours)
    if len(gone) == 1:
        return part(gone[0], come[0]) if len(come) == 1 else gone[0]
    if 1 < len(gone) < len(ours) and isinstance(old, t.Add):
        return t.add(*gone)
    return old
