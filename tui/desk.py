"""What the screens work with: the model, the history, the session; opened when first needed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.message import Message

from assistant import paths
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang, Text
from tui.conversations.bin import Bin
from tui.kept import Kept
from tui.messages import Loading, Told

if TYPE_CHECKING:
    from assistant.history import ConversationId, History, MessageId
    from assistant.loader import Order
    from assistant.maths.pool import Pool
    from assistant.session.means import Means
    from assistant.session.options import TurnOptions
    from assistant.session.session import Session
    from assistant.tools.toolbox import Job
    from runtimes.base import Cancel, Model
    from runtimes.types import LoadProgress, Wish
    from tui.pictures.terminal import Graphics

NOT_KEPT = Text("this is not kept in the history: {0}", "本次不写入历史记录：{0}")
CHOOSE = Text(
    "{0} shows the models that fit this computer; /model micro is a toy that needs no download",
    "按 {0} 查看适合本机的模型；/model micro 是无需下载的演示模型",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How the app was started.

    ``model`` is a name (``None``: the default of the settings); ``order`` says how it is loaded;
    ``options`` how questions are answered, ``None`` in the usual way; ``means`` makes the means of
    the session in another way than the usual one.  ``fresh``: begin with an empty conversation,
    not where the last one was left.  ``welcome``: greet whoever is here for the first time.
    ``notices`` is what was wrong with the settings.  ``usual_lang`` is the language where the
    settings name none.
    ``pictures``: formulas are to be pictures; ``graphics`` is how this terminal draws them, or why
    it cannot, ``None`` where it was not asked.
    """

    lang: Lang = Lang.EN
    model: str | None = None
    order: Order | None = None
    options: TurnOptions | None = None
    means: Callable[[], Means] | None = None
    incognito: bool = False
    offline: bool = False
    theme: str | None = None
    fresh: bool = False
    screen_reader: bool = False
    hide_keys: bool = False
    welcome: bool = False
    notices: tuple[Text, ...] = ()
    pictures: bool = False
    graphics: Graphics | Text | None = None
    usual_lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the session is to go on with; a new value each time, told apart by ``is``."""

    conversation: ConversationId | None = None
    leaf: MessageId | None = None


class Desk:
    """Any thread may ask for a part; who asks first opens it.

    ``post`` tells the app what happens meanwhile, from any thread; ``key_of`` tells the key of an
    action as the user knows it.
    """

    def __init__(
        self, setup: Setup, post: Callable[[Message], object], key_of: Callable[[str], str]
    ) -> None:
        self.setup = setup
        self._key_of = key_of
        self._post = post
        self._lock = threading.RLock()
        self._reading = threading.Lock()  # a large history takes its time; the screen has none
        self._model_name: str | None = setup.model
        self._means: Means | None = None
        self._history: History | None = None
        self._session: Session | None = None
        self._wanted = _Wanted()
        self._options: TurnOptions | None = setup.options
        self.bin = Bin(self.history, post)
        """Conversations that are about to be deleted."""
        self.kept = None if setup.incognito else Kept(paths.state_folder(), post)
        """What outlasts the program: the draft, and where one was."""
        self.loaded: Model | None = None
        """The model, once it is loaded."""
        self.wishes: dict[str, Wish] = {}
        """What was asked of the memory of a model, by its name."""

    @property
    def model_name(self) -> str:
        """The name of the model that answers; empty where there is none."""
        with self._lock:
            if self._model_name is None:
                self._model_name = self._default_model()
            return self._model_name

    def _default_model(self) -> str:
        from assistant.settings import read_settings

        try:
            return read_settings(paths.settings_file()).default_model or ""
        except RuntimeFailure as failure:
            if failure.message not in self.setup.notices:  # else it is told at the start
                self._post(Told(failure.message, wrong=True))
            return ""

    @property
    def options(self) -> TurnOptions:
        """How questions are answered; a new value holds from the next one on."""
        from assistant.session.options import TurnOptions

        with self._lock:
            if self._options is None:
                self._options = TurnOptions(lang=self.setup.lang)
            return self._options

    @options.setter
    def options(self, options: TurnOptions) -> None:
        with self._lock:
            self._options = options
            if self._session is not None:
                self._session.options = options

    def use_language(self, lang: Lang) -> None:
        """Answers are in this language from the next question on."""
        self.setup = replace(self.setup, lang=lang)
        with self._lock:
            if self._options is not None:
                self.options = replace(self._options, lang=lang)

    def means(self) -> Means:
        """The checking process, the model, the tools."""
        with self._lock:
            if self._means is None:
                self._means = (self.setup.means or self._usual_means)()
            return self._means

    def _usual_means(self) -> Means:
        from assistant.session.means import Means

        name = self.model_name
        opened = self.open_model if name else None
        remedy = CHOOSE.of(self._key_of("app.models"))
        return Means(opened, label=name, tools=_tools, remedy=remedy)

    def open_model(self, cancel: Cancel) -> Model:
        """Load the model.  Raises ``RuntimeFailure``."""
        from assistant import loader
        from runtimes.types import LoadOptions

        order = self.setup.order
        if order is None:
            order = loader.Order(options=LoadOptions(state_folder=str(paths.state_folder())))
        name = self.model_name
        order = replace(
            order, name=name, wish=self.wishes.get(name, order.wish), samples=self.options.samples
        )

        def progress(so_far: LoadProgress) -> None:
            self._post(Loading(so_far.fraction))

        self.loaded = None  # of one that is loaded again for a vote nothing is left
        self.loaded = loader.open_model(order, progress, cancel)
        self._post(Loading(1.0))  # now it can be told what it is
        return self.loaded

    def history(self) -> History:
        """The conversations; in memory alone where none is wanted on disk, or none can be had.

        Not for the screen's own thread: the file may be large, or locked by another program.
        """
        with self._reading:
            if self._history is None:
                self._history = self._open_history()
                for notice in self._history.notices:
                    self._post(Told(notice))
            return self._history

    def _open_history(self) -> History:
        from assistant.history import HistoryFailure, open_history
        from assistant.settings import read_settings

        if self.setup.incognito:
            return open_history(None)
        try:
            days = read_settings(paths.settings_file()).history_days
            return open_history(paths.history_file(), days=days)
        except (HistoryFailure, RuntimeFailure) as failure:
            told = failure.message
            en, zh = NOT_KEPT.en.replace("{0}", told.en), NOT_KEPT.zh.replace("{0}", told.zh)
            self._post(Told(Text(en, zh, told.args), wrong=True))
            return open_history(None)

    @property
    def conversation(self) -> ConversationId | None:
        """The conversation that the next question goes on with; ``None`` for a new one."""
        with self._lock:
            session, wanted = self._session, self._wanted
        return wanted.conversation if session is None else session.conversation

    def session(self) -> Session:
        """The conversation, with what was said before.  Raises ``HistoryFailure``.

        Not for the screen's own thread: a long conversation takes its time to be read.
        """
        from assistant.session.session import Session

        while True:
            with self._lock:
                if self._session is not None:
                    return self._session
                wanted, means, options = self._wanted, self.means(), self.options
            session = Session(means, options, self.history())
            if wanted.conversation is not None:
                session.resume(wanted.conversation, wanted.leaf)
            with self._lock:
                if wanted is self._wanted and means is self._means:
                    if self._session is None:
                        self._session = session
                    self._session.options = self.options
                    return self._session

    def new_session(self) -> None:
        """The next question begins a new conversation."""
        self._want(_Wanted())

    def resume(self, conversation: ConversationId, leaf: MessageId | None = None) -> None:
        """The next question goes on with a conversation, on the branch of ``leaf``."""
        self._want(_Wanted(conversation, leaf))

    def _want(self, wanted: _Wanted) -> None:
        with self._lock:
            self._session, self._wanted = None, wanted

    def use_model(self, name: str) -> None:
        """Another model answers from the next question on, in the same conversation.

        Not while a turn runs.  The old model's memory is given back.
        """
        with self._lock:
            conversation = self.conversation
            means = self._means
            self._model_name, self._means, self.loaded = name, None, None
            self._want(_Wanted(conversation))
        if means is not None:
            means.close()

    def unload(self) -> None:
        """Give the model's memory back until a question needs it again.  Not while a turn runs."""
        with self._lock:
            means, self.loaded = self._means, None
        if means is not None:
            means.unload()

    def close(self) -> None:
        """Give everything back; what waits to be deleted is deleted."""
        self.bin.empty()
        if self.kept is not None:
            self.kept.close()
        with self._lock:
            means, self._means = self._means, None
        if means is not None:
            means.close()
        with self._reading:
            history, self._history = self._history, None
        if history is not None:
            history.close()


def _tools(pool: Pool) -> tuple[Job, ...]:
    from assistant.tools.offered import offered

    return offered(pool, paths.notes_file())
