"""Text to formulas: the entrance to the reader (``lexer``, ``grammar`` and its parts).

The rules for what mathematicians leave out; where one decided something a note says so:

* a factor put beside another multiplies, with the strength of ``*`` and ``/`` read from
  the left: ``1/2x`` is ``(1/2)*x``, ``2/3 4`` is ``(2/3)*4``;
* ``2 1/3`` and ``2\\frac{1}{3}`` are the mixed number; ``-x^2`` is the opposite of the
  square; ``2^3^2`` is ``2^(3^2)``;
* ``sin 2x`` takes the number and the letters that touch: ``sin x y`` is ``sin(x)*y``
  (``operators``); a root sign without a bracket takes one factor: ``√2x`` is ``√2*x``;
* ``e`` is Euler's number and ``i`` the imaginary unit, unless the caller says that they are
  ``names`` or a sum or integral binds them;
* what a run of letters means is told in ``words``, what is a function in ``unknowns``.
"""

from __future__ import annotations

from itertools import pairwise

from assistant.maths.reading.formulas import brackets, unknowns
from assistant.maths.reading.formulas.doubtful import refuse_congruence, refuse_percent_sums
from assistant.maths.reading.formulas.grammar import FormulaReader
from assistant.maths.reading.formulas.lexer import tokenize
from assistant.maths.reading.formulas.tokens import Kind, ReadingError, unknown
from assistant.maths.terms import (
    Collection,
    Connective,
    Expr,
    Interval,
    Junction,
    Relation,
    children,
)
from assistant.maths.types import Text

MAX_TREE = 150
"""Depth of a formula's tree; those who walk it recursively rely on it."""


def _reader(
    text: str, start: int, functions: frozenset[str], names: frozenset[str]
) -> FormulaReader:
    reader = FormulaReader(tokenize(text, start, functions, names))
    unknowns.find(reader)
    if reader.now.kind is Kind.END:
        raise reader.error(
            Text("no formula was found", "没有找到公式"),
            Text("type one, such as 2x + 3 = 11", "请输入公式，例如 2x + 3 = 11"),
        )
    return reader


def _finish(reader: FormulaReader, values: tuple[Expr, ...]) -> None:
    """Raise unless everything was read, into trees that are not too deep."""
    token = reader.now
    if token.kind is Kind.TEXT:
        raise unknown(token)
    if token.kind is not Kind.END:
        if token.text in (")", "]", "}", "\\}"):
            raise reader.error(
                Text("this closing bracket has no opening one", "这个右括号没有对应的左括号")
            )
        if token.text == "\n":
            raise reader.error(Text("one line is expected", "此处只应有一行"))
        raise reader.error(
            Text("the formula should end before “{0}”", "公式应在“{0}”之前结束", (token.text,))
        )
    for value in values:
        _refuse_deep(value)


def _refuse_deep(value: Expr) -> None:
    layer, depth = [value], 0
    while layer:
        depth += 1
        if depth > MAX_TREE:
            raise ReadingError(Text("the formula is nested too deeply", "公式嵌套过深"), 0)
        layer = [part for node in layer for part in children(node)]


def read_formula(
    text: str,
    functions: frozenset[str] = frozenset(),
    names: frozenset[str] = frozenset(),
    *,
    notes: list[Text] | None = None,
) -> Expr:
    """The formula that a text writes.

    ``functions`` are names that the problem defines as functions (``f(3)`` applies them),
    ``names`` are names that are plain variables here, also where they would mean a constant
    (``e``, ``i``, ``E``, ``I``).  How ambiguities were read is added to ``notes``.  Raises
    ``ReadingError`` with the offset of what was not understood.
    """
    reader = _reader(text, 0, functions, names)
    value = reader.junction()
    _finish(reader, (value,))
    if notes is not None:
        notes.extend(reader.notes)
    return value


def read_sure(text: str) -> Expr:
    """The formula of somebody whose line is to be judged.

    Raises ``ReadingError`` also where many people would read it in another way: ``sin x/2``.
    """
    reader = _reader(text, 0, frozenset(), frozenset())
    value = reader.junction()
    _finish(reader, (value,))
    refuse_percent_sums(value)
    refuse_congruence(value)
    if reader.unsure:
        raise ReadingError(Text("this can be read in two ways", "这里有两种读法"), 0)
    return value


def read_prefix(
    text: str,
    start: int = 0,
    functions: frozenset[str] = frozenset(),
    names: frozenset[str] = frozenset(),
    *,
    notes: list[Text] | None = None,
) -> tuple[Expr, int]:
    """The longest formula that begins at ``start``, and the offset where it ends.

    The rest of the text may be anything.  Raises ``ReadingError`` (its offset counted in the
    whole text) if no formula begins there.
    """
    reader = _reader(text, start, functions, names)
    reader.prefix, reader.one_formula = True, False
    value = reader.junction()
    _refuse_deep(value)
    if notes is not None:
        notes.extend(reader.notes)
    return value, reader.tokens[reader.position - 1].end


def read_statements(
    text: str,
    functions: frozenset[str] = frozenset(),
    names: frozenset[str] = frozenset(),
    *,
    notes: list[Text] | None = None,
) -> tuple[Expr, ...]:
    """Several statements parted by a newline, ``;``, ``,``, "and", 且 or 和, or one system.

    Statements joined by *or* stay one statement, and so does a chain ``a < b < c``.
    Raises ``ReadingError``.
    """
    reader = _reader(text, 0, functions, names)
    reader.one_formula = False
    found: list[Expr] = []
    while True:
        value = reader.junction()
        system = isinstance(value, Junction) and value.op is Connective.AND and not is_chain(value)
        found.extend(value.args if isinstance(value, Junction) and system else (value,))
        if not reader.accept(",", ";", "\n", "\\\\", "."):
            break
        while reader.accept("and", "\n", ",", ";"):
            pass
        if reader.now.kind is Kind.END:
            break
    _finish(reader, tuple(found))
    if notes is not None:
        notes.extend(reader.notes)
    return tuple(found)


def is_chain(value: Junction) -> bool:
    """Whether a junction is ``a < b < c``: each relation begins where the last one ended."""
    links = value.args
    return all(
        isinstance(a, Relation) and isinstance(b, Relation) and a.right == b.left
        for a, b in pairwise(links)
    )


def as_interval(value: Expr) -> Expr:
    """A bracketed pair as the interval that an answer means by it."""
    return brackets.as_set(value) if isinstance(value, Collection | Interval) else value
