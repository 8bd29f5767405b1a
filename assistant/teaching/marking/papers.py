"""Papers: a text a student, or a table with a row for each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.maths.types import Text
from assistant.teaching.marking.headings import PART, Heading, column_name, heading, numbered
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
STEPS = Text(
    "the number {0} within question {1} is taken for a step, and may be a question",
    "第 {1} 题中的编号 {0} 被当作步骤，也可能是题号",
)
CUT = Text("only its first {0} lines were looked at", "只看了前 {0} 行")
ONLY_NAME = Text(
    "its first row names no question; it should be, for example: name,1,2,3",
    "首行没有题号；应类似：姓名,1,2,3",
)


MARKS = Text("it is a table of marks that this command wrote", "这是本命令写出的批改结果表")
NO_TABLE = Text("it is no table ({0})", "不是有效的表格（{0}）")
TWO_COLUMNS = Text(
    "question {0} has two columns; leave one of them out", "第 {0} 题有两列，请去掉其中一列"
)
_REMARK = re.compile(r"\w+(?:: remark| 批注)")
_WHO = frozenset("name student pupil nickname 姓名 学生 名字 学生姓名".split())
"""How the column with the names is called; else it is the first that is no question."""


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
    reader = _Reader(names)
    for _, line in numbered(text):
        reader.take(line)
    found, doubts = reader.found, reader.all_doubts()
    for name, lines in found.items():
        if len(lines) > MOST_LINES:
            doubts.setdefault(name, CUT.of(str(MOST_LINES)))
    answers = {name: tuple(lines[:MOST_LINES]) for name, lines in found.items() if lines}
    return Paper(student, source, answers, doubts, tuple(reader.stray))


class _Reader:
    """A paper that is being read."""

    def __init__(self, names: Sequence[str]) -> None:
        self._order = {name: n for n, name in enumerate(names)}
        self.found: dict[str, list[str]] = {}
        self.stray: list[str] = []
        self._doubts: dict[str, Text] = {}
        self._here = names[0] if len(names) == 1 else ""
        self._group, self._style = "", ""
        self._opened: list[str] = []
        self._steps: dict[str, dict[str, str]] = {}

    def take(self, line: str) -> None:
        """The next line."""
        head = self._named(line)
        if head is None:
            self._add(line)
        elif head.style in self._steps or self._is_first_step(head):
            self._steps.setdefault(head.style, {}).setdefault(head.name, self._here)
            self._add(_unnumbered(line, head))
        elif head.name in self._order:
            self._open(head)
        else:
            self._add(line)
            if self._here and head.name.isdigit():
                self._doubts.setdefault(self._here, UNKNOWN.of(head.name))

    def all_doubts(self) -> dict[str, Text]:
        """Those of steps as well: they may be the questions, if nothing else opens these."""
        for steps in self._steps.values():
            for name, here in steps.items():
                if name in self._order and name not in self.found:
                    for one in (name, here):
                        self._doubts.setdefault(one, STEPS.of(name, here))
        return self._doubts

    def _named(self, line: str) -> Heading | None:
        """The heading of a line, with the name that the key has for it: of ``2. a) x`` it may be
        ``2a`` or ``2``; ``b) y`` goes on with ``2b``."""
        head, part = heading(line), PART.match(line)
        if head is None and part is not None and self._group + part[1].lower() in self._order:
            return Heading(self._group + part[1].lower(), line[part.end() :].strip(), "part")
        if head is None:
            return None
        number = head.name.rstrip("abcdefgh")
        if head.name in self._order:
            self._group = number
            return head
        if head.style == "nested":
            return None
        if number in self._order and number != head.name:
            return Heading(number, f"{head.name[len(number) :]}) {head.rest}", "part")
        if not any(name[:-1] == number and name[-1:].isalpha() for name in self._order):
            return head
        self._group, part = number, PART.match(head.rest)
        if part is None:
            return Heading(number + "a", head.rest, head.style) if not head.rest else head
        return Heading(number + part[1].lower(), head.rest[part.end() :].strip(), head.style)

    def _is_first_step(self, head: Heading) -> bool:
        """A numbering that begins anew within a question, in a style of its own?"""
        return bool(self._opened) and head.name == "1" and head.style != self._style

    def _open(self, head: Heading) -> None:
        name, why = head.name, None
        again = name == self._here and (head.style == "part" or not self.found.get(name))
        if name in self.found and not again:
            why, first = TWICE.of(name), self._opened.index(name)
        elif self._opened and self._order[name] < self._order[self._here]:
            why = BACKWARDS.of(name, self._here)
            larger = (self._order[one] > self._order[name] for one in self._opened)
            first = next(n for n, is_larger in enumerate(larger) if is_larger)
        if why is not None:
            for one in (name, *self._opened[max(first - 1, 0) :]):
                self._doubts.setdefault(one, why)
        self._here = name
        if head.style != "part":
            self._style = head.style
        self._opened.append(name)
        lines = self.found.setdefault(name, [])
        rest, inner = head.rest, heading(head.rest)
        if inner is not None and self._is_first_step(inner):
            self._steps.setdefault(inner.style, {})
            rest = _unnumbered(rest, inner)
        if rest:
            lines.append(rest)

    def _add(self, line: str) -> None:
        if self._here:
            self.found.setdefault(self._here, []).append(line.strip())
        else:
            self.stray.append(line.strip())


def _unnumbered(line: str, step: Heading) -> str:
    """A step without its number; ``(1) - 2 = -1`` may be all formula."""
    return line if step.rest.startswith(("-", "−")) else step.rest


def read_table(source: str, text: str, names: Sequence[str]) -> Iterator[Paper]:
    """The papers of a table: the first row names the questions, the first column the students.

    Raises ``BadTable``.
    """
    text = re.sub(r"\A\ufeff?(?:sep=.\r?\n)?", "", text)
    first = text.split("\n", 1)[0]
    comma = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    try:
        head = next(rows, [])
        columns = {n: name for n, cell in enumerate(head) if (name := column_name(cell)) in names}
        if not columns:
            raise BadTable(ONLY_NAME)
        if any(_REMARK.fullmatch(cell.strip()) for cell in head):
            raise BadTable(MARKS)
        if twice := next((c for c in columns.values() if [*columns.values()].count(c) > 1), None):
            raise BadTable(TWO_COLUMNS.of(twice))
        others = [n for n in range(len(head)) if n not in columns]
        called = [n for n in others if head[n].strip().casefold() in _WHO]
        who = next(iter([*called, *others]), None)
        for number, row in enumerate(rows, 2):
            if any(cell.strip() for cell in row):
                name = row[who].strip() if who is not None and who < len(row) else ""
                cells = {columns[n]: cell for n, cell in enumerate(row) if n in columns}
                yield _row(name, f"{source}:{number}", cells)
    except csv.Error as wrong:
        raise BadTable(NO_TABLE.of(str(wrong))) from wrong


def _row(name: str, source: str, cells: Mapping[str, str]) -> Paper:
    lines = {
        question: [line.strip() for _, line in numbered(cell)] for question, cell in cells.items()
    }
    return Paper(
        name or source,
        source,
        {question: tuple(found[:MOST_LINES]) for question, found in lines.items() if found},
        {q: CUT.of(str(MOST_LINES)) for q, found in lines.items() if len(found) > MOST_LINES},
    )
