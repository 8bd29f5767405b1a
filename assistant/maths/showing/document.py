r"""A solution as a complete LaTeX document.

English needs any LaTeX with ``amsmath``; Chinese uses ``ctexart`` and so XeLaTeX or
LuaLaTeX.  Nothing else is loaded, so that a small TeX installation is enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.maths.showing import words
from assistant.maths.showing.answers import Line, answer_lines
from assistant.maths.showing.latex import escape, latex
from assistant.maths.showing.linear import flat
from assistant.maths.showing.look import Badge
from assistant.maths.showing.notation import Notation
from assistant.maths.showing.story import Story, Told, story
from assistant.maths.terms import Expr
from assistant.maths.types import Lang, Problem, Solution, Text
from runtimes.texts import Text as AnyText

HEAD = r"""% {engine}
\documentclass[11pt{paper}]{{{kind}}}
{packages}
\setlength{{\parindent}}{{0pt}}
\setlength{{\parskip}}{{0.4em}}
\newcommand{{\formula}}[1]{{{{\raggedright\leftskip=2em $\displaystyle #1$\par}}}}
\newenvironment{{within}}{{\begin{{list}}{{}}{{\leftmargin=1.5em\rightmargin=0pt
  \parsep=0.4em\topsep=0pt}}\item\relax}}{{\end{{list}}}}
\begin{{document}}
"""
LONGEST = 70
_STRETCHED = re.compile(r"\\(?:left(?=[(\[|])|right(?=[)\]|]))")
MARKS = {
    Badge.PROVED: r"$\checkmark$",
    Badge.SUPPORTED: r"$\approx$",
    Badge.UNDECIDED: "?",
    Badge.REFUTED: r"$\times$",
    Badge.NEUTRAL: r"$\bullet$",
}


def solution_latex(problem: Problem, solution: Solution, lang: Lang) -> str:
    """The source of the whole document."""
    told = story(problem, solution)
    page = _Page(lang, chinese=lang is Lang.ZH or _has_chinese(told))
    return document(page.solution(told), chinese=page.chinese)


def document(body: Sequence[str], *, chinese: bool) -> str:
    """A whole document around these lines; ``chinese``: with Chinese type."""
    return "\n".join([_head(chinese=chinese), *body, r"\end{document}", ""])


def _head(*, chinese: bool) -> str:
    """The preamble."""
    maths = r"\usepackage{amsmath,amssymb}"
    if chinese:
        return HEAD.format(
            engine="xelatex or lualatex",
            paper=",a4paper,fontset=fandol",
            kind="ctexart",
            packages=maths,
        )
    return HEAD.format(
        engine="pdflatex, xelatex or lualatex",
        paper=",a4paper",
        kind="article",
        packages="\\usepackage{iftex}\n"
        "\\ifPDFTeX\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\fi\n" + maths,
    )


def answer_latex(solution: Solution, lang: Lang) -> str:
    """The answer alone, a formula a line, without dollar signs."""
    page = _Page(lang, chinese=True)
    lines = answer_lines(solution)
    return "".join(
        f"{page.say(line) if isinstance(line, Text) else latex(line, lang)}\n" for line in lines
    )


def _has_chinese(told: Story) -> bool:
    """Whether words from outside (a unit, an option) need Chinese type."""
    texts = (*told.conditions, *told.notes, *(a for a in told.answer if isinstance(a, Text)))
    return any(
        isinstance(arg, str) and any(ord(c) > 0x2E7F for c in arg)
        for text in texts
        for arg in text.args
    )


def _of_one_size(command: re.Match[str]) -> str:
    return {r"\left": r"\Bigl", r"\right": r"\Bigr"}[command[0]]


def _long(expr: Expr) -> bool:
    """Whether a formula needs more than a line: TeX breaks only those within text."""
    return len(flat(Notation()(expr))) > LONGEST


class _Page:
    def __init__(self, lang: Lang, *, chinese: bool) -> None:
        self.lang = lang
        self.chinese = chinese

    def say(self, text: AnyText) -> str:
        """A sentence with its formulas between dollar signs."""
        return words.filled(text, self.lang, lambda e: f"${self.inline(e)}$", self.escape)

    def inline(self, expr: Expr) -> str:
        """A formula within a line: cases and matrices as they are."""
        return latex(expr, self.lang)

    def escape(self, text: str) -> str:
        """Words for TeX; what the English document has no type for becomes ``?``."""
        if not self.chinese:
            text = "".join(c if ord(c) < 0x180 or c in TYPED else "?" for c in text)
            return "".join(TYPED.get(c) or escape(c) for c in text)
        return escape(text)

    def given(self, line: Line) -> str:
        """A line of the problem: a formula, or words about how it was read."""
        return rf"{self.say(line)}\par" if isinstance(line, Text) else self.display(line)

    def display(self, line: Line) -> str:
        """A formula on a line of its own."""
        if isinstance(line, Text):
            return rf"\textbf{{{self.say(line)}}}\par"
        return rf"\formula{{{self.breakable(line)}}}"

    def breakable(self, expr: Expr) -> str:
        r"""A formula for a line of its own; TeX breaks no line between ``\left`` and ``\right``,
        so a long formula has brackets of one size."""
        source = latex(expr, self.lang)
        return _STRETCHED.sub(_of_one_size, source) if _long(expr) else source

    def solution(self, told: Story) -> list[str]:
        """Problem, steps, answer, conditions, notes, verdict."""
        out = [rf"\section*{{{self.say(words.PROBLEM)}}}", *map(self.given, told.problem)]
        if told.steps:
            out.append(rf"\section*{{{self.say(words.STEPS)}}}")
        for step in told.steps:
            out += self.step(step)
        out.append(rf"\section*{{{self.say(words.ANSWER)}}}")
        out += map(self.boxed, told.answer)
        out += self.sentences(words.CONDITIONS, told.conditions)
        out += self.sentences(words.NOTES, told.notes)
        return [*out, rf"\medskip {MARKS[told.mark]} {self.say(told.verdict)}"]

    def boxed(self, line: Line) -> str:
        """A line of the answer in a frame."""
        if isinstance(line, Text):
            return rf"\fbox{{{self.say(line)}}}\par"
        source = self.breakable(line)
        if _long(line):
            inner = rf"\parbox{{0.95\linewidth}}{{\raggedright $\displaystyle {source}$}}"
            return rf"\fbox{{{inner}}}\par"
        return rf"\formula{{\boxed{{{source}}}}}"

    def step(self, step: Told) -> list[str]:
        """A numbered step; the steps within it are set in."""
        title = self.escape(words.clean(step.rule.title(self.lang)))
        dot = "" if "." in step.number else "."
        out = [rf"\medskip\textbf{{{step.number}{dot} {title}}} \hfill {MARKS[step.mark]}\par"]
        if reason := self.say(step.why):
            out.append(rf"{reason}\par")
        out += map(self.display, step.opening)
        if step.parts and step.number.count(".") < 3:  # LaTeX nests lists only so deep
            out.append(r"\begin{within}")
            for part in step.parts:
                out += self.step(part)
            out.append(r"\end{within}")
        elif step.parts:
            for part in step.parts:
                out += self.step(part)
        out += map(self.display, () if step.echoed else step.lines)
        out += [rf"{self.say(words.GIVEN)} ${latex(fact, self.lang)}$\par" for fact in step.given]
        return out

    def sentences(self, head: Text, texts: tuple[Text, ...]) -> list[str]:
        """A list under a heading."""
        if not texts:
            return []
        items = [rf"\item {self.say(text)}" for text in texts]
        return [
            rf"\textbf{{{self.say(head)}}}",
            r"\begin{itemize}",
            *items,
            r"\end{itemize}",
        ]


TYPED = {
    "≈": r"$\approx$",
    "≤": r"$\le$",
    "≥": r"$\ge$",
    "≠": r"$\ne$",
    "±": r"$\pm$",
    "×": r"$\times$",
    "÷": r"$\div$",
    "·": r"$\cdot$",
    "√": r"$\surd$",
    "∞": r"$\infty$",
    "π": r"$\pi$",
    "→": r"$\to$",
    "⇒": r"$\Rightarrow$",
    "∈": r"$\in$",
    "∫": r"$\int$",
    "°": r"$^{\circ}$",
    "²": r"$^2$",
    "³": r"$^3$",
    "′": r"$'$",
    "–": "--",
    "—": "---",
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "…": r"\ldots{}",
    "−": "$-$",
}
"""Characters beyond Latin that our own English sentences use."""
