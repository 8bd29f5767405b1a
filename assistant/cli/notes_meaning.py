"""Notes found by their meaning: the model that reads them, and what is said where it cannot."""

from __future__ import annotations

import argparse
from dataclasses import replace

from assistant import loader, paths
from assistant.cli import diagnostics, render
from assistant.cli.diagnostics import Exit
from assistant.cli.ticker import Ticker
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from assistant.notes.asking import meant, opened
from assistant.notes.meaning import Question
from assistant.notes.notes import Notes, OnProgress, open_notes
from assistant.notes.types import Progress
from assistant.settings import change_settings, read_settings
from runtimes.base import Cancel
from runtimes.embedding_fit import remark
from runtimes.errors import EngineFailed, RuntimeFailure
from runtimes.installer import progress
from runtimes.texts import Text

NONE = "none"
READING = Text("{0} is reading", "{0} 正在阅读")
LOADING = Text("loading {0}", "正在加载 {0}")
NOW = Text(
    "the notes are searched by their words and, with {0}, by their meaning ({1} of {2} passages)",
    "笔记按词语搜索，并由 {0} 按含义搜索（{1}/{2} 个段落）",
)
WORDS_ONLY = Text(
    "the notes are searched by their words; by their meaning too: assistant notes embed MODEL",
    "笔记按词语搜索；若要同时按含义搜索：assistant notes embed 模型",
)
FAILED = Text(
    "{0} cannot read the notes, so they are searched by their words only: {1}",
    "{0} 无法阅读笔记，因此仅按词语搜索：{1}",
)
UNREAD = Text(
    "{0} of {1} passages were not read by {2} and are found by their words only; it reads them "
    "with: assistant notes refresh{3}",
    "有 {0}/{1} 个段落尚未由 {2} 阅读，只能按词语找到；读入：assistant notes refresh{3}",
)


def model_of(options: argparse.Namespace) -> str | None:
    """The name of the model that reads the notes, if one is wanted.  Raises ``Damaged``."""
    if getattr(options, "by_words", False) or options.embed == NONE:
        return None
    return options.embed or read_settings(paths.settings_file()).embedding_model


def read_new(notes: Notes, options: argparse.Namespace, lang: Lang, cancel: Cancel) -> int:
    """Have the model read what was added; how many passages that were.

    A model that the user named just now raises ``RuntimeFailure`` where it fails; of one that is
    set for good it is said, and the notes are there by their words.
    """
    name = model_of(options)
    if name is None or cancel.is_set():
        return 0
    try:
        return _read_all(notes, name, lang, cancel)
    except RuntimeFailure as failure:
        if options.embed:
            raise
        _say_failed(name, failure, lang)
        return 0


def question_of(
    notes: Notes, text: str, options: argparse.Namespace, lang: Lang
) -> Question | None:
    """What the model makes of a question; ``None``, and it is said why, where there is nothing to
    compare that with or the model fails."""
    name = model_of(options)
    if name is None or not text.strip():
        return None
    try:
        key = loader.embedder_key(name)
        seen = notes.coverage(key)
        if seen.done < seen.total:
            also = f" --embed {name}" if options.embed else ""
            unread = (seen.total - seen.done, seen.total, name, also)
            diagnostics.complain(Text(UNREAD.en, UNREAD.zh, unread), lang)
        with Ticker(lang) as ticker:
            return meant(notes, name, text, _loading(ticker, name), Cancel())
    except RuntimeFailure as failure:
        _say_failed(name, failure, lang)
        return None


def embed(options: argparse.Namespace, words: list[str], lang: Lang) -> int:
    """Set the model that reads the notes, and have it read them; or clear it; or tell it.

    Raises ``RuntimeFailure``.
    """
    from assistant.cli.notes_change import stoppable

    path = paths.settings_file()
    settings = read_settings(path)
    words = words or ([options.embed] if options.embed else [])
    with open_notes(paths.notes_file(), make=False) as notes, stoppable() as cancel:
        if words == [NONE]:
            notes.forget_meanings()
            change_settings(path, replace(settings, embedding_model=None))
        elif words:
            if (doubt := remark(loader.located(loader.find_spec(words[0])))) is not None:
                diagnostics.complain(doubt, lang)
            _read_all(notes, words[0], lang, cancel)
            change_settings(path, replace(settings, embedding_model=words[0]))
        _tell(notes, options, lang)
    return Exit.INTERRUPTED if cancel.is_set() else Exit.OK


def _read_all(notes: Notes, name: str, lang: Lang, cancel: Cancel) -> int:
    key = loader.embedder_key(name)
    with Ticker(lang) as ticker:
        try:
            with opened(name, _loading(ticker, name), cancel) as embedder:
                return notes.understand(embedder, key, _reading(ticker, name), cancel)
        except EngineFailed:
            if cancel.is_set():
                return 0
            raise


def _loading(ticker: Ticker, name: str) -> OnProgress:
    return _shown(ticker, Text(LOADING.en, LOADING.zh, (name,)))


def _reading(ticker: Ticker, name: str) -> OnProgress:
    return _shown(ticker, Text(READING.en, READING.zh, (name,)))


def _shown(ticker: Ticker, stage: Text) -> OnProgress:
    def show(now: Progress) -> None:
        if ticker.live:
            ticker.show(progress.Progress(stage, now.done / max(now.total, 1)))

    return show


def _say_failed(name: str, failure: RuntimeFailure, lang: Lang) -> None:
    why = filled(failure.message, lang, str)
    diagnostics.complain(Text(FAILED.en, FAILED.zh, (name, why)), lang)
    if failure.remedy:
        diagnostics.write(f"{diagnostics.advice(failure.remedy, lang)}\n")


def _tell(notes: Notes, options: argparse.Namespace, lang: Lang) -> None:
    name = read_settings(paths.settings_file()).embedding_model
    seen = notes.coverage(loader.embedder_key(name)) if name else None
    if options.json:
        counts = {"read": seen.done, "passages": seen.total} if seen else {}
        render.write_json({"model": name, **counts})
    elif seen:
        text = Text(NOW.en, NOW.zh, (name, seen.done, seen.total))
        render.write_line(filled(text, lang, str))
    else:
        render.write_line(WORDS_ONLY.template(lang))
