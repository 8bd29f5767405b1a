"""Why the system would not read or write a file; itself it tells that in English alone."""

from __future__ import annotations

import errno

from runtimes.texts import Text

REASONS = {
    errno.ENOENT: Text("there is no such file or folder", "文件或文件夹不存在"),
    errno.EISDIR: Text("this is a folder, not a file", "这是文件夹，不是文件"),
    errno.ENOTDIR: Text("a part of the path is no folder", "路径中有一部分不是文件夹"),
    errno.EACCES: Text("no permission", "没有权限"),
    errno.EPERM: Text("no permission", "没有权限"),
    errno.ENOSPC: Text("the disk is full", "磁盘已满"),
    errno.EDQUOT: Text("your share of the disk is full", "磁盘配额已满"),
    errno.EROFS: Text("the disk is read-only", "磁盘只读"),
    errno.ENAMETOOLONG: Text("the name is too long", "名称过长"),
}


def because_of(wrong: OSError, text: Text, *args: object) -> Text:
    """A sentence whose last place says why; ``args`` are in the places before it."""
    place = f"{{{len(args)}}}"
    why = REASONS.get(wrong.errno or 0)
    if why is None:
        return text.of(*args, wrong.strerror or str(wrong))
    return Text(text.en.replace(place, why.en), text.zh.replace(place, why.zh), args)
