"""What a model needs: by its files where they are on this disk, else by its dimensions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from runtimes.errors import Damaged, NotFound
from runtimes.ggufs import Gguf, Parts, parts_of, read_file, shape_of
from runtimes.memory.checkpoint import torch_costs
from runtimes.memory.estimates import estimated
from runtimes.memory.llamacpp import LlamaCosts, Loading, repacked_types
from runtimes.memory.pieces import Costs
from runtimes.memory.safetensors import Stored, stored
from runtimes.texts import Text
from runtimes.types import FileSource, HubSource, Machine, ModelSpec, Shape, Thinking

LEAST_THINKING, LEAST_WINDOW = 8192, 4096
"""Tokens below which a model that thinks, and one that does not, is of little use."""
USUAL_THINKING, USUAL_WINDOW = 32768, 16384
"""Tokens that a plan aims at."""
MOST_CONFIG = 4 << 20


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


def needs_of(spec: ModelSpec, machine: Machine, model: Gguf | None = None) -> Needs:
    """The needs of a model.  ``model`` is its header where the caller has read it already.

    Raises ``Damaged`` or ``NotFound`` for its files, ``NotFound`` where nothing is known of it.
    """
    path = Path(spec.source.path) if isinstance(spec.source, FileSource) else None
    if spec.runtime == "checkpoint":
        return _of_checkpoint(spec, machine, path)
    if model is None and path is not None:
        model = read_file(path)
    if model is not None:
        thinks = "<think>" in (model.first.text("tokenizer.chat_template") or "")
        costs = _llama(shape_of(model), parts_of(model), machine)
        return _window(spec, costs, exact=True, thinks=thinks)
    parts = estimated(spec.shape, spec.quantisation) if spec.shape is not None else None
    if spec.shape is None or parts is None:
        raise _unknown(spec)
    return _window(spec, _llama(spec.shape, parts, machine), exact=False)


def loading(machine: Machine) -> Loading:
    """How llama.cpp will hold weights in the host's memory, as our adapter loads them."""
    from runtimes.installer.detect import has_amx_kernels

    if has_amx_kernels():  # its extra buffers stay off
        return Loading()
    return Loading(repacked=repacked_types(machine.host.flags))


def _llama(shape: Shape, parts: Parts, machine: Machine) -> LlamaCosts:
    return LlamaCosts(shape, parts, loading(machine))


def _of_checkpoint(spec: ModelSpec, machine: Machine, path: Path | None) -> Needs:
    tensors: tuple[Stored, ...] = ()
    shape = spec.shape
    if path is not None:
        tensors = stored(path)
        shape = config_shape(path, tensors) if shape is None else shape
    if shape is None:
        raise _unknown(spec)
    costs = torch_costs(
        shape,
        spec.quantisation,
        tensors,
        machine.host.flags,
        gpu=bool(machine.accelerators),
    )
    return _window(spec, costs, exact=bool(tensors))


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
    remedy = Text("pull it first: assistant pull {0}", "请先下载：assistant pull {0}", (spec.id,))
    return NotFound(
        Text("the size of {0} is not known", "{0} 的大小未知", (spec.id,)),
        remedy if isinstance(spec.source, HubSource) else None,
    )


# --- the dimensions of a checkpoint ----------------------------------------------------------


def config_shape(folder: Path, tensors: tuple[Stored, ...] = ()) -> Shape:
    """The dimensions in a checkpoint's ``config.json``.  Raises ``Damaged`` or ``NotFound``."""
    path = folder / "config.json"
    try:
        with path.open("rb") as file:
            config = json.loads(file.read(MOST_CONFIG))
    except OSError as wrong:
        raise NotFound(
            Text("{0} cannot be read: {1}", "无法读取 {0}：{1}", (str(path), wrong.strerror or "?"))
        ) from wrong
    except (ValueError, RecursionError) as wrong:
        raise _bad(path, "JSON") from wrong
    if not isinstance(config, dict):
        raise _bad(path, "JSON")

    def number(*keys: str, usual: int = 0, most: int = 1 << 24) -> int:
        value = next((config[key] for key in keys if config.get(key) is not None), usual)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            raise _bad(path, keys[0])
        return value

    hidden = number("hidden_size", "n_embd")
    heads = number("num_attention_heads", "n_head")
    layers = number("num_hidden_layers", "n_layer", most=4096)
    if not (hidden and heads and layers):
        raise _bad(path, "hidden_size")
    head = number("head_dim", usual=hidden // heads)
    return Shape(
        architecture=str(config.get("model_type", ""))[:64],
        parameters=sum(_count(tensor) for tensor in tensors),
        layers=layers,
        hidden=hidden,
        heads=heads,
        kv_heads=number("num_key_value_heads", "multi_query_group_num", usual=heads) or heads,
        key_length=head,
        value_length=head,
        feed_forward=number("moe_intermediate_size", "intermediate_size", "ffn_hidden_size")
        or 4 * hidden,
        vocabulary=number("vocab_size", "padded_vocab_size"),
        context=number("max_position_embeddings", "seq_length", usual=4096, most=1 << 32),
        experts=number("num_local_experts", "num_experts", "n_routed_experts"),
        experts_used=number("num_experts_per_tok"),
    )


def _count(tensor: Stored) -> int:
    count = 1
    for dimension in tensor.dimensions:
        count *= dimension
    return count


def _bad(path: Path, what: str) -> Damaged:
    return Damaged(
        Text("{0} is not sound: {1}", "{0} 不完好：{1}", (str(path), what)),
        Text("download the model again", "请重新下载模型"),
    )
