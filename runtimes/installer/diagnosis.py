"""Why an installation failed: the lines that say so, and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from runtimes.installer import advice
from runtimes.installer.facts import Facts
from runtimes.texts import Text

MOST_LINES = 8
LINE_LENGTH = 200


class Cause(StrEnum):
    """The kinds of failure that have a remedy of their own, the more telling first."""

    DISK = "disk full"
    MEMORY = "out of memory"
    HOST_COMPILER = "compiler too new for CUDA"
    CUBLAS = "no cuBLAS"
    CUDA = "no CUDA toolkit"
    VULKAN = "no Vulkan SDK"
    COMPILER = "no compiler"
    MANAGED = "managed environment"
    CERTIFICATE = "certificate"
    SOCKS = "SOCKS proxy"
    NETWORK = "network"
    NO_FILE = "no such file on the index"
    PERMISSION = "permission"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The cause, the lines of the log that show it, and the remedy."""

    cause: Cause
    lines: tuple[str, ...]
    remedy: Text | None


_SIGNS = {
    Cause.DISK: r"No space left on device|disk quota exceeded|not enough space on the disk",
    Cause.MEMORY: r"Killed \(program cc1|fatal error: Killed|Killed signal terminated program"
    r"|virtual memory exhausted|std::bad_alloc|out of (heap|memory)|Cannot allocate memory"
    r"|\(-9\)|signal 9\b",
    Cause.HOST_COMPILER: r"unsupported GNU version|unsupported clang version"
    r"|unsupported Microsoft Visual Studio version",
    Cause.CUBLAS: r"CUDA::cublas|cublas_v2\.h: No such file|Could NOT find .*cublas",
    Cause.CUDA: r"CUDA Toolkit not found|Could NOT find CUDAToolkit|Failed to find nvcc"
    r"|No CMAKE_CUDA_COMPILER|Could not find nvcc|CMAKE_CUDA_COMPILER-NOTFOUND",
    Cause.VULKAN: r"Could NOT find Vulkan|missing: .*glslc|SPIRV-Headers.*not found"
    r"|SPIRV-HeadersConfig",
    Cause.COMPILER: r"No CMAKE_(C|CXX)_COMPILER could be found|CMAKE_(C|CXX)_COMPILER not set"
    r"|Microsoft Visual C\+\+ 14|is not able to compile a simple test program"
    r"|The (C|CXX) compiler identification is unknown|could not find any instance of Visual Studio",
    Cause.MANAGED: r"externally-managed-environment|environment is externally managed",
    Cause.CERTIFICATE: r"CERTIFICATE_VERIFY_FAILED|invalid peer certificate",
    Cause.SOCKS: r"Missing dependencies for SOCKS support|unknown proxy scheme",
    Cause.NETWORK: r"name resolution|NewConnectionError|Max retries exceeded|ProxyError"
    r"|Network is unreachable|ConnectTimeout|dns error|error sending request|Read timed out",
    Cause.NO_FILE: r"No matching distribution found|Could not find a version that satisfies"
    r"|No solution found when resolving|has no wheels with a matching",
    Cause.PERMISSION: r"Permission denied|Access is denied|not writeable",
}
_TELLING = re.compile(
    r"\berror\b|\bFAILED\b|\bfatal\b|CMake Error|Killed|No such file|not found|Could not|denied"
    r"|NOT find|No matching|No space",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"^\s*$|note: This (error|is an issue)|hint: |See above for output|╰|│|exit code"
)
_REMEDIES = {
    Cause.DISK: Text(
        "make room (a build takes about 2 GB in the folder for temporary files; TMPDIR names"
        " another one)",
        "请腾出磁盘空间（编译约需 2 GB 临时空间，可用 TMPDIR 指定其他文件夹）",
    ),
    Cause.MEMORY: advice.FEWER_JOBS,
    Cause.HOST_COMPILER: Text(
        "this CUDA toolkit does not know so new a compiler: install an older one, or a newer"
        " toolkit, and name the compiler, as in CUDAHOSTCXX=g++-13",
        "当前 CUDA 工具包不支持这么新的编译器：请安装较旧的编译器或较新的工具包，并指定编译器，例如"
        " CUDAHOSTCXX=g++-13",
    ),
    Cause.CUBLAS: advice.CUBLAS,
    Cause.MANAGED: Text(
        "install the program in an environment of its own (pipx or python3 -m venv)",
        "请将本程序安装到独立环境（pipx 或 python3 -m venv）",
    ),
    Cause.CERTIFICATE: Text(
        "the network here replaces certificates: tell pip the right one with PIP_CERT=FILE",
        "当前网络会替换证书：请用 PIP_CERT=FILE 告知 pip 正确的证书",
    ),
    Cause.SOCKS: Text(
        "the proxy that the environment names is of the kind SOCKS, which pip does not speak: set"
        " HTTPS_PROXY=http://HOST:PORT (what offers SOCKS mostly offers an HTTP proxy too)",
        "环境变量指定的是 SOCKS 代理，pip 不支持：请设置 HTTPS_PROXY=http://主机:端口"
        "（提供 SOCKS 的程序大多也提供 HTTP 代理）",
    ),
    Cause.NETWORK: Text(
        "check the network or the proxy; without a network, --offline says what to carry over",
        "请检查网络或代理；若无网络，--offline 会说明需要带来哪些文件",
    ),
    Cause.NO_FILE: Text(
        "the index has no file for this Python and system; --source builds one",
        "该索引没有适合当前 Python 与系统的文件；可用 --source 自行编译",
    ),
    Cause.PERMISSION: Text(
        "install the program in an environment of your own (pipx or python3 -m venv)",
        "请将本程序安装到自己的环境（pipx 或 python3 -m venv）",
    ),
}


def diagnose(log: Sequence[str], facts: Facts) -> Diagnosis:
    """Read the last lines of a log."""
    text = "\n".join(log)
    for cause, signs in _SIGNS.items():
        if re.search(signs, text, re.IGNORECASE):
            lines = [line for line in log if re.search(signs, line, re.IGNORECASE)]
            return Diagnosis(cause, _clipped(lines), _remedy(cause, facts))
    telling = [line for line in log if _TELLING.search(line) and not _NOISE.search(line)]
    rest = [line for line in log if not _NOISE.search(line)]
    return Diagnosis(Cause.UNKNOWN, _clipped(telling or rest), None)


def _clipped(lines: Sequence[str]) -> tuple[str, ...]:
    distinct = list(dict.fromkeys(line.strip()[:LINE_LENGTH] for line in lines))
    return tuple(distinct[-MOST_LINES:])


def _remedy(cause: Cause, facts: Facts) -> Text | None:
    match cause:
        case Cause.COMPILER:
            return advice.compiler(facts.system)
        case Cause.CUDA:
            return advice.cuda_toolkit(facts.driver_cuda)
        case Cause.VULKAN:
            return advice.vulkan(facts.system)
        case _:
            return _REMEDIES.get(cause)
