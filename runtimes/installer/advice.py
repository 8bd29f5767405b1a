"""How to get what a build needs: one sentence for each thing and system."""

from __future__ import annotations

from runtimes.installer.facts import Version
from runtimes.texts import Text

_COMPILER = {
    "Linux": Text(
        "install a C++ compiler: sudo apt install build-essential (Debian, Ubuntu), sudo dnf"
        " install gcc-c++ (Fedora), sudo pacman -S base-devel (Arch)",
        "请安装 C++ 编译器：sudo apt install build-essential（Debian、Ubuntu），sudo dnf install"
        " gcc-c++（Fedora），sudo pacman -S base-devel（Arch）",
    ),
    "Darwin": Text(
        "install the command line tools: xcode-select --install",
        "请安装命令行工具：xcode-select --install",
    ),
    "Windows": Text(
        "install “Desktop development with C++” with the Visual Studio Build Tools: winget install"
        " Microsoft.VisualStudio.2022.BuildTools",
        "请安装 Visual Studio Build Tools 并勾选“使用 C++ 的桌面开发”：winget install"
        " Microsoft.VisualStudio.2022.BuildTools",
    ),
}
_VULKAN = {
    "Linux": Text(
        "install the Vulkan headers and glslc: sudo apt install libvulkan-dev glslc spirv-headers"
        " (Debian, Ubuntu), sudo dnf install vulkan-devel glslc (Fedora)",
        "请安装 Vulkan 头文件与 glslc：sudo apt install libvulkan-dev glslc spirv-headers（Debian、"
        "Ubuntu），sudo dnf install vulkan-devel glslc（Fedora）",
    ),
}
_VULKAN_SDK = Text(
    "install the Vulkan SDK from vulkan.lunarg.com", "请从 vulkan.lunarg.com 安装 Vulkan SDK"
)
CUBLAS = Text(
    "the CUDA toolkit here has no cuBLAS, which the build needs: install the full toolkit (Debian,"
    " Ubuntu: sudo apt install libcublas-dev-13-0, with the toolkit's own version)",
    "本机的 CUDA 工具包缺少编译所需的 cuBLAS：请安装完整的工具包（Debian、Ubuntu：sudo apt install"
    " libcublas-dev-13-0，版本号与工具包一致）",
)
NO_METAL = Text("Metal is there on a Mac only", "只有 Mac 才有 Metal")
TAKE_CPU = Text(
    "take --backend cpu, or the engine llamacpp; a newer NVIDIA driver (525 or later) may help too",
    "请使用 --backend cpu 或引擎 llamacpp；也可更新 NVIDIA 驱动（525 或更高）",
)
FEWER_JOBS = Text(
    "close other programs and try again with one compiler at a time:"
    " CMAKE_BUILD_PARALLEL_LEVEL=1 assistant engines install llamacpp --source",
    "请关闭其他程序，并逐个文件编译后重试：CMAKE_BUILD_PARALLEL_LEVEL=1 assistant engines install"
    " llamacpp --source",
)


def compiler(system: str) -> Text:
    """How to get a C++ compiler."""
    return _COMPILER.get(system, _COMPILER["Linux"])


def vulkan(system: str) -> Text:
    """How to get what a build for Vulkan needs."""
    return _VULKAN.get(system, _VULKAN_SDK)


def cuda_toolkit(driver: Version | None) -> Text:
    """How to get NVIDIA's compiler; no newer than what the driver can run."""
    newest = f"{driver[0]}.{driver[1]}" if driver else "13.0"
    return Text(
        "install the CUDA toolkit, version {0} or older, from developer.nvidia.com/cuda-downloads;"
        " or take the build for the CPU: assistant engines install llamacpp --backend cpu",
        "请从 developer.nvidia.com/cuda-downloads 安装 CUDA 工具包（不高于 {0} 版）；或使用 CPU"
        " 版：assistant engines install llamacpp --backend cpu",
        (newest,),
    )
