"""A story as an exact linear system: it counts only where it has one solution, and a possible one."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.stories.accounts.things import counts
from assistant.maths.reading.stories.accounts.words_en import ITEM
from assistant.maths.reading.stories.asking import value_of, whole
from assistant.maths.reading.stories.telling import ends, exact
from assistant.maths.reading.stories.text import Tale, positive
from assistant.maths.types import Request, Task, Text

Linear = dict[str, Fraction]
"""Coefficients by the name of a quantity; that of ``""`` is the constant."""
ROUNDED = {"ceiling": ceil, "floor": floor}
LEFT, TOTAL, DIFFERENCE, RATIO, BEFORE, CHANGE, WANTED = (
    "left", "total", "difference", "ratio", "before", "change", "wanted"
)  # fmt: skip
CALLED = {
    LEFT: Text("what is there in the end", "最后的数量"),
    TOTAL: Text("the total", "总数"),
    DIFFERENCE: Text("the difference", "相差的数量"),
    RATIO: Text("the ratio", "倍数"),
    BEFORE: Text("what was there at first", "原有的数量"),
    CHANGE: Text("what came or went", "变化的数量"),
    WANTED: Text("what is asked", "所求的数量"),
}
"""The quantities that a story gives no name."""


@dataclass
class Account:
    """The quantities that are not told, by their names in words, and what is told of them."""

    equations: list[t.Expr] = field(default_factory=list)
    asked: t.Expr | None = None
    units: dict[str, str] = field(default_factory=dict)
    """The unknown quantities, and in what unit each is reckoned."""

    percent: bool = False
    """Whether the answer is asked for in percent."""

    def unknown(self, name: str, unit: str) -> t.Expr:
        """The unknown quantity of a name; the name itself stands for it until letters are given."""
        self.units[name] = unit
        return t.Symbol(name)

    def ask(self, name: str, unit: str, value: t.Expr) -> Account:
        """The value is asked for, as a quantity with a name of its own."""
        if isinstance(value, t.Symbol):
            self.asked = value
            return self
        self.asked = self.unknown(name, unit)
        self.says(self.asked, value)
        return self

    def says(self, left: t.Expr, right: t.Expr) -> None:
        """Two sides are equal."""
        self.equations.append(t.equation(left, right))

    def values(self) -> dict[str, Fraction] | None:
        """The value of each unknown, where there is exactly one solution and it is possible."""
        rows = []
        for one in self.equations:
            assert isinstance(one, t.Relation)
            row = linear(t.sub(one.left, one.right))
            if row is None:
                return None
            rows.append(row)
        found = _eliminate(rows, list(self.units))
        if found is None:
            return None
        possible = all(
            value > 0 and (value.denominator == 1 or not counts(self.units[name]))
            for name, value in found.items()
        )
        return found if possible else None

    def answer(self) -> Fraction | None:
        """The value that is asked for."""
        found, asked = self.values(), self.asked
        if found is not None and isinstance(asked, t.Call) and asked.name in ROUNDED:
            inner = asked.args[0]
            return (
                Fraction(ROUNDED[asked.name](found[inner.name]))
                if isinstance(inner, t.Symbol)
                else None
            )
        row = None if asked is None else linear(asked)
        if found is None or row is None:
            return None
        return sum(
            (factor * found.get(name, Fraction(1)) for name, factor in row.items()), Fraction(0)
        )

    def requests(self, tale: Tale, *others: t.Expr) -> list[Request]:
        """The equations as steps of the solution, with letters, and what is asked; of several
        quantities the others are asked for, too."""
        assert self.asked is not None
        letters = {name: t.Symbol(tale.letter("x", "y", "z")) for name in self.units}

        def named(node: t.Expr) -> t.Expr:
            return letters.get(node.name, node) if isinstance(node, t.Symbol) else node

        for names, equations in self._in_turn():
            said = [t.transform(one, named) for one in equations]
            known = {name: letters[name] for name in names}
            keep: list[t.Expr] = [positive(x.name) for x in known.values()]
            keep += [whole(letters[name].name) for name in names if counts(self.units[name])]
            tale.says(self._named(known), *said, keep=tuple(keep))
        tale.text = ""
        asked, value = t.transform(self.asked, named), self.answer()
        if others:
            return [value_of(t.transform(one, named)) for one in (self.asked, *others)]
        if self.percent and value is not None and ends(value):
            return [Request(task=Task.NUMBER, topic=topics.TO_PERCENT, operands=(asked,))]
        if self._money() and value is not None and value.denominator > 1 and ends(value):
            return [Request(task=Task.NUMBER, topic=topics.TO_DECIMAL, operands=(asked,))]
        return [value_of(asked)]

    def _money(self) -> bool:
        """Whether money is asked for, which is told as a decimal."""
        name = self.asked.name if isinstance(self.asked, t.Symbol) else ""
        return self.units.get(name) in ("dollar", "元")

    def _in_turn(self) -> list[tuple[list[str], list[t.Expr]]]:
        """The equations one by one with what each gives, where each gives one quantity after the
        others; else all at once."""
        left, known, found = (
            list(self.equations),
            set[str](),
            list[tuple[list[str], list[t.Expr]]](),
        )
        while left:
            for one in left:
                new = [name for name in dict.fromkeys(t.symbols(one)) if name not in known]
                if len(new) == 1:
                    break
            else:
                return [(list(self.units), self.equations)]
            left.remove(one)
            known.add(new[0])
            found.append((new, [one]))
        return found if len(known) == len(self.units) else [(list(self.units), self.equations)]

    def _named(self, letters: dict[str, t.Symbol]) -> Text:
        """Which letter stands for what, so that one sees how the story was read."""
        en, zh = [], []
        for n, name in enumerate(letters):
            unit = self.units[name] if self.units[name] != ITEM else ""
            called = CALLED.get(name, Text(f"“{name}”", f"“{name}”"))
            en.append(f"{called.en} be {{{n}}} ({unit})" if unit else f"{called.en} be {{{n}}}")
            zh.append(f"{called.zh}为 {{{n}}} {unit}".rstrip())
        return Text(
            f"Let {', '.join(en)}. This is what is told.",
            f"设{'，'.join(zh)}。由题意得",
            tuple(letters.values()),
        )


def linear(expr: t.Expr) -> Linear | None:
    """The coefficients of a linear expression; ``None`` for any other."""
    value = exact(expr)
    if value is not None:
        return {"": value} if value else {}
    match expr:
        case t.Symbol(name):
            return {name: Fraction(1)}
        case t.Neg(arg):
            return _scaled(linear(arg), Fraction(-1))
        case t.Add(parts):
            total: Linear = {}
            for part in parts:
                row = linear(part)
                if row is None:
                    return None
                for name, factor in row.items():
                    total[name] = total.get(name, Fraction(0)) + factor
            return {name: factor for name, factor in total.items() if factor}
        case t.Mul(parts):
            known = [v for v in map(exact, parts) if v is not None]
            others = [part for part in parts if exact(part) is None]
            if len(others) != 1:
                return None
            row = linear(others[0])
            for factor in known:
                row = _scaled(row, factor)
            return row
        case t.Div(above, below):
            divisor = exact(below)
            return _scaled(linear(above), 1 / divisor) if divisor else None
    return None


def _scaled(row: Linear | None, factor: Fraction) -> Linear | None:
    return None if row is None else {name: value * factor for name, value in row.items() if factor}


def _eliminate(rows: list[Linear], names: list[str]) -> dict[str, Fraction] | None:
    """The one solution of linear equations ``row = 0``; ``None`` where there is none or several."""
    rows, solved = [dict(row) for row in rows], {}
    for name in names:
        pivot = next((row for row in rows if row.get(name)), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        solved[name] = pivot
        for row in (*rows, *(one for other, one in solved.items() if other != name)):
            factor = row.get(name, Fraction(0)) / pivot[name]
            for other, value in pivot.items():
                row[other] = row.get(other, Fraction(0)) - factor * value
    if any(value for row in rows for value in row.values()):
        return None
    return {name: -row.get("", Fraction(0)) / row[name] for name, row in solved.items()}
