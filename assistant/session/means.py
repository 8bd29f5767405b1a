"""What a conversation works with; each part is opened when it is first needed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistant.session.patience import unless_cancelled
from runtimes.base import Cancel, Model
from runtimes.errors import EngineFailed, NotFound
from runtimes.texts import Text

if TYPE_CHECKING:
    from assistant.maths.pool import Limits, Pool
    from assistant.tools.toolbox import Job

NO_MODEL = Text(
    "this question needs a model, and none was named or set as the default",
    "这个问题需要模型，但未指定模型，也没有默认模型",
)
CHOOSE = Text(
    "assistant models shows which fit here, assistant pull ID fetches one; "
    "-m micro is a toy that needs no download",
    "assistant models 列出适合本机的模型，assistant pull ID 下载模型；"
    "-m micro 是无需下载的演示模型",
)
GIVEN_UP = Text("the loading of the model was not waited for", "未等待模型加载完成")
LOOK_UP = 0.1
"""Seconds between two looks whether loading is still wanted, while another thread does it."""


class Means:
    """The checking process, the model, and the tools.

    ``label`` names the model in the history.  ``open_model`` loads the model, and is called once,
    at the first question that needs it; ``None``: there is none.  ``tools`` are made when a model
    is first offered them.  ``remedy`` is what to do where there is no model.
    """

    def __init__(
        self,
        open_model: Callable[[Cancel], Model] | None,
        label: str = "",
        limits: Limits | None = None,
        tools: Callable[[Pool], tuple[Job, ...]] | None = None,
        remedy: Text = CHOOSE,
    ) -> None:
        self.label = label
        self._open_model = open_model
        self._limits = limits
        self._make_tools = tools
        self._remedy = remedy
        self._model: Model | None = None
        self._samples = 1
        self._pool: Pool | None = None
        self._tools: tuple[Job, ...] | None = None
        self._lock = threading.Lock()
        self._loading = threading.Lock()

    @property
    def has_model(self) -> bool:
        """Is there a model to ask?"""
        return self._open_model is not None

    def model(self, cancel: Cancel, samples: int = 1) -> Model:
        """The model, loaded, once however many threads ask; and once more where more ``samples``
        are wanted side by side than it was loaded for.  Raises ``RuntimeFailure``.
        """
        if self._open_model is None:
            raise NotFound(NO_MODEL, self._remedy)
        while not self._loading.acquire(timeout=LOOK_UP):
            if cancel.is_set():
                raise EngineFailed(GIVEN_UP)
        try:
            model = self._model
            if model is not None and samples > self._samples and samples > model.parallel:
                self.unload()
            if self._model is None:
                self._model = self._open_model(cancel)
                self._samples = samples
            return self._model
        finally:
            self._loading.release()

    def unload(self) -> None:
        """Give the model's memory back; it is loaded again when it is needed."""
        model, self._model = self._model, None
        if model is not None:
            model.close()

    def pool(self) -> Pool:
        """The process that computes; it starts at the first call, and loads while others work."""
        with self._lock:
            if self._pool is None:
                from assistant.maths.pool import Limits, Pool

                self._pool = Pool(self._limits or Limits())
            return self._pool

    def run(self, name: str, argument: object, seconds: float | None = None) -> object:
        """A job of the pool."""
        return self.pool().run(name, argument, seconds)

    def compute(self, name: str, argument: object, cancel: Cancel) -> object | None:
        """The same; ``None`` when ``cancel`` is set meanwhile, which ends it."""
        pool = self.pool()
        return unless_cancelled(lambda: pool.run(name, argument, cancel=cancel), cancel)

    def tools(self) -> tuple[Job, ...]:
        """What a model may ask for."""
        if self._tools is None:
            self._tools = () if self._make_tools is None else self._make_tools(self.pool())
        return self._tools

    def close(self) -> None:
        """Give everything back."""
        pool, self._pool = self._pool, None
        self.unload()
        if pool is not None:
            pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
