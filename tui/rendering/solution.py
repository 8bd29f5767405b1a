"""A solution as rows: the problem, the steps with what is behind their marks, the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual.content import Content

from assistant.maths import ways
from assistant.maths.showing import words
from assistant.maths.showing.answers import Line
from assistant.maths.showing.boxes import columns
from assistant.maths.showing.fitting import wrapped
from assistant.maths.showing.linear import flat
from assistant.maths.showing.look import Badge, Drawer
from assistant.maths.showing.notation import Notation
from assistant.maths.showing.story import Story, Told, story
from assistant.maths.terms import Expr
from assistant.maths.types import Link, Problem, Solution, Step
from runtimes.texts import Count, Lang, Text
from tui.rendering.plain import plain, sign_of
from tui.rendering.reading import read_lines, sentence, shown
from tui.rendering.verdicts import STYLES, how
from tui.words import say

INDENT = 3
DEEPEST = 3
"""Steps within steps are set in so often; what is deeper stays below."""
BEFORE = Text("before: ", "变形前：")
AFTER = Text("after: ", "变形后：")
RULE = Text("rule: {0}", "依据：{0}")
CLAIM = Text("claim: {0}", "断言：{0}")
CHECKED = Text("checked: {0}", "检验：{0}")
WITHIN = Count(
    Text("{1} {0} step within", "{1} 内含 {0} 步"), Text("{1} {0} steps within", "{1} 内含 {0} 步")
)
NAMED = frozenset({ways.OTHERS.en, ways.FOR_SYSTEMS.en})
"""Notes that name other methods as a command takes them: here a key shows them, if there is one."""
OTHERS = Text("there are other methods; {0} shows them", "还有其他解法，按 {0} 查看")
MORE = Text(
    "{0} more: {1} shows the next step, {2} all", "还有 {0} 步：按 {1} 显示下一步，{2} 显示全部"
)
LINKS = {
    Link.EQUAL: Text("the same value", "值不变"),
    Link.EQUIVALENT: Text("the same solutions", "解集不变"),
    Link.IMPLIES: Text(
        "every solution is still one; new ones may appear", "原来的解仍是解，可能产生增根"
    ),
    Link.DERIVATIVE: Text("the derivative", "这是导数"),
    Link.ANTIDERIVATIVE: Text("an antiderivative", "这是一个原函数"),
    Link.SOLUTION: Text("all solutions", "这是全部的解"),
    Link.ROW_EQUIVALENT: Text("the same row space", "行空间不变"),
    Link.SATISFIES: Text("it satisfies the equation", "满足方程"),
    Link.FORMULA: Text("a law or a choice; it claims nothing", "公式或选择，本身没有断言"),
}


@dataclass(frozen=True, slots=True)
class Work:
    """A problem and its solution."""

    problem: Problem
    solution: Solution


@dataclass(slots=True, eq=False)
class Node:
    """A step as it is told, the step itself, and the steps within it."""

    told: Told
    step: Step
    depth: int
    parts: tuple[Node, ...]
    unfolded: bool = False

    def visible(self) -> Iterator[Node]:
        """It, and what is unfolded below it."""
        yield self
        if self.unfolded:
            for part in self.parts:
                yield from part.visible()


def told(work: Work) -> tuple[Story, tuple[Node, ...]]:
    """The solution as it is told, and its steps."""
    found = story(work.problem, work.solution)
    return found, _nodes(found.steps, work.solution.steps, 0)


def _nodes(tales: Iterable[Told], steps: Iterable[Step], depth: int) -> tuple[Node, ...]:
    return tuple(
        Node(tale, step, depth, _nodes(tale.parts, step.substeps, depth + 1))
        for tale, step in zip(tales, steps, strict=True)
    )


@dataclass(slots=True)
class Page:
    """Draws the parts of a solution in one language; ``draw`` draws formulas of its own."""

    lang: Lang
    draw: Drawer | None = None

    def problem(self, problem: Problem, width: int) -> Content:
        """What was typed, and how it was read."""
        return Content("\n".join(read_lines(problem, self.lang, width, self.draw)))

    def step(self, node: Node, width: int) -> Content:
        """A step: mark and title, reason, lines; unfolded, also what is behind the mark."""
        at = min(node.depth * INDENT, DEEPEST * INDENT, width // 4)
        inner, room = at + INDENT, width - at - INDENT
        lines = [self._title(node, at, width)]
        reason = sentence(node.told.why, self.lang)
        if reason:
            lines += _styled(_wrapped(reason, room), inner, "dim")
        if node.unfolded:
            lines += self._details(node, inner, width)
        else:
            for line in (*node.told.opening, *node.told.lines):
                lines += self._formula(line, inner + 2, width)
        for fact in node.told.given:
            given = f"{say(words.GIVEN, self.lang)} {flat(Notation(self.lang)(fact))}"
            lines += _styled(_wrapped(given, room), inner, "")
        if node.parts:
            lines += self._fold(node, inner, width)
        return Content("\n").join(lines)

    def _title(self, node: Node, at: int, width: int) -> Content:
        tale = node.told
        style = STYLES[tale.mark]
        dot = "" if "." in tale.number else "."
        title = f"{tale.number}{dot} {words.clean(tale.rule.title(self.lang))}"
        word = "" if plain() else say(tale.mark.word, self.lang)
        rows = _wrapped(title, width - at - 2)
        space = "  " if columns(rows[-1]) + columns(word) + 2 <= width - at - 2 else "\n" + " " * at
        body = "\n".join([rows[0], *(" " * (at + 2) + row for row in rows[1:])])
        head = Content.assemble((" " * at, ""), (f"{sign_of(tale.mark, self.lang)} ", style))
        return Content.assemble(head, (body, "bold"), (f"{space}{word}", style))

    def _fold(self, node: Node, at: int, width: int) -> list[Content]:
        sign = "" if plain() else "▾" if node.unfolded else "▸"
        said = say(WITHIN.of(len(node.parts), sign), self.lang).strip()
        return _styled(_wrapped(said, width - at), at, "dim italic")

    def _formula(self, line: Line, at: int, width: int) -> list[Content]:
        at = min(at, width // 3)
        return _styled(shown(line, self.lang, width - at, self.draw), at, "")

    def _details(self, node: Node, at: int, width: int) -> list[Content]:
        step, room = node.step, width - at
        rule = RULE.of(step.rule.id)
        claim = CLAIM.of(say(LINKS[step.link], self.lang))
        out: list[Content] = []
        for name, formula in ((BEFORE, step.before), (AFTER, step.after)):
            out += self._labelled(say(name, self.lang), formula, at, width)
        facts = [say(rule, self.lang), say(claim, self.lang)]
        if step.verdict is not None:
            word = say(node.told.mark.word, self.lang)
            facts.append(say(CHECKED.of(word), self.lang))
            facts += [f"  {line}" for line in how(step.verdict, self.lang)]
        for fact in facts:
            out += _styled(_wrapped(fact, room), at, "dim")
        return out

    def _labelled(self, label: str, formula: Expr, at: int, width: int) -> list[Content]:
        """On one line where it fits."""
        lines = shown(formula, self.lang, max(width - at - columns(label), 1), self.draw)
        if len(lines) > 1 or columns(label + lines[0]) > width - at:
            return [*_styled([label.rstrip()], at, "dim"), *self._formula(formula, at + 2, width)]
        return [Content.assemble((" " * at + label, "dim"), lines[0])]

    def answer(self, tale: Story, width: int) -> Content:
        """The answer."""
        lines = [row for line in tale.answer for row in shown(line, self.lang, width, self.draw)]
        return Content.assemble(("\n".join(lines), "bold"))

    def facts(self, tale: Story, method_key: str, width: int) -> Content:
        """The verdict, conditions, what else is to be said, and what the marks mean."""
        sign = "" if plain() else f"{tale.mark.sign} "
        verdict = f"{sign}{sentence(tale.verdict, self.lang)}"
        out = _styled(_wrapped(verdict, width), 0, STYLES[tale.mark])
        others = OTHERS.of(method_key)
        notes = tuple(
            others if note.en in NAMED else note
            for note in tale.notes
            if method_key or note.en not in NAMED
        )
        for head, texts in ((words.CONDITIONS, tale.conditions), (words.NOTES, notes)):
            colon = "：" if self.lang is Lang.ZH else ": "
            for text in texts:
                said = f"{say(head, self.lang)}{colon}{sentence(text, self.lang)}"
                out += _styled(_wrapped(said, width), 0, "")
        if tale.steps and not plain() and tale.marks() != (Badge.PROVED,):
            legend = " · ".join(f"{m.sign} {say(m.meaning, self.lang)}" for m in tale.marks())
            out += _styled(_wrapped(legend, width), 0, "dim")
        return Content("\n").join(out)

    def more(self, left: int, next_key: str, all_key: str, width: int) -> Content:
        """How many steps are not shown yet, and how they come."""
        said = say(MORE.of(str(left), next_key, all_key), self.lang)
        sign = "" if plain() else "▸ "
        return Content("\n").join(_styled(_wrapped(f"{sign}{said}", width), 0, "$text-accent"))


def _wrapped(text: str, width: int) -> tuple[str, ...]:
    """A sentence in lines; those after the first are set in a little."""
    return wrapped(text, max(width, 8), 2)


def _styled(lines: Iterable[str], at: int, style: str) -> list[Content]:
    return [Content.assemble((" " * at + line, style)) for line in lines]
