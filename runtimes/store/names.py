"""Names from a hub, which may try to be anything: only plain ones below a folder are taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from runtimes.errors import DownloadFailed, NotFound
from runtimes.texts import Text

WEIGHTS = (".safetensors", ".gguf")
TAKEN = (*WEIGHTS, ".json", ".txt", ".jinja", ".model", ".tiktoken")
"""Data only.  Pickles (``.bin``, ``.pt``, ``.pth``, ``.ckpt``) and code never come."""
LONGEST_PART, LONGEST_NAME, DEEPEST = 200, 400, 8
COMMIT = re.compile(r"[0-9a-f]{40}")
SHA256 = re.compile(r"[0-9a-f]{64}")
_REPO = re.compile(r"(?:[A-Za-z0-9][\w.-]{0,95}/)?[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
_REVISION = re.compile(r"[A-Za-z0-9][\w./-]{0,199}", re.ASCII)
_SHARD = re.compile(r"(.*)-(\d{5})-of-(\d{5})(\.gguf|\.safetensors)", re.DOTALL)
_MOST_SHARDS = 2000
_RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"
}
_FORBIDDEN = set('\\:*?"<>|')
EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def check_repo(repo: str) -> str:
    """The name of a repository as it is.  Raises ``NotFound`` where it cannot be one."""
    if not _REPO.fullmatch(repo) or "--" in repo or ".." in repo or repo.endswith(".git"):
        raise NotFound(
            Text("“{0}” is no name of a repository", "“{0}”不是仓库名", (repo[:200],)),
            Text("write it as organisation/name", "请写成 组织/名称 的形式"),
        )
    return repo


def check_revision(revision: str) -> str:
    """A branch, tag or commit as it is.  Raises ``NotFound`` where it cannot be one."""
    if not _REVISION.fullmatch(revision) or ".." in revision:
        raise NotFound(
            Text("“{0}” is no name of a revision", "“{0}”不是版本名", (revision[:200],)),
        )
    return revision


def folder_name(repo: str) -> str:
    """A folder for a repository: ``org--name``, as in Hugging Face's own cache."""
    return check_repo(repo).replace("/", "--")


def is_taken(name: str) -> bool:
    """Is this a kind of file that a model needs and that cannot hold code?"""
    return name.lower().endswith(TAKEN)


def safe_name(name: str) -> PurePosixPath:
    """The path of a file below its folder, on any system.  Raises ``DownloadFailed``.

    Refused: a way out of the folder, an absolute path, a drive, what Windows reserves or would
    rename, control characters, names that are too long, and kinds of files that are not taken.
    """
    parts = name.split("/")
    if len(name) > LONGEST_NAME or len(parts) > DEEPEST or not all(map(_plain, parts)):
        raise DownloadFailed(
            Text(
                "the hub names a file that could leave its folder: {0}",
                "模型站给出的文件名可能越出文件夹：{0}",
                (name[:200],),
            ),
            Text("do not use this repository", "请勿使用该仓库"),
        )
    if not is_taken(name):
        raise DownloadFailed(
            Text("{0} is a kind of file that may hold code", "{0} 这类文件可能含有代码", (name,)),
            Text(
                "choose a repository with safetensors or GGUF files",
                "请选择提供 safetensors 或 GGUF 文件的仓库",
            ),
        )
    return PurePosixPath(name)


def _plain(part: str) -> bool:
    return (
        part not in ("", ".", "..")
        and len(part.encode("utf-8", "replace")) <= LONGEST_PART
        and not any(unicodedata.category(c).startswith("C") or c in _FORBIDDEN for c in part)
        and part[-1] not in " ."
        and part[0] not in " ~"
        and part.partition(".")[0].rstrip().upper() not in _RESERVED
    )


def check_names(names: Iterable[str]) -> None:
    """All names are safe, and no two are one file on a disk that does not tell case apart."""
    seen: dict[str, tuple[str, PurePosixPath]] = {}
    for name in names:
        path = safe_name(name)
        folders = [("folder", folder) for folder in path.parents]
        new = _folded(path) not in seen
        if not new or any(seen.setdefault(_folded(f), (k, f)) != (k, f) for k, f in folders):
            raise DownloadFailed(
                Text(
                    "two files of the repository would be one on this disk: {0}",
                    "仓库中有两个文件在磁盘上会重名：{0}",
                    (name,),
                )
            )
        seen[_folded(path)] = ("file", path)


def _folded(path: PurePosixPath) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()


def shards(name: str) -> tuple[str, ...]:
    """All files of a model that is split, whichever of them is named; else just the name."""
    found = _SHARD.fullmatch(name)
    if not found:
        return (name,)
    head, _, count, tail = found.groups()
    if not 1 <= int(count) <= _MOST_SHARDS:
        raise DownloadFailed(
            Text("{0} claims an absurd number of parts", "{0} 的分卷数不合理", (name,))
        )
    return tuple(f"{head}-{n:05}-of-{count}{tail}" for n in range(1, int(count) + 1))
