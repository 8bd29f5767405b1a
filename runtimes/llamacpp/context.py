"""A context of llama.cpp: batches in, logits out, and the KV cache between them."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from runtimes.errors import EngineFailed
from runtimes.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from runtimes.llamacpp.library import AbortFlag, Library

ABORTED, NO_ROOM = 2, 1
"""What ``llama_decode`` returns beside 0."""


MOST_ROWS = 256


class Aborted(Exception):  # noqa: N818 - says what happened
    """The abort flag stopped a computation."""


class Context:
    """One ``llama_context``.  Sequences are numbered from 0 and share the cells of one cache.

    The arrays of the batch are made once: a token costs one call and four numbers.
    """

    def __init__(
        self, library: Library, handle: int, flag: AbortFlag, *, outputs: int, on_gpu: bool = False
    ) -> None:
        """``outputs`` of a batch may have logits.  ``on_gpu``: it computes while we go on."""
        self._library = library
        self.on_gpu = on_gpu
        model = library.api.llama_get_model(handle)
        vocabulary = library.api.llama_model_get_vocab(model)
        self._vocabulary: int = library.api.llama_vocab_n_tokens(vocabulary)
        self.outputs = outputs
        self._rows: dict[int, Any] = {}  # by their address, which changes rarely
        self._api = api = library.api
        self.handle = handle
        self.flag = flag
        self._memory = api.llama_get_memory(handle)
        self.has_memory = bool(self._memory)
        self.cells: int = api.llama_n_ctx(handle)
        self.batch: int = api.llama_n_batch(handle)
        self.sequences: int = api.llama_n_seq_max(handle)
        size = self.batch
        self._tokens = (ctypes.c_int32 * size)()
        self._positions = (ctypes.c_int32 * size)()
        self._outputs = (ctypes.c_int8 * size)()
        self._owners = (ctypes.c_int32 * size)()
        counts = (ctypes.c_int32 * size)(*([1] * size))
        start, width = ctypes.addressof(self._owners), ctypes.sizeof(ctypes.c_int32)
        pointer = ctypes.POINTER(ctypes.c_int32)
        owners = (pointer * size)(*(ctypes.cast(start + i * width, pointer) for i in range(size)))
        self._batch = api.llama_batch(
            n_tokens=0,
            token=self._tokens,
            embd=None,
            pos=self._positions,
            n_seq_id=counts,
            seq_id=owners,
            logits=self._outputs,
        )

    # --- computing ---------------------------------------------------------------------------

    def read(self, tokens: Sequence[int], start: int, *, outputs: int) -> None:
        """Put tokens behind position ``start`` of sequence 0; the last ``outputs`` of them get
        logits.  Raises ``Aborted``; then only whole parts of the batch are in the cache."""
        n = len(tokens)
        self._tokens[:n] = tokens
        self._positions[:n] = range(start, start + n)
        self._owners[:n] = [0] * n
        self._outputs[:n] = [0] * (n - outputs) + [1] * outputs
        self._decode(n)

    def step(self, token: int, position: int) -> None:
        """The same for one token with logits: the way that most tokens go."""
        self._tokens[0] = token
        self._positions[0] = position
        self._owners[0] = 0
        self._outputs[0] = 1
        self._decode(1)

    def step_many(self, entries: Iterable[tuple[int, int, int]]) -> None:
        """One token for each of several sequences: token, position, sequence."""
        n = 0
        for token, position, sequence in entries:
            self._tokens[n] = token
            self._positions[n] = position
            self._owners[n] = sequence
            self._outputs[n] = 1
            n += 1
        self._decode(n)

    def _decode(self, n: int) -> None:
        self._batch.n_tokens = n
        status = self._api.llama_decode(self.handle, self._batch)
        if status == 0:
            return
        if status == ABORTED:
            raise Aborted
        words = "no room in the KV cache" if status == NO_ROOM else self._library.log.complaint()
        raise EngineFailed(
            Text(
                "llama.cpp could not compute: {0}",
                "llama.cpp 计算失败：{0}",
                (words or str(status),),
            )
        )

    def logits(self, index: int) -> Any:
        """The logits of one output of the last batch, as an array of numpy that is valid until
        the next; ``index`` is a place in the batch, -1 the last output."""
        pointer = self._api.llama_get_logits_ith(self.handle, index)
        if not pointer:
            raise EngineFailed(Text("the engine gave no logits", "引擎未给出 logits"))
        address = ctypes.addressof(pointer.contents)
        row = self._rows.get(address)
        if row is None:
            import numpy as np

            if len(self._rows) > MOST_ROWS:
                self._rows.clear()
            room: Any = (ctypes.c_float * self._vocabulary).from_address(address)
            row = self._rows[address] = np.frombuffer(room, dtype=np.float32)
        return row

    def wait(self) -> None:
        """Until the last batch is computed (a GPU works on by itself)."""
        self._api.llama_synchronize(self.handle)

    # --- the cache ---------------------------------------------------------------------------

    def length(self, sequence: int = 0) -> int:
        """How many positions of a sequence are in the cache."""
        last: int = self._api.llama_memory_seq_pos_max(self._memory, sequence)
        return last + 1

    def begins_at(self, sequence: int = 0) -> int:
        """The first position that is still there: above 0 only with sliding windows."""
        first: int = self._api.llama_memory_seq_pos_min(self._memory, sequence)
        return max(first, 0)

    def cut(self, length: int, sequence: int = 0) -> bool:
        """Keep only the first positions; False where this kind of cache cannot."""
        done: bool = self._api.llama_memory_seq_rm(self._memory, sequence, length, -1)
        return done

    def share(self, sequence: int) -> None:
        """Let a sequence begin with all that is in sequence 0."""
        self._api.llama_memory_seq_rm(self._memory, sequence, -1, -1)
        self._api.llama_memory_seq_cp(self._memory, 0, sequence, -1, -1)

    def drop(self, sequence: int) -> None:
        """Take a sequence out of the cache."""
        self._api.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def clear(self) -> None:
        """Take all out."""
        self._api.llama_memory_clear(self._memory, False)  # noqa: FBT003 - C's

    # --- states ------------------------------------------------------------------------------

    def state(self, most: int) -> memoryview | None:
        """The keys and values of sequence 0; ``None`` where they take more than ``most`` bytes,
        which no plan has room for, or this kind of cache cannot."""
        size: int = self._api.llama_state_seq_get_size(self.handle, 0)
        if size > most:
            return None
        room = (ctypes.c_uint8 * size)()
        got: int = self._api.llama_state_seq_get_data(self.handle, room, size, 0)
        return memoryview(room)[:got] if got else None

    def restore(self, state: memoryview) -> bool:
        """Put a state into sequence 0; False where llama.cpp refuses it."""
        room = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        got: int = self._api.llama_state_seq_set_data(self.handle, room, len(state), 0)
        return got == len(state)

    def close(self) -> None:
        """Free it; once."""
        if self.on_gpu:
            self.wait()  # a token that was begun ahead
        self._api.llama_free(self.handle)
