"""Sheets and their keys as Markdown, LaTeX, a page, and as the text that ``grade`` reads."""

from __future__ import annotations

from enum import StrEnum
from html import escape

from assistant.maths import terms as t
from assistant.maths.showing import latex as tex
from assistant.maths.showing.answers import Line, answer_lines
from assistant.maths.showing.asked import reading
from assistant.maths.showing.document import document
from assistant.maths.showing.html import whole_page
from assistant.maths.showing.markdown import escape as marked
from assistant.maths.showing.mathml import mathml
from assistant.maths.showing.words import clean, filled
from assistant.maths.types import Lang, Task, Text
from assistant.teaching.worksheets.making import Item, Sheet

TITLE, NAME = Text("Worksheet", "练习"), Text("Name:", "姓名：")
KEY = Text("Key", "答案")
YES, NO = Text("yes", "是"), Text("no", "否")
STYLE = """
header { display: flex; justify-content: space-between; gap: 2rem; flex-wrap: wrap; }
ol { list-style: decimal; padding-left: 2rem; }
li { margin: 0 0 1rem; break-inside: avoid; }
.sheet li { min-height: 5.5rem; }
.points { color: var(--soft); }
@media print { section + section { break-before: page; } }
"""


class Form(StrEnum):
    """How a sheet is written; also the ending of its file."""

    MARKDOWN = "md"
    LATEX = "tex"
    PAGE = "html"


def written(sheet: Sheet, form: Form, lang: Lang, *, key: bool) -> str:
    """A sheet, or its ``key``, as a document of its own."""
    match form:
        case Form.MARKDOWN:
            return _markdown(sheet, lang, key=key)
        case Form.LATEX:
            return _latex(sheet, lang, key=key)
        case Form.PAGE:
            return _page(sheet, lang, key=key)


def key_text(sheet: Sheet, lang: Lang) -> str:
    """The key as ``assistant grade`` reads it."""
    answer = "答案：" if lang is Lang.ZH else "answer: "
    lines = [f"# {KEY.template(lang)}: {_title(sheet, lang, key=False)}"]  # no “# 3. …”
    for number, item in enumerate(sheet.items, 1):
        points = f" ({item.points})" if item.points else ""
        lines += [f"{number}. {item.text}{points}", f"   {answer}{_plain_answer(item, lang)}"]
    return "\n".join(lines) + "\n"


def _title(sheet: Sheet, lang: Lang, *, key: bool) -> str:
    title = clean(sheet.title) or TITLE.template(lang)
    return f"{title} {sheet.name}" + (f" – {KEY.template(lang)}" if key else "")


def _asked(item: Item) -> tuple[Line | str, ...]:
    """What is asked, as a formula with its instruction; where these do not say all of it (a story,
    “as a percent”, “on [0, 3]”), as it is written."""
    lines, request = reading(item.problem), item.problem.request
    if item.problem.definitions or item.problem.more or request.domain is not None:
        return (item.text,)
    told = len(lines) == 2 and isinstance(lines[0], Text) and not isinstance(lines[1], Text)
    operator = len(lines) == 1 and request.task in _OPERATORS and not isinstance(lines[0], Text)
    return lines if operator or (told and request.task is not Task.PROVE) else (item.text,)


def _answered(item: Item) -> tuple[Line, ...]:
    """The answer; the truth of what is asked in a word, the number of a story alone."""
    value = item.solution.answer.value
    if isinstance(value, t.Truth):
        return (YES if value.value else NO,)
    if item.problem.definitions and isinstance(value, t.Number):
        return (value,)  # the letter is ours: the story has none
    return answer_lines(item.solution)


def _plain_answer(item: Item, lang: Lang) -> str:
    """In plain text, which the program reads again."""
    is_word = isinstance(item.solution.answer.value, t.Truth)
    lines = _answered(item)
    return lines[0].template(lang) if is_word and isinstance(lines[0], Text) else item.answer


_OPERATORS = {Task.DIFFERENTIATE, Task.INTEGRATE, Task.LIMIT, Task.SUM, Task.PRODUCT}
"""What is written as a sign."""


def _begun(said: str, lang: Lang, *, key: bool) -> str:
    """The words before what is asked; in a key they are an answer."""
    if key:
        return said
    return said[:1].upper() + said[1:] + ("：" if lang is Lang.ZH else ":")


# --- Markdown --------------------------------------------------------------------------------


def _markdown(sheet: Sheet, lang: Lang, *, key: bool) -> str:
    head = [f"# {marked(_title(sheet, lang, key=key))}", ""]
    if not key:
        head += [f"{NAME.template(lang)} ______________________", ""]
    for number, item in enumerate(sheet.items, 1):
        lines = _answered(item) if key else _asked(item)
        text = " ".join(_markdown_line(line, lang, key=key) for line in lines)
        points = f" *({marked(item.points)})*" if item.points and not key else ""
        head += [f"{number}. {text}{points}", ""]
    return "\n".join(head).rstrip() + "\n"


def _markdown_line(line: Line | str, lang: Lang, *, key: bool) -> str:
    if isinstance(line, str):
        return marked(line)
    if isinstance(line, Text):
        said = filled(line, lang, lambda e: f"$`{tex.latex(e, lang)}`$", marked)
        return _begun(said, lang, key=key)
    return f"$`{tex.latex(line, lang)}`$"


# --- LaTeX -----------------------------------------------------------------------------------


def _latex(sheet: Sheet, lang: Lang, *, key: bool) -> str:
    body = [rf"\section*{{{tex.escape(_title(sheet, lang, key=key))}}}"]
    if not key:
        body += [rf"{tex.escape(NAME.template(lang))} \underline{{\hspace{{6cm}}}}", ""]
    body.append(r"\begin{enumerate}")
    for item in sheet.items:
        lines = _answered(item) if key else _asked(item)
        text = " ".join(_latex_line(line, lang, key=key) for line in lines)
        points = f" ({tex.escape(item.points)})" if item.points and not key else ""
        body += [rf"\item {text}{points}"] + ([] if key else [r"\vspace{2.5cm}"])
    return document([*body, r"\end{enumerate}"], chinese=_has_chinese(sheet, lang))


def _latex_line(line: Line | str, lang: Lang, *, key: bool) -> str:
    if isinstance(line, str):
        return tex.escape(clean(line))
    if isinstance(line, Text):
        said = filled(line, lang, lambda e: f"${tex.latex(e, lang)}$", tex.escape)
        return _begun(said, lang, key=key)
    return rf"$\displaystyle {tex.latex(line, lang)}$"


def _has_chinese(sheet: Sheet, lang: Lang) -> bool:
    words = sheet.title + "".join(item.text + item.points for item in sheet.items)
    return lang is Lang.ZH or any("\u2e80" <= char <= "\uffef" for char in words)


# --- a page ----------------------------------------------------------------------------------


def _page(sheet: Sheet, lang: Lang, *, key: bool) -> str:
    title = escape(_title(sheet, lang, key=key))
    name = "" if key else f"<span>{NAME.template(lang)} ______________________</span>"
    items = "\n".join(_page_item(item, lang, key=key) for item in sheet.items)
    kind = "key" if key else "sheet"
    head = f"<header><h1>{title}</h1>{name}</header>"
    body = f'<section class="{kind}">{head}\n<ol>{items}</ol></section>'
    return whole_page(title, body, lang, STYLE)


def _page_item(item: Item, lang: Lang, *, key: bool) -> str:
    lines = _answered(item) if key else _asked(item)
    text = " ".join(_page_line(line, lang, key=key) for line in lines)
    shown = item.points and not key
    points = f' <span class="points">({escape(clean(item.points))})</span>' if shown else ""
    return f"<li>{text}{points}</li>"


def _page_line(line: Line | str, lang: Lang, *, key: bool) -> str:
    if isinstance(line, str):
        return escape(clean(line))
    if isinstance(line, Text):
        said = filled(line, lang, lambda e: mathml(e, lang), escape)
        return _begun(said, lang, key=key)
    return mathml(line, lang)
