"""Files of models and adapters for the llama.cpp engine: whole, wrong and hostile."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("llama_cpp")
pytest.importorskip("gguf")

from gguf_files import mutate, split, without, write_adapter, write_encoder, write_tiny
from micro_llama import EXACT, MICRO, PLAN, QUICK, answer_of, opened, spec_of, text_of, user, write

from runtimes.base import Cancel
from runtimes.errors import (
    Damaged,
    EngineFailed,
    NotFound,
    RuntimeFailure,
    Unsupported,
)
from runtimes.llamacpp import loading
from runtimes.llamacpp.engine import load
from runtimes.llamacpp.loading import threads
from runtimes.llamacpp.runtime import LlamaCpp
from runtimes.machine.host import Readings
from runtimes.types import (
    GenerationParams,
    LoadOptions,
    LoadProgress,
    ServerSource,
)

pytestmark = pytest.mark.xdist_group("llamacpp")
ROOT = Path(__file__).resolve().parents[2]


def refuse(path: Path, options: LoadOptions = QUICK) -> RuntimeFailure:
    with pytest.raises(RuntimeFailure) as caught, opened(path, options):
        pass
    return caught.value


# --- loading -----------------------------------------------------------------------------------


def test_progress_is_told_and_ends_at_one() -> None:
    told: list[LoadProgress] = []
    load(spec_of(MICRO), PLAN, QUICK, told.append, Cancel()).close()
    fractions = [p.fraction for p in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert len(fractions) <= 101


def test_any_part_of_a_model_in_several_files_means_all_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "模型 of mine"
    folder.mkdir()
    parts = split(MICRO, folder, "micro 你好", 3)
    with opened() as whole:
        expected = answer_of(write(whole, "Hello"))
    for part in parts:
        with opened(part) as model:
            assert answer_of(write(model, "Hello")) == expected
    parts[2].unlink()
    for part in parts[:2]:
        assert isinstance(refuse(part), NotFound)
        assert parts[2].name in str(refuse(part))


def test_a_load_is_cancelled() -> None:
    cancel = Cancel()
    with pytest.raises(EngineFailed, match="cancelled"):
        load(spec_of(MICRO), PLAN, QUICK, lambda _p: cancel.set(), cancel)
    with opened() as model:  # nothing is left behind
        assert answer_of(write(model, "Hello"))


def test_what_a_progress_callback_raises_comes_out() -> None:
    def wrong(_progress: LoadProgress) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        load(spec_of(MICRO), PLAN, QUICK, wrong, Cancel())


def test_the_memory_is_told_from_the_engines_own_report() -> None:
    with opened() as model:
        report = model.memory()
        # 1024 cells of 4 layers with 64 keys and 64 values in f16
        assert report.kv_bytes == 1024 * 4 * (64 + 64) * 2
        assert 0.9 * MICRO.stat().st_size < report.weight_bytes < 1.1 * MICRO.stat().st_size
        assert report.compute_bytes > 0
        assert report.device_bytes == 0


def test_safe_mode_loads_and_writes() -> None:
    with opened(options=replace(QUICK, safe_mode=True)) as safe, opened() as usual:
        assert answer_of(write(safe, "Hello")) == answer_of(write(usual, "Hello"))
    assert threads(LoadOptions(threads=3)) == 3
    assert 1 <= threads(LoadOptions(safe_mode=True)) <= threads(LoadOptions())


def test_threads_are_no_more_than_a_containers_quota_pays_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {
        "/proc/self/mountinfo": "1 0 0:1 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw",
        "/proc/self/cgroup": "0::/",
        "/sys/fs/cgroup/cpu.max": "300000 100000",
    }
    eight = Readings(
        system="Linux", machine="x86_64", memory_total=1, memory_free=1, physical=8,
        allowed=tuple(range(8)),
    )  # fmt: skip
    monkeypatch.setattr(loading, "readings", lambda: eight)
    monkeypatch.setattr(loading, "read_text", files.get)
    assert threads(LoadOptions()) == 3
    assert threads(LoadOptions(safe_mode=True)) == 1
    assert threads(LoadOptions(threads=5)) == 5
    files["/sys/fs/cgroup/cpu.max"] = "max 100000"
    assert threads(LoadOptions()) == 8


# --- files that cannot be used -------------------------------------------------------------------


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    assert isinstance(refuse(tmp_path / "none.gguf"), NotFound)


def test_another_source_is_refused() -> None:
    spec = replace(spec_of(MICRO), source=ServerSource("http://localhost", "x"))
    with pytest.raises(Unsupported):
        load(spec, PLAN, QUICK, lambda _p: None, Cancel())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"not a model",
        lambda data: data[:100],
        lambda data: data[: len(data) // 2],
        lambda data: b"GGUF" + b"\xff" * 1000,
    ],
)
def test_a_broken_file_is_damaged(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(spoil(MICRO.read_bytes()))
    assert isinstance(refuse(path), Damaged)


def test_what_is_no_model_is_refused_with_the_engines_reason(tmp_path: Path) -> None:
    half = refuse(write_tiny(tmp_path / "half.gguf"))
    assert isinstance(half, Damaged | Unsupported)
    assert len(str(half)) > len("llama.cpp cannot read half.gguf: ?")
    unknown = refuse(write_tiny(tmp_path / "unknown.gguf", "nonsense"))
    assert isinstance(unknown, Unsupported)
    assert "nonsense" in str(unknown)


def test_a_model_without_a_vocabulary_is_refused(tmp_path: Path) -> None:
    path = without(MICRO, tmp_path / "mute.gguf", "tokenizer.")
    assert isinstance(refuse(path), Damaged | Unsupported)


def test_a_model_that_only_embeds_is_refused(tmp_path: Path) -> None:
    failure = refuse(write_encoder(tmp_path / "bert.gguf"))
    assert isinstance(failure, Unsupported)
    assert "does not write" in str(failure)


def test_a_model_without_a_template_counts_as_none_for_chat(tmp_path: Path) -> None:
    path = without(MICRO, tmp_path / "plain.gguf", "tokenizer.chat_template")
    with opened(path) as model, pytest.raises(Unsupported, match="template"):
        next(model.stream(user("Hello"), GenerationParams(), Cancel()))


# --- adapters ------------------------------------------------------------------------------------


def test_an_adapter_changes_the_text_and_an_empty_one_does_not(tmp_path: Path) -> None:
    strong = write_adapter(tmp_path / "strong.gguf", strength=0.5)
    nothing = write_adapter(tmp_path / "nothing.gguf", strength=0.0)
    texts = []
    for lora in ((), (str(nothing),), (str(strong),), (str(nothing), str(strong))):
        with opened(options=replace(EXACT, lora=lora)) as model:
            texts.append(text_of(write(model, "Hello")))
    assert texts[0] == texts[1]
    assert texts[2] != texts[0]
    assert texts[3] == texts[2]


def test_a_wrong_adapter_is_refused(tmp_path: Path) -> None:
    missing = replace(QUICK, lora=(str(tmp_path / "none.gguf"),))
    assert isinstance(refuse(MICRO, missing), NotFound)
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + b"\x00" * 200)
    other = write_adapter(tmp_path / "other.gguf", strength=0.1, hidden=64)
    family = write_adapter(tmp_path / "family.gguf", strength=0.1, arch="llama")
    for path in (broken, other, family, MICRO):
        failure = refuse(MICRO, replace(QUICK, lora=(str(path),)))
        assert isinstance(failure, Damaged), path.name
    with opened() as model:
        assert answer_of(write(model, "Hello"))


# --- this side of the border ---------------------------------------------------------------------


def test_the_probe_does_not_load_the_library() -> None:
    code = (
        "import sys\nfrom runtimes.llamacpp.runtime import LlamaCpp\n"
        "a = LlamaCpp().probe()\nassert a.ready and a.version, a\n"
        "assert 'llama_cpp' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, cwd=ROOT)


def test_a_library_that_does_not_load_is_said_with_its_reason(tmp_path: Path) -> None:
    code = (
        "from runtimes.llamacpp.library import open_library\n"
        "from runtimes.errors import NotInstalled\n"
        "try:\n    open_library()\n"
        "except NotInstalled as failure:\n    assert failure.__cause__ and failure.remedy\n"
        "else:\n    raise SystemExit('it loaded')"
    )
    environment = {**os.environ, "LLAMA_CPP_LIB_PATH": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, cwd=ROOT, env=environment)


def test_a_missing_library_is_said_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    availability = LlamaCpp().probe()
    assert not availability.ready
    assert availability.remedy is not None


# --- mutated files -------------------------------------------------------------------------------

TRY = """
import sys
sys.path[:0] = sys.argv[1:3]
from gguf_files import mutate
from micro_llama import GREEDY, MICRO, opened, write
from dataclasses import replace
from pathlib import Path
from runtimes.errors import RuntimeFailure
data, path = MICRO.read_bytes(), Path(sys.argv[3])
for seed in range(int(sys.argv[4]), int(sys.argv[5])):
    path.write_bytes(mutate(data, seed))
    try:
        with opened(path) as model:
            write(model, "Hello", replace(GREEDY, max_tokens=3))
        said = "read"
    except RuntimeFailure as failure:
        said = type(failure).__name__
    print(seed, said, flush=True)
"""


def try_mutants(folder: Path, first: int, last: int) -> dict[int, str]:
    """What came of each mutant; a process that dies is started again behind the one that did it."""
    outcomes: dict[int, str] = {}
    while first < last:
        arguments = [ROOT, ROOT / "tests" / "support", folder / "mutant.gguf", first, last]
        done = subprocess.run(
            [sys.executable, "-c", TRY, *map(str, arguments)],
            capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
        for line in done.stdout.splitlines():
            seed, said = line.split()
            outcomes[int(seed)] = said
        reached = max((s for s in outcomes if s >= first), default=first - 1)
        if done.returncode == 0:
            break
        assert done.returncode < 0, done.stderr[-2000:]  # killed by a signal, not by our own code
        outcomes[reached + 1] = "crashed"
        first = reached + 2
    return outcomes


def test_some_mutated_files_are_survived(tmp_path: Path) -> None:
    outcomes = try_mutants(tmp_path, 0, 12)
    assert len(outcomes) == 12
    assert "Damaged" in outcomes.values()


@pytest.mark.slow
def test_a_thousand_mutated_files_are_survived(tmp_path: Path) -> None:
    outcomes = try_mutants(tmp_path, 1000, 2000)
    assert len(outcomes) == 1000
    counts = {said: list(outcomes.values()).count(said) for said in set(outcomes.values())}
    assert counts.pop("crashed", 0) < 100  # in a child, where it is a failure with its reason
    assert set(counts) <= {
        "read",
        "Damaged",
        "Unsupported",
        "EngineFailed",
        "EngineOutOfMemory",
        "NotFound",
    }


def test_mutants_differ() -> None:
    data = MICRO.read_bytes()
    assert len({mutate(data, seed) for seed in range(20)}) == 20
