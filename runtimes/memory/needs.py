"""What a model needs: by its files where they are on this disk, else by its dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from runtimes import thinktags
from runtimes.errors import NotFound, NotHere
from runtimes.ggufs import Gguf, Parts, parts_of, read_file, shape_of
from runtimes.memory.checkpoint import torch_costs
from runtimes.memory.engines import usable
from runtimes.memory.estimates import estimated
from runtimes.memory.llamacpp import LlamaCosts
from runtimes.memory.pieces import Costs
from runtimes.memory.safetensors import Checkpoint, read_checkpoint
from runtimes.texts import Text
from runtimes.types import FileSource, HubSource, Machine, ModelSpec, Shape, Thinking

LEAST_THINKING, LEAST_WINDOW = 8192, 4096
"""Tokens below which a model that thinks, and one that does not, is of little use."""
USUAL_THINKING, USUAL_WINDOW = 32768, 16384
"""Tokens that a plan aims at."""


@dataclass(frozen=True, slots=True)
class Needs:
    """A model in an engine: its name, what it takes there, and the window it should have.

    ``exact`` says that the sizes come from its files.
    """

    name: str
    engine: str
    costs: Costs
    least: int
    usual: int
    exact: bool

    @property
    def trained(self) -> int:
        """The window that the model was trained for."""
        return self.costs.shape.context


def needs_of(spec: ModelSpec, machine: Machine, files: Gguf | Checkpoint | None = None) -> Needs:
    """The needs of a model.  ``files`` are its headers where the caller has read them already.

    Raises ``Damaged`` or ``NotFound`` for its files, ``NotFound`` where nothing is known of it.
    """
    path = Path(spec.source.path) if isinstance(spec.source, FileSource) else None
    if spec.runtime == "checkpoint":
        there = files if isinstance(files, Checkpoint) else path and read_checkpoint(path)
        return _of_checkpoint(spec, machine, there or None)
    model = files if isinstance(files, Gguf) else path and read_file(path)
    if model:
        template = model.first.text("tokenizer.chat_template") or ""
        costs = _llama(shape_of(model), parts_of(model), machine)
        return _window(spec, costs, exact=True, thinks=thinktags.thinks(template))
    parts = estimated(spec.shape, spec.quantisation) if spec.shape is not None else None
    if spec.shape is None or parts is None:
        raise _unknown(spec)
    return _window(spec, _llama(spec.shape, parts, machine), exact=False)


def _llama(shape: Shape, parts: Parts, machine: Machine) -> LlamaCosts:
    """As our adapter loads: where it lets llama.cpp arrange weights for the processor, the file
    is not mapped, since they would lie in memory twice."""
    from runtimes.installer.detect import runs_amx

    return LlamaCosts(shape, parts, runs_amx(machine.host.flags))


def _of_checkpoint(spec: ModelSpec, machine: Machine, there: Checkpoint | None) -> Needs:
    shape = there.shape if there is not None else spec.shape
    if shape is None:
        raise _unknown(spec)
    costs = torch_costs(
        shape,
        spec.quantisation,
        there.tensors if there is not None else (),
        machine.host.flags,
        gpu=bool(usable("checkpoint", machine)),
    )
    return _window(spec, costs, exact=there is not None)


def _window(spec: ModelSpec, costs: Costs, *, exact: bool, thinks: bool = False) -> Needs:
    """``thinks``: its template has the tag, so whatever the catalogue knows it needs room."""
    trained = costs.shape.context
    thinks = thinks or spec.defaults.thinking is not Thinking.NEVER
    return Needs(
        name=spec.id,
        engine=spec.runtime,
        costs=costs,
        least=min(LEAST_THINKING if thinks else LEAST_WINDOW, trained),
        usual=min(USUAL_THINKING if thinks else USUAL_WINDOW, trained),
        exact=exact,
    )


def _unknown(spec: ModelSpec) -> NotFound:
    message = Text("the size of {0} is not known", "{0} 的大小未知", (spec.id,))
    if not isinstance(spec.source, HubSource):
        return NotFound(message)
    return NotHere(
        message,
        Text("pull it first: assistant pull {0}", "请先下载：assistant pull {0}", (spec.id,)),
    )
