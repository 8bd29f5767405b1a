"""How the app starts: as the command says, and for the rest as the settings say."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant import paths
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang, Text

if TYPE_CHECKING:
    from assistant.session.options import TurnOptions
    from assistant.settings import Settings
    from tui.desk import Setup

NOT_BOTH = Text(
    "settings.toml asks for a vote and for tools; they do not go together, so there is no vote",
    "settings.toml 同时启用了投票与工具；两者不能并用，因此不投票",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the command says.  ``asked``: the language is not just that of the locale; ``fresh``:
    begin a new conversation; ``port`` is for the app in a browser, 0 for any that is free."""

    lang: Lang
    asked: bool = False
    model: str | None = None
    theme: str | None = None
    incognito: bool = False
    fresh: bool = False
    offline: bool = False
    screen_reader: bool = False
    port: int = 0


def spoken(wanted: Wanted) -> Lang:
    """The language: as the command says, else as the settings say, else that of the locale."""
    return _language(wanted, _read()[0])


def _language(wanted: Wanted, settings: Settings) -> Lang:
    return wanted.lang if wanted.asked else settings.language or wanted.lang


def _read() -> tuple[Settings, tuple[Text, ...]]:
    """The settings, and what is wrong with them."""
    from assistant.settings import Settings, read_settings

    try:
        return read_settings(paths.settings_file()), ()
    except RuntimeFailure as failure:
        return Settings(), (failure.message,)


def setup_for(wanted: Wanted) -> Setup:
    """The start of an app; what is wrong with the settings is told on its screen."""
    from tui.desk import Setup

    settings, notices = _read()
    lang = _language(wanted, settings)
    offline = paths.offline(wanted.offline or settings.offline)
    if offline:
        os.environ["ASSISTANT_OFFLINE"] = "1"  # what opens sockets looks there
    if settings.tools and (settings.vote or 1) > 1:
        notices = (*notices, NOT_BOTH)
    return Setup(
        lang=lang,
        usual_lang=wanted.lang,
        model=wanted.model,
        options=options_for(settings, lang),
        incognito=wanted.incognito,
        fresh=wanted.fresh,
        offline=offline,
        theme=wanted.theme or settings.theme,
        screen_reader=wanted.screen_reader or settings.screen_reader,
        hide_keys=settings.hide_keys,
        pictures=settings.formulas == "picture",
        welcome=wanted.model is None and not wanted.incognito,
        notices=notices,
    )


def options_for(settings: Settings, lang: Lang) -> TurnOptions | None:
    """How questions are answered; ``None``, in the usual way, saves the first frame an import."""
    if settings.think is None and settings.vote is None and not settings.tools:
        return None
    from assistant.session.options import TurnOptions

    return with_settings(TurnOptions(lang=lang), settings)


def with_settings(options: TurnOptions, settings: Settings) -> TurnOptions:
    """The same options, as far as the settings have nothing to say."""
    samples = 1 if settings.tools else settings.vote or 1
    return replace(options, think=settings.think, samples=samples, tools=settings.tools)
