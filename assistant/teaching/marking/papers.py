"""Papers: a text a student, or a table with a row for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from assistant.maths.types import Text
from assistant.teaching.marking.headings import column_name, heading, numbered
from assistant.teaching.marking.types import Paper

MOST_LINES = 200
"""Of the answer to one question."""
TWICE = Text(
    "the number {0} is there twice: which lines answer the question is not sure",
    "题号 {0} 出现了两次，无法确定哪些行是该题的解答",
)
BACKWARDS = Text(
    "the number {0} stands behind {1}: it may be a step, and no question",
    "题号 {0} 出现在 {1} 之后，可能是步骤编号而不是题号",
)
UNKNOWN = Text(
    "the number {0} in it is no question of the key: whether its lines belong here is not sure",
    "其中的题号 {0} 不在标准答案中，无法确定其后的行是否属于本题",
)
CUT = Text("only its first {0} lines were looked at", "只看了前 {0} 行")
ONLY_NAME = Text(
    "its first row names no question; it should be, for example: name,1,2,3",
    "首行没有题号；应类似：姓名,1,2,3",
)


class BadTable(Exception):  # noqa: N818 - the input's fault, not the program's
    """A table that holds no papers; ``why`` says what it lacks."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def read_paper(student: str, source: str, text: str, names: Sequence[str]) -> Paper:
    """The paper of one student.  ``names`` are those of the key, in its order.

    Only those open a question.  Steps may be numbered as well: where a number comes twice, behind
    a larger one, or is none of the key's, the questions that this touches are in ``doubts``.
    """
    found: dict[str, list[str]] = {}
    doubts: dict[str, Text] = {}
    stray: list[str] = []
    order = {name: n for n, name in enumerate(names)}
    here = names[0] if len(names) == 1 else ""
    for _, line in numbered(text):
        head = heading(line)
        if head is None or head.name not in order:
            (found.setdefault(here, []) if here else stray).append(line.strip())
            if head is not None and here and head.name.isdigit():
                doubts.setdefault(here, UNKNOWN.of(head.name))
            continue
        why = None
        if head.name in found:
            why = TWICE.of(head.name)
        elif here and found and order[head.name] < order[here]:
            why = BACKWARDS.of(head.name, here)
        if why is not None:
            doubts.setdefault(head.name, why)
            doubts.setdefault(here, why)
        here = head.name
        lines = found.setdefault(here, [])
        if head.rest:
            lines.append(head.rest)
    for name, lines in found.items():
        if len(lines) > MOST_LINES:
            doubts.setdefault(name, CUT.of(str(MOST_LINES)))
    answers = {name: tuple(lines[:MOST_LINES]) for name, lines in found.items() if lines}
    return Paper(student, source, answers, doubts, tuple(stray))


def read_table(source: str, text: str, names: Sequence[str]) -> Iterator[Paper]:
    """The papers of a table: the first row names the questions, the first column the students.

    Raises ``BadTable``.
    """
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    comma = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    try:
        head = next(rows, [])
        columns = {n: name for n, cell in enumerate(head) if (name := column_name(cell)) in names}
        if not columns:
            raise BadTable(ONLY_NAME)
        who = next((n for n in range(len(head)) if n not in columns), None)
        for number, row in enumerate(rows, 2):
            if not any(cell.strip() for cell in row):
                continue
            name = row[who].strip() if who is not None and who < len(row) else ""
            answers = {
                columns[n]: lines
                for n, cell in enumerate(row)
                if n in columns and (lines := _lines(cell))
            }
            yield Paper(name or f"{source}:{number}", f"{source}:{number}", answers, {})
    except csv.Error as wrong:
        raise BadTable(Text("{0}", "{0}", (str(wrong),))) from wrong


def _lines(cell: str) -> tuple[str, ...]:
    return tuple(line.strip() for _, line in numbered(cell))[:MOST_LINES]
