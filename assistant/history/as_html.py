"""A conversation as one page that loads nothing and runs nothing."""

from __future__ import annotations

import html
import time
from collections.abc import Iterator, Sequence

from assistant.history.as_markdown import ANSWER, ATTACHED, QUESTION, REASONING, SUMMARY
from assistant.history.clean import one_line, seen
from assistant.history.formulas import claim_of, page_of
from assistant.history.labels import label_said
from assistant.history.marks import REFUTED, counts, wrong
from assistant.history.types import Message, Role, StoredTurn
from runtimes.texts import Lang

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
article { margin: 1.5rem 0; padding: .5rem 1rem; border-left: 4px solid #8888; }
article.question { border-color: #4a7ebb; }
article header, summary { color: GrayText; font-size: .85rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
[role=math] { font-family: "Cambria Math", "STIX Two Text", Georgia, "Songti SC", serif; }
pre[role=math] { font-family: ui-monospace, monospace; margin: .5rem 0 .5rem 2em;
  line-height: 1.25; overflow-x: auto; white-space: pre; }
.marks { color: GrayText; font-size: .85rem; }
.wrong { border-left: 4px solid #c33; padding-left: .5rem; unicode-bidi: isolate; }
details .text { color: GrayText; font-size: .9rem; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def to_html(title: str, turns: Sequence[StoredTurn], lang: Lang) -> str:
    """The text of a file."""
    name = html.escape(one_line(title))
    out = [
        "<!DOCTYPE html>",
        f'<html lang="{lang.value}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{name}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{name}</h1>",
    ]
    for turn in turns:
        out += _message(turn.question, lang)
        if turn.answer is not None:
            out += _message(turn.answer, lang)
    return "\n".join([*out, "</body></html>"]) + "\n"


def _message(message: Message, lang: Lang) -> Iterator[str]:
    name = QUESTION if message.role is Role.QUESTION else ANSWER
    day = time.strftime("%Y-%m-%d %H:%M", time.localtime(message.made))
    parts = (name.template(lang), one_line(label_said(message.label, lang)), day)
    head = html.escape(" · ".join(part for part in parts if part))
    yield f'<article class="{message.role.value}"><header>{head}</header>'
    if message.reasoning:
        yield _folded(REASONING.template(lang), message.reasoning)
    yield _text(message.text)
    if message.role is Role.ANSWER:
        yield from _marks(message, lang)
    for attachment in message.attachments:
        title = ATTACHED.template(lang).replace("{0}", one_line(attachment.name))
        yield _folded(title, attachment.text)
    if message.summary:
        yield _folded(SUMMARY.template(lang), message.summary)
    yield "</article>"


def _marks(message: Message, lang: Lang) -> Iterator[str]:
    """What was found out about an answer."""
    if told := counts(message, lang):
        yield f'<p class="marks">{html.escape(told)}</p>'
    for one in wrong(message, lang):
        words = " — ".join(claim_of(seen(part)) for part in (one.text, one.why) if part)
        yield f'<p class="wrong" dir="auto">{REFUTED} {words}</p>'


def _folded(title: str, text: str) -> str:
    return f"<details><summary>{html.escape(title)}</summary>{_text(text)}</details>"


def _text(text: str) -> str:
    return f'<div class="text" dir="auto">{page_of(seen(text))}</div>'
