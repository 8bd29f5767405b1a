"""A forecast held against a real load: the micro model in a real engine, in its own process."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import psutil
import pytest

from runtimes import registry
from runtimes.base import Cancel
from runtimes.machine import probe_machine
from runtimes.memory import expected_use, measurements, record_measurement
from runtimes.types import (
    FileSource,
    Fit,
    GenerationParams,
    KvType,
    LoadOptions,
    Message,
    ModelSpec,
    Role,
    Wish,
)

MIB = 1 << 20
MODEL = Path(__file__).resolve().parents[2] / "runtimes/micro/micro-q8_0.gguf"

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("llama_cpp") is None, reason="llama-cpp-python is not installed"
    ),
    pytest.mark.skipif(not MODEL.is_file(), reason="the micro model is not made"),
]


def engine_peak() -> int:
    """The peak of the engine's process, asked of the kernel: what the process says of itself
    begins with the size of whoever started it."""
    peaks = []
    for child in psutil.Process().children(recursive=True):
        if "runtimes.child" in child.cmdline():
            status = Path(f"/proc/{child.pid}/status").read_text()
            found = re.search(r"VmHWM:\s+(\d+) kB", status)
            assert found is not None
            peaks.append(1024 * int(found[1]))
    (peak,) = peaks
    return peak


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize(("kind", "parallel"), [(KvType.F16, 1), (KvType.Q8_0, 1), (KvType.F16, 8)])
def test_what_is_foretold_is_what_is_used(kind: KvType, parallel: int, tmp_path: Path) -> None:
    spec = ModelSpec(id="micro", title="", runtime="llamacpp", source=FileSource(str(MODEL)))
    runtime = registry.runtime("llamacpp")
    wish = Wish(context=2048, kv_type=kind, layers_on_gpu=0, parallel=parallel)
    plan = runtime.plan(spec, probe_machine(), wish)
    assert plan.fit is Fit.HOST
    model = runtime.load(spec, plan, LoadOptions(threads=1), lambda _: None, Cancel())
    try:
        asked = [Message(Role.USER, "word " * 100)]
        for _ in model.stream(asked, GenerationParams(max_tokens=2), Cancel()):
            pass
        report = model.memory()
        peak = engine_peak()
    finally:
        model.close()
    assert report is not None
    # llama.cpp reports hundredths of a MiB
    assert plan.kv_bytes == pytest.approx(report.kv_bytes, abs=MIB / 100)
    assert -MIB / 50 <= plan.compute_bytes - report.compute_bytes <= MIB
    expected, _ = expected_use(plan)
    assert peak * 0.99 <= expected <= peak + 100 * MIB
    note = record_measurement(tmp_path, "micro", plan, report)
    assert measurements(tmp_path, "micro") == (note,)
    assert note.host_used == report.host_peak
