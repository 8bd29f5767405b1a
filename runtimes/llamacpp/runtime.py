"""llama.cpp as a runtime: this side of the process border, without the library in this process."""

from __future__ import annotations

import importlib.util
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from runtimes.texts import Text
from runtimes.types import Availability, LoadOptions, Machine, MemoryPlan, ModelSpec, Wish

if TYPE_CHECKING:
    from runtimes.base import Cancel, Model, OnProgress
    from runtimes.embedding import Embedder

INSTALL = Text("assistant engines install llamacpp", "assistant engines install llamacpp")


class LlamaCpp:
    """``Runtime`` on llama-cpp-python."""

    @property
    def name(self) -> str:
        """``llamacpp``."""
        return "llamacpp"

    def probe(self) -> Availability:
        """Is the package here?  It is not imported: that takes a third of a second."""
        if importlib.util.find_spec("llama_cpp") is None:
            missing = Text("llama-cpp-python is not installed", "未安装 llama-cpp-python")
            return Availability(ready=False, detail=missing, remedy=INSTALL)
        try:
            return Availability(ready=True, version=version("llama-cpp-python"))
        except PackageNotFoundError:
            return Availability(ready=True)

    def plan(self, spec: ModelSpec, machine: Machine, wish: Wish) -> MemoryPlan:
        """Where each part would go, by the file if it is here, else by the model's shape."""
        from runtimes.memory import plan

        return plan(spec, machine, wish)

    def load(
        self,
        spec: ModelSpec,
        plan: MemoryPlan,
        options: LoadOptions,
        on_progress: OnProgress,
        cancel: Cancel,
    ) -> Model:
        """Start the model in a process of its own.  Raises ``runtimes.errors``."""
        from runtimes.host import load_in_child

        return load_in_child("llamacpp", spec, plan, options, on_progress, cancel)

    def load_embedder(
        self,
        spec: ModelSpec,
        plan: MemoryPlan,
        options: LoadOptions,
        on_progress: OnProgress,
        cancel: Cancel,
    ) -> Embedder:
        """The same for a model that is to embed."""
        from runtimes.embedding_host import embedder_in_child

        return embedder_in_child("llamacpp", spec, plan, options, on_progress, cancel)
