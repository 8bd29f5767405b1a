"""The words for what a check of a model's files found."""

from __future__ import annotations

from runtimes.catalog.reading import PACKAGED
from runtimes.store import CheckedFile, FileState, Store
from runtimes.texts import Text

STATES = {
    FileState.GOOD: Text("good", "完好"),
    FileState.MISSING: Text("missing", "缺失"),
    FileState.WRONG_SIZE: Text(
        "wrong: it has {0} bytes, not {1}", "错误：大小为 {0} 字节，应为 {1}"
    ),
    FileState.WRONG_DIGEST: Text(
        "wrong: its bytes have changed (sha256 {0}, not {1})",
        "错误：内容已改变（sha256 {0}，应为 {1}）",
    ),
    FileState.UNREADABLE: Text("unreadable", "无法读取"),
    FileState.UNKNOWN: Text(
        "readable; nobody has said what it should be (sha256 {0})",
        "可读取；没有可供比对的摘要（sha256 {0}）",
    ),
    FileState.BROKEN: Text("broken", "已损坏"),
}
FINE = (FileState.GOOD, FileState.UNKNOWN)
ALL_GOOD = Text("files checked: {0}, all good", "已校验 {0} 个文件，全部完好")
READABLE = Text("files read: {0}, all readable", "已读取 {0} 个文件，均可读取")
BAD = Text("files checked: {1}, not what they should be: {0}", "已校验 {1} 个文件，{0} 个不正确")
REPAIR = Text("repair with: assistant pull {0}", "修复：assistant pull {0}")
REPLACE = Text(
    "{0} was not pulled: put its files there again from where they came",
    "{0} 不是下载所得：请从原处重新放置其文件",
)
REINSTALL = Text(
    "{0} came with the program: install the program again", "{0} 随程序附带：请重新安装本程序"
)


def state_text(file: CheckedFile) -> Text:
    """What was found about a file."""
    state = STATES[file.state]
    match file.state:
        case FileState.WRONG_SIZE:
            return state.of(file.size, file.expected_size)
        case FileState.WRONG_DIGEST:
            return state.of(file.sha256[:12], file.expected_sha256[:12])
        case FileState.UNKNOWN:
            return state.of(file.sha256)
        case FileState.BROKEN if file.why is not None:
            return file.why
        case _:
            return state


def summary(files: int, bad: int, *, all_known: bool) -> Text:
    """A check as a whole: so many files, so many of them bad; ``all_known``: each could be
    compared with what it should be."""
    if bad:
        return BAD.of(bad, files)
    return (ALL_GOOD if all_known else READABLE).of(files)


def repair(file: CheckedFile, store: Store) -> Text:
    """How a bad file is brought again; its place is for the name of the model."""
    if file.path.is_relative_to(store.folder):
        return REPAIR
    return REINSTALL if file.path.is_relative_to(PACKAGED) else REPLACE
