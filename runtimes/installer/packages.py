"""Which packages an engine needs, as our own package's extras say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import metadata

from runtimes.errors import NotInstalled
from runtimes.texts import Text

OURS = "offline-assistant"
_EXTRA = re.compile(r"""\s*(?:\band\b)?\s*\bextra\s*==\s*['"]([\w.-]+)['"]\s*$""")
_LIMIT = re.compile(r"(>=|<=|==|!=|<|>)\s*([\w.+!]+)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def requirements(extra: str) -> tuple[str, ...]:
    """The requirements of an extra of ours, ready for pip.

    Raises ``NotInstalled`` where the program runs without its package data.
    """
    try:
        found = of_extra(metadata.requires(OURS) or (), extra)
    except metadata.PackageNotFoundError:
        found = ()
    if not found:
        raise NotInstalled(
            Text(
                "the program's own package data is missing or older than its code ({0})",
                "程序自身的软件包信息缺失或已过期（{0}）",
                (f"{OURS}[{extra}]",),
            ),
            Text("install the program again", "请重新安装本程序"),
        )
    return found


def of_extra(requires: Iterable[str], extra: str) -> tuple[str, ...]:
    """The requirements that belong to an extra, without the condition that says so."""
    found = []
    for requirement in requires:
        condition = _EXTRA.search(requirement)
        if condition is None or condition[1] != extra:
            continue
        wanted = requirement[: condition.start()].strip().removesuffix(";").strip()
        if _name_of(wanted) != OURS:
            found.append(wanted)
    return tuple(found)


def one(extra: str, name: str) -> str:
    """The requirement of one package in an extra.  Raises ``NotInstalled`` like the others."""
    return next(item for item in requirements(extra) if _name_of(item) == name)


def base_requirements() -> tuple[str, ...]:
    """What the program needs in any case.  Raises ``metadata.PackageNotFoundError``."""
    return tuple(item for item in metadata.requires(OURS) or () if "extra ==" not in item)


def fault(requirement: str) -> str:
    """What is wrong with the package that a requirement names; nothing where it is right.

    Release numbers are compared number by number, which is all that our own requirements need.
    """
    name = _name_of(requirement)
    there = installed(name)
    if there is None:
        return f"{name} (missing)"
    limits = _LIMIT.findall(requirement.partition(";")[0])
    if all(_holds(_release(there), sign, _release(limit)) for sign, limit in limits):
        return ""
    return f"{name} {there} ({','.join(sign + limit for sign, limit in limits)})"


def _release(version: str) -> tuple[int, ...]:
    numbers = []
    for part in version.partition("+")[0].split("."):
        digits = re.match(r"\d+", part)
        if digits is None:
            break
        numbers.append(int(digits[0]))
    while numbers and not numbers[-1]:
        numbers.pop()  # 1.0 is 1
    return tuple(numbers)


def _holds(there: tuple[int, ...], sign: str, limit: tuple[int, ...]) -> bool:
    match sign:
        case ">=":
            return there >= limit
        case "<=":
            return there <= limit
        case ">":
            return there > limit
        case "<":
            return there < limit
        case "!=":
            return there != limit
        case _:
            return there == limit


def installed(name: str) -> str | None:
    """The version of a package that is here; ``None`` where it is not."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _name_of(requirement: str) -> str:
    found = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""
