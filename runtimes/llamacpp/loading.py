"""From a file and a plan to weights and a context of llama.cpp."""

from __future__ import annotations

import ctypes
import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from runtimes.errors import (
    Damaged,
    EngineFailed,
    EngineOutOfMemory,
    NotFound,
    RuntimeFailure,
    Unsupported,
)
from runtimes.ggufs import first_shard, read_file
from runtimes.llamacpp.context import Context
from runtimes.llamacpp.library import AbortFlag, Library
from runtimes.llamacpp.placing import shares_of, table_on
from runtimes.llamacpp.states import key_of
from runtimes.machine.host import host, readings
from runtimes.machine.reading import read_text, sysctl
from runtimes.texts import Text
from runtimes.types import FileSource, Fit, KvType, LoadOptions, LoadProgress, MemoryPlan, ModelSpec

if TYPE_CHECKING:
    from runtimes.base import Cancel, OnProgress

ALL_LAYERS = 9999
FEW = range(8, 17)
"""Answers side by side whose steps ggml takes for a batch that is worth laying weights out anew."""
SMALLER = Text(
    "choose a smaller model, context or KV type, or put fewer layers on the GPU (--gpu-layers N)",
    "请选择更小的模型、上下文或 KV 类型，或减少放在 GPU 上的层数（--gpu-layers N）",
)


@dataclass(frozen=True, slots=True)
class Order:
    """What to load, and how."""

    spec: ModelSpec
    plan: MemoryPlan
    options: LoadOptions


@dataclass(frozen=True, slots=True)
class Kind:
    """What the engine must know of an architecture.  ``window`` is the length of its sliding
    attention (0: none); a ``recurrent`` one cannot take single tokens back."""

    layers: int
    window: int
    recurrent: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """Handles of llama.cpp; ``close`` frees them, once.  ``log`` is what it said meanwhile."""

    library: Library
    model: int
    context: Context
    kind: Kind
    log: tuple[str, ...]

    def close(self) -> None:
        """Free the context, then the weights (and the adapters with them)."""
        self.context.close()
        self.library.api.llama_model_free(self.model)


def load_model(library: Library, order: Order, on_progress: OnProgress, cancel: Cancel) -> Loaded:
    """Raises ``runtimes.errors``, and leaves nothing behind then."""
    with ExitStack() as undo:
        model = load_weights(library, order, on_progress, cancel)
        undo.callback(library.api.llama_model_free, model)
        kind = _kind(library, model)
        context = _context(library, model, order)
        undo.callback(context.close)
        _check_causal(library, context)
        log = tuple(library.log.lines())
        adapters = tuple(_adapter(library, model, name) for name in order.options.lora)
        _apply(library, context, adapters)
        undo.pop_all()
    return Loaded(library, model, context, kind, log)


def load_weights(library: Library, order: Order, on_progress: OnProgress, cancel: Cancel) -> int:
    """The model of llama.cpp.  Raises ``runtimes.errors``."""
    path = _file_of(order.spec)
    read_file(path)  # its header is sound and its shards are there, before llama.cpp trusts it
    library.log.clear()
    return _weights(library, path, order, _Watch(on_progress, cancel))


def cancelled() -> EngineFailed:
    """What a cancelled load raises."""
    return EngineFailed(Text("loading was cancelled", "已取消加载"))


def _file_of(spec: ModelSpec) -> Path:
    if not isinstance(spec.source, FileSource):
        raise Unsupported(Text("llamacpp reads GGUF files only", "llamacpp 只读取 GGUF 文件"))
    path = first_shard(Path(spec.source.path))
    if not path.is_file():
        raise NotFound(
            Text("there is no file {0}", "文件不存在：{0}", (str(path),)),
            Text(
                "pull the model again: assistant pull {0}",
                "请重新下载：assistant pull {0}",
                (spec.id,),
            ),
        )
    return path


class _Watch:
    """The progress callback: reports each hundredth once, and stops the load when cancelled."""

    def __init__(self, on_progress: OnProgress, cancel: Cancel) -> None:
        self._on_progress = on_progress
        self._cancel = cancel
        self._shown = -1
        self.raised: BaseException | None = None

    def __call__(self, fraction: float, _data: object) -> bool:
        try:
            if int(fraction * 100) > self._shown:
                self._shown = int(fraction * 100)
                self._on_progress(LoadProgress(min(max(fraction, 0.0), 1.0)))
        except BaseException as wrong:  # noqa: BLE001 - C cannot pass it on; ``_weights`` does
            self.raised = wrong
        return self.raised is None and not self.stopped

    @property
    def stopped(self) -> bool:
        """Was the load cancelled?"""
        return self._cancel.is_set()


def identity(order: Order) -> bytes:
    """What a saved state of the context belongs to: file, adapters, library, kind of cache."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        library = version("llama-cpp-python")
    except PackageNotFoundError:
        library = ""
    flash = f"{order.options.safe_mode} {order.options.flash_attention}"
    parts = [library, order.plan.kv_type.value, flash]
    for name in order.options.lora:
        status = Path(name).stat()
        parts.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return key_of(parts, _file_of(order.spec))


# --- weights ---------------------------------------------------------------------------------


def _weights(library: Library, path: Path, order: Order, watch: _Watch) -> int:
    api, plan = library.api, order.plan
    if plan.fit is Fit.HOST and plan.parallel in FEW:
        # ggml does so from 8 rows on, in each step; it pays from about 24 on.  Without it a step
        # of eight answers takes half the time, and a prompt a sixth more
        os.environ.setdefault("GGML_CPU_TILED_MM", "0")
    params = api.llama_model_default_params()
    params.progress_callback = api.llama_progress_callback(watch)
    keep: list[object] = []  # what only pointers in ``params`` hold must outlive the call
    params.n_gpu_layers = ALL_LAYERS if plan.fit is Fit.GPU else plan.layers_on
    params.use_extra_bufts = not order.options.safe_mode and library.extra_buffers_are_safe()
    if params.use_extra_bufts or plan.fit is Fit.GPU:
        # weights arranged for the processor, or on a GPU, are copies: with the file mapped as
        # well, they would lie in memory twice while they are loaded
        params.load_mode = api.LLAMA_LOAD_MODE_NONE
    if plan.layers_on == 0 and plan.fit is not Fit.GPU:
        nothing = (ctypes.c_void_p * 1)(None)  # an empty list of devices: leave GPUs alone
        keep.append(nothing)
        params.devices = ctypes.addressof(nothing)
    split = shares_of(plan)
    used = [index for index, layers in enumerate(split) if layers]
    if len(used) > 1:
        shares = (ctypes.c_float * max(api.llama_max_devices(), len(split)))(*split)
        keep.append(shares)
        params.tensor_split = ctypes.cast(shares, ctypes.POINTER(ctypes.c_float))
    elif used:  # this one alone: the others, which may be full, are not even opened
        params.split_mode, params.main_gpu = api.LLAMA_SPLIT_MODE_NONE, used[0]
    if plan.table_on_gpu and not order.options.safe_mode:
        places = table_on(library, used[0] if used else 0)
        keep.append(places)
        params.tensor_buft_overrides = ctypes.cast(places, ctypes.c_void_p)
    model: int | None = api.llama_model_load_from_file(os.fsencode(path), params)
    if watch.raised is None and not watch.stopped and model:
        return model
    if model:
        api.llama_model_free(model)
    if watch.raised is not None:
        raise watch.raised
    raise cancelled() if watch.stopped else _refused_file(library, path)


def _refused_file(library: Library, path: Path) -> RuntimeFailure:
    reason = library.log.complaint()
    if _is_about_memory(reason):
        return EngineOutOfMemory(
            Text("not enough memory for the weights: {0}", "内存不足以容纳权重：{0}", (reason,)),
            SMALLER,
        )
    if "unknown model architecture" in reason or "unknown pre-tokenizer" in reason:
        return Unsupported(
            Text(
                "this llama.cpp does not know the model: {0}",
                "此 llama.cpp 不支持该模型：{0}",
                (reason,),
            ),
            Text("install a newer engine", "请安装更新的引擎"),
        )
    return Damaged(
        Text(
            "llama.cpp cannot read {0}: {1}",
            "llama.cpp 无法读取 {0}：{1}",
            (path.name, reason or "?"),
        ),
        Text(
            "check the file with assistant verify, or pull it again",
            "请用 assistant verify 检查，或重新下载",
        ),
    )


def _is_about_memory(reason: str) -> bool:
    words = (
        "failed to allocate",
        "unable to allocate",
        "out of memory",
        "alloc_tensor_range",
        "cudaMalloc",
        "bad_alloc",
    )
    return any(word in reason for word in words)


def _kind(library: Library, model: int) -> Kind:
    """Raises ``Unsupported`` for what does not write text from left to right."""
    api = library.api
    if (
        api.llama_model_has_encoder(model)
        or not api.llama_model_has_decoder(model)
        or api.llama_model_is_diffusion(model)
    ):
        raise _no_writer()
    recurrent = api.llama_model_is_recurrent(model) or api.llama_model_is_hybrid(model)
    return Kind(api.llama_model_n_layer(model), api.llama_model_n_swa(model), bool(recurrent))


def _check_causal(library: Library, context: Context) -> None:
    api = library.api
    pooled = api.llama_pooling_type(context.handle) > api.LLAMA_POOLING_TYPE_NONE
    if pooled or not api.llama_get_causal_attn(context.handle) or not context.has_memory:
        raise _no_writer()


def _no_writer() -> Unsupported:
    return Unsupported(
        Text(
            "this model does not write text (an embedding, encoder or diffusion model)",
            "此模型不能生成文本（嵌入、编码器或扩散模型）",
        ),
        Text("choose a chat model: assistant models", "请选择对话模型：assistant models"),
    )


# --- the context -----------------------------------------------------------------------------


def _context(library: Library, model: int, order: Order) -> Context:
    api, plan, options = library.api, order.plan, order.options
    flag = AbortFlag(api)
    params = api.llama_context_default_params()
    params.n_seq_max = max(plan.parallel, 1)
    params.n_ctx = plan.context * params.n_seq_max
    params.n_batch = params.n_ubatch = max(plan.batch, 32)
    params.kv_unified = True  # the samples of one prompt share its cells
    # logits are asked for the end of a prompt, one token a sample, or the tokens of a guess;
    # room for those of a whole batch would cost 300 MiB with a vocabulary of 152 thousand
    params.n_outputs_max = min(params.n_batch, max(params.n_seq_max, 1 + max(options.lookup, 0)))
    kind = _kv_type(api, plan.kv_type)
    params.type_k = params.type_v = kind
    params.flash_attn_type = _flash_attention(api, order)
    on_gpu = plan.layers_on > 0 or plan.fit is Fit.GPU
    params.offload_kqv = params.op_offload = on_gpu
    params.n_threads = params.n_threads_batch = threads(options)
    params.abort_callback = flag.callback
    params.abort_callback_data = flag.data
    params.no_perf = True
    handle: int | None = api.llama_init_from_model(model, params)
    if not handle:
        raise refused_context(library)
    return Context(library, handle, flag, outputs=params.n_outputs_max, on_gpu=on_gpu)


def refused_context(library: Library) -> RuntimeFailure:
    """Why there is no context."""
    reason = library.log.complaint()
    if _is_about_memory(reason):
        return EngineOutOfMemory(
            Text("not enough memory for the context: {0}", "内存不足以容纳上下文：{0}", (reason,)),
            SMALLER,
        )
    return EngineFailed(
        Text(
            "llama.cpp refuses the context: {0}",
            "llama.cpp 无法创建上下文：{0}",
            (reason or "?",),
        )
    )


def _kv_type(api: Any, kind: KvType) -> int:
    match kind:
        case KvType.F16:
            value = api.GGML_TYPE_F16
        case KvType.Q8_0:
            value = api.GGML_TYPE_Q8_0
        case KvType.Q4_0:
            value = api.GGML_TYPE_Q4_0
        case _:
            assert_never(kind)
    return int(value)


def _flash_attention(api: Any, order: Order) -> int:
    """Values can be quantised only with flash attention, so then it is on whatever was asked."""
    if order.plan.kv_type is not KvType.F16:
        asked: int = api.LLAMA_FLASH_ATTN_TYPE_ENABLED
    elif order.options.flash_attention is False:
        asked = api.LLAMA_FLASH_ATTN_TYPE_DISABLED
    elif order.options.flash_attention:
        asked = api.LLAMA_FLASH_ATTN_TYPE_ENABLED
    else:
        asked = api.LLAMA_FLASH_ATTN_TYPE_AUTO
    return asked


def threads(options: LoadOptions) -> int:
    """As asked; else the physical cores that this process may use, half of them if it is to be
    safe.  llama.cpp's threads spin: more of them than cores, or than a container's quota pays
    for, is slower than fewer."""
    if options.threads is not None:
        return max(options.threads, 1)
    cores = host(readings(), read_text, sysctl).cores
    return max(1, cores // 2) if options.safe_mode else cores


# --- adapters --------------------------------------------------------------------------------


def _adapter(library: Library, model: int, name: str) -> Any:
    if not Path(name).is_file():
        raise NotFound(
            Text("there is no adapter file {0}", "适配器文件不存在：{0}", (name,)),
            Text(
                "llama.cpp takes an adapter as one GGUF file; a PEFT folder goes with a checkpoint",
                "llama.cpp 的适配器是单个 GGUF 文件；PEFT 适配器文件夹请与检查点模型一起使用",
            ),
        )
    read_file(Path(name))
    library.log.clear()
    adapter = library.api.llama_adapter_lora_init(model, os.fsencode(name))
    if not adapter:
        raise Damaged(
            Text(
                "the adapter {0} does not fit this model, or is broken: {1}",
                "适配器 {0} 与模型不匹配或已损坏：{1}",
                (Path(name).name, library.log.complaint() or "?"),
            )
        )
    return adapter


def _apply(library: Library, context: Context, adapters: tuple[Any, ...]) -> None:
    if not adapters:
        return
    n = len(adapters)
    handles = (library.api.llama_adapter_lora_p_ctypes * n)(*adapters)
    scales = (ctypes.c_float * n)(*([1.0] * n))
    if library.api.llama_set_adapters_lora(context.handle, handles, n, scales) != 0:
        raise Damaged(
            Text(
                "the adapters cannot be applied: {0}",
                "无法应用适配器：{0}",
                (library.log.complaint(),),
            )
        )
