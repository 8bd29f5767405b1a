"""A formula on one line of Unicode text, for exponents and for narrow screens."""

from __future__ import annotations

from assistant.maths.showing import layout as lay
from assistant.maths.showing.layout import Layout, Role

RAISED = str.maketrans("0123456789+-()nix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣ")
LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


BINDING = (Role.TIMES, Role.SPACED_TIMES, Role.GUARDED_TIMES, Role.POSTFIX)


def small(text: str, table: dict[int, int]) -> str:
    """The text in raised or lowered characters, or nothing where there are none."""
    text = text.replace(" ", "")
    changed = text.translate(table)
    return changed if all(a != b for a, b in zip(text, changed, strict=True)) else ""


def spaced(sign: lay.Sign) -> str:
    """A sign with the spaces that belong to it."""
    match sign.role:
        case Role.RELATION | Role.JOIN:
            return f" {sign.text} "
        case Role.BINARY:
            return sign.text if sign.text == "·" else f" {sign.text} "
        case Role.PREFIX | Role.POSTFIX:
            return sign.text
        case Role.COMMA:
            return ", "
        case Role.TIMES:
            return ""
        case Role.GUARDED_TIMES:
            return "·"
        case Role.SPACED_TIMES | Role.APPLY:
            return " "


def flat(shape: Layout) -> str:
    """One line of Unicode text."""
    match shape:
        case lay.Atom(text, _):
            return text
        case lay.Sign():
            return spaced(shape)
        case lay.Row(items):
            return "".join(_item(items, n) for n in range(len(items))).strip()
        case lay.Fraction(num, den):
            return f"{_tight(num)}/{_tight(den)}"
        case lay.Radical(body, index):
            return ("" if index is None else _script("", index, RAISED)) + f"√{_tight(body)}"
        case lay.Scripts(base, sub, sup):
            return _operand(base) + _script("_", sub, LOWERED) + _script("^", sup, RAISED)
        case lay.Fence(opening, body, closing):
            return opening + flat(body) + closing
        case lay.Big(sign, below, above):
            return sign + _script("_", below, LOWERED) + _script("^", above, RAISED)
        case lay.Grid(rows, opening, closing):
            return opening + "; ".join(", ".join(map(flat, row)) for row in rows) + closing


def _item(items: tuple[Layout, ...], n: int) -> str:
    item = items[n]
    if item == lay.APPLY and (isinstance(items[n + 1], lay.Fence) or _divides(items, n + 1)):
        return ""
    if n and items[n - 1] == lay.APPLY and _divides(items, n):
        return f"({flat(item)})"
    beside = [items[k] for k in (n - 1, n + 1) if 0 <= k < len(items)]
    if isinstance(item, lay.Fraction) and not _operator(item) and any(map(_binding, beside)):
        return f"({flat(item)})"
    return flat(item)


def _divides(items: tuple[Layout, ...], n: int) -> bool:
    """Whether a fraction is what a function by its name is applied to: ``sin(x/2)``."""
    head = items[n - 2] if n > 1 else None
    if isinstance(head, lay.Scripts):
        head = head.base
    return isinstance(items[n], lay.Fraction) and isinstance(head, lay.Atom)


def _binding(sign: Layout) -> bool:
    """Whether a sign would take one half of ``a/b`` for itself."""
    if not isinstance(sign, lay.Sign):
        return False
    return sign.text == "·" or sign.role in BINDING


def _operator(fraction: lay.Fraction) -> bool:
    """Whether it is ``d/dx``, which is read as one sign."""
    match fraction.den:
        case lay.Row((lay.Atom("d" | "∂", lay.Face.NAME), *_)):
            return True
    return False


def _tight(shape: Layout) -> str:
    """In brackets unless it is one piece."""
    match shape:
        case lay.Atom() | lay.Fence() | lay.Scripts():
            return flat(shape)
        case lay.Row((lay.Atom("d" | "∂", lay.Face.NAME), *_)):
            return flat(shape)
    return f"({flat(shape)})"


def _operand(base: Layout) -> str:
    return flat(base) if isinstance(base, lay.Row) else _tight(base)


def _script(sign: str, part: Layout | None, table: dict[int, int]) -> str:
    if part is None:
        return ""
    text = flat(part)
    if changed := small(text, table):
        return changed
    return sign + (text if isinstance(part, lay.Atom) else f"({text.replace(' ', '')})")
