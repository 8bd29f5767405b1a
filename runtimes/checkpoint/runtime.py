"""transformers as a runtime: this side of the process border, without torch in this process."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from runtimes.checkpoint.failures import INSTALL
from runtimes.texts import Text
from runtimes.types import Availability, LoadOptions, Machine, MemoryPlan, ModelSpec, Wish

if TYPE_CHECKING:
    from runtimes.base import Cancel, Model, OnProgress
    from runtimes.embedding import Embedder

NEEDED = ("torch", "transformers")
TESTED = "5.24"
"""The line of transformers whose cache and loader this adapter is written for."""


class Checkpoint:
    """``Runtime`` on transformers and torch."""

    @property
    def name(self) -> str:
        """``checkpoint``."""
        return "checkpoint"

    def probe(self) -> Availability:
        """Are the packages here?  They are not imported: that takes seconds."""
        missing = [name for name in NEEDED if find_spec(name) is None]
        if missing:
            detail = Text("not installed: {0}", "未安装：{0}", (", ".join(missing),))
            return Availability(ready=False, detail=detail, remedy=INSTALL)
        try:
            found = {name: version(name) for name in NEEDED}
        except PackageNotFoundError:
            return Availability(ready=True)
        words = ", ".join(f"{name} {number}" for name, number in found.items())
        if not found["transformers"].startswith(f"{TESTED}."):
            detail = Text(
                "transformers {0} is here, {1} is needed",
                "已安装 transformers {0}，需要 {1}",
                (found["transformers"], TESTED),
            )
            return Availability(ready=False, version=words, detail=detail, remedy=INSTALL)
        return Availability(ready=True, version=words)

    def plan(self, spec: ModelSpec, machine: Machine, wish: Wish) -> MemoryPlan:
        """Where each part would go, by the files if they are here, else by the model's shape."""
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

        return load_in_child("checkpoint", spec, plan, options, on_progress, cancel)

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

        return embedder_in_child("checkpoint", spec, plan, options, on_progress, cancel)
