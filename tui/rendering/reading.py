"""How a problem was read, as lines that fit; or the place that was not understood."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths.showing import words
from assistant.maths.showing.answers import Line
from assistant.maths.showing.asked import reading
from assistant.maths.showing.fitting import fitted, inline, wrapped
from assistant.maths.showing.linear import flat
from assistant.maths.showing.look import Drawer, Look
from assistant.maths.showing.notation import Notation
from assistant.maths.showing.trouble import trouble_text
from assistant.maths.types import Failure, Problem, Text, Trouble
from runtimes import texts
from runtimes.texts import Lang
from tui.rendering.plain import plain
from tui.words import harmless, say

NARROWEST = 20
MOST_LINES = 60
"""Lines of a problem that are shown; nobody checks more by eye."""
INDENT = 2
ASKED = texts.Text("Asked: {0}", "要求：{0}")
NOT_YET = Text("Not readable yet: ", "暂时读不懂：")
PLACE = texts.Text("At character {0}, before “{1}”:", "在第 {0} 个字符处，“{1}”之前：")
REST = 12
"""Characters of the text that tell a place."""
CUT = texts.Text("… and more", "……余下从略")
LIVE = texts.Text("Enter reads it all the same", "按 Enter 仍会尝试读取")


def sentence(text: texts.Text, lang: Lang) -> str:
    """A sentence with its formulas on the line, its words made harmless."""
    return words.filled(text, lang, lambda e: inline(Notation(lang)(e)))


def shown(line: Line, lang: Lang, width: int, draw: Drawer | None = None) -> tuple[str, ...]:
    """A formula in two dimensions (for a screen reader on the line), or a sentence, within so many
    columns; ``draw`` draws formulas of its own."""
    if isinstance(line, Text):
        return wrapped(sentence(line, lang), width)
    own = None if draw is None else draw(line, width)
    if own:
        return own
    shape = Notation(lang)(line)
    return wrapped(flat(shape), width, INDENT) if plain() else fitted(shape, width)


def read_lines(problem: Problem, lang: Lang, width: int, draw: Drawer | None = None) -> list[str]:
    """What is asked in words, then the formulas, then what was ambiguous."""
    width = max(width, NARROWEST)
    lines = reading(problem)
    if not lines:  # an order alone: its own words say all there is
        return list(wrapped(words.clean(problem.source.strip()), width)[:MOST_LINES])
    out: list[str] = []
    if isinstance(lines[0], Text):
        out += wrapped(sentence(ASKED.of(sentence(lines[0], lang)), lang), width)
        lines = lines[1:]
    for line in lines:
        out += [" " * INDENT + text for text in shown(line, lang, width - INDENT, draw)]
        if len(out) > MOST_LINES:
            return [*out[:MOST_LINES], CUT.template(lang)]
    return out


def trouble_lines(source: str, trouble: Trouble, lang: Lang, width: int) -> list[str]:
    """The place with a mark below it, what was not understood, and what to do."""
    look = Look(lang=lang, width=max(width, NARROWEST))
    place: tuple[str, ...] = ()
    if plain() and trouble.at is not None:  # a mark below a line says nothing aloud
        rest = words.clean(source[trouble.at : trouble.at + REST].strip())
        place = wrapped(say(PLACE.of(trouble.at + 1, rest), lang), width)
        trouble = replace(trouble, at=None)
    return [*place, *_trouble_lines(source, trouble, look)]


def _trouble_lines(source: str, trouble: Trouble, look: Look) -> list[str]:
    return [harmless(line) for line in trouble_text(source, trouble, look).rstrip("\n").split("\n")]


def typed_lines(source: str, result: Problem | Trouble, lang: Lang, width: int) -> list[str]:
    """How a text was read that is still being typed."""
    if isinstance(result, Problem):
        return read_lines(result, lang, width)
    message, suggestion = result.message, result.suggestion
    early = Text(NOT_YET.en + message.en, NOT_YET.zh + message.zh, message.args)
    lines = trouble_lines(source, Trouble(result.code, early, result.at, suggestion), lang, width)
    if result.code is Failure.TIMEOUT:
        lines += wrapped(LIVE.template(lang), width)
    return lines
