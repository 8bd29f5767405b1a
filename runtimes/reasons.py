"""Why a file was not read or written, or no connection made; the system tells it in English."""

from __future__ import annotations

import errno

from runtimes.texts import Text

REASONS = {
    errno.ENOENT: Text("there is no such file or folder", "文件或文件夹不存在"),
    errno.EISDIR: Text("this is a folder, not a file", "这是文件夹，不是文件"),
    errno.ENOTDIR: Text("a part of the path is no folder", "路径中有一部分不是文件夹"),
    errno.EEXIST: Text("there is such a file already", "文件已存在"),
    errno.EACCES: Text("no permission", "没有权限"),
    errno.EPERM: Text("no permission", "没有权限"),
    errno.ENOSPC: Text("the disk is full", "磁盘已满"),
    errno.EDQUOT: Text("your share of the disk is full", "磁盘配额已满"),
    errno.EFBIG: Text("the file is too large for the disk", "文件过大，磁盘无法容纳"),
    errno.EROFS: Text("the disk is read-only", "磁盘只读"),
    errno.EIO: Text("the disk cannot be read or written", "磁盘读写出错"),
    errno.ENAMETOOLONG: Text("the name is too long", "名称过长"),
    errno.ELOOP: Text("links lead round in a circle", "链接循环指向"),
    errno.EBUSY: Text("another program is using it", "正被其他程序占用"),
    errno.ENXIO: Text("there is nothing behind it that answers", "其后没有可用的设备或程序"),
    errno.ENODEV: Text("there is no such device", "没有该设备"),
    errno.EMFILE: Text("too many files are open", "打开的文件过多"),
    errno.ENFILE: Text("too many files are open", "打开的文件过多"),
    errno.ENOMEM: Text("out of memory", "内存不足"),
    errno.ENOEXEC: Text("this is no program for this computer", "不是本机可以运行的程序"),
    errno.EADDRINUSE: Text("another program has it already", "已被其他程序占用"),
    errno.EADDRNOTAVAIL: Text("this computer has no such address", "本机没有该地址"),
    errno.ECONNREFUSED: Text("no server answers there", "对方没有服务器应答"),
    errno.ECONNRESET: Text("the other side broke off the connection", "对方中断了连接"),
    errno.ENETUNREACH: Text("there is no way to that network", "网络不通"),
    errno.EHOSTUNREACH: Text("there is no way to that computer", "无法到达该主机"),
    errno.ETIMEDOUT: Text("nothing answered in time", "等待应答超时"),
}

UNFIT = Text("a character in it is not allowed", "含有不允许的字符")
"""Of a name, or of a text that is to be stored: a zero byte, half of a pair of surrogates."""

NO_NAME = Text("the name cannot be looked up", "无法解析该名称")
"""The resolver's, whose numbers are others on every system."""


_OF_DATABASE = {
    8: Text("it may only be read", "只允许读取"),
    10: REASONS[errno.EIO],
    11: Text("its contents are broken", "内容已损坏"),
    14: Text("it cannot be opened", "无法打开"),
    26: Text("this is no database", "不是数据库文件"),
}
"""The numbers of SQLite's results without their extensions (sqlite.org/rescode.html)."""


def reason_of(wrong: Exception) -> Text | None:
    """Why, where we have words for it; they have no places.

    Only the errors of the system itself go by its numbers: those of the encryption and of the
    resolver have numberings of their own, where 1 and 8 mean something else.
    """
    if (code := getattr(wrong, "sqlite_errorcode", None)) is not None:
        return _OF_DATABASE.get(code & 0xFF)
    if isinstance(wrong, ValueError):
        fits = not isinstance(wrong, UnicodeError) and "null " not in str(wrong)
        return None if fits else UNFIT
    if isinstance(wrong, OSError) and type(wrong).__module__ == "builtins":
        number = wrong.errno or (errno.ETIMEDOUT if isinstance(wrong, TimeoutError) else 0)
        return REASONS.get(number)
    import socket

    return NO_NAME if isinstance(wrong, socket.gaierror) else None


def because_of(wrong: Exception, text: Text, *args: object) -> Text:
    """A sentence whose last place says why; ``args`` are in the places before it."""
    place = f"{{{len(args)}}}"
    why = reason_of(wrong)
    if why is None:
        said = wrong.strerror if isinstance(wrong, OSError) else None
        return text.of(*args, said or str(wrong) or type(wrong).__name__)
    return Text(text.en.replace(place, why.en), text.zh.replace(place, why.zh), args)
