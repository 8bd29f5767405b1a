"""The files of the templates: those that ship, and a user's own in their place.

A user's file is written by hand: it is bounded and looked through before it is used, and what
is wrong in it is told by file and line.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from assistant import paths
from assistant.prompts.filling import has_place, unknown_place
from runtimes.errors import Damaged
from runtimes.reasons import reason_of
from runtimes.texts import Lang, Text

SHIPPED = Path(__file__).parent / "templates"
MAX_BYTES = 16 << 10
"""Of a template; ours have a few hundred."""
MAX_STRAYS = 50


class Template(StrEnum):
    """What a template is for; its file is ``NAME.LANG.txt``."""

    MATHS = "maths"
    CODE = "code"
    TUTOR = "tutor"
    TALK = "talk"
    EXPLAIN = "explain"
    """A solution of the exact solver is to be told in words."""
    REPAIR = "repair"
    """A step was refuted, and the model is to go on from the one before it."""
    ANSWER = "answer"
    """The thinking was ended, and a model that cannot go on in its own turn is to answer."""
    SUMMARY = "summary"
    """Old turns are to be told in short."""
    EARLIER = "earlier"
    """The label of such a summary in a later prompt."""
    TOOLS = "tools"
    """How to ask for a tool, for engines that have no form of their own."""
    CODE_TESTS = "code-tests"
    """Tests are to be written before the code."""
    CODE_TASK = "code-task"
    """Code is to be written that will be tested."""
    CODE_FIX = "code-fix"
    """Code has failed, and is to be mended."""
    CODE_REVIEW = "code-review"
    """A change is to be reviewed, of which some facts are known."""


PLACES: dict[Template, tuple[str, ...]] = {
    Template.MATHS: ("question",),
    Template.CODE: ("question",),
    Template.TUTOR: ("question",),
    Template.TALK: ("question",),
    Template.EXPLAIN: ("question", "solution"),
    Template.REPAIR: ("step", "reason"),
    Template.ANSWER: ("reasoning",),
    Template.SUMMARY: ("turns",),
    Template.EARLIER: ("summary",),
    Template.TOOLS: ("tools",),
    Template.CODE_TESTS: ("task", "language"),
    Template.CODE_TASK: ("task", "tests", "language"),
    Template.CODE_FIX: ("task", "code", "failure"),
    Template.CODE_REVIEW: ("task", "diff", "facts"),
}
"""What each template must have a place for."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A template and the file that it comes from; ``own``: the user's."""

    template: Template
    lang: Lang
    path: Path
    own: bool


def own_folder() -> Path:
    """Where a user's templates lie."""
    return paths.config_folder() / "prompts"


def template_names() -> tuple[Placed, ...]:
    """Every template in every language, and where it comes from."""
    return tuple(_placed(template, lang) for template in Template for lang in Lang)


def stray_files() -> tuple[Path, ...]:
    """Files among a user's templates that take the place of none: a name was mistyped."""
    known = {_file(template, lang) for template in Template for lang in Lang}
    try:
        found = [path for path in own_folder().iterdir() if path.name not in known]
    except OSError:
        return ()  # no folder, no templates
    return tuple(sorted(found)[:MAX_STRAYS])


def read_template(template: Template, lang: Lang) -> str:
    """The text of a template, the user's own if there is one.

    Raises ``Damaged`` for one that cannot be used, with its file and line.
    """
    placed = _placed(template, lang)
    text = _read(placed.path)
    names = PLACES[template]
    if (wrong := unknown_place(text, names)) is not None:
        _refuse(
            placed.path,
            Text(
                "line {1}: there is no place {2}; known: {3}",
                "第 {1} 行：没有占位符 {2}；可用的有：{3}",
                (wrong.line, f"{{{wrong.name}}}", _listed(names)),
            ),
        )
    missing = tuple(name for name in names if not has_place(text, name))
    if missing:
        _refuse(
            placed.path,
            Text("it has no place {1}", "缺少占位符 {1}", (_listed(missing),)),
        )
    return text


def _file(template: Template, lang: Lang) -> str:
    return f"{template.value}.{lang.value}.txt"


def _placed(template: Template, lang: Lang) -> Placed:
    name = _file(template, lang)
    own = own_folder() / name
    # a link that leads nowhere is the user's template too: it is told, not passed over
    if own.exists() or own.is_symlink():
        return Placed(template, lang, own, own=True)
    return Placed(template, lang, SHIPPED / name, own=False)


def _read(path: Path) -> str:
    """The text, its ends stripped.  Only a plain file is opened: a pipe would never end."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            _refuse(path, Text("it is no plain file", "不是普通文件"))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as wrong:
        unknown = Text("{1}", "{1}", (wrong.strerror or type(wrong).__name__,))
        _refuse(path, reason_of(wrong) or unknown, wrong)
    if len(raw) > MAX_BYTES:
        _refuse(path, Text("it is longer than {1} KiB", "超过 {1} KiB", (MAX_BYTES >> 10,)))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        _refuse(
            path, Text("line {1} is not UTF-8 text", "第 {1} 行不是 UTF-8 文本", (line,)), wrong
        )
    text = text.replace("\r\n", "\n")
    for number, line_text in enumerate(text.split("\n"), 1):
        if not line_text.replace("\t", " ").replace("\u3000", " ").isprintable():
            _refuse(
                path,
                Text(
                    "line {1} has signs that cannot be shown",
                    "第 {1} 行含有无法显示的字符",
                    (number,),
                ),
            )
    return text.strip()


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def _refuse(path: Path, why: Text, cause: Exception | None = None) -> NoReturn:
    """``why`` is the end of the sentence; its places begin at 1."""
    raise Damaged(
        Text(
            f"the template {{0}} cannot be used: {why.en}",
            f"无法使用提示模板 {{0}}：{why.zh}",
            (str(path), *why.args),
        ),
        Text(
            "correct the file, or remove it to use the one that ships",
            "请修正该文件；或将其删除以使用自带的模板",
        ),
    ) from cause
