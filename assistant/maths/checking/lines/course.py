"""What has been claimed so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import islice, pairwise

from assistant.maths import terms as t
from assistant.maths.checking.lines import arithmetic
from assistant.maths.checking.lines.laws import Law
from assistant.maths.reading.claims.line import Claim

FIRST, LAST = 2, 8
"""How many statements from the beginning and from the end are kept: nothing looks at others,
and a line costs the same however many there were before it."""
MAX_NAMES = 200
"""Letters and introduced names in one piece of work; with more, it begins anew."""
MAX_NODES = 1000
"""Of a formula with its names written out: definitions of definitions grow exponentially."""


class Standing(Enum):
    """What a statement is worth as the ground of another."""

    FIRM = auto()
    """It is the problem's, or was proved."""
    GIVEN = auto()
    """The work begins with it; to say it once more proves nothing."""
    OPEN = auto()
    """It follows from one that is neither, or numbers agree."""
    WRONG = auto()
    """It was refuted, or follows from one that was."""


@dataclass
class Course:
    """Statements in the order in which they were made, and names that were introduced.

    ``problem`` is the statement of the problem, where it is one; ``wordy``: the problem is
    told in words, so a solution may be dropped for a reason that only the words give.
    """

    wordy: bool = False
    statements: list[t.Expr] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    """The letters of all statements, those that are not kept any more too."""
    values: dict[str, t.Expr] = field(default_factory=dict)
    """Numbers that letters were said to be, the last of each."""
    domain: t.Expr | None = None
    """The numbers that the problem means, where they are not all real ones."""
    asked: t.Expr | None = None
    """The expression that the problem wants in another form, or the derivative that it wants."""
    function: str = ""
    """The name that the problem gives to the function to be differentiated."""
    functions: dict[str, t.Relation] = field(default_factory=dict)
    """The functions that the problem defines, each by its equation."""
    sequences: dict[str, Law] = field(default_factory=dict)
    """The sequences that it defines, each by its law."""
    sound: list[t.Expr] = field(default_factory=list)
    """Those of them that were not refuted: from contradictions anything would follow."""
    definitions: dict[str, t.Expr] = field(default_factory=dict)
    expression: t.Expr | None = None
    equated: bool = False
    """Whether that is a side of an equation, which an expression below need not go on from."""
    calculating: bool = False
    """Whether the line before was a calculation with numbers alone."""
    plain: bool = True
    """Whether the last statement stood on a line of formulas alone."""
    whole: t.Expr | None = None
    """The statement whose cases are being gone through, one a line."""
    cases: list[t.Expr] = field(default_factory=list)
    """Those that were there."""
    case: tuple[str, t.Expr] | None = None
    """The numbered letter of the last statement, and the statement that its case belongs to."""
    added: bool = False
    """Whether a line may have added solutions that have not been tested yet."""
    named: tuple[str, t.Expr] | None = None
    """The name of a value on the line before, and the value."""
    announced: bool = False
    """Whether the line before, words alone, said that a formula is transformed."""
    tried: tuple[t.Expr, ...] = ()
    """Numbers that were put in for a letter, to see whether they fit, and are being tried."""
    wronged: bool = False
    """Whether a line was refuted: what follows from that is not wrong once more."""
    outside: tuple[list[t.Expr], dict[str, t.Expr], dict[str, t.Expr]] | None = None
    """Within a supposition: the statements and values that hold without it."""
    narrowed: bool = False
    """Whether words or a condition may have left out solutions, here and in what follows."""
    cased: bool = False
    """Whether a range was only supposed: of one case, what belongs to the others is left out."""
    unsure: bool = False
    """Whether a line was not taken in: nothing is refuted any more by what came before."""
    assumed: dict[str, t.Expr] = field(default_factory=dict)
    """Numbers that were only put in for letters: that a letter is this number is not shown by
    what was worked out with it."""
    standings: list[tuple[t.Expr, Standing]] = field(default_factory=list)
    """What is known of statements and expressions, said outside of any supposition."""
    roots: set[tuple[str, t.Expr]] = field(default_factory=set)
    """Solutions that were named one by one."""
    redefined: bool = False
    """Whether the problem may give signs or numerals another meaning: nothing is decided."""
    matrices: dict[str, t.Expr] = field(default_factory=dict)
    """Those that the problem names."""
    sought: tuple[str, ...] = ()
    """The unknowns that the problem names."""
    bare_log: bool = False
    """Whether a logarithm without a base was written, for lines that are judged one at a time:
    nothing is refuted any more that it may make right to base 10."""
    absurd: bool = False
    """Within a proof by contradiction: what is wrong there is right."""
    parts: bool = False
    """Whether the problem has several questions: where the work on the next begins, a letter may
    stand for another number, and nobody knows where that is."""
    beginning: bool = False
    """Whether there is no problem, and nothing but what the work begins with was said."""

    def say(self, statement: t.Expr, *, sound: bool = False) -> None:
        """Take a statement in; ``sound``: it was not refuted."""
        self.statements.append(statement)
        self.used |= set(t.symbols(statement))
        for name, value in told_values(statement):
            self.values[name] = value
        if sound:
            self.sound.append(statement)

    def ask(self, expression: t.Expr) -> None:
        """The problem wants this expression in another form."""
        self.expression = self.asked = expression
        self.stands(expression, Standing.FIRM)

    def suppose(self, *, supposed: bool) -> bool:
        """A line begins that is said under a supposition, or none: what was said under one
        proves and refutes nothing outside of it.  Has a supposition ended with it?"""
        if supposed and self.outside is None:
            self.outside = list(self.statements), dict(self.values), dict(self.assumed)
        elif not supposed and self.outside is not None:
            self.statements, self.values, self.assumed = self.outside
            self.outside = None
            return True
        return False

    def before_case(self, name: str) -> t.Expr:
        """The statement that the next one is held against: for ``x_2 = 3`` behind ``x_1 = 2``
        the one that both are solutions of.  ``name`` is its numbered letter, where it has one."""
        last = self.statements[-1]
        if not name:
            self.case = None
        elif self.case is None:
            self.case = name, last
        elif self.case[0] != name:
            self.case = name, self.case[1]
            return self.case[1]
        return last

    def forget(self) -> None:
        """The letters stand for something else from here on; what the problem defines stays."""
        defined = [
            *self.functions.values(),
            *(law.told for law in self.sequences.values()),
            *(t.equation(t.Symbol(name), value) for name, value in self.matrices.items()),
        ]
        self.statements.clear()
        self.used.clear()
        self.values.clear()
        self.assumed.clear()
        self.standings = [pair for pair in self.standings if pair[0] in defined]
        self.case = None

    def assume(self, statement: t.Expr) -> None:
        """A value is put in for a letter; one that was found already stays found."""
        told = told_value(statement)
        if told is not None and not self.is_known(statement):
            self.assumed[told[0]] = told[1]

    def stands(self, statement: t.Expr, standing: Standing) -> None:
        """What a statement is worth from now on, where it is said under no supposition."""
        if self.outside is None and self.standing(statement) is not standing:
            self.standings.append((_said(statement), standing))

    def standing(self, statement: t.Expr) -> Standing | None:
        """What a statement is worth; nothing where it was only said."""
        said = _said(statement)
        return next((worth for other, worth in reversed(self.standings) if other == said), None)

    def is_known(self, statement: t.Expr) -> bool:
        """Whether the same was found before, so that it may be said once more."""
        return self.standing(statement) in (Standing.FIRM, Standing.OPEN)

    def is_firm(self, statement: t.Expr) -> bool:
        """Whether a proof may stand on it."""
        return self.standing(statement) in (Standing.FIRM, Standing.GIVEN)

    def firm(self) -> list[t.Expr]:
        """The statements that prove others, also those that are said once more."""
        kinds = (t.Relation, t.Junction)
        found = (s for s, _ in self.standings if isinstance(s, kinds) and self.is_firm(s))
        return [s for s in found if self.is_known(s) or told_value(s) is None]

    def is_ground(self, other: t.Expr, statement: t.Expr) -> bool:
        """Whether a statement may rest on another: not on its own words, which nobody proved,
        and not where a letter is the number only because that was put in for it."""
        if self.is_known(statement):
            return True
        return not self.is_put_in(statement) and _said(other) != _said(statement)

    def is_put_in(self, statement: t.Expr) -> bool:
        """Whether it says of a letter what was only put in for it."""
        told = told_value(statement)
        assumed = told is not None and self.assumed.get(told[0]) == told[1]
        return assumed and not self.is_known(statement)

    def is_next_value(self, before: t.Expr, after: t.Expr) -> bool:
        """Whether a letter is another number where nobody has found the one before: as in an
        iteration, or in a table."""
        told = told_value(before), told_value(after)
        if None in told or isinstance(before, t.Junction) or isinstance(after, t.Junction):
            return False
        return not self.is_known(before) and all(pair and _is_written(pair[1]) for pair in told)

    def tidy(self) -> None:
        """Keep what the next lines look at; called after every line."""
        del self.statements[FIRST:-LAST]
        del self.sound[:-LAST]
        del self.standings[FIRST : -2 * LAST]
        if len(self.used) + len(self.definitions) > MAX_NAMES:
            self.forget()
            self.sound.clear()
            self.definitions.clear()
            self.unsure = True

    def names(self) -> set[str]:
        """All letters that have been used."""
        return self.used | set(self.definitions)

    def expanded(self, expr: t.Expr) -> t.Expr:
        """Introduced names written out, and ``x_1`` as a case of ``x``; as it stands where
        that would be too long."""
        known = self.names()

        def change(node: t.Expr) -> t.Expr:
            match node:
                case t.Symbol(name) if name in self.definitions:
                    return self.definitions[name]
                case t.Symbol(name) if name not in known and name.split("_")[0] in known:
                    return t.Symbol(name.split("_")[0])
            return node

        written = expr
        for _ in range(3):
            written = t.transform(written, change)
            if is_long(written):
                return expr
        return written

    def in_letters_of(self, form: t.Expr, side: t.Expr) -> t.Expr:
        """A side with the letters written out that were said to be formulas in those of another:
        ``u = 3x + 1``."""
        known = set(t.symbols(form))
        formulas: dict[str, set[t.Expr]] = {}
        for said in self.statements:
            for part in said.args if isinstance(said, t.Junction) else (said,):
                match part:
                    case t.Relation(t.Comparison.EQ, t.Symbol(name), value) if name not in known:
                        formulas.setdefault(name, set()).add(value)
        for name, (value, *others) in formulas.items():
            if not others and set(t.symbols(value)) <= known:
                side = t.substitute(side, name, value)
        return side

    def define(self, claim: Claim) -> str:
        """A new name alone on the left: ``u = x^2``.  The name, or nothing."""
        match claim.sides[:2]:
            case (t.Symbol(name), value) if (
                claim.signs[:1] == ("=",)
                and value is not None
                and name not in self.names()
                and self.statements
                and name not in t.symbols(value)
                and name.split("_")[0] not in self.names()
                and not is_long(value)
            ):
                self.definitions[name] = self.expanded(value)
                return name
        return ""


def told_value(statement: t.Expr) -> tuple[str, t.Expr] | None:
    """``r = 5``, or ``c = sqrt(100) = 10``: a letter and the number that it is."""
    first, last = statement, statement
    match statement:
        case t.Junction(t.Connective.AND, parts) if _is_chain(parts):
            first, last = parts[0], parts[-1]
    match first, last:
        case (
            t.Relation(t.Comparison.EQ, t.Symbol(name), value),
            t.Relation(t.Comparison.EQ, _, number),
        ) if arithmetic.numeric(value) and arithmetic.numeric(number):
            return name, number
    return None


def told_values(statement: t.Expr) -> list[tuple[str, t.Expr]]:
    """The same of ``x = 2, y = 3``: each letter with its number."""
    match statement:
        case t.Junction(t.Connective.AND, parts) if not _is_chain(parts):
            return [value for part in parts for value in told_values(part)]
    told = told_value(statement)
    return [] if told is None else [told]


def _is_chain(parts: tuple[t.Expr, ...]) -> bool:
    """Whether each equation goes on from the one before; ``x = 2, y = 3`` are two values."""
    return all(
        isinstance(a, t.Relation) and isinstance(b, t.Relation) and a.right == b.left
        for a, b in pairwise(parts)
    )


def _is_written(value: t.Expr) -> bool:
    """Whether a number stands there as it is, and no calculation."""
    return isinstance(value.arg if isinstance(value, t.Neg) else value, t.Number)


def _said(statement: t.Expr) -> t.Expr:
    """``x = 6/2 = 3`` says that x is 3."""
    told = told_value(statement)
    return statement if told is None else t.equation(t.Symbol(told[0]), told[1])


def is_long(expr: t.Expr) -> bool:
    """Whether a formula has too many parts to be kept."""
    return next(islice(t.walk(expr), MAX_NODES, None), None) is not None
