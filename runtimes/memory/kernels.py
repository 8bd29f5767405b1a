"""What a checkpoint that is quantised already wants beside memory."""

from __future__ import annotations

from importlib.util import find_spec

from runtimes.texts import Text

PACKAGES = {"awq": ("gptqmodel",), "gptq": ("optimum", "gptqmodel")}
"""Without these transformers does not load weights of the kind."""
WANTED = Text(
    "it loads only with the package {0}, which is not installed: pip install {0}",
    "需要安装软件包 {0} 才能加载：pip install {0}",
)


def wanted(quantisation: str) -> tuple[Text, ...]:
    """What must be installed before such weights can be loaded."""
    packages = PACKAGES.get(quantisation.lower().partition("-")[0], ())
    return tuple(WANTED.of(package) for package in packages if find_spec(package) is None)
