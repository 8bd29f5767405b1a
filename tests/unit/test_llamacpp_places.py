"""Where llama.cpp is told to put a model: on the accelerators of the plan, and on no other."""

from __future__ import annotations

import ctypes
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("llama_cpp")

from micro_llama import MICRO, PLAN, QUICK, opened, spec_of, text_of, with_plan, write

from runtimes.base import Cancel
from runtimes.errors import RuntimeFailure
from runtimes.llamacpp import placing
from runtimes.llamacpp.library import open_library
from runtimes.llamacpp.loading import Order, load_weights
from runtimes.types import Fit, Placement

pytestmark = pytest.mark.xdist_group("llamacpp")


PROCESSOR = 0
"""``GGML_BACKEND_DEVICE_TYPE_CPU``"""


class Listening:
    """llama.cpp, but for the loading itself: that only hears how it is asked."""

    def __init__(self, library: Any) -> None:
        self._api = library.api
        self.log = library.log
        self.extra_buffers_are_safe = library.extra_buffers_are_safe
        self.api = self
        self.heard: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)

    def llama_model_load_from_file(self, _path: bytes, params: Any) -> None:
        shares = params.tensor_split
        self.heard = {
            "mode": params.split_mode,
            "main": params.main_gpu,
            "shares": [shares[n] for n in range(4)] if shares else None,
            "layers": params.n_gpu_layers,
            "none": bool(params.devices) and not ctypes.c_void_p.from_address(params.devices).value,
        }


def heard(fit: Fit, *layers: int, path: Path = MICRO) -> dict[str, Any]:
    """How llama.cpp is asked where accelerators 0, 1, … have so many layers."""
    places = tuple(
        Placement(
            accelerator=n, layers=count, weight_bytes=1, kv_bytes=1, compute_bytes=1,
            reserve_bytes=1, free=9,
        )
        for n, count in enumerate(layers)
        if count
    )  # fmt: skip
    plan = replace(PLAN, fit=fit, layers_on=sum(layers), placements=places)
    library: Any = Listening(open_library())
    with pytest.raises(RuntimeFailure):
        load_weights(library, Order(spec_of(path), plan, QUICK), lambda _p: None, Cancel())
    return dict(library.heard)


@pytest.mark.parametrize(("fit", "place"), [(Fit.GPU, 0), (Fit.GPU, 2), (Fit.SPLIT, 1)])
def test_a_model_on_one_accelerator_opens_no_other(fit: Fit, place: int) -> None:
    said = heard(fit, *(3 if n == place else 0 for n in range(3)))
    none = open_library().api.LLAMA_SPLIT_MODE_NONE
    assert (said["mode"], said["main"], said["shares"]) == (none, place, None)


def test_a_model_on_several_is_shared_out_as_planned() -> None:
    said = heard(Fit.GPU, 2, 0, 3)
    assert said["mode"] != open_library().api.LLAMA_SPLIT_MODE_NONE
    assert said["shares"][:3] == [2.0, 0.0, 3.0]


def test_a_model_on_the_processor_leaves_accelerators_alone() -> None:
    said = heard(Fit.HOST)
    assert said["none"]
    assert said["layers"] == 0


@pytest.mark.parametrize("kind", [placing.GPU, PROCESSOR])
def test_the_table_of_tokens_goes_where_it_is_sent_and_the_answer_is_the_same(
    kind: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no GPU here: once it is sent nowhere, once to what is there, as if it were one."""
    monkeypatch.setattr(placing, "GPU", kind)
    order = placing.table_on(open_library(), 0)
    assert [place.names for place in order] == [placing.TABLE, None][-len(order) :]
    assert bool(order[0].buffers) is (kind == PROCESSOR)
    answers = []
    for table in (False, True):
        with opened(plan=with_plan(table_on_gpu=table)) as model:
            answers.append(text_of(write(model, "What is 2 + 3?")))
    assert answers[0] == answers[1] != ""


def test_a_gpu_that_is_not_there_is_sent_nothing() -> None:
    assert not placing.table_on(open_library(), 7)[0].names
