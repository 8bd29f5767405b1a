"""The summary that stands for folded turns, written by the model where it can."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.prompts import summary_request
from assistant.session.conversation import Turn
from assistant.session.orders import has_room, unthinking
from assistant.session.window import SUMMARY_TOKENS, fold_text
from runtimes.base import Cancel, Model
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang
from runtimes.types import Finished, FinishReason, GenerationParams, TextDelta

LEAST = 20
"""Characters of a summary that says anything."""


def written_summary(
    model: Model, turns: Sequence[Turn], summary: str, lang: Lang, cancel: Cancel
) -> str:
    """A summary of turns, with that of still older ones in it.

    A model that follows no instructions, or fails, or has no room for them, is spared: then the
    questions and final answers are listed.
    """
    listed = fold_text(turns, lang, summary)
    if not model.spec.defaults.instructions:
        return listed
    messages = summary_request(turns, summary, lang)
    tokens = model.count_tokens(messages)
    if tokens is None or not has_room(model, tokens + SUMMARY_TOKENS):
        return listed
    usual = model.spec.defaults
    params = unthinking(
        model.spec,
        GenerationParams(max_tokens=SUMMARY_TOKENS, temperature=0.0, top_p=usual.top_p),
    )
    text: list[str] = []
    ended = False
    try:
        for event in model.stream(messages, params, cancel):
            if isinstance(event, TextDelta):
                text.append(event.text)
            elif isinstance(event, Finished):
                ended = event.reason is FinishReason.STOP
    except RuntimeFailure:
        return listed
    written = "".join(text).strip()
    return written if ended and len(written) >= LEAST else listed
