"""Other machines, played to the probe: containers, GPUs of AMD, Macs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from machines import GIB, senses, told

from runtimes.machine import probe_machine
from runtimes.machine.cgroups import Limits, limits
from runtimes.machine.flags import linux_flags
from runtimes.types import Device

# --- this machine ----------------------------------------------------------------------------


def test_this_machine_is_seen() -> None:
    machine = probe_machine()
    assert 0 < machine.host.memory_free <= machine.host.memory_total
    assert machine.host.cores >= 1
    assert machine.host.system
    assert all(a.free <= a.total for a in machine.accelerators)


# --- the host --------------------------------------------------------------------------------


def test_the_processor_and_its_flags() -> None:
    host = probe_machine(senses()).host
    assert host.processor == "Some CPU"
    assert host.flags == {"avx", "avx2", "avx512f", "amx_tile", "amx_int8"}


def test_arm_flags_have_the_same_words_everywhere() -> None:
    assert linux_flags("Features : fp asimd asimddp i8mm\n") == {"neon", "dotprod", "i8mm"}


def topology(cpus: Mapping[int, tuple[int, int]]) -> dict[str, str]:
    where = "/sys/devices/system/cpu/cpu{0}/topology/{1}"
    return {
        where.format(cpu, name): f"{number}\n"
        for cpu, numbers in cpus.items()
        for name, number in zip(("physical_package_id", "core_id"), numbers, strict=True)
    }


def test_two_threads_of_a_core_count_once() -> None:
    files = topology({0: (0, 0), 1: (0, 0), 2: (0, 1), 3: (1, 0)})
    assert probe_machine(senses(files=files, allowed=(0, 1, 2, 3))).host.cores == 3


def test_only_the_processors_that_we_may_run_on_count() -> None:
    files = topology({0: (0, 0), 1: (0, 0), 2: (0, 1), 3: (1, 0)})
    assert probe_machine(senses(files=files, allowed=(0, 1))).host.cores == 1


def test_without_a_topology_the_system_is_believed() -> None:
    assert probe_machine(senses()).host.cores == 8
    assert probe_machine(senses(allowed=(0, 1))).host.cores == 2


# --- containers ------------------------------------------------------------------------------

V2 = "30 24 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n"
V1 = (
    "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n"
    "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
    "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
)


def test_a_group_of_version_2() -> None:
    top = "/sys/fs/cgroup/app"
    files = {
        "/proc/self/mountinfo": V2,
        "/proc/self/cgroup": "0::/app\n",
        f"{top}/memory.max": "8589934592\n",
        f"{top}/memory.current": "3221225472\n",
        f"{top}/memory.stat": "anon 1\ninactive_file 1073741824\nactive_file 1073741824\n",
        f"{top}/cpu.max": "250000 100000\n",
    }
    assert limits(told(files)) == Limits(8 * GIB, 7 * GIB, 2.5)
    host = probe_machine(senses(files=files)).host
    assert (host.memory_total, host.memory_free, host.cores) == (8 * GIB, 7 * GIB, 2)


def test_the_tightest_limit_above_counts() -> None:
    files = {
        "/proc/self/mountinfo": V2,
        "/proc/self/cgroup": "0::/pod/box\n",
        "/sys/fs/cgroup/pod/box/memory.max": "max\n",
        "/sys/fs/cgroup/pod/box/memory.current": str(GIB),
        "/sys/fs/cgroup/pod/memory.max": str(4 * GIB),
        "/sys/fs/cgroup/pod/memory.current": str(3 * GIB),
        "/sys/fs/cgroup/pod/box/cpu.max": "max 100000",
        "/sys/fs/cgroup/pod/cpu.max": "50000 100000",
    }
    assert limits(told(files)) == Limits(4 * GIB, GIB, 0.5)
    assert probe_machine(senses(files=files)).host.cores == 1  # never none


def test_groups_of_version_1() -> None:
    files = {
        "/proc/self/mountinfo": V1,
        "/proc/self/cgroup": "4:memory:/job/7\n3:cpuset:/\n1:cpu,cpuacct:/job/7\n",
        "/sys/fs/cgroup/memory/job/7/memory.limit_in_bytes": str(2 * GIB),
        "/sys/fs/cgroup/memory/job/7/memory.usage_in_bytes": str(GIB),
        "/sys/fs/cgroup/memory/job/7/memory.stat": f"total_inactive_file {GIB // 2}\n",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes": str(20 * GIB),
        "/sys/fs/cgroup/cpu,cpuacct/job/7/cpu.cfs_quota_us": "300000",
        "/sys/fs/cgroup/cpu,cpuacct/job/7/cpu.cfs_period_us": "100000",
        "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1",
        "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000",
    }
    assert limits(told(files)) == Limits(2 * GIB, 3 * GIB // 2, 3.0)


def test_a_container_sees_its_own_group_at_the_mount() -> None:
    files = {
        "/proc/self/mountinfo": "35 31 0:32 /docker/ab /sys/fs/cgroup/memory rw - cgroup c memory",
        "/proc/self/cgroup": "4:memory:/docker/ab\n",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes": str(GIB),
        "/sys/fs/cgroup/memory/memory.usage_in_bytes": "0",
    }
    assert limits(told(files)).memory == GIB


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"/proc/self/mountinfo": V2, "/proc/self/cgroup": "0::/../../other\n"},
        {"/proc/self/mountinfo": "nonsense\n - \n", "/proc/self/cgroup": "nonsense\n::\n"},
        {
            "/proc/self/mountinfo": V2,
            "/proc/self/cgroup": "0::/\n",
            "/sys/fs/cgroup/memory.max": "-5",
            "/sys/fs/cgroup/memory.current": "x",
            "/sys/fs/cgroup/cpu.max": "0 0",
        },
    ],
)
def test_no_limit_that_can_be_understood(files: Mapping[str, str]) -> None:
    assert limits(told(files)) == Limits()


# --- AMD and Apple ---------------------------------------------------------------------------


def amd(card: int, total: int, used: int, vendor: str = "0x1002") -> dict[str, str]:
    folder = f"/sys/class/drm/card{card}/device"
    return {
        f"{folder}/vendor": f"{vendor}\n",
        f"{folder}/mem_info_vram_total": f"{total}\n",
        f"{folder}/mem_info_vram_used": f"{used}\n",
    }


def test_amd_cards_as_the_kernel_shows_them() -> None:
    files = {
        **amd(0, GIB // 2, 0),  # the processor's own graphics
        **amd(1, 16 * GIB, GIB),
        **amd(2, 16 * GIB, 0, vendor="0x8086"),
        "/sys/class/drm/card1/device/product_name": "RX 7800\n",
    }
    (found,) = probe_machine(senses(files=files)).accelerators
    assert (found.device, found.name, found.free) == (Device.ROCM, "RX 7800", 15 * GIB)


def test_hip_visible_devices() -> None:
    files = {**amd(0, 8 * GIB, 0), **amd(1, 16 * GIB, 0)}
    look = senses(files=files, environment={"HIP_VISIBLE_DEVICES": "1"})
    (found,) = probe_machine(look).accelerators
    assert (found.total, found.index) == (16 * GIB, 0)


@pytest.mark.parametrize(
    ("memory", "limit", "expected"),
    [
        (16 * GIB, "0", 16 * GIB * 2 // 3),
        (64 * GIB, "0", 48 * GIB),
        (16 * GIB, "14336", 14 * GIB),
        (16 * GIB, None, 16 * GIB * 2 // 3),
        (16 * GIB, "999999", 16 * GIB),
    ],
)
def test_a_mac_lets_its_gpu_have_a_part_of_the_memory(
    memory: int, limit: str | None, expected: int
) -> None:
    settings = {
        "hw.memsize": str(memory),
        "machdep.cpu.brand_string": "Apple M2",
        "hw.optional.arm.FEAT_DotProd": "1",
        **({} if limit is None else {"iogpu.wired_limit_mb": limit}),
    }
    look = senses(
        system="Darwin", machine="arm64", total=memory, free=9 * GIB, settings=settings, files={}
    )
    machine = probe_machine(look)
    (found,) = machine.accelerators
    assert (found.device, found.name, found.total) == (Device.METAL, "Apple M2", expected)
    assert found.free == min(expected, 9 * GIB)
    assert found.shared_memory
    assert machine.host.flags == {"dotprod"}


def test_a_mac_with_an_intel_processor_has_no_gpu_that_we_use() -> None:
    assert probe_machine(senses(system="Darwin", machine="x86_64")).accelerators == ()
